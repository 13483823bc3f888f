"""Folders of mails: maildir, MH, a news spool, `.eml` files, messages of a Yahoo group. Which may be of one story."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from ficshelf import mailed, mime, yahoo
from ficshelf.errors import CannotOpenError
from ficshelf.sources import limits
from ficshelf.sources.places import Place

_MAILDIR = re.compile(r"(?:^|/)(?:cur|new)/\d{6,12}\.[^/]+$")
_NAME = re.compile(r"(?:\.(?:eml|emlx|mail|msg|mai|nws|txt|json)|(?:^|/)\d{1,8}\.?)$", re.I)
_BEGINNING = 8_000  # bytes by which a mail is recognised
_TELLING = frozenset({"from", "subject", "date", "message-id", "newsgroups", "received", "path"})


def gather(places: Sequence[Place]) -> dict[str, str]:
    """The groups of those files that are mails, by their labels."""
    said: dict[str, mailed.Post] = {}
    sizes: dict[str, int] = {}
    for place in places:
        if place.kind or place.container or place.problem or place.unread or not may_be_mail(place.path):
            continue
        try:
            with place.open() as stream:
                data = stream.read(_BEGINNING).lstrip(b"\r\n\xef\xbb\xbf")
                if yahoo.is_message(data):
                    data = yahoo.mail_of(data + stream.read(limits.READ))
                elif mime.header(data).end:
                    data += stream.read(limits.MAIL_HEADER)
        except CannotOpenError:
            continue
        head = mime.header(data)
        names = {name.lower() for name, _ in head.fields}
        if len(names & _TELLING) >= 3 and names & {"from", "subject"}:
            said[place.path] = mailed.of_mail(head, data[head.end : head.end + mailed.PEEK])
            sizes[place.path] = place.size
    shown = {path: raw for path in said if (raw := yahoo.beside(path)) in said}
    mails = [path for path in said if path not in shown]
    sizes |= {raw: sizes[raw] + sizes[path] for path, raw in shown.items()}
    found = mailed.groups([said[path] for path in mails], [sizes[path] for path in mails])
    groups = dict(zip(mails, found, strict=True))
    for path, raw in shown.items():  # one message twice: read together, it is told once
        groups[raw] = groups[path] = groups[raw] or f"posts:{raw}"
    return {path: group for path, group in groups.items() if group}


def may_be_mail(path: str) -> bool:
    """Whether a file is called as mails are."""
    return bool(_MAILDIR.search(path) or _NAME.search(PurePosixPath(path).name) or _NAME.search(path))
