"""`ficshelf review`: the questions that only a person can settle, one after another, one key each."""

from __future__ import annotations

import json as jsons
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ficshelf.cli.options import Library
from ficshelf.cli.review_copies import Copies
from ficshelf.cli.review_sides import candidates, filled

if TYPE_CHECKING:
    from ficshelf.library.models import Question

WIDEST = 110
QUIT = ("q", "\x1b", "\x04", "\x03", "")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        epilog="Example:  ficshelf review   ·   ficshelf review --list   ·   ficshelf review --export decisions.jsonl"
    )(review)


def review(
    library: Library = None,
    listed: Annotated[bool, typer.Option("--list", help="Only list the open questions.")] = False,
    json: Annotated[bool, typer.Option("--json", help="List them as JSON, a line each.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back the answers that were given last.")] = False,
    export: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write all answers ever given into a file, to carry away.")
    ] = None,
    imported: Annotated[
        Path | None,
        typer.Option(
            "--import", metavar="FILE", help="Take answers from such a file; those to files not yet here wait."
        ),
    ] = None,
) -> None:
    """Answer what ficshelf is not sure of: one question after another, one key each.

    Each answer counts at once and can be taken back. Quit at any time and go on later.
    """
    from ficshelf.library import setup

    folder = setup(library, create=False)
    if export:
        _export(export)
    elif imported:
        _import(folder, imported)
    elif undo:
        _undo(folder)
    elif json or listed or not (sys.stdin.isatty() and sys.stdout.isatty()):
        _list(json)
    else:
        _Session(folder).run()


# -- without a terminal


def _list(json: bool) -> None:
    from ficshelf.library import decisions, evidence
    from ficshelf.library.places import shown

    count = 0
    for question in decisions.open_questions().select_related("work", "other", "person", "other_person").iterator(50):
        count += 1
        if json:
            sys.stdout.write(jsons.dumps(_as_data(question)) + "\n")
            continue
        names = " / ".join(shown(side.title) for side in evidence.sides(question))
        offered = "; ".join(
            f"{shown(choice.label)} ({shown(choice.why)})" if choice.why else shown(choice.label)
            for choice in evidence.choices(question)
        )
        typer.echo(f"{question.pk}. {shown(question.text)} {names}" + (f": {offered}" if offered else ""))
    if not json:
        typer.echo(f"{_questions(count)}." if count else "No open questions.")


def _as_data(question: Question) -> dict[str, Any]:
    from ficshelf.library import evidence

    return {
        "id": question.pk,
        "about": question.about,
        "text": question.text,
        "answers": [choice._asdict() for choice in evidence.choices(question)],
        "candidates": [
            {
                "title": side.title,
                "is_guess": side.is_guess,
                "address": f"/works/{side.work}" if side.work else None,
                "by": side.by,
                "known": side.known,
                "files": side.files,
                "stretches": [one.text for one in side.stretches],
            }
            for side in evidence.sides(question)
        ],
    }


def _export(path: Path) -> None:
    from ficshelf.errors import FicshelfError
    from ficshelf.library import carried
    from ficshelf.library.places import shown

    try:
        with open(path, "w", encoding="utf-8") as file:
            count = sum(1 for line in carried.exported() if file.write(f"{line}\n"))
    except OSError as error:
        raise FicshelfError(f"{shown(str(path))}: cannot be written ({error.strerror}). Choose another file.") from None
    typer.echo(f"{count:,} answer{'' if count == 1 else 's'} written to {shown(str(path))}.")


def _import(folder: Path, path: Path) -> None:
    from ficshelf.errors import FicshelfError
    from ficshelf.library import carried
    from ficshelf.library.lock import writing
    from ficshelf.library.places import shown

    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise FicshelfError(f"{shown(str(path))}: cannot be read ({reason}). Check the name.") from None
    with writing(folder):
        done = carried.imported(lines)
    _index(folder)
    typer.echo(
        f"{done.given:,} question{'' if done.given == 1 else 's'} answered; {_answers(done.waiting)} to wait until "
        f"the files are added; {done.known:,} known before."
    )


def _undo(folder: Path) -> None:
    from ficshelf.library import decisions
    from ficshelf.library.lock import writing

    with writing(folder):
        count = decisions.undo()
    if count:
        _index(folder)
    typer.echo(f"{_answers(count)} taken back." if count else "There is nothing to take back.")


def _index(folder: Path) -> None:
    from ficshelf.search import index

    index.catch_up(folder)


# -- in the terminal


