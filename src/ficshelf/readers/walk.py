"""From a parsed page to its text layer and its lines, in one walk over the tree.

The *text layer* of a page is the data of all its text nodes in document order, one straight after another, as an HTML5
parser makes them (entities resolved), without those inside `script style template iframe noembed noframes` and without
comments. So whoever parses the page with any HTML5 parser can count its letters and must find the same ones.

A line ends at the edge of a block, at a `<br>`, and inside `<pre>` at a line end.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from ficshelf.model import Chrome, Node, Run, Span
from ficshelf.readers import marks, quotes, tables
from ficshelf.readers.flatten import tag_set
from ficshelf.readers.pictures import picture
from ficshelf.readers.within import Looks, State


class Role(NamedTuple):
    """What an element of a page is known to be, from its tag, its name or the site's dialect.

    `kind` is "chrome" (`detail`: the reason), "fact" (its text belongs to facts and is no story), "frame" (chrome for
    the reason `detail`, but for elements within that have another role), "story" (what a frame holds; `detail`: the
    hint of its lines), "typed" (a story whose line ends count) or a kind of block (`detail` is then the block's).
    """

    kind: str
    detail: str = ""


class Page(NamedTuple):
    """What the walk makes of a tree. `places` gives, by memory id, the spans of elements that are facts or chrome."""

    text: str
    nodes: list[Node]
    chrome: list[Chrome]
    places: dict[int, Span]


_SILENT = tag_set("script style template iframe noembed noframes")
_HEADINGS = tag_set("h1 h2 h3 h4 h5 h6")
_TYPED = tag_set("pre textarea listing xmp plaintext")
_STYLED = tag_set("div p span font td th center blockquote h1 h2 h3 h4 h5 h6 section article table tr li")
_LEAD = re.compile(r"[ \t\n\r\f]+")
_SPACES = " \t\n\r\f"

_new = tuple.__new__  # a named tuple made at once: a page has a node, a span and runs for every line


def walk(root: LexborNode, roles: dict[int, Role]) -> Page:
    """Walk over a tree from `root`. Elements in `roles` (by memory id) are what it says."""
    return _Walk(roles).run(root)


class _Walk:
    """The text layer so far, and the line that is being made."""

    def __init__(self, roles: dict[int, Role]) -> None:
        self.roles = roles
        self.layer: list[str] = []
        self.length = 0
        self.nodes: list[Node] = []
        self.chrome: list[Chrome] = []
        self.places: dict[int, Span] = {}
        self.line: list[tuple[str, int, str, int]] = []  # text, marks, link, where it begins
        self.images: list[Node] = []
        self.is_quoted = False  # something is
        self.gap = 0
        self.state = State()
        self.looks = Looks()

    def run(self, root: LexborNode) -> Page:
        """Walk by `first_child` and `next`, with a stack of what to put back when an element ends."""
        stack: list[tuple[LexborNode, str, bool, State, int]] = []
        node: LexborNode | None = root
        layer, roles, mark_of = self.layer, self.roles, marks.OF_TAG
        while node is not None:
            tag = node.tag
            if tag == "-text":
                data = node.text_content or ""
                layer.append(data)
                state = self.state
                if not state.hidden:
                    if state.framed or state.typed:
                        self.special(data)
                    elif data != "\n" or self.line:
                        self.line.append((data, state.mask, state.link, self.length))
                self.length += len(data)
            elif tag is None or tag in _SILENT or tag[0] == "-":
                pass
            elif tag == "br":
                if self.line:
                    self.flush(True)
                elif not self.state.hidden and not self.state.framed:
                    self.gap += 1
            else:
                block = tag in tables.BLOCKS
                if block:
                    self.edge(tag)
                down = node.first_child
                mark = mark_of.get(tag)
                role = roles.get(node.mem_id) if roles else None
                if tag == "p" and down is not None and role is None:
                    before = self.state
                    if attributes := node.attributes:
                        self.state = self.looks.within(before, attributes)
                    if down.next is not None or down.tag != "-text" or not self.state.is_plain:
                        stack.append((node, tag, True, before, self.count()))
                        node = down
                        continue
                    data = down.text_content or ""  # most of a story: a paragraph without anything marked in it
                    layer.append(data)
                    self.gap = 1 if self.only(data, self.state.mask, self.state.link, self.length) else self.gap + 1
                    self.length += len(data)
                    self.state = before
                elif mark and down is not None and role is None and down.tag == "-text" and down.next is None:
                    data = down.text_content or ""  # the commonest element by far, taken in one step
                    layer.append(data)
                    state = self.state
                    if not state.hidden:
                        if state.typed or state.framed:
                            self.state = state._replace(mask=state.mask | mark)
                            self.special(data)
                            self.state = state
                        else:
                            self.line.append((data, state.mask | mark, state.link, self.length))
                    self.length += len(data)
                elif down is not None or role is not None:
                    stack.append((node, tag, block, self.state, 0 if role is None else ~self.length))
                    self.enter(node, tag, role, mark or 0)
                    if down is not None:
                        node = down
                        continue
                    node = self.leave(*stack.pop())
                else:
                    self.childless(node, tag)
            following = node.next
            while following is None and stack:
                node = self.leave(*stack.pop())
                following = node.next
            if not stack and (following is None or node.parent is None):
                break
            node = following
        if self.line:
            self.flush(False)
        nodes = quotes.told(self.nodes) if self.is_quoted else self.nodes
        return Page("".join(layer), nodes, self.chrome, self.places)

    def count(self) -> int:
        """A number that stays the same while neither a line nor a blank line is added."""
        return (len(self.nodes) << 24) + self.gap

    def edge(self, tag: str) -> None:
        """A block begins or ends: so does the line, but for the cells of one row."""
        if self.state.between and tag in {"td", "th"}:
            if self.line:
                self.line.append((self.state.between, 0, "", self.length))
            return
        if self.line:
            self.flush(False)
        if not self.gap:
            self.gap = 1

    def childless(self, node: LexborNode, tag: str) -> None:
        """An element without anything in it."""
        state = self.state
        if state.hidden or state.framed:
            return
        if tag == "hr":
            here = Span(self.length, self.length)
            self.add(Node("", (here,), (), state.kind, self.gap, 0, "hr"))
        elif tag == "img":
            made = picture(node, Span(self.length, self.length), self.gap)
            if made is None:
                return
            if any(piece[0].strip() for piece in self.line):
                self.images.append(made)
            else:
                self.add(made._replace(kind=made.kind or state.kind))
        elif tag == "p":
            self.gap += 1

    def enter(self, node: LexborNode, tag: str, role: Role | None, mark: int) -> None:
        """Set the state for what is within an element."""
        old = state = self.state
        if tag == "p" or tag == "div" or tag == "span" or tag == "font":  # the common ones first
            pass
        elif mark:
            state = state._replace(mask=state.mask | mark)
        elif tag == "a":
            state = state._replace(link=marks.safe_link(node.attributes.get("href")))
        elif tag in _HEADINGS:
            state = state._replace(hint=tag)
        elif tag == "li":
            parent = node.parent
            ordered = parent is not None and parent.tag == "ol"
            indent = state.indent + (4 if state.hint == "li" else 0)
            hint = state.hint if state.hint in _HEADINGS else "li"
            state = state._replace(hint=hint, detail="ordered" if ordered else "", indent=indent)
        elif tag == "blockquote":
            depth = state.quoted + 1
            self.is_quoted = True
            state = state._replace(quoted=depth, hint=state.hint if state.hint in _HEADINGS else quotes.hint(depth))
        elif tag == "center":
            if state.hint not in _HEADINGS:
                state = state._replace(hint=tag)
        elif tag in _TYPED:
            state = state._replace(typed=True, hint="pre" if tag == "pre" else state.hint)
        elif tag == "table":
            between = tables.between_cells(node)
            state = state._replace(between=between, hint="table" if between == "\t" else state.hint)
        elif state.between and tag not in tables.CELLS and tag in tables.BLOCKS:
            state = state._replace(between="", hint="p")
        if tag in _STYLED and (attributes := node.attributes):
            state = self.looks.within(state, attributes)
        if role is not None:
            if self.line:
                self.flush(False)
            state = state._replace(framed=role.detail if role.kind == "frame" else "")
            if role.kind in {"chrome", "fact"}:
                state = state._replace(hidden=state.hidden + 1)
            elif role.kind == "story":
                state = state._replace(hint=role.detail or "p", kind="", detail="", quoted=0)
            elif role.kind == "typed":
                state = state._replace(hint="p", kind="", detail="", quoted=0, typed=True)
            elif role.kind != "frame":
                state = state._replace(kind=role.kind, detail=role.detail)
        if state is not old:
            self.state = state

    def leave(self, node: LexborNode, tag: str, block: bool, before: State, mark: int) -> LexborNode:
        """Put the state back. `mark` is the count when a paragraph began, 0 of other elements; with a role, ~the length
        of the layer."""
        if self.line and (mark < 0 or (block and not (self.state.between and tag in {"td", "th"}))):
            self.flush(False)
        if mark < 0:
            role = self.roles[node.mem_id]
            if self.state.hidden == 1 and (place := self.trimmed(~mark)):
                self.places[node.mem_id] = place
                if role.kind == "chrome":
                    self.chrome.append(Chrome(place, role.detail))
        elif tag == "p" and mark == self.count() and not self.state.hidden:
            self.gap += 1  # an empty paragraph
        self.state = before
        if block and not self.gap:
            self.gap = 1
        return node

    def trimmed(self, start: int) -> Span | None:
        """The span from `start` to here without the blanks at its ends, None where there are blanks alone. Only the
        last pieces of the layer are looked at."""
        at, pieces = self.length, []
        for piece in reversed(self.layer):
            if at <= start:
                break
            pieces.append(piece)
            at -= len(piece)
        text = "".join(reversed(pieces))
        said = text.strip()
        lead = text.index(said[0]) if said else 0
        return Span(at + lead, at + lead + len(said)) if said else None

    def add(self, node: Node) -> None:
        """One more node; what follows it begins a new count of blank lines."""
        self.nodes.append(node)
        self.gap = 0

    def special(self, data: str) -> None:
        """Text within a frame is chrome; within `<pre>` its line ends count."""
        state = self.state
        if state.framed:
            said = data.strip()
            if said:
                start = self.length + data.index(said[0])
                self.chrome.append(Chrome(Span(start, start + len(said)), state.framed))
            return
        at = self.length
        for number, piece in enumerate(data.split("\n")):
            if number:
                if self.line:
                    self.flush(True)
                else:
                    self.gap += 1
            if piece:
                self.line.append((piece, state.mask, state.link, at))
            at += len(piece) + 1

    def flush(self, by_break: bool) -> None:
        """End the line: make a node of it, if it says anything."""
        line, state = self.line, self.state
        self.line = []
        if len(line) == 1:
            if self.only(*line[0]):
                return
        else:
            whole = "".join([piece[0] for piece in line])
            said = whole.strip()
            if said:
                if said == whole and marks.even(whole) is whole and not state.typed and not state.between:
                    self.put_even(line, whole)
                else:
                    self.put_pieces(line)
                return
        if by_break:
            self.gap += 1

    def only(self, data: str, mask: int, link: str, start: int) -> bool:
        """Make a node of a line of one piece; whether it says anything."""
        said = data.strip()
        if not said:
            return False
        lead = data.index(said[0])
        text = said if self.state.typed else marks.even(said)
        runs: tuple[Run, ...] = (_new(Run, (text, marks.NAMES_OF[mask], link)),) if mask or link else ()
        start += lead
        self.put(text, runs, _new(Span, (start, start + len(said))), data[:lead] if lead else "")
        return True

    def put_even(self, line: list[tuple[str, int, str, int]], whole: str) -> None:
        """Make a node of a line of several pieces in which no blank has to be touched, as in most lines."""
        names = marks.NAMES_OF
        start = line[0][3]
        runs = tuple([_new(Run, (text, names[mask], link)) for text, mask, link, _ in line])
        for one, after in pairwise(line):
            if one[1] == after[1] and one[2] == after[2]:
                runs = marks.joined(runs)
                break
        if len(runs) == 1 and not runs[0][1] and not runs[0][2]:
            runs = ()
        self.put(whole, runs, _new(Span, (start, start + len(whole))), "")

    def put_pieces(self, line: list[tuple[str, int, str, int]]) -> None:
        """Make a node of a line of several pieces, of which at least one says something."""
        typed = self.state.typed
        made: list[tuple[str, int, str]] = []
        lead = ""
        start, blank = -1, True  # where it begins; whether the text so far ends in a blank that swallows the next
        end = 0
        for data, mask, link, at in line:
            if start < 0:
                text = data.lstrip()
                lead += data[: len(data) - len(text)]
                if not text:
                    continue
                start = at + len(data) - len(text)
            else:
                text = data
            said = text.rstrip()
            if said:
                end = at + len(data) - len(text) + len(said)
            if data == "\t" and self.state.between:
                if made and blank:
                    made[-1] = (made[-1][0].rstrip(_SPACES), *made[-1][1:])
                blank = True
            elif not typed:
                text = marks.even(text)
                if blank:
                    text = text.lstrip(_SPACES)
                if not text:
                    continue
                blank = text[-1] == " "
            made.append((text, mask, link))
        while not (last := made[-1][0].rstrip()):
            made.pop()
        made[-1] = (last, made[-1][1], made[-1][2])
        span = _new(Span, (start, end))
        names = marks.NAMES_OF
        runs = marks.joined(tuple([_new(Run, (text, names[mask], link)) for text, mask, link in made if text]))
        if len(runs) == 1 and not runs[0][1] and not runs[0][2]:
            self.put(runs[0][0], (), span, lead)
        else:
            self.put("".join([text for text, _, _ in made]), runs, span, lead)

    def put(self, text: str, runs: tuple[Run, ...], span: Span, lead: str) -> None:
        """One more line, with the pictures that stand in it before it."""
        state = self.state
        indent = state.indent
        if lead and (state.typed or lead.strip(_SPACES)):
            shown = lead if state.typed else _LEAD.sub(" ", lead).lstrip(" ")
            indent += len(shown.expandtabs(4))
        if self.images:
            self.nodes += self.images
            self.images = []
        self.nodes.append(
            _new(Node, (text, (span,), runs, state.kind, self.gap, indent, state.hint, False, state.detail))
        )
        self.gap = 0
