"""A pile of stories in which some lie twice, as piles do: copies of ten kinds, and decoys that only look like copies.

Every copy is written in a layout drawn for it alone, and half of all copies go by another title and pen name as well.
The same arguments give the same bytes on every machine.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import count
from typing import NamedTuple

from bench import corpus, documents, layouts, words
from bench.stories import CURLY, Chapter, Story, Storyteller

CHAPTER_WORDS = 700
LEAST_WORDS = 250
DRABBLE = 100  # words; one story in ten is one

Blocks = list[tuple[str, str]]


class File(NamedTuple):
    """A file of the pile. `story` is the number of the story that it is a copy of (or is itself)."""

    name: str
    data: bytes
    story: int


class Pair(NamedTuple):
    """Two files and what they are: a kind of copy, or of decoy. `may_be_part`: one really lies within the other."""

    one: str
    other: str
    kind: str
    may_be_part: bool = False


class Pile(NamedTuple):
    """The files, the pairs that are one story, and the pairs that are not."""

    files: list[File]
    copies: list[Pair]
    decoys: list[Pair]


# -- what happens to copies


def _texts(story: Story, change: Callable[[str], str]) -> Story:
    """The story with every paragraph and verse changed."""
    return story._replace(
        chapters=[
            chapter._replace(blocks=[(kind, change(text) if text else text) for kind, text in chapter.blocks])
            for chapter in story.chapters
        ]
    )


def _same(story: Story, teller: Storyteller, rng: random.Random) -> Story:
    return story


def _quotes(story: Story, teller: Storyteller, rng: random.Random) -> Story:
    """Curly quotes made plain, or plain ones curly; dashes too."""
    if story.curly:
        plain = str.maketrans({"“": '"', "”": '"', "’": "'"})
        return _texts(story, lambda text: text.translate(plain).replace(", and ", " -- and "))

    def curled(text: str) -> str:
        parts = text.split('"')
        return "".join(part + ("“" if at % 2 == 0 else "”") for at, part in enumerate(parts[:-1])) + parts[-1]

    return _texts(story, lambda text: curled(text).replace("'", "’").replace(", and ", " — and "))


def _rewrapped(story: Story, teller: Storyteller, rng: random.Random) -> Story:
    """Paragraphs parted and joined otherwise than the author did."""
    chapters = []
    for chapter in story.chapters:
        blocks: Blocks = []
        for kind, text in chapter.blocks:
            last = blocks[-1] if blocks else ("", "")
            if kind == last[0] == "paragraph" and rng.random() < 0.3:
                blocks[-1] = (kind, f"{last[1]} {text}")
            elif kind == "paragraph" and text.count(". ") > 2 and rng.random() < 0.3:
                first, _, rest = text.partition(". ")
                blocks += [(kind, f"{first}."), (kind, rest)]
            else:
                blocks.append((kind, text))
        chapters.append(chapter._replace(blocks=blocks))
    return story._replace(chapters=chapters)


def _noted(story: Story, teller: Storyteller, rng: random.Random) -> Story:
    """Notes above, below and within; one of them long."""
    chapters = []
    for number, chapter in enumerate(story.chapters):
        long = "A/N: " + " ".join(_sentences(teller, rng, 6)) if number == 0 else "A/N: Thank you all for waiting!"
        blocks: Blocks = [("note", long), *chapter.blocks]
        blocks.insert(rng.randrange(1, len(blocks)), ("paragraph", "(I know, I know. Bear with me here.)"))
        chapters.append(chapter._replace(blocks=[*blocks, ("note", "A/N: Tell me what you think of it?")]))
    return story._replace(chapters=chapters)


def _accented(text: str) -> str:
    """The text as if it were written in a tongue with accents."""
    return text.replace("ea", "é").replace("oo", "ö").replace("ai", "à")


def _lost_letters(story: Story, teller: Storyteller, rng: random.Random) -> Story:
    """What is not ASCII became question marks, or nothing, or the two letters that a wrong encoding makes of it."""
    lost = rng.choice(("?", "", "twice"))

    def damage(text: str) -> str:
        if lost == "twice":
            return text.encode("utf-8").decode("cp1252", "replace")
        return "".join(sign if sign.isascii() else lost for sign in text)

    return _texts(story, damage)


def _revised(story: Story, teller: Storyteller, rng: random.Random) -> Story:
    """Words exchanged, paragraphs put in and left out; by some authors little, by others much."""
    share = rng.uniform(0.01, 0.12)

    def word(one: str) -> str:
        return rng.choice(teller.rare) if one.isalpha() and len(one) > 3 and rng.random() < share else one

    chapters = []
    for chapter in story.chapters:
        blocks: Blocks = []
        for kind, text in chapter.blocks:
            chance = rng.random()
            if kind != "paragraph" or chance > 0.12:
                blocks.append((kind, " ".join(map(word, text.split(" "))) if kind == "paragraph" else text))
            if kind == "paragraph" and chance < 0.1:
                blocks.append((kind, " ".join(_sentences(teller, rng, 2))))
        chapters.append(chapter._replace(blocks=blocks))
    return story._replace(chapters=chapters)


def _cut_short(story: Story, teller: Storyteller, rng: random.Random) -> Story:
    """The first part alone, down to the middle of a chapter."""
    blocks = [(number, block) for number, chapter in enumerate(story.chapters) for block in chapter.blocks]
    kept = blocks[: max(4, int(len(blocks) * rng.uniform(0.35, 0.85)))]
    chapters = [
        chapter._replace(blocks=[block for at, block in kept if at == number])
        for number, chapter in enumerate(story.chapters)
    ]
    return story._replace(chapters=[chapter for chapter in chapters if chapter.blocks], complete=False)


def _holed(story: Story, teller: Storyteller, rng: random.Random) -> Story:
    """Chapters are missing."""
    missing = set(rng.sample(range(len(story.chapters)), max(1, len(story.chapters) // 4)))
    return story._replace(chapters=[one for at, one in enumerate(story.chapters) if at not in missing])


def _split_otherwise(story: Story, teller: Storyteller, rng: random.Random) -> Story:
    """All in one piece, or in pieces twice as long."""
    if rng.random() < 0.5:
        blocks = [block for chapter in story.chapters for block in (*chapter.blocks, ("break", ""))][:-1]
        return story._replace(chapters=[Chapter(1, "", blocks)])
    pairs = [story.chapters[at : at + 2] for at in range(0, len(story.chapters), 2)]
    joined = [
        Chapter(number, "", [block for one in pair for block in one.blocks]) for number, pair in enumerate(pairs, 1)
    ]
    return story._replace(chapters=joined)


def _renamed(story: Story, teller: Storyteller, rng: random.Random) -> Story:
    return story._replace(title=f"{rng.choice(words.NOUNS).title()} and {rng.choice(teller.rare).title()}",
                          author=f"{rng.choice(teller.rare)}{rng.randrange(100)}")  # fmt: skip


KINDS: dict[str, Callable[[Story, Storyteller, random.Random], Story]] = {
    "another format": _same,
    "other quotes and dashes": _quotes,
    "paragraphs parted otherwise": _rewrapped,
    "another title and pen name": _renamed,
    "notes added": _noted,
    "letters lost": _lost_letters,
    "revised": _revised,
    "cut short": _cut_short,
    "chapters missing": _holed,
    "chapters split otherwise": _split_otherwise,
}
_OF_CHAPTERS = ("chapters missing", "chapters split otherwise")  # kinds that a story in one piece cannot have


# -- decoys


def _sentences(teller: Storyteller, rng: random.Random, number: int) -> list[str]:
    return [text for _, text in _blocks(teller, rng, number * 30)][:number]


def _blocks(teller: Storyteller, rng: random.Random, length: int) -> Blocks:
    """That many words of nobody's story."""
    told = teller.story(rng.randrange(1 << 40) + (1 << 40), length, length)
    return [block for block in told.chapters[0].blocks if block[0] == "paragraph"]


