"""Works that may be one story: what they have in common, what is asked about them, and what an answer does.

    a new work ─▶ lookup.held ─▶ decide ─▶ judged (the words of both, beside each other) ─▶ settled, or a question

A question about two works has `about` "same-work", its work and the `other` one, and as `evidence` what `evidence`
makes. Its answers:

- `same`: they are one story; the better copy is shown, the other is kept with it as a version.
- `newer`, `older`: this work is the newer version of the other one, or the older; the newer is shown.
- `part`: the shorter is a piece of the longer; the longer is shown.
- `different`: they are two stories.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ficshelf.decide import Held, Intent, Known
from ficshelf.library import models, shelving, works
from ficshelf.library.blocks import unpack
from ficshelf.library.readings import ReadWork
from ficshelf.likeness import best, tokens
from ficshelf.likeness.judge import Judgement, judge
from ficshelf.model import Chapter


def looking(read: ReadWork, new: Known) -> Callable[[Held], Judgement]:
    """What `decide` lays a new work beside held ones with. Each is looked at once."""
    seen: dict[int, Judgement] = {}
    ours: list[list[bytes]] = []

    def look(held: Held) -> Judgement:
        if held.work not in seen:
            if not ours:
                ours.extend(tokens.of_chapters(unpack(one.blocks) for one in read.chapters))
            one_author = bool(new.author) and new.author == held.known.author
            seen[held.work] = judge(ours, words_of(held.work), one_author)
        return seen[held.work]

    return look


def words_of(work: int) -> list[list[bytes]]:
    """The words of each chapter of a work, as they are compared."""
    packed = models.Chapter.objects.filter(work=work).order_by("position").values_list("blocks", flat=True)
    return tokens.of_chapters(unpack(blocks) for blocks in packed)


def copy_of(read: ReadWork) -> best.Copy:
    """What speaks for a work as it was read."""
    chapters = [Chapter(one.number, one.title or None, unpack(one.blocks)) for one in read.chapters]
    return best.copy(read.facts, chapters, sum(one.words for one in read.chapters))


def ask(row: models.Work, read: ReadWork, other: models.Work, source: int, intent: Intent) -> None:
    """Ask whether a work that was just stored is one with another."""
    found = {}
    if intent.judgement:
        there = works.load(other)
        theirs = best.copy(there.facts, there.chapters, other.words)
        found = evidence(intent.judgement, copy_of(read), theirs)
    shelving.ask_same(row, other, source, answers(intent.reason, found), found)


def evidence(judgement: Judgement, ours: best.Copy, theirs: best.Copy) -> dict[str, Any]:
    """What a question shows about two works: the verdict, the share of either that is in the other, in which share of
    it the order is the same, which copy to show ("work" or "other") and why, and what speaks for the other one."""
    choice = best.choose(ours, theirs, judgement)
    return {
        "verdict": judgement.verdict,
        "shares": [round(judgement.ours, 4), round(judgement.theirs, 4)],
        "order": round(judgement.order, 4),
        "words": [ours.words, theirs.words],
        "best": "work" if choice.ours else "other",
        "reasons": list(choice.reasons),
        "against": list(best.against(ours, theirs, judgement, choice.ours)),
    }


def answers(reason: str, evidence: dict[str, Any]) -> list[list[str]]:
    """The answers on offer, each with what speaks for it, the likeliest first."""
    if not evidence or evidence["verdict"] == "not":
        return [["same", reason], ["different", "they are two stories"]]
    verdict = evidence["verdict"]
    why = "; ".join(evidence["reasons"][:3])
    which = "this one" if evidence["best"] == "work" else "the other"
    shares = "{:.0%} of this one is in the other, {:.0%} of the other in this one".format(*evidence["shares"])
    different = ["different", "they are two stories that share some of their text"]
    if verdict == "same":
        return [["same", f"{shares}. Show {which}: {why}"], different]
    if verdict == "revised":
        versions = [
            ["newer", f"this one is the newer version. {shares}"],
            ["older", f"the other is the newer version. {shares}"],
        ]
        if evidence["best"] == "other":
            versions.reverse()
        versions[0][1] += f". Show {which}: {why}"
        return [*versions, different]
    shorter = "this one" if verdict == "part of" else "the other"
    return [["part", f"{shorter} is a piece of the longer one. {shares}"], different]
