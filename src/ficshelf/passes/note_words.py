"""What authors say in their notes: labels, words of the trade, thanks. `notes` decides where such words count.

A narrator says "I", writes, thanks and is sorry as an author does; what only an author names is the story as a story:
its chapters, reviews, betas, updates.
"""

from __future__ import annotations

import re

from ficshelf.passes.note_labels import OPENING, is_edge_label, is_edge_line, is_labelled
from ficshelf.passes.remembered import remembered

_NOTED = re.compile(r"[\[({]?\s*notes?(?:\s?:|\s[-–—]\s)\s*\S", re.I)
_NO_READER = r"(?!\s+(?:versions?|tests?|copy|build|team|wave|blockers?))"  # an early state of a thing
# These two are for text in small letters: so they are several times as fast as with `re.I`.
SURE = re.compile(
    r"\b(?:(?:this|next|last|previous|new|these|few|more)\s+(?:\w+\s+)?chapters?(?!\s+(?:in|of)\s+(?:my|his|her|our|"
    r"their|the)\s)|chapters?\s+(?:to\s+go|left|away|ahead|up|soon)|"
    r"(?<!like\s)(?<!like\sa\s)(?<!like\ssome\s)(?<!bad\s)(?:(?:fan\s?-?)?fic(?:s|let)?\b|fan\s?-?fiction)|one-?shots?|"
    r"drabbles?|songfics?|(?:read|please)\s+(?:and|&|n)\s+review|please,?\s+review|r\s?&\s?r|c\s?&\s?c|reviewers?|"
    r"feedback|beta(?:s|d|ed|'d|-read(?:er|ing)?)|betaing|my\s+beta|writer['’]?s\s+block|plot\s?bunn(?:y|ies)|"
    r"unbeta['’]?d|disclaimer|(?:i|we)\s+(?:don['’]t|do\s+not)\s+own|(?:i|we)\s+own\s+nothing|cliff\s?hangers?|cliffie|"
    r"here(?:['’]s|\s+is|\s+comes)\s+(?:the\s+(?:\w+-)?\w+\s+)?chapter|(?:asked|said|wrote)\s+in\s+(?:a|your|the)\s+reviews?|"
    r"(?:\d{2,5}|hundred|thousand)\s+(?:reviews|hits|kudos|comments|followers)|favou?rited|the\s+next\s+(?:update|instal+ment)|"
    r"(?:this|my)\s+(?:story|fic)\s+(?:over\s+)?(?:here\s+)?from\s+my\s+old|my\s+old\s+account|"
    r"a/n|lyrics|ficathons?|fandoms?|fanon|head-?canons?|ooc|reviews\s+(?:make|are|keep|feed|would)|leave\s+(?:me\s+)?a\s+(?:review|comment)|kudos\s+and\s+comments|comments\s+and\s+kudos|stay\s+tuned|fanart|tumblr|livejournal|"
    r"(?:dieses|diesem|nächste[snm]?|letzte[snm]?|neue[sn]?)\s+kapitels?|(?:ce|prochain|dernier|nouveau)\s+chapitre|"
    r"(?:este|próximo|último|nuevo|novo)\s+cap[íi]tulo|(?:questo|prossimo|ultimo|nuovo)\s+capitolo|"
    r"(?:эт\w{1,2}|следующ\w{2,3}|последн\w{2,3}|нов\w{2})\s+глав\w{1,2}|отзыв\w*|фанфик\w*|recensioni)\b",
)
LIKELY = re.compile(
    r"\b(?:(?:the|that|each|every)\s+(?:\w+\s+)?chapters?|chapters?\s+(?:is|are|was|were|will|took)|installments?|"
    r"reviews?|reviewed|reviewing|updat(?:e|es|ed|ing)|kudos|flames?|copyright|this\s+(?:story|part|series)|my\s+(?:first|"
    r"second|other|newest|stories|story|readers?|muse|lj|website|profile)|(?:the|my)\s+(?:end\s+of\s+)?(?:the\s+)?story|"
    r"sequel|posting|posted|song\s+(?:is|used|belongs)|readers|hope\s+you\s+(?:all\s+)?(?:like|liked|enjoy|enjoyed)|"
    rf"betas?{_NO_READER}|(?:don['’]t|do\s+not)\s+own|pairings?|challenge|"
    r"kommentaren?|kommis?|commentaires?|comentários?|comentarios?|commenti|gewidmet|bald|bientôt|pronto|presto|breve|скоро)\b",
)
_STEMS = (
    "chapter", "fic", "shot", "drabble", "review", "r&r", "r & r", "r& r", "r &r", "c&c", "c & c", "c& c", "c &c",
    "feedback", "beta", "block", "bunn", "disclaim", " own", "cliff", "a/n", "lyric", "stay", "fanart", "tumblr",
    "livejournal", "install", "updat", "kudos", "flame", "copyright", "stor", "this part", "series", "first", "second",
    "kapitel", "chapitre", "capitulo", "capítulo", "capitolo", "глав", "отзыв", "фанфик", "recension", "pairing",
    "kudos", "a comment", "fandom", "fanon", "canon", "ooc", "challenge", "komm", "comment", "coment",
    "other", "newest", "reader", "muse", "lj", "website", "profile", "sequel", "post", "song", "hope you",
)  # fmt: skip
WEAK = re.compile(
    r"\b(?:thanks?|thank\s+you|sorry|hope|enjoy|please|writing|wrote|write|written|editing|encouragement|"
    r"comments?|let\s+me\s+know|you\s+(?:all|guys)|everyone|everybody|i['’]?m|i|me|my|we|you|guys|"
    r"soon|patience|support|apologi[sz]e|anyway|ideas?|chapters?|story|danke|"
    r"tut\s+mir\s+leid|freue|seid|euch|merci|désolée?|n['’]hésitez|vous|vos|gracias|siento|espero|vuestros|grazie|scusate|"
    r"fatemi|obrigad[ao]|desculpem|digam|спасибо|простите|пожалуйста|извините)\b"
)  # in small letters
SPEECH = re.compile(  # one class in front, so that the search passes over all letters that begin no speech
    r"[\"“«„–—-](?:(?<=[\"“«„])[^\"”»“]{2,}[\"”»“,]|(?<=[\"“])$|(?<=^[–—-])[–—-]?\s?[^\W\d_])"
)
HEARD = re.compile(r"[\"“«„][^\"”»“]*[,.!?…–—-][\"”»“](?!\s*(?:by|is|was|from)\b)|^[–—-]{1,2}\s?[^\W\d_]")
_ADDRESS = re.compile(r"\b(?:you|your|guys|everyone|everybody|i|i['’]m|me|my|ihr|euch|vous|ustedes)\b", re.I)
WORKED = re.compile(
    r"\b(?:this\s+one|edited\s+(?:it|this)|proof-?read|to\s+go|more\s+after\s+this|chapters?|story|writing|wrote)\b",
    re.I,
)
SPEAKS = re.compile(r"\b(?:i|i['’]m|i['’]ve|me|my|we|you|your|thanks|thank)\b", re.I)
_VOICE = re.compile(
    r"\b(?:i|i['’](?:m|ve|ll|d)|me|my|mine|we|our|us|you|your|yours|y['’]?all|please|thanks?|reviews?|r\s?&\s?r|c\s?&\s?c|"
    rf"feedback|beta['’]?e?d?{_NO_READER}|un-?beta['’]?e?d|disclaimer|comments?|kudos|hope|sorry|"
    r"apologies|danke|tut\s+mir\s+leid|ich|mich|euch|merci|désolée?|vous|vos|gracias|siento|espero|grazie|scusate|fatemi|"
    r"obrigad[ao]|desculpem|digam|спасибо|простите|извините|пожалуйста|мне|вам)\b"
)  # a writer who speaks of the story, here in small letters, speaks as an I, or to a you, or asks for something
SAID = re.compile(r"^[\"“«„]|[,.!?…][\"”»“](?:\s|$)")  # somebody says it, or part of it
TOLD = re.compile(
    r"\b(?:(?:said|asked|thought|whispered|murmured|replied|answered|muttered|sighed|laughed|cried)\s+(?:[A-HJ-Z](?![A-Z]{2})|I[a-z]|"
    r"he\b|she\b|they\b|the\b(?!\s+(?:same|right|wrong|words?|lines?)\b))"
    r"|(?:he|she|they|I)\s+(?:said|asked|whispered|murmured|replied|answered|muttered|sighed)\b"
    r"|(?:he|she|they)\s+(?:thought|did|had|was|were)\b)|,\s+I\s+thought\b"
)
_BETA = re.compile(
    r"\b(?:(?i:thank(?:s|\s+you)|kudos|hugs|gratitude)\b[^.!?\n]{0,60}?\bto\s+(?:my\s+(?:\w+\s+){0,3}beta(?:-?reader)?s?,?\s+)?(?P<name>[A-Z][\w'’-]{1,30}(?:\s+[A-Z][\w'’-]{1,20}){0,2})[^.!?\n]{0,40}?\b(?:beta\w*|"
    r"edit\w*|proof-?read\w*|read(?:ing)?\s+(?:it|this)?\s*over|corrections?)|(?i:beta(?:-?read|['’]?d|"
    r"ed)?\s+by|(?:my|our)\s+(?:\w+\s+){0,2}beta(?:-?reader)?,?)\s+(?P<by>[A-Z][\w'’-]{1,30}(?:\s+[A-Z][\w'’-]{1,20}){0,2}))"
)
_THANKED_TO_BETA = re.compile(r"\bto\s+my\s+(?:\w+\s+){0,3}beta(?:-?reader)?s?,?\s+(?P<name>[A-Z][\w'’-]{1,30})")
_WHO_EDITED = re.compile(r"\b(?P<name>[A-Z][\w'’-]{1,30}),?\s+who\s+(?:\w+\s+)?(?:edited|beta['’]?e?d|proof-?read)\b")


