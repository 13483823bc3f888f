"""eFiction archives, any skin: the story's page and the printable page, by the landmarks that skins keep."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.plan import Plan, paragraphs, words

CLUES: tuple[str, ...] = ("pagetitle",)

_LISTS = {
    "character": "character", "characters": "character", "genre": "genre", "genres": "genre", "warning": "warning",
    "warnings": "warning", "category": "category", "categories": "category", "pairing": "relationship",
    "pairings": "relationship", "relationship": "relationship", "fandom": "fandom", "fandoms": "fandom",
}  # fmt: skip
_WHOLE = {
    "summary": "summary", "rated": "rating", "rating": "rating", "word count": "words", "words": "words",
    "published": "published", "updated": "updated", "series": "series", "story notes": "note",
    "disclaimer": "disclaimer", "disclaimers": "disclaimer", "language": "language",
}  # fmt: skip
_YES = tag_set("yes ja oui si sí да igen complete completed")
_NO = tag_set("no nein non não нет nem nee")
_BY = re.compile(r"(?P<title>.+?)\s+by\s+(?P<author>[^|]+)", re.DOTALL)
_STORY = "#story, .chapter"


def read(tree: LexborHTMLParser, plan: Plan) -> bool:
    """Known by its title line together with its own addresses, box of labels or notes."""
    title = tree.css_first("#pagetitle")
    if title is None or tree.css_first("#story, .chapter, .infobox, .noteinfo, [href*='viewuser.php']") is None:
        return False
    _title(title, plan)
    for box in tree.css(".infobox, .storyinfo, .listbox"):
        content = box.css_first(".content") or box
        if content.css_first(".label") is not None:
            _labels(content, plan)
            plan.chrome("label", (node for node in box.css(".title") if node.mem_id not in plan.roles))
    if story := tree.css(_STORY):
        plan.frame("navigation", tree.body)
        plan.story(story)
    for notes in tree.css(".notes, .noteinfo"):
        plan.kind("note", (notes,))
    plan.kind("heading", tree.css(".chaptertitle, #chaptertitle"))
    return True


def _title(title: LexborNode, plan: Plan) -> None:
    """`Title by Author`, as two links on the story's page and as plain words on the printable one."""
    links = title.css("a")
    works = [link for link in links if "viewstory.php" in (link.attributes.get("href") or "")]
    people = [link for link in links if "viewuser.php" in (link.attributes.get("href") or "")]
    if works:
        plan.fact("title", words(works[0]), title)
    if people:
        for person in people:
            plan.fact("author", words(person), title)
    found = _BY.fullmatch(words(title))
    if found and not works:
        plan.fact("title", found["title"], title)
    if found and not people:
        for name in re.split(r",\s*|\s+and\s+", found["author"]):
            plan.fact("author", name, title)
    if works:
        href = works[0].attributes.get("href") or ""
        plan.fact("url", href if href.startswith("http") else "")


def _labels(box: LexborNode, plan: Plan) -> None:
    """Each label with what follows it, up to the next one. All have the span of the box."""
    plan.fact("summary", "", box)
    for label in box.css(".label"):
        pieces: list[str] = []
        after = label.next
        while after is not None and not _is_label(after):
            if after.tag == "-text":
                pieces.append(" ".join(f" {after.text_content} ".split("\n")))
            else:
                pieces.append(
                    f"\n\n{paragraphs(after)}\n\n" if after.tag in {"p", "div", "blockquote"} else words(after)
                )
            after = after.next
        lines = [" ".join(line.split()) for line in "".join(pieces).split("\n")]
        value = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(" \n|-–•").removesuffix("[Report This]").strip()
        name = words(label).rstrip(": ").lower()
        if not value or value.lower() == "none":
            continue
        if name in _LISTS:
            for one in value.split(","):
                plan.fact(_LISTS[name], one.strip(), box)
        elif name in _WHOLE:
            plan.fact(_WHOLE[name], value, box)
        elif name in {"completed", "complete"} and value.lower() in _YES | _NO:
            plan.fact("complete", value.lower() in _YES, box)


def _is_label(node: LexborNode) -> bool:
    """Whether an element is a label, or holds the next ones."""
    if node.tag is None or node.tag[0] == "-":
        return False
    return "label" in (node.attributes.get("class") or "").split() or node.css_first(".label") is not None
