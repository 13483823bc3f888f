"""A labelled page: the bytes of the page, and what a careful reader sees in it.

A `.page` file is one line of JSON, a line of five hyphens, and the page itself, in UTF-8. A line of the page that is
not a paragraph of the story begins with its label in double brackets, `⟦heading⟧Chapter 20`; `⟦start⟧` stands before
that on the line that a chapter's own text begins with. README.md tells the rest.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

PAGES = Path(__file__).parent
SETS = (
    *("archives", "hoards", "languages", "saved", "texts", "sites", "crawled", "drives", "markup", "copied", "web"),
    *("homes", "mirrors", "repositories", "newer", "older", "drawn"),
    *(
        "strays",
        "abroad",
        "afresh",
        "latest",
        "apart",
        "unlearnt",
        "around",
        "unread",
        "lately",
        "extracts",
        "usual",
        "elsewhere",
    ),
)
KEPT_BACK = frozenset(("unread", "usual"))  # nothing is learnt from them, by rule or by weight: they only measure
LABELS = frozenset(
    ("heading", "break", "ornament", "note", "verse", "letter", "title", "meta", "end", "chrome", "para")
)
_LABEL = re.compile(r"⟦(\w+)⟧")


class Line(NamedTuple):
    """A line of a page that says something. `label` is one of LABELS."""

    number: int
    text: str
    label: str
    starts: bool  # whether a chapter's own text begins with it


class Page(NamedTuple):
    """A page and what is to be read in it."""

    name: str
    data: bytes
    lines: tuple[Line, ...]
    work: dict[str, Any]  # the facts that the page states; None for those that it does not
    chapters: tuple[dict[str, Any], ...]
    works: int  # how many stories it holds; 0 for a page that is no story

    @property
    def is_markup(self) -> bool:
        return self.name.rpartition(".")[2] in ("html", "htm")


def load(path: Path) -> Page:
    """A page out of its file. Raises ValueError, with the line, where a label is none."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n-----\n")
    known = json.loads(head)
    lines, bare = [], []
    for number, line in enumerate(body.split("\n"), 1):
        label, starts = "para", False
        while found := _LABEL.match(line):
            line = line[found.end() :]
            if found[1] == "start":
                starts = True
            elif found[1] in LABELS:
                label = found[1]
            else:
                raise ValueError(f"{path.name}, line {number} of the page: there is no label {found[1]!r}")
        bare.append(line)
        if line.strip():
            lines.append(Line(number, line, label, starts))
    data = "\n".join(bare).encode(known.get("encoding", "utf-8"), "xmlcharrefreplace")
    name = f"{path.stem}.{known['ext']}"
    return Page(name, data, tuple(lines), known["work"], tuple(known["chapters"]), known.get("works", 1))


def pages(word: str = "") -> list[Page]:
    """All pages of a set, or all whose names hold a word; in the order of their names."""
    found = sorted(PAGES.glob(f"{word}/*.page" if word in SETS else "*/*.page"))
    return [load(path) for path in found if word in SETS or word in path.stem]
