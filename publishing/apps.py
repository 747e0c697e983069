"""How Django meets the house: the app itself and the admin site that its people work in."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        from publishing import system_checks  # noqa: F401, PLC0415 -- registers itself once apps are loaded


class PublishingAdminConfig(AdminConfig):
    default_site = "publishing.admin.site.PublishingAdminSite"

    def ready(self) -> None:
        super().ready()
        # After autodiscovery, which makes the site while it imports publishing.admin: what registered itself
        # there would go to a site that is thrown away.
        from publishing.admin import nouns  # noqa: F401, PLC0415 -- registers the nouns, for the reason above
