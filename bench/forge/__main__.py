"""Forge stories, read them, and say how well they were read; exits with 1 where a bar is missed:

python -m bench.forge --files 2000 --seed 1
python -m bench.forge --layout text --damage "breaks of stars"
python -m bench.forge --show 1/17        one file: itself, its truth, and what went wrong
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from bench.forge import bars, report
from bench.forge.damages import DAMAGES
from bench.forge.job import Made
from bench.forge.layouts import LAYOUTS
from bench.forge.run import Run, one, run
from ficshelf import show
from ficshelf.model import Reading


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=500, help="how many files (500)")
    parser.add_argument("--seed", type=int, default=1, help="which files: the same seed makes the same files (1)")
    parser.add_argument("--layout", default="", choices=["", *LAYOUTS], metavar="LAYOUT", help="this layout alone")
    parser.add_argument("--damage", default="", choices=["", *DAMAGES], metavar="DAMAGE", help="this damage alone")
    parser.add_argument("--worst", type=int, default=10, metavar="N", help="list the N worst files (10)")
    parser.add_argument("--slip", default="", metavar="WORDS", help="list only files with such a slip: 'note missed'")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write the worst files here, each with its truth")
    parser.add_argument("--show", default="", metavar="SEED/N", help="one file, its truth, and what went wrong")
    parser.add_argument("--processes", type=int, default=0, metavar="N", help="how many processes (one a processor)")
    parser.add_argument("--list", action="store_true", help="list the layouts and the damages")
    given = parser.parse_args()
    if given.list:
        print("\n".join(["layouts:", *(f"  {name}" for name in LAYOUTS), "damages:"]))
        for name, damage in DAMAGES.items():
            said = (damage.apply.__doc__ or "").split("\n")[0]
            print(f"  {name:40} {damage.stage:7} {said}")
        return 0
    if given.show:
        made, reading, scored = one(given.show, given.layout, given.damage)
        print(shown(made, reading, scored.slips))
        return 0
    begun = time.perf_counter()
    done = run(given.seed, given.files, given.layout, given.damage, given.processes)
    print(report.tables(done.total, done.layouts, done.damages))
    print(f"\n{time.perf_counter() - begun:.0f} seconds")
    worst = [entry for entry in done.files if not given.slip or any(given.slip in slip for slip in entry[4])]
    print(f"\nthe worst of {len(worst)} files with slips:")
    for errors, seed, layout, damages, slips in worst[: given.worst]:
        print(f"--show {seed:10} {errors:4}  {layout}: {', '.join(damages) or 'no damage'}")
        chosen = [slip for slip in slips if given.slip in slip] if given.slip else slips
        print("".join(f"    {slip[:200]}\n" for slip in chosen[:6]), end="")
    if given.keep:
        keep(given, done)
    reached = bars.bars(done.total)
    print("\n" + bars.table(reached))
    return 0 if all(one.reached for one in reached) else 1


def shown(made: Made, reading: Reading, slips: list[str]) -> str:
    """One file for a reader of rules: itself, its truth, what was read, and the differences."""
    text = made.job.text or f"({len(made.data)} bytes, {made.name})"
    parts = [
        f"{made.layout}: {', '.join(made.damages) or 'no damage'}   ({made.name}, {made.job.encoding})",
        text,
        "── truth",
        truth_lines(made),
        "── read",
        show.to_text(reading),
        "── what went wrong",
        "\n".join(slips) or "nothing",
    ]
    return "\n".join(parts)


def truth_lines(made: Made) -> str:
    lines = [f"{name}: {value!r}" for name, values in made.truth.facts.items() for value in values]
    lines += [f"(free: {', '.join(sorted(made.truth.free))})"] if made.truth.free else []
    for work in made.truth.works:
        for chapter in work:
            lines.append(f"chapter {chapter.number} {chapter.title!r}")
            lines += [f"    {block.kind:10} {block.text[:100]!r}" for block in chapter.blocks]
    return "\n".join(lines)


def keep(given: argparse.Namespace, done: Run) -> None:
    """Write the worst files as they are, with their truth and the reading's slips beside them."""
    given.keep.mkdir(parents=True, exist_ok=True)
    for _, seed, _, _, _ in done.files[: given.worst]:
        made, reading, scored = one(seed, given.layout, given.damage)
        stem = seed.replace("/", "-")
        (given.keep / f"{stem}{Path(made.name).suffix}").write_bytes(made.data)
        truth = json.dumps(made.truth.as_data(), ensure_ascii=False, indent=1)
        (given.keep / f"{stem}.truth.json").write_text(truth, encoding="utf-8")
        said = shown(made, reading, scored.slips).partition("── truth")[2]
        (given.keep / f"{stem}.slips.txt").write_text(said, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
