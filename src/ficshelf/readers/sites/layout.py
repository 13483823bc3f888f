"""A dialect as a table: the landmarks of a site's pages, and what each of them states."""

from __future__ import annotations

from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf.readers.sites import rows
from ficshelf.readers.sites.plan import LISTS, Plan, date_of, name_of, paragraphs, words

_DATES = frozenset(("published", "updated"))


class Layout(NamedTuple):
    """The landmarks of one site's story pages, as CSS selectors. A page has this layout where `story` is found, and
    `known_by` where that is given. All that nothing else is said of is furniture.

    `facts` names for each fact where it stands: all elements for a list of values, else the first. `posted` is a title
    as people type it over a post (`Fic: The Ford (2/5) by Ann`). `boxes` hold labels and values; `heading` is the
    chapter's, and so is what is chosen in the `menu` of chapters; `notes` are the author's; `furniture` lies within the
    story and is none of it. Of the alternatives of the story, a fact or a heading the first counts that is found.
    """

    clues: frozenset[str]
    story: str
    facts: dict[str, str] = {}
    known_by: str = ""
    posted: str = ""
    boxes: str = ""
    heading: str = ""
    menu: str = ""
    notes: str = ""
    furniture: str = ""

    def read(self, tree: LexborHTMLParser, plan: Plan) -> bool:
        """Say in the plan what the elements of the page are; False where the page has another layout."""
        story = surest(tree, self.story)
        if not story or (self.known_by and tree.css_first(self.known_by) is None):
            return False
        for name, selector in self.facts.items():
            self._fact(name, surest(tree, selector), plan)
        for box in tree.css(self.boxes) if self.boxes else ():
            if box.mem_id not in plan.roles:
                rows.state(box, plan)
        for posted in surest(tree, self.posted)[:1]:
            plan.title(posted)
        if self.furniture:
            plan.chrome("furniture of the page", tree.css(self.furniture))
        for chosen in (*surest(tree, self.menu)[:1], *surest(tree, self.heading)[:1]):
            plan.open(chosen)
            plan.kind("heading", (chosen,))
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


def surest(tree: LexborHTMLParser, selectors: str) -> list[LexborNode]:
    """What the first of these selectors finds that finds elements with words in them."""
    for selector in selectors.split(", ") if selectors else ():
        if found := [node for node in tree.css(selector) if words(node)]:
            return found
    return []
