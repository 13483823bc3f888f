"""Where the links of a story lead on the shelf: to another chapter, to another story, to a page of its archive.

A link was written for the place where its page lay: for the file beside it, for another address of the archive. It is
looked up when somebody follows it, by what was found at that place, so it holds for what comes in later, too.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from ficshelf import model, names, saved_names
from ficshelf.library import models, places, visibility
from ficshelf.library.blocks import unpack

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{0,20}:|//", re.IGNORECASE)
_WEB = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_AO3_CHAPTER = re.compile(r"(/works/\d{1,12})/chapters/\d{1,12}$")
_SITE = ("site", "address")  # the record of an archive about itself, and what it calls its own address


class There(NamedTuple):
    """A page of the shelf: a chapter of a work, or the whole work where `position` is 0."""

    work: int
    position: int


def inside(work: models.Work, blocks: Iterable[model.Block]) -> frozenset[str]:
    """The links in these blocks that lead to another page of the pile or the archive that the work comes from: those
    without a host, and those to a host that the work was found on."""
    links = {run.link for block in blocks for run in block.runs if run.link and run.link[0] != "#"}
    whole = {link for link in links if _SCHEME.match(link)}
    hosts = {link: host for link in whole if _WEB.match(link) and (host := _host(link))}
    own = _hosts(work) if hosts else frozenset()
    return frozenset(links - whole) | {link for link, host in hosts.items() if host in own}


def source_of(work: models.Work, blocks: Iterable[model.Block], link: str) -> models.Source | None:
    """The source of a work that says this link in one of these blocks; None where none does."""
    position = next((block.source for block in blocks if any(run.link == link for run in block.runs)), None)
    return models.Source.objects.filter(work_sources__work=work, work_sources__position=position).first()


def found(source: models.Source, link: str, owner: bool) -> There | None:
    """The chapter that was read from what lay where a link of that source leads, or the work that has that address."""
    seen = visibility.works(owner)
    for place in source.places.all():
        digests = [places.digest(path) for path in _paths(place.path, link)]
        there = models.Place.objects.filter(path_sha256__in=digests, container=place.container_id).values("source")
        for row in models.WorkSource.objects.filter(source__in=there, work__in=seen).order_by("is_copy", "work_id"):
            return There(row.work_id, _position(row))
        key = names.fold(names.url_key(_AO3_CHAPTER.sub(r"\1", address(place.path, link))))
        if key and (row := seen.filter(url_key=key).order_by("pk").values_list("pk", flat=True).first()):
            return There(row, 0)
    return None


def within(row: models.Work, work: model.Work) -> dict[str, int]:
    """The links from a chapter of a work to another chapter of it, and the position of each. `work` is what the row
    holds (library.works.load)."""
    leads: dict[str, int] = {}
    for chapter in work.chapters:
        for link in inside(row, chapter.blocks) - leads.keys():
            source = source_of(row, chapter.blocks, link)
            there = found(source, link, owner=True) if source is not None else None
            if there is not None and there.work == row.pk and there.position:
                leads[link] = there.position
    return leads


def address(path: str, link: str) -> str:
    """Where a link led from the page that lies at `path`, as far as names tell: a whole address, or the link itself."""
    base = saved_names.address(path)
    try:
        return urljoin(base, link) if _WEB.match(base) else link
    except ValueError:  # brackets that are no address's
        return link


def _paths(path: str, link: str) -> Iterator[str]:
    """The places where what a link leads to would lie, if it was found together with the page at `path`."""
    link = link.partition("#")[0]
    if not link:
        return
    whole = address(path, link)
    host = _host(whole)
    if host:
        at = path.lower().find(f"{host}/")
        before = path[:at] if at >= 0 else ""
        led = _WEB.sub("", whole)[len(host) :]
        if before.endswith("://"):  # a crawl calls its places by their addresses
            kind = re.search(r"https?://$", before, re.IGNORECASE)
            start = before[: kind.start()] if kind else before
            yield from (f"{start}{scheme}://{host}{led}" for scheme in ("http", "https"))
        elif at >= 0:
            for form in (led, unquote(led), led.replace("?", "@", 1)):
                yield from (f"{before}{path[at : at + len(host)]}{form}{ending}" for ending in ("", ".html"))
    if not _SCHEME.match(link) and link[0] != "/":
        folder = posixpath.dirname(path)
        for name in dict.fromkeys((unquote(link), unquote(link.partition("?")[0]))):
            if name:
                yield posixpath.normpath(posixpath.join(folder, name))


def _position(row: models.WorkSource) -> int:
    """The first chapter that was read from a source of a work; 0 for a work of one chapter, or where none was."""
    chapters = models.Chapter.objects.filter(work=row.work_id).order_by("position")
    if chapters.count() < 2:
        return 0
    told = (
        chapter.position for chapter in chapters if any(one.source == row.position for one in unpack(chapter.blocks))
    )
    return next(told, 0)


def _hosts(work: models.Work) -> frozenset[str]:
    """The hosts that a work was found on: of its own address, of its files' and of its archive's."""
    held = models.Place.objects.filter(source__works=work)
    said = [f"//{work.url_key}", *map(saved_names.address, held.values_list("path", flat=True))]
    containers = held.exclude(container=None).values("container")
    sites = models.Record.objects.filter(kind="page", key__endswith=_SITE[0], container__in=containers)
    said += [
        str(value) for told in sites.values_list("told", flat=True) for name, value, *_ in told if name == _SITE[1]
    ]
    return frozenset(host for one in said if _WEB.match(one) and (host := _host(one)))


def _host(link: str) -> str:
    """The host of an address without what never tells two apart; "" where it has none."""
    try:
        return (urlsplit(link).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
