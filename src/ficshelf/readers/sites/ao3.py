"""Archive of Our Own: the page of a work as saved from a browser, its HTML download, and the chapters of its EPUB.

All three have the same list of labels and values (`dl.tags` in downloads, `dl.work.meta` on the page), the same notes
and summaries in `blockquote.userstuff`, and one heading a chapter: "Chapter N: Title" since October 2025 and on the
page, the title alone in older downloads.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf.passes import labels
from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.plan import LISTS, Plan, paragraphs, words

clues = tag_set("tags work preface afterword chapters workskin byline meta")

_LISTS = {
    "rating": "rating", "archive warning": "warning", "category": "category", "fandom": "fandom",
    "relationship": "relationship", "character": "character", "additional tag": "tag",
}  # fmt: skip
_SERIES = re.compile(r"Part\s+(\d+)\s+of\s+", re.IGNORECASE)
_STAT = re.compile(r"(Published|Updated|Completed|Words|Chapters)\s*:?\s*([\d,.-]+(?:/(?:\d+|\?))?)", re.IGNORECASE)
_SIGNS = (
    "#preface .message, #afterword .message, #chapters > div > h2.heading, #workskin h2.title, "
    ".meta > .byline > a[rel=author]"
)
_TEXT = "#workskin > .userstuff"  # of a copy that has lost the element around its chapters
_FURNITURE = {
    "#skiplinks, #header, ul.navigation, .landmark, .actions, #outer > .navigation": "navigation",
    "#feedback, #comments_placeholder, #kudos": "comments",
    "#footer, #greeting, .flash, .notice": "footer",
    "#preface .message": "archive's line",
    "#afterword .message": "invitation to comment",
    ".endnote-link": "navigation",
    "#share, .share": "sharing",
}


def read(tree: LexborHTMLParser, plan: Plan) -> bool:
    """Known by its list of tags; a part of a book also by its chapters' headings or by the archive's message."""
    tags = tree.css_first("dl.tags, dl.work.meta")
    if tags is not None and not any(_label(dt) in _LISTS for dt in tags.css("dt")):
        return False
    if tags is None and not any(
        "archive" in words(node).lower() or node.tag in {"h2", "a"} for node in tree.css(_SIGNS)
    ):
        return False
    story = tree.css("#chapters") or tree.css(_TEXT)
    if story and tree.css_first("#workskin, #header") is not None:
        plan.frame("navigation", tree.body)
        plan.story(story)
    for node in tree.css("#preface, .preface.group, #afterword, .afterword"):
        plan.frame("archive's line", node)
    for selector, reason in _FURNITURE.items():
        plan.chrome(reason, tree.css(selector))
    if tags is not None:
        _tags(tags, plan)
    _preface(tree, plan)
    _chapters(tree, plan)
    _afterword(tree, plan)
    return True


def _label(dt: LexborNode) -> str:
    """The label of a row in the singular, as it is the same for one value and for several."""
    label = words(dt).rstrip(": ").lower()
    return (
        "category" if label == "categories" else re.sub(r"s$", "", label) if label not in {"stats", "series"} else label
    )


def _tags(tags: LexborNode, plan: Plan) -> None:
    for dt in tags.css("dt"):
        if dt.parent is None or dt.parent.mem_id != tags.mem_id:
            continue
        dd = dt.next
        while dd is not None and dd.tag != "dd":
            dd = dd.next
        if dd is None:
            continue
        label = _label(dt)
        name = _LISTS.get(label)
        if name:
            values = [words(link) for link in dd.css("a")] or [words(dd)]
            for value in dict.fromkeys(values):
                plan.fact(name, value, dt, dd)
        elif label == "series":
            _series(dt, dd, plan)
        elif label == "stats":
            _stats(dt, dd, plan)
        elif known := labels.find(words(dt).rstrip(": ")):  # archives that took over AO3's layout have more rows
            values = [words(link) for link in dd.css("a")] if known.names[0] in LISTS else []
            for value in dict.fromkeys(values or [words(dd)]):
                plan.fact(known.names[0], value, dt, dd)
        else:
            plan.chrome(label or "label", (dt, dd))


def _series(dt: LexborNode, dd: LexborNode, plan: Plan) -> None:
    """Each "Part N of X"; the arrows to its neighbours are no series."""
    said = words(dd)
    for number in _SERIES.findall(said):
        plan.fact("part", number, dt, dd)
    for link in dd.css("a"):
        href = link.attributes.get("href") or ""
        if "/series/" in href or (_SERIES.search(said) and "/works/" not in href):
            plan.fact("series", words(link), dt, dd)
    if not dd.css("a") and _SERIES.search(said):
        plan.fact("series", _SERIES.sub("", said), dt, dd)


def _stats(dt: LexborNode, dd: LexborNode, plan: Plan) -> None:
    plan.fact("words", "", dt, dd)
    for label, value in _STAT.findall(words(dd)):
        label = label.lower()
        if label == "chapters":
            written, _, planned = value.partition("/")
            if planned:
                plan.fact("complete", written == planned, dt, dd)
        else:
            plan.fact("updated" if label in {"updated", "completed"} else label, value, dt, dd)


def _preface(tree: LexborHTMLParser, plan: Plan) -> None:
    preface = tree.css_first("#preface, #workskin > .preface, .preface.group")
    if preface is None:  # a book made of the download has it in a page of its own, without its name
        title = tree.css_first(".meta > h1")
        preface = title.parent if title is not None else None
    if preface is None:
        return
    title = preface.css_first("h1, h2.title")
    if title is not None:
        plan.fact("title", words(title), title)
    byline = preface.css_first(".byline")
    if byline is not None:
        names = [words(author) for author in byline.css("a")] or [re.sub(r"^by\s+", "", words(byline))]
        for name in dict.fromkeys(names):
            plan.fact("author", name, byline)
    link = preface.css_first(".message a[href*='/works/'], p.message a[href*='/works/']")
    if link is not None:
        plan.fact("url", link.attributes.get("href") or "")
    for one in preface.css("ul.associations li"):  # gifts, translations, works that inspired this one
        line = words(one).rstrip(".")
        gift = line.startswith("For ")
        plan.fact("dedication" if gift else "note", line.removeprefix("For ") if gift else line, one)
    for name, label, said in _labelled(preface):
        plan.fact(name, paragraphs(said), label, said)


def _labelled(within: LexborNode) -> list[tuple[str, LexborNode, LexborNode]]:
    """The summary and the notes of a preface: a label (a paragraph or a heading) and the block quote after it."""
    found = []
    for quote in within.css("blockquote"):
        label = quote.prev
        while label is not None and (
            label.tag in {"-text", "-comment", "ul"} or (label.tag == "p" and label.next is None)
        ):
            label = label.prev
        said = words(label).lower().rstrip(": ") if label is not None else ""
        if label is not None and said in {"summary", "notes", "note"}:
            found.append(("summary" if said == "summary" else "note", label, quote))
    return found


def _chapters(tree: LexborHTMLParser, plan: Plan) -> None:
    heads = tree.css("#chapters .meta, #chapters .chapter.preface, .calibre .meta.group, div.meta")
    # calibre drops names that its style sheet does not need: there the head is what holds heading and notes alone
    heads += tree.css("#chapters > div:has(> h2.heading):not(:has(> div))")
    for meta in heads:
        plan.kind("heading", meta.css("h2.heading, h3.title"))
        plan.kind("note", meta.css("blockquote, .byline"))
        for quote in meta.css("blockquote"):
            label = quote.prev
            while label is not None and label.tag in {"-text", "-comment"}:
                label = label.prev
            if label is not None and label.tag in {"p", "h3", "h4"}:
                plan.kind("note", (label,))
    for notes in tree.css("#chapters .notes, #chapters .summary, #chapters [id$=endnotes], [id^=endnotes]"):
        plan.kind("note", (notes,))


def _afterword(tree: LexborHTMLParser, plan: Plan) -> None:
    """The end notes stay, with the works that were inspired; the invitation to comment goes."""
    for after in tree.css("#afterword, .afterword"):
        plan.kind("note", after.css("blockquote, .notes, #work_endnotes, #endnotes, #children, dl"))
        plan.chrome("series", after.css(".series"))
        for said in after.css("p, h3"):
            text = words(said).lower()
            if text.rstrip(": ") in {"end notes", "notes"} or text.startswith(("works inspired", "inspired by")):
                plan.kind("note", (said,))
            elif "drop by the archive" in text or ("please" in text and "comment" in text):
                plan.chrome("invitation to comment", (said,))
