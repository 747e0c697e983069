"""Telling a reader what came of their report: one e-mail in their language; then their address is forgotten."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from publishing.models import Job, ReaderRemark
from publishing.pages import addresses

from . import jobs
from .errors import TryAgain


def perform(job: Job) -> None:
    """Sends it, and forgets the address; where it cannot be sent at last, too. Raises TryAgain.

    It holds none of the sender's words: nobody can have us send a stranger what they wrote.
    """
    remark = ReaderRemark.objects.select_related("report__release__edition").get(pk=job.payload["remark"])
    address = remark.address
    if not address:
        return
    # Forgotten before it is sent: after a crash in between, an e-mail too few is better than the same again.
    with jobs.recording(job):
        ReaderRemark.objects.filter(pk=remark.pk).update(address="")
    if not settings.EMAIL_HOST:
        return
    try:
        _message(remark, address).send()
    except OSError as error:  # smtplib's errors are among them
        if job.attempts < jobs.ATTEMPTS:
            with jobs.recording(job):
                ReaderRemark.objects.filter(pk=remark.pk).update(address=address)
        raise TryAgain(f"the mail server: {type(error).__name__}") from None


def _message(remark: ReaderRemark, address: str) -> EmailMessage:
    report, edition = remark.report, remark.report.release.edition
    with translation.override(remark.language):
        subject = _("%(site)s: your report of a mistake") % {"site": settings.SITE_NAME}
        context = {
            "title": report.release.title,
            "quote": report.quote,
            "is_mended": report.outcome == report.Outcome.MENDED,
            "site": settings.SITE_NAME,
            "url": addresses.absolute(addresses.article(edition.language, edition.slug or ""))
            if edition.document.kind == "article"
            else "",
        }
        body = render_to_string("emails/reply.txt", context)
    return EmailMessage(" ".join(subject.split()), body, to=[address])
