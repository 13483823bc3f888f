"""What a dialect knows about a page: which elements are what, and which facts they state."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf.passes import headings
from ficshelf.passes.header_facts import without_codes
from ficshelf.passes.title_lines import MAIL_TAG, clean_name, part_of_title, title_and_name
from ficshelf.readers.walk import Role

LISTS = frozenset(
    ("fandom", "relationship", "character", "warning", "genre", "category", "tag")
)  # facts of many values
_BY = re.compile(r"(?:(?:written|posted|a story|a fanfic)\s+)?(?:by|von|par|por|di)\b\s*:?\s*", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_LATEST = 4_102_444_800  # 2100, in seconds since 1970: what is later is no time of a page


class Plan:
    """The roles of elements by memory id, and the facts: (name, value, how, evidence, ids of the elements that say so).

    `site` is the name of the dialect, "" where none fits. `whole` is whether the dialect knows the whole page: where it
    does not, what is furniture is found by the rules for all pages.
    """

    def __init__(self, site: str = "") -> None:
        self.site = site
        self.whole = bool(site)
        self.roles: dict[int, Role] = {}
        self.facts: list[tuple[str, str | bool, str, str, tuple[int, ...]]] = []
        self.landmarks: list[LexborNode] | None = None  # what `content.landmarks` found

    def fact(
        self, name: str, value: str | bool, *nodes: LexborNode | None, how: str = "stated", evidence: str = ""
    ) -> None:
        """The elements state this fact; they are no story. An empty value is no fact."""
        said = [node for node in nodes if node is not None]
        for node in said:
            self.roles[node.mem_id] = Role("fact")
        if value is True or value is False or value.strip():
            value = value.strip() if isinstance(value, str) else value
            self.facts.append((name, value, how, evidence, tuple(node.mem_id for node in said)))

    def title(self, node: LexborNode, said: str = "") -> None:
        """A line over a post or an entry: `Fic: The Ford (2/5)`, `The Ford, Chapter 3`, `Chapter 3`, `The Ford by Ann`.

        It states the title of the work, its part and its author, or heads the chapter, as far as it says so.
        """
        said = MAIL_TAG.sub("", said or words(node)).strip()
        if not said:
            return
        if headings.parse(said):
            self.kind("heading", (node,))
            return
        if (parted := title_and_name(said)) and not part_of_title(said)[1]:
            said = parted["title"]
            self.fact("author", clean_name(parted["name"]), node)
        said, part = part_of_title(said)
        if part:
            self.fact("part", part, node)
        if ended := headings.at_end_of_title(said):
            said = ended[0]
            if ended[1].number is not None and not part:
                self.fact("part", str(ended[1].number), node)
        said, codes = without_codes(said)
        for name, code in codes:
            self.fact(name, code, node)
        self.fact("title", said.strip("*_~ "), node)

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

    def open(self, node: LexborNode) -> None:
        """What lies around an element is chrome or a fact, but not the element itself."""
        above = node.parent
        while above is not None:
            role = self.roles.get(above.mem_id)
            if role is not None and role.kind in {"chrome", "fact"}:
                self.roles[above.mem_id] = Role("frame", role.detail or "label")
            above = above.parent

    def kind(self, kind: str, nodes: Iterable[LexborNode], detail: str = "") -> None:
        """All lines within these elements are of this kind."""
        for node in nodes:
            self.roles.setdefault(node.mem_id, Role(kind, detail))


def words(node: LexborNode | None) -> str:
    """The text of an element on one line; "" for none."""
    return " ".join((node.text(deep=True) or "").split()) if node is not None else ""


def name_of(node: LexborNode | None) -> str:
    """Whom a by-line names: `by Ann` → "Ann"."""
    return _BY.sub("", words(node), count=1).strip() if node is not None else ""


def date_of(node: LexborNode) -> str:
    """The day that an element shows: by its machine-readable attribute, since pages show `3h ago` or `5/8`, else by its
    words. Times are in UTC."""
    for one in (node, *node.css("time, span[data-xutime], abbr[title], [unixtime]")[:1]):
        attributes = one.attributes
        seconds = attributes.get("data-xutime") or attributes.get("unixtime") or attributes.get("data-time") or ""
        if seconds.isdecimal() and int(seconds) < _LATEST:
            return datetime.fromtimestamp(int(seconds), UTC).date().isoformat()
        stated = attributes.get("datetime") or attributes.get("content") or attributes.get("title") or ""
        if found := _DATE.match(stated):
            return found[0]
    return words(node)


def path_to(node: LexborNode) -> set[int]:
    """The memory ids of an element and of all that it lies in."""
    path: set[int] = set()
    above: LexborNode | None = node
    while above is not None:
        path.add(above.mem_id)
        above = above.parent
    return path


def lies_in(node: LexborNode, others: set[int]) -> bool:
    """Whether an element is one of some others, or lies in one."""
    above: LexborNode | None = node
    while above is not None and others:
        if above.mem_id in others:
            return True
        above = above.parent
    return False


def wrap(tree: LexborHTMLParser, text: LexborNode) -> LexborNode:
    """A text node within an element of its own, so that it can have a role. The text stays as it is."""
    said = text.text_content or ""
    text.insert_before(tree.create_node("span"))
    around = text.prev
    if around is None:
        return text
    around.insert_child(said)
    text.remove()
    return around


def parted(tree: LexborHTMLParser, text: LexborNode, parting: re.Pattern[str]) -> list[LexborNode]:
    """A text node as several elements, one for each piece between the matches of `parting`. The text stays as it is."""
    said = text.text_content or ""
    pieces: list[LexborNode] = []
    at = 0
    for found in (*parting.finditer(said), None):
        for piece in (said[at : found.start()] if found else said[at:], found[0] if found else ""):
            text.insert_before(tree.create_node("span"))
            if (around := text.prev) is not None:
                around.insert_child(piece)
                if piece.strip() and (found is None or piece != found[0]):
                    pieces.append(around)
        at = found.end() if found else at
    text.remove()
    return pieces


def once(nodes: Iterable[LexborNode]) -> list[LexborNode]:
    """Each element once, in their order: a list of selectors may find one twice."""
    return list({node.mem_id: node for node in nodes}.values())


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
