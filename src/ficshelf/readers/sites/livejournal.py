"""An entry of LiveJournal, Dreamwidth and the journals built from the same code. The entry is the story; who posted it
may be its author, and the comments are not it."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from ficshelf.readers.sites.plan import Plan, words

CLUES: tuple[str, ...] = ("ljuser", "b-singlepost", "aentry", "entry-poster", "lj:user", "lj-user")

_ENTRY = ".b-singlepost-body, .aentry-post__text, .entry-content, .entry_text, .entryText, .asset-body"
_OWN = ".ljuser, .b-singlepost, .aentry, .entry-poster, [lj\\:user], .i-ljuser, span[data-ljuser]"
_FURNITURE = {
    ".b-singlepost-prevnext, .b-pager, .page-links, .entry-management-links, .entry-interaction-links, .action-links, "
    "#primary, #secondary, .skip-links, .entry-nav, .navigation, header.lj-header, #header, .s-header": "navigation",
    "#comments, .comments, .b-tree, .comment-thread, .b-leaf, #qrformdiv, #qrform, .comment-links, .talk-comments, "
    ".entry-readlink, .comment-pages": "comments",
    ".b-singlepost-tags, .ljtags, .entry-tags, .tag, .currents, .metadata, .entry-metadata, .lj-currents, .datetime, "
    ".b-singlepost-author-datetime, .b-singlepost-author, .poster-info, .entry-poster, .userpic, "
    ".entry-date": "entry's details",
    "#footer, .footer, .site-footer, .s-footer, #canvas > footer": "footer",
    ".lj-like, .b-sharing, .aentry-sharing, .lj-share": "sharing",
}


def read(tree: LexborHTMLParser, plan: Plan) -> bool:
    """Known by an entry beside the journal's way of naming its people."""
    entries = tree.css(_ENTRY)
    if len(entries) != 1 or tree.css_first(_OWN) is None:
        return False
    entry = entries[0]
    within = {node.mem_id for node in entry.css("*")} | {entry.mem_id}
    above, holders = entry.parent, set()
    while above is not None:
        holders.add(above.mem_id)
        above = above.parent
    for selector, reason in _FURNITURE.items():
        plan.chrome(reason, (node for node in tree.css(selector) if node.mem_id not in within | holders))
    poster = tree.css_first(".entry-poster .ljuser, .b-singlepost-author .ljuser, .poster .ljuser, .ljuser")
    if poster is not None and poster.mem_id not in within:
        plan.facts.append(("author", words(poster), "inferred", "posted the entry", ()))
    return True
