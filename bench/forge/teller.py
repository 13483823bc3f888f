"""Tells prose: sentences, paragraphs, verse, letters, signs and chats, in the tongues of `tongues/*.toml`."""

from __future__ import annotations

import random
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from bench.forge.pieces import Piece, Run, piece

TONGUES = Path(__file__).parent / "tongues"
_SLOT = re.compile(r"\{(\w+)\}")
Tongue = dict[str, Any]


@cache
def tongue(name: str) -> Tongue:
    """A tongue's words and forms. `english` has every key, and more lists in a folder; the others have those that they
    need."""
    words = tomllib.loads((TONGUES / f"{name}.toml").read_text(encoding="utf-8"))
    for path in sorted((TONGUES / name).glob("*.toml")):
        for key, listed in tomllib.loads(path.read_text(encoding="utf-8")).items():
            words[key] = words.get(key, []) + listed
    return words


class Teller:
    """One storyteller: a tongue, a cast, and habits (who tells, which quotation marks)."""

    def __init__(self, rng: random.Random, words: Tongue, cast: list[str], fandom: str) -> None:
        self.rng = rng
        self.words = words
        self.cast = cast
        self.fandom = fandom
        self.first_person = rng.random() < 0.25 and "narration_i" in words
        self.curly = rng.random() < 0.55
        self.opens, self.closes = (words["opens"], words["closes"]) if self.curly else ('"', '"')
        self.dashes = words.get("dashes", False)  # speech opens with a dash, as in French and Russian

    # --- words

    def fill(self, form: str, **given: str) -> str:
        """The form with its slots filled, its first letter a capital."""
        name = self.rng.choice(self.cast)
        other = self.rng.choice([one for one in self.cast if one != name] or [name])

        def slot(found: re.Match[str]) -> str:
            key = found[1]
            if key in given:
                return given[key]
            match key:
                case "N":
                    return name
                case "M":
                    return other
                case "F":
                    return self.fandom
                case "B":
                    return self.rng.choice(self.words.get("reviewers") or self.words["pen_names"])
                case "o":
                    return self.opens
                case "c":
                    return self.closes
                case "k":
                    return self._number()
                case "year":
                    return str(self.rng.randrange(1890, 2015))
                case "place":
                    return self.rng.choice(self.words["towns"])
            listed = {"n": "nouns", "p": "places", "t": "times", "d": "manners", "a": "adjectives"}
            listed |= {"W": "title_adjectives", "V": "title_nouns"}
            return self.rng.choice(self.words[listed[key]])

        text = _SLOT.sub(slot, form)
        text = text.replace("'", "’") if self.curly else text
        return text[:1].upper() + text[1:]

    def _number(self) -> str:
        spelt = self.words.get("numerals")
        if spelt and self.rng.random() < 0.6:
            return self.rng.choice(spelt)
        return str(self.rng.randrange(2, 40))

    def pick(self, key: str, **given: str) -> str:
        return self.fill(self.rng.choice(self.words[key]), **given)

    def plain(self, key: str) -> str:
        """One of these as it stands, but for the apostrophes."""
        text: str = self.rng.choice(self.words[key])
        return text.replace("'", "’") if self.curly else text

    # --- prose

    def narrate(self) -> str:
        if "meta" in self.words and self.rng.random() < 0.03:
            return self.pick("meta")
        if self.first_person and self.rng.random() < 0.5:
            return self.pick("narration_i")
        return self.pick("narration")

    def say(self) -> str:
        """A speech with who says it; in dashes or in quotation marks."""
        rng = self.rng
        what = self.pick("shouts" if rng.random() < 0.06 else "speech")
        tag = self.pick("tags_i" if self.first_person and rng.random() < 0.4 else "tags")
        low = _lower(tag, self.cast)
        if self.dashes:
            return rng.choice([f"— {what}, {low}.", f"— {what} !" if self.words["code"] == "fr" else f"— {what}!"])
        opens, closes = self.opens, self.closes
        match rng.randrange(6):
            case 0:
                return f"{opens}{what},{closes} {low}."
            case 1:
                return f"{opens}{what}!{closes} {low}. {opens}{self.pick('speech')}.{closes}"
            case 2:
                return f"{opens}{what}?{closes}"
            case 3:
                return f"{self.narrate()} {opens}{what}.{closes}"
            case 4:
                return f"{opens}{what},{closes} {low}, {opens}{_lower(self.pick('speech'), self.cast)}.{closes}"
            case _:
                return f"{opens}{what}…{closes} {self.narrate()}"

    def paragraph(self) -> Piece:
        rng = self.rng
        chance = rng.random()
        if chance < 0.05:
            text = self.pick("short")
        elif chance < 0.13 and "scenes" in self.words:
            text = self.pick("scenes")
        elif chance < 0.23 and "dialogue" in self.words:
            text = self.pick("dialogue")
        elif chance < 0.25 and "meta" in self.words:
            text = self.pick("meta")
        elif chance < 0.5:
            text = self.say()
        else:
            text = " ".join(self.narrate() for _ in range(rng.choice([1, 2, 3, 3, 4, 5, 7])))
        made = piece("paragraph", text)
        if rng.random() < 0.07:
            _stress(made, rng)
        return made

    def fragments(self) -> list[Piece]:
        """A few paragraphs of a word or two."""
        return [piece("paragraph", said) for said in self.pick("fragments").split("|")]

    def thought(self) -> Piece:
        """A whole paragraph that somebody thinks: stressed throughout."""
        return Piece("paragraph", [Run(self.narrate(), "em")], role="thought")

    def verse(self) -> list[Piece]:
        """One to three stanzas of a song: most rhyme in their second and fourth lines, some do not rhyme at all."""
        rng, lines = self.rng, self.words["verse"]
        if "songs" in self.words and rng.random() < 0.7:
            return [piece("verse", stanza) for stanza in self.plain("songs").strip().split("\n\n")]
        stanzas = [lines[at : at + 4] for at in range(0, len(lines), 4)]
        rng.shuffle(stanzas)
        if rng.random() < 0.25:
            loose = rng.sample(lines, len(lines))
            stanzas = [loose[:3], loose[3:8], loose[8:12]]
        capital = rng.random() < 0.7  # every line begins with a capital, or only the first of a sentence
        return [
            piece(
                "verse",
                "\n".join(line[:1].upper() + line[1:] if capital or not at else line for at, line in enumerate(stanza)),
            )
            for stanza in stanzas[: rng.choice([1, 1, 1, 2, 2, 3])]
        ]

    def letter(self) -> list[Piece]:
        """A letter, from greeting to name, and the sentence before it."""
        made = [
            piece("paragraph", self.pick("letter_before")),
            piece("quote", self.pick("letter_opens"), role="letter"),
        ]
        for _ in range(self.rng.randrange(1, 4)):
            lines = " ".join(self.pick("letter_lines") for _ in range(self.rng.randrange(1, 4)))
            made.append(piece("quote", lines, role="letter"))
        closing = f"{self.pick('letter_closes')}\n{self.rng.choice(self.cast)}"
        return [*made, piece("quote", closing, role="letter")]

    def document(self) -> list[Piece]:
        """A letter, a mail, a text, a clipping, a sign, with the sentence before it."""
        chosen = self.rng.choice(self.words["documents"])
        before, _, lines = self.fill(f"{chosen['before']}\f{chosen['lines'].strip()}").partition("\f")
        also = frozenset({"paragraph", "list"} if chosen.get("told") else ())
        return [
            piece("paragraph", before),
            *(piece("quote", block, role="document", also=also) for block in lines.split("\n\n")),
        ]

    def sign(self) -> list[Piece]:
        lines = self.rng.sample(self.words["signs"], self.rng.choice([2, 3, 3]))
        return [piece("paragraph", self.pick("sign_before")), piece("quote", "\n".join(lines), role="sign")]

    def chat(self) -> list[Piece]:
        names = self.rng.sample(self.words["chat_names"], 3)
        lines = [
            f"{self.rng.choice(names) if n > 1 else names[n]}: {_lower(self.pick('chat_lines'), self.cast)}"
            for n in range(self.rng.randrange(4, 8))
        ]
        return [piece("paragraph", self.pick("chat_before")), piece("quote", "\n".join(lines), role="chat")]

    def title(self) -> str:
        if "titles_odd" in self.words and self.rng.random() < 0.5:
            return self.plain("titles_odd")
        return self.pick("titles")

    def chapter_title(self) -> str:
        if "chapter_titles" in self.words and self.rng.random() < 0.6:
            return self.plain("chapter_titles")
        return self.pick("titles")

    def pen_name(self) -> str:
        odd = "pen_names_odd" in self.words and self.rng.random() < 0.5
        name: str = self.rng.choice(self.words["pen_names_odd" if odd else "pen_names"])
        return name


def _lower(text: str, cast: list[str]) -> str:
    """The words as they go on within a sentence: a small letter first, unless it is a name or "I"."""
    first = text.split(" ")[0].rstrip(",.'’")
    if first in cast or first in ("I", "I'm") or text.startswith(("I ", "I'", "I’")) or first.isupper():
        return text
    if any(text.startswith(name) for name in cast):
        return text
    return text[:1].lower() + text[1:]


def _capital(line: str) -> str:
    return line[:1].upper() + line[1:]


def _stress(made: Piece, rng: random.Random) -> None:
    """Stress one or two plain words of a paragraph."""
    words = made.text.split(" ")
    places = [place for place, word in enumerate(words) if word.isalpha() and len(word) > 1 and not word.isupper()]
    if not places:
        return
    at = rng.choice(places)
    before, after = " ".join(words[:at]), " ".join(words[at + 1 :])
    mark = "em" if rng.random() < 0.9 else "strong"
    runs = [Run(before + " ") if before else Run(""), Run(words[at], mark), Run(" " + after) if after else Run("")]
    made.runs = [run for run in runs if run.text]
