"""Reads every labelled page and says how well: `python -m bench.pages -h`."""

from __future__ import annotations

import argparse

import bench.pages
from bench.pages.kinds import kinds
from bench.pages.labelled import SETS, pages
from bench.pages.score import Score, score


def main() -> None:
    parser = argparse.ArgumentParser(
        description=bench.pages.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("words", nargs="*", metavar="SET or WORD", help="a set, or a word in the names of pages")
    parser.add_argument("-v", "--verbose", action="store_true", help="every line that is read otherwise")
    given = parser.parse_args()
    print(f"{'':12} {'pages':>5} {'lines F1':>9} {'chapters':>9} {'facts':>9} {'invented':>9} {'stories':>8}")
    whole = Score()
    for word in given.words or SETS:
        total = Score()
        for page in pages(word):
            made = score(page)
            if given.verbose and made.problems:
                print(page.name, *made.problems, sep="\n    ")
            total.add(made)
        print(line(word, total))
        whole.add(total)
    print(line("all", whole))
    if not given.words:
        told = kinds()
        print(f"no stories: {told.none - len(told.taken_for_stories)} of {told.none} recognised")
        print(f"stories that look like none: {told.stories - len(told.taken_for_none)} of {told.stories} kept")
        if given.verbose:
            print("taken for stories:", *told.taken_for_stories, sep="\n    ")
            print("taken for none:", *told.taken_for_none, sep="\n    ")


def line(name: str, total: Score) -> str:
    return (
        f"{name[:12]:12} {total.pages:5} {total.f1:9.3f} {f'{total.chapters_right}/{total.chapters}':>9} "
        f"{f'{total.facts_right}/{total.facts}':>9} {total.invented:9} {f'{total.works_right}/{total.pages}':>8}"
    )


main()
