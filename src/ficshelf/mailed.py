"""Posts to mailing lists and news groups: which of them are parts of one story, in which order, and which stand.

Twice asked. Before anything is read, from headers alone (`groups`): a suspicion, so that a mailbox of 100,000 posts is
read a story at a time. And when they are read (`stories`), with what their texts state: then precision comes first.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ficshelf import dates, mime, names, subjects
from ficshelf.chapter_files import TOGETHER, TOGETHER_BYTES
from ficshelf.mime import Header
from ficshelf.subjects import CORRECTED, REPOST, Subject

PEEK = 3_000  # bytes of a text that are looked at
ALIKE = 0.3  # share of the shorter one's paragraphs in the other, from which on two texts are versions of one
_ADDRESS = re.compile(r"[\w.+=-]{1,64}@[\w.-]{1,64}")
_NAMED = re.compile(r"\s*\"?([^\"<(@\[]{2,60}?)\"?\s*[<(\[]")
_BRACKETED = re.compile(r"\(([^()@]{2,60})\)")
_STATED = re.compile(rb"^[ \t>*_]{0,6}(title|author)[*_]{0,2}(?:\(s\))?[ \t]?[:=-][ \t]*([^\r\n]{1,120})", re.I | re.M)
_ID = re.compile(r"<([^<>\s]{1,200})>")
_SHORT = 6  # letters of a title that is too short to be misspelt
_SEQUEL = re.compile(r"(?:[ivx]+|\d+|two|three|four|again|sequel|revisited|returns?|continued)$")


class Post(NamedTuple):
    """What tells which story a post belongs to. `sender` are the ways to name who sent it (an address as "@…"),
    `author` who wrote it, folded, where its text or subject names somebody else than the sender. `subject` is what its
    subject says, `stated` the key of the title that its text states, "" where it states none; `id` its own and
    `answers` the ids that it answers. `paragraphs` are digests of its story's, once it is read."""

    sender: tuple[str, ...] = ()
    author: str = ""
    subject: Subject = Subject()
    stated: str = ""
    id: str = ""
    answers: tuple[str, ...] = ()
    sent: datetime.date | None = None
    paragraphs: frozenset[int] = frozenset()

    @property
    def who(self) -> tuple[str, ...]:
        """The ways to name who sent it or wrote it."""
        return (*self.sender, self.author) if self.author else self.sender

    @property
    def keys(self) -> tuple[str, ...]:
        """The titles that it goes by, folded: first the one that its text states."""
        return tuple(dict.fromkeys(key for key in (self.stated, self.subject.key[:80]) if key))

    @property
    def is_part(self) -> bool:
        return self.subject.number is not None or bool(self.subject.place)

    @property
    def slot(self) -> tuple[int, str]:
        """Where it stands among the parts: prologues before all, epilogues behind them."""
        if self.subject.number is not None:
            return self.subject.number, self.subject.suffix
        return (0 if self.subject.place == "prologue" else 10_000), self.subject.place


class Story(NamedTuple):
    """Places of posts: those that tell a story, in its order, and with the place of each that another took the place
    of, the place of that one."""

    parts: tuple[int, ...]
    copies: tuple[tuple[int, int], ...] = ()


def of_mail(head: Header, peek: bytes) -> Post:
    """What a mail says, by its header and the first bytes of its body."""
    said: dict[bytes, str] = {}
    for label, value in _STATED.findall(peek):
        said.setdefault(label.lower(), mime.plainly(value, "").strip(" *_"))
    answered = next((value for name, value in head.fields if name.lower() == "references"), b"")[-2000:]
    said_in = {name: head.first(name) for name in ("from", "subject", "date", "message-id", "in-reply-to")}
    return of_lines(
        {**said_in, "references": mime.plainly(answered, "")},
        said.get(b"title", ""),
        said.get(b"author", ""),
    )


def of_lines(header: dict[str, str], title: str = "", author: str = "") -> Post:
    """What a header says whose fields have names in small letters, and a title and an author that the text states."""
    subject = subjects.parse(header.get("subject", ""))
    stated = subjects.parse(title) if title else Subject()
    if subject.number is None and not subject.place and (stated.number is not None or stated.place):
        subject = subject._replace(number=stated.number, suffix=stated.suffix, of=stated.of, place=stated.place)
    sender = tuple(who_is(header.get("from", "")))
    writer = [one for one in who_is(author or subject.author) if one not in sender]
    if writer and any(other.startswith(f"@{one}@") for one in writer for other in sender):
        writer = []
    named = next((one for one in writer if one[0] != "@"), "")
    answered = _ID.findall(header.get("references", "")[-2000:] + header.get("in-reply-to", "")[:500])
    own = _ID.search(header.get("message-id", "")[:300])
    sent = dates.parse(header.get("date", "")[:100])
    return Post(sender, named, subject, stated.key[:80], own[1] if own else "", tuple(answered[-8:]), sent)


