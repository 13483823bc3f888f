"""A post of Tumblr, in the theme of a blog."""

from __future__ import annotations

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.layout import Layout

LAYOUT = Layout(
    clues=tag_set("notes tumblr-post post-content post_notes post-notes note_link_current npf-text-block"),
    story=".npf-text-block, .post .body-text, .post-content .body, .post .body, .text.post .body",
    known_by=".post-notes, .post_notes, ol.notes, [href*='tumblr.com']",
    posted=".post h1, .post h2, .post .title, h1.title, h2.title",
)
