"""What every request passes through: headers that keep content harmless, known hosts only, and no act on a visitor's
behalf that did not start on our own pages.
"""

from __future__ import annotations

import os
import re
import socket
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with "no-referrer" browsers do not say where our own forms come from
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "microphone=(), midi=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS", "TRACE"))
_PORT = re.compile(r":\d{1,5}\Z")


def headers(get_response):
    """Set `HEADERS` on every answer, also on errors and files (one may bring a stricter policy of its own), and say how
    long it is."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not response.streaming and response.status_code not in (204, 304):
            response.headers.setdefault("Content-Length", str(len(response.content)))
        return response

    return middleware


def known_host(get_response):
    """Answer only to names that are ours: an IP address, this machine's name, or one of `$FICSHELF_HOSTS`.

    A hostile page can point a name of its own at 127.0.0.1 and then read whatever answers to that name (DNS
    rebinding); it cannot do so with a bare address.
    """
    own = socket.gethostname().lower()
    names = {"localhost", "testserver", own, f"{own}.local"}
    names.update(os.environ.get("FICSHELF_HOSTS", "").lower().split())

    def middleware(request: HttpRequest) -> HttpResponse:
        if is_known(request.META.get("HTTP_HOST", "localhost"), names):
            return get_response(request)
        return render(request, "web/error.html", UNKNOWN_HOST, status=400)

    return middleware


UNKNOWN_HOST = {
    "heading": "This library does not go by that name",
    "text": "Open it by the address that ficshelf serve printed.",
}


def is_known(host: str, names: set[str]) -> bool:
    """Whether a Host header (with or without a port) names us."""
    name = _PORT.sub("", host).lower().removesuffix(".")
    if name in names or name.endswith(".localhost"):
        return True
    try:
        ip_address(name[1:-1] if name[:1] == "[" and name[-1:] == "]" else name)
    except ValueError:
        return False
    return True


def own_origin(get_response):
    """Refuse every request that may change something and cannot prove that it comes from our own pages.

    Browsers say where a request comes from in Sec-Fetch-Site, older ones in Origin; who says neither is refused.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method in SAFE_METHODS or comes_from_us(request):
            return get_response(request)
        return render(request, "web/error.html", NOT_OURS, status=403)

    return middleware


NOT_OURS = {
    "heading": "That did not come from this library’s own pages",
    "text": "Nothing was changed. Go back to the shelf and try again from there.",
}


def comes_from_us(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages made this request."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin", "")
    return bool(origin) and urlsplit(origin).netloc == request.headers.get("Host")
