"""How places are written down: paths of any bytes, as text that a database takes and as digests to find them by."""

from __future__ import annotations

import hashlib

TRIMMED = "trimmed"  # the outcome of a source that named what was left out (library.mentions)


def text(path: str) -> str:
    """A path as it is stored and shown; bytes of a name that are no UTF-8 as `\\xe9`."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def digest(path: str) -> str:
    """What a path is found by."""
    return hashlib.sha256(text(path).encode("utf-8", "backslashreplace")).hexdigest()


def file_name(path: str) -> str:
    """The name of a file without its folders: where it lay is nobody's business."""
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2] or path


def shown(name: str) -> str:
    """A name or a title as a terminal may show it: on one line, and without characters that steer it or turn its
    direction round."""
    return "".join(
        sign if sign.isprintable() else repr(sign)[1:-1] if len(repr(sign)) > 3 else "?" for sign in text(name)
    )


def keyed_digest(kind: str, key: str) -> str:
    """What an entry of the list of what must not be imported, or a clue of who somebody is, is found by."""
    return hashlib.sha256(f"{kind} {key}".encode("utf-8", "surrogatepass")).hexdigest()
