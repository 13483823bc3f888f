"""A page saved from a browser's reader view: Firefox's, and the copies of Readability that other programs keep."""

from __future__ import annotations

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.layout import Layout

LAYOUT = Layout(
    clues=tag_set("moz-reader-content readability-page-1 reader-title readability-content"),
    story=".moz-reader-content, #readability-page-1, #readability-content",
    facts={"author": ".reader-credits, .credits, .byline"},
    posted=".reader-title, h1",
)
