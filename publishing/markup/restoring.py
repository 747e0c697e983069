"""From a text with placeholders back to inline HTML, everything else escaped."""

from collections.abc import Callable, Mapping
from html import escape

from publishing.markup import placeholders
from publishing.markup.blocks import Tag


def restore(text: str, markup: Mapping[str, Tag], write: Callable[[str, bool], str] | None = None) -> str:
    """Return the text as HTML: placeholders of the map become tags, everything else is escaped.

    A tag that is not paired or nested as it should be is text. `write` turns a run of plain text into HTML
    and is told whether it stands in a link; it must escape.
    """
    write = write or _escape
    wrong = {token.start for token in placeholders.misnested(text, markup)}
    parts, open_now, position = [], [""], 0
    for token in placeholders.tokens(text, markup):
        tag = markup[token.id]
        if token.start in wrong or tag.paired == (token.form == "single"):
            continue
        parts.append(write(text[position : token.start], "a" in open_now))
        position = token.end
        if token.form == "close":
            parts.append(f"</{name}>" if (name := open_now.pop()) else "")
        else:
            # A link in a link is no HTML; its text stays.
            name = "" if tag.name in open_now else tag.name
            parts.append(_opening(tag) if name else "")
            if token.form == "open":
                open_now.append(name)
    return "".join(parts) + write(text[position:], False)


def _escape(text: str, _in_link: bool) -> str:
    return escape(text, quote=False)


def _opening(tag: Tag) -> str:
    written = "".join(f' {name}="{escape(value)}"' for name, value in tag.attributes.items())
    return f"<{tag.name}{written}>"
