"""Fimfiction: a chapter's page of any year."""

from __future__ import annotations

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.layout import Layout

LAYOUT = Layout(
    clues=tag_set("chapter-body chapter_content chapter_container story_content_box"),
    story="#chapter-body .bbcode, #chapter-body, .chapter-body .bbcode, .chapter_content, #chapter_container",
    known_by="a[href*='/story/'], a[href*='/user/']",
    facts={
        "title": ".story_name, #story-title, h1 a[href*='/story/'], a[href*='/story/']",
        "author": ".author a[href*='/user/'], .title h2 a, .info-container a[href*='/user/'], a[href*='/user/']",
        "character": ".tag-character",
        "genre": ".tag-genre",
        "fandom": ".tag-series",
        "warning": ".tag-warning",
        "tag": ".tag-content",
        "rating": "[class*=content-rating-]",
        "summary": ".description-text",
    },
    heading="#chapter_title, .chapter-title, .chapter_title, #chapter-title, h1.chapter",
    notes=".authors-note",
)
