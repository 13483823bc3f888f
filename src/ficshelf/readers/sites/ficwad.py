"""FicWad: a chapter's page. Its facts stand in one line, parted by dashes."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites import rows
from ficshelf.readers.sites.layout import Layout
from ficshelf.readers.sites.plan import Plan

clues = tag_set("storylist story-warnings")

_PAGE = Layout(
    clues=clues,
    story="#storytext",
    known_by=".storylist, .story-warnings",
    facts={
        "title": ".storylist h4 a, #story h4 a, #story h1",
        "author": ".author a, .author",
        "summary": ".summary",
    },
    heading="#story h2",
    menu="#chapters option[selected], select option[selected]",
)


def read(tree: LexborHTMLParser, plan: Plan) -> bool:
    """Known by its list of one story over the text."""
    if not _PAGE.read(tree, plan):
        return False
    for meta in tree.css(".storylist .meta")[:1]:
        rows.state_line(meta, plan, " - ", {"Category": "Fandom"})
    return True
