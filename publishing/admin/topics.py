"""Topics: the list of them with a form for a new one, and which of them an article has."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from publishing.languages import CODES
from publishing.languages.names import OWN_NAMES
from publishing.models import Article, Document, Topic
from publishing.reports import titles
from publishing.workflow import access
from publishing.workflow import topics as verbs
from publishing.workflow.errors import NotAllowed, Refused

from .doors import page, person_of, room
from .imports import given


class TopicForm(forms.Form):
    """A topic's name, the language that this is in, and its address."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=verbs.LONGEST_NAME)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=[(code, OWN_NAMES[code]) for code in CODES]
    )
    slug = forms.SlugField(
        label=gettext_lazy("Slug"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("The end of its address in every language; made from the name if left empty."),
    )


@room
def topics(request: HttpRequest) -> HttpResponse:
    """All topics, each leading to the page of its name; a posted form makes another."""
    person = person_of(request)
    access.require(person, access.INGEST)
    form = TopicForm(*given(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = verbs.add_topic(**form.cleaned_data, actor=person)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            return HttpResponseRedirect(reverse("admin:document", args=[made.document_id]))
    context = {"title": _("Topics"), "form": form, "topics": _named()}
    return page(request, "topics.html", context, status=409 if form.errors else 200)


def _named() -> list[dict[str, Any]]:
    found = list(Topic.objects.select_related("document").order_by("slug"))
    names = titles.titles([topic.document_id for topic in found])
    return [
        {
            "topic": topic,
            "name": names.get(topic.document_id, topic.slug),
            "language": topic.document.source_language,
        }
        for topic in found
    ]


class ChoiceOfTopics(forms.Form):
    """Which topics an article has."""

    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Topics"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, article: Article, *args: Any) -> None:
        chosen = list(article.topics.values_list("slug", flat=True))
        super().__init__(*args, initial={"topics": chosen})
        self.fields["topics"].choices = [(each["topic"].slug, each["name"]) for each in _named()]


@room
@require_POST
def assign(request: HttpRequest, document: int) -> HttpResponse:
    """The article has the topics that are ticked, and no others; a refusal is told on the document's page."""
    person = person_of(request)
    access.require(person, access.INGEST)
    article = get_object_or_404(Article, document=get_object_or_404(Document, pk=document))
    form = ChoiceOfTopics(article, request.POST)
    try:
        if not form.is_valid():
            messages.error(request, _("There is no such topic any more. Look at the list as it is now."))
        elif verbs.assign_topics(article, form.cleaned_data["topics"], actor=person):
            messages.success(request, _("The topics were changed. The worker writes the pages concerned."))
    except NotAllowed:
        raise
    except Refused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(f"{reverse('admin:document', args=[document])}#part-topics")
