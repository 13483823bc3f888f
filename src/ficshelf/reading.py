"""The pure core's front door: bytes in, works out. No database, no network, no clock: same bytes, same works.

source bytes ─▶ readers ─▶ Draft ─▶ passes ─▶ Draft ─▶ assemble ─▶ Reading
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
from collections.abc import Iterable, Iterator

from ficshelf import assemble, guesses, passes, readers
from ficshelf.model import Draft, Reading, Source
from ficshelf.passes import remembered
from ficshelf.words import COUNTED


def read_source(data: bytes, path: str) -> tuple[Source, Draft]:
    """Read one source. `path` is a label: its name and folder are weak evidence, and it is never opened."""
    return _passed(data, readers.read(data, path))


def _passed(data: bytes, draft: Draft) -> tuple[Source, Draft]:
    draft = passes.run(draft)
    return source_of(data, draft), draft


def source_of(data: bytes, draft: Draft) -> Source:
    """What is kept about a source that was read as `draft`."""
    digest = hashlib.sha256(data).hexdigest()
    return Source(draft.path, digest, draft.reader, draft.encoding, draft.text, draft.chrome)


def read(found: Iterable[tuple[bytes, str]], *, gathered: bool = False) -> Reading:
    """Read sources that belong together (the files of one folder, of one zip): (bytes, path) pairs in any order. They
    are `gathered` where they are known to be of one story, and come in its order."""
    return of_drafts(((data, readers.read(data, path)) for data, path in found), gathered=gathered)


def of_drafts(drafted: Iterable[tuple[bytes, Draft]], *, gathered: bool = False) -> Reading:
    """What comes of sources that belong together: the bytes of each, and what its reader made of them."""
    with uncollected():
        return assemble.assemble([_passed(data, draft) for data, draft in drafted], gathered=gathered)


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """While sources are read, Python looks for no rings of objects: it would walk over all lines again and again, which
    takes a twelfth of the time, and a line knows nothing of the draft that holds it."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        remembered.forget()
        if was_enabled:
            gc.enable()


def explain(data: bytes, path: str) -> Iterator[tuple[str, Draft]]:
    """The draft as the reader made it, after each pass and with what is guessed, each with the name of what made it."""
    return steps(readers.read(data, path))


def steps(draft: Draft) -> Iterator[tuple[str, Draft]]:
    """What a reader made, what it is after each pass, and what is guessed of it."""
    yield f"reader: {draft.reader or 'none'}", draft
    for name, apply in passes.PASSES:
        draft = apply(draft)
        yield f"pass: {name}", draft
    told = [node.text for node in draft.nodes if not node.kind or node.kind in COUNTED]
    facts, asked = guesses.add(draft.facts, told, draft.path, {0: draft.text})
    yield "guesses", draft._replace(facts=facts, questions=(*draft.questions, *asked))
