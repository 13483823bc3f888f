"""Blogs and whatever else marks its posts as the vocabularies of the web do (microdata, hAtom, Open Graph).

Blogger, WordPress and most of their kin, archives that name their parts by `itemprop`. The rest of such a page is as
its theme has it, so furniture is found by the rules for all pages.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.layout import surest
from ficshelf.readers.sites.plan import Plan, date_of, lies_in, name_of, once, paragraphs, path_to, words

clues = tag_set("articleBody entry-content post-body post-content e-content hentry post_body entry-body")

STORY = (
    "[itemprop=articleBody], [itemprop='description articleBody'], .e-content, .entry-content, .post-body, .post_body, "
    ".post-content, .entry-body, .hentry .text"
)
_TITLES = (
    "[itemprop=headline], .p-name, .entry-title, .post-title, .post_title, h1[itemprop=name], h1[property=name], "
    "h1.title, h2.title, .post h1, .post h2"
)
_POSTED = re.compile(r"(?:posted|published|uploaded|gepostet|publié|publicado)\s+(?:by|von|par|por)", re.IGNORECASE)
_AUTHOR = "[itemprop=author] [itemprop=name], [itemprop=author], .p-author, .author .fn, .vcard .fn, .fn, a[rel=author]"
_PUBLISHED = (
    "[itemprop=datePublished], .dt-published, time.entry-date, abbr.published, time.published, .published, "
    ".entry-date, h2.date-header"
)
_DETAILS = {
    "post's details": ".post-footer, .entry-meta, .entry-footer, .post-meta, .entry-utility, .postmetadata, "
    ".post-info, .post-labels, .entry-tags, .byline, .date-header, .post-timestamp",
    "sharing": ".sharedaddy, .jp-relatedposts, .post-share-buttons, #jp-post-flair, .share-story-container, "
    ".addtoany_share_save_container, .wpcnt, .post-icons, .quads-location",
    "comments": "#comments, .comments, #respond, #disqus_thread, .notes-container, ol.notes, #notes",
    "navigation": "#blog-pager, .nav-links, .post-navigation, #nav-above, #nav-below, .navigation",
}


def read(tree: LexborHTMLParser, plan: Plan) -> bool:
    """Known by one post alone, with its title beside it; several posts are a list."""
    story = _outermost(once(tree.css(STORY)))
    if len(story) != 1:
        return False
    within = {node.mem_id for node in story[0].css("*")} | {story[0].mem_id}
    titles = [node for node in surest(tree, _TITLES) if node.mem_id not in within]
    if not titles:
        return False
    plan.whole = False
    plan.title(titles[0])
    for node in (node for node in tree.css(_AUTHOR) if node.mem_id not in within):
        if name := name_of(node):
            if "itemprop" in node.attributes and not _POSTED.search(words(node.parent)):
                plan.fact("author", name, node)
            else:
                plan.fact("author", name, node, how="inferred", evidence="posted it")
            break
    for node in (node for node in surest(tree, _PUBLISHED) if node.mem_id not in within):
        plan.fact("published", date_of(node), node)
        break
    holders = path_to(story[0])
    for reason, selector in _DETAILS.items():
        plan.chrome(reason, (node for node in tree.css(selector) if node.mem_id not in holders))
    for name, selector in (("summary", "[itemprop=abstract]"), ("language", "[itemprop=inLanguage]")):
        for node in (node for node in tree.css(selector)[:1] if node.mem_id not in within):
            plan.fact(name, paragraphs(node) or node.attributes.get("content") or "", node)
    plan.story(story)
    return True


def _outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    """Those of some elements that lie in no other of them."""
    known = {node.mem_id for node in nodes}
    return [node for node in nodes if node.parent is not None and not lies_in(node.parent, known)]
