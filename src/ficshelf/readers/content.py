"""Where the story is on a page that no dialect knows, and what stands around it.

Two ways to it: elements that archives and blogs name for it; else down the tree, always into the element that holds
nearly all of the page's prose. What stands beside it is furniture only where it looks so: rows of links, forms, the
site's name, small print. When in doubt, it is story.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf.passes import label_lines, labels
from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites import rows
from ficshelf.readers.sites.plan import Plan, words
from ficshelf.readers.tables import BLOCKS
from ficshelf.readers.walk import Role

# Where archives and blogs keep the story itself, the surest first. Nothing within is furniture.
LANDMARKS = (
    "#chapters, #storytext, .storytext, #storycontent, #story, .userstuff, .chapter-content, .chapter-text, "
    ".fenced, .entry-content, .post-content, .post-body, .entry-text, .story-text, [itemprop=articleBody], "
    "#chapter-content, .story-content, .chapter-body, #chapter-body, .reading-content, #chaptercontent, "
    ".chapter_content, .fictext, #fictext, .part_text"
)
_HOLDERS = tag_set("div table tbody tr td center form article main section body blockquote font span pre dd dl ul li")
_TABLES, _COLUMNS = 100, 4  # that are looked at; those with a label that a table of one story's facts has
_MAKES_LINES = (BLOCKS - tag_set("center")) | tag_set("br")
_LINES = 3  # lines that a story was typed in, at the least
_STORIES = 200  # elements that may hold a story
_PARAGRAPHS = tag_set("p div blockquote center font dd")
_LINE_TAGS = tag_set("p ul ol")
_PARAGRAPH = 60  # characters of a paragraph that is no row of links
_MOST = 0.75  # of the prose lies in the element that is gone down into
_LONGEST_BOX = 8000  # characters of a box of facts, its summary with it
_LABEL = 120  # characters that may stand beside a field to type in
_SHORT = 600  # characters that furniture beside a story may have
_BOILERPLATE = re.compile(
    r"powered by|all rights reserved|terms of (?:use|service)|privacy policy|"
    r"(?:log ?in|sign ?(?:in|up))\b(?! (?:on |in )?(?:the|an?|my|his|her|their|our|its)\b)|"  # not `the log in my lap`
    r"report (?:abuse|this)|signaler (?:un abus|cette)|mentions légales|impressum|datenschutz|nutzungsbedingungen|"
    r"пожаловаться|^\W*printed from\b|^\W*print(?:er)?(?:[ -]friendly)?(?: version| page)?\W*$|"
    r"web ?ring\b|free home ?page|you are visitor|^\W*visitors?\W*\d*\W*$|counter\.[a-z]{2,4}\b|"
    r"add to (?:favorites|favourites|bookmarks)|^\W*(?:post|leave|submit|add|write) a? ?(?:comment|review|reply)|"
    r"(?:you are|you're) (?:\S+ ){0,3}(?:number|no\.|#).{0,40}\b(?:visit|since)\b|guestbook\.|"
    r"these pages and the stories on them|^\W*author and story notes above\W*$|"
    r"skin(?::| by )|page generated|"
    r"this entry was posted (?:on|in|by)\b|^\W*(?:filed|posted) under\b|"
    r"^\W*you have reached the end of\b|\b(?:liked|reblogged) this(?: from|$)|"
    r"geocities\.ws|\b(?:oo|re)ocities|\barchived copy of\b|"
    r"web ?counter|visitors? since|hosted by|(?<!Ã)(?<!ƒÂ)©|&copy;|"
    r"copyright \d{4}|efiction \d|"
    r"^\W*(?:reviews?|comments?|kudos|views|hits|likes)\W{0,5}\d*\W*(?:printer\W*)?$|back to top",
    re.IGNORECASE,
)
_INVITES = re.compile(r"\b(?:post|leave|add|make) (?:a |your )?(?:new )?comment\b", re.IGNORECASE)
_HEADER = re.compile(
    r"(?:^|[\s_-])(?:header|masthead|banner|logo|branding|topbar|top|brand|site-?title)(?:$|[\s_-])", re.I
)
_BANNER = re.compile(r"(?:^|[\W_])(?:banner|logo|masthead|title-?bar)(?:$|[\W_\d])", re.IGNORECASE)
_HEADINGS = "h1, h2, h3"
_BY = re.compile(r"(?:^|\W)(?:by|von|par|por|автор)\s+\S", re.IGNORECASE)
_NAMED_MENU = "select[name*=chap i], select[id*=chap i], select[title*=chapter i], select[class*=chapter i]"


def landmarks(tree: LexborHTMLParser, plan: Plan) -> list[LexborNode]:
    """The elements that are called as the one that holds the story; looked for once on a page."""
    if plan.landmarks is None:
        plan.landmarks = tree.css(LANDMARKS)
    return plan.landmarks


def is_boilerplate(text: str) -> bool:
    """Whether a short text is a site's small print."""
    return _BOILERPLATE.search(text) is not None


