"""How a page was read, line by line: a line has the label of the block, fact or chrome that covers most of it.

Lines are found in the text layer by their letters and digits, since a reader of markup or of Markdown leaves the signs
out. A break is a break wherever it covers a part of a line; an ornament may be read in any way; furniture of a site may
be kept apart as chrome or as facts; a paragraph must be a paragraph.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

from bench.pages.labelled import Line, Page
from ficshelf import reading
from ficshelf.model import STATED, Chapter, Reading, Work

FACTS = ("title", "author", "rating", "fandom", "summary", "spoilers", "disclaimer", "note", "complete")
_AS_PARAGRAPH = frozenset(("paragraph", "list", "image", "table", "preformatted"))
_WANTED = {"para": "paragraph", "letter": "quote", "title": "meta"}
_MARKUP = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1>|<(?:!|/?[a-zA-Z])[^>]*>", re.DOTALL)
_NOTE_LABEL = re.compile(r"\W*[^\n:]{0,30}(?:notes?|a/?n\d?|comments?|disclaimers?)\W*:", re.IGNORECASE)
_LABEL_ALONE = re.compile(r"\W*[\w /]{3,24}:|[\d.,/?\s]+")
_NEAR, _FAR = 400, 6000  # letters from one line to the next within which furniture, or a short line, is looked for


@dataclass(slots=True)
class Score:
    """What came of one page, or of many. Lines are those that are no paragraphs of the story."""

    pages: int = 0
    right: int = 0
    wrong: int = 0  # said to be something that it is not
    missed: int = 0  # not said to be what it is
    chapters: int = 0
    chapters_right: int = 0
    facts: int = 0
    facts_right: int = 0
    invented: int = 0
    works_right: int = 0  # pages with as many stories as there are
    problems: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        said = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / said if said else 1.0

    def add(self, other: Score) -> None:
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def figures(self) -> dict[str, float]:
        """What must not fall, by name; of invented facts there is less than none."""
        return {
            "lines F1": round(self.f1, 4),
            "chapters right": round(self.chapters_right / max(1, self.chapters), 4),
            "facts right": round(self.facts_right / max(1, self.facts), 4),
            "stories counted right": round(self.works_right / max(1, self.pages), 4),
            "minus invented": -float(self.invented),
        }


def score(page: Page) -> Score:
    """How a page is read."""
    found = reading.read([(page.data, page.name)])
    made = Score(pages=1, works_right=int(len(found.works) == page.works))
    if not made.works_right:
        made.problems.append(f"{len(found.works)} stories read where there are {page.works}")
    if not page.works:
        return made
    places = _lines(page, found, made)
    if page.works == 1:
        work = found.works[0] if found.works else Work({}, ())
        _chapters(page, work, places, made, found.sources[0].text if found.sources else "")
        _facts(page, work, made)
    return made


def _lines(page: Page, found: Reading, made: Score) -> dict[int, tuple[int, int]]:
    """Compares the lines, and returns where each lies in the text layer."""
    layer, covers = _Layer(found.sources[0].text if found.sources else ""), _covers(found)
    places: dict[int, tuple[int, int]] = {}
    for line in page.lines:
        text = html.unescape(_MARKUP.sub("", line.text)) if page.is_markup else line.text
        if not text.strip() or line.label == "ornament":
            continue
        wanted = _WANTED.get(line.label, line.label)
        place = layer.find(text, _NEAR if line.label == "chrome" else _FAR)
        if place is None:
            if wanted not in ("chrome", "paragraph") and any(char.isalnum() for char in text):
                made.missed += 1
                made.problems.append(_told(line, wanted, "nothing"))
            continue
        places[line.number] = place
        got = _label(place, covers)
        if got == wanted or (wanted == "chrome" and got in ("chrome", "meta", "")) or _is_either(wanted, got, text):
            made.right += wanted != "paragraph"
            continue
        made.missed += wanted != "paragraph"
        made.wrong += got != "paragraph"
        made.problems.append(_told(line, wanted, got or "nothing"))
    return places


def _is_either(wanted: str, got: str, text: str) -> bool:
    """Whether a line may be either: a note or a disclaimer with its label above a story is a fact of the header as well
    as a note, and the label of a value on the next line belongs to the header as well as to the site."""
    if {wanted, got} == {"note", "meta"}:
        return _NOTE_LABEL.match(text) is not None
    return (wanted, got) == ("meta", "chrome") and _LABEL_ALONE.fullmatch(text.strip()) is not None


def _told(line: Line, wanted: str, got: str) -> str:
    return f"line {line.number}: {wanted} read as {got}: {' '.join(line.text.split())[:100]}"


class _Layer:
    """The text layer, in which lines are found one behind the other."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places = [at for at, char in enumerate(text) if char.isalnum()]
        self.letters = "".join(text[at] for at in self.places)
        self.at = 0  # of the letters

    def find(self, line: str, reach: int) -> tuple[int, int] | None:
        """Where a line stands behind those found before, as characters of the layer; a short line within `reach`
        letters, a longer one anywhere. Furniture, which need not be in the layer, is looked for nearby alone."""
        letters = _letters(line)
        if not letters:
            return self._signs("".join(line.split()))
        found = self.letters.find(letters, self.at)
        if found < 0 or (found > self.at + reach and (len(letters) < 12 or reach == _NEAR)):
            return None
        self.at = found + len(letters)
        return self.places[found], self.places[found + len(letters) - 1] + 1

    def _signs(self, line: str) -> tuple[int, int] | None:
        """A line of signs, between the last letter that was found and the next."""
        start = self.places[self.at - 1] + 1 if self.at else 0
        end = self.places[self.at] if self.at < len(self.places) else len(self.text)
        between = [at for at in range(start, end) if not self.text[at].isspace()]
        found = "".join(self.text[at] for at in between).find(line)
        return (between[found], between[found + len(line) - 1] + 1) if found >= 0 else None


