"""The layouts: the ways in which stories lie in files. The table below is all there are; one more is a file and a line.

A layout is made afresh for each file, so it may keep what it drew in `lay` for `write` and `bind`.
"""

from __future__ import annotations

from collections.abc import Callable

from bench.forge.layouts import (
    ao3,
    ao3_page,
    documents,
    efiction,
    epubs,
    fb2,
    ffnet,
    handmade,
    journal,
    mails,
    markdown,
    pdf,
    texts,
    word_page,
)
from bench.forge.layouts.chunk import Chunk, Layout

LAYOUTS: dict[str, Callable[[], Layout]] = {
    "text": texts.Spaced,
    "text-wrapped": texts.Wrapped,
    "text-unspaced": texts.Unspaced,
    "mail": mails.Mail,
    "handmade": handmade.Handmade,
    "word-page": word_page.WordPage,
    "journal": journal.Entry,
    "ao3-download": ao3.Download,
    "ao3-page": ao3_page.Page,
    "ffnet": ffnet.Modern,
    "ffnet-old": ffnet.Old,
    "efiction": efiction.View,
    "efiction-printable": efiction.Printable,
    "ao3-epub": epubs.FromArchive,
    "epub": epubs.Calibre,
    "fb2": fb2.FictionBook,
    "docx": documents.Docx,
    "odt": documents.Odt,
    "rtf": documents.Rtf,
    "markdown": markdown.Markdown,
    "pdf": pdf.Pdf,
}
__all__ = ["LAYOUTS", "Chunk", "Layout"]
