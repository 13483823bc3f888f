"""Word-processor files: styles, marks, breaks, notes, tables and lists become lines; what is no text is left out."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ficshelf import conserve, reading
from ficshelf.model import Draft
from ficshelf.readers import docx

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>
  <w:pPr><w:jc w:val="center"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="My heading"/><w:basedOn w:val="H1"/></w:style>
<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Intense Quote"/><w:rPr><w:i/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Song"><w:name w:val="Song"/><w:pPr><w:jc w:val="center"/></w:pPr>
  <w:rPr><w:i/></w:rPr></w:style>
"""


def made(body: str, **parts: str) -> bytes:
    """A document with this body; `parts` are `styles`, `footnotes`, `endnotes`, `rels` and `core`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/styles.xml", f"<w:styles {NAMES}>{parts.get('styles', STYLES)}</w:styles>")
        for name in ("footnotes", "endnotes"):
            if name in parts:
                archive.writestr(f"word/{name}.xml", f"<w:{name} {NAMES}>{parts[name]}</w:{name}>")
        if "rels" in parts:
            archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{parts['rels']}</Relationships>")
        if "core" in parts:
            core = f'<cp xmlns:dc="http://purl.org/dc/elements/1.1/">{parts["core"]}</cp>'
            archive.writestr("docProps/core.xml", core)
    return stream.getvalue()


def p(content: str, style: str = "", looks: str = "") -> str:
    """A paragraph of runs, or of plain text."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = content if content.startswith("<") or not content else f"<w:r><w:t>{content}</w:t></w:r>"
    return f"<w:p><w:pPr>{named}{looks}</w:pPr>{runs}</w:p>"


def r(text: str, looks: str = "") -> str:
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def read(body: str, **parts: str) -> Draft:
    draft = docx.read(made(body, **parts), "story.docx")
    spans = [span for node in draft.nodes for span in node.spans] + [one.span for one in draft.chrome]
    assert not conserve.uncovered(draft.text, spans)
    return draft


def shown(draft: Draft) -> list[tuple[str, str]]:
    return [(node.hint, node.text) for node in draft.nodes]


def runs(draft: Draft) -> list[tuple[str, ...]]:
    return [(run.text, *run.marks) for node in draft.nodes for run in node.as_runs()]


def test_a_paragraph_is_a_line_of_the_text_layer() -> None:
    draft = read(p("The lamp went out.") + p("") + p("The door stood open."))
    assert draft.text == "The lamp went out.\n\nThe door stood open.\n"
    assert [(node.gap, draft.text[slice(*node.spans[0])]) for node in draft.nodes] == [
        (1, "The lamp went out."), (2, "The door stood open."),
    ]  # fmt: skip


def test_styles_say_what_a_paragraph_is() -> None:
    draft = read(
        p("Night", "T") + p("One", "H1") + p("Two", "Mine") + p("Dear Tom", "Q") + p("La la", "Song") + p("Prose")
    )
    assert shown(draft) == [
        ("title", "Night"), ("h1", "One"), ("h1", "Two"), ("blockquote", "Dear Tom"), ("center", "La la"),
        ("p", "Prose"),
    ]  # fmt: skip
    assert runs(draft) == [
        ("Night",), ("One",), ("Two",), ("Dear Tom", "em"), ("La la", "em"), ("Prose",),
    ]  # fmt: skip


def test_marks_are_runs_and_a_mark_can_be_taken_back() -> None:
    body = p(
        r("It was ")
        + r("not", "<w:i/>")
        + r(" over", '<w:b w:val="0"/><w:i w:val="false"/>')
        + r("!", "<w:b/><w:u w:val='none'/>")
    )
    assert runs(read(body)) == [("It was ",), ("not", "em"), (" over",), ("!", "strong")]
    taken_back = p(r("He sang ") + r("softly", '<w:i w:val="0"/>'), "Q")
    assert runs(read(taken_back)) == [("He sang ", "em"), ("softly",)]


