"""What a dialect knows about a page: which elements are what, and which facts they state."""

from __future__ import annotations

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborNode

from ficshelf.readers.walk import Role

LISTS = frozenset(
    ("fandom", "relationship", "character", "warning", "genre", "category", "tag")
)  # facts of many values


class Plan:
    """The roles of elements by memory id, and the facts: (name, value, how, evidence, ids of the elements that say so).

    `site` is the name of the dialect, "" where none fits.
    """

    def __init__(self, site: str = "") -> None:
        self.site = site
        self.roles: dict[int, Role] = {}
        self.facts: list[tuple[str, str | bool, str, str, tuple[int, ...]]] = []

    def fact(
        self, name: str, value: str | bool, *nodes: LexborNode | None, how: str = "stated", evidence: str = ""
    ) -> None:
        """The elements state this fact; they are no story. An empty value is no fact."""
        said = [node for node in nodes if node is not None]
        for node in said:
            self.roles[node.mem_id] = Role("fact")
        if value is True or value is False or value.strip():
            self.facts.append((name, value, how, evidence, tuple(node.mem_id for node in said)))

    def chrome(self, reason: str, nodes: Iterable[LexborNode]) -> None:
        """These elements are furniture, unless they are something else already."""
        for node in nodes:
            self.roles.setdefault(node.mem_id, Role("chrome", reason))

    def frame(self, reason: str, node: LexborNode | None) -> None:
        """This element is furniture, but for what has a role of its own within."""
        if node is not None:
            self.roles.setdefault(node.mem_id, Role("frame", reason))

    def story(self, nodes: Iterable[LexborNode]) -> None:
        """These elements hold the story; within a frame, that has to be said."""
        for node in nodes:
            self.roles.setdefault(node.mem_id, Role("story"))

    def kind(self, kind: str, nodes: Iterable[LexborNode], detail: str = "") -> None:
        """All lines within these elements are of this kind."""
        for node in nodes:
            self.roles.setdefault(node.mem_id, Role(kind, detail))


def words(node: LexborNode | None) -> str:
    """The text of an element on one line; "" for none."""
    return " ".join((node.text(deep=True) or "").split()) if node is not None else ""


def paragraphs(node: LexborNode | None) -> str:
    """The text of an element with its paragraphs parted by a blank line and its `<br>` kept as line ends."""
    if node is None:
        return ""
    pieces: list[str] = []
    for one in node.traverse(include_text=True):
        if one.tag == "-text":
            pieces.append(re.sub(r"\s+", " ", one.text_content or ""))
        elif one.tag == "br":
            pieces.append("\n")
        elif one.tag in {"p", "div", "blockquote", "li", "hr"}:
            pieces.append("\n\n")
    lines = re.sub(r" *\n *", "\n", "".join(pieces))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()
