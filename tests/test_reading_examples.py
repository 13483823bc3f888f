"""The examples of docs/reading.md read as it says: what is told to people is what the program does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ficshelf import reading
from ficshelf.model import STATED, Block

TEXT = (Path(__file__).parent.parent / "docs" / "reading.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```(text|html)\n(.*?)^```\n+```reads\n(.*?)^```$", TEXT, re.M | re.S)
_SIGNS = {"em": "_", "strong": "**"}


def told(source: str, suffix: str) -> Iterator[str]:
    """A reading in the words of docs/reading.md: a line a fact, a chapter, a block; then remarks and questions. That a
    story states no title, nor its language, is told there once, and left out of every example."""
    found = reading.read([(source.encode(), f"saved.{suffix}")])
    for number, work in enumerate(found.works, 1):
        if len(found.works) > 1:
            yield f"work {number}"
        for name, facts in work.facts.items():
            for fact in facts:
                if fact.how != STATED and name in ("title", "language"):
                    continue
                value = "yes" if fact.value is True else "no" if fact.value is False else str(fact.value)
                guess = "" if fact.how == STATED else f"   (a guess: {fact.evidence})"
                yield f"{name}: {' ¶ '.join(value.split(chr(10) * 2))}{guess}"
        for chapter in work.chapters:
            if len(work.chapters) > 1 or chapter.number is not None or chapter.title:
                yield " ".join(filter(None, ["chapter", str(chapter.number or ""), chapter.title or ""]))
            for block in chapter.blocks:
                yield f"  {block.kind:10} {marked(block)}".rstrip()
    for remark in found.remarks:
        yield f"remark: {remark.kind}"
    for question in found.questions:
        if question.about != "title":
            yield f"question: {question.text}"


def marked(block: Block) -> str:
    """The words of a block, its marks as signs, its lines parted by a slash."""
    pieces = []
    for run in block.runs:
        signs = "".join(_SIGNS.get(mark, "") for mark in run.marks)
        pieces.append(f"{signs}{run.text}{signs[::-1]}")
    return " / ".join("".join(pieces).split("\n"))


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 20
    assert len(EXAMPLES) == TEXT.count("```reads"), "an example stands without what it is read from"


@pytest.mark.parametrize(
    ("kind", "source", "expected"), EXAMPLES, ids=[source.strip().split("\n")[0][:40] for _, source, _ in EXAMPLES]
)
def test_an_example_reads_as_the_page_says(kind: str, source: str, expected: str) -> None:
    suffix = {"text": "txt", "html": "html"}[kind]
    assert "\n".join(told(source, suffix)) == expected.rstrip("\n")


if __name__ == "__main__":  # writes down what is read now, for a person to judge
    for kind, source, _ in EXAMPLES:
        print(source, "\n".join(told(source, {"text": "txt", "html": "html"}[kind])), sep="\n", end="\n\n=====\n")
