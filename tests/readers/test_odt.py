"""OpenDocument texts: what LibreOffice and Google Docs write becomes lines, styles become hints, nothing is lost."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficshelf import conserve, readers, reading
from ficshelf.model import Draft
from ficshelf.readers import odt

NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"), ("meta", "meta"), ("manifest", "manifest"),
    )
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
MIME = "application/vnd.oasis.opendocument.text"
NAMED = """<style:default-style style:family="paragraph"/>
<style:style style:name="Standard" style:family="paragraph"/>
<style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph">
  <style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="Title" style:family="paragraph">
  <style:paragraph-properties fo:text-align="center"/></style:style>
<style:style style:name="Quotations" style:family="paragraph"/>
<style:style style:name="Horizontal_20_Line" style:display-name="Horizontal Line" style:family="paragraph"/>
<style:style style:name="Emphasis" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>"""
AUTOMATIC = """
<style:style style:name="C" style:family="paragraph" style:parent-style-name="Standard">
  <style:paragraph-properties fo:text-align="center"/></style:style>
<style:style style:name="CI" style:family="paragraph" style:parent-style-name="C">
  <style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="In" style:family="paragraph">
  <style:paragraph-properties fo:text-indent="0.5in"/></style:style>
<style:style style:name="New" style:family="paragraph">
  <style:paragraph-properties fo:break-before="page"/></style:style>
<style:style style:name="P7" style:family="paragraph" style:parent-style-name="Quotations"/>
<style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="T2" style:family="text">
  <style:text-properties fo:font-style="normal" fo:font-weight="bold"/></style:style>
<style:style style:name="T3" style:family="text"><style:text-properties style:text-position="33% 58%"/></style:style>
<style:style style:name="T4" style:family="text">
  <style:text-properties style:text-line-through-style="solid" style:text-underline-style="none"/></style:style>
