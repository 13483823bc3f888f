"""A mail's bytes: its header, the words that are encoded in it, and its parts. Bounded and linear, whatever they say.

The standard library's parser builds an object for every part, recurses, and takes time in the square of some headers.
This one looks at a header's lines once, goes `DEPTH` parts deep, reads what lies deeper in a row, gives at most `PARTS`
of them, and says what it left.
(RFC 5322, RFC 2045 to 2047, RFC 2231; uuencoded files within a text, as news had them before MIME.)
"""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import NamedTuple

DEPTH = 20  # parts within parts; what lies deeper is read as if it lay side by side
PARTS = 1000  # of one mail; those after them are left
LONGEST = 8_000  # bytes of a field that is read whole
LINE = 998  # bytes that are read of a longer one: as many as a line of a mail may have
HEADER = 1 << 20  # bytes in which a header must end
_FIELD = re.compile(rb"([!-9;-~]{1,76})[ \t]*:")
_BOX = re.compile(rb">?From [^\n]{0,1000}\n")
_AT_LINE = re.compile(rb"^--([^\r\n]{1,200})", re.M)
_WORD = re.compile(r"=\?([^?\s]{1,40})\?([bBqQ])\?([^?]{0,4000})\?=(?:\s+(?==\?))?")
_PARAMETER = re.compile(r";\s*([A-Za-z0-9_*-]{1,60}+)\s*=\s*(\"(?:[^\"\\]|\\.){0,1000}\"|[^;\s]{0,1000})", re.S)
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/]{1,2000}+={0,2}[ \t]*(?:\r?\n|\Z)|[ \t]*\r?\n)")
_BEGIN = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,200})\r?\n(?=[M-`!-M][^\r\n]{0,90}\r?\n)", re.M)
_END = re.compile(rb"^end[ \t]*\r?$", re.M)

Decode = Callable[[bytes, str], str]  # bytes, and the charset that they say they are in, "" for none


def plainly(data: bytes, charset: str) -> str:
    """Bytes as text where they matter for nothing but telling mails apart."""
    for name in (charset.partition("*")[0], "utf-8"):
        try:
            if name and codecs.lookup(name)._is_text_encoding:
                return data.decode(name)
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", "replace")


class Header(NamedTuple):
    """The fields of a header, in order, unfolded and as they are written; `box` is the line that mbox puts above them;
    `end` is where the body begins, 0 where this is no header."""

    fields: tuple[tuple[str, bytes], ...] = ()
    end: int = 0
    box: bytes = b""

    def first(self, name: str, decode: Decode = plainly) -> str:
        """The first field of that name (in small letters), its words decoded; "" where there is none."""
        return next((words(value, decode) for key, value in self.fields if key.lower() == name), "")


def header(data: bytes, start: int = 0, most: int = HEADER) -> Header:
    """The header that stands at `start`."""
    fields: list[tuple[str, list[bytes]]] = []
    at, box = start, b""
    while found := _BOX.match(data, at):
        box, at = box or found[0].strip(), found.end()
    last = min(len(data), start + most)
    while at < last:
        end = data.find(b"\n", at, last)
        end = last if end < 0 else end
        line = data[at:end].rstrip(b"\r")
        if not line.strip():
            at = end + 1 if not line else at  # of blanks alone: some mail programs end a header so
            at = max(at, end + 1)
            break
        if line[:1] in b" \t" and fields:
            fields[-1][1].append(line.strip())
        elif found := _FIELD.match(line):
            fields.append((found[1].decode("ascii"), [line[found.end() :].strip()]))
        elif not (fields and _BOX.match(line + b"\n")):
            break
        at = end + 1
    return Header(tuple((name, b" ".join(lines)) for name, lines in fields), min(at, len(data)) if fields else 0, box)


def words(value: bytes, decode: Decode = plainly) -> str:
    """A field's value as it was meant: `=?iso-8859-1?Q?Caf=E9?=` is Café, and bytes that nobody declared are guessed.
    Of one that is longer than any that a person wrote, the beginning."""
    said = b" ".join(value.split())
    if len(said) > LONGEST:
        said = said[:LINE].rpartition(b" ")[0] or said[:LINE]
    if b"=?" not in said:
        return said.decode("ascii") if said.isascii() else decode(said, "")
    text = said.decode("ascii") if said.isascii() else decode(said, "")
    return " ".join(_WORD.sub(lambda found: _word(found, decode), text).split())


def _word(found: re.Match[str], decode: Decode) -> str:
    charset, how, written = found.groups()
    data = written.encode("utf-8", "replace")
    if how in "bB":
        decoded = _from_base64(data)[0]
    else:
        decoded = binascii.a2b_qp(data.replace(b" ", b"_"), header=True)
    return decode(decoded, charset.partition("*")[0])


class Part(NamedTuple):
    """A part of a mail: a leaf with its bytes decoded, or one that holds others. `kind` is its type ("text/plain")."""

    kind: str
    parameters: dict[str, str]
    name: str = ""  # of a file
    attached: bool = False
    data: bytes = b""
    parts: tuple[Part, ...] = ()


class Mail(NamedTuple):
    """A mail taken apart; `left` counts the parts that were too many; `is_deep` where some lay deeper than `DEPTH`."""

    header: Header
    body: Part
    left: int = 0
    is_deep: bool = False


def parse(data: bytes, decode: Decode = plainly) -> Mail:
    """Take a mail apart. Never raises."""
    head = header(data)
    taker = _Taker(decode)
    return Mail(head, taker.part(head, data[head.end :], 0, "text/plain"), taker.left, taker.is_deep)


class _Taker:
    """Takes parts apart, and counts them."""

    def __init__(self, decode: Decode) -> None:
        self.decode = decode
        self.count = 0
        self.left = 0
        self.is_deep = False

    def part(self, head: Header, body: bytes, depth: int, default: str) -> Part:
        kind, parameters = parameters_of(head.first("content-type", self.decode), default)
        if kind.startswith("multipart/") and parameters.get("boundary"):
            inner = "message/rfc822" if kind == "multipart/digest" else "text/plain"
            if depth >= DEPTH:
                return self.in_a_row(head, body)
            pieces = split(body, parameters["boundary"].encode("utf-8", "replace"))
            if pieces:
                parts = tuple(self.parts(pieces, depth + 1, inner))
                return Part(kind, parameters, parts=parts) if parts else Part("text/plain", {})
        elif _is_message(head, kind) and (below := header(body)).end:
            if depth >= DEPTH:
                return self.in_a_row(head, body)
            return self.part(below, body[below.end :], depth + 1, "text/plain")
        return self.leaf(head, body, default)

    def in_a_row(self, head: Header, body: bytes) -> Part:
        self.is_deep = True
        row: list[Part] = []
        for below, data in in_a_row(head, body):
            self.count += 1
            if self.count <= PARTS:
                row.append(self.leaf(below, data, "text/plain"))
            else:
                self.left += 1
        return Part("multipart/mixed", {}, parts=tuple(row)) if row else Part("text/plain", {})

    def leaf(self, head: Header, body: bytes, default: str) -> Part:
        """A part that holds no others but files within its text; `default` is the kind of one that says none."""
        kind, parameters = parameters_of(head.first("content-type", self.decode), default)
        how, said = parameters_of(head.first("content-disposition", self.decode), "")
        name = said.get("filename") or parameters.get("name") or ""
        if kind.startswith("multipart/"):
            kind = "text/plain"
        whole, rest = unpacked(body, head.first("content-transfer-encoding").strip().lower())
        leaf = Part(kind, parameters, name, how == "attachment", whole)
        pieces_of = [leaf, *([Part("text/plain", {}, data=rest)] if rest.strip() else [])]
        if kind == "text/plain" and not name and b"begin " in whole:
            pieces_of = [*uuencoded(leaf), *pieces_of[1:]]
        return leaf if pieces_of == [leaf] else Part("multipart/mixed", {}, parts=tuple(pieces_of))

    def parts(self, pieces: list[bytes], depth: int, default: str) -> Iterator[Part]:
        for place, piece in enumerate(pieces):
            head = header(piece)
            body = piece[head.end :] if head.end else piece.lstrip(b"\r\n")
            if not body.strip():
                continue
            self.count += 1
            if self.count > PARTS:
                self.left += len(pieces) - place
                return
            yield self.part(head, body, depth, default)


def _is_message(head: Header, kind: str) -> bool:
    """Whether a part is a mail as it was sent, and no file that hangs on one."""
    how = head.first("content-transfer-encoding").strip().lower()
    named = b"name=" in b" ".join(value for name, value in head.fields if name.lower().startswith("content-"))
    return kind == "message/rfc822" and how in ("", "7bit", "8bit", "binary") and not named


def in_a_row(head: Header, body: bytes) -> Iterator[tuple[Header, bytes]]:
    """What lies within a part, however deep, side by side: the header and the bytes of each leaf, with what a list put
    below. No stack, and each line is looked at once."""
    known: set[bytes] = set()
    start, below, own = 0, head, b""  # where a piece begins; its header, and the boundary that it names
    is_begun = False
    for found in chain(_AT_LINE.finditer(body), (None,)):
        at = found.start() if found else len(body)
        if not is_begun:
            start, below, own = _begin(body, start, at, below)
            known |= {own} - {b""}
            is_begun = True
        sign = found[1].strip() if found else b""
        is_end = sign not in known and sign.endswith(b"--") and sign[:-2] in known
        if found and not is_end and sign not in known:
            continue
        data = body[start : max(start, at - 1)] if found else body[start:]
        if data.strip() and (not own or own != sign):
            yield below, data
        start, below, own, is_begun = (found.end() if found else at) + 1, Header(), b"", is_end


def _begin(body: bytes, start: int, end: int, below: Header) -> tuple[int, Header, bytes]:
    """Where the text of a piece begins, its header, and the boundary that it names; of a mail within a mail, the
    inner one's."""
    while True:
        inner = header(body, start, end - start) if not below.end else below
        if not inner.end:
            return start, below, b""
        start, below = (start if inner is below else inner.end), inner
        kind, parameters = parameters_of(below.first("content-type"), "")
        if _is_message(below, kind):
            below = below._replace(end=0)
            continue
        boundary = parameters.get("boundary", "") if kind.startswith("multipart/") else ""
        return start, below, boundary.encode("utf-8", "replace")


def parameters_of(value: str, default: str) -> tuple[str, dict[str, str]]:
    """A field's value in small letters, and its parameters: `text/plain; charset="utf-8"`."""
    if len(value) > LONGEST:
        return default, {}
    kind = value.partition(";")[0].strip().lower()
    found: dict[str, str] = {}
    for name, written in _PARAMETER.findall(value):
        said = re.sub(r"\\(.)", r"\1", written[1:-1]) if written.startswith('"') else written
        key, _, extended = name.lower().partition("*")
        if name.endswith("*") and (parted := re.fullmatch(r"([\w-]*)'[\w-]*'(.*)", said)):
            said = plainly(re.sub(rb"%([0-9A-Fa-f]{2})", lambda hexed: bytes([int(hexed[1], 16)]),
                                  parted[2].encode("utf-8", "replace")), parted[1])  # fmt: skip
        found[key] = found.get(key, "") + said if extended.strip("*") else found.get(key) or said
    return (kind if "/" in kind or not default or "/" not in default else default), found


def split(body: bytes, boundary: bytes) -> list[bytes]:
    """What stands between the lines of a boundary, and behind its last where something does."""
    sign = b"--" + boundary
    pieces: list[bytes] = []
    start: int | None = None
    closed = False
    at = body.find(sign)
    while at >= 0:
        end = body.find(b"\n", at)
        end = len(body) if end < 0 else end
        behind = body[at + len(sign) : min(end, at + len(sign) + 80)].strip()
        if (at == 0 or body[at - 1 : at] == b"\n") and behind in (b"", b"--"):
            if start is not None:
                pieces.append(body[start : at - 2 if body[at - 2 : at] == b"\r\n" else at - 1])
            start = end + 1
            closed = behind == b"--"
            if closed:
                break
        at = body.find(sign, max(end, at + 1))
    if start is not None and body[start:].strip():
        rest = body[start:]
        pieces.append(b"\n" + rest if closed else rest)  # what a list put below: it has no header
    return pieces


def unpacked(body: bytes, how: str) -> tuple[bytes, bytes]:
    """A body decoded, and what stands behind it that was never encoded: the lines of a list."""
    if how == "base64":
        return _from_base64(body)
    if how == "quoted-printable":
        return binascii.a2b_qp(body), b""
    return body, b""


def _from_base64(body: bytes) -> tuple[bytes, bytes]:
    end = 0
    while found := _BASE64.match(body, end):
        if found.end() == end:
            break
        end = found.end()
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", body[:end] if end else body)
    whole = letters[: len(letters) - (len(letters) % 4 == 1)]
    try:
        return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4)), body[end:] if end else b""
    except binascii.Error:
        return body, b""


def uuencoded(leaf: Part) -> Iterator[Part]:
    """A text, and the files that it holds uuencoded."""
    at = 0
    while found := _BEGIN.search(leaf.data, at):
        end = _END.search(leaf.data, found.end())
        lines = leaf.data[found.end() : end.start() if end else len(leaf.data)].splitlines()
        try:
            data = b"".join(_uu(line) for line in lines if line.strip())
        except binascii.Error:
            break
        if found.start() > at:
            yield leaf._replace(data=leaf.data[at : found.start()])
        yield Part("application/octet-stream", {}, plainly(found[1], "").strip(), True, data)
        at = end.end() if end else len(leaf.data)
    if leaf.data[at:].strip() or not at:
        yield leaf._replace(data=leaf.data[at:])


def _uu(line: bytes) -> bytes:
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:  # some encoders count a line too short
        return binascii.a2b_uu(line[: (((line[0] - 32) & 63) * 4 + 5) // 3])
