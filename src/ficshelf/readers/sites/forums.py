"""Threads of forums, by the software that runs them: XenForo, vBulletin, phpBB, SMF, Invision, ProBoards.

The story is what its author posted: the posts with a threadmark, where the thread has them; else the posts of whoever
wrote the most. What others posted is comments. A threadmark heads its chapter.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.layout import surest
from ficshelf.readers.sites.plan import Plan, date_of, once, paragraphs, parted, words

clues = tag_set(
    "message messageList message-body threadmarker postbitlegacy postbit postcontainer post_message postcontent posts "
    "postbody topic-title post postcolor ipsComment ipsType_richText cPost post_block post_wrapper forumposts inner "
    "windowbg postrow maintitle thead alt1 postauthor"
)


class _Software(NamedTuple):
    """The landmarks of one forum software: a post, and within it its text, who posted it, its mark and its date."""

    post: str
    body: str
    author: str
    title: str
    mark: str = ""
    date: str = ""
    named: str = ""  # the attribute of a post that names who posted it


_SOFTWARE = (
    _Software(  # XenForo 2
        "article.message", ".message-body .bbWrapper, .message-userContent .bbWrapper", ".message-name",
        "h1.p-title-value", ".message-cell--threadmark-header span, .threadmarkLabel", "time", "data-author",
    ),
    _Software(  # XenForo 1
        "li.message", ".messageText", ".username", ".titleBar h1",
        ".threadmarker .label, .threadmarker label", ".DateTime", "data-author",
    ),
    _Software(  # vBulletin 4 and 5
        "li.postbit, li.postbitlegacy, li.postcontainer, .b-post", ".postcontent, .js-post__content-text",
        ".username, .author", ".threadtitle, h1.main-title, h1",
    ),
    _Software(  # vBulletin 3
        "table[id^=post]", "div[id^=post_message_]", ".bigusername", ".navbar strong, td.navbar strong, h1",
    ),
    _Software(  # phpBB 3
        ".post:has(.postbody)", ".postbody .content",
        ".postprofile .username, .username, .username-coloured, .author strong",
        "h2.topic-title, h2, h3.first",
    ),
    _Software(  # phpBB 3 with tables
        "table.tablebg:has(.postauthor)", "div.postbody", ".postauthor", "#pageheader h2 a, a.titles",
    ),
    _Software(  # SMF 2
        ".post_wrapper", ".post .inner, .inner[id^=msg_]", ".poster h4",
        "#top_subject, .cat_bar .catbg, h5[id^=subject_] a, h1:not(.forumtitle)",
    ),
    _Software(  # Invision 4
        "article.ipsComment, .cPost", "[data-role=commentContent], .ipsType_richText", ".cAuthorPane_author",
        "h1.ipsType_pageTitle", "", "time",
    ),
    _Software(  # Invision 2 and 3
        ".post_block, .borderwrap:has(.postcolor)", ".entry-content, .postcolor", ".author, .normalname",
        ".maintitle, h1",
    ),
    _Software(  # ProBoards
        "tr.item.post", ".content .message, .message", ".mini-profile .user-link, .user-link",
        ".title-bar h2, .title-bar h1", "", "abbr.time, .posted_to abbr",
    ),
    _Software(  # phpBB 2
        "tr:has(> td > span.name)", "span.postbody", "span.name", "a.maintitle",
    ),
)  # fmt: skip
_QUOTED = (
    ".bbCodeBlock--quote, .bbCodeQuote, .bbcode_container:has(.quote_container), blockquote.ipsQuote, .quoteheader, "
    ".signature, .signaturecontainer, .message-signature, .signatureContainer, .bbCodeBlock-expandLink, .quoteExpand"
)
_HEAD = ".p-description li"  # who began the thread, and when

_TITLE = re.compile(r"^\W*(?:title|titel|titre|t[íi]tulo|titolo)\W*:\W*(\w.*)", re.IGNORECASE | re.MULTILINE)
_HEADER = 800  # characters of a post among which its header stands
_MARK = re.compile(r"\s*Threadmarks?:\s*", re.IGNORECASE)


def read(tree: LexborHTMLParser, plan: Plan) -> bool:
    """Known by posts that have a text and somebody who posted it."""
    for software in _SOFTWARE:
        posts = [
            (post, body[0], _author(post, software))
            for post in once(tree.css(software.post))
            if (body := once(post.css(software.body)))
        ]
        posts = [post for post in posts if post[2]]
        if posts:
            return _thread(tree, plan, software, posts)
    return False


def _label(tree: LexborHTMLParser, mark: LexborNode) -> LexborNode:
    """What a threadmark says, without the word for it: `Threadmark: Chapter 1`."""
    text = mark.first_child
    if text is None or text.tag != "-text" or not _MARK.match(text.text_content or "") or text.next is not None:
        return mark
    pieces = parted(tree, text, _MARK)
    return pieces[-1] if pieces else mark


def _author(post: LexborNode, software: _Software) -> str:
    named = post.attributes.get(software.named) if software.named else ""
    return (named or words(post.css_first(software.author))).strip()


def _thread(
    tree: LexborHTMLParser, plan: Plan, software: _Software, posts: list[tuple[LexborNode, LexborNode, str]]
) -> bool:
    marks = {
        post.mem_id: mark
        for post, _, _ in posts
        for selector in software.mark.split(", ")
        if selector and (mark := post.css_first(selector)) is not None and words(mark)
    }
    written: Counter[str] = Counter()
    for post, body, author in posts:
        written[author] += len(words(body)) * (1 if not marks or post.mem_id in marks else 0) + 1
    author = written.most_common(1)[0][0]
    story = [one for one in posts if (one[0].mem_id in marks if marks else one[2] == author)]
    own = _TITLE.search(paragraphs(story[0][1])[:_HEADER])
    for title in surest(tree, software.title)[:1]:
        if own and own[1].strip().lower() not in words(title).lower():
            plan.chrome("title of the thread", (title,))  # the story's own header says what it is called
            continue
        for label in title.css(".label, .prefix, .labelLink"):
            plan.chrome("label", (label,))
        prefix = " ".join(words(label) for label in title.css(".label, .prefix, .labelLink"))
        plan.title(title, words(title).removeprefix(prefix).strip())
    head = tree.css(_HEAD)
    plan.fact("author", author, *(one for one in head if one.css_first("time") is None and words(one).endswith(author)))
    if software.date and (first := story[0][0].css_first(software.date)) is not None:
        day = date_of(first)
        plan.fact(
            "published", day, first, *(one for one in head if one.css_first("time") is not None and date_of(one) == day)
        )
    for post, body, _ in story:
        if (mark := marks.get(post.mem_id)) is not None:
            plan.kind("heading", (_label(tree, mark),))
        plan.chrome("quoted post", body.css(_QUOTED))
        plan.story((body,))
    kept = {body.mem_id for _, body, _ in story}
    plan.chrome("comments", (body for _, body, _ in posts if body.mem_id not in kept))
    plan.frame("navigation", tree.body)
    return True
