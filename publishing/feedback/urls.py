"""Where readers' reports are posted to."""

from django.urls import path

from . import views

urlpatterns = [path("feedback/", views.report, name="report")]
