"""FicWad: a chapter's page."""

from __future__ import annotations

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.layout import Layout

LAYOUT = Layout(
    clues=tag_set("storylist story-warnings ficwad"),
    story="#storytext",
    known_by=".storylist, .story-warnings",
    facts={
        "title": ".storylist h4 a, #story h4 a, #story h1",
        "author": ".author a, .author",
        "summary": ".summary",
        "fandom": ".meta a[href*='/category/']",
    },
    heading="#chapters option[selected], select option[selected], #story h2",
)
