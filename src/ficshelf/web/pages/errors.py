"""What is said when something went wrong: each says what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ficshelf.web.cards import Link


def say(
    request: HttpRequest, status: int, heading: str, text: str, *, query: str = "", ways: Sequence[Link] = ()
) -> HttpResponse:
    """An error page with the search box, other `ways` on, and the way back to the shelf."""
    told = {"heading": heading, "text": text, "query": query, "ways": ways}
    return render(request, "web/error.html", told, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return say(request, 400, "That request cannot be understood", "Something in the address is not as it should be.")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return say(request, 403, "That is not allowed", "Nothing was changed.")


def not_ours(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token that we gave it."""
    return say(
        request,
        403,
        "That did not come from this library’s own pages",
        "Nothing was changed. Your browser may refuse cookies, or the page was open for long: load it again.",
    )


def busy(request: HttpRequest) -> HttpResponse:
    """Another process writes to the library, and only one may."""
    response = say(
        request,
        503,
        "Stories are being added right now",
        "Nothing was changed. Go back and try again when that is done; reading goes on all the while.",
    )
    response.headers["Retry-After"] = "30"
    return response


def not_found(request: HttpRequest, exception: Exception | None = None, *, query: str = "") -> HttpResponse:
    return say(
        request,
        404,
        "There is nothing at this address",
        "The work may have been removed, or the address may have lost a letter on its way. Search for it, or look for "
        "it on the shelf.",
        query=query,
    )


def broken(request: HttpRequest) -> HttpResponse:
    return say(
        request,
        500,
        "Something went wrong on our side",
        "Nothing in your library was changed. The terminal where ficshelf runs says more; `ficshelf check` tells "
        "whether the library is whole.",
    )


def no_content(request: HttpRequest) -> HttpResponse:
    """Browsers ask for an icon that we do not have."""
    return HttpResponse(status=204, headers={"Cache-Control": "public, max-age=86400"})


def robots(request: HttpRequest) -> HttpResponse:
    """A library at home is nobody's to crawl."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")
