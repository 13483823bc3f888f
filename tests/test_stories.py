"""Every folder of `tests/stories/` is a case: `source.*` (or `sources/`), `expected.json`, and `why.md`.

`expected.json` says how a careful reader would read the sources (docs/reading-rules.md has the rules):

- `works`: for each its `facts` (name → list of `[how, value]`) and `chapters` (`number`, `title`, `blocks`). A block is
  `[kind, text]`, or `[kind, text, [[marked text, mark, …], …]]` where the marks are compared as well (`[]`: none).
  `first words … last words` stands for a long text; `verse|quote` is either kind; `?paragraph` may also be absent.
- `remarks` (kinds) and `questions` (what they are about): all there must be, and no others.
- `free`: names of facts, remarks and questions about which the case says nothing.

Stated facts are compared as a whole, inferred ones only where the case lists them. Runs of blanks count as one blank.
Adding a case takes no code.
"""

from __future__ import annotations

import difflib
import html
import itertools
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from ficshelf.model import BLOCK_KINDS, FACT_NAMES, MARKS, STATED, Block, Reading, Span
from ficshelf.reading import read
from ficshelf.remarks import KINDS
from ficshelf.show import to_json

STORIES = Path(__file__).parent / "stories"
CASES = sorted(path.name for path in STORIES.iterdir() if path.is_dir())
ELLIPSIS = " … "

TYPED = re.compile(
    r"</?(?:[a-z]{1,2}|em|strong|center|blockquote|font|span|strike|del|small|[A-Z]+)>|\[/?[biuBIU]\]|=20$|=\n", re.M
)

each_case = pytest.mark.parametrize("case", CASES)


def sources_of(case: str) -> list[tuple[bytes, str]]:
    folder = STORIES / case
    paths = sorted(folder.glob("source.*")) or sorted(
        path for path in (folder / "sources").rglob("*") if path.is_file()
    )
    return [(path.read_bytes(), path.relative_to(folder).as_posix()) for path in paths]


@cache
def reading_of(case: str) -> Reading:
    return read(sources_of(case))


@cache
def expected_of(case: str) -> dict:
    return json.loads((STORIES / case / "expected.json").read_text(encoding="utf-8"))


# --- a reading and an expectation as lines that can be compared


