"""The pages of an EPUB: cover, title page, chapters, and the page about this copy. Each is an XHTML document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ficshelf.model import Block, Chapter
from ficshelf.scenes import scenes
from ficshelf.writers.facts import TAG_LABELS, UNTITLED, About, label
from ficshelf.writers.languages import UNKNOWN, is_right_to_left
from ficshelf.writers.markup import chapter_markup, direction, escape, escape_attribute, safe_link

# A reading device lays out one document at a time, and slows down beyond this many characters.
_LONGEST_PAGE = 240_000

_DIVISIONS = {"prologue", "epilogue", "foreword", "preface", "afterword", "introduction"}  # names in both vocabularies


class Page(NamedTuple):
    """A document of the book. `label` is its name in the table of contents, "" when it has no entry of its own."""

    name: str
    label: str
    text: str


def cover_page(about: About) -> Page:
    """The cover image on a page of its own; the image says what stands on it."""
    says = about.title + (f" by {about.byline}" if about.byline else "")
    body = (
        '<section class="cover" epub:type="cover">\n'
        f'<img src="cover.svg" alt="{escape_attribute("Cover: " + says)}" role="doc-cover" />\n'
        "</section>\n"
    )
    return Page("cover.xhtml", "", document("Cover", body, language="en", body_class="cover"))


def title_page(about: About, chapter_count: int) -> Page:
    """Title, authors, summary, facts, dedication and the author's notes on the whole story."""
    way = _language(about)
    out = ['<section class="titlepage" epub:type="titlepage" aria-labelledby="title">\n']
    out.append(f'<h1 id="title"{way}{direction(about.title)}>{escape(about.title)}</h1>\n')
    if about.byline:
        out.append(f'<p class="byline">by <bdi>{escape(about.byline)}</bdi></p>\n')
    for series in about.series:
        place = f"Part {series.place} of " if series.place else "Series: "
        out.append(f'<p class="series">{place}<bdi>{escape(series.name)}</bdi></p>\n')
    if about.dedication:
        out.append(
            _section("dedication", "doc-dedication", "", _paragraphs(about.dedication, ' class="dedication"'), way)
        )
    if about.summary:
        out.append(_section("abstract", "doc-abstract", "Summary", _paragraphs(about.summary), way))
    out.append("<hr />\n")
    rows = "".join(f"<div><dt>{name}</dt>\n{_values(values)}</div>\n" for name, values in _facts(about, chapter_count))
    out.append(f"<dl>\n{rows}</dl>\n")
    if about.notes:
        notes = "".join(_paragraphs(note) for note in about.notes)
        out.append(f'<aside class="note" role="note"{way}>\n{notes}</aside>\n')
    out.append("</section>\n")
    return Page("title.xhtml", "Title page", document(about.title, "".join(out), language="en"))


