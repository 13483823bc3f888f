"""Bytes that are not UTF-8, at least not throughout: the encoding of most lines, and that of the lines which are
written in another one, as quoted mail, pasted reviews and headers of another machine are.

Every line beyond ASCII is one of three: UTF-8; UTF-8 into which another program wrote single letters; or written in
the encoding that is likeliest for all such lines together. Of these, lines with signs where none should stand
(*suspects*) are weighed again, a stretch of them at a time, and read in another encoding where that is far likelier.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ficshelf.encodings import likely, mac_marks, suspects
from ficshelf.model import Remark, Span

_HIGH = re.compile(rb"[\x80-\xff]+")
_UTF8 = re.compile(rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+")
_CUT_AT_END = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")
# UTF-8 sequences of a western text: Latin letters and signs, dashes and quotes. cp1252 has all of them.
_WESTERN_UTF8 = re.compile(
    rb"(?:\xc2[\xa0-\xbf]|\xc3[\x80-\xbf]|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xe2\x84\xa2"
    rb"|\xe2\x80[\x93\x94\x98-\x9a\x9c-\x9e\xa0-\xa2\xa6\xb0\xb9\xba])+"
)
_BELIEVED = 6.0  # by how much what a file says of itself is believed beforehand, …
_BELIEVED_SHARE = 0.3  # … and by how much for each byte beyond ASCII
_BELIEVED_WESTERN = 0.1  # the same for Latin-1, which programs write on top of anything
_MOST_STRAYED = 5  # bytes that came into a file by chance
_MOST_REMARKS = 20


class Found(NamedTuple):
    """The text, the encoding of most of it, how many letters could not be read, and what was noticed."""

    text: str
    encoding: str
    replaced: int
    remarks: tuple[Remark, ...] = ()


def decode(data: bytes, said: str) -> Found:
    """Decode what is not valid UTF-8. `said` is what the file says of itself; line ends are `\\n` alone."""
    lines = data.split(b"\n")
    high = [place for place, line in enumerate(lines) if not line.isascii()]
    cut = _CUT_AT_END.search(data[-4:])
    if (
        cut
        and not data[: -len(cut[0])].isascii()
        and (text := suspects.strictly(data[: -len(cut[0])], "utf-8")) is not None
    ):
        return Found(text + "\ufffd", "utf-8", 1)
    of_utf8: set[int] = set()
    strayed: set[int] = set()
    has_utf8 = _may_hold_utf8(data)
    if has_utf8:
        alike = [place for place in high if _mostly_utf8(lines[place]) and not _by_chance(lines[place])]
        of_utf8 = {place for place in alike if suspects.strictly(lines[place], "utf-8") is not None}
        strayed = set(alike) - of_utf8
    others = [place for place in high if place not in of_utf8 and place not in strayed]
    if mac_marks.among([lines[place] for place in others]):
        return _of_mac(lines, others, said)
    sample = likely.sample_of(
        [lines[place] for place in others] or [_UTF8.sub(b"e", lines[n]) for n in sorted(strayed)]
    )
    encoding = _likeliest(sample, said)
    has_strays = bool(of_utf8 or strayed) and _has_strayed(lines, others, strayed)
    if has_strays:
        encoding = "cp1252"
    if encoding not in likely.WESTERN_PAGES and (of_utf8 or strayed) and others:
        chance = of_utf8 | strayed  # pairs of bytes that are letters of Asia may look like UTF-8
        mine = likely.sample_of([lines[place] for place in sorted(chance)])
        as_utf8 = likely.readable(mine.decode("utf-8", "replace"))
        if encoding in likely.MANY and likely.readable(mine.decode(encoding, "replace")) >= as_utf8:
            others, of_utf8, strayed = high, set(), set()
    if not of_utf8 and not strayed:
        return _in_one(data, lines, others, encoding, has_utf8)
    read_in = dict.fromkeys(of_utf8, "utf-8") | dict.fromkeys(strayed, "utf-8") | dict.fromkeys(others, encoding)
    if not has_strays:
        read_in |= suspects.find(lines, others, encoding)
    made = {place: _line(lines[place], found, encoding) for place, found in read_in.items()}
    return _join(lines, made, read_in, _main(lines, read_in))


def _of_mac(lines: list[bytes], others: Sequence[int], said: str) -> Found:
    """The text of lines of which some have the marks of the Macintosh."""
    first = next(place for place in others if mac_marks.are_in(lines[place]))
    for place in others:
        lines[place] = mac_marks.as_windows(lines[place])
    found = decode(b"\n".join(lines), said)
    at = sum(len(line) + 1 for line in found.text.split("\n", first)[:first])
    text = "Quotation marks and dashes are a Macintosh's, the other letters are not."
    remark = Remark("encoding-mixed", text, 0, Span(at, at + len(found.text[at:].partition("\n")[0])))
    return found._replace(remarks=(remark, *found.remarks))


def _main(lines: Sequence[bytes], read_in: dict[int, str]) -> str:
    """The encoding of most bytes beyond ASCII."""
    counted: Counter[str] = Counter()
    for place, encoding in read_in.items():
        counted[encoding] += sum(map(len, _HIGH.findall(lines[place])))
    return counted.most_common(1)[0][0]


_CLASSES = bytes(
    ord("." if byte < 0x80 else "c" if byte < 0xC0 else "d" if byte < 0xE0 else "t" if byte < 0xF0 else "q")
    for byte in range(256)
)


def _may_hold_utf8(data: bytes) -> bool:
    """Whether bytes stand in the order of UTF-8 anywhere. Plain searches are quicker than a pattern."""
    classes = data.translate(_CLASSES)
    return b"dc" in classes or b"tcc" in classes or b"qccc" in classes


def _in_one(data: bytes, lines: Sequence[bytes], high: Sequence[int], encoding: str, has_utf8: bool) -> Found:
    """The usual file: all of it in one encoding, but perhaps for some suspects."""
    odd = suspects.find(lines, high, encoding)
    is_western = has_utf8 and encoding in likely.WESTERN_PAGES
    if not odd and not (is_western and _WESTERN_UTF8.search(data)):
        text = data.decode(encoding, "replace")
        return Found(text, encoding, text.count("\ufffd"))
    read_in = dict.fromkeys(high, encoding) | odd
    made = {place: _line(lines[place], found, encoding) for place, found in read_in.items()}
    return _join(lines, made, read_in, encoding)


def _line(line: bytes, encoding: str, others: str) -> tuple[str, int]:
    """A line's text, and how many letters could not be read. `others` is the encoding of what strays into UTF-8."""
    if encoding == "utf-8":
        text = line.decode("utf-8", "surrogateescape")
        if text.isprintable() or not _STRAY.search(text):
            return text, 0
        western = others if others in likely.SINGLE else "cp1252"
        text = _STRAY.sub(lambda found: likely.table(western)[ord(found[0]) - 0xDC00], text)
        return text, text.count("\ufffd") - line.count(b"\xef\xbf\xbd")
    if encoding in likely.WESTERN_PAGES and _WESTERN_UTF8.search(line):
        pieces: list[str] = []
        at = 0
        for found in _WESTERN_UTF8.finditer(line):
            pieces += [line[at : found.start()].decode(encoding, "replace"), found[0].decode()]
            at = found.end()
        text = "".join([*pieces, line[at:].decode(encoding, "replace")])
    else:
        text = line.decode(encoding, "replace")
    return text, text.count("\ufffd")


