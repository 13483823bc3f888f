"""Royal Road: a chapter's page, with the notes before and after it."""

from __future__ import annotations

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.layout import Layout

LAYOUT = Layout(
    clues=tag_set("chapter-inner author-note-portlet fic-header fiction-page"),
    story=".chapter-inner, .chapter-content",
    facts={
        "title": ".fic-header h2, .fic-header .fic-title h1, h2.font-white, .fic-title h1[property=name]",
        "author": ".fic-header h3 a, .fic-header h4 a, h3.font-white a, .fic-title .author, [property=author] a",
    },
    heading=".fic-header h1, h1.font-white, .chapter-title",
    notes=".author-note-portlet",
    furniture=".chapter-inner .ads, .portlet-ad, .wide-ad",
)
