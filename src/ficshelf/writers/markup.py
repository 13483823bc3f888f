"""Blocks as markup: the one place where the words of a story become tags.

What comes out is well-formed XML and good HTML5 at once, so the chapter page and the EPUB share it. Text is escaped as
it is written and only the tags and attributes below are ever emitted, so nothing needs to be cleaned afterwards and
nothing in a story can become markup. Nothing refers to another place except links that a reader may choose to follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from urllib.parse import quote, urlsplit

from ficshelf.model import MARKS, Block, Run
from ficshelf.scenes import scenes
from ficshelf.writers.mail_addresses import kept_back

TAGS = frozenset(
    ("section", "h1", "h2", "h3", "h4", "h5", "h6", "p", "hr", "br", "div", "span", "blockquote", "aside", "ul", "ol",
     "li", "table", "tbody", "tr", "td", "pre", "a", "em", "strong", "u", "s", "sup", "sub", "code", "small")
)  # fmt: skip
ATTRIBUTES = frozenset(("class", "id", "role", "dir", "href", "rel", "epub:type"))

_MARK_TAGS = dict(zip(MARKS, ("em", "strong", "u", "s", "sup", "sub", "code", "small"), strict=True))
# What XML 1.0 forbids (section 2.2), the C1 controls that HTML5 calls errors, and a bare return.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_HOST = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?\.?(:[0-9]{1,5})?")
# A break that says something ("Later that night") is shown; a row of ornaments is a rule like any other.
_BREAK_WORDS = re.compile(r"[^\W\d_xo]", re.IGNORECASE)
_BREAK_NAMES = re.compile(r"\W*((scene|line|page|section)[ -]?)?break\W*", re.IGNORECASE)
_ITEM_SIGN = re.compile(r"\s*(?:[-*•·–—]|\(?\w{1,6}[.)])\s")
_LONGEST_ADDRESS = 300  # characters of where an image pointed that are shown


def fit(text: str) -> str:
    """The text without the characters that no XML document may hold: halves of a pair become U+FFFD, a return or a
    vertical tab a line break, a form feed a space; other control characters go."""
    if text.isprintable() or not _UNFIT.search(text):
        return text
    return _UNFIT.sub(_stand_in, text.replace("\r\n", "\n"))


def _stand_in(match: re.Match[str]) -> str:
    character = match[0]
    if character in "\r\x0b\x85":
        return "\n"
    if character == "\x0c":
        return " "
    return "" if character < "\ud800" else "\ufffd"


def escape(text: str) -> str:
    """The text as it stands in an element, in XML and in HTML."""
    return fit(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_attribute(text: str) -> str:
    """The text as it stands between the double quotes of an attribute; line ends and tabs become spaces."""
    return escape(text).replace('"', "&quot;").replace("\n", " ").replace("\t", " ")


def safe_link(address: str) -> str:
    """The address if it is a web address that one may follow, made fit for an attribute's value; else "".

    Only http and https lead on. A mail address is not linked: addresses are not shown to strangers. What was written
    for a place next to the page leads on where whoever makes the new page knows that place (`Inside`), and nowhere
    else.
    """
    address = address.strip()
    if not address[:8].lower().startswith(("http://", "https://")):
        return ""
    try:
        parts = urlsplit(fit(address))
        host = parts.netloc.lower()
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
        if not _HOST.fullmatch(host) or ".." in host or (parts.port or 0) > 65535:
            return ""
    except ValueError:  # no such host, or half a character in it
        return ""
    safe = "/:@!$'()*+,;=~-._"
    path = quote(_percent(parts.path), safe=safe + "%")
    query = "?" + quote(_percent(parts.query), safe=safe + "?%&") if parts.query else ""
    fragment = "#" + quote(_percent(parts.fragment), safe=safe + "?%&") if parts.fragment else ""
    return f"{parts.scheme.lower()}://{host}{path}{query}{fragment}"


def _percent(text: str) -> str:
    return re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)


def direction(text: str) -> str:
    """The attribute that a stretch needs when it holds letters written from right to left; mostly none."""
    return ' dir="auto"' if not text.isascii() and _RIGHT_TO_LEFT.search(text) else ""


def inline(runs: Iterable[Run]) -> str:
    """Runs as inline markup; a line end becomes `<br />`."""
    out = []
    for run in runs:
        text = escape(run.text)
        if "\n" in text:
            text = text.replace("\n", "<br />\n")
        if run.marks or run.link:
            text = _marked(text, run)
        out.append(text)
    return "".join(out)


def _marked(text: str, run: Run) -> str:
    for mark in reversed(MARKS):
        if mark in run.marks:
            tag = _MARK_TAGS[mark]
            text = f"<{tag}>{text}</{tag}>"
    if run.link and text:
        if isinstance(run.link, Inside):
            text = f'<a href="{escape_attribute(run.link)}" rel="nofollow">{text}</a>'
        elif address := safe_link(run.link):
            text = f'<a href="{escape_attribute(address)}" rel="nofollow noreferrer">{text}</a>'
    return text


def lines(runs: Iterable[Run]) -> list[list[Run]]:
    """The runs of each line: a run that goes on over a line end is cut there and keeps its marks."""
    out: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = fit(run.text).split("\n")
        out[-1].append(run._replace(text=first))
        out.extend([run._replace(text=text)] for text in rest)
    return out


def chapter_markup(blocks: Sequence[Block], *, level: int = 2, first_scene: int = 1, epub: bool = False) -> str:
    """The blocks of a chapter as markup: a `<section class="scene" id="scene-N">` for each scene, from 1, with
    `<hr class="break" />` between them.

    `level` is that of the heading blocks (1 to 6); those that stand together are lines of one heading, with the id
    `heading` on the first in the chapter. `first_scene` is the number of the first scene, when a long chapter is
    written in several pieces. With `epub`, verse is marked with `epub:type` (the prefix z3998 must be declared).
    """
    out: list[str] = []
    write = _Writer(level, epub)
    end = 0
    for scene in scenes(blocks):
        number = first_scene + scene.number - 1
        if number > 1 and scene.start > end:
            out.append('<hr class="break" />\n')
        out.append(f'<section class="scene" id="{scene._replace(number=number).anchor}">\n')
        out.extend(map(_slug, blocks[end : scene.start]))
        for kind, together in groupby(scene.blocks, key=_kind):
            out.append(write.together(kind, list(together)))
        end = scene.start + len(scene.blocks)
        out.append("</section>\n")
    out.extend(map(_slug, blocks[end:]))
    return "".join(out)


def markup_by_block(blocks: Iterable[Block], *, level: int = 2) -> Iterator[str]:
    """The markup of each block by itself, for pages that set something beside every block. No sections, no scenes."""
    write = _Writer(level, epub=False)
    for block in blocks:
        if block.kind == "break":
            yield '<hr class="break" />\n' + _slug(block)
        else:
            yield write.together(block.kind, [block])


def _slug(separator: Block) -> str:
    """What a break says ("Later that night"); nothing for a row of ornaments, whose place the rule takes."""
    text = separator.text
    if not _BREAK_WORDS.search(text) or _BREAK_NAMES.fullmatch(text):
        return ""
    return f'<p class="slug"{direction(text)}>{inline(separator.runs)}</p>\n'


def _kind(block: Block) -> str:
    return block.kind


class Inside(str):
    """A link to a page of what is being made, of the shelf or of the book. No file can say it: whoever makes the page
    sets it in a run, in place of what the file said."""

    __slots__ = ()


def led(blocks: Iterable[Block], leads: Mapping[str, str]) -> Iterator[Block]:
    """The blocks with links that lead inside, where `leads` has one for what the file said."""
    for block in blocks:
        if leads and any(run.link in leads for run in block.runs):
            runs = (run._replace(link=Inside(leads[run.link])) if run.link in leads else run for run in block.runs)
            block = block._replace(runs=tuple(runs))
        yield block


class _Writer:
    """Writes blocks of one kind that stand together."""

    def __init__(self, level: int, epub: bool) -> None:
        self.level = min(max(level, 1), 6)
        self.heading_id = ' id="heading"'
        self.verse_type = ' epub:type="z3998:verse"' if epub else ""

    def together(self, kind: str, blocks: list[Block]) -> str:
        if kind in ("note", "heading"):  # here the author speaks, of people that there are
            blocks = list(map(kept_back, blocks))
        match kind:
            case "heading":
                return self.heading(blocks)
            case "verse":
                stanzas = "".join(map(_stanza, blocks))
                return f'<div class="verse"{self.verse_type}>\n{stanzas}</div>\n' if stanzas else ""
            case "quote":
                inside = _paragraphs(blocks)
                return f"<blockquote>\n{inside}</blockquote>\n" if inside else ""
            case "note":
                inside = _paragraphs(blocks)
                return f'<aside class="note" role="note">\n{inside}</aside>\n' if inside else ""
            case "list":
                return "".join(map(_list, blocks))
            case "table":
                return "".join(map(_table, blocks))
            case "image":
                return "".join(map(_image, blocks))
            case "preformatted":
                return "".join(map(_preformatted, blocks))
            case "end":
                return _paragraphs(blocks, ' class="end"')
        return _paragraphs(blocks)

    def heading(self, blocks: list[Block]) -> str:
        """One heading of as many lines as there are blocks."""
        texts = [inline(block.runs) for block in blocks if block.text.strip()]
        if not texts:
            return ""
        tag, identity = f"h{self.level}", self.heading_id
        self.heading_id = ""
        way = direction("".join(block.text for block in blocks))
        return f"<{tag}{identity}{way}>" + "<br />\n".join(texts) + f"</{tag}>\n"


def _paragraphs(blocks: Iterable[Block], attributes: str = "") -> str:
    out = []
    for block in blocks:
        runs = block.runs
        text = inline(runs)
        if text and not text.isspace():
            way = "" if text.isascii() else direction(text)
            out.append(f"<p{attributes}{way}>{text}</p>\n")
    return "".join(out)


def _stanza(block: Block) -> str:
    """Each line in a span, so that a long one can hang; the `<br />` is for whoever shows no style."""
    text = block.text
    if not text.strip():
        return ""
    spans = "<br />\n".join(f"<span>{inline(line)}</span>" for line in lines(block.runs))
    return f"<p{direction(text)}>{spans}</p>\n"


def _list(block: Block) -> str:
    items = [line for line in lines(block.runs) if any(run.text.strip() for run in line)]
    if not items:
        return ""
    opening = closing = "ol" if block.detail == "ordered" else "ul"
    if all(_ITEM_SIGN.match("".join(run.text for run in item)) for item in items):
        opening, closing = 'ul class="signed"', "ul"  # each brings its own number or dash
    body = "".join(f"<li>{inline(item)}</li>\n" for item in items)
    return f"<{opening}{direction(block.text)}>\n{body}</{closing}>\n"


def _table(block: Block) -> str:
    rows = []
    for line in lines(block.runs):
        if any(run.text.strip() for run in line):
            cells = "".join(f"<td>{inline(cell)}</td>" for cell in _cells(line))
            rows.append(f"<tr>{cells}</tr>\n")
    return f"<table{direction(block.text)}>\n<tbody>\n{''.join(rows)}</tbody>\n</table>\n" if rows else ""


def _cells(line: Sequence[Run]) -> list[list[Run]]:
    out: list[list[Run]] = [[]]
    for run in line:
        first, *rest = run.text.split("\t")
        out[-1].append(run._replace(text=first))
        out.extend([run._replace(text=text)] for text in rest)
    return out


def _image(block: Block) -> str:
    """An image is told, never fetched: what it shows in words, and where it pointed, as text."""
    told = inline(block.runs).strip()
    where = fit(block.detail).strip()
    if where.lower().startswith("data:"):
        where = ""
    elif len(where) > _LONGEST_ADDRESS:
        where = where[:_LONGEST_ADDRESS] + "…"
    label = f"Image: {told}" if told else "Image"
    if where:
        label += f" <small>({escape(where)})</small>"
    return f'<p class="image"{direction(block.text)}>{label}</p>\n'


def _preformatted(block: Block) -> str:
    text = "".join(_marked(escape(run.text), run) for run in block.runs)
    return f"<pre>{text}</pre>\n" if text.strip() else ""
