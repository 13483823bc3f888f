"""PDFs: what is text and what only a printed page needs, which lines make a paragraph, what is said of bad files."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfs import Drawn, Page, Text, lines, pdf

from ficshelf import conserve, readers, reading
from ficshelf.model import Draft
from ficshelf.readers import pdf as reader

FULL = "The rain went on and nobody came to the door of it"  # as wide as a page of these tests holds
PROSE = [
    " He had left the lamp in the window for whoever was out",
    "in it, and had gone up to bed without a word to any of us.",
]


def drafted(*pages: Page, **more: object) -> Draft:
    return reader.read(pdf(pages, **more), "story.pdf")  # type: ignore[arg-type]


def texts(draft: Draft) -> list[str]:
    return [node.text for node in draft.nodes]


def story(number: int, words: str) -> list[Text]:
    """A page of ten lines that is like no other."""
    said = [f"On day {words} {place} of it {FULL[:35]}." for place in range(10)]
    return lines(said, y=340)


WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight"]


# --- what stands at the edges of pages


def chrome(draft: Draft) -> list[tuple[str, str]]:
    return [(one.reason, draft.text[one.span.start : one.span.end]) for one in draft.chrome]


def test_running_heads_and_numbers_of_pages_are_set_apart() -> None:
    draft = drafted(
        *([Text(120, 380, "Ann Hale"), *story(n, word), Text(148, 30, str(n + 7))] for n, word in enumerate(WORDS))
    )
    assert chrome(draft) == [
        one for n in range(8) for one in (("running head", "Ann Hale"), ("page number", str(n + 7)))
    ]
    assert not any("Ann Hale" in text for text in texts(draft))


def test_heads_that_change_from_page_to_page_and_hold_the_number_are_set_apart() -> None:
    draft = drafted(
        *(
            [Text(40, 380, f"{n + 1}   The Ford" if n % 2 else f"Ann Hale   {n + 1}"), *story(n, word)]
            for n, word in enumerate(WORDS)
        )
    )
    assert [reason for reason, _ in chrome(draft)] == ["running head"] * 8


@pytest.mark.parametrize("form", ["Page {} of 8", "- {} -", "{}/8", "[{}]"])
def test_numbers_of_pages_in_their_forms(form: str) -> None:
    draft = drafted(*([*story(n, word), Text(140, 30, form.format(n + 1))] for n, word in enumerate(WORDS)))
    assert [reason for reason, _ in chrome(draft)] == ["page number"] * 8


@pytest.mark.parametrize(("y", "size", "said"), [(30, 8, ["1"]), (30, 10, ["1"]), (218, 10, [])])
def test_the_number_of_the_only_page_stands_below_its_text(y: float, size: float, said: list[str]) -> None:
    draft = drafted([*story(0, "one"), Text(148, y, "1", size)])
    assert [number for reason, number in chrome(draft) if reason == "page number"] == said


def test_roman_numbers_of_pages() -> None:
    numbers = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"]
    draft = drafted(*([*story(n, word), Text(140, 30, numbers[n])] for n, word in enumerate(WORDS)))
    assert [said for _, said in chrome(draft)] == numbers


def test_headings_on_top_of_pages_are_no_running_heads() -> None:
    draft = drafted(*([Text(40, 380, f"Chapter {n + 1}"), *story(n, word)] for n, word in enumerate(WORDS)))
    assert chrome(draft) == []
    assert [text for text in texts(draft) if text.startswith("Chapter")] == [f"Chapter {n + 1}" for n in range(8)]


def test_a_line_that_ends_several_pages_by_chance_is_text() -> None:
    pages = [story(n, word) for n, word in enumerate(WORDS)]
    for n in (1, 4, 6):
        pages[n] = [Text(40, 352, "he said to nobody."), *pages[n]]
    for n in (0, 2, 3, 5, 7):
        pages[n] = [Text(40, 352, f"and {WORDS[n]} was the end."), *pages[n]]
    assert chrome(drafted(*pages)) == []


def first_page() -> list[Text]:
    return [Text(40, 352, "Title: The Long Tide"), Text(40, 340, "Author: Ann Hale"), *story(0, "one")[3:]]


@pytest.mark.parametrize("head", ["The Long Tide", "Ann Hale", "Ann Hale / The Long Tide"])
def test_a_head_that_comes_but_once_says_what_the_first_page_states(head: str) -> None:
    draft = drafted(first_page(), [Text(120, 385, head, 8), *story(1, "two")])
    assert chrome(draft) == [("running head", head)]


def test_a_head_that_comes_but_once_parts_a_sentence() -> None:
    above = [*first_page(), Text(40, 40, "and the last of them went down to the water,")]
    below = [Text(40, 352, "as he did every night."), *story(1, "two")[1:]]
    assert chrome(drafted(above, [Text(120, 385, "Harbour Lights", 8), *below])) == [("running head", "Harbour Lights")]


@pytest.mark.parametrize(("said", "size"), [("The Long Tide", 10), ("The Short Tide", 8)])
def test_a_line_on_top_of_the_second_page_is_no_head_by_its_place_alone(said: str, size: float) -> None:
    assert chrome(drafted(first_page(), [Text(120, 385, said, size), *story(1, "two")])) == []


def test_a_place_above_a_paragraph_is_none_of_a_quotation() -> None:
    told = [
        "Cork, 1917",
        "Of course it was Ada who had to carry the lamp up.",
        "Nobody else had asked for it by its name.",
    ]
    set_in = [(60 if place % 2 else 40, f"On day {place} the {FULL[:40]} went.") for place in range(8)]
    rows = [*set_in, (60, told[0]), (60, told[1]), (40, told[2]), *set_in[1:]]
    draft = drafted([Text(x, 352 - 12 * place, text) for place, (x, text) in enumerate(rows)])
    assert [node.hint for node in draft.nodes if node.text.startswith(("Cork", "Of course"))] == ["p", "p"]


def test_rows_of_stars_on_top_of_pages_are_no_running_heads() -> None:
    assert chrome(drafted(*([Text(140, 380, "* * *"), *story(n, word)] for n, word in enumerate(WORDS)))) == []


# --- paragraphs


def test_lines_are_joined_and_first_lines_that_are_set_in_begin_paragraphs() -> None:
    draft = drafted(lines([*PROSE, *PROSE, *PROSE]))
    assert texts(draft) == [" ".join(PROSE).strip()] * 3
    assert draft.text.count("\n") >= 6  # the layer has the lines as they stand


def test_more_room_between_lines_begins_a_paragraph() -> None:
    plain = [line.strip() for line in PROSE]
    assert texts(drafted(lines([*plain, "", *plain, "", *plain]))) == [" ".join(plain)] * 3


def test_a_short_last_line_begins_a_paragraph_where_nothing_else_does() -> None:
    said = [FULL, "all night.", FULL, "until the morning."]
    assert texts(drafted(lines(said))) == [f"{FULL} all night.", f"{FULL} until the morning."]


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    first, second = [*PROSE * 8, PROSE[0]], [PROSE[1], *PROSE * 4]
    number = [Text(150, 20, "1")], [Text(150, 20, "2")]
    draft = drafted(lines(first) + number[0], lines(second) + number[1])
    whole = " ".join(PROSE).strip()
    assert texts(draft) == [whole] * 13
    assert [len(node.spans) for node in draft.nodes] == [1] * 8 + [2] + [1] * 4


SONG = (
    [
        "Seven years I spent in silence",
        "Seven more I spent in sin",
        "Turn the key and turn it softly",
        "Let the wind in",
    ],
    ["Bring me salt and bring me honey", "Bring me back the summer rain", "There's a road I never took", "There again"],
)


@pytest.mark.parametrize(
    "above",
    [
        5,  # the second stanza's first line stands at the foot of the page
        4,  # each stanza on a page of its own
    ],
)
def test_a_stanza_goes_on_over_the_end_of_a_page(above: int) -> None:
    song = [line for stanza in SONG for line in stanza]
    prose = lines(PROSE * 8)
    foot = [Text(70, 140 - 12 * n - 14 * (n > 3), one) for n, one in enumerate(song[:above])]
    top = [Text(70, 350 - 12 * n, one) for n, one in enumerate(song[above:])]
    draft = drafted(prose + foot, top + lines(PROSE * 6, y=250))
    begun = [node.text for node in draft.nodes if node.text in song and node.gap]
    assert begun == [stanza[0] for stanza in SONG]


def test_the_next_label_of_a_header_stands_behind_a_sentence_that_has_filled_its_line() -> None:
    header = ["Title: Low Water", "Rating: G", f"Summary: {FULL[:44]}.", "Disclaimer: not mine."]
    assert texts(drafted(lines([*header, "", *PROSE * 3])))[:4] == header


def test_words_cut_at_the_ends_of_lines_are_whole_again() -> None:
    said = [" It was an extraordinary evening and under the lamp a well-known",
            "man was sitting by the window, whom I did not under-",
            "stand; for it is extra-", "ordinary, and he was well-", "known for it."]  # fmt: skip
    draft = drafted([Text(40 + 15 * one.startswith(" "), 350 - 12 * n, one.strip(), 8) for n, one in enumerate(said)])
    assert "extraordinary, and he was well-known for it." in texts(draft)[0]
    assert "understand" in texts(draft)[0]
    assert all(one.reason == "hyphenation" and draft.text[one.span.start : one.span.end] == "-" for one in draft.chrome)


def test_two_columns_are_read_one_after_the_other() -> None:
    left = lines([f"left {n} {FULL[:12]}" for n in range(24)], x=20, size=8)
    right = lines([f"right {n} {FULL[:11]}" for n in range(24)], x=165, size=8)
    rows = [one for pair in zip(left, right, strict=True) for one in pair]
    text = drafted(rows).text
    assert text.index("left 23") < text.index("right 0")


def test_a_large_initial_belongs_to_its_word() -> None:
    page = [
        Text(40, 338, "T", 30),
        Text(60, 350, "he rain went on and nobody came to the"),
        Text(60, 338, "door of it, not for a week and a day"),
        *lines(["and then they all came at once to it."], y=326),
    ]
    assert texts(drafted([*page, *lines([*PROSE] * 3, y=300)]))[0].startswith("The rain went on and nobody")


# --- what lines look like


def test_italics_and_bold_are_marks() -> None:
    page = [
        Text(40, 350, "It was "),
        Text(68, 350, "not", font=1),
        Text(82, 350, ", he said, "),
        Text(125, 350, "over", font=2),
    ]
    (node,) = drafted(page).nodes
    assert [(run.text.strip(), run.marks) for run in node.runs] == [
        ("It was", ()), ("not", ("em",)), (", he said,", ()), ("over", ("strong",))
    ]  # fmt: skip


def test_a_text_that_is_all_italic_marks_nothing() -> None:
    assert not any(node.runs for node in drafted(lines(PROSE * 3, font=1)).nodes)


def test_larger_lines_are_headings() -> None:
    pages = [[Text(100, 360, f"The {word} ford", 14, 2), *story(n, word)] for n, word in enumerate(WORDS[:3])]
    draft = drafted([Text(80, 380, "Three Fords", 20), *pages[0]], *pages[1:])
    assert [(node.hint, node.text) for node in draft.nodes if node.hint[0] == "h"] == [
        ("h1", "Three Fords"), ("h2", "The one ford"), ("h2", "The two ford"), ("h2", "The three ford")
    ]  # fmt: skip
    assert [node.kind for node in draft.nodes if node.hint == "h2"] == ["heading"] * 3


def test_a_rule_that_is_drawn_is_a_break_and_an_underline_is_none() -> None:
    page = [*lines(PROSE, y=350), Drawn(40, 320, 260, 320), *lines(PROSE, y=300), Drawn(55, 299, 150, 299)]
    assert [node.hint for node in drafted(page).nodes] == ["p", "hr", "p"]


def test_rules_below_running_heads_are_none() -> None:
    pages = ([Text(120, 380, "Ann Hale"), Drawn(40, 375, 260, 375), *story(n, word)] for n, word in enumerate(WORDS))
    assert not any(node.hint == "hr" for node in drafted(*pages).nodes)


def test_a_note_at_the_foot_of_a_page_does_not_part_the_paragraph_over_its_end() -> None:
    first = [*lines([*PROSE * 8, PROSE[0]]), Text(40, 60, "1 A note on it.", 7)]
    draft = drafted(first, lines([PROSE[1], *PROSE * 6]))
    whole = " ".join(PROSE).strip()
    assert texts(draft) == [whole] * 9 + ["1 A note on it."] + [whole] * 6
    assert [(node.kind, node.detail) for node in draft.nodes if node.kind] == [("note", "footnote")]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_that_is_turned_is_read_as_it_is_looked_at(rotate: int) -> None:
    """The letters stand upright on the page as it is turned: with a matrix that turns them back."""
    matrix = {0: "1 0 0 1 0 0", 90: "0 1 -1 0 300 0", 180: "-1 0 0 -1 300 400", 270: "0 -1 1 0 0 400"}[rotate]
    drawn = [f"{matrix} cm"]
    drawn += [f"BT /F0 10 Tf 40 {250 - 12 * n} Td ({line.strip()}) Tj ET" for n, line in enumerate(PROSE)]
    draft = drafted(zlib.compress("\n".join(drawn).encode()), rotate=rotate)  # type: ignore[arg-type]
    assert draft.text.split("\n")[:2] == [line.strip() for line in PROSE]


def test_what_the_file_says_of_itself_is_a_guess() -> None:
    draft = drafted(
        lines(PROSE), more=["<< /Title (Microsoft Word - The Ford.doc) /Author (Ann Hale) >>"], trailer="/Info 7 0 R"
    )
    assert {name: [(fact.value, fact.how) for fact in facts] for name, facts in draft.facts.items()} == {
        "title": [("The Ford", "inferred")],
        "author": [("Ann Hale", "inferred")],
    }


# --- what cannot be read


def kinds(data: bytes) -> list[str]:
    assert readers.choose(data, "story") == "pdf"
    return [remark.kind for remark in readers.read(data, "story").remarks]


def test_pages_without_text_are_pictures() -> None:
    assert kinds(pdf([[], [Drawn(0, 0, 100, 100)]])) == ["pictures-only"]


def test_a_password_is_named() -> None:
    key = "<" + "ab" * 32 + ">"
    locked = [f"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O {key} /U {key} >>"]
    assert kinds(pdf([lines(PROSE)], "/Encrypt 7 0 R /ID [<00> <00>]", locked)) == ["locked"]


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.4\n" + bytes(5000), pdf([lines(PROSE)])[:400]])
def test_what_is_broken_is_damaged(data: bytes) -> None:
    assert kinds(data) == ["damaged"]


def test_a_file_that_is_cut_is_read_as_far_as_it_goes() -> None:
    whole = pdf([story(n, word) for n, word in enumerate(WORDS)])
    cut = whole[: whole.index(b"xref")]
    assert "On day eight 9" in readers.read(cut, "story.pdf").text


def test_a_page_that_unpacks_too_far_is_refused() -> None:
    bomb = zlib.compress(b"(x) Tj " * 10_000_000, 9)
    assert kinds(pdf([bomb])) == ["too-large"]
    assert kinds(pdf([zlib.compress(bomb)]).replace(b"/FlateDecode", b"[/FlateDecode /FlateDecode]")) == ["too-large"]


def test_pages_beyond_the_limit_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader.limits, "PAGES", 3)
    data = pdf([story(n, word) for n, word in enumerate(WORDS)])
    assert kinds(data) == ["entry-skipped"]
    monkeypatch.setattr(reader.limits, "LETTERS", 100)
    assert kinds(data) == ["entry-skipped"]


PLACED = st.lists(
    st.builds(
        Text,
        st.integers(0, 290),
        st.integers(0, 390),
        st.text("abc ,.-“”12", min_size=1, max_size=30),
        st.sampled_from([6, 10, 10, 10, 18]),
        st.integers(0, 3),
    ),
    max_size=25,
)


@settings(max_examples=80)
@given(st.lists(PLACED, min_size=1, max_size=4))
def test_nothing_is_lost_wherever_it_stands(pages: list[list[Text]]) -> None:
    found = reading.read([(pdf(pages), "story.pdf")])
    if found.works:
        assert conserve.lost(found.sources[0], found.works) == []


@settings(max_examples=60)
@given(st.data())
def test_any_flipped_bytes_are_read_or_told(data: st.DataObject) -> None:
    whole = bytearray(pdf([story(0, "one"), story(1, "two")]))
    for _ in range(data.draw(st.integers(1, 20))):
        whole[data.draw(st.integers(9, len(whole) - 1))] = data.draw(st.integers(0, 255))
    draft = readers.read(bytes(whole), "story.pdf")
    assert draft.nodes or draft.remarks
