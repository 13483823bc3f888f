"""Ficbook: a part's page."""

from __future__ import annotations

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.layout import Layout

LAYOUT = Layout(
    clues=tag_set("part_text part-comment-top fanfic-main-info"),
    story="#content, .part_text",
    known_by=".part_text, .fanfic-main-info, .chapter-info",
    facts={
        "title": ".fanfic-main-info h1, h1.heading, .chapter-info h1, a[itemprop=name], .breadcrumbs h1",
        "author": "a[itemprop=author], .creator-username, .author a",
        "summary": "[itemprop=description]",
        "tag": ".tags a",
        "rating": "[class*=rating-]",
    },
    boxes=".fanfic-main-info .description, .mb-10, .mb-5",
    heading=".title-area h2, h2[itemprop=headline], h2.part-title",
    notes=".part-comment-top, .part-comment-bottom",
)
