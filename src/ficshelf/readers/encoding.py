"""Bytes → text, for every reader: which encoding, what was wrong with it, and line ends made one kind.

The text that comes out is the *text layer* of a plain file, which all spans count: the decoded text with its byte-order
mark dropped, every line end (`\\r\\n`, `\\r`, and the vertical tab and form feed of old printers) made one `\\n`, and the
other C0 controls and DEL dropped. It never holds a lone surrogate.

The order of belief: a byte-order mark; the zeros of UTF-16 and UTF-32; UTF-8 that is valid throughout; what the file
declares, if its bytes fit; UTF-8 with stray cp1252 letters (two programs wrote one file); western letters as Windows, the
Mac or DOS wrote them; and for the rest charset-normalizer. Guesses are remarked upon. UTF-7 is never believed.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from ficshelf.model import Remark


class Decoded(NamedTuple):
    """The text layer, the name of the encoding it was read in (Python's spelling), and what was noticed."""

    text: str
    encoding: str
    remarks: tuple[Remark, ...] = ()


_CONTROLS = bytes([*range(9), *range(14, 32), 127])
_CONTROL_CHARACTERS = {code: None for code in _CONTROLS}
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
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
}
_NEVER = {"utf-7", "idna", "punycode", "raw_unicode_escape", "unicode_escape", "mbcs", "oem", "undefined"}
_MANY_BYTES = {"cp932", "euc_jp", "gb18030", "big5", "big5hkscs", "cp949", "johab", "cp950"}
_SEVEN_BITS = {"iso2022_jp", "iso2022_kr", "hz"}
_SAMPLE = 64 * 1024  # bytes shown to the guesser


def decode(data: bytes, declared: str = "") -> Decoded:
    """Decode the bytes of a file. `declared` is what the file says of itself ("" where it says nothing)."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _finish(*_forced(data[len(mark) :], encoding), encoding, _lie(declared, encoding))
    said = known(declared)
    if b"\0" in data:
        encoding = _wide(data)
        if encoding:
            remark = Remark("encoding-guessed", f"Read as {encoding}: every other byte is a zero.")
            return _finish(*_forced(data, encoding), encoding, (remark, *_lie(declared, encoding)))
    if said in _SEVEN_BITS and (b"\x1b" in data or b"~{" in data):
        text = _strictly(data, said)
        if text is not None:
            return _finish(text, 0, said)
    if data.isascii():
        lie = _lie(declared, "utf-8") if declared and said not in _MEANT.values() and said != "utf-8" else ()
        return _from_utf8(data, "ascii", lie if said in {"utf-16", "utf-32", ""} else ())
    try:
        return _from_utf8(data, "utf-8", _lie(declared, "utf-8"))
    except UnicodeDecodeError:
        pass
    if said in _MANY_BYTES:
        text = _strictly(data, said)
        if text is not None:
            return _finish(text, 0, said)
    return _not_utf8(data, said, declared)


def known(declared: str) -> str:
    """Python's name for a declared encoding, as browsers understand it; "" where there is none that may be believed."""
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name if declared else ""
    except (LookupError, ValueError):
        return ""
    return "" if name in _NEVER or not _is_text(name) else _MEANT.get(name, name)


def _is_text(name: str) -> bool:
    return bool(getattr(codecs.lookup(name), "_is_text_encoding", True))


def _lie(declared: str, found: str) -> tuple[Remark, ...]:
    if not declared or known(declared).replace("-sig", "") in {found, found[:6]}:
        return ()
    return (Remark("encoding-lied", f"It says {declared[:40]}, and is written in {found}."),)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _forced(data: bytes, encoding: str) -> tuple[str, int]:
    """The text, and how many letters could not be read."""
    text = _strictly(data, encoding)
    if text is not None:
        return text, 0
    text = data.decode(encoding, "replace")
    return text, text.count("\ufffd")


def _from_utf8(data: bytes, encoding: str, remarks: tuple[Remark, ...]) -> Decoded:
    """The quick way: clean the bytes, then decode them."""
    clean = data.translate(None, _CONTROLS)
    if b"\r" in clean:
        clean = clean.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if b"\x0c" in clean or b"\x0b" in clean:
        clean = clean.replace(b"\x0c", b"\n").replace(b"\x0b", b"\n")
    text = clean.decode("utf-8")
    dropped = sum(map(data.count, _CONTROLS)) if len(clean) != len(data) else 0
    return Decoded(text, encoding, (*remarks, *_controls(dropped)))


def _controls(dropped: int) -> tuple[Remark, ...]:
    return (Remark("control-characters", f"{dropped} control characters were left out."),) if dropped else ()


def _finish(text: str, replaced: int, encoding: str, remarks: tuple[Remark, ...] = ()) -> Decoded:
    found = remarks
    if replaced:
        found += (Remark("bytes-replaced", f"{replaced} bytes or pairs of bytes stand for nothing in {encoding}."),)
    text = text.removeprefix("\ufeff")
    clean = text.translate(_CONTROL_CHARACTERS) if _ANY_CONTROL.search(text) else text
    found += _controls(len(text) - len(clean))
    if "\r" in clean:
        clean = clean.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(clean.replace("\x0c", "\n").replace("\x0b", "\n"), encoding, found)


_ANY_CONTROL = re.compile(r"[\0-\x08\x0e-\x1f\x7f]")


def _wide(data: bytes) -> str:
    """UTF-16 or UTF-32 without a byte-order mark, told by where the zeros stand; "" for neither."""
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
    return ""


# What a valid UTF-8 sequence of a western text looks like: Latin letters and signs, and the typographer's dashes, quotes.
_WESTERN_UTF8 = re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xe2\x80[\x90-\xbf]|\xe2\x84\xa2")
_ANY_UTF8 = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH = re.compile(rb"[\x80-\xff]+")
_CUT_AT_END = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")


