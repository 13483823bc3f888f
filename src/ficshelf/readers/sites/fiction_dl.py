"""Stories that fiction-dl fetched: its pages, and the page that its EPUBs begin with.

Over the story stand its title, by whom it is, its summary, what is known of it in sentences, and the program's name.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.plan import Plan, paragraphs, words

clues = tag_set("fiction-dl")
_SENTENCES = {
    "published": re.compile(r"\bpublished on (.{4,40}?)\.(?:\s|$)"),
    "updated": re.compile(r"\bupdated on (.{4,40}?)\.(?:\s|$)"),
    "words": re.compile(r"\b(\d[\d,. ]{0,12}) words\b"),
}
_NOT_KNOWN = re.compile(r"[?\-–—]*|unknown|none", re.I)


def read(tree: LexborHTMLParser, plan: Plan) -> bool:
    """Known by the program's name in a link, below a title or a pair of names."""
    maker = next((one for one in tree.css("a[href*='fiction-dl']") if words(one).startswith("fiction-dl")), None)
    line = maker.parent if maker is not None else None
    above = line.parent if line is not None else None
    if line is None or above is None or "extracted" not in words(line)[:200]:
        return False
    lines: list[LexborNode] = []
    node = above.first_child
    while node is not None and node.mem_id != line.mem_id:
        lines += [node] if words(node) else []
        node = node.next
    heads = [one for one in lines if one.tag in {"h1", "h2"}]
    rest = [one for one in lines if one.tag == "p"]
    if len(heads) > 1:  # the page
        plan.fact("title", words(heads[0]), heads[0])
        plan.fact("author", words(heads[1]), heads[1])
    elif rest and len(names := rest[0].css("strong")) == 2:  # the page that a book begins with
        plan.fact("title", words(names[0]), names[0])
        plan.fact("author", words(names[1]), names[1])
        rest = rest[1:]
    else:
        return False
    for one in rest:
        _state(one, plan)
    plan.frame("title page", tree.body)
    plan.story(tree.css("main"))
    return True


def _state(line: LexborNode, plan: Plan) -> None:
    said = words(line)
    if (link := line.css_first("a")) is not None and words(link) == said:
        plan.fact("url", link.attributes.get("href") or said, line)
    elif (slanted := line.css_first("em")) is not None and words(slanted) == said:
        plan.fact("summary", paragraphs(line), line)
    else:
        for name, sentence in _SENTENCES.items():
            if (found := sentence.search(said)) and not _NOT_KNOWN.fullmatch(found[1].strip()):
                plan.fact(name, found[1].strip(), line)
