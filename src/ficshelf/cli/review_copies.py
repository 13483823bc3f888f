"""What `ficshelf review` asks about more than two copies of a story: all of them together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ficshelf.cli.review_sides import filled

if TYPE_CHECKING:
    from ficshelf.library.group_evidence import Member
    from ficshelf.library.models import Work


class Copies:
    """Copies of one story, as far as we can tell, and the one that would be in front."""

    def __init__(self, works: Sequence[int]) -> None:
        from ficshelf.library import group_evidence
        from ficshelf.library.models import Work

        self.rows = list(Work.objects.filter(pk__in=works).order_by("pk"))
        self.looked = group_evidence.look(self.rows)
        self.front = self.looked.front

    def page(self, width: int) -> Iterator[str]:
        """The question, in lines."""
        from ficshelf.library.places import shown

        for number, (row, member) in enumerate(zip(self.rows, self.looked.members, strict=True), 1):
            head, *lines = _told(row, member, self._number(self.looked.front))
            yield filled(f"{number}  {shown(head)}", width, "   ")
            for line in lines:
                yield filled(f"   {shown(line)}", width, "   ")
        yield ""
        yield filled(
            f"The best copy is {self._number(self.looked.front)}: {'; '.join(self.looked.reasons)}.", width, "   "
        )
        yield ""
        yield from (
            filled(line, width, "   ")
            for line in (
                f"1  They are one story: {self._number(self.front)} in front on the shelf, the others kept behind it",
                "2  They are different stories: leave them apart",
                "f  another one in front",
                "p  two at a time, one after another",
                "s  skip    u  undo    q  quit, and go on later",
            )
        )

    def another_in_front(self) -> str:
        """Put the next one in front, and say which."""
        at = [row.pk for row in self.rows].index(self.front)
        self.front = self.rows[(at + 1) % len(self.rows)].pk
        return f"{self._number(self.front)} in front."

    def settle(self, is_one: bool, folder: Path) -> None:
        """Give the answer. Raises LibraryError."""
        from ficshelf.library import group_answers
        from ficshelf.library.lock import writing

        works = [row.pk for row in self.rows]
        with writing(folder):
            if is_one:
                group_answers.one_story(works, self.front)
            else:
                group_answers.all_different(works)

    def questions(self) -> list[int]:
        """What is asked about any two of them."""
        from ficshelf.library import decisions

        works = [row.pk for row in self.rows]
        asked = decisions.open_questions().filter(about="same-work", work__in=works, other__in=works)
        return list(asked.values_list("pk", flat=True))

    def _number(self, work: int) -> int:
        return [row.pk for row in self.rows].index(work) + 1


def _told(row: Work, member: Member, front: int) -> Iterator[str]:
    from ficshelf.library import evidence
    from ficshelf.web.labels import only

    side = evidence.of_work(row)
    yield f"{'perhaps ' if side.is_guess else ''}“{side.title}”" + (f" by {side.by}" if side.by else "")
    yield ", ".join(side.known) + (f", from {', '.join(side.files)}" if side.files else "")
    if member.in_front is not None and member.of_front is not None:
        yield f"{member.in_front:.0%} of its words are in {front}, {member.of_front:.0%} of the words of {front} in it."
    if has := "; ".join(only(member, row.chapter_count)):
        yield f"Only here: {has}."
    if member.reasons:
        yield f"{front} is better: {'; '.join(member.reasons[:3])}."
    if member.against:
        yield f"For this one speaks: {'; '.join(member.against[:3])}."
