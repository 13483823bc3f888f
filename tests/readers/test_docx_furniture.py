"""What a word processor puts around a story: contents, drop caps, page headers, comments, hyphens that are not seen."""

from __future__ import annotations

import io
import zipfile

from ficshelf import conserve
from ficshelf.model import Draft
from ficshelf.readers import docx
from ficshelf.reading import read_source

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = f'<w:styles xmlns:w="{W}">' + "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{called}"/></w:style>'
    for name, called in (("H1", "heading 1"), ("T1", "toc 1"), ("TH", "TOC Heading"), ("Title", "Title"))
)


def p(text: str, looks: str = "") -> str:
    return f'<w:p><w:pPr>{looks}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def made(body: str, **parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        archive.writestr("word/styles.xml", STYLES + "</w:styles>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f'<w:x xmlns:w="{W}">{content}</w:x>')
    return stream.getvalue()


def read(body: str, **parts: str) -> Draft:
    draft = docx.read(made(body, **parts), "story.docx")
    spans = [span for node in draft.nodes for span in node.spans] + [one.span for one in draft.chrome]
    assert not conserve.uncovered(draft.text, spans)
    return draft


def apart(draft: Draft) -> list[tuple[str, str]]:
    return [(one.reason, draft.text[one.span.start : one.span.end]) for one in draft.chrome]


def test_a_list_of_contents_is_known_by_its_styles() -> None:
    listed = p("Contents", '<w:pStyle w:val="TH"/>') + p("Chapter 1\t2", '<w:pStyle w:val="T1"/>')
    draft = read(p("The Lamp") + listed + p("Chapter 1", '<w:pStyle w:val="H1"/>') + p("It went out."))
    assert [node.text for node in draft.nodes] == ["The Lamp", "Chapter 1", "It went out."]
    assert apart(draft) == [("contents", "Contents"), ("contents", "Chapter 1 2")]


def test_a_drop_cap_belongs_to_the_word_that_it_begins() -> None:
    cap = p("T", '<w:framePr w:dropCap="drop" w:lines="3"/>')
    assert [node.text for node in read(cap + p("he lamp went out.")).nodes] == ["The lamp went out."]
    assert [node.text for node in read(p("It went out.") + cap).nodes] == ["It went out.", "T"]


def test_hyphens_that_are_not_seen_are_not_read() -> None:
    (node,) = read(p("an un\u00adlit lamp\u00ad.")).nodes
    assert (node.text, node.spans[0].end) == ("an unlit lamp.", 16)


def test_page_headers_footers_and_comments_stand_apart() -> None:
    draft = read(p("It went out."), header1=p("Ann / 3"), footer2=p("Page 3"), comments=p("Really?"), settings=p("x"))
    assert [node.text for node in draft.nodes] == ["It went out."]
    assert apart(draft) == [("page footer", "Page 3"), ("page header", "Ann / 3"), ("comment", "Really?")]


def test_a_page_break_above_a_heading_is_the_edge_of_a_chapter() -> None:
    turned = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
    chapters = [p(f"Chapter {n}", '<w:pStyle w:val="H1"/>') + p("It went out, and nobody knew why.") for n in (1, 2)]
    _, draft = read_source(made(p("The Lamp", '<w:pStyle w:val="Title"/>') + turned.join(chapters)), "a.docx")
    assert [node.text for node in draft.nodes if node.kind == "heading"] == ["Chapter 1", "Chapter 2"]
    assert not [node for node in draft.nodes if node.kind == "break"]
