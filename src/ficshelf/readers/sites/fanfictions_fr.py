"""Fanfictions.fr: a chapter's page."""

from __future__ import annotations

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.layout import Layout

LAYOUT = Layout(
    clues=tag_set("readarea"),
    story="#readarea",
    facts={
        "title": "h1[itemprop=name] a, h1[itemprop=name], .fanfic-title, h1 a[href*='/fanfictions/']",
        "author": "[itemprop=author] a, [itemprop=author], a[href*='/auteurs/'], a[href*='/membres/']",
        "summary": "[itemprop=abstract]",
        "fandom": ".breadcrumb a[href*='/fanfictions/'] , [itemprop=genre]",
        "updated": ".date-distance",
    },
    heading="h2[itemprop=headline], h2, select option[selected]",
)