def plain(text: str) -> str:
    """The text with runs of blanks as one blank; line ends stay."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip("\n")


def marks_of(block: Block) -> list[list[str]]:
    return [[run.text, *run.marks] for run in block.runs if run.marks]


def same_text(wanted: str, got: str) -> bool:
    first, dots, last = wanted.partition(ELLIPSIS)
    if not dots:
        return wanted == got
    return len(got) > len(first) + len(last) and got.startswith(first) and got.endswith(last)


def settle(wanted: list, got: list[list]) -> list | None:
    """The wanted block in full words, as the block of the reading that it describes; None where it may be absent."""
    kinds = wanted[0].removeprefix("?").split("|")
    for block in got:
        if block[0] in kinds and same_text(wanted[1], block[1]):
            return [*block[:2], *([block[2]] if wanted[2:] == [block[2]] else wanted[2:])]
    return None if wanted[0].startswith("?") else wanted


def block_line(block: list) -> str:
    marks = "" if len(block) < 3 else f"  marks {json.dumps(block[2], ensure_ascii=False)}"
    return f"  {block[0]}: {block[1]!r}{marks}"


def fact_lines(number: int, facts: dict[str, list], free: list[str]) -> list[str]:
    values = {(name, how, value) for name, found in facts.items() if name not in free for how, value in found}
    return [f"work {number}: {name} is {how} {value!r}" for name, how, value in sorted(values, key=str)]


def compared(reading: Reading, expected: dict) -> tuple[list[str], list[str]]:
    """The lines that are wanted and the lines that are there."""
    free = expected.get("free", [])
    wanted: list[str] = [f"{len(expected['works'])} works"]
    got: list[str] = [f"{len(reading.works)} works"]
    works = list(expected["works"])
    for number, work in enumerate(works, 1):
        wanted += fact_lines(number, work["facts"], free)
        found = reading.works[number - 1] if number <= len(reading.works) else None
        got_blocks: list[list] = []
        if found:
            listed = {(name, *fact) for name, facts in work["facts"].items() for fact in facts}
            facts = {
                name: [
                    (fact.how, fact.value)
                    for fact in several
                    if fact.how == STATED or (name, fact.how, fact.value) in listed
                ]
                for name, several in found.facts.items()
            }
            got += fact_lines(number, facts, free)
            got_blocks = [
                [block.kind, plain(block.text), marks_of(block)] for ch in found.chapters for block in ch.blocks
            ]
        marked = set()
        for chapter in work["chapters"]:
            wanted.append(f" chapter {chapter['number']}, {chapter['title']!r}")
            for block in chapter["blocks"]:
                block = settle(block, got_blocks)
                if block is not None:
                    wanted.append(block_line(block))
                    if len(block) > 2:
                        marked.add((block[0], block[1]))
        if found:
            for ch in found.chapters:
                got.append(f" chapter {ch.number}, {ch.title!r}")
                for b in ch.blocks:
                    block = [b.kind, plain(b.text), marks_of(b)]
                    got.append(block_line(block if (block[0], block[1]) in marked else block[:2]))
    wanted += [f"remark {kind}" for kind in sorted(expected["remarks"]) if kind not in free]
    got += [f"remark {kind}" for kind in sorted({remark.kind for remark in reading.remarks}) if kind not in free]
    wanted += [f"question about {about}" for about in sorted(expected["questions"]) if about not in free]
    got += [f"question about {about}" for about in sorted({q.about for q in reading.questions}) if about not in free]
    return wanted, got


@each_case
def test_is_read_as_a_careful_reader_would(case: str) -> None:
    wanted, got = compared(reading_of(case), expected_of(case))
    if wanted != got:
        why = (STORIES / case / "why.md").read_text(encoding="utf-8").strip()
        diff = "\n".join(difflib.unified_diff(wanted, got, "wanted", "read", lineterm="", n=1))
        pytest.fail(f"{case}: {why}\n{diff}", pytrace=False)


# --- what holds for every reading of anything


@each_case
def test_nothing_is_lost(case: str) -> None:
    """Every non-blank character of the text layer lies in a block, a fact or chrome."""
    reading = reading_of(case)
    for index, source in enumerate(reading.sources):
        covered = bytearray(len(source.text))
        for span in spans_of(reading, index):
            covered[span.start : span.end] = b"\1" * (span.end - span.start)
        lost = "".join(ch if not covered[i] and not ch.isspace() else " " for i, ch in enumerate(source.text))
        assert not lost.split(), f"{source.path} lost {lost.split()}"


def spans_of(reading: Reading, index: int) -> list[Span]:
    spans = [chrome.span for chrome in reading.sources[index].chrome]
    for work in reading.works:
        spans += [
            span for facts in work.facts.values() for fact in facts if fact.source == index for span in fact.spans
        ]
    return spans + block_spans(reading, index)


def block_spans(reading: Reading, index: int) -> list[Span]:
    return [
        span
        for work in reading.works
        for chapter in work.chapters
        for block in chapter.blocks
        if block.source == index
        for span in block.spans
    ]


@each_case
def test_spans_lie_within_their_source_and_no_character_is_told_twice(case: str) -> None:
    reading = reading_of(case)
    for index, source in enumerate(reading.sources):
        for span in spans_of(reading, index):
            assert 0 <= span.start <= span.end <= len(source.text), f"{source.path}: {span}"
        told = sorted(block_spans(reading, index) + [chrome.span for chrome in source.chrome])
        for before, after in itertools.pairwise(told):
            assert before.end <= after.start, f"{source.path}: {before} and {after} overlap: " + repr(
                source.text[after.start : before.end]
            )


def letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", text))


def ascii_letters(text: str) -> str:
    return "".join(re.findall(r"[A-Za-z]", text))


@each_case
def test_a_block_says_what_its_spans_say(case: str) -> None:
    """No letter of a block is invented, none is dropped; typed tags and repaired letters alone may differ."""
    reading = reading_of(case)
    repaired = {remark.source for remark in reading.remarks if remark.kind == "mojibake-repaired"}
    kinds = {remark.kind for remark in reading.remarks}
    for work in reading.works:
        for chapter in work.chapters:
            for block in chapter.blocks:
                if block.kind == "image":
                    continue
                text = reading.sources[block.source].text
                stood = "".join(text[span.start : span.end] for span in block.spans)
                stood = html.unescape(stood) if "codes-read" in kinds else stood
                stood = TYPED.sub("", stood)
                same = ascii_letters if block.source in repaired else letters
                assert same(block.text) == same(stood), f"{block.kind} {block.spans}"


@each_case
def test_the_same_bytes_are_read_the_same_in_any_order(case: str) -> None:
    again = read(reversed(sources_of(case)))
    first = reading_of(case)
    assert sorted(source.sha256 for source in again.sources) == sorted(source.sha256 for source in first.sources)
    assert read(sources_of(case)) == first
    assert sorted(map(told, again.works), key=repr) == sorted(map(told, first.works), key=repr)


# every case of plain text, but those that are about line ends themselves
TEXTS = [
    case
    for case in CASES
    if all(
        path.endswith(".txt") and b"\r" not in data and b"=20\n" not in data and b"\0" not in data
        for data, path in sources_of(case)
    )
]


@pytest.mark.parametrize("case", TEXTS)
@pytest.mark.parametrize(
    "dressed",
    [
        pytest.param(lambda data: data.replace(b"\n", b"\r\n"), id="windows-line-ends"),
        pytest.param(lambda data: data.replace(b"\n", b" \n"), id="trailing-blanks"),
        pytest.param(lambda data: data.rstrip(b"\n"), id="no-last-line-end"),
        pytest.param(lambda data: data + b"\n\n\n", id="blank-lines-at-the-foot"),
    ],
)
def test_how_the_lines_were_saved_changes_nothing(case: str, dressed: Callable[[bytes], bytes]) -> None:
    saved_anew = read([(dressed(data), path) for data, path in sources_of(case)])
    assert [told(work) for work in saved_anew.works] == [told(work) for work in reading_of(case).works]


def told(work) -> tuple:
    """What a work says, without the numbers of the sources it says it from."""
    facts = sorted({(name, str(fact.value), fact.how) for name, several in work.facts.items() for fact in several})
    chapters = [(ch.number, ch.title, [(b.kind, b.runs, b.detail) for b in ch.blocks]) for ch in work.chapters]
    return facts, chapters


@each_case
def test_a_reading_keeps_to_the_model(case: str) -> None:
    reading = reading_of(case)
    assert reading.sources
    for remark in reading.remarks:
        assert remark.kind in KINDS
        assert 0 <= remark.source < len(reading.sources)
        assert remark.span.end <= len(reading.sources[remark.source].text)
    for question in reading.questions:
        assert question.about in (*FACT_NAMES, "chapters", "encoding", "same-work")
        assert all(answer.value and answer.evidence for answer in question.answers)
    for work in reading.works:
        assert work.chapters
        for name, facts in work.facts.items():
            assert name in FACT_NAMES
            for fact in facts:
                assert isinstance(fact.value, bool if name == "complete" else str)
                assert fact.value == "" or fact.value == (
                    fact.value.strip() if isinstance(fact.value, str) else fact.value
                )
                assert fact.how in ("stated", "inferred")
                if fact.how == "inferred":
                    assert fact.confidence is not None
                    assert 0 < fact.confidence <= 1
                    assert fact.evidence
        for chapter in work.chapters:
            for block in chapter.blocks:
                assert block.kind in BLOCK_KINDS
                assert block.spans or block.kind in ("break", "image")
                for run in block.runs:
                    assert run.text or block.kind in ("break", "image")
                    assert list(run.marks) == [mark for mark in MARKS if mark in run.marks]


@each_case
def test_the_json_form_says_the_same(case: str) -> None:
    """What `ficshelf read --json` prints has the form that is promised, and says what the reading says."""
    reading = reading_of(case)
    data = json.loads(to_json(reading))
    assert list(data) == ["version", "sources", "works", "remarks", "questions"]
    for shown, source in zip(data["sources"], reading.sources, strict=True):
        assert shown["length"] == len(source.text)
        assert shown["chrome"] == [{"span": list(chrome.span), "reason": chrome.reason} for chrome in source.chrome]
    for shown, work in zip(data["works"], reading.works, strict=True):
        assert {name: [fact["value"] for fact in facts] for name, facts in shown["facts"].items()} == {
            name: [fact.value for fact in facts] for name, facts in work.facts.items()
        }
        for shown_chapter, chapter in zip(shown["chapters"], work.chapters, strict=True):
            assert (shown_chapter["number"], shown_chapter["title"]) == (chapter.number, chapter.title)
            for shown_block, block in zip(shown_chapter["blocks"], chapter.blocks, strict=True):
                assert (shown_block["kind"], shown_block["source"]) == (block.kind, block.source)
                assert shown_block["spans"] == [list(span) for span in block.spans]
                assert "".join(run["text"] for run in shown_block["runs"]) == block.text
    assert [remark["kind"] for remark in data["remarks"]] == [remark.kind for remark in reading.remarks]


# --- the cases themselves


@each_case
def test_a_case_is_whole(case: str) -> None:
    assert sources_of(case)
    assert (STORIES / case / "why.md").read_text(encoding="utf-8").strip()
    expected = expected_of(case)
    assert set(expected) <= {"works", "remarks", "questions", "free"}
    assert set(expected["remarks"]) <= set(KINDS)
    for work in expected["works"]:
        assert set(work["facts"]) <= set(FACT_NAMES)
        for chapter in work["chapters"]:
            for kind, _, *marks in chapter["blocks"]:
                assert set(kind.removeprefix("?").split("|")) <= set(BLOCK_KINDS)
                assert all(mark in MARKS for run in (marks[0] if marks else []) for mark in run[1:])


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 75
