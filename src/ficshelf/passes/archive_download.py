"""The front and the frame of a work downloaded from AO3 or its kin, where the markup that told them apart is gone: in a
PDF, in a text or a document that somebody copied.

On top stand the title and "Posted originally on the … at …", then a list of labels each with its values, which are
parted by commas and hold none; then the title again and `by …`. Around the story stand "Chapter Notes" and the like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf.model import Draft, Fact, Node
from ficshelf.passes import archive_rows, headings
from ficshelf.passes.header_facts import Gathered

_POSTED = re.compile(
    r"(?:(?P<title>.{1,250}) )?Posted originally on the (?P<archive>.{1,80}) at (?P<url>https?://\S+?)\.?"
)
_ROW = re.compile(
    r"(Rating|Archive Warnings?|Category|Categories|Fandoms?|Relationships?|Characters?|Additional Tags|Language|"
    r"Series|Collections?|Stats):(?:\s+(.*))?"
)
_POINTER = re.compile(
    r"\(?See the end of the (?:work|chapter) for (?:more )?notes[).]*(?: and other works inspired .*)?"
)
_INVITATION = re.compile(r"Please (?:drop by the [Aa]rchive and comment|to let the) .{0,120}")
_BLURB = {"Summary": "summary", "Summary:": "summary", "Notes": "note", "Notes:": "note"}
_ABOVE = frozenset({"Chapter Notes", "Chapter Summary"})
_BELOW = frozenset({"Chapter End Notes", "End Notes"})
_FRAMES = frozenset({"Preface", "Afterword"})  # headings for a table of contents, which the archive hides in pages
_TOP = 5  # lines within which the message stands
_HIGH = 12  # lines within which the summary stands, where the list was read by its markup
_TOLD = 120  # characters of a line that tells
_TALLEST = 80  # lines of the list and its values


def apply(draft: Draft) -> Draft:
    """State what the front says; settle the notes, and set apart what is not the author's."""
    top = draft.nodes[:_TOP]
    place = next((at for at, node in enumerate(top) if "Posted originally on the" in node.text), -1)
    posted = _POSTED.fullmatch(top[place].text) if place >= 0 and not top[place].kind else None
    front = _Front(draft)
    if posted is None and _is_known(draft):
        front.blurb(_blurb_place(draft.nodes))
        front.pointers()
        return draft._replace(nodes=tuple(front.nodes), facts=front.facts, chrome=(*draft.chrome, *front.chrome))
    if posted is None:
        return draft
    front.message(place, posted)
    front.headings_of_frame(place)
    after = front.rows(place + 1)
    front.blurb(front.title_again(after))
    front.frame(after)
    facts = {name: _as_stated_here(several) for name, several in front.facts.items()}
    if "rating" in facts:  # the tags that a book states of itself do not say of which kind they are
        facts["tag"] = tuple(fact for fact in facts.get("tag", ()) if fact.spans)
    facts = {name: several for name, several in facts.items() if several}
    return draft._replace(nodes=tuple(front.nodes), facts=facts, chrome=(*draft.chrome, *front.chrome))


def _blurb_place(nodes: Sequence[Node]) -> int:
    """Where the summary and the notes stand above the story: before anything is told."""
    for at, node in enumerate(nodes[:_HIGH]):
        if node.text in _BLURB:
            return at
        if not node.kind and len(node.text) > _TOLD:
            break
    return len(nodes)


def _is_known(draft: Draft) -> bool:
    """Whether the front was read by its markup, as in a book that was made of a download."""
    return any("/works/" in str(fact.value) for fact in draft.facts.get("url", ()))


