"""PDF, by PDFium: paragraphs in the order of reading, without what only a printed page needs.

AO3's downloads, what word processors and browsers print, and books. Pages that are pictures are said to be that. What
the file says of itself is a guess: programs fill it in by themselves. (ISO 32000-1.)
"""

from __future__ import annotations

import re
import zlib

import pypdfium2

from ficshelf.model import Draft, Remark
from ficshelf.readers.document import properties
from ficshelf.readers.pdf_lines import Lines
from ficshelf.readers.pdf_pages import Page, open_pdf, page_of
from ficshelf.sources import limits

_PASSWORD = 4  # PDFium's number for it
_PROGRAM = re.compile(r"^Microsoft Word - |\.(?:docx?|odt|rtf|txt|html?|pdf|wpd|pages)$", re.IGNORECASE)
_STREAM = re.compile(rb"stream\r?\n")
_DAMAGED = Remark("damaged", "This PDF cannot be opened; it is cut off or broken.")
_LOCKED = Remark("locked", "Save a copy without the password, and add that.")
_PICTURES = Remark("pictures-only", "A program for text recognition (OCR) can make a copy that has its text; add that.")


def sure(data: bytes, path: str) -> float:
    """1 for what begins as a PDF does; other bytes may stand before that, as in a saved mail."""
    return 1.0 if b"%PDF-" in data[:1024] else 0.0


def read(data: bytes, path: str) -> Draft:
    """Read a PDF. Never raises; what is locked, damaged, too large or without text gives a remark."""
    if _unpacks_too_far(data):
        return Draft("", (), remarks=(Remark("too-large", f"A page unpacks to more than {limits.PART >> 20} MiB."),))
    try:
        document = open_pdf(data)
    except pypdfium2.PdfiumError as error:
        return Draft("", (), remarks=(_LOCKED if error.err_code == _PASSWORD else _DAMAGED,))
    try:
        return _draft(document)
    finally:
        document.close()


def _draft(document: pypdfium2.PdfDocument) -> Draft:
    pages: list[Page] = []
    remarks: list[Remark] = []
    bad = letters = 0
    count = len(document)
    for number in range(min(count, limits.PAGES)):
        try:
            page = page_of(document, number)
        except pypdfium2.PdfiumError:
            bad += 1
            continue
        pages.append(page)
        letters += sum(len(line.text) for line in page.lines)
        if letters > limits.LETTERS:
            break
    done = len(pages) + bad
    if done < count:
        remarks.append(Remark("entry-skipped", f"Only the first {done:,} of its {count:,} pages were read."))
    if bad:
        remarks.append(Remark("damaged", f"{bad:,} of its pages cannot be read."))
    told = document.get_metadata_dict()
    facts = properties(told.get("Author", ""), _PROGRAM.sub("", told.get("Title", "")))
    if not letters:
        remarks.append(_PICTURES if pages else _DAMAGED)
        return Draft("", (), facts, remarks=tuple(remarks))
    unknown = sum(page.unknown for page in pages)
    if unknown:
        remarks.append(Remark("bytes-replaced", f"The file does not say what {unknown:,} of its letters are."))
    made = Lines(pages)
    return Draft(made.layer, tuple(made.nodes), facts, tuple(made.chrome), tuple(remarks), encoding="utf-8")


def _unpacks_too_far(data: bytes) -> bool:
    """Whether a packed stream that is no picture or font unpacks to more than a part of a book may: PDFium unpacks a
    page whole, whatever it takes."""
    for found in _STREAM.finditer(data):
        start = found.end()
        if data[start : start + 1] not in (b"x", b"h", b"H", b"X"):
            continue
        before = data[max(0, found.start() - 600) : found.start()]
        if b"/Image" in before[before.rfind(b"obj") + 1 :]:
            continue
        end = data.find(b"endstream", start)
        packed = memoryview(data)[start : end if end > 0 else len(data)]
        if len(packed) * 1032 > limits.PART and _is_more(packed, limits.PART):
            return True
    return False


def _is_more(packed: memoryview, most: int) -> bool:
    """Whether it unpacks to more than that; what was packed twice is unpacked twice."""
    unpacked = _inflated(packed, most)
    return len(unpacked) > most or (
        unpacked[:1] in (b"x", b"h", b"H", b"X") and len(_inflated(memoryview(unpacked), most)) > most
    )


def _inflated(packed: memoryview, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, most + 1)
    except zlib.error:
        return b""
