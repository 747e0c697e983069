"""The measures of effort: sacrebleu's figures for TER and chrF, and what must be true of any such measure."""

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.metrics import CHRF, TER

from publishing.catalogs import tmx
from publishing.matching.measures import chrf, edit_ratio, ter
from publishing.matching.measures.characters import MOST_CHARACTERS
from publishing.matching.measures.moves import MOST_WORDS

DATA = Path(__file__).parents[2] / "data"
CLOSE = 1e-6

PEER_TER, PEER_CHRF = TER(), CHRF()

BY_HAND = [
    ("Limanlar 2023 Temmuz’unda açıldı.", "Limanlar Temmuz 2023’te açıldı."),
    ("Gemiler hemen yola çıktı .", "Gemiler hemen yola çıktı."),
    ("Порты открылись в июле 2023 года.", "В июле 2023 года открылись порты."),
    ("Суда сразу отошли", "Суда тут же вышли в море."),
    ("The Black Sea grain deal ended.", "It ended, the Black Sea grain deal."),
    ("İSTANBUL ŞEHRİ", "istanbul şehri"),
    ("İstanbul", "ISTANBUL"),
    ("a", "b"),
    ("", "There is a text."),
    ("There is a draft.", ""),
    ("", ""),
    (" \n\t ", " "),
    ("one two", "one\u00a0two"),
    ("c'est l'heure", "c’est l’heure"),
    ("a b c d e f", "d e f a b c"),
    ("a b a b a b", "b a b a b a"),
    ("one", "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"),
    ("x " * 120, "x"),
    ("x", "x " * 120),
    ("x y " * 60, "y x " * 60),
]


@cache
def sentences() -> list[str]:
    """Sentences in the three languages from the project's own test data."""
    pairs = tmx.read((DATA / "second_article.tr-ru-en.tmx").read_bytes())
    return sorted({text for pair in pairs for text in (pair.source, pair.target)})


def post_edited(text: str, rng: random.Random) -> str:
    """The text as a reviewer might leave it: words replaced, left out, put in, runs of words moved."""
    words = text.split()
    for _ in range(rng.choice([0, 1, 2, 4, 12])):
        place = rng.randrange(len(words) + 1)
        what = rng.randrange(4)
        if what == 0:
            words.insert(place, rng.choice(rng.choice(sentences()).split()))
        elif what == 1:
            words[place : place + 1] = []
        elif what == 2:
            words[place : place + 1] = [rng.choice(rng.choice(sentences()).split())]
        else:
            run = words[place : place + rng.randrange(1, 6)]
            del words[place : place + len(run)]
            target = rng.randrange(len(words) + 1)
            words[target:target] = run
    return " ".join(words)


def pairs() -> Iterator[tuple[str, str]]:
    """Some hundreds of drafts with what was made of them, and drafts of something else altogether."""
    rng = random.Random(20260)
    for text in sentences():
        for _ in range(7):
            yield text, post_edited(text, rng)
        yield text, rng.choice(sentences())


class TestParity:
    """Equal to sacrebleu with its default settings, sentence by sentence, the draft as its hypothesis."""

    @pytest.mark.parametrize(("draft", "final"), BY_HAND)
    def test_pairs_by_hand(self, draft: str, final: str) -> None:
        assert ter(draft, final) == pytest.approx(PEER_TER.sentence_score(draft, [final]).score, abs=CLOSE)
        assert chrf(draft, final) == pytest.approx(PEER_CHRF.sentence_score(draft, [final]).score, abs=CLOSE)

    def test_hundreds_of_edited_sentences(self) -> None:
        drawn = list(pairs())
        assert len(drawn) >= 300
        for draft, final in drawn:
            ours = ter(draft, final), chrf(draft, final)
            peers = (
                PEER_TER.sentence_score(draft, [final]).score,
                PEER_CHRF.sentence_score(draft, [final]).score,
            )
            assert ours == pytest.approx(peers, abs=CLOSE), (draft, final)

    @settings(max_examples=150)
    @given(
        st.lists(st.sampled_from("abcde"), max_size=35),
        st.lists(st.sampled_from("abcde"), max_size=35),
    )
    def test_texts_full_of_repetitions(self, draft: list[str], final: list[str]) -> None:
        """Few words, long texts: every word can be moved to many places, and the band is left."""
        one, other = " ".join(draft), " ".join(final)
        assert ter(one, other) == pytest.approx(PEER_TER.sentence_score(one, [other]).score, abs=CLOSE)

    @settings(max_examples=300)
    @given(st.text(max_size=60), st.text(max_size=60))
    def test_any_text(self, draft: str, final: str) -> None:
        assert ter(draft, final) == pytest.approx(PEER_TER.sentence_score(draft, [final]).score, abs=CLOSE)
        assert chrf(draft, final) == pytest.approx(PEER_CHRF.sentence_score(draft, [final]).score, abs=CLOSE)


