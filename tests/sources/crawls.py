"""Crawls for tests, written byte by byte: the WARC of some captures."""

from __future__ import annotations

import gzip
import hashlib


def answer(body: bytes, status: str = "200 OK", **head: str) -> bytes:
    """What a server answers; names of fields with `_` for `-`. Its length is the body's, unless another is given."""
    fields = {"Content_Type": "text/html", "Content_Length": str(len(body)), **head}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def capture(
    url: str,
    block: bytes,
    date: str = "2008-03-01T10:00:00Z",
    kind: str = "response",
    length: int | None = None,
    **more: str,
) -> bytes:
    """A record. Its payload's digest is that of the block's body."""
    digest = hashlib.sha1(block.partition(b"\r\n\r\n")[2]).hexdigest()
    fields = {
        "WARC_Type": kind,
        "WARC_Record_ID": f"<urn:uuid:{hashlib.md5(url.encode() + date.encode()).hexdigest()}>",
        "WARC_Target_URI": url,
        "WARC_Date": date,
        "WARC_Payload_Digest": f"sha1:{digest}",
        "Content_Type": "application/http; msgtype=response",
        "Content_Length": str(len(block) if length is None else length),
        **more,
    }
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return f"WARC/1.0\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"


def packed(*records: bytes) -> bytes:
    """A WARC as crawlers write it: each record packed for itself."""
    return b"".join(gzip.compress(record, mtime=0) for record in records)
