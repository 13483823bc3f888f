"""Books as the programs made them that people save fan fiction with: title pages state, furniture is chrome.

The markup is what each program writes; the stories are our own.
"""

# ruff: noqa: E501 - markup as the programs write it
from __future__ import annotations

import io
import zipfile

from ficshelf import conserve
from ficshelf.model import Source, Work
from ficshelf.reading import read

ONE = ["The lamp had gone out again, and nobody on the ship would say why it had.", "“It’s the cat,” said Marta."]
TWO = ["In the morning it was burning, and the cat was gone, and so was the captain’s breakfast.", "Nobody cried."]
PAGE = '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>{}</title></head>{}</html>'


def prose(paragraphs: list[str], attributes: str = "") -> str:
    return "".join(f"<p{attributes}>{one}</p>" for one in paragraphs)


def book(metadata: str, pages: dict[str, tuple[str, str]], *, title: str = "The Lamp") -> bytes:
    """An EPUB of pages: name → (label in the contents, or "" for none; body)."""
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(pages)
    )
    refs = "".join(f'<itemref idref="i{n}"/>' for n in range(len(pages)))
    points = "".join(
        f"<navPoint><navLabel><text>{label}</text></navLabel><content src='{name}'/></navPoint>"
        for name, (label, _) in pages.items()
        if label
    )
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="2.0"><metadata xmlns:opf="http://www.idpf.org/2007/opf" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>{metadata}</metadata><manifest>{items}'
        '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest>'
        f'<spine toc="ncx">{refs}</spine></package>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        container = '<container><rootfiles><rootfile full-path="content.opf"/></rootfiles></container>'
        archive.writestr("META-INF/container.xml", container)
        archive.writestr("content.opf", opf)
        archive.writestr(
            "toc.ncx", f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{points}</navMap></ncx>'
        )
        for name, (label, body) in pages.items():
            archive.writestr(name, PAGE.format(label or title, body))
    return stream.getvalue()


def told(data: bytes) -> tuple[Work, dict[str, list[str | bool]], Source]:
    reading = read([(data, "book.epub")])
    (work,) = reading.works
    (source,) = reading.sources
    assert not conserve.lost(source, [work])
    return (
        work,
        {name: [fact.value for fact in found if fact.how == "stated"] for name, found in work.facts.items()},
        source,
    )


def chapters(work: Work) -> list[tuple[int | None, str | None, list[str]]]:
    return [
        (one.number, one.title, [block.text for block in one.blocks if block.kind == "paragraph"])
        for one in work.chapters
    ]


FFF_FACTS = {
    "Category": '<a href="http://a.example/c">Original Ships</a>', "Genre": "Humor, Mystery", "Language": "English",
    "Characters": "Marta, The Cat", "Relationships": "Marta/The Captain", "Status": "Completed",
    "Published": "2009-03-01", "Updated": "2009-04-01", "Packaged": "2019-05-05 10:11:12", "Rating": "Teen",
    "Warnings": "None", "Chapters": "2", "Words": "41", "Publisher": "a.example",
    "Story URL": '<a href="http://a.example/s/1">http://a.example/s/1</a>',
    "Summary": "A lamp goes out on a ship.",
}  # fmt: skip
FFF_META = (
    '<dc:creator opf:role="aut">Ann Ambler</dc:creator><dc:contributor opf:role="bkp">FanFicFare</dc:contributor>'
    "<dc:language>en</dc:language><dc:publisher>a.example</dc:publisher><dc:identifier>fanficfare-uid:a.example-uAnn-s1"
    "</dc:identifier><dc:source>http://a.example/s/1</dc:source><dc:subject>Humor</dc:subject>"
)


