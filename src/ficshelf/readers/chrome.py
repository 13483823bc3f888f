"""What a saved page holds beside the story: menus, footers, log-in boxes, comments, share links.

When in doubt, it is story.
Two looks: at the tree, for elements whose tag or name says what they are; and at the lines, for rows of links.
"""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf.model import Chrome, Node, Run
from ficshelf.passes.nodes import heading_level
from ficshelf.readers import content
from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites import journals
from ficshelf.readers.sites.plan import Plan, lies_in, path_to
from ficshelf.readers.walk import Role

_BY_TAG = {
    "nav": "navigation", "aside": "sidebar", "select": "menu", "button": "form", "textarea": "form", "input": "form",
    "dialog": "notice", "marquee": "notice", "audio": "player", "video": "player", "svg": "drawing", "footer": "footer",
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
    r"|(?P<sharing>feeds?|share|sharing|sharedaddy|social|addthis|addtoany|jp-relatedposts)"
    r"|(?P<login>login|signin|loginform|logged-?in|account|userbar)"
    r"|(?P<search>search|searchform|searchbox)"
    r"|(?P<advertisement>ads?|advert|advertisement|adsense|adsbygoogle|banner-ad|sponsor)"
    r"|(?P<notice>cookies?|gdpr|consent|popup|modal|newsletter|subscribe)"
    r")(?:$|[\s_-])",
    re.IGNORECASE,
)
_LINE = 120  # letters of a line of small print that neither links nor speaks of rights
_RIGHTS = re.compile(
    r"©|&copy;|copyright|rights reserved|powered by|privacy|terms of|impressum|datenschutz|hosted|skin(?::| by )|"
    r"web ?ring|visitor|(?:stories|pages) on (?:them|it|this (?:site|page))|"
    r"(?:author|story) notes above|since \d|reached the end of",
    re.IGNORECASE,
)
_HIDDEN = "[style*='display:none' i], [style*='display: none' i]"  # what shows at a click may be long
_SHORT = 300  # characters
_TOP = 12  # lines of a page among which a site's own may stand
_PROSE = 1500  # characters that a menu does not have without links
_LANDMARKS = 2_000  # elements of a page that may hold the story
_LONG_NAME = 100  # characters of a name that is not remembered


def find(tree: LexborHTMLParser, plan: Plan, parts: list[str], names: set[str], book: bool = False) -> None:
    """Add to the plan what is furniture by its tag, its name, or its place before or after the story. `parts` and
    `names` are what the page's title says, as `title.parts_of` tells it.

    The documents of a `book` have no furniture but the title in their head.
    """
    roles = plan.roles
    head = tree.css_first("head title")
    if head is not None:
        roles.setdefault(head.mem_id, Role("chrome", "page title"))
    if not book:
        plan.chrome("hidden", (node for node in tree.css(_HIDDEN) if len(node.text(deep=True) or "") < _SHORT))
    if plan.whole or book or tree.root is None:
        return
    story = _story(content.landmarks(tree, plan)[:_LANDMARKS])
    holders = _around(story)
    main = story or content.told(tree)
    open_ = _chosen_chapter(tree, plan) | _above_headings(tree, plan)
    if not any(name == "rating" for name, *_ in plan.facts):
        content.boxes(tree, {node.mem_id for one in story for node in one.css("dl")}, plan)
    _by_name(tree, plan, holders, story)
    plan.chrome("picture", (node for node in content.banners(tree) if not lies_in(node, {one.mem_id for one in story})))
    plan.chrome("entry's details", journals.moods(tree))
    plan.chrome("form", (node for node in content.forms(tree) if node.mem_id not in holders))
    if main:
        content.around(main, names, parts, plan)
    for id_ in open_ & roles.keys():
        if roles[id_].kind == "chrome":
            roles[id_] = Role("frame", roles[id_].detail)


def _story(found: list[LexborNode]) -> list[LexborNode]:
    """Those of the elements called so that hold the story; those of the comments are none of them."""
    if len(found) < 2:
        return found
    seen: dict[int, bool] = {}
    commented = [_in_comments(node, seen) for node in found]
    return found if commented[0] else [node for node, said in zip(found, commented, strict=True) if not said]


def _in_comments(node: LexborNode, seen: dict[int, bool]) -> bool:
    """Whether an element lies in one that is called comments; `seen` remembers the answers."""
    path: list[int] = []
    answer = False
    above: LexborNode | None = node
    while above is not None:
        if above.mem_id in seen:
            answer = seen[above.mem_id]
            break
        path.append(above.mem_id)
        if reason_of(above) == "comments":
            answer = True
            break
        above = above.parent
    seen.update(dict.fromkeys(path, answer))
    return answer


def _around(story: list[LexborNode]) -> set[int]:
    """The elements in which those of the story lie."""
    holders: set[int] = set()
    for landmark in story:
        above = landmark.parent
        while above is not None and above.mem_id not in holders:
            holders.add(above.mem_id)
            above = above.parent
    return holders


