"""eFiction archives, any skin and version: the story's page and the printable page, by the landmarks that skins keep.

What the templates of versions 2 and 3 share: links to `viewstory.php` and `viewuser.php` for title and author, `#story`
(or `.chapter` on the printable page) for the text, notes with a label of their own, and a menu of chapters (`jump`)
whose chosen entry is the only place where many skins name the chapter.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf.passes import labels
from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites import rows
from ficshelf.readers.sites.layout import surest
from ficshelf.readers.sites.plan import Plan, once, path_to, words

clues = tag_set("pagetitle viewstory.php viewuser.php noteinfo")

_BY = re.compile(r"(?P<title>.+?)\s+(?:by|von|par|por|di|door)\s+(?P<author>[^|]+)", re.DOTALL)
_STORY = "#story, .chapter, .storia"
_OWN = "#story, .chapter, .storia, .infobox, .noteinfo, [href*='viewuser.php']"
_BOXES = ".infobox, .storyinfo, .listbox, #storyinfo"
_MENU = (
    "select[name=chapter] option[selected], select[name=sid] option[selected], .jumpmenu option[selected], "
    "#jumpmenu option[selected]"
)
_LABEL = ".label, b, strong, h2, h3, h4"
_MOST_NOTES = 0.4  # of the words of a page that a note has
_NOTES = re.compile(r"(?:author['’]?s['’]? )?(?:(?:story|chapter|end|chapter end) )?(?:notes?|summary)", re.IGNORECASE)


def read(tree: LexborHTMLParser, plan: Plan) -> bool:
    """Known by its title line together with its own addresses, box of labels or notes."""
    title = tree.css_first("#pagetitle") or _title_line(tree)
    if title is None or tree.css_first(_OWN) is None:
        return False
    _title(title, plan)
    for box in tree.css(_BOXES):
        content = box.css_first(".content") or box
        if plan.roles.keys().isdisjoint(path_to(content)) and rows.state(content, plan, ".label, b, strong"):
            plan.chrome("label", box.css(".title"))
    story = tree.css(_STORY)
    for notes in tree.css(".notes, .noteinfo"):
        plan.kind("note", (notes,))
    for notes, label in _notes(tree, {above for node in story for above in path_to(node)}):
        if label == "summary":
            plan.fact("summary", words(notes).partition(":")[2].strip(), notes)
        else:
            plan.kind("note", (notes,))
    titles = once(tree.css(".chaptertitle, #chaptertitle"))
    plan.kind("heading", titles or surest(tree, _MENU)[:1])
    if story:
        plan.frame("navigation", tree.body)
        plan.story(story)
    else:
        plan.whole = False
    return True


def _title_line(tree: LexborHTMLParser) -> LexborNode | None:
    """The heading of a skin that names it otherwise: the nearest element that links to the story and to its author."""
    for link in tree.css("a[href*='viewstory.php']")[:20]:
        above = link.parent
        for _ in range(3):
            if above is None or above.tag in {"body", "html"} or len(words(above)) > 200:
                break
            if above.css_first("a[href*='viewuser.php']") is not None:
                return above
            above = above.parent
    return None


def _title(title: LexborNode, plan: Plan) -> None:
    """`Title by Author`, as two links on the story's page and as plain words on the printable one."""
    links = title.css("a")
    works = [link for link in links if "viewstory.php" in (link.attributes.get("href") or "")]
    people = [link for link in links if "viewuser.php" in (link.attributes.get("href") or "")]
    if works:
        plan.fact("title", words(works[0]), title)
    for person in people:
        plan.fact("author", words(person), title)
    found = _BY.fullmatch(words(title))
    if found and not works:
        plan.fact("title", found["title"], title)
    if found and not people:
        for name in re.split(r",\s*|\s+and\s+", found["author"]):
            plan.fact("author", name, title)
    if not found and not works:
        plan.fact("title", words(title), title)
    if works:
        href = works[0].attributes.get("href") or ""
        plan.fact("url", href if href.startswith("http") else "")


def _notes(tree: LexborHTMLParser, holders: set[int]) -> list[tuple[LexborNode, str]]:
    """Blocks that a skin without names begins with a label of notes, `<blockquote><b>Kapitel Bemerkung:</b> …`, or of
    the story's summary, each with what it is. A chapter's summary is a note over the chapter."""
    found = []
    most = _MOST_NOTES * len(words(tree.body))
    for label in tree.css(_LABEL):
        said = words(label)
        bare = said.rstrip(": ")
        if not 3 < len(said) <= labels.LONGEST or not said.endswith(":"):
            continue
        known = labels.find(bare)
        name = known.names[0] if known else "note" if _NOTES.fullmatch(bare) else ""
        if bare.lower() == "chapter summary":
            name = "note"
        above = label.parent
        if name not in ("note", "summary") or above is None or above.mem_id in holders:
            continue
        if name == "summary" and (
            above.tag != "blockquote"  # elsewhere all header lines may stand in one element
            or bare.lower() not in ("summary", "story summary")
            or words(above) == said
        ):
            continue
        if len(words(above)) > most:  # the story, which begins with a note
            continue
        if words(above).startswith(said) and above.css_first("form, select, hr, table") is None:
            found.append((above, name))
    return found
