"""Markdown (CommonMark with tables and struck-out words), as a page: a node a line, with what the marks mean.

The text layer is the front matter as it stands, where there is one, and then the text of the page that the Markdown
stands for, as `walk` defines it. Lines that are set in by four blanks are paragraphs here, never code: stories have
none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ficshelf.model import Chrome, Draft, Facts, Node, Span
from ficshelf.passes import headings, label_lines, labels
from ficshelf.passes.header_facts import Gathered
from ficshelf.readers import encoding, text
from ficshelf.readers.book import Book
from ficshelf.readers.flatten import tag_set
from ficshelf.sources import limits

_NAME = re.compile(r"\.(?:md|markdown|mdown|mkdn?|mdwn)$", re.IGNORECASE)
_FENCE = re.compile(r"\A---[ \t]*\n(.{0,20000}?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_FENCE_OF_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.{0,20000}?)^\+\+\+[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_ENTRY = re.compile(r"([A-Za-z][\w -]{0,38}?)[ \t]*:(?:[ \t]+(.*))?$")
_ENTRY_OF_TOML = re.compile(r"([A-Za-z][\w.-]{0,38}?)[ \t]*=(?:[ \t]*(.*))?$")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)$")
_HEADING = re.compile(rb"(?:\A|\n[ \t]*\r?\n)#{1,6}[ \t]+[^\s#][^\n]{0,150}\r?\n[ \t]*\r?\n")
_OTHER_SIGN = re.compile(rb"\*\*\w[^\n*]{0,200}\*\*|\]\(https?://|(?:\A|\n)> \S|\\\*|(?:\A|\n)```")
_NESTED = re.compile(r"^(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])(?=[ \t>]|$)){40}|^[ \t]{200}", re.MULTILINE)
_SENTENCE_ENDS = frozenset(".!?…\"”“’'»«,;:")
_HEADS = frozenset(("title", "subtitle", "chapter"))  # keys under which a chapter's heading may stand
_KEYS = {"lang": "language", "keywords": "tags", "abstract": "summary", "source": "url", "creator": "author"}
_TAGS = tag_set(
    "a abbr acronym address article aside b big blockquote body br center cite code col colgroup dd del details "
    "dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 head header hr html i img ins kbd li link "
    "main mark meta nav ol p pre q rp rt ruby s samp script section small span strike strong style sub summary "
    "sup table tbody td tfoot th thead time title tr tt u ul var wbr"
)
_TAG = re.compile(r"<(?=/?([A-Za-z][A-Za-z0-9-]*))")
_LARGEST = 4 * 2**20  # characters: this takes seconds; what is longer is read as the text that it is
_SPACE = re.compile(r"\s*(?:<br\s?/?>\s*){1,20}")  # a line that is but an empty line typed as markup: a break
_SPACE_ABOVE = re.compile(  # such a line right above a picture or a paragraph, which would be markup with it
    r"(?:(?<=\n\n)|(?<=\A))<br\s?/?>[ \t]{0,9}\n(?=[^\s<])|(?<=\n)#{1,6} [^\n]{1,200}\n<br\s?/?>[ \t]{0,9}\n(?=[^\s<])"
)
_SELDOM = 8  # it parts scenes where there is one to so many tokens of other kinds, and three make a paragraph
_HEADER = 2  # header lines that make a header of a paragraph
_MOST_LINES = 40  # lines of a paragraph that are looked at
_MOST_BRACKETS = 20_000  # each is looked at as the start of a link

_MARKDOWN = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"]).disable(["code"])


def sure(data: bytes, path: str) -> float:
    """0.6 where the name says so; 0.4 for two headings of its own kind and another sign, or for front matter with them.

    A text with `*x*` and `***` is no Markdown, nor is one with a `#` between its scenes.
    """
    if _NAME.search(path):
        return 0.6 if text.sure(data, path) else 0.0
    head = data[:16384]
    if b"#" not in head or len(_HEADING.findall(head)) < 2 or not _OTHER_SIGN.search(head):
        return 0.0
    return 0.4 if text.sure(data, path) else 0.0


def read(data: bytes, path: str) -> Draft:
    """Read Markdown. Never raises; what is too long or too deeply nested for it is read as plain text."""
    if len(data) > limits.READ:
        return text.read(data, path)
    decoded = encoding.decode(data)
    said = decoded.text
    if len(said) > _LARGEST or said.count("[") > _MOST_BRACKETS or _NESTED.search(said):
        return text.read(data, path)
    front = _front_matter(said)
    book = Book()
    book.remarks += decoded.remarks
    if front.end:
        book.text.append(said[: front.end] + "\n")
        book.length = front.end + 1
        book.chrome += front.chrome
        book.facts = front.facts
    book.page(_page(said[front.end :]))
    if front.heading and book.nodes:
        book.nodes = [front.heading, book.nodes[0]._replace(page=False), *book.nodes[1:]]
    return book.draft(book.facts)._replace(encoding=decoded.encoding)


def _page(said: str) -> str:
    """The page that Markdown stands for."""
    env: dict[str, Any] = {}
    said = _SPACE_ABOVE.sub(lambda found: found[0] + "\n", said)
    tokens = _MARKDOWN.parse(said, env)
    tokens = [_with_header_lines(_with_typed_names(token)) for token in _without_sentences_as_headings(tokens)]
    spaces = [token for token in tokens if token.type == "html_block" and _SPACE.fullmatch(token.content)]
    if len(spaces) * _SELDOM <= len(tokens):
        for token in spaces:
            token.content = "<hr />\n"
    return str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, env))


def _with_typed_names(token: Token) -> Token:
    """`<owlet> are you there` names who speaks: what is no tag of pages is text."""
    if token.type == "html_block":
        token.content = _TAG.sub(lambda tag: tag[0] if tag[1].lower() in _TAGS else "&lt;", token.content)
    for child in token.children or ():
        tag = _TAG.match(child.content) if child.type == "html_inline" else None
        if tag and tag[1].lower() not in _TAGS:
            child.type = "text"
    return token


def _with_header_lines(token: Token) -> Token:
    """Header lines that stand together, no blank line between them, are lines, and no paragraph."""
    if token.type != "inline" or "\n" not in token.content:
        return token
    lines = token.content.split("\n", _MOST_LINES)
    if sum(1 for line in lines if label_lines.label_line(line)) >= _HEADER:
        for child in token.children or ():
            if child.type == "softbreak":
                child.type, child.tag = "hardbreak", "br"
    return token


def _without_sentences_as_headings(tokens: Sequence[Token]) -> Iterator[Token]:
    """A row of `-` or `=` right below a sentence makes a heading of it; in a story it is a break, and the author only
    left out the blank line."""
    underlined = False
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.markup in ("-", "="):
            content = tokens[place + 1].content
            underlined = "\n" in content or len(content) > 80 or content[-1:] in _SENTENCE_ENDS
        if underlined and token.type in ("heading_open", "heading_close"):
            yield Token(token.type.replace("heading", "paragraph"), "p", token.nesting)
            if token.nesting < 0:
                underlined = False
                yield Token("hr", "hr", 0)
        else:
            yield token


class _Front(NamedTuple):
    """The block of keys and values on top: what it states, what is kept aside of it, where it ends (0: none)."""

    facts: Facts = {}
    chrome: Sequence[Chrome] = ()
    end: int = 0
    heading: Node | None = None  # the chapter that its title names


def _front_matter(said: str) -> _Front:
    """Read YAML front matter as pandoc and static sites have it: `key: value`, lists, and text over several lines; or
    TOML between `+++`, as Hugo has it: `key = "value"`. A title or subtitle that heads a chapter (`Chapter 3: Salt`),
    and `chapter: 3`, name it, and not the work."""
    fence, form = _FENCE.match(said), _ENTRY
    if not fence:
        fence, form = _FENCE_OF_TOML.match(said), _ENTRY_OF_TOML
    if not fence:
        return _Front()
    entries = _entries(fence[1], fence.start(1), form)
    if not entries:
        return _Front()
    gathered = Gathered(Draft("", ()))
    aside = [Span(0, 3)]
    heading = None
    for key, lines, span in entries:
        called = " ".join(_values(lines)) if key.lower() in _HEADS and not heading else ""
        at = said.find(called, span.start, span.end)
        told = _heading_in(key.lower(), called) if called and at >= 0 else None
        if told is not None and told.level != 1:  # `Episode 4: Ballast` is a work's
            here = Span(at, at + len(called))
            heading = Node(called, (here,), kind="heading", hint="h1", detail=headings.pack(told))
            aside += [Span(span.start, at), Span(here.end, span.end)]
            continue
        known = labels.find(_KEYS.get(key.lower(), key))
        before = gathered.facts, len(gathered.chrome)
        for value in _values(lines):
            if known:
                gathered.take(known.names, value, (span,))
        if before == (gathered.facts, len(gathered.chrome)):
            if key:
                gathered.silent += (span,)
            aside.append(span)
    silent = set(gathered.silent)
    gathered.settle_silent()
    held = {span for facts in gathered.facts.values() for fact in facts for span in fact.spans} & silent
    aside = [span for span in aside if span not in held]
    end = len(fence[0].rstrip())
    aside.append(Span(end - 3, end))
    chrome = sorted({*gathered.chrome, *(Chrome(span, "front matter") for span in aside if span.end > span.start)})
    return _Front(gathered.facts, chrome, fence.end(), heading)


def _heading_in(key: str, said: str) -> headings.Heading | None:
    """The chapter's heading that an entry holds: `title: "Chapter 3: Salt"`, `subtitle: Chapter 3`, `chapter: 3`."""
    return headings.parse(f"chapter {said}" if key == "chapter" and said[0].isdecimal() else said)


