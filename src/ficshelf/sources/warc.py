"""Crawls as WARC: each page a place, called by its address (`crawl.warc.gz/http://host/viewstory.php?sid=12`).

Of one address the newest good capture stands under it; what else it once held stands under the day of the capture
(`crawl.warc.gz/2005-01-03/http://…`). Pages that only say that there is nothing, redirects, pictures, other furniture
are counted, and stay in the crawl, which is kept. A revisit is what it was when it was last seen. A record that is
damaged, or lies about its length, costs itself alone.
"""

from __future__ import annotations

import os
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecordType

from ficshelf import names, record
from ficshelf.sources import http_answers, limits, pages
from ficshelf.sources.containers import Opened, Scratch
from ficshelf.sources.places import Place

KIND = "warc"
_GZIP = b"\x1f\x8b\x08"
_MARK = re.compile(rb"(?:^|(?<=\n))WARC/[01]\.\d\d?\r?\n")
_SWALLOWED = re.compile(rb"\r?\n\r?\n(?=WARC/[01]\.\d\d?\r?\nWARC-)")
_HEADER = 65_536  # bytes of the header of a record
_BLOCK = 1 << 20
_LOOK = 512  # bytes of a packed record by which it is known
_WANTED = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.revisit
_FURNITURE = re.compile(
    r"image/|font/|audio/|video/|text/css|.*(?:javascript|ecmascript|shockwave|/json|/x-font|/font|rss\+xml|atom\+xml)"
)
_FURNITURE_NAME = re.compile(
    r"\.(?:gif|jpe?g|png|ico|bmp|webp|svg|css|js|swf|woff2?|ttf|eot|mp3|wav|mid|avi|mp4|mov)$|/(?:robots\.txt|favicon\.ico)$",
    re.IGNORECASE,
)
_PAGE = re.compile(r"(?:text/html|application/xhtml)", re.IGNORECASE)
_TAGS = re.compile(rb"<(?:script|style)\b.{0,200000}?</(?:script|style)|<[^<>]{0,5000}>", re.IGNORECASE | re.DOTALL)
_REFUSES = re.compile(
    rb"\b(?:log(?:ged)? ?in|sign in|password|access denied|forbidden|not (?:be )?found|no such|does not exist|"
    rb"temporarily unavailable|too many connections|could not connect|database error|mysql error|try again later|"
    rb"account (?:has been )?suspended|bandwidth limit|domain (?:name )?(?:is )?for sale|server error)\b",
    re.IGNORECASE,
)
_MENU = re.compile(rb"\0\s*\0\s*(?:log ?in|sign in)\s*(?=\0\s*\0)", re.IGNORECASE)  # a link of any page
_PROSE = 100  # letters of a paragraph that tells something; a message has not three of them
_SHORT = 2500  # letters of a page that may be nothing but such a message


def opens(place: Place, head: bytes) -> bool:
    """A WARC begins with its mark, packed or not."""
    if head.startswith(b"WARC/"):
        return True
    if head.startswith(_GZIP):
        return _unpacked(head).startswith(b"WARC/")
    return head.startswith(b"\x28\xb5\x2f\xfd") and place.path.lower().endswith(".warc.zst")


def open_up(place: Place, others: Sequence[Place], scratch: Scratch) -> Opened:
    """Take its pages out."""
    crawl = _Crawl(place, scratch)
    try:
        return crawl.run()
    finally:
        crawl.pages.close()


read_entry = pages.read_entry


class _Capture(NamedTuple):
    """A page as it was captured once: when, how well, and where its bytes lie."""

    url: str
    date: str
    is_good: bool
    digest: int
    page: Place


