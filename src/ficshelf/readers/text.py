"""Plain text, in any encoding: a node a line. The text layer is the decoded text, line ends made `\\n`."""

from __future__ import annotations

from ficshelf.model import Draft, Node, Span
from ficshelf.readers import encoding, nostory, unread
from ficshelf.sources import limits

_BINARY = (b"\x7fELF", b"MZ", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"PK\x05\x06", b"%PDF", b"\x1f\x8b",
           b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ", b"OggS", b"ID3", b"RIFF",
           b"SQLite format 3", b"{\\rtf")  # fmt: skip
_new = tuple.__new__  # a named tuple made at once: a text has a node and a span for every line
_SECTORS = 4096  # bytes that may be filled up
_ODD = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x1a\x1b\x0b\x08\x0e\x0f\x00")


def sure(data: bytes, path: str) -> float:
    """0.3 for whatever may be text: a better reader wins, and what looks like a program or a picture is left alone."""
    head = data[:4096]
    if not head.strip(b" \t\r\n\x00"):
        return 0.0
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return 0.3
    if head.startswith(_BINARY):
        return 0.0
    if head.count(0) and encoding.wide(head):
        return 0.3
    if 0 in head and len(data) - len(filled := data.rstrip(b"\0")) <= _SECTORS and 0 not in filled:
        head = filled[:4096]  # old disks filled the last sector with zeros
    odd = len(head) - len(head.translate(None, _ODD))
    return 0.0 if odd > len(head) // 50 or head.count(0) > len(head) // 20 else 0.3


def read(data: bytes, path: str) -> Draft:
    """Read plain text. Never raises: what is larger than the limits is kept unread, with a remark."""
    if len(data) > limits.READ:
        return unread.too_large(len(data), limits.READ)
    decoded = encoding.decode(data)
    if decoded.text.count("\n") > limits.LINES and _count_lines(decoded.text) > limits.LINES:
        return unread.too_many_lines()
    if other := nostory.look_at_text(decoded.text):
        return nostory.draft_of(other, decoded.text, decoded.remarks)._replace(encoding=decoded.encoding)
    return Draft(decoded.text, tuple(lines(decoded.text)), remarks=decoded.remarks, encoding=decoded.encoding)


def _count_lines(text: str) -> int:
    """How many lines are not blank."""
    return sum(1 for line in text.split("\n") if line and not line.isspace())


def lines(text: str, start: int = 0) -> list[Node]:
    """A node for each line of `text` that is not blank. `start` is where `text` begins in its text layer."""
    nodes: list[Node] = []
    add = nodes.append
    gap = 0
    page = False
    for line in text.split("\n"):
        said = line.strip()
        if said:
            lead, indent = 0, 0
            if line[0] != said[0]:
                lead = line.index(said[0])
                indent = len(line[:lead].expandtabs(4))
                page = page or "\f" in line[:lead]
            begin = start + lead
            spans = (_new(Span, (begin, begin + len(said))),)
            add(_new(Node, (said, spans, (), "", gap, indent, "", page, "")))
            gap, page = 0, False
        else:
            gap += 1
            page = page or "\f" in line
        start += len(line) + 1
    return nodes
