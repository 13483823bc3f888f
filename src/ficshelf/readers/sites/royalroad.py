"""Royal Road: a chapter's page, with the notes before and after it.

A line that the page's style hides warns those who copy it.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.layout import Layout
from ficshelf.readers.sites.plan import Plan

clues = tag_set("chapter-inner author-note-portlet fic-header fiction-page")

_PAGE = Layout(
    clues=clues,
    story=".chapter-inner, .chapter-content",
    facts={
        "title": ".fic-header h2, .fic-header .fic-title h1, h2.font-white, .fic-title h1[property=name]",
        "author": ".fic-header h3 a, .fic-header h4 a, h3.font-white a, .fic-title .author, [property=author] a",
    },
    heading=".fic-header h1, h1.font-white, .chapter-title",
    notes=".author-note-portlet",
    furniture=".chapter-inner .ads, .portlet-ad, .wide-ad",
)
_HIDDEN = re.compile(r"\.(c[A-Za-z0-9_-]{15,60})\s*\{[^{}]{0,200}?display\s*:\s*none")


def read(tree: LexborHTMLParser, plan: Plan) -> bool:
    """Known by its element for the text."""
    for style in tree.css("style")[:20]:
        for name in _HIDDEN.findall((style.text(deep=True) or "")[:20_000])[:20]:
            plan.chrome("hidden by the page", tree.css(f"[class~='{name}']"))
    return _PAGE.read(tree, plan)
