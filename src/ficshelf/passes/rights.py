"""Paragraphs on top of a story that say whose its people are, without a label: disclaimers and copyright statements.

They are said in a few fixed phrases, in every tongue; or a maker is named (`Paramount`, `Mutant Enemy`) beside a word
of owning. So a story speaks of nobody: its characters own houses. `header_values` has what goes on below a label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ficshelf import canon
from ficshelf.model import Node
from ficshelf.passes import headings
from ficshelf.passes.author_voice import greets
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.note_words import SAID, TOLD
from ficshelf.passes.remembered import remembered

_LONGEST = 1_500  # characters of such a paragraph
_OTHERS = 8  # lines that may stand above them: title, name, a site's own
_SHORT = 120  # characters of one
_SHARE = 3  # one in so many sentences speaks of rights; else an author chats
_MOST_WORDS = 4  # words of a maker's name
_STATEMENT = re.compile(
    r"(?:\(c\)|©|copyright(?:ed)?(?=\W+(?:\(c\)|©|[^.!?\n]{0,50}\b(?:19|20)\d\d\b)))", re.I
)  # at the beginning of a line
_PHRASES = re.compile(
    r"\b(?:infring\w+|trademarks?|all rights reserved|(?:sole|copyrighted|intellectual) property|propert(?:y|ies) of|"
    r"used without (?:\w+ )?permission|without (?:the )?(?:express |written |prior )?(?:permission|consent) of|"
    r"not (?:for|making any|made for) (?:profit|money)|(?:no|any) (?:profits?|money)\b[^.!?]{0,30}\b(?:made|"
    r"making|being|changed|exchanged|off|from|intended)|(?:make|making|made|earn|earning) (?:no|any) (?:profits?|"
    r"money)|"
    r"(?:don['’]?t|do not|does not|doesn['’]?t|never) own (?:them|any|these|the|it|a(?:ny)?thing|[A-Z]\w+)|"
    r"i own (?:nothing|none|nobody)|(?:are|is) copyright\b|copyright(?:ed)? (?:to|by|of|\d{4}|you know)|"
    r"geistiges eigentum|eigentum (?:von|der|des)|gehör(?:t|en) (?:nicht )?(?:mir|alle?[sn]? )|kein(?:en|erlei)? "
    r"(?:geld|gewinn|profit)|"
    r"(?:ne )?m['’]appart(?:ient|iennent)|appart(?:ient|iennent) (?:pas )?à|propriété (?:de|exclusive)|but lucratif|"
    r"(?:me )?pertenecen?|es propiedad|son propiedad|fines de lucro|ánimo de lucro|(?:me )?pertencem?|fins lucrativos|"
    r"non sono miei|non è mi[oa]|(?:n['’]est|ne sont) (?:pas )?à moi|n['’]y gagne rien|ne gagne (?:rien|pas)|"
    r"no (?:son|es) mí[oa]s?|não (?:são|é) me[ui]s?|(?:sind|ist) nicht mein\w*|"
    r"(?:mi )?appart(?:iene|engono)|scopo di lucro|не принадлежат|принадлеж(?:ат|ит)|не претендую|права на)\b",
    re.I,
)
_SURE = re.compile(
    r"^(?:(?:niente|nulla) di (?:tutto )?(?:ciò|questo) (?:è mio|mi appartiene)|"
    r"nada de (?:todo )?esto (?:es mío|me pertenece)|"
    r"nada dis[st]o (?:é meu|me pertence)|rien de (?:tout )?(?:cela|ceci|ça) (?:n['’]est à moi|ne m['’]appartient)|"
    r"nichts (?:davon|hiervon) gehört mir|ничего из этого мне не принадлежит)\b|"
    r"\b(?:infring\w+|all rights reserved|(?:is|are|is all|are all) copyright(?:ed)?|"
    r"(?:was|were) \w+ (?:during|in) the (?:making|production|filming|writing) of this)\b",  # no chakrams were harmed
    re.I,
)
_OWNS_ALL = re.compile(r"[A-Z]{2,6}(?:,? (?:and|&) \w+)? owns? (?:it |them )?(?:all|everything)\b[^.!?\n]{0,20}[.!]*")
_OWNING = re.compile(
    r"\b(?:belong(?:s|ing)?|own|owns|owned by|property|rights?|borrow(?:ed|ing)?|mine|theirs|profit|money|permission|"
    r"title to|sues?|creat(?:ed|or|ion)s?|copyrights?|possession|playing with|gehör\w+|"
    r"eigentum|appart\w+|pert\w+|принадл\w+)\b",
    re.I,
)
_OWNED = re.compile(
    r"\b(?:characters?|everything|everyone|everybody|anything|anybody|(?:their|the) respective|rightful|"
    r"the (?:rest|show|series|universe|world|boys|guys)|original owners?|recogni[sz]e|"
    r"(?:none|any) of (?:these|those|the) people|figuren|charaktere|personnages|"
    r"personajes|personagens|personaggi|персонажи|герои|names, titles)\b",
    re.I,
)
_BELONGS = re.compile(
    r"\b(?:belongs?(?:ing)? to|are owned by|is owned by|(?:are|is) the creations? of|hold title to)\b", re.I
)
_SENTENCE = re.compile(r"(?<=[a-z0-9)][.!?])\s+(?=[A-Z\"“])")
_NAMES = re.compile(r"[A-Z0-9][\w.&'’-]*(?:[\s/-]+[A-Z0-9&][\w.&'’-]*)*")


@remembered
def disclaims(text: str) -> bool:
    """Whether a paragraph says whose the story's people are, or whose the story is, and nobody speaks in it."""
    if len(text) > _LONGEST or is_told(text):
        return False
    if states_copyright(text) or _OWNS_ALL.fullmatch(text):
        return True
    sentences = _SENTENCE.split(text)
    if len(sentences) > 2:
        said = sum(1 for sentence in sentences if _is_of_rights(sentence))
        return _SHARE * said >= len(sentences) and not greets(text)
    return _is_of_rights(text)


