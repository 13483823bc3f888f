"""What several passes do to nodes: cut them, change their text, and find their place in the text layer again."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from ficshelf.model import Node, Run, Span

_BLANK = re.compile(r"\s+")
STORY = "story"  # the `detail` of the first node of a further story in one text
_TAGS = ("<i>", "<em>", "[i]")
_CLOSING_TAGS = ("</i>", "</em>", "[/i]")
TERMINAL = frozenset(".!?…\"”“’‘'»«)*~]:;—-–")  # what a whole paragraph ends with; “ and « close in German


def cut_runs(runs: tuple[Run, ...], at: int) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The runs before and after character `at` of their joined text."""
    left: list[Run] = []
    right: list[Run] = []
    for run in runs:
        if at >= len(run.text):
            left.append(run)
        elif at <= 0:
            right.append(run)
        else:
            left.append(run._replace(text=run.text[:at]))
            right.append(run._replace(text=run.text[at:]))
        at -= len(run.text)
    return tuple(left), tuple(right)


def strip_runs(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Runs without the blanks at both ends, and without empty runs."""
    written = [index for index, run in enumerate(runs) if run.text and not run.text.isspace()]
    if not written:
        return ()
    kept = [run for run in runs[written[0] : written[-1] + 1] if run.text]
    kept[0] = kept[0]._replace(text=kept[0].text.lstrip())
    kept[-1] = kept[-1]._replace(text=kept[-1].text.rstrip())
    return tuple(kept)


def plain(runs: Iterable[Run]) -> str:
    """The words of some runs."""
    return "".join(run.text for run in runs)


def cut(layer: str, node: Node, at: int) -> tuple[Node, Node]:
    """Part a node before character `at` of its text; both halves keep their own part of its spans.

    Where the node's text is no longer the text layer's (it was repaired), both keep all of them.
    """
    left_runs, right_runs = (strip_runs(half) for half in cut_runs(node.as_runs(), at))
    before = _letters(node.text[:at])
    place = (
        after_letters(layer, node.spans, before)
        if before + _letters(node.text[at:]) == _span_letters(layer, node)
        else None
    )
    left_spans = right_spans = node.spans
    if place is not None:
        left_spans = tuple(Span(start, min(end, place)) for start, end in node.spans if start < place)
        right_spans = tuple(Span(max(start, place), end) for start, end in node.spans if end > place)
        right_spans = tuple(_without_lead(layer, span) for span in right_spans)
    left = node._replace(text=plain(left_runs), runs=left_runs if node.runs else (), spans=left_spans)
    right = node._replace(
        text=plain(right_runs), runs=right_runs if node.runs else (), spans=right_spans, gap=1, page=False
    )
    return left, right


def after_letters(layer: str, spans: tuple[Span, ...], count: int) -> int | None:
    """The place in the text layer right after the first `count` characters of `spans` that are not blank."""
    for start, end in spans:
        for place in range(start, end):
            if count == 0:
                return place
            if not layer[place].isspace():
                count -= 1
    return spans[-1].end if spans and count == 0 else None


def join(layer: str, group: Sequence[Node], kind: str = "", between: str = "\n") -> Node:
    """One node of lines that belong together; `between` parts them, or nothing after a line that ends in a hyphen."""
    first = group[0]
    texts = [node.text for node in group]
    gaps = [between] * (len(texts) - 1)
    text = between.join(texts)
    if between == " " and any(said[-1:] == "-" for said in texts):
        gaps = ["" if _is_cut_word(said, after) else " " for said, after in itertools.pairwise(texts)]
        text = "".join([piece for pair in zip(texts, [*gaps, ""], strict=True) for piece in pair])
    runs: list[Run] = []
    if any(node.runs for node in group):
        for node, gap in zip(group, [*gaps, ""], strict=True):
            runs += (*node.as_runs(), Run(gap))
        if not any(run.marks or run.link for run in runs):
            runs = []
    spans = merge(layer, [span for node in group for span in node.spans])
    settled = (kind or first.kind, first.gap, first.indent, first.hint, first.page, first.detail)
    return Node(text, spans, join_runs(runs), *settled)


def join_runs(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs with neighbours of the same look made one; a parting blank takes on the look of what stands before it."""
    joined: list[tuple[Run, list[str]]] = []
    for run in runs:
        if not run.text:
            continue
        if joined and (run.text in ("\n", " ") or (run.marks, run.link) == joined[-1][0][1:]):
            joined[-1][1].append(run.text)
        else:
            joined.append((run, [run.text]))
    return tuple(run if len(texts) == 1 else run._replace(text="".join(texts)) for run, texts in joined)


def _is_cut_word(line: str, after: str) -> bool:
    return line[-1:] == "-" and not line.endswith(("--", " -")) and after[:1].islower()


def is_italic(node: Node) -> bool:
    """Whether all of a node is in italics, by markup or as they are typed: `*…*`, `_…_`, `<i>…</i>`."""
    if node.runs:
        return all("em" in run.marks or not run.text.strip() for run in node.runs)
    if node.text[:1] in ("*", "_"):
        return node.text[-1] == node.text[0] and len(node.text) > 3
    return (
        node.text[:1] in ("<", "[")
        and node.text.lower().startswith(_TAGS)
        and node.text.lower().endswith(_CLOSING_TAGS)
    )


def cover(spans: Iterable[Span]) -> tuple[Span, ...]:
    """One span from the first to the last of `spans`, which follow one another with nothing but blanks between."""
    listed = [span for span in spans if span.end > span.start]
    if not listed:
        return ()
    return (Span(min(span.start for span in listed), max(span.end for span in listed)),)


def usual_gap(nodes: Iterable[Node]) -> int:
    """How many blank lines mostly stand before what is told."""
    gaps = sorted(node.gap for node in nodes if not node.kind)
    return gaps[len(gaps) // 2] if gaps else 0


def heading_level(node: Node) -> int:
    """The level of an element that the page itself calls a heading, 0 for any other."""
    return int(node.hint[1]) if len(node.hint) == 2 and node.hint[0] == "h" and node.hint[1].isdigit() else 0


def merge(layer: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in their order, those joined into one that have nothing but blanks between them."""
    merged: list[Span] = []
    first = reached = -1  # of the span at hand
    for start, end in spans:
        if end <= start:
            continue
        if 0 <= reached <= start and not layer[reached:start].strip():
            reached = end
            continue
        if reached >= 0:
            merged.append(Span(first, reached))
        first, reached = start, end
    return (*merged, Span(first, reached)) if reached >= 0 else ()


def _letters(text: str) -> int:
    return len(_BLANK.sub("", text))


def _span_letters(layer: str, node: Node) -> int:
    return sum(_letters(layer[start:end]) for start, end in node.spans)


def _without_lead(layer: str, span: Span) -> Span:
    said = layer[span.start : span.end]
    return Span(span.start + len(said) - len(said.lstrip()), span.end)
