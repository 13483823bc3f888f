"""What the elements of a page are called, where no dialect says what they hold: `story-title`, `fic_author`, `a-notes`.

Whoever writes a template calls things what they are. So on a page of an archive that nobody has seen, an element called
a title that the page's own title names is the story's; one called author, or a by-line, names who wrote it; one called
a chapter's title heads the chapter; and what is called author's notes are notes. Only what stands above the story
counts (and notes, wherever they stand); what stands in menus, comments and lists of other stories does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf.passes import headings, label_lines
from ficshelf.passes.title_lines import title_and_name
from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.plan import Plan, paragraphs, words

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_STORY = r"(?:\w{1,4}[-_])?(?:story|fan-?fic|fic|fiction|content|work|book|novel|historia)[-_]?"
_CHAPTER = r"(?:\w{1,3}[-_])?(?:chap(?:ter)?|cha|episode|capitulo|chapitre|kapitel)[-_]?"
_TITLE = r"(?:title|titulo|titre|titel|titolo)"
_AUTHOR = r"(?:author|writer|autora?|auteur|autrice|autore)"
_NOTES = r"(?:notes?|notas?)"
_CALLED = {  # the surest first
    "chapter": re.compile(
        rf"(?:post|current|this)[-_]chapter|{_CHAPTER}(?:(?:head(?:er|ing)?[-_]?)?(?:{_TITLE}|tit|name)|heading)|{_TITLE}[-_]?(?:d[oeu][-_]?)?{_CHAPTER}"
    ),
    "story's title": re.compile(rf"{_STORY}(?:{_TITLE}|name)"),
    "note": re.compile(
        rf"(?:\w{{1,4}}[-_])?{_AUTHOR}s?[-_]?{_NOTES}(?:[-_]?(?:body|content|text|box|top|bottom|start|end))?|"
        rf"(?:an|{_CHAPTER}|end|start|begin(?:ning)?|pre|post)[-_]?{_NOTES}|{_NOTES}[-_](?:inici\w+|fina\w+|{_AUTHOR})"
    ),
    "author": re.compile(
        rf"(?:{_STORY}|{_CHAPTER}|chp[-_])?(?:by[-_]?)?{_AUTHOR}(?:[-_]?(?:name|link))?|"
        rf"{_STORY}(?:by|user)(?:[-_]\w)?|by[-_]?line|escrit[oa][-_]?por"
    ),
    "summary": re.compile(
        rf"(?:{_STORY})?(?:summary|synopsis|sinopse|resumo|resumen|riassunto|zusammenfassung)|{_STORY}(?:description|blurb)"
    ),
    "title": re.compile(_TITLE),
}  # fmt: skip
_CLOSED = tag_set("head nav aside footer select script style noscript template form textarea iframe button")
_OTHERS = re.compile(
    r"(?:^|[\W_])(?:comments?|reviews?|sidebar|widget\w*|footer|related|similar|recommend\w*|menu|blogroll|login|search|"
    r"popup|modal)(?:$|[\W_])",
    re.IGNORECASE,
)
_LONGEST = {"chapter": 150, "story's title": 150, "title": 150, "author": 80, "summary": 2000, "note": 3000}
_ROW, _LEFT = 200, 50  # characters of a row of title and author, and of what else stands on it
_PROSE = 200  # characters of the first long paragraph of a story
_MOST = 2_000  # elements that are looked at above it
_NOTED = "[class*=note i], [id*=note i], [class*=nota i], [id*=nota i]"
_MOST_NOTES = 20  # of one page
_PART = 0.4  # of the letters of a page that a note has at most
_BY = re.compile(
    r"(?:(?:story|fanfic|fic|written|posted|escrit[ao]|écrit|geschrieben|scritt[ao])\s+)?(?:by|por|par|von|di)\b\s*:?\s*|"
    rf"{_AUTHOR}\s*:\s*|©\s*",
    re.IGNORECASE,
)
_BY_ALONE = re.compile(r"(?:^|[^\w.])(?:by|por|par|von|di)\s*:?\s*$", re.IGNORECASE)
_AROUND = " \t,;:|©()[]-–—"
_MOST_WORDS = 5  # of a name


def find(tree: LexborHTMLParser, plan: Plan, site: set[str]) -> None:
    """Add to the plan what elements are called and it does not know yet. `site` are the names of the site."""
    stated = {name for name, *_ in plan.facts}
    found: dict[str, list[LexborNode]] = {}
    for node, name in _above(tree, plan):
        found.setdefault(name, []).append(node)
    if "title" not in stated:
        _title(found, words(tree.css_first("head title")).lower(), site, plan)
    if not any(name == "author" for name, *_ in plan.facts):
        _author(found.get("author", []), plan)
    if not plan.whole and "summary" not in stated and len(summaries := found.get("summary", [])) == 1:
        _summary(summaries[0], plan)
    chapters = found.get("chapter", [])
    if len({words(node) for node in chapters}) == 1 and not any(role.kind == "heading" for role in plan.roles.values()):
        plan.open(chapters[0])
        plan.kind("heading", chapters[:1])
    if not plan.whole:
        _notes(tree, plan)


def _above(tree: LexborHTMLParser, plan: Plan) -> Iterator[tuple[LexborNode, str]]:
    """The innermost elements above the first long paragraph that are called by a name of the table, in their order."""
    node: LexborNode | None = tree.body
    looked_at = 0
    while node is not None and looked_at < _MOST:
        down, name = None, ""
        if node.tag == "-text":
            if len((node.text_content or "").strip()) >= _PROSE:
                return
        elif node.tag not in _CLOSED:
            looked_at += 1
            name = _name(node)
            name = name or ("author" if node.tag == "a" and _is_by(node) else "")
            if name and node.mem_id not in plan.roles and 0 < len(words(node)) <= _LONGEST[name]:
                within = (_name(one) for one in node.css("[class], [id]") if one.mem_id != node.mem_id)
                if name == "note" or not (any(within) if name == "chapter" else name in within):
                    yield node, name
            down = node.first_child if name not in ("note", "summary") and not _is_of_others(node) else None
        while down is None and node is not None:
            down = node.next
            node = node.parent if down is None else node
        node = down


def _name(node: LexborNode) -> str:
    """What an element is called, by the first of the table's names that one of its own is."""
    attributes = node.attributes
    called = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if len(called) < 4:
        return ""
    own = _CAMEL.sub("-", called[:300]).lower().split()
    return next((name for name, form in _CALLED.items() if any(form.fullmatch(one) for one in own)), "")