<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style>
<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="*"/></text:list-style>"""


def packed(parts: dict[str, str], *, mimetype: str = MIME) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def made(body: str, *, automatic: str = AUTOMATIC, meta: str = "", before: str = "") -> bytes:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {NAMES}>'
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return packed(
        {
            "content.xml": content,
            "styles.xml": f"<office:document-styles {NAMES}><office:styles>{NAMED}</office:styles>"
            '<office:automatic-styles><style:style style:name="In" style:family="paragraph">'
            '<style:paragraph-properties fo:text-align="center"/></style:style></office:automatic-styles>'
            "</office:document-styles>",
            "meta.xml": f"<office:document-meta {NAMES}><office:meta>{meta}</office:meta></office:document-meta>",
            "META-INF/manifest.xml": f"<manifest:manifest {NAMES}/>",
        }
    )


def read(body: str, **how: str) -> Draft:
    draft = odt.read(made(body, **how), "story.odt")
    held = [span for node in draft.nodes for span in node.spans]
    assert not conserve.uncovered(draft.text, held + [one.span for one in draft.chrome])
    assert [node.text for node in draft.nodes if node.hint != "hr"] == [
        draft.text[slice(*node.spans[0])] for node in draft.nodes if node.hint != "hr"
    ]
    return draft


def p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def h(text: str, level: int = 1) -> str:
    return f'<text:h text:style-name="Heading_20_1" text:outline-level="{level}">{text}</text:h>'


def shown(draft: Draft) -> list[tuple[str, str]]:
    return [(node.hint, node.text) for node in draft.nodes]


def runs(draft: Draft) -> list[tuple[str, ...]]:
    return [(run.text, *run.marks) for node in draft.nodes for run in node.as_runs()]


def test_a_paragraph_is_a_line_of_the_text_layer() -> None:
    draft = read(p("The tide went out.") + p("") + p("Nobody came."))
    assert draft.text == "The tide went out.\n\nNobody came.\n"
    assert [node.gap for node in draft.nodes] == [1, 2]


def test_styles_and_what_they_inherit_say_what_a_paragraph_is() -> None:
    body = p("Night", "Title") + h("One") + p("Dear Tom", "P7") + p("La la", "CI") + p("Prose", "In") + h("Deep", 4)
    draft = read(body)
    assert shown(draft) == [
        ("title", "Night"), ("h1", "One"), ("blockquote", "Dear Tom"), ("center", "La la"), ("p", "Prose"),
        ("h4", "Deep"),
    ]  # fmt: skip
    assert runs(draft)[3] == ("La la", "em")
    assert [node.indent for node in draft.nodes] == [0, 0, 0, 0, 4, 0]
    assert runs(draft)[1] == ("One",)  # the boldness of a heading's style is no emphasis


def test_marks_are_runs_and_a_mark_can_be_taken_back() -> None:
    span = '<text:span text:style-name="{}">{}</text:span>'
    body = p("It was " + span.format("T1", "not " + span.format("T2", "ever") + " so") + span.format("T3", "2") + " x")
    assert runs(read(body)) == [
        ("It was ",), ("not ", "em"), ("ever", "strong"), (" so", "em"), ("2", "sup"), (" x",),
    ]  # fmt: skip
    assert runs(read(p(span.format("Emphasis", "so") + span.format("T4", "gone")))) == [
        ("so", "em"),
        ("gone", "strike"),
    ]


def test_white_space_is_collapsed_and_spelt_out_spaces_and_tabs_are_kept() -> None:
    body = p("\n  He   said<text:s/><text:s text:c='2'/>so.\n<text:tab/>Then <text:line-break/>he left. ")
    draft = read(body)
    assert draft.text == "He said   so. \tThen \nhe left. \n"
    assert [(node.text, node.gap) for node in draft.nodes] == [("He said   so. \tThen", 1), ("he left.", 0)]


def test_millions_of_spelt_out_spaces_stay_few() -> None:
    assert len(read(p("a<text:s text:c='999999999'/>b")).text) < 300


def test_deleted_text_and_comments_are_left_out() -> None:
    tracked = (
        f"<text:tracked-changes><text:changed-region><text:deletion>{p('old')}</text:deletion></text:changed-region>"
        "</text:tracked-changes>"
    )
    comment = f"<office:annotation><dc:creator>Beta</dc:creator>{p('Really?')}</office:annotation>"
    draft = read(tracked + p(f"He was<text:change text:change-id='1'/> young{comment} and<text:change-start/> bold."))
    assert draft.text == "He was young and bold.\n"


def test_lists_know_whether_they_are_numbered_and_headings_in_them_stay_headings() -> None:
    item = "<text:list-item>{}</text:list-item>"
    lists = (
        f'<text:list text:style-name="N">{item.format(p("bread"))}{item.format(p("wine"))}</text:list>'
        f'<text:list text:style-name="B">{item.format(p("salt"))}{item.format(h("One"))}</text:list>'
    )
    assert [(node.hint, node.detail, node.text) for node in read(lists).nodes] == [
        ("li", "ordered", "bread"), ("li", "ordered", "wine"), ("li", "", "salt"), ("h1", "", "One"),
    ]  # fmt: skip


def test_tables_keep_their_rows_and_a_frame_of_one_cell_its_paragraphs() -> None:
    cell = "<table:table-cell>{}</table:table-cell>"
    row = f"<table:table-row>{cell.format(p('Day') + p('and night'))}{cell.format(p('Sheep'))}</table:table-row>"
    frame = f"<table:table-row>{cell.format(p('A sign.') + p('No entry.'))}</table:table-row>"
    draft = read(f"<table:table>{row}{row}</table:table>{p('On.')}<table:table>{frame}</table:table>")
    assert shown(draft) == [
        ("table", "Day and night\tSheep"), ("table", "Day and night\tSheep"), ("p", "On."), ("p", "A sign."),
        ("p", "No entry."),
    ]  # fmt: skip


def test_a_table_within_a_table_keeps_its_words_once() -> None:
    def table(content: str) -> str:
        cell = f"<table:table-cell>{content}</table:table-cell><table:table-cell>{p('x')}</table:table-cell>"
        return f"<table:table><table:table-row>{cell}</table:table-row></table:table>"

    assert read(table(p("outer") + table(p("inner")))).text.split() == ["outer", "inner", "x", "x"]


def test_notes_stand_at_the_end_under_their_mark() -> None:
    note = (
        '<text:note text:note-class="{}"><text:note-citation>{}</text:note-citation>'
        "<text:note-body>{}</text:note-body></text:note>"
    )
    body = p(f"The ford{note.format('footnote', 1, p('A real one.') + p('Wet.'))} was low.") + p("So it was.")
    draft = read(body + p("Late" + note.format("endnote", "i", p("An end."))))
    assert [(node.kind, node.detail, node.text) for node in draft.nodes] == [
        ("", "", "The ford[1] was low."), ("", "", "So it was."), ("", "", "Late[i]"),
        ("note", "footnote", "[1] A real one."), ("note", "footnote", "Wet."), ("note", "endnote", "[i] An end."),
    ]  # fmt: skip
    assert ("[1]", "sup") in runs(draft)


def test_text_boxes_follow_the_paragraph_they_hang_on() -> None:
    box = f"<draw:frame><draw:text-box>{p('In the box.')}</draw:text-box><svg:title>A box</svg:title></draw:frame>"
    assert read(p(f"Around {box}it.") + p("After.")).text == "Around it.\nIn the box.\nAfter.\n"


def test_links_of_the_web_are_kept_and_no_others() -> None:
    link = '<text:a xlink:href="{}">{}</text:a>'
    (node,) = read(p(link.format("https://example.org/1", "a") + link.format("file:///etc/passwd", "b"))).nodes
    assert [(run.text, run.link) for run in node.runs] == [("a", "https://example.org/1"), ("b", "")]


def test_a_list_of_contents_is_set_apart() -> None:
    draft = read(
        f"<text:table-of-content><text:index-body>{p('One 1')}</text:index-body></text:table-of-content>{p('Go.')}"
    )
    assert [(node.kind, node.text) for node in draft.nodes] == [("chrome", "One 1"), ("", "Go.")]
    assert [one.reason for one in draft.chrome] == ["contents"]


def test_a_page_begins_before_a_paragraph_and_a_drawn_line_is_a_rule() -> None:
    draft = read(p("one") + p("two", "New") + p("", "Horizontal_20_Line") + p("three"))
    assert [(node.text, node.hint, node.page) for node in draft.nodes] == [
        ("one", "p", False), ("two", "p", True), ("", "hr", False), ("three", "p", False),
    ]  # fmt: skip


def test_properties_are_guesses_and_what_programs_fill_in_is_not_taken() -> None:
    meta = (
        "<meta:initial-creator>{}</meta:initial-creator><dc:title>Night  Watch</dc:title><dc:creator>Beta</dc:creator>"
    )
    facts = read(p("x"), meta=meta.format("Anne")).facts
    assert {name: (fact.value, fact.how) for name, (fact,) in facts.items()} == {
        "author": ("Anne", "inferred"), "title": ("Night Watch", "inferred"),
    }  # fmt: skip
    assert "author" not in read(p("x"), meta=meta.format("Default User")).facts


STORY = (
    p("The Oar and the Wine", "Title") + p("by Seamew", "C") + p("Fandom: The Odyssey") + p("Rating: PG")
    + h("The Beach") + p("Nobody had told Elpenor about the ladder, and so he came down without it.") + p("* * *", "C")
    + p("They buried the oar with him, <text:span text:style-name='T1'>as he had asked</text:span>.")
    + p("Row, row,<text:line-break/>the sea is slow,<text:line-break/>the wine is low", "CI")
    + h("The Ship") + p("On the next day the wind was fair, and nobody said a word about roofs.")
)  # fmt: skip


def test_a_story_is_read_with_its_header_chapters_breaks_and_verse() -> None:
    found = reading.read([(made(STORY), "story.odt")])
    (work,) = found.works
    assert {name: work.fact(name).value for name in ("title", "author", "fandom", "rating")} == {  # type: ignore[union-attr]
        "title": "The Oar and the Wine", "author": "Seamew", "fandom": "The Odyssey", "rating": "PG",
    }  # fmt: skip
    assert [chapter.title for chapter in work.chapters] == ["The Beach", "The Ship"]
    assert [block.kind for block in work.chapters[0].blocks] == ["heading", "paragraph", "break", "paragraph", "verse"]
    assert conserve.lost(found.sources[0], found.works) == []


def test_google_docs_puts_every_look_into_automatic_styles() -> None:
    automatic = """
    <style:style style:name="P1" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties
      fo:break-before="auto" fo:text-align="start" fo:text-indent="0in"/></style:style>
    <style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="normal"
      fo:font-weight="normal" style:text-underline-style="none" style:text-line-through-type="none"/></style:style>
    <style:style style:name="T2" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>"""
    span = '<text:span text:style-name="{}">{}</text:span>'
    draft = read(p(span.format("T1", "She was ") + span.format("T2", "late") + span.format("T1", "."), "P1"),
                 automatic=automatic)  # fmt: skip
    assert runs(draft) == [("She was ",), ("late", "em"), (".",)]
    assert (draft.nodes[0].hint, draft.nodes[0].indent, draft.nodes[0].page) == ("p", 0, False)


def test_one_xml_file_is_read_like_its_parts() -> None:
    flat = (
        f'<?xml version="1.0"?><office:document {NAMES} office:mimetype="{MIME}"><office:meta><dc:title>Wine</dc:title>'
        f"</office:meta><office:styles>{NAMED}</office:styles><office:automatic-styles>{AUTOMATIC}"
        f"</office:automatic-styles><office:body><office:text>{STORY}</office:text></office:body></office:document>"
    ).encode()
    assert readers.choose(flat, "story.fodt") == "odt"
    draft = odt.read(flat, "story.fodt")
    assert draft.nodes == odt.read(made(STORY), "").nodes
    assert draft.facts["title"][0].value == "Wine"


@pytest.mark.parametrize(
    ("data", "chosen"),
    [
        (made(STORY), "odt"),
        (packed({"content.xml": "<x/>", "META-INF/manifest.xml": "<x/>"}, mimetype=""), "odt"),
        (packed({"content.xml": "<x/>"}, mimetype="application/vnd.oasis.opendocument.spreadsheet"), ""),
        (packed({"META-INF/container.xml": "<x/>"}, mimetype="application/epub+zip"), "epub"),
        (packed({"word/document.xml": "<x/>"}, mimetype=""), "docx"),
        (b"My odt has a content.xml and says " + MIME.encode(), "text"),
    ],
    ids=["odt", "packed by hand", "spreadsheet", "epub", "docx", "text"],
)
def test_it_is_known_by_its_bytes(data: bytes, chosen: str) -> None:
    assert readers.choose(data, "whatever.odt") == chosen


def test_a_locked_document_says_so() -> None:
    manifest = "<manifest:encryption-data/>"
    data = packed({"content.xml": "garbage", "META-INF/manifest.xml": f"<m {NAMES}>{manifest}</m>"})
    assert "password" in odt.read(data, "").remarks[0].text


def test_entities_are_neither_expanded_nor_fetched_and_no_text_is_lost_to_them() -> None:
    before = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    text = read(p("One &b; two &f; three &eacute; &amp; &#233; four."), before=before).text
    assert text == "One &b; two &f; three é & é four.\n"


def test_deep_nesting_has_an_outcome() -> None:
    draft = odt.read(made(p("before") + "<text:section>" * 100_000 + p("deep")), "")
    assert draft.text.startswith("before")
    assert [remark.kind for remark in draft.remarks] == ["damaged"]


@pytest.mark.parametrize("cut", [10, 60, 200, 400, 600])
def test_a_damaged_document_says_so(cut: int) -> None:
    found = reading.read([(made(STORY)[:cut], "story.odt")])
    assert (found.works, bool(found.remarks)) == ((), True)


@given(st.binary(max_size=300))
def test_whatever_follows_the_first_bytes_never_raises(rest: bytes) -> None:
    odt.read(made(p("x"))[:77] + rest, "story.odt")
    flat = f'<office:document {NAMES} office:mimetype="{MIME}"><office:body><office:text>'.encode()
    draft = odt.read(flat + rest, "story.fodt")
    assert not conserve.uncovered(draft.text, [span for node in draft.nodes for span in node.spans])


PIECES = st.sampled_from(
    ["<text:p>", "</text:p>", "<text:h>", "</text:h>", "<text:list>", "</text:list>", "<text:note>", "</text:note>",
     "<text:span text:style-name='T1'>", "</text:span>", "<table:table>", "<table:table-row>", "<table:table-cell>",
     "</table:table-cell>", "</table:table-row>", "</table:table>", "<text:a>", "</text:a>", "word ", "&x;",
     "<text:s/>", "<text:tab/>", "<text:line-break/>", "<text:table-of-content>", "</text:table-of-content>",
     "<text:note-body>", "</text:note-body>", "<draw:text-box>", "</draw:text-box>"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40))
def test_elements_in_any_order_never_raise_and_lose_nothing(pieces: list[str]) -> None:
    draft = odt.read(made("".join(pieces)), "story.odt")
    held = [span for node in draft.nodes for span in node.spans]
    assert not conserve.uncovered(draft.text, held)