_STRAY = re.compile("[\udc80-\udcff]")


def _join(lines: Sequence[bytes], made: dict[int, tuple[str, int]], read_in: dict[int, str], main: str) -> Found:
    """The whole text, with a remark for every stretch of lines in another encoding."""
    texts: list[str] = []
    remarks: list[Remark] = []
    replaced = 0
    at = 0
    stretch = ""  # the encoding of the stretch at hand, where it is not the main one
    for place, line in enumerate(lines):
        text, bad = made.get(place) or (line.decode("ascii"), 0)
        replaced += bad
        other = _within(line, read_in[place], main) if place in read_in else stretch
        if other and place in read_in and other != stretch:
            remarks.append(Remark("encoding-mixed", f"Read as {other} from here.", 0, Span(at, at + len(text))))
        stretch = other
        texts.append(text)
        at += len(text) + 1
    more = len(remarks) - _MOST_REMARKS
    if more > 0:
        last = remarks[_MOST_REMARKS]
        remarks[_MOST_REMARKS:] = [last._replace(text=f"{more} more stretches are in another encoding, from here on.")]
    return Found("\n".join(texts), main, replaced, tuple(remarks))


def _within(line: bytes, encoding: str, main: str) -> str:
    """What a line holds beside the main encoding; "" for nothing."""
    if encoding != main:
        return encoding
    if encoding == "utf-8":
        return "" if suspects.strictly(line, "utf-8") is not None else "letters in another encoding"
    return "utf-8" if encoding in likely.WESTERN_PAGES and _WESTERN_UTF8.search(line) else ""


