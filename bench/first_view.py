"""What a browser fetches to show a chapter for the first time: the page and all it refers to, headers included."""

from __future__ import annotations

import gzip
import re
import socket
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
        sizes[address] = len(head) + len(body)
        if b"content-encoding: gzip" in head.lower():
            body = gzip.decompress(body)
        text = body.decode("utf-8", "replace")
        if b"text/html" in head:
            page = LexborHTMLParser(text)
            found = [node.attributes.get("src") for node in page.css("script[src], img[src]")]
            found += [
                node.attributes.get("href")
                for node in page.css("link[href]")
                if {"stylesheet", "icon", "preload", "manifest"} & set((node.attributes.get("rel") or "").split())
            ]
            waiting += [urljoin(address, one) for one in found if one and not one.startswith("data:")]
        elif b"text/css" in head:
            waiting += [urljoin(address, one) for one in _URL.findall(text) if not one.startswith("data:")]
    return sizes


def _get(port: int, path: str) -> tuple[bytes, bytes]:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        ask = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
        connection.sendall(ask.encode())
        answer = b""
        while part := connection.recv(65536):
            answer += part
    head, _, body = answer.partition(b"\r\n\r\n")
    if b" 200 " not in head[:16]:
        raise SystemExit(f"{path}: {head[:60]!r}")
    return head, body
