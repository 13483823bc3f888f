"""What becomes of a source that no reader can read: an empty draft that says so. The bytes are kept all the same."""

from __future__ import annotations

import re

from ficshelf import remarks
from ficshelf.model import Draft, Remark
from ficshelf.sources import limits

# How files begin that lie beside saved pages, and what they are: keys of remarks.NOT_STORIES.
_STARTS = (
    (re.compile(rb"\x89PNG|GIF8|\xff\xd8\xff|BM.{4}\x00|II\*\x00|MM\x00\*|RIFF.{4}WEBP|8BPS", re.DOTALL), "picture"),
    (re.compile(rb"\x00\x00[\x01\x02]\x00|.{4}ftyp(?:avif|heic|mif1)", re.DOTALL), "picture"),
    (
        re.compile(rb"ID3|\xff[\xfb\xf3\xf2\xe3]|OggS|fLaC|RIFF.{4}WAVE|MThd|.{4}ftypM4A|FORM.{4}AIFF", re.DOTALL),
        "sound",
    ),
    (re.compile(rb".{4}ftyp|\x1aE\xdf\xa3|RIFF.{4}AVI |FLV\x01|[FC]WS[\x01-\x40]|0&\xb2u", re.DOTALL), "film"),
    (re.compile(rb"wOF[F2]|\x00\x01\x00\x00\x00|OTTO|ttcf|true\x00|.{34}LP", re.DOTALL), "font"),
    (re.compile(rb"d\d{1,2}:(?:announce|created by|comment|creation date|encoding|info|url-list|nodes)"), "torrent"),
)


def read(data: bytes, path: str) -> Draft:
    """An empty draft with the remark `empty` or `not-text`."""
    if not data.strip(b"\0 \t\r\n\x0b\x0c\x1a"):
        return Draft("", (), remarks=(Remark("empty", "The file is empty." if not data else "The file is blank."),))
    kind = next((kind for start, kind in _STARTS if start.match(data)), "")
    said = remarks.not_a_story(kind) if kind else "Kept as it is, unread."
    return Draft("", (), remarks=(Remark("not-text", said),))


def too_large(size: int, limit: int) -> Draft:
    """An empty draft for what is larger than the limit. Sizes are bytes."""
    mine, most = f"{size / 2**20:,.0f} MiB", f"{limit / 2**20:,.0f} MiB"
    text = f"{'It has more' if mine == most else f'{mine} are more'} than the {most} that are read of one file."
    return Draft("", (), remarks=(Remark("too-large", text),))


def too_many_lines() -> Draft:
    """An empty draft for what has more lines than the limit: each costs memory, however short it is."""
    return Draft("", (), remarks=(Remark("too-large", f"It has more than {limits.LINES:,} lines with words."),))