@pytest.mark.parametrize(
    ("looks", "mark"),
    [("<w:u w:val='single'/>", "underline"), ("<w:strike/>", "strike"), ("<w:dstrike/>", "strike"),
     ("<w:vertAlign w:val='superscript'/>", "sup"), ("<w:vertAlign w:val='subscript'/>", "sub"),
     ("<w:i w:val='on'/>", "em"), ("<w:b w:val='1'/>", "strong")],
)  # fmt: skip
def test_each_mark_has_its_name(looks: str, mark: str) -> None:
    assert runs(read(p(r("so") + r("much", looks)))) == [("so",), ("much", mark)]


def test_styles_of_letters_mark_too() -> None:
    styles = """<w:style w:type="character" w:styleId="E"><w:name w:val="Emphasis"/><w:rPr><w:i/></w:rPr></w:style>
      <w:style w:type="character" w:styleId="H"><w:name w:val="Hyperlink"/>
      <w:rPr><w:u w:val="single"/></w:rPr></w:style>"""
    styled = p(r("It was ") + r("not", '<w:rStyle w:val="E"/>') + r(" over", '<w:rStyle w:val="E"/><w:i w:val="0"/>'))
    assert runs(read(styled, styles=styles)) == [("It was ",), ("not", "em"), (" over",)]
    rels = '<Relationship Id="r1" Type="x/hyperlink" Target="http://lanternhouse.example/"/>'
    link = p('<w:hyperlink r:id="r1">' + r("here", '<w:rStyle w:val="H"/>') + "</w:hyperlink>")
    assert runs(read(link, styles=styles, rels=rels)) == [("here",)]


def test_what_stands_behind_a_page_break_is_a_paragraph_of_its_own() -> None:
    draft = read(p("<w:r><w:t>one</w:t><w:br w:type='page'/><w:t>two</w:t></w:r>") + p("three"))
    assert [(node.text, node.gap, node.page) for node in draft.nodes] == [
        ("one", 1, False), ("two", 1, True), ("three", 1, False),
    ]  # fmt: skip


def test_line_breaks_part_lines_and_page_breaks_begin_pages() -> None:
    draft = read(
        p("<w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:cr/><w:t>three</w:t></w:r>")
        + p("<w:r><w:br w:type='page'/></w:r>")
        + p("four")
    )
    assert [(node.text, node.gap, node.page) for node in draft.nodes] == [
        ("one", 1, False), ("two", 0, False), ("three", 0, False), ("four", 2, True),
    ]  # fmt: skip


def test_an_empty_line_within_a_paragraph_parts_it() -> None:
    draft = read(p("<w:r><w:t>one</w:t><w:br/><w:br/><w:t>two</w:t></w:r>"))
    assert [(node.text, node.gap) for node in draft.nodes] == [("one", 1), ("two", 1)]


def test_a_page_can_begin_before_a_paragraph() -> None:
    draft = read(p("one") + p("two", looks="<w:pageBreakBefore/>") + p("three", looks='<w:pageBreakBefore w:val="0"/>'))
    assert [node.page for node in draft.nodes] == [False, True, False]


def test_tabs_hyphens_and_symbols_are_letters() -> None:
    body = p(
        "<w:r><w:tab/><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/>"
        '<w:sym w:font="Symbol" w:char="03B1"/></w:r>'
    )
    (node,) = read(body).nodes
    assert (node.text, node.indent) == ("a\tb-c\u03b1", 4)


def test_a_row_of_symbols_is_a_scene_break() -> None:
    symbols = '<w:r><w:sym w:font="Wingdings" w:char="F0AB"/></w:r>' * 3
    body = (
        p("The lamp went out over the city.") + p(symbols, looks='<w:jc w:val="center"/>') + p("The door stood open.")
    )
    _, draft = reading.read_source(made(body), "story.docx")
    assert [node.kind for node in draft.nodes] == ["", "break", ""]


