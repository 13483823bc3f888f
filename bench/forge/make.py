"""Makes one file of a seed: a story, a layout, some damages, and the truth beside it. The same seed, the same bytes."""

from __future__ import annotations

import random
from collections.abc import Iterable

from bench.forge import stories
from bench.forge.damages import DAMAGES, STAGES, Damage
from bench.forge.job import Job, Made
from bench.forge.layouts import LAYOUTS
from bench.forge.truth import truth_of

MORE = (0, 0, 0, 1, 1, 1, 2, 2, 3, 4)  # damages in a file besides the one whose turn it is
UNDAMAGED = 8  # every eighth file is as its layout wrote it
ATTEMPTS = 12  # stories that are told before a damage gives up its turn: some need three chapters, or a song


def make(seed: str, layout: str = "", damages: Iterable[str] | None = None) -> Made:
    """The file of a seed (`1/17`), in this layout, with these damages where they can befall it.

    Where no damages are given they take turns: the 17th file has the 17th, and some others by chance.
    """
    if damages is not None:
        wanted = [DAMAGES[name] for name in damages]
        return _made(seed, layout or _layout(seed, wanted), wanted)
    number = int(seed.rpartition("/")[2])
    if number % UNDAMAGED == 0:
        return _made(seed, layout or _layout(seed, []), [])
    turn = list(DAMAGES.values())[(number - number // UNDAMAGED) % len(DAMAGES)]
    layout_name = layout or _layout(seed, [turn])
    for attempt in range(ATTEMPTS):
        tried = f"{seed}.{attempt}"
        made = _made(tried, layout_name, _choose(layout_name, turn, random.Random(f"{tried}/damages")))
        if turn.name in made.damages or not _fits(turn, layout_name):
            break
    made.seed = seed
    return made


def _layout(seed: str, wanted: Iterable[Damage]) -> str:
    """A layout that all of these damages can befall."""
    able = [name for name in LAYOUTS if all(_fits(one, name) for one in wanted)]
    return random.Random(f"{seed}/layout").choice(able)


def _made(seed: str, layout_name: str, chosen: Iterable[Damage]) -> Made:
    made = LAYOUTS[layout_name]()
    story = stories.tell(random.Random(f"{seed}/story"))
    job = Job(story, made, made.lay(story, random.Random(f"{seed}/lay")))
    done: list[str] = []

    def apply(stage: str) -> None:
        for one in _in_order(chosen):
            if one.stage == stage and one.apply(job, random.Random(f"{seed}/{one.name}")):
                done.append(one.name)

    apply("form")
    apply("sheet")
    apply("letters")
    job.chunks = made.write(job.sheet, random.Random(f"{seed}/write"))
    apply("lines")
    apply("markup")
    bound = made.bind(job.sheet, job.chunks, random.Random(f"{seed}/bind"))
    if isinstance(bound, bytes):
        job.data = bound
    else:
        job.text = bound
        apply("file")
        declared = job.declared or job.encoding
        job.text = job.text.replace("%CHARSET%", declared)
        job.data = encode(job.text, job.encoding, markup=made.family == "markup")
    apply("bytes")
    name = job.name or job.sheet.name
    return Made(seed, layout_name, tuple(done), name, job.data, truth_of(job.sheet), job)


def encode(text: str, encoding: str, *, markup: bool) -> bytes:
    """The text in an encoding; a page writes what it cannot hold as codes, a text must hold all."""
    return text.encode(encoding, "xmlcharrefreplace" if markup else "strict")


def _fits(one: Damage, layout_name: str) -> bool:
    return LAYOUTS[layout_name]().family in one.on and (not one.layouts or layout_name in one.layouts)


def _choose(layout_name: str, turn: Damage, rng: random.Random) -> list[Damage]:
    """The damage whose turn it is and some others, at most one of each slot, in the order of their stages."""
    can = [one for one in DAMAGES.values() if _fits(one, layout_name)]
    chosen: dict[str, Damage] = {}
    for one in [*rng.choices(can, [each.weight for each in can], k=rng.choice(MORE)), turn]:
        if _fits(one, layout_name):
            chosen[one.slot or one.name] = one
    return _in_order(chosen.values())


def _in_order(chosen: Iterable[Damage]) -> list[Damage]:
    return sorted(chosen, key=lambda one: (STAGES.index(one.stage), one.name))
