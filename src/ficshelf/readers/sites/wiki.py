"""Pages of a MediaWiki: Wikia, Fandom and wikis of their own, where some fandoms keep stories."""

from __future__ import annotations

from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.layout import Layout

LAYOUT = Layout(
    clues=tag_set("mw-content-text mw-parser-output WikiaArticle"),
    story="#mw-content-text",
    facts={"title": "#firstHeading, .page-header__title, .WikiaPageHeader h1, .mw-first-heading"},
    furniture=".toc, #toc, .mw-editsection, .editsection, .navbox, .printfooter, .portable-infobox, .RelatedPages, "
    ".NavFrame, .noprint, .mw-jump-link, .thumbinner .magnify, .article-comments",
)
