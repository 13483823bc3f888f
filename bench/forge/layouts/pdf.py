"""PDF, as a word processor prints it: lines of a page, running heads, page numbers, words cut at line ends."""

from __future__ import annotations

import random
from dataclasses import dataclass

from bench.forge.layouts.chunk import Chunk
from bench.forge.layouts.documents import Document
from bench.forge.pieces import Piece
from bench.forge.sheet import Sheet
from bench.forge.stories import Story

WIDTH, HEIGHT, MARGIN = 595, 842, 72
_NARROW, _WIDE = set("iljtfrI.,;:'’!|()[] "), set("mwMWQOGDHNU@%…—")


@dataclass(slots=True)
class Line:
    """A printed line: where it begins and how large its letters are."""

    text: str
    x: float
    size: float
    space: float = 0  # above it, beyond a line's height
    bold: bool = False


class Pdf(Document):
    """Paragraphs in lines: an indent or a gap between paragraphs, heads and numbers on every page."""

    suffix = ".pdf"

    def lay(self, story: Story, rng: random.Random) -> Sheet:
        sheet = super().lay(story, rng)
        sheet.stressed = False  # slanted letters are a matter of fonts, which this book has not
        self.head = rng.choice(["", "", story.title, story.author, f"{story.author} / {story.title}"])
        self.foot = rng.choice(["{n}", "- {n} -", "Page {n} of {m}", "{n}/{m}", ""])
        self.indented = rng.random() < 0.5
        self.hyphens = rng.random() < 0.4
        self.size = rng.choice([11, 12])
        self.new_page = rng.random() < 0.4  # each chapter begins a page
        return sheet

    def paragraph(self, one: Piece) -> str:
        return "".join(run.text for run in self.runs(one))

    def _lines(self, one: Piece, said: str) -> list[Line]:
        size, room = self.size, WIDTH - 2 * MARGIN
        if one.kind == "heading":
            return [
                Line(said, MARGIN if self.indented else self._centre(said, size + 4), size + 4, size * 2, bold=True)
            ]
        if one.kind in ("title", "byline", "break") or (one.kind == "end" and one.centred):
            return [Line(said, self._centre(said, size), size, size)]
        if one.kind in ("verse", "quote"):
            rows = [row for line in said.split("\n") for row in self._wrap(line, room - 36, 0)]
            return [Line(row, MARGIN + 36, size, size if not at else 0) for at, row in enumerate(rows)]
        first = 24 if self.indented and one.kind == "paragraph" else 0
        lines = []
        for number, part in enumerate(said.split("\n\n")):
            for at, row in enumerate(self._wrap(part, room, first)):
                above = (
                    0
                    if at or (self.indented and one.kind == "paragraph") or (one.kind == "label" and not number)
                    else size
                )
                lines.append(Line(row, MARGIN + (first if not at else 0), size, above))
        return lines

    def _centre(self, said: str, size: float) -> float:
        return (WIDTH - width(said, size)) / 2

    def _wrap(self, text: str, room: float, first: float) -> list[str]:
        """Lines that fit; with hyphens, a long word that does not fit is cut between two letters."""
        rows, row, left = [], "", room - first
        for word in text.split():
            if width(f"{row} {word}".strip(), self.size) <= left:
                row = f"{row} {word}".strip()
                continue
            if self.hyphens and len(word) >= 8 and word.isalpha():
                at = next(
                    (at for at in range(len(word) - 3, 2, -1) if width(f"{row} {word[:at]}-", self.size) <= left), 0
                )
                if at:
                    rows.append(f"{row} {word[:at]}-".strip())
                    row, left = word[at:], room
                    continue
            rows.append(row)
            row, left = word, room
        return [*rows, row] if row else rows

    def bind(self, sheet: Sheet, chunks: list[Chunk], rng: random.Random) -> bytes:
        pages: list[list[tuple[float, Line]]] = [[]]
        y = float(HEIGHT - MARGIN)
        set_off = False
        for chunk in chunks:
            for at, line in enumerate(self._lines(chunk.piece, chunk.lines[0])):
                space = max(line.space, line.size) if set_off and not at else line.space
                y -= space + line.size * 1.25
                opens = self.new_page and chunk.piece.kind == "heading" and not at and pages[-1]
                if y < MARGIN + 10 or opens:
                    pages.append([])
                    y = HEIGHT - MARGIN - line.size * 1.25
                pages[-1].append((y, line))
            set_off = chunk.piece.kind in ("verse", "quote", "break", "heading")
        for number, page in enumerate(pages, 1):
            if self.head and number > 1:
                page.insert(0, (HEIGHT - 40, Line(self.head, self._centre(self.head, 9), 9)))
            if self.foot:
                said = self.foot.format(n=number, m=len(pages))
                page.append((36, Line(said, self._centre(said, 9), 9)))
        return _written(pages)


def width(text: str, size: float) -> float:
    """About how wide a text is in a book's letters."""
    return size * sum(
        0.3 if one in _NARROW else 0.8 if one in _WIDE else 0.62 if one.isupper() else 0.48 for one in text
    )


def _written(pages: list[list[tuple[float, Line]]]) -> bytes:
    """The file: one font of our own making, whose letters are numbered and named by a map to Unicode."""
    letters = sorted({letter for page in pages for _, line in page for letter in line.text})
    number = {letter: at for at, letter in enumerate(letters, 1)}
    widths = " ".join(f"{width(letter, 1000):.0f}" for letter in letters)
    names = "\n".join(f"<{at:04x}> <{letter.encode('utf-16-be').hex()}>" for letter, at in number.items())
    blocks = [names.split("\n")[at : at + 100] for at in range(0, len(letters), 100)]
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        + "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
        + "endcmap end end"
    )
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{7 + 2 * at} 0 R' for at in range(len(pages)))}]>>",
        "<</Type/Font/Subtype/Type0/BaseFont/Times-Roman/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Times-Roman/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/FontDescriptor 5 0 R/DW 500/W[1[{widths}]]>>",
        "<</Type/FontDescriptor/FontName/Times-Roman/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 800/Descent -200"
        "/CapHeight 700/StemV 80>>",
        _stream(to_unicode),
    ]
    for page in pages:
        said = "".join(
            f"BT /F1 {line.size:g} Tf 1 0 0 1 {line.x:.2f} {y:.2f} Tm <{''.join(f'{number[one]:04x}' for one in line.text)}> Tj ET\n"
            for y, line in page
        )
        at = len(objects) + 2
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources<</Font<</F1 3 0 R>>>>/Contents {at} 0 R>>"
        )
        objects.append(_stream(said))
    out, places = b"%PDF-1.4\n", []
    for at, one in enumerate(objects, 1):
        places.append(len(out))
        out += f"{at} 0 obj\n{one}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode("latin-1")


def _stream(said: str) -> str:
    return f"<</Length {len(said)}>>\nstream\n{said}\nendstream"
