"""Twisting the Hellmouth: a chapter's page, with its table of facts."""

from __future__ import annotations

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.layout import Layout

LAYOUT = Layout(
    clues=tag_set("storyinnerbody verticaltable chapnav"),
    story="#storyinnerbody",
    facts={"title": "h2", "author": "a[href*='AuthorStories']"},
    boxes="table.verticaltable",
    heading="#storyinnerbody h3",
    menu="select[name=chapnav] option[selected]",
)