def _is_of_rights(text: str) -> bool:
    """Whether one sentence or two say whose something is."""
    if _SURE.search(text):
        return True
    if _PHRASES.search(text):
        return _OWNED.search(text) is not None or len(_PHRASES.findall(text)) > 1 or _names(text, canon.by_maker())
    if _BELONGS.search(text) and (_OWNED.search(text) or _names(text, canon.by_title())):
        return True
    return _OWNING.search(text) is not None and _names(text, canon.by_maker())


def paragraphs(nodes: Sequence[Node], start: int) -> Iterator[tuple[range, str]]:
    """The open paragraphs from a line on, each with its lines, which may have been cut at a width, and its words."""
    index = start
    while index < len(nodes):
        if nodes[index].kind:
            index += 1
            continue
        end = index + 1
        while end < len(nodes) and not nodes[end].kind and headings.goes_on(nodes, end):
            end += 1
        yield range(index, end), " ".join(node.text for node in nodes[index:end])
        index = end


def unlabelled(nodes: Sequence[Node], start: int) -> list[range]:
    """The paragraphs from a line on that disclaim, above all labels and above what is told first."""
    found: list[range] = []
    others = 0
    for lines, text in paragraphs(nodes, start):
        if label_line(text) is not None:
            break
        if disclaims(text):
            found.append(lines)
            continue
        others += 1
        if others > _OTHERS or len(text) > _SHORT or is_told(text):
            break
    return found


def states_copyright(text: str) -> bool:
    """Whether a line says since when the story is whose: `(c) March 2002`, `© Copyright 1998 by M. Hale`."""
    return len(text) < 200 and _STATEMENT.match(text) is not None


def is_told(text: str) -> bool:
    """Whether somebody of the story speaks or acts in a paragraph."""
    return (
        text[0] in "“«„"
        or (text[0] == '"' and text.count('"') != 2)
        or (SAID.search(text) is not None and text[0] != '"')
        or TOLD.search(text) is not None
    )


def _names(text: str, known: Mapping[str, object]) -> bool:
    """Whether one of the folded names in a table stands in a text, with capitals."""
    for found in _NAMES.finditer(text):
        words = [
            canon.folded(word) for word in re.split(r"[\s/]+", found[0].replace("'s", "").replace("’s", "")) if word
        ]
        for start in range(len(words)):
            for length in range(min(_MOST_WORDS, len(words) - start), 0, -1):
                said = " ".join(words[start : start + length]).strip(".,'")
                if len(said) > 2 and said in known:
                    return True
    return False