class _Crawl:
    """A crawl on its way to places."""

    def __init__(self, place: Place, scratch: Scratch) -> None:
        self.place = place
        self.scratch = scratch
        self.pages = pages.Pages(scratch, place, KIND)
        self.captures: dict[str, list[_Capture]] = {}  # by url key, in the order of the file
        self.by_digest: dict[str, Place] = {}  # of payloads, as the crawler wrote it
        self.left_out: Counter[str] = Counter()
        self.count = 0

    def run(self) -> Opened:
        size = os.stat(self.place.disk).st_size
        unpacked = 0
        for found in _records(self.place.disk):
            self.scratch.hear(f"reading {self.place.path}", found.at, size)
            unpacked += found.length if found.payload is None else len(found.payload)  # it may lie about its length
            if found.damaged:
                self.count += 1
                self.left_out["damaged records"] += 1
                continue
            if unpacked > limits.RATIO_FROM + limits.RATIO * size:
                self.stop(f"it unpacks to more than {limits.RATIO} times its size, as only a bomb does")
                break
            self.take(found)
            if len(self.captures) >= limits.CAPTURES:
                self.stop(f"it holds more than {limits.CAPTURES:,} pages")
                break
        places = list(self.places())
        if not places:
            return Opened(unread="no page that can be read is in this crawl")
        return Opened((self.balance(len(places)), *places))

    def stop(self, why: str) -> None:
        """The rest is not looked at."""
        self.count += 1
        self.left_out[f"the rest: {why}"] += 1

    def take(self, found: _Record) -> None:
        """One record: a capture, or a reason to leave it out."""
        self.count += 1
        if not found.uri.lower().startswith(("http://", "https://")):
            self.left_out["records of the crawler's own"] += 1
        elif found.kind == "revisit":
            self.revisit(found)
        elif found.payload is None:
            self.left_out[f"larger than the {limits.UNPACKED >> 20} MiB that are read of one page"] += 1
        else:
            try:
                answer = http_answers.parse(found.payload)
            except http_answers.TooLargeError:
                self.left_out[f"larger than the {limits.UNPACKED >> 20} MiB that are read of one page"] += 1
                return
            if reason := _useless(answer, found.uri):
                self.left_out[reason] += 1
                return
            page = self.pages.add("", answer.body)
            if found.digest:
                self.by_digest.setdefault(found.digest, page)
            good = not found.is_cut and not _refuses(answer)
            self.keep(_Capture(found.uri, found.date, good, zlib.crc32(answer.body), page))

    def revisit(self, found: _Record) -> None:
        """The same as before: of this address nothing is new; another address has the same page."""
        original = self.by_digest.get(found.digest)
        earlier = self.captures.get(names.url_key(found.refers_to or found.uri), ())
        if original is None and earlier:
            original = min(earlier, key=lambda one: (one.date != found.refers_at, one.date)).page
        if original is None:
            self.left_out["revisits of pages that are in another crawl"] += 1
            return
        same = next((one for one in self.captures.get(names.url_key(found.uri), ()) if one.page == original), None)
        if same is not None:
            self.left_out["captures that hold the same as another"] += 1
            return
        kin = next((one for row in (earlier,) for one in row if one.page == original), None)
        self.keep(_Capture(found.uri, found.date, kin is None or kin.is_good, kin.digest if kin else 0, original))

    def keep(self, capture: _Capture) -> None:
        row = self.captures.setdefault(names.url_key(capture.url), [])
        for at, one in enumerate(row):
            if one.digest == capture.digest and one.page.size == capture.page.size:
                self.left_out["captures that hold the same as another"] += 1
                row[at] = capture if capture.date > one.date else one
                return
        row.append(capture)

    def places(self) -> Iterator[Place]:
        """The captures that stand, and the earlier ones that hold something else; by address."""
        for _, row in sorted(self.captures.items()):
            ranked = sorted(row, key=_worth, reverse=True)
            for rank, one in enumerate(ranked):
                if rank and not one.is_good:
                    self.left_out["pages that say that there is nothing, where another capture holds more"] += 1
                    continue
                day = "" if not rank else f"{_moment(one.date, [other.date for other in ranked[:rank]])}/"
                yield one.page._replace(path=f"{self.place.path}/{day}{one.url}")

    def balance(self, kept: int) -> Place:
        """What the crawl holds, and what of it no page is made of."""
        fields = [record.Field("table", str(self.count), "captures")]
        fields += [record.Field("left out", f"{count}: {why}", "captures") for why, count in self.left_out.items()]
        data = record.pack(record.Record("page", "balance", "WARC", tuple(fields), rows={"captures": kept}))
        return self.pages.add(f"{self.place.path}/what this crawl holds", data)


def _useless(answer: http_answers.Answer, url: str) -> str:
    """Why an answer is no page that could hold or list a story; "" where it may."""
    if 300 <= answer.status < 400:
        return "redirects"
    if answer.status >= 400 or answer.status < 200 or answer.status == 204:
        return "pages that the server did not have"
    called = url.partition("?")[0]
    if _FURNITURE.match(answer.type) or (not _PAGE.match(answer.type) and _FURNITURE_NAME.search(called)):
        return "pictures, styles and scripts"
    return "" if answer.body.strip() else "empty pages"


