"""Small PDFs for the tests: letters put where a test wants them, in the fonts that every reader has."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

FONTS = ("Times-Roman", "Times-Italic", "Times-Bold", "Times-BoldItalic")


class Text(NamedTuple):
    """Words at a place: points from the lower left corner."""

    x: float
    y: float
    text: str
    size: float = 10
    font: int = 0  # of FONTS


class Drawn(NamedTuple):
    """A line from one place to another."""

    x0: float
    y0: float
    x1: float
    y1: float


Page = Sequence[Text | Drawn]


def content(page: Page) -> bytes:
    """The stream that draws a page."""
    drawn = []
    for one in page:
        if isinstance(one, Drawn):
            drawn.append(f"{one.x0} {one.y0} m {one.x1} {one.y1} l S")
            continue
        said = "".join(f"\\{ord(letter):03o}" for letter in one.text.encode("cp1252").decode("latin-1"))
        drawn.append(f"BT /F{one.font} {one.size} Tf {one.x} {one.y} Td ({said}) Tj ET")
    return "\n".join(drawn).encode()


def pdf(pages: Iterable[Page | bytes], trailer: str = "", more: Sequence[str] = (), rotate: int = 0) -> bytes:
    """A PDF of pages 300 by 400 points; a page may be given as its stream. `more` are objects, numbered from 7 on."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects += [
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode() for name in FONTS
    ]
    objects += [one.encode() for one in more]
    kids = []
    for page in pages:
        stream = page if isinstance(page, bytes) else zlib.compress(content(page))
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream))
        fonts = " ".join(f"/F{number} {number + 3} 0 R" for number in range(len(FONTS)))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Rotate {rotate} "
            f"/Resources << /Font << {fonts} >> >> /Contents {len(objects)} 0 R >>".encode()
        )
        kids.append(len(objects))
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    out = [b"%PDF-1.4\n"]
    places, length = [], len(out[0])
    for number, one in enumerate(objects, 1):
        written = b"%d 0 obj\n%s\nendobj\n" % (number, one)
        places.append(length)
        out.append(written)
        length += len(written)
    out.append(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out += [b"%010d 00000 n \n" % place for place in places]
    out.append(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{length}\n%%EOF\n".encode())
    return b"".join(out)


def lines(
    said: Sequence[str], x: float = 40, y: float = 350, step: float = 12, size: float = 10, font: int = 0
) -> list[Text]:
    """Lines below one another; one that begins with a blank is set in, "" is a blank line."""
    return [
        Text(x + 15 * line.startswith(" "), y - step * number, line.strip(), size, font)
        for number, line in enumerate(said)
        if line
    ]
