"""FictionBooks: the description states the facts, sections are chapters, poems are verse, notes are notes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficshelf import conserve, readers, reading
from ficshelf.model import Draft
from ficshelf.readers import fb2
from ficshelf.sources import walk

TITLE_INFO = """<genre>sf_humor</genre><genre>fanfiction</genre>
<author><first-name>Anna</first-name><last-name>Lighterman</last-name><nickname>seawrack</nickname>
  <email>anna@example.org</email></author>
<book-title>The Lamp at Low Water</book-title>
<annotation><p>A keeper, a <emphasis>very</emphasis> old lamp.</p><p>And one visitor.</p></annotation>
<keywords>lighthouse, time travel</keywords><date value="2009-03-01">spring 2009</date>
<lang>en</lang><sequence name="Tides" number="02"/>"""
RECORD = "<document-info><program-used>Our own hands</program-used><id>7</id></document-info>"


def made(body: str, *, info: str = "", record: str = "", more: str = "", head: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{head}'
        '<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink">\n'
        f"<description><title-info>{info}</title-info>{record}</description>\n<body>\n{body}\n</body>{more}</FictionBook>"
    ).encode()


def kept(draft: Draft) -> Draft:
    held = [span for node in draft.nodes for span in node.spans] + [one.span for one in draft.chrome]
    held += [span for facts in draft.facts.values() for fact in facts for span in fact.spans]
    assert not conserve.uncovered(draft.text, held)
    return draft


def read(body: str, **parts: str) -> Draft:
    return kept(fb2.read(made(body, **parts), "story.fb2"))


def shown(draft: Draft) -> list[tuple[str, str]]:
    return [(node.kind, node.text) for node in draft.nodes]


def section(content: str, *titles: str) -> str:
    title = "".join(f"<p>{line}</p>" for line in titles)
    return f"<section>{f'<title>{title}</title>' if titles else ''}{content}</section>"


def test_the_description_states_what_the_book_is() -> None:
    draft = read("<section><p>It was late.</p></section>", info=TITLE_INFO, record=RECORD)
    assert {name: tuple(fact.value for fact in facts) for name, facts in draft.facts.items()} == {
        "genre": ("sf_humor",),
        "author": ("Anna Lighterman",),
        "title": ("The Lamp at Low Water",),
        "summary": ("A keeper, a very old lamp.\n\nAnd one visitor.",),
        "tag": ("lighthouse", "time travel"),
        "published": ("2009-03-01",),
        "language": ("en",),
        "series": ("Tides #2",),
    }
    assert {fact.how for facts in draft.facts.values() for fact in facts} == {"stated"}
    reasons = {draft.text[slice(*one.span)]: one.reason for one in draft.chrome}
    assert reasons == {
        "fanfiction": "genre", "seawrack": "record of the author", "anna@example.org": "e-mail address",
        "Our own hands": "record of the file", "7": "record of the file",
    }  # fmt: skip


def test_a_nickname_is_a_name_where_there_is_no_other() -> None:
    info = "<author><nickname>seawrack</nickname></author><author><first-name/><last-name>Ray</last-name></author>"
    assert [fact.value for fact in read("<p>x</p>", info=info).facts["author"]] == ["seawrack", "Ray"]


@pytest.mark.parametrize(
    ("sequence", "series"),
    [('name="Tides" number="3"', "Tides #3"), ('name="Tides"', "Tides"), ('name="Tides" number="x9"', "Tides"),
     ('name="Tides" number="0"', "Tides")],
)  # fmt: skip
def test_a_place_in_a_series_is_stated_where_it_is_a_number(sequence: str, series: str) -> None:
    assert [fact.value for fact in read("<p>x</p>", info=f"<sequence {sequence}/>").facts["series"]] == [series]


def test_titles_of_sections_name_chapters_and_the_books_own_title_is_no_chapter() -> None:
    body = (
        "<title><p>Anna Lighterman</p><p>The Lamp at Low Water</p><p>A Tale</p></title>"
        + section(section("<p>He lit it.</p>", "Chapter 1", "The Wick"), "Part One")
        + section("<p>It went out.</p>", "The Wind")
    )
    draft = read(body, info=TITLE_INFO)
    assert shown(draft) == [
        ("heading", "Part One"), ("heading", "Chapter 1"), ("heading", "The Wick"), ("", "He lit it."),
        ("heading", "The Wind"), ("", "It went out."),
    ]  # fmt: skip
    (work,) = reading.read([(made(body, info=TITLE_INFO), "a.fb2")]).works
    assert [chapter.title for chapter in work.chapters] == ["The Wick", "The Wind"]


def test_a_chapter_may_be_called_like_the_book_once_the_story_has_begun() -> None:
    body = section("<p>He lit it.</p>", "One") + section("<p>It went out.</p>", "The Lamp at Low Water")
    assert ("heading", "The Lamp at Low Water") in shown(read(body, info=TITLE_INFO))


def test_poems_letters_mottoes_and_attributions_are_settled() -> None:
    poem = (
        "<poem><title><p>Shanty</p></title><stanza><v>Haul <emphasis>away</emphasis>,</v><v>haul low,</v></stanza>"
        "<stanza><v>and home.</v></stanza><text-author>Trad.</text-author></poem>"
    )
    motto = "<epigraph><p>The sea is {}.</p><text-author>A sailor</text-author></epigraph>"
    letter = "<cite><p>Dear Tom,</p><p>come home.</p></cite>"
    body = motto.format("wide") + section(f"{motto.format('low')}<p>They sang:</p>{poem}{letter}<p>He did.</p>", "One")
    draft = read(body)
    assert shown(draft) == [
        ("note", "The sea is wide."), ("note", "A sailor"), ("heading", "One"),
        ("quote", "The sea is low."), ("quote", "A sailor"), ("", "They sang:"),
        ("verse", "Shanty"), ("verse", "Haul away,\nhaul low,"), ("verse", "and home."), ("quote", "Trad."),
        ("quote", "Dear Tom,"), ("quote", "come home."), ("", "He did."),
    ]  # fmt: skip
    stanza = draft.nodes[7]
    assert [(run.text, *run.marks) for run in stanza.runs] == [("Haul ",), ("away", "em"), (",\nhaul low,",)]
    assert draft.text[slice(*stanza.spans[0])] == stanza.text


def test_scene_breaks_are_told_from_subtitles() -> None:
    body = section(
        "<p>He went down to the boat.</p><subtitle>* * *</subtitle><p>She stayed where she was.</p><empty-line/>"
        "<subtitle>A Letter</subtitle><p>It said nothing at all.</p>", "One"
    )  # fmt: skip
    _, draft = reading.read_source(made(body), "a.fb2")
    assert shown(draft) == [
        ("heading", "One"), ("", "He went down to the boat."), ("break", "* * *"),
        ("", "She stayed where she was."), ("", "A Letter"), ("", "It said nothing at all."),
    ]  # fmt: skip
    assert draft.nodes[4].runs[0].marks == ("strong",)


def test_a_section_without_a_title_parts_scenes() -> None:
    body = section(section("<p>He went.</p>") + section("<p>She came.</p>"), "One")
    _, draft = reading.read_source(made(body), "a.fb2")
    assert [node.kind for node in draft.nodes if node.kind != "chrome"] == ["heading", "", "break", ""]


def test_marks_and_links() -> None:
    body = section(
        '<p>It was <emphasis>not</emphasis> <strong>over<strikethrough>!</strikethrough></strong> '
        '<a l:href="https://example.org/">here</a><a l:href="#n1" type="note">[1]</a> '
        '<a l:href="javascript:x">no</a></p>'
    )  # fmt: skip
    (node,) = read(body).nodes
    assert [(run.text, run.marks, run.link) for run in node.runs] == [
        ("It was ", (), ""), ("not ", ("em",), ""), ("over", ("strong",), ""), ("! ", ("strong", "strike"), ""),
        ("here", (), "https://example.org/"), ("[1] ", ("sup",), ""), ("no", (), ""),
    ]  # fmt: skip


def test_notes_are_notes_behind_their_numbers() -> None:
    notes = (
        '<body name="notes"><title><p>Notes</p></title>'
        + '<section id="n1"><title><p>1</p></title><p>A real lamp.</p><p>Brass.</p></section></body>'
    )
    draft = read(section("<p>The lamp</p>"), more=notes)
    assert shown(draft) == [("", "The lamp"), ("note", "Notes"), ("note", "1 A real lamp."), ("note", "Brass.")]


def test_tables_keep_their_rows() -> None:
    other = "<tr><td>Monday</td><td><emphasis>two</emphasis></td></tr>"
    table = f"<table>\n<tr>\n <th>Day</th>\n <th>Ships</th>\n</tr>{other}</table>"
    draft = read(section(f"<p>The log:</p>{table}<p>So few.</p>"))
    assert [(node.hint, node.text, node.gap) for node in draft.nodes] == [
        ("p", "The log:", 1), ("table", "Day\tShips", 1), ("table", "Monday\ttwo", 0), ("p", "So few.", 1),
    ]  # fmt: skip


def test_pictures_are_left_alone_however_large() -> None:
    picture = f'<binary id="a.png" content-type="image/png">{"QUJD" * 10_000_000}</binary>'
    draft = read(section('<p>He lit it.</p><image l:href="#a.png"/><p>So.</p>'), more=picture)
    assert (draft.text.strip(), draft.remarks) == ("He lit it.\nSo.", ())


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "utf-16", "koi8-r"])
def test_every_encoding_of_the_shelves_is_read(encoding: str) -> None:
    text = made(section("<p>Лампа погасла, и стало темно.</p>")).decode().replace("UTF-8", encoding)
    data = text.encode(encoding)
    assert readers.choose(data, "a") == "fb2"
    assert "Лампа погасла, и стало темно." in kept(fb2.read(data, "a.fb2")).text


def test_an_encoding_that_lies_is_seen_through() -> None:
    draft = kept(fb2.read(made(section("<p>Лампа погасла.</p>")).replace(b"UTF-8", b"windows-1251"), ""))
    assert "Лампа погасла." in draft.text
    assert [remark.kind for remark in draft.remarks] == ["encoding-lied"]


def test_names_of_letters_and_loose_signs_are_kept() -> None:
    draft = read(section("<p>Salt&nbsp;&amp; sand &mdash; R&D, &what; &#233;</p><p><![CDATA[a & b]]></p>"))
    assert [node.text for node in draft.nodes] == ["Salt\xa0& sand — R&D, &what; é", "a & b"]
    assert draft.remarks == ()


def test_entities_are_neither_expanded_nor_fetched() -> None:
    head = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    assert read(section("<p>One &b; two &f;.</p>"), head=head).text.strip() == "One &b; two &f;."


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<section><p>one<p>two</section>", "one two"),
        ("<section>loose<p>one</p>ends</section>more", "loose one ends more"),
        ("words alone", "words alone"),
        ("<section><poem><v>one</v></poem><table><td>two</td></table></section>", "one two"),
        ("<section><p>one</p></body></FictionBook>", "one"),
        ("<section><title>One</title><p>two<section><p>three</p></section>", "One two three"),
    ],
)
def test_broken_markup_keeps_its_words(body: str, words: str) -> None:
    assert " ".join(read(body).text.split()) == words


def test_a_description_that_never_ends_holds_no_story_back() -> None:
    data = made(section("<p>He lit it.</p>"), info=TITLE_INFO).replace(b"</description>", b"")
    assert ("", "He lit it.") in shown(kept(fb2.read(data, "")))


def test_a_zip_of_one_book_is_walked(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("lamp.fb2", made(section("<p>He lit it.</p>"), info=TITLE_INFO))
    (tmp_path / "lamp.fb2.zip").write_bytes(stream.getvalue())
    places = [place for place in walk([tmp_path]) if not place.container]
    assert [place.path.rpartition("/")[2] for place in places] == ["lamp.fb2"]
    data = places[0].content(10_000)
    assert data
    (work,) = reading.read([(data, places[0].path)]).works
    assert work.facts["title"][0].value == "The Lamp at Low Water"


@pytest.mark.parametrize(
    ("data", "chosen"),
    [
        (made("<p>x</p>"), "fb2"),
        (b"\xef\xbb\xbf\n" + made("<p>x</p>"), "fb2"),
        (b"<!-- <html> --><fb:FictionBook xmlns:fb='x'/>", "fb2"),
        (b"<html><body><p>How to write a &lt;FictionBook&gt;<FictionBook></p><p>So.</p></body></html>", "html"),
        (b"A FictionBook begins with <FictionBook>.", "text"),
    ],
)
def test_it_is_known_by_its_first_element(data: bytes, chosen: str) -> None:
    assert readers.choose(data, "whatever.fb2") == chosen


def test_deep_nesting_has_an_outcome() -> None:
    draft = fb2.read(made("<p>before</p>" + "<section>" * 100_000 + "<p>deep</p>"), "")
    assert draft.text.startswith("before")
    assert [remark.kind for remark in draft.remarks] == ["damaged"]


@pytest.mark.parametrize("piece", ["<binary ", "<binary>", "<section>", "<p>", "&", "<![CDATA[", "<!--", "<"])
def test_megabytes_of_one_beginning_have_an_outcome(piece: str) -> None:
    kept(fb2.read(made("<p>before</p>" + piece * 100_000), ""))


PIECES = st.sampled_from(
    [f"<{slash}{name}>" for slash in ("", "/") for name in
     ("p", "v", "section", "title", "poem", "stanza", "cite", "epigraph", "subtitle", "table", "tr", "td", "emphasis",
      "a", "text-author", "annotation", "body", "description", "title-info", "author", "genre", "binary")]
    + ["word ", "* * *", "<empty-line/>", "&x;", "<![CDATA[", "]]>", "<!--", "-->"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40), st.lists(PIECES, max_size=10))
def test_elements_in_any_order_never_raise_and_lose_nothing(pieces: list[str], info: list[str]) -> None:
    read("".join(pieces), info="".join(info))


@given(st.binary(max_size=300))
def test_whatever_follows_the_first_bytes_never_raises(rest: bytes) -> None:
    kept(fb2.read(made("")[:220] + rest, "story.fb2"))