def who_is(value: str) -> Iterator[str]:
    """The ways in which a From line or a by-line names somebody: an address, a name."""
    value = value[:300]
    address = _ADDRESS.search(value)
    if address:
        yield "@" + address[0].lower()
    named = _NAMED.match(value) or _BRACKETED.search(value)
    name = named[1] if named else "" if address else value
    if folded := names.match(name).replace(" ", "") if name.strip(" .*_-") else "":
        yield folded[:60]


def groups(posts: Sequence[Post], sizes: Sequence[int]) -> list[str]:
    """The group of each post: the same for those that may be of one story, "" for one that stands alone. `sizes` are
    their bytes."""
    found = _suspected(posts)
    often = Counter(found)
    bundles: dict[str, tuple[int, int, int]] = {}  # of each story: which bundle, and the posts and bytes in it
    made: list[str] = []
    for group, size in zip(found, sizes, strict=True):
        bundle, count, held = bundles.get(group, (0, 0, 0))
        if count == TOGETHER or (count and held + size > TOGETHER_BYTES):
            bundle, count, held = bundle + 1, 0, 0
        bundles[group] = bundle, count + 1, held + size
        digest = hashlib.sha256(f"{group}|{bundle}".encode("utf-8", "replace")).hexdigest()[:20]
        made.append(f"posts:{digest}" if group and often[group] > 1 else "")
    return made


def _suspected(posts: Sequence[Post]) -> list[str]:
    """A name for the story of each post, "" where it has no title; by author and title, however misspelt."""
    people = _Sets()
    for post in posts:
        people.join(post.who)
    author = [people.of(post.who[0]) if post.who else "" for post in posts]
    stories = _Sets()
    titles: dict[str, set[str]] = {}
    for post, who in zip(posts, author, strict=True):
        stories.join([f"{who}|{key}" for key in post.keys])
        titles.setdefault(who, set()).update(post.keys)
    for who, keys in titles.items():
        for one, other in alike(keys):
            stories.join((f"{who}|{one}", f"{who}|{other}"))
    of_id = {post.id: at for at, post in enumerate(posts) if post.id}
    keyed = [f"{who}|{post.keys[0]}" if post.keys else "" for post, who in zip(posts, author, strict=True)]
    for at, post in enumerate(posts):
        if not post.keys and post.is_part:  # `Part 3`, which answers the part before
            above = [of_id[one] for one in post.answers if one in of_id]
            keyed[at] = next((keyed[one] for one in above if author[one] == author[at] and keyed[one]), "")
    return [stories.of(key) if key else "" for key in keyed]