def _chosen_chapter(tree: LexborHTMLParser, plan: Plan) -> set[int]:
    """Make the entry chosen in a menu of chapters the heading; the menu and what it lies in are left open for it."""
    chosen = content.chosen_chapter(tree)
    if chosen is None:
        return set()
    plan.kind("heading", (chosen,))
    return path_to(chosen) - {chosen.mem_id}


def _above_headings(tree: LexborHTMLParser, plan: Plan) -> set[int]:
    """The menus and the ways in which the chapter's heading was found, or a fact of the story."""
    headings = {id_ for id_, role in plan.roles.items() if role.kind in {"heading", "fact"}}
    chosen = [node for node in tree.css("option, [class], [id], a") if node.mem_id in headings] if headings else []
    return {id_ for node in chosen for id_ in path_to(node)} - headings


def _by_name(tree: LexborHTMLParser, plan: Plan, holders: set[int], story: list[LexborNode]) -> None:
    """Furniture that its tag or its name says is some."""
    roles = plan.roles
    inside = {landmark.mem_id for landmark in story}
    letters = len(tree.root.text(deep=True) or "") if tree.root is not None else 0
    budget = 4 * letters  # looking at elements within elements must not take long
    for node in tree.css(_SUSPECTS):
        reason = reason_of(node)
        if not reason or node.mem_id in roles or node.mem_id in holders or budget < 0 or lies_in(node, inside):
            continue
        length = len(node.text(deep=True) or "")
        budget -= length + 200
        if reason == "comments":
            furniture = bool(story) or length < 0.75 * letters
        else:
            furniture = length <= _PROSE or length < 3 * content.linked(node)
        if furniture:
            roles[node.mem_id] = Role("chrome", reason)


def reason_of(node: LexborNode) -> str:
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
    name = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
    return _known_reason_of(name) if len(name) < _LONG_NAME else _reason_of(name)


def _reason_of(name: str) -> str:
    found = _NAMES.search(name)
    return str(found.lastgroup) if found else ""


_known_reason_of = lru_cache(1_000)(_reason_of)  # many pages call every paragraph the same


_WAY = re.compile(
    r"\W*(?:(?:go |return |back )*(?:to (?:the )?)?"
    r"(?:home(?: ?page)?|main(?: page| menu)?|index|archive|top|top of (?:the )?page|story index|contents?|forward|up|"
    r"table of contents|previous|prev|next|first|last|back|return|stories|fan ?fic(?:tion)?(?: index| archive)?|fic|"
    r"(?:on(?:wards?)?|forwards?|continue|proceed|back|return|go(?: on| back)?) to (?:chapter|part) "
    r"(?:\d{1,3}|[a-z]{3,6})|"
    r"links|guest ?book|updates?|news|site ?map|search|log ?in|register|help|faq|about|forum|printer|"
    r"(?:next|previous|prev|last|first) (?:chapter|part|page|story)|(?:chapter|part|story) (?:index|list)|reviews?|"
    r"(?:read|leave|submit|post) (?:a )?(?:reviews?|comments?)|bookmark|report(?: possible)? abuse|submit review|"
    r"print(?: this)?|close(?: this)?(?: window)?|e-?mail this|printer[ -]friendly(?: version)?)(?: page| story)?)\W*",
    re.IGNORECASE,
)
_ROOT = re.compile(r"(?:https?:)?//[^/?#]+/?|\.?/", re.IGNORECASE)
_BACK = re.compile(
    r"\W*(?:(?:go |click |click here to (?:go )?)?(?:back|return)|zur(?:ü|ue)ck|retour|revenir|torna|volver|voltar|"
    r"terug|назад)\b.{0,60}",
    re.IGNORECASE,
)
_OF_PAGE = re.compile(
    r"\b(?:page|site) (?:was )?(?:last )?(?:updated|modified|created|maintained|designed|hosted)\b|"
    r"\blast (?:updated|modified)\b|"
    r"\bbest viewed\b|\bweb ?(?:site|page|hosting|space)\b|\b(?:design|layout|graphics|banner|theme|background)s? "
    r"(?:©|by|from)\b|\b(?:up|online|here|visitors?|besucher) (?:since|seit)\b|\bbesucher\b|\bseit dem \d|"
    r"\bdepuis le \d|\bbelongs? to\b.*\b(?:design|site|page)\b",
    re.IGNORECASE,
)
_ASKS = frozenset(("feedback", "fb", "comment", "comments", "email", "emails", "mail", "write", "contact"))
_TO_WHOM = frozenset(
    ("please", "send", "leave", "give", "to", "the", "a", "an", "your", "some", "me", "us", "author", "writer", "with",
     "line", "note", "letter")
)  # fmt: skip
_SPOKEN = re.compile('["“][^"“”]{2,200}[,.!?…—-]["”]')  # what somebody says stands in a story
_STEP = re.compile(r"\s+(?:>+|»|›|→|::)\s+")
_PARTED = re.compile(r"\s*[|•·]\s*")
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
            if bare:
                settle()
            kept.append(node)
            continue
        links = [run for run in node.runs if run.link]
        linked = sum(len(run.text) for run in links)
        letters = sum(map(str.isalnum, "".join(run.text for run in node.runs if not run.link)))
        short = all(len(run.text) <= 60 for run in links)
        if letters <= 3 and all(_WAY.fullmatch(run.text) or _asks_to_write(run) for run in links):
            settle()
            found.append(Chrome(node.spans[0], "feedback" if all(map(_asks_to_write, links)) else "navigation"))
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
    for place in range(min(_TOP, len(kept)) - 1, -1, -1):
        if _is_sites_own(kept[place]) or _leads_down(kept[place]):
            found += [Chrome(span, "navigation") for span in kept.pop(place).spans]
        elif _leads_home(kept[place]):
            found += [Chrome(span, "name of the site") for span in kept.pop(place).spans]
    if any(len(node.text) > 60 for node in kept):  # a page of contents does not tell
        found += _foot(kept)
    return kept, found


