"""Stories made by rule and by chance: the same seed and number give the same story, letter for letter."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple

from bench import words

EM, END_EM = "\x01", "\x02"  # around emphasised words, until a layout writes them its own way
CURLY = str.maketrans({"<": "“", ">": "”", "'": "’"})
STRAIGHT = str.maketrans({"<": '"', ">": '"'})

# n noun, v verb, a adjective, d adverb, N name, s speech verb, r rare word
NARRATION = (
    ("%s %s the %s %s, and the %s was %s again.", "Nvanna"),
    ("The %s stood by the %s while %s %s the %s.", "nnNvn"),
    ("There was a %s %s on the %s, and beyond it a %s.", "anna"),
    ("It was %s too %s for a %s, but %s %s it all the same.", "danNv"),
    ("%s had %s %s the %s that the %s gave to %s.", "NdvnnN"),
    ("Nobody in the %s had ever %s such a %s %s.", "nvan"),
    ("%s the %s turned %s, and with it the %s of the whole %s.", "Dnann"),
    ("They walked as far as the %s, where a %s %s lay under the %s.", "nann"),
    ("By the time the %s came, %s and %s had %s every %s in the %s.", "nNNvnn"),
    ("%s looked at the %s, then at the %s, and thought of %s.", "Nnnr"),
    ("What %s wanted was a %s and a %s %s; what there was, was %s.", "Nnanr"),
    ("The old people called it the %s, after the %s that grew behind the %s.", "rnn"),
    ("Not even %s %s the %s any more.", "Nvn"),
    ("Rain fell on the %s and on the %s, on %s and on the %s %s.", "nnNan"),
    ("If the %s was %s, the %s was not, and that was what %s %s.", "nanNv"),
    ("For a %s while there was only the %s of the %s.", "ann"),
    ("%s %s it %s.", "Nvd"),
    ("Every %s has a %s, and this one had %s.", "nnN"),
)
SPEECHES = (
    ("<I never %s your %s,> %s %s. <Not the %s, and not the %s.>", "vnNsnn"),
    ("<Do you remember the %s by the %s?> %s %s %s.", "nnNsd"),
    ("<It's only a %s,> %s %s, and %s the %s. <It can't be more than that.>", "nNsvn"),
    ("<%s,> %s %s. <Put down the %s and come here.>", "NNsn"),
    ("%s %s the %s. <Then we'll go without the %s, and you'll tell %s why.>", "NvnnN"),
    ("<You are %s,> %s %s, <and you always were. Ask the %s. Ask %s!>", "aNsnN"),
    ("<What's a %s?> %s %s.", "rNs"),
    ("<No.> %s %s the %s. <I don't believe it, and neither does the %s.>", "Nvnn"),
)
VERSES = (
    ("O %s of the %s,", "nn"),
    ("the %s %s is gone,", "an"),
    ("and %s the %s", "vn"),
    ("sleeps %s till dawn.", "d"),
    ("Come, %s and %s,", "nn"),
    ("come, %s %s of mine,", "an"),
)
NOTES = (
    "A/N: Sorry that this one took so long. Thank you to everybody who wrote to me about the last chapter!",
    "A/N: The song in this part is one I made up for it. Please don't look for it anywhere.",
    "Author's Note: The next chapter is half done. Reviews make me type faster.",
)
SUMMARIES = (
    "The {thing} is lost, and {main} and {other} have until the {end} to find it.",
    "After the {thing}, nothing in the {end} is as it was. {other} finds out why.",
    "{main} swore never to go back to the {thing}. Then a {end} came.",
)
RATINGS = ("G", "PG", "PG-13", "R", "NC-17", "Teen", "Mature", "K+")
FANDOMS = ("Robin Hood", "Arthurian Legend", "Greek Myth", "The Tempest", "Dracula")
GENRES = ("Romance", "Angst", "Adventure", "Humor", "Drama", "Mystery")


class Chapter(NamedTuple):
    """`blocks` are (kind, text) pairs: paragraph, break, verse (a line a line), note."""

    number: int
    title: str
    blocks: list[tuple[str, str]]


class Story(NamedTuple):
    title: str
    author: str
    fandom: str
    rating: str
    pairing: str
    genre: str
    summary: str
    complete: bool
    curly: bool
    chapters: list[Chapter]


class Storyteller:
    """Tells the n-th story of a seed. Making one draws the rare words, which takes a tenth of a second."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.rare = words.rare_words(random.Random(seed))

    def story(self, number: int, length: int, chapter_length: int) -> Story:
        """A story of about `length` words in chapters of about `chapter_length`."""
        rng = random.Random(f"{self.seed}/{number}")
        teller = _Teller(rng, self.rare)
        others = rng.sample(words.NAMES, 4)
        curly = rng.random() < 0.4
        count = max(1, round(length / chapter_length))
        chapters = [
            Chapter(n, teller.title() if rng.random() < 0.6 else "", teller.chapter(others, length // count, curly))
            for n in range(1, count + 1)
        ]
        main, other = words.MAIN_NAMES
        return Story(
            title=f"{teller.title()} of {teller.rare().title()}",
            author=f"{rng.choice(self.rare)}{rng.randrange(100)}",
            fandom=rng.choice(FANDOMS),
            rating=rng.choice(RATINGS),
            pairing=f"{main}/{other}" if rng.random() < 0.7 else f"{main}/{others[0]}",
            genre=rng.choice(GENRES),
            summary=teller.summary(others[0]),
            complete=rng.random() < 0.7,
            curly=curly,
            chapters=chapters,
        )


class _Teller:
    """The streams of words that one story draws from."""

    def __init__(self, rng: random.Random, rare: list[str]) -> None:
        self.rng = rng
        self.rare = words.stream(rng, rare)
        self.noun = words.stream(rng, words.NOUNS)
        self.adjective = words.stream(rng, words.ADJECTIVES)
        adverb = words.stream(rng, words.ADVERBS)
        self.cast: list[str] = []
        slots: dict[str, Callable[[], str]] = {
            "n": self.noun,
            "v": words.stream(rng, words.VERBS),
            "a": self.adjective,
            "d": adverb,
            "D": lambda: adverb().title(),
            "N": lambda: rng.choice(self.cast),
            "s": words.stream(rng, words.SPEECH),
            "r": self.rare,
        }
        self.narration, self.speeches, self.verses = (
            [(form, tuple(slots[kind] for kind in kinds)) for form, kinds in table]
            for table in (NARRATION, SPEECHES, VERSES)
        )

    def title(self) -> str:
        return f"The {self.adjective().title()} {self.noun().title()}"

    def summary(self, name: str) -> str:
        form = self.rng.choice(SUMMARIES)
        return form.format(thing=self.noun(), end=self.noun(), main=words.MAIN_NAMES[0], other=name)

    def sentence(self, table: list[tuple[str, tuple[Callable[[], str], ...]]]) -> str:
        form, slots = table[int(self.rng.random() * len(table))]
        return form % tuple([slot() for slot in slots])

    def chapter(self, others: list[str], length: int, curly: bool) -> list[tuple[str, str]]:
        """The blocks of a chapter of about `length` words. Nine chapters of ten have both main names in them."""
        rng = self.rng
        both = rng.random() < 0.9
        self.cast = [*words.MAIN_NAMES, *words.MAIN_NAMES, *others] if both else others
        quotes = CURLY if curly else STRAIGHT
        blocks: list[tuple[str, str]] = []
        if both:
            blocks.append(("paragraph", "{} and {} were the first to hear of it.".format(*words.MAIN_NAMES)))
        if rng.random() < 0.15:
            blocks.insert(0, ("note", rng.choice(NOTES)))
        written, to_break = 0, rng.randrange(400, 1200)
        while written < length:
            chance = rng.random()
            if chance < 0.01:
                text = "\n".join(self.sentence(self.verses) for _ in range(4))
                blocks.append(("verse", text))
            else:
                if chance < 0.45:
                    text = self.sentence(self.speeches)
                    if chance < 0.25:
                        text += " " + self.sentence(self.narration)
                else:
                    text = " ".join([self.sentence(self.narration) for _ in range(rng.randrange(3, 10))])
                if chance > 0.92:
                    text = _emphasise(text, rng)
                blocks.append(("paragraph", text.translate(quotes)))
            count = text.count(" ") + 1
            written += count
            to_break -= count
            if to_break < 0 and written < length - 100:
                blocks.append(("break", ""))
                to_break = rng.randrange(400, 1200)
        return blocks


def _emphasise(text: str, rng: random.Random) -> str:
    """Marks one word of the text, never one with a quotation mark in it."""
    parts = text.split(" ")
    at = rng.randrange(len(parts))
    if parts[at].isalpha():
        parts[at] = f"{EM}{parts[at]}{END_EM}"
    return " ".join(parts)
