"""Quotev: a page of a story."""

from __future__ import annotations

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.layout import Layout

LAYOUT = Layout(
    clues=tag_set("rescontent quizHeader quizHeaderInner quizAuthorList"),
    story="#rescontent",
    facts={
        "title": "#quizHeaderTitle h1, #quizHeaderInner h1, #quizHeader h1, .result h1",
        "author": ".quizAuthorList a, #quizAuthor a, #quizHeaderInner a[href]",
        "summary": "#qdesct",
        "published": ".q_time",
    },
    heading="#quizSubtitle, #rselect .sel, h2#chapterTitle, #rescontent_title, select option[selected]",
)
