"""How a reading is shown: as JSON for programs (docs/reading-json.md gives its form), and as text for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from ficshelf.model import Block, Chapter, Draft, Fact, Node, Reading, Review, Run, Span, Work
from ficshelf.remarks import NOT_STORIES, kind_of_not_a_story
from ficshelf.words import of_chapter, of_work

VERSION = 1
LISTED = 200  # works of a container that are named before the rest is only counted
_UNTOLD = 20  # files of it that gave no work and are named


def to_json(reading: Reading) -> str:
    """The whole reading as one line of JSON."""
    return "".join(json_pieces(reading))


def json_pieces(reading: Reading) -> Iterator[str]:
    """The same line a chapter at a time: a long work all at once takes as much memory again as its reading. Spans count
    characters of each source's text layer."""
    yield _encoded(_head(reading)).removesuffix("}") + ',"works":['
    for number, work in enumerate(reading.works):
        facts = {name: [_fact(fact) for fact in facts] for name, facts in work.facts.items()}
        yield ("," if number else "") + f'{{"facts":{_encoded(facts)},"chapters":['
        for place, chapter in enumerate(work.chapters):
            yield ("," if place else "") + _encoded(_chapter(chapter))
        besides = _encoded(_besides(work))
        yield "]}" if besides == "{}" else "]," + besides.removeprefix("{")
    yield "]," + _encoded(_tail(reading)).removeprefix("{")


def _encoded(data: dict[str, Any]) -> str:
    return msgspec.json.encode(data).decode("utf-8")


def _head(reading: Reading) -> dict[str, Any]:
    return {
        "version": VERSION,
        "sources": [
            {
                "path": source.path,
                "sha256": source.sha256,
                "reader": source.reader,
                "encoding": source.encoding,
                "length": len(source.text),
                "chrome": [{"span": chrome.span, "reason": chrome.reason} for chrome in source.chrome],
            }
            for source in reading.sources
        ],
    }


def _tail(reading: Reading) -> dict[str, Any]:
    return {
        "remarks": [
            {"kind": remark.kind, "source": remark.source, "span": remark.span, "text": remark.text}
            for remark in reading.remarks
        ],
        "questions": [
            {
                "about": question.about,
                "source": question.source,
                "text": question.text,
                "answers": [{"value": answer.value, "evidence": answer.evidence} for answer in question.answers],
            }
            for question in reading.questions
        ],
    }


def _chapter(chapter: Chapter) -> dict[str, Any]:
    return {"number": chapter.number, "title": chapter.title, "blocks": [_block(block) for block in chapter.blocks]}


def _besides(work: Work) -> dict[str, Any]:
    """What a work has that most have not."""
    data: dict[str, Any] = {}
    if work.reviews:
        data["reviews"] = [_review(review) for review in work.reviews]
    if work.shelfmark is not None:
        data["shelfmark"] = work.shelfmark._asdict()
    return data


def _review(review: Review) -> dict[str, Any]:
    told = {**review._asdict(), "blocks": [_block(block) for block in review.blocks]}
    told["reply"] = [_block(block) for block in review.reply]
    return {name: value for name, value in told.items() if value}


def _fact(fact: Fact) -> dict[str, Any]:
    data: dict[str, Any] = {"value": fact.value, "how": fact.how, "source": fact.source, "spans": fact.spans}
    if fact.confidence is not None:
        data["confidence"] = fact.confidence
    if fact.evidence:
        data["evidence"] = fact.evidence
    return data


def _block(block: Block) -> dict[str, Any]:
    data: dict[str, Any] = {
        "kind": block.kind,
        "source": block.source,
        "spans": block.spans,
        "runs": [_run(run) for run in block.runs],
    }
    if block.detail:
        data["detail"] = block.detail
    return data


def _run(run: Run) -> dict[str, Any]:
    data: dict[str, Any] = {"text": run.text}
    if run.marks:
        data["marks"] = run.marks
    if run.link:
        data["link"] = run.link
    return data


def to_list(readings: Iterable[Reading]) -> Iterator[str]:
    """What a container holds, for people: a line for each work as it is read, and what was found besides."""
    works = 0
    others: Counter[str] = Counter()
    untold: list[str] = []
    for reading in readings:
        for work in reading.works:
            works += 1
            if works <= LISTED:
                yield f"  {_in_a_line(work)}"
        told = {block.source for work in reading.works for chapter in work.chapters for block in chapter.blocks}
        for remark in reading.remarks:
            if kind := kind_of_not_a_story(remark.text):
                others[kind] += 1
            elif remark.source not in told and len(untold) <= _UNTOLD and not reading.sources[remark.source].reader:
                untold.append(f"  {_plain(reading.sources[remark.source].path)}: {_short(remark.text, 110)}")
    if works > LISTED:
        yield f"  … and {works - LISTED:,} more; with --json all of them are told"
    yield f"{works:,} work{'' if works == 1 else 's'}"
    for kind, number in others.most_common():
        yield f"{number:,} {kind if number == 1 else NOT_STORIES[kind][0]}"
    if untold:
        yield "Not read"
        yield from untold[:_UNTOLD]
        if len(untold) > _UNTOLD:
            yield "  … and more"


