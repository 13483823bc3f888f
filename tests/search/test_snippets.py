"""A snippet is a piece of the text as it stands, around what was looked for."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from ficshelf.search.parser import parse
from ficshelf.search.query import Phrase, Prefix, Word
from ficshelf.search.snippets import Marker


def marker(query, **forms):
    return Marker(parse(query).text(), lambda word: forms.get(word, ()))


def plain(marked):
    return "".join(f"[{text}]" if mark else text for text, mark in marked)


def test_a_short_paragraph_is_shown_whole_with_what_follows():
    shown = marker("lamp").snippet(["It was late.", "The lamp burned.", "He slept.", "x " * 200])
    assert plain(shown).startswith("The [lamp] burned. He slept. x x")


def test_a_long_paragraph_is_cut_at_words_around_the_first_mark():
    text = "word " * 300 + "the lamp burned " + "other " * 300
    shown = plain(marker("lamp").snippet([text]))
    assert shown.startswith("… word")
    assert shown.endswith("other …")
    assert "the [lamp] burned other" in shown
    assert 200 < len(shown) < 320


def test_the_place_with_most_of_it_is_shown():
    shown = plain(marker("lamp keeper").snippet(["A lamp.", "x " * 200, "The keeper took the lamp."]))
    assert shown == "The [keeper] took the [lamp]."


def test_what_stands_apart_is_shown_in_several_places_in_the_order_of_the_text():
    far = "x " * 400
    shown = plain(marker("lamp keeper bell").snippet(["A bell rang.", far, "The keeper.", far, "A lamp."]))
    assert shown == "A [bell] rang. … The [keeper]. … A [lamp]."


def test_forms_prefixes_and_phrases_are_marked():
    found = marker('kiss vio* "the long night"', kiss=("kissed",))
    assert plain(found.mark("Kissed by a Violin, the LONG—night’s The long night, the long")) == (
        "[Kissed] by a [Violin], the LONG—night’s [The long night], the long"
    )


def test_marks_never_overlap():
    found = Marker([Word("long"), Phrase(("the", "long", "night")), Prefix("nig")], lambda word: ())
    assert plain(found.mark("the long night, long nights")) == "[the long night], [long] [nights]"


def test_nothing_found_is_nothing_shown():
    assert marker("lamp").snippet(["A bell."]) == ()
    assert marker("lamp").snippet([]) == ()
    assert marker("lamp").mark("A bell.") == (("A bell.", False),)
    assert Marker([], lambda word: ()).mark("A bell.") == (("A bell.", False),)


letters = st.text("ab é’'-½你 \n“—\u0301", max_size=900)


@given(
    st.lists(letters, max_size=5), st.lists(st.sampled_from([Word("ab"), Word("ae"), Prefix("ba"), Phrase(("a", "b"))]))
)
def test_every_snippet_is_pieces_of_the_text(texts, wanted):
    found = Marker(wanted, lambda word: ())
    shown = found.snippet(texts)
    whole = " ".join(" ".join(unicodedata.normalize("NFC", text) for text in texts).split())
    for text, mark in shown:
        assert mark or text in (" …", "… ", " ") or text in whole
        assert not mark or found.found_in(text)
    assert len("".join(text for text, _ in shown)) < 1000
    single = [want for want in wanted if not isinstance(want, Phrase)]  # a phrase may lie across two pieces
    if any(Marker([want], lambda word: ()).found_in(text) for want in single for text in texts):
        assert any(mark for _, mark in shown)
