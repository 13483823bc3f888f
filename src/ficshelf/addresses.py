"""Addresses of fan-fiction archives: which story, chapter, review page or person one leads to, by its form alone.

The table below holds the forms that archives' programs gave their pages. Addresses come out of links, of crawls and of
the names of saved files, so a host may be missing, and what a browser or a mirror appends is passed over.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote_plus

LONGEST = 2000  # characters of an address that is looked at

CHAPTER, STORY, WHOLE, CONTENTS = "chapter", "story", "whole", "contents"  # pages that a story is put together from
REVIEWS, PERSON, SERIES, LIST = "reviews", "person", "series", "list"  # pages about stories


class Address(NamedTuple):
    """Where an address leads. `kind` is one of the words above; "story" is the story's own page, which shows its
    contents or its first chapter, "whole" all chapters on one page. `site` is the host and the folder that the
    archive's program lies in, without scheme and `www.`; `key` what the archive calls the story, person or series.
    `chapter` is the chapter's number as the archive counts, `place` what else it calls it by: a number that grows."""

    program: str
    kind: str
    site: str
    key: str
    chapter: int | None = None
    place: int | None = None

    @property
    def story(self) -> str:
        """One name for all pages of one story; "" where the address is of no story."""
        return f"{self.site}|{self.program}|{self.key}" if self.kind in _OF_STORIES and self.key else ""


_OF_STORIES = frozenset({CHAPTER, STORY, WHOLE, CONTENTS, REVIEWS})


class Path(NamedTuple):
    """A pattern of paths, and the letters that all of them hold, so that it is tried where it may fit alone."""

    pattern: re.Pattern[str]
    literal: str


class Form(NamedTuple):
    """A form of an archive's addresses. `path` is matched against all of the address behind the host, without its
    query; its groups `base`, `key`, `chapter`, `place` fill the fields of those names."""

    program: str
    kind: str
    path: Path
    wants: tuple[tuple[str, str], ...] = ()  # parameters that must be there, each with what its value must be
    fills: tuple[tuple[str, str], ...] = ()  # parameters that fill fields: (parameter, field)
    host: re.Pattern[str] | None = None

    def fits(self, host: str, path: str, lowered: str, query: dict[str, str]) -> re.Match[str] | None:
        """The match of the path, where all of the address has this form."""
        if self.path.literal not in lowered:
            return None
        if self.host is not None and not self.host.fullmatch(host):
            return None
        if not all(_has(query, *want) for want in self.wants):
            return None
        return self.path.pattern.fullmatch(path)


def _path(pattern: str) -> Path:
    literal = re.match(r"[a-zA-Z/-]*", pattern)
    assert literal is not None
    whole = re.compile(rf"(?P<base>.*?)/?\b{pattern}(?:\.html?)?/?", re.IGNORECASE)
    return Path(whole, literal[0].lower())


_NUMBER = r"\d{1,12}"
_LJ = re.compile(
    r".*\b(?:livejournal|dreamwidth|insanejournal|journalfen|deadjournal|greatestjournal|scribbld)\.(?:com|org|net)",
    re.IGNORECASE,
)
_FFNET = re.compile(r".*\b(?:fanfiction|fictionpress)\.(?:net|com)", re.IGNORECASE)
_SID = (("sid", _NUMBER),)
_VIEWSTORY = _path(r"viewstory\.php")
_REVIEWS_PHP = _path(r"(?:reviews?|member/reviews)\.php")

