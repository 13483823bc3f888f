"""Lists: of stories, of threads, of a folder's files, of links."""

from __future__ import annotations

import re
from collections import Counter

from ficshelf.passes import labels
from ficshelf.readers.nostory import weighing
from ficshelf.readers.nostory.sight import Line, PageSight, is_way

_HEADED = 200  # letters told below one header that make it a story's
_FOLDER = re.compile(r"index of /|directory listing (?:for|of) /|\S+ - /\S*/$", re.IGNORECASE)
_UP = re.compile(r"\[?to parent directory\]?|parent directory|\.\./", re.IGNORECASE)
_WORK = re.compile(
    r"viewstory\.php|viewseries\.php|/works/\d+|/s/\d+|storyid=|read\.php|/story/|/fiction/\d+|/fanfic|fic\.php|"
    r"histoire|"
    r"\.(?:s?html?|txt|docx?|pdf|epub|rtf|zip)(?:[?#].*)?$|/\d{4}/\d\d/|/series/\d+|^https?://",
    re.IGNORECASE,
)
_INDEX = re.compile(
    r"browse\.php|categor|/tags?/|list=|toplists|viewuser|authors\.php\?(?!let)|/users/\w+/works|viewforum",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"review|comment|reply|mode=|#|/u/\d|/users?/|profile|userid=|memberlist|auteur\.php|report|mailto|login|skip=|"
    r"offset=|[?&]page=|[?&]C=|sort=",
    re.IGNORECASE,
)
_PERSON = re.compile(r"viewuser|/u/\d|/users?/|profile|userid=|memberlist|auteur\.php", re.IGNORECASE)
_THREADS = (
    ".topictitle, .forumline a[href*=viewforum], a[href*=viewforum], a[href*=showforum], .structItem-title a, "
    ".threadtitle"
)
_POSTS = ".post .content, .postbody, .message-body, .post_message, .postcontent"
_BLURBS = (
    "li.blurb, .z-list, .listbox .title a[href*=viewstory], .listbox h2 a[href*=viewstory], .storyblock, .story-card"
)
_MORE = re.compile(
    r"\W*(?:read more|continue reading|read the rest|more\b|lire la suite|weiterlesen|seguir leyendo|leer más|"
    r"читать дальше).*|"
    r"\(\W.{0,60}\W\)",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:by|von|par|por|di|автор)\b|rated|rating|\b(?:G|K\+?|PG(?:-13)?|R|NC-17|T|M)\b|words?\b|chapters?\b|"
    r"summary|"
    r"comments?\b|reviews?\b|reads\b|chapitres?|kapitel|\d+k\b|\d{2}:\d{2}",
)
_NAMES = re.compile(
    r"(?:.*\W)?(?:fiction|fan ?fic(?:tion)?s?|stories|fics?|recs?|recommendations|links|index|works|titles|"
    r"authors|bookmarks|"
    r"master ?list|series|archives?|categories|search results|advanced search|results for|tags|most recent|"
    r"challenges|"
    r"favou?rites|newsletter|liste|geschichten|histoires|historias|фанфик\w*)(?:\W.*)?",
    re.IGNORECASE,
)
_SEARCH = re.compile(
    r"(?:.*\W)?(?:advanced search|search results|search the archive|"
    r"simple search)\W*",
    re.IGNORECASE,
)
_THREAD_NAMES = re.compile(r".*(?:view forum|index page|message board|\bboard\b).*", re.IGNORECASE)


def kind_of(sight: PageSight) -> str:
    """The kind of list that a page is; "" for any other."""
    if _folder(sight):
        return "folder listing"
    if len(sight.tree.css(_THREADS)) >= 2 and not sight.has(_POSTS):
        return "forum index"
    blurbs = len(sight.tree.css(_BLURBS))
    if blurbs >= 2 and not _is_told(sight):
        return "list of stories"
    if any(_SEARCH.fullmatch(name) for name in sight.names) and sight.stretch < 400 and sight.tells < 2:
        return "list of stories"
    return _entries(sight)


def _is_told(sight: PageSight) -> bool:
    """Whether a story stands beside a list. What lists say of stories is short."""
    return sight.tells >= 4 and sight.stretch > 1200


def _folder(sight: PageSight) -> bool:
    links = [link for line in sight.lines for link in line.links]
    if not links or sight.tells >= 3:
        return False
    ups = sum(_UP.fullmatch(link.text) is not None for link in links)
    return any(_FOLDER.match(name) for name in sight.names) and (ups > 0 or len(links) >= 2)


def _is_headed(sight: PageSight) -> bool:
    """Whether one header stands above what is told, as over a story that was posted: a list has labels for each."""
    found = [labels.find(line.text.partition(":")[0].strip("* ")) for line in sight.lines if line.labelled]
    names = Counter(label.names[0] for label in found if label is not None)
    again = any(count > 1 for name, count in names.items() if name != "title")  # which may stand above the post as well
    return "title" in names and len(names) >= 4 and not again and sight.stretch > _HEADED


def _entries(sight: PageSight) -> str:
    """A page on which line after line begins with a link to somewhere, and nothing is told between."""
    works: list[Line] = []
    others: list[Line] = []
    more = 0
    hrefs: set[str] = set()
    people = replies = 0
    for line in sight.lines:
        found = [link for link in line.links if not is_way(link.text) and len(link.text) > 1]
        more += any(_MORE.fullmatch(link.text) for link in found)
        if found and _PERSON.search(found[0].href) and found[0].before < 4:
            people += 1
        first = next((link for link in found if not _ASIDE.search(link.href)), None)
        if (
            first is None
            or first.before > 14
            or (len(first.text) > 70 and first.text[-1] in '.!?”"')
            or first.text.endswith((".", "?”", ".”"))
        ):
            others.append(line)
            continue
        if _WORK.search(first.href) or _INDEX.search(first.href) or re.search(r"\d", first.href):
            works.append(line)
            hrefs.add(first.href)
            replies += first.text.startswith(("Re:", "RE:"))
        else:
            others.append(line)
    if people >= 5 and len(works) < 2 and sight.stretch < 150 and sight.tells < 2:
        return "list of stories"
    if len(hrefs) < 2 or _is_headed(sight):
        return ""
    narrated = sum(1 for line in others if not line.labelled and line.told > 60)
    if sight.tells >= 3 and sight.stretch > 300:
        return ""
    if more >= 2 and sight.stretch < 700:
        return "list of stories"
    if len(hrefs) < 3:
        return ""
    says = sum(_SAYS.search(line.text) is not None for line in sight.lines) >= len(hrefs)
    named = any(_NAMES.fullmatch(name) for name in sight.names)
    marked = sum(line.hint in {"li", "table"} for line in works) * 2 > len(works)
    spare = sum(line.told for line in others if not line.labelled)
    if sight.stretch > 700 or spare > 450 * len(hrefs):
        return ""
    if not (
        spare <= 10 * len(hrefs)
        or named
        or (says and spare < 250 * len(hrefs))
        or (marked and spare < 200)
        or (len(hrefs) >= 5 and spare < 60 * len(hrefs))
    ):
        return ""
    if (not says and not named and narrated > len(hrefs)) or weighing.has_quiet_stretch(sight.lines):
        return ""
    is_forum = (replies and replies * 4 >= len(works)) or any(_THREAD_NAMES.fullmatch(name) for name in sight.names)
    return "forum index" if is_forum else "list of stories"
