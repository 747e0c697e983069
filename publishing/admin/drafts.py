"""Autosave: what somebody types is kept while they type. No page, one short answer."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from publishing.languages import CODES
from publishing.models import Claim, Translation
from publishing.workflow import autosaving

from .doors import person_of, room


@room
@require_POST
def draft(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """Keeps the posted text (an empty `version` discards it); says who else works on the segment."""
    if language not in CODES:
        raise Http404
    person = person_of(request)
    translation = get_object_or_404(
        Translation.objects.in_use().select_related("segment"), segment__key=key, language=language
    )
    version = request.POST.get("version", "")
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        autosaving.discard(translation, actor=person)
        return JsonResponse({"kept": False, "held_by": ""})
    mine = autosaving.keep(translation, request.POST.get("text", ""), version=int(version), actor=person)
    other = (
        None
        if mine
        else Claim.objects.holding().filter(translation=translation).select_related("person").first()
    )
    return JsonResponse({"kept": True, "held_by": other.person.display_name if other else ""})
