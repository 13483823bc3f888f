"""The independent count of letters: a file's letters by parsers that the reader does not use, against what came out."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import Counter
from html.parser import HTMLParser
from xml.etree import ElementTree

from bench.forge.job import Made
from ficshelf.model import Reading

_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript"})


class _Letters(HTMLParser):
    """The text of a page without what browsers do not show."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.depth = 0
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.depth += tag in _UNSEEN

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN and self.depth:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if not self.depth:
            self.said.append(data)


def source_text(made: Made) -> str:
    """The text of a file by the standard library alone."""
    job = made.job
    if made.layout == "pdf":  # what was printed: there is no second parser of PDFs in the standard library
        return "\n".join(line for chunk in job.chunks for line in chunk.lines)
    if made.data[:2] == b"PK":
        return _packed(made.data)
    text = made.data.decode(job.encoding, "replace" if job.ascii_only else "strict")
    if made.layout == "fb2":
        return "".join(ElementTree.fromstring(made.data).itertext())
    if made.layout == "rtf":
        return _rich(text)
    if job.layout.family == "markup":
        parser = _Letters()
        parser.feed(text)
        parser.close()
        text = "".join(parser.said)
    for undo in job.undo:
        text = undo(text)
    return text


def _rich(text: str) -> str:
    """Rich Text without its words of command, whose letters are all ASCII."""
    text = re.sub(r"\{\\fonttbl.*?\}\}", "", text)
    text = re.sub(r"\\'([0-9a-f]{2})", lambda found: bytes.fromhex(found[1]).decode("cp1252"), text)
    text = re.sub(r"\\u(-?\d+)\?", lambda found: chr(int(found[1]) % 65536), text)
    return re.sub(r"\\[a-z]+-?\d* ?|[{}]", "", text)


def _packed(data: bytes) -> str:
    said = []
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith((".xhtml", ".html")) and "nav" not in name:
                parser = _Letters()
                parser.feed(package.read(name).decode("utf-8"))
                said += parser.said
            elif name in ("word/document.xml", "content.xml"):
                said += ElementTree.fromstring(package.read(name)).itertext()
    return "".join(said)


def letters(text: str, *, ascii_only: bool = False) -> Counter[str]:
    """How often each letter and digit stands in a text, accents composed."""
    composed = unicodedata.normalize("NFC", text)
    return Counter(one for one in composed if one.isalnum() and (not ascii_only or one.isascii()))


def came_out(reading: Reading) -> str:
    """All that a reading holds: the words of its blocks, and what its facts and its chrome stand on."""
    parts = []
    for number, source in enumerate(reading.sources):
        shown = bytearray(len(source.text))
        kept = bytearray(len(source.text))
        for work in reading.works:
            for chapter in work.chapters:
                for block in chapter.blocks:
                    if block.source == number:
                        parts.append(block.text)
                        for start, end in block.spans:
                            shown[start:end] = b"\1" * (end - start)
            for facts in work.facts.values():
                for fact in facts:
                    if fact.source == number:
                        for start, end in fact.spans:
                            kept[start:end] = b"\1" * (end - start)
        for (start, end), _ in source.chrome:
            kept[start:end] = b"\1" * (end - start)
        parts.append("".join(letter for at, letter in enumerate(source.text) if kept[at] and not shown[at]))
    return "\n".join(parts)


def lost_letters(made: Made, reading: Reading) -> Counter[str]:
    """The letters that stand in the file and did not come out."""
    out = came_out(reading)
    for undo in made.job.undo:
        out = undo(out)
    ascii_only = made.job.ascii_only
    return letters(source_text(made), ascii_only=ascii_only) - letters(out, ascii_only=ascii_only)
