"""The readers: one file a format, bytes → Draft. The table below is all there are, in the order they are asked in.

A reader is a module with two functions:

- `sure(data, path) -> float`: how sure it is, from 0 to 1, that these bytes are its format. Cheap: it looks at the
  first few thousand bytes, hardly ever at the name.
- `read(data, path) -> Draft`: reads them. Content never raises: what is damaged gives remarks.
"""

from __future__ import annotations

from typing import Protocol

from ficshelf.model import Draft
from ficshelf.readers import (
    doc,
    docx,
    eml,
    epub,
    fb2,
    html,
    markdown,
    mobi,
    nostory,
    odt,
    pdf,
    record,
    rtf,
    text,
    unread,
)
from ficshelf.sources import limits


class Reader(Protocol):
    """What a module of this package offers."""

    def sure(self, data: bytes, path: str) -> float: ...

    def read(self, data: bytes, path: str) -> Draft: ...


READERS: dict[str, Reader] = {
    "record": record,
    "odt": odt,
    "epub": epub,
    "docx": docx,
    "fb2": fb2,
    "eml": eml,
    "rtf": rtf,
    "pdf": pdf,
    "mobi": mobi,
    "doc": doc,
    "html": html,
    "markdown": markdown,
    "text": text,
}


_DOCUMENTS = frozenset(
    {"doc", "docx", "markdown", "odt", "pdf", "rtf"}
)  # where rules and essays are typed as stories are
PURE = frozenset({"", "doc", "rtf", "text"})  # read by Python alone, which nothing in a file can end


def choose(data: bytes, path: str) -> str:
    """The name of the reader that is surest of these bytes; the earlier one where two are equally sure; "" for none."""
    best, best_sure = "", 0.0
    for name, reader in READERS.items():
        how_sure = reader.sure(data, path)
        if how_sure > best_sure:
            best, best_sure = name, how_sure
            if how_sure >= 1:
                break
    return best


def read(data: bytes, path: str) -> Draft:
    """Read a source with the reader that fits it; an empty draft with a remark where none does."""
    name = choose(data, path)
    draft = READERS[name].read(data, path) if name else unread.read(data, path)
    if len(draft.nodes) > limits.LINES:
        draft = unread.too_many_lines()
    elif not draft.remarks and not draft.text.strip():
        draft = draft._replace(remarks=unread.read(b"", path).remarks)
    elif name in _DOCUMENTS and (other := nostory.look_at_lines(draft.nodes)):
        draft = nostory.draft_of(other, draft.text, draft.remarks)._replace(encoding=draft.encoding)
    return draft._replace(reader=name, path=path)
