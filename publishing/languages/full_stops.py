"""What a single full stop means, from the word before it and what follows: the rules for abbreviations.

Asked only where a sentence could go on with a capital, a digit or a sign.
"""

import re
from collections.abc import Callable
from typing import Final

from .abbreviations import Kind, Rules
from .candidates import LOOK_BACK, MARKS_AROUND, Candidate

_ROMAN = r"(?=[IVXL])L?X{0,3}(?:IX|IV|V?I{0,3})"
_NUMERAL = re.compile(rf"(?:\d{{1,3}}|{_ROMAN})(?:\.?[–—-](?:\d{{1,3}}|{_ROMAN}))?")
_COUNTER = re.compile(rf"\d{{1,3}}(?:\.\d{{1,2}})*|{_ROMAN}|[^\W\d_]|[ivx]{{1,5}}")
_LETTERS = re.compile(r"(?:[^\W\d_]{1,2}\.-?)*[^\W\d_]")
_SPACED_LETTERS = re.compile(r"(?:(?<!\w)[^\W\d_]{1,2}\.[\s-]?){1,4}[^\W\d_]\Z")
_NEXT_WORD = re.compile(r"[^\w\s]{0,3}\s{1,3}(\w[\w-]{0,40})")
_PAGE = re.compile(
    r"(?:\b(?:s|ss|sf|sh|m|md|p|pp)\.|\b(?:[Nn]o|[Nn]r|[Ss]ayfa|[Ss]aat|[Mm]adde)[.:]?|[%=+])\s?\Z"
)
_LABELLED = re.compile(rf"(\w{{1,12}})\.?\s(?:\d{{1,3}}(?:\.\d{{1,3}})*|{_ROMAN}|[A-ZА-Я])")
_DATED = re.compile(r"(?:\d|\d-?[а-я]{1,2}|[IVXLСХ])\s*\Z")
_AUTHORS = re.compile(
    r"(?:(?:См|Ср|Цит\. по)\.?:?\s)?(?:[А-ЯЁ][а-яё-]{1,30}\s(?:[А-ЯЁ]\.\s?){1,2},?\s?)*[А-ЯЁ][а-яё-]{1,30}\s*"
)
_ACT_OF_LAW = re.compile(r"[«“\"]О(?:б|бо)?\s")
_PASSIVE = re.compile(r"[^\W\d_]{3}(?:нн\w{2,3}|[еа]н[аоы]?|[ая]т[аоы]?)\s[^.,;]{0,40}\Z")
_INSTRUMENTAL = ("ом", "ем", "ым", "им", "ой", "ей", "ами", "ями")
_CLAUSES = re.compile(r"[,;:(«“]|\s[–—-]\s")
_ADJECTIVE = re.compile(r"[А-ЯЁ].*(?:ая|ой|ую|ий|ый|ом|ем|[ое]го)\Z")


def ends_after_word(at: Candidate, rules: Rules) -> bool:
    """A single full stop before what may begin a sentence: everything hangs on the word before it."""
    token = at.token
    if not token or not token[-1].isalnum():
        return True
    if _is_counter(at) or _is_labelled(at, rules):
        return False
    if rules.ordinals and _NUMERAL.fullmatch(token) and not at.found["note"]:
        return _ends_after_numeral(at, rules)
    if _LETTERS.fullmatch(token):
        return _ends_after_letters(at, rules)
    kind = kind_of(token, rules, shouting=at.word.isupper() and len(at.word) > 1)
    return kind is None or _ends_after(kind, at, rules)


def is_plain(token: str, rules: Rules) -> bool:
    """Whether a word is neither an abbreviation nor an initial nor, in Turkish, an ordinal."""
    if rules.ordinals and _NUMERAL.fullmatch(token):
        return False
    return token in rules.pronouns or (kind_of(token, rules) is None and not _LETTERS.fullmatch(token))


def _is_counter(at: Candidate) -> bool:
    """Whether the token counts an item of a list: it opens its sentence, or is the first after a colon."""
    if at.opens_sentence:
        return _COUNTER.fullmatch(at.token) is not None
    return at.token in ("1", "I", "i", "a", "A", "а", "А") and at.lead.rstrip().endswith(":")


def _is_labelled(at: Candidate, rules: Rules) -> bool:
    """Whether the sentence so far is only the label of a heading: "Article 5.", "Статья 5."."""
    if at.stop - at.start > 30:
        return False
    match = _LABELLED.fullmatch(at.before.lstrip(MARKS_AROUND))
    return match is not None and match[1] in rules.labels


def _ends_after_numeral(at: Candidate, rules: Rules) -> bool:
    """Turkish writes ordinals with a stop: a number ends a sentence only before an opening word or as a page."""
    if not at.word:
        return False
    grouped = at.word_before.isdigit() and len(at.word_before) < 4  # the end of a telephone number
    return grouped or at.opener(rules) or _PAGE.search(at.lead) is not None