def fanficfare(titlepage: str, *, log: bool = False) -> bytes:
    pages = {"OEBPS/title_page.xhtml": ("Title Page", f'<body class="fff_titlepage">{titlepage}</body>')}
    if log:
        body = '<h3>Update Log</h3><p class="entry"><b>Updated:</b> 2019-05-05<br/><b>Chapters added:</b> 2</p>'
        pages["OEBPS/log_page.xhtml"] = ("Update Log", f'<body class="fff_logpage">{body}</body>')
    toc = '<div><h3>Table of Contents</h3><a href="file0001.xhtml">1. Out</a><br/><a href="file0002.xhtml">2. In</a></div>'
    pages["OEBPS/toc_page.xhtml"] = ("Table of Contents", f'<body class="fff_tocpage">{toc}</body>')
    for number, (label, said) in enumerate((("1. Out", ONE), ("2. In", TWO)), 1):
        body = f'<body class="fff_chapter"><h3 class="fff_chapter_title">{label}</h3>{prose(said)}</body>'
        pages[f"OEBPS/file{number:04}.xhtml"] = (label, body)
    return book(FFF_META, pages)


def test_fanficfare_s_books() -> None:
    head = '<h3><a href="http://a.example/s/1">The Lamp</a> by <a class="authorlink" href="http://a.example/u">Ann Ambler</a></h3>'
    lines = "".join(f"<b>{label}:</b> {value}<br />" for label, value in FFF_FACTS.items())
    rows = "".join(f"<tr><td><b>{label}:</b></td><td>{value}</td></tr>" for label, value in FFF_FACTS.items())
    for page in (f"{head}<div>{lines}</div>", f'{head}<table class="full">{rows}</table>'):
        for log in (False, True):
            work, facts, source = told(fanficfare(page, log=log))
            assert chapters(work) == [(1, "Out", ONE), (2, "In", TWO)]
            wanted = {
                "title": ["The Lamp"], "author": ["Ann Ambler"], "fandom": ["Original Ships"],
                "genre": ["Humor", "Mystery"], "character": ["Marta", "The Cat"], "relationship": ["Marta/The Captain"],
                "rating": ["Teen"], "published": ["2009-03-01"], "updated": ["2009-04-01"], "words": ["41"],
                "summary": ["A lamp goes out on a ship."], "complete": [True], "url": ["http://a.example/s/1"],
            }  # fmt: skip
            assert {name: facts.get(name) for name in wanted} == wanted
            assert "contents" in {one.reason for one in source.chrome}
            assert "Packaged" not in str(facts)


def test_fichub_s_books() -> None:
    intro = (
        "<body><div><h1>The Lamp</h1><p><b>By: Ann Ambler</b></p><hr/><p>A lamp goes out on a ship.</p><p>Status: complete</p>"
        "<p>Published: 2009-03-01</p><p>Updated: 2009-04-01</p><p>Words: 41</p><p>Chapters: 2</p><p>Original source: "
        '<a href="http://a.example/s/1">http://a.example/s/1</a></p><hr/><p>Exported with the assistance of '
        '<a href="https://fichub.example">FicHub</a></p></div></body>'
    )
    meta = "<dc:creator>Ann Ambler</dc:creator><dc:identifier>http://a.example/s/1</dc:identifier>"
    pages = {"introduction.xhtml": ("Introduction", intro)}
    for number, (label, said) in enumerate((("1. Out", ONE), ("2. In", TWO)), 1):
        pages[f"chap_{number}.xhtml"] = (label, f"<body><h2>{label}</h2>{prose(said)}</body>")
    work, facts, _ = told(book(meta, pages))
    assert chapters(work) == [(1, "Out", ONE), (2, "In", TWO)]
    assert (facts["title"], facts["author"], facts["complete"]) == (["The Lamp"], ["Ann Ambler"], [True])
    assert (facts["url"], facts["words"]) == (["http://a.example/s/1"], ["41"])


def test_calibre_s_conversions_without_headings() -> None:
    meta = '<dc:creator opf:role="aut">Ann Ambler</dc:creator><dc:contributor opf:role="bkp">calibre (3.4)</dc:contributor>'
    cut = ' class="calibre1"'
    pages = {
        "titlepage.xhtml": ("", '<body><div><svg viewBox="0 0 6 8"><image href="cover.jpeg"/></svg></div></body>'),
        "a_split_000.html": ("", f'<body class="calibre"><p class="calibre2"><b class="calibre3">Out</b></p>{prose(ONE, cut)}</body>'),
        "a_split_001.html": ("", f'<body class="calibre">{prose(TWO[:1], cut)}</body>'),
        "a_split_002.html": ("", f'<body class="calibre">{prose(TWO[1:], cut)}</body>'),
    }  # fmt: skip
    work, facts, _ = told(book(meta, pages))
    said = [one for _, _, some in chapters(work) for one in some]
    assert [one for one in said if one != "Out"] == [*ONE, *TWO]
    assert facts["title"] == ["The Lamp"]


