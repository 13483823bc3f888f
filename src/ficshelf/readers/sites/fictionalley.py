"""FictionAlley: a chapter's page; its story stands between two comments, of which `fences` makes an element."""

from __future__ import annotations

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.layout import Layout

LAYOUT = Layout(
    clues=tag_set("fenced breadcrumbs chapterlink"),
    story=".fenced",
    known_by=".breadcrumbs a + a, h1.title a[href*='/authors/']",
    facts={"title": ".breadcrumbs a + a", "author": "h1.title a, .breadcrumbs a"},
)
