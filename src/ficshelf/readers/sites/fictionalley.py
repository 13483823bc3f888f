"""FictionAlley: a chapter's page; its story stands between two comments, of which `fences` makes an element.

Over it stands one heading, `Title by Author`. Pages of another year have the author alone in it; there the way to the
page names the title.
"""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.layout import surest
from ficshelf.readers.sites.plan import Plan, words

clues = tag_set("fenced breadcrumbs chapterlink")

_STORY = ".fenced"
_KNOWN_BY = ".breadcrumbs a + a, h1.title a[href*='/authors/']"
_NAMED = ".breadcrumbs a[href$='.html']"
_AUTHOR = "h1.title a, .breadcrumbs a"


def read(tree: LexborHTMLParser, plan: Plan) -> bool:
    """Known by its fence together with the way to the page or the heading."""
    story = tree.css(_STORY)
    if not story or tree.css_first(_KNOWN_BY) is None:
        return False
    heading = tree.css_first("h1.title")
    person = surest(tree, _AUTHOR)[:1]
    author = words(person[0]) if person else ""
    named = tree.css_first(_NAMED)
    title = words(heading).removesuffix(author).removesuffix(" by ") if words(heading) != author else ""
    plan.fact("title", title or words(named), heading, named)
    plan.fact("author", author, *([heading] if heading is not None else person))
    plan.frame("navigation", tree.body)
    plan.story(story)
    return True
