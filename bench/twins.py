"""Finding the same story twice: 10,000 works with 2,000 planted copies of ten kinds and 1,000 decoys, added from files
to a new library. What counts as found is what a person is asked, and what was joined without asking.

Also how the time of an `add` grows with the works: from 1,000 to 10,000, and with --long to 100,000; and what it takes
to look at a story within a text of millions of words. Another pile:

    python -m bench.twins --works 1000 --seed 7
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import sqlite3
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from bench import copies
from bench.measure import Figure
from bench.measure import run as ficshelf
from bench.stories import Storyteller
from ficshelf.likeness import tokens
from ficshelf.likeness.long import Long

WORDS = 1_500  # of a story, on average


class Claim(NamedTuple):
    """That two files hold one story, as the library has it: joined, or asked about with a verdict ("" for none)."""

    one: str
    other: str
    verdict: str


class Took(NamedTuple):
    """Seconds by the clock, and of the processor time of the process that looks for copies and writes. Those that read
    are not counted: what they do with a file does not depend on how many there are."""

    clock: float
    writing: float


def write(folder: Path, parts: Iterable[copies.Pile]) -> copies.Pile:
    """The files of a pile in folders by their names, which puts copies anywhere. The pile, without their bytes."""
    there = copies.Pile([], [], [])
    for part in parts:
        for file in part.files:
            place = folder / file.name[:2]
            place.mkdir(parents=True, exist_ok=True)
            (place / file.name).write_bytes(file.data)
            there.files.append(file._replace(data=b""))
        there.copies.extend(part.copies)
        there.decoys.extend(part.decoys)
    return there


def claims(library: Path) -> list[Claim]:
    """All pairs of files that a library takes for one story, or asks about."""
    with closing(sqlite3.connect(f"file:{library / 'library.sqlite3'}?mode=ro", uri=True)) as database:
        files = defaultdict(set)
        for work, path in database.execute(
            "SELECT link.work_id, place.path FROM library_worksource link"
            " JOIN library_place place ON place.source_id = link.source_id"
        ):
            files[work].add(Path(path).name)
        asked = database.execute(
            "SELECT work_id, other_id, json_extract(evidence, '$.verdict') FROM library_question"
            " WHERE about = 'same-work'"
        ).fetchall()
    found = [Claim(*pair, "joined") for names in files.values() for pair in combinations(sorted(names), 2)]
    for work, other, verdict in asked:
        found += [Claim(*sorted((one, another)), verdict or "") for one in files[work] for another in files[other]]  # type: ignore[arg-type]
    return found


class Score(NamedTuple):
    """How well copies were told from the rest."""

    precision: float
    recall: float
    by_kind: dict[str, tuple[int, int]]  # found, of so many
    decoys: dict[str, Counter[str]]  # verdicts on pairs of each kind of decoy
    wrong: list[Claim]
    missed: list[copies.Pair]


def score(pile: copies.Pile, found: list[Claim]) -> Score:
    """Compare what was found with what was planted. A decoy that lies within another work may be told as its part, and
    is no copy then; that it is the same, or joined with it, is wrong."""
    story = {file.name: file.story for file in pile.files}
    decoys = {frozenset(pair[:2]): pair for pair in pile.decoys}
    told: dict[str, Counter[str]] = {kind: Counter() for kind in copies.DECOYS}
    right: set[frozenset[str]] = set()
    wrong = []
    for claim in found:
        pair = frozenset(claim[:2])
        if story[claim.one] == story[claim.other]:
            right.add(pair)
            continue
        if decoy := decoys.get(pair):
            told[decoy.kind][claim.verdict] += 1
            if decoy.may_be_part and claim.verdict in ("part of", "contains"):
                continue
        wrong.append(claim)
    planted = Counter(pair.kind for pair in pile.copies)
    missed = [pair for pair in pile.copies if frozenset(pair[:2]) not in right]
    lacking = Counter(pair.kind for pair in missed)
    by_kind = {kind: (planted[kind] - lacking[kind], planted[kind]) for kind in copies.KINDS}
    hits = len(pile.copies) - len(missed)
    precision = hits / (hits + len(wrong)) if hits else 0.0
    return Score(precision, hits / len(pile.copies), by_kind, told, wrong, missed)


def added(works: int, words: int = WORDS, seed: int = 1) -> tuple[Took, Score]:
    """How long adding a pile takes, and how well its copies were found."""
    with tempfile.TemporaryDirectory(prefix="twins-") as place:
        pile = write(Path(place) / "pile", copies.parts(works, works // 5, works // 10, words, seed))
        before, began = _used(), time.perf_counter()
        ficshelf("add", Path(place) / "pile", library=Path(place) / "library")
        took = Took(time.perf_counter() - began, _used() - before)
        return took, score(pile, claims(Path(place) / "library"))


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run() -> list[Figure]:
    few, _ = added(1_000)
    many, found = added(10_000)
    return [*figures(10_000, found), growth(1_000, few, 10_000, many), *within_a_long_one()]


def within_a_long_one(words: int = 2_000_000) -> Iterator[Figure]:
    """How long it takes to look at stories of 3,000 words beside a text of millions of words that they are chapters of:
    the first, for which the long one is sampled, and further ones, against what that took."""
    told = Storyteller(1).story(0, words, 3_000).chapters
    texts = ["\n".join(text for _, text in one.blocks) for one in told]
    began = time.process_time()
    long = Long(texts)
    sampled = time.process_time() - began
    runs = []
    for text in texts[:: len(texts) // 10]:
        ours = [tokens.of_text(text)]
        began = time.process_time()
        found = long.judge(ours)
        runs.append((time.process_time() - began) * 1e3)
        assert found.verdict == "part of"
    note = f"beside {sampled * 1e3:,.0f} ms once, to sample the long one"
    yield Figure(f"looking at a story within {words:,} words", tuple(runs), "ms", at_most=60.0, note=note)


def figures(works: int, found: Score) -> Iterator[Figure]:
    """What was found of a pile of so many works, and each kind of it."""
    yield Figure(f"copies among {works:,} works: pairs told right", (found.precision,), "", at_least=0.99)
    yield Figure(f"copies among {works:,} works: pairs found", (found.recall,), "", at_least=0.95)
    for kind, (hits, of) in found.by_kind.items():
        yield Figure(f"  {kind}", (hits / of,), f"of {of}")
    for kind, verdicts in found.decoys.items():
        said = ", ".join(f"{verdict or 'no verdict'}: {number}" for verdict, number in verdicts.items())
        yield Figure(f"  decoys {kind}, asked about", (float(verdicts.total()),), "pairs", note=said)


def growth(few: int, short: Took, many: int, long: Took) -> Figure:
    """How the processor time grew, against n log n."""
    limit = many * math.log(many) / (few * math.log(few))
    return Figure(
        f"time to add {many:,} works, times that for {few:,}", (long.writing / short.writing,), "times", at_most=limit,
        note=f"{short.writing:.0f} and {long.writing:.0f} s; {short.clock:.0f} and {long.clock:.0f} s by the clock",
    )  # fmt: skip


def main() -> None:
    from bench.__main__ import table

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--works", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=WORDS, help="of a story, on average")
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000), help="of the pile; one by chance")
    given = parser.parse_args()
    print(f"{given.works:,} works of {given.words:,} words, seed {given.seed}", flush=True)
    took, found = added(given.works, given.words, given.seed)
    print(table([*figures(given.works, found)]))
    print(f"{took.clock:.0f} s, of which {took.writing:.0f} s of processor time to look for copies and write")
    for told, pairs in (("wrong", found.wrong), ("missed", found.missed)):
        for pair in pairs:
            print(f"{told}: {pair.one} and {pair.other}, {pair[2]}")


if __name__ == "__main__":
    main()