def _facts(about: About, chapter_count: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The facts of the title page, as (name, values), in the order that archives have taught readers to expect."""
    if about.rating:
        yield "Rating", (about.rating,)
    for kind, name in TAG_LABELS.items():
        if kind in about.tags:
            values = about.tags[kind]
            plural = "s" if len(values) > 1 and name in ("Fandom", "Pairing", "Genre") else ""
            yield name + plural, values
    for name, value in (
        ("Spoilers", about.spoilers),
        ("Published", about.published),
        ("Updated", about.updated),
        ("Status", {True: "Complete", False: "In progress", None: about.status}[about.complete]),
        ("Chapters", str(chapter_count) if chapter_count > 1 else ""),
        ("Words", f"{about.words:,}" if about.words else ""),
    ):
        if value:
            yield name, (value,)


def _values(values: Iterable[str]) -> str:
    return "".join(f"<dd{direction(value)}>{_lines(value)}</dd>\n" for value in values)


def chapter_pages(position: int, chapter: Chapter, name: str, about: About, *, alone: bool) -> Iterator[Page]:
    """A chapter as one page, or as several where it is too long for one. `position` counts from 1; `name` stands in the
    contents; `alone` is for a work of one chapter without number or title, which needs no heading."""
    kind = _division(chapter)
    headed = any(block.kind == "heading" and block.text.strip() for block in chapter.blocks)
    heading = "" if headed or (alone and chapter.number is None and not chapter.title) else _made_heading(chapter)
    labelled = ' aria-labelledby="heading"' if headed or heading else f' aria-label="{escape_attribute(name)}"'
    for number, (first_scene, blocks) in enumerate(_pieces(chapter.blocks), start=1):
        if number == 1:
            opening = f'<section epub:type="{kind}" role="doc-{kind}"{labelled}>\n{heading}'
            file_name = first_page(position)
        else:
            opening = "<section>\n"
            file_name = f"chapter-{position}-{number}.xhtml"
        body = chapter_markup(blocks, level=2, first_scene=first_scene, epub=True)
        if number == 1 and not any(block.text.strip() or block.kind == "image" for block in blocks):
            body = '<p class="absent" lang="en" xml:lang="en">There is no text in this chapter.</p>\n'
        text = document(name, f"{opening}{body}</section>\n", language=about.language, body_type="bodymatter")
        yield Page(file_name, name if number == 1 else "", text)


def first_page(position: int) -> str:
    """The name of the page that a chapter begins on."""
    return f"chapter-{position}.xhtml"


def _division(chapter: Chapter) -> str:
    first = (chapter.title or "").strip().partition(":")[0].casefold()
    if first in _DIVISIONS:
        return first
    return "prologue" if chapter.number == 0 else "chapter"


def _made_heading(chapter: Chapter) -> str:
    """A heading for a chapter whose number or title is known from elsewhere than its own text."""
    if chapter.number is None and not (chapter.title or "").strip():
        return ""
    name = escape(label(chapter))
    return f'<h2 id="heading"{direction(name)}>{name}</h2>\n'


def _pieces(blocks: tuple[Block, ...]) -> Iterator[tuple[int, tuple[Block, ...]]]:
    """A chapter's blocks in pieces that a device can lay out, each with the number of its first scene. Cut between
    scenes where that is near, else between paragraphs."""
    ends = [scene.start + len(scene.blocks) for scene in scenes(blocks)]
    start = length = 0
    for index, block in enumerate(blocks):
        if length > _LONGEST_PAGE * 0.7 and (
            (block.kind == "break" and index < ends[-1])
            or (block.kind == "paragraph" and length + len(block.text) > _LONGEST_PAGE)
        ):
            yield bisect_right(ends, start) + 1, blocks[start:index]
            start, length = index, 0
        length += len(block.text)
    yield bisect_right(ends, start) + 1, blocks[start:]


def about_page(about: About) -> Page:
    """Whose story this is, what the author asks of readers, and where this copy comes from. It goes with every copy."""
    title = "This story" if about.title == UNTITLED else f"<cite><bdi>{escape(about.title)}</bdi></cite>"
    if about.authors:
        theirs = "name" if len(about.authors) == 1 else "names"
        credit = (
            f"<p>{title} was written by <bdi>{escape(about.byline)}</bdi>. "
            f"Please keep the {theirs} and this page with every copy.</p>\n"
        )
    else:
        credit = (
            f"<p>{title} has an author, but the file that it comes from does not say who. "
            "Please keep this page with every copy.</p>\n"
        )
    way = _language(about)
    out = [
        '<section class="more" epub:type="colophon" role="doc-colophon" aria-labelledby="about">\n',
        f'<h2 id="about">About this copy</h2>\n{credit}',
    ]
    for name, text in (
        ("Disclaimer", "\n".join(about.disclaimers)),
        ("Thanks", about.beta),
        ("Copying and archiving", about.archive_permission),
        ("Feedback", about.feedback),
    ):
        if text:
            out.append(f"<h3>{name}</h3>\n<div{way}>\n{_paragraphs(text)}</div>\n")
    origin = [escape(about.archive)] if about.archive else []
    if about.url:
        address = safe_link(about.url)
        shown = escape(about.url)
        link = f'<a href="{escape_attribute(address)}" rel="nofollow noreferrer">{shown}</a>' if address else shown
        origin.append(link)
    if origin:
        out.append(f"<h3>Where it comes from</h3>\n<p>{'<br />'.join(origin)}</p>\n")
    whose = "authors’" if len(about.authors) > 1 else "author’s"
    out.append(
        f"<p><small>Made by ficshelf. The words are the {whose}; only their setting is new.</small></p>\n</section>\n"
    )
    return Page("about.xhtml", "About this copy", document("About this copy", "".join(out), language="en"))


def document(title: str, body: str, *, language: str, body_type: str = "", body_class: str = "") -> str:
    """A whole XHTML document. `body` is markup; `title` is text."""
    spoken = f' lang="{language}" xml:lang="{language}"' if language != UNKNOWN else ""
    way = ' dir="rtl"' if is_right_to_left(language) else ""
    kind = f' epub:type="{body_type}"' if body_type else ""
    look = f' class="{body_class}"' if body_class else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'epub:prefix="z3998: http://www.daisy.org/z3998/2012/vocab/structure/#"{spoken}{way}>\n'
        f"<head>\n<title>{escape(title) or 'Page'}</title>\n"
        '<link rel="stylesheet" type="text/css" href="style.css" />\n</head>\n'
        f"<body{kind}{look}>\n{body}</body>\n</html>\n"
    )


def _section(kind: str, role: str, heading: str, body: str, attributes: str) -> str:
    title = f'<h2 lang="en" xml:lang="en">{heading}</h2>\n' if heading else ""
    return f'<section class="summary" epub:type="{kind}" role="{role}"{attributes}>\n{title}{body}</section>\n'


def _paragraphs(text: str, attributes: str = "") -> str:
    return "".join(f"<p{attributes}{direction(one)}>{escape(one)}</p>\n" for one in text.split("\n") if one.strip())


def _lines(text: str) -> str:
    return "<br />".join(map(escape, text.split("\n")))


def _language(about: About) -> str:
    """The attributes that say in which language the author's own words are, on a page that speaks English."""
    if about.language == UNKNOWN:
        return ""
    return f' lang="{about.language}" xml:lang="{about.language}"'
