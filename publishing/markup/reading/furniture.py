"""Furniture: what a site prints around an article (switcher, share buttons, similar posts), in en, tr, ru.

A paragraph is furniture only as a whole: a sentence that merely contains such words stays.
"""

import re
from collections.abc import Container, Mapping
from typing import Final

from publishing.markup.blocks import UNSEEN

SWITCHER: Final = "list of the page's languages"
SIMILAR: Final = "list of similar posts"
SHARING: Final = "share buttons"
PRINTING: Final = "print or download link"
NAVIGATION: Final = "navigation of the site"
ACTIVE: Final = "script, frame or form"
HIDDEN: Final = "hidden text"

REASONS: Final = (SWITCHER, SIMILAR, SHARING, PRINTING, NAVIGATION, ACTIVE, HIDDEN)
"""Every reason that a report can name; surfaces translate from these."""

_LINES: Final[Mapping[str, str]] = {
    SIMILAR: """
        similar posts | similar articles | related posts | related articles | related content | read also
        you may also like | you might also like | read more | more on this topic | recommended for you
        benzer yazılar | benzer içerikler | benzer makaleler | benzer haberler | ilgili yazılar
        ilgili içerikler | ilgili haberler | ilgili makaleler | bunlar da ilginizi çekebilir
        ilginizi çekebilir | bunları da okuyun | daha fazla oku
        похожие записи | похожие статьи | похожие материалы | похожие публикации | по теме
        материалы по теме | статьи по теме | связанные записи | читайте также | вам также может понравиться
    """,
    SHARING: """
        share | share this | share this post | share this article | share on | share on facebook
        share on twitter | share on x | share on linkedin | share on whatsapp | tweet | like this | follow us
        copy link | paylaş | bunu paylaş | bu yazıyı paylaş | yazıyı paylaş | sosyal medyada paylaş | tweetle
        facebook'ta paylaş | twitter'da paylaş | bizi takip edin | bağlantıyı kopyala
        поделиться | поделиться записью | поделиться статьёй | поделитесь | поделиться ссылкой
        поделиться в соцсетях | рассказать друзьям | скопировать ссылку | подписывайтесь на нас
    """,
    PRINTING: """
        print | print this | print this page | print this article | printer-friendly version | download pdf
        save as pdf | yazdır | bu sayfayı yazdır | yazıyı yazdır | pdf indir | pdf olarak indir
        печать | распечатать | версия для печати | скачать pdf | сохранить в pdf
    """,
}

# Patterns and names below are written in the folded form: lower case, no dotless i, no ё.
_SWITCHER: Final = re.compile(
    r"""(?: (?:this|the) \s (?:post|article|page|entry) \s is \s (?:also \s)? available \s (?:also \s)? in
      | (?:also \s)? available \s in | read \s (?:this \s)? in
      | bu \s (?:yazi|makale|sayfa|içerik) \s (?:ayni \s zamanda \s | ayrica \s)? şu \s dillerde \s
        (?:de \s)? (?:mevcut(?:tur)? | okunabilir | yayinlandi | var)
      | (?:эта|этот|данная|данный) \s (?:запись|статья|страница|публикация|материал) \s
        (?:также \s)? доступ(?:на|ен) \s (?:также \s)? (?:на | в \s переводе \s на)
        (?: \s других \s языках)?
    ) \s? :? \s? """,
    re.VERBOSE,
)

_LANGUAGE_NAMES: Final = """
    english türkçe русский turkish russian ingilizce rusça английский турецкий английском турецком русском
    deutsch français español italiano português العربية فارسی 中文 日本語 한국어 azərbaycanca
    қазақша українська o'zbekcha ქართული հայերեն en tr ru
"""
_BUTTONS: Final = """
    facebook twitter x linkedin whatsapp telegram pinterest reddit email e-mail e-posta vk vkontakte
    вконтакте одноклассники tweet share paylaş поделиться print yazdir печать
"""
_LANGUAGES: Final = frozenset(_LANGUAGE_NAMES.split())
_NETWORKS: Final = frozenset(_BUTTONS.split())
_JOINING: Final = frozenset({"and", "ve", "и"})


def _folded(text: str) -> str:
    """Return the form that lines are compared in, one for capital and small, dotted and dotless i."""
    text = re.sub(r"[\s\u200b]+", " ", text.strip(UNSEEN).replace("’", "'"))
    text = text.replace("İ", "i").lower().replace("ı", "i").replace("ё", "е")
    return text.rstrip(" :.…!>»→")


_REASON_OF: Final = {
    _folded(phrase): reason
    for reason, phrases in _LINES.items()
    for line in phrases.strip().splitlines()
    for phrase in line.split("|")
}
_LONGEST: Final = 120


def reason(text: str) -> str | None:
    """Return why a paragraph is furniture (one of REASONS), or None where it belongs to the article."""
    if len(text) > _LONGEST:
        return None
    line = _folded(text)
    if line in _REASON_OF:
        return _REASON_OF[line]
    opening = _SWITCHER.match(line)
    if opening and _count(line[opening.end() :], _LANGUAGES) is not None:
        return SWITCHER
    if (_count(line, _LANGUAGES) or 0) >= 2:
        return SWITCHER
    return SHARING if (_count(line, _NETWORKS) or 0) >= 2 else None


def _count(line: str, names: Container[str]) -> int | None:
    """Return how many of the names the line lists; None if it says anything else."""
    words = [word for word in re.split(r"[\s,|/·•()–]+", line) if word and word not in _JOINING]
    return len(words) if all(word in names for word in words) else None
