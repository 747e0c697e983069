"""Blocks that are parts of a whole: list items back into nested lists, cells back into rows."""

from collections.abc import Callable, Sequence
from itertools import groupby

from publishing.markup.blocks import Block, is_blank

Inline = Callable[[Block], str]

_DEEPEST = 20


def lists(items: Sequence[Block], inline: Inline) -> str:
    """Return list items as nested lists; a level is at most one deeper than the item before it."""
    parts: list[str] = []
    open_tags: list[str] = []
    for block in items:
        if is_blank(block.text):
            continue
        wanted = int(block.attributes.get("level", 1))
        level = max(1, min(wanted, len(open_tags) + 1, _DEEPEST))
        tag = "ol" if block.attributes.get("ordered") else "ul"
        while len(open_tags) > level or (len(open_tags) == level and open_tags[-1] != tag):
            parts.append(f"</li>\n</{open_tags.pop()}>\n")
        if len(open_tags) == level:
            parts.append("</li>\n")
        else:
            parts.append(f"<{tag}>\n")
            open_tags.append(tag)
        parts.append(f"<li>{inline(block)}")
    parts += [f"</li>\n</{tag}>\n" for tag in reversed(open_tags)]
    return "".join(parts)


def table(blocks: Sequence[Block], inline: Inline) -> str:
    """Return cells (and the caption) of one table; an empty cell keeps its place."""
    captions = [block for block in blocks if block.kind == "caption" and not is_blank(block.text)]
    caption = f"<caption>{'<br>'.join(map(inline, captions))}</caption>\n" if captions else ""
    cells = [block for block in blocks if block.kind == "cell"]
    rows = [
        "<tr>" + "".join(_cell(block, inline) for block in row) + "</tr>\n"
        for _, row in groupby(cells, key=lambda block: block.attributes.get("row"))
    ]
    body = f"<tbody>\n{''.join(rows)}</tbody>\n" if rows else ""
    return f"<table>\n{caption}{body}</table>\n"


def _cell(block: Block, inline: Inline) -> str:
    tag = "th" if block.attributes.get("header") else "td"
    spans = "".join(
        f' {attribute}="{int(block.attributes[name])}"'
        for name, attribute in (("columns", "colspan"), ("rows", "rowspan"))
        if name in block.attributes
    )
    return f"<{tag}{spans}>{inline(block)}</{tag}>"
