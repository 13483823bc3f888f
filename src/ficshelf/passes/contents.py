"""Contents lists: lines that stand together on top, each of which stands again further down as a heading.

They are set apart before anything else looks at them, so that neither a header line nor a chapter is made of one.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Sequence

from ficshelf.model import Chrome, Draft, Node
from ficshelf.passes import headings

_NAMES = frozenset(
    ("contents", "table of contents", "chapters", "chapter list", "index", "inhalt", "inhaltsverzeichnis", "índice")
)
_LONGEST = 100  # characters a line of the list may have
_TOLD = 60  # characters that a line of the story has at the least, among lines that may be headings
_NUMBERED = re.compile(r"(\d{1,3})\s*[.):-]\s+[^\W\d_].{0,80}")
_SPEECH = re.compile(r"[—–].*[.!?…]|[\"“«].*[.,!?…][\"”»]", re.S)
_AROUND = " .:*_-=~\t"  # signs around a line that say nothing
_LONGEST_NUMBER = 8  # characters of a line that is but a number
_MOST = 400  # lines that a list may have
_TOP = 200  # lines from the top within which a list begins


def apply(draft: Draft) -> Draft:
    """Set contents lists apart as chrome."""
    draft = _titles_again(draft)
    keys, looked_at = _on_top(draft.nodes)
    below = draft.nodes[looked_at:]
    runs = [run for run in _runs(keys) if run[0] <= _TOP]
    ends = _places(below, looked_at, keys, {keys[index] for run in runs for index in run[-2:]})
    runs = [run for run in runs if any(ends[keys[index]][-1] > run[-1] for index in run[-2:])]  # all but one come again
    if not runs:
        return draft
    places = _places(below, looked_at, keys, {keys[index] for run in runs for index in run})
    nodes = list(draft.nodes)
    chrome = list(draft.chrome)

    def again(index: int, behind: int) -> int:
        """Where the line at `index` stands again behind the one at `behind`; 0 for nowhere."""
        listed = places[keys[index]]
        at = bisect.bisect_right(listed, behind)
        return listed[at] if at < len(listed) else 0

    for run in runs:
        run = run[next((at for at, index in enumerate(run) if again(index, run[-1])), len(run)) :]
        listed = [index for index in run if again(index, run[-1])]
        named = bool(run) and run[0] > 0 and _is_name(nodes[run[0] - 1])
        if run and run[0] > _TOP:
            break
        linked = bool(run) and all(nodes[index].hint == "li" for index in run)
        if len(listed) < (2 if named or linked else 3) or len(listed) < len(run) - 1 or len(places[keys[run[0]]]) < 2:
            continue
        if not named and any(nodes[index].text[0].islower() and headings.goes_on(nodes, index) for index in run):
            continue  # a passage that stands there again, its lines cut at a width
        if not named and 2 * sum(1 for index in run if _SPEECH.fullmatch(nodes[index].text)) >= len(run):
            continue
        later = [again(index, run[-1]) for index in listed]
        least = _TOLD // 2 if named else _TOLD
        pairs = itertools.pairwise([*later, len(nodes)])
        if not all(_is_told_between(nodes, here, after, least) for here, after in pairs):
            continue  # the same lines again in another order, or with nothing between them: a refrain, a letter's head
        for index in later:
            if not nodes[index].kind and headings.parse(nodes[index].text) is None:
                nodes[index] = nodes[index]._replace(
                    kind="heading", detail=headings.pack(headings.named(nodes[index].text))
                )
        for index in [run[0] - 1, *run] if named else run:
            nodes[index] = nodes[index]._replace(kind="chrome")
            chrome += [Chrome(span, "contents") for span in nodes[index].spans]
    return draft._replace(nodes=tuple(nodes), chrome=tuple(chrome))


def set_apart_above(draft: Draft, nodes: list[Node], found: dict[int, headings.Heading]) -> Draft:
    """Lines that stand together above the first heading, two of which say what chapters are called, each perhaps with
    more around it (`Side B, 4. "Salt"  <- you are here`), are a list of contents: chrome, marked in `nodes`."""
    first = min(found, default=0)
    titles = {heading.title.casefold() for heading in found.values() if heading.title and len(heading.title) > 3}
    if not titles or first > _TOP:
        return draft
    chrome = list(draft.chrome)
    start = 0
    while start < first:
        stop = start + 1
        while stop < first and not nodes[stop].gap and not nodes[stop].kind:
            stop += 1
        lines = [] if nodes[start].kind else [node.text.casefold() for node in nodes[start:stop]]
        if len(lines) > 1 and max(map(len, lines)) <= _LONGEST:
            named = {title for title in titles for line in lines if title in line}
            if len(named) > 1 and not any(_SPEECH.fullmatch(node.text) for node in nodes[start:stop]):
                for index in range(start, stop):
                    nodes[index] = nodes[index]._replace(kind="chrome")
                    chrome += [Chrome(span, "contents") for span in nodes[index].spans]
        start = stop
    return draft._replace(chrome=tuple(chrome))


def _titles_again(draft: Draft) -> Draft:
    """A numbered list of titles on top (`1. The Flat by X`), each of which stands again further down, but perhaps for
    the last ones of a text that is cut off: the list is chrome, and those lines are headings that have its numbers."""
    run: list[tuple[int, headings.Heading]] = []
    for index, node in enumerate(draft.nodes[:_TOP]):
        heading = _item(node.text) if not node.kind and len(node.text) <= _LONGEST else None
        if heading and heading.title and heading.number == len(run) + 1 and (not run or index == run[-1][0] + 1):
            run.append((index, heading))
        elif len(run) > 1:
            break
        else:
            run = []
    if len(run) < 2:
        return draft
    found: list[int] = []
    listed = [(heading.title or "").casefold() for _, heading in run]
    for index, node in enumerate(itertools.islice(draft.nodes, run[-1][0] + 1, None), run[-1][0] + 1):
        if node.kind or len(node.text) > _LONGEST or len(found) == len(run):
            continue
        if node.text.strip(_AROUND).casefold() == listed[len(found)]:
            found.append(index)
    nodes = list(draft.nodes)
    signed = len({text.rpartition(" by ")[2] for text in listed}) == 1 and " by " in listed[0]
    cut_off = signed and bool(found) and found[0] == run[-1][0] + 1  # `2. Oil by Ann`, and only the first is there
    if len(found) < (1 if cut_off else 2) or not all(
        _is_told_between(nodes, here, after, _TOLD) for here, after in itertools.pairwise([*found, len(nodes)])
    ):
        return draft
    for index, (_, heading) in zip(found, run, strict=False):
        own = headings.parse(nodes[index].text)
        told = own if own and own.number is not None else heading
        nodes[index] = nodes[index]._replace(kind="heading", detail=headings.pack(told))
    for index, _ in run:
        nodes[index] = nodes[index]._replace(kind="chrome")
    chrome = [Chrome(span, "contents") for index, _ in run for span in nodes[index].spans]
    return draft._replace(nodes=tuple(nodes), chrome=(*draft.chrome, *chrome))


def _item(text: str) -> headings.Heading | None:
    """A number and a title, as a list of contents has them: `1. The Flat by X`, `1. Chapter One: The Flat`."""
    if headings.is_listed(text) and (numbered := _NUMBERED.fullmatch(text)):
        return headings.Heading(int(numbered[1]), text[numbered.end(1) :].lstrip(" \t.):-"))
    return headings.bare(text)


def _on_top(nodes: Sequence[Node]) -> tuple[dict[int, str], int]:
    """The keys of the lines on top, and how many lines were looked at: a list that begins on top goes on below."""
    keys: dict[int, str] = {}
    for index, node in enumerate(nodes[: _TOP + _MOST]):
        if index > _TOP and index - 1 not in keys:
            return keys, index
        if not node.kind and len(node.text) <= _LONGEST and (key := _key(node.text)):
            keys[index] = key
    return keys, min(len(nodes), _TOP + _MOST)


def _places(nodes: Sequence[Node], first: int, keys: dict[int, str], wanted: set[str]) -> dict[str, list[int]]:
    """Where lines stand that have one of the keys that are wanted: among those on top, whose keys are known, and among
    `nodes`, the first of which stands at `first`."""
    places: dict[str, list[int]] = {key: [] for key in wanted}
    for index, key in keys.items():
        if key in wanted:
            places[key].append(index)
    numbered = any(key[1:2] == ":" for key in wanted)
    for index, node in enumerate(nodes, first):
        if node.kind or len(node.text) > _LONGEST:
            continue
        key = _key(node.text) if numbered else node.text.strip(_AROUND).lower()
        if key in places:
            places[key].append(index)
    return places


def _key(text: str) -> str:
    """What two mentions of one chapter have in common: its number and title, or the folded line."""
    heading = headings.parse(text)
    if heading and heading.number is not None:
        return f"{heading.level}:{heading.number}"
    if text[0].isdigit() and (numbered := _NUMBERED.fullmatch(text)):
        return f"2:{int(numbered[1])}"
    if len(text) <= _LONGEST_NUMBER and (alone := headings.bare(text)) and alone.number and not alone.title:
        return f"2:{alone.number}"
    folded = text.strip(_AROUND).lower()
    return folded if len(folded) >= 3 else ""


def _is_told_between(nodes: list[Node], here: int, after: int, least: int) -> bool:
    """Whether something is told between two lines of the text, the second of which stands further down."""
    return after - here > 8 or any(len(node.text) > least for node in nodes[here + 1 : after])


def _runs(keys: dict[int, str]) -> list[list[int]]:
    """Rows of lines that stand next to one another; a key that comes again begins a new row."""
    runs: list[list[int]] = []
    seen: set[str] = set()
    for index in sorted(keys):
        if runs and index == runs[-1][-1] + 1 and keys[index] not in seen:
            runs[-1].append(index)
        else:
            runs.append([index])
            seen = set()
        seen.add(keys[index])
    return [run for run in runs if len(run) >= 2]


def _is_name(node: Node) -> bool:
    return not node.kind and node.text.strip(" :.*_-=~").lower() in _NAMES
