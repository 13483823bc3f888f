"""Pages within other things: a page's source saved as a page, a page as a string of JSON, an answer of a site's API.

What comes out is the page itself, so its text layer is that of the page. An answer of an API (Wattpad's, WordPress's,
FicHub's, a downloader's own) becomes a page whose elements say by `data-fact` what they are; `sites.told` reads it.
"""

from __future__ import annotations

import html as markup
import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from ficshelf.model import FACT_NAMES
from ficshelf.passes import labels
from ficshelf.passes.label_lines import completeness
from ficshelf.readers.sites.plan import LISTS

_STRING = re.compile(rb"[\"']\s*(?:\\[nrt]|\s)*(?:<|\\u003[cC])(?:!|html|head|body|p|div|h[1-6]|span)", re.IGNORECASE)
_CONTENT = "content|text|body|html|story|storytext|story_text|chapter_text|post|rendered|chapterContent|content_html"
_OBJECT = re.compile(
    rb"\"(?:"
    + _CONTENT.encode()
    + rb")\"\s*:\s*\"[^\"]{0,4000}?(?:<|\\u003[cC])/?(?:p|div|br|em|i|b|span|h[1-6]|hr|strong)\b",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"<td class=[\"']?line-content|<body[^>]{0,80}\bid=[\"']?viewsource|<pre id=[\"']?line1\b", re.IGNORECASE
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|&#?\w{1,10};")
_KEYS = {
    "title": ("title", "name", "headline", "story_title", "storyTitle"),
    "author": ("author", "authors", "author_name", "by", "user", "username", "creator", "penname", "writer"),
    "summary": ("summary", "description", "excerpt", "blurb", "synopsis"),
    "url": ("url", "link", "permalink", "canonical_url"),
    "published": ("published", "date", "datePublished", "published_at", "createDate", "created", "created_at"),
    "updated": ("updated", "modified", "dateModified", "modifyDate", "updated_at"),
}
_NAMED = ("rendered", "raw", "name", "display_name", "username", "penname", "fullname", "title", "text", "html")
_PARTS = ("chapters", "parts", "pages", "posts", "items", "entries", "children")
_NO_FACTS = ("type", "slug", "format", "source")  # keys of programs, whatever a person may mean by the word
_DEEPEST = 6  # objects within objects in which parts are looked for


def sure(head: bytes) -> bool:
    """Whether this is the beginning of a JSON string or object that holds a page or a piece of one."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return bool(_STRING.match(start)) or (start[:1] in (b"{", b"[") and _OBJECT.search(head) is not None)


def page_in(text: str) -> str:
    """The markup of the page that is wrapped in this text; the text itself where nothing is wrapped."""
    start = text.lstrip("\ufeff \t\r\n")
    if start[:1] in ('"', "{", "["):
        try:
            value, end = json.JSONDecoder(strict=False).raw_decode(start)
        except (ValueError, RecursionError):
            return text
        if isinstance(value, str):
            return text if start[end:].strip(" \t\r\n;\0") else value  # a page may begin with what somebody says
        return _page_of(value) or text
    if _SOURCE.search(text[:20_000]):
        return _source_of(text) or text
    return text


def _source_of(text: str) -> str:
    """What a browser's view of a page's source shows, as it was: the text of its lines."""
    tree = LexborHTMLParser(text)
    lines = tree.css("td.line-content") or tree.css("#viewsource pre, pre#viewsource, pre[id^=line], #viewsource")[:1]
    said = "\n".join(line.text(deep=True) or "" for line in lines)
    return said if "<" in said else ""


def _page_of(value: Any) -> str:
    """A page of what an API answered; "" where it holds no text."""
    whole = {"chapters": value} if isinstance(value, list) else value
    story = next((one for one in _objects(whole) if any(True for _ in _texts(one))), None)
    if story is None:
        return ""
    pieces = ['<article class="told">']
    for name, said in _facts({**whole, **story} if isinstance(whole, dict) else story):
        if name == "complete":
            pieces.append(f'<div data-fact="complete" data-value="{said}"></div>')
        else:
            pieces.append(f'<div data-fact="{name}">{said}</div>')
    several = len(list(_texts(story))) > 1 or not _content(story)
    for title, text in _texts(story):
        if title and several:
            pieces.append(f'<h2 data-fact="chapter">{title}</h2>')
        pieces.append(f'<div data-fact="story">{text}</div>')
    return "\n".join([*pieces, "</article>"])


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The objects in an answer, the outer ones first."""
    if isinstance(value, dict):
        yield value
        if depth < _DEEPEST:
            for one in value.values():
                yield from _objects(one, depth + 1)


def _texts(story: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The chapters of an object, each with its title; the object itself where it has a text of its own."""
    if text := _content(story):
        yield _marked(_value(story, _KEYS["title"])), text
        return
    for key in _PARTS:
        parts = story.get(key)
        listed = list(parts.values()) if isinstance(parts, dict) else parts if isinstance(parts, list) else []
        found = [(_marked(_value(part, _KEYS["title"])), text) for part in listed if isinstance(part, dict)
                 and (text := _content(part))]  # fmt: skip
        if found:
            yield from found
            return


def _content(part: dict[str, Any]) -> str:
    for key in _CONTENT.split("|"):
        said = _word(part.get(key))
        if said.strip() and (len(said) > 200 or _TAG.search(said)):
            return said if _TAG.search(said) else _paragraphs(said)
    return ""


def _paragraphs(text: str) -> str:
    """Plain text as markup: a blank line parts paragraphs, where there is one; else every line is one."""
    parting = r"\n\s*\n" if re.search(r"\n\s*\n", text) else r"\n"
    return "".join(
        f"<p>{markup.escape(one.strip(), quote=False).replace(chr(10), '<br>')}</p>" for one in re.split(parting, text)
    )


def _facts(story: dict[str, Any]) -> Iterator[tuple[str, str]]:
    known: set[str] = set()
    for name, keys in _KEYS.items():
        for said in _values(story, keys):
            known.add(name)
            yield name, _marked(said)
    for key, value in story.items():
        label = labels.find(str(key).replace("_", " "))
        name = label.names[0] if label and key not in _NO_FACTS else ""
        if name == "status":
            complete = value if isinstance(value, bool) else completeness(_word(value))
            if complete is not None:
                yield "complete", "yes" if complete else "no"
        elif name in FACT_NAMES and name not in known and name != "note":
            for said in value if isinstance(value, list) else [value]:
                if word := _word(said) if name in LISTS or not isinstance(value, list) else "":
                    yield name, _marked(word)


def _value(story: dict[str, Any], keys: tuple[str, ...]) -> str:
    return next(_values(story, keys), "")


def _values(story: dict[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    """What the first of these keys that says anything says: one word, or several in a list."""
    for key in keys:
        value = story.get(key)
        found = [word for one in (value if isinstance(value, list) else [value]) if (word := _word(one))]
        if found:
            yield from found
            return


def _word(value: Any) -> str:
    """The words of a value: itself, or what an object calls its name."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return next((one for key in _NAMED if isinstance(one := value.get(key), str) and one.strip()), "")
    return ""


def _marked(said: str) -> str:
    """Words as markup: as they are where they hold any, else escaped."""
    return said if _TAG.search(said) else markup.escape(said, quote=False)
