"""The header zone: label lines, a bare title, a by-line. They become facts, and the story is what follows them.

The zone runs from the top of a page to its first story paragraph. A label further down ("note: bring wine") is story.
"""

from __future__ import annotations

import re

from ficshelf.model import STATED, Chrome, Draft, Remark, Span
from ficshelf.passes import (
    bare_summaries,
    chapters,
    fact_tables,
    ffnet_row,
    further_stories,
    header_runs,
    headings,
    labels,
    title_below,
    title_once_more,
)
from ficshelf.passes.by_lines import state_by_line
from ficshelf.passes.ends import is_ending
from ficshelf.passes.facts import one_title, rights_first
from ficshelf.passes.forewords import is_foreword, is_said
from ficshelf.passes.header_facts import Gathered
from ficshelf.passes.header_values import ONE_LINE, is_cut_within, is_paragraph, is_whole, opens_note
from ficshelf.passes.header_zone import extent, frame_end
from ficshelf.passes.label_lines import Line, is_unknown_label, label_line, split_labels, title_in
from ficshelf.passes.labelled_row import is_row
from ficshelf.passes.nodes import STORY, cut, merge
from ficshelf.passes.note_labels import is_labelled
from ficshelf.passes.note_words import SAID, SPEAKS
from ficshelf.passes.rights import disclaims
from ficshelf.passes.title_block import state_title, state_title_line
from ficshelf.passes.title_lines import (
    ADDRESS,
    by_line_below,
    is_by_line,
    is_counts,
    is_name,
    is_title,
    part_of_title,
    title_and_name,
)
from ficshelf.passes.title_signs import is_known_title, is_numbered_title
from ficshelf.passes.titles_alike import misspells

_COUNTED = re.compile(r"[A-Z][\w ]{2,24}:\s?\d[\d.,]{0,8}")  # `Dragon prints: 81`
_POSTED_AT = re.compile(r"Posted originally on (?:the )?(?P<archive>[^\n]{3,60}?) at (?P<url>https?://\S+?)\.?")
_NOTES = frozenset(["note", "warning", "disclaimer", "beta", "feedback", "dedication"])  # what chapters say as well
_AO3 = ("Archive Warning", "Additional Tag", "Stats:", "Relationships:")  # labels that no other archive has
_SENTENCE_ENDS = '.!?…"”’»:;,'
_TOLD = 40  # characters of a sentence that tells what the story is about
_I = re.compile(r"\bI(?:['’](?:m|ve|d|ll))?\b")
_FOOT = 30  # nodes from the end of a page that are looked at
_ENOUGH = 70  # nodes from the top of a page that are looked at


def apply(draft: Draft) -> Draft:
    """Make facts of the header lines of each page."""
    reader = _Zone(draft)
    counted = chapters.first_of_count(reader.nodes, _ENOUGH)
    if counted >= 0:
        reader.nodes[counted] = reader.nodes[counted]._replace(kind="heading")  # until the headings are looked for
    reader.named = any(fact.how == STATED for fact in draft.facts.get("title", ()))
    if not reader.nodes[:1] or not reader.nodes[0].hint:
        fact_tables.apply(reader)
    starts = [0] + [index for index, node in enumerate(draft.nodes) if node.page and index]
    first = True
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(draft.nodes)
        reader.page(start, min(end, start + _ENOUGH), first=first)
        reader.foot(start, end)
        reader.settle_silent()
        if any(node.kind in ("", "heading") for node in draft.nodes[start:end]):
            first = False  # a page of facts alone (a book's list of tags) leaves the next one to be the first
    if not reader.facts and (begin := header_runs.below_beginning(reader.nodes[:_ENOUGH])) >= 0:
        reader.page(begin, min(len(reader.nodes), begin + _ENOUGH), first=True)
    title_once_more.above_heading(reader)
    reader.facts = rights_first(one_title(reader.facts))
    reader.named = False
    for start in further_stories.starts(reader.nodes):
        reader.page(start, min(len(reader.nodes), start + _ENOUGH), first=True)
        reader.nodes[start] = reader.nodes[start]._replace(page=True, detail=STORY)
    if counted >= 0 and reader.nodes[counted].kind == "heading":
        reader.nodes[counted] = reader.nodes[counted]._replace(kind="")
    return draft._replace(
        nodes=tuple(reader.nodes),
        facts=reader.facts,
        chrome=draft.chrome + tuple(reader.chrome),
        remarks=draft.remarks + tuple(reader.remarks),
    )


def _may_name_a_site(text: str) -> bool:
    """Whether a line above a header that names the title is neither a teaser nor a sentence."""
    return len(text) < 80 and text[-1] not in _SENTENCE_ENDS