def _sequel(story: Story, teller: Storyteller, rng: random.Random, other: Story) -> Story:
    """By the same author, with the same people; its first paragraph tells again how the first story ended."""
    told = [text for kind, text in story.chapters[-1].blocks if kind == "paragraph"]
    recap = ("paragraph", " ".join(" ".join(told).split(" ")[-80:]))
    first, *rest = other.chapters
    return other._replace(
        title=f"{story.title} II", author=story.author, chapters=[first._replace(blocks=[recap, *first.blocks]), *rest]
    )


def _anthology(story: Story, teller: Storyteller, rng: random.Random, other: Story) -> Story:
    """Among the stories of an anthology."""
    own = Chapter(1, story.title, [block for one in story.chapters for block in one.blocks])
    more = [Chapter(1, "", _blocks(teller, rng, 1_500)) for _ in range(3)]
    chapters = [*other.chapters, own, *more]
    return other._replace(chapters=[one._replace(number=number) for number, one in enumerate(chapters, 1)])


def _chapter_alone(story: Story, teller: Storyteller, rng: random.Random, other: Story) -> Story:
    """One of its chapters, posted as a story."""
    longest = max(story.chapters, key=lambda one: sum(len(text) for _, text in one.blocks))
    return other._replace(author=story.author, chapters=[longest._replace(number=1)])


