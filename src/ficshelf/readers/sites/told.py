"""A page that was made of an API's answer (`readers.wrapped`): its elements say what they are."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.plan import Plan, name_of, paragraphs, words

clues = tag_set("told")


def read(tree: LexborHTMLParser, plan: Plan) -> bool:
    """Known by the names that `wrapped` gives."""
    story = tree.css("article.told [data-fact=story]")
    if not story:
        return False
    for node in tree.css("article.told > [data-fact]"):
        name = node.attributes.get("data-fact") or ""
        if name == "chapter":
            plan.kind("heading", (node,))
        elif name == "title" and len(story) == 1:
            plan.title(node)
        elif name == "author":
            plan.fact(name, name_of(node), node)
        elif name == "complete":
            plan.fact(name, node.attributes.get("data-value") == "yes")
        elif name != "story":
            plan.fact(name, paragraphs(node) if name == "summary" else words(node), node)
    plan.story(story)
    return True