class _Zone(Gathered):
    """Works through the top of each page, collecting facts."""

    framed = False  # whether rules stand above and below the header at hand
    named = False  # whether the page's frame states the title

    def page(self, start: int, end: int, *, first: bool) -> None:
        """Read one page's header: find where it ends, then take each of its lines."""
        stop, lines = extent(self.nodes, start, end)
        named = {name for line in lines.values() for name in line.label.names}
        self.titled, self.authored, self.names_fandom = "title" in named, "author" in named, "fandom" in named
        self.of_chapter = bool(named) and named <= _NOTES
        self.label_title = next(filter(None, map(title_in, lines.values())), "")
        self.is_ao3 = any(self.nodes[index].text.startswith(_AO3) for index in lines)
        framed = frame_end(self.nodes, start, stop, lines)
        stop, self.framed = max(stop, framed), framed > 0
        if first:
            after_title = state_title(self, start, stop, bool(lines))
        else:
            after_title = start
        index = after_title
        # Where a page's frame names the story, what stands within it speaks of the chapter.
        seen_heading = first and self.named and all(line.label.names[0] in _NOTES for line in lines.values())
        while index < stop:
            node = self.nodes[index]
            numbered = first and self.of_chapter and not node.kind and is_numbered_title(node.text)
            if (node.kind == "heading" or numbered or headings.at(self.nodes, index)) and not lines.get(index):
                seen_heading = True
                index += 1
                if numbered and index < stop and not self.nodes[index].kind and is_counts(self.nodes[index].text):
                    self.set_apart(index, "count")
                continue
            if index in lines:
                index = self._label(index, stop, lines, first=first, after_heading=seen_heading)
                continue
            if node.kind == "break" and lines and (index < max(lines) or not seen_heading):
                self.set_apart(index, "frame of the header")
            elif first and (lines or self._is_below_heading(index)) and self._is_above_by_line(index):
                index = max(index + 1, state_title(self, index, stop, True))
                continue
            elif not node.kind and first and lines and self._is_authors(index):
                state_by_line(self, index)
            elif not node.kind and first and lines and is_known_title(self, node.text):
                state_title_line(self, index, *part_of_title(node.text), "")
            elif not node.kind and first and self._is_above_title(index, lines):
                self.set_apart(index, "above the header")
                self.silent += node.spans if misspells(self.label_title, node.text) else ()
            elif (
                not node.kind
                and lines
                and (is_said(node.text) or is_labelled(node.text))
                and self._is_unknown(index, lines)
            ):
                self.nodes[index] = node._replace(kind="note")
            elif not node.kind and lines and self._is_unknown(index, lines):
                self.set_apart(index, "header line")
                self.silent += node.spans
            elif first and not node.kind and (lines or self._is_below_fact(index)) and title_below.rights(self, index):
                pass
            elif not node.kind and first and lines and (posted := _POSTED_AT.fullmatch(node.text)):
                self.add_line(index, "archive", posted["archive"])
                self.add_line(index, "url", posted["url"])
            elif first and self._is_named_below(index, lines):
                state_title_line(self, index, node.text, "", self.nodes[index + 1].text)
                self.add_line(index + 1, "author")
            elif not node.kind and first and index + 1 in lines and self._is_above_row(lines, index):
                self.add_line(index, "summary")
                bare_summaries.name_above(self, start, index)
            elif not node.kind and first and lines and len(node.text) < 100 and ADDRESS.search(node.text):
                self.set_apart(index, "e-mail address")
                self.reached += node.spans
            elif not node.kind and first and bare_summaries.stands_at(self, index, lines):
                self.add_line(index, "summary")
            elif not node.kind and first and self._is_row_beside(index, lines):
                self.set_apart(index, "header line")
                self.silent += node.spans
            index += 1
        if first and (place := bare_summaries.above_buttons(self, stop, lines)) >= 0:
            self.add_line(place, "summary")
        if first and (
            lines or self.states("title") or any(node.kind in ("fact", "note") for node in self.nodes[start:stop])
        ):
            begin = stop if lines else after_title
            if not any(headings.at(self.nodes, place) for place in range(start, begin) if not self.nodes[place].kind):
                title_below.state(self, begin, labelled=bool(lines))
            title_once_more.state(self, begin)
        self.settle_silent()

    def _is_above_title(self, index: int, lines: dict[int, Line]) -> bool:
        """Whether a line that may name a site stands above the label of the title and those around it."""
        if not self.label_title or not _may_name_a_site(self.nodes[index].text):
            return False
        place = next(place for place, line in lines.items() if title_in(line))
        while place - 1 in lines:
            place -= 1
        return index < place

    def _is_unknown(self, index: int, lines: dict[int, Line]) -> bool:
        """Whether a line among the header's has a label that nobody knows, or counts something."""
        text = self.nodes[index].text
        counts = index < max(lines) and _COUNTED.fullmatch(text) is not None
        return counts or (self._is_among(index, lines) and is_unknown_label(text, "."))

    def _is_above_row(self, lines: dict[int, Line], index: int) -> bool:
        """Whether the row in which an archive tells all of a story stands below: right above it stands the summary."""
        row = ffnet_row.is_row(self.nodes[index + 1].text)
        return row or (is_row(lines[index + 1]) and not self.states("summary"))

    def _is_among(self, index: int, lines: dict[int, Line]) -> bool:
        """Whether a line stands close to the one above, to header lines right below it, or between two alike."""
        if self.nodes[index].gap == 0:
            return True
        above = index - 1 in lines or self.nodes[index - 1].kind == "fact"  # of a label with several paragraphs
        return index + 1 in lines and self.nodes[index + 1].gap in (0, self.nodes[index].gap * above)

    def _is_row_beside(self, index: int, lines: dict[int, Line]) -> bool:
        """Whether a line in brackets, or a few words that are no sentence, stands right below a header line and right
        above another: `A Harbour Fanfiction`."""
        node = self.nodes[index]
        near = index + 1 in lines and not node.gap and not self.nodes[index + 1].gap
        if not near or self.nodes[index - 1].kind != "fact":
            return False
        return node.text[0] + node.text[-1] == "[]" or (len(node.text) <= _TOLD and node.text[-1].isalnum())

    def _is_below_heading(self, index: int) -> bool:
        """Whether the line stands right under a chapter's heading: some sites write the story's title there."""
        return index > 0 and self.nodes[index].gap == 0 and headings.at(self.nodes, index - 1) is not None

    def _is_below_fact(self, index: int) -> bool:
        return index > 0 and self.nodes[index].gap == 0 and self.nodes[index - 1].kind == "fact"

    def _is_above_by_line(self, index: int) -> bool:
        """Whether a title stands here with its by-line, below what a site's page says first: when it was posted."""
        if self.nodes[index].kind or self.titled or self.states("title"):
            return False
        text = self.nodes[index].text
        named = title_and_name(text)
        return is_title(named["title"]) if named else bool(by_line_below(self.nodes, index)) and is_title(text)

    def _is_authors(self, index: int) -> bool:
        """A by-line, where no author is stated yet, or below a title that stands there again."""
        above = self.nodes[index - 1].kind if index else ""
        return is_by_line(self.nodes[index].text) and (not self.states("author") or above == "fact")

    def _is_named_below(self, index: int, lines: dict[int, Line]) -> bool:
        """Title and author on lines of their own between the tags of an archive's page and its summary."""
        if index - 1 not in lines or index + 2 >= len(self.nodes) or self.states("title") or self.states("author"):
            return False
        title, name = self.nodes[index : index + 2]
        if title.kind or name.kind or name.gap or not is_title(title.text) or not is_name(name.text):
            return False
        above = lines[index - 1].label.names[0]
        if index + 2 in lines:
            return lines[index + 2].label.names[0] in ("summary", "note") and (above in ONE_LINE or self.is_ao3)
        below = self.nodes[index + 2]
        return (
            self.is_ao3
            and above == "aside"
            and (below.kind == "chrome" or headings.at(self.nodes, index + 2) is not None)
        )

    def _is_authors_own(self, index: int, stop: int, value: str) -> bool:
        """Whether a paragraph between header lines, line by line as it may have been cut, is said to the readers: also
        where somebody says I whom the summary above, `value`, does not know."""
        text = self.nodes[index].text
        while index + 1 < stop and not self.nodes[index + 1].gap and not self.nodes[index + 1].kind:
            index += 1
            text += f" {self.nodes[index].text}"
        if SPEAKS.search(text) is None:
            return False
        says_i = _I.search(text) is not None and _I.search(value) is None and SAID.search(text) is None
        return says_i or is_foreword([text], among_notes=True)

    def foot(self, start: int, end: int) -> None:
        """A header that stands below the story: label lines from a blank line to the very end."""
        for index in range(max(start, end - _FOOT), end):
            node = self.nodes[index]
            if node.kind or node.gap == 0 or not label_line(node.text, misspelt=True):
                continue
            lines: dict[int, Line] = {}
            for place in range(index, end):
                below = self.nodes[place]
                line = None if below.kind else label_line(below.text, misspelt=True, among=bool(lines))
                if line and not (below.gap == 0 and place - 1 in lines and is_cut_within(self.nodes[place - 1].text)):
                    lines[place] = line
                elif not below.kind and below.gap:
                    break
            else:
                right = [line.label.names for line in lines.values() if not line.label.meant]
                if len(right) >= 3 and len(set(right)) >= 2:
                    place = index
                    while place < end:
                        place = (
                            self._label(place, end, lines, first=True, after_heading=False)
                            if place in lines
                            else place + 1
                        )
                    return
                if index and is_ending(self.nodes[index - 1].text) and lines[index].label.names[0] == "disclaimer":
                    self._label(index, end, lines, first="disclaimer" not in self.facts, after_heading=False)
                    return

    def _label(self, index: int, stop: int, lines: dict[int, Line], *, first: bool, after_heading: bool) -> int:
        """Take the label line at `index` and what goes on with it; the index of the next line."""
        line = lines[index]
        name = line.label.names[0]
        taken = [index]
        after = index + 1
        paragraphs = [line.value] if line.value else []
        next_label = min((other for other in lines if other > index), default=stop)
        ends_rated = name != "rating" and split_labels(line.label.names, line.value)[-1][0] == ("rating",)
        while after < min(stop, next_label):
            node = self.nodes[after]
            if ends_rated and node.gap:
                break  # `WARNING: … RATING: PG`
            may_head = name == "title" and not paragraphs and node.gap == 0  # below its label: `The Last Chapter`
            if node.kind or node.page or is_by_line(node.text) or (headings.at(self.nodes, after) and not may_head):
                break
            again = name == "summary" and not paragraphs and self.states("summary")  # `Teaser:`, and the story
            is_signed = not self.states("author") and by_line_below(self.nodes, after) and is_title(node.text)
            if node.gap > 0 and (again or is_signed or is_known_title(self, node.text)):
                break
            if not paragraphs and not node.gap and len(node.text) < _TOLD and node.text[-1] == ":":
                break  # a label that nobody knows, and neither has a value
            if paragraphs and node.text.isdecimal() and len(node.text) < 4:  # a chapter's number
                break
            if paragraphs and is_whole(name, paragraphs[-1], node.text):
                break
            if (
                paragraphs
                and not node.gap
                and (name == "disclaimer" or next_label >= stop)
                and is_paragraph(self.nodes[after - 1], node)
            ):
                break
            if name in labels.MULTIPLE and first and len(node.text) < 100 and self._is_above_by_line(after):
                break
            if (
                paragraphs
                and node.gap
                and name == "summary"
                and (disclaims(node.text) or self._is_authors_own(after, stop, paragraphs[0]))
            ):
                break
            if paragraphs and node.gap and name == "disclaimer" and opens_note(node.text) and is_said(node.text):
                break
            if paragraphs and name == "disclaimer" and node.text[-1] == ":" and paragraphs[-1][-1] in ".!?":
                break  # it announces something else
            is_list = node.gap > 0 and name not in labels.PARAGRAPHS and bool(paragraphs)
            quoted = node.hint == "blockquote" and self.nodes[after - 1].hint == "blockquote"
            goes_on = quoted or self.framed or name == "disclaimer"
            if is_list or (node.gap > 0 and paragraphs and next_label >= stop and not goes_on):
                break
            above = self.nodes[after - 1].text
            if (
                paragraphs
                and node.gap == 0
                and (len(above) < 60 or above[-1] in ".!?…)]~")
                and is_unknown_label(node.text, above)
            ):
                break
            if node.gap == 0 and paragraphs:
                paragraphs[-1] += " " + node.text
            else:
                paragraphs.append(node.text)
            taken.append(after)
            after += 1
        spans = merge(self.layer, [span for place in taken for span in self.nodes[place].spans])
        if (after_heading or not first) and name in _NOTES:
            of_header = name == "warning" and header_runs.stands_among(self.nodes, lines, (index, after), _NOTES)
            if not of_header and not (name == "disclaimer" and first and "disclaimer" not in self.facts):
                for place in taken:
                    self.nodes[place] = self.nodes[place]._replace(kind="note")
                return after
        numbered = headings.bare(line.value) if name == "part" and line.value else None  # `Chapter: 6 - The Lamp`
        if (name == "chapter title" or (numbered and numbered.title)) and line.value:
            _, titled = cut(self.layer, self.nodes[index], len(self.nodes[index].text) - len(line.value))
            told = numbered or headings.Heading(None, line.value, 0)
            self.chrome += [
                Chrome(Span(span.start, titled.spans[0].start), "label") for span in self.nodes[index].spans[:1]
            ]
            self.nodes[index] = titled._replace(kind="heading", detail=headings.pack(told))
            return index + 1
        if line.label.meant:
            misspelt = self.nodes[index].text.split(":")[0].strip()
            self.remarks.append(
                Remark(
                    "label-misspelt", f"“{misspelt}” was read as “{line.label.meant}”.", 0, self.nodes[index].spans[0]
                )
            )
        value = "\n\n".join(paragraphs).strip().removesuffix(line.closing).rstrip()
        self.take(line.label.names, value, spans)
        for place in taken:
            self.nodes[place] = self.nodes[place]._replace(kind="fact")
        return after
