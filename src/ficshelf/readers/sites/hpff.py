"""HarryPotterFanFiction: a chapter's page, old (tables) and new (`entry__key`)."""

from __future__ import annotations

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.layout import Layout

LAYOUT = Layout(
    clues=tag_set("entry__key storytext-container storymaininfo"),
    story=".storytext-container, #fluidtext, div[style*='line-height: 1.5']",
    facts={"title": "h2 a[href*='psid='], h2", "author": "a[href*='viewuser.php']", "summary": ".storysummary"},
    boxes=".storymaininfo, .story__entries, .entries, div:has(> .entry > .entry__key)",
    heading="select[name=chapterid] option[selected], h3.chapter, .chapter-title",
)
