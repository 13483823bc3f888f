"""The vocabulary of the generated stories: common words by part of speech, and a long tail of rare ones made of
syllables, drawn by Zipf's law so that an index meets both a word of every page and a word that stands once."""

# ruff: noqa: SIM905 (a list of words reads best as a line of words)
from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator

# The two names that stand in nine chapters of ten; the search bench asks for them.
MAIN_NAMES = ("Marian", "Robin")
NAMES = (
    "Alan Tuck Gisborne Eleanor Scathelock Gamwell Meliora Hob Isolde Wystan Perrin Aldith Corbin Edony Fulk "
    "Godiva Hawise Ivo Jocosa Kenelm Lettice Maud Nigel Osric Petronel Quentin Rohese Sabeline Theobald Ursel "
    "Warin Ysolt"
).split()
NOUNS = (
    "door hand night road light voice window fire letter river morning rain face hall word forest stair table "
    "shadow wall garden sword bridge horse lantern winter dress glass cloak tower market street ship coat song "
    "bell candle story child brother sister friend mother father stranger sheriff outlaw archer cook miller abbot "
    "queen king bread apple wine cup knife bow arrow string rope chain key lock box book page ink map coin ring "
    "ribbon feather stone leaf branch oak willow field meadow hill valley shore wave storm cloud star moon dawn "
    "dusk summer autumn spring snow frost smoke ash dust silence laugh smile frown question answer secret promise "
    "lie truth dream memory fear hope grief anger joy breath heart shoulder knee sleeve collar boot glove chair "
    "bench bed pillow blanket kettle spoon plate kitchen cellar attic roof chimney gate fence barn stable cart "
    "wheel saddle path corner alley square fountain well church chapel grave crown throne castle village town "
    "city island harbour anchor sail crew captain letterbox clock"
).split()
VERBS = (
    "opened closed watched followed found lost carried dropped lifted held kept broke mended burned buried "
    "touched crossed left reached remembered forgot hid showed gave took stole bought sold wanted hated loved "
    "feared knew heard saw missed called asked answered thanked warned trusted doubted blamed forgave kissed "
    "caught pushed pulled turned folded poured spilled filled emptied counted measured drew painted wrote read "
    "sang whispered shouted cursed blessed praised pitied envied chased circled climbed searched guarded robbed "
    "freed saved served fed woke startled calmed"
).split()
ADJECTIVES = (
    "old small dark cold warm quiet long empty broken heavy bright pale green red silver golden grey black white "
    "wet dry narrow wide deep shallow soft hard rough smooth sharp dull sweet bitter sour fresh stale young "
    "ancient new last first second strange familiar gentle cruel kind wicked clever foolish brave frightened "
    "weary restless hungry thirsty lonely proud humble honest crooked plain lovely ugly tall short thin stout "
    "lame blind silent noisy early late sudden slow"
).split()
ADVERBS = (
    "slowly quickly quietly softly suddenly finally almost never always often again once twice carefully badly "
    "gladly sadly gravely lightly wearily eagerly coldly kindly sharply barely surely perhaps somehow nearly"
).split()
SPEECH = (
    "said whispered asked murmured replied called muttered sighed laughed snapped answered repeated agreed lied"
).split()
_ONSETS = "b br c ch cl d dr f fl g gr h j k l m n p pr qu r s sh sl st t th tr v w".split()
_VOWELS = "a e i o u ai ea ee ie oa oo ou".split()
_CODAS = "b ck d f g l ld ll m mp n nd ng nt p r rd rk rm s sk ss st t th".split()
RARE_WORDS = 30_000

Stream = Callable[[], str]


def rare_words(rng: random.Random, count: int = RARE_WORDS) -> list[str]:
    """Words of two or three syllables that no story needs; each in one spelling, in an order set by `rng`."""
    found: dict[str, None] = {}
    while len(found) < count:
        syllables = rng.choice((2, 2, 3))
        found["".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(syllables)) + rng.choice(_CODAS)] = None
    return list(found)


def stream(rng: random.Random, words: list[str]) -> Stream:
    """Words without end, the n-th of the list as often as 1/n; call it for the next one."""
    weights = list(itertools.accumulate(1 / rank for rank in range(1, len(words) + 1)))

    def batches() -> Iterator[str]:
        while True:
            yield from rng.choices(words, cum_weights=weights, k=4096)

    return batches().__next__
