"""What a server answered, as a crawl keeps it: the head and the body, with what the wire did to the body undone.

Lengths that the head states are not believed. A body that is not coded as its head says is left as it is: some crawlers
undo the coding and keep the head.
"""

from __future__ import annotations

import io
import re
import zlib
from typing import NamedTuple

from fastwarc.stream_io import BrotliReader, ZstdReader

from ficshelf.sources import limits

_HEAD = 65_536  # bytes of the head
_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})")
_CODINGS = 4  # one within another that are undone
_SIZE = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")


class TooLargeError(Exception):
    """A body that unpacks to more than the limit."""


class Answer(NamedTuple):
    """What a server answered: its status, the fields of its head by lower-case name, and the body, undone."""

    status: int
    head: dict[str, str]
    body: bytes

    @property
    def type(self) -> str:
        """The type of the body, without its parameters."""
        return self.head.get("content-type", "").partition(";")[0].strip().lower()


def parse(data: bytes) -> Answer:
    """Take an answer apart; what does not begin as one is all body, with the status 200. Raises TooLargeError."""
    status = _STATUS.match(data)
    if status is None:
        return Answer(200, {}, data)
    end = _END.search(data, 0, _HEAD)
    raw, body = (data[: end.start()], data[end.end() :]) if end else (data[:_HEAD], b"")
    head: dict[str, str] = {}
    for line in raw.decode("latin-1").splitlines()[1:500]:
        name, colon, value = line.partition(":")
        if colon:
            head.setdefault(name.strip().lower(), value.strip())
    if "chunked" in head.get("transfer-encoding", "").lower():
        body = _whole(body)
    for coding in reversed(head.get("content-encoding", "").lower().split(",")[:_CODINGS]):
        body = _decoded(body, coding.strip())
    return Answer(int(status[1]), head, body)


def _whole(body: bytes) -> bytes:
    """A body that was sent in chunks, put together; as it is where it was not. Where a chunk is cut, all before it."""
    pieces: list[bytes] = []
    at = 0
    while size := _SIZE.match(body, at):
        length = int(size[1], 16)
        if not length or len(pieces) > limits.CHUNKS:
            return b"".join(pieces)
        pieces.append(body[size.end() : size.end() + length])
        at = size.end() + length
        at += 2 if body[at : at + 2] == b"\r\n" else body[at : at + 1] == b"\n"
    return b"".join(pieces) if pieces else body


def _decoded(body: bytes, coding: str) -> bytes:
    """A body unpacked; as it is where it is not packed so. What is cut off is unpacked as far as it goes."""
    if coding in ("gzip", "x-gzip", "deflate"):
        for bits in (47, -15) if coding == "deflate" else (47,):
            unpacker = zlib.decompressobj(bits)
            try:
                made = unpacker.decompress(body, limits.UNPACKED + 1)
            except zlib.error:
                continue
            return _bounded(made) if made else body
        return body
    reader = {"br": BrotliReader, "zstd": ZstdReader}.get(coding)
    if reader is None:
        return body
    try:
        return _bounded(reader(io.BytesIO(body)).read(limits.UNPACKED + 1)) or body
    except (OSError, ValueError, RuntimeError):
        return body


def _bounded(made: bytes) -> bytes:
    if len(made) > limits.UNPACKED:
        raise TooLargeError
    return made
