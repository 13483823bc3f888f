"""Make mirrors and crawls of sites and score what comes back of them; exits with 1 where a bar is missed:

python -m bench.forge.crawls --stories 1000 --seed 1
python -m bench.forge.crawls --kind journal --slips 50      one kind of site alone
python -m bench.forge.crawls --way mhtml                    one way of keeping alone
python -m bench.forge.crawls --keep DIR                     the crawls themselves

Sites of five kinds (`sites/`) are kept in nine ways (`keeping.py`): with lists, people, reviews, gates and errors, with
pages fetched twice and cut off, and with chapters that are missing.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from bench.forge import keeping, sites
from bench.forge.sites import Page, Site
from bench.forge.sites.page import letters
from ficshelf import conserve, record, sources
from ficshelf.library import bundles
from ficshelf.model import Reading, Work
from ficshelf.reading import read

PER_SITE = 20
BARS = {
    "pairs of one story, precision": 0.998,
    "pairs of one story, recall": 0.97,
    "in order": 1.0,
    "text to the letter": 0.999,
    "chapters found": 0.995,
    "reviews tied": 0.99,
    "reviews at their chapter": 0.99,
    "replies parted": 0.99,
    "people found": 0.99,
    "minus works of no story": 0.0,
    "minus pages unaccounted": 0.0,
    "minus letters lost": 0.0,
}


@dataclass(slots=True)
class Result:
    """What was counted, and what went wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    slips: list[str] = field(default_factory=list)

    def add(self, other: Result) -> None:
        self.counts.update(other.counts)
        self.slips += other.slips

    def slip(self, what: str) -> None:
        self.slips.append(what)

    def share(self, of: str, whole: str) -> float:
        return self.counts[of] / self.counts[whole] if self.counts[whole] else 1.0

    def figures(self) -> dict[str, float]:
        return {
            "pairs of one story, precision": self.share("pairs right", "pairs found"),
            "pairs of one story, recall": self.share("pairs right", "pairs"),
            "in order": self.share("in order", "rows"),
            "text to the letter": self.share("to the letter", "texts"),
            "chapters found": self.share("chapters found", "chapters"),
            "reviews tied": self.share("reviews tied", "reviews"),
            "reviews at their chapter": self.share("reviews placed", "reviews of chapters"),
            "replies parted": self.share("replies parted", "replies"),
            "people found": self.share("people found", "people"),
            "minus works of no story": -float(self.counts["works of no story"]),
            "minus pages unaccounted": -float(self.counts["pages unaccounted"]),
            "minus letters lost": -float(self.counts["letters lost"]),
        }


