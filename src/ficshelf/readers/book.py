"""What books made of pages have in common (EPUB, Kindle, Markdown): each page through the HTML reader, one text layer.

The text layer is the text layers of the pages, in order, parted by a blank line. Cover, title page, imprint, colophon
and contents are furniture of the book: kept as chrome.
"""

from __future__ import annotations

import posixpath
import re
from itertools import islice

from ficshelf.model import Chrome, Draft, Fact, Facts, Node, Question, Remark, Span
from ficshelf.passes import headings
from ficshelf.passes.facts import add_fact
from ficshelf.readers import html, title_page
from ficshelf.readers.title_page import fold

_TYPE = re.compile(r"<(?:body|section|div|article|nav)\b[^>]{0,400}?epub:type\s*=\s*[\"']([^\"']{1,200})[\"']", re.I)
_FURNITURE = {
    "cover": "cover",
    "titlepage": "title page",
    "halftitlepage": "title page",
    "halftitle": "title page",
    "title-page": "title page",
    "imprint": "imprint",
    "colophon": "colophon",
    "copyright-page": "imprint",
    "toc": "contents",
    "loi": "contents",
    "landmarks": "contents",
    "page-list": "contents",
    "index": "contents",
}
_FRAMES = frozenset({"preface", "afterword", "endnotes"})  # how AO3's books name what stands around the story
_FIRST_PAGES = 3  # a book names itself on one of these
_SHORT = 20_000  # characters: a title page or a list of contents is shorter, a story in one document is not

_new = tuple.__new__  # a named tuple made at once: a book has a node and a span for every line


class Book:
    """Gathers the pages' text layers and nodes into one. `title` and `author` are the book's, as it states them."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.length = 0
        self.nodes: list[Node] = []
        self.chrome: list[Chrome] = []
        self.facts: Facts = {}
        self.remarks: list[Remark] = []
        self.questions: list[Question] = []
        self.pages = 0
        self.title = self.author = ""
        self.is_told = False  # whether the story has begun

    def page(
        self,
        markup: str,
        *,
        label: str = "",
        name: str = "",
        properties: str = "",
        remarks: tuple[Remark, ...] = (),
        xml: bool = True,
    ) -> None:
        """Add a page: its markup, its label in the contents, its name in the book, what the book says that it is."""
        self.pages += 1
        page = html.page_of(markup, xml)
        if isinstance(page, Remark):
            self.remarks.append(page)
            return
        base = self.length
        self.text += [page.text, "\n\n"]
        self.length += len(page.text) + 2
        self.remarks += [remark._replace(span=_shift(remark.span, base)) for remark in (*remarks, *page.remarks)]
        self.questions += page.questions
        self.chrome += [Chrome(_shift(one.span, base), one.reason) for one in page.chrome]
        for fact_name, facts in page.facts.items():
            for fact in facts:
                moved = fact._replace(spans=tuple(_shift(span, base) for span in fact.spans))
                self.facts = add_fact(self.facts, fact_name, moved)
        nodes = [_shifted(node, base) for node in page.nodes] if base else page.nodes
        if not nodes:
            return
        reason = _furniture(name, properties, markup, nodes)
        if reason:
            nodes = [node._replace(kind="chrome") for node in nodes]
            self.chrome += [Chrome(span, reason) for node in nodes for span in node.spans if span.end > span.start]
        elif not self.is_told and title_page.is_one(name, label, markup, nodes, self.title):
            nodes, self.facts, chrome = title_page.settle(nodes, self.title, self.author, markup, self.facts)
            self.chrome += chrome
        else:
            self.is_told = True
            nodes = _headed(nodes, label, self.title)
            if self.pages <= _FIRST_PAGES:
                self._state_title(nodes)
        nodes[0] = nodes[0]._replace(page=True, gap=1)
        self.nodes += nodes

    def _state_title(self, nodes: list[Node]) -> None:
        """The book's own title alone on a page, or right above a chapter's heading, is a fact; with other lines below
        it, the passes find out what it is."""
        title = " ".join(self.title.split())
        for place, node in enumerate(nodes[:3]):
            ends = place + 1 == len(nodes) or nodes[place + 1].kind == "heading"
            if ends and not node.kind and title and node.hint != "p" and fold(node.text) == fold(title):
                self.facts = add_fact(self.facts, "title", Fact(title, spans=node.spans))
                nodes[place] = node._replace(kind="fact")

    def draft(self, facts: Facts) -> Draft:
        """All pages as one draft; `facts` are the pages' and the book's."""
        if self.nodes and self.pages == 1:  # a book of one long page has its headings in the text
            self.nodes[0] = self.nodes[0]._replace(page=False)
        questions = () if "title" in facts else tuple(self.questions[:1])
        text, nodes = "".join(self.text), tuple(self.nodes)
        return Draft(text, nodes, facts, tuple(self.chrome), tuple(self.remarks), questions, encoding="utf-8")


def _shift(span: Span, base: int) -> Span:
    return Span(span.start + base, span.end + base)


def _shifted(node: Node, base: int) -> Node:
    spans = tuple([_new(Span, (start + base, end + base)) for start, end in node.spans])
    return _new(Node, (node.text, spans, *node[2:]))


def _headed(nodes: list[Node], label: str, title: str) -> list[Node]:
    """Mark as headings the lines on top of a document that are its label in the contents, or heading elements."""
    wanted = fold(label)
    told = any(not node.kind and len(node.text) > 40 for node in nodes)
    for place, node in enumerate(nodes[:6]):
        if node.kind or len(node.text) > 160:
            continue
        folded = fold(node.text)
        ends = place > 0 and nodes[place - 1].kind == "heading" and bool(folded) and wanted.endswith(folded)
        is_label = bool(wanted) and (folded == wanted or ends or (len(folded) > 3 and folded in wanted))
        goes_on = place + 1 < len(nodes) and not nodes[place + 1].gap and node.hint == nodes[place + 1].hint == "p"
        if is_label and goes_on and node.runs == nodes[place + 1].runs == ():
            break  # a poem that is named for its first line
        if folded == fold(title):
            continue  # the book's own title, on its first page
        if folded in _FRAMES and not told:
            nodes[place] = node._replace(kind="note")  # it has no story: what it says stays with the chapter before
        elif is_label or (node.hint in ("h1", "h2", "h3") and place < 3 and (wanted or headings.parse(node.text))):
            nodes[place] = node._replace(kind="heading")
        elif node.hint not in ("h1", "h2", "h3", "h4"):
            break
    return nodes


def _furniture(name: str, properties: str, markup: str, nodes: list[Node]) -> str:
    """Why a document is no part of the story; "" where it is."""
    if "nav" in properties.split():
        return "contents"
    length = sum(len(node.text) for node in nodes)
    types = " ".join(found[1] for found in islice(_TYPE.finditer(markup, 0, 6000), 2))  # of the body, and of its part
    for kind in types.lower().split() if length < _SHORT else ():
        if kind in _FURNITURE:
            return _FURNITURE[kind]
    name = posixpath.basename(name).lower()
    linked = sum(
        len(node.text) for node in nodes if node.runs and all(run.link or not run.text.strip() for run in node.runs)
    )
    if length < _SHORT and len(nodes) >= 3 and linked > 0.8 * length and not any(node.kind == "fact" for node in nodes):
        return "contents"
    if re.match(r"(?:cover|titlepage_?cover|toc|nav)(?![a-z])", name) and length < 2000:
        return "contents" if name.startswith(("toc", "nav")) else "cover"
    return "log of updates" if name.startswith("log_page") and length < _SHORT else ""
