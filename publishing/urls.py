"""The door: which surface answers which address."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("publishing.feedback.urls")),
    path("", include("publishing.reader.urls")),
]

handler404 = "publishing.reader.views.nowhere"
