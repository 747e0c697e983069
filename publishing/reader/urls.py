"""The door of the public site. The languages' own addresses are answered earlier, in middleware.py."""

from django.urls import path

from . import views

urlpatterns = [path("", views.choose, name="choose")]
