"""The layouts: the ways in which stories lie in files. The table below is all there are; one more is a file and a line.

A layout is made afresh for each file, so it may keep what it drew in `lay` for `write` and `bind`.
"""

from __future__ import annotations

from collections.abc import Callable

from bench.forge.layouts import ao3, handmade, mails, texts
from bench.forge.layouts.chunk import Chunk, Layout

LAYOUTS: dict[str, Callable[[], Layout]] = {
    "text": texts.Spaced,
    "text-wrapped": texts.Wrapped,
    "text-unspaced": texts.Unspaced,
    "mail": mails.Mail,
    "handmade": handmade.Handmade,
    "ao3-download": ao3.Download,
}
__all__ = ["LAYOUTS", "Chunk", "Layout"]
