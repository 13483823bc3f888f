"""What a saved page holds beside the story: menus, footers, log-in boxes, comments, share links. When in doubt it is story.

Two looks: at the tree, for elements whose tag or name says what they are; and at the lines, for rows of links.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf.model import Answer, Chrome, Node, Question
from ficshelf.readers.sites.plan import Plan
from ficshelf.readers.walk import Role

# Where archives and blogs keep the story itself, the surest first. Nothing within is furniture.
LANDMARKS = (
    "#chapters, #storytext, .storytext, #storycontent, #story, .userstuff, .chapter-content, .chapter-text, .entry-content, "
    ".post-content, .post-body, .entry-text, .story-text"
)
_BY_TAG = {
    "nav": "navigation", "[role=navigation]": "navigation", "aside": "sidebar", "[role=complementary]": "sidebar",
    "[role=search]": "search", "[role=contentinfo]": "footer", "select": "menu", "button": "form", "textarea": "form",
    "input": "form", "dialog": "notice", "menu": "menu", "object": "player", "audio": "player", "video": "player",
    "svg": "drawing", "body > footer": "footer", "body > * > footer": "footer", "head title": "page title",
}  # fmt: skip
_NAMED = "div, ul, ol, table, td, section, form, header, footer, center, p, span, dl, iframe, h2, h3, h4"
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:"
    r"(?P<navigation>nav|navbar|navigation|menu|menubar|breadcrumbs?|pagination|pager|pagelinks?|prevnext|nextprev|skip|skiplinks?|jumpto|topnav|subnav|mainmenu)"
    r"|(?P<sidebar>sidebar|widgets?|blogroll)"
    r"|(?P<footer>footer|foot|copyright|colophon|poweredby|credits)"
    r"|(?P<comments>comments?|commentlist|commentform|respond|disqus|disqus_thread|replies|reviews|reviewform)"
    r"|(?P<sharing>share|sharing|sharedaddy|social|addthis|addtoany|likes?|related|jp-relatedposts)"
    r"|(?P<login>login|signin|loginform|logged-?in|account|userbar)"
    r"|(?P<search>search|searchform|searchbox)"
    r"|(?P<advertisement>ads?|advert|advertisement|adsense|adsbygoogle|banner-ad|sponsor)"
    r"|(?P<notice>cookies?|gdpr|consent|popup|modal|newsletter|subscribe)"
    r")(?:$|[\s_-])",
    re.IGNORECASE,
)
_PROSE = 1500  # characters that a menu does not have without links
_BOILERPLATE = re.compile(
    r"powered by|all rights reserved|terms of (?:use|service)|privacy policy|log ?in\b|sign ?(?:in|up)\b|report (?:abuse|this)|"
    r"add to (?:favorites|favourites|bookmarks)|(?:post|leave|submit|add|write) a? ?(?:comment|review|reply)|"
    r"skin:|page generated|web ?counter|visitors? since|hosted by|©|&copy;|copyright \d{4}",
    re.IGNORECASE,
)


def find(tree: LexborHTMLParser, plan: Plan) -> None:
    """Add to the plan what is furniture by its tag, its name, or its place after the story."""
    roles = plan.roles
    story = [] if plan.site else tree.css(LANDMARKS)[:2000]
    holders: set[int] = set()  # the elements around the story
    inside: set[int] = set()
    for landmark in story:
        inside.add(landmark.mem_id)
        above = landmark.parent
        while above is not None and above.mem_id not in holders:
            holders.add(above.mem_id)
            above = above.parent
    for selector, reason in _BY_TAG.items():
        for node in tree.css(selector):
            if node.mem_id not in holders and node.mem_id not in inside:
                roles.setdefault(node.mem_id, Role("chrome", reason))
    if plan.site:
        return
    size = budget = 4 * len(tree.root.text(deep=True) or "") if tree.root is not None else 0
    for node in tree.css(", ".join(f"{tag}[class], {tag}[id]" for tag in _NAMED.split(", "))):
        found = _NAMES.search(f"{node.attributes.get('id') or ''} {node.attributes.get('class') or ''}")
        if not found or node.mem_id in roles or node.mem_id in holders or _lies_in(node, inside):
            continue
        reason = str(found.lastgroup)
        text = node.text(deep=True) or ""
        budget -= len(text)
        if budget < 0:
            return
        if reason == "comments":
            if len(text) * 4 > size // 4 * 3 and not story:
                continue
        elif len(text) > _PROSE and len(text) > 3 * _linked(node):
            continue
        roles[node.mem_id] = Role("chrome", reason)
    if story:
        _after(story[-1], holders, roles)


def _lies_in(node: LexborNode, inside: set[int]) -> bool:
    above: LexborNode | None = node
    while above is not None and inside:
        if above.mem_id in inside:
            return True
        above = above.parent
    return False


def _linked(node: LexborNode) -> int:
    """Characters of link text within an element."""
    return sum(len(link.text(deep=True) or "") for link in node.css("a"))


def _after(last: LexborNode, holders: set[int], roles: dict[int, Role]) -> None:
    """Furniture that stands behind the story: rows of links, forms, the site's small print."""
    here: LexborNode | None = last
    while here is not None and here.tag != "body":
        beside = here.next
        while beside is not None:
            if beside.tag and beside.tag[0] != "-" and beside.mem_id not in holders and beside.mem_id not in roles:
                text = " ".join((beside.text(deep=True) or "").split())
                if len(text) < 600 and (
                    _BOILERPLATE.search(text)
                    or (text and _linked(beside) > 0.6 * len(text))
                    or beside.css_first("input")
                ):
                    roles[beside.mem_id] = Role("chrome", "after the story")
            beside = beside.next
        here = here.parent


