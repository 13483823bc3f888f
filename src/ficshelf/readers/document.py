"""What word-processor files have in common: paragraphs become lines of the text layer with nodes over them, styles are
known by their names, chapters by headings that come again, and the file's own title and author are guesses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ficshelf.model import INFERRED, Chrome, Fact, Facts, Node, Run, Span
from ficshelf.passes import labels
from ficshelf.passes.breaks import is_break
from ficshelf.passes.facts import add_fact
from ficshelf.passes.nodes import heading_level, join_runs, strip_runs
from ficshelf.sureness import SURE

_HEADING = re.compile(r"heading (\d{1,2})\b")
_CONTENTS = re.compile(r"(?:toc|contents|table of contents)(?: heading| \d{1,2})?$")
_QUOTES = frozenset({"quote", "intense quote", "block text", "quotations"})
_TYPED = frozenset({"preformatted text", "html preformatted", "plain text block"})
_NO_NAMES = frozenset(
    {"user", "owner", "admin", "administrator", "author", "microsoft office user", "windows user", "python-docx",
     "unknown", "default user", "libreoffice", "openoffice.org", "title", "untitled", "untitled document"}
)  # fmt: skip
_LONGEST_HEADING = 140  # characters

_new = tuple.__new__  # a named tuple made at once: a document has a node and a span for every line


class Paragraph(NamedTuple):
    """A paragraph that waits for its turn: its runs, in which "\\n" alone is a line break and "\\f" a new page."""

    runs: Sequence[Run]
    hint: str = "p"
    indent: int = 0
    detail: str = ""


class Document:
    """Gathers the text layer and the nodes over it."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.length = 0
        self.nodes: list[Node] = []
        self.chrome: list[Chrome] = []
        self.gap = 1
        self.page = False

    def apart(self, text: str, reason: str) -> None:
        """A line that is no part of the story: kept as chrome, without a node."""
        for line in text.split("\n"):
            if said := " ".join(line.split()):
                self.chrome.append(Chrome(Span(self.length, self.length + len(said)), reason))
                self.text += [said, "\n"]
                self.length += len(said) + 1

    def paragraph(
        self, runs: Iterable[Run], hint: str = "p", indent: int = 0, detail: str = "", kind: str = ""
    ) -> None:
        """A paragraph: a line of the layer for each of its lines. An empty one is a blank line."""
        if hint == "contents":
            self.apart("".join(run.text for run in runs), "contents")
            return
        line: list[Run] = []
        follows_on = False
        for run in runs:
            if run.text == "\n":
                self.line(line, hint, indent, follows_on=follows_on, detail=detail, kind=kind)
                line, follows_on = [], True
            elif run.text == "\f":
                if line:  # what stands on the next page is a paragraph of its own
                    self.line(line, hint, indent, follows_on=follows_on, detail=detail, kind=kind)
                    line, follows_on = [], False
                self.page = True
            else:
                line.append(run)
        self.line(line, hint, indent, follows_on=follows_on, detail=detail, kind=kind)
        self.gap = max(self.gap, 1)

    def row(self, cells: Iterable[Iterable[Run]]) -> None:
        """A row of a table: one line, its cells parted by tabs."""
        runs: list[Run] = []
        for number, cell in enumerate(cells):
            if number:
                runs.append(Run("\t"))
            runs += [Run(" ") if run.text in "\n\f" else run for run in cell]
        self.line(runs, "table", 0, follows_on=bool(self.nodes) and self.nodes[-1].hint == "table")
        self.gap = 0

    def rule(self) -> None:
        """A rule drawn across the page."""
        here = Span(self.length, self.length)
        self.nodes.append(Node("", (here,), gap=max(1, self.gap), hint="hr", page=self.page))
        self.gap, self.page = 1, False

    def line(
        self, runs: Sequence[Run], hint: str, indent: int, *, follows_on: bool, detail: str = "", kind: str = ""
    ) -> None:
        """A line of the layer, and the node over it if it says anything."""
        said = runs[0].text if len(runs) == 1 else "".join([run.text for run in runs])
        start = self.length
        self.text += (said, "\n")
        self.length += len(said) + 1
        words = said.strip()
        if not words:
            self.gap += 1
            return
        lead = said.index(words[0])
        span = _new(Span, (start + lead, start + lead + len(words)))
        if "\xad" in words:  # where a word may be cut at the end of a line
            words = words.replace("\xad", "")
            runs = [run._replace(text=run.text.replace("\xad", "")) for run in runs]
        kept: tuple[Run, ...] = ()
        if any(run.marks or run.link for run in runs):
            kept = join_runs(strip_runs(tuple(runs)))
        gap = self.gap if follows_on else max(1, self.gap)
        if lead:
            indent += len(said[:lead].expandtabs(4))
        self.nodes.append(_new(Node, (words, (span,), kept, kind, gap, indent, hint, self.page, detail)))
        self.gap, self.page = 0, False

    def settle(self, first: int, kind: str, detail: str) -> None:
        """Say what the nodes from `first` on are."""
        for place in range(first, len(self.nodes)):
            self.nodes[place] = self.nodes[place]._replace(kind=kind, detail=detail)

    def set_apart(self, first: int, reason: str) -> None:
        """Keep the nodes from `first` on as chrome."""
        self.settle(first, "chrome", "")
        self.chrome += [Chrome(span, reason) for node in self.nodes[first:] for span in node.spans]

    def settle_headings(self) -> None:
        """Headings name chapters where the author used the same style of heading again and again.

        The highest such level counts. One alone on top may be the title, and is left to the passes.
        """
        candidates = [
            place
            for place, node in enumerate(self.nodes)
            if heading_level(node) and not node.kind and _may_name_chapter(node.text)
        ]
        if candidates and candidates[0] == 0 and len(self.nodes) > 1 and len(self.nodes[1].text) < _LONGEST_HEADING:
            del candidates[0]
        levels = Counter(self.nodes[place].hint for place in candidates)
        level = min((hint for hint, count in levels.items() if count > 1), default="")
        for place in candidates:
            if self.nodes[place].hint == level:
                self.nodes[place] = self.nodes[place]._replace(kind="heading")


def _may_name_chapter(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and not is_break(text) and labels.find(text.strip(" :")) is None


def hint_of_style(name: str) -> str:
    """What a paragraph style means, by the name that word processors give it in English; "" where it says nothing."""
    name = name.strip().lower().replace("_20_", " ")
    if found := _HEADING.match(name):
        return f"h{min(6, max(1, int(found[1])))}"
    if name == "title":
        return "title"
    if _CONTENTS.match(name):
        return "contents"
    if name in _QUOTES:
        return "blockquote"
    return "pre" if name in _TYPED else ""


def indent_of(first_line: float) -> int:
    """The indent of a paragraph whose first line is set in by `first_line` points: as a tab's, or none."""
    return 4 if first_line > 5 else 0


def properties(author: str, title: str) -> Facts:
    """The file's own title and author: guesses, for a word processor fills them in by itself."""
    facts: Facts = {}
    for name, stated in (("author", author), ("title", title)):
        value = " ".join(stated.split())
        if value and value.lower() not in _NO_NAMES and len(value) < 200:
            facts = add_fact(
                facts,
                name,
                Fact(value, INFERRED, confidence=SURE["document's properties"], evidence="the document's properties"),
            )
    return facts


def web_link(target: str) -> str:
    """Where a link leads, if to the web or to a mail address; "" for everything else."""
    target = "".join(target.split())[:2000]
    return target if target.lower().startswith(("http://", "https://", "mailto:")) else ""
