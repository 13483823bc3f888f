"""All copies of a story on one page: which to put in front and why, what each has that no other has, what is kept
behind it, and what the owner says of all of them at one stroke."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from ficshelf import model, words
from ficshelf.errors import LibraryError
from ficshelf.library import group_answers, group_evidence, groups, visibility, works
from ficshelf.library.blocks import unpack_work
from ficshelf.library.group_evidence import Looked
from ficshelf.library.lock import writing
from ficshelf.library.models import Work
from ficshelf.search import index
from ficshelf.web import addresses
from ficshelf.web.answers import answer, moved, see_other
from ficshelf.web.cards import cards
from ficshelf.web.kept import Kept
from ficshelf.web.labels import day_name, only
from ficshelf.web.owner import is_owner, one_at_a_time
from ficshelf.web.pages import errors, questions
from ficshelf.web.pages import work as work_page
from ficshelf.writers.mail_addresses import without_addresses

FORMATS = {
    "text": "plain text", "html": "web page", "epub": "EPUB", "docx": "Word", "doc": "Word", "odt": "OpenDocument",
    "rtf": "Rich Text", "pdf": "PDF", "fb2": "FictionBook", "mobi": "Kindle", "markdown": "Markdown", "eml": "mail",
    "record": "an archive’s database",
}  # fmt: skip
MOST_BEHIND = 12  # kept copies that are listed of a work
_looked: Kept[bytes] = Kept(4 * 1024 * 1024)  # what copies are to each other, as long as they stay as they are


class Behind(NamedTuple):
    """A copy, or an earlier version, that is kept behind a work."""

    reason: str
    words: int
    chapters: int
    files: tuple[str, ...]


class Copy(NamedTuple):
    """A copy as it is shown."""

    number: int  # on this page, from 1
    card: object  # cards.Card
    is_front: bool
    files: tuple[tuple[str, str, str], ...]  # name, container, format
    dates: tuple[tuple[str, str], ...]  # label, day
    origin: tuple[str, ...]  # the archive or address that it states
    shares: tuple[float, float] | None
    only: tuple[str, ...]  # what no other has
    reasons: tuple[str, ...]  # why the one in front is better
    against: tuple[str, ...]  # what speaks for this one all the same
    compare: tuple[tuple[int, str], ...]  # number and address: beside each other copy
    behind: tuple[Behind, ...]


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a work's copies; by POST, what the owner says of them. Raises Http404 where there are none."""
    owner = is_owner(request)
    if request.method == "POST":
        if not owner:
            raise Http404
        return _answer(request, pk)
    seen = visibility.works(owner).filter(pk__in=groups.of(pk)).defer("sketch")
    rows = sorted(seen, key=lambda row: row.pk)
    if pk not in [row.pk for row in rows]:
        return moved(owner, pk)
    if len(rows) == 1 and not rows[0].versions.exists():
        raise Http404
    if owner:
        response = render(request, "web/copies.html", page(rows, pk, owner))
        add_never_cache_headers(response)
        return response
    key = ("copies", pk, *((row.pk, row.version, row.changed) for row in rows))
    return answer(request, key, lambda: render_to_string("web/copies.html", page(rows, pk, owner)))


def page(rows: Sequence[Work], pk: int, owner: bool) -> dict[str, object]:
    """Everything that the template shows."""
    looked = _look(rows)
    shown = cards([row.pk for row in rows])
    ordered = sorted(zip(rows, looked.members, strict=True), key=lambda one: one[0].pk != looked.front)
    numbers = {row.pk: number for number, (row, _) in enumerate(ordered, 1)}
    return {
        "copies": [
            Copy(
                numbers[row.pk],
                shown[row.pk],
                row.pk == looked.front,
                tuple(_files(row)),
                tuple(_dates(row)),
                tuple(_origin(row)),
                (member.in_front, member.of_front)
                if member.in_front is not None and member.of_front is not None
                else None,
                tuple(only(member, row.chapter_count)),
                member.reasons[:3],
                member.against[:3],
                tuple((number, addresses.compare(row.pk, to)) for to, number in numbers.items() if to != row.pk),
                tuple(_behind(row)),
            )
            for row, member in ordered
        ],
        "count": len(rows),
        "reasons": looked.reasons,
        "title": shown[looked.front]["title"],
        "here": addresses.copies(pk),
        "up": addresses.work(pk),
        "asks": owner and len(rows) > 1,
        "skip": addresses.questions(),
    }


def _look(rows: Sequence[Work]) -> Looked:
    key = tuple((row.pk, row.version, row.changed) for row in rows)
    if (there := _looked.get(key)) is None:
        there = msgspec.json.encode(group_evidence.look(rows))
        _looked.put(key, there)
    return msgspec.json.decode(there, type=Looked)


def _files(row: Work) -> Iterator[tuple[str, str, str]]:
    readers = dict(row.sources.values_list("sha256", "reader"))
    for file in work_page.found(row)[:3]:
        reader = readers.get(file.url.rpartition("/")[2], "")
        yield file.name, file.container, FORMATS.get(reader, reader)


def _dates(row: Work) -> Iterator[tuple[str, str]]:
    for label, day in (("Published", row.published), ("Updated", row.updated)):
        if day:
            yield label, day_name(day)


def _origin(row: Work) -> Iterator[str]:
    facts = works.facts(row)
    for name in ("archive", "url"):
        yield from (without_addresses(value) for value in work_page.known(facts, name)[:1])


def _behind(row: Work) -> Iterator[Behind]:
    """The copies and versions kept behind a work, the latest first."""
    names = [file.name for file in work_page.found(row)]
    for version in row.versions.order_by("-number")[:MOST_BEHIND]:
        told = unpack_work(version.reading)
        used = sorted(_sources(told.chapters))
        yield Behind(
            version.reason,
            sum(words.of_blocks(one.blocks) for one in told.chapters),
            len(told.chapters),
            tuple(names[source] for source in used[:3] if source < len(names)),
        )


def _sources(chapters: Iterable[model.Chapter]) -> set[int]:
    return {block.source for chapter in chapters for block in chapter.blocks}


def _answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what was sent: the chosen works are one story, or all of them are different ones."""
    sent = {questions.key(text) for text in request.POST.getlist("all")}
    chosen = {questions.key(text) for text in request.POST.getlist("copy")} & sent
    front = questions.key(request.POST.get("front"))
    value = request.POST.get("value")
    if value not in ("same", "different"):
        return errors.bad_request(request)
    if sent != set(groups.of(pk)) or len(sent) < 2:  # settled meanwhile, or one more came: look again
        return see_other(addresses.copies(pk))
    try:
        with one_at_a_time, writing(Path(settings.LIBRARY)):
            if value == "different":
                group_answers.all_different(sent)
            elif front in chosen and len(chosen) > 1:
                group_answers.one_story(chosen, front, sent - chosen)
            else:
                return errors.say(
                    request, 400, "That cannot be done", "Choose two copies at least, and one of them to be in front."
                )
    except LibraryError as error:
        return questions.refused(request, error)
    index.catch_up_in_background(Path(settings.LIBRARY), later=True)
    return see_other(addresses.questions())
