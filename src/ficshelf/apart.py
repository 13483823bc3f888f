"""Reading files whose parser is native code where it can do no harm: in processes of their own, within bounds of memory
and time.

lexbor, lxml and PDFium are good parsers, but what one of them cannot survive ends the process that it is in. A text is
read in this process: nothing but Python looks at it, and starting another process would take longer than reading it.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence

from ficshelf import pool, readers, reading
from ficshelf.bounds import MEMORY, bundled, seconds, seconds_of
from ficshelf.errors import CannotOpenError
from ficshelf.model import Draft, Reading, Remark
from ficshelf.sources import Place, limits

Found = tuple[bytes, str]  # the bytes of a source, and its path


def gave_up(reason: str) -> Remark:
    """What is said of a file whose reading ended its process."""
    return Remark("gave-up", f"{reason[:1].upper()}{reason[1:]}.")


def read(found: Sequence[Found]) -> Reading:
    """As `reading.read`; a file that its parser cannot survive has a remark that says so, and the others are read."""
    return reading.of_drafts(zip((data for data, _ in found), _drafts(found), strict=True))


def read_held(found: Sequence[Place]) -> Iterator[Reading]:
    """What comes of the places that containers hold, a story at a time; what is nobody's business is left out. Where
    a story ended its process, its files are read one by one, and the one at fault has a remark."""
    alone: list[tuple[Place, ...]] = []
    tasks = bundled([place for place in found if not place.container and place.keep])
    for task, result in pool.run(_read_places, tasks, memory=MEMORY, seconds=seconds_of):
        if isinstance(result, pool.Died):
            alone += [(place,) for place in task]
        else:
            yield pickle.loads(result)
    for (place,), result in pool.run(_read_places, alone, memory=MEMORY, seconds=seconds_of):
        if isinstance(result, pool.Died):
            yield reading.of_drafts([(b"", Draft("", (), remarks=(gave_up(result.reason),), path=place.path))])
        else:
            yield pickle.loads(result)


def _read_places(places: tuple[Place, ...]) -> bytes:
    """The pickled reading of a bundle: what the process apart does."""
    found = reading.of_drafts(map(_draft_of, places), gathered=any(place.group for place in places))
    return pickle.dumps(found, pickle.HIGHEST_PROTOCOL)


def _draft_of(place: Place) -> tuple[bytes, Draft]:
    """The bytes of a place and what its reader makes of them, or why it is not read."""
    said = place.unread
    try:
        data = place.content(limits.FILE) if not said else b""
    except CannotOpenError as error:
        data, said = b"", error.reason
    if data is None:
        data, said = b"", f"it is larger than the {limits.FILE >> 20} MiB that are read of one file"
    if said:
        return data, Draft("", (), remarks=(gave_up(said)._replace(kind="entry-skipped"),), path=place.path)
    return data, readers.read(data, place.path)


def explain(data: bytes, path: str) -> Iterator[tuple[str, Draft]]:
    """As `reading.explain`."""
    return reading.steps(_drafts([(data, path)])[0])


def _drafts(found: Sequence[Found]) -> list[Draft]:
    """What the readers make of sources, in their order."""
    is_native = [readers.choose(data, path) not in readers.PURE for data, path in found]
    far = [one for one, native in zip(found, is_native, strict=True) if native]
    made = _made_apart(far) if far else iter(())
    return [next(made) if native else readers.read(*one) for one, native in zip(found, is_native, strict=True)]


def _made_apart(found: Sequence[Found]) -> Iterator[Draft]:
    for (_, path), result in pool.run(made, found, memory=MEMORY, seconds=_seconds):
        if isinstance(result, pool.Died):
            yield Draft("", (), remarks=(gave_up(result.reason),), path=path)
        else:
            yield pickle.loads(result)


def made(found: Found) -> bytes:
    """The pickled draft of a source: what the process apart does."""
    with reading.uncollected():
        return pickle.dumps(readers.read(*found), pickle.HIGHEST_PROTOCOL)


def _seconds(found: Found) -> float:
    return seconds(1, len(found[0]))
