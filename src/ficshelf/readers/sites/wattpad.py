"""Wattpad: a part's page as saved from a browser; the counts of comments within its paragraphs are no story."""

from __future__ import annotations

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.layout import Layout

LAYOUT = Layout(
    clues=tag_set("panel-reading comment-marker story-reading num-comment part-title"),
    story=".panel-reading pre, .panel-reading, pre:has(> p[data-p-id])",
    known_by="[data-p-id], .comment-marker, .panel-reading",
    facts={
        "title": ".story-info__title, .toc-full .title, .toc-header .title, h2.title, .story-title",
        "author": ".toc-full .author, .author-info__username a, .author-info .author, a.author, .author a, .username",
    },
    heading=".panel-reading h1, header h1, h1.h2, .part-title, h1",
    furniture="button, .comment-marker, .num-comment, [class*=comment-marker], .component-wrapper, .next-up, "
    ".story-extras, .vote-story, .panel-reading .actions, .meta",
)
