"""The columns of a work that are copied from its facts, to list, sort and find it by."""

from __future__ import annotations

from typing import Any

from ficshelf import dates, model, names, ratings
from ficshelf.writers.mail_addresses import name_without, without_addresses


def columns(facts: model.Facts) -> dict[str, Any]:
    """The columns for these facts (people's decisions already applied). A guess is never copied, but for the title's,
    which has a column of its own."""
    known = {name: [fact.value for fact in found if fact.how != model.INFERRED] for name, found in facts.items()}

    def first(name: str) -> str:
        return name_without(str(known[name][0])) if known.get(name) else ""

    title, author = first("title"), first("author")
    guessed = [name_without(str(fact.value)) for fact in facts.get("title", ()) if fact.how == model.INFERRED]
    suggested = guessed[0] if guessed and not title else ""
    rated = [str(value) for value in known.get("rating", ())]
    complete = (known.get("complete") or [None])[0]
    days = [str(value) for name in ("published", "updated") for value in known.get(name, ())]
    return {
        "title": title,
        "suggested_title": suggested,
        "sort_title": names.sort_key(title or suggested),
        "sort_author": names.match(author)[: names.LONGEST] if author else "",
        "summary": without_addresses(first("summary")),
        "rating": max((ratings.scale(one) for one in rated), key=_strictness, default=ratings.UNRATED),
        "rating_stated": first("rating"),
        "complete": complete if isinstance(complete, bool) else None,
        "language": first("language")[:40],
        "published": dates.parse(first("published"), days),
        "updated": dates.parse(first("updated"), days),
        "match_key": match_key(title, author),
        "url_key": names.fold(names.url_key(first("url"))),
    }


def match_key(title: str, author: str) -> str:
    """What all works of that title and author share; "" where either is unknown."""
    return names.fold(f"{names.match(title)} / {names.match(author)}") if title and author else ""


def _strictness(rating: str) -> int:
    return ratings.SCALE.index(rating) if rating in ratings.SCALE else -1