def test_rules_are_scene_breaks() -> None:
    rule = '<w:p><w:r><w:pict><v:rect style="width:0;height:1.5pt" o:hr="t"/></w:pict></w:r></w:p>'
    below = p("He went.", looks='<w:pBdr><w:bottom w:val="single" w:sz="6"/></w:pBdr>')
    above = p("She came.", looks='<w:pBdr><w:top w:val="single" w:sz="6"/></w:pBdr>')
    for body in (p("He went.") + rule + p("She came."), below + p("She came."), p("He went.") + above):
        _, draft = reading.read_source(made(body), "story.docx")
        assert [node.kind for node in draft.nodes] == ["", "break", ""]


def test_a_box_of_lines_around_paragraphs_is_no_scene_break() -> None:
    box = '<w:pBdr><w:top w:val="single"/><w:bottom w:val="single"/></w:pBdr>'
    no_border = '<w:pBdr><w:bottom w:val="nil"/></w:pBdr>'
    draft = read(p("A sign.", looks=box) + p("No entry.", looks=box) + p("He went.", looks=no_border) + p("On."))
    assert [hint for hint, _ in shown(draft)] == ["p", "p", "p", "p"]


def test_centred_stars_are_a_scene_break() -> None:
    body = p("The lamp went out over the city.") + p("***", looks='<w:jc w:val="center"/>') + p("The door stood open.")
    _, draft = reading.read_source(made(body), "story.docx")
    assert [(node.kind, node.text) for node in draft.nodes][1] == ("break", "***")


def test_deleted_text_is_left_out_and_inserted_text_kept() -> None:
    body = p(
        r("He was ")
        + "<w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>young</w:t></w:r></w:ins>"
        + "<w:moveFrom>" + r("gone") + "</w:moveFrom><w:moveTo>" + r(" again") + "</w:moveTo>"
    )  # fmt: skip
    draft = read(body)
    assert [node.text for node in draft.nodes] == ["He was young again"]
    assert [(one.reason, draft.text[one.span.start : one.span.end]) for one in draft.chrome] == [
        ("deleted text", "old")
    ]
    assert [remark.kind for remark in draft.remarks] == ["changes-tracked"]


def test_hidden_field_codes_are_left_out_and_their_results_kept() -> None:
    body = p(
        "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>HYPERLINK evil</w:instrText>"
        "<w:fldChar w:fldCharType='separate'/></w:r>" + r("the result") + "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    assert read(body).text == "the result\n"


def test_notes_stand_at_the_end_under_their_number() -> None:
    note = "<w:footnote w:id='{0}'{1}>" + p("<w:r><w:footnoteRef/></w:r>" + r(" A note on {0}.")) + "</w:footnote>"
    draft = read(
        p(r("The tower") + "<w:r><w:footnoteReference w:id='2'/></w:r>" + r(" fell.")) + p("It was late."),
        footnotes=note.format(0, " w:type='separator'") + note.format(2, ""),
        endnotes="<w:endnote w:id='5'>" + p("An end.") + "</w:endnote>",
    )
    assert [(node.kind, node.detail, node.text) for node in draft.nodes] == [
        ("", "", "The tower[1] fell."), ("", "", "It was late."),
        ("note", "footnote", "[1] A note on 2."), ("note", "endnote", "[2] An end."),
    ]  # fmt: skip
    assert ("[1]", "sup") in runs(draft)


def test_a_table_has_a_line_a_row_with_tabs_between_cells() -> None:
    cell = "<w:tc>{}</w:tc>"
    row = "<w:tr>" + cell.format(p("Name") + p("and more")) + cell.format(p("Age")) + "</w:tr>"
    other = "<w:tr>" + cell.format(p("Tom")) + cell.format(p("")) + "</w:tr>"
    draft = read(p("Before.") + f"<w:tbl>{row}{other}</w:tbl>" + p("After."))
    assert shown(draft) == [("p", "Before."), ("table", "Name and more\tAge"), ("table", "Tom"), ("p", "After.")]


def test_a_table_within_a_table_keeps_its_words_once() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{p('inner')}</w:tc></w:tr></w:tbl>"
    draft = read(f"<w:tbl><w:tr><w:tc>{p('outer')}{inner}</w:tc></w:tr></w:tbl>")
    assert draft.text.split() == ["outer", "inner"]


def test_list_items_are_items() -> None:
    numbered = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
    assert shown(read(p("bread", looks=numbered) + p("wine", looks=numbered) + p("One", "H1", numbered))) == [
        ("li", "bread"), ("li", "wine"), ("h1", "One"),
    ]  # fmt: skip


def box(content: str) -> str:
    shape = f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx>"
    old = f"<w:pict><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></w:pict>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{shape}</w:drawing></mc:Choice>"
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_text_boxes_are_read_once() -> None:
    draft = read(p(r("Around it. ") + box(p("In the box."))) + p("After."))
    assert draft.text == "Around it. \nIn the box.\nAfter.\n"


def test_text_boxes_in_table_cells_are_read_once() -> None:
    draft = read(f"<w:tbl><w:tr><w:tc>{p(r('Cell. ') + box(p('In the box.')))}</w:tc></w:tr></w:tbl>")
    assert draft.text.count("In the box.") == 1
    assert draft.text.count("Cell.") == 1


def test_content_controls_and_smart_tags_hold_text() -> None:
    body = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('One.')}</w:sdtContent></w:sdt>" + p(
        f"<w:smartTag>{r('London')}</w:smartTag><w:sdt><w:sdtContent>{r(' fog')}</w:sdtContent></w:sdt>"
    )
    assert read(body).text == "One.\nLondon fog\n"