def _refuses(answer: http_answers.Answer) -> bool:
    """Whether a page that came as a good one says that there is nothing, or asks for a password."""
    if len(answer.body) > 200_000:
        return False
    said = _MENU.sub(b"", _TAGS.sub(b"\0", answer.body))
    if sum(len(line.strip()) > _PROSE for line in said.split(b"\0")) >= 3:
        return False
    return (
        len(said) < _SHORT * 4
        and len(b"".join(said.replace(b"\0", b" ").split())) < _SHORT
        and _REFUSES.search(said) is not None
    )


def _worth(one: _Capture) -> tuple[bool, int, str]:
    """By which captures of a page are ranked: the newest of the good ones; where none is good, the longest."""
    return one.is_good, 0 if one.is_good else one.page.size, one.date


def _moment(date: str, others: Sequence[str]) -> str:
    """The day of a capture; to the second where another one was made on that day."""
    return date[:10] if all(date[:10] != other[:10] for other in others) else date.replace(":", "")


class _Record(NamedTuple):
    """A record, its payload read. None is the payload of one that is too large."""

    at: int
    length: int
    kind: str = ""
    uri: str = ""
    date: str = ""
    digest: str = ""
    refers_to: str = ""
    refers_at: str = ""
    payload: bytes | None = b""
    is_cut: bool = False
    damaged: bool = False


def _records(disk: str) -> Iterator[_Record]:
    """The records of a WARC; after damage it goes on at the next beginning of a record."""
    with open(disk, "rb") as stream:
        start: int | None = 0
        while start is not None:
            at = start
            stream.seek(start)
            try:
                for raw in _iterate(_From(stream, start)):
                    at = start + raw.stream_pos
                    found = _read(raw, at)
                    payload = found.payload or b""
                    if swallowed := _SWALLOWED.search(payload):  # it says that it is longer than it is
                        yield found._replace(payload=payload[: swallowed.start()], is_cut=False)
                        break
                    yield found
            except (OSError, ValueError, RuntimeError):
                yield _Record(at, 0, damaged=True)
            start = _next(stream, at + 1)


def _iterate(stream: _From) -> Iterator[Any]:
    """The records as the library finds them. It lets a panic of its own out as no Exception."""
    try:
        yield from ArchiveIterator(
            stream, record_types=_WANTED, parse_http=False, max_header_len=_HEADER, quirks_mode=True
        )
    except BaseException as error:
        if isinstance(error, Exception | GeneratorExit | KeyboardInterrupt | SystemExit):
            raise
        raise ValueError(str(error)) from error


def _read(raw: Any, at: int) -> _Record:
    head = raw.headers
    length = raw.content_length
    data = raw.reader.read(limits.UNPACKED + 1)
    return _Record(
        at,
        length,
        (head.get("WARC-Type") or "").lower(),
        (head.get("WARC-Target-URI") or "").strip("<> ")[:8000],
        (head.get("WARC-Date") or "")[:30],
        (head.get("WARC-Payload-Digest") or "")[:200],
        (head.get("WARC-Refers-To-Target-URI") or "").strip("<> ")[:8000],
        (head.get("WARC-Refers-To-Date") or "")[:30],
        data if len(data) <= limits.UNPACKED else None,
        len(data) < length,
    )


class _From:
    """A file from some byte on, as a file of its own."""

    def __init__(self, stream: BinaryIO, start: int) -> None:
        self._stream, self._start = stream, start

    def read(self, size: int = -1) -> bytes:
        return self._stream.read(size)

    def tell(self) -> int:
        return self._stream.tell() - self._start

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset + (self._start if whence == 0 else 0), whence) - self._start

    def close(self) -> None:
        """It stays open for what comes behind."""


def _next(stream: BinaryIO, start: int) -> int | None:
    """Where the next record begins, packed or not; None where none does. Each byte is looked at once."""
    stream.seek(start)
    before = b""
    at = start
    while block := stream.read(_BLOCK):
        data = before + block
        base = at - len(before)
        found = [base + one.start() for one in _MARK.finditer(data)]
        found += [base + one.start() for one in re.finditer(re.escape(_GZIP), data)]
        for place in sorted(found):
            if data.startswith(b"WARC/", place - base):
                return place
            if _unpacked(data[place - base : place - base + _LOOK]).startswith(b"WARC/"):
                return place
        before = data[-_LOOK:]
        at += len(block)
    return None


def _unpacked(data: bytes) -> bytes:
    """The first bytes of what is packed by gzip; none where it is not."""
    try:
        return zlib.decompressobj(47).decompress(data, 64)
    except zlib.error:
        return b""
