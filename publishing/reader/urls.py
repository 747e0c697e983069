"""The public addresses. The language stands first; everything else is a released page's path."""

from django.urls import path, re_path

from . import views

urlpatterns = [
    path("", views.choose, name="choose"),
    re_path(r"^(?P<language>en|tr|ru)/(?P<rest>[^\x00]*)\Z", views.page, name="page"),
]
