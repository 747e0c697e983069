"""Figures as the reader's language groups them: 462,000, 462.000, 462 000."""

from django import template
from django.utils import formats

register = template.Library()


@register.filter
def grouped(number: int) -> str:
    """A whole number with its thousands apart, for eyes; never for an address or a form."""
    return formats.number_format(number, decimal_pos=0, use_l10n=True, force_grouping=True)
