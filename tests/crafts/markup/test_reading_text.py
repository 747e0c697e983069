"""Reading an article's pasted text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.markup.blocks import is_blank
from publishing.markup.reading import MAX_BYTES, Reading, UnreadableSource, decode, from_text
from publishing.markup.reading.furniture import PRINTING, REASONS, SHARING, SIMILAR, SWITCHER, reason

BODY = "The treaty was signed in 2021. It has been in force since then, and both of the states keep it."


def kinds(reading: Reading) -> list[str]:
    return [block.kind for block in reading.blocks]


def texts(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks]


def remarks(reading: Reading) -> list[tuple[str, int | None]]:
    return [(remark.code, remark.line) for remark in reading.remarks]


class TestTheSample:
    def test_is_a_title_nine_paragraphs_and_ten_notes_in_english(self, sample: Reading) -> None:
        assert sample.language == "en"
        assert kinds(sample) == ["title"] + ["paragraph"] * 9 + ["note"] * 10
        assert sample.title == "The Future of China-Russia-North Korea Relations"

    def test_has_a_turkish_biography(self, sample: Reading) -> None:
        (biography,) = sample.biographies
        assert (biography.name, biography.language) == ("Elcan TOKMAK", "tr")
        assert [block.kind for block in biography.blocks] == ["name", "paragraph"]
        assert biography.blocks[0].text == "Elcan TOKMAK"
        assert biography.blocks[1].text.startswith("Elcan TOKMAK, 2022 yılında")
        assert biography.blocks[1].text.endswith("Korece bilmektedir.")

    def test_loses_its_furniture_and_says_which_line_and_why(self, sample: Reading) -> None:
        assert [(item.line, item.reason) for item in sample.dropped] == [(3, SIMILAR), (5, SWITCHER)]

    def test_keeps_its_defects_code_point_for_code_point(self, sample: Reading, sample_text: str) -> None:
        assert "the West.\u00a0 This" in sample.blocks[4].text
        assert "on\u00a0on" in sample.blocks[5].text
        assert "IEA,, (Date of Accession: 09.11.2022)." in sample.blocks[10].text
        lines = sample_text.split("\n")
        assert [block.text for block in sample.blocks[:10]] == [lines[0], *lines[6:23:2]]

    def test_has_its_references_tied_to_its_notes(self, sample: Reading) -> None:
        numbers = [block.attributes["number"] for block in sample.blocks if block.kind == "note"]
        assert numbers == list(range(1, 11))
        assert not sample.remarks


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Similar Posts", SIMILAR),
        ("Benzer Yazılar:", SIMILAR),
        ("BENZER YAZILAR", SIMILAR),
        ("İLGİLİ YAZILAR", SIMILAR),
        ("Похожие записи", SIMILAR),
        ("Читайте также:", SIMILAR),
        ("This post is also available in: Türkçe Русский", SWITCHER),
        ("This post is also available in:\u00a0English, Русский", SWITCHER),
        ("Bu yazı ayrıca şu dillerde de mevcuttur: English Русский", SWITCHER),
        ("Эта запись также доступна на: English Türkçe", SWITCHER),
        ("English | Türkçe | Русский", SWITCHER),
        ("Share this post", SHARING),
        ("Paylaş", SHARING),
        ("Поделиться:", SHARING),
        ("Facebook Twitter LinkedIn WhatsApp", SHARING),
        ("Yazdır", PRINTING),
        ("YAZDIR", PRINTING),
        ("Версия для печати", PRINTING),
        ("Similar posts were published by Reuters.", None),
        ("This post is also available in: the archive of the ministry", None),
        ("The share of gas fell.", None),
        ("Russian", None),
        ("Facebook", None),
        ("And", None),
    ],
)
def test_furniture_is_a_whole_line_of_known_words(line: str, expected: str | None) -> None:
    assert reason(line) == expected
    assert expected is None or expected in REASONS


class TestParagraphs:
    def test_are_parted_by_blank_lines_of_any_blanks(self) -> None:
        reading = from_text(f"Title\n \u00a0\t\nOne {BODY}\n\u200b\n\nTwo {BODY}")
        assert texts(reading) == ["Title", f"One {BODY}", f"Two {BODY}"]

    def test_keep_their_line_feeds_and_edges(self) -> None:
        assert texts(from_text(f"Title\n\n  {BODY}\nand more \n"))[1] == f"  {BODY}\nand more "

    def test_follow_a_title_without_a_blank_line(self) -> None:
        assert kinds(from_text(f"Title\n{BODY}\n{BODY}")) == ["title", "paragraph"]

    def test_are_text_whatever_they_look_like(self) -> None:
        assert texts(from_text(f"A < B & C\n\n{BODY} if <b1>x</b1> &amp; y > z"))[0] == "A < B & C"

    @pytest.mark.parametrize("end", ["\r\n", "\r"])
    def test_may_end_their_lines_as_other_systems_do(self, end: str) -> None:
        reading = from_text(f"Title{end}{end}{BODY}{end}")
        assert texts(reading) == ["Title", BODY]
        assert remarks(reading) == [("line_ends_unified", 1)]

    def test_may_follow_a_byte_order_mark(self) -> None:
        reading = from_text(decode(b"\xef\xbb\xbf" + f"Title\n\n{BODY}".encode()))
        assert texts(reading) == ["Title", BODY]
        assert remarks(reading) == [("mark_dropped", 1)]


class TestNotes:
    def test_lose_their_label_and_keep_its_number(self) -> None:
        note = from_text(f"Title\n\n{BODY}[7]\n\n[7]\u00a0 Ibid.").blocks[-1]
        assert (note.kind, note.text, note.attributes) == ("note", "Ibid.", {"number": 7})

    def test_may_stand_line_by_line(self) -> None:
        reading = from_text(f"Title\n\n{BODY}[1] {BODY}[2]\n\n[1] One,\nwith a second line\n[2] Two")
        assert texts(reading)[2:] == ["One,\nwith a second line", "Two"]

    def test_are_not_what_merely_begins_with_a_bracket(self) -> None:
        assert kinds(from_text(f"Title\n\n[2022] {BODY}\n\n[1]{BODY}")) == ["title", "paragraph", "paragraph"]

    def test_and_references_without_each_other_are_remarked_with_their_lines(self) -> None:
        reading = from_text(f"Title\n\n{BODY}[1] {BODY}[3]\n\n[1] One.\n\n[2] Two.\n\n[1] Again.")
        assert remarks(reading) == [
            ("reference_without_note", 3),
            ("note_twice", 9),
            ("note_without_reference", 7),
        ]
        assert reading.remarks[0].message == "The text refers to note [3], but there is no such note."


class TestBiographies:
    @pytest.mark.parametrize(
        ("opening", "name"),
        [
            ("Elcan TOKMAK, 2022 yılında Gazi Üniversitesi'nden mezun olmuştur ve", "Elcan TOKMAK"),
            (
                "Dr. Ayşe Nur ÖZTÜRK YILMAZ, çalışmalarını Ankara için sürdürmektedir ve",
                "Ayşe Nur ÖZTÜRK YILMAZ",
            ),
            ("Elcan TOKMAK’ın ilgi alanları Çin ve Kore ile ilgili çalışmalardır; bu", "Elcan TOKMAK"),
            ("Эльджан ТОКМАК окончил университет и работает в центре, который", "Эльджан ТОКМАК"),
            ("Иван Петров – научный сотрудник института и автор книги о том, что", "Иван Петров"),
            ("Jean-Pierre O’NEILL is a researcher at the centre and the author of", "Jean-Pierre O’NEILL"),
            ("Anna Smith is a researcher at the centre and the author of the", "Anna Smith"),
            ("Anna de la Cruz, a researcher at the centre, is the author of the", "Anna de la Cruz"),
        ],
    )
    def test_open_with_a_name_after_the_notes(self, opening: str, name: str) -> None:
        reading = from_text(f"Title\n\n{BODY}[1]\n\n[1] Note.\n\n{opening}")
        (biography,) = reading.biographies
        assert biography.name == name
        assert [block.text for block in biography.blocks] == [name, opening]

    @pytest.mark.parametrize(
        "opening",
        [
            "In NATO, the members of the alliance have agreed on what is to be done.",
            "The Hague Court, which has been at work since then, is in the Netherlands.",
            "NATO Summit, which was held in Madrid, has agreed on what is to be done.",
            "It was translated by the desk of the centre, and it is the second of two.",
        ],
    )
    def test_are_not_what_merely_follows_the_notes(self, opening: str) -> None:
        reading = from_text(f"Title\n\n{BODY}[1]\n\n[1] Note.\n\n{opening}")
        assert not reading.biographies
        assert texts(reading)[-1] == opening
        assert remarks(reading) == [("text_after_notes", 7)]

    def test_may_be_several_and_longer_than_a_paragraph(self) -> None:
        first, second = f"Ali VELİ is a fellow. {BODY}", f"Ada LOVE is a fellow. {BODY}"
        reading = from_text(f"Title\n\n{BODY}[1]\n\n[1] N.\n\n{first}\n\n{BODY}\n\n{second}")
        assert [item.name for item in reading.biographies] == ["Ali VELİ", "Ada LOVE"]
        assert [block.text for block in reading.biographies[0].blocks] == ["Ali VELİ", first, BODY]

    def test_may_have_the_name_on_a_line_of_its_own(self) -> None:
        reading = from_text(f"Title\n\n{BODY}[1]\n\n[1] N.\n\nAli VELİ\n\nAli VELİ is a fellow.\n\n{BODY}")
        assert [block.text for block in reading.biographies[0].blocks] == [
            "Ali VELİ",
            "Ali VELİ is a fellow.",
            BODY,
        ]

    @pytest.mark.parametrize("notes", ["", "\n\n[1] Note."])
    def test_in_another_language_need_no_notes_before_them(self, notes: str) -> None:
        biography = "Elcan Tokmak 2022 yılında üniversiteden mezun olmuştur ve çalışmalarını sürdürmektedir."
        reading = from_text(f"Title\n\n{BODY}\n\n{BODY}[1]\n\n{biography}{notes}")
        assert [item.language for item in reading.biographies] == ["tr"]
        assert reading.language == "en"

    def test_in_the_articles_language_do_need_them(self) -> None:
        reading = from_text(
            f"Title\n\n{BODY}\n\nXi JINPING, who spoke first, said that it is the end of the war."
        )
        assert not reading.biographies


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("", "empty"),
            (" \n\u00a0\u200b\n", "empty"),
            ("\ufeff", "empty"),
            ("Title\n\nPK\x03\x04", "control character U+0003 in line 3."),
            ("a\x00b", "U+0000 in line 1"),
            ("a\ud800b", "U+D800"),
            ("  <!DOCTYPE html>\n<p>Hi", "use --format html"),
            ("\ufeff<html lang=en>", "use --format html"),
            (f"<p>{BODY}</p>\n<p>{BODY}</p>", "use --format html"),
            ("Menu <a href='/'>x</a> <b>y</b> <p class=x>z</p>", "use --format html"),
            ("Similar Posts\n\nShare", "furniture"),
            ("T" + "\r\n" * 200_001, "more than 200,000 lines"),
        ],
    )
    def test_is_said_in_one_line(self, text: str, says: str) -> None:
        with pytest.raises(UnreadableSource) as caught:
            from_text(text)
        assert says in str(caught.value)
        assert "\n" not in str(caught.value)

    def test_a_text_about_html_is_no_html(self) -> None:
        assert from_text(f"On <p> and <div>\n\n{BODY} {BODY} One writes <p> for a paragraph.").title

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            (b"ab\ncd\xfe", "byte 0xFE at offset 5 (line 2)"),
            ("şeker".encode("cp1254"), "byte 0xFE at offset 0"),
            ("abc".encode("utf-16"), "UTF-16"),
            (b"a" * (MAX_BYTES + 1), "at most 10,485,760"),
        ],
        ids=["stray byte", "windows-1254", "utf-16", "too large"],
    )
    def test_bytes_that_are_no_utf8_are_located(self, data: bytes, says: str) -> None:
        with pytest.raises(UnreadableSource) as caught:
            decode(data)
        assert says in str(caught.value)


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=200) | st.text("a<>[]1\n\r\u00a0 Aß,.", max_size=80))
def test_whatever_text_is_given_it_is_read_or_refused(text: str) -> None:
    try:
        reading = from_text(text)
    except UnreadableSource:
        return
    assert reading.blocks[0].kind == "title"
    written = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for block in reading.blocks:
        assert block.text in written
        assert block.kind == "note" or not is_blank(block.text)