TEXTS = st.text(st.sampled_from("abç ığЖж.,7"), max_size=80)


class TestEveryMeasure:
    @given(TEXTS.filter(str.strip))
    def test_untouched_is_0_0_100(self, text: str) -> None:
        assert (edit_ratio(text, text), ter(text, text)) == (0, 0)
        assert chrf(text, text) == pytest.approx(100)

    @given(TEXTS, TEXTS)
    def test_stays_in_its_bounds(self, draft: str, final: str) -> None:
        assert 0 <= edit_ratio(draft, final) <= 1
        assert 0 <= chrf(draft, final) <= 100 + CLOSE
        longer = max(len(draft.split()), len(final.split()))
        assert 0 <= ter(draft, final) <= 100 * max(1, longer / max(1, len(final.split())))

    @given(TEXTS, TEXTS)
    def test_the_edit_ratio_does_not_ask_which_came_first(self, draft: str, final: str) -> None:
        assert edit_ratio(draft, final) == edit_ratio(final, draft)
        assert (edit_ratio(draft, final) == 0) == (draft == final)

    @given(TEXTS, TEXTS)
    def test_case_is_no_edit_of_a_word(self, draft: str, final: str) -> None:
        assert ter(draft.upper().lower(), final) == ter(draft.upper(), final)

    def test_a_run_of_words_that_moved_is_one_edit(self) -> None:
        assert ter("in the ports today ships waited long", "today ships waited long in the ports") == (
            pytest.approx(100 / 7)
        )

    def test_too_many_words_are_more_than_a_hundred(self) -> None:
        assert ter("a b c d e f", "z") == 600

    def test_the_edit_ratio_is_by_the_longer_text(self) -> None:
        assert edit_ratio("abcd", "abXde") == 2 / 5

    def test_recall_counts_more_than_precision(self) -> None:
        """What the draft lacks weighs more than what it has too much."""
        assert chrf("Gemiler yola", "Gemiler yola çıktı") < chrf("Gemiler yola çıktı", "Gemiler yola")


class TestHostileTexts:
    """Nothing that a worker is given keeps it for long, and nothing makes it fail."""

    def test_a_text_beyond_the_search_for_moves_is_compared_without_it(self) -> None:
        words = [f"w{number}" for number in range(MOST_WORDS + 1)]
        for length, edits in ((MOST_WORDS, 1), (MOST_WORDS + 1, 10)):
            draft = words[:length]
            moved = draft[:100] + draft[105:130] + draft[100:105] + draft[130:]
            assert ter(" ".join(draft), " ".join(moved)) == pytest.approx(100 * edits / length)

    @pytest.mark.parametrize("word", ["a ", "a b ", "\ud800 ", "\0 ", "\U0010ffff"])
    def test_an_endless_text_is_measured_by_its_beginning(self, word: str) -> None:
        endless = word * 500_000
        assert edit_ratio(endless, endless[:MOST_CHARACTERS]) == 0
        assert ter(endless, "x") > 0
        assert chrf(endless, "x") == 0

    def test_more_words_than_characters_there_are(self) -> None:
        many = " ".join(map(str, range(1_200_000)))
        assert ter(many, "1 2 3") > 100