def linked(node: LexborNode) -> int:
    """Characters of link text within an element."""
    return sum(len(link.text(deep=True) or "") for link in node.css("a"))


def densest(tree: LexborHTMLParser) -> LexborNode | None:
    """The innermost element that holds nearly all prose of the page; None where that is the body."""
    here = tree.body
    if here is None:
        return None
    budget = 6 * len(here.text(deep=True) or "")
    while True:
        best, most, total = None, 0, _prose(here)
        child = here.first_child
        while child is not None and budget > 0:
            if child.tag in _HOLDERS:
                size = len(child.text(deep=True) or "")
                budget -= size
                if size > most:
                    best, most = child, size
            child = child.next
        if best is None or budget <= 0 or _prose(best) < _MOST * total:
            return None if here.tag == "body" else here
        here = best


def told(tree: LexborHTMLParser) -> list[LexborNode]:
    """The element that holds nearly all prose; on a page that has none but its body the first and last paragraph."""
    inner = densest(tree)
    if inner is not None or tree.body is None:
        return [inner] if inner is not None else []
    long: list[LexborNode] = []
    child = tree.body.first_child
    while child is not None:
        if child.tag in _PARAGRAPHS and _prose(child) >= _PARAGRAPH:
            long.append(child)
        child = child.next
    return [long[0], long[-1]] if long else []


def as_typed(tree: LexborHTMLParser, plan: Plan) -> None:
    """Let line ends count in a story without any element that makes lines: some archives' pages show them by style."""
    story = {id_ for id_, role in plan.roles.items() if role.kind == "story"}
    if plan.whole and not story:
        return
    for node in landmarks(tree, plan)[:_STORIES]:
        if (node.mem_id in story or (not plan.whole and node.mem_id not in plan.roles)) and _is_typed(node):
            plan.roles[node.mem_id] = Role("typed")


def _is_typed(node: LexborNode) -> bool:
    if any(one.tag in _MAKES_LINES for one in node.traverse() if one.mem_id != node.mem_id):
        return False
    return sum(map(bool, map(str.strip, (node.text(deep=True) or "").split("\n")))) >= _LINES


def _prose(node: LexborNode) -> int:
    """Characters of an element that are no link's."""
    return len(node.text(deep=True) or "") - linked(node)


def around(story: list[LexborNode], names: set[str], titles: list[str], plan: Plan) -> None:
    """Set apart what stands before the first and behind the last element of the story.

    `names` are the names of the site, `titles` what the page's title says beside them. Among paragraphs a paragraph or
    a list is a line as they are: which of those are rows of links is for `chrome.lines` to tell.
    """
    among = _LINE_TAGS if story[0].tag in ("p", "center") else ()
    for beside in _beside(story[0], before=True):
        if beside.tag not in among and (reason := _before(beside, names, titles)):
            plan.roles.setdefault(beside.mem_id, Role("chrome", reason))
    commented = False
    for beside in _beside(story[-1], before=False):
        commented = commented or _invites(beside)
        if commented or (beside.tag not in among and _after(beside)):
            plan.roles.setdefault(beside.mem_id, Role("chrome", "comments" if commented else "after the story"))