@remembered
def speaks_of_the_story(text: str) -> bool:
    """Whether an unlabelled paragraph is the author speaking: it names the story as one, and nobody talks in it."""
    if is_edge_line(text):
        return True
    if len(text) > 1500 or not may_name_a_story(text) or SPEECH.search(text) or TOLD.search(text):
        return False
    low = text.lower()
    if not _VOICE.search(low):
        return False
    sure = count(SURE, low)
    likely = count(LIKELY, low) if sure or len(text) < 700 else 0
    if not sure and likely < 2:
        return False
    weak = count(WEAK, low)
    if not sure:
        return weak >= 3
    return sure + likely >= 2 or (weak >= 2 and len(text) < 700) or (weak >= 1 and len(text) < 110)


def is_sure(text: str) -> bool:
    """Whether what speaks of the story does so without doubt: by several words, or in a few."""
    low = text.lower()
    sure = count(SURE, low)
    return (
        sure + count(LIKELY, low) >= 2 or is_edge_label(text) or is_edge_line(text) or (sure >= 1 and len(text) < 200)
    )


def speaks_after_the_end(text: str) -> bool:
    """Whether a paragraph below an ending is the author's: there one word of the trade is enough."""
    if len(text) > 1500 or is_heard(text):
        return False
    low = text.lower()
    return bool(SURE.search(low) or LIKELY.search(low) or is_edge_label(text) or is_labelled(text))