def test_links_of_the_web_are_kept_and_no_others() -> None:
    relation = '<Relationship Id="{}" Type="x/hyperlink" Target="{}" TargetMode="External"/>'
    rels = relation.format("a", "https://archive.example/1") + relation.format("b", "file:///etc/passwd")
    rels += (
        relation.format("c", "javascript:alert(1)") + '<Relationship Id="d" Type="x/image" Target="http://x.example/"/>'
    )
    body = p("".join(f'<w:hyperlink r:id="{one}">{r(one)}</w:hyperlink>' for one in "abcd") + r("."))
    (node,) = read(body, rels=rels).nodes
    assert [(run.text, run.link) for run in node.runs] == [("a", "https://archive.example/1"), ("bcd.", "")]


def test_properties_are_guesses_and_what_programs_fill_in_is_not_taken() -> None:
    facts = read(p("x"), core="<dc:title>Night  Watch</dc:title><dc:creator>Anne</dc:creator>").facts
    assert {name: (fact.value, fact.how) for name, (fact,) in facts.items()} == {
        "title": ("Night Watch", "inferred"), "author": ("Anne", "inferred"),
    }  # fmt: skip
    assert not read(p("x"), core="<dc:title> </dc:title><dc:creator>Microsoft Office User</dc:creator>").facts


def test_strict_documents_are_read_in_all_their_parts() -> None:
    data = made(p("One", "H1") + p(r("so", "<w:i/>") + "<w:r><w:footnoteReference w:id='2'/></w:r>"),
                footnotes="<w:footnote w:id='2'>" + p("A note.") + "</w:footnote>")  # fmt: skip
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            new.writestr(name, part)
    draft = docx.read(stream.getvalue(), "story.docx")
    assert [(node.hint, node.kind, node.text) for node in draft.nodes] == [
        ("h1", "", "One"), ("p", "", "so[1]"), ("p", "note", "[1] A note."),
    ]  # fmt: skip


def test_a_document_without_its_text_is_damaged() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml.bak", "x")
        archive.writestr("a/word/document.xml", "x")
    draft = docx.read(stream.getvalue(), "story.docx")
    assert [remark.kind for remark in draft.remarks] == ["damaged"]


def test_the_sample_keeps_its_story() -> None:
    path = Path(__file__).parents[2] / "samples" / "the-heart-you-came-in-with.docx"
    source, draft = reading.read_source(path.read_bytes(), path.name)
    assert (source.reader, bool(draft.nodes), draft.remarks) == ("docx", True, draft.remarks)
    assert len(source.text) > 3000
