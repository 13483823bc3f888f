"""Blocks as they are kept in the database: compact JSON in UTF-8, one array a block, fields in the model's order.

[["paragraph", [["It was "], ["not", ["em"], ""], [" over."]], [[530, 612]], 0, ""], …]
"""

from __future__ import annotations

import msgspec

from ficshelf.model import Block, Work

_encode = msgspec.json.Encoder().encode
_blocks = msgspec.json.Decoder(tuple[Block, ...])
_work = msgspec.json.Decoder(Work)


def pack(blocks: tuple[Block, ...]) -> bytes:
    """The blocks of a chapter as bytes."""
    return _encode(blocks)


def unpack(data: bytes) -> tuple[Block, ...]:
    """The blocks that `pack` packed. Takes what the database gives: bytes or a memoryview."""
    return _blocks.decode(data)


def pack_work(work: Work) -> bytes:
    """A whole work, facts and chapters, as bytes: what `Version.reading` holds and what workers hand back."""
    return _encode(work)


def unpack_work(data: bytes) -> Work:
    """The work that `pack_work` packed."""
    return _work.decode(data)
