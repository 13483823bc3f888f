"""Pages saved from the web: HTML of any age, over an HTML5 parser. A node a line; the markup's meaning becomes hints.

The text layer is defined in `walk`: the text nodes of the page in document order, without scripts and styles.
The steps: bytes → text (`encoding`), bounds on the markup (`flatten`), the tree (lexbor, as browsers build it), what
the site's own landmarks say (`sites`), what is furniture (`chrome`), and one walk over the tree (`walk`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from ficshelf.model import Chrome, Draft, Fact, Facts, Node, Question, Recorded, Remark, Span
from ficshelf.passes import label_lines
from ficshelf.passes.nodes import cut
from ficshelf.readers import (
    beside,
    chrome,
    content,
    encoding,
    flatten,
    head,
    nostory,
    saved,
    sites,
    title,
    unread,
    verses,
    wrapped,
)
from ficshelf.readers.nostory import kept
from ficshelf.readers.sites import named
from ficshelf.readers.walk import Page, walk
from ficshelf.sources import limits
from ficshelf.sureness import SURE

_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_BLOCK = re.compile(rb"<(?:p|br|div|hr|table|center|h[1-6]|blockquote|pre|ul|ol)(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{1,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\A\s*<\?xml[^>]{1,100}?encoding\s*=\s*[\"']([\w.:-]{1,40})", re.IGNORECASE)
_PAGE_TEXT = re.compile(r"<(?:!doctype\s+html|\?xml|html|head|body)\b", re.IGNORECASE)
_LINES_MADE = re.compile(r"<(?:br|p|div|table|tr|li|pre|textarea|style|script|dl)\b", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?|\n")
_COMMENT = re.compile(r"<!--(.{5,4000}?)--!?>", re.DOTALL)
_XML = re.compile(r"\A\s*<\?xml\b|<html[^>]{0,300}xmlns\s*=", re.IGNORECASE)
_CONTROL_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01]|127)(?!\d);?|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|7[fF])(?![0-9a-fA-F]);?)"
)
_LABEL = 20  # characters of a line that only says what the fact behind it is
_NAMES_FACT = re.compile(
    r"(?:written |posted |story )?by:?|(?:authors?|title|titel|titre|rating|rated|autor|auteur|autrice|autore|автор):|"
    r"(?:von|par|por|di|de):?",
    re.IGNORECASE,
)
_RETURN_REFERENCE = re.compile(r"&#(?:0*13(?!\d)|[xX]0*[dD](?![0-9a-fA-F]));?")


def sure(data: bytes, path: str) -> float:
    """0.9 where a page begins; 0.5 where a piece of one does: at least two tags that make lines and paragraphs."""
    head = (
        data[:8192].replace(b"\0", b"") if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:64] else data[:8192]
    )
    start = head[:3000].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith((b"PK", b"%PDF", b"{\\rtf")):
        return 0.0
    if wrapped.sure(head):
        return 0.9
    found = _PAGE.search(head)
    if found:
        return 0.9 if start[:1] == b"<" or found.start() < 300 else 0.5
    return 0.5 if len(_BLOCK.findall(head)) >= 2 else 0.0


def read(data: bytes, path: str) -> Draft:
    """Read a page. Never raises: what is too large for the limits is kept unread, with a remark."""
    if len(data) > limits.READ:
        return unread.too_large(len(data), limits.READ)
    decoded = encoding.decode(data, declared_in(data))
    made = page_of(_with_lines(wrapped.page_in(decoded.text)), path=path)
    if isinstance(made, Remark):
        return Draft("", (), remarks=(*decoded.remarks_of_all, made), encoding=decoded.encoding)
    if made.other is not None:
        return nostory.draft_of(made.other, made.text, decoded.remarks_of_all + made.remarks)._replace(
            encoding=decoded.encoding, record=made.record
        )
    return Draft(
        made.text,
        tuple(made.nodes),
        made.facts,
        tuple(made.chrome),
        decoded.remarks_of_all + made.remarks,
        made.questions,
        encoding=decoded.encoding,
        record=made.record,
    )


def _with_lines(html: str) -> str:
    """A piece of a page, typed into a form, in which line ends are what parts its paragraphs: with a break at each.

    So eFiction and its kin showed what has neither br nor p. Nothing is added to the words."""
    if _PAGE_TEXT.search(html[:8192]) or _LINES_MADE.search(html):
        return html
    return _LINE_END.sub(r"<br>\g<0>", html)


def declared_in(data: bytes) -> str:
    """The encoding that a page says it is written in; "" where it says none."""
    head = data[:4096]
    found = _CHARSET.search(head) or _XML_ENCODING.search(head)
    return found.group(1).decode("ascii", "ignore") if found else ""


class Parsed(NamedTuple):
    """A page, read: its text layer and all that a draft has over it. `other` is what it is if it is no story."""

    text: str
    nodes: list[Node]
    facts: Facts
    chrome: list[Chrome]
    remarks: tuple[Remark, ...]
    questions: tuple[Question, ...]
    other: nostory.Found | None = None
    record: Recorded | None = None  # of the reviews on it, or of the person it is about


def page_of(html: str, xml: bool = False, path: str = "") -> Parsed | Remark:
    """Read decoded markup; the remark `too-large` where it has more elements than the limit.

    `path` is what the page is called: perhaps by its address. `xml` is true for the XHTML of a book: there `<p/>` is a
    whole element, and nothing is furniture by its name.
    """
    remarks: tuple[Remark, ...] = ()
    if xml or _XML.search(html[:2000]):
        html = flatten.from_xml(html)
    if "&#" in html:
        html = _RETURN_REFERENCE.sub("\n", html)
        html, dropped = _CONTROL_REFERENCE.subn("", html)
        if dropped:
            remarks = (Remark("control-characters", f"{dropped} references to control characters were left out."),)
    if not xml:
        html = saved.fences(html)
    try:
        html, flattened = flatten.flatten(html)
    except flatten.TooManyError:
        return Remark("too-large", f"This page has more than {limits.ELEMENTS:,} elements.")
    if flattened:
        remarks += (Remark("too-deep", f"Elements deeper than {limits.DEPTH} were flattened."),)
    tree = LexborHTMLParser(html)
    root = tree.root
    if root is None:
        return Parsed("", [], {}, [], remarks, ())
    plan = sites.plan_of(tree, html, book=xml)
    if plan.whole and not xml:
        beside.find(tree, plan)
    parts, names = title.parts_of(tree)
    if not xml:
        named.find(tree, plan, names)
    if not any(name == "title" for name, *_ in plan.facts):
        title.state(tree, plan, parts, names)
    if not xml:
        saved.find(tree, html, plan)
    chrome.find(tree, plan, parts, names, book=xml)
    if not xml:
        content.as_typed(tree, plan)
    verses.find(tree, html, plan)
    page = walk(root, plan.roles)
    gathered: dict[str, list[Fact]] = {}
    for name, value, how, evidence, ids in plan.facts:
        spans = tuple(page.places[id_] for id_ in ids if id_ in page.places)
        confidence = None if how == "stated" else SURE["who posted it"]
        gathered.setdefault(name, []).append(Fact(value, how, spans, 0, confidence, evidence))
    facts = {name: tuple(values) for name, values in gathered.items()}
    if not xml:
        facts = {**head.told(tree), **facts}
    nodes, navigation = chrome.lines(_plain_pre(page))
    nodes, left = _without_labels(nodes, facts)
    navigation += left
    if plan.site:
        nodes, bylines = _without_bylines(page.text, nodes, facts)
        navigation += bylines
    if "<!--" in html and not plan.site:
        nodes = [*_kept_in_comments(html), *nodes]
    found = [*page.chrome, *navigation]
    found += _between(page, found, facts)
    questions = () if "title" in facts else title.question(tree, parts)
    other = None if xml else nostory.look(tree, html, plan, nodes, facts, parts)
    url = next((str(fact.value) for fact in facts.get("url", ())), "")
    said, address = ("", None) if xml else kept.address_of(tree, path, url)
    record = None if xml else kept.record(tree, other.kind if other else "", path, said, address)
    said_otherwise = other is None or other.kind == "contents page"  # reviews lead to the chapters they are of
    if record is not None and said_otherwise and not kept.is_story(address):
        other = nostory.Found("profile" if record.kind == "person" else "reviews")
    return Parsed(page.text, nodes, facts, _joined(page.text, found), remarks, questions, other, record)


def _between(page: Page, found: list[Chrome], facts: Facts) -> list[Chrome]:
    """Chrome for what lies in an element that is a fact but in no fact's span: a row that says nothing."""
    taken = {span for fact in facts.values() for one in fact for span in one.spans}
    taken |= {one.span for one in found}
    return [Chrome(place, "label") for place in page.places.values() if place not in taken]


