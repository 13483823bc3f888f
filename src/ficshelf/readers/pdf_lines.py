"""From the lines of a PDF's pages to paragraphs: line wraps and cut words undone, also over the ends of pages.

A line goes on with the paragraph before it unless it is set in, stands further off, looks different, or its first word
would have fitted on the line before. A hyphen that only cut a word is set apart as chrome.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf.model import Chrome, Node, Run, Span
from ficshelf.passes import headings
from ficshelf.passes.bare_titles import SLUG
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.labels import HEADER_ONLY
from ficshelf.passes.nodes import TERMINAL, join_runs, merge, strip_runs
from ficshelf.readers import pdf_edges, pdf_stanzas
from ficshelf.readers.document import Document
from ficshelf.readers.marks import NAMES_OF
from ficshelf.readers.pdf_measures import measure, size_of_text
from ficshelf.readers.pdf_order import Layer, Placed, columns, repeated_rules
from ficshelf.readers.pdf_pages import STRONG, Page

_STRETCHED = 1.5  # times as wide as so many letters are
_LARGER = 1.12  # times the size of the text: a heading
_LONGEST_HEADING = 200  # characters
_HEADER = 8  # lines among which two labels make a header
_LONGEST_SCENE = 40  # characters of a line that says where and when a scene is
_OPENING = ("“", "‘", '"', "'", "«", "„")
_ITEM = re.compile(r"(?:[•●◦▪*-]|\d{1,2}[.)])\s+[“‘\"'(]?[^\W_]")
_CUT = re.compile(r"([^\W\d_]+(?:[’'-][^\W\d_]+)*)-\Z")
_REST = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_NUMBERED = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡])")
_GOES_ON, _BREAKS = -1, 0  # in the same line of text; on a further line of the paragraph


class Lines(Document):
    """Gathers the text layer and the nodes of a PDF."""

    def __init__(self, pages: Sequence[Page]) -> None:
        super().__init__()
        lines = [page.lines for page in pages]
        size = size_of_text(lines)
        edges: list[dict[int, str]] = [{} for _ in pages]
        for (number, place), why in pdf_edges.find(lines, size).items():
            edges[number][place] = why
        text = [[line for place, line in enumerate(of) if place not in edges[n]] for n, of in enumerate(lines)]
        splits = [columns(of, size) for of in text]
        self.how = measure(
            [[line for line in of if not at or line.x1 < at] for of, at in zip(text, splits, strict=True)], size
        )
        layer = Layer(self.how)
        rules = repeated_rules(pages)
        for number, page in enumerate(pages):
            layer.page(number, page, edges[number], rules)
        self.text, self.chrome = layer.text, layer.chrome
        self.layer = "".join(layer.text)
        self.sized: dict[int, float] = {}  # the nodes that may be headings, with the size of their letters
        self.tops: list[int] = []  # the nodes with which pages go on
        self.noted = [one for one in reversed(layer.placed) if one.is_noted]
        self._gather(self._with_centred([one for one in layer.placed if not one.is_noted]))
        pdf_stanzas.join(self.nodes, self.tops)
        self._name_headings()
        self._drop_marks_of_all()

    # -- which lines belong together

    def _gather(self, placed: Sequence[Placed]) -> None:
        paragraph: list[list[Placed]] = []  # its lines of text, each of the lines on the page that it goes over
        gap, is_page = 1, False
        before: Placed | None = None
        for line in placed:
            step = 1 if before is None else self._step(before, line, paragraph)
            if step == _GOES_ON:
                paragraph[-1].append(line)
            elif step == _BREAKS:
                paragraph.append([line])
            else:
                self._end(paragraph, gap, is_page)
                self._foot(line.page - 1)
                paragraph, gap = [[line]], step
                is_page = before is not None and self._is_new_page(before, line)
                if before is not None and before.page != line.page and not is_page:
                    self.tops.append(len(self.nodes))
            before = line
        self._end(paragraph, gap, is_page)
        self._foot(len(self.noted) and self.noted[0].page)

    def _step(self, before: Placed, line: Placed, paragraph: Sequence[Sequence[Placed]]) -> int:
        """How a line stands to the one before: it goes on, is a further line, or begins a paragraph after so many blank
        lines, the usual distance being one."""
        how, size = self.how, line.line.size
        if line.is_ruled or self._looks_different(before, line):
            return 1
        together = before.flow == line.flow
        if together:
            step = (before.line.y - line.line.y) / (how.leading * size / how.size)
            if step > 1.25:
                return 1 + max(0, int(step - how.spacing / how.leading + 0.25))
        centred = before.is_centred, line.is_centred
        fits = self._would_fit(before, line)
        value = next((one.line.value for one in paragraph[0] if one.line.value), 0.0)
        if value and (line.line.value or abs(line.line.x0 - value) < 2):  # the next label, or more of the value
            return _BREAKS if fits or line.line.value else _GOES_ON
        if centred[0] and centred[1]:
            return _BREAKS if fits else _GOES_ON
        if centred[0] or centred[1]:
            return 1
        further_in = line.depth - before.depth
        if further_in > 0.4 * size:
            is_item = _ITEM.match(paragraph[0][0].line.text) is not None
            return _GOES_ON if is_item and not fits else _BREAKS if is_item and together else 1
        is_first = len(paragraph[-1]) == 1 and len(paragraph) == 1 and before.depth < max(how.indent + size, 5 * size)
        if further_in < -0.4 * size and not is_first:
            return 1
        ends = before.line.text[-1] in TERMINAL
        set_in = how.indent and abs(further_in) <= 0.4 * size and abs(line.depth - how.indent) < 0.3 * size
        if set_in and (ends or (fits and (line.right - line.line.x1 < 2 * size or self._sets_scene(before)))):
            return 1  # both begin paragraphs
        if fits:
            return _BREAKS if together and (how.indent or how.spacing > how.leading) else 1
        if ends and self._is_label(line, paragraph):
            return _BREAKS
        if together:
            return _GOES_ON
        if ends and headings.parse(line.line.text):
            return 1
        return 1 if self._is_new_page(before, line) or (ends and self._speaks(before, line)) else _GOES_ON

    def _looks_different(self, before: Placed, line: Placed) -> bool:
        if not 1 / _LARGER < before.line.size / line.line.size < _LARGER:
            return True
        bold = [all(mask & STRONG for text, mask in one.line.pieces if text.strip()) for one in (before, line)]
        return bold[0] != bold[1] and (self._would_fit(before, line) or bold[1])

    def _speaks(self, before: Placed, line: Placed) -> bool:
        return line.line.text.startswith(_OPENING) and before.line.text[-1] in '.!?…"”“’»«'

    def _is_label(self, line: Placed, paragraph: Sequence[Sequence[Placed]]) -> bool:
        """Whether the next label of a header stands behind a sentence that has filled its line."""
        found = label_line(line.line.text)
        if found is None or not found.strong or not HEADER_ONLY.intersection(found.label.names):
            return False
        above = [node.text for node in self.nodes[-_HEADER:]] + [one[0].line.text for one in paragraph[-_HEADER:]]
        return sum(label_line(text) is not None for text in above) > 1

    def _sets_scene(self, before: Placed) -> bool:
        """Whether a line says but where or when the scene is."""
        return len(before.line.text) <= _LONGEST_SCENE and SLUG.search(before.line.text) is not None

    def _would_fit(self, before: Placed, line: Placed) -> bool:
        """Whether the first word of a line has room on the line before, so that it was put on its own on purpose."""
        here, there = before.line, line.line
        if here.x1 - here.x0 > _STRETCHED * (natural := len(here.text) * self.how.letter * here.size / self.how.size):
            here = here._replace(x1=here.x0 + natural)  # programs stretch also a line that was ended on purpose
        if _CUT.search(here.text) and there.text[:1].islower():
            return False
        room = before.right - here.x1
        if before.depth > 0.8 * here.size and abs(before.depth - line.depth) < 1:  # within a quotation, narrower
            room = max(before.right - before.depth, self.reach[round(here.x0)]) - here.x1
        if before.is_centred and line.is_centred:
            room = max(self.widest, 0.75 * (before.right - before.left)) - (here.x1 - here.x0)
        return room > there.word + 0.4 * there.size

    def _with_centred(self, placed: Sequence[Placed]) -> list[Placed]:
        """The lines, with those marked that are centred: well within both edges, or nearly as wide as the column beside
        such a line."""
        kept = [one._replace(is_centred=self._is_even(one, one.line.size)) for one in placed]
        for step in (1, -1):
            order = range(1, len(kept)) if step > 0 else range(len(kept) - 2, -1, -1)
            for place in order:
                near, one = kept[place - step], kept[place]
                if near.is_centred and near.flow == one.flow and not one.is_centred:
                    kept[place] = one._replace(is_centred=self._is_even(one, 0.2 * one.line.size))
        self.reach: dict[int, float] = {}  # how far lines go that begin at a place
        for one in kept:
            self.reach[round(one.line.x0)] = max(one.line.x1, self.reach.get(round(one.line.x0), 0.0))
        self.widest = max((one.line.x1 - one.line.x0 for one in kept if one.is_centred), default=0.0)
        return kept

    def _is_even(self, one: Placed, least: float) -> bool:
        before, behind = one.depth, one.right - one.line.x1
        if self.how.indent and abs(before - self.how.indent) < 2:
            return False
        is_even = abs(before - behind) < max(6.0, 0.02 * (one.right - one.left)) or (
            0 < self.how.indent < 0.2 * behind and abs(before - behind - self.how.indent) < 2  # and set in besides
        )
        return is_even and (min(before, behind) > least or max(before, behind) < -least)  # wider than the column

    def _is_new_page(self, before: Placed, line: Placed) -> bool:
        """Whether the author began a new page here: the one before is left empty in part, or a heading is on top."""
        if before.page == line.page:
            return False
        height = self.how.top - self.how.bottom
        left_empty = before.line.y - self.how.bottom
        return left_empty > max(4 * self.how.leading, 0.2 * height) or line.line.size > _LARGER * self.how.size

    # -- from lines to nodes

    def _end(self, paragraph: Sequence[Sequence[Placed]], gap: int, is_page: bool) -> None:
        """A node for each line of text of a paragraph; before it one for the rule that is drawn above."""
        if not paragraph:
            return
        first = paragraph[0][0]
        if first.is_ruled:
            here = Span(first.start, first.start)
            self.nodes.append(Node("", (here,), gap=1, hint="hr", page=is_page))
            is_page = False
        hint, size = self._hint(paragraph)
        for number, line in enumerate(paragraph):
            if size:
                self.sized[len(self.nodes)] = round(2 * size) / 2
            self._node(line, hint, 0 if number else gap, is_page and not number)

    def _hint(self, paragraph: Sequence[Sequence[Placed]]) -> tuple[str, float]:
        """What a paragraph is by its looks, and the size of its letters where that makes it a heading."""
        lines = [line for one in paragraph for line in one]
        size = lines[0].line.size
        if size > _LARGER * self.how.size and sum(len(line.line.text) for line in lines) < _LONGEST_HEADING:
            return "h1", size
        if all(line.is_centred for line in lines):
            is_bold = all(mask & STRONG for line in lines for text, mask in line.line.pieces if text.strip())
            is_title = is_bold and len(paragraph) == 1 and len(lines) == 1
            return "center", self.how.size if is_title else 0.0
        deep = (1.1 if self.how.indent else 0.8) * self.how.size
        if _ITEM.match(lines[0].line.text) and lines[0].depth > 0.8 * size and lines[0].depth != self.how.indent:
            return "li", 0.0
        if all(line.depth > deep for line in lines) and (
            len(lines) > 1 or abs(lines[0].depth - self.how.indent) > 0.5 * self.how.size
        ):
            return "blockquote", 0.0
        return "p", 0.0

    def _node(self, lines: Sequence[Placed], hint: str, gap: int, is_page: bool) -> None:
        runs: list[Run] = []
        spans: list[Span] = []
        for place, one in enumerate(lines):
            pieces = [Run(text, NAMES_OF[mask]) for text, mask in one.line.pieces]
            end = one.end
            if place + 1 < len(lines):
                parting, drops = self._parting(one.line.text, lines[place + 1].line.text)
                if drops:
                    end -= 1
                    pieces[-1] = pieces[-1]._replace(text=pieces[-1].text[:-1])
                    self.chrome.append(Chrome(Span(end, end + 1), "hyphenation"))
                pieces.append(Run(parting))
            runs += pieces
            spans.append(Span(one.start, end))
        kept = join_runs(strip_runs(tuple(runs)))
        text = "".join(run.text for run in kept)
        marked = any(run.marks for run in kept)
        if text:
            self.nodes.append(Node(text, merge(self.layer, spans), kept if marked else (), "", gap, 0, hint, is_page))

    def _parting(self, line: str, after: str) -> tuple[str, bool]:
        """What stands between two lines of a paragraph, and whether the hyphen that ends the first goes."""
        cut = _CUT.search(line)
        if cut:
            rest = _REST.match(after)
            if not rest or not after[0].islower():
                return "", False
            whole = f"{cut[1]}{rest[0]}".lower()
            if f"{cut[1]}-{rest[0]}".lower() in self.how.words:
                return "", False
            return "", self.how.hyphenates or whole in self.how.words
        if line[-1] in "—-/" and line.rstrip("—-/")[-1:].strip() and after[0].isalnum():
            return "", False
        is_han = "\u3000" <= line[-1] <= "\u9fff" and "\u3000" <= after[0] <= "\u9fff"
        return "" if is_han else " ", False

    def _foot(self, page: int) -> None:
        """Notes at the foot of the pages up to this one, now that the paragraph over its end is whole."""
        notes: list[list[Placed]] = []
        while self.noted and self.noted[-1].page <= page:
            line = self.noted.pop()
            if notes and line.page == notes[-1][-1].page and not _NUMBERED.match(line.line.text):
                notes[-1].append(line)
            else:
                notes.append([line])
        for lines in notes:
            self._node(lines, "p", 1, False)
            self.nodes[-1] = self.nodes[-1]._replace(kind="note", detail="footnote")

    # -- when all nodes are there

    def _name_headings(self) -> None:
        """The largest headings are of the first level; what is bold and centred is of a level below all larger ones."""
        levels = {size: f"h{min(level, 6)}" for level, size in enumerate(sorted(set(self.sized.values()))[::-1], 1)}
        for place, size in self.sized.items():
            self.nodes[place] = self.nodes[place]._replace(hint=levels[size])
        self.settle_headings()
        for place, size in self.sized.items():
            node = self.nodes[place]
            if size <= self.how.size and node.kind != "heading":
                self.nodes[place] = node._replace(hint="center")
            elif all("strong" in run.marks for run in node.runs):
                self.nodes[place] = _without("strong", node)

    def _drop_marks_of_all(self) -> None:
        """What most of a text is set in is its own face, and marks nothing."""
        for mark in ("em", "strong"):
            runs = [run for node in self.nodes for run in node.as_runs()]
            marked = sum(len(run.text) for run in runs if mark in run.marks)
            if marked > 0.6 * sum(len(run.text) for run in runs):
                self.nodes = [_without(mark, node) for node in self.nodes]


def _without(mark: str, node: Node) -> Node:
    """A node without a mark."""
    runs = join_runs(run._replace(marks=tuple(one for one in run.marks if one != mark)) for run in node.runs)
    return node._replace(runs=runs if any(run.marks for run in runs) else ())
