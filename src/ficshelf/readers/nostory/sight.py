"""What is seen of a page before it is judged: its title, its headings, its lines and where they link to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from ficshelf.model import Node
from ficshelf.passes.remembered import remembered
from ficshelf.readers import chrome, title
from ficshelf.readers.flatten import tag_set
from ficshelf.readers.sites.plan import Plan, words
from ficshelf.readers.walk import walk

_LABEL = re.compile(r"[^\W\d_][^:.!?\"“”]{1,28}:(?:\s|$)")
_SPEECH = re.compile(r"[\"“„«‘][^\"“”„«»\n]{1,400}[,.!?…—-][\"”“»’]|^\s*[—–-]\s+\w.{4}")
_LONG = 10_000  # characters of a text whose words are not listed
_LETTERS = re.compile(r"[^\W_]+")
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalnum())
_WORD = re.compile(r"[^\W\d_]+")
_THIRD = tag_set("he she her hers him his himself herself elle lui sie ihr ihm ella ele ela она он его её ему ней")
_BOTH = re.compile(r"\bs?he/s?he\b|\bhis/hers?\b", re.IGNORECASE)  # as forms speak
_TELLS = tag_set(
    "said says asked looked thought laughed whispered replied smiled stood knew told walked turned sat heard "
    "felt sighed nodded shouted murmured answered sagte fragte dachte lachte ging sah dit demanda répondit "
    "pensa regarda dijo preguntó miró pensó disse perguntou olhou rispose chiese guardò сказал сказала спросил "
    "спросила подумал подумала посмотрел посмотрела ответил ответила"
)
_BEGINNING = 600  # characters of a line that are looked at
_TOP = 6  # lines among which a text's name stands
_SHORT_LINE = 80  # characters that such a line may have
_WRAPPED = range(50, 96)  # characters of a line that goes on in the next
_SKIP = re.compile(r"(?:javascript|mailto|data|aim|ymsgr):", re.IGNORECASE)
_WAYS = re.compile(
    r"\W*(?:home|fan ?art|art|main|site map|about|about (?:us|me)|contact(?: us)?|terms.*|privacy.*|rules|news|"
    r"updates?|"
    r"guest ?book|forums?|links|e-?mail(?: me| us)?|log ?in|log ?out|sign (?:in|up)|register|search|help|faq|random|"
    r"next|previous|prev|back|top|just in|browse|community|communities|betas?|fic|fics|fiction|meta|most recent|"
    r"categories|authors|titles|recent|my account|tags?|archive|profile|reading|recent entries|board index|"
    r"add to .*|report .*|retour|accueil|zurück|start(?:seite)?|volver|inicio|назад|главная)\W*",
    re.IGNORECASE,
)


class Link(NamedTuple):
    """A link of a line: what it says, where it leads, how many letters of the line stand before it, and the last
    characters before it."""

    text: str
    href: str
    before: int
    ahead: str = ""


class Line(NamedTuple):
    """A line of the page. `told` counts its letters outside links."""

    text: str
    links: tuple[Link, ...]
    told: int
    hint: str

    @property
    def labelled(self) -> bool:
        """Whether it begins with a label: `Summary: …`."""
        return has_label(self.text)


class Sight:
    """A text as it is seen without knowing whose it is: its paragraphs, and what it is called."""

    def __init__(self, lines: Sequence[Line], names: Sequence[str] = ()) -> None:
        self._lines = lines
        self._names = names

    @cached_property
    def title(self) -> str:
        """What its head says it is called, with the name of the site; a text has none."""
        return ""

    @cached_property
    def names(self) -> list[str]:
        """What it is called: by its head, and by one of the short lines on top."""
        short = (line.text for line in self.lines[:_TOP] if line.told and len(line.text) <= _SHORT_LINE)
        return [*self._names, *short]

    @cached_property
    def lines(self) -> Sequence[Line]:
        """Its lines, but for the furniture."""
        return self._lines

    def has(self, selector: str) -> bool:
        """Whether an element is there."""
        return False

    @cached_property
    def plain(self) -> list[Line]:
        """The lines that say something beside links to somewhere on the site."""
        return [line for line in self.lines if line.told > 2 or not line.links]

    @cached_property
    def letters(self) -> int:
        """Letters outside links, in all."""
        return sum(line.told for line in self.lines)

    @cached_property
    def tells(self) -> int:
        """How often it tells as a story does: somebody speaks, she looks, he said. Labelled lines do not count."""
        return sum(telling(line.text) for line in self.lines if not line.labelled and line.told > 20)

    @cached_property
    def stretch(self) -> int:
        """The letters of the longest row of lines that neither link nor begin with a label."""
        longest = here = 0
        for line in self.lines:
            if line.labelled or (line.links and line.told < 6 * len(line.links[0].text) + 150):
                here = 0
            else:
                here += line.told
                longest = max(longest, here)
        return longest


class PageSight(Sight):
    """A page as it is seen: furniture that its name gives away is left out."""

    def __init__(self, tree: LexborHTMLParser, html: str) -> None:
        super().__init__([])
        self.tree = tree
        self.html = html

    @cached_property
    def title(self) -> str:
        """What its head says it is called, with the name of the site."""
        return words(self.tree.css_first("head title"))[:300]

    @cached_property
    def names(self) -> list[str]:
        """What it is called: the parts of its title without the site's name, and its headings."""
        parts, _ = title.parts_of(self.tree)
        found = [
            self.title,
            *parts,
            *(words(node)[:200] for node in self.tree.css("h1, h2, h3, #pagetitle, .pagetitle")[:12]),
        ]
        return [name for name in dict.fromkeys(found) if name]

    @cached_property
    def lines(self) -> Sequence[Line]:
        """Its lines, but for the furniture."""
        plan = Plan()
        chrome.find(self.tree, plan, *title.parts_of(self.tree))
        root = self.tree.root
        return seen(walk(root, plan.roles).nodes) if root is not None else []

    def has(self, selector: str) -> bool:
        """Whether an element is there."""
        return self.tree.css_first(selector) is not None


