"""Who sent a mail wrote the story, unless the story says who did: then a list's owner or an archivist passed it on."""

from __future__ import annotations

from ficshelf.model import INFERRED, Draft


def apply(draft: Draft) -> Draft:
    """Leave out the sender as author where a header, a by-line or the subject names one."""
    authors = [fact for fact in draft.facts.get("author", ()) if fact.how != INFERRED]
    if len(authors) < 2:
        return draft
    senders = {node.spans for node in draft.nodes[:60] if node.kind == "fact" and node.text[:5].lower() == "from:"}
    stated = [fact for fact in authors if fact.spans not in senders]
    if not stated or len(stated) == len(authors):
        return draft
    kept = tuple(fact for fact in draft.facts["author"] if fact.spans not in senders)
    return draft._replace(facts={**draft.facts, "author": kept})
