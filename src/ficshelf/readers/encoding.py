"""Bytes → text, for every reader: which encoding, what was wrong with it, and line ends made one kind.

The text that comes out is the *text layer* of a plain file, which all spans count: the decoded text with its byte-order
mark dropped, every line end (`\\r\\n`, `\\r`, the vertical tab of word processors) made one `\\n`, and the other C0
controls and DEL dropped; the tab and the form feed, which parts pages, are kept. It never holds a lone surrogate.

The order of belief: a byte-order mark; the zeros of UTF-16 and UTF-32; the shifts of ISO-2022-JP and HZ; UTF-8 that is
valid throughout; and for the rest what `mixed` finds, line by line where it must. Guesses are remarked upon. UTF-7 is
never believed.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from ficshelf.encodings import likely, mixed, suspects
from ficshelf.model import Remark, Span


class Decoded(NamedTuple):
    """The text layer, the name of the encoding it was read in (Python's spelling), and what was noticed."""

    text: str
    encoding: str
    remarks: tuple[Remark, ...] = ()

    @property
    def remarks_of_all(self) -> tuple[Remark, ...]:
        """What was noticed, of the file as a whole: places in a page's source are none in its text layer."""
        return tuple(remark._replace(span=Span(0, 0)) for remark in self.remarks)


_CONTROLS = bytes([*range(9), *range(14, 32), 127])
_CONTROL_CHARACTERS = dict.fromkeys(_CONTROLS)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: it begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Pages that say Latin-1 or ASCII mean cp1252: so says the WHATWG Encoding Standard, and so do all browsers.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
}
_NEVER = {"utf-7", "idna", "punycode", "raw_unicode_escape", "unicode_escape", "mbcs", "oem", "undefined"}
_SEVEN_BITS = {"iso2022_jp", "iso2022_kr", "hz"}
_NOT_ASCII = {"", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"}
_SAMPLE = 64 * 1024  # bytes in which zeros are counted


def decode(data: bytes, declared: str = "") -> Decoded:
    """Decode the bytes of a file. `declared` is what the file says of itself ("" where it says nothing)."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _wide(data[len(mark) :], encoding, declared)
    said = known(declared)
    if b"\0" in data and (encoding := wide(data)):
        decoded = _wide(data, encoding, declared)
        guessed = Remark("encoding-guessed", f"Read as {encoding}, as its bytes stand in pairs.")
        return decoded._replace(remarks=(guessed, *decoded.remarks))
    if (
        said in _SEVEN_BITS
        and (b"\x1b" in data or b"~{" in data)
        and (text := suspects.strictly(data, said)) is not None
    ):
        return _finish(text, said, ())
    if data.isascii():
        if (b"\x1b$" in data or b"~{" in data) and (shifted := _shifted(data)):
            return shifted
        return _from_utf8(data, _lie(declared, "utf-8") if declared and said in _NOT_ASCII else ())
    try:
        return _from_utf8(data, _lie(declared, "utf-8"))
    except UnicodeDecodeError:
        pass
    clean, dropped = _clean(data)
    found = mixed.decode(clean, said)
    return _finish(found.text, found.encoding, _told(found, said, declared) + _controls(dropped), found.replaced)


def known(declared: str) -> str:
    """Python's name for a declared encoding, as browsers understand it; "" where there is none that may be believed."""
    try:
        found = codecs.lookup(declared.strip().strip("\"'"))
    except (LookupError, ValueError):
        return ""
    if found.name in _NEVER or not getattr(found, "_is_text_encoding", True):  # base64 and the like are codecs too
        return ""
    return _MEANT.get(found.name, found.name)


def _told(found: mixed.Found, said: str, declared: str) -> tuple[Remark, ...]:
    remarks = _lie(declared, found.encoding)
    if found.encoding not in (said, "utf-8"):
        remarks = (Remark("encoding-guessed", f"Read as {found.encoding}."), *remarks)
    return remarks + found.remarks


def _lie(declared: str, found: str) -> tuple[Remark, ...]:
    if not declared or known(declared).replace("-sig", "") in {found, found[:6]}:
        return ()
    return (Remark("encoding-lied", f"It says {declared[:40]}, and is written in {found}."),)


def _clean(data: bytes) -> tuple[bytes, int]:
    """Bytes without control characters, their line ends made one kind, and how many characters were left out.

    In no encoding whose letters are of one or two bytes is any of these a part of a letter."""
    clean = data.translate(None, _CONTROLS)
    dropped = len(data) - len(clean)
    if b"\r" in clean:
        clean = clean.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return clean.replace(b"\x0b", b"\n") if b"\x0b" in clean else clean, dropped


def _from_utf8(data: bytes, remarks: tuple[Remark, ...]) -> Decoded:
    """The quick way: clean the bytes, then decode them."""
    clean, dropped = _clean(data)
    return Decoded(clean.decode("utf-8"), "utf-8", (*remarks, *_controls(dropped)))


def _controls(dropped: int) -> tuple[Remark, ...]:
    return (Remark("control-characters", f"{dropped} control characters were left out."),) if dropped else ()


def _finish(text: str, encoding: str, remarks: tuple[Remark, ...], replaced: int = 0) -> Decoded:
    if replaced:
        what = f"{replaced} bytes or pairs of bytes stand for nothing in {encoding}."
        remarks += (Remark("bytes-replaced", what),)
    clean = text.translate(_CONTROL_CHARACTERS) if _ANY_CONTROL.search(text) else text
    remarks += _controls(len(text) - len(clean))
    if "\r" in clean:
        clean = clean.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(clean.replace("\x0b", "\n"), encoding, remarks)


_ANY_CONTROL = re.compile(r"[\0-\x08\x0e-\x1f\x7f]")


def _wide(data: bytes, encoding: str, declared: str) -> Decoded:
    """Text of two or four bytes a letter, or of UTF-8 behind its mark; what cannot be read is replaced."""
    text = suspects.strictly(data, encoding)
    replaced = 0
    if text is None and encoding == "utf-8":
        clean, dropped = _clean(data)
        found = mixed.decode(clean, "utf-8")
        remarks = _lie(declared, encoding) + found.remarks + _controls(dropped)
        return _finish(found.text, "utf-8", remarks, found.replaced)
    if text is None:
        text = data.decode(encoding, "replace")
        replaced = text.count("\ufffd")
    return _finish(text.removeprefix("\ufeff"), encoding, _lie(declared, encoding), replaced)


def wide(data: bytes) -> str:
    """UTF-16 or UTF-32 without a byte-order mark, told by where the zeros stand; "" for neither.

    Where few letters are Latin, the zeros are those of blanks and line ends alone: then the letters decide.
    """
    sample = data[:_SAMPLE]
    sample = sample[: len(sample) // 4 * 4]
    if len(sample) < 4:
        return "utf-16-le" if data[1:2] == b"\0" != data[:1] else ""
    quarter = len(sample) // 4
    zeros = [sample[offset::4].count(0) / quarter for offset in range(4)]
    if zeros[2] > 0.9 and zeros[3] > 0.9 and zeros[0] < 0.3:
        return "utf-32-le"
    if zeros[0] > 0.9 and zeros[1] > 0.9 and zeros[3] < 0.3:
        return "utf-32-be"
    even, odd = (zeros[0] + zeros[2]) / 2, (zeros[1] + zeros[3]) / 2
    if odd > 0.3 and even < 0.05:
        return "utf-16-le"
    if even > 0.3 and odd < 0.05:
        return "utf-16-be"
    little, big = (likely.readable(sample.decode(encoding, "replace")) for encoding in ("utf-16-le", "utf-16-be"))
    if max(little, big) < 0.4 or abs(little - big) < 0.2:
        return ""
    return "utf-16-le" if little > big else "utf-16-be"


# Japanese and Chinese in seven bits: pairs of printable signs between two shifts (RFC 1468, RFC 1843).
_SHIFTED_JP = re.compile(rb"\x1b\$[@B]((?:[!-~]{2})*)(?:\x1b\([BJ]|(?=[\r\n]|\Z))")
_SHIFTED_HZ = re.compile(rb"~\{((?:[!-}][!-~])+)(?:~\}|(?=[\r\n]|\Z))")
_UP = bytes(byte | 0x80 for byte in range(256))


def _shifted(data: bytes) -> Decoded | None:
    """ISO-2022-JP or HZ that nobody declares, known by its shifts; ornaments of `~{` are none."""
    for pattern, encoding, language in ((_SHIFTED_JP, "euc_jp", "iso2022_jp"), (_SHIFTED_HZ, "gb2312", "hz")):
        pieces = b"".join(found[1] for found in pattern.finditer(data)).translate(_UP)
        if pieces and likely.readable(pieces.decode(encoding, "replace")) > 0.2:
            made: list[str] = []
            at = 0
            for found in pattern.finditer(data):
                made += [data[at : found.start()].decode(), found[1].translate(_UP).decode(encoding, "replace")]
                at = found.end()
            text = "".join([*made, data[at:].decode()])
            guessed = (Remark("encoding-guessed", f"Read as {language}, by its shifts."),)
            return _finish(text, language, guessed, text.count("\ufffd"))
    return None
