"""A cover set in type: the title, the author and the fandom on a plain ground, as SVG. No picture, no font is needed.

The ground's colour comes from the fandom, or the title, so that books of one fandom stand together on a shelf.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator

from ficshelf.writers.facts import UNTITLED, About, shorten
from ficshelf.writers.markup import escape

WIDTH, HEIGHT = 1600, 2400

_WITHOUT_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")

# Ground, ornament: deep enough for pale letters to read on (contrast above 7:1 for each).
_GROUNDS = (
    ("#1f3a4d", "#c9a86a"),  # slate blue
    ("#4a1f2b", "#d3ab7a"),  # oxblood
    ("#24402f", "#c8b273"),  # bottle green
    ("#35294f", "#c7a9c9"),  # plum
    ("#4b3621", "#d8b27a"),  # bookcloth brown
    ("#143f44", "#a9cbbd"),  # deep teal
    ("#2b2b33", "#c9a86a"),  # ink
    ("#502c3f", "#d9b0a0"),  # mulberry
)
_PAPER = "#f6efe1"
_MEASURE = 1240  # the width that lines of type may take
_NARROW, _WIDE = frozenset("iljtfrI.,:;!'’‘()[]|/ -"), frozenset("mwMW@%—")


def cover(about: About) -> str:
    """The cover as an SVG document, 1600 by 2400."""
    untitled = about.title == UNTITLED
    by = next(iter(about.tags.get("fandom", ())), "") or about.title
    ground, gold = _GROUNDS[zlib.crc32(by.encode("utf-8", "replace")) % len(_GROUNDS)]
    size, lines = _fitted(about.title, (170, 150, 130, 112, 96, 82), 6)
    leading = size * 1.22
    top = 900 - leading * (len(lines) - 1) / 2
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}">\n'
        f"<title>{escape(shorten(about.title, 300))}</title>\n"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{ground}"/>\n'
        f'<rect x="70" y="70" width="{WIDTH - 140}" height="{HEIGHT - 140}" fill="none" stroke="{gold}" '
        'stroke-width="6"/>\n'
        f'<rect x="94" y="94" width="{WIDTH - 188}" height="{HEIGHT - 188}" fill="none" stroke="{gold}" '
        'stroke-width="2"/>\n'
        "<g text-anchor=\"middle\" font-family=\"Georgia, 'Iowan Old Style', Palatino, 'Book Antiqua', serif\">\n"
    ]
    style = ' font-style="italic"' if untitled else ""
    parts.extend(_text(lines, top, leading, size, _PAPER, style))
    rule = top + leading * (len(lines) - 1) + 190
    parts.append(_ornament(rule, gold))
    if about.authors:
        size, lines = _fitted(shorten(about.byline, 160), (92, 80, 68, 58), 3)
        parts.extend(_text(lines, rule + 200, size * 1.25, size, _PAPER, ""))
    if fandoms := about.tags.get("fandom", ()):
        size, lines = _fitted(shorten(" · ".join(fandoms), 140), (54, 48), 2)
        parts.extend(_text(lines, HEIGHT - 210 - size * 1.3 * (len(lines) - 1), size * 1.3, size, gold, ""))
    parts.append("</g>\n</svg>\n")
    return "".join(parts)


def _text(lines: list[str], top: float, leading: float, size: int, fill: str, more: str) -> Iterator[str]:
    for number, line in enumerate(lines):
        y = round(top + number * leading)
        yield f'<text x="{WIDTH // 2}" y="{y}" font-size="{size}" fill="{fill}"{more}>{escape(line)}</text>\n'


def _ornament(y: float, fill: str) -> str:
    y, middle = round(y), WIDTH // 2
    return (
        f'<g fill="{fill}" stroke="{fill}" stroke-width="3">'
        f'<line x1="{middle - 240}" y1="{y}" x2="{middle - 50}" y2="{y}"/>'
        f'<line x1="{middle + 50}" y1="{y}" x2="{middle + 240}" y2="{y}"/>'
        f'<path d="M{middle} {y - 22} l22 22 l-22 22 l-22 -22 z"/></g>\n'
    )


def _fitted(text: str, sizes: tuple[int, ...], most: int) -> tuple[int, list[str]]:
    """The largest of the sizes at which the text takes at most so many lines, and the lines; cut short if it must."""
    text = shorten(_settable(text), 400)
    for size in sizes:
        lines = _wrapped(text, size)
        # Scripts that are written without spaces may be cut anywhere; a word of letters had better stay whole.
        longest_word = max(
            (_width(word) * size for word in text.split() if not _WITHOUT_SPACES.search(word)), default=0
        )
        if len(lines) <= min(most, 2 + (sizes[0] - size) // 14) and (longest_word <= _MEASURE or size == sizes[-1]):
            return size, lines
    lines = _wrapped(text, sizes[-1])
    if len(lines) > most:
        lines = [*lines[: most - 1], shorten(lines[most - 1], max(len(lines[most - 1]) - 1, 2))]
    return sizes[-1], lines


def _settable(text: str) -> str:
    """The text with at most two marks on a letter: more would run over the lines above and below."""
    out: list[str] = []
    marks = 0
    for character in unicodedata.normalize("NFC", text):
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= 2:
            out.append(character)
    return "".join(out)


def _wrapped(text: str, size: int) -> list[str]:
    """Lines of nearly equal width, none wider than the measure; a word that is too long is cut."""
    pieces = [piece for word in text.split() for piece in _cut(word, size)] or [""]
    fewest = len(_filled(pieces, _MEASURE / size))
    measure = max(_width(text) / fewest, 1.0)
    while len(lines := _filled(pieces, measure)) > fewest and measure * size < _MEASURE:
        measure *= 1.06
    return lines if len(lines) == fewest else _filled(pieces, _MEASURE / size)


def _filled(pieces: list[str], measure: float) -> list[str]:
    lines, width = [pieces[0]], _width(pieces[0])
    for piece in pieces[1:]:
        more = _width(piece)
        if width + 0.28 + more <= measure:
            lines[-1] += " " + piece
            width += 0.28 + more
        else:
            lines.append(piece)
            width = more
    return lines


def _cut(word: str, size: int) -> Iterator[str]:
    piece, width = "", 0.0
    for character in word:
        more = _width(character)
        if piece and (width + more) * size > _MEASURE and not unicodedata.combining(character):
            yield piece
            piece, width = "", 0.0
        piece += character
        width += more
    yield piece


def _width(text: str) -> float:
    """How wide a text is set in a book face, in ems: near enough to break lines by."""
    width = 0.0
    for character in text:
        if character in _NARROW:
            width += 0.32
        elif character in _WIDE:
            width += 0.9
        elif character.isascii():
            width += 0.68 if character.isupper() else 0.53
        elif unicodedata.combining(character):
            continue
        elif unicodedata.east_asian_width(character) in "WF":
            width += 1.0
        else:
            width += 0.6
    return width