def _covers(found: Reading) -> list[tuple[int, int, str]]:
    """What covers the first source: (start, end, label)."""
    covers = [
        (span.start, span.end, "paragraph" if block.kind in _AS_PARAGRAPH else block.kind)
        for work in found.works
        for chapter in work.chapters
        for block in chapter.blocks
        for span in block.spans
        if block.source == 0
    ]
    told = (fact for work in found.works for facts in work.facts.values() for fact in facts if fact.source == 0)
    covers += [(span.start, span.end, "meta") for fact in told for span in fact.spans]
    covers += [(*one.span, "chrome") for source in found.sources[:1] for one in source.chrome]
    return covers


def _label(place: tuple[int, int], covers: list[tuple[int, int, str]]) -> str:
    """What covers most of a line, blocks before facts before chrome; "" where nothing does."""
    most, best = 0, ""
    for start, end, label in covers:
        over = min(end, place[1]) - max(start, place[0])
        if over > 0 and label == "break":
            return label
        if over > most:
            most, best = over, label
    return best


def _chapters(page: Page, work: Work, places: dict[int, tuple[int, int]], made: Score, text: str) -> None:
    required = [one for one in page.chapters if not one.get("optional")]
    wanted = list(page.chapters) if len(work.chapters) == len(page.chapters) else required
    made.chapters += len(wanted)
    if len(work.chapters) != len(wanted):
        told = [(one.number, one.title) for one in work.chapters]
        made.problems.append(f"{len(work.chapters)} chapters read where there are {len(wanted)}: {told}")
        return
    begins = [line.number for line in page.lines if line.starts]
    lines = dict(zip(range(len(page.chapters)), begins, strict=False)) if len(begins) == len(page.chapters) else {}
    for number, (want, got) in enumerate(zip(wanted, work.chapters, strict=True)):
        at = lines.get(number, -1)
        if _is_right(want, got, places.get(at), text, _ornaments_above(page, at)):
            made.chapters_right += 1
        else:
            made.problems.append(
                f"chapter {want} read as number {got.number}, title {got.title!r}, or from another line"
            )


def _ornaments_above(page: Page, at: int) -> str:
    """The letters of the ornaments right above a chapter's first line, a place or an hour say: they may be read in any
    way, so the chapter may as well begin there."""
    above = ""
    for line in reversed([line for line in page.lines if line.number < at]):
        if line.label != "ornament":
            break
        above = _letters(line.text) + above
    return above


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _is_right(want: dict[str, Any], got: Chapter, place: tuple[int, int] | None, text: str, above: str) -> bool:
    if want.get("title") is not None and want["title"] != got.title:
        return False
    if want.get("number") and want["number"] != got.number:
        return False
    if place is None:
        return True
    told = (span for block in got.blocks if block.kind not in ("heading", "note", "break") for span in block.spans)
    first = next(told, None)
    if first is None or place[0] - 2 <= first.start < place[1]:
        return first is not None
    between = _letters(text[first.start : place[0]])
    return between != "" and above.endswith(between)


def _facts(page: Page, work: Work, made: Score) -> None:
    for name in FACTS:
        stated, begins = page.work.get(name), page.work.get(f"{name}_starts")
        got = next(iter(work.facts.get(name, ())), None)
        if stated is None and begins is None:
            if name in page.work and got is not None and got.how == STATED:
                made.invented += 1
                made.problems.append(f"{name} is stated nowhere and read as {got.value!r}")
            continue
        made.facts += 1
        value = got.value if got is not None else None
        if value == stated if stated is not None else str(value or "").startswith(begins):
            made.facts_right += 1
        else:
            made.problems.append(f"{name} {stated if stated is not None else begins!r} read as {value!r}")
