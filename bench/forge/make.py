"""Makes one file of a seed: a story, a layout, some damages, and the truth beside it. The same seed, the same bytes."""

from __future__ import annotations

import random

from bench.forge import stories
from bench.forge.damages import DAMAGES, STAGES, Damage
from bench.forge.job import Job, Made
from bench.forge.layouts import LAYOUTS
from bench.forge.truth import truth_of

HOW_MANY = (0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5)  # damages in a file; some then find nothing to damage


def make(seed: str, only_layout: str = "", only_damage: str = "") -> Made:
    """The file of a seed. With `only_damage` it has that damage alone, in a layout that can have it."""
    rng = random.Random(f"forge/{seed}")
    wanted = DAMAGES[only_damage] if only_damage else None
    layout_name = only_layout or rng.choice([name for name in LAYOUTS if not wanted or _fits(wanted, name)])
    layout = LAYOUTS[layout_name]()
    story = stories.tell(random.Random(f"{seed}/story"))
    chosen = [wanted] if wanted else _choose(layout_name, random.Random(f"{seed}/damages"))
    job = Job(story, layout, layout.lay(story, random.Random(f"{seed}/lay")))
    done: list[str] = []

    def apply(stage: str) -> None:
        for one in chosen:
            if one.stage == stage and one.apply(job, random.Random(f"{seed}/{one.name}")):
                done.append(one.name)

    apply("form")
    apply("sheet")
    job.chunks = layout.write(job.sheet, random.Random(f"{seed}/write"))
    apply("lines")
    apply("markup")
    bound = layout.bind(job.sheet, job.chunks, random.Random(f"{seed}/bind"))
    if isinstance(bound, bytes):
        job.data = bound
    else:
        job.text = bound
        apply("file")
        declared = job.declared or job.encoding
        job.text = job.text.replace("%CHARSET%", declared)
        job.data = encode(job.text, job.encoding, markup=layout.family == "markup")
    apply("bytes")
    name = job.name or job.sheet.name
    return Made(seed, layout_name, tuple(done), name, job.data, truth_of(job.sheet), job)


def encode(text: str, encoding: str, *, markup: bool) -> bytes:
    """The text in an encoding; a page writes what it cannot hold as codes, a text must hold all."""
    return text.encode(encoding, "xmlcharrefreplace" if markup else "strict")


def _fits(one: Damage, layout_name: str) -> bool:
    return LAYOUTS[layout_name]().family in one.on and (not one.layouts or layout_name in one.layouts)


def _choose(layout_name: str, rng: random.Random) -> list[Damage]:
    """Some damages that befall such a layout, at most one of each slot, in the order of their stages."""
    can = [one for one in DAMAGES.values() if _fits(one, layout_name)]
    chosen: dict[str, Damage] = {}
    for _ in range(rng.choice(HOW_MANY)):
        one = rng.choices(can, [each.weight for each in can])[0]
        chosen[one.slot or one.name] = one
    return sorted(chosen.values(), key=lambda one: (STAGES.index(one.stage), one.name))
