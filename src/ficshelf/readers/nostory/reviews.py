"""Pages of reviews: who said what of which chapter, when, and what the author answered.

eFiction's are read by their lines, since skins keep the labels and little else: `Reviewer: …`, `Date: …`, `Title: …`,
then what was said, and behind `Author's Response:` the answer. Those of otwarchive (a thread of comments) and of
FanFiction.Net (a table) are read by their landmarks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf import addresses, dates
from ficshelf.model import Node, Review
from ficshelf.passes.nodes import cut
from ficshelf.readers.lines_as_blocks import blocks
from ficshelf.readers.sites.plan import date_of, path_to, words
from ficshelf.readers.walk import Role, walk

MOST = 20_000  # reviews of one page
_WHO = r"(?:reviewer|reviewed by|rezensent(?:in)?|kritiker(?:in)?|auteur de la review|recensore|revisor)"
_REVIEWER = re.compile(  # some skins name the chapter first
    rf"\W*(?:(?:title|titel|titre|t[ií]tulo)\s*:.{{0,200}}?\s)?{_WHO}\s*:\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
_LABEL = re.compile(
    r"\b(?P<label>date|datum|fecha|data|title|titel|titre|t[ií]tulo|chapter|kapitel|chapitre|on|rating|score)\s*:\s*",
    re.IGNORECASE,
)
_LABELS = "span, b, strong, dt, th, td, font, label"
_LABELLED = re.compile(rf"\W*{_WHO}\s*:\W*", re.IGNORECASE)
_BOX = re.compile(r"listbox|review|content|comment|block", re.IGNORECASE)
_LAST = "the last review"
_AFTER_NAME = re.compile(r"\s*(?:\(?(?:signed|anonymous|anonym\w*)\)?|liked|\[?report\b|\*+|[★☆]+).*", re.IGNORECASE)
_REPORT = re.compile(
    r"\W*(?:report this|report|delete|edit|respond|reply|next|prev(?:ious)?|first|last|page.*)?[\W\d]*", re.I
)
_OF_NUMBERS = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}(?:,?\s+\d{1,2}:\d{2}.{0,6})?")  # which is day, which month?
_REPORT_LINK = re.compile(r"\[?\s*report(?: this)?\s*\]?", re.IGNORECASE)
_ANSWER = re.compile(
    r"\W*(?:author'?s?’?s?|autoren?|auteur)\W{0,2}(?:response|reply|answer|antwort|réponse)\W{0,2}:\s*|"
    r"\W*(?:antwort|réponse) (?:des autors|der autorin|de l'auteur)\s*:\s*",
    re.IGNORECASE,
)
_CHAPTER = re.compile(r"(?:chapter|ch|kapitel|chapitre)\.?\s*(\d{1,4})\b", re.IGNORECASE)
_STARS = re.compile(r"\d(?:\.\d)?(?: ?/ ?\d{1,2})?")
_FFNET = re.compile(
    r"(?:chapter\s*(?P<chapter>\d{1,4})\s*\.?\s*)?(?P<date>[A-Z][a-z]{2,8} \d{1,2}(?:, \d{4})?|\d{1,2}/\d{1,2}/\d{4})"
)


class _Item(NamedTuple):
    """A review whose element is known."""

    who: str
    date: str
    chapter: int
    body: LexborNode
    answers: int = 0


def find(tree: LexborHTMLParser) -> tuple[Review, ...]:
    """The reviews of a page, in its order; the spans of their blocks are in its text layer."""
    if tree.root is None:
        return ()
    items = _comments(tree) or _table(tree)
    return _of_items(tree.root, items) if items else _labelled(tree.root)


def comments(tree: LexborHTMLParser) -> tuple[Review, ...]:
    """The comments under a chapter of an otwarchive."""
    items = _comments(tree) if tree.root is not None else []
    return _of_items(tree.root, items) if items and tree.root is not None else ()


# -- by landmarks


def _comments(tree: LexborHTMLParser) -> list[_Item]:
    """The comments of an otwarchive, each under the one that it answers."""
    found: list[_Item] = []
    place: dict[int, int] = {}
    for node in tree.css("li.comment")[:MOST]:
        body = node.css_first("blockquote.userstuff")
        byline = node.css_first(".byline")
        if body is None or byline is None:
            continue
        who = byline.css_first("a, span")
        parent = byline.css_first(".parent") or node.css_first(".parent")
        chapter = _CHAPTER.search(words(parent))
        posted = node.css_first(".posted, .datetime")
        found.append(
            _Item(
                words(who),
                _iso(date_of(posted)) if posted is not None else "",
                int(chapter[1]) if chapter else 0,
                body,
                _answered(node, place),
            )
        )
        place[node.mem_id] = len(found)
    return found


def _answered(node: LexborNode, place: dict[int, int]) -> int:
    """The comment that a thread within a thread follows: the last one before it."""
    thread = node.parent
    above = thread.parent if thread is not None else None
    before = above.prev if above is not None and above.tag == "li" else None
    while before is not None:
        if before.mem_id in place:
            return place[before.mem_id]
        before = before.prev
    return 0


def _table(tree: LexborHTMLParser) -> list[_Item]:
    """FanFiction.Net's reviews: a cell each, with a small line of chapter and date over a block of text."""
    found: list[_Item] = []
    for cell in tree.css("td")[:MOST]:
        small, body = cell.css_first("small"), cell.css_first("div")
        said = _FFNET.search(words(small)) if small is not None else None
        if said is None or body is None or any(one.mem_id != cell.mem_id for one in cell.css("td")[:2]):
            continue
        who = words(cell).partition(words(small))[0].strip(" .·")
        link = next((one for one in cell.css("a[href]") if words(one)), None)
        date = date_of(small) if small is not None and small.css_first("[data-xutime]") else said["date"]
        found.append(_Item(words(link) if link is not None else who, _iso(date), int(said["chapter"] or 0), body))
    return found


