"""A dialect as a table: the landmarks of a site's pages, and what each of them states."""

from __future__ import annotations

from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf.readers.sites import rows
from ficshelf.readers.sites.plan import LISTS, Plan, date_of, name_of, once, paragraphs, words

_DATES = frozenset(("published", "updated"))


class Layout(NamedTuple):
    """The landmarks of one site's story pages, as CSS selectors. A page has this layout where `story` is found, and
    `known_by` where that is given. All that nothing else is said of is furniture.

    `facts` names for each fact where it stands: all elements for a list of values, else the first. `posted` is a title
    as people type it over a post (`Fic: The Ford (2/5) by Ann`). `boxes` hold labels and values; `heading` is the
    chapter's, the first found; `notes` are the author's; `furniture` lies within the story and is none of it.
    """

    clues: frozenset[str]
    story: str
    facts: dict[str, str] = {}
    known_by: str = ""
    posted: str = ""
    boxes: str = ""
    heading: str = ""
    notes: str = ""
    furniture: str = ""

    def read(self, tree: LexborHTMLParser, plan: Plan) -> bool:
        """Say in the plan what the elements of the page are; False where the page has another layout."""
        story = tree.css(self.story)
        if not story or (self.known_by and tree.css_first(self.known_by) is None):
            return False
        for name, selector in self.facts.items():
            self._fact(name, once(tree.css(selector)), plan)
        for box in tree.css(self.boxes) if self.boxes else ():
            if box.mem_id not in plan.roles:
                rows.state(box, plan)
        if self.posted and (posted := tree.css_first(self.posted)) is not None:
            plan.title(posted)
        if self.furniture:
            plan.chrome("furniture of the page", tree.css(self.furniture))
        if self.heading:
            plan.kind("heading", headings(tree, self.heading))
        if self.notes:
            plan.kind("note", tree.css(self.notes))
        plan.frame("navigation", tree.body)
        plan.story(story)
        return True

    def _fact(self, name: str, nodes: list[LexborNode], plan: Plan) -> None:
        for node in nodes if name in LISTS or name == "author" else nodes[:1]:
            if name == "author":
                plan.fact(name, name_of(node), node)
            elif name in _DATES:
                plan.fact(name, date_of(node), node)
            elif name == "url":
                plan.fact(name, node.attributes.get("href") or node.attributes.get("content") or "")
            else:
                plan.fact(name, paragraphs(node) if name in {"summary", "note", "disclaimer"} else words(node), node)


def headings(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """The chapter's heading, the first that says anything. The entry chosen in a menu of chapters is one, too."""
    return [node for node in tree.css(selector) if words(node)][:1]
