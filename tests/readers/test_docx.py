"""Word-processor files: paragraphs, marks, styles, notes, tables, links, and what is not followed."""

from __future__ import annotations

import io
import zipfile

import pytest

from ficshelf import conserve, reading
from ficshelf.model import Draft
from ficshelf.readers import docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "footnotes": "word/footnotes.xml",
    "core": "docProps/core.xml",
    "relations": "word/_rels/document.xml.rels",
}
STYLES = f"""<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Quote"/></w:style></w:styles>"""


def paragraph(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def document(body: str, before: str = "", **parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml",
            f'{before}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>',
        )
        archive.writestr("word/styles.xml", STYLES)
        for name, part in parts.items():
            archive.writestr(PARTS[name], part)
    return made.getvalue()


def read(body: str, before: str = "", **parts: str) -> Draft:
    return docx.read(document(body, before, **parts), "story.docx")


def said(body: str, *fields: str, **parts: str) -> list[tuple[object, ...]]:
    return [(node.text, *(getattr(node, field) for field in fields)) for node in read(body, **parts).nodes]


def test_paragraphs_and_their_styles_in_order() -> None:
    body = (
        paragraph(run("The Ford"), '<w:pStyle w:val="T"/>')
        + paragraph(run("Chapter 1"), '<w:pStyle w:val="H1"/>')
        + paragraph(run("He waited."))
        + paragraph(run("Dear Fox,"), '<w:pStyle w:val="Q"/>')
        + paragraph(run("* * *"), '<w:jc w:val="center"/>')
        + paragraph("")
        + paragraph(run("one"), "<w:numPr/>")
    )
    assert said(body, "hint") == [
        ("The Ford", "title"),
        ("Chapter 1", "h1"),
        ("He waited.", "p"),
        ("Dear Fox,", "blockquote"),
        ("* * *", "center"),
        ("one", "li"),
    ]
    gaps = [node.gap for node in read(body).nodes]
    assert gaps[:5] == [1] * 5
    assert gaps[5] > 1  # an empty paragraph is a blank line more


def test_marks_line_breaks_and_tabs() -> None:
    body = paragraph(
        run("It was ")
        + run("not", "<w:i/>")
        + run(" over", '<w:b/><w:i w:val="0"/>')
        + "<w:r><w:br/></w:r>"
        + run("yet", "<w:strike/>")
    )
    first, second = read(body).nodes
    assert [(one.text, *one.marks) for one in first.runs] == [("It was ",), ("not", "em"), (" over", "strong")]
    assert [(one.text, *one.marks) for one in second.runs] == [("yet", "strike")]
    assert second.gap == 0
    (indented,) = read(paragraph("<w:r><w:tab/></w:r>" + run("In."))).nodes
    assert (indented.text, indented.indent) == ("In.", 4)


def test_deleted_text_and_field_codes_are_no_text() -> None:
    body = paragraph(
        run("Kept")
        + f"<w:del>{run(' gone')}</w:del><w:ins>{run(' and added')}</w:ins>"
        + '<w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r>'
    )
    assert said(body) == [("Kept and added",)]


def test_tables_keep_their_rows() -> None:
    cell = "<w:tc>{}</w:tc>"
    row = "<w:tr>" + cell.format(paragraph(run("Day"))) + cell.format(paragraph(run("Sheep"))) + "</w:tr>"
    assert said(f"<w:tbl>{row}</w:tbl>", "hint") == [("Day\tSheep", "table")]


def test_footnotes_follow_the_story_as_notes() -> None:
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1">{paragraph(run("A real ford."))}</w:footnote></w:footnotes>'
    )
    body = paragraph(run("The ford") + '<w:r><w:footnoteReference w:id="1"/></w:r>')
    assert said(body, "kind", footnotes=notes) == [("The ford[1]", ""), ("[1] A real ford.", "note")]


@pytest.mark.parametrize(
    ("target", "link"),
    [
        ("https://example.org/song", "https://example.org/song"),
        ("mailto:ann@example.org", "mailto:ann@example.org"),
        ("file:///etc/passwd", ""),
        ("javascript:alert(1)", ""),
        ("\\\\server\\share", ""),
    ],
)
def test_links_come_from_relations_and_can_do_no_harm(target: str, link: str) -> None:
    relations = f'<Relationships><Relationship Id="r1" Type="{R}/hyperlink" Target="{target}"/></Relationships>'
    body = paragraph(f'<w:hyperlink r:id="r1">{run("a song")}</w:hyperlink>')
    (node,) = read(body, relations=relations.replace("\\", "&#92;")).nodes
    assert [one.link for one in node.as_runs()] == [link]


def test_the_properties_are_guesses_and_a_machine_is_no_author() -> None:
    core = (
        '<c:coreProperties xmlns:c="x" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Ford</dc:title>'
        "<dc:creator>{}</dc:creator></c:coreProperties>"
    )
    facts = read(paragraph(run("He waited.")), core=core.format("Ann")).facts
    assert [(name, fact.value, fact.how) for name, found in facts.items() for fact in found] == [
        ("author", "Ann", "inferred"),
        ("title", "The Ford", "inferred"),
    ]
    assert "author" not in read(paragraph(run("x")), core=core.format("Microsoft Office User")).facts


def test_every_span_holds_its_line_and_nothing_is_lost() -> None:
    body = "".join(paragraph(run(f"  Line {number} went on ") + run("and on. ", "<w:i/>")) for number in range(30))
    found = reading.read([(document(body), "story.docx")])
    assert conserve.lost(found.sources[0], found.works, 0) == []
    draft = read(body)
    assert [draft.text[slice(*node.spans[0])] for node in draft.nodes] == [node.text for node in draft.nodes]


def test_entities_are_neither_expanded_nor_fetched(tmp_path) -> None:  # type: ignore[no-untyped-def]
    canary = tmp_path / "canary"
    canary.write_text("CANARY")
    bomb = "<!DOCTYPE x [<!ENTITY a 'lololol'>" + "".join(
        f"<!ENTITY {name} '{f'&{before};' * 9}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    draft = read(paragraph(run("One &i; two &x;")), bomb + f"<!ENTITY x SYSTEM 'file://{canary}'>]>")
    assert len(draft.text) < 200
    assert "CANARY" not in repr(draft)


@pytest.mark.parametrize("cut", [10, 60, 200, 400, 600])
def test_a_damaged_document_says_so(cut: int) -> None:
    whole = document(paragraph(run("He waited.")))
    found = reading.read([(whole[:cut], "story.docx")])
    assert found.works == ()
    assert found.remarks


def test_any_flipped_bit_still_gives_an_outcome() -> None:
    whole = document(paragraph(run("He waited.")) * 3)
    for place in range(0, len(whole) * 8, 89):
        data = bytearray(whole)
        data[place // 8] ^= 1 << place % 8
        draft = docx.read(bytes(data), "story.docx")
        assert all(0 <= span.start <= span.end <= len(draft.text) for node in draft.nodes for span in node.spans)
