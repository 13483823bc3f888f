"""Pages on which somebody says who they are and what they write: `About me`, `From the Webmistress`, `Sobre mí`.

They are told in whole sentences and say I, as many stories do. What they have, and no story has all of it: such a name,
somebody who tells strangers a name, an age, a place or a trade, what that person writes and reads as a fan, and words
to those who have come to the site. Nothing goes on for long without one of these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf.readers.nostory import talk, throughout
from ficshelf.readers.nostory.sight import Sight

_LINES = 120  # that are looked at
_LONGEST = 1500  # words of such a page
_NAME = 70  # characters of a line that calls a page so
_HEAD = 60  # lines among which such a line stands, blank ones counted
_BEGINNING = 1500  # characters of a line that are looked at
_APART = 130  # words that may pass without anything of a site, of writing or of who somebody is
_FAR_APART = 220  # words that may where its signs are many
_SURE = 8  # points of such a page
_LEAST = 5  # points that make such a page
_MOST = 3  # points that one kind of sign may give
_NAMED = re.compile(
    r"(?:.{0,40}\W)?(?:(?:all )?about(?: (?:me|myself|us|the (?:author|writer|scribe|web ?mis?tress|"
    r"webmaster|site|blog|"
    r"page|owner)\b.{0,20}|this (?:site|blog|page|author|journal)|.{1,20}))?|"
    r"who (?:am i|i am|is (?:she|he|this)|writes (?:this|here))|(?:author )?(?:bio(?:graphy)?|profile)|"
    r"(?:the |our )?staff|(?:das |unser )?team|l'équipe|el equipo|lo staff|команда|"
    r"(?:meet|from) the (?:author|writer|web ?mis?tress|webmaster|archivist|owner)|"
    r"über (?:mich|die autorin|den autor|uns)|wer (?:bin ich|ich bin|schreibt hier)|zu meiner person|"
    r"(?:à propos(?: de (?:moi|l'auteure?))?|qui (?:suis-je|je suis)|présentation|ma présentation)|"
    r"(?:sobre m[íi]m?|sobre (?:la autora|el autor|a autora|o autor|este blog)|acerca de(?: m[íi])?|"
    r"quién (?:soy|escribe)|quem (?:sou|escreve)|mi perfil|meu perfil|perfil)|"
    r"(?:chi sono|su di me|mi presento|l'autrice|presentazione)|(?:обо мне|о себе|об автор\w+|кто я)|"
    r"\S{2,20}'?s? (?:fan ?fic(?:tion)?|home|web)[ -]?(?:seite|page|site)|"
    r"(?:o mnie|o autorce|kim jestem)|over (?:mij|de schrijfster|de auteur)|om (?:mig|meg|författaren)|minusta)"
    r"(?:\W.{0,40})?",
    re.I,
)
_TRADE = (
    r"(?:student|teacher|nurse|librarian|secretary|mother|mom|mum|father|housewife|writer|fan|"
    r"trekkie|trekker|geek|nerd|"
    r"retired|girl|woman|teen\w*|college|university|high school|full[- ]time|part[- ]time|native|graduate|scientist|"
    r"programmer|engineer|artist|lawyer|doctor|clerk|accountant|Brit|American|Canadian|Australian)"
)
_INTRODUCED = re.compile(
    r"\bmy (?:real |pen ?|first )?name(?:'s| is)\b|\bI go by\b|\b(?:you can |people |just )?call me\b|"
    r"\bI(?:'m| am)(?: now| currently| just)? (?:an? )?(?:\d\d\b|twenty|thirty|forty|fifty|sixty|eighteen|nineteen)|"
    r"\bI(?:'m| am) (?:an? )(?:[\w-]+ ){0,4}" + _TRADE + r"\b|\b\d\d[- ]?(?:years?[- ]old|yo\b|/f\b|/m\b)|"
    r"\bI (?:currently )?live (?:in|with|near|on)\b|\bI(?:'m| am)(?: originally)? from\b|\bI was born\b|"
    r"\bich hei(?:ß|ss)e\b|\bmein name ist\b|\bbin \d\d(?: Jahre)?\b|"
    r"\bich bin (?:\w+ )?\w+ Jahre\b|\bich bin (?:eine?|seit)\b|"
    r"\bich wohne\b|"
    r"\bje m'appelle\b|\bj'ai \w+ ans\b|\bj'habite\b|\bje suis (?:une?|étudiante?|fan)\b|"
    r"\bme llam(?:o|an)\b|\bmi nombre es\b|\btengo \w+ años\b|\bvivo en\b|\bsoy (?:una?|de|fan|estudiante|enfermera|"
    r"profesora|madre)\b|\bme chamo\b|\bmeu nome é\b|\btenho \w+ anos\b|\bmoro (?:em|no|na)\b|\bsou (?:uma?|de|fã)\b|"
    r"\bmi chiamo\b|\bho \w+ anni\b|\bvivo (?:a|in)\b|\bsono (?:una?|di|nata|studentessa)\b|"
    r"\bменя зовут\b|\bмне (?:\w+ (?:лет|год)|двадцать|тридцать|сорок|\d\d)|\bпо профессии\b|"
    r"\bя (?:живу|из|студентка|учусь)\b|\bnazywam się\b|\bmam \w+ lat\b|"
    r"\bmieszkam\b|\bik (?:heet|woon)\b|\bik ben (?:een|\d+)|\bjag (?:heter|bor)\b|\bjag är (?:en|\d+)",
    re.I,
)
_WRITES = re.compile(
    r"\bI(?:'ve| have)?(?: \w+ly| never| always| mostly| still| also| now| just| only)* (?:writ(?:e|ing|ten)|wrote|"
    r"post(?:ed)?|beta|update[d]?|ship|rec|read fan)\b|\bstarted (?:writing|reading|posting)\b|"
    r"\b(?:my|your|these|the|read|print|write|eleven|many) (?:own |first |other |new |"
    r"\w+ )?(?:stor(?:y|ies)|fan ?fics?|"
    r"fics?|fan ?fiction|drabbles?|wips?|writing|one-?shots?)\b|\bbeta (?:reader|read)s?\b|"
    r"\b(?:take|do|open|accept) (?:\w+ )?requests\b|\bfan ?fiction\b|\bfandoms?\b|\breviews?\b|\bfeedback\b|"
    r"\b(?:ich|selbst) schreibe\b|\bschreibe ich\b|"
    r"\b(?:alle|neue) geschichten\b|\bmeine (?:\w+ )?(?:geschichten|ffs?|fanfiktions?|stories)\b|"
    r"\bj'écris\b|\bmes (?:\w+ )?(?:histoires|fics?|fanfics?|écrits|textes)\b|\bescrib(?:o|ir|í)\b|"
    r"\b(?:mis|mi|las|historias?) (?:historias?|fics?|fanfics?|largas|cortas|relatos)\b|\bescrev(?:o|er|i)\b|"
    r"\bminhas? (?:\w+ )?(?:histórias?|fics?|fanfics?)\b|\bscriv(?:o|ere)\b|\b(?:mie|"
    r"mia) (?:stori[ae]|fic|fanfic\w*)\b|"
    r"\bпишу\b|\bпейринг\w*|\bфэндом\w*|\bфанфик\w*|\bпрод[аыу]\b|\bновые главы\b|"
    r"\bмо(?:и|их) (?:\w+ )?(?:фик|рассказ|истори|работ)\w*|\bpiszę\b|\bmoje (?:opowiadania|ff)\b|"
    r"\bik schrijf\b|\bmijn verhalen\b|\bjag skriver\b|\bmina (?:berättelser|noveller|fics?)\b|"
    r"\bpeticiones\b|\bpedidos\b",
    re.I,
)
_VISITED = re.compile(
    r"\bwelcome (?:to|aboard)\b|\bguest ?book\b|\bwebrings?\b|\bweb ?(?:site|page|mis?tress|"
    r"master)\b|\bmy (?:site|page|blog)\b|"
    r"\bthis (?:site|page|blog|archive|journal)\b|\b(?:e-?mail|write to|contact|message|pm|"
    r"follow) me\b|\bvisitors?\b|"
    r"\b(?:last )?updated\b|\bleave a (?:reply|comment)\b|\bfollowers\b|\bblogroll\b|\bmaster ?list\b|\blinks\b|"
    r"\bawards\b|\bcopyright\b|\bblog\b|\btumblr\b|\blivejournal\b|\bao3\b|\bffn\b|\bkontakt\b|"
    r"\bgästebuch\b|\bstartseite\b|\bwillkommen\b|"
    r"\bdieser seite\b|\bbesucher\b|\bhergefunden\b|"
    r"\bbienvenu\w*|\blivre d'or\b|\bcontact(?:o|ez)?\b|\bbienvenid\w*|\bseguidores\b|"
    r"\bcomentarios?\b|\bcomentários?\b|"
    r"\bbem[- ]?vind\w*|\bbenvenut\w*|\bcommenti\b|\bдобро пожаловать\b|\bподписчик\w*|"
    r"\bнаписать сообщение\b|\bгостевая\b|\bкомментари\w+|"
    r"\bwitam\b|\bwelkom\b|"
    r"\bvälkom\w+|\bsi has llegado\b|\bif you(?:'ve| have) (?:come|found|got)\b|"
    r"\bthanks for (?:stopping|visiting|dropping)",
    re.I,
)
_ASKED = re.compile(r"[^\"“„«]{8,90}\?")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”')]{0,2}\s")
_OF_HEADER = re.compile(r"\W*(?:title|rating|rated|summary|pairing|disclaimer|warnings?)\s?:", re.I)


def may_be(head: str, names: Sequence[str]) -> bool:
    """A cheap look: whether a text, or one of the lines on top of it, is called so."""
    return _is_named(names) or _is_named([line.strip() for line in head.split("\n", _HEAD)[:_HEAD]])


def is_about(sight: Sight) -> bool:
    """Whether such a page is seen, where its name is known (`may_be`)."""
    texts = [line.text[:_BEGINNING].replace("’", "'") for line in sight.lines[:_LINES]]
    if sum(len(text.split()) for text in texts) > _LONGEST:
        return False
    found = points(texts)
    return found >= _LEAST and _apart(texts) <= (_FAR_APART if found >= _SURE else _APART)


def _is_named(names: Sequence[str]) -> bool:
    return any(len(name) <= _NAME and _NAMED.fullmatch(name) for name in names)


def points(texts: Sequence[str]) -> int:
    """What its signs are worth together; 0 where one kind of them is missing."""
    introduced = {found[0].lower() for text in texts for found in _INTRODUCED.finditer(text)}
    writes = {found[0].lower() for text in texts for found in _WRITES.finditer(text)}
    visited = {found[0].lower() for text in texts for found in _VISITED.finditer(text)}
    if not (introduced and len(writes) > 1 and visited) or has_header(texts):
        return 0
    asked = sum(_ASKED.match(text) is not None for text in texts)
    return sum(min(len(found), _MOST) for found in (introduced, writes, visited)) + min(asked, 2)


def has_header(texts: Sequence[str]) -> bool:
    """Whether a line states what stands above stories."""
    return any(map(_OF_HEADER.match, texts))


def _apart(texts: Sequence[str]) -> int:
    """The words of the longest row of sentences that say nothing of all that."""
    longest = here = 0
    for text in texts:
        for part in _SENTENCE.split(text):
            if any(sign.search(part) for sign in (_INTRODUCED, _WRITES, _VISITED)) or throughout.likes(part):
                here = 0
            elif not any(word in talk.WORDS["stories"] for word in part.lower().split()):
                here += len(part.split())
                longest = max(longest, here)
    return longest
