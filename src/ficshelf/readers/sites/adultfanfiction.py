"""Adult-FanFiction.org: a chapter's page."""

from __future__ import annotations

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.layout import Layout

LAYOUT = Layout(
    clues=tag_set("contentdata dropdown-content story.php"),
    story="#contentdata, li.chapter, .story-content, .chapter-body",
    known_by="a[href*='story.php?no='], a[href*='profile.php?no=']",
    facts={"title": "h2 a[href*='story.php?no='], a[href*='story.php?no=']", "author": "a[href*='profile.php']"},
    heading=".dropdown-content a.selected, select option[selected]",
)
