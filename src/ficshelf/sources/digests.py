"""Digests: many posts in one mail. Each becomes a mail of its own, and what stands around them one more.

`multipart/digest` (RFC 2046), digests in plain text (RFC 1153: posts between lines of 30 hyphens), and those of Yahoo
and Mailman, which put `Message: 3` above each post.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ficshelf import mime
from ficshelf.mime import Header

MOST = 1_000  # posts of one digest; those after them stay with the last
LARGEST = 8 << 20  # bytes; a larger mail is no digest
_MARKED = re.compile(
    rb"in this (?:digest|issue)|topics (?:covered )?(?:in this|of this)|today's topics|^message: ?1\s*$|"
    rb"-{60,}\s+(?:date|from|subject): ",
    re.I | re.M,
)
_RULE = re.compile(rb"^[-_=]{20,}[ \t]*\r?\n(?:[-_=]{20,}[ \t]*\r?\n|[ \t]*\r?\n){0,4}", re.M)
_COUNTED = re.compile(rb"[ \t]*Message:?[ \t]*#?\d{1,4}(?:[ \t]+of[ \t]+\d+)?[ \t]*\r?\n(?:[ \t]*\r?\n)?", re.I)
_FIELD = re.compile(rb"[ \t]{0,4}((?:From|Date|Subject|To|Cc|Message-ID|Reply-To|Content-[\w-]+)[ \t]*):", re.I)
_NEEDED = {b"from", b"date", b"subject"}


def is_digest(head: Header, body: bytes) -> bool:
    """Whether a mail seems to be a digest, by its header and the first bytes of its body. Cheap."""
    kind = head.first("content-type")[:200].lower()
    return "multipart/digest" in kind or "digest" in head.first("subject")[:200].lower() or bool(_MARKED.search(body))


def split(data: bytes) -> list[bytes]:
    """The posts of a digest as mails, after a first one that holds what stands around them; empty where it is none."""
    head = mime.header(data)
    if not head.end or len(data) > LARGEST:
        return []
    if found := list(_nested(data, head, 0)):
        return _with_frame(data[: head.end], found, b"")
    text = _text(mime.parse(data).body)
    return _of_text(data[: head.end], text) if text is not None else []


def _nested(data: bytes, head: Header, depth: int) -> Iterator[bytes]:
    """The mails of a `multipart/digest`, which may lie within other parts."""
    kind, parameters = mime.parameters_of(head.first("content-type"), "text/plain")
    if not kind.startswith("multipart/") or not parameters.get("boundary") or depth > 2:
        return
    for piece in mime.split(data[head.end :], parameters["boundary"].encode("utf-8", "replace"))[:MOST]:
        below = mime.header(piece)
        if kind != "multipart/digest":
            yield from _nested(piece, below, depth + 1)
            continue
        is_part = all(name.lower().startswith("content-") for name, _ in below.fields)
        post = (piece[below.end :] if is_part else piece).lstrip(b"\r\n")
        if mime.header(post).end:
            yield post


def _text(body: mime.Part) -> mime.Part | None:
    stack = [body]
    while stack:
        part = stack.pop()
        if part.kind == "text/plain" and not part.name and part.data.strip():
            return part
        stack += reversed(part.parts)
    return None


def _of_text(header: bytes, part: mime.Part) -> list[bytes]:
    data = part.data.replace(b"\r\n", b"\n")
    starts = [(found.start(), fields) for found in _RULE.finditer(data) if (fields := _header_at(data, found.end()))]
    if len(starts) < 2:
        return []
    starts = starts[:MOST]
    charset = part.parameters.get("charset", "")
    kind = f"Content-Type: text/plain; charset={charset}\n".encode() if charset else b""
    posts: list[bytes] = []
    ends = [*(start for start, _ in starts[1:]), len(data)]
    rest = b""
    for (_, (lines, body)), end in zip(starts, ends, strict=True):
        text = data[body:end]
        if end == len(data) and (
            found := re.search(rb"^[-_=]{20,}[ \t]*\n\s*(?:end of|_{20,}|subject: digest footer)", text, re.M | re.I)
        ):
            text, rest = text[: found.start()], text[found.start() :]
        posts.append(lines + kind + b"\n" + text)
    return _with_frame(header, posts, data[: starts[0][0]] + rest)


def _with_frame(header: bytes, posts: list[bytes], around: bytes) -> list[bytes]:
    kept = re.sub(rb"(?im)^content-(?:type|transfer-encoding):.*\n(?:[ \t].*\n)*", b"", header.replace(b"\r\n", b"\n"))
    return [kept.rstrip(b"\n") + b"\n\n" + around, *posts]


def _header_at(data: bytes, start: int) -> tuple[bytes, int] | None:
    """The header of a post that stands there, and where its text begins; None where none does."""
    if found := _COUNTED.match(data, start):
        start = found.end()
    names: set[bytes] = set()
    lines: list[bytes] = []
    at = start
    while len(lines) < 30:
        end = data.find(b"\n", at)
        end = len(data) if end < 0 else end
        line = data[at:end]
        if found := _FIELD.match(line):
            names.add(found[1].strip().lower())
            lines.append(line.strip())
        elif lines and line[:1] in b" \t" and line.strip():
            lines[-1] += b" " + line.strip()
        elif line.strip() or not lines:
            break
        else:
            at = end + 1
            if len(names & _NEEDED) < 2 and _FIELD.match(data, at):  # Yahoo parted the date from the rest
                continue
            break
        at = end + 1
    if len(names & _NEEDED) < 2 or b"from" not in names:
        return None
    return b"\n".join(lines) + b"\n", min(at, len(data))
