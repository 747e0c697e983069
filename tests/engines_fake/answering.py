"""A stand-in for translation, in plain text and in markup."""

import html
import re
from collections.abc import Callable
from typing import Final

Translate = Callable[[str, str, str], str]

_KEPT = re.compile(
    r"</?[a-z]{1,3}\d+/?>|\b[^\W_]+_\w+|https?://\S+|\b[\w.+-]{1,40}@[\w-]{1,40}\.\w+|&lt;/?\w+&gt;|&\w+;|⟦\d+⟧|\b[A-ZÇĞİÖŞÜА-ЯЁ]{2,}\b"
)
_LATIN = "abcçdefgğhıijklmnoöpqrsştuüvwxyz"
_CYRILLIC = "абцчдефггхыийклмножпкрсштуювщьуз"
_TO_CYRILLIC = str.maketrans(_LATIN + _LATIN.upper(), _CYRILLIC + _CYRILLIC.upper())
_TO_LATIN = str.maketrans(
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ",
    "abvgdeejziyklmnoprstufhccssyyyeuaABVGDEEJZIYKLMNOPRSTUFHCCSSYYYEUA",
)
_TURN_VOWELS = str.maketrans("aeiouAEIOU", "eiouaEIOUA")

_LEFT_ALONE: Final = re.compile(r'(<span\b[^>]*\btranslate="no"[^>]*>.*?</span>|<[^>]*>)', re.DOTALL)


def pseudo(text: str, source: str, target: str) -> str:
    """Other letters, of the target's script, with marks, addresses and numbers kept."""
    table = _TO_CYRILLIC if target == "ru" else _TO_LATIN if source == "ru" else _TURN_VOWELS
    kept = [match[0] for match in _KEPT.finditer(text)]
    words = [part.translate(table) for part in _KEPT.split(text)]
    return "".join(word + mark for word, mark in zip(words, [*kept, ""], strict=True))


def in_markup(text: str, source: str, target: str, translate: Translate) -> str:
    """A text in HTML or XML translated text node by text node, as LibreTranslate does it."""
    parts = _LEFT_ALONE.split(text)
    return "".join(
        part if place % 2 or not part.strip() else _escaped(part, source, target, translate)
        for place, part in enumerate(parts)
    )


def _escaped(part: str, source: str, target: str, translate: Translate) -> str:
    plain = html.unescape(part)
    core = plain.strip()
    start = plain.index(core)
    translated = translate(core, source, target)
    return html.escape(plain[:start] + translated + plain[start + len(core) :], quote=False)