def _foot(kept: list[Node]) -> list[Chrome]:
    """Take the site's lines from the foot of a page, the last one first: links on and back, small print; pictures and
    rules among them go with them."""
    found: list[Chrome] = []
    while kept:
        last = next((place for place in range(len(kept) - 1, -1, -1) if not _says_nothing(kept[place])), 0)
        if _leads_on(kept[last]):
            reason = "navigation"
        elif len(kept[last].text) < 300 and (_is_small_print(kept[last]) or _is_sites_last(kept[last])):
            reason = "footer"
        else:
            break
        found += [Chrome(span, reason) for node in kept[last:] for span in node.spans if span.end > span.start]
        del kept[last:]
    return found


def _says_nothing(node: Node) -> bool:
    """Whether it is a rule, or a picture that nothing is said of but where it leads."""
    return node.hint == "hr" or (node.kind == "image" and (not node.text or bool(_WAY.fullmatch(node.text))))


def _is_sites_last(node: Node) -> bool:
    """Whether a centred line at the foot is about the page: when it was made, who made it, how to look at it."""
    return node.hint == "center" and not _SPOKEN.search(node.text) and _OF_PAGE.search(node.text) is not None


def _asks_to_write(run: Run) -> bool:
    """Whether a link opens a letter and says no more than that: `Feedback`, `E-mail the author`."""
    if run.link[:7].lower() != "mailto:" or len(run.text) > 60:
        return False
    words = set(re.findall(r"[^\W\d_]+", run.text.lower().replace("e-mail", "email")))
    return bool(words & _ASKS) and words <= _ASKS | _TO_WHOM


def _leads_on(node: Node) -> bool:
    """The last line of a page that says nothing but links to other chapters: `Part Two`."""
    if node.kind or heading_level(node) or len(node.text) > 120 or not node.runs:
        return False
    links = [run for run in node.runs if run.link]
    letters = sum(map(str.isalnum, "".join(run.text for run in node.runs if not run.link)))
    away = all(
        run.link[:1] != "#" and any(form.fullmatch(run.text) for form in (_CHAPTER, _WAY, _BACK)) for run in links
    )
    return bool(links) and letters <= 3 and away


def _leads_down(node: Node) -> bool:
    """A line on top of a page that says where the page is: `Archive > Books > Treasure Island`, with links."""
    steps = _STEP.split(node.text) if node.runs and len(node.text) <= 200 else []
    links = {run.text.strip() for run in node.runs if run.link}
    return len(steps) > 1 and not node.kind and all(step in links for step in steps[:-1]) and steps[0] in links


def _leads_home(node: Node) -> bool:
    """A line on top of a page that is but a link to where the site begins: what the site is called."""
    return bool(node.runs) and not node.kind and all(_ROOT.fullmatch(run.link) for run in node.runs if run.text.strip())


def _is_sites_own(node: Node) -> bool:
    """A line on top of a page that leads somewhere: `[Reviews - 3]`, `Print this page | Close window`."""
    if node.kind or len(node.text) > 120:
        return False
    pieces = _PARTED.split(node.text)
    if len(pieces) > 1 and all(_WAY.fullmatch(piece) for piece in pieces):
        return True
    leads = "http" in node.text or any(run.link for run in node.runs)
    return leads and _is_small_print(node)


def _is_small_print(node: Node) -> bool:
    """The site's last lines; a row of links or a picture among them is one, too. A line of the story is none."""
    told = len(node.text) > _LINE and not any(run.link for run in node.runs) and not _RIGHTS.search(node.text)
    return (
        not told  # `She rang the bell on the desk. Nobody came, and nobody was there to sign in.`
        and node.kind in {"", "image"}
        and not _SPOKEN.search(node.text)
        and content.is_boilerplate(f"{node.text} {node.detail}")
    )
