"""What stands at the edges of a book's pages and is none of its text: running heads, running feet, page numbers.

A row at the top or the foot of a page is furniture where the same words come at the same height page after page, or
where it holds a number that counts the pages. Chapter headings at the top of pages, which come once each, are not.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ficshelf.passes import headings
from ficshelf.readers.pdf_pages import Line

HEAD, FOOT, NUMBER = "running head", "running foot", "page number"
_HEADER = 20  # lines on top of the first page that state the title and the author
_FAR = 2.2  # times the size of the text that a head stands above it, at the least
_BETWEEN = re.compile(r"\s[/|–—·•~-]\s")  # title and author in a head
_DEPTH = 3  # rows from each edge that may be furniture
_SAME = 3.0  # points between heights that are the same
_ARABIC = re.compile(r"(?<![\d.,:/])\d{1,5}(?![\d:])(?!,\d)")
_ROMAN = re.compile(r"\A\W*([ivxl]{1,7})\W*\Z")
_AROUND = re.compile(r"\bpage\b|\bseite\b|\bp\.|\bof\b|\bvon\b|[-–—|/\\·•~*()\[\]<>:.\s]|\d+", re.IGNORECASE)
_PLAINLY = re.compile(r"\W*page \d+(?: of \d+)?\W*|\d+ ?/ ?\d+|[-–—] ?\d+ ?[-–—]", re.IGNORECASE)
_PRINTED = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \S|(?:https?|file)://\S+(?:\s.*)?\Z")  # by a browser
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}


class _Row(NamedTuple):
    """The lines on one baseline at the edge of a page, and the numbers among their words."""

    page: int
    lines: tuple[int, ...]
    text: str
    y: float
    size: float
    gap: float  # to the next row towards the middle of the page
    numbers: tuple[int, ...]


def find(pages: Sequence[Sequence[Line]], body: float) -> dict[tuple[int, int], str]:
    """Why a line is furniture, by its page and its place among the page's lines. `body` is the size of the text."""
    found: dict[tuple[int, int], str] = {}
    rows = [_rows(number, lines) for number, lines in enumerate(pages)]
    for is_top in (True, False):
        inside = [list(page if is_top else reversed(page)) for page in rows]
        going_on = set(range(len(inside)))  # pages whose outer rows are all furniture
        for depth in range(_DEPTH):
            edge = [
                _with_gap(inside[number], depth)
                for number in going_on
                if len(inside[number]) > depth + (depth > 0 or len(pages) > 1)
            ]
            reasons = _judged(edge, is_top, body, len(pages))
            going_on = {row.page for row in reasons}
            found.update({(row.page, line): why for row, why in reasons.items() for line in row.lines})
    found.update(_said_on_first(rows, pages, body, found))
    return found


def _said_on_first(
    rows: Sequence[Sequence[_Row]], pages: Sequence[Sequence[Line]], body: float, found: Mapping[tuple[int, int], str]
) -> dict[tuple[int, int], str]:
    """Heads of a story of a few pages, which come once or twice: small, far above the text, and each of their words,
    title or name, ends a line on top of the first page; or a sentence goes on below them."""
    if len(pages) < 2 or not rows[0]:
        return {}
    first = [line.text.casefold().rstrip() for line in pages[0][:_HEADER]]
    heads: dict[tuple[int, int], str] = {}
    for number in range(1, len(rows)):
        if len(rows[number]) < 2 or (number, rows[number][0].lines[0]) in found:
            continue
        row = _with_gap(rows[number], 0)
        if row.size > 0.95 * body or row.gap < _FAR * body:
            continue
        said = [part.strip().casefold() for part in _BETWEEN.split(row.text)]
        stated = all(any(part and line.endswith(part) for line in first) for part in said)
        if stated or _goes_on([row for row in rows[number - 1] if (row.page, row.lines[0]) not in found], rows[number]):
            heads.update({(number, line): HEAD for line in row.lines})
    return heads


def _goes_on(above: Sequence[_Row], below: Sequence[_Row]) -> bool:
    """Whether a sentence of one page goes on below the first row of the next."""
    return bool(above) and (above[-1].text[-1].isalpha() or above[-1].text[-1] == ",") and below[1].text[0].islower()


