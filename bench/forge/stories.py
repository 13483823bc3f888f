"""Known stories: what is so (facts), and what is told (chapters of pieces), from a seed."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bench.forge import books
from bench.forge.pieces import Piece, Run, piece
from bench.forge.teller import Teller, tongue

TONGUES = ("english",) * 16 + ("german", "french", "spanish", "italian", "portuguese", "russian")
RATINGS = (
    "G", "PG", "PG-13", "R", "NC-17", "PG13", "NC17", "K", "K+", "T", "M", "Teen", "Mature", "Explicit", "General",
    "FRT", "FRAO", "FR13", "PG-15", "Hard R", "Adult", "All ages", "PG-13 for language", "R for violence",
    "R/NC-17", "PG-13 (to be safe)", "NC-17, eventually", "NC-no clue",
)  # fmt: skip
INVENTED = ("The Tinderbox Chronicles", "Marrowgate", "Salt Hollow High", "The Nine Lamps of Oriel", "Captain Quince")


@dataclass(slots=True)
class Chapter:
    """A chapter as it is told: `word` and `title` are for its heading, which a layout writes."""

    number: int | None
    title: str | None
    pieces: list[Piece]
    named: str = ""  # "prologue" or "epilogue"


@dataclass(slots=True)
class Story:
    """All that is so of a story, whether a file says it or not."""

    words: dict
    teller: Teller
    title: str
    author: str
    fandoms: list[str]  # empty for original fiction
    cast: list[str]
    pair: tuple[str, str]
    relationships: list[str]
    characters: list[str]
    rating: str
    warnings: list[str]
    genres: list[str]
    summary: str
    disclaimer: list[str]
    spoilers: str
    notes: list[str]
    beta: str
    feedback: str
    archive: str
    dedication: str
    series: str
    complete: bool
    published: str
    updated: str
    count: str  # words, as somebody counted them
    email: str
    chapters: list[Chapter]
    known_fandom: bool = True  # whether a lexicon may know it
    extra: dict = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.words["code"]


@cache
def fandoms() -> dict[str, list[str]]:
    return tomllib.loads((Path(__file__).parent / "fandoms.toml").read_text(encoding="utf-8"))


def tell(rng: random.Random) -> Story:
    """A story: facts, cast and chapters, all drawn from `rng`; one in eight is a book's, where there are books."""
    book = rng.choice(books.books()) if books.books() and rng.random() < 0.125 else None
    words = tongue("english" if book else rng.choice(TONGUES))
    names, cast, known = ([book.title], book.cast, False) if book else _world(rng)
    teller = Teller(rng, words, cast, names[0] if names else "")
    pair = (cast[0], cast[1])
    sign = rng.choice(["/", "/", "/", "/", " & "])
    relationships = [f"{pair[0]}{sign}{pair[1]}"]
    if len(cast) > 3 and rng.random() < 0.3:
        relationships.append(f"{cast[2]}/{cast[3]}")
    listed = words.get("warnings", ["violence"])
    year, month, day = rng.randrange(1996, 2024), rng.randrange(1, 13), rng.randrange(1, 29)
    dated = rng.choice(["{y}-{m:02}-{d:02}", "{m}/{d}/{y}", "{d}.{m}.{y}", "{y}/{m:02}/{d:02}"])
    disclaimers = "disclaimers" if names else "disclaimers_original"
    disclaimer = (
        [teller.pick(disclaimers if disclaimers in words else "disclaimers")] if names or rng.random() < 0.5 else []
    )
    if disclaimer and "disclaimer_more" in words and rng.random() < 0.2:
        disclaimer += rng.sample(words["disclaimer_more"], rng.randrange(1, 4))
    return Story(
        words=words,
        teller=teller,
        title=book.title if book else teller.title(),
        author=book.author if book else teller.pen_name(),
        fandoms=names,
        cast=cast,
        pair=pair,
        relationships=relationships,
        characters=cast[: rng.randrange(2, min(5, len(cast)) + 1)],
        rating=rng.choice(RATINGS),
        warnings=[rng.choice(words["warning_sentences"])]
        if "warning_sentences" in words and rng.random() < 0.25
        else rng.sample(listed, rng.choice([1, 1, 2, 3])),
        genres=rng.sample(words["genres"], rng.choice([1, 1, 2, 2, 3])),
        summary=" ".join(teller.pick("summaries") for _ in range(rng.choice([1, 1, 2, 3]))),
        disclaimer=disclaimer,
        spoilers=teller.pick("spoilers"),
        notes=[teller.pick("notes_story") for _ in range(rng.choice([1, 1, 2]))],
        beta=rng.choice(words["pen_names"]),
        feedback=rng.choice(words["feedback"]),
        archive=rng.choice(words["archive"]),
        dedication=teller.pick("dedication"),
        series=_series(teller),
        complete=rng.random() < 0.65,
        published=dated.format(y=year, m=month, d=day),
        updated=dated.format(y=year + 1, m=month, d=day),
        count=f"{rng.randrange(500, 90_000):,}" if rng.random() < 0.5 else str(rng.randrange(500, 90_000)),
        email=f"{rng.choice(['wren', 'moon', 'ink', 'fox'])}{rng.randrange(99)}@example.{rng.choice(['org', 'net'])}",
        chapters=_of_book(rng, book) if book else _chapters(rng, teller),
        known_fandom=known,
    )


