"""Damages to the prose itself: signs of stress, lost quotation marks, codes, typed tags."""

from __future__ import annotations

import html
import random

from bench.forge.damages.registry import ALL, TEXT, damage
from bench.forge.job import Job
from bench.forge.pieces import HEADER, Run, map_text

STRAIGHT = str.maketrans(
    {"“": '"', "”": '"', "’": "'", "‘": "'", "…": "...", "—": "--", "–": "-", "«": '"', "»": '"', "„": '"', "\xa0": " "}
)


@damage("sheet", on=ALL)
def stress_added(job: Job, rng: random.Random) -> bool:
    """A stressed word in every third paragraph."""
    done = False
    for place in job.sheet.places("paragraph"):
        one = job.sheet.pieces[place]
        if len(one.runs) > 1 or one.runs[0].mark or rng.random() > 0.35:
            continue
        words = one.text.split(" ")
        able = [at for at, word in enumerate(words[1:-1], 1) if word.isalpha() and len(word) > 1]
        if able:
            at = rng.choice(able)
            one.runs = [Run(" ".join(words[:at]) + " "), Run(words[at], "em"), Run(" " + " ".join(words[at + 1 :]))]
            done = True
    return done


@damage("form", on=TEXT, slot="stress")
def stress_in_other_signs(job: Job, rng: random.Random) -> bool:
    """`/word/` or `_word_`"""
    job.sheet.style.emphasis = rng.choice([(sign, sign) for sign in "/_*" if sign != job.sheet.style.emphasis[0]])
    return any(run.mark for one in job.sheet.pieces for run in one.runs)


@damage("form", on=TEXT, slot="stress")
def stress_as_typed_tags(job: Job, rng: random.Random) -> bool:
    """`<i>word</i>` in a text."""
    tag = rng.choice(["i", "em", "I"])
    job.sheet.style.emphasis = (f"<{tag}>", f"</{tag}>")
    job.undo.append(lambda text: text.replace(f"<{tag}>", "").replace(f"</{tag}>", ""))
    return any(run.mark == "em" for one in job.sheet.pieces for run in one.runs)


@damage("sheet", on=ALL)
def stress_in_capitals(job: Job, rng: random.Random) -> bool:
    """Stress is typed in capitals: nobody can tell it from shouting."""
    done = False
    for one in job.sheet.pieces:
        if any(run.mark for run in one.runs):
            one.runs = [Run(run.text.upper() if run.mark else run.text) for run in one.runs]
            done = True
    return done


@damage("sheet", on=TEXT, weight=0.7)
def quotes_lost(job: Job, rng: random.Random) -> bool:
    """Question marks stand where curly quotation marks and apostrophes were: left alone."""
    lost = str.maketrans(dict.fromkeys("“”’‘…—", "?"))
    told = [one for one in job.sheet.pieces if one.kind not in HEADER]
    changed = [map_text(one, lambda text: text.translate(lost)) for one in told]
    for one in told:
        one.title = one.title and one.title.translate(lost)
    return sum(changed) > 2


@damage("letters", on=ALL, slot="letters")
def quotes_straight(job: Job, rng: random.Random) -> bool:
    """All marks as a typewriter has them."""
    return straighten(job)


def straighten(job: Job) -> bool:
    """Typewriter marks in all that the author wrote; what an archive's own markup states stays as it is."""
    changed = [map_text(one, lambda text: text.translate(STRAIGHT)) for one in job.sheet.pieces]
    for one in job.sheet.pieces:
        one.title = one.title and one.title.translate(STRAIGHT)
        one.states = [
            (name, value.translate(STRAIGHT) if isinstance(value, str) else value) for name, value in one.states
        ]
    return any(changed)


@damage("file", on=TEXT, weight=0.7)
def quotes_as_codes(job: Job, rng: random.Random) -> bool:
    """`&quot;` and `&#8217;` in a text, as a page's source has them."""
    codes = {"“": "&#8220;", "”": "&#8221;", "’": "&#8217;", '"': "&quot;", "…": "&hellip;"}
    wrapped = job.sheet.style.indent or "\n>" in job.text
    if wrapped or job.ascii_only or sum(job.text.count(one) for one in codes) < 6:
        return False
    job.text = "".join(codes.get(one, one) for one in job.text)
    job.undo.append(html.unescape)
    return True
