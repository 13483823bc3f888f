"""Asianfanfics: a chapter's page."""

from __future__ import annotations

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.layout import Layout

LAYOUT = Layout(
    clues=tag_set("user-submitted-body chapter-nav story-description"),
    story="#user-submitted-body",
    facts={"title": "#story-title", "summary": "#story-description", "author": ".text--info a[href*='/profile/view/']"},
    boxes=".main-meta, footer.main-meta",
    heading="#chapter-title",
    menu="select[name=chapter-nav] option[selected]",
)
