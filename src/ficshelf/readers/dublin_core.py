"""What a book states of itself in the words of Dublin Core, as EPUBs do and Kindle books with other names for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ficshelf.model import Fact, Facts, Remark
from ficshelf.passes.facts import add_fact
from ficshelf.readers import html

_ADDRESS = re.compile(r"https?://[^\s<>\"']{4,500}", re.I)


def state(facts: Facts, told: Iterable[tuple[str, str]]) -> Facts:
    """The facts of a book's pages with what the book states (names of elements with their values), where its pages do
    not state it themselves. Such facts have no span."""
    typed = set(facts)
    for name, value in told:
        if name == "source" and "url" in facts:
            continue  # of what an edition was made from; its own address stands first
        for fact_name, stated in _facts(name, " ".join(value.split())):
            if fact_name not in typed and not (fact_name == "tag" and typed & {"fandom", "relationship", "character"}):
                facts = add_fact(facts, fact_name, Fact(stated))
    return facts


def _facts(name: str, value: str) -> Iterator[tuple[str, str]]:
    if not value:
        return
    if name == "title" and value.lower() not in ("unknown", "untitled"):
        yield "title", value
    elif name == "creator" and value.lower() not in ("unknown", "anonymous author"):
        yield "author", value
    elif name == "description":
        yield "summary", _plain(value)
    elif name == "language" and len(value) > 1 and value.lower() not in ("und", "zxx"):  # `C` is no language
        yield "language", value
    elif name == "subject" and value.lower() not in ("fanworks", "fanfiction"):
        yield "tag", value
    elif name == "publisher":
        yield "archive", value
    elif name == "date":
        yield "published", value
    elif name in ("source", "identifier") and (found := _ADDRESS.fullmatch(value)):
        yield "url", found[0]


def _plain(markup: str) -> str:
    """A description is often HTML, escaped."""
    if "<" not in markup:
        return markup
    page = html.page_of(markup[:100_000])
    return markup if isinstance(page, Remark) else "\n\n".join(node.text for node in page.nodes)
