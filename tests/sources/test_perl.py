"""Perl data: what a program wrote comes back, what people broke by hand is mended, and nothing is ever run."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficshelf.sources import perl
from ficshelf.sources.perl import Value


def entries(text: str) -> dict[str, Value]:
    return {entry.key: entry.value for table in perl.parse(text).tables for entry in table.entries}


def faults(text: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.entry) for fault in perl.parse(text).faults]


# -- what a program wrote


def single(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def double(text: str) -> str:
    signs = {"\\": "\\\\", '"': '\\"', "$": "\\$", "@": "\\@", "\n": "\\n", "\t": "\\t", "\x01": "\\x01"}
    return '"' + "".join(signs.get(one, one if one < "\x80" else f"\\x{{{ord(one):x}}}") for one in text) + '"'


def braced(text: str) -> str:
    return "q{" + text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}") + "}"


def joined(text: str) -> str:
    half = len(text) // 2
    return f"{single(text[:half])}\n . {double(text[half:])}"


class Writer:
    """Writes a table as one program or another would."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def table(self, held: dict[str, Value]) -> str:
        begin = self.chance.choice(["%FILES = (", "our %FILES=(", "my %FILES = (\n\n", "%FILES = ( # all"])
        body = "".join(f"{key} => {self.value(value)}{self.comma()}" for key, value in held.items())
        return f"#!/usr/bin/perl\nuse strict;\n{begin}\n{body});\n1;\n"

    def comma(self) -> str:
        return self.chance.choice([",\n", ", # it's so\n", " ,\n\n\t", ",\r\n"])

    def value(self, value: Value) -> str:
        if value is None:
            return "undef"
        if isinstance(value, str):
            return self.chance.choice([single, double, braced, joined])(value)
        if isinstance(value, list):
            return "[" + "".join(self.value(one) + "," for one in value) + "]"
        keys = {key: self.chance.choice([single, double])(key) for key in value}
        return "{\n" + "".join(f"\t{keys[key]} => {self.value(one)}{self.comma()}" for key, one in value.items()) + "}"


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["', Title => 'x", "},\n2 => {", '"', "\\", "\\'", "q{", "#", "<<EOT", "\nTitle => ", ");", "'", "',\n", "1;"]
)
HELD = st.recursive(
    st.none() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS.filter(lambda one: not one.isdigit()), inner),
    max_leaves=5,
)
TABLES = st.dictionaries(
    st.integers(0, 10**6).map(str),
    st.dictionaries(WORDS.filter(lambda one: not one.isdigit()), HELD, max_size=4),
    max_size=4,
)


@given(TABLES, st.randoms(use_true_random=False))
def test_what_a_program_wrote_comes_back(held: dict[str, Value], chance: random.Random) -> None:
    text = Writer(chance).table(held)
    assert entries(text) == held
    assert not perl.parse(text).faults


@given(st.text(st.sampled_from("'\"\\{}()[],;=>#\n\t qAx1.$%<@"), max_size=300))
def test_any_text_is_read(text: str) -> None:
    perl.parse(text)
    perl.parse("%FILES = (\n1 => {\n" + text)


@given(TABLES, st.data())
def test_a_file_that_is_cut_keeps_what_stands_before(held: dict[str, Value], data: st.DataObject) -> None:
    chance = random.Random(1)
    text = Writer(chance).table(held)
    cut = data.draw(st.integers(0, len(text)))
    whole = perl.parse(text).tables[0].entries
    there = entries(text[:cut])
    for entry in whole:
        if entry.end < cut:
            assert there[entry.key] == entry.value


def test_every_way_to_write_a_value() -> None:
    text = r"""
%FILES = (
# the first story
'12' => {
  Title => 'Ann\'s \ Road',          # it's a comment
  Author=>"Quill \"Q\" \x41\x{e9}\101\$",
  Notes => q(a (nested) b), More => qq{\tx},
  Tags => [qw(one two), 'three',], Few => undef,
  Size => 12_000, Rating => R, Date => -1.5,
  Summary => <<'EOT', Last => 'here',
It's a text 'of' lines,
Title => 'no field',
EOT
  Long => 'one ' . "two",
},
13, { Title, 'With commas', Author, 'Quill' },
);
$FILES{14} = { Title => 'Alone' };
$FILES{'15'} = { Title => 'Alone, too' };
=head1 Told
%FILES = ( 99 => { Title => 'in the manual' } );
=cut
1;
__END__
%FILES = (16 => { Title => 'never' });
"""
    assert entries(text) == {
        "12": {
            "Title": "Ann's \\ Road",
            "Author": 'Quill "Q" AéA$',
            "Notes": "a (nested) b",
            "More": "\tx",
            "Tags": [["one", "two"], "three"],
            "Few": None,
            "Size": "12_000",
            "Rating": "R",
            "Date": "-1.5",
            "Summary": "It's a text 'of' lines,\nTitle => 'no field',\n",
            "Last": "here",
            "Long": "one two",
        },
        "13": {"Title": "With commas", "Author": "Quill"},
        "14": {"Title": "Alone"},
        "15": {"Title": "Alone, too"},
    }
    assert not perl.parse(text).faults


