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
    mails: list[str] = []
    said: list[mailed.Post] = []
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
            mails.append(place.path)
            said.append(mailed.of_mail(head, data[head.end : head.end + mailed.PEEK]))
    return {path: group for path, group in zip(mails, mailed.groups(said), strict=True) if group}


def may_be_mail(path: str) -> bool:
    """Whether a file is called as mails are."""
    return bool(_MAILDIR.search(path) or _NAME.search(PurePosixPath(path).name) or _NAME.search(path))
