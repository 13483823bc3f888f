"""What the addresses of saved pages add to a work: where the archive had it, so that old links live, and which chapter
a page without a heading is; and the reviews of it that other pages hold."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ficshelf import addresses, names, saved_names
from ficshelf.addresses import Address
from ficshelf.model import INFERRED, Chapter, Draft, Fact, Facts, Review, Shelfmark, Work

_OVER = 600  # letters over a review that are looked at
_PROGRAM = "web pages"  # of pages whose addresses are of no archive's program


class Page(NamedTuple):
    """A page that made a part of a work, its index among the sources, and the places from 1 of its chapters."""

    draft: Draft
    source: int
    chapters: tuple[int, ...]


@lru_cache(1 << 12)
def address_of(path: str) -> str:
    """The address that a label tells, with its host; "" where it tells none."""
    found = saved_names.address(path)
    return found if found.startswith(("http://", "https://")) else ""


def number(draft: Draft) -> int | None:
    """The chapter's number by the page's address."""
    return next((found.chapter for found in _read(draft) if found.chapter is not None), None)


def is_addressed(draft: Draft) -> bool:
    """Whether an archive's program gave the page its address: then its file's name counts nothing."""
    return any(found.story for found in _read(draft))


def numbered(chapters: list[Chapter], pages: Sequence[Page]) -> list[Chapter]:
    """Chapters that nothing numbers but the addresses of their pages, one a page, with those numbers."""
    if len(pages) < 2 or len(pages) != len(chapters) or any(one.number is not None for one in chapters):
        return chapters
    by_address = [number(page.draft) for page in pages]
    if None in by_address or len(set(by_address)) != len(by_address):
        return chapters
    return [one._replace(number=found) for one, found in zip(chapters, by_address, strict=True)]


def _urls(draft: Draft) -> list[str]:
    """The addresses of a page: the one it is kept under, and those it states."""
    stated = [str(fact.value) for fact in draft.facts.get("url", ()) if fact.how != INFERRED]
    kept = address_of(draft.path) or saved_names.address(draft.path)
    return list(dict.fromkeys(url for url in (kept, *stated) if url))


def _read(draft: Draft) -> list[Address]:
    return [found for url in _urls(draft) if (found := addresses.read(url)) is not None]


def located(facts: Facts, pages: Sequence[Page]) -> tuple[Facts, Shelfmark | None]:
    """The facts of a work with the address of its first page where none is stated, and where an archive had it: None
    where no page was kept under an address."""
    kept = [(page, url) for page in pages if (url := saved_names.address(page.draft.path))]
    if not kept:
        return facts, None
    first, url = kept[0]
    if address_of(first.draft.path) and "url" not in facts:
        facts = {**facts, "url": (Fact(url, source=first.source),)}
    story = next((found for page, _ in kept for found in _read(page.draft) if found.story), None)
    led: dict[str, int] = {}
    for page, url in kept:
        led.setdefault(_path(url), page.chapters[0] if page.chapters else 0)
    if story is None:
        host = addresses.parts(url)[0]
        return facts, Shelfmark(_PROGRAM, host, "", tuple(led.items())) if host else None
    for path in _more(story):
        led.setdefault(path, 0)
    key = f"{story.site}/stories/{story.key}"
    return facts, Shelfmark(story.program, key, "", tuple(led.items()))


def _path(url: str) -> str:
    """An address from the root of its host on."""
    if url.startswith(("http://", "https://")):
        return url.split("/", 3)[3] if url.count("/") > 2 else ""
    return url


def _more(story: Address) -> list[str]:
    """The addresses under which an archive shows all of a story."""
    base = story.site.partition("/")[2]
    base = f"{base}/" if base else ""
    if story.program == "eFiction":
        sid = f"{base}viewstory.php?sid={story.key}"
        return [sid, f"{base}viewstory.php?action=printable&textsize=0&sid={story.key}&chapter=all"]
    if story.program == "otwarchive":
        return [f"{base}works/{story.key}"]
    return [f"{base}s/{story.key}", f"{base}s/{story.key}/1"] if story.program == "FanFiction.Net" else []


def with_reviews(work: Work, pages: Sequence[Page], drafts: Sequence[tuple[int, Draft]]) -> Work:
    """A work that is made of these pages, with the reviews that some sources, each with its index, hold of it. One that
    stands on two pages counts once."""
    known = {(one.reviewer, one.date, _said(one)) for one in work.reviews}
    reviews = list(work.reviews)
    for index, draft in drafts:
        record = draft.record
        if record is None or record.kind != "reviews":
            continue
        moved: dict[int, int] = {}
        ended = 0
        for place, one in enumerate(record.reviews, 1):
            key = (one.reviewer, one.date, _said(one))
            before, ended = _head(draft, one, ended)
            if key in known:
                continue
            known.add(key)
            reviews.append(
                one._replace(
                    chapter=_place(work.chapters, pages, one.chapter) or _named(work.chapters, before),
                    blocks=tuple(block._replace(source=index) for block in one.blocks),
                    reply=tuple(block._replace(source=index) for block in one.reply),
                    answers=moved.get(one.answers, 0),
                )
            )
            moved[place] = len(reviews)
    return work._replace(reviews=tuple(reviews))


def _head(draft: Draft, review: Review, start: int) -> tuple[str, int]:
    """What stands over a review on its page, from where the last one ended, and where it ends itself."""
    spans = [span for block in (*review.blocks, *review.reply) for span in block.spans]
    if not spans:
        return "", start
    first = min(span.start for span in spans)
    return draft.text[max(start, first - _OVER) : first], max(span.end for span in spans)


def _named(chapters: Sequence[Chapter], head: str) -> int:
    """The place from 1 of the chapter whose title what stands over a review names; 0 where it names none, or two."""
    folded = names.fold(head)
    found = [
        place
        for place, one in enumerate(chapters, 1)
        if one.title and len(title := names.fold(one.title)) > 3 and folded.endswith(title)
    ]
    return found[0] if len(found) == 1 else 0


def _said(review: Review) -> str:
    return names.fold(" ".join(block.text for block in (*review.blocks, *review.reply)))


def _place(chapters: Sequence[Chapter], pages: Sequence[Page], number: int) -> int:
    """The place from 1 of the chapter that an archive counts as `number`: by the addresses of its pages where they
    count, else by its own number; 0 where it is not there."""
    counted = {found.chapter: page.chapters for page in pages for found in _read(page.draft) if found.chapter}
    if number in counted:
        return counted[number][0] if counted[number] else 0
    if len(chapters) == 1 and number == 1:
        return 1
    if counted or not number:
        return 0
    return next((place for place, one in enumerate(chapters, 1) if one.number == number), 0)
