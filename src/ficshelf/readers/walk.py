"""From a parsed page to its text layer and its lines, in one walk over the tree.

The *text layer* of a page is the data of all its text nodes in document order, one straight after another, as an HTML5
parser makes them (entities resolved), without those inside `script style template iframe noembed noframes` and without
comments. So whoever parses the page with any HTML5 parser can count its letters and must find the same ones.

A line ends at the edge of a block, at a `<br>`, and inside `<pre>` at a line end.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from ficshelf.model import MARKS, Chrome, Node, Run, Span
from ficshelf.readers.flatten import tag_set


class Role(NamedTuple):
    """What an element of a page is known to be, from its tag, its name or the site's dialect.

    `kind` is "chrome" (`detail`: the reason), "fact" (its text belongs to facts and is no story) or a kind of block
    (`detail` is then the block's).
    """

    kind: str
    detail: str = ""


class Page(NamedTuple):
    """What the walk makes of a tree. `places` gives, by memory id, the span of each element that has a role."""

    text: str
    nodes: list[Node]
    chrome: list[Chrome]
    places: dict[int, Span]
    facts: set[int]  # the ids among them that are facts


_SILENT = tag_set("script style template iframe noembed noframes")
_BLOCKS = tag_set(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form frameset h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main marquee menu nav ol optgroup option p plaintext "
    "pre search section select summary table tbody td textarea tfoot th thead title tr ul xmp"
)
_MARK_OF = {
    **dict.fromkeys(tag_set("em i cite dfn var"), 1 << MARKS.index("em")),
    **dict.fromkeys(tag_set("strong b"), 1 << MARKS.index("strong")),
    **dict.fromkeys(tag_set("u ins"), 1 << MARKS.index("underline")),
    **dict.fromkeys(tag_set("s strike del"), 1 << MARKS.index("strike")),
    "sup": 1 << MARKS.index("sup"),
    "sub": 1 << MARKS.index("sub"),
    **dict.fromkeys(tag_set("code tt kbd samp"), 1 << MARKS.index("code")),
    "small": 1 << MARKS.index("small"),
}
_EM, _STRONG, _UNDERLINE, _STRIKE = (1 << MARKS.index(mark) for mark in ("em", "strong", "underline", "strike"))
_NAMES_OF = [tuple(mark for bit, mark in enumerate(MARKS) if mask >> bit & 1) for mask in range(1 << len(MARKS))]
_HINTS = tag_set("h1 h2 h3 h4 h5 h6 li pre blockquote center")
_STYLED = tag_set("div p span font td th center blockquote h1 h2 h3 h4 h5 h6 section article table tr li em i b")
_UNEVEN = re.compile(r"[ \t\n\r\f\xa0]{2,}|[\t\n\r\f]")
_SPACES = " \t\n\r\f"
_ITALIC = re.compile(r"font-style\s*:\s*(italic|oblique)|font\s*:[^;]*\bitalic\b", re.IGNORECASE)
_UPRIGHT = re.compile(r"font-style\s*:\s*normal", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(bold|bolder|[6-9]00)", re.IGNORECASE)
_LINED = re.compile(r"text-decoration[\w-]*\s*:[^;]*\b(underline|line-through)\b", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_CENTRED_CLASS = re.compile(r"(?:^|[\s_-])(?:text-?)?(?:align)?-?cent(?:er|re)(?:ed|d)?(?:$|[\s_-])", re.IGNORECASE)
_PICTURE_RULE = re.compile(
    r"(?:^|[/_\W\d])(?:divider|separator|hr|rule|scene-?break|linebreak|bar|line|squiggle)s?[\d_-]*\.\w{3,4}$",
    re.IGNORECASE,
)
_SPACER = re.compile(r"(?:^|[/_\W])(?:spacer|blank|pixel|clear|dot|transparent|1x1)[\d_-]*\.\w{3,4}$", re.IGNORECASE)
_LINK = re.compile(r"(?:https?|ftp|mailto):|[^:]*(?:[/?#]|$)", re.IGNORECASE)  # the others can run code


def walk(root: LexborNode, roles: dict[int, Role]) -> Page:
    """Walk over a tree from `root`. Elements in `roles` (by memory id) are what it says."""
    return _Walk(roles).run(root)


def even(text: str) -> str:
    """Text with white space as a browser shows it: runs made one space, line ends made spaces."""
    if "\n" in text or "  " in text or "\xa0" in text or "\t" in text or "\r" in text or "\f" in text:
        return _UNEVEN.sub(" ", text)
    return text


def safe_link(href: str | None) -> str:
    """Where a link points, "" where following it would run code."""
    link = "".join((href or "").split())
    return link[:2000] if _LINK.match(link) else ""


class _Walk:
    """The state of a walk: the text layer so far, and the line that is being made."""

    def __init__(self, roles: dict[int, Role]) -> None:
        self.roles = roles
        self.layer: list[str] = []
        self.length = 0
        self.nodes: list[Node] = []
        self.chrome: list[Chrome] = []
        self.places: dict[int, Span] = {}
        self.facts: set[int] = set()
        self.line: list[tuple[str, int, str, int]] = []  # text, marks, link, where it begins
        self.images: list[Node] = []
        self.gap = 0
        self.mask = 0
        self.link = ""
        self.hint = "p"
        self.kind = ""
        self.detail = ""
        self.indent = 0
        self.hidden = 0  # >0 inside chrome or facts: text is layer, and no line is made of it
        self.pre = 0

    def run(self, root: LexborNode) -> Page:
        # The loop walks by first_child and next, with a stack of what to put back when an element ends.
        stack: list[tuple[LexborNode, str, bool, tuple[object, ...], int]] = []
        node: LexborNode | None = root
        layer, roles = self.layer, self.roles
        while node is not None:
            tag = node.tag
            down = None
            if tag == "-text":
                data = node.text_content or ""
                layer.append(data)
                if not self.hidden:
                    if self.pre:
                        self.take_pre(data)
                    elif data != "\n":
                        self.line.append((data, self.mask, self.link, self.length))
                self.length += len(data)
            elif tag is not None and tag not in _SILENT and tag[0] != "-":
                block = tag in _BLOCKS
                if block or tag == "br":
                    if self.line:
                        self.flush(tag == "br")
                    elif tag == "br" and not self.hidden:
                        self.gap += 1
                    if block and not self.gap:
                        self.gap = 1
                if tag == "br":
                    if self.pre and not self.line:
                        pass
                elif tag == "hr":
                    if not self.hidden:
                        here = Span(self.length, self.length)
                        self.add(Node("", (here,), (), self.kind, self.gap, 0, "hr"))
                elif tag == "img":
                    if not self.hidden:
                        self.image(node)
                else:
                    down = node.first_child
                    role = roles.get(node.mem_id) if roles else None
                    if down is not None or role is not None:
                        state = self.state()
                        gap = self.gap
                        self.enter(node, tag, role)
                        stack.append((node, tag, block, state, gap if role is None else ~self.length))
                        if down is not None:
                            node = down
                            continue
                        node = self.leave(*stack.pop())
                    elif tag == "p" and not self.hidden:
                        self.gap += 1
            following = node.next
            while following is None and stack:
                node = self.leave(*stack.pop())
                following = node.next
            if not stack and (following is None or node.parent is None):
                break
            node = following
        if self.line:
            self.flush(False)
        return Page("".join(layer), self.nodes, self.chrome, self.places, self.facts)

    def state(self) -> tuple[object, ...]:
        return (self.mask, self.link, self.hint, self.kind, self.detail, self.indent, self.hidden, self.pre)

    def enter(self, node: LexborNode, tag: str, role: Role | None) -> None:
        mark = _MARK_OF.get(tag)
        if mark:
            self.mask |= mark
        if tag in _HINTS:
            if tag == "li":
                parent = node.parent
                self.detail = "ordered" if parent is not None and parent.tag == "ol" else ""
                self.indent += 4 if self.hint == "li" else 0
            if tag[0] == "h" or self.hint[0] != "h":
                self.hint = tag
            self.pre += tag == "pre"
        elif tag == "a":
            self.link = safe_link(node.attributes.get("href"))
        elif tag in {"textarea", "listing", "xmp", "plaintext"}:
            self.pre += 1
        if tag in _STYLED:
            attributes = node.attributes
            if attributes:
                self.style(attributes)
        if role is not None:
            if role.kind in {"chrome", "fact"}:
                if self.line:
                    self.flush(False)
                self.hidden += 1
            else:
                self.kind, self.detail = role

    def style(self, attributes: dict[str, str | None]) -> None:
        """What a style or an align attribute means for the text."""
        style = attributes.get("style")
        if style:
            if _ITALIC.search(style):
                self.mask |= _EM
            elif _UPRIGHT.search(style):
                self.mask &= ~_EM
            if _BOLD.search(style):
                self.mask |= _STRONG
            lined = _LINED.search(style)
            if lined:
                self.mask |= _UNDERLINE if lined.group(1).lower() == "underline" else _STRIKE
        align = attributes.get("align")
        centred = (align and align.lower() in {"center", "middle"}) or (style and _CENTRED.search(style))
        if not centred and "class" in attributes:
            centred = _CENTRED_CLASS.search(attributes["class"] or "")
        if centred and self.hint in {"p", "blockquote"}:
            self.hint = "center"

    def leave(self, node: LexborNode, tag: str, block: bool, state: tuple[object, ...], mark: int) -> LexborNode:
        if (block or mark < 0) and self.line:
            self.flush(False)
        if mark < 0:  # an element with a role: where it lay
            role = self.roles[node.mem_id]
            place = self.trimmed(~mark)
            self.places[node.mem_id] = place
            if role.kind == "fact" and self.hidden == 1:
                self.facts.add(node.mem_id)
            if role.kind == "chrome" and self.hidden == 1 and place.end > place.start:
                self.chrome.append(Chrome(place, role.detail))
        elif tag == "p" and mark == self.gap and not self.hidden:
            self.gap += 1  # an empty paragraph
        (self.mask, self.link, self.hint, self.kind, self.detail, self.indent, self.hidden, self.pre) = state  # type: ignore[assignment]
        if block and not self.gap:
            self.gap = 1
        return node

    def trimmed(self, start: int) -> Span:
        """The span from `start` to here without the blanks at its ends. The last pieces of the layer are looked at."""
        at, pieces = self.length, []
        for piece in reversed(self.layer):
            if at <= start:
                break
            pieces.append(piece)
            at -= len(piece)
        text = "".join(reversed(pieces))
        said = text.strip()
        if not said:
            return Span(start, start)
        lead = text.index(said[0])
        return Span(at + lead, at + lead + len(said))

    def add(self, node: Node) -> None:
        self.nodes.append(node)
        self.gap = 0

    def take_pre(self, data: str) -> None:
        """Text whose line ends count."""
        at = self.length
        first = True
        for piece in data.split("\n"):
            if not first:
                if self.line:
                    self.flush(True)
                else:
                    self.gap += 1
            first = False
            if piece:
                self.line.append((piece, self.mask, self.link, at))
            at += len(piece) + 1

    def flush(self, by_break: bool) -> None:
        """End the line: make a node of it, if it says anything."""
        line = self.line
        self.line = []
        if len(line) == 1:
            data, mask, link, start = line[0]
            said = data.strip()
            if not said:
                if by_break:
                    self.gap += 1
                return
            lead = data.index(said[0])
            start += lead
            text = said if self.pre else even(said)
            runs: tuple[Run, ...] = (Run(text, _NAMES_OF[mask], link),) if mask or link else ()
            self.put(text, runs, Span(start, start + len(said)), data[:lead])
            return
        whole = "".join(piece[0] for piece in line)
        said = whole.strip()
        if not said:
            if by_break:
                self.gap += 1
            return
        self.put_pieces(line, whole, said)

    def put_pieces(self, line: list[tuple[str, int, str, int]], whole: str, said: str) -> None:
        lead = whole.index(said[0])
        start = end = -1
        made: list[tuple[str, int, str]] = []
        blank = True  # whether the text so far ends in a blank that swallows the next
        for data, mask, link, at in line:
            bare = data.strip()
            if bare:
                begin = at + data.index(bare[0])
                start = begin if start < 0 else start
                end = begin + len(bare)
            text = data if self.pre else even(data)
            if blank and not self.pre:
                text = text.lstrip(_SPACES if made else None)
            if not text:
                continue
            blank = text[-1] == " "
            if made and made[-1][1] == mask and made[-1][2] == link:
                made[-1] = (made[-1][0] + text, mask, link)
            else:
                made.append((text, mask, link))
        if self.pre and made:
            made[0] = (made[0][0].lstrip(), *made[0][1:])
        while made and not made[-1][0].strip():
            made.pop()
        made[-1] = (made[-1][0].rstrip(), *made[-1][1:])
        while not made[0][0].strip():
            made.pop(0)
        if len(made) == 1 and not made[0][1] and not made[0][2]:
            self.put(made[0][0], (), Span(start, end), whole[:lead])
            return
        runs = tuple(Run(text, _NAMES_OF[mask], link) for text, mask, link in made)
        self.put("".join(run.text for run in runs), runs, Span(start, end), whole[:lead])

    def put(self, text: str, runs: tuple[Run, ...], span: Span, lead: str) -> None:
        indent = self.indent
        if lead and (self.pre or lead.strip(_SPACES)):
            shown = lead if self.pre else _UNEVEN_LEAD.sub(" ", lead).lstrip(" ")
            indent += len(shown.expandtabs(4))
        if self.images:
            self.nodes += self.images
            self.images = []
        self.add(Node(text, (span,), runs, self.kind, self.gap, indent, self.hint, False, self.detail))

    def image(self, node: LexborNode) -> None:
        """A picture: a node of its own, unless it is there for the layout. Its words are no part of the text layer."""
        attributes = node.attributes
        source = "".join((attributes.get("src") or "").split())
        alt = " ".join((attributes.get("alt") or "").split())
        sizes = (attributes.get("width") or "", attributes.get("height") or "")
        if _SPACER.search(source) or any(size.strip() in {"0", "1", "2"} for size in sizes):
            return
        if source.startswith("data:") or not _LINK.match(source):
            source = ""
        here = Span(self.length, self.length)
        alone = not any(piece[0].strip() for piece in self.line)
        if alone and _PICTURE_RULE.search(source):
            self.add(Node("", (here,), (), self.kind, max(1, self.gap), 0, "hr", False, source[:2000]))
        elif alone:
            self.add(Node(alt, (here,), (), "image", self.gap, 0, "img", False, source[:2000]))
        else:
            self.images.append(Node(alt, (here,), (), "image", self.gap, 0, "img", False, source[:2000]))


_UNEVEN_LEAD = re.compile(r"[ \t\n\r\f]+")
