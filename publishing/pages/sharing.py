"""Where readers may send an article: plain links, so that nobody is told of a reader who does not press one."""

from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _
from django.utils.translation import override

from .facts import Facts


def links(facts: Facts) -> list[dict[str, str]]:
    """Name and address of each way to share the article, e-mail first."""
    url, title = facts.url, facts.made.title
    with override(facts.language):
        # Translators: a way to share an article.
        mail = _("E-mail")
    return [
        {"name": mail, "url": f"mailto:?{_query(subject=title, body=url)}"},
        {"name": "X", "url": f"https://x.com/intent/post?{_query(text=title, url=url)}"},
        {"name": "Telegram", "url": f"https://t.me/share/url?{_query(url=url, text=title)}"},
        {"name": "WhatsApp", "url": f"https://wa.me/?{_query(text=f'{title} {url}')}"},
        {"name": "LinkedIn", "url": f"https://www.linkedin.com/sharing/share-offsite/?{_query(url=url)}"},
    ]


def _query(**values: str) -> str:
    """A query; blanks as %20, since mail programs show a plus sign as one (RFC 6068 §5)."""
    return urlencode(values, quote_via=quote, safe="")
