"""The header zone: label lines, a bare title, a by-line. They become facts, and the story is what follows them.

The zone runs from the top of a page to its first story paragraph. A label further down ("note: bring wine") is story.
"""

from __future__ import annotations

import re

from ficshelf import ratings
from ficshelf.model import Chrome, Draft, Fact, Facts, Node, Remark, Span
from ficshelf.passes import headings, labels
from ficshelf.passes.facts import add_fact, list_values
from ficshelf.passes.label_lines import (
    Line,
    completeness,
    further_paragraphs,
    is_unknown_label,
    label_line,
    split_labels,
)
from ficshelf.passes.nodes import cut, merge
from ficshelf.passes.note_words import may_be_the_author
from ficshelf.passes.title_lines import (
    ADDRESS,
    MAIL_TAG,
    PART,
    TITLE_BY,
    by_line,
    clean_name,
    is_by_line,
    is_name,
    is_rating,
    is_title,
    name_and_rating,
    part_of_title,
    subject_facts,
)

_SPEECH = re.compile(r"^[\"“«]|[,.!?…][\"”»](?:\s|$)")
_HEADER_ONLY = frozenset(  # labels that hardly a story has in its text
    ("title", "author", "rating", "disclaimer", "relationship", "fandom", "summary", "feedback", "archive_permission",
     "genre", "category", "words", "warning")
)  # fmt: skip
_COUNTED = re.compile(r"(\d{1,4})\s*(?:/|of)\s*(\d{1,4}|\?)")
_SCENE_LABEL = re.compile(r"\W*(?:date|time|place|location|setting|season)\s*:", re.I)  # alone they set a scene
_ITEM = re.compile(r"\d{1,2}[.)]\s")
_COPYRIGHT = re.compile(r"(?:\(c\)|©|copyright\b)", re.I)
_POSTED_AT = re.compile(r"Posted originally on (?:the )?(?P<archive>[^\n]{3,60}?) at (?P<url>https?://\S+?)\.?")
_FOOT = 30  # nodes from the end of a page that are looked at
_ENOUGH = 70  # nodes from the top of a page that are looked at


def apply(draft: Draft) -> Draft:
    """Make facts of the header lines of each page."""
    reader = _Zone(draft)
    starts = [0] + [index for index, node in enumerate(draft.nodes) if node.page and index]
    first = True
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(draft.nodes)
        reader.page(start, min(end, start + _ENOUGH), first=first)
        reader.foot(start, end)
        if any(node.kind in ("", "heading") for node in draft.nodes[start:end]):
            first = False  # a page of facts alone (a book's list of tags) leaves the next one to be the first
    return draft._replace(
        nodes=tuple(reader.nodes),
        facts=_one_title(reader.facts),
        chrome=draft.chrome + tuple(reader.chrome),
        remarks=draft.remarks + tuple(reader.remarks),
    )


