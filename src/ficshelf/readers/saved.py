"""How a page was saved, and what the saving added: a toolbar, a header, a comment with the address, rewritten links.

- browsers write `<!-- saved from url=(0031)http://… -->` on top, SingleFile a comment of several lines, HTTrack one
  that begins with `Mirrored from`;
- the Wayback Machine puts a toolbar between two comments and its own address before every link;
- search engines put a header over the copies that they kept;
- free hosts (Geocities, Angelfire, Tripod) put their banners around the page.

Some archives fence the story by two comments instead of naming an element; `fences` makes an element of that.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficshelf.readers.marks import original
from ficshelf.readers.sites.plan import Plan, words

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,6}\)(?P<url>[^\s>]{8,2000})", re.IGNORECASE)
_SINGLE_FILE = re.compile(
    r"<!--\s*Page saved with SingleFile[^>]{0,200}?\burl:\s*(?P<url>[^\s>]{8,2000})", re.IGNORECASE
)
_MIRRORED = re.compile(r"<!--\s*Mirrored from (?P<url>[^\s>]{4,2000}) by HTTrack", re.IGNORECASE)
_FENCE = re.compile(
    r"<!--+\s*(?:(?P<open>(?:begin|start)(?: of)?(?: the)?\s+(?:story|fic|fanfic|fiction|chapter|main content)"
    r"(?: text| body)?(?: here)?|headerend|(?:story|chapter|fic)(?: text)?\s*(?:begins?|starts?)(?: here)?)|"
    r"(?P<close>end(?: of)?(?: the)?\s+(?:story|fic|fanfic|fiction|chapter|main content|storytext)(?: text| body)?"
    r"(?: here)?|footerstart|(?:story|chapter|fic)(?: text)?\s*(?:ends?|stops?)(?: here)?))\s*-{2,}>",
    re.IGNORECASE,
)
_TOOLBARS = {
    "web archive's toolbar": "#wm-ipp-base, #wm-ipp, #wm-ipp-print, #donato, #wm-toolbar",
    "search engine's header": "#google-cache-hdr, [id$=__google-cache-hdr], #cacheHeader, .cacheHeader",
    "host's banner": "#tb_container, #FooterAd, #lycosFooterAd, .adCenterClass, #tripodAd",
}
_NOT_AFFILIATED = "nor responsible for its content"
_LONGEST_HEADER = 1500  # characters of a search engine's header
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def fences(html: str) -> str:
    """The markup with an element around what stands between two comments that say that the story begins and ends."""
    found = list(_FENCE.finditer(html)) if "<!--" in html else []
    if len(found) != 2 or not found[0]["open"] or not found[1]["close"]:
        return html
    first, last = found
    return f'{html[: first.start()]}<div class="fenced">{html[first.end() : last.start()]}</div>{html[last.end() :]}'


def find(tree: LexborHTMLParser, html: str, plan: Plan) -> None:
    """Say in the plan what the saving added, and what address the page had."""
    if not any(name == "url" for name, *_ in plan.facts) and (url := _address(tree, html)):
        plan.fact("url", url)
    for reason, selector in _TOOLBARS.items():
        plan.chrome(reason, tree.css(selector))
    if _NOT_AFFILIATED in html:
        plan.chrome("search engine's header", _headers(tree))


def _address(tree: LexborHTMLParser, html: str) -> str:
    top = html[:5000]
    if found := (_SAVED_FROM.search(top) or _SINGLE_FILE.search(top)):
        return _clean(found["url"])
    if found := _MIRRORED.search(html[:200_000]):
        return _clean(f"http://{found['url']}")
    for selector, attribute in (
        ("#wmtbURL", "value"), ("link[rel=canonical]", "href"), ("meta[property='og:url']", "content"),
    ):  # fmt: skip
        node = tree.css_first(selector)
        if node is not None and (url := _clean(node.attributes.get(attribute) or "")):
            return url
    base = tree.css_first("base") if _NOT_AFFILIATED in html else None
    return _clean(base.attributes.get("href") or "") if base is not None else ""


def _clean(url: str) -> str:
    """An address that can be kept: as it was before the archive rewrote it, "" for a file or a host alone."""
    url = original(url.strip())
    return url if _ADDRESS.fullmatch(url) and url.count("/") >= 3 and not url.endswith("://") else ""


def _headers(tree: LexborHTMLParser) -> list[LexborNode]:
    """The outermost element that holds a search engine's header and not much more."""
    for node in tree.css("table, div, center, td, p, font"):
        if len(node.text(deep=True) or "") < _LONGEST_HEADER and _NOT_AFFILIATED in words(node):
            return [node]
    return []