def _is_by(link: LexborNode) -> bool:
    """Whether a link stands right behind a `by`."""
    before = link.prev
    return before is not None and before.tag == "-text" and _BY_ALONE.search(before.text_content or "") is not None


def _is_of_others(node: LexborNode) -> bool:
    attributes = node.attributes
    return bool(_OTHERS.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"))


def _say(plan: Plan, fact: str, value: str, node: LexborNode) -> None:
    plan.open(node)
    plan.fact(fact, value, node)


def _title(found: dict[str, list[LexborNode]], page: str, site: set[str], plan: Plan) -> None:
    """State the title: what is called the story's; or called a title, where the page's own title names it beside
    something else, or a by-line says whose it is."""
    for name in ("story's title", "title"):
        called = {words(node): node for node in reversed(found.get(name, [])) if words(node).lower() not in site}
        known = {said: node for said, node in called.items() if _is_within(said.lower(), page)}
        called = known if len(called) > 1 or (name == "title" and not found.get("author")) else called
        if len(called) == 1:
            [(said, node)] = called.items()
            if said.lower() != page or found.get("author"):
                plan.open(node)
                plan.title(node)
                return


def _is_within(said: str, page: str) -> bool:
    """Whether a page's title holds these words, whole: a journal called `e` is not named in `The Ferry`."""
    return re.search(rf"(?<!\w){re.escape(said)}(?!\w)", page) is not None


def _author(called: list[LexborNode], plan: Plan) -> None:
    """State whom the by-line names; `Title by Author` in one element names both."""
    names: dict[str, LexborNode] = {}
    has_title = any(name == "title" for name, *_ in plan.facts)
    for node in called:
        said = words(node)
        links = [link for link in node.css("a") if words(link)]
        by = _BY.match(said)
        if not has_title and not by and title_and_name(said):
            plan.open(node)
            plan.title(node, said)
            return
        name = words(links[0]) if len(links) == 1 or (by and links) else said[by.end() if by else 0 :].strip(_AROUND)
        if not has_title and (node.tag == "a" or by or label_lines.label_line(said)):
            continue  # by which the passes know the title above it
        if name and len(name.split()) <= _MOST_WORDS and headings.parse(name) is None:
            names.setdefault(name, node)
    if len(names) == 1:
        [(name, node)] = names.items()
        _say(plan, "author", name, node)
        _row(node, plan)


def _row(author: LexborNode, plan: Plan) -> None:
    """Set apart what else stands on the row of title and author: a date, `on`."""
    above = author.parent
    titles = {id_ for name, _, _, _, ids in plan.facts if name == "title" for id_ in ids}
    while above is not None and above.tag != "body" and len(said := paragraphs(above)) <= _ROW:
        stated = [one for one in above.css("[class], [id]") if one.mem_id in titles]
        if stated:
            left = len(said) - len(words(stated[0])) - len(words(author))
            if left <= _LEFT and not any(map(label_lines.label_line, said.split("\n"))):
                plan.frame("label", above)
            return
        above = above.parent


def _summary(node: LexborNode, plan: Plan) -> None:
    """State a summary, without the label on top of it; what holds other labels is a box of facts."""
    said = paragraphs(node)
    labels = [line for line in map(label_lines.label_line, said.split("\n")) if line is not None]
    if not labels:
        _say(plan, "summary", said, node)


def _notes(tree: LexborHTMLParser, plan: Plan) -> None:
    """Mark what is called notes of the author, wherever it stands."""
    notes = list(islice((node for node in tree.css(_NOTED) if _name(node) == "note"), _MOST_NOTES))
    most = _PART * len(words(tree.body)) if notes else 0
    for node in notes:
        if node.mem_id not in plan.roles and len(words(node)) < most:
            plan.open(node)
            plan.kind("note", (node,))
