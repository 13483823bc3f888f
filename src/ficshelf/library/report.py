"""What an `add` did, in numbers and in words for the person who ran it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from ficshelf.library.balance import Sheet
from ficshelf.library.places import shown
from ficshelf.model import Recorded, Remark
from ficshelf.remarks import KINDS, NOT_STORIES, kind_of_not_a_story

UNREAD = frozenset(
    ("empty", "not-text", "too-large", "gave-up", "damaged", "entry-skipped", "not-a-story")
)  # why a file gave no work
REPAIRED = frozenset(
    (
        "bytes-replaced", "control-characters", "too-deep", "mojibake-repaired", "codes-read", "lines-joined",
        "verse-lines-restored", "paragraph-parted", "break-unglued", "label-misspelt", "encoding-lied",
    )
)  # fmt: skip
# What stands in the place of a story that was not saved; a person wants to know which.
LOST = frozenset(
    (
        "log-in page", "age check", "members only", "missing page", "server error", "robot check",
        "page without its scripts", "cookie notice", "page that was not archived",
    )
)  # fmt: skip
LISTED = 20  # files that are named before the rest is only counted

_INTENTS = {
    "add": "new",
    "newer": "there already, now in a newer version; the earlier one is kept",
    "next chapter": "continued by further chapters",
    "same": "there already; another copy was noted",
    "variant": "perhaps another version of a story that is there: both are kept",
    "ask": "perhaps the same story as another: both are kept",
}
_QUESTIONS = {
    "title": "without a title that the file states",
    "author": "without an author that the file states",
    "chapters": "may be cut into chapters in another way",
    "encoding": "may have been written in another encoding",
    "same-work": "may be the same story as another",
}


@dataclass
class Report:
    """What an `add` did."""

    files: int = 0  # looked at
    known: int = 0  # of these, there already
    works: Counter[str] = field(default_factory=Counter)  # by kind of decide.Intent
    chapters: int = 0  # of new works, and next chapters
    words: int = 0
    remarks: Counter[str] = field(default_factory=Counter)  # by kind
    questions: Counter[str] = field(default_factory=Counter)  # by what they are about
    answered_before: int = 0  # questions that were answered once before
    not_stories: Counter[str] = field(default_factory=Counter)  # files that are no stories, by what they are
    kept: list[tuple[str, str]] = field(default_factory=list)  # other files kept without a story in them, and why
    textless: list[Recorded] = field(default_factory=list)  # stories that archives knew of, without any text
    problems: list[tuple[str, str]] = field(default_factory=list)  # files that could not be opened, and why
    balances: list[Sheet] = field(default_factory=list)  # of each archive whose records were stored
    left_out: int = 0  # works on the list of what must not be imported
    left_in: list[str] = field(default_factory=list)  # containers that were kept whole and hold some of these
    stopped: bool = False  # by the user, before the end

    def keep(self, path: str, remark: Remark) -> None:
        """A file was kept that gave no work; the remark says why."""
        kind = kind_of_not_a_story(remark.text)
        if kind:
            self.not_stories[kind] += 1
        if not kind or kind in LOST:
            self.kept.append((path, remark.text))

    def leave_out(self, count: int, containers: Iterable[str]) -> None:
        """So many works must not be imported; these containers hold them all the same."""
        self.left_out += count
        self.left_in = list(dict.fromkeys([*self.left_in, *containers]))

    def as_dict(self) -> dict[str, Any]:
        """As plain values, for programs."""
        found = {one.name: getattr(self, one.name) for one in fields(self)}  # `asdict` makes nonsense of a Counter
        return found | {"textless": [_told_of(one) for one in self.textless]}

    def lines(self, library: Path) -> Iterator[str]:
        """In words. Names are made safe for a terminal."""
        if self.files and self.known == self.files:
            yield f"{_count(self.files, 'file')}, all in the library already: nothing has changed"
        else:
            yield self._what_came_of_it()
            if self.known:
                yield f"  {_count(self.known, 'file')} {_is(self.known)} in the library already"
        for kind, words in _INTENTS.items():
            if self.works[kind]:
                yield f"  {_count(self.works[kind], 'work')}: {words}"
        yield from self._remarks("Repaired", [kind for kind in KINDS if kind in REPAIRED])
        yield from self._remarks("Worth knowing", [kind for kind in KINDS if kind not in REPAIRED])
        if self.questions:
            yield ""
            yield "In doubt, for you to decide"
            for about, count in self.questions.most_common():
                if about == "same-person":
                    yield f"  {_count(count, 'pair')} of names that may be one person's"
                    continue
                yield f"  {_count(count, 'work')} {_QUESTIONS.get(about, f'with an open question about: {about}')}"
            if self.answered_before:
                yield f"  {_count(self.answered_before, 'question')}: answered as you did before"
            yield "  Answer them with: ficshelf review"
        if self.not_stories:
            yield ""
            yield f"No stories, and kept as they are ({self.not_stories.total():,})"
            for kind, count in self.not_stories.most_common():
                yield f"  {count:,} {kind if count == 1 else NOT_STORIES[kind][0]}"
        yield from _listed("Kept as they are, without a story to show", self.kept)
        yield from _listed("Could not be opened", self.problems)
        yield from _textless(self.textless)
        if self.left_out:
            yield ""
            yield f"Left out, as the list of what must not be imported asks: {_count(self.left_out, 'work')}"
            for path in self.left_in:
                yield f"  {shown(path)} was kept whole and holds them still. To remove it from the library:"
                yield f"    ficshelf takedown --container {shown(Path(path).name)}"
        for sheet in self.balances:
            yield from _balance(sheet)
        yield ""
        if self.stopped:
            yield "Stopped. All of the above is safe. Run the same command again and it goes on from here."
        else:
            yield f"The library is in {shown(str(library))}. Read it in the browser with: ficshelf serve"

    def _what_came_of_it(self) -> str:
        works, chapters = _count(self.works.total(), "work"), _count(self.chapters, "chapter")
        return f"{_count(self.files, 'file')} → {works}, {chapters}, {_count(self.words, 'word')}"

    def _remarks(self, heading: str, kinds: list[str]) -> Iterator[str]:
        found = [(self.remarks[kind], KINDS[kind]) for kind in kinds if self.remarks[kind]]
        if found:
            yield ""
            yield heading
            for count, sentence in found:
                yield f"  {count:,} ×  {sentence}"


def _told_of(story: Recorded) -> dict[str, Any]:
    """What is known of a story without a text."""
    return {
        "title": story.name,
        "authors": [value for name, value, _ in story.told if name == "author"],
        "missing": [value for name, value, _ in story.told if name == "missing"],
    }


def _textless(stories: list[Recorded]) -> Iterator[str]:
    """Stories that an archive knew of: what they are called, and what is not there."""
    if not stories:
        return
    yield ""
    yield f"Known to the archive, and without any text ({len(stories):,})"
    for told in map(_told_of, stories[:LISTED]):
        by = f" by {', '.join(told['authors'])}" if told["authors"] else ""
        missing = told["missing"]
        more = f", and {_count(len(missing) - 1, 'more chapter')}" if len(missing) > 1 else ""
        why = f": {missing[0].removesuffix('.')}{more}" if missing else ""
        yield f"  {shown(told['title'] or 'A story without a title')}{shown(by)}{shown(why)}"
    if len(stories) > LISTED:
        yield f"  … and {len(stories) - LISTED:,} more; the archive's page lists them all"
    yield "  Find their files, put them beside the archive, and run the same command again."


def _balance(sheet: Sheet) -> Iterator[str]:
    """The balance sheet of an archive: a line for each of its tables that held anything."""
    lines = [line for line in sheet.lines if line.rows or line.unaccounted]
    if not lines:
        return
    yield ""
    yield f"What became of the rows of {shown(Path(sheet.archive).name)}"
    wide = max(5, *(len(shown(line.table)) for line in lines))
    yield f"  {'table':{wide}}  {'rows':>10}  {'in library':>10}  {'set aside':>9}  {'left out':>8}  {'lost':>6}"
    for line in lines:
        yield (
            f"  {shown(line.table):{wide}}  {line.rows:10,}  {line.stored:10,}  {line.set_aside:9,}"
            f"  {line.left_out:8,}  {line.unaccounted:6,}"
        )
    reasons = [(line.table, reason) for line in lines for reason in line.reasons]
    if reasons:
        yield "  Left out on purpose:"
        for table, reason in reasons:
            yield f"    {shown(table)}: {shown(reason)}"
    if any(line.set_aside for line in lines):
        yield "  Set aside: rows that belong to no story, person or page any more; each is kept, with a remark."
    if sheet.textless:
        its, are = ("its", "is") if sheet.textless == 1 else ("their", "are")
        yield f"  {_count(sheet.textless, 'story')} of these {are} there without {its} text: what the rows say is kept."
    kept = [_count(sheet.sealed, "mail address")] if sheet.sealed else []
    kept += [_count(sheet.real_names, "real name")] if sheet.real_names else []
    if kept:
        yield f"  {' and '.join(kept)} kept sealed: shown to nobody."
    if sheet.unaccounted:
        yield "  Some rows are nowhere: please report this as an error of ficshelf, and keep the archive's files."


def _listed(heading: str, files: list[tuple[str, str]]) -> Iterator[str]:
    if files:
        yield ""
        yield f"{heading} ({len(files):,})"
        for path, reason in files[:LISTED]:
            yield f"  {shown(path)}: {shown(reason)}"
        if len(files) > LISTED:
            yield f"  … and {len(files) - LISTED:,} more; `ficshelf add --json` names them all"


def _count(number: int, noun: str) -> str:
    if noun == "story":
        noun, ending = "stor", "y" if number == 1 else "ies"
    else:
        ending = "" if number == 1 else "es" if noun.endswith("s") else "s"
    return f"{number:,} {noun}{ending}"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