def is_heard(text: str) -> bool:
    """Whether somebody in the story speaks or acts in a paragraph. The title of a song in quotes is no speech."""
    return bool(HEARD.search(text) or TOLD.search(text))


def addresses(text: str) -> bool:
    """Whether a paragraph speaks to its readers: says you, or asks."""
    return bool(_ADDRESS.search(text))


def is_aside(text: str) -> bool:
    """A whole paragraph in brackets in which the author speaks of the story (`(Sorry this chapter is short!)`), or one
    with the label of a note: `(Note: set in spring.)`"""
    if len(text) < 600 and _NOTED.match(text):
        return (text[0] in OPENING and text[-1] in ")]}" and not is_heard(text)) or speaks_of_the_story(text)
    if text[:1] not in OPENING or text[-1] not in ")]}":
        return False
    return (
        len(text) < 600
        and text.count(text[0]) == 1
        and speaks_of_the_story(text)
        and SURE.search(text.lower()) is not None
    )


def may_be_the_author(text: str) -> bool:
    """Whether nobody else is heard in a paragraph: what follows a note's label may go on with it."""
    if len(text) > 900 or SPEECH.search(text) or TOLD.search(text):
        return False
    return len(text) < 80 or bool(SPEAKS.search(text) or SURE.search(text.lower()) or is_edge_label(text))


def may_name_a_story(text: str) -> bool:
    """A cheap look: whether any of the words is there that `SURE` and `LIKELY` are made of."""
    low = text.lower()
    return any(map(low.__contains__, _STEMS))


def count(words: re.Pattern[str], low: str) -> int:
    """How many words of a pattern stand in a text in small letters; the same one counts once."""
    return len({found[0] for found in words.finditer(low)})


def thanked(text: str) -> str:
    """Who is thanked for editing; "" for nobody."""
    found = _BETA.search(text)
    if found:
        return found["name"] or found["by"]
    found = _THANKED_TO_BETA.search(text) or _WHO_EDITED.search(text)
    return found["name"] if found else ""
