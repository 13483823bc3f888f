"""Pages that only lead to others, or wait for a script to fill them: frames, redirects, empty shells."""

from __future__ import annotations

import re

from ficshelf.readers.nostory.sight import Sight

_REFRESH = re.compile(r"\d*\s*;?\s*url\s*=", re.IGNORECASE)
_FEW = 60  # letters that say nothing yet
_SCRIPTED = 200  # letters beside which a page that is made by scripts has nothing to tell


def frames(sight: Sight) -> list[str]:
    """Where the frames of a page lead; none for a page without frames."""
    if not sight.has("frameset"):
        return []
    return [source for frame in sight.tree.css("frame") if (source := (frame.attributes.get("src") or "").strip())]


def kind_of(sight: Sight) -> str:
    """The kind of shell that a page is; "" for a page with something in it."""
    if sight.has("frameset"):
        return "frames"
    letters = sum(line.told for line in sight.lines)
    if letters < 600 and any(
        _REFRESH.match(meta.attributes.get("content") or "")
        for meta in sight.tree.css("meta[http-equiv]")
        if (meta.attributes.get("http-equiv") or "").lower() == "refresh"
    ) and sight.tells < 2:
        return "redirect"
    said = [line for line in sight.lines if line.told > 2 or line.links]
    if not said and not any(line.text.strip() for line in sight.lines if line.hint not in {"h1", "h2", "h3"}):
        return "page without its scripts" if sight.has("noscript, #root, #app, #__next") else "empty page"
    return ""
