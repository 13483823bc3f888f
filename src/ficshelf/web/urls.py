"""Every address there is. Works are named by number, originals by hash: no path ever comes from a request."""

from __future__ import annotations

from django.urls import path, re_path

from ficshelf.web.pages import (
    archive,
    beside,
    chapter,
    compare,
    copies,
    download,
    errors,
    link,
    old_address,
    original,
    person,
    questions,
    reviews,
    search,
    shelf,
    work,
)

urlpatterns = [
    path("", shelf.show),
    path("search", search.show),
    path("works/<int:pk>", work.show),
    path("works/<int:pk>/chapters/<int:position>", chapter.show),
    path("works/<int:pk>/chapters/<int:position>/original", beside.show),
    path("works/<int:pk>/chapters/<int:position>/link", link.show),
    path("works/<int:pk>/download.epub", download.show),
    path("works/<int:pk>/reviews", reviews.show),
    path("works/<int:pk>/copies", copies.show),
    path("works/<int:pk>/compare/<int:other>", compare.show),
    path("works/<int:pk>/compare/<int:other>/<int:position>", compare.show),
    path("archives", archive.all_of_them),
    path("archives/<int:pk>", archive.show),
    path("archives/<int:pk>/pages/<int:record>", archive.own_page),
    re_path(r"^originals/(?P<sha256>[0-9a-f]{64})$", original.show),
    path("people/part", person.part),
    path("people/<path:name>/", person.show),
    re_path(r"^questions/?$", questions.show),
    path("questions/undo", questions.undo),
    path("favicon.ico", errors.no_content),
    path("robots.txt", errors.robots),
    re_path(r"", old_address.show),  # whatever else is asked for
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
