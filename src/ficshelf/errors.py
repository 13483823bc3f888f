"""Every error that a caller may meet. Content never raises: bad bytes give remarks. These are for files that cannot be
opened and for misuse, and each names the file, what is wrong, and the next step."""

from __future__ import annotations


class FicshelfError(Exception):
    """The base of them all. Its message is for people: it can be shown as it is."""


class CannotOpenError(FicshelfError):
    """A path that cannot be read: missing, forbidden, a device, an I/O error."""

    def __init__(self, path: str, reason: str, next_step: str) -> None:
        super().__init__(f"{path}: {reason}. {next_step}")
        self.path, self.reason, self.next_step = path, reason, next_step


class LibraryError(FicshelfError):
    """A library that cannot be used: not a library, made by a newer ficshelf, in use, out of space, damaged."""


class QueryError(FicshelfError):
    """A search that cannot be understood; says where and what would work."""