class _Session:
    """One sitting: shows a question, takes a key, and goes on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.skipped: list[int] = []
        self.in_pairs: list[int] = []  # questions about two of several copies, that are to be asked one by one
        self.answered = 0
        self.is_alike = False  # whether the next answer is for all questions like it

    def run(self) -> None:
        try:
            self._ask_all()
        except (KeyboardInterrupt, EOFError):
            typer.echo()
        if self.answered:
            _index(self.folder)
        self._end()

    def _ask_all(self) -> None:
        while (question := self._next()) is not None:
            copies = self._together(question)
            typer.echo("\n".join(self._page(question, copies)))
            while not (self._takes_of(question, copies) if copies else self._takes(question, typer.echo)):
                pass

    def _together(self, question: Question) -> Copies | None:
        """All copies of the story that is asked about, where there are more than two and nobody wants them in pairs."""
        from ficshelf.library import groups

        if question.about != "same-work" or not question.work_id or question.pk in self.in_pairs:
            return None
        works = groups.of(question.work_id)
        return Copies(works) if len(works) > 2 else None

    def _takes_of(self, question: Question, copies: Copies) -> bool:
        """Take a key for all copies of a story. False where another key is needed for them."""
        import click

        key = click.getchar()
        if key in QUIT:
            raise EOFError
        if key == "u":
            return self._undo(typer.echo)
        if key == "f":
            typer.echo(copies.another_in_front())
            return False
        if key in ("s", "p"):
            (self.skipped if key == "s" else self.in_pairs).extend(copies.questions())
            return True
        if key in ("1", "2"):
            copies.settle(key == "1", self.folder)
            self.answered += 1
            typer.echo("1 answer noted. Press u to take it back.")
            return True
        typer.echo("That key does nothing here. Press 1, 2, f, p, s to skip, u to undo or q to quit.")
        return False

    def _next(self) -> Question | None:
        from ficshelf.library import decisions

        asked = decisions.open_questions().select_related("work", "other", "person", "other_person", "source")
        return asked.exclude(pk__in=self.skipped).first()

    def _page(self, question: Question, copies: Copies | None) -> Iterator[str]:
        from ficshelf.library import decisions, evidence, twins
        from ficshelf.library.places import shown

        width = min(shutil.get_terminal_size((80, 24)).columns, WIDEST) - 1
        left = decisions.open_questions().count()
        yield ""
        skipped = decisions.open_questions().filter(pk__in=self.skipped).count()
        yield f"Question {self.answered + skipped + 1} of {self.answered + left}"
        if copies:
            yield _bold(f"Are these {len(copies.rows)} copies of one story?")
            yield ""
            yield from copies.page(width)
            return
        yield _bold(filled(shown(question.text), width))
        yield ""
        for line in twins.told(question.evidence):
            yield filled(shown(line), width)
        yield from candidates(evidence.sides(question), width)
        yield ""
        some_alike = False
        for number, choice in enumerate(evidence.choices(question)[:9], 1):
            alike = decisions.like(question, choice.value).count
            some_alike = some_alike or alike > 0
            why = f" ({shown(choice.why)})" if choice.why else ""
            more = f"  [{alike:,} more like this]" if alike else ""
            yield filled(f"{number}  {shown(choice.label)}{why}{more}", width, "   ")
        if question.about in decisions.FREE:
            yield filled("e  something else: type it", width, "   ")
            yield filled("n  it has none", width, "   ")
        if some_alike:
            yield filled("a  all like this: the next answer counts for all of them", width, "   ")
        yield filled("s  skip    u  undo    q  quit, and go on later", width, "   ")

    def _takes(self, question: Question, say: Any) -> bool:
        """Take a key. False where another key is needed for the same question."""
        import click

        from ficshelf.library import decisions

        key = click.getchar()
        choices = [value for value, _ in question.answers][:9]
        if key in QUIT:
            raise EOFError
        if key == "s":
            self.skipped.append(question.pk)
            self.is_alike = False
            return True
        if key == "a" and not any(decisions.like(question, value).count for value in choices):
            say("There are no others like this.")
            return False
        if key == "a":
            self.is_alike = not self.is_alike
            say(
                "The next answer counts for all like this." if self.is_alike else "The next answer counts for this one."
            )
            return False
        if key == "u":
            return self._undo(say)
        if key.isascii() and key.isdigit() and 0 < int(key) <= len(choices):
            return self._give(question, choices[int(key) - 1], say)
        if key == "n" and question.about in decisions.FREE:
            return self._give(question, "", say)
        if key == "e" and question.about in decisions.FREE:
            return self._typed(question, say)
        say(f"That key does nothing here. {_keys(question, len(choices))}")
        return False

    def _typed(self, question: Question, say: Any) -> bool:
        value = input("What is it? (Enter alone: back) ").strip()
        return self._give(question, value, say) if value else False

    def _give(self, question: Question, value: str, say: Any) -> bool:
        from ficshelf.library import decisions
        from ficshelf.library.lock import writing

        with writing(self.folder):
            count = decisions.answer(question, value, alike=self.is_alike)
        self.answered += count
        self.is_alike = False
        say(f"{_answers(count)} noted. Press u to take {'it' if count == 1 else 'them'} back.")
        return True

    def _undo(self, say: Any) -> bool:
        from ficshelf.library import decisions
        from ficshelf.library.lock import writing

        with writing(self.folder):
            count = decisions.undo()
        self.answered = max(0, self.answered - count)
        say(f"{_answers(count)} taken back." if count else "There is nothing to take back.")
        return bool(count)

    def _end(self) -> None:
        from ficshelf.library import decisions

        left = decisions.open_questions().count()
        done = f"{_answers(self.answered)} noted. " if self.answered else ""
        if left:
            typer.echo(f"{done}{_questions(left)} left. Go on with: ficshelf review")
        else:
            typer.echo(f"{done}No open questions.")


def _bold(text: str) -> str:
    """The text in bold, where the terminal can and its owner wants it."""
    is_plain = "NO_COLOR" in os.environ or os.environ.get("TERM", "dumb") == "dumb"
    return text if is_plain else typer.style(text, bold=True)


def _keys(question: Question, count: int) -> str:
    numbers = "" if not count else "1, " if count == 1 else f"1 to {count}, "
    return f"Press {numbers}s to skip, u to undo or q to quit."


def _answers(count: int) -> str:
    return f"{count:,} answer{'' if count == 1 else 's'}"


def _questions(count: int) -> str:
    return f"{count:,} open question{'' if count == 1 else 's'}"