def _not_utf8(data: bytes, said: str, declared: str) -> Decoded:
    sample = _telling(data)
    in_sequences = sum(map(len, _ANY_UTF8.findall(sample)))
    high = sum(map(len, _HIGH.findall(sample)))
    if high == 0 or in_sequences >= 0.6 * high:
        return _mixed(data, _ANY_UTF8, declared)
    if said and said != "utf-8":
        text = _strictly(data, said) if said != "cp1252" else _cp1252(data)[0]
        if text is not None and not (said == "cp1252" and _not_western(sample)):
            if said == "cp1252":
                if _WESTERN_UTF8.search(sample):
                    return _mixed(data, _WESTERN_UTF8, "")
                return _finish(*_cp1252(data), said)
            return _finish(text, 0, said)
    encoding = _western(sample)
    if encoding == "cp1252" and _WESTERN_UTF8.search(sample):
        return _mixed(data, _WESTERN_UTF8, declared)
    encoding = encoding or _guess(sample, said)
    remark = Remark("encoding-guessed", f"Read as {encoding}.")
    text, replaced = _cp1252(data) if encoding == "cp1252" else _forced(data, encoding)
    return _finish(text, replaced, encoding, (remark, *_lie(declared, encoding)))


def _telling(data: bytes) -> bytes:
    """The parts of the data that tell encodings apart: pieces around its first bytes beyond ASCII."""
    if len(data) <= _SAMPLE:
        return data
    pieces, size, at = [], 0, 0
    while size < _SAMPLE:
        found = _HIGH.search(data, at)
        if not found:
            break
        start = max(at, found.start() - 64)
        at = min(len(data), found.end() + 448)
        pieces.append(data[start:at])
        size += at - start
    return b"".join(pieces)


def _cp1252(data: bytes) -> tuple[str, int]:
    """cp1252, and how many bytes stand for nothing in it (five do not)."""
    text = data.decode("cp1252", "replace")
    return text, text.count("\ufffd")


def _mixed(data: bytes, sequence: re.Pattern[bytes], declared: str) -> Decoded:
    """A file that two programs wrote: each valid UTF-8 sequence as such, every other byte beyond ASCII as cp1252."""
    pieces: list[str] = []
    at = strays = replaced = 0
    cut = _CUT_AT_END.search(data[-4:])
    end = len(data) - (len(cut.group()) if cut else 0)
    for found in _HIGH.finditer(data, 0, end):
        pieces.append(data[at : found.start()].decode("ascii"))
        at = found.end()
        here, run = 0, found.group()
        for good in sequence.finditer(run):
            text, bad = _cp1252(run[here : good.start()])
            strays, replaced = strays + len(text), replaced + bad
            letter = good.group().decode("utf-8", "replace")
            replaced += letter.count("\ufffd")
            pieces += (text, letter)
            here = good.end()
        text, bad = _cp1252(run[here:])
        strays, replaced = strays + len(text), replaced + bad
        pieces.append(text)
    pieces.append(data[at:end].decode("ascii"))
    if end < len(data):
        pieces.append("\ufffd")
        replaced += 1
    remarks = _lie(declared, "utf-8")
    if strays:
        text = f"Read as UTF-8 with {strays} letters of cp1252 among it."
        remarks += (Remark("encoding-guessed", text),)
    return _finish("".join(pieces), replaced, "utf-8+cp1252" if strays else "utf-8", remarks)


# Letters of a western text stand alone or in pairs among plain ones; three in a row are Cyrillic, Greek, Chinese …
_THREE = re.compile(rb"[\xc0-\xff]{3}")
_LETTER = re.compile(rb"[\xc0-\xff]")
# In cp1252 these are signs that stand in no word: there they are letters of eastern Europe.
_SIGN_IN_WORD = re.compile(rb"[a-z][\xa1-\xa9\xab-\xac\xae-\xb3\xb6\xb9\xbb-\xbf\x8c\x9c\x8f\x9d\x9e\x9a][a-z]")
_MAC = re.compile(rb"[a-z]\xd5[a-z]|\xd2[A-Za-z]|[a-z.,!?]\xd3(?:\s|\Z)|\x8e[a-z\s]|[a-z ]\xd1[a-z ]")
_WINDOWS = re.compile(rb"[a-z]\x92[a-z]|\x93[A-Za-z]|[.,!?a-z]\x94|[a-z]\xe9|\x85|[a-z ][\x96\x97][a-z ]|[\xe0-\xfc][a-z]")
_DOS = re.compile(rb"[A-Za-z][\x81-\x8c\x93-\x97\xa0-\xa4][a-z]|[a-z][\x82\x85\x8a]\b")


def _not_western(sample: bytes) -> bool:
    letters = len(_LETTER.findall(sample))
    return len(_THREE.findall(sample)) * 3 > 0.2 * letters or len(_SIGN_IN_WORD.findall(sample)) > 0.15 * (letters + 1)


def _western(sample: bytes) -> str:
    """cp1252, or what the Mac and DOS wrote; "" where the text does not look western at all."""
    if _not_western(sample):
        return ""
    windows, mac, dos = (len(pattern.findall(sample)) for pattern in (_WINDOWS, _MAC, _DOS))
    if mac > windows and mac >= dos:
        return "mac_roman"
    if dos > windows and not _LETTER.search(sample):
        return "cp437"
    return "cp1252"


def _guess(sample: bytes, said: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is None or best.encoding in _NEVER:
        return said or "cp1252"
    return _MEANT.get(best.encoding, best.encoding)
