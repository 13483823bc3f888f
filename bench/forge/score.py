"""Scores what came back of one file against its truth: blocks, facts, chapters, letters, words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from bench.forge import alike
from bench.forge.job import Made
from bench.forge.second_parser import lost_letters
from bench.forge.truth import Expected, Truth, as_blocks
from ficshelf import conserve
from ficshelf.model import INFERRED, Block, Reading

KINDS = ("paragraph", "heading", "break", "verse", "quote", "note", "end")
_ADORNED = "*_~=-–— \t\xa0"


@dataclass(slots=True)
class Counts:
    """Right ones, wrong ones (there but not true) and missed ones (true but not there)."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, other: Counts) -> None:
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Score:
    """What came of one file, or of many."""

    files: int = 0
    kinds: dict[str, Counts] = field(default_factory=lambda: {kind: Counts() for kind in (*KINDS, "stress")})
    stated: int = 0  # facts that the truth states
    exact: int = 0  # of those, the ones that came back letter for letter
    invented: int = 0  # stated facts that the truth does not state
    chapters: int = 0  # files whose list of chapters is right
    lost: int = 0  # characters lost by the core's own count
    letters_lost: int = 0  # letters lost by a second parser
    joined: int = 0
    split: int = 0
    guesses: list[tuple[str, float, bool]] = field(default_factory=list)  # (fact, confidence, right)
    slips: list[str] = field(default_factory=list)  # what went wrong, in words; of one file only

    def add(self, other: Score) -> None:
        self.files += other.files
        for kind, counts in other.kinds.items():
            self.kinds[kind].add(counts)
        for name in ("stated", "exact", "invented", "chapters", "lost", "letters_lost", "joined", "split"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.guesses += other.guesses

    @property
    def errors(self) -> int:
        """A measure of how much went wrong, for finding the worst."""
        blocks = sum(counts.wrong + counts.missed for counts in self.kinds.values())
        facts = 3 * (self.stated - self.exact + self.invented)
        return (
            blocks + facts + 5 * (self.files - self.chapters) + self.lost + self.letters_lost + self.joined + self.split
        )


def share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def normal(kind: str, text: str) -> str:
    """A block's text as it is compared: runs of blanks are one, lines count in verse alone, a heading's and a break's
    ornament does not count."""
    lines = [" ".join(line.split()) for line in text.strip().split("\n")]
    if kind == "verse":
        return "\n".join(line for line in lines if line)
    joined = " ".join(line for line in lines if line)
    if kind in ("heading", "end"):
        return joined.strip(_ADORNED)
    return joined.replace(" ", "") if kind == "break" else joined


def score(made: Made, reading: Reading) -> Score:
    """The score of one file, with what was lost of it."""
    total = compare(made.truth, reading)
    spans = [
        span for number, source in enumerate(reading.sources) for span in conserve.lost(source, reading.works, number)
    ]
    total.lost = sum(end - start for start, end in spans)
    if total.lost:
        total.slips.append(f"{total.lost} characters lost by the core's own count")
    missing = lost_letters(made, reading)
    total.letters_lost = missing.total()
    if missing:
        total.slips.append(f"{total.letters_lost} letters lost: {dict(missing.most_common(8))}")
    return total


def compare(truth: Truth, reading: Reading) -> Score:
    """How far a reading is the truth."""
    total = Score(files=1)
    _blocks(truth, reading, total)
    _facts(truth, reading, total)
    _chapters(truth, reading, total)
    _words(truth, reading, total)
    return total


def read_blocks(reading: Reading) -> list[Block]:
    return [block for work in reading.works for chapter in work.chapters for block in chapter.blocks]


def _blocks(truth: Truth, reading: Reading, total: Score) -> None:
    got = Counter((block.kind, normal(block.kind, block.text)) for block in read_blocks(reading))
    wanted = as_blocks(truth)
    for block in [block for block in wanted if block.free]:
        for kind in KINDS:  # whatever became of it is no slip
            got.pop((kind, normal(kind, block.text)), None)
    missed: list[Expected] = []
    for block in wanted:
        if block.free:
            continue
        keys = [(kind, normal(kind, block.text)) for kind in (block.kind, *sorted(block.also))]
        key = next((key for key in keys if got[key] > 0), None)
        if key is None:
            missed.append(block)
            total.kinds[block.kind].missed += 1
            continue
        got[key] -= 1
        total.kinds[block.kind].right += 1
    for (kind, text), count in got.items():
        if count > 0:
            total.kinds.setdefault(kind, Counts()).wrong += count
            total.slips.append(f"{kind} that is none: {text[:90]!r}" + (f" × {count}" if count > 1 else ""))
    total.slips += [f"{block.kind} missed: {block.text[:90]!r}" for block in missed]
    _stress(wanted, reading, total)


def _stress(wanted: list[Expected], reading: Reading, total: Score) -> None:
    """Stressed runs, where they are known: outside headings, breaks and verse, whose looks layouts choose."""
    kinds = ("paragraph", "note", "quote")
    known = Counter(" ".join(text.split()) for block in wanted if block.kind in kinds for text in block.stressed)
    got = Counter(
        " ".join(run.text.split())
        for block in read_blocks(reading)
        if block.kind in kinds
        for run in block.runs
        if "em" in run.marks and run.text.strip()
    )
    counts = Counts((known & got).total(), (got - known).total(), (known - got).total())
    total.kinds["stress"].add(counts)
    if counts.wrong or counts.missed:
        total.slips.append(f"stress: wrong {list(got - known)[:4]}, missed {list(known - got)[:4]}")


def _value(value: str | bool) -> str | bool:
    if isinstance(value, bool):
        return value
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", value.strip()))


def _facts(truth: Truth, reading: Reading, total: Score) -> None:
    got: dict[str, set[str | bool]] = {}
    for work in reading.works:
        for name, facts in work.facts.items():
            for fact in facts:
                if fact.how == INFERRED:
                    right = _is_so(truth, name, fact.value)
                    if right is not None:
                        total.guesses.append((name, fact.confidence or 0.0, right))
                else:
                    value = truth.same.get((name, str(fact.value)), fact.value)
                    got.setdefault(name, set()).add(_value(value))
    for name in sorted({*got, *truth.facts} - truth.free):
        wanted = {_value(value) for value in truth.facts.get(name, ())}
        found = got.get(name, set())
        right, extra = wanted & found, found - wanted
        total.stated += len(wanted)
        total.exact += len(right)
        invented = max(0, len(extra) - (len(wanted) - len(right)))
        total.invented += invented
        if wanted - found:
            total.slips.append(
                f"fact {name}: wanted {sorted(map(str, wanted - found))}, got {sorted(map(str, extra))}"[:300]
            )
        if invented:
            total.slips.append(f"fact {name} invented: {sorted(map(str, extra))}"[:300])


def _is_so(truth: Truth, name: str, value: str | bool) -> bool | None:
    """Whether an inferred value is so; None where nobody knows."""
    if name not in truth.so or name == "complete":
        return None
    return alike.is_so(name, str(value), truth.so)


def _chapters(truth: Truth, reading: Reading, total: Score) -> None:
    wanted = [[(chapter.number, chapter.title and _title(chapter.title)) for chapter in work] for work in truth.works]
    got = [
        [(chapter.number, chapter.title and _title(chapter.title)) for chapter in work.chapters]
        for work in reading.works
    ]
    total.chapters = int(wanted == got)
    if wanted != got:
        total.slips.append(f"chapters: wanted {wanted}, got {got}"[:600])


def _title(title: str) -> str:
    return " ".join(title.split())


def _words(truth: Truth, reading: Reading, total: Score) -> None:
    """Words that were joined or split: two that are missing make one that is too many, or the other way round."""
    wanted = Counter(word for block in as_blocks(truth) if block.kind != "break" for word in block.text.split())
    got = Counter(word for block in read_blocks(reading) if block.kind != "break" for word in block.text.split())
    missing, extra = wanted - got, got - wanted
    total.joined = _made_of_two(extra, missing)
    total.split = _made_of_two(missing, extra)
    if total.joined or total.split:
        total.slips.append(
            f"words joined {total.joined}, split {total.split}: {list(extra)[:6]} for {list(missing)[:6]}"
        )


def _made_of_two(wholes: Counter[str], halves: Counter[str]) -> int:
    return sum(
        count
        for whole, count in wholes.items()
        if any(whole[:at] in halves and whole[at:] in halves for at in range(1, len(whole)))
    )
