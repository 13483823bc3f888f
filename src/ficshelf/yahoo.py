"""Messages of Yahoo groups as their exports hold them: JSON, with the mail as it was sent, or as a page showed it.

`rawEmail` is the mail with the signs of HTML as entities; `messageBody` what the group's page showed of it, in HTML.
Around them stands `ygData`, or nothing. (As Yahoo's own interface gave them out until 2019, and the programs that asked
it saved them: a file a message, a line a message, or a list.)
"""

from __future__ import annotations

import datetime
import html
import json
import re
from typing import Any

_BEGINS = re.compile(rb"[\s\xef\xbb\xbf]*[\[{]\s*[\[{\"]")
_SAYS = re.compile(rb"\"(?:rawEmail|messageBody)\"\s*:\s*\"")
_KEYED = re.compile(rb"\"(?:msgId|topicId|ygData|userId|senderId)\"\s*:")
_CHARSET = re.compile(r"charset\s*=\s*\"?([\w.-]{2,30})", re.I)
_SHOWN = re.compile(r"(?:^|(?<=/))(\d{1,8})\.json$", re.I)
CUT = "(Message over 64 KB, truncated)"


def is_message(head: bytes) -> bool:
    """Whether the first bytes of a file are those of such an export."""
    return _BEGINS.match(head) is not None and _SAYS.search(head) is not None and _KEYED.search(head) is not None


def mail_of(data: bytes) -> bytes:
    """The mail that one message's JSON holds; b"" where it holds none."""
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        return b""
    for _ in range(3):
        if isinstance(said, list) and len(said) == 1:
            said = said[0]
        if isinstance(said, dict) and isinstance(said.get("ygData"), dict):
            said = said["ygData"]
    return _mail(said) if isinstance(said, dict) else b""


def beside(path: str) -> str:
    """Where programs that saved a group put the mail as it was sent, whose message as the group's page showed it lies
    at `path`: `12_raw.json` beside `12.json`; "" where the file is called otherwise."""
    return _SHOWN.sub(r"\1_raw.json", path) if _SHOWN.search(path) else ""


def _mail(said: dict[str, Any]) -> bytes:
    raw = said.get("rawEmail")
    if isinstance(raw, str) and raw.strip():
        text = html.unescape(raw)
        declared = _CHARSET.search(text[:20_000])
        for charset in (declared[1] if declared else "utf-8", "utf-8"):
            try:
                return text.encode(charset)
            except (LookupError, UnicodeError):
                continue
        return text.encode("utf-8", "replace")
    body = said.get("messageBody")
    if not isinstance(body, str):
        return b""
    fields = {"From": said.get("from") or said.get("authorName"), "Subject": said.get("subject"), "Date": _date(said)}
    lines = [f"{name}: {' '.join(html.unescape(str(value)).split())}" for name, value in fields.items() if value]
    head = "\n".join([*lines, "Content-Type: text/html; charset=utf-8"])
    return f"{head}\n\n{body}\n".encode("utf-8", "replace")


def _date(said: dict[str, Any]) -> str:
    """When it was sent, as a mail says it; "" where that is not known."""
    try:
        seconds = int(said.get("postDate") or 0)
        sent = datetime.datetime.fromtimestamp(seconds, datetime.UTC)
    except (ValueError, TypeError, OverflowError, OSError):
        return ""
    return f"{sent:%d} {_MONTHS[sent.month - 1]} {sent:%Y %H:%M:%S} +0000" if seconds > 0 else ""


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
