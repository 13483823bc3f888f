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
_CATALOG = re.compile(rb"(\d{1,9}) (\d{1,5}) obj\s{0,9}<<[^<>]{0,300}?/Type\s?/Catalog\b")
_STREAM = re.compile(rb"stream\r?\n(?=.)", re.DOTALL)
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
    remarks: tuple[Remark, ...] = ()
    try:
        document = open_pdf(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            return Draft("", (), remarks=(_LOCKED,))
        remarks = (_DAMAGED,)
    if remarks:
        try:
            document = open_pdf(_with_end(data))
        except pypdfium2.PdfiumError:
            return Draft("", (), remarks=remarks)
        remarks = (Remark("damaged", "Its end is missing; the pages that are there were read."),)
    try:
        draft = _draft(document)
    finally:
        document.close()
    return draft._replace(remarks=remarks + draft.remarks)


def _with_end(data: bytes) -> bytes:
    """A file that was cut off, with an end that tells where its pages are listed, as far as they can be found."""
    found = _CATALOG.search(data)
    return data + b"\ntrailer\n<< /Root %s %s R >>\n%%%%EOF\n" % found.groups() if found else data


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
    """Whether a packed stream that is no picture unpacks to more than a part of a book may, or all of them to eight
    times that: PDFium unpacks a page whole, whatever it takes."""
    total = 0
    for found in _STREAM.finditer(data):
        start = found.end()
        if data[start] & 0x0F != 8:  # zlib's sign
            continue
        before = data[max(0, found.start() - 600) : found.start()]
        if b"/Image" in before[before.rfind(b"obj") + 1 :]:
            continue
        end = data.find(b"endstream", start)
        unpacked = _unpacked(memoryview(data)[start : end if end > 0 else len(data)])
        if unpacked[:1] and unpacked[0] & 0x0F == 8:  # packed twice
            unpacked = _unpacked(memoryview(unpacked)) or unpacked
        total += len(unpacked)
        if len(unpacked) > limits.PART or total > 8 * limits.PART:
            return True
    return False


def _unpacked(packed: memoryview) -> bytes:
    """What it unpacks to, and no more than a byte beyond the limit; nothing where it is not packed."""
    try:
        return zlib.decompressobj().decompress(packed, limits.PART + 1)
    except zlib.error:
        return b""