_WAY = re.compile(
    r"\W*(?:(?:go |return |back )*(?:to (?:the )?)?(?:home(?: ?page)?|main(?: page| menu)?|index|archive|top|top of (?:the )?page|story index|"
    r"contents?|table of contents|previous|prev|next|first|last|back|return|forward|up|stories|fan ?fic(?:tion)?(?: index| archive)?|fic|"
    r"links|guest ?book|updates?|news|site ?map|search|log ?in|register|help|faq|about|forum|printer|"
    r"(?:next|previous|prev|last|first) (?:chapter|part|page|story)|(?:chapter|part|story) (?:index|list)|reviews?|"
    r"(?:read|leave|submit|post) (?:a )?(?:reviews?|comments?)|bookmark|report abuse)(?: page)?)\W*",
    re.IGNORECASE,
)
_CHAPTER = re.compile(r"\W*(?:chapter|part|ch|prologue|epilogue|interlude)\b.{0,80}|\W*\d{1,3}\b.{0,80}", re.IGNORECASE)


def lines(nodes: list[Node]) -> tuple[list[Node], list[Chrome]]:
    """The nodes that are not rows of links, and chrome for those that are."""
    kept: list[Node] = []
    found: list[Chrome] = []
    bare: list[Node] = []  # lines that are one link each, so far

    def settle() -> None:
        if len(bare) >= 3:
            chapters = sum(bool(_CHAPTER.fullmatch(node.text)) for node in bare) * 2 > len(bare)
            found.extend(Chrome(node.spans[0], "contents" if chapters else "navigation") for node in bare)
        else:
            kept.extend(bare)
        bare.clear()

    for node in nodes:
        if not node.runs or node.kind or not any(run.link for run in node.runs):
            settle()
            kept.append(node)
            continue
        links = [run for run in node.runs if run.link]
        linked = sum(len(run.text) for run in links)
        letters = sum(map(str.isalnum, "".join(run.text for run in node.runs if not run.link)))
        short = all(len(run.text) <= 60 for run in links)
        if all(_WAY.fullmatch(run.text) for run in links) and letters <= 3:
            settle()
            found.append(Chrome(node.spans[0], "navigation"))
        elif len(links) >= 3 and letters <= 0.2 * linked and short:
            settle()
            chapters = sum(bool(_CHAPTER.fullmatch(run.text)) for run in links) * 2 > len(links)
            found.append(Chrome(node.spans[0], "contents" if chapters else "navigation"))
        elif len(links) == 1 and not letters and short:
            bare.append(node)
        else:
            settle()
            kept.append(node)
    settle()
    return kept, found


_PARTS = re.compile(r"\s+[-–—|»«:·•>]+\s+|\s*(?:::|\|\|)\s*")


def title_question(tree: LexborHTMLParser) -> tuple[Question, ...]:
    """What the title of the page suggests: its parts, without the site's name where the page tells that."""
    node = tree.css_first("head title")
    title = " ".join((node.text(deep=True) or "").split())[:300] if node is not None else ""
    if not title or re.fullmatch(r"(?i)untitled(?: document)?|new page \d*|no title|index|document", title):
        return ()
    site = tree.css_first("meta[property='og:site_name']")
    site_name = ((site.attributes.get("content") or "") if site is not None else "").strip().lower()
    parts = [part for part in _PARTS.split(title) if part.strip() and part.strip().lower() != site_name]
    heading = tree.css_first("h1")
    said = " ".join((heading.text(deep=True) or "").split()) if heading is not None else ""
    parts.sort(key=lambda part: part != said)
    answers = [Answer(part.strip(), "the title of the page") for part in parts[:3]]
    return (Question("title", tuple(answers), 0, "This story states no title. What is it called?"),) if answers else ()