def _entries(block: str, at: int, form: re.Pattern[str]) -> list[tuple[str, list[str], Span]]:
    """The keys of front matter, each with its lines and their span; none at all where a line is nothing of the kind.

    A comment is an entry without a key."""
    entries: list[tuple[str, list[str], Span]] = []
    for line in block.split("\n"):
        start, at = at, at + len(line) + 1
        said = line.rstrip()
        here = Span(start, start + len(said))
        if not said:
            continue
        if said.startswith("#"):
            entries.append(("", [], here))
        elif found := form.match(said):
            entries.append((found[1], [found[2] or ""], here))
        elif entries and line[0] in " \t-":
            key, lines, span = entries[-1]
            lines.append(said)
            entries[-1] = (key, lines, Span(span.start, here.end))
        else:
            return []
    return entries


def _values(lines: Sequence[str]) -> list[str]:
    """What an entry holds: a text, over several lines perhaps (`|` and `>` only say so), or a list in either form."""
    items = [item[1].removeprefix("name:") for line in lines[1:] if (item := _ITEM.match(line))]
    if items:
        return [value for value in map(_plain, items) if value]
    said = " ".join(" ".join(lines).split())
    said = re.sub(r"\A[|>][+-]?\d?(?= |$)|\A(?:~|null)$", "", said).strip()
    if said.startswith("[") and said.endswith("]"):
        return [value for value in map(_plain, said[1:-1].split(",")) if value]
    return [_plain(said)] if said else []


def _plain(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        quote = value[0]
        value = value[1:-1].replace("''" if quote == "'" else '\\"', quote)
    return value.strip()