def run(
    stories: int, seed: int, kind: str = "", way: str = "", keep: Path | None = None, processes: int = 2,
    per_site: int = PER_SITE,
) -> Result:  # fmt: skip
    """Make sites with so many stories together, so many each, and score them."""
    kinds = [kind] if kind else list(sites.KINDS)
    ways = [way] if way else list(keeping.WAYS)
    tasks = [
        (f"{seed}/{n}", kinds[n % len(kinds)], ways[n % len(ways)], min(per_site, stories - n * per_site), keep)
        for n in range(-(-stories // per_site))
    ]
    whole = Result()
    if processes == 1:
        for task in tasks:
            whole.add(one(*task))
    else:
        with ProcessPoolExecutor(processes) as pool:
            for result in pool.map(one, *zip(*tasks, strict=True)):
                whole.add(result)
    return whole


def one(seed: str, kind: str, way: str, stories: int, keep: Path | None = None) -> Result:
    """Make, keep, read and score one site."""
    rng = random.Random(f"crawls {seed}")
    made = sites.make(kind, stories, rng, f"site{seed.rpartition('/')[2]}.example.org")
    with tempfile.TemporaryDirectory() as folder:
        root = (keep or Path(folder)) / f"{seed.replace('/', '-')}-{kind}-{way}"
        root.mkdir(parents=True)
        names = {f"{root}/{name}": page for name, page in keeping.WAYS[way](made, root, rng).items()}
        return _Score(made, names, f"{seed} {kind} {way}", str(root)).of(root, Path(folder))


def readings_of(root: Path, scratch: Path, result: Result) -> list[Reading]:
    """What comes of a folder, taken apart and read a bundle at a time, as `ficshelf add` does it."""
    scratch.mkdir()
    places = list(sources.walk([root], scratch=sources.Scratch(scratch)))
    readings: list[Reading] = []
    for task in bundles.tasks(root, [place for place in places if not place.container]):
        pieces = [(place.content(1 << 26) or b"", place.path) for place in task.places]
        result.counts["captures kept"] += sum(place.kind == "warc" for place in task.places)
        for data, _ in pieces:
            if data.startswith(record.MARK):
                _balance(data, result)
        pieces = [(data, path) for data, path in pieces if not data.startswith(record.MARK)]
        if pieces:
            readings.append(read(pieces, gathered=any(place.group for place in task.places)))
    return readings


def _balance(data: bytes, result: Result) -> None:
    """What a crawl says that it holds must be what it kept and what it left out."""
    told = record.unpack(data)
    held = sum(int(one.value) for one in told.fields if one.name == "table")
    left = sum(int(one.value.partition(":")[0]) for one in told.fields if one.name == "left out")
    result.counts["pages unaccounted"] += abs(held - left - sum(told.rows.values()))


_Chapter = tuple[str, int]  # a story and its chapter


class _Score:
    """A site's score: what came back, held against what is so. `names` say which page each source is."""

    def __init__(self, made: Site, names: dict[str, Page], where: str, root: str) -> None:
        self.made, self.names, self.where, self.root = made, names, where, root
        self.result = Result()
        self.chapters = {(page.story, page.chapter) for page in names.values() if page.kind == "chapter"}
        self.found: set[tuple[_Chapter, _Chapter]] = set()  # chapters of one work
        self.told: set[_Chapter] = set()
        self.tied: dict[str, list[tuple[str, int | None, str]]] = defaultdict(list)

    def of(self, root: Path, folder: Path) -> Result:
        readings = readings_of(root, folder / "scratch", self.result)
        for reading in readings:
            for work in reading.works:
                self.work(work, reading)
        self.accounts(readings)
        self.pairs()
        self.reviews()
        people = Counter(one.name for reading in readings for one in reading.records if one.kind == "person")
        self.result.counts["people"] += len(self.made.people)
        for pen in self.made.people.values():
            self.count("people found", people[pen] > 0, f"nobody called {pen}")
        return self.result

    def count(self, what: str, is_so: bool, slip: str) -> None:
        self.result.counts[what] += is_so
        if not is_so:
            self.result.slip(f"{self.where}: {slip}".replace(f"{self.root}/", ""))

    def accounts(self, readings: list[Reading]) -> None:
        """Each page is in a work, in a record, or chrome with a reason; each letter, too."""
        seen: set[str] = set()
        for reading in readings:
            for index, source in enumerate(reading.sources):
                seen.add(source.path)
                lost = conserve.lost(source, reading.works, index)
                in_record = any(one.source == index for one in reading.records)
                lost = [] if in_record else lost
                self.result.counts["letters lost"] += sum(span.end - span.start for span in lost)
                if lost:
                    self.count("letters lost", False, f"letters lost in {source.path}")
        for path in sorted(set(self.names) - seen):
            self.result.counts["pages unaccounted"] += 1
            self.count("", False, f"unaccounted {path}")

    def work(self, work: Work, reading: Reading) -> None:
        count = self.result.counts
        texts: dict[str, str] = defaultdict(str)
        for chapter in work.chapters:
            for block in chapter.blocks:
                texts[reading.sources[block.source].path] += (
                    letters(block.text) if block.kind not in ("heading", "break") else ""
                )
        for path in texts:
            page = self.names.get(path)
            if page is None or page.kind not in ("chapter", "whole", "again"):
                count["works of no story"] += 1
                self.count("", False, f"a work of {page.kind if page else 'nothing'}: {path}")
            elif page.told and page.kind != "whole":
                count["texts"] += 1
                wrong = _differs(texts[path], page.told)
                self.count("to the letter", not wrong, f"text of {path}: {wrong}")
        pages = [self.names[path] for path in texts if path in self.names]
        rows = [(page.story, page.chapter) for page in pages if page.chapter]
        self.told |= set(rows)
        self.found |= set(combinations(sorted(set(rows)), 2))
        if len(rows) > 1:
            count["rows"] += 1
            order = [chapter for _, chapter in rows]
            self.count("in order", order == sorted(set(order)), f"order {order} of {pages[0].url}")
        story = next((self.names[path].story for path in texts if path in self.names), "")
        for review in work.reviews:
            at = work.chapters[review.chapter - 1] if 0 < review.chapter <= len(work.chapters) else None
            path = reading.sources[at.blocks[0].source].path if at is not None and at.blocks else ""
            page = self.names.get(path)
            n = None if page is None else page.chapter or review.chapter
            text = letters(" ".join(block.text for block in review.blocks))
            self.tied[text].append((story, n, letters(" ".join(block.text for block in review.reply))))

    def pairs(self) -> None:
        by_story: dict[str, list[_Chapter]] = defaultdict(list)
        for chapter in self.chapters:
            by_story[chapter[0]].append(chapter)
        pairs = {pair for row in by_story.values() for pair in combinations(sorted(row), 2)}
        count = self.result.counts
        count["pairs"], count["pairs found"], count["pairs right"] = (
            len(pairs),
            len(self.found),
            len(pairs & self.found),
        )
        for one, other in sorted(pairs - self.found):
            self.count("", False, f"not together: {one} and {other}")
        for one, other in sorted(self.found - pairs):
            self.count("", False, f"together, and are two: {one} and {other}")
        count["chapters"] = len(self.chapters)
        for chapter in sorted(self.chapters):
            self.count("chapters found", chapter in self.told, f"no chapter {chapter}")

    def reviews(self) -> None:
        count = self.result.counts
        for said in self.made.reviews:
            count["reviews"] += 1
            tied = self.tied.get(letters(said.text), [])
            self.count("reviews tied", any(one[0] == said.story for one in tied), f"not tied: {said.story} {said.text}")
            if (said.story, said.chapter) in self.chapters:
                count["reviews of chapters"] += 1
                places = [one[1] for one in tied]
                self.count(
                    "reviews placed", said.chapter in places, f"review at {places}, not {said.chapter}: {said.story}"
                )
            if said.reply:
                count["replies"] += 1
                replies = [one[2] for one in tied]
                self.count("replies parted", letters(said.reply) in replies, f"reply {replies} to {said.text}")


def _differs(text: str, told: tuple[tuple[str, bool], ...]) -> str:
    """How a chapter's letters differ from its pieces, all of which must be there in order, and nothing else but those
    that need not be there; "" where they do not."""
    at = 0
    free: list[str] = []
    for piece, must in (*told, ("", True)):
        if not must:
            free.append(piece)
            continue
        start = text.find(piece, at) if piece else len(text)
        if start < 0:
            return f"lacks {piece[:50]}, has {text[at : at + 50]}"
        more = text[at:start]
        for one in sorted(free, key=len, reverse=True):
            more = more.replace(one, "", 1)
        if more:
            return f"says also {more[:60]}"
        at = start + len(piece)
        free = []
    return ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=200, help="how many stories (200)")
    parser.add_argument("--seed", type=int, default=1, help="which: the same seed makes the same crawls (1)")
    parser.add_argument("--kind", default="", choices=["", *sites.KINDS], help="this kind of site alone")
    parser.add_argument("--way", default="", choices=["", *keeping.WAYS], help="this way of keeping alone")
    parser.add_argument("--slips", type=int, default=20, metavar="N", help="list so many slips (20)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write the crawls here")
    parser.add_argument("--processes", type=int, default=2, help="how many processes (2)")
    given = parser.parse_args()
    began = time.perf_counter()
    result = run(given.stories, given.seed, given.kind, given.way, given.keep, given.processes)
    for slip in result.slips[: given.slips]:
        print(f"  {slip}")
    figures = result.figures()
    for name, figure in figures.items():
        print(f"{name:36} {figure:9.4f}  {'ok' if figure >= BARS[name] else f'below {BARS[name]}'}")
    print(f"{given.stories} stories, {result.counts['chapters']} chapters, {time.perf_counter() - began:.0f} seconds")
    return int(any(figure < BARS[name] for name, figure in figures.items()))


if __name__ == "__main__":
    sys.exit(main())