def _beside(node: LexborNode, before: bool) -> Iterator[LexborNode]:
    """The elements before an element, or behind it, and before or behind all that it lies in."""
    here: LexborNode | None = node
    while here is not None and here.tag != "body":
        beside = here.prev if before else here.next
        while beside is not None:
            if beside.tag and beside.tag[0] != "-":
                yield beside
            beside = beside.prev if before else beside.next
        here = here.parent


def _before(node: LexborNode, names: set[str], titles: list[str]) -> str:
    """Why an element before the story is furniture; "" for no reason."""
    text = words(node)
    if not text or len(text) >= _SHORT:
        return ""
    if text.lower() in names:
        return "name of the site"
    if any(title in text for title in titles) or _BY.search(text) or label_lines.label_line(text):
        return ""
    if is_boilerplate(text) or (len(node.css("a")[:2]) > 1 and linked(node) > 0.6 * len(text)):
        return "before the story"
    attributes = node.attributes
    if _HEADER.search(f"{attributes.get('id') or ''} {attributes.get('class') or ''}") or node.tag == "header":
        return "header" if any(name in text.lower() for name in names) or node.css_first("a, form") else ""
    if node.css_first("input") is not None and node.css_first(_HEADINGS) is None:
        return "form"
    return ""


def _invites(node: LexborNode) -> bool:
    """Whether an element behind the story asks for comments: below it are those that came."""
    text = words(node)
    return len(text) <= _LABEL and _INVITES.search(text) is not None and node.css_first("a") is not None


def _after(node: LexborNode) -> bool:
    """Whether an element behind the story is furniture: a row of links, a form, the site's small print."""
    text = words(node)
    return bool(text) and len(text) < _SHORT and (
        is_boilerplate(text) or linked(node) > 0.6 * len(text) or node.css_first("input") is not None
    )  # fmt: skip


def chosen_chapter(tree: LexborHTMLParser) -> LexborNode | None:
    """The entry chosen in a menu of chapters, which names the chapter; None where the menu stands behind the story."""
    for menu in tree.css(_NAMED_MENU)[:1]:
        chosen = menu.css_first("option[selected]")
        if chosen is None or not words(chosen) or tree.body is None:
            return None
        before = sum(_prose(node) for node in _beside(menu, before=True))
        return chosen if before < 0.5 * _prose(tree.body) else None
    return None


def boxes(tree: LexborHTMLParser, inside: set[int], plan: Plan) -> None:
    """State what lists of labels say (`dl`, tables of two lines), where most of their labels are known; none lies
    within the story."""
    for box in tree.css("dl")[:20]:
        said = [word for term in box.css("dt") if (word := words(term).rstrip(": "))]
        known = sum(len(word) <= labels.LONGEST and labels.find(word) is not None for word in said)
        if known >= 2 and known * 2 > len(said) and box.mem_id not in inside and len(words(box)) < _LONGEST_BOX:
            rows.state(box, plan, "dt")
    for table in tree.css("table")[:_TABLES]:
        if _has_two_lines(table) and table.mem_id not in inside and len(words(table)) < _LONGEST_BOX:
            said = [row.label for row in rows.columns_of(table)]
            if (
                sum(labels.find(label) is not None for label in said) >= _COLUMNS
                and plan.roles.get(table.mem_id) is None
            ):
                rows.state(table, plan)


def _has_two_lines(table: LexborNode) -> bool:
    """Whether a table has two rows of its own, in whatever parts of it."""
    lines = 0
    part = table.first_child
    while part is not None and lines < 3:
        row = part.first_child if part.tag in ("thead", "tbody") else part
        while row is not None and lines < 3:
            lines += row.tag == "tr"
            row = row.next if part.tag != "tr" else None
        part = part.next
    return lines == 2


def banners(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    """The pictures on top of a page that are called its banner or its logo."""
    for shown in tree.css("img")[:5]:
        attributes = shown.attributes
        if any(_BANNER.search((attributes.get(name) or "")[:300]) for name in ("src", "alt", "class", "id")):
            yield shown


def forms(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    """The boxes in which one can type, with the few words beside them."""
    for field in tree.css("input[type=text], input[type=password], input[type=search], input:not([type]), textarea")[
        :50
    ]:
        around = field.parent
        if around is not None and around.tag != "body" and len(words(around)) < _LABEL:
            yield around
