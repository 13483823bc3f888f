"""Addresses of old archives, as they are compared: whoever follows an old link finds the story at its new place."""

from __future__ import annotations

import hashlib
from urllib.parse import parse_qsl, unquote, urlsplit

# Parameters that change how a page looked and not what it showed.
_HARMLESS = frozenset({"textsize", "ageconsent", "warning", "index", "i", "action", "skin", "font", "phpsessid"})


def key(path: str) -> str:
    """What an address is found by: its path from the root of the site, folded, with those parameters that say what it
    shows, in a fixed order. Host and fragment do not count. At most 200 characters."""
    parts = urlsplit(path.replace("&amp;", "&"))
    place = unquote(parts.path).strip("/").casefold()
    asked = sorted(
        (name.casefold(), value.strip())
        for name, value in parse_qsl(parts.query, keep_blank_values=False, max_num_fields=100)
        if name.casefold() not in _HARMLESS
    )
    whole = place + ("?" + "&".join(f"{name}={value}" for name, value in asked) if asked else "")
    if len(whole) > 200:
        return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
    return whole
