"""Reading files whose parser is native code where it can do no harm: in processes of their own, within bounds of memory
and time.

lexbor, lxml and PDFium are good parsers, but what one of them cannot survive ends the process that it is in. A text is
read in this process: nothing but Python looks at it, and starting another process would take longer than reading it.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence

from ficshelf import pool, readers, reading
from ficshelf.model import Draft, Reading, Remark

MEMORY = 2 << 30  # bytes a process may take
_SECONDS = 60.0  # a task may take, and this much more for each file and each megabyte:
_SECONDS_A_FILE = 5.0
_SECONDS_A_MEGABYTE = 1.0

Found = tuple[bytes, str]  # the bytes of a source, and its path


def seconds(files: int, size: int) -> float:
    """How long reading so many files with so many bytes may take."""
    return _SECONDS + _SECONDS_A_FILE * files + _SECONDS_A_MEGABYTE * (size >> 20)


def gave_up(reason: str) -> Remark:
    """What is said of a file whose reading ended its process."""
    return Remark("gave-up", f"{reason[:1].upper()}{reason[1:]}.")


def read(found: Sequence[Found]) -> Reading:
    """As `reading.read`; a file that its parser cannot survive has a remark that says so, and the others are read."""
    return reading.of_drafts(zip((data for data, _ in found), _drafts(found), strict=True))


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
    return pickle.dumps(readers.read(*found), pickle.HIGHEST_PROTOCOL)


def _seconds(found: Found) -> float:
    return seconds(1, len(found[0]))
