"""The addresses of the pages, for whoever links to them."""

from __future__ import annotations

from urllib.parse import quote, urlencode


def shelf(**filters: str | int) -> str:
    """The shelf, filtered: `shelf(author="Mary Shelley")`."""
    return f"/?{urlencode(filters)}" if filters else "/"


def number(said: str | None, otherwise: int = 0, longest: int = 7) -> int:
    """The whole number that an address asks with, of at most so many digits; `otherwise` where it is none."""
    return int(said) if said and said.isascii() and said.isdigit() and len(said) <= longest else otherwise


def work(pk: int) -> str:
    return f"/works/{pk}"


def chapter(pk: int, position: int, scene: int = 0) -> str:
    """A chapter, or one scene of it (scenes count from 1)."""
    return f"/works/{pk}/chapters/{position}" + (f"#scene-{scene}" if scene else "")


def link(pk: int, position: int, to: str) -> str:
    """Where a link of a chapter leads, in the words of its file: looked up when it is followed."""
    return f"/works/{pk}/chapters/{position}/link?{urlencode({'to': to}, errors='replace')}"


def beside(pk: int, position: int) -> str:
    """A chapter beside the text that it was read from."""
    return f"/works/{pk}/chapters/{position}/original"


def original(sha256: str) -> str:
    """The file as it was found."""
    return f"/originals/{sha256}"


def person(name: str) -> str:
    """Somebody, with all of their names and works."""
    return f"/people/{quote(name, safe='')}/"


def questions(work: int = 0) -> str:
    """The open questions; first those about a work."""
    return f"/questions/?work={work}" if work else "/questions/"


def compare(pk: int, other: int, position: int = 0) -> str:
    """Two works side by side; with a `position`, chapters of theirs that belong together (they count from 1)."""
    return f"/works/{pk}/compare/{other}" + (f"/{position}" if position else "")


def copies(pk: int) -> str:
    """All copies of the story that a work is."""
    return f"/works/{pk}/copies"


def epub(pk: int) -> str:
    return f"/works/{pk}/download.epub"


def reviews(pk: int, page: int = 1, review: int = 0) -> str:
    """What readers said about a work."""
    return f"/works/{pk}/reviews" + (f"?page={page}" if page > 1 else "") + (f"#review-{review}" if review else "")


def archive(pk: int) -> str:
    """An archive that came as a whole, by the row of its container."""
    return f"/archives/{pk}"


def archive_page(pk: int, record: int) -> str:
    """A page of an archive's own."""
    return f"/archives/{pk}/pages/{record}"
