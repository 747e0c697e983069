"""The risk of a draft: what makes it riskier, and that it only orders."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.quality.risk import HIGHEST, Draft, weigh

WORSE = {
    "a blocking finding": {"blocking": 1},
    "a warning": {"warnings": 1},
    "a mark without a place": {"unplaced": 1},
    "drafts thrown away before": {"refused": 2},
    "a repair": {"repaired": True},
    "an engine": {"by_engine": True},
    "an engine whose drafts are mended a lot": {"by_engine": True, "record": 0.5},
    "the way through English": {"through_english": True},
    "a source that changed": {"outdated": True},
    "another engine that disagrees": {"disagreement": 0.5},
    "a long sentence": {"words": 40},
}


@pytest.mark.parametrize("worse", WORSE.values(), ids=WORSE)
def test_it_is_riskier_for(worse: dict[str, object]) -> None:
    plain, riskier = Draft(words=10), replace(Draft(words=10), **worse)  # type: ignore[arg-type]
    assert weigh(riskier)[0] > weigh(plain)[0]


def test_a_plain_draft_is_no_risk() -> None:
    assert weigh(Draft(words=10)) == (0, [])


def test_a_good_record_weighs_less_than_an_unknown_one() -> None:
    known = weigh(Draft(by_engine=True, record=0.05))[0]
    assert known < weigh(Draft(by_engine=True))[0]


DRAFTS = st.builds(
    Draft, blocking=st.integers(0, 9), warnings=st.integers(0, 9), words=st.integers(0, 200),
    unplaced=st.integers(0, 5), refused=st.integers(0, 9), repaired=st.booleans(), by_engine=st.booleans(),
    through_english=st.booleans(), outdated=st.booleans(), record=st.none() | st.floats(0, 1),
    disagreement=st.floats(0, 1),
)  # fmt: skip


@given(DRAFTS)
def test_the_score_is_the_sum_of_its_reasons_up_to_a_hundred(draft: Draft) -> None:
    score, reasons = weigh(draft)
    assert score == min(HIGHEST, sum(points for _code, points in reasons))
    assert [points for _code, points in reasons] == sorted((p for _c, p in reasons), reverse=True)
    assert all(points > 0 for _code, points in reasons)
    assert len({code for code, _points in reasons}) == len(reasons) <= len(fields(Draft))