def _world(rng: random.Random) -> tuple[list[str], list[str], bool]:
    """Fandoms and cast: of a fandom that people know, of one that nobody can know, of two, or of none."""
    known = list(fandoms())
    chance = rng.random()
    if chance < 0.7:
        name = rng.choice(known)
        people = fandoms()[name]
        return [name], rng.sample(people, min(len(people), rng.choice([3, 4, 5]))), True
    if chance < 0.78:
        one, other = rng.sample(known, 2)
        return [one, other], list(dict.fromkeys(rng.sample(fandoms()[one], 2) + rng.sample(fandoms()[other], 2))), True
    people = rng.sample(
        ["Aldith", "Corbin", "Perrin", "Isolde", "Maud", "Wystan", "Edony", "Hob", "Quill", "Tamsin"], 4
    )
    return ([rng.choice(INVENTED)] if chance < 0.92 else []), people, False


def _series(teller: Teller) -> str:
    """A series' name; none that is a fandom's too, since a reader takes `Series: LOST` for the fandom."""
    name = teller.title()
    return f"{name} and After" if name == "LOST" else name


def _of_book(rng: random.Random, book: books.Book) -> list[Chapter]:
    return [Chapter(number, title, pieces) for number, title, pieces in books.some_chapters(rng, book)]


def _chapters(rng: random.Random, teller: Teller) -> list[Chapter]:
    count = rng.choice([1, 1, 1, 1, 2, 3, 3, 4, 5])
    titled = rng.random() < 0.5
    made = []
    if count > 2 and rng.random() < 0.2:
        made.append(Chapter(0, None, [], "prologue"))
    first = rng.randrange(2, 30) if count == 1 and rng.random() < 0.2 else 1
    titles: list[str] = []
    while len(titles) < count:  # two chapters of one title are rare
        titles = list(dict.fromkeys([*titles, teller.chapter_title()]))
    made += [Chapter(first + n, titles[n] if titled else None, []) for n in range(count)]
    if count > 2 and rng.random() < 0.2:
        made.append(Chapter(None, None, [], "epilogue"))
    for chapter in made:
        chapter.pieces = _told(rng, teller, rng.randrange(6, 22))
    if count == 1 and first == 1:
        made[0].number = made[0].title = None
    return made


def _told(rng: random.Random, teller: Teller, length: int) -> list[Piece]:
    """The pieces of a chapter: scenes of paragraphs, and in some of them verse, a letter, a sign, a chat."""
    made: list[Piece] = []
    scene = rng.randrange(3, 9)
    special = rng.random()
    if special < 0.06:
        made += teller.verse()
    for at in range(length):
        made.append(teller.paragraph())
        scene -= 1
        if scene < 0 and 2 < at < length - 3:
            made.append(Piece("break", [Run("")]))
            scene = rng.randrange(3, 9)
            if rng.random() < 0.15 and "slugs" in teller.words:
                made.append(piece("paragraph", teller.pick("slugs"), role="slug"))
            continue
        if not 1 < at < length - 2 or scene < 1:
            continue
        chance = rng.random()
        if chance < 0.025:
            made += teller.verse()
            scene += 2
        elif chance < 0.04 and "documents" in teller.words:
            made += teller.document()
            scene += 2
        elif chance < 0.045 and "letter_opens" in teller.words:
            made += teller.letter()
            scene += 2
        elif chance < 0.05 and "signs" in teller.words:
            made += teller.sign()
            scene += 2
        elif chance < 0.06 and "chat_lines" in teller.words:
            made += teller.chat()
            scene += 2
        elif chance < 0.075:
            made.append(teller.thought())
        elif chance < 0.09 and "fragments" in teller.words:
            made += teller.fragments()
        else:
            continue
        made.append(piece("paragraph", " ".join(teller.narrate() for _ in range(3))))
    made.append(piece("paragraph", " ".join(teller.narrate() for _ in range(rng.choice([2, 3, 4])))))
    return made
