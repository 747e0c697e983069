"""A work as an entry of a BibTeX or BibLaTeX file, in UTF-8.

Sources: the BibLaTeX manual 3.20, §2.1.1 (@online) and §2.2.2 (fields); Patashnik, "BibTeXing" (1988), on braces
and special characters. Letters of every script stand as they are: Biber and BibTeX's successors read UTF-8.
"""

import re
from collections.abc import Iterable
from typing import Final

from publishing.markup.citing.work import Name, Work

_LANGUAGES: Final = {"en": "english", "tr": "turkish", "ru": "russian"}
_ESCAPED: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
        "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    }
)  # fmt: skip
_UNUSABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]+")
_NO_KEY: Final = re.compile(r"[^a-zA-Z0-9:_-]+")


def entry(work: Work) -> str:
    """The entry, ending with a line break. Titles are braced, so that no style changes their case."""
    fields: list[tuple[str, str]] = [
        ("author", _names(work.authors)),
        ("title", f"{{{escaped(work.title)}}}"),
        ("translator", _names(work.translators)),
        ("date", work.published_on.isoformat() if work.published_on else ""),
        ("year", str(work.published_on.year) if work.published_on else ""),
        ("organization", escaped(work.publisher)),
        ("langid", _LANGUAGES[work.language]),
        ("origlanguage", _LANGUAGES.get(work.source_language, "")),
        ("origtitle", escaped(work.original_title)),
        ("origdate", work.original_published_on.isoformat() if work.original_published_on else ""),
        ("abstract", escaped(work.summary)),
        ("url", _address(work.url)),
    ]
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields if value)
    key = _NO_KEY.sub("-", f"{work.language}:{work.key}") or "work"
    return f"@online{{{key},\n{lines},\n}}\n"


def escaped(text: str) -> str:
    """The text with every sign that TeX gives a meaning to written as a letter; braces always balance.

    BibTeX counts braces, escaped ones as well: where they do not balance, they are left out.
    """
    plain = _UNUSABLE.sub(" ", text)
    if not _is_balanced(plain):
        plain = plain.replace("{", "(").replace("}", ")")
    return " ".join(plain.translate(_ESCAPED).split())


def _is_balanced(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return False
    return depth == 0


def _names(names: Iterable[Name]) -> str:
    """Names with “and” between them, each braced in its parts: a name that holds “and” or a comma stays one."""
    return " and ".join(
        f"{{{escaped(name.family)}}}, {{{escaped(name.given)}}}"
        if name.given
        else f"{{{escaped(name.family)}}}"
        for name in names
    )


def _address(url: str) -> str:
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