def _mostly_utf8(line: bytes) -> bool:
    """Whether most runs of bytes beyond ASCII are UTF-8. A stray byte inside a run is forgiven, one at its head is not:
    there EUC and its like fall into step with UTF-8 by chance."""
    good = total = 0
    for run in _HIGH.findall(line):
        total += len(run)
        head = _UTF8.match(run)
        if head and len(run) - sum(map(len, _UTF8.findall(run))) <= 1:
            good += len(run)
    return good >= 0.5 * total


def _by_chance(line: bytes) -> bool:
    """Whether a few bytes look like UTF-8, but like no letters or signs that anybody writes, as in `café…”`."""
    found = b"".join(_UTF8.findall(line)).decode("utf-8", "replace")
    signs = sum("\u2000" <= letter <= "\u27bf" or letter > "\uffff" or letter in "¿¡" for letter in found)
    return likely.readable(found) + signs / max(1, len(found)) < 0.5 and (len(found) < 4 or max(found) < "\u0800")


def _has_strayed(lines: Sequence[bytes], others: Sequence[int], strayed: set[int]) -> bool:
    """Whether all that is not UTF-8 in a file of UTF-8 is one byte, a few times, that stands for nothing in cp1252: a
    letter of DOS or of Asia would have others beside it."""
    if len(others) + len(strayed) > _MOST_STRAYED:
        return False
    found = [lines[place] for place in others] + [_UTF8.sub(b"", lines[place]) for place in sorted(strayed)]
    bad = b"".join(run for line in found for run in _HIGH.findall(line))
    return 0 < len(bad) <= _MOST_STRAYED and len(set(bad)) == 1 and likely.table("cp1252")[bad[0]] == "\ufffd"


def _likeliest(sample: bytes, said: str) -> str:
    """The encoding of lines that are not UTF-8."""
    ranked = likely.rank(sample)
    best = ranked[0]
    if said and said != "utf-8":
        mine = next((one for one in ranked if one.encoding == said), None)
        high = sum(map(len, _HIGH.findall(sample)))
        share = _BELIEVED_WESTERN if said == "cp1252" else _BELIEVED_SHARE
        if mine is None and suspects.strictly(sample, said) is not None:
            return said
        if mine and mine.score + _BELIEVED + share * high >= best.score:
            return said
    if best.mean < -1.0 and len(sample) > 40:
        return _guess(sample) or best.encoding
    return best.encoding


_ASCII = bytes([9, 10, *range(32, 127)])


def _guess(sample: bytes) -> str:
    """An encoding of a language that nobody here knows the letters of; "" for none that is better."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    found = best.encoding if best else ""
    return found if found and _ASCII.decode(found, "replace") == _ASCII.decode("ascii") else ""  # no EBCDIC
