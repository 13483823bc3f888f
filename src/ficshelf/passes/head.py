"""What a page states of itself in its head is stated, where neither the page nor the story's header says otherwise."""

from __future__ import annotations

from ficshelf.model import STATED, Draft, Fact

EVIDENCE = "what the page tells search engines and libraries"


def apply(draft: Draft) -> Draft:
    """State what was only a guess as long as the story's header might have stated something else."""
    told = {name: facts for name, facts in draft.facts.items() if any(fact.evidence == EVIDENCE for fact in facts)}
    if not told:
        return draft
    return draft._replace(facts={**draft.facts, **{name: tuple(map(_stated, facts)) for name, facts in told.items()}})


def _stated(fact: Fact) -> Fact:
    """What the page tells, as stated; what else was guessed stays a guess."""
    return fact._replace(how=STATED, confidence=None, evidence="") if fact.evidence == EVIDENCE else fact
