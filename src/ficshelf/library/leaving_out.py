"""Leaving out at an `add` what must not be imported: nothing of it is stored, and only its rows in an archive are still
counted, so that the archive's balance sheet comes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from ficshelf.library import mentions, models, originals
from ficshelf.library.blocks import unpack
from ficshelf.library.harvest import Harvest, ReadFile
from ficshelf.library.readings import ReadRecord, ReadWork
from ficshelf.library.report import Report
from ficshelf.library.wishes import Wishes

REASON = "left out at its author’s wish"  # of chrome, where a file holds other stories as well

Chrome = list[tuple[int, int, str]]


class Adding(Protocol):
    """The `add` that is under way."""

    library: Path
    wishes: Wishes
    report: Report
    zips: dict[str, str]

    def container(self, file: ReadFile) -> int | None: ...

    def zip_of(self, path: str) -> str: ...

    def place(self, found: Sequence[tuple[int, ReadFile]], check: bool = True) -> None: ...


class Sifted(NamedTuple):
    """The works that may come in, and what their files hold beside, by source; `nothing` where nothing may."""

    works: list[ReadWork]
    chrome: dict[int, Chrome]
    nothing: bool = False


def sift(harvest: Harvest, members: Sequence[int], works: list[ReadWork], adding: Adding) -> Sifted:
    """What of some sources and their works may come in, within the transaction of who calls."""
    if not adding.wishes:
        return Sifted(works, {})
    files = {one: harvest.files[harvest.sources[one].file] for one in members}
    if any(_lies_in_unwanted(file, adding) for file in files.values()):
        adding.report.leave_out(len(works), [])
        _keep_nothing(files, [], adding)
        return Sifted([], {}, nothing=True)
    records = [one for one in harvest.records if one.source in files]
    gone = [one.record for one in records if adding.wishes.record(one.record.kind, one.record.name, one.record.told)]
    if gone and all(one.kind == "person" for one in gone):
        _keep_nothing(files, records, adding)
        return Sifted([], {}, nothing=True)
    unwanted = [work for work in works if adding.wishes.why(work, [files[one].sha256 for one in work.sources])]
    if not unwanted and not gone and (works or not any(adding.wishes.of_file(file) for file in files.values())):
        return Sifted(works, {})
    boxes = {box for file in files.values() if (box := adding.zip_of(file.path))}
    is_story = works or gone or any(adding.wishes.file(file.sha256) for file in files.values())
    adding.report.leave_out(
        len(unwanted) or int(bool(is_story)), [path for path, sha256 in adding.zips.items() if sha256 in boxes]
    )
    wanted = [work for work in works if work not in unwanted]
    if wanted:
        return Sifted(wanted, spans_of(unwanted))
    _keep_nothing(files, records, adding)
    return Sifted([], {}, nothing=True)


def _lies_in_unwanted(file: ReadFile, adding: Adding) -> bool:
    """Whether a file is, or lies in, a zip or another container that must not come in."""
    boxes = [file.sha256] if file.is_zip else []
    boxes += [sha256 for path, sha256 in adding.zips.items() if file.path.startswith(f"{path}/")]
    return any(map(adding.wishes.file, boxes))


def _keep_nothing(files: Mapping[int, ReadFile], records: Iterable[ReadRecord], adding: Adding) -> None:
    """Keep of some files nothing but how many rows of an archive they hold."""
    digests = {file.sha256 for file in files.values()}
    known = models.Source.objects.filter(sha256__in=digests).exclude(outcome=mentions.LEFT_OUT)
    originals.forget(adding.library, digests - set(known.values_list("sha256", flat=True)))
    for one in records:
        if one.record.rows:
            count(files[one.source], one, adding)


def count(file: ReadFile, read: ReadRecord, adding: Adding) -> None:
    """Keep of an archive's record how many rows it holds, and nothing of what they say."""
    source, _ = models.Source.objects.update_or_create(
        sha256=file.sha256,
        defaults={"size": file.size, "kept": False, "outcome": mentions.LEFT_OUT, "reader_version": ""},
    )
    row, _ = models.Record.objects.update_or_create(
        source=source,
        defaults={"container_id": adding.container(file), "rows": dict(read.record.rows), "key": read.record.key},
    )
    adding.place([(source.pk, file)])
    mentions.empty(row)


def spans_of(works: Iterable[ReadWork]) -> dict[int, Chrome]:
    """Where these works lie in their sources, as chrome."""
    spans: dict[int, Chrome] = {}
    for work in works:
        parts = [(block.source, block.spans) for one in work.chapters for block in unpack(one.blocks)]
        parts += [(fact.source, fact.spans) for found in work.facts.values() for fact in found]
        for source, its in parts:
            spans.setdefault(work.sources[source], []).extend((span.start, span.end, REASON) for span in its)
    return spans


def holds_some(source: models.Source) -> bool:
    """Whether a file holds, beside what may be shown, what must not be."""
    return any(reason == REASON for _, _, reason in source.chrome)


def blotted(text: str, source: models.Source) -> str:
    """The text layer of a source, with a dot for each sign of what must not be shown."""
    for start, end, reason in source.chrome:
        if reason == REASON:
            text = text[:start] + "".join(sign if sign.isspace() else "•" for sign in text[start:end]) + text[end:]
    return text
