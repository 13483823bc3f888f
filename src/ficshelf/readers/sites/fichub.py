"""Stories that FicHub fetched from an archive: its pages with all chapters, and the introduction of its EPUBs.

Over the story stand its title, by whom it is, its description, a line for each thing that is known of it, and FicHub's
own name. What the archive itself says of it, FanFiction.net's row of facts, is one of these lines.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites import ffnet, rows
from ficshelf.readers.sites.plan import Plan, name_of, paragraphs, words

clues = tag_set("fichub")
_MADE = re.compile(r"Exported\b.{0,60}\bFicHub\b")
_BY = re.compile(r"by\b", re.I)
_LINE = re.compile(r"(Status|Published|Updated|Words|Chapters|Rated|Original source)\s*:\s*(.*)", re.S)


def read(tree: LexborHTMLParser, plan: Plan) -> bool:
    """Known by its own name, below a title."""
    title = tree.css_first("h1")
    lines = _lines(tree, title) if title is not None else []
    if title is None or not lines:
        return False
    plan.fact("title", words(title), title)
    if _BY.match(words(lines[0])):
        plan.fact("author", name_of(lines[0]), lines[0])
        del lines[0]
    known = [at for at, line in enumerate(lines) if _LINE.match(words(line))]
    summary = lines[: known[0]] if known else lines
    stated: set[str] = set()
    for line in lines[len(summary) :]:
        if found := _LINE.match(words(line)):
            _state(found[1], found[2], line, plan, stated)
            stated.add(found[1])
    plan.fact("summary", "\n\n".join(filter(None, map(paragraphs, summary))), *summary)
    plan.chrome("navigation", tree.css("nav, .chapter_nav"))
    plan.frame("title page", tree.body)
    plan.story(tree.css("div[id^='chap_']"))
    return True


def _lines(tree: LexborHTMLParser, title: LexborNode) -> list[LexborNode]:
    """The lines between the title and the one that names FicHub; none where the page has no such line."""
    lines: list[LexborNode] = []
    node = title.next
    while node is not None:
        said = words(node)
        if _MADE.match(said) and node.css_first("a[href*='fichub']") is not None:
            return lines
        lines += [node] if said else []
        node = node.next
    return []


def _state(label: str, value: str, line: LexborNode, plan: Plan, stated: set[str]) -> None:
    if label == "Original source":
        link = line.css_first("a")
        plan.fact("url", (link.attributes.get("href") or "" if link is not None else "") or value, line)
    elif label == "Rated":
        row = [piece for piece in value.split(" - ") if piece.partition(":")[0] not in stated]
        ffnet.state_row(f"{label}: {' - '.join(row)}", [line], plan)
    else:
        rows.say([rows.Row(label, value, [], "")], line, plan)
