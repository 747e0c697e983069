"""People who log in: translators, editors, administrators."""

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.languages import CODES


def validate_languages(codes: object) -> None:
    if not isinstance(codes, list) or any(code not in CODES for code in codes):
        raise ValidationError(
            _("Give a list of language codes out of: %(codes)s"), params={"codes": ", ".join(CODES)}
        )


class Person(AbstractUser):
    """Somebody who works here. People are deactivated, never deleted: their decisions stay theirs."""

    working_languages = models.JSONField(
        _("working languages"), default=list, blank=True, validators=[validate_languages]
    )

    muted_notices = models.JSONField(_("muted notices"), default=list, blank=True)
    wants_mail = models.BooleanField(_("wants e-mail"), default=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def works_in(self, language: str) -> bool:
        return language in self.working_languages

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.username
