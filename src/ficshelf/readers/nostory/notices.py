"""What authors post in place of a chapter: that none comes yet, that they need a break, that somebody may adopt it.

Such a notice says several of a few things, each in its words, and next to nothing else. The same stands above and below
chapters; so what is told between them must be too short for one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf.readers.nostory.sight import telling

_LONGEST = 450  # words of a notice
_SAID = 3  # different things that make one
_APART = 70  # words that may pass without one of them
_THINGS = tuple(
    re.compile(said, re.I)
    for said in (
        r"\b(?:not|isn't|isnt|no) (?:a |an |the |really a )?(?:new |real |actual |proper )?(?:chapter|update)s?\b|"
        r"\bauthor (?:speaking|here)\b|\b(?:no|não|nao) (?:es|[ée]) (?:un |um )?(?:nuevo |novo )?cap[ií]tulo|"
        r"\bpas un (?:nouveau |vrai )?chapitre|\bkein (?:neues |richtiges )?kapitel",
        r"\bhiatus\b|\bdiscontinu\w+|\bdrop(?:ping)? (?:this|the) (?:story|fic|book)\b|"
        r"\b(?:take|taking|need|on) a (?:\w+ ){0,2}break\b|\be[nm] (?:pausa|pause|hiato)\b|\bmacht \w* ?pause\b|"
        r"\bpausiert\b",
        r"\bup for adoption\b|\badopt (?:this|it|my)\b|^\W*adopted\W*$",
        r"\b(?:lost|losing|no|lack of|without) (?:all )?(?:my |any )?(?:interest|inspiration|muse|motivation)\b|"
        r"\bwriter'?s'? ?block\b|\b(?:sem|sin|tengo|tenho|ni l'|plus d'|pas d'|plus l')\s?inspira\w+|"
        r"\bschreibblockade\b|\bbloque[io]o? (?:de|criativo|creativo)\b",
        r"\b(?:sorry|apologi[sz]e) (?:for|about) (?:the|not|my|such|taking|this) (?:\w+ ){0,3}"
        r"(?:wait|delay|updat\w+|absence|inconvenience)\b|\b(?:haven't|have not) (?:been )?updat\w+|"
        r"\bsin actualizar\b|\bsem atualizar\b|\b(?:desculp\w+|perd[óo]n\w*) (?:a|pela|por la|el) (?:demora|tardanza)|"
        r"\bdu retard\b|\bso lange nichts\b",
        r"\b(?:next|new|real) (?:chapters?|update)\b|\bthe next (?:\w+ )?chapters?\b|\bpr[óo]ximo cap[ií]tulo\b|"
        r"\bprochain chapitre\b|\bnächste kapitel\b",
        r"\brewrit(?:e|ing)\b|\bput (?:one|it|them) up\b|\b(?:take|taking|delet(?:e|ing)) (?:this|it) down\b",
        r"\bthank(?:s| you)\b[^.!?]{0,60}\b(?:review\w*|read(?:ing|ers?)|follow\w*|favou?rit\w*|support|comment\w*)\b|"
        r"\bfollowed (?:and|or) favou?rited\b|\b(?:gracias|obrigad[ao]s?|merci|danke)\b[^.!?]{0,60}"
        r"(?:review|coment|comment|leer|lei?tor|lector|lecteur|leser|lesen|favori)",
        r"\b(?:not|never|n't) (?:going to )?(?:giv(?:e|ing)|given) up on\b|\b(?:not|won't) (?:drop|abandon)\b|"
        r"\bno la (?:voy a )?(?:abandon|dej)\w+|\bnão vou (?:desistir|abandonar)|\bne l'abandonne pas\b|"
        r"\bnicht (?:abbrechen|aufgeben)\b",
        r"\b(?:pm|message) me\b|\bsend me a (?:pm|message)\b",
        r"\b(?:my|the) (?:story|fic) is (?:now )?(?:on|up|closed|over|finished)\b|\bthis story is\b",
    )
)


def is_notice(texts: Sequence[str]) -> bool:
    """Whether a text is nothing but such a notice; `texts` are its lines."""
    if sum(len(text.split()) for text in texts) > _LONGEST or sum(telling(text) >= 2 for text in texts) > 1:
        return False
    said = [{number for number, thing in enumerate(_THINGS) if thing.search(text)} for text in texts]
    if len(set().union(*said)) < _SAID:
        return False
    apart = 0
    for text, things in zip(texts, said, strict=True):
        apart = 0 if things else apart + len(text.split())
        if apart > _APART:
            return False
    return True
