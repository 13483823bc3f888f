"""Posts to a list: what their headers say, and which of them may be parts of one story.

Only a suspicion: posts that are put into one group are read together, and what they say themselves joins or parts them
then. So a mailbox of 100,000 posts is read a story at a time.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ficshelf import mime, names, subjects
from ficshelf.mime import Header

TOGETHER = 200  # posts that are read at once; of a longer story the rest follow as its next chapters
HEADER = 64 << 10  # bytes of a post in which its header is looked for
PEEK = 3_000  # bytes of its text that are looked at
_ADDRESS = re.compile(r"[\w.+=-]{1,64}@[\w.-]{1,64}")
_NAMED = re.compile(r"\s*\"?([^\"<(@\[]{2,60}?)\"?\s*[<(\[]")
_BRACKETED = re.compile(r"\(([^()@]{2,60})\)")
_STATED = re.compile(rb"^[ \t>*_]{0,6}(title|author)[*_]{0,2}(?:\(s\))?[ \t]?[:=-][ \t]*([^\r\n]{1,120})", re.I | re.M)
_ID = re.compile(r"<([^<>\s]{1,200})>")
_SHORT = 6  # letters of a title that is too short to be misspelt


class Post(NamedTuple):
    """What tells which story a post may belong to. `who` are the ways to name its author (an address as "@…"), `key`
    its title as `subjects` folds it, `id` its own and `answers` the ids that it answers."""

    who: tuple[str, ...] = ()
    key: str = ""
    is_part: bool = False
    id: str = ""
    answers: tuple[str, ...] = ()


def of_mail(head: Header, peek: bytes) -> Post:
    """What a mail says, by its header and the first bytes of its body."""
    subject = subjects.parse(head.first("subject"))
    said: dict[bytes, str] = {}
    for label, value in _STATED.findall(peek):
        said.setdefault(label.lower(), mime.plainly(value, ""))
    if b"title" in said:
        stated = subjects.parse(said[b"title"])
        if subject.number is None and not subject.place:
            subject = stated if stated.key else subject
        elif not subject.key:
            subject = subject._replace(key=stated.key)
    author = said.get(b"author", "") or subject.author
    who = tuple(_who(author)) or tuple(_who(head.first("from")))
    answers = _ID.findall(head.first("references")[-2000:] + head.first("in-reply-to")[:500])[-8:]
    own = _ID.search(head.first("message-id")[:300])
    is_part = subject.number is not None or bool(subject.place)
    return Post(who, subject.key[:80], is_part, own[1] if own else "", tuple(answers))


def _who(value: str) -> Iterator[str]:
    value = value[:300]
    address = _ADDRESS.search(value)
    if address:
        yield "@" + address[0].lower()
    named = _NAMED.match(value) or _BRACKETED.search(value)
    name = named[1] if named else "" if address else value
    if folded := names.match(name).replace(" ", "") if name.strip(" .*_-") else "":
        yield folded[:60]


def groups(posts: Sequence[Post]) -> list[str]:
    """The group of each post: the same for those that may be of one story, "" for one that stands alone."""
    people = _Sets()
    for post in posts:
        people.join(post.who)
    author = [people.of(post.who[0]) if post.who else "" for post in posts]
    stories = _Sets()
    titles: dict[str, set[str]] = {}
    for post, who in zip(posts, author, strict=True):
        if post.key:
            titles.setdefault(who, set()).add(post.key)
    for who, keys in titles.items():
        for one, other in _alike(keys):
            stories.join((f"{who}|{one}", f"{who}|{other}"))
    of_id = {post.id: at for at, post in enumerate(posts) if post.id}
    keys_of = [f"{who}|{post.key}" if post.key else "" for post, who in zip(posts, author, strict=True)]
    for at, post in enumerate(posts):
        if not post.key and post.is_part:  # `Part 3`, which answers the part before
            above = [of_id[one] for one in post.answers if one in of_id]
            keys_of[at] = next((keys_of[one] for one in above if author[one] == author[at] and keys_of[one]), "")
    found = [stories.of(key) if key else "" for key in keys_of]
    often = Counter(found)
    begun: Counter[str] = Counter()
    made: list[str] = []
    for group in found:
        begun[group] += 1
        bundle = (begun[group] - 1) // TOGETHER
        made.append(_label(group, bundle) if group and often[group] > 1 else "")
    return made


def _label(group: str, bundle: int) -> str:
    return "posts:" + hashlib.sha256(f"{group}|{bundle}".encode("utf-8", "replace")).hexdigest()[:20]


def _alike(keys: Iterable[str]) -> Iterator[tuple[str, str]]:
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
            if form in seen:
                yield seen[form], key
            else:
                seen[form] = key


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