def _of_items(root: LexborNode, items: Sequence[_Item]) -> tuple[Review, ...]:
    page = walk(root, {item.body.mem_id: Role("quote", f"review {place}") for place, item in enumerate(items)})
    said: dict[str, list[Node]] = {}
    for node in page.nodes:
        if node.detail.startswith("review "):
            said.setdefault(node.detail, []).append(node)
    return tuple(
        Review(item.who, blocks(said.get(f"review {place}", ())), item.chapter, item.date, answers=item.answers)
        for place, item in enumerate(items)
    )


# -- by labels


def _labelled(root: LexborNode) -> tuple[Review, ...]:
    last = _last(root)
    page = walk(root, {last.mem_id: Role("quote", _LAST)} if last is not None else {})
    starts = [at for at, node in enumerate(page.nodes) if _REVIEWER.match(node.text)][:MOST]
    found: list[Review] = []
    for at, end in zip(starts, (*starts[1:], len(page.nodes)), strict=False):
        rows = page.nodes[at:end]
        if end == len(page.nodes):  # behind the last one the page goes on
            rows = _without_foot(rows)
        found.append(_review(page.text, rows))
    return tuple(found)


def _last(root: LexborNode) -> LexborNode | None:
    """The element that holds the last review and no other one; None where none does."""
    labels = [node for node in root.css(_LABELS) if len(said := words(node)) < 40 and _LABELLED.fullmatch(said)]
    if not labels:
        return None
    others = path_to(labels[-2]) if len(labels) > 1 else set()
    node: LexborNode | None = labels[-1]
    while node is not None and node.parent is not None:
        if node.parent.mem_id in others or node.parent.tag in ("body", "html"):
            return node if node.mem_id != labels[-1].mem_id else None
        if not others and (node.tag in ("li", "td", "dd") or _BOX.search(node.attributes.get("class") or "")):
            return node
        node = node.parent
    return None


def _without_foot(rows: list[Node]) -> list[Node]:
    """The lines of a review's own element, where it has one with more than labels in it; else those up to where ways to
    other pages, forms or small print begin."""
    own = [node for node in rows if node.detail == _LAST]
    if any(not _head(node) for node in own[1:]):
        return own
    for at, node in enumerate(rows[1:], 1):
        linked = sum(len(run.text) for run in node.as_runs() if run.link)
        bare = sum(map(str.isalnum, node.text))
        if (
            not _head(node)
            and not (at == 1 and _dated(node.text))
            and (_REPORT.fullmatch(node.text) or linked * 2 > bare or node.hint.startswith("h"))
        ):
            return rows[: at + 1] if _is_tail(node) else rows[:at]
    return rows