def _drabble_quoted(story: Story, teller: Storyteller, rng: random.Random, other: Story) -> Story:
    """Quoted whole in another author's note. (It is a drabble.)"""
    quoted = " ".join(text for kind, text in story.chapters[0].blocks if kind == "paragraph")
    first, *rest = other.chapters
    note = ("note", f"A/N: A drabble that I love goes: {quoted}")
    return other._replace(chapters=[first._replace(blocks=[note, *first.blocks]), *rest])


def _one_song(story: Story, teller: Storyteller, rng: random.Random, other: Story) -> Story:
    """Around the same song, which both quote whole. (The song goes into both.)"""
    song = [block for block in story.chapters[0].blocks if block[0] == "verse"]
    first, *rest = other.chapters
    return other._replace(chapters=[first._replace(blocks=[*first.blocks[:2], *song, *first.blocks[2:]]), *rest])


def _canon_dialogue(story: Story, teller: Storyteller, rng: random.Random, other: Story) -> Story:
    """The same scene of the original told again: a quarter of the lines are those of the original."""
    lines = [block for block in story.chapters[0].blocks if block[0] == "paragraph" and block[1][:1] in '"“']
    first, *rest = other.chapters
    room = len(first.blocks) // 4
    blocks = list(first.blocks)
    for line in lines[:room]:
        blocks.insert(rng.randrange(len(blocks)), line)
    return other._replace(chapters=[first._replace(blocks=blocks), *rest])


def _preface(story: Story, teller: Storyteller, rng: random.Random, other: Story) -> Story:
    """The same long preface and thanks, in the text, above both. (The preface goes into both.)"""
    first, *rest = other.chapters
    return other._replace(chapters=[first._replace(blocks=[*PREFACE, *first.blocks]), *rest])


PREFACE: Blocks = [
    (
        "paragraph",
        "Welcome to my page. All of these stories were written for the midwinter exchange, where every writer is given "
        "three words and a night to make something of them, and nobody may ask for more time.",
    ),
    (
        "paragraph",
        "None of the people in here belong to me. They belong to whoever sang of them first, and I only took them out "
        "to play and have put them back as they were, more or less, with a scratch here and there.",
    ),
    (
        "paragraph",
        "If you want to put this up elsewhere, ask me first. If you want to tell me something, do. If you are not old "
        "enough for what the rating says, come back when you are; the story will still be here.",
    ),
]

DECOYS: dict[str, Callable[[Story, Storyteller, random.Random, Story], Story]] = {
    "a sequel": _sequel,
    "within an anthology": _anthology,
    "a chapter posted alone": _chapter_alone,
    "a drabble quoted in a note": _drabble_quoted,
    "around the same song": _one_song,
    "the same scene of the original": _canon_dialogue,
    "under the same preface": _preface,
}
_PARTS = ("within an anthology", "a chapter posted alone")
_LONG = (*_OF_CHAPTERS, "cut short", *DECOYS)  # those of which the first story is no drabble


