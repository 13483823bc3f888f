"""The header zone: label lines, a bare title, a by-line. They become facts, and the story is what follows them.

The zone runs from the top of a page to its first story paragraph. A label further down ("note: bring wine") is story.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ficshelf import ratings
from ficshelf.model import Chrome, Draft, Fact, Facts, Node, Remark, Span
from ficshelf.passes import headings, labels
from ficshelf.passes.facts import add_fact, list_values
from ficshelf.passes.nodes import cut, merge

_LABEL = re.compile(
    r"(?P<open>[\[({<*_~=|•·\-\s/\\\"“>#]*)(?P<label>[^\W\d_][^:\n=]{0,39}?)(?P<close>[\])}>*_~|/\\\"”]*)\s*(?P<sign>::?|"
    r"[=]+|\s[-–—]+(?=\s)|[-–—](?=\s))(?P<close2>[*_~\])/]{0,3})\s*(?P<value>.*)",
    re.S,
)
_INNER = re.compile(
    r"(?:(?<=\s)|(?<=[;|/.,)\]]))(?P<open>[*_\[(|]{0,3})(?P<label>[A-ZÀ-ÖØ-ÞА-Я][\w'’/()&. -]{1,30}?)"
    r"(?P<close>[*_\])]{0,2})\s*:(?=\s|"
    r"\*|$)"
)
_BRACKETED = re.compile(r"[\[{](?P<label>[^\W\d_][^\]}:\n]{1,30})[\]}]\s+(?=\S)")
_BY = re.compile(
    r"[-–—~*_\s(\[]*(?:written\s+by|a\s+(?:story|fic|fanfic|tale)\s+by|by|von|par|por)\s*:?\s+(?P<name>[^\n]{1,60}?)[-–—~*_\s)\]]*",
    re.I,
)
_TITLE_BY = re.compile(r"(?P<title>[^\n]{1,90}?)\s*(?:,|[-–—])?\s+\b(?:by|By|BY)\s+(?P<name>[^\n]{2,50})")
_PART = re.compile(
    r"\s*[(\[\-–—,:]?\s*(?:(?:part|pt|chapter|ch)\.?\s*)?(?P<part>\d{1,3}\s*(?:/|of)\s*(?:\d{1,3}|\?+|x))\s*[)\]]?\s*$",
    re.I,
)
_MAIL_TAG = re.compile(r"^(?:\[[^\]]{1,30}\]\s*|(?:re|fwd?|fic|new|repost|story|fanfic|xfc|new fic)\s*:\s*)+", re.I)
_ADDRESS = re.compile(r"[\w.+-]+(?:@|\s*\[?\(?at\)?\]?\s*)[\w-]+(?:\.|\s*\[?\(?dot\)?\]?\s*)\w+", re.I)
_SPEECH = re.compile(r"^[\"“«]|[,.!?…][\"”»](?:\s|$)")
_SENTENCE_END = re.compile(r"[.,;:]$")
_ENOUGH = 70  # nodes from the top of a page that are looked at
_COMPLETE = {
    True: ("complete", "completed", "finished", "yes", "done", "one shot", "oneshot", "one-shot", "abgeschlossen",
           "terminé", "completa", "completo", "завершен", "завершён", "закончен"),
    False: ("wip", "incomplete", "in progress", "in-progress", "work in progress", "unfinished", "ongoing", "abandoned",
            "hiatus", "on hiatus", "no", "not complete", "not finished", "discontinued", "to be continued", "tbc",
            "en cours", "in arbeit", "в процессе"),
}  # fmt: skip


class Line(NamedTuple):
    """A header line: what its label names, its value, and how many characters of the line precede the value."""

    label: labels.Label
    value: str
    strong: bool  # a colon stands behind the label, or its markup says that it is one


def label_line(text: str, *, misspelt: bool = False) -> Line | None:
    """Read `text` as a header line; None where it is none."""
    if bracketed := _BRACKETED.match(text):
        known = labels.find(bracketed["label"], misspelt=misspelt)
        return Line(known, text[bracketed.end() :].strip(), True) if known else None
    if not (found := _LABEL.match(text[:400])) or found.end("label") > 60:
        return None
    label = found["label"].strip().strip("*_ ")
    sign = found["sign"].strip()
    strong = sign.startswith((":", "="))
    known = labels.find(label, misspelt=misspelt and strong)
    if known is None:
        return None
    value = text[found.start("value") :].strip() if len(text) > 400 else found["value"].strip()
    if found["open"].strip()[:1] in ("[", "(", "{", "<") and not found["close"].strip():
        value = (
            value.rstrip("])}> ").rstrip()
            if value.count("(") < value.count(")") or value.endswith(("]", "}", ">"))
            else value
        )
    if known.names[0] in ("author",) and label.lower() == "by" and not strong:
        return None
    if not strong and known.names[0] not in ("note",) and not (label[0].isupper() and len(value) < 200):
        return None
    return Line(known, value.strip("*_ ") if found["open"].strip(" [({<")[:1] in ("*", "_") else value, strong)


def apply(draft: Draft) -> Draft:
    """Make facts of the header lines of each page."""
    reader = _Zone(draft)
    starts = [0] + [index for index, node in enumerate(draft.nodes) if node.page and index]
    first = True
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(draft.nodes)
        reader.page(start, min(end, start + _ENOUGH), first=first)
        if any(node.kind in ("", "heading") for node in draft.nodes[start:end]):
            first = False  # a page of facts alone (a book's list of tags) leaves the next one to be the first
    return draft._replace(
        nodes=tuple(reader.nodes),
        facts=reader.facts,
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
            elif not node.kind and first and lines and "author" not in self.facts and _is_by_line(node.text):
                found = _BY.fullmatch(node.text)
                self._add("author", _clean_name(found["name"] if found else node.text), node.spans)
                self.nodes[index] = node._replace(kind="fact")
            elif not node.kind and first and lines and _ADDRESS.search(node.text) and len(node.text) < 100:
                self._to_chrome(index, "e-mail address")
            index += 1

    def _extent(self, start: int, end: int) -> tuple[int, dict[int, Line]]:
        """Where the zone ends (a node's index), and the label lines in it."""
        lines: dict[int, Line] = {}
        stray = stray_length = 0
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
            line = None if node.kind else label_line(node.text, misspelt=True) or self._label_of_quote(index)
            if line and not line.strong and not lines and stray > 3:
                line = None
            if line:
                lines[index] = line
                last = index + 1
                stray = stray_length = 0
                misses_allowed = _further_paragraphs(line)
                continue
            if headings.parse(node.text):
                headed = True
                continue
            if node.gap and (headed or (lines and _SPEECH.search(node.text))):
                break  # the story has begun
            stray += 1
            stray_length += len(node.text)
            continues = bool(lines) and (node.gap == 0 or stray <= misses_allowed)
            if not lines and (stray > misses_allowed or stray_length > 300):
                break
            if lines and not (continues and stray_length < 4000):
                break
        if not lines:
            return min(end, start + 6), {}
        return self._end_of_last(last, end, lines), lines

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

    def _label_of_quote(self, index: int) -> Line | None:
        """A label alone on its line, a quoted block under it: how AO3's files write summary and notes."""
        node = self.nodes[index]
        if len(node.text) > 20 or index + 1 >= len(self.nodes) or self.nodes[index + 1].hint != "blockquote":
            return None
        label = labels.find(node.text.strip(" :"))
        return Line(label, "", True) if label and node.hint != "blockquote" else None

    def _end_of_last(self, last: int, end: int, lines: dict[int, Line]) -> int:
        """The lines right under the last label line go on with its value."""
        value = lines[max(lines)].value if lines else ""
        while last < end and not self.nodes[last].kind and self.nodes[last].gap == 0 and not self.nodes[last].page:
            node = self.nodes[last]
            if headings.parse(node.text) or _is_by_line(node.text) or not self._goes_on(self.nodes[last - 1], node):
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
            if node.kind or node.page or headings.parse(node.text) or _is_by_line(node.text):
                break
            is_list = node.gap > 0 and name not in labels.PARAGRAPHS and bool(paragraphs)
            quoted = node.hint == "blockquote" and self.nodes[after - 1].hint == "blockquote"
            if is_list or (node.gap > 0 and paragraphs and next_label >= stop and not quoted and not self.framed):
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
        for part_names, part in _split_labels(names, value):
            name = part_names[0]
            if name == "address":
                self.chrome += [Chrome(span, "e-mail address") for span in spans]
            elif name == "aside":
                self.chrome += [Chrome(span, "subtitle") for span in spans]
            elif not part:
                self.chrome += [Chrome(span, "empty label") for span in spans]
            else:
                self._state(part_names, part, spans)

    def _state(self, names: tuple[str, ...], value: str, spans: tuple[Span, ...]) -> None:
        name = names[0]
        if name == "title":
            self._state_title(value, spans)
        elif name == "author" and (found := _ADDRESS.search(value)):
            self._add("author", value[: found.start()].strip(" <([,;-–|") or value.split("@")[0], spans)
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
        title = _MAIL_TAG.sub("", value).strip()
        if (parted := _TITLE_BY.fullmatch(title)) and _is_name(parted["name"]) and _PART.search(parted["title"]):
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
        title, _ = part_of_title(node.text)
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
        by = _BY.fullmatch(self.nodes[after].text) if after < len(self.nodes) and not self.nodes[after].kind else None
        one_line = _TITLE_BY.fullmatch(node.text)
        if (
            one_line
            and _is_title(one_line["title"])
            and _is_name(one_line["name"])
            and (has_lines or self._opens_story(after))
        ):
            title, part = part_of_title(one_line["title"])
            self._state_line(index, title, part, one_line["name"])
            return after
        if by and _is_title(title) and _is_name(by["name"]):
            title, part = part_of_title(node.text)
            self._state_line(index, title, part, "")
            self._add("author", _clean_name(by["name"]), self.nodes[after].spans)
            self.nodes[after] = self.nodes[after]._replace(kind="fact")
            self._underline(index + 1, after)
            return after + 1
        title, part = part_of_title(node.text)
        if (
            _is_title(title)
            and "title" not in self.facts
            and (self._header_follows(after) or part or self._heading_follows(after) or _is_title_markup(node))
        ):
            self._state_line(index, title, part, "")
            self._underline(index + 1, after)
            return after
        return start

    def _underline(self, start: int, end: int) -> None:
        for index in range(start, end):
            self._to_chrome(index, "underline of the title")

    def _state_line(self, index: int, title: str, part: str, author: str) -> None:
        spans = self.nodes[index].spans
        self._add("title", title.strip().strip("*_~=- ").strip('"“”').strip(), spans)
        if part:
            self._add("part", part, spans)
        if author:
            self._add("author", _clean_name(author), spans)
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


def subject_facts(facts: Facts, subject: str, spans: tuple[Span, ...]) -> Facts:
    """Title, author and part out of a mail's subject: `[fic] Name (2/5) by A, PG`."""
    rating = re.search(r"[\[(](G|PG|PG-?13|R|NC-?17|K\+?|T|M)[\])]", subject)
    title = _MAIL_TAG.sub("", re.sub(r"\s*[\[(](?:G|PG|PG-?13|R|NC-?17|K\+?|T|M)[\])]", "", subject)).strip()
    if (parted := _TITLE_BY.fullmatch(title)) and _is_name(parted["name"]):
        title = parted["title"]
        facts = add_fact(facts, "author", Fact(_clean_name(parted["name"]), spans=spans))
    title, part = part_of_title(title)
    if part:
        facts = add_fact(facts, "part", Fact(part, spans=spans))
    if rating:
        facts = add_fact(facts, "rating", Fact(rating[1], spans=spans))
    return add_fact(facts, "title", Fact(title, spans=spans)) if title else facts


def sender(value: str) -> str:
    """The name in a mail's From line, or what stands before the @. The address itself is never kept."""
    named = re.match(r'\s*"?([^"<(@]{2,60}?)"?\s*[<(\[]', value)
    if named and not _ADDRESS.search(named[1]):
        return named[1].strip()
    bracketed = re.search(r"\(([^()@]{2,60})\)", value)
    if bracketed:
        return bracketed[1].strip()
    return value.strip(" <>").split("@")[0].strip()[:60]


def _further_paragraphs(line: Line) -> int:
    """How many paragraphs without a label may stand between this label's line and the next label."""
    names = set(line.label.names)
    if names & {"disclaimer", "warning"}:
        return 6
    return 3 if names & labels.PARAGRAPHS or not line.value else 1


def completeness(value: str) -> bool | None:
    """What a status says: True, False, or None where it says neither or both."""
    low = value.strip().lower().strip(".!*_ ")
    for complete, words in _COMPLETE.items():
        if low in words or any(
            low.startswith(word + end) for word in words for end in (" ", ",", ";", ".", "(", "!", "-")
        ):
            return complete
    return None


def part_of_title(text: str) -> tuple[str, str]:
    """`Name (2/5)` → ("Name", "2/5"); the part is "" where none is stated."""
    found = _PART.search(text, max(0, len(text) - 40))
    if not found or not found.start():
        return text, ""
    written = found["part"]
    before = text[found.start() : found.start("part")]
    if not before.strip() or not any(sign in before.lower() for sign in "([-–—,:pc"):
        return text, ""
    return text[: found.start()].rstrip(" ,:-–—"), re.sub(r"\s*(?:/|of)\s*", "/", written, flags=re.I)


def _split_labels(names: tuple[str, ...], value: str) -> list[tuple[tuple[str, ...], str]]:
    """`R Pairing: B/S Spoilers: none` behind `Rating:`: each label with its own value."""
    if names[0] in ("disclaimer", "summary", "note", "feedback") and not re.search(r"\s{2}|\|", value):
        return [(names, value)]
    parts: list[tuple[tuple[str, ...], str]] = []
    begin = 0
    for found in _INNER.finditer(value):
        label = labels.find(found["label"])
        if label is None:
            words = found["label"].split()
            for cut in range(1, len(words)):
                label = labels.find(" ".join(words[cut:]))
                if label and words[cut][0].isupper():
                    offset = found.start("label") + found["label"].rindex(" ".join(words[cut:]))
                    break
                label = None
            else:
                continue
        else:
            offset = found.start()
        if label is None:
            continue
        parts.append((names, value[begin:offset].strip(" \t;|,/*_[]")))
        names, begin = label.names, found.end()
    tail = value[begin:].strip()
    parts.append((names, tail.strip("|;*_").strip() if parts else tail))
    return parts


def _is_title(text: str) -> bool:
    words = text.split()
    if not words or len(words) > 14 or len(text) > 90 or (text[0] in '"“‘' and text[-1] not in '"”’'):
        return False
    if (_SENTENCE_END.search(text) and not text.endswith("...")) or _LOWER_START.match(text):
        return False
    return any(letter.isalnum() for letter in text)


_LOWER_START = re.compile(r"[a-zà-ÿ][a-zà-ÿ]*(?:\s+[a-zà-ÿ]+){6,}")


def _is_name(text: str) -> bool:
    name = _clean_name(text)
    return 0 < len(name) <= 50 and len(name.split()) <= 6 and not name.endswith((",", ";", ":", "?"))


def _is_by_line(text: str) -> bool:
    found = _BY.fullmatch(text) if len(text) < 80 else None
    return (
        found is not None
        and _is_name(found["name"])
        and found["name"][:1].isupper() | (len(found["name"].split()) == 1)
    )


def _clean_name(text: str) -> str:
    text = _ADDRESS.sub("", text).strip()
    return text.strip("<>()[]*_~,;-–— ").strip()


def _is_title_markup(node: Node) -> bool:
    return node.hint in ("h1", "h2", "title")
