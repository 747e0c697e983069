"""What a person was told: a list, and what they want to be told of."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.models import Person
from publishing.reports import notices as reports
from publishing.workflow import access, notifying

from .addresses import segment_address, workbench_address
from .doors import page, person_of, room


class ChoiceForm(forms.Form):
    """What to be told of, and whether by e-mail, too."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Tell me when"),
        required=False,
        choices=reports.CHOICES.items(),
        widget=forms.CheckboxSelectMultiple,
    )
    mail = forms.BooleanField(
        label=gettext_lazy("Send me what I have not seen by e-mail, too"), required=False
    )


@room
def notices(request: HttpRequest) -> HttpResponse:
    """The person's notices, unseen ones first. Posted: all are seen, one is, or another choice of kinds."""
    person = person_of(request)
    if request.method == "POST":
        return _posted(request, person)
    wanted = [kind for kind in reports.CHOICES if kind not in person.muted_notices]
    context = {
        "title": _("Notices"),
        "told": [(each, address(each, person)) for each in reports.told(person)],
        "form": ChoiceForm(initial={"kinds": wanted, "mail": person.wants_mail}),
        "has_address": bool(person.email),
    }
    return page(request, "notices.html", context)


def _posted(request: HttpRequest, person: Person) -> HttpResponse:
    if "choose" in request.POST:
        form = ChoiceForm(request.POST)
        if form.is_valid():
            wanted = set(form.cleaned_data["kinds"])
            muted = [kind for kind in reports.CHOICES if kind not in wanted]
            notifying.choose(person, muted=muted, wants_mail=form.cleaned_data["mail"])
            messages.success(request, _("Kept."))
    elif (
        (number := request.POST.get("see", "")) and number.isascii() and number.isdigit() and len(number) < 18
    ):
        notifying.see(int(number), actor=person)
    else:
        notifying.see_all(actor=person)
    return HttpResponseRedirect(reverse("admin:notices"))


def address(told: reports.Told, person: Person) -> str:
    """Where a notice leads: the segment, the text, or the edition's document."""
    notice = told.notice
    if notice.translation:
        segment = notice.translation.segment
        return segment_address(segment.document_id, notice.translation.language, segment.key)
    if notice.kind == "reported":
        return reverse("admin:reported")
    if notice.document is None:
        return ""
    if notice.kind in {"ready_to_release", "release_held_up"} and access.may(person, access.RELEASE):
        return reverse("admin:document", args=[notice.document_id])
    return workbench_address(notice.document_id, told.language) if told.language else ""
