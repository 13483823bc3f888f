"""Make mailboxes of lists and score how they are read; exits with 1 where a bar is missed:

python -m bench.forge.mailboxes --posts 2000 --seed 1
python -m bench.forge.mailboxes --posts 200 --keep box.mbox     the mailbox itself

Each box holds stories in parts, in disorder, with reposts, corrections and halves; answers that quote them; talk;
digests; the footers of five hosts; and every way in which mail writes letters. The truth is known beside each post.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from bench.forge.posts import Sent, make
from ficshelf import conserve, sources
from ficshelf.model import Reading
from ficshelf.reading import read

BARS = {
    "story told from talk, precision": 0.99,
    "story told from talk, recall": 0.97,
    "pairs of one story, precision": 0.99,
    "pairs of one story, recall": 0.97,
    "parts whole": 0.98,
    "in order": 0.99,
    "minus letters lost": 0.0,
    "minus posts lost": 0.0,
}


class Slip(NamedTuple):
    """Something that went wrong with a post."""

    kind: str
    subject: str


class Result(NamedTuple):
    figures: dict[str, float]
    slips: list[Slip]


def run(posts: int, seed: int, box: Path) -> Result:
    """Make a mailbox at `box`, take it apart and read it, a group at a time, as `ficshelf add` does."""
    rng = random.Random(f"mailbox {seed}")
    sent = make(rng, posts)
    box.write_bytes(b"".join(one.data for one in sent))
    truth = [known for one in sent for known in one.truth]
    with tempfile.TemporaryDirectory() as folder:
        places = list(sources.walk([box], scratch=sources.Scratch(Path(folder))))[1:]
        counts: Counter[str] = Counter(posts_lost=abs(len(places) - len(truth)))
        groups: dict[str, list[int]] = defaultdict(list)
        for at, place in enumerate(places[: len(truth)]):
            groups[place.group or f"alone {at}"].append(at)
        slips: list[Slip] = []
        found: set[tuple[int, int]] = set()
        for members in groups.values():
            reading = read([(places[at].content(1 << 26) or b"", places[at].path) for at in members])
            found |= _score(reading, members, truth, counts, slips)
    return Result(_figures(truth, found, counts, slips), slips)


def _score(
    reading: Reading, members: list[int], truth: list[Sent], counts: Counter[str], slips: list[Slip]
) -> set[tuple[int, int]]:
    """The pairs of posts that are of one work."""
    pairs: set[tuple[int, int]] = set()
    told: set[int] = set()
    for index, source in enumerate(reading.sources):
        counts["letters lost"] += sum(span.end - span.start for span in conserve.lost(source, reading.works, index))
    for work in reading.works:
        of_facts = {fact.source for facts in work.facts.values() for fact in facts}
        of_blocks = [block.source for chapter in work.chapters for block in chapter.blocks]
        used = sorted(members[index] for index in of_facts | set(of_blocks))
        told |= set(used)
        pairs |= set(combinations(used, 2))
        text = _letters(" ".join(block.text for chapter in work.chapters for block in chapter.blocks))
        stands = [members[index] for index in dict.fromkeys(of_blocks)]
        for at in stands:
            if truth[at].story >= 0:
                counts["parts"] += 1
                counts["whole"] += (whole := _letters(truth[at].text) in text)
                if not whole:
                    slips.append(Slip("not whole", truth[at].subject))
        order = [truth[at].slot for at in stands if truth[at].story >= 0]
        counts["works"] += 1
        counts["ordered"] += (ordered := order == sorted(order))
        if not ordered:
            slips.append(Slip(f"order {order}", truth[stands[0]].subject))
    for at in members:
        is_story = truth[at].story >= 0
        counts[f"{'story' if is_story else 'talk'} as {'story' if at in told else 'talk'}"] += 1
        if is_story != (at in told):
            slips.append(
                Slip("story taken for talk" if is_story else f"{truth[at].kind} taken for a story", truth[at].subject)
            )
    return pairs


def _figures(
    truth: list[Sent], found: set[tuple[int, int]], counts: Counter[str], slips: list[Slip]
) -> dict[str, float]:
    stories: dict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(truth):
        if one.story >= 0:
            stories[one.story].append(at)
    wanted = {pair for members in stories.values() for pair in combinations(members, 2)}
    for one, other in sorted(found - wanted):
        slips.append(Slip("joined", f"{truth[one].subject} + {truth[other].subject}"))
    for one, other in sorted(wanted - found):
        slips.append(Slip("parted", f"{truth[one].subject} + {truth[other].subject}"))
    told = counts["story as story"]
    return {
        "story told from talk, precision": _share(told, told + counts["talk as story"]),
        "story told from talk, recall": _share(told, told + counts["story as talk"]),
        "pairs of one story, precision": _share(len(found & wanted), len(found)),
        "pairs of one story, recall": _share(len(found & wanted), len(wanted)),
        "parts whole": _share(counts["whole"], counts["parts"]),
        "in order": _share(counts["ordered"], counts["works"]),
        "minus letters lost": -float(counts["letters lost"]),
        "minus posts lost": -float(counts["posts_lost"]),
    }


def _share(right: int, of: int) -> float:
    return round(right / of, 4) if of else 1.0


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=500, help="how many posts (500)")
    parser.add_argument("--seed", type=int, default=1, help="which: the same seed makes the same box (1)")
    parser.add_argument("--slips", type=int, default=20, metavar="N", help="list so many slips (20)")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="write the mailbox here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = run(given.posts, given.seed, given.keep or Path(folder) / "list.mbox")
    for slip in result.slips[: given.slips]:
        print(f"  {slip.kind}: {slip.subject}")
    for name, figure in result.figures.items():
        print(f"{name:36} {figure:9.4f}  {'ok' if figure >= BARS[name] else f'below {BARS[name]}'}")
    return int(any(figure < BARS[name] for name, figure in result.figures.items()))


if __name__ == "__main__":
    sys.exit(main())
