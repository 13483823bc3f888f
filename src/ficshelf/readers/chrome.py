"""What a saved page holds beside the story: menus, footers, log-in boxes, comments, share links.

When in doubt, it is story.
Two looks: at the tree, for elements whose tag or name says what they are; and at the lines, for rows of links.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf.model import Chrome, Node
from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.plan import Plan
from ficshelf.readers.walk import Role

# Where archives and blogs keep the story itself, the surest first. Nothing within is furniture.
LANDMARKS = (
    "#chapters, #storytext, .storytext, #storycontent, #story, .userstuff, .chapter-content, .chapter-text, "
    ".entry-content, .post-content, .post-body, .entry-text, .story-text"
)
_BY_TAG = {
    "nav": "navigation", "aside": "sidebar", "select": "menu", "button": "form", "textarea": "form", "input": "form",
    "dialog": "notice", "audio": "player", "video": "player", "svg": "drawing", "footer": "footer",
}  # fmt: skip
_BY_ROLE = {"navigation": "navigation", "complementary": "sidebar", "search": "search", "contentinfo": "footer"}
_SUSPECTS = ", ".join([*_BY_TAG, "[role]", "[class]", "[id]"])
_NAMED = tag_set("div ul ol table td section form header center p span dl h2 h3 h4")
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:"
    r"(?P<navigation>nav|navbar|navigation|menu|menubar|breadcrumbs?|pagination|pager|pagelinks?|prevnext|nextprev"
    r"|skiplinks?|jumpto|topnav|subnav|mainmenu)"
    r"|(?P<sidebar>sidebar|widgets?|blogroll)"
    r"|(?P<footer>footer|copyright|poweredby)"
    r"|(?P<comments>comments?|commentlist|commentform|respond|disqus|disqus_thread|replies|reviews|reviewform)"
    r"|(?P<sharing>share|sharing|sharedaddy|social|addthis|addtoany|jp-relatedposts)"
    r"|(?P<login>login|signin|loginform|logged-?in|account|userbar)"
    r"|(?P<search>search|searchform|searchbox)"
    r"|(?P<advertisement>ads?|advert|advertisement|adsense|adsbygoogle|banner-ad|sponsor)"
    r"|(?P<notice>cookies?|gdpr|consent|popup|modal|newsletter|subscribe)"
    r")(?:$|[\s_-])",
    re.IGNORECASE,
)
_PROSE = 1500  # characters that a menu does not have without links
_BOILERPLATE = re.compile(
    r"powered by|all rights reserved|terms of (?:use|service)|privacy policy|log ?in\b|sign ?(?:in|up)\b|"
    r"report (?:abuse|this)|web ?ring\b|free home ?page|you are visitor|^\W*visitors?\W*\d*\W*$|counter\.|"
    r"add to (?:favorites|favourites|bookmarks)|^\W*(?:post|leave|submit|add|write) a? ?(?:comment|review|reply)|"
    r"skin:|page generated|web ?counter|visitors? since|hosted by|©|&copy;|copyright \d{4}",
    re.IGNORECASE,
)


def find(tree: LexborHTMLParser, plan: Plan, book: bool = False) -> None:
    """Add to the plan what is furniture by its tag, its name, or its place after the story.

    The documents of a `book` have no furniture but the title in their head.
    """
    roles = plan.roles
    title = tree.css_first("head title")
    if title is not None:
        roles.setdefault(title.mem_id, Role("chrome", "page title"))
    if plan.whole or book or tree.root is None:
        return
    story = tree.css(LANDMARKS)[:2000]
    holders: set[int] = set()  # the elements around the story
    inside = {landmark.mem_id for landmark in story}
    for landmark in story:
        above = landmark.parent
        while above is not None and above.mem_id not in holders:
            holders.add(above.mem_id)
            above = above.parent
    letters = len(tree.root.text(deep=True) or "")
    budget = 4 * letters  # looking at elements within elements must not take long
    for node in tree.css(_SUSPECTS):
        reason = _reason(node)
        if not reason or node.mem_id in roles or node.mem_id in holders or budget < 0 or _lies_in(node, inside):
            continue
        length = len(node.text(deep=True) or "")
        budget -= length + 200
        if reason == "comments":
            furniture = bool(story) or length < 0.75 * letters
        else:
            furniture = length <= _PROSE or length < 3 * _linked(node)
        if furniture:
            roles[node.mem_id] = Role("chrome", reason)
    if story:
        _after(story[-1], holders, roles)


def _reason(node: LexborNode) -> str:
    """Why an element may be furniture, from its tag, its role or its name; "" for no reason."""
    by_tag = _BY_TAG.get(node.tag or "")
    if by_tag:
        return by_tag
    attributes = node.attributes
    by_role = _BY_ROLE.get((attributes.get("role") or "").lower())
    if by_role:
        return by_role
    if node.tag not in _NAMED:
        return ""
    found = _NAMES.search(f"{attributes.get('id') or ''} {attributes.get('class') or ''}")
    return str(found.lastgroup) if found else ""


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
    r"\W*(?:(?:go |return |back )*(?:to (?:the )?)?"
    r"(?:home(?: ?page)?|main(?: page| menu)?|index|archive|top|top of (?:the )?page|story index|contents?|forward|up|"
    r"table of contents|previous|prev|next|first|last|back|return|stories|fan ?fic(?:tion)?(?: index| archive)?|fic|"
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
    while kept and len(kept[-1].text) < 300 and _is_small_print(kept[-1]):
        found += [Chrome(span, "footer") for span in kept.pop().spans if span.end > span.start]
    return kept, found


def _is_small_print(node: Node) -> bool:
    """The site's last lines; a row of links or a picture among them is one, too. A line of the story is none."""
    return node.kind in {"", "image"} and _BOILERPLATE.search(f"{node.text} {node.detail}") is not None
