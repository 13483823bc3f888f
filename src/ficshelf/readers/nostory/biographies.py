"""Pages on which an author, or a site's staff, is told of in the third person: `About the Author`, `The Staff`.

They are told as stories are, with scenes, speech and all, and nothing else than their matter gives them away: such a
name, what is said of somebody's life as an encyclopaedia says it (born, grew up, lives in, so many years old), what
that somebody writes and where it stands, and how one reaches the author. A story that is called so lacks one of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ficshelf.readers.nostory import abouts, talk
from ficshelf.readers.nostory.sight import Line

_LINES = 120  # that are looked at
_LONGEST = 1500  # words of such a page
_BEGINNING = 2500  # characters of a line that are looked at
_LIVES = 2  # things that are said of a life
_WRITES = 3  # and of writing
_POINTS = 8  # different things in all
_MOST = 5  # of one kind that count
_LIFE = re.compile(
    r"\bwas born\b|\bgrew up\b|\b(?:she|he|they|[A-Z]\w+) (?:currently )?(?:lives?|resides?|dwells?) (?:in|with|at|"
    r"near|on)\b|"
    r"\b(?:she|he) is (?:now )?(?:[a-z]+-)?[a-z]+(?:teen|ty|ty-\w+|\d\d)?(?: now)?, and (?:reading|studying|working|"
    r"a)\b|"
    r"\b\w+ years old\b|\b(?:works|worked) (?:as|at|in|for)\b|\b(?:studies|teaches) \w+|\bis an? [\w-]+ (?:by day|"
    r"in real life|when)\b|"
    r"\bnació\b|\b(?:\w+ y )?\w+ años, |\bvive (?:en|con|in|a)\b|\btrabaja\b|\bmadre de\b|"
    r"\b(?:en internet )?se llama\b|"
    r"\bma \w+ lat\b|\bna imię ma\b|\bmieszka\b|\burodził\w*|\bstudiuje\b|\bpracuje\b|"
    r"\bè nat[ao]\b|\blavora\b|\bstudia\b|\ba \w+ anni\b|\bdivide (?:la casa|il divano)|"
    r"\blebt (?:in|mit|bei|auf)\b|\bgeboren\b|\barbeitet (?:als|in|bei)\b|\bstudiert\b|\bwohnt\b|\bwuchs\b|"
    r"\best née?\b|\bhabite\b|\bvit (?:à|en|avec|dans)\b|\btravaille\b|\ba grandi\b|"
    r"\bnasceu\b|\bmora (?:em|com|no|na)\b|\btrabalha\b|\btem \w+ anos\b|"
    r"\bродил(?:ась|ся)\b|\bживёт\b|\bживет\b|\bработает\b|\bучится\b|"
    r"\bwoont\b|\bwerkt\b|\bbor (?:i|med|på)\b|\barbetar\b|\bföddes\b",
    re.I,
)
_WORK = re.compile(
    r"\b(?:writes?|has (?:\w+ )?written) (?:about|in|for|at|only|mostly|two|three|fan|it)\b|\b(?:her|his|"
    r"their) (?:\w+ )?stor(?:y|ies)\b|"
    r"\bstories\b|\bstories by\b|\bfan ?zines?\b|\bfan ?fic(?:tion)?s?\b|\bnominated\b|\bfandoms?\b|\barchive\b|"
    r"\bguestbook\b|\breviews?\b|\bbetas?\b|"
    r"\bescrib\w+|\bhistorias\b|\brelatos?\b|\bactualizar\b|\berratas\b|"
    r"\bpisz[eą]\w*|\bopowiada\w+|\brozdzia\w+|\bkomentarz\w*|\bczyteln\w+|"
    r"\bscriv\w+|\bstorie\b|\brecensioni\b|\bpubblica\b|"
    r"\bschreib\w*|\bgeschichten\b|\bleser\w*|\bkommentare\b|\bromane?n?\b|"
    r"\bécri[tv]\w*|\bhistoires\b|\blect(?:eurs|rices)\b|\bescrev\w+|\bhistórias\b|\bleitor\w+|"
    r"\bпиш\w+|\bистори[ий]\b|\bфанфик\w*|\bфэндом\w*|\bчитател\w+|\bschrijf\w*|\bverhalen\b|\bskriv\w+|"
    r"\bberättelser\b",
    re.I,
)
_REACHED = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.\w|"
    r"\[?\(?(?:arroba|at|chiocciola|małpa)\)?\]? ?\w+ ?[\[(](?:punto|dot|kropka)|\bgg: ?\d|"
    r"\bguest ?book\b|"
    r"\b(?:e-?mail|mail|contact|write to) (?:me|us|the \w+)\b|\bkontakt\b|\bpara escribirme\b|\bcontacto\b|"
    r"\bgästebuch\b|"
    r"\blivre d'or\b|\bimpressum\b|\bcontatta\w*|\bscrivermi\b|\bm'écrire\b|\bcontact\b|\bнаписать\b|\bгостевая\b|"
    r"\bcontato\b|"
    r"\blast (?:changed|updated)\b|\bzuletzt (?:geändert|aktualisiert)\b|\bwebring\b|\bseguir(?:me)?\b|\bfollow\b",
    re.I,
)


def is_one(lines: Sequence[Line], links: Iterable[str] = ()) -> bool:
    """Whether such a page is seen, where its name is known (`abouts.may_be`). `links` are what its links say."""
    texts = [line.text[:_BEGINNING].replace("’", "'") for line in lines[:_LINES]]
    if sum(len(text.split()) for text in texts) > _LONGEST or abouts.has_header(texts) or talk.says_story(lines):
        return False
    life, work = _said(_LIFE, texts), _said(_WORK, texts)
    reached = _said(_REACHED, [*texts, *(text.replace("’", "'") for text in links)])
    if len(life) < _LIVES or len(work) < _WRITES or not reached:
        return False
    return sum(min(len(found), _MOST) for found in (life, work, reached)) >= _POINTS


def _said(sign: re.Pattern[str], texts: Iterable[str]) -> set[str]:
    return {found[0].lower() for text in texts for found in sign.finditer(text)}
