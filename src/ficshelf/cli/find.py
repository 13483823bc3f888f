"""`ficshelf find`: search the library, in the terminal."""

from __future__ import annotations

import json as jsons
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ficshelf.cli.options import Library

if TYPE_CHECKING:
    from ficshelf.search.find import Hit, Results
    from ficshelf.search.snippets import Marked


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        context_settings={"ignore_unknown_options": True},  # -moriarty excludes a word
        epilog="Example:  ficshelf find watson violin   ·   ficshelf find '\"the lamp was lit\" -storm words:>5000'",
    )(find)


def find(
    query: Annotated[
        list[str],
        typer.Argument(
            help='Words, "phrases", -exclusions, OR, and filters: author: title: fandom: relationship: character: '
            "rating: warning: genre: tag: series: language: complete: words: chapters: updated: is: sort:"
        ),
    ],
    library: Library = None,
    limit: Annotated[int, typer.Option(help="How many stories to show.", min=1, max=1000)] = 10,
    page: Annotated[int, typer.Option(help="Which page of them to show.", min=1)] = 1,
    json: Annotated[bool, typer.Option("--json", help="Print everything that was found as JSON.")] = False,
) -> None:
    """Find stories by their words and by what is known about them; says in which scene the words are."""
    from ficshelf.errors import LibraryError
    from ficshelf.library import setup

    folder = setup(library, create=False)
    from ficshelf.search import index
    from ficshelf.search.find import find as search

    try:
        index.catch_up(folder, patience=0)
    except index.IndexBusyError:  # whoever is writing indexes what it writes
        pass
    except LibraryError as error:  # what is indexed can be searched all the same
        typer.echo(f"ficshelf: {error}", err=True)
    results = search(_joined(query), page, per_page=limit, directory=folder)
    if json:
        typer.echo(jsons.dumps(_as_data(results), ensure_ascii=False, indent=1))
    else:
        for line in _as_text(results, limit):
            typer.echo(line)


def _joined(arguments: list[str]) -> str:
    """One query of the arguments. A shell takes quotes away: of several arguments, one with a space was a phrase."""
    if len(arguments) == 1:
        return arguments[0]
    quoted = re.compile(r"(-?(?:\w+:=?)?)([^\"()|]*\s[^\"()|]*)")
    found = ((argument, quoted.fullmatch(argument)) for argument in arguments)
    return " ".join(f'{match[1]}"{match[2]}"' if match else argument for argument, match in found)


def _as_text(results: Results, limit: int) -> Iterator[str]:
    if results.incomplete:
        yield f"Only {results.findable:,} of {results.works:,} stories can be found yet; the index is being made."
    if not results.hits:
        yield "No story in the library matches." if results.works else "The library is empty. Add stories: ficshelf add"
        return
    first = (results.page - 1) * limit
    for number, hit in enumerate(results.hits, first + 1):
        yield from _hit_as_text(number, hit)
        yield ""
    last = first + len(results.hits)
    stories = "1 story" if results.total == 1 else f"{results.total:,} stories"
    yield stories if first == 0 and last == results.total else f"{first + 1:,} to {last:,} of {stories}"
    if results.page < results.pages:
        yield f"See more with --page {results.page + 1}"


def _hit_as_text(number: int, hit: Hit) -> Iterator[str]:
    from ficshelf.library.places import shown
    from ficshelf.search.find import authors

    work = hit.work
    title = _styled(hit.title) or "Untitled"
    if hit.title_is_guess:
        title += " (title guessed)"
    by = ", ".join(map(shown, authors(work)))
    yield f"{number}. {title}" + (f" by {by}" if by else "")
    chapters = "1 chapter" if work.chapter_count == 1 else f"{work.chapter_count:,} chapters"
    words = "1 word" if work.words == 1 else f"{work.words:,} words"
    known = [words, chapters, {True: "finished", False: "unfinished", None: ""}[work.complete]]
    rating = shown(work.rating_stated) or ("" if work.rating == "unrated" else work.rating)
    yield "   " + " · ".join(part for part in (rating, *known, f"/works/{work.pk}") if part)
    for scene in hit.scenes:
        chapter = shown(scene.title) or (f"Chapter {scene.number}" if scene.number else f"Chapter {scene.chapter}")
        where = f"{chapter}, scene {scene.scene}" + (" (author's note)" if scene.in_notes else "")
        yield f"   {where}  {scene.address}"
        yield f"      {_styled(scene.snippet)}"
    if not hit.scenes and hit.summary:
        yield f"   {_styled(hit.summary)}"


def _styled(marked: Marked) -> str:
    """Marked text with its marks in bold; `echo` takes them out where there is no terminal."""
    from ficshelf.library.places import shown

    return "".join(typer.style(shown(text), bold=True) if mark else shown(text) for text, mark in marked)


def _as_data(results: Results) -> dict[str, Any]:
    from ficshelf.search.find import authors

    return {
        "version": 1,
        "query": str(results.query),
        "sort": results.sort,
        "total": results.total,
        "page": results.page,
        "pages": results.pages,
        "findable": results.findable,
        "works_in_library": results.works,
        "works": [
            {
                "id": hit.work.pk,
                "address": f"/works/{hit.work.pk}",
                "title": hit.work.title or None,
                "suggested_title": hit.work.suggested_title or None,
                "authors": authors(hit.work),
                "rating": hit.work.rating,
                "rating_stated": hit.work.rating_stated or None,
                "complete": hit.work.complete,
                "words": hit.work.words,
                "chapters": hit.work.chapter_count,
                "scenes": [
                    {
                        "chapter": scene.chapter,
                        "scene": scene.scene,
                        "address": scene.address,
                        "in_notes": scene.in_notes,
                        "snippet": [{"text": text, "match": mark} for text, mark in scene.snippet],
                    }
                    for scene in hit.scenes
                ],
            }
            for hit in results.hits
        ],
        "facets": {
            facet.name: [{"value": value.value, "count": value.count, "query": value.query} for value in facet.values]
            for facet in results.facets
        },
    }
