"""What a page states of itself in its head is stated, where neither the page nor the story's header says otherwise."""

from __future__ import annotations

from ficshelf.model import STATED, Draft

EVIDENCE = "what the page tells search engines and libraries"


def apply(draft: Draft) -> Draft:
    """State what was only a guess as long as something else might have been stated."""
    told = {name: facts for name, facts in draft.facts.items() if facts and facts[0].evidence == EVIDENCE}
    if not told:
        return draft
    stated = {
        name: tuple(fact._replace(how=STATED, confidence=None, evidence="") for fact in facts)
        for name, facts in told.items()
    }
    return draft._replace(facts={**draft.facts, **stated})