def _is_tail(node: Node) -> bool:
    """Whether a line below a review says what it is of, or when it was written, and nothing else."""
    linked = "".join(run.text for run in node.as_runs() if run.link)
    found = _LABEL.match(node.text.lstrip())
    of_chapter = bool(_chapter(node)) and not node.text.replace(linked, "").strip(" .:-–[]")
    return of_chapter or (found is not None and bool(_dated(_REPORT_LINK.sub("", node.text)[found.end() :])))


def _head(node: Node) -> bool:
    """Whether a line is one of the labels over a review."""
    found = _LABEL.match(node.text.lstrip())
    return found is not None and found["label"].lower() not in ("on",)


def _review(text: str, rows: Sequence[Node]) -> Review:
    told: dict[str, str] = {}
    chapter = 0
    end = 1
    while end < len(rows) and end < 5 and _head(rows[end]):
        end += 1
    for node in rows[:end]:
        chapter = chapter or _chapter(node)
    while len(rows) > end and (_REPORT.fullmatch(rows[-1].text) or _is_tail(rows[-1])):
        told.setdefault("date", _dated(_REPORT_LINK.sub("", rows[-1].text).partition(":")[2]))
        chapter = chapter or _chapter(rows[-1])
        rows = rows[:-1]
    if end < len(rows) and _dated(rows[end].text):  # a date without a label
        told["date"] = rows[end].text
        rows = [*rows[:end], *rows[end + 1 :]]
    whole = _REVIEWER.match(rows[0].text)
    head = " ".join([whole["rest"] if whole else "", *(node.text for node in rows[1:end])])
    labels = list(_LABEL.finditer(head))
    who = head[: labels[0].start()] if labels else head
    for label, after in zip(labels, [*(one.start() for one in labels[1:]), len(head)], strict=False):
        told[label["label"].lower()] = head[label.end() : after].strip()
    name = next((run.text.strip() for run in rows[0].as_runs() if "viewuser" in run.link and run.text.strip()), "")
    name = name or _AFTER_NAME.sub("", who).strip()
    date = next((told[one] for one in ("date", "datum", "fecha", "data") if told.get(one)), "")
    rating = next((told[one] for one in ("rating", "score") if one in told), "")
    said, answer = _answer(text, [node for node in rows[end:] if not _REPORT.fullmatch(node.text)])
    if not chapter and (named := _CHAPTER.search(told.get("title", "") or told.get("chapter", ""))):
        chapter = int(named[1])
    stars = _STARS.match(rating)
    return Review(name, blocks(said), chapter, _iso(date), stars[0] if stars else "", blocks(answer))


def _chapter(node: Node) -> int:
    """The chapter that a line links to."""
    for run in node.as_runs():
        found = addresses.read(run.link) if run.link else None
        if found is not None and found.kind == addresses.CHAPTER and found.chapter:
            return found.chapter
    return 0


def _answer(text: str, rows: list[Node]) -> tuple[list[Node], list[Node]]:
    """What was said, and what the author answered."""
    for at, node in enumerate(rows):
        if label := _ANSWER.match(node.text):
            rest = cut(text, node, label.end())[1] if label.end() < len(node.text) else None
            return rows[:at], [*([rest] if rest is not None else []), *rows[at + 1 :]]
    return rows, []


def _dated(said: str) -> str:
    """The text where it is a date and nothing else."""
    said = said.strip()
    return said if len(said) < 40 and (_OF_NUMBERS.fullmatch(said) or _iso(said) != said) else ""


def _iso(said: str) -> str:
    """A date as an ISO date where it can be read, else as it stands."""
    said = said.strip()[:60]
    found = dates.parse(said) or dates.parse(re.sub(r"\s+\d{1,2}:\d{2}.*$", "", said))
    return found.isoformat() if found is not None else said