def _joined(text: str, found: list[Chrome]) -> list[Chrome]:
    """Chrome in order, with neighbours made one where only blanks lie between and the reason is the same."""
    joined: list[Chrome] = []
    for one in sorted(found, key=lambda one: one.span):
        last = joined[-1] if joined else None
        if last is not None and last.reason == one.reason and not text[last.span.end : one.span.start].strip():
            joined[-1] = Chrome(Span(last.span.start, max(last.span.end, one.span.end)), one.reason)
        else:
            joined.append(one)
    return joined


def _without_bylines(text: str, nodes: list[Node], facts: Facts) -> tuple[list[Node], list[Chrome]]:
    """Chapter headings without the author's name, which some archives repeat behind every one: `1. The Ford by Ann`."""
    names = [f" by {fact.value}" for fact in facts.get("author", ())]
    bylines: list[Chrome] = []
    for place, node in enumerate(nodes):
        if node.kind != "heading":
            continue
        end = next((name for name in names if node.text.endswith(name)), "")
        if end and len(node.text) > len(end):
            nodes[place], byline = cut(text, node, len(node.text) - len(end))
            bylines += [Chrome(span, "byline") for span in byline.spans]
    return nodes, bylines


def _without_labels(nodes: list[Node], facts: Facts) -> tuple[list[Node], list[Chrome]]:
    """The lines without those that only say what the fact right behind them is: `by` before a link to the author."""
    begin = {span.start for fact in facts.values() for one in fact for span in one.spans}
    kept: list[Node] = []
    found: list[Chrome] = []
    for node in nodes:
        if len(node.text) <= _LABEL and not node.kind and _NAMES_FACT.fullmatch(node.text):
            end = node.spans[-1].end
            if not begin.isdisjoint(range(end, end + 3)):
                found += [Chrome(span, "label") for span in node.spans]
                continue
        kept.append(node)
    return kept, found


def _kept_in_comments(html: str) -> list[Node]:
    """The header that some archives keep in a comment on top of a page, as lines for the passes. They have no span,
    since comments are no part of the text layer; so only lines count that are header lines beyond doubt."""
    for comment in _COMMENT.findall(html[:20_000]):
        said = [line.strip() for line in comment.split("\n")]
        found = [line for line in said if (told := label_lines.label_line(line)) and told.strong and told.value]
        if len(found) >= 2:
            return [Node(line, (Span(0, 0),), hint="p") for line in found]
    return []


def _plain_pre(page: Page) -> list[Node]:
    """Where most of a page is set as it was typed, it is a plain text on a page: its lines are a text's lines."""
    typed = sum(len(node.text) for node in page.nodes if node.hint == "pre")
    if typed * 2 < sum(len(node.text) for node in page.nodes) or not typed:
        return page.nodes
    return [node._replace(hint="") if node.hint == "pre" else node for node in page.nodes]