def _as_stated_here(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """What the front says counts more than what a book states of itself, which has no place in its pages."""
    return tuple(fact for fact in facts if fact.spans) or facts


class _Front(Gathered):
    """The nodes of a download while its front is read."""

    title = ""

    def _settle(self, index: int, kind: str) -> None:
        self.nodes[index] = self.nodes[index]._replace(kind=kind, detail="")

    def message(self, index: int, posted: re.Match[str]) -> None:
        """The message on top, and the title before it."""
        spans = self.nodes[index].spans
        self.title = posted["title"] or ""
        if not self.title and index and _is_free(self.nodes[index - 1]):
            self.title = self.nodes[index - 1].text
            spans = self.nodes[index - 1].spans
            self._settle(index - 1, "fact")
        if self.title:
            self.add("title", self.title, spans)
        self.add("archive", posted["archive"], self.nodes[index].spans)
        self.add("url", posted["url"], self.nodes[index].spans)
        self._settle(index, "fact")

    def headings_of_frame(self, message: int) -> None:
        """Set apart the archive's headings of the front and of what follows the story."""
        for index in (*range(message), *range(message + 1, len(self.nodes))):
            node = self.nodes[index]
            if node.text in _FRAMES and _is_free(node):
                after = self.nodes[index + 1].text if index + 1 < len(self.nodes) else ""
                if index < message or after in _BELOW or _INVITATION.fullmatch(after):
                    self.set_apart(index, "navigation")

    def rows(self, start: int) -> int:
        """The list of labels with their values; the index of the node after it."""
        index = self._without_rules(start)
        while index < min(len(self.nodes), start + _TALLEST):
            row = _ROW.fullmatch(self.nodes[index].text) if _is_free(self.nodes[index]) else None
            if row is None:
                break
            here = [index]
            index += 1
            is_value = not row[2]
            while index < len(self.nodes) and _is_free(self.nodes[index]) and (is_value or self.nodes[index].gap == 0):
                if _ROW.fullmatch(self.nodes[index].text) or self.nodes[index].page:
                    break
                here.append(index)
                index += 1
                is_value = False
            self._row(row[1], " ".join([row[2] or "", *(self.nodes[one].text for one in here[1:])]).strip(), here)
        return self._without_rules(index)

    def _without_rules(self, index: int) -> int:
        """Set the frame of the list apart; the index of the node after it."""
        while index < len(self.nodes) and (self.nodes[index].hint == "hr" or self.nodes[index].kind == "break"):
            self.set_apart(index, "frame of the header")
            index += 1
        return index

    def _row(self, label: str, value: str, places: list[int]) -> None:
        spans = tuple(span for place in places for span in self.nodes[place].spans)
        for place in places:
            self._settle(place, "fact")
        if not archive_rows.state(self, label, value, spans) and label != "Stats":
            for place in places:
                self.set_apart(place, label.lower())

    def title_again(self, start: int) -> int:
        """The title above the summary, and who wrote it; the index of the node after them."""
        for index in range(start, min(start + 3, len(self.nodes))):
            node = self.nodes[index]
            if _is_free(node) and self.title and node.text.casefold() == self.title.casefold():
                self.add("title", self.title, node.spans)
                self._settle(index, "fact")
            elif _is_free(node) and node.text.startswith("by ") and len(node.text) < 300:
                for name in node.text[3:].split(", "):
                    self.add("author", name, node.spans)
                self._settle(index, "fact")
                return index + 1
        return start

    def blurb(self, start: int) -> None:
        """The summary and the notes, each below its label. Of each the first paragraph; all of it where it is set in,
        or where nothing but these stands before a heading or a new page."""
        index = start
        end = next((at for at in range(start, min(len(self.nodes), start + _TALLEST)) if self._ends_blurb(at)), start)
        if end < len(self.nodes) and self.nodes[end].text in _FRAMES:
            end = start  # below the story, so that what stands between is told
        while index < len(self.nodes) and self.nodes[index].text in _BLURB and not self.nodes[index].kind:
            name, label = _BLURB[self.nodes[index].text], index
            index += 1
            while index < len(self.nodes) and _is_free(self.nodes[index]) and not self._ends_blurb(index):
                node = self.nodes[index]
                if node.text in _BLURB or _POINTER.fullmatch(node.text):
                    break
                is_quoted = node.hint == "blockquote" == self.nodes[label + 1].hint
                if index > label + 1 and not is_quoted and index >= end:
                    break
                index += 1
            said = "\n\n".join(node.text for node in self.nodes[label + 1 : index])
            spans = tuple(span for node in self.nodes[label:index] for span in node.spans)
            if not said:
                self.set_apart(label, "label")
                continue
            self.add(name, said, spans)
            for place in range(label, index):
                self._settle(place, "fact")

    def _ends_blurb(self, index: int) -> bool:
        node = self.nodes[index]
        return node.page or node.kind == "heading" or headings.parse(node.text) is not None

    def pointers(self) -> None:
        """Set apart what only leads to the notes."""
        for index, node in enumerate(self.nodes):
            if _is_free(node):
                self._is_pointer(index)

    def _is_pointer(self, index: int) -> bool:
        is_one = self.nodes[index].text.startswith(("See the", "(See the")) and _POINTER.fullmatch(
            self.nodes[index].text
        )
        if is_one:
            self.set_apart(index, "navigation")
        return bool(is_one)

    def frame(self, start: int) -> None:
        """The author's notes around the chapters, and what the archive says there."""
        is_note = is_first = False  # below such a heading; right below it
        gap = 0  # between the label and the first paragraph of such a note
        for index in range(start, len(self.nodes)):
            node = self.nodes[index]
            if node.page or node.kind == "heading":
                is_note = is_first = False
            if not _is_free(node) or node.kind == "heading":
                continue
            if self._is_pointer(index):
                is_note = is_first = False
            elif _INVITATION.fullmatch(node.text):
                self.set_apart(index, "invitation to comment")
            elif node.text in _ABOVE or node.text in _BELOW:
                self._settle(index, "note")
                is_note = node.text in _BELOW
                is_first = True
            elif is_note or is_first or self._goes_on_noting(index, gap):
                gap = node.gap if is_first else gap
                self._settle(index, "note")
                is_first = False

    def _goes_on_noting(self, index: int, gap: int) -> bool:
        """Whether a paragraph belongs to the note before it: set in as that is, and no further off than its label."""
        node = self.nodes[index]
        return node.hint == "blockquote" and self.nodes[index - 1].kind == "note" and node.gap <= max(1, gap)


def _is_free(node: Node) -> bool:
    return node.kind in ("", "heading")
