"""The texts of pages of known sites: what each line says is known by the landmarks of the site, and by its place among
them. The sites, their landmarks and their order are in `known_sites.toml`.

A text that was taken out of a page has lost the markup, but not the order: on the Archive of Our Own `Work Header`
stands above the title, `Summary:` above the summary, `Chapter Text` above the story. What stands between two landmarks
is what the table says, as far as its form agrees; what the table does not say is left to the other passes.
"""

from __future__ import annotations

from collections.abc import Sequence

from ficshelf.model import Draft
from ficshelf.passes.known_items import Items
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.site_landmarks import LONGEST, Mark, Site, site_of

_TOP = 80  # lines between two landmarks above the story
_TOLD = 2500  # characters between them, where no landmark of the site says that the story begins
_ABOVE = 80  # lines over the first landmark


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


class _Page(Items):
    """The nodes of such a text while they are read."""

    def __init__(self, draft: Draft, site: Site) -> None:
        super().__init__(draft)
        self.site = site

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
            self.one(first.landmark.over, first.place - 1, first)
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
                self.one(following.landmark.over, end - 1, mark)
            if below == ("story",):
                self.said_again(mark.place + 1)
        self.sign_title()
        self.settle_silent()

    def _marks(self) -> list[Mark]:
        """The landmarks: all of them above the story and above each chapter, some within it too."""
        marks: list[Mark] = []
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

    def _mark(self, index: int, above_story: bool) -> Mark | None:
        for landmark in self.site.landmarks:
            if not (above_story or landmark.anywhere):
                continue
            found = landmark.says.fullmatch(self.nodes[index].text)
            if found is None:
                continue
            below = self.nodes[index + 1].text if index + 1 < len(self.nodes) else ""
            if landmark.next is None or landmark.next.fullmatch(below):
                return Mark(index, landmark, found)
        return None

    def _free(self, start: int, end: int) -> list[int]:
        return [index for index in range(start, end) if not self.nodes[index].kind]

    def _settle_mark(self, mark: Mark) -> None:
        """What a landmark itself says."""
        node, said = self.nodes[mark.place], mark.found.groupdict()
        if mark.landmark.role == "heading":
            self.heading(mark.place)
            self.in_chapter = True
        elif mark.landmark.role == "labels" and (line := label_line(node.text)):
            self.settle(mark.place, "fact")
            self.take(line.label.names, line.value, node.spans)
        elif "row" in said:
            if value := said.get("value") or said.get("stats"):
                self.row(said["row"] or "Stats", value, [mark.place])
        elif said:
            self.groups(mark.place, said)
        elif mark.landmark.role != "label":
            self.set_apart(mark.place, "navigation")
            self.silent += node.spans if mark.landmark.role in ("count", "labels") else ()

    def _assign(self, run: list[int], items: Sequence[str], *, closed: bool, mark: Mark | None = None) -> bool:
        """Settle the lines of a run, each by its item, as far as they are known; whether all were what they had to be.
        Where no landmark ends the run, only its first lines are known."""
        if closed and items == ("furniture*",):
            self.furniture(run)
            return True
        run = list(run)
        last = items[-1] if len(items) > 1 and items[0].endswith("*") and closed else ""
        if last:
            if run and self.one(last, run[-1], mark):
                run.pop()
            items = items[:1]
        elif mark is None and items[-1] != "furniture*" and len(run) > len(items):
            return False  # lines over the first landmark that nobody knows
        for item in items:
            run = [index for index in run if not self.nodes[index].kind]
            if item[-1] in "*+":
                taken = self.several(item[:-1], run, closed, mark) if closed or item[-1] == "+" else 0
                run = run[taken:]
            elif item == "heading=":
                if run and self.nodes[run[0]].text == self.headed:
                    self.heading(run.pop(0))
            elif run and self.one(item, run[0], mark):
                run.pop(0)
            elif not item.endswith("?") and run:
                return False
        if mark is not None and "row" in mark.found.groupdict() and not self.nodes[mark.place].kind:
            self.row(mark.found["row"] or "Stats", "", [mark.place])
        return True
