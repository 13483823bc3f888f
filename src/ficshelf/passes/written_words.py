"""Words of a story that show something written: a sign, a note, a list, and that it is read. What they show follows."""

from __future__ import annotations

import re

from ficshelf.passes.note_words import count

_WRITTEN = (
    r"note|letter|card|(?:e-?)?mail|text|message|sign|telegram|postcard|inscription|post-?it|scroll|parchment|"
    r"plaque|poster|headlines?|caption|memo|notice|list|label|leaflet|flyer|menu|receipt|placard|"
    r"zettel\w*|brief\w*|schild\w*|karte|nachricht|tafel|inschrift|plakat|notiz|aushang|telegramm|liste|"
    r"(?:un|petit|le)\s+mot|lettre|billet|pancarte|feuille|affiche|écriteau|panneau|annonce|parchemin|carte|"
    r"nota|carta|letrero|cartel|tarjeta|mensaje|papel|lista|pergamino|inscripción|rótulo|"
    r"bigliett\w+|lettera|foglio|cartello|messaggio|scritta|pergamena|avviso|"
    r"bilhete|cartaz|placa|mensagem|pergaminho|recado|"
    r"записк\w*|письм\w*|табличк\w*|вывеск\w*|открытк\w*|надпис\w*|сообщени\w*|пергамент\w*|лист(?:ок|ка|ке|очк\w*)|"
    r"объявлени\w*|спис(?:ок|ка|ке)|телеграмм\w*"
)
_READ = (
    r"reads?|written|writing|wrote|writes?|handwriting|scrawl(?:ed)?|scribbl(?:ed|e)|chalked|printed|painted|carved|"
    r"engraved|lettering|pinned|taped|tacked|nailed|inked|typed|jotted|"
    r"schrift|(?:zu|und)\s+lesen|las|stand|geschrieben|gekritzelt|"
    r"écrite?s?|lut|lisait|lire|griffonné\w*|écriture|escrit[oa]s?|leyó|leer|decía|letra|scritt[oaie]|lesse|leggere|diceva|"
    r"leu|ler|dizia|написан\w*|(?:про)?чита\w+|прочла|прочёл|прочел|почерк\w*|гласил\w*"
)
_ANNOUNCED = re.compile(
    rf"\b(?:{_WRITTEN}|screen|diary|journal|reads?|wrote|written|writing|scrawled|scribbled|said simply)\b"
    r"[^.!?]{0,80}:$",
    re.I,
)
_NAMED = re.compile(rf"\b(?:{_WRITTEN})\b[^.!?:]{{0,60}}\b(?:reads?|said|says|was|ran|went)?[^.!?:]{{0,20}}:$", re.I)
_NOUN = re.compile(rf"\b(?:{_WRITTEN})\b", re.I)
_PLACED = re.compile(  # `pinned upon the door`, `carved into the lid`
    r"\b(?:pinned|chalked|carved|painted|scrawled|scribbled|nailed|taped|tacked|engraved|printed|stencilled|daubed)\b"
    r"[^.!?]{0,60}\b(?:on|upon|to|into|in|across|over|above|under|beneath)\b|"
    r"\bin\s(?:[\w-]+,?\s){1,4}(?:letters|handwriting|capitals|script)\b|"
    r"\b(?:wrote|scribbled|scrawled|typed|jotted)(?:\s(?:it|this|that|them|down|back|out|underneath|below)){0,3}[.:]$",
    re.I,
)
_VERB = re.compile(rf"\b(?:{_READ})\b", re.I)
_PHONE = re.compile(
    r"\b(?:phones?|cell|mobile|handy|portable|móvil|cellulare|telemóvel|celular|pager|screen|телефон\w*)\b[^.!?]{0,40}"
    r"\b(?:buzz\w*|beep\w*|ping\w*|chim\w*|vibrat?\w*|lit|lights?|flash\w*|ding\w*|blink\w*|glow\w*|vibr\w+|zumb\w+|"
    r"squill\w+|suonò|summte|piepte|завибрировал|пискнул|мигнул)\b|\b(?:texted|typed)\b[^.!?:]{0,60}[.:]$",
    re.I,
)
_PAPER = re.compile(
    r"\b(?:newspapers?|paper|gazette|article|clipping|front\s+page|headlines?|page|zeitung|journal|periódico|"
    r"giornale|jornal|газет\w*)\b",
    re.I,
)
_DIARY = re.compile(
    r"\b(?:diary|diaries|journal|log(?:\s?book)?|notebook|tagebuch|carnet|diario|diário|дневник\w*)\b", re.I
)
_NEWS = re.compile(
    r"\b(?:police|officials?|authorities|according\s+to|spokes(?:man|woman|person)|residents|witnesses|yesterday|reported(?:ly)?|"
    r"reporters|sources|investigators|sheriff|mayor|ministry|(?:on|last)\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)  # in small letters
_DATELINE = re.compile(r"[A-Z][A-Z .,]{3,40}(?:\([A-Z]{2,4}\))?\s?[-–—]{1,2}\s")
_PIECE = re.compile(
    r"\b(?:note|letter|card|postcard|message|post-?it|scrap|zettel|karte|nachricht|(?:un|petit)\s+mot|billet|nota|carta|"
    r"biglietto|bilhete|recado|записк\w*|открытк\w*)\b",
    re.I,
)
SUNG = re.compile(
    r"\b(?:sang|sing|sings|singing|song|lyrics|chorus|verse|poem|recited|hummed|crooned|chanted|rhyme|ballad|radio|"
    r"lied|gedicht|chanson|chantait|poème|canción|poema|cantaba|canzone|cantava|poesia|canção|песн\w*|стих\w*|пела?)\b",
    re.I,
)  # what such words announce is verse
_NEARER = 170  # characters of the end of a paragraph that only shows, without a word that announces
_NEAR = 240  # characters of the end of a paragraph in which something is shown


def announces(before: str) -> bool:
    """Whether a paragraph ends in a colon that something written follows: `The sign over the door read:`"""
    if before[-1:] != ":" or SUNG.search(before):
        return False
    return _ANNOUNCED.search(before) is not None or shows_writing(before)


def names_what_follows(before: str) -> bool:
    """Whether what it announces is named: a note, a card, a sign."""
    return _NAMED.search(before) is not None


def shows_writing(before: str) -> bool:
    """Whether a paragraph ends by showing something that is written, or read, without a colon."""
    said = before[-_NEARER:]
    shown = (_NOUN.search(said) and _VERB.search(said)) or _PLACED.search(said)
    return shown is not None and SUNG.search(said) is None


def shows_note(before: str) -> bool:
    """Whether a paragraph ends by naming a note, a card, a letter."""
    said = before[-_NEAR:]
    return _PIECE.search(said) is not None and SUNG.search(said) is None


def shows_message(before: str) -> bool:
    """Whether a paragraph ends with a telephone that says there is a message."""
    return _PHONE.search(before[-_NEAR:]) is not None


def shows_paper(before: str) -> bool:
    """Whether a paragraph ends by naming a newspaper, or a page of one."""
    return _PAPER.search(before[-_NEAR:]) is not None


def is_news(text: str) -> bool:
    """Whether a paragraph is of a newspaper, by its first words (`PORT ROYAL -`) or by whom it names."""
    return _DATELINE.match(text) is not None or count(_NEWS, text.lower()) >= 2


def shows_diary(before: str) -> bool:
    """Whether a paragraph ends by naming a diary."""
    return _DIARY.search(before[-_NEAR:]) is not None