def _ready(kind: str, story: Story, rng: random.Random, teller: Storyteller) -> Story:
    """The first story of a pair as it must be for its decoy or copy to be one."""
    first, *rest = story.chapters
    if kind == "letters lost":
        return _texts(story._replace(curly=True), lambda text: _accented(text.translate(CURLY)))
    if kind == "around the same song":
        sung = " ".join(_sentences(teller, rng, 8)).split(" ")[:168]
        song = ("verse", "\n".join(" ".join(sung[at : at + 7]) for at in range(0, len(sung), 7)))
        return story._replace(chapters=[first._replace(blocks=[*first.blocks, song]), *rest])
    if kind == "under the same preface":
        return story._replace(chapters=[first._replace(blocks=[*PREFACE, *first.blocks]), *rest])
    return story


# -- the pile


def pile(works: int, copies: int, decoys: int, words_each: int, seed: int = 1) -> Pile:
    """That many files: stories, `copies` of some of them, and `decoys` of others."""
    made = Pile([], [], [])
    for part in parts(works, copies, decoys, words_each, seed):
        for whole, more in zip(made, part, strict=True):
            whole.extend(more)  # type: ignore[arg-type]
    return made


def parts(works: int, copies: int, decoys: int, words_each: int, seed: int = 1) -> Iterator[Pile]:
    """The pile, a story with what was made of it at a time."""
    teller = Storyteller(seed)
    originals = works - copies - decoys
    lengths = [max(LEAST_WORDS, length) for length in corpus.lengths(originals, originals * words_each, seed)]
    kinds = [
        *(list(KINDS)[n % len(KINDS)] for n in range(copies)),
        *(list(DECOYS)[n % len(DECOYS)] for n in range(decoys)),
    ]
    if originals < len(kinds):
        raise ValueError("every copy and every decoy needs a story of its own")
    others = count(originals)
    for number in range(originals):
        kind = kinds[number] if number < len(kinds) else ""
        rng = random.Random(f"copies/{seed}/{number}")
        story = _ready(kind, teller.story(number, _length(kind, lengths[number], rng), CHAPTER_WORDS), rng, teller)
        file = _written(story, number, rng)
        if not kind:
            yield Pile([file], [], [])
        elif kind in KINDS:
            changed = KINDS[kind](story, teller, rng)
            if rng.random() < 0.5:
                changed = _renamed(changed, teller, rng)
            copy = _written(changed, number, rng, typed=kind != "another format")
            yield Pile([file, copy], [Pair(file.name, copy.name, kind)], [])
        else:
            another = next(others)
            other = teller.story(another, max(LEAST_WORDS, rng.choice(lengths)), CHAPTER_WORDS)
            decoy = _written(DECOYS[kind](story, teller, rng, other), another, rng)
            yield Pile([file, decoy], [], [Pair(file.name, decoy.name, kind, kind in _PARTS)])


def _length(kind: str, length: int, rng: random.Random) -> int:
    """How many words the first story of a pair has, where as many as `length` were drawn for it."""
    if kind == "a drabble quoted in a note" or (rng.random() < 0.1 and kind not in _LONG):
        return DRABBLE
    return max(length, 4 * CHAPTER_WORDS) if kind in (*_OF_CHAPTERS, *_PARTS) else length


def _written(story: Story, number: int, rng: random.Random, typed: bool = True) -> File:
    """A file of a story under a name that tells nothing of others: a text or a page in some layout, or, where it is not
    `typed` so, a word processor's file or a book."""
    layout = rng.choice((*layouts.TEXTS[:4], *layouts.PAGES))
    data, suffix = layout(story, rng).encode(), "html" if layout in layouts.PAGES else "txt"
    if not typed:
        data, suffix = documents.written(story, rng)
    return File(f"{rng.getrandbits(48):012x} {story.title.lower().split()[-1]}.{suffix}", data, number)
