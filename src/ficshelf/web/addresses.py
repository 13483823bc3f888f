"""The addresses of the pages, for whoever links to them."""

from __future__ import annotations

from urllib.parse import urlencode


def shelf(**filters: str | int) -> str:
    """The shelf, filtered: `shelf(author="Mary Shelley")`."""
    return f"/?{urlencode(filters)}" if filters else "/"


def work(pk: int) -> str:
    return f"/works/{pk}"


def chapter(pk: int, position: int, scene: int = 0) -> str:
    """A chapter, or one scene of it (scenes count from 1)."""
    return f"/works/{pk}/chapters/{position}" + (f"#scene-{scene}" if scene else "")


def beside(pk: int, position: int) -> str:
    """A chapter beside the text that it was read from."""
    return f"/works/{pk}/chapters/{position}/original"


def original(sha256: str) -> str:
    """The file as it was found."""
    return f"/originals/{sha256}"


def questions(work: int = 0) -> str:
    """The open questions; first those about a work."""
    return f"/questions/?work={work}" if work else "/questions/"


def epub(pk: int) -> str:
    return f"/works/{pk}/download.epub"
