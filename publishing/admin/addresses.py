"""Addresses of the admin's rooms that several of them link to."""

from collections.abc import Iterable

from django.urls import reverse


def workbench_address(document: int, language: str) -> str:
    return reverse("admin:workbench", args=[document, language])


def workbench_addresses(documents: Iterable[int], language: str) -> dict[int, str]:
    """Those of several documents: to ask for each anew would be a tenth of the queue's time."""
    before, _, after = workbench_address(0, language).rpartition("/0/")
    return {document: f"{before}/{document}/{after}" for document in documents}


def segment_address(document: int, language: str, key: str) -> str:
    """The workbench with this segment open and in view."""
    return workbench_address(document, language) + segment_part(key)


def segment_part(key: str) -> str:
    """What opens a segment in an address of the workbench."""
    return f"?segment={key}#segment-{key}"
