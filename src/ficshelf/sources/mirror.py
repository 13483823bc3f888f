"""Mirrors: which saved pages hold one story, and in which order, by their addresses and by how they link to each other.

Of archives' programs the address says it all. Other pages belong together

- where a page links to them as to chapters, counting up: `Part 1 | Part 2 | Part 3`; where it begins again at 1 another
  story begins;
- where one says `next chapter` and leads to the other, or both say `next` and `previous` and are called alike;
- where their titles count up to the same number: `The Ford (2/5)`;
- where their names count on from some that belong together so: `ford1.html`, `ford2.html`;
- where they lie in one folder, are called alike, and their headings count: `Chapter 2`, `Chapter 4`.

What is joined by an archive's address is never joined to another story of it. Where a page was saved more than once,
the copies come last: what holds the same is passed over then, and what does not is another version.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from ficshelf import addresses, casts, saved_names
from ficshelf.chapter_files import number_of
from ficshelf.sources import chapter_links, mirror_pages, page_links, unsaid_addresses
from ficshelf.sources.chapter_links import NOTHING
from ficshelf.sources.mirror_pages import Page, key_of, kind, natural
from ficshelf.sources.page_links import Link
from ficshelf.sources.places import Place

_MOST_ALIKE = 1000  # pages called alike that are told apart; more are no chapters


def gather(places: Sequence[Place]) -> dict[str, str]:
    """The group of each page, in the order in which those of one story are to be read."""
    return _Mirror(unsaid_addresses.found(list(mirror_pages.of(places)))).groups()


class _Mirror:
    """The pages of a mirror, on their way to groups."""

    def __init__(self, pages: list[Page]) -> None:
        self.pages = pages
        self.by_key: dict[str, int] = {}
        self.copies: dict[int, int] = {}  # a page that was saved again, and how often it was before
        often: Counter[str] = Counter()
        for at, page in sorted(enumerate(pages), key=lambda one: mirror_pages.rank(one[1])):
            same = mirror_pages.same(page)
            if same in often:
                self.copies[at] = often[same]
            else:
                self.by_key.setdefault(page.key, at)
            often[same] += 1
        self.above = list(range(len(pages)))
        self.fixed = {at: page.fixed for at, page in enumerate(pages)}
        self.joined: set[int] = set()

    def groups(self) -> dict[str, str]:
        """The groups."""
        self.by_address()
        self.by_links()
        self.by_titles()
        self.by_names()
        self.by_headings()
        members: dict[int, list[int]] = defaultdict(list)
        for at in range(len(self.pages)):
            if at not in self.copies and (at in self.joined or self.fixed[self.root(at)]):
                members[self.root(at)].append(at)
        found: dict[str, str] = {}
        for root, row in members.items():
            name = self.fixed[root] or mirror_pages.same(self.pages[min(row, key=lambda at: self.pages[at].path)])
            self.order(row)
            told = [at for at in row if kind(self.pages[at]) == 1]
            for at in row:
                apart = told and kind(self.pages[at]) == 2
                found[self.pages[at].path] = f"{name}|whole" if apart else name
        for at in sorted(self.copies, key=lambda at: self.pages[at].key):
            if story := self.fixed[at]:
                found[self.pages[at].path] = story
        return found

    # -- what joins pages

    def by_address(self) -> None:
        first: dict[str, int] = {}
        for at, page in enumerate(self.pages):
            if at in self.copies:
                continue
            story = page.address.story if page.address is not None else ""
            if page.address is not None and page.address.chapter is not None:
                page.number["address"] = page.address.chapter
            elif page.address is not None and page.address.place is not None:
                page.number["place"] = page.address.place
            if story and self.join(first.setdefault(story, at), at) and first[story] != at:
                self.joined |= {first[story], at}

    def by_links(self) -> None:
        ways: dict[tuple[int, int], bool] = {}  # from a page to the next, and whether it says what comes
        back: set[tuple[int, int]] = set()
        called: dict[tuple[int, int], int] = {}  # what a page calls another: its number
        for at, page in enumerate(self.pages):
            if page.is_aside or at in self.copies:
                continue
            leads = [
                (link, self.at(page, link))
                for link in page.seen.links
                if link.rel or chapter_links.told(link.text) != NOTHING
            ]
            here = [(link, to) for link, to in leads if to is not None and to != at and not self.pages[to].is_aside]
            for row in chapter_links.runs(at, here):
                self.take_run(at, row)
            for link, to in here:
                said = chapter_links.told(link.text)
                if link.rel == "next" or said.ahead:
                    ways[at, to] = ways.get((at, to), False) or said.ahead == "strong"
                elif link.rel == "prev" or said.back:
                    back.add((to, at))
                if said.number is not None and said.number >= 0:
                    called.setdefault((at, to), said.number)
        for (at, to), number in called.items():
            if called.get((to, at), number) != number:  # they call each other two parts of something
                self.take_run(at, [(number, to), (called[to, at], at)])
        self.take_ways(ways, back)

    def take_run(self, at: int, row: list[tuple[int, int]]) -> None:
        """A page names some pages as chapters, each with its number."""
        targets = [to for _, to in row]
        if not all(self.may_join(targets[0], to) for to in targets):
            return
        for number, to in row:
            if self.join(targets[0], to):
                self.pages[to].number.setdefault("listed", number)
                self.joined.add(to)

    def take_ways(self, ways: dict[tuple[int, int], bool], back: set[tuple[int, int]]) -> None:
        """Pages that lead from one to the next."""
        after: dict[int, set[int]] = defaultdict(set)
        for (at, to), is_strong in ways.items():
            if is_strong or ((at, to) in back and mirror_pages.alike(self.pages[at], self.pages[to])):
                after[at].add(to)
        follows = {at: min(tos) for at, tos in after.items() if len(tos) == 1}
        leads = Counter(follows.values())
        follows = {
            at: to for at, to in follows.items() if leads[to] == 1 and self.pages[at].folder == self.pages[to].folder
        }
        starts = sorted(set(follows) - set(follows.values())) or sorted(follows)[:1]
        seen: set[int] = set()
        for start in [*starts, *sorted(follows)]:
            here: int | None = start
            step = 0
            while here is not None and here not in seen:
                seen.add(here)
                self.pages[here].number.setdefault("way", step)
                there = follows.get(here)
                if there is not None and self.join(here, there):
                    self.joined |= {here, there}
                    step += 1
                    here = there
                else:
                    here = None

    def by_titles(self) -> None:
        """Pages of one folder whose titles count up."""
        rows: dict[tuple[str, str, str], list[tuple[int, int]]] = defaultdict(list)
        for at, page in enumerate(self.pages):
            if at in self.copies or page.is_aside or self.fixed[at]:
                continue
            told = page.called
            if told.number is not None and len(told.key) > 3 and told.of.isdigit() and int(told.of) > 1:
                rows[page.folder, told.key, told.of].append((told.number, at))
        for row in rows.values():
            for story in self.stories(row):
                self.take_counted(story, "title")

    def by_names(self) -> None:
        """Pages whose names count on from some that belong together."""
        rows: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for at, page in enumerate(self.pages):
            if at in self.copies or self.fixed[at] or page.is_aside or "?" in page.key:
                continue
            stem, number = number_of(PurePosixPath(page.key).stem)
            if number is not None:
                page.number["name"] = number
                rows[page.folder, stem].append((number, at))
        for row in rows.values():
            roots = {self.root(at) for _, at in row if at in self.joined}
            if len(roots) != 1 or len({number for number, _ in row}) != len(row) or min(row)[0] > 2:
                continue
            for _, at in row:
                if self.join(min(roots), at):
                    self.joined.add(at)

    def by_headings(self) -> None:
        """Pages of one folder that are called alike, and whose headings count on: where a page is missing, its links
        are, too. Where files' names count, those of others are of another story."""
        rows: dict[tuple[str, str, str], list[tuple[int, int]]] = defaultdict(list)
        stems = {at: mirror_pages.counting_stem(page) for at, page in enumerate(self.pages)}
        often = Counter(stems.values())
        for at, page in enumerate(self.pages):
            if at in self.copies or self.fixed[at] or page.is_aside or page.seen.number is None:
                continue
            has_address = page.url != page.path
            if stems[at] and often[stems[at]] > 1 and not has_address and at not in self.joined:
                continue  # their files' names count: those are looked at when they are read
            stem = (stems[at] or (page.stem if often[page.stem] else "")) if has_address else ""
            if len(page.called.key) > 3:
                rows[page.folder, page.called.key, stem].append((page.seen.number, at))
        for row in rows.values():
            for story in self.stories(row):
                if max(story)[0] <= 2 * len(story) + 2:  # else it is mostly holes: several stories
                    self.take_counted(story, "heading")

    def stories(self, row: list[tuple[int, int]]) -> Iterable[list[tuple[int, int]]]:
        """Pages that are called alike and count on, each with its number, parted by whom they are about: two stories
        may have one title. What is joined stays so."""
        rows: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for one in sorted(row):
            rows[self.root(one[1])].append(one)
        joined = list(rows.values())
        if len(joined) < 2 or len(row) > _MOST_ALIKE:
            return joined
        named = [frozenset[str]().union(*(self.pages[at].cast for _, at in one)) for one in joined]
        return [sorted(one for at in found for one in joined[at]) for found in casts.parted(named)]

    def take_counted(self, row: list[tuple[int, int]], how: str) -> None:
        """Pages that count on; two of one number are of several stories, and nobody knows which is of which."""
        if len(row) < 2 or len({number for number, _ in row}) < len(row):
            return
        for number, at in row:
            if self.join(row[0][1], at):
                self.pages[at].number.setdefault(how, number)
                self.joined.add(at)

    # -- which stories are joined

    def at(self, page: Page, link: Link) -> int | None:
        """The page that a link leads to."""
        where = page_links.target(page.url, link.href)
        if not where:
            return None
        found = self.by_key.get(key_of(where))
        if found is None and page.url != page.path:  # links that a mirror rewrote lead to its files
            found = self.by_key.get(key_of(saved_names.address(where) or where))
        if found is None:
            where = page_links.target(page.path, link.href)
            found = self.by_key.get(key_of(saved_names.address(where) or where)) if where else None
        return found

    def root(self, at: int) -> int:
        while self.above[at] != at:
            self.above[at] = self.above[self.above[at]]
            at = self.above[at]
        return at

    def may_join(self, one: int, other: int) -> bool:
        first, second = self.fixed[self.root(one)], self.fixed[self.root(other)]
        return not first or not second or first == second

    def join(self, one: int, other: int) -> bool:
        """Put the stories of two pages together, where no address says that they are two."""
        if not self.may_join(one, other):
            return False
        first, second = sorted((self.root(one), self.root(other)))
        self.fixed[first] = self.fixed[first] or self.fixed[second]
        self.above[second] = first
        return True

    def is_storys(self, at: int) -> bool:
        """Whether a page is under the address of its story itself, where programs show the first chapter."""
        one = self.pages[at].address
        return one is not None and one.kind == addresses.STORY

    def order(self, row: list[int]) -> None:
        """Put the pages of a story in order: by what numbers most of them, then by what numbers the rest."""
        counts = Counter(how for at in row for how in self.pages[at].number)
        hows = sorted(("address", "listed", "title", "heading", "name", "way", "place"), key=lambda how: -counts[how])
        places: dict[int, float] = {}
        for how in hows:
            known = [
                (self.pages[at].number[how], places[at]) for at in row if at in places and how in self.pages[at].number
            ]
            for at in row:
                if at in places or how not in self.pages[at].number:
                    continue
                number = self.pages[at].number[how]
                before = max((place for other, place in known if other < number), default=None)
                places[at] = number if before is None and not known else (before + 0.5 if before is not None else -1)
        row.sort(
            key=lambda at: (
                kind(self.pages[at]),
                places.get(at, 0 if self.is_storys(at) else 1e9),
                natural(self.pages[at].path),
            )
        )