def _rows(page: int, lines: Sequence[Line]) -> list[_Row]:
    """The rows of a page from the top down. Only those near its edges are ever looked at."""
    order = sorted(range(len(lines)), key=lambda place: (-lines[place].y, lines[place].x0))
    together: list[list[int]] = []
    for place in order:
        last = together[-1] if together else []
        if last and abs(lines[last[0]].y - lines[place].y) < 0.3 * lines[place].size:
            last.append(place)
        else:
            together.append([place])
    kept = together if len(together) <= 2 * _DEPTH + 2 else [*together[: _DEPTH + 1], *together[-_DEPTH - 1 :]]
    rows = []
    for places in kept:
        places.sort(key=lambda place: lines[place].x0)
        text = " ".join(lines[place].text for place in places)
        first = lines[places[0]]
        rows.append(_Row(page, tuple(places), text, first.y, first.size, 0.0, _numbers(text)))
    return rows


def _with_gap(rows: Sequence[_Row], depth: int) -> _Row:
    row = rows[depth]
    return row._replace(gap=abs(row.y - rows[depth + 1].y)) if len(rows) > depth + 1 else row._replace(gap=999.0)


def _numbers(text: str) -> tuple[int, ...]:
    if len(text) > 200:
        return ()
    roman = _ROMAN.match(text)
    if roman:
        values = [_VALUES[letter] for letter in roman[1]]
        after = [*values[1:], 0]
        return (sum(-one if one < then else one for one, then in zip(values, after, strict=True)),)
    return tuple(int(found[0]) for found in _ARABIC.finditer(text))


def _judged(edge: Sequence[_Row], is_top: bool, body: float, count: int) -> dict[_Row, str]:
    """Why rows at one edge of the pages are furniture; the others are text."""
    offsets = Counter(number - row.page for row in edge for number in set(row.numbers) if row.size <= 1.1 * body)
    offset, counted = offsets.most_common(1)[0] if offsets else (0, 0)
    if counted < 2 or (counted < 3 and counted < count - 1):
        offset = -count - 1
    alike: dict[str, list[_Row]] = defaultdict(list)
    for row in edge:
        alike[_words(row, offset)].append(row)
    at_height = Counter(round(row.y / _SAME) for row in edge)
    again = Counter(
        height
        for rows in alike.values()
        for height, times in Counter(round(row.y / _SAME) for row in rows).items()
        for _ in range(times if times > 1 else 0)
    )
    reasons: dict[_Row, str] = {}
    side = HEAD if is_top else FOOT
    for words, rows in alike.items():
        heights = Counter(round(row.y / _SAME) for row in rows)
        for row in rows:
            if not any(letter.isalnum() for letter in row.text) or row.size > 1.35 * body:
                continue
            height = round(row.y / _SAME)
            same = _near(heights, height)
            if 2 * _near(again, height) < _near(at_height, height):
                same = 1  # most pages say something else there: it is where their text begins or ends
            is_numbered = row.page + offset in row.numbers and not headings.parse(row.text)
            if not words and is_numbered and (same > 2 or not is_top or row.size < body):
                reasons[row] = NUMBER
            elif not words:
                if (
                    not is_top
                    and row.numbers[:1] == (row.page + 1,)
                    and (_PLAINLY.fullmatch(row.text) or (count == 1 and _is_apart(row, body)))
                ):
                    reasons[row] = NUMBER
            elif (
                same >= 3
                or (same == 2 and (is_numbered or (row.gap > 2.2 * body and count <= 4)))
                or (_PRINTED.match(row.text) and row.size < 0.9 * body)
            ):
                reasons[row] = side
    bands = Counter(_band(row) for row, why in reasons.items() if why == side)
    for row in edge:  # the title of a short chapter stands over one page alone
        if row not in reasons and row.gap > 1.7 * body and bands[_band(row)] >= 3:
            reasons[row] = side
    return reasons


def _near(counts: Counter[int], height: int) -> int:
    return counts[height - 1] + counts[height] + counts[height + 1]


def _is_apart(row: _Row, body: float) -> bool:
    """Whether a number stands for itself below the text of the only page: far from it, or in small figures."""
    return row.text.isdecimal() and row.gap > (1.7 if row.size < 0.95 * body else 3.5) * body


def _band(row: _Row) -> tuple[int, int]:
    return round(row.y), round(2 * row.size)


def _words(row: _Row, offset: int) -> str:
    """What a row says beside the number of its page; "" where it says nothing else."""
    is_roman = row.page + offset in row.numbers and _ROMAN.match(row.text)
    if is_roman or not _AROUND.sub("", row.text):
        return ""
    said = row.text.casefold()
    if row.page + offset in row.numbers and not headings.parse(row.text):
        said = re.sub(rf"\b{row.page + offset}\b", "#", said)
    return " ".join(said.split())
