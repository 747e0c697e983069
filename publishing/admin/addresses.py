"""Addresses of the admin's rooms that several of them link to."""

from django.urls import reverse


def workbench_address(document: int, language: str) -> str:
    return reverse("admin:workbench", args=[document, language])


def segment_address(document: int, language: str, key: str) -> str:
    """The workbench with this segment open and in view."""
    return workbench_address(document, language) + segment_part(key)


def segment_part(key: str) -> str:
    """What opens a segment in an address of the workbench."""
    return f"?segment={key}#segment-{key}"