FORMS = (
    # eFiction 1 to 5. `chapter` is the chapter's place from 1.
    Form("eFiction", WHOLE, _VIEWSTORY, (*_SID, ("chapter", "all")), (("sid", "key"),)),
    Form("eFiction", WHOLE, _VIEWSTORY, (*_SID, ("action", "printable"), ("chapter", "")), (("sid", "key"),)),
    Form("eFiction", CONTENTS, _VIEWSTORY, (*_SID, ("index", "1")), (("sid", "key"),)),
    Form("eFiction", CHAPTER, _VIEWSTORY, (*_SID, ("chapter", _NUMBER)), (("sid", "key"), ("chapter", "chapter"))),
    Form("eFiction", CHAPTER, _VIEWSTORY, (*_SID, ("i", _NUMBER)), (("sid", "key"), ("i", "chapter"))),
    Form("eFiction", STORY, _VIEWSTORY, _SID, (("sid", "key"),)),
    Form("eFiction", REVIEWS, _REVIEWS_PHP, (("item", _NUMBER), ("type", "SE")), ()),
    Form("eFiction", REVIEWS, _REVIEWS_PHP, (("item", _NUMBER), ("type", "ST"), ("chapid", _NUMBER)),
         (("item", "key"), ("chapid", "place"))),
    Form("eFiction", REVIEWS, _REVIEWS_PHP, (("item", _NUMBER), ("chapid", _NUMBER)),
         (("item", "key"), ("chapid", "place"))),
    Form("eFiction", REVIEWS, _REVIEWS_PHP, (("item", _NUMBER),), (("item", "key"),)),
    Form("eFiction", REVIEWS, _REVIEWS_PHP, (*_SID, ("chapter", _NUMBER)), (("sid", "key"), ("chapter", "chapter"))),
    Form("eFiction", REVIEWS, _REVIEWS_PHP, _SID, (("sid", "key"),)),
    Form("eFiction", PERSON, _path(r"viewuser\.php"), (("uid", _NUMBER),), (("uid", "key"),)),
    Form("eFiction", SERIES, _path(r"viewseries\.php"), (("seriesid", _NUMBER),), (("seriesid", "key"),)),
    Form("eFiction", SERIES, _path(r"series\.php"), (("seriesid", _NUMBER),), (("seriesid", "key"),)),
    Form("eFiction", LIST, _path(r"(?:browse|titles|authors|categories|toplists|toptens|member|members)\.php")),
    # otwarchive. Chapters have numbers that are no places, but grow.
    Form("otwarchive", CONTENTS, _path(rf"works/(?P<key>{_NUMBER})/navigate")),
    Form("otwarchive", REVIEWS, _path(rf"works/(?P<key>{_NUMBER})/chapters/(?P<place>{_NUMBER})/comments")),
    Form("otwarchive", REVIEWS, _path(rf"works/(?P<key>{_NUMBER})/(?:comments|kudos|bookmarks)")),
    Form("otwarchive", WHOLE, _path(rf"works/(?P<key>{_NUMBER})"), (("view_full_work", "true"),)),
    Form("otwarchive", CHAPTER,
         _path(rf"(?:collections/[^/]{{1,99}}/)?works/(?P<key>{_NUMBER})/chapters/(?P<place>{_NUMBER})")),
    Form("otwarchive", STORY, _path(rf"(?:collections/[^/]{{1,99}}/)?works/(?P<key>{_NUMBER})")),
    Form("otwarchive", WHOLE, _path(rf"downloads/(?:[^/]{{1,9}}/[^/]{{1,99}}/)?(?P<key>{_NUMBER})/[^/]{{1,200}}")),
    Form("otwarchive", PERSON,
         _path(r"users/(?P<key>[^/]{1,99})(?:/(?:profile|pseuds(?:/[^/]{1,99})?|works|series))?")),
    Form("otwarchive", SERIES, _path(rf"series/(?P<key>{_NUMBER})")),
    # FanFiction.Net and FictionPress, new and old
    Form("FanFiction.Net", CHAPTER, _path(rf"s/(?P<key>{_NUMBER})/(?P<chapter>{_NUMBER})(?:/[^/]{{0,200}})?")),
    Form("FanFiction.Net", STORY, _path(rf"s/(?P<key>{_NUMBER})")),
    Form("FanFiction.Net", REVIEWS,
         _path(rf"r/(?P<key>{_NUMBER})(?:/(?P<chapter>{_NUMBER}))?(?:/{_NUMBER})?")),
    Form("FanFiction.Net", PERSON, _path(rf"u/(?P<key>{_NUMBER})(?:/[^/]{{0,99}})?")),
    Form("FanFiction.Net", CHAPTER, _path(r"read\.php"), (("storyid", _NUMBER), ("chapter", _NUMBER)),
         (("storyid", "key"), ("chapter", "chapter")), _FFNET),
    Form("FanFiction.Net", STORY, _path(r"(?:read|index)\.(?:php|fic)"), (("storyid", _NUMBER),), (("storyid", "key"),),
         _FFNET),
    Form("FanFiction.Net", PERSON, _path(r"profile\.php"), (("userid", _NUMBER),), (("userid", "key"),), _FFNET),
    # The others that number story and chapter
    Form("Sugar Quill", CHAPTER, _path(r"read\.php"), (("storyid", _NUMBER), ("chapno", _NUMBER)),
         (("storyid", "key"), ("chapno", "chapter"))),
    Form("Sugar Quill", STORY, _path(r"read\.php"), (("storyid", _NUMBER),), (("storyid", "key"),)),
    Form("AdultFanFiction", CHAPTER, _path(r"story\.php"), (("no", _NUMBER), ("chapter", _NUMBER)),
         (("no", "key"), ("chapter", "chapter"))),
    Form("AdultFanFiction", STORY, _path(r"story\.php"), (("no", _NUMBER),), (("no", "key"),)),
    Form("AdultFanFiction", REVIEWS, _path(r"review\.php"), (("no", _NUMBER),), (("no", "key"),)),
    Form("Twisting the Hellmouth", CHAPTER,
         _path(rf"Story-(?P<key>{_NUMBER})-(?P<chapter>{_NUMBER})(?:/[^/]{{0,200}})?")),
    Form("Twisting the Hellmouth", STORY, _path(rf"Story-(?P<key>{_NUMBER})(?:/[^/]{{0,200}})?")),
    Form("Twisting the Hellmouth", REVIEWS, _path(rf"Reviews-(?P<key>{_NUMBER})(?:-{_NUMBER})?(?:/[^/]{{0,200}})?")),
    Form("AsianFanfics", CHAPTER, _path(rf"story/view/(?P<key>{_NUMBER})/(?P<chapter>{_NUMBER})(?:/[^/]{{0,200}})?")),
    Form("AsianFanfics", STORY, _path(rf"story/view/(?P<key>{_NUMBER})(?:/[^/]{{0,200}})?")),
    Form("FIMFiction", CHAPTER,
         _path(rf"story/(?P<key>{_NUMBER})/(?P<chapter>{_NUMBER})(?:/[^/]{{0,200}}){{0,2}}")),
    Form("Royal Road", CHAPTER,
         _path(rf"fiction/(?P<key>{_NUMBER})/[^/]{{1,200}}/chapter/(?P<place>{_NUMBER})(?:/[^/]{{0,200}})?")),
    Form("Royal Road", STORY, _path(rf"fiction/(?P<key>{_NUMBER})(?:/[^/]{{1,200}})?")),
    Form("MediaMiner", CHAPTER, _path(r"view_ch\.php"), (("id", _NUMBER), ("cid", _NUMBER)),
         (("id", "key"), ("cid", "place"))),
    Form("MediaMiner", STORY, _path(r"view_st\.php(?:/(?P<key>\d{1,12}))?"), (), (("id", "key"),)),
    # Journals: an entry a page; what comes behind it in the query are its comments
    Form("journal", REVIEWS, _path(rf"(?P<key>{_NUMBER})"), (("thread", _NUMBER),), (), _LJ),
    Form("journal", REVIEWS, _path(rf"(?P<key>{_NUMBER})"), (("page", _NUMBER),), (), _LJ),
    Form("journal", REVIEWS, _path(rf"(?P<key>{_NUMBER})"), (("mode", "reply"),), (), _LJ),
    Form("journal", STORY, _path(rf"(?P<key>{_NUMBER})"), (), (), _LJ),
    Form("journal", LIST, _path(r"tag(?:/[^/]{0,200})?"), (), (), _LJ),
    Form("journal", PERSON, _path(r"(?P<key>profile)"), (), (), _LJ),
    # Automated Archive: a page a story
    Form("Automated Archive", STORY, _path(rf"archive/(?P<key>{_NUMBER}/[^/?#]{{1,200}}?)")),
)  # fmt: skip