def test_fimfiction_s_books() -> None:
    cover = '<body><div id="titlepage"><h1>The Lamp</h1><h2>by Ann Ambler</h2></div></body>'
    about = (
        '<body><div class="description"><p>A lamp goes out on a ship.</p></div><hr/><p>Tags: <b>Comedy</b></p>'
        "<p>First published: 1st Mar 2009</p></body>"
    )
    pages = {"Text/title.xhtml": ("Title Page", cover), "Text/info.xhtml": ("Description", about)}
    for number, (label, said) in enumerate((("Out", ONE), ("In", TWO)), 1):
        pages[f"Text/chapter_{number}.xhtml"] = (
            label,
            f'<body id="page"><h1>{label}</h1>{prose(said, " class=indented")}</body>',
        )
    work, facts, _ = told(book("<dc:creator>Ann Ambler</dc:creator>", pages))
    assert [one for one in chapters(work) if one[2] and one[1] in ("Out", "In")] == [
        (None, "Out", ONE),
        (None, "In", TWO),
    ]
    assert (facts["title"], facts["author"]) == (["The Lamp"], ["Ann Ambler"])


def test_a_web_serial_s_books() -> None:
    pages = {"title.xhtml": ("The Lamp", "<body><h1>The Lamp</h1><h2>Ann Ambler</h2><p>A lamp goes out.</p></body>")}
    for number, (label, said) in enumerate((("Chapter 1: Out", ONE), ("Chapter 2: In", TWO)), 1):
        pages[f"c{number}.xhtml"] = (
            label,
            f'<body><h1>{label}</h1><div class="chapter-inner">{prose(said)}</div></body>',
        )
    work, facts, _ = told(book("<dc:creator>Ann Ambler</dc:creator>", pages))
    assert [one for one in chapters(work) if one[0]] == [(1, "Out", ONE), (2, "In", TWO)]
    assert facts["author"] == ["Ann Ambler"]


def test_standard_ebooks_books() -> None:
    meta = (
        '<dc:title id="title">The Lamp</dc:title><meta property="title-type" refines="#title">main</meta>'
        '<dc:title id="sub">Or, the Cat</dc:title><meta property="title-type" refines="#sub">subtitle</meta>'
        "<dc:identifier>https://standardebooks.example/ann/lamp</dc:identifier><dc:creator>Ann Ambler</dc:creator>"
        "<dc:source>https://gutenberg.example/1</dc:source>"
    )
    typed = '<body epub:type="{}"><section epub:type="{}">{}</section></body>'
    pages = {
        "imprint.xhtml": ("Imprint", typed.format("frontmatter", "imprint", "<p>This ebook is the product of many hours.</p>")),
        "halftitle.xhtml": ("The Lamp", typed.format("frontmatter", "halftitlepage", "<h2>The Lamp</h2>")),
        "dedication.xhtml": ("Nothing moved", typed.format("bodymatter z3998:fiction", "chapter z3998:poem",
                             "<p><span>Nothing moved</span><br/><span>upon the sea</span></p><p>and that was all.</p>")),
        "one.xhtml": ("I: Out", typed.format("bodymatter z3998:fiction", "chapter",
                      f'<hgroup><h2 epub:type="ordinal z3998:roman">I</h2><p epub:type="title">Out</p></hgroup>{prose(ONE)}')),
        "colophon.xhtml": ("Colophon", typed.format("backmatter", "colophon", "<p>The cover page is a painting.</p>")),
    }  # fmt: skip
    work, facts, source = told(book(meta.removeprefix('<dc:title id="title">The Lamp</dc:title>'), pages))
    assert (facts["title"], facts["url"]) == (["The Lamp"], ["https://standardebooks.example/ann/lamp"])
    assert (work.chapters[-1].number, work.chapters[-1].title) == (1, "Out")
    assert "Nothing moved" in work.chapters[0].blocks[0].text + work.chapters[0].blocks[1].text
    assert {"imprint", "colophon", "title page"} <= {one.reason for one in source.chrome}
