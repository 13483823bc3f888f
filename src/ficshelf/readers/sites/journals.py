"""An entry of LiveJournal, Dreamwidth and the journals built from the same code, in any style. The entry is the story;
who posted it may be its author, and the comments are not it.

Styles name the entry's parts each in their own way: S2 layers (Smooth Sailing, Expressive, Generator, Tranquility …),
the site's own pages (`format=light`, `b-singlepost`, `aentry`), and the tables of S1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.plan import Plan, once, path_to, words
from ficshelf.readers.walk import Role

clues = tag_set(
    "ljuser b-singlepost b-singlepost-body aentry aentry-post__text entry-poster lj-user i-ljuser poster-info ljcut "
    "ljtags asset-body entry_text entryText subj-link H3Holder s2-entrytext entrytext"
)

_ENTRY = (
    ".b-singlepost-body, .aentry-post__text, .entry-content, .entry_text, .entryText, .entrytext, .entry-text, "
    ".asset-body, .H3Holder + div, .s2-entrytext, .subcontent .entry, .entry-body, td.entry"
)
_OWN = (
    ".ljuser, .b-singlepost, .aentry, .entry-poster, [lj\\:user], .i-ljuser, span[data-ljuser], .lj-user, .ljcut, "
    ".ljtags, a[href*='userinfo.bml']"
)
_TITLE = (
    ".b-singlepost-title, .aentry-post__title, .entry-title, .entry_title, .entryTitle, .asset-header-content h2, "
    ".asset-name, .subj-link, .subject, .entryHeader, .entry_header, .entryHolder h3, .entry-header, h3.title, .caption"
)
_FURNITURE = {
    ".b-singlepost-prevnext, .b-pager, .page-links, .entry-management-links, .entry-interaction-links, .action-links, "
    "#primary, #secondary, .skip-links, .entry-nav, .navigation, header.lj-header, #header, .s-header, .sidebar, "
    ".module-section-one, .module-section-two, .lj-controlstrip, #lj_controlstrip, #controlstrip": "navigation",
    "#comments, #Comments, .comments, .b-tree, .comment-thread, .b-leaf, #qrformdiv, #qrform, .comment-links, "
    ".talk-comments, .entry-readlink, .comment-pages, .comments-links, .asset-meta-comments, "
    ".bottomcomment, #comments-page-1, .entry-comments": "comments",
    ".b-singlepost-tags, .ljtags, .entry-tags, .tag, .currents, .currentmood, .currentmusic, .metadata, "
    ".entry-metadata, .lj-currents, .datetime, .date, .entry_date, .entry-date, .asset-meta, .asset-tags, "
    ".asset-entry-links, .b-singlepost-author-datetime, .b-singlepost-author, .poster-info, "
    ".entry-poster, .userpic, .user-icon, .aentry-post__tags, .aentry-head": "entry's details",
    "#footer, .footer, .site-footer, .s-footer, #canvas > footer": "footer",
    ".lj-like, .b-sharing, .aentry-sharing, .lj-share": "sharing",
}
_POSTER = (
    ".entry-poster .ljuser, .b-singlepost-author .ljuser, .poster .ljuser, .poster-info .ljuser, .ljuser, .i-ljuser"
)
_WROTE = re.compile(r"\bwrote(?:[:,]| in )")  # over an entry in the tables of S1
_MOOD = re.compile(r"(?:current (?:mood|music|location)|entry tags)\W{0,3}", re.IGNORECASE)
_TABLES = 20  # of the page that are looked at
_SHORT, _LONG = 200, 200  # characters of the line over an entry, at most, and of an entry, at least


def read(tree: LexborHTMLParser, plan: Plan) -> bool:
    """Known by an entry beside the journal's way of naming its people."""
    if tree.css_first(_OWN) is None:
        return False
    entry = _entry(tree)
    if entry is None:
        return False
    within = {node.mem_id for node in entry.css("*")} | {entry.mem_id}
    holders = path_to(entry)
    for selector, reason in _FURNITURE.items():
        plan.chrome(reason, (node for node in tree.css(selector) if node.mem_id not in within | holders))
    titles = [node for node in once(tree.css(_TITLE)) if node.mem_id not in within | holders and words(node)]
    if titles:
        plan.roles[titles[0].mem_id] = Role("story", "title")
    poster = next((node for node in tree.css(_POSTER) if node.mem_id not in within and words(node)), None)
    if poster is not None:
        plan.facts.append(("author", words(poster), "inferred", "posted the entry", ()))
    plan.chrome("entry's details", moods(tree))
    plan.frame("navigation", tree.body)
    plan.story((entry,))
    return True


def _entry(tree: LexborHTMLParser) -> LexborNode | None:
    """The one entry of the page; None on a page of several, as a friends page is."""
    found = once(tree.css(_ENTRY))
    known = {node.mem_id for node in found}
    outer = [node for node in found if node.parent is not None and node.parent.mem_id not in known]
    if len(outer) == 1:
        return outer[0]
    return None if outer else _below_who_wrote(tree)


def _below_who_wrote(tree: LexborHTMLParser) -> LexborNode | None:
    """The entry in the tables of S1: what stands below the only line `somebody wrote in …`, and tells the most."""
    over = _who_wrote(tree)
    beside = over[0].next if len(over) == 1 else None
    while beside is not None:
        if beside.tag in ("div", "td", "blockquote") and len(words(beside)) >= _LONG:
            return beside
        beside = beside.next
    return None


def _who_wrote(tree: LexborHTMLParser) -> list[LexborNode]:
    return [
        table
        for table in tree.css("table")[:_TABLES]
        if len(said := words(table)) < _SHORT and _WROTE.search(said) and table.css_first(_OWN) is not None
    ]


def moods(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    """The rows in which a journal says who wrote, and how they feel: `ann wrote, @ 2004`, `Current mood: sleepy`."""
    yield from _who_wrote(tree)
    for label in tree.css("td, th, b, strong"):
        row = label.parent
        if row is not None and _MOOD.fullmatch((label.text(deep=False) or "").strip()):
            if label.tag in ("b", "strong") and row.tag in ("td", "th"):
                row = row.parent
            if row is not None and row.tag == "tr" and len(words(row)) < _SHORT:
                yield row
