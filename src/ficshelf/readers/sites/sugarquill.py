"""The Sugar Quill: a chapter's page, with its pane of facts."""

from __future__ import annotations

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.layout import Layout

LAYOUT = Layout(
    clues=tag_set("content_pane info2_pane"),
    story="td.content_pane, .content_pane",
    known_by=".info2_pane",
    boxes=".info2_pane",
    menu=".info2_pane option[selected]",
)
