"""Works that may be one story: what they have in common, what is asked about them, and what an answer does.

    a new work ─▶ lookup.held ─▶ decide ─▶ judged (the words of both, beside each other) ─▶ settled, or a question

A question about two works has `about` "same-work", its work and the `other` one, and as `evidence` what `evidence`
makes. Its answers:

- `same`: they are one story; the better copy is shown, the other is kept with it as a version.
- `newer`, `older`: this work is the newer version of the other one, or the older; the newer is shown.
- `first`, `second`: they are one story, and a person chose which of them is shown: this work or the other one.
- `part`: the shorter is a piece of the longer; the longer is shown.
- `different`: they are two stories.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import Any

from ficshelf.decide import Held, Intent, Known
from ficshelf.library import groups, models, works
from ficshelf.library.blocks import unpack
from ficshelf.library.merging import merge, part
from ficshelf.library.readings import ReadWork
from ficshelf.library.shared import Shared
from ficshelf.likeness import best, tokens
from ficshelf.likeness.judge import Judgement, judge
from ficshelf.likeness.judge import turned as turned_judgement
from ficshelf.likeness.long import LONG, Long, is_much_longer
from ficshelf.model import Chapter

__all__ = ["answers", "ask", "evidence", "judged", "looking", "merge", "part", "settle", "told", "turned"]

TURNED = {"newer": "older", "older": "newer", "first": "second", "second": "first"}  # the same, of the other work
LETTERS = 6  # of a word and what stands around it
IN_ORDER = 0.9  # share of what is common: less of it in the same order is worth telling


def looking(read: ReadWork, new: Known) -> Callable[[Held], Judgement]:
    """What `decide` lays a new work beside held ones with. Each is looked at once."""
    seen: dict[int, Judgement] = {}
    ours = _Text(lambda: tokens.texts(unpack(one.blocks) for one in read.chapters))

    def look(held: Held) -> Judgement:
        if held.work not in seen:
            seen[held.work] = _judge(ours, _text_of(held.work), bool(new.author) and new.author == held.known.author)
        return seen[held.work]

    return look


class _Text:
    """The text of a work, made ready for comparing in whichever way it is needed, each once."""

    def __init__(self, texts: Callable[[], list[str]]) -> None:
        self.make = texts

    @cached_property
    def texts(self) -> list[str]:
        return self.make()

    @cached_property
    def words(self) -> list[list[bytes]]:
        return [tokens.of_text(text) for text in self.texts]

    @cached_property
    def sampled(self) -> Long:
        return Long(self.texts)

    @cached_property
    def length(self) -> int:
        """In words, more or less."""
        return sum(map(len, self.texts)) // LETTERS


def _judge(ours: _Text, theirs: _Text, one_author: bool) -> Judgement:
    """Lay two texts beside each other; of one that is much longer, only what may matter."""
    if is_much_longer(theirs.length, ours.length):
        return theirs.sampled.judge(ours.words, one_author)
    if is_much_longer(ours.length, theirs.length):
        return turned_judgement(ours.sampled.judge(theirs.words, one_author))
    return judge(ours.words, theirs.words, one_author)


def _text_of(work: int) -> _Text:
    """The text of a work that the library holds; the long ones that were looked at last are kept."""
    identity, version, words = models.Work.objects.values_list("identity", "version", "words").get(pk=work)
    return _long(work, identity, version) if words >= LONG else _held(work)


@lru_cache(maxsize=2)
def _long(work: int, identity: str, version: int) -> _Text:
    return _held(work)


def _held(work: int) -> _Text:
    packed = models.Chapter.objects.filter(work=work).order_by("position").values_list("blocks", flat=True)
    return _Text(lambda: tokens.texts(unpack(blocks) for blocks in packed.iterator(20)))


def words_of(work: int) -> list[list[bytes]]:
    """The words of each chapter of a work, as they are compared."""
    return _held(work).words


def copy_of(read: ReadWork) -> best.Copy:
    """What speaks for a work as it was read."""
    chapters = [Chapter(one.number, one.title or None, unpack(one.blocks)) for one in read.chapters]
    return best.copy(read.facts, chapters, sum(one.words for one in read.chapters))


def ask(row: models.Work, read: ReadWork, source: int, intent: Intent) -> int:
    """Ask whether a work that was just stored is one with another, and with others that are copies of one story with it
    and do not hang together with the first. Returns how many questions that makes."""
    asked = 0
    for one in (intent, *intent.others):
        if one.work and (not asked or one.work not in groups.of(row.pk)):
            _ask(row, read, models.Work.objects.get(id=one.work), source, one)
            asked += 1
    return asked


def _ask(row: models.Work, read: ReadWork, other: models.Work, source: int, intent: Intent) -> None:
    found: dict[str, Any] = {}
    if intent.judgement:
        found = evidence(intent.judgement, copy_of(read), copy_held(other))
    name = other.title or other.suggested_title
    asked = f"Is this the same story as “{name}”?" if name else "Is this the same story as one without a title?"
    models.Question.objects.create(
        work=row,
        other=other,
        source_id=source,
        about="same-work",
        text=asked,
        answers=answers(intent.reason, found),
        evidence=found,
    )


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


def turned(evidence: dict[str, Any]) -> dict[str, Any]:
    """The same evidence, seen from the other work."""
    if not evidence:
        return {}
    verdict = {"part of": "contains", "contains": "part of"}.get(evidence["verdict"], evidence["verdict"])
    better = "other" if evidence["best"] == "work" else "work"
    both = {name: evidence[name][::-1] for name in ("shares", "words")}
    return {**evidence, **both, "verdict": verdict, "best": better}


def told(evidence: dict[str, Any], one: str = "the first", other: str = "the second") -> list[str]:
    """What `evidence` says, in sentences, in which the two works are called `one` and `other`."""
    if not evidence:
        return []
    ours, theirs = evidence["shares"]
    lines = [f"{ours:.0%} of the words of {one} are in {other}, {theirs:.0%} of the words of {other} in {one}."]
    if evidence["verdict"] == "not":
        return lines
    if evidence["order"] < IN_ORDER:
        lines.append("They come in another order.")
    which = one if evidence["best"] == "work" else other
    lines.append(f"The better copy is {which}: {'; '.join(evidence['reasons'][:3])}.")
    if evidence["against"]:
        lines.append(f"For the other speaks: {'; '.join(evidence['against'][:3])}.")
    return lines


def answers(reason: str, evidence: dict[str, Any]) -> list[list[str]]:
    """The answers on offer, each with what speaks for it, the likeliest first. The reasons are those of all such pairs,
    so that all of a kind can be answered at one stroke."""
    verdict = evidence.get("verdict", "not")
    if verdict == "revised":
        versions = [["newer", "much of the text is the same"], ["older", "much of the text is the same"]]
        if evidence["best"] == "other":
            versions.reverse()
        return [*versions, ["different", "they are two stories that share some text"]]
    if verdict in ("part of", "contains"):
        ours, theirs = evidence["words"]
        later = "newer" if ours >= theirs else "older"  # stories grow
        return [
            ["part", reason],
            [later, "it was written on"],
            ["different", "they are two stories, and one holds the other"],
        ]
    return [["same", reason], ["different", "they are two stories"]]


def settle(question: models.Question, value: str, shared: Shared | None = None) -> None:
    """Do what an answer about two works says. Within the transaction of who calls."""
    work, other = question.work, question.other
    if not work or not other or value == "different":
        return
    if value == "part":
        piece, whole = sorted((work, other), key=lambda row: (row.words, -row.pk))
        part(piece, whole, shared)
    else:
        merge(work, other, _shown(question, value, work, other), shared)


def _shown(question: models.Question, value: str, work: models.Work, other: models.Work) -> models.Work:
    """Which of two works is shown once they are one."""
    if value in TURNED:
        return work if value in ("newer", "first") else other
    found = question.evidence
    if not found or found["words"] != [work.words, other.words]:
        found = judged(work, other)
    return work if found["best"] == "work" else other


def judged(ours: models.Work, theirs: models.Work, words: Sequence[list[list[bytes]]] = ()) -> dict[str, Any]:
    """What two works that the library holds are to each other, as `evidence` tells it. `words`: those of both, where
    they are at hand."""
    one_author = bool(ours.sort_author) and ours.sort_author == theirs.sort_author
    if words:
        judgement = judge(*words, one_author)
    else:
        judgement = _judge(_text_of(ours.pk), _text_of(theirs.pk), one_author)
    return evidence(judgement, copy_held(ours), copy_held(theirs))


def copy_held(row: models.Work) -> best.Copy:
    """What speaks for a work that the library holds."""
    there = works.load(row)
    return best.copy(there.facts, there.chapters, row.words)
