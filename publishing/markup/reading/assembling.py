"""From the blocks of a file to a Reading: biographies apart, references tied to notes, remarks made."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from publishing.languages.identify import identify
from publishing.markup import notes, placeholders
from publishing.markup.blocks import Block
from publishing.markup.reading import biographies
from publishing.markup.reading.values import Biography, Dropped, Reading, Remark, UnreadableSource


@dataclass(frozen=True, slots=True)
class Found:
    """A block and the line of the file that it begins in."""

    block: Block
    line: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself, beside its text."""

    language: str | None = None
    original_address: str | None = None
    published_on: date | None = None
    title: str = ""


def assemble(
    found: Sequence[Found],
    dropped: Sequence[Dropped],
    remarks: Sequence[Remark],
    metadata: Metadata = Metadata(),
) -> Reading:
    """Return the Reading of blocks in document order, the title first."""
    if not found:
        raise UnreadableSource(
            "The source holds nothing but the furniture of a page: there is no article in it."
        )
    end = _end_of_notes(found)
    language = _language(_main(found, end))
    body, written = _biographies(found, end, language)
    return Reading(
        language=language,
        blocks=tuple(item.block for item in body),
        biographies=tuple(Biography(name, _language(blocks), tuple(blocks)) for name, blocks in written),
        dropped=tuple(sorted(dropped, key=lambda item: item.line)),
        remarks=(*remarks, *_remarks(body, language, metadata)),
        original_address=metadata.original_address,
        published_on=metadata.published_on,
    )


def _end_of_notes(found: Sequence[Found]) -> int:
    """Return the place after the last note; without notes, the end."""
    notes_at = [place for place, item in enumerate(found) if item.block.kind == "note"]
    return notes_at[-1] + 1 if notes_at else len(found)


def _main(found: Sequence[Found], end: int) -> list[Block]:
    """Return the blocks that tell the article's language: its last paragraph may be a biography."""
    written = [item.block for item in found[:end] if item.block.kind != "note"]
    return written[:-1] if end == len(found) and len(written) > 2 else written


def _language(blocks: Sequence[Block]) -> str:
    """Identify the language of what an author wrote; notes cite other languages and do not count."""
    texts = [placeholders.plain(block.text, block.markup) for block in blocks if block.kind != "note"]
    return identify("\n".join(texts))


def _biographies(
    found: Sequence[Found], end: int, language: str
) -> tuple[list[Found], list[tuple[str, list[Block]]]]:
    """Part the article from the biographies: after its notes, or else its end in another language."""
    tail = found[end:]
    if tail:
        foreign = _language([item.block for item in tail]) != language
        before, written = biographies.gather([item.block for item in tail], foreign=foreign)
        return [*found[:end], *tail[: len(before)]], written
    start = _foreign_end(found, language)
    ending = [item.block for item in found[start:] if item.block.kind != "note"]
    before, written = biographies.gather(ending, foreign=True)
    taken = {id(block) for block in ending[len(before) :]}
    return [item for item in found if id(item.block) not in taken], written


def _foreign_end(found: Sequence[Found], language: str) -> int:
    """Return where the last paragraphs in another language begin, notes passed over."""
    start = len(found)
    for place in range(len(found) - 1, 0, -1):
        block = found[place].block
        if block.kind == "note":
            continue
        if block.kind != "paragraph" or _language([block]) == language:
            break
        start = place
    return start


def _remarks(body: Sequence[Found], language: str, metadata: Metadata) -> Iterator[Remark]:
    """Yield what looks wrong in the article and is left as it is."""
    yield from _unmatched(body)
    ended = False
    for item in body:
        if item.block.kind == "note":
            ended = True
        elif ended:
            yield Remark("text_after_notes", item.line, {"opening": item.block.text[:60]})
    for item in body:
        if "\ufffd" in item.block.text:
            yield Remark("damaged_character", item.line)
    if metadata.language and metadata.language != language:
        yield Remark("language_differs", None, {"declared": metadata.language, "identified": language})


def _unmatched(body: Sequence[Found]) -> Iterator[Remark]:
    """Yield references without a note, notes without a reference, numbers of more than one note."""
    referred: dict[int, int] = {}
    noted: Counter[int] = Counter()
    lines: dict[int, int] = {}
    for item in body:
        for reference in notes.references(item.block.text):
            referred.setdefault(reference.number, item.line)
        if item.block.kind == "note":
            number = int(item.block.attributes["number"])
            noted[number] += 1
            lines[number] = item.line
    for number in sorted(referred.keys() - noted.keys()):
        yield Remark("reference_without_note", referred[number], {"number": number})
    for number in sorted(noted):
        if noted[number] > 1:
            yield Remark("note_twice", lines[number], {"number": number})
        if number not in referred:
            yield Remark("note_without_reference", lines[number], {"number": number})