def alike(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Titles of one author that may be one: but for a letter, or a subtitle behind it. In time that grows with them."""
    ordered = sorted(keys)
    for one, other in pairwise(ordered):
        if len(one) >= _SHORT and other.startswith(one):
            yield one, other
    seen: dict[str, str] = {}
    for key in ordered:
        if len(key) < _SHORT or len(key) > 60:
            continue
        for form in (key, *(key[:place] + key[place + 1 :] for place in range(len(key)))):
            if form not in seen:
                seen[form] = key
            elif seen[form] != key:
                yield seen[form], key


def stories(posts: Sequence[Post]) -> list[Story]:
    """What some posts tell: each of them is a part of one story, or a copy of one."""
    made: list[Story] = []
    suspected: dict[str, list[int]] = {}
    for at, group in enumerate(_suspected(posts)):
        if group:
            suspected.setdefault(group, []).append(at)
        else:
            made.append(Story((at,)))
    for members in suspected.values():
        for by_one in _of_one_author(posts, members):
            for same in _of_one_title(posts, by_one):
                made += _parted(posts, same)
    return sorted(made, key=lambda story: min(story.parts))


def _of_one_author(posts: Sequence[Post], members: list[int]) -> list[list[int]]:
    """Posts parted by whom they name as their author; those that name nobody are whose their sender's others are."""
    sets = _Sets()
    authors = sorted({posts[at].author for at in members if posts[at].author})
    for one, other in pairwise(authors):
        if other.startswith(one):
            sets.join((one, other))
    senders = _Sets()
    for at in members:
        senders.join(posts[at].sender)
    by_sender: dict[str, set[str]] = {}
    for at in members:
        for who in posts[at].sender[:1]:
            by_sender.setdefault(senders.of(who), set()).add(sets.of(posts[at].author))
    rows: dict[str, list[int]] = {}
    for at in members:
        mine = sets.of(posts[at].author)
        named = {author for who in posts[at].sender[:1] for author in by_sender[senders.of(who)] if author}
        rows.setdefault(mine or (next(iter(named)) if len(named) == 1 else ""), []).append(at)
    return list(rows.values())


def _of_one_title(posts: Sequence[Post], members: list[int]) -> list[list[int]]:
    """Posts parted by title, as far as their titles are no spellings of one."""
    titles = {key for at in members for key in posts[at].keys}
    if len(titles) == 1:
        return [members]
    sets = _Sets()
    slots: dict[str, dict[tuple[int, str], int]] = {key: {} for key in titles}
    for at in members:
        for key in posts[at].keys if posts[at].is_part else ():
            slots[key].setdefault(posts[at].slot, at)
    for one, other in alike(titles):
        if not _is_sequel(one, other) and _are_parts_of_one(
            posts, slots[one], slots[other], is_longer=other.startswith(one)
        ):
            sets.join((one, other))
    stated = {posts[at].stated for at in members if posts[at].stated}
    by_subject: dict[str, set[str]] = {}
    for at in members:
        by_subject.setdefault(sets.of(posts[at].subject.key[:80]), set()).add(sets.of(posts[at].stated))
    rows: dict[str, list[int]] = {}
    for at in members:
        key = sets.of(posts[at].subject.key[:80])
        if stated and posts[at].stated:
            key = sets.of(posts[at].stated)
        elif len(known := by_subject[key] - {""}) == 1:  # the first part states the title, the others do not
            key = next(iter(known))
        rows.setdefault(key or f"\n{at}", []).append(at)
    return list(rows.values())


def _are_parts_of_one(
    posts: Sequence[Post], one: dict[tuple[int, str], int], other: dict[tuple[int, str], int], *, is_longer: bool
) -> bool:
    """Whether posts under two spellings of a title may be parts of one story: each a part that the others lack, or the
    same once more; and all count as many, where only a subtitle tells them apart."""
    totals = {posts[at].subject.of for at in (*one.values(), *other.values())} - {""}
    if not one or not other or len(totals) > (1 if is_longer else 2) or (is_longer and not totals):
        return False
    return all(_likeness(posts[one[slot]], posts[other[slot]]) >= ALIKE for slot in one.keys() & other.keys())


def _is_sequel(one: str, other: str) -> bool:
    """Whether two titles are told apart by a number: `Lamp II`, `Lamp III`; `Lamp Revisited`."""
    if re.sub(r"\D", "", one) != re.sub(r"\D", "", other):
        return True
    shorter, longer = sorted((one, other), key=len)
    if longer.startswith(shorter):
        return _SEQUEL.match(longer[len(shorter) :]) is not None
    return re.sub(r"[ivx]+$", "", one) == re.sub(r"[ivx]+$", "", other)


class _Told:
    """A story as it is put together: for each slot the post that stands there."""

    def __init__(self) -> None:
        self.slots: dict[tuple[int, str], int] = {}
        self.of = ""
        self.copies: list[tuple[int, int]] = []


def _parted(posts: Sequence[Post], members: list[int]) -> list[Story]:
    """The stories that posts of one author and title tell, in the order in which they were sent."""
    told: list[_Told] = []
    alone: list[int] = []
    for at in sorted(members, key=lambda at: (posts[at].sent or datetime.date.max, at)):
        if not posts[at].is_part:
            alone.append(at)
            continue
        fitting = [one for one in reversed(told) if _fits(posts, one, at)]
        into = next((one for one in fitting if one.of == posts[at].subject.of), fitting[0] if fitting else None)
        if into is None:
            into = _Told()
            told.append(into)
        _put(posts, into, posts[at].slot, at)
    for at in alone:
        like = [one for one in told for stands in one.slots.values() if _likeness(posts[at], posts[stands]) >= ALIKE]
        first = [one for one in told if (1, "") not in one.slots and len(told) == 1 and max(one.slots) < (10_000, "")]
        if like:
            _put(posts, like[0], max(like[0].slots, key=lambda s: _likeness(posts[at], posts[like[0].slots[s]])), at)
        elif first and _is_before(posts, at, first[0]):
            _put(posts, first[0], (1, ""), at)
        else:
            new = _Told()
            told.append(new)
            _put(posts, new, (1, ""), at)
    told = _without_copies(posts, told)
    return [Story(tuple(one.slots[slot] for slot in sorted(one.slots)), tuple(one.copies)) for one in told]


def _without_copies(posts: Sequence[Post], told: list[_Told]) -> list[_Told]:
    """Stories of one title without those that another of them holds as a whole: it was cut into other parts."""
    kept: list[_Told] = []
    texts = [frozenset[int]().union(*(posts[at].paragraphs for at in one.slots.values())) for one in told]
    order = sorted(range(len(told)), key=lambda at: (-len(texts[at]), at))
    for place in order:
        whole = next((one for one in kept if texts[place] and _is_within(texts[place], texts[told.index(one)])), None)
        if whole is None:
            kept.append(told[place])
            continue
        for at in told[place].slots.values():
            holds = max(whole.slots.values(), key=lambda one: len(posts[one].paragraphs & posts[at].paragraphs))
            whole.copies.append((at, holds))
        whole.copies += told[place].copies
    return kept


def _is_within(text: frozenset[int], whole: frozenset[int]) -> bool:
    return len(text & whole) >= 0.9 * len(text)


def _fits(posts: Sequence[Post], told: _Told, at: int) -> bool:
    """Whether a post is a part that a story lacks, or a copy or a correction of one that it has."""
    post = posts[at]
    stands = told.slots.get(post.slot)
    totals_differ = told.of.isdigit() and post.subject.of.isdigit() and told.of != post.subject.of
    if stands is None:
        number, suffix = post.slot
        if any(one == number and bool(other) != bool(suffix) for one, other in told.slots):
            return False  # a whole part is there, and this is half of one
        return not totals_differ or number > max(told.slots)[0]
    if post.id and post.id == posts[stands].id:
        return True
    likeness = _likeness(post, posts[stands])
    if totals_differ:
        return post.paragraphs == posts[stands].paragraphs  # or it was posted again, cut into other parts
    return likeness >= ALIKE or bool(post.subject.tags & {REPOST, CORRECTED}) or not (
        post.paragraphs and posts[stands].paragraphs
    )  # fmt: skip


def _put(posts: Sequence[Post], told: _Told, slot: tuple[int, str], at: int) -> None:
    """Let a post stand at its place; of two for one place, the later, unless it is but a piece of the other."""
    told.of = posts[at].subject.of if posts[at].subject.of.isdigit() else told.of
    before = told.slots.get(slot)
    if before is None:
        told.slots[slot] = at
        return
    shared = len(posts[at].paragraphs & posts[before].paragraphs)
    fewer = len(posts[at].paragraphs) < len(posts[before].paragraphs)
    is_piece = fewer and shared >= len(posts[at].paragraphs) - 1 > 0 and CORRECTED not in posts[at].subject.tags
    is_same = posts[at].paragraphs == posts[before].paragraphs
    stands, gives_way = (before, at) if is_piece or is_same else (at, before)
    told.slots[slot] = stands
    told.copies = [(copy, stands if of == gives_way else of) for copy, of in told.copies] + [(gives_way, stands)]


def _is_before(posts: Sequence[Post], at: int, told: _Told) -> bool:
    """Whether a post without a number came before all parts of a story: then it is the first of them."""
    sent = [posts[one].sent for one in told.slots.values()]
    mine = posts[at].sent
    return mine is not None and all(one is not None and one >= mine for one in sent) and min(told.slots) >= (2, "")


def _likeness(one: Post, other: Post) -> float:
    fewer = min(len(one.paragraphs), len(other.paragraphs))
    return len(one.paragraphs & other.paragraphs) / fewer if fewer else 0.0


class _Sets:
    """Names that mean one thing."""

    def __init__(self) -> None:
        self.above: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The name that stands for all that mean the same: the first of them in the alphabet."""
        top = name
        while (over := self.above.get(top, top)) != top:
            top = over
        while (over := self.above.get(name, name)) != top and over != name:
            self.above[name] = top
            name = over
        return top

    def join(self, many: Sequence[str]) -> None:
        for other in many[1:]:
            one, two = sorted((self.of(many[0]), self.of(other)))
            if one != two:
                self.above[two] = one
