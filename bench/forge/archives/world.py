"""An archive as its members knew it, drawn by rule and by chance: the truth that a rescue is held against.

Everything is our own: sentences of bench/stories.py, names of bench/words.py. The same seed gives the same archive.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench import words
from bench.forge.archives.markup import BREAK
from bench.stories import FANDOMS, GENRES, Storyteller

RATINGS = ("General Audiences", "PG-13", "R, for blood", "NC-17")
WARNINGS = ("Violence", "Death of a Character", "Strong Language")
CHARACTERS = (*words.MAIN_NAMES, *words.NAMES[:12])
# What makes letters matter: words that no encoding but the right one tells.
SPICE = ("café", "naïve", "Zoë", "fiancée", "déjà vu", "señor", "über", "rôle", "Ísolde", "mañana")
REVIEWS = (
    "I read this in one sitting. The {noun} was my favourite.",
    "More, please! And what became of the {noun}?",
    "{name} is so true to life here. I can't wait for the next part.",
    "There's a slip in the second line, but the {noun} made me cry.",
    "Oh, {name}!\n\nWhat a {noun}.",
)
LABELS = ("Author's Response", "Author's Response", "Réponse de l'auteur", "Antwort", "Author Reply")
REPLIES = (
    "Thank you! The {noun} was hard to write.",
    "You'll see soon. {name} isn't done yet.",
    "I mended it, thanks.",
)
_SAME = "{} and {} were".format(*words.MAIN_NAMES)  # nearly every chapter of bench/stories.py begins so


@dataclass
class Chapter:
    """`paragraphs` is the text, BREAK between scenes. `place` is where it lies: "files", "database", "both",
    "nowhere"; `is_cut` where the database held 65,535 bytes of it alone."""

    key: int
    title: str
    paragraphs: list[str]
    author: int
    place: str = "database"
    notes: str = ""
    is_cut: bool = False
    is_public: bool = True


@dataclass
class Review:
    """`chapter` is a chapter's key, 0 for the whole story."""

    key: int
    chapter: int
    reviewer: str
    member: int
    text: str
    reply: str = ""
    rating: int = -1


@dataclass
class Story:
    key: int
    title: str
    summary: str
    author: int
    coauthors: list[int]
    fandom: int
    rating: int
    genres: list[int]
    warnings: list[int]
    characters: list[int]
    complete: bool
    published: int
    validated: int
    chapters: list[Chapter]
    reviews: list[Review] = field(default_factory=list)


@dataclass
class Series:
    """`stories` and `within` are keys, in order; a series may lie within itself through others."""

    key: int
    title: str
    owner: int
    stories: list[int]
    within: list[int]


@dataclass
class World:
    """Members are pen names by their numbers; mail addresses and passwords are canaries that must get nowhere."""

    members: dict[int, str]
    stories: list[Story]
    series: list[Series]
    news: list[str]
    store: str  # where the site keeps most texts: "files" or "mysql"; then it has no folder at all
    prefix: str  # of all tables, before the program's own
    packing: str  # how the dump came: "plain", "gzip", "zip" or "all in one zip"
    dates: str  # how times are written: as "seconds" or in "words"
    label: str  # what stands before an author's reply
    for_members: int  # the number of the rating that members alone might read; 0 for none
    orphans: list[Chapter] = field(default_factory=list)  # chapters whose story is gone
    bare: dict[int, str] = field(default_factory=dict)  # stories without chapters: their titles by their keys
    of_series: list[Review] = field(default_factory=list)  # reviews of series: `chapter` is the series' key


def mail_of(member: int) -> str:
    return f"canary{member}@lantern.example"


def secret_of(member: int) -> str:
    return f"{member:032x}".replace("0", "c")