# -- what people broke


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("'Don't look'", "Don't look"),
        ("''Wait', she said, 'for me'.'", "'Wait', she said, 'for me'."),
        ("'the (so-called 'king') of it'", "the (so-called 'king') of it"),
        ("'a brace {'x'} in it'", "a brace {'x'} in it"),
        ("'two lines, and it's\na mark'", "two lines, and it's\na mark"),
        ("'O\\'Dell and O'Dell'", "O'Dell and O'Dell"),
        ('"the "late" train"', 'the "late" train'),
        ('"a comma", she said"', 'a comma", she said'),
    ],
)
def test_quotation_marks_that_are_not_escaped(written: str, meant: str) -> None:
    for after in (",\n\tAuthor => 'Quill',\n},\n", "\n},\n", " },\n", ", # it's so\n\tAuthor => 'Quill' },\n"):
        text = f"%FILES = (\n1 => {{\n\tTitle => {written}{after}2 => {{\n\tTitle => 'Next',\n}},\n);\n1;\n"
        held = entries(text)
        assert isinstance(held["1"], dict)
        assert held["1"]["Title"] == meant
        assert held["2"] == {"Title": "Next"}
        assert faults(text) == [(3, "1")]


def test_a_value_that_is_never_closed_ends_with_its_line() -> None:
    text = (
        "%FILES = (\n1 => {\n Title => 'Salt,\n Author => 'Quill',\n},\n"
        "2 => {\n Title => 'Ash\n},\n3 => {\n Title => 'Sea',\n},\n);\n"
    )
    assert entries(text) == {"1": {"Title": "Salt", "Author": "Quill"}, "2": {"Title": "Ash"}, "3": {"Title": "Sea"}}
    assert faults(text) == [(3, "1"), (7, "2")]


def test_a_brace_that_is_gone() -> None:
    text = "%FILES = (\n1 => {\n Title => 'Salt',\n2 => {\n Title => 'Ash',\n},\n3 => {\n Title => 'Sea',\n);\n1;\n"
    assert entries(text) == {"1": {"Title": "Salt"}, "2": {"Title": "Ash"}, "3": {"Title": "Sea"}}
    assert faults(text) == [(4, "1"), (9, "3")]


def test_commas_that_are_gone() -> None:
    text = "%FILES = (\n1 => {\n Title => 'Salt'\n Author => 'Quill'\n}\n2 => {\n Title => 'Ash'\n}\n)\n1;\n"
    assert entries(text) == {"1": {"Title": "Salt", "Author": "Quill"}, "2": {"Title": "Ash"}}


def test_rubbish_between_entries_and_fields() -> None:
    text = (
        "%FILES = (\n?? what\n1 => {\n Title => 'Salt',\n ???\n Author => 'Quill',\n},\n"
        "@@\n2 => {\n Title => 'Ash',\n},\n);\n"
    )
    assert entries(text) == {"1": {"Title": "Salt", "Author": "Quill"}, "2": {"Title": "Ash"}}
    assert faults(text) == [(2, ""), (5, "1"), (8, "")]


def test_code_is_kept_as_words_and_never_run() -> None:
    text = (
        "%FILES = (\n1 => {\n Title => `rm -rf x`,\n Author => do { system('x', 'y') },\n"
        " Date => 02/26/00,\n Notes => 'n' },\n);\n"
    )
    assert entries(text) == {
        "1": {"Title": "`rm -rf x`", "Author": "do { system('x', 'y') }", "Date": "02/26/00", "Notes": "n"}
    }
    assert faults(text) == [(3, "1"), (4, "1"), (5, "1")]


def test_a_field_that_stands_twice_tells_both() -> None:
    fault = perl.parse("%FILES = (1 => { Title => 'Salt', Title => 'Ash' });").faults[0]
    assert fault.entry == "1"
    assert "“Salt”" in fault.text


def test_nothing_nests_without_end() -> None:
    assert perl.parse("%FILES = (1 => " + "[" * 100_000).faults
    assert perl.parse("%FILES = (1 => " + "{a=>" * 100_000).faults