def kind_of(token: str, rules: Rules, shouting: bool = False) -> Kind | None:
    """Look an abbreviation up: as written, with a small first letter, after its hyphen, and in capitals."""
    table = rules.abbreviations
    kind = table.get(token)
    if kind is None and len(token) > 1:
        kind = table.get(token[0].lower() + token[1:])
    if kind is None and not token.isalpha():
        parts = re.split(r"[-–—/]", token)
        kind = table.get(parts[-1]) if len(parts) > 1 else None
    if kind is None and shouting and token.isupper() and len(token) > 1:
        small = token.replace("I", "ı").replace("İ", "i").lower() if rules.ordinals else token.lower()
        kind = table.get(token[0] + small[1:]) or table.get(small)
    return kind


def _ends_after_letters(at: Candidate, rules: Rules) -> bool:
    """Initials and abbreviations of single letters, written close (т.д.) or apart (т. д.)."""
    token = at.token
    if len(token) == 1 and token.isupper() and at.text[at.first + 1 : at.first + 2] == ".":
        return token in rules.numerals  # another initial follows
    if at.word_before in rules.lettered or (token in rules.pronouns and not at.lead.rstrip().endswith(".")):
        return True
    spaced = _SPACED_LETTERS.search(at.before[-16:]) if len(token) == 1 else None
    key = "".join(spaced.group().split()) if spaced else token
    for name in (key, token):
        kind = kind_of(name, rules)
        if kind is not None:
            return _ends_after(kind, at, rules)
    if at.opener(rules):
        return at.word not in rules.not_openers
    return _ends_after_author(at, key, rules)


def _ends_after_author(at: Candidate, initials: str, rules: Rules) -> bool:
    """Two initials behind a surname that does not open the sentence end it, unless a surname follows."""
    if initials in rules.numerals:  # Пётр I, but not Smith I.
        return "а" <= at.word_before[-1:].lower() <= "я"
    if initials.count(".") != 1:
        return False
    head = at.before[: at.before.rfind(initials[0] + ".")]
    words = head.split()
    if not words or not head[-1:].isspace() or _AUTHORS.fullmatch(head):
        return False
    return rules.author.match(words[-1]) is not None and rules.author.match(at.word) is None


def _ends_after(kind: Kind, at: Candidate, rules: Rules) -> bool:
    """Apply the meaning of a kind of abbreviation to what follows."""
    if at.found["note"] and kind is not Kind.NEVER:
        return True
    if at.text[at.found.end()] == "(":
        return at.opener(rules)
    return _MEANINGS[kind](at, rules)


def _may(at: Candidate, rules: Rules) -> bool:
    return at.opener(rules)


def _before_number(at: Candidate, rules: Rules) -> bool:  # noqa: ARG001
    return bool(at.word) and not _NUMERAL.fullmatch(at.word)


def _after_company(at: Candidate, rules: Rules) -> bool:
    """Whether a sentence opens: "Acme Inc. The", "Acme Inc. Shares fell", but not "Acme Inc. Chairman Smith"."""
    if at.opener(rules):
        return True
    follows = _NEXT_WORD.match(at.text, at.first + len(at.word), at.end)
    return bool(at.word) and at.word not in rules.followers and follows is not None and follows[1].islower()


def _after_clock(at: Candidate, rules: Rules) -> bool:
    return bool(at.word) and at.word not in rules.followers and not _only_says_when(at, rules)


def _after_era(at: Candidate, rules: Rules) -> bool:
    """г., в., н. э.: a year or century, unless no number stands before it (г. Москва) or it only says when."""
    if at.token in ("г", "в") and not _DATED.search(at.lead):
        return False
    if _ACT_OF_LAW.match(at.text, at.found.end(), at.end):
        return False
    if at.opener(rules):
        return True
    by_whom = _PASSIVE.search(at.lead) is not None and at.word.endswith(_INSTRUMENTAL)
    return not by_whom and not _only_says_when(at, rules)


def _after_street(at: Candidate, rules: Rules) -> bool:
    """ул. Ленина, but Тверская ул. at the end of a sentence."""
    return at.opener(rules) or _ADJECTIVE.match(at.word_before) is not None


def _after_money(at: Candidate, rules: Rules) -> bool:
    return at.word not in rules.followers


_MEANINGS: Final[dict[Kind, Callable[[Candidate, Rules], bool]]] = {
    Kind.NEVER: lambda at, rules: False,  # noqa: ARG005
    Kind.END: lambda at, rules: True,  # noqa: ARG005
    Kind.MAY: _may,
    Kind.NUMBER: _before_number,
    Kind.COMPANY: _after_company,
    Kind.CLOCK: _after_clock,
    Kind.ERA: _after_era,
    Kind.STREET: _after_street,
    Kind.MONEY: _after_money,
}


def _only_says_when(at: Candidate, rules: Rules) -> bool:
    """Whether the sentence or its last clause has so far only said when: "В 2014 г.", "At 5 p.m."."""
    clauses = _CLAUSES.split(at.lead)
    last = clauses[-1].strip() + " "
    if rules.when.match(last) is None or rules.verbs.search(last):
        return False
    if rules.joined.match(last):
        return True
    return at.stop - at.start <= LOOK_BACK and rules.verbs.search(at.lead) is None