class _Zone:
    """Works through the top of each page, collecting facts."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.nodes = list(draft.nodes)
        self.facts = draft.facts
        self.chrome: list[Chrome] = []
        self.remarks: list[Remark] = []
        self.framed = False

    def page(self, start: int, end: int, *, first: bool) -> None:
        """Read one page's header: find where it ends, then take each of its lines."""
        stop, lines = self._extent(start, end)
        framed = self._frame_end(start, stop, lines)
        stop, self.framed = max(stop, framed), framed > 0
        if first:
            after_title = self._title(start, stop, bool(lines))
        else:
            after_title = start
        index = after_title
        seen_heading = False
        while index < stop:
            node = self.nodes[index]
            if headings.parse(node.text) and not lines.get(index):
                seen_heading = True
                index += 1
                continue
            if index in lines:
                index = self._label(index, stop, lines, first=first, after_heading=seen_heading)
                continue
            if node.kind == "break" and lines and (index < max(lines) or not seen_heading):
                self._to_chrome(index, "frame of the header")
            elif not node.kind and first and lines and "author" not in self.facts and is_by_line(node.text):
                self._state_by_line(index)
            elif not node.kind and index < max(lines, default=0) and node.gap == 0 and is_unknown_label(node.text):
                self._to_chrome(index, "header line")
            elif not node.kind and first and lines and self._is_known_title(node.text):
                self._state_line(index, *part_of_title(node.text), "")
            elif not node.kind and first and lines and len(node.text) < 100 and _COPYRIGHT.match(node.text):
                self._add("disclaimer", node.text, node.spans)
                self.nodes[index] = node._replace(kind="fact")
            elif not node.kind and first and lines and (posted := _POSTED_AT.fullmatch(node.text)):
                self._add("archive", posted["archive"], node.spans)
                self._add("url", posted["url"], node.spans)
                self.nodes[index] = node._replace(kind="fact")
            elif not node.kind and first and lines and ADDRESS.search(node.text) and len(node.text) < 100:
                self._to_chrome(index, "e-mail address")
            index += 1
        if first and lines and "title" not in self.facts and stop < len(self.nodes):
            self._title_below(stop)

    def _title_below(self, index: int) -> None:
        """A title and a by-line between the label lines and the story."""
        node = self.nodes[index]
        if node.kind or not is_title(node.text) or headings.parse(node.text):
            return
        if index + 1 < len(self.nodes) and not self.nodes[index + 1].kind and is_by_line(self.nodes[index + 1].text):
            self._state_line(index, *part_of_title(node.text), "")
            self._state_by_line(index + 1)

    def foot(self, start: int, end: int) -> None:
        """A header that stands below the story: label lines from a blank line to the very end."""
        for index in range(max(start, end - _FOOT), end):
            node = self.nodes[index]
            if node.kind or node.gap == 0 or not label_line(node.text):
                continue
            lines: dict[int, Line] = {}
            for place in range(index, end):
                below = self.nodes[place]
                line = None if below.kind else label_line(below.text)
                if line and line.strong:
                    lines[place] = line
                elif not below.kind and below.gap:
                    break
            else:
                if len(lines) >= 3 and len({line.label.names for line in lines.values()}) >= 2:
                    place = index
                    while place < end:
                        place = (
                            self._label(place, end, lines, first=True, after_heading=False)
                            if place in lines
                            else place + 1
                        )
                    return

    def _extent(self, start: int, end: int) -> tuple[int, dict[int, Line]]:
        """Where the zone ends (a node's index), and the label lines in it."""
        lines: dict[int, Line] = {}
        stray: list[int] = []  # lines without a label since the last one with one
        stray_length = 0
        last = start
        misses_allowed = 4
        headed = False
        for index in range(start, end):
            node = self.nodes[index]
            if node.kind in ("break", "fact", "chrome", "image"):
                if index == last:
                    last = index + 1
                continue
            if node.kind not in ("", "note"):
                if node.kind == "heading":
                    continue
                break
            line = None if node.kind else label_line(node.text, misspelt=True) or self._label_alone(index, bool(lines))
            if line and not line.strong and not lines and len(stray) > 3:
                line = None
            if line and stray and not self._header_goes_on(line, index, stray, bool(lines)):
                break
            if line:
                lines[index] = line
                last = index + 1
                stray, stray_length = [], 0
                misses_allowed = further_paragraphs(line)
                continue
            if heading := headings.parse(node.text):
                headed = headed or not heading.of  # `Part 1 of 3` may stand between title and labels
                continue
            if node.gap and (headed or (lines and _SPEECH.search(node.text))):
                break  # the story has begun
            stray.append(index)
            stray_length += len(node.text)
            continues = bool(lines) and (node.gap == 0 or len(stray) <= misses_allowed)
            if not lines and (len(stray) > misses_allowed or stray_length > 300):
                break
            if lines and not (continues and stray_length < 4000):
                break
        if not lines or all(_SCENE_LABEL.match(self.nodes[index].text) for index in lines):
            return min(end, start + 6), {}
        return self._end_of_last(last, end, lines), lines

    def _header_goes_on(self, line: Line, index: int, between: list[int], begun: bool) -> bool:
        """Whether the label line at `index` is header still, with lines without a label before it.

        Another label line near it says so; one alone may be the story's own ("Note: bring wine"), where what stands
        before it tells and does not speak of the story.
        """
        if any(label_line(node.text) for node in self.nodes[index + 1 : index + 3] if not node.kind):
            return True
        texts = [self.nodes[place].text for place in between]
        if begun:
            return line.label.names[0] in _HEADER_ONLY or all(may_be_the_author(text) for text in texts)
        return not any(len(text) > 15 and text[-1] in '.!?…"”’' for text in texts)

    def _frame_end(self, start: int, stop: int, lines: dict[int, Line]) -> int:
        """Where rules above and below frame the header: the index after the lower one; 0 for no frame."""
        if not lines or start >= len(self.nodes) or self.nodes[start].kind != "break":
            return 0
        for index in range(stop, min(stop + 4, len(self.nodes))):
            node = self.nodes[index]
            if node.kind == "break":
                return index + 1 if node.text == self.nodes[start].text else 0
            if node.kind or node.page:
                return 0
        return 0

    def _label_alone(self, index: int, begun: bool) -> Line | None:
        """A label alone on its line, a quoted block under it: how AO3's files write summary and notes. In a text made
        of such a file the quoted block is a paragraph, and the label is known by the header before it."""
        node = self.nodes[index]
        if len(node.text) > 20 or index + 1 >= len(self.nodes):
            return None
        if self.nodes[index + 1].hint != "blockquote":
            parted = begun and node.gap and self.nodes[index + 1].gap and not node.hint
            if not parted or node.text not in ("Summary", "Notes"):
                return None
        label = labels.find(node.text.strip(" :"))
        return Line(label, "", True) if label and node.hint != "blockquote" else None

    def _end_of_last(self, last: int, end: int, lines: dict[int, Line]) -> int:
        """The lines right under the last label line go on with its value."""
        value = lines[max(lines)].value if lines else ""
        while last < end and not self.nodes[last].kind and self.nodes[last].gap == 0 and not self.nodes[last].page:
            node = self.nodes[last]
            if headings.parse(node.text) or is_by_line(node.text) or not self._goes_on(self.nodes[last - 1], node):
                break
            last += 1
        if not value and last < end and last - 1 in lines and self._may_be_value(self.nodes[last]):
            last += 1
            while (
                last < end
                and not self.nodes[last].kind
                and self.nodes[last].gap == 0
                and self._goes_on(self.nodes[last - 1], self.nodes[last])
            ):
                last += 1
        return last

    def _goes_on(self, before: Node, node: Node) -> bool:
        """Whether a line right under another goes on with it, as hard-wrapped values do."""
        if node.indent > before.indent + 1 or len(before.text) >= 55:
            return True
        if _ITEM.match(before.text.partition(":")[2].strip() or before.text) and _ITEM.match(node.text):
            return True
        return not before.text.rstrip().endswith((".", "!", "?")) and (node.text[:1].islower() or len(before.text) > 45)

    def _may_be_value(self, node: Node) -> bool:
        return not node.kind and not headings.parse(node.text) and not label_line(node.text)

    def _label(self, index: int, stop: int, lines: dict[int, Line], *, first: bool, after_heading: bool) -> int:
        """Take the label line at `index` and what goes on with it; the index of the next line."""
        line = lines[index]
        name = line.label.names[0]
        taken = [index]
        after = index + 1
        paragraphs = [line.value] if line.value else []
        next_label = min((other for other in lines if other > index), default=stop)
        while after < min(stop, next_label):
            node = self.nodes[after]
            if node.kind or node.page or headings.parse(node.text) or is_by_line(node.text):
                break
            is_list = node.gap > 0 and name not in labels.PARAGRAPHS and bool(paragraphs)
            quoted = node.hint == "blockquote" and self.nodes[after - 1].hint == "blockquote"
            if is_list or (node.gap > 0 and paragraphs and next_label >= stop and not quoted and not self.framed):
                break
            if node.gap == 0 and len(self.nodes[after - 1].text) < 60 and is_unknown_label(node.text):
                break
            if node.gap == 0 and paragraphs:
                paragraphs[-1] += " " + node.text
            else:
                paragraphs.append(node.text)
            taken.append(after)
            after += 1
        spans = merge(self.draft.text, [span for place in taken for span in self.nodes[place].spans])
        if (after_heading or not first) and name in ("note", "warning", "disclaimer", "beta", "feedback", "dedication"):
            if name == "disclaimer" and first and "disclaimer" not in self.facts:
                pass
            else:
                for place in taken:
                    self.nodes[place] = self.nodes[place]._replace(kind="note")
                return after
        if name == "chapter title" and line.value:
            _, titled = cut(self.draft.text, self.nodes[index], len(self.nodes[index].text) - len(line.value))
            told = headings.Heading(None, line.value, 0)
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
        value = "\n\n".join(paragraphs).strip()
        self._take(line.label.names, value, spans)
        for place in taken:
            self.nodes[place] = self.nodes[place]._replace(kind="fact")
        return after

    def _take(self, names: tuple[str, ...], value: str, spans: tuple[Span, ...]) -> None:
        """Make facts of one labelled value; a line may hold several labels."""
        apart = ""
        known = self.facts
        for part_names, part in split_labels(names, value):
            name = part_names[0]
            if name == "address":
                apart = "e-mail address"
            elif name == "aside":
                apart = "header line"
            elif name == "chapters" and (counted := _COUNTED.search(part)):
                self._add("complete", counted[1] == counted[2], spans)  # `3/3` is all of them, `3/?` is not
            elif name == "chapters" or (name == "feedback" and part.isdecimal()):
                apart = "count"
            elif not part:
                apart = apart or "empty label"
            else:
                self._state(part_names, part, spans)
        if apart and self.facts is known:
            self.chrome += [Chrome(span, apart) for span in spans]

    def _state(self, names: tuple[str, ...], value: str, spans: tuple[Span, ...]) -> None:
        name = names[0]
        if name == "title":
            self._state_title(value, spans)
        elif name == "author" and (found := ADDRESS.search(value)):
            self._add("author", value[: found.start()].strip(" <([,;-–|") or value.split("@")[0], spans)
        elif name == "author":
            self._add("author", clean_name(value) or value, spans)
        elif {"relationship", "character"} <= set(names):
            for one in list_values(value):
                self._add("relationship" if "/" in one or " & " in one else "character", one, spans)
        elif name == "rating":
            self._add("rating", value, spans)
            if ratings.is_mixed(value):
                self.remarks.append(Remark("rating-mixed", f"“{value[:80]}”: the strictest counts.", 0, spans[0]))
        elif name == "status":
            self._add("status", value, spans)
            complete = completeness(value)
            if complete is not None:
                self._add("complete", complete, spans)
        elif name == "archived":
            self._add("archive", value, spans)
        elif name == "challenge":
            self._add("note", value, spans)
        elif name == "content":
            self._add("warning", value, spans)
        elif name == "series" and "fandom" not in self.facts and name not in self.facts:
            self._add("series", value, spans)
        elif name in labels.MULTIPLE:
            for one in list_values(value):
                self._add(name, one, spans)
        else:
            self._add(name, value, spans)

    def _state_title(self, value: str, spans: tuple[Span, ...]) -> None:
        title = MAIL_TAG.sub("", value).strip()
        if (parted := TITLE_BY.fullmatch(title)) and is_name(parted["name"]) and PART.search(parted["title"]):
            title = parted["title"]
            self._add("author", parted["name"].strip(), spans)
        title, part = part_of_title(title)
        if part:
            self._add("part", part, spans)
        if parted_title := headings.at_end_of_title(title):
            title = parted_title[0]
        title = title.strip().strip("*_~").strip()
        if len(title) > 1 and title[0] + title[-1] in ('""', "“”", "«»", "[]"):
            title = title[1:-1].strip()
        if title:
            self._add("title", title, spans)

    def _add(self, name: str, value: str | bool, spans: tuple[Span, ...]) -> None:
        self.facts = add_fact(self.facts, name, Fact(value, spans=spans))

    def _to_chrome(self, index: int, reason: str) -> None:
        node = self.nodes[index]
        self.nodes[index] = node._replace(kind="chrome")
        self.chrome += [Chrome(span, reason) for span in node.spans if span.end > span.start]

    def _title(self, start: int, stop: int, has_lines: bool) -> int:
        """A bare title line and a by-line on top of the first page; the index of the node after them."""
        index = start
        while index < min(stop, len(self.nodes)) and self.nodes[index].kind in ("break", "chrome", "fact", "image"):
            index += 1
        if index >= len(self.nodes) or index >= stop + 1:
            return start
        node = self.nodes[index]
        if node.kind or label_line(node.text) or len(node.text) > 110:
            return start
        if node.text[0] == "[" and MAIL_TAG.match(node.text) and "title" not in self.facts:
            self.facts = subject_facts(self.facts, node.text, node.spans)
            self.nodes[index] = node._replace(kind="fact")
            self._title_again(index + 1)
            return index + 1
        if parted := headings.at_end_of_title(node.text):
            if "title" not in self.facts:
                self._add("title", parted[0], node.spans)
            return start
        if headings.parse(node.text):
            return start
        after = index + 1
        if (
            after < len(self.nodes)
            and self.nodes[after].kind == "break"
            and not set(self.nodes[after].text) - set("=-_~*")
        ):
            after += self.nodes[after].gap == 0  # a rule that underlines the title
        title, part = part_of_title(node.text)
        by_line = self._by_line(after)
        if by_line and is_title(title):
            self._state_line(index, title, part, "")
            self._state_by_line(by_line)
            self._underline(index + 1, after)
            for place in range(after, by_line):
                below = self.nodes[place]
                if counted := part_of_title(f"{title}, {below.text}")[1]:
                    self._add("part", counted, below.spans)
                    self.nodes[place] = below._replace(kind="fact")
                else:
                    self._to_chrome(place, "subtitle")
            return self._rating_below(by_line + 1)
        one_line = TITLE_BY.fullmatch(node.text)
        if (
            one_line
            and is_title(one_line["title"])
            and is_name(one_line["name"])
            and (has_lines or self._opens_story(after))
        ):
            name, rating = name_and_rating(one_line["name"])
            if rating:
                self._add("rating", rating, node.spans)
            self._state_line(index, *part_of_title(one_line["title"]), name)
            return after
        if (
            is_title(title)
            and "title" not in self.facts
            and (
                self._header_follows(after)
                or part
                or self._heading_follows(after)
                or _is_title_markup(node)
                or (after == index + 2 and node.text[-1] not in ".,;:")
            )
        ):
            self._state_line(index, title, part, "")
            self._underline(index + 1, after)
            return after
        return start

    def _title_again(self, index: int) -> None:
        """Under a post's subject the author's own title, with the by-line."""
        for place in range(index, min(index + 4, len(self.nodes))):
            node = self.nodes[place]
            if not node.kind and self._is_known_title(node.text):
                self._state_line(place, *part_of_title(node.text), "")
                if by_line := self._by_line(place + 1):
                    self._state_by_line(by_line)
                    for between in range(place + 1, by_line):
                        self._to_chrome(between, "subtitle")
                return

    def _is_known_title(self, text: str) -> bool:
        title = part_of_title(text)[0].strip(" *_~-=").lower()
        return any(str(fact.value).lower() == title for fact in self.facts.get("title", ()))

    def _by_line(self, index: int) -> int:
        """Where the by-line stands: at `index`, or below subtitles with no blank line between; 0 for none."""
        for place in range(index, min(index + 4, len(self.nodes))):
            node = self.nodes[place]
            if node.kind or node.page or len(node.text) > 80:
                return 0
            if is_by_line(node.text):
                return place
            if place > index and node.gap:
                return 0
            if (heading := headings.parse(node.text)) and heading.of:
                continue  # `Part 1 of 3`
            if label_line(node.text) or headings.parse(node.text) or _SPEECH.search(node.text):
                return 0
        return 0

    def _state_by_line(self, index: int) -> None:
        node = self.nodes[index]
        name, date = by_line(node.text)
        self._add("author", clean_name(name), node.spans)
        if date:
            self._add("published", date, node.spans)
        self.nodes[index] = node._replace(kind="fact")

    def _rating_below(self, index: int) -> int:
        """A rating alone on its line under the by-line: `PG for broken china`."""
        if index < len(self.nodes) and not self.nodes[index].kind and is_rating(self.nodes[index].text):
            self._add("rating", self.nodes[index].text, self.nodes[index].spans)
            self.nodes[index] = self.nodes[index]._replace(kind="fact")
            return index + 1
        return index

    def _underline(self, start: int, end: int) -> None:
        for index in range(start, end):
            self._to_chrome(index, "underline of the title")

    def _state_line(self, index: int, title: str, part: str, author: str) -> None:
        spans = self.nodes[index].spans
        self._add("title", title.strip().strip("*_~=- ").strip('"“”').strip(), spans)
        if part:
            self._add("part", part, spans)
        if author:
            self._add("author", clean_name(author), spans)
        self.nodes[index] = self.nodes[index]._replace(kind="fact")

    def _header_follows(self, index: int) -> bool:
        """A label line within the next two lines."""
        near = [node for node in self.nodes[index : index + 3] if node.kind != "break"][:2]
        return any(not node.kind and label_line(node.text, misspelt=True) for node in near)

    def _heading_follows(self, index: int) -> bool:
        near = [node for node in self.nodes[index : index + 2] if node.kind != "break"][:1]
        return any(not node.kind and headings.parse(node.text) for node in near)

    def _opens_story(self, index: int) -> bool:
        return index < len(self.nodes) and (self.nodes[index].kind == "break" or self.nodes[index].gap > 0)


def _one_title(facts: Facts) -> Facts:
    """Of two titles of which one says the other with more around it (a post's subject), the shorter one."""
    titles = facts.get("title", ())
    kept = list(titles)
    for title in titles:
        for other in kept:
            if other is not title and title in kept and str(other.value).lower() in str(title.value).lower():
                kept.remove(title)
                kept[kept.index(other)] = other._replace(spans=other.spans + title.spans)
                break
    return {**facts, "title": tuple(kept)} if kept != list(titles) else facts


def _is_title_markup(node: Node) -> bool:
    return node.hint in ("h1", "h2", "title")