_KEPT_QUERY = re.compile(r"%3F|(?<=\.php)@", re.IGNORECASE)  # how mirrors write `?` where it is a file's name
_SCHEME = re.compile(r"\s*https?:/{1,2}", re.IGNORECASE)


def read(url: str) -> Address | None:
    """Where an address leads; None where no archive's form fits. It may lack its host: then its first folders are
    `site`."""
    host, path, query = parts(url[:LONGEST])
    path = path.removesuffix("/index.html") or path
    if not path.strip("/") and not query:
        return None
    lowered = path.lower()
    for form in FORMS:
        if (found := form.fits(host, path, lowered, query)) is None:
            continue
        told = {name: value for name, value in found.groupdict().items() if value}
        told |= {field: query[name] for name, field in form.fills if name in query}
        return Address(
            form.program,
            form.kind,
            (host + told.get("base", "")).strip("/"),
            told.get("key", "").lower(),
            _int(told.get("chapter")),
            _int(told.get("place")),
        )
    return None


def parts(url: str) -> tuple[str, str, dict[str, str]]:
    """The host of an address without `www.`, its path, and its query, in lower case but for the path."""
    url = url.partition("#")[0].strip()
    found = _SCHEME.match(url)
    host = ""
    if found or url.startswith("//"):
        host, slash, url = (url[found.end() :] if found else url[2:]).partition("/")
        if not slash and "?" in host:
            host, _, url = host.partition("?")
            url = f"?{url}"
        url = slash + url
    path, _, query = url.partition("?") if "?" in url else _KEPT_QUERY.sub("?", url, count=1).partition("?")
    host = host.lower().removeprefix("www.").partition(":")[0]
    return host, path if path.startswith("/") else f"/{path}", _query(query)


def _query(query: str) -> dict[str, str]:
    """The parameters of a query; pages that were saved twice over write `&amp;`. A page's ending stands behind the last
    value where a mirror put one."""
    found: dict[str, str] = {}
    for pair in re.split(r"&(?:amp;)*|;", query)[:40]:
        name, _, value = pair.partition("=")
        value = re.sub(r"\.(?:html?|php|orig|\d)$", "", unquote_plus(value), flags=re.IGNORECASE)
        found.setdefault(unquote_plus(name).lower(), value.strip().lower())
    return found


def _has(query: dict[str, str], name: str, wanted: str) -> bool:
    if not wanted:
        return not query.get(name)
    return re.fullmatch(wanted, query.get(name, ""), re.IGNORECASE) is not None


def _int(said: str | None) -> int | None:
    return int(said) if said and said.isdecimal() else None
