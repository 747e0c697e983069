"""Notes read back from a finished body, and the work that an Ibid. means."""

import pytest

from publishing.markup import rendering
from publishing.markup.blocks import Block
from publishing.markup.notes import listed

FIRST = "“Ports Reopen”, Reuters, (Date of Accession: 01.08.2023)."
SECOND = "Elcan Tokmak, “Grain”, IEA, 2022."


def body(*notes: str, language: str = "en") -> str:
    references = "".join(f"[{number}]" for number in range(1, len(notes) + 1))
    blocks = [Block("paragraph", f"The ports opened.{references}", {}, {})]
    blocks += [Block("note", text, {"number": number}, {}) for number, text in enumerate(notes, 1)]
    return rendering.body(
        blocks, language, labels={"notes": "Notes", "reference": "Note %(number)s", "back": "Back"}
    )


class TestAnIbid:
    @pytest.mark.parametrize(
        ("ibid", "language"),
        [
            ("Ibid.", "en"),
            ("ibid", "en"),
            ("A.g.e.", "tr"),
            ("A.g.e., s. 7.", "tr"),
            ("Там же.", "ru"),
            ("Там же, с. 7.", "ru"),
        ],
    )
    def test_means_the_note_before_it_without_its_date_of_access(self, ibid: str, language: str) -> None:
        assert listed.meant([FIRST, ibid], language) == ["", "“Ports Reopen”, Reuters"]

    def test_means_the_same_through_several(self) -> None:
        assert listed.meant([SECOND, "Ibid.", "Ibid., p. 4.", FIRST, "Ibid."], "en") == [
            "",
            "Elcan Tokmak, “Grain”, IEA, 2022",
            "Elcan Tokmak, “Grain”, IEA, 2022",
            "",
            "“Ports Reopen”, Reuters",
        ]

    def test_with_nothing_before_it_means_nothing(self) -> None:
        assert listed.meant(["Ibid.", FIRST], "en") == ["", ""]

    def test_is_resolved_in_the_page_and_nowhere_else(self) -> None:
        html = body(FIRST, "Ibid.", SECOND)
        assert html.count('<span class="meant">') == 1
        assert 'Ibid. <span class="meant">(“Ports Reopen”, Reuters)</span>' in html

    def test_brings_no_markup_in(self) -> None:
        html = body("“<b>Ports</b> & <script>alert(1)</script>”, Reuters.", "Ibid.")
        assert "<script" not in html
        assert "&lt;b&gt;Ports&lt;/b&gt; &amp;" in html


class TestReadBack:
    def test_are_the_notes_without_ways_back_and_explanations(self) -> None:
        found = listed.listed(body(FIRST, "Ibid.", SECOND))
        assert found == [listed.Listed(1, FIRST), listed.Listed(2, "Ibid."), listed.Listed(3, SECOND)]

    def test_leave_the_running_text(self) -> None:
        assert listed.running_text(body(FIRST, SECOND)) == "The ports opened."

    @pytest.mark.parametrize("html", ["", " ", "<p>Text</p>", "text", "<div>"])
    def test_of_a_body_without_notes_are_none(self, html: str) -> None:
        assert listed.listed(html) == []
        assert "<" not in listed.running_text(html)
