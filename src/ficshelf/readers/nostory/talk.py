"""Pages and texts in which people speak of stories, or a site speaks of itself, and nothing is told: lists with their
figures, rules, news, gates, profiles, reviews, essays, interviews, articles of a wiki.

They are known by two things at once: the words in which people speak of stories and of sites come again and again
(`talk_words.toml`), also in the sentences, and between them there is no run of lines that tells. What says of itself on
top that it is a story is one, whatever it is told as: an FAQ, a profile, the rules of a house.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from importlib import resources
from typing import NamedTuple

from ficshelf.passes import headings, labels, site_words
from ficshelf.passes.label_lines import label_line
from ficshelf.readers.flatten import tag_set
from ficshelf.readers.nostory import notices, people, rows, throughout
from ficshelf.readers.nostory.sight import Line, Sight, is_spoken, telling

LONGEST = 60_000  # characters; what is longer is a story, or may be one
HEAD = 20_000  # characters that are looked at
_LINES = 200  # that are looked at
_BEGINNING = 600  # characters of a line that are looked at
_LONG_LINE = 6000  # characters of a line that are looked at where it may speak of stories throughout
_FEWEST = 40  # words of a page that can be judged
_TOP = 12  # lines among which a text says that it is a story
_FOOT = 3  # lines at the end that may say so too
_SHORT = 200  # characters of a line that says so
_DIFFERENT = 2  # different words, three weak ones for one
_AS_ONE = (("fan fic", "fanfic"), ("mary sue", "mary-sue"), ("one shot", "one-shot"))
_SIGNS = '.,;:!?()[]"“”*_'
_LEAST = 3.0  # points of its words, however short it is
_TALK = 2.0  # points that make talk
_NAMED_TALK = 0.7  # points that make it where the page is called so
_NAMED_LEAST = 2.0  # points of its words, where the page is called so
_MUCH = 4.0  # points of words in a hundred, beyond which no story is told of writing
_ABOUT = "talk about stories"
_POSTS = 4  # posts that make a thread
_THREAD = 5.0  # points of the words of a thread
_THREAD_TOLD = 1.5  # points of the best run of its lines that tell
_TOLD = 6  # lines that tell in two ways or more: enough for a story, where they are a quarter of all
_SPOKEN = 3  # lines in which somebody speaks and it is told who: enough, where they are a fifth of all
WORDS: dict[str, frozenset[str]] = {
    name: frozenset(words)
    for name, words in tomllib.loads(
        resources.files(__package__).joinpath("talk_words.toml").read_text("utf-8")
    ).items()
}
_WORD = re.compile(r"[^\W\d_]+(?:[-'/][^\W\d_]+)*(?:-\d+)?")
YOU = tag_set("you your yours you'll you're you've you'd ihr euch vous votre vos vosotros ты вы вас вам ваш")
ME = tag_set("i i'd i'm i've i'll me my mine ich mir mich mein je j'ai me moi mi yo io eu я мне меня мой")
_KIND_OF_STORY = (
    r"(?:story|fic|fan ?fic(?:tion)?|novel|novella|drabble|vignette|ficlet|one-?shot|crossover|script|poem|geschichte|"
    r"histoire|historia|história|storia)"
)
_SAID = re.compile(  # a story's own words for what it is: `a Highlander story by Ann`, `One-shot, …`
    r"(?:^|[\[(.*_]\s?)(?:an?|une?|eine?|uma?)\s(?:[^\n.!?]{1,50}\s)?"
    + _KIND_OF_STORY
    + r"\b(?=\s(?:in|by|von|par|de|di|for)\s|"
    r"\s?[^\w\s]|\s?$)|(?:^|[\[(.,|–—-]\s?)(?:" + _KIND_OF_STORY + r") by\s|^\W{0,3}(?:one-?shot|drabble)\b",
    re.I,
)
_RATED = re.compile(  # a rating, with signs around it: `(gen, PG)`, `R/S, PG, 1979`, `Freundschaft / P12 / Gen`
    r"(?:^\W{0,3}|[,(|;\[]\s?|\s/\s)(?:rated )?(?P<rating>G|PG|PG-?1[35]|R|NC-?17|K\+?|T|M|FR(?:AO|T|M|C|1[358])|MSR|"
    r"P(?:6|12|16|18)|verde|giallo|arancione|Livre)(?=\s*$|\s?[,.)|;\]]|\s/\s|\sif\b)"
)
_RATINGS = 3  # in one line: a choice of them; lines with one: several stories
_VIEWED = re.compile(
    r"\S by \S.{0,60}\[(?:reviews?|comments?) ?[-:] ?\d+\]|\bprinter\b.{0,20}text size|"
    r"\b(?:by|von|par|por|di) \S[^.!?]{0,50}[·|] ?\d[\d,.]* (?:words|wörter|mots|palabras|palavras|parole)\b",
    re.I,
)
_TEXT_BELOW = re.compile(r"(?:work|chapter|story) text:?", re.I)  # where an archive says that the story begins
_MINE = re.compile(
    r"\b(?:not mine|(?:don't|do not) own|(?:isn|aren)'t mine|no infringement|non mi appartengono|pas à moi|"
    r"gehör\w+ (?:nicht )?mir)\b",
    re.I,
)
_OF_STORY = frozenset(
    ("title", "author", "rating", "disclaimer", "relationship", "fandom", "summary", "genre", "category", "warning",
     "archive_permission", "feedback", "spoilers", "beta", "note")
)  # fmt: skip
_LABELS = 3  # different labels of a story's header
_ENTRY = re.compile(
    r"[^\n]{2,80}\s(?:by|von|par|por|de|di|от)\s\S[^\n]{0,60}$|.*\b\d[\d,.]* (?:words|reviews|comments)\b", re.I
)
_ENTRIES = 4
_NAMED = re.compile(  # what such pages are called
    r"(?:.*\W)?(?:faqs?|frequently asked questions|help|rules|guidelines|submissions?|news|updates|what's new|"
    r"interview|author of the (?:month|week)\b.{0,20}|reviews?(?: for .*)?|comments?(?: for .*)?|recs|recap|"
    r"episode guide|directory|essays?|meta|terms of (?:service|use)|privacy|about (?:us|the archive|this site)|"
    r"site map|challenges?|awards?|index|gallery|galerie|guestbook|how to .*|a guide to .*|normas|regeln|règlement|"
    r"regolamento|regras|правила|profile)\W*$",
    re.I,
)


_ON_WRITING = re.compile(  # `How to write a summary`, `So you want to write a villain: a guide to characters`
    r"(?=.*\b(?:writ(?:e|ing)|beta(?:ing)?)\b)(?=.*\b(?:how (?:not )?to|guide|tips|advice|so you want to|help|basics|"
    r"101|workshop|rants?)\b).*\b(?:characters?|scenes?|dialogue|fan ?fic(?:tion)?|fics?|stor(?:y|ies)|summar(?:y|ies)|"
    r"smut|slash|mary[- ]sues?|pov|points? of view|plots?|drabbles?|reviews?|canon)\b",
    re.I,
)
_POSTED = re.compile(
    r"(?:.{0,60}\W)?(?:posted|posté le|verfasst|geschrieben|publicado|inviato|добавлено|wysłany|skrivet)\s?:? "
    r".{0,20}\d|.{1,40} » .{0,12}\d{1,2}\b.{0,30}\d\d:\d\d|#\d{1,4}$",
    re.I,
)


_VOICE = re.compile(r"(?P<name>[^\W\d][\w .'-]{1,24}?)(?: ?\([^)\n]{1,60}\))?:\s")
_VOICES = 4  # speeches that make a script
_A_SPEECH = 12  # words of one in a chat, the speaker's name counted
_A_VERSE = 12  # words of one
_VERSES = 8  # of them that make a poem


class Counts(NamedTuple):
    """What is counted in a page: its words; those of stories, of sites and of either, of you and of me; and the points
    of the best run of lines that tell, and of all other lines that do."""

    words: int
    stories: int
    sites: int
    weak: int
    you: int
    i: int
    run: float
    elsewhere: int

    @property
    def talk(self) -> float:
        """How much is said of stories and sites."""
        return self.stories + 0.8 * self.sites + self.weak / 3


def may_be(text: str) -> bool:
    """A cheap look: whether enough different words of stories and sites stand in a text. Most stories have too few."""
    for sign in _SIGNS:
        text = text.replace(sign, " ")
    small = text.lower()
    for two, one in _AS_ONE:
        small = small.replace(two, one)
    said = small.split()
    words = set(said)
    different = len(words & WORDS["stories"]) + len(words & WORDS["sites"]) + len(words & WORDS["weak"]) / 3
    return different >= max(_DIFFERENT, 0.002 * len(said))


def _is_told(sight: Sight) -> bool:
    """Whether so many lines tell that this is a story, or somebody speaks in so many; looks no further than it must."""
    told = spoken = 0
    for place, line in enumerate(sight.lines[:_LINES], 1):
        tells = telling(line.text)
        told += tells >= 2
        spoken += tells >= 2 and is_spoken(line.text)
        if told >= _TOLD and told * 4 >= place >= 2 * _TOLD:
            return True
    return spoken >= _SPOKEN and spoken * 5 >= min(len(sight.lines), _LINES)


def kind_of(sight: Sight) -> str:
    """What such a page is; "" for any other."""
    if rows.has_figures(sight.lines):
        return "list of stories"
    if people.is_author_page(sight) or (people.is_user_page(sight) and not says_story(sight.lines)):
        return "profile"
    if _is_told(sight):
        return ""
    found = counts(sight.lines)
    texts = [line.text[:_LONG_LINE] for line in sight.lines[:_LINES]]
    is_talk = found.words >= _FEWEST and (
        _is_talk(sight, found) or _is_throughout(texts, found) or notices.is_notice(texts)
    )
    if not is_talk:
        return ""
    if (
        _is_script(texts)
        or _is_verse(texts)
        or throughout.is_in_letters(texts)
        or throughout.tells_between(texts, _speaks)
    ):
        return ""
    on_writing = any(_ON_WRITING.match(name) for name in sight.names)
    if says_story(sight.lines, on_writing):
        return ""
    return people.kind_of(sight) or (_ABOUT if notices.is_notice(texts) else _name(sight, found))


def _is_talk(sight: Sight, found: Counts) -> bool:
    """Whether enough is said of stories and sites: less is enough where the page is called so, or people post in it."""
    if found.talk >= _LEAST and points(found) >= _TALK:
        return True
    is_sure = found.talk >= _LEAST or (
        found.talk >= _NAMED_LEAST and found.run < 1 and not found.elsewhere and found.stories + found.sites > 0
    )
    here = points(found, named=True)
    if is_sure and here >= _NAMED_TALK and any(_NAMED.match(name) for name in sight.names):
        return True
    if found.talk < _LEAST:
        return False
    if any(_ON_WRITING.match(name) for name in sight.names):
        return True
    return found.talk >= _THREAD and found.run <= _THREAD_TOLD and here >= 0 and _is_thread(sight.lines)


def _is_script(texts: Sequence[str]) -> bool:
    """Whether it is written for voices, in capitals or in few words, that stand before what they say."""
    found = [(voice["name"], text) for text in texts if (voice := _VOICE.match(text))]
    voices = Counter(name for name, _ in found)
    said = [text for name, text in found if voices[name] > 1]
    if len(voices) < 2 or len(said) < _VOICES or 3 * len(said) < len(texts):
        return False
    again = [name for name, count in voices.items() if count > 1]
    is_chat = (
        len(again) > 2
        and 5 * len(said) >= 4 * len(texts)
        and sum(len(text.split()) for text in said) <= _A_SPEECH * len(said)
    )
    return is_chat or all(name.isupper() for name in again)


def _is_verse(texts: Sequence[str]) -> bool:
    """Whether its lines are short, and so many go on in the next that they are verses."""
    short = [text for text in texts if 1 < len(text.split()) <= _A_VERSE]
    return (
        len(short) >= _VERSES
        and 20 * len(short) >= 17 * len(texts)
        and 4 * sum(text.endswith(",") for text in short) >= len(short)
    )


def _is_throughout(texts: Sequence[str], found: Counts) -> bool:
    """Whether stories are spoken of from the first line to the last."""
    sure = sum(word in WORDS["stories"] and word not in WORDS["common"] for text in texts for word in _words(text))
    return throughout.speaks_of_stories(texts, _speaks, found.talk, sure, found.run, found.elsewhere)


def _speaks(text: str) -> bool:
    """Whether a word of stories or sites stands in some text."""
    return any(word in WORDS["stories"] or word in WORDS["sites"] or word in WORDS["weak"] for word in _words(text))


def _words(text: str) -> list[str]:
    """The words of some text in small letters; those that people write as one or as two are one."""
    small = text.lower().replace("’", "'")
    for two, one in _AS_ONE:
        small = small.replace(two, one)
    return _WORD.findall(small)


def _is_thread(lines: Sequence[Line]) -> bool:
    return sum(_POSTED.match(line.text) is not None for line in lines if len(line.text) <= _SHORT) >= _POSTS


def points(found: Counts, named: bool = False) -> float:
    """How much speaks for talk, less what speaks for a story; `named` is what the page is called so."""
    a_hundred = 100 / max(found.words, 1)
    talk = found.talk * a_hundred + 0.15 * min(found.you * a_hundred, 4)
    of_a_site = found.stories * a_hundred < 1 and 2 * found.sites > found.weak
    of_writing = not found.stories and found.talk * a_hundred < _MUCH
    if (of_a_site or (of_writing and not named)) and found.i * a_hundred > 3:  # somebody tells of it, in a story
        talk -= 0.5 * found.i * a_hundred
    return talk - 0.8 * found.run - 0.3 * found.elsewhere


def counts(lines: Sequence[Line]) -> Counts:
    """Count the words of a page, and what is told between them."""
    stories = sites = weak = you = i = words = elsewhere = 0
    best = here = 0.0
    for line in lines[:_LINES]:
        tells = telling(line.text)
        if _is_furniture(line):
            elsewhere += tells >= 2
            here = 0
            continue
        text = line.text[:_BEGINNING]
        said = _words(text)
        of_stories = sum(word in WORDS["stories"] for word in said)
        of_sites = sum(word in WORDS["sites"] for word in said)
        of_either = sum(word in WORDS["weak"] for word in said)
        words += len(said)
        stories, sites, weak = stories + of_stories, sites + of_sites, weak + of_either
        you += sum(word in YOU for word in said)
        i += sum(word in ME for word in said)
        if of_stories + of_sites or of_either >= 2:
            elsewhere += tells >= 2
            here = 0
        else:
            here += tells - 1 if tells > 1 else tells / 3
            best = max(best, here)
    return Counts(words, stories, sites, weak, you, i, best, elsewhere)


def _is_furniture(line: Line) -> bool:
    """A header line, a heading, a row of links, a line of a site: what stands around stories as well."""
    if headings.parse(line.text) or 3 * sum(len(link.text) for link in line.links) > len(line.text):
        return True
    return (":" in line.text[:40] and label_line(line.text[:_SHORT]) is not None) or (
        site_words.sureness(line.text) >= site_words.Sure.AT_EDGES
    )


def says_story(lines: Sequence[Line], on_writing: bool = False) -> bool:
    """Whether a text says of itself that it is a story: by a header of its own, a heading, words for what it is."""
    said = [line for line in lines if not line.links or line.told > 8][:_LINES]
    so = [line for line in said[:_TOP] if len(line.text) <= _SHORT and _says_so(line.text)]
    foot = [line for line in said[_TOP:][-_FOOT:] if len(line.text) <= _SHORT and _SAID.search(line.text)]
    if 0 < len(so) + len(foot) < _RATINGS:
        return True
    names: Counter[str] = Counter()
    for line in said[: _TOP * 3]:
        if (found := label_line(line.text[:_SHORT])) and found.value:
            names[found.label.names[0]] += 1
        elif (
            ":" not in line.text
            and (label := labels.find(line.text.partition(" ")[0]))
            and label.names[0] in labels.HEADER_ONLY
        ):
            names[label.names[0]] += 1
    once = _OF_STORY.intersection(name for name in names if names[name] <= 2)
    if len(once) > _LABELS or (len(once) == _LABELS and not once.isdisjoint(("title", "author", "disclaimer"))):
        return True
    if any(_TEXT_BELOW.fullmatch(line.text) for line in said if len(line.text) <= _SHORT):
        return True
    viewed = sum(_VIEWED.search(line.text) is not None for line in said if len(line.text) <= 2 * _SHORT)
    if viewed == 1 or any(_MINE.search(line.text) for line in said if len(line.text) <= 3 * _SHORT):
        return True
    heads = [head for line in said[:_TOP] if (head := headings.parse(line.text)) is not None]
    return sum(head.number is not None and not head.counted for head in heads) == 1 and not on_writing


def _says_so(text: str) -> bool:
    """Whether a line says of the text below it that it is a story, or how it is rated."""
    return _SAID.search(text) is not None or len(set(_RATED.findall(text))) == 1


def _name(sight: Sight, found: Counts) -> str:
    entries = sum(_ENTRY.match(line.text) is not None for line in sight.lines[:_LINES])
    if entries >= _ENTRIES:
        return "list of stories"
    return "help page" if found.sites > found.stories else _ABOUT
