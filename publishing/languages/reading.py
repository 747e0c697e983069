"""How long a text takes to read, by words per minute.

English: 238, silent reading of non-fiction by adults: Brysbaert, "How many words do we read per minute? A review and
meta-analysis of reading rate", Journal of Memory and Language 109 (2019), 104047.

Turkish and Russian: our own choice. The one study that we know of in both (Trauzettel-Klosinski & Dietz,
"Standardized assessment of reading performance: the new International Reading Speed Texts IReST", Investigative
Ophthalmology & Visual Science 53 (2012), 5452-5461) had short texts read aloud, which takes longer than silent
reading: 184 ± 29 words a minute over all 17 languages. Its figures of single languages could not be looked up when
this was written; ours lie within that range, lower for Turkish, whose words are longer. The time told in both is
rather too long than too short.
"""

import re
from typing import Final

from publishing.languages import require

WORDS_PER_MINUTE: Final = {"en": 238, "tr": 166, "ru": 184}

_WORD: Final = re.compile(r"\w+(?:[-'’]\w+)*")


def words(text: str) -> int:
    """How many words the text has; what a hyphen or an apostrophe ties is one."""
    return sum(1 for _ in _WORD.finditer(text))


def minutes(count: int, language: str) -> int:
    """The whole minutes that so many words take, at least one. Raises UnknownLanguage."""
    return max(1, round(count / WORDS_PER_MINUTE[require(language)]))
