"""Gates told as a scene: somebody stands at a door, a keeper asks how old you are, and at the foot there is a choice.

The scene is told as any story. What gives a gate away is its foot: a pair of links, one on into the site and one away
from it (`I am over 18, I enter`, `I am too young`), and nothing told below. In a text the pair has brackets. Where the
foot says nothing of an age or of agreeing, nobody can be sure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from selectolax.lexbor import LexborHTMLParser

from ficshelf.readers.nostory import talk, weighing
from ficshelf.readers.nostory.sight import Line
from ficshelf.readers.sites.plan import words

_LINKS = 200  # that are looked at
_CHOICE = 120  # characters of a link, or of a line with both
_LONGEST = 9000  # characters of such a page
_LINES = 200
_AWAY = re.compile(r"https?://[^/\s?#]+/?$", re.I)  # the front page of another site
_ON = re.compile(r"(?![a-z]+:|//|#)[^\s#]*\w", re.I)  # a page of this site
_ASKED = re.compile(  # what one who enters says
    r"\b(?:1[468]|21|eighteen|twenty-one|dix-huit|dieciocho|achtzehn|dezoito|diciotto|восемнадцат\w+)\b|"
    r"\b(?:i (?:do )?agree|i accept|of age|old enough|an adult|j'accepte|d'accord|majeure?|volljährig|ich stimme|"
    r"einverstanden|"
    r"acepto|mayor de edad|aceito|maior de idade|accetto|maggiorenne|согласен|согласна|совершеннолет\w+|zgadzam|"
    r"pełnoletni\w*)\b|"
    r"同意|１８|高校生以上|18歳|成年|承諾|동의|성인",
    re.I,
)
_ENTER = re.compile(
    r"\b(?:enter|come in|go in|i'm in|entrer|j'entre|entrar|entro|eintreten|hinein|entra|войти|вхожу|wejdź|wchodzę)\b|"
    r"入室|入る|入场|进入|進入|進む|입장",
    re.I,
)
_LEAVE = re.compile(
    r"\b(?:leave|exit|go (?:back|away|home)|turn back|too young|not (?:yet )?(?:18|old enough)|sortir|partir|"
    r"quitter|trop jeune|salir|irme|"
    r"verlassen|zurück|zu jung|sair|esci|uscire|уйти|выйти|wyjdź|wychodzę)\b|"
    r"帰る|退室|退出|戻る|引き返|离开|離開|나가기",
    re.I,
)
_BRACKETED = re.compile(r"[\[【〔《<＜(（]\s*([^\[\]【】〔〕<>＜＞()（）\n]{1,60}?)\s*[\]】〕》>＞)）]")


def may_be(head: str) -> bool:
    """A cheap look at a text: whether it is short, and two brackets stand in one line of it."""
    return len(head) <= _LONGEST and any(
        len(_BRACKETED.findall(line)) == 2 for line in head.split("\n") if _is_short(line)
    )


def is_gate(lines: Sequence[Line]) -> bool:
    """Whether a choice in brackets stands below the scene that a text tells, or between lines of the site."""
    for place, line in enumerate(lines[:_LINES]):
        if not _is_short(line.text) or len(found := _BRACKETED.findall(line.text)) != 2:
            continue
        spare = _BRACKETED.sub("", line.text)
        if not any(map(str.isalnum, spare)) and _is_choice(found[0], found[1]):
            return _is_below(lines, place)
    return False


def is_gate_page(tree: LexborHTMLParser, lines: Sequence[Line]) -> bool:
    """Whether such a pair of links stands below the scene that a page tells."""
    if sum(len(line.text) for line in lines) > _LONGEST:
        return False
    links = [(words(node), (node.attributes.get("href") or "").strip()) for node in tree.css("a[href]")[:_LINKS]]
    for (first, on), (second, away) in pairwise(links):
        if not (first and second and _is_short(first) and _is_short(second) and _ON.match(on)):
            continue
        if (_AWAY.match(away) and _ASKED.search(first)) or (_is_choice(first, second) and _ASKED.search(first)):
            place = next((place for place, line in enumerate(lines) if first in line.text), None)
            if place is not None:
                return _is_below(lines, place)
    return False


def _is_short(text: str) -> bool:
    return len(text) <= _CHOICE


def _is_choice(first: str, second: str) -> bool:
    """Whether one may enter by the first, having said how old one is or that one agrees, and leaves by the second."""
    return (
        _LEAVE.search(second) is not None
        and _ASKED.search(first) is not None
        and (_ENTER.search(first) is not None or _ASKED.search(second) is not None)
    )


def _is_below(lines: Sequence[Line], place: int) -> bool:
    """Whether nothing is told below a choice, and the page does not say that it is a story."""
    return not (weighing.has_run(lines[place + 1 :]) or talk.says_story(lines) or weighing.has_header(lines))