def letters_of(text: str) -> int:
    """How many letters and digits a text has."""
    if text.isascii():
        return len(text.encode().translate(None, _NO_LETTERS))
    if len(text) > _LONG:
        return sum(map(str.isalnum, text))  # takes no memory
    return sum(map(len, _LETTERS.findall(text)))


def has_label(text: str) -> bool:
    """Whether a line begins with a label: `Summary: …`."""
    return _LABEL.match(text) is not None


@remembered
def telling(text: str) -> int:
    """How much a line tells as a story does: 0 to 3. Only its beginning is looked at."""
    text = text[:_BEGINNING]
    words = set(_WORD.findall(text.lower()))
    third = not words.isdisjoint(_THIRD) and not _BOTH.search(text)
    return (_SPEECH.search(text) is not None) + (not words.isdisjoint(_TELLS)) + third


def is_spoken(text: str) -> bool:
    """Whether somebody speaks in a line, and who it is, is told: `"Read it," she said.`"""
    text = text[:_BEGINNING]
    return _SPEECH.search(text) is not None and not _TELLS.isdisjoint(_WORD.findall(text.lower()))


def is_way(text: str) -> bool:
    """Whether a link only leads about the site."""
    return _WAYS.fullmatch(text) is not None


def paragraphs(text: str) -> list[Line]:
    """The lines of a plain text, those joined that were cut at a width."""
    made: list[Line] = []
    last = ""  # the line above, where that is not blank
    for raw in text.split("\n"):
        line = raw.strip()
        if line and last and len(last) in _WRAPPED and line[0].isalnum():
            line = f"{made.pop().text} {line}"
        if line:
            made.append(Line(line, (), letters_of(line), ""))
        last = raw.strip()
    return made


def single_lines(text: str) -> list[Line]:
    """The lines of a plain text as they stand."""
    return [Line(line, (), letters_of(line), "") for raw in text.split("\n") if (line := raw.strip())]


def seen(nodes: Iterable[Node]) -> list[Line]:
    """The lines that a reader made of a page, with where they link to."""
    made: list[Line] = []
    for node in nodes:
        if not node.text or node.hint == "img":
            continue
        if not node.runs:
            made.append(Line(node.text, (), letters_of(node.text), node.hint))
            continue
        links, told, at, ahead = [], 0, 0, ""
        for run in node.runs:
            letters = letters_of(run.text)
            if run.link and letters and not _SKIP.match(run.link):
                links.append(Link(run.text.strip(), run.link, at, ahead))
            elif not run.link:
                told += letters
            at += letters
            ahead = run.text[-12:]
        made.append(Line(node.text, tuple(links), told, node.hint))
    return made
