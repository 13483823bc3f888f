"""Names for files that are handed out: safe on every system, whatever a title or a path holds.

The header follows RFC 6266: a plain name for old programs and, where that is not the whole name, the real one in
UTF-8 (RFC 8187).
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

LONGEST = 150  # bytes of UTF-8, extension included: every file system takes 255, and programs add to names
LONGEST_EXTENSION = 16  # bytes; what is longer is no extension

_FORBIDDEN = re.compile(r'[<>:"/\\|?*%;]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?=\.|$)", re.IGNORECASE)
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # controls, direction marks, half characters, nothing at all


def safe_name(stem: str, extension: str) -> str:
    """A file name made of any text. Never empty, without folders, controls, marks that turn letters round, and names
    that Windows keeps for devices; at most LONGEST bytes long."""
    extension = _clean(extension)
    if len(extension.encode()) > LONGEST_EXTENSION or not extension.startswith("."):
        stem, extension = stem + extension, ""
    stem = _cut(_clean(stem).strip(" ._-~"), LONGEST - 1 - len(extension.encode())).rstrip(" .")
    extension = extension.rstrip(" .")
    if _DEVICES.match(stem):
        stem = f"_{stem}"
    return (stem or "story") + extension


def disposition(stem: str, extension: str) -> str:
    """A Content-Disposition header that saves a file under `safe_name(stem, extension)`."""
    name = safe_name(stem, extension)
    ascii_name = _ascii(name)
    header = f'attachment; filename="{ascii_name}"'
    return header if ascii_name == name else f"{header}; filename*=UTF-8''{quote(name, safe='')}"


def _clean(text: str) -> str:
    text = "".join(" " if character.isspace() else character for character in unicodedata.normalize("NFC", text))
    text = "".join(character for character in text if unicodedata.category(character) not in _UNSEEN)
    return " ".join(_FORBIDDEN.sub("_", text).split())


def _cut(text: str, length: int) -> str:
    """At most `length` bytes of it, without half a character."""
    return text.encode()[: max(length, 0)].decode(errors="ignore")


def _ascii(name: str) -> str:
    """The name in ASCII: letters without their marks, everything else an underscore."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    plain = re.sub(r"[^ -~]", "_", plain.translate(str.maketrans("‘’“”–—…", "''''--.")))
    return _cut(_FORBIDDEN.sub("_", plain), LONGEST)
