"""The pure core's front door: bytes in, works out. No database, no network, no clock: same bytes, same works.

source bytes ─▶ readers ─▶ Draft ─▶ passes ─▶ Draft ─▶ assemble ─▶ Reading
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from ficshelf import assemble, passes, readers
from ficshelf.model import Draft, Reading, Source


def read_source(data: bytes, path: str) -> tuple[Source, Draft]:
    """Read one source. `path` is a label: its name and folder are weak evidence, and it is never opened."""
    draft = passes.run(readers.read(data, path))
    return source_of(data, draft), draft


def source_of(data: bytes, draft: Draft) -> Source:
    """What is kept about a source that was read as `draft`."""
    digest = hashlib.sha256(data).hexdigest()
    return Source(draft.path, digest, draft.reader, draft.encoding, draft.text, draft.chrome)


def read(found: Iterable[tuple[bytes, str]]) -> Reading:
    """Read sources that belong together (the files of one folder, of one zip): (bytes, path) pairs in any order."""
    return assemble.assemble([read_source(data, path) for data, path in found])


def explain(data: bytes, path: str) -> Iterator[tuple[str, Draft]]:
    """The draft as the reader made it and after each pass, each with the name of what made it."""
    draft = readers.read(data, path)
    yield f"reader: {draft.reader or 'none'}", draft
    for name, apply in passes.PASSES:
        draft = apply(draft)
        yield f"pass: {name}", draft
