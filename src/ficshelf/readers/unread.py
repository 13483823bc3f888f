"""What becomes of a source that no reader can read: an empty draft that says so. The bytes are kept all the same."""

from __future__ import annotations

from ficshelf.model import Draft, Remark
from ficshelf.sources import limits


def read(data: bytes, path: str) -> Draft:
    """An empty draft with the remark `empty` or `not-text`."""
    if not data.strip(b"\0 \t\r\n\x0b\x0c\x1a"):
        return Draft("", (), remarks=(Remark("empty", "The file is empty." if not data else "The file is blank."),))
    return Draft("", (), remarks=(Remark("not-text", "Kept as it is, unread."),))


def too_large(size: int, limit: int) -> Draft:
    """An empty draft for what is larger than the limit. Sizes are bytes."""
    text = f"{size / 2**20:,.0f} MiB are more than the {limit / 2**20:,.0f} MiB that are read of one file."
    return Draft("", (), remarks=(Remark("too-large", text),))


def too_many_lines() -> Draft:
    """An empty draft for what has more lines than the limit: each costs memory, however short it is."""
    return Draft("", (), remarks=(Remark("too-large", f"It has more than {limits.LINES:,} lines with words."),))
