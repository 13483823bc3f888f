"""The texts of pages of known sites: what each line says is known by the landmarks of the site, and by its place among
them. The sites, their landmarks and their order are in `known_sites.toml`.

A text that was taken out of a page has lost the markup, but not the order: on the Archive of Our Own `Work Header`
stands above the title, `Summary:` above the summary, `Chapter Text` above the story. What stands between two landmarks
is what the table says, as far as its form agrees; what the table does not say is left to the other passes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ficshelf import subjects
from ficshelf.model import INFERRED, Draft, Fact, Span
from ficshelf.passes import archive_rows, headings
from ficshelf.passes.facts import add_fact
from ficshelf.passes.header_facts import Gathered
from ficshelf.passes.heading_titles import tidy
from ficshelf.passes.known_lines import heading_in, is_of_site, is_other, titled_and_named
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.site_forms import says_sentence
from ficshelf.passes.site_landmarks import LONGEST, Landmark, Site, site_of
from ficshelf.passes.title_lines import (
    by_line,
    clean_name,
    is_by_line,
    is_handle,
    is_name,
    is_title,
    subject_facts,
)
from ficshelf.sureness import SURE

_LONGEST_TITLE = 255  # of a title: the Archive of Our Own's own limit
_LONGEST_NAME = 80
_SENTENCE = 100  # characters of a line that is surely no heading
_TOP = 80  # lines between two landmarks above the story
_TOLD = 2500  # characters between them, where no landmark of the site says that the story begins
_ABOVE = 80  # lines over the first landmark
_FURNITURE = 120  # characters of a line of furniture
_NOTED = 40  # paragraphs of a note at the end
_FIGURE = re.compile(r"[\d,./? -]{1,24}")
_AGAIN = 3  # lines on top of the story that may say the heading once more
_SHORT = 24  # characters of a number alone
_GAP = 2  # blank lines below a note or a summary that nothing else ends
_SPEECH = frozenset('"“„«—–')
_AT = re.compile(r" @ \d\d?:\d\d [ap]m$")  # when an entry was posted, behind its subject


class _Mark(NamedTuple):
    """A landmark found in a text."""

    place: int  # of its line
    landmark: Landmark
    found: re.Match[str]
    in_story: bool = False  # whether it stands within the story, or below it


def apply(draft: Draft) -> Draft:
    """Settle the lines around the story in the text of a page of a known site."""
    site = site_of(draft.nodes)
    if site is None:
        return draft
    reader = _Page(draft, site)
    reader.read()
    return draft._replace(
        nodes=tuple(reader.nodes),
        facts=reader.facts,
        chrome=(*draft.chrome, *reader.chrome),
        remarks=(*draft.remarks, *reader.remarks),
    )


class _Page(Gathered):
    """The nodes of such a text while they are read."""

    def __init__(self, draft: Draft, site: Site) -> None:
        super().__init__(draft)
        self.site = site
        self.in_chapter = False  # whether what stands above the story speaks of a chapter
        self.headed = ""  # the last heading

    def read(self) -> None:
        """Find the landmarks, then settle each and what stands below it."""
        marks = self._marks()
        if not marks:
            return
        first = marks[0]
        if first.landmark.above:
            free = self._free(max(0, first.place - _ABOVE), first.place)
            known = self._assign(free, first.landmark.above, closed=True)
            if not known and len(marks) == 1:
                return
        if first.landmark.over and first.place:
            self._one(first.landmark.over, first.place - 1, first)
        for place, mark in enumerate(marks):
            following = marks[place + 1] if place + 1 < len(marks) else None
            end = following.place if following else len(self.nodes)
            over = bool(following and following.landmark.over and end - 1 > mark.place)
            self._settle_mark(mark)
            below = mark.landmark.below
            if below and below != ("story",):
                if mark.found.groupdict().get("value"):
                    below = tuple(item for item in below if item.rstrip("?*+") not in ("value", "figure"))
                closed = following is not None and end - mark.place <= _TOP and following.in_story <= mark.in_story
                self._assign(self._free(mark.place + 1, end - over), below, closed=closed, mark=mark)
            if over and following:
                self._one(following.landmark.over, end - 1, mark)
            if below == ("story",):
                self._said_again(mark.place + 1)
        self.settle_silent()

    def _marks(self) -> list[_Mark]:
        """The landmarks: all of them above the story and above each chapter, some within it too."""
        marks: list[_Mark] = []
        above_story, since, told = True, 0, 0
        begins = any("story" in landmark.below for landmark in self.site.landmarks)
        for index, node in enumerate(self.nodes):
            told += len(node.text)
            if node.kind or len(node.text) > LONGEST:
                continue
            if above_story and (index - since > _TOP or (told > _TOLD and not begins)):
                above_story = False
            mark = self._mark(index, above_story)
            if mark is None:
                continue
            marks.append(mark._replace(in_story=not above_story))
            since, told = index, 0
            above_story = "story" not in mark.landmark.below and (above_story or mark.landmark.role == "heading")
        return marks

    def _mark(self, index: int, above_story: bool) -> _Mark | None:
        for landmark in self.site.landmarks:
            if not (above_story or landmark.anywhere):
                continue
            found = landmark.says.fullmatch(self.nodes[index].text)
            if found is None:
                continue
            below = self.nodes[index + 1].text if index + 1 < len(self.nodes) else ""
            if landmark.next is None or landmark.next.fullmatch(below):
                return _Mark(index, landmark, found)
        return None

    def _free(self, start: int, end: int) -> list[int]:
        return [index for index in range(start, end) if not self.nodes[index].kind]

    def _settle(self, index: int, kind: str, detail: str = "") -> None:
        self.nodes[index] = self.nodes[index]._replace(kind=kind, detail=detail)

    def _settle_mark(self, mark: _Mark) -> None:
        """What a landmark itself says."""
        node, said = self.nodes[mark.place], mark.found.groupdict()
        if mark.landmark.role == "heading":
            self._heading(mark.place)
            self.in_chapter = True
        elif mark.landmark.role == "labels" and (line := label_line(node.text)):
            self._settle(mark.place, "fact")
            self.take(line.label.names, line.value, node.spans)
        elif "row" in said:
            if value := said.get("value") or said.get("stats"):
                self._row(said["row"] or "Stats", value, [mark.place])
        elif said:
            self._groups(mark.place, said)
        elif mark.landmark.role != "label":
            self.set_apart(mark.place, "navigation")
            self.silent += node.spans if mark.landmark.role in ("count", "labels") else ()

    def _groups(self, index: int, said: dict[str, str | None]) -> None:
        spans = self.nodes[index].spans
        self._settle(index, "fact")
        for name, value in said.items():
            if not value or name == "number":
                continue
            if name == "heading":
                number = said.get("number")
                parsed = headings.parse(value)
                heading = parsed if parsed and not number else headings.Heading(None, value)
                if number:
                    title = parsed.title if parsed and parsed.number is not None else value
                    heading = headings.Heading(int(number), title)
                self._settle(index, "heading", headings.pack(heading))
            elif name == "poster":
                self.facts = add_fact(
                    self.facts,
                    "author",
                    Fact(value, INFERRED, spans, confidence=SURE["who posted it"], evidence="who posted it"),
                )
            elif name in ("title", "author", "published", "updated"):
                self.add(name, value, spans)
            else:
                self.take((name,), value, spans)

    def _row(self, label: str, value: str, places: list[int]) -> None:
        spans = tuple(span for place in places for span in self.nodes[place].spans)
        for place in places:
            self._settle(place, "fact")
        if not archive_rows.state(self, label, value, spans):
            self.silent += spans
            for place in places:
                self.set_apart(place, label.lower())

    def _assign(self, run: list[int], items: Sequence[str], *, closed: bool, mark: _Mark | None = None) -> bool:
        """Settle the lines of a run, each by its item, as far as they are known; whether all were what they had to be.
        Where no landmark ends the run, only its first lines are known."""
        if closed and items == ("furniture*",):
            self._furniture(run)
            return True
        run = list(run)
        last = items[-1] if len(items) > 1 and items[0].endswith("*") and closed else ""
        if last:
            if run and self._one(last, run[-1], mark):
                run.pop()
            items = items[:1]
        elif mark is None and items[-1] != "furniture*" and len(run) > len(items):
            return False  # lines over the first landmark that nobody knows
        for item in items:
            run = [index for index in run if not self.nodes[index].kind]
            if item[-1] in "*+":
                taken = self._many(item[:-1], run, closed, mark) if closed or item[-1] == "+" else 0
                run = run[taken:]
            elif item == "heading=":
                if run and self.nodes[run[0]].text == self.headed:
                    self._heading(run.pop(0))
            elif run and self._one(item, run[0], mark):
                run.pop(0)
            elif not item.endswith("?") and run:
                return False
        if mark is not None and "row" in mark.found.groupdict() and not self.nodes[mark.place].kind:
            self._row(mark.found["row"] or "Stats", "", [mark.place])
        return True

    def _furniture(self, run: list[int]) -> None:
        if all(len(self.nodes[index].text) <= _FURNITURE for index in run):
            for index in run:
                self.set_apart(index, "navigation")

    def _one(self, item: str, index: int, mark: _Mark | None) -> bool:
        """Settle a line as what it is to be, where its form agrees."""
        node, item, in_doubt = self.nodes[index], item.rstrip("?"), item.endswith("?")
        text = node.text
        if item == "title":
            if in_doubt and (self.states("title") or not is_title(text) or not self._stands_alone(index)):
                return False
            if len(text) > _LONGEST_TITLE or label_line(text) or (mark is None and headings.parse(text)):
                return False
            self.add("title", text, node.spans)
            self._settle(index, "fact")
        elif item == "author":
            name = by_line(text)[0] if is_by_line(text) else text
            if len(text) > _LONGEST_NAME or not is_name(name) or text[-1] in "!…" or is_other(text):
                return False
            self.add("author", clean_name(name), node.spans)
            self._settle(index, "fact")
        elif item == "name":
            named = titled_and_named(text)
            if named is None:
                return False
            self.add("title", named["title"], node.spans)
            self.add("author", clean_name(named["name"]), node.spans)
            self._settle(index, "fact")
        elif item == "parted":
            title, _, chapter = text.partition(" - ")
            if not chapter or len(text) > _LONGEST_TITLE:
                return False
            self.add("title", title, node.spans)
            self._settle(index, "fact")
            further = (one.text for one in self.nodes[index + 1 : index + _NOTED])
            if not any(text.endswith(chapter) and len(text) <= len(chapter) + _SHORT for text in further):
                self._settle(index, "heading", headings.pack(heading_in(chapter) or headings.Heading(None, chapter)))
        elif item == "subject":
            line = label_line(text)
            if len(text) > _LONGEST_TITLE or text[-1] in ",;:" or (line and line.label.names[0] != "title"):
                return False
            self._subject(_AT.sub("", text), node.spans)
            self._settle(index, "fact")
        elif item == "heading":
            if not heading_in(text) and not (is_title(text) and not label_line(text)):
                return False
            below = self.nodes[index + 1 : index + 3] if mark is None else []
            if text[0] in '"“‘' or any(is_by_line(one.text) for one in (node, *below)):
                return False
            self._heading(index)
        elif item in ("value", "figure"):
            if mark is None or (item == "figure" and not _FIGURE.fullmatch(text)):
                return False
            if "row" not in mark.found.groupdict():
                if node.gap or label_line(text):
                    return False
                self.set_apart(index, "navigation")
                return True
            self._row(mark.found["row"], text, [mark.place, index])
        elif item == "twice":
            if self.nodes[index + 1 : index + 2][:1] == [] or self.nodes[index + 1].text != text:
                return False
            self._heading(index)
            self._said_again(index + 1)
        elif item == "counts":
            self.set_apart(index, "header line")
            self.silent += node.spans
        elif item == "summary":
            if is_other(text) or (in_doubt and not (says_sentence(text) or len(text) > _SENTENCE)):
                return False
            self._many("summary", [index], True, mark)
        return True

    def _subject(self, text: str, spans: tuple[Span, ...]) -> None:
        """What the subject of a journal's entry says; behind `by` a name only where no title goes on there."""
        said = subjects.parse(text)
        sure = not said.author or f", by {said.author}" in text or is_handle(said.author)
        if sure and said.title and said.title.count("(") == said.title.count(")"):
            self.facts = subject_facts(self.facts, text, spans)
        else:
            self.take(("title",), text, spans)

    def _stands_alone(self, index: int) -> bool:
        below = self.nodes[index + 1 : index + 2]
        return self.nodes[index].gap > 0 and any(node.gap > 0 for node in below)

    def _said_again(self, start: int) -> None:
        """Settle the story's first lines where they are but the number and the title of the chapter, or of the work,
        once more: the author's own heading below the archive's."""
        heading = heading_in(self.headed) if self.headed else None
        titles = {tidy(heading.title).casefold()} if heading and heading.title else set()
        for index in range(start, min(start + _AGAIN, len(self.nodes))):
            node = self.nodes[index]
            said = tidy(node.text).casefold()
            number = headings.bare(node.text) if len(node.text) <= _SHORT else None
            counts = bool(number and heading and number.number == heading.number and not number.title)
            if node.kind or not (said in titles or counts or headings.parse(node.text)):
                return
            if said in titles or counts:
                again = headings.Heading(number.number if counts and number else None, None if counts else node.text, 0)
                self._settle(index, "heading", headings.pack(again))

    def _heading(self, index: int) -> None:
        text = self.nodes[index].text
        above = heading_in(self.headed) if self.headed else None
        numbered = above is not None and above.number is not None
        heading = (headings.parse(text) if numbered else heading_in(text)) or headings.Heading(None, tidy(text))
        self._settle(index, "heading", headings.pack(heading))
        self.headed = text

    def _many(self, item: str, run: list[int], closed: bool, mark: _Mark | None) -> int:
        """Settle the lines of a summary, a note or a value, as many as there are; how many that is."""
        if item == "furniture":
            self._furniture(run)
            return len(run)
        if item == "counts":
            return sum(self._one("counts", index, mark) for index in run)
        if mark is None:
            return 0
        if item == "value":
            places = run if closed else run[:1]
            self._row(mark.found["row"], ", ".join(self.nodes[index].text for index in places), [mark.place, *places])
            return len(places)
        length = len(run) if closed and not mark.in_story else self._extent(run, mark.in_story)
        places = run[:length]
        label = [] if self.nodes[mark.place].kind else [mark.place]
        if mark.in_story and len(places) > _NOTED:
            return 0
        if not places:
            if label:
                self._settle(mark.place, "note" if item != "summary" else "chrome")
            return 0
        if mark.in_story or self.in_chapter or item == "noted":
            for index in (*label, *places):
                self._settle(index, "note")
            return length
        said = "\n\n".join(text for index in places if any(map(str.isalnum, text := self.nodes[index].text)))
        spans = tuple(span for index in (*label, *places) for span in self.nodes[index].spans)
        if item == "summary" and self.states("summary") and not label:  # it goes on below its first paragraph
            *before, last = self.facts["summary"]
            held = last._replace(value=f"{last.value}\n\n{said}", spans=last.spans + spans)
            self.facts = {**self.facts, "summary": (*before, held)}
        elif said:
            self.add(item, said, spans)
        for index in (*label, *places):
            self._settle(index, "fact")
        return length

    def _extent(self, run: list[int], below_story: bool) -> int:
        """How many lines of a run that no landmark ends are one note or summary: below the story all, up to a line
        of the site; above it up to the heading once more, or to a wider gap."""
        if below_story:
            return next((at for at, index in enumerate(run) if is_of_site(self.nodes[index].text)), len(run))
        told = 0
        for at, index in enumerate(run[:_NOTED]):
            text = self.nodes[index].text
            if text == self.headed or (at and (self.nodes[index].gap >= _GAP or headings.parse(text))):
                return at
            told += len(text)
            if told > _TOLD or text[0] in _SPEECH:
                return 0
        return 0
