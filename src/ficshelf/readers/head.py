"""What a page states of itself where readers do not look: for search engines in schema.org's words (JSON-LD), for
libraries in those of Dublin Core, and when it was posted in OpenGraph's.

It counts where neither the page nor the story's own header says it (`passes.head`). A page that describes several
stories so, as a list does, says nothing of this one. (json-ld.org, schema.org, dublincore.org, ogp.me.)
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from ficshelf.model import INFERRED, Fact, Facts
from ficshelf.passes import headings
from ficshelf.passes.head import EVIDENCE
from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.plan import name_of, words
from ficshelf.sureness import SURE

_WORKS = tag_set("Book CreativeWork ShortStory Novel Chapter BookSeries")  # described as a story is
_POSTS = tag_set("Article BlogPosting NewsArticle SocialMediaPosting DiscussionForumPosting Posting")
_LONGEST = 200_000  # characters of one description
_MOST = 20  # descriptions of one page, and names or genres in one
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:T.*)?\Z")
_TAG = re.compile(r"<[^<>]{0,300}>")
_NOBODY = frozenset(("admin", "administrator", "anonymous", "author", "guest", "unknown", "webmaster"))
_DUBLIN = {"title": "title", "creator": "author", "language": "language", "date": "published",
           "description": "summary"}  # fmt: skip
_POSTED = {"article:published_time": "published", "article:modified_time": "updated", "book:author": "author",
           "book:release_date": "published"}  # fmt: skip
_NUMBERED = re.compile(r"\d{1,3}[.:)]\s")
_LINES = "body p, body h2, body h3, body h4, body .author, body .byline"
_PARTING = " \t-–—:|»«·,"


def told(tree: LexborHTMLParser) -> Facts:
    """Guesses of what the page states of itself, to be stated where nothing else does."""
    facts: dict[str, list[Fact]] = {}
    found = [*_described(tree), *_named(tree)]
    for name, value in found:
        said = _plain(value)
        if not said or (name == "author" and (said.lower() in _NOBODY or "/" in said)):
            continue
        if name in ("published", "updated") and (day := _ISO.match(said)):
            said = day[1]
        fact = Fact(said, INFERRED, confidence=SURE["told by the page's head"], evidence=EVIDENCE)
        known = facts.setdefault(name, [])
        if fact not in known and (name in ("author", "genre") or not known):
            known.append(fact)
    return {name: tuple(known) for name, known in facts.items()}


def _plain(value: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", value[:5000])).split())


def _named(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """What `<meta>` elements say: `DC.creator`, `article:published_time`."""
    for node in tree.css("head meta[content]")[:200]:
        attributes = node.attributes
        name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
        said = attributes.get("content") or ""
        prefix, _, bare = name.partition(".")
        if prefix in ("dc", "dcterms") and (fact := _DUBLIN.get(bare.partition(".")[0])):
            yield fact, said
        elif name in _POSTED:
            yield _POSTED[name], said
        elif name == "author" and any(name_of(line) == said.strip() for line in tree.css(_LINES)[:_MOST]):
            yield "author", said  # of the story, and not only of the site: it is shown as such


def _described(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """What the one description of a story says."""
    works = [(kinds, one) for one in _descriptions(tree) if (kinds := _kinds(one)) & (_WORKS | _POSTS)]
    if len(works) != 1:
        return
    kinds, work = works[0]
    whole = work.get("isPartOf")
    is_chapter = "Chapter" in kinds
    if isinstance(whole, dict) and _kinds(whole) & _WORKS:
        yield from (("title", said) for said in _strings(whole.get("name")))
    elif not is_chapter:
        for said in (*_strings(work.get("name")), *_strings(work.get("headline"))):
            yield from (("title", title) for title in [_without_chapter(_plain(said), tree)] if title)
    for person in _several(work.get("author")):
        if isinstance(person, dict) and "Organization" not in _kinds(person):
            yield from (("author", said) for said in _strings(person.get("name")))
        elif isinstance(person, str):
            yield "author", person
    for name, key in (("published", "datePublished"), ("updated", "dateModified")):
        yield from ((name, said) for said in _strings(work.get(key)))
    if kinds & _WORKS and not is_chapter:
        for name, key in (("language", "inLanguage"), ("summary", "description"), ("genre", "genre")):
            yield from ((name, said) for said in _strings(work.get(key)) if not said.startswith("http"))


def _descriptions(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    for node in tree.css("script[type='application/ld+json']")[:_MOST]:
        said = node.text(deep=True) or ""
        try:
            made = json.loads(said, strict=False) if len(said) <= _LONGEST else None
        except (ValueError, RecursionError):
            continue
        for one in _several(made):
            if isinstance(one, dict):
                yield one
                yield from (part for part in _several(one.get("@graph")) if isinstance(part, dict))


def _kinds(described: dict[str, Any]) -> set[str]:
    return {kind.rpartition("/")[2] for kind in _several(described.get("@type")) if isinstance(kind, str)}


def _several(value: Any) -> list[Any]:
    return value[:_MOST] if isinstance(value, list) else [] if value is None else [value]


def _strings(value: Any) -> list[str]:
    return [one for one in _several(value) if isinstance(one, str)]


def _without_chapter(said: str, tree: LexborHTMLParser) -> str:
    """A headline without the chapter's heading that some sites put beside the title; "" where it is one."""
    if len(said) > 150 or headings.parse(said):
        return ""
    for node in tree.css("h1, h2, h3")[:_MOST]:
        heading = words(node)
        if heading != said and (_NUMBERED.match(heading) or headings.parse(heading)):
            said = said.removesuffix(heading).rstrip(_PARTING) if said.endswith(heading) else said
            said = said.removeprefix(heading).lstrip(_PARTING) if said.startswith(heading) else said
    return said
