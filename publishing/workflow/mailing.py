"""The digest: what a person was told and has not seen, in one e-mail. Sent by the worker, never twice."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.models import Job, Notice, Person
from publishing.reports import notices

from . import jobs
from .errors import TryAgain

KIND = "digest"


def perform(job: Job) -> None:
    """Sends the person's digest, if there is anything in it. Raises TryAgain where the server is away."""
    person = Person.objects.get(pk=job.payload["person"])
    if not (settings.EMAIL_HOST and person.email and person.wants_mail and person.is_active):
        return
    with translation.override(language_of(person)):
        told = [each for each in notices.unseen(person) if each.notice.mailed_at is None]
        if not told:
            return
        message = _message(person, told)
    # Marked before it is sent: after a crash in between, an e-mail too few is better than the same again.
    with jobs.recording(job):
        Notice.objects.filter(pk__in=[each.notice.pk for each in told]).update(mailed_at=Now())
    try:
        message.send()
    except OSError as error:  # smtplib's errors are among them
        with jobs.recording(job):
            Notice.objects.filter(pk__in=[each.notice.pk for each in told]).update(mailed_at=None)
        raise TryAgain(f"the mail server: {type(error).__name__}") from None


def language_of(person: Person) -> str:
    """The language of a person's e-mails: the first that they work in, else the site's."""
    return next(iter(person.working_languages), settings.LANGUAGE_CODE)


def _message(person: Person, told: list[notices.Told]) -> EmailMessage:
    count = len(told)
    subject = ngettext("%(site)s: %(number)d notice", "%(site)s: %(number)d notices", count) % {
        "number": count,
        "site": settings.SITE_NAME,
    }
    body = render_to_string(
        "emails/digest.txt",
        {"person": person, "told": told, "site": settings.SITE_URL, "hint": _("Newsroom")},
    )
    return EmailMessage(subject, body, to=[person.email])
