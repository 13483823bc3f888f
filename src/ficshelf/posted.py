"""A story that was posted in parts: its chapters whole again, when it was sent, and what is not there."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from ficshelf import dates
from ficshelf.mailed import Post
from ficshelf.model import Chapter, Facts

_HEAD = 20_000  # characters of a text layer within which a header ends
_LETTERS = re.compile(r"\W+")


def header_of(layer: str) -> dict[str, str]:
    """The header of a mail in its text layer, a line a field: by names in small letters, the first of each."""
    found: dict[str, str] = {}
    for line in layer[:_HEAD].split("\n\n", 1)[0].split("\n"):
        name, colon, value = line.partition(":")
        if colon and " " not in name:
            found.setdefault(name.lower(), value.strip())
    return found


def paragraphs(chapters: Iterable[Chapter]) -> frozenset[int]:
    """What texts are compared by: digests of their paragraphs."""
    return frozenset(
        zlib.crc32(said.encode("utf-8", "replace"))
        for chapter in chapters
        for block in chapter.blocks
        if len(said := _LETTERS.sub("", block.text).lower()) >= 20
    )


def whole(chapters: Sequence[Chapter], halves: Collection[int]) -> list[Chapter]:
    """Chapters of which some came in several posts, `1a` and `1b`, in one again. `halves` are the sources of these."""
    made: list[Chapter] = []
    for chapter in chapters:
        before = made[-1] if made else None
        if (
            before
            and chapter.number is not None
            and before.number == chapter.number
            and not chapter.title
            and {block.source for block in (*before.blocks, *chapter.blocks)} <= set(halves)
        ):
            made[-1] = before._replace(blocks=before.blocks + chapter.blocks)
        else:
            made.append(chapter)
    return made


def dated(facts: Facts, sent: dict[int, str]) -> Facts:
    """The facts of a story that was posted in parts: it was published with the first of them and updated with the
    last. `sent` is when the post of each source was sent, as its header says."""
    days = {source: day for source, said in sent.items() if (day := dates.parse(said))}
    published = facts.get("published", ())
    by_post = [fact for fact in published if fact.value == sent.get(fact.source, "") and fact.source in days]
    if len(by_post) < 2:
        return facts
    first = min(by_post, key=lambda fact: days[fact.source])
    last = max(by_post, key=lambda fact: days[fact.source])
    rest = tuple(fact for fact in published if fact not in by_post)
    made = {**facts, "published": (*rest, first)}
    return made if days[last.source] == days[first.source] else {**made, "updated": (*facts.get("updated", ()), last)}


def signed(facts: Facts, senders: dict[int, str]) -> Facts:
    """The facts of a story whose posts one person sent, under one name or several: the author is whom a text names,
    or else the sender by the fullest name. `senders` are who sent the post of each source, as the header names them."""
    authors = facts.get("author", ())
    by_sender = [fact for fact in authors if fact.value == senders.get(fact.source) and len(fact.spans) < 2]
    if len({str(fact.value) for fact in by_sender}) + (len(authors) > len(by_sender)) < 2:
        return facts
    kept = [fact for fact in authors if fact not in by_sender]
    if not kept:
        often = Counter(str(fact.value) for fact in by_sender)
        name = max(often, key=lambda name: (" " in name, often[name], name))
        kept = [fact for fact in by_sender if fact.value == name]
    return {**facts, "author": tuple(kept)}


def missing(posts: Sequence[Post]) -> list[int]:
    """The parts that are not there, before the first of those that are and behind the last, as their subjects count."""
    numbers = {post.subject.number for post in posts if post.subject.number is not None}
    totals = {int(post.subject.of) for post in posts if post.subject.of.isdigit()}
    if not numbers or len(totals) != 1 or max(totals) > 200:
        return []
    return [number for number in range(1, max(totals) + 1) if not min(numbers) <= number <= max(numbers)]
