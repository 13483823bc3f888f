"""Pages that only lead to others, frames and redirects."""

from __future__ import annotations

import re

from ficshelf.readers.nostory.sight import PageSight

_REFRESH = re.compile(r"\d*\s*;?\s*url\s*=", re.IGNORECASE)


def frames(sight: PageSight) -> list[str]:
    """Where the frames of a page lead; none for a page without frames."""
    if not sight.has("frameset"):
        return []
    return [source for frame in sight.tree.css("frame") if (source := (frame.attributes.get("src") or "").strip())]


def kind_of(sight: PageSight) -> str:
    """The kind of shell that a page is; "" for a page with something in it."""
    if sight.has("frameset"):
        return "frames"
    letters = sum(line.told for line in sight.lines)
    if (
        letters < 600
        and any(
            _REFRESH.match(meta.attributes.get("content") or "")
            for meta in sight.tree.css("meta[http-equiv]")
            if (meta.attributes.get("http-equiv") or "").lower() == "refresh"
        )
        and sight.tells < 2
    ):
        return "redirect"
    return ""
