"""The title page that programs put before a story when they make a book of it: FanFicFare, FicHub, fimfic2epub, those
for web serials. It says again whose story it is, states facts a line each, and tells who made the book.

Its title and by-line are facts, its header lines are left to the passes, and all the rest is chrome.
"""

from __future__ import annotations

import re

from ficshelf.model import Chrome, Fact, Facts, Node
from ficshelf.passes import headings
from ficshelf.passes.facts import add_fact, list_values
from ficshelf.passes.label_lines import label_line

_NAMES = re.compile(r"(?:title|intro|info|descr|about|front|jacket|synopsis|metadata)[a-z_ -]*(?:\.\w+)?", re.I)
_LABELS = frozenset(
    ("title page", "titlepage", "introduction", "information", "story information", "description", "about", "info",
     "about this story", "synopsis", "metadata", "book information", "cover page", "summary")
)  # fmt: skip
_NOTES = frozenset(("note", "warning", "disclaimer", "beta", "feedback", "dedication"))
_BODY = re.compile(r"<body\b[^>]{0,300}\b(?:id|class)\s*=\s*[\"'][^\"']{0,100}title-?_?page", re.I)
_LONGEST = 8_000  # characters


def is_one(name: str, label: str, markup: str, nodes: list[Node], title: str) -> bool:
    """Whether a page before the story is a title page: called so, and with the book's title or header lines on it."""
    if any(node.kind == "fact" for node in nodes) or sum(len(node.text) for node in nodes) > _LONGEST:
        return False
    called = _NAMES.fullmatch(name.rpartition("/")[2]) or label.lower() in _LABELS or _BODY.search(markup, 0, 4_000)
    if not called and (not fold(title) or fold(label) != fold(title)):
        return False
    if any(headings.parse(node.text) for node in nodes[:3]):
        return False
    lines = [line for node in nodes if (line := label_line(node.text)) is not None and line.value]
    stated = sum(1 for line in lines if line.label.names[0] not in _NOTES)  # a chapter has notes as well
    titled = bool(fold(title)) and any(fold(node.text).startswith(fold(title)) for node in nodes[:4])
    long = sum(1 for node in nodes if len(node.text) > 200)
    return stated >= 2 or (titled and long <= 2 and bool(called)) or (titled and len(nodes) <= 5 and not long)


def settle(
    nodes: list[Node], title: str, author: str, markup: str, facts: Facts
) -> tuple[list[Node], Facts, list[Chrome]]:
    """The lines of a title page settled, the facts that they state, and what is chrome."""
    is_fanficfare = "fff_" in markup[:4_000]  # it calls the fandom a category
    chrome: list[Chrome] = []
    settled: list[Node] = []
    whole, by = fold(title), fold(author)
    for node in nodes:
        folded = fold(node.text)
        says_title = bool(whole) and folded in (whole, f"{whole}by{by}")
        says_author = bool(by) and folded in (by, f"by{by}", f"author{by}", f"{whole}by{by}")
        line = label_line(node.text)
        if says_title or says_author:
            if says_title:
                facts = add_fact(facts, "title", Fact(title, spans=node.spans))
            if says_author:
                facts = add_fact(facts, "author", Fact(author, spans=node.spans))
            settled.append(node._replace(kind="fact"))
        elif is_fanficfare and line is not None and line.label.names == ("category",):
            for value in list_values(line.value):
                facts = add_fact(facts, "fandom", Fact(value, spans=node.spans))
            settled.append(node._replace(kind="fact"))
        elif line is not None and line.value and not node.kind:
            settled.append(node._replace(hint="p", runs=(), indent=0))
        elif node.kind != "chrome":
            settled.append(node._replace(kind="chrome"))
            chrome += [Chrome(span, "title page") for span in node.spans if span.end > span.start]
        else:
            settled.append(node)
    return settled, facts, chrome


def fold(text: str) -> str:
    """Text by its letters and figures alone."""
    return "".join(letter for letter in text.lower() if letter.isalnum())
