"""Bytes → text, for every reader: which encoding, what was wrong with it, and line ends made one kind.

The text that comes out is the *text layer* of a plain file, which all spans count: the decoded text with its byte-order
mark dropped, every line end (`\\r\\n`, `\\r`, the vertical tab of word processors) made one `\\n`, and the other C0
controls and DEL dropped; the tab and the form feed, which parts pages, are kept. It never holds a lone surrogate.

The order of belief: a byte-order mark; the zeros of UTF-16 and UTF-32; UTF-8 that is valid throughout; what the file
declares, if its bytes fit; UTF-8 with stray cp1252 letters (two programs wrote one file); western letters as Windows,
the Mac or DOS wrote them; and for the rest charset-normalizer. Guesses are remarked upon. UTF-7 is never believed.
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
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
}
_NEVER = {"utf-7", "idna", "punycode", "raw_unicode_escape", "unicode_escape", "mbcs", "oem", "undefined"}
_MANY_BYTES = {"cp932", "euc_jp", "gb18030", "big5", "big5hkscs", "cp949", "johab", "cp950"}
_SEVEN_BITS = {"iso2022_jp", "iso2022_kr", "hz"}
_NOT_ASCII = {"", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"}
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
        return _from_utf8(data, _lie(declared, "utf-8") if declared and said in _NOT_ASCII else ())
    try:
        return _from_utf8(data, _lie(declared, "utf-8"))
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
        found = codecs.lookup(declared.strip().strip("\"'"))
    except (LookupError, ValueError):
        return ""
    if found.name in _NEVER or not getattr(found, "_is_text_encoding", True):  # base64 and the like are codecs too
        return ""
    return _MEANT.get(found.name, found.name)


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


def _from_utf8(data: bytes, remarks: tuple[Remark, ...]) -> Decoded:
    """The quick way: clean the bytes, then decode them."""
    clean = data.translate(None, _CONTROLS)
    if b"\r" in clean:
        clean = clean.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    if b"\x0b" in clean:
        clean = clean.replace(b"\x0b", b"\n")
    text = clean.decode("utf-8")
    dropped = sum(map(data.count, _CONTROLS)) if len(clean) != len(data) else 0
    return Decoded(text, "utf-8", (*remarks, *_controls(dropped)))


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
    return Decoded(clean.replace("\x0b", "\n"), encoding, found)


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


# UTF-8 sequences of a western text: Latin letters and signs, dashes and quotes. cp1252 has all of them.
_WESTERN_UTF8 = re.compile(
    rb"\xc2[\xa0-\xbf]|\xc3[\x80-\xbf]|\xc5[\x92\x93\xa0\xa1\xb8\xbd\xbe]|\xe2\x84\xa2"
    rb"|\xe2\x80[\x93\x94\x98-\x9a\x9c-\x9e\xa0-\xa2\xa6\xb0\xb9\xba]"
)
_HIGH = re.compile(rb"[\x80-\xff]+")
_UTF8 = re.compile(rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+")
_CUT_AT_END = re.compile(rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z")


def _not_utf8(data: bytes, said: str, declared: str) -> Decoded:
    sample = _telling(data)
    if _mostly_utf8(sample):
        return _stray_letters(data, declared)
    western = _western(sample)
    remarks: tuple[Remark, ...] = ()
    if said == "cp1252" and western:
        encoding = "cp1252"
    elif said and said not in {"utf-8", "cp1252"} and _strictly(data, said) is not None:
        return _finish(*_forced(data, said), said)
    else:
        encoding = western or _guess(sample, said)
        remarks = (Remark("encoding-guessed", f"Read as {encoding}."), *_lie(declared, encoding))
    if encoding == "cp1252" and _WESTERN_UTF8.search(data):
        data = _WESTERN_UTF8.sub(lambda found: found.group().decode().encode("cp1252"), data)
        remarks += (Remark("encoding-guessed", "Letters in UTF-8 stand among those in cp1252; both were read."),)
    return _finish(*_forced(data, encoding), encoding, remarks)


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
        at = min(len(data), found.start() + 512)
        pieces.append(data[start:at])
        size += at - start
    return b"\n".join(pieces)


def _mostly_utf8(sample: bytes) -> bool:
    """Whether most runs of bytes beyond ASCII are UTF-8. A stray byte inside a run is forgiven, one at its head is not:
    there EUC and its like fall into step with UTF-8 by chance."""
    good = total = 0
    for run in _HIGH.findall(sample):
        total += len(run)
        head = _UTF8.match(run)
        if head and len(run) - sum(map(len, _UTF8.findall(run))) <= 1:
            good += len(run)
    return good >= 0.5 * total


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    bad = error.object[error.start : error.end]
    if error.end == len(error.object) and _CUT_AT_END.fullmatch(bad):
        return "\ufffd", error.end
    return bad.decode("cp1252", "replace"), error.end


codecs.register_error("ficshelf-cp1252", _as_cp1252)


def _stray_letters(data: bytes, declared: str) -> Decoded:
    """A file in UTF-8 into which another program wrote letters in cp1252."""
    text = data.decode("utf-8", "ficshelf-cp1252")
    replaced = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    remarks = _lie(declared, "utf-8")
    cut = _CUT_AT_END.search(data[-4:])
    if _strictly(data[: len(data) - len(cut.group())] if cut else data, "utf-8") is None:
        remarks += (Remark("encoding-guessed", "Letters in cp1252 stand among those in UTF-8; both were read."),)
    return _finish(text, replaced, "utf-8", remarks)


# In a western text, letters beyond ASCII stand alone or in pairs among plain ones. Cyrillic, Greek, Japanese … run on.
_RUN = re.compile(rb"[\x80-\xff]{4,}")
# In cp1252 these are signs that stand inside no word; elsewhere they are letters of eastern Europe.
_SIGN_IN_WORD = re.compile(
    rb"[A-Za-z\xc0-\xff][\xa1-\xa7\xa9\xab\xac\xae-\xb3\xb6\xb9\xbb-\xbf\x8f\x9d](?=[a-z\xc0-\xff])"
)
_WINDOWS = re.compile(
    rb"[a-z]\x92[a-z]|\x93[A-Za-z]|[.,!?a-z]\x94(?:\s|\Z)|[a-z][\xdf-\xff]|[\xdf-\xff][a-z]|\xc9[a-z]"
)
_MAC = re.compile(rb"[a-z]\xd5[a-z]|\xd2[A-Za-z]|[a-z.,!?]\xd3(?:\s|\Z)|[a-z]\x8e|\x8e[a-z]|[a-z ]\xd1[a-z ]|[a-z]\xc9")
_DOS = re.compile(rb"[a-z][\x81-\x84\x86-\x8c\x93\xa1-\xa4](?=[a-z])|[a-z]\x82(?![a-z\xff])|(?<![^\s])[\x82\x90][a-z]")


def _not_western(sample: bytes) -> bool:
    high = sum(map(len, _HIGH.findall(sample)))
    runs = [run for run in _RUN.findall(sample) if len(set(run)) > 2]  # rows of one sign are ornaments
    running = sum(map(len, runs))
    if running > 0.3 * high and (len(set(runs)) > 2 or running > 0.9 * high):
        return True
    return len(_SIGN_IN_WORD.findall(sample)) > 0.1 * high


def _western(sample: bytes) -> str:
    """cp1252, or what the Mac and DOS wrote; "" where the text does not look western at all."""
    if _not_western(sample):
        return ""
    windows, mac, dos = (len(pattern.findall(sample)) for pattern in (_WINDOWS, _MAC, _DOS))
    if mac > windows and mac >= dos:
        return "mac_roman"
    return "cp437" if dos > windows and dos > mac else "cp1252"


def _guess(sample: bytes, said: str) -> str:
    from charset_normalizer import from_bytes

    for encoding in ("cp932", "euc_jp"):  # Japanese is known by its kana, also where the text is short
        text = sample.decode(encoding, "ignore")
        kana = sum("\u3040" <= letter <= "\u30ff" for letter in text)
        if kana > 0.25 * sum(letter > "\x7f" for letter in text):
            return encoding
    best = from_bytes(sample).best()
    if best is None or best.encoding in _NEVER:
        return said or "cp1252"
    return _MEANT.get(best.encoding, best.encoding)
