"""The admin site that translators, editors and administrators work in."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class PublishingAdminSite(AdminSite):
    site_title = _("Dragoman")
    site_header = _("Dragoman")
    index_title = _("Newsroom")
