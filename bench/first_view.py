"""What a browser fetches to show a chapter for the first time: the page and all it refers to, headers included."""

from __future__ import annotations

import gzip
import re
from contextlib import closing
from http.client import HTTPConnection, HTTPMessage
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from bench import serving
from bench.measure import Figure, chapter_addresses, large_library

_URL = re.compile(r"url\(['\"]?([^'\")]+)")


def run() -> list[Figure]:
    library = large_library()
    with serving.served(library) as port:
        views = [sum(_view(port, path).values()) / 1000 for path in chapter_addresses(library, 20)]
    return [
        Figure("first view of a chapter of 1,000 words, everything", tuple(views), "kB", at_most=60),
        Figure("  the largest of them", (max(views),), "kB", at_most=60),
    ]


def _view(port: int, path: str) -> dict[str, int]:
    """Bytes by address: the page, its styles, scripts, icons and images, and what styles refer to."""
    sizes: dict[str, int] = {}
    waiting = [path]
    while waiting:
        address = waiting.pop()
        if address in sizes:
            continue
        head, body = _get(port, address)
        sizes[address] = len(head.as_bytes()) + len(body)
        if head.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        text = body.decode("utf-8", "replace")
        if head.get_content_type() == "text/html":
            page = LexborHTMLParser(text)
            found = [node.attributes.get("src") for node in page.css("script[src], img[src]")]
            found += [
                node.attributes.get("href")
                for node in page.css("link[href]")
                if {"stylesheet", "icon", "preload", "manifest"} & set((node.attributes.get("rel") or "").split())
            ]
            waiting += [urljoin(address, one) for one in found if one and not one.startswith("data:")]
        elif head.get_content_type() == "text/css":
            waiting += [urljoin(address, one) for one in _URL.findall(text) if not one.startswith("data:")]
    return sizes


def _get(port: int, path: str) -> tuple[HTTPMessage, bytes]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status} {answer.reason}")
        return answer.headers, answer.read()
