"""Rich Text: five programs' dialects become lines, letters of all code pages are read, and no group does harm."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficshelf import conserve, readers, reading
from ficshelf.model import Draft
from ficshelf.readers import rtf

WORD = (
    r"{\rtf1\adeflang1025\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\froman\fcharset0\fprq2{\*\panose 02020603}Times;}"
    r"{\f7\fcharset204 Times CYR;}{\f8\fcharset128 MS Mincho;}}{\colortbl;\red0\green0\blue0;}"
    r"{\stylesheet{\ql\f0\fs24\snext0 Normal;}{\s1\qc\b\sbasedon0\snext0 heading 1;}{\s2\qc Title;}{\s3 Quote;}"
    r"{\*\cs10 \additive Default Paragraph Font;}}{\*\rsidtbl\rsid1}"
    "{\\info{\\title The Ford}{\\author Ann\\'e9e}{\\operator Someone}{\\creatim\\yr2004}}"
)


def read(text: str, head: str = WORD) -> Draft:
    draft = rtf.read((head + text + "}").encode("latin-1"), "story.rtf")
    assert not conserve.uncovered(draft.text, [span for node in draft.nodes for span in node.spans])
    assert [node.text for node in draft.nodes] == [draft.text[slice(*node.spans[0])] for node in draft.nodes]
    return draft


def said(text: str, head: str = WORD) -> list[str]:
    return [node.text for node in read(text, head).nodes]


def shown(text: str) -> list[tuple[str, str]]:
    return [(node.hint, node.text) for node in read(text).nodes]


def runs(draft: Draft) -> list[tuple[str, ...]]:
    return [(run.text, *run.marks) for node in draft.nodes for run in node.as_runs()]


def test_a_paragraph_is_a_line_of_the_text_layer() -> None:
    draft = read("\\pard\\plain The tide\r\n went out.\\par\r\n\\par Nobody came.\\line Not then.\\par")
    assert draft.text == "The tide went out.\n\nNobody came.\nNot then.\n"
    assert [node.gap for node in draft.nodes] == [1, 2, 0]


def test_words_runs_are_put_together_and_its_styles_understood() -> None:
    text = (
        r"\pard\plain \s2\qc The Ford\par\pard\plain \s1\qc\b {\rtlch\fcs1 \af0 \ltrch\fcs0 \insrsid1 Chap}"
        r"{\rtlch\fcs1 \af0 \ltrch\fcs0 \insrsid2 ter 1}\par \pard\plain \s3 Dear Tom,\par"
        r"\pard \ltrpar\ql \fi720 {\b0\i0 It was }{\i not}{ over.}{\b\ul !\b0 ?}\par \pard\qc * * *\par"
    )
    assert shown(text) == [
        ("title", "The Ford"), ("h1", "Chapter 1"), ("blockquote", "Dear Tom,"), ("p", "It was not over.!?"),
        ("center", "* * *"),
    ]  # fmt: skip
    draft = read(text)
    assert runs(draft) == [
        ("The Ford",), ("Chapter 1",), ("Dear Tom,",), ("It was ",), ("not", "em"), (" over.",),
        ("!", "strong", "underline"), ("?", "underline"), ("* * *",),
    ]  # fmt: skip
    assert [node.indent for node in draft.nodes] == [0, 0, 0, 4, 0]
    assert {name: (fact.value, fact.how) for name, (fact,) in draft.facts.items()} == {
        "author": ("Année", "inferred"), "title": ("The Ford", "inferred"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "mark"),
    [(r"\i so\i0", "em"), (r"\b so\plain", "strong"), (r"\uldb so\ulnone", "underline"),
     (r"\strike so\strike0", "strike"),
     (r"\striked1 so\striked0", "strike"), (r"\super so\nosupersub", "sup"), (r"\super\sub so\nosupersub", "sub")],
)  # fmt: skip
def test_each_mark_has_its_name_and_ends(written: str, mark: str) -> None:
    assert runs(read(rf"a {written}  b\par")) == [("a ",), ("so", mark), (" b",)]


def test_marks_end_with_their_group() -> None:
    assert runs(read(r"{\i one {\b two} three}{ four}\par")) == [
        ("one ", "em"), ("two", "em", "strong"), (" three", "em"), (" four",),
    ]  # fmt: skip


def test_wordpad_writes_flat() -> None:
    head = r"{\rtf1\ansi\ansicpg1252\deff0\nouicompat\deflang1033{\fonttbl{\f0\fnil\fcharset0 Calibri;}}"
    head += "\r\n{\\*\\generator Riched20 10.0.19041}\\viewkind4\\uc1 \r\n"
    head += "\\pard\\sa200\\sl276\\slmult1\\qc\\b\\f0\\fs22\\lang9 "
    draft = read("Low Tide\\b0\\par\r\n\\pard\\sa200\\i Wait,\\i0  he said\\'85\\par\r\n", head)
    assert [(node.hint, node.text) for node in draft.nodes] == [("center", "Low Tide"), ("p", "Wait, he said…")]
    assert runs(draft) == [("Low Tide", "strong"), ("Wait,", "em"), (" he said…",)]


def test_textedit_ends_paragraphs_with_a_backslash() -> None:
    head = (
        "{\\rtf1\\ansi\\ansicpg1252\\cocoartf2639\n\\cocoatextscaling0"
        "{\\fonttbl\\f0\\fswiss\\fcharset0 Helvetica;\\f1\\fswiss\\fcharset0 Helvetica-Oblique;}\n"
        "{\\colortbl;\\red255;}\n\\pard\\tx560\\pardirnatural\\partightenfactor0\n\n"
    )
    draft = read(
        "\\f0\\fs24 \\cf0 It\\'92s late.\\\n\\\n\n\\f1\\i So\n\\f0\\i0  he\\uc0\\u8217 d said\\uc0\\u8232 twice.", head
    )
    assert [(node.text, node.gap) for node in draft.nodes] == [
        ("It’s late.", 1), ("So he’d said", 2), ("twice.", 0),
    ]  # fmt: skip
    assert ("So", "em") in runs(draft)


def test_libreoffice_writes_letters_twice() -> None:
    head = (
        r"{\rtf1\ansi\deff3\adeflang1025{\fonttbl{\f0\froman\fprq2\fcharset0 Times New Roman;}}"
        r"{\stylesheet{\s0\snext0 Normal;}{\s1\sbasedon15\snext16\outlinelevel0\b Heading 1;}}"
        r"{\*\generator LibreOffice/7.4}{\info{\author ghost}}\formshade\paperh16838"
    )
    draft = read(
        r"\pard\plain \s1\outlinelevel0\b{\hich\af1\loch One}\par \pard\plain \s0{\rtlch \ltrch\loch "
        r"She said: \u8222\'84Ja\u8220\'93}{\i\ai\rtlch \ltrch\loch , so.}\par", head
    )  # fmt: skip
    assert [(node.hint, node.text) for node in draft.nodes] == [("h1", "One"), ("p", "She said: „Ja“, so.")]


def test_google_docs_numbers_its_lists() -> None:
    text = (
        r"\pard{\listtext\f0 1.\tab}\ls1\ilvl0 bread\par \pard\ls2{\*\unknown never seen}wine\par \pard\ls0 Then.\par"
        r"\pard{\pntext\f1\'b7\tab}{\*\pn\pnlvlblt\pnf1{\pntxtb\'b7}}salt\par \pard So.\par"
    )
    assert shown(text) == [("li", "bread"), ("li", "wine"), ("p", "Then."), ("li", "salt"), ("p", "So.")]


@pytest.mark.parametrize(
    ("written", "letters"),
    [
        (r"\'93Caf\'e9\'94", "“Café”"),
        (r"\f7 \'cb\'e0\'ec\'ef\'e0", "Лампа"),
        (r"\f8 \'93\'94\'96\'7b", b"\x93\x94\x96\x7b".decode("cp932")),
        (r"\u1051?\u1072\'e0", "Ла"),
        (r"{\uc2 \u8217\'81\'82s}\u8217?s", "’s’s"),
        (r"\uc0\u8217 s", "’s"),
        (r"\u-10179 ?\u-8704 ?!", "😀!"),
        (r"a\emdash b\endash c\lquote d\rquote  \ldblquote e\rdblquote\bullet", "a—b–c‘d’ “e”•"),
        (r"a\~b\_c\-d \{e\} \\", "a\xa0b\u2011cd {e} \\"),
        (r"a\tab b", "a\tb"),
        ("a\\'00\\'01\\'07b", "ab"),
        (r"\u8217\par?", "’"),
    ],
)
def test_letters_are_decoded(written: str, letters: str) -> None:
    assert said(written + r"\par")[0] == letters


def test_a_half_letter_is_replaced_and_told() -> None:
    draft = read(r"a\u-10179 ?b \u-8704 ?c\par")
    assert draft.text.strip() == "a\ufffdb \ufffdc"
    assert [remark.kind for remark in draft.remarks] == ["bytes-replaced"]


@pytest.mark.parametrize(
    ("head", "letter"),
    [(r"{\rtf1\mac ", "é"), (r"{\rtf1\pc ", "Ä"), (r"{\rtf1\ansi\ansicpg1251 ", "Ћ"),
     (r"{\rtf1\ansi\ansicpg10000 ", "é"), (r"{\rtf1 ", "Ž")],
)  # fmt: skip
def test_the_files_own_code_page_counts(head: str, letter: str) -> None:
    assert said(r"\'8e" + r"\par", head) == [letter]


def test_an_unknown_code_page_keeps_the_text_and_is_told() -> None:
    draft = read(r"Caf\'e9\par", r"{\rtf1\ansi\ansicpg31337 ")
    assert draft.text == "Café\n"
    assert [remark.kind for remark in draft.remarks] == ["encoding-guessed"]


def test_letters_in_utf8_that_stand_as_they_are_are_read() -> None:
    assert rtf.read("{\\rtf1\\ansi Café – so\\par}".encode(), "").text == "Café – so\n"
    assert rtf.read("{\\rtf1\\ansi Café – so\\par}".encode("cp1252"), "").text == "Café – so\n"


@pytest.mark.parametrize(
    "hidden",
    [r"{\pict\pngblip\picw10 89504e470d0a1a0a}", r"{\*\shppict{\pict 8950}}{\nonshppict{\pict 8950}}",
     r"{\object\objemb{\*\objdata 010500}}", r"{\header Page one\par}", r"{\footerr 2}", r"{\*\bkmkstart here}",
     r"{\*\atrfstart 1}{\*\atnid Beta}{\*\annotation{\*\atndate 5} Really?}", r"{\xe{\v index}}", r"{\*\new text}",
     r"{\deleted gone\par}", r"{\*\themedata 504b}", "{\\pict\\bin8 }}}}{{\\\\}", r"{\*\fldinst PAGE }"],
)  # fmt: skip
def test_what_is_no_text_is_left_out(hidden: str) -> None:
    assert said(rf"He {hidden}went.\par") == ["He went."]


def test_text_boxes_and_objects_results_are_text() -> None:
    box = r"{\shp{\*\shpinst\shpleft1{\sp{\sn fill}{\sv 1}}{\shptxt \pard In the box.\par}}}"
    assert said(rf"Around {box}it.\par After.\par") == ["Around it.", "In the box.", "After."]
    assert said(r"{\object{\*\objdata 01}{\result {A chart}}}\par") == ["A chart"]


def test_links_of_the_web_are_kept_and_no_others() -> None:
    field = r'{{\field{{\*\fldinst {{HYPERLINK "{}" }}}}{{\fldrslt {{\ul {}}}}}}}'
    text = field.format("https://example.org/1", "a") + field.format("file:///etc/passwd", "b") + r"c\par"
    assert [(run.text, run.link) for run in read(text).nodes[0].runs] == [
        ("a", "https://example.org/1"), ("b", ""), ("c", ""),
    ]  # fmt: skip


def test_notes_stand_at_the_end_under_their_number() -> None:
    text = (
        r"The ford{\super\chftn}{\footnote\pard\plain {\super\chftn} A real {\i one}.\par Wet.} was low.\par"
        r" Late{\footnote\ftnalt {An end.}}.\par"
    )
    assert [(node.kind, node.detail, node.text) for node in read(text).nodes] == [
        ("", "", "The ford[1] was low."), ("", "", "Late[2]."),
        ("note", "footnote", "[1]  A real one."), ("note", "footnote", "Wet."), ("note", "footnote", "[2] An end."),
    ]  # fmt: skip
    assert ("[1]", "sup") in runs(read(text))


def test_tables_keep_their_rows() -> None:
    row = r"\trowd\cellx1\cellx2\pard\intbl {}\cell {}\cell\row "
    text = r"Log:\par " + row.format("Day", "Ships") + row.format(r"Monday\par night", r"\i two\i0") + r"\pard So.\par"
    assert [(node.hint, node.text, node.gap) for node in read(text).nodes] == [
        ("p", "Log:", 1), ("table", "Day\tShips", 1), ("table", "Monday night\ttwo", 0), ("p", "So.", 1),
    ]  # fmt: skip


def test_page_breaks_begin_pages() -> None:
    draft = read(r"one\par\page two\par\pard\pagebb three\par")
    assert [node.page for node in draft.nodes] == [False, True, True]


def test_a_story_is_read_with_its_header_chapters_breaks_and_verse() -> None:
    text = (
        r"\pard\qc\b Salt\b0\par by Seamew\par\pard Fandom: The Odyssey\par Rating: PG\par"
        r"\pard\plain\s1\qc The Beach\par\pard\plain Nobody had told Elpenor about the ladder, so he came down.\par"
        r"\pard\qc * * *\par\pard They buried the oar with him, {\i as he had asked}.\par"
        r"\pard\qc{\i Row, row,\line the sea is slow,\line the wine is low}\par"
        r"\pard\plain\s1\qc The Ship\par\pard\plain On the next day the wind was fair, and nobody spoke of roofs.\par"
    )
    found = reading.read([((WORD + text + "}").encode(), "salt.rtf")])
    (work,) = found.works
    assert {name: work.facts[name][0].value for name in ("title", "author", "fandom", "rating")} == {
        "title": "Salt", "author": "Seamew", "fandom": "The Odyssey", "rating": "PG",
    }  # fmt: skip
    assert [chapter.title for chapter in work.chapters] == ["The Beach", "The Ship"]
    assert [block.kind for block in work.chapters[0].blocks] == ["heading", "paragraph", "break", "paragraph", "verse"]
    assert conserve.lost(found.sources[0], found.works) == []


@pytest.mark.parametrize(
    ("data", "chosen"),
    [(b"{\\rtf1 x}", "rtf"), (b"\xef\xbb\xbf\n{\\rtf1 x}", "rtf"), (b"{\\urtf x}", "text"), (b"An {\\rtf1 x}", "text")],
)
def test_it_is_known_by_its_first_bytes(data: bytes, chosen: str) -> None:
    assert readers.choose(data, "whatever.rtf") == chosen


def test_a_file_that_was_cut_off_says_so() -> None:
    draft = rtf.read(b"{\\rtf1\\ansi He {\\i went", "")
    assert draft.text == "He went\n"
    assert [remark.kind for remark in draft.remarks] == ["damaged"]


@pytest.mark.parametrize("length", ["999999999", "-5", "0", ""])
def test_a_length_that_lies_swallows_nothing(length: str) -> None:
    assert said(rf"He {{\pict\bin{length} }}went.\par") == ["He went."]


def test_text_after_the_end_and_too_many_ends_are_kept() -> None:
    assert rtf.read(b"{\\rtf1 one\\par}}}} two\\par{\\rtf1 three}\0\0", "").text == "one\n two\nthree\n"


def work_of(monkeypatch: pytest.MonkeyPatch, data: bytes) -> int:
    """How many tokens are looked at, and groups opened and closed."""
    count = 0

    def counted(method: Callable[..., object]) -> Callable[..., object]:
        def inner(*args: object) -> object:
            nonlocal count
            count += 1
            return method(*args)

        return inner

    with monkeypatch.context() as patched:
        for name in ("_close", "_text", "_word", "_flush", "_say", "_symbol", "_byte"):
            patched.setattr(rtf._Reader, name, counted(getattr(rtf._Reader, name)))
        rtf.read(data, "")
    return count


@pytest.mark.parametrize(
    "piece",
    [b"{", b"}", b"{}", b"{\\i x", b"\\'e9", b"\\u8217?", b"{\\footnote x", b"{\\shptxt x", b"\\cell x", b"\\*",
     b"\\bin9 ", b"{\\field{\\*\\fldinst HYPERLINK x", b"{\\stylesheet x", b"\\"],
)  # fmt: skip
def test_twice_the_file_is_twice_the_work(piece: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    once, twice = (work_of(monkeypatch, b"{\\rtf1 " + piece * count) for count in (2_000, 4_000))
    assert twice <= 2.2 * once + 20


def test_two_hundred_thousand_groups_within_one_another_keep_their_text() -> None:
    deep = rtf.read(b"{\\rtf1 a" + b"{\\i b" * 200_000 + b"}" * 200_001, "")
    assert len(deep.text.strip()) == 200_001
    assert deep.remarks == ()


PIECES = st.sampled_from(
    ["{", "}", "{\\*", "\\par ", "\\i ", "\\b0 ", "\\plain ", "\\pard ", "\\u8217?", "\\u-10179 ?", "\\'e9", "\\'",
     "\\", "\\cell ", "\\row ", "\\intbl ", "{\\footnote ", "{\\shptxt ", "{\\fldrslt ",
     "{\\*\\fldinst HYPERLINK x", "\\f7 ",
     "\\uc3 ", "\\bin3 ", "word ", "* * *", "\\line ", "\\page ", "{\\info{\\title ", "{\\fonttbl", "\\fcharset128 ",
     "\\ansicpg932 ", "{\\stylesheet", "\\s1 heading 1;", "\\deleted ", "\\qc ", "\n", "\\\n", "\xe9", "{\\listtext "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40))
def test_control_words_in_any_order_never_raise_and_lose_nothing(pieces: list[str]) -> None:
    read("".join(pieces), r"{\rtf1\ansi ")


@given(st.binary(max_size=300))
def test_whatever_follows_the_first_bytes_never_raises(rest: bytes) -> None:
    draft = rtf.read(b"{\\rtf1" + rest, "story.rtf")
    assert not conserve.uncovered(draft.text, [span for node in draft.nodes for span in node.spans])


@pytest.mark.parametrize(
    ("typed", "detail"),
    [("1.", "ordered"), ("12)", "ordered"), ("iv.", "ordered"), ("b)", "ordered"), (r"\'b7", ""), ("-", ""),
     (r"\bullet ", ""), (r"\u8226?", ""), ("o", ""), ("", "")],
)  # fmt: skip
def test_a_list_is_ordered_where_numbers_stand_before_its_items(typed: str, detail: str) -> None:
    for word in ("listtext", "pntext"):
        text = rf"{{\rtf1 {{\{word} {typed}\tab}}\ls1 The first of them.\par\pard After it.\par}}"
        item, after = rtf.read(text.encode(), "a.rtf").nodes
        assert (item.text, item.hint, after.hint) == ("The first of them.", "li", "p")
        assert item.detail == detail
