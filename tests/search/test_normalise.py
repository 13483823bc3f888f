"""Text, query and tag become the same words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficshelf.search.normalise import LONGEST, normalise, words
from ficshelf.search.schema import analyser
from ficshelf.search.snippets import tokens


@pytest.mark.parametrize(
    "text", ["couldn't", "couldn’t", "couldnt", "COULDN‘T", "couldn`t", "couldn´t", "couldnʼt", "could\u00adn't"]
)
def test_apostrophes_of_any_shape_are_nothing(text):
    assert words(text) == ["couldnt"]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zoë ZOE\u0308 zoe", "zoe zoe zoe"),
        ("İstanbul ISTANBUL ıstanbul", "istanbul istanbul istanbul"),
        ("Straße STRASSE", "strasse strasse"),
        ("Ærøskøbing Łódź", "aeroskobing lodz"),
        ("ﬁne Ｗｉｄｅ", "fine wide"),
        ("Ёлка елка", "елка елка"),
        ("ὈΔΥΣΣΕΎΣ Ὀδυσσεύς", "οδυσσευσ οδυσσευσ"),
        ("it's its it", "its its it"),
        ("well-known, *so*_there_ — a…b", "well known so there a b"),
        ("你好", "你 好"),
        ("नमस्ते", "नमस्ते"),
        ("3½ x²", "31 2 x2"),
        ("'Hello,' 'twas ‘Hello’", "hello twas hello"),
        ("\ud800a", "a"),
        ("★ — …", ""),
    ],
)
def test_words_are_folded(text, folded):
    assert " ".join(words(text)) == folded


@given(st.text())
def test_words_are_words_once_and_for_all(text):
    assert words(normalise(text)) == words(text)
    assert all(words(word) == [word] for word in words(text))


@given(st.text(), st.text())
def test_what_stands_beside_a_word_changes_nothing(left, right):
    assert words(f"{left} {right}") == words(left) + words(right)


@given(st.text())
def test_the_index_splits_words_where_we_do(text):
    there = [word for word in words(text) if len(word.encode()) <= LONGEST]
    assert analyser().analyze(normalise(text)) == there


@given(st.text() | st.text("aé’'`-½你 İ\u00ad\u0308Zoë“—", max_size=30))
def test_marking_finds_the_words_where_they_stand(text):
    text = unicodedata.normalize("NFC", text)
    found = list(tokens(text))
    assert [word for _, _, word in found] == words(text)
    for start, end, word in found:
        assert 0 <= start < end <= len(text)
        assert word in words(text[start:end])
