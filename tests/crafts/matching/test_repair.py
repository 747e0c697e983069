"""A remembered translation, repaired: the same sentence of other figures, dates, marks and names."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing import quality
from publishing.languages.dates import long_date
from publishing.matching.repair import repair
from publishing.matching.shapes import shape

PORTS = "The ports opened in July 2023.[1]"
PORTS_TR, PORTS_RU = "Limanlar Temmuz 2023'te açıldı.[1]", "Порты открылись в июле 2023 года.[1]"

RIGHT = [
    # source now, source in memory, target in memory, target now
    ("The ports opened in July 2024.[3]", PORTS, PORTS_TR, "Limanlar Temmuz 2024'te açıldı.[3]", "tr"),
    ("The ports opened in March 2026.[1]", PORTS, PORTS_TR, "Limanlar Mart 2026'da açıldı.[1]", "tr"),
    ("The ports opened in March 2026.[1]", PORTS, PORTS_RU, "Порты открылись в марте 2026 года.[1]", "ru"),
    ("Exports grew by 16% in 2022.", "Exports grew by 14% in 2021.",
     "İhracat 2021’de %14 arttı.", "İhracat 2022’de %16 arttı.", "tr"),
    ("Exports rose to 16% of 2.5 million tonnes.", "Exports rose to 14% of 3.5 million tonnes.",
     "İhracat 3,5 milyon tonun %14’üne çıktı.", "İhracat 2,5 milyon tonun %16’sına çıktı.", "tr"),
    ("Some 22 ships left on 9 November 2022.", "Some 24 ships left on 1 May 2023.",
     "Около 24 кораблей ушли 1 мая 2023 г.", "Около 22 кораблей ушли 9 ноября 2022 г.", "ru"),
    ("Some 12,500 ships left.", "Some 4,800 ships left.", "Ушло около 4 800 кораблей.",
     "Ушло около 12 500 кораблей.", "ru"),
    ("It rose, according to Bloomberg.", "It rose, according to Reuters.", "По данным Reuters, рост был.",
     "По данным Bloomberg, рост был.", "ru"),
    ("It met on 12.05.2024 as planned.", "It met on 30.04.2023 as planned.",
     "Оно собралось 30.04.2023, как и намечалось.", "Оно собралось 12.05.2024, как и намечалось.", "ru"),
    ("See the <a4>second report</a4> of May.", "See the <a1>second report</a1> of May.",
     "Mayıs ayının <a1>ikinci raporuna</a1> bakınız.", "Mayıs ayının <a4>ikinci raporuna</a4> bakınız.", "tr"),
]  # fmt: skip

WRONG = {
    "nothing differs": ("It rose by 14%.", "It rose by 14%.", "%14 arttı.", "tr"),
    "another sentence": ("It fell by 14%.", "It rose by 16%.", "%16 arttı.", "tr"),
    "the noun's form changes": (
        "Some 21 ships left.", "Some 24 ships left.", "Ушли 24 корабля.", "ru",
    ),
    "the figure is not in the target": ("It cost 15 dollars.", "It cost 14 dollars.", "On dört dolar tuttu.", "tr"),
    "the figure is there twice": ("It rose by 15% then.", "It rose by 14% then.", "%14, evet %14 arttı.", "tr"),
    "two of one value part ways": (
        "From 5 to 6 ships went.", "From 5 to 5 ships went.", "5 ila 5 gemi gitti.", "tr",
    ),
    "the name takes a suffix": (
        "It rose, according to Bloomberg.", "It rose, according to Reuters.", "Reuters'a göre arttı.", "tr",
    ),
    "the name is translated": (
        "It rose, according to Turkey.", "It rose, according to Russia.", "По данным России, рост был.", "ru",
    ),
    "a for an": ("Было 8% роста тогда.", "Было 7% роста тогда.", "There was a 7% rise then.", "en"),
    "со for с": (
        "It lasts from 2 May on.", "It lasts from 3 May on.", "Это длится с 3 мая.", "ru",
    ),
    "one becomes several": ("Осталось 2 причала там.", "Остался 1 причал там.", "There was 1 berth left.", "en"),
}  # fmt: skip


@pytest.mark.parametrize(("now", "known", "target", "right", "language"), RIGHT)
def test_what_differs_is_exchanged(now: str, known: str, target: str, right: str, language: str) -> None:
    repaired = repair(now, known, target, "en", language)
    assert repaired is not None
    assert repaired.text == right
    assert all(change.old in target and change.new in right for change in repaired.exchanges)
    assert quality.check(now, right, "en", language) == []


@pytest.mark.parametrize(("now", "known", "target", "language"), WRONG.values(), ids=WRONG)
def test_what_is_not_certain_is_left_to_people(now: str, known: str, target: str, language: str) -> None:
    assert repair(now, known, target, "ru" if language == "en" else "en", language) is None


@pytest.mark.parametrize("text", ["Ukraine", "2021", "[7]", "nothing to exchange here.", "x" * 3_000 + " 7"])
def test_has_no_shape_to_share(text: str) -> None:
    assert shape(text, "en") == ""


@pytest.mark.parametrize(
    "text", ["Some 7 ships left.", "Some 12,500   ships left.", "Some 3.5 million ships left."]
)
def test_figures_do_not_count_in_a_shape(text: str) -> None:
    assert shape(text, "en") == shape("Some 8 ships left.", "en") != ""


DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
SHARES = st.decimals(0, 100, places=1)
COUNTS = st.integers(0, 99_999)


@given(COUNTS, COUNTS, DAYS, DAYS, SHARES, SHARES)
def test_a_repaired_draft_says_what_its_source_says(
    ships: int, fewer: int, day: date, another: date, share: Decimal, less: Decimal
) -> None:
    """Whatever the figures: the checks find none that differs, and taken back, a repair gives the old text."""
    known = f"On {long_date(day, 'en')}, they counted {ships:,} of them, or {share}%."
    wanted = f"On {long_date(another, 'en')}, they counted {fewer:,} of them, or {less}%."
    count, part = f"{ships:,}".replace(",", "."), str(share).replace(".", ",")
    target = f"{long_date(day, 'tr')} günü {count} tane sayıldı, %{part}."
    repaired = repair(wanted, known, target, "en", "tr")
    if repaired is not None:
        found = quality.check(wanted, repaired.text, "en", "tr")
        assert not {each.code for each in found} & {"numbers", "dates"}, repaired.text
        back = repair(known, wanted, repaired.text, "en", "tr")
        assert back is None or back.text == target


def test_most_figures_can_be_repaired() -> None:
    """The property above would hold of a repair that refuses everything."""
    day, made = date(2020, 1, 1), 0
    for number in range(200):
        source = f"On {long_date(day, 'en')} some {120 + number} of them rose."
        known = "On 5 May 2021 some 117 of them rose."
        made += repair(source, known, "5 Mayıs 2021’de yaklaşık 117 tanesi yükseldi.", "en", "tr") is not None
        day += timedelta(days=37)
    assert made >= 195