def drawn(stories: int, seed: int, version: int, chapter_words: int = 700) -> World:
    """An archive of so many stories; their chapters have about so many words."""
    rng = random.Random(f"archive {seed} {version}")
    teller = Storyteller(seed)
    members = {
        number: f"{rng.choice(teller.rare).title()}{rng.choice(('', '', ' of the Hill', '_x', number, 'ë'))}{number}"
        for number in range(1, max(6, stories // 6) + 1)
    }
    world = World(
        members,
        [],
        [],
        [f"News of the {rng.choice(words.NOUNS)}" for _ in range(3)],
        store=rng.choice(("files", "files", "mysql")),
        prefix=rng.choice(("", "", "hp_", "lantern_site_")),
        packing=rng.choice(("plain", "plain", "gzip", "zip", "all in one zip")),
        dates=rng.choice(("seconds", "words")) if version == 3 else "words",
        label=rng.choice(LABELS),
        for_members=rng.choice((0, 0, len(RATINGS))),
    )
    keys = iter(range(1, 1 << 30))
    review_keys = iter(range(1, 1 << 30))
    for number in range(1, stories + 1):
        world.stories.append(_story(number, world, teller, rng, keys, review_keys, chapter_words))
    _series(world, rng)
    if version > 1:
        for key in range(800_001, 800_003):
            paragraphs = [one for one in world.stories[key % 7].chapters[0].paragraphs if one != BREAK]
            told = [f"{paragraph} But it was long ago." for paragraph in paragraphs]
            world.orphans.append(Chapter(key, f"Left {key}", told, 1))
        world.bare = {800_010: "A Promise of café"}
    if version == 3:
        world.of_series = [
            Review(700_000 + one.key, one.key, "Isolde", 0, f"All of the {one.key}, please!")
            for one in world.series[::3]
        ]
    return world


def _story(
    number: int,
    world: World,
    teller: Storyteller,
    rng: random.Random,
    keys: Iterator[int],
    review_keys: Iterator[int],
    chapter_words: int,
) -> Story:
    count = min(30, 1 + int(rng.expovariate(0.5)))
    told = teller.story(number, chapter_words * count, chapter_words)
    author = rng.choice(list(world.members))
    others = [one for one in rng.sample(list(world.members), 2) if one != author]
    story = Story(
        key=number,
        title=_spiced(told.title, rng, 0.2),
        summary=_spiced(told.summary, rng, 0.3),
        author=author if rng.random() > 0.01 else 90_000 + number,  # a member who is gone
        coauthors=others[:1] if rng.random() < 0.08 else [],
        fandom=1 + FANDOMS.index(told.fandom),
        rating=rng.randint(1, len(RATINGS)),
        genres=rng.sample(range(1, len(GENRES) + 1), rng.randint(0, 2)),
        warnings=rng.sample(range(1, len(WARNINGS) + 1), rng.randint(0, 2)),
        characters=rng.sample(range(1, len(CHARACTERS) + 1), rng.randint(0, 4)),
        complete=told.complete,
        published=rng.randint(1_000_000_000, 1_300_000_000),
        validated=rng.choices((1, 0, 2), (96, 2, 2))[0],
        chapters=[
            Chapter(
                key=next(keys),
                title=_spiced(one.title or f"Part {one.number}", rng, 0.2),
                paragraphs=_paragraphs(one.blocks, rng),
                author=author,
                place=_place(world, rng, count > 1),
                is_public=rng.random() > 0.01,
                notes="For everybody who asked for it." if rng.random() < 0.1 else "",
            )
            for one in told.chapters
        ],
    )
    for _ in range(min(40, int(rng.expovariate(0.3)))):
        story.reviews.append(_review(story, world, rng, next(review_keys)))
    return story


def _place(world: World, rng: random.Random, may_be_lost: bool) -> str:
    """Where a chapter's text lies."""
    if world.store == "mysql":
        return "nowhere" if may_be_lost and rng.random() < 0.02 else "database"
    return rng.choices(("files", "database", "both", "nowhere"), (80, 14, 4, 2 if may_be_lost else 0))[0]


def _paragraphs(blocks: list[tuple[str, str]], rng: random.Random) -> list[str]:
    """The prose of a chapter and its breaks; its first paragraph is never a break, its last neither."""
    kept = [BREAK if kind == "break" else _spiced(text, rng, 0.05) for kind, text in blocks if kind != "note"]
    kept = [text for text in kept if "\n" not in text and not text.startswith(_SAME)]
    while kept and kept[0] == BREAK:
        kept.pop(0)
    while kept and kept[-1] == BREAK:
        kept.pop()
    return [text for at, text in enumerate(kept) if text != BREAK or kept[at - 1] != BREAK]


def _spiced(text: str, rng: random.Random, chance: float) -> str:
    """A text with a word beyond ASCII, now and then."""
    if rng.random() >= chance:
        return text
    parts = text.split(" ")
    at = rng.randrange(1, len(parts)) if len(parts) > 1 else 0
    return " ".join([*parts[:at], rng.choice(SPICE), *parts[at:]])


def _review(story: Story, world: World, rng: random.Random, key: int) -> Review:
    names = {"noun": rng.choice(words.NOUNS), "name": rng.choice(words.NAMES)}
    member = rng.choice(list(world.members)) if rng.random() < 0.6 else 0
    chapter = rng.choice(story.chapters).key
    return Review(
        key=key,
        chapter=chapter,
        reviewer=world.members[member] if member else rng.choice(words.NAMES),
        member=member,
        text=_spiced(rng.choice(REVIEWS).format(**names), rng, 0.1) if rng.random() > 0.05 else "",
        reply=rng.choice(REPLIES).format(**names) if rng.random() < 0.3 else "",
        rating=rng.choice((-1, 0, 5, 10)),
    )


def _series(world: World, rng: random.Random) -> None:
    """Series of two to five stories, every third within another, two of them within each other."""
    count = max(3, len(world.stories) // 20)
    for number in range(1, count + 1):
        chosen = rng.sample(world.stories, min(len(world.stories), rng.randint(2, 5)))
        within = [number + 1] if number % 3 == 0 and number < count else []
        title = f"The {rng.choice(words.NOUNS).title()} Cycle {number}"
        world.series.append(Series(number, title, chosen[0].author, [one.key for one in chosen], within))
    world.series[0].within, world.series[1].within = [2], [1]