def _in_a_line(work: Work) -> str:
    title, authors = work.fact("title"), work.facts.get("author", ())
    by = ", ".join(dict.fromkeys(_plain(str(one.value)) for one in authors[:3]))
    many = "" if len(work.chapters) == 1 else "s"
    named = _short(str(title.value), 90) if title else "(no title stated)"
    words = of_work(work)
    return f"{named}{f' by {_short(by, 60)}' if by else ''}: {len(work.chapters):,} chapter{many}, {words:,} words"


def to_text(reading: Reading) -> str:
    """A reading for people: facts, chapters with their words, remarks and questions."""
    lines: list[str] = []
    for source in reading.sources:
        how = f"{source.reader}, {source.encoding}" if source.encoding else source.reader or "not read"
        lines.append(f"{_plain(source.path)}  ({how}, {len(source.text):,} characters)")
    for work in reading.works:
        title = work.fact("title")
        lines += ["", _plain(str(title.value)) if title else "(no title stated)"]
        for name, facts in work.facts.items():
            for fact in facts:
                sure = "" if fact.confidence is None else f"   [a guess, {fact.confidence:.0%}: {fact.evidence}]"
                lines.append(f"  {name}: {_short(str(fact.value), 90)}{sure}")
        for place, chapter in enumerate(work.chapters, 1):
            kinds = [
                f"{sum(block.kind == kind for block in chapter.blocks)} {kind}"
                for kind in ("break", "verse", "quote", "note")
            ]
            numbered = "" if chapter.number is None else f" [{chapter.number}]"
            named = f" {_plain(chapter.title)}" if chapter.title else ""
            shown = ", ".join(kind for kind in kinds if not kind.startswith("0 "))
            words = of_chapter(chapter)
            lines.append(f"  chapter {place}{numbered}{named}: {words:,} words" + (f"; {shown}" if shown else ""))
        if work.reviews:
            lines.append(f"  reviews: {len(work.reviews):,}")
    if reading.remarks:
        lines += ["", "Remarks"] + [f"  {remark.kind}: {_short(remark.text, 110)}" for remark in reading.remarks]
    if reading.questions:
        lines += ["", "Questions"]
        for question in reading.questions:
            lines.append(f"  {question.about}: {_plain(question.text)}")
            lines += [f"    perhaps “{_short(answer.value, 70)}” ({answer.evidence})" for answer in question.answers]
    return "\n".join(lines)


def explain(steps: Iterable[tuple[str, Draft]], *, whole: bool = False) -> Iterator[str]:
    """The steps of a reading: after each, the lines it changed, and the facts, chrome and remarks it added."""
    before: Draft | None = None
    for name, draft in steps:
        known = set(before.nodes) if before else set()
        changed = [(number, node) for number, node in enumerate(draft.nodes) if whole or node not in known]
        yield f"── {name}: {len(draft.nodes)} lines" + (f", {len(changed)} changed" if before and not whole else "")
        for number, node in changed:
            yield f"{number:5} {_node(node)}"
        for fact_name, facts in draft.facts.items():
            for fact in facts:
                if before is None or fact not in before.facts.get(fact_name, ()):
                    yield f"    + {fact_name}: {_short(str(fact.value), 90)} ({fact.how})"
        for chrome in draft.chrome[len(before.chrome) if before else 0 :]:
            yield f"    + set apart ({chrome.reason}): {_short(_slice(draft.text, chrome.span), 70)}"
        for remark in draft.remarks[len(before.remarks) if before else 0 :]:
            yield f"    + remark {remark.kind}: {_short(remark.text, 100)}"
        for question in draft.questions[len(before.questions) if before else 0 :]:
            yield f"    + question about {question.about}"
        before = draft


def _node(node: Node) -> str:
    span = f"{node.spans[0].start}–{node.spans[-1].end}" if node.spans else "–"
    marks = " ".join(
        filter(
            None,
            [node.hint and f"<{node.hint}>", "page" if node.page else "", f"gap {node.gap}" if node.gap != 1 else ""],
        )
    )
    return f"{span:>13}  {node.kind or '·':12} {marks:16} {_short(node.text, 80)}"


def _slice(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _plain(text: str) -> str:
    """Text that is safe to print: control characters are shown, not sent to the terminal."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "�" for letter in text)


def _short(text: str, most: int) -> str:
    text = _plain(" ".join(text.split()))
    return text if len(text) <= most else text[: most - 1] + "…"
