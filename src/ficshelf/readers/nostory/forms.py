"""Pages that have a form of their own, known by it alone: reviews as an archive prints them, recommendations with their
labels, glossaries, episode guides, letters to the author of an exchange, lists of awards, polls, flyers for a zine,
lists of authors, the posts that share a tag, forms for a player's character.

Such a form is told by where its lines stand and what they begin with, not by how they speak. A story may borrow any of
them; so each asks for what only the thing itself has, and for less told between its lines than a story needs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from ficshelf.readers.nostory.sight import Line, telling

_LINES = 300  # that are looked at
_BEGINNING = 200  # characters of a line that are looked at
_TOP = 6  # lines among which a form shows itself
_ROWS = 4  # rows that make a list
_BLURB = 500  # letters told between two rows, beyond which it may be a story
_KEY = 32  # characters of a word that is explained
_TERMS = 6  # words that make a glossary
_POSTS = 3  # posts of a tag
_REVIEWED = re.compile(  # `3/11/2016 c1 41Penname`, `Penname chapter 7 . 8/5/2016`
    r"\d{1,2}/\d{1,2}/\d{2,4} c\d{1,4} \S|(?:\S.{0,60} )?chapter \d{1,4} \. (?:\w{3} )?\d{1,2}[/, ]"
)
_LABEL = re.compile(r"\W{0,3}(?P<label>[^\W\d_][\w' ]{1,30}?)\W{0,2}:")
_WHY = re.compile(
    r"(?:review|my review|why (?:this|you|it|i)\b.*|rec(?:ommendation)?|reccer'?s? (?:notes?|comments?)|comments|"
    r"my (?:thoughts|comments|take)|reasons?(?: for .*)?|recced (?:because|by)|recommended (?:because|by))",
    re.I,
)
_DEAR = re.compile(
    r"(?:my )?dear(?:est)? (?:[\w'&/-]+ ){0,5}(?:authors?|writers?|creators?|artists?|vidders?|gifters?|santas?|"
    r"podficcers?|remixers?)\b[^.?!]{0,40}[!.]?",
    re.I,
)
_ASKS = re.compile(
    r"\b(?:prompts?|likes|dislikes|dnws?|do(?:n't| not) wants?|squicks?|requests?|fandoms?|fics?|optional|exchange|"
    r"ficathon|swap|remix|sign(?:ed|ing)?[ -]?up|offer(?:ed|ing)? to write|treats?|assignment|yuletide|matched)\b",
    re.I,
)
_TERM = re.compile(r"(?P<key>[^\W\d_][^\n:–—=]{0,30}?)\s*(?:\s-+|[–—:=])\s*\S")
_OF_FANDOM = frozenset(
    ("a/n", "a/u", "an", "ar", "au", "beta", "bunny", "canon", "crossover", "drabble", "fandom", "fanfic", "fanon",
     "femslash", "fic", "ficlet", "filk", "flame", "gen", "h/c", "het", "ic", "jossed", "lemon", "lime", "mary-sue",
     "mpreg", "oc", "ooc", "otp", "pwp", "rpf", "rps", "ship", "shipper", "slash", "squick", "ust", "wip", "yaoi",
     "yuri")
)  # fmt: skip
_EPISODE = re.compile(
    r"\W{0,2}(?:\d{1,2}[.x]\d\d\b|S\d{1,2}E\d{1,2}\b|(?:episode|ep\.?)\s*(?:#|no\.?|number)?\s*:?\s*#?\d{1,3}\b)"
    r"[\s:.,)\]–—-]*(?=[\"“'‘A-Z]|$)",
    re.I,
)
_AIRED = re.compile(
    r"\b(?:air(?:ed| ?dates?)|transcripts?|synopsis|(?:january|february|march|april|may|june|july|august|september|"
    r"october|november|december) \d{1,2}, \d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})\b|^.{0,30}\bepisode (?:guide|list)\b",
    re.I,
)
_AWARD = re.compile(
    r"\W{0,3}(?:\d{1,2}[.)]\s*)?(?:best|most|funniest|favou?rite|greatest)\s[^.?!:]{0,30}?\b(?:drama|comedy|romance|"
    r"angst|tragedy|horror|humou?r|fluff|suspense|mystery|crossover|authors?|story|stories|novel(?:la)?|series|slash|"
    r"het|gen|au|one-?shots?|drabbles?|characteri[sz]ation|dialogue|villain|overall|pairing|couple|plot|wip|smut|"
    r"unfinished|fics?|alternate universe|tear-?jerker|action|adventure|songfic|first[- ]time|website|poem|poetry|"
    r"artwork|fan ?art|video|vid|icons?|banners?)\b[^.?!]{0,60}",
    re.I,
)
_LENGTH = re.compile(r"\b\d[\d.,]*k?\s?(?:words|wörter|mots|palabras|palavras|parole|слов)\b", re.I)
_BY = re.compile(r"\b(?:by|von|par|por|de|di|от)\s\S", re.I)
_RECOMMENDS = re.compile(r"\b(?:rec+s?\b|rec+ed\b|recommend|empfehl|recomend|recommand|consigli|рекоменд)", re.I)
_RECS = 3  # stories that make a list of them
_OF_RECS = 8  # lines of the page for each of them
_REMARK = 1000  # letters told between two of them, above the first, and below the last
_SHARE = re.compile(r".{1,80}\b\d{1,3}(?:[.,]\d+)?\s?%\W*")
_VOTES = re.compile(r"\b(?:poll|votes?|voters?|voted|voting)\b", re.I)
_AUTHOR = re.compile(r"\S.{0,60}\(\s?\d{1,4} (?:stor(?:y|ies)|fics?|works?|titles?)\s?\)")
_PRICE = re.compile(r"[$£€]\s?\d{1,3}(?:[.,]\d\d)?\b")
_ORDERED = re.compile(
    r"\b(?:sases?|ircs?|postage|(?:first|1st) class|priority mail|overseas|surface|air ?mail|check(?:s|)? payable|"
    r"che(?:ck|que)s?|money orders?|paypal|shipping|order(?:s|ing)?|comb bound|perfect bound|spiral bound|reduced|"
    r"pages|pp|in print|sold out|per copy|flyer|cover by|edited by|editor|age statement)\b",
    re.I,
)
_NOTES = re.compile(r"[\d,.]+k? notes?(?:\s*·.*)?", re.I)
_FIELDS = frozenset(
    ("name", "full name", "nickname", "nicknames", "alias", "age", "gender", "sex", "species", "race", "occupation",
     "appearance", "personality", "history", "background", "likes", "dislikes", "family", "height", "weight", "hair",
     "eyes", "hair color", "eye color", "birthday", "birthplace", "sexuality", "house", "wand", "strengths",
     "weaknesses", "powers", "abilities", "weapon", "rank")
)  # fmt: skip
_PLAYED = re.compile(
    r"\W{0,3}(?:face ?claim|play(?:ed)?[ -]?by|pb|(?:rp|role ?play(?:ing)?|sample)\s(?:sample|post|experience)|"
    r"sample rp|player(?:'s name)?|ooc name|your name|timezone)\b",
    re.I,
)


def kind_of(head: str, lines: Callable[[], Sequence[Line]]) -> str:
    """What a page is by its form; "" for any other. `head` is its text, or the beginning of it, and `lines` makes its
    lines, which are looked at only where signs of a form stand in the text."""
    small = head.lower()
    forms = [form for form in _FORMS if sum(map(small.count, form.signs)) >= form.fewest]
    if not forms:
        return ""
    seen = lines()[:_LINES]
    texts = [line.text[:_BEGINNING] for line in seen]
    found = next((form for form in forms if form.is_it(seen, texts)), None)
    if found is None or len(texts) < _ROWS:
        return ""
    tells = sum(telling(text) >= 2 for text in texts)
    return found.kind if found.kind == "reviews" or tells * 5 <= len(texts) else ""


def _is_reviewed(lines: Sequence[Line], texts: Sequence[str]) -> bool:
    """Whether reviews stand there as an archive prints them, from the top on."""
    return any(map(_REVIEWED.match, texts[:_TOP])) and sum(_REVIEWED.match(text) is not None for text in texts) > 1


def _is_letter(lines: Sequence[Line], texts: Sequence[str]) -> bool:
    """Whether somebody writes to the author who is to write for her."""
    if not any(_DEAR.fullmatch(text.partition("|")[0].strip(" ,:")) for text in texts[:_TOP]):
        return False
    return len({word.lower() for text in texts for word in _ASKS.findall(text)}) >= 2


def _has_reviews(lines: Sequence[Line], texts: Sequence[str]) -> bool:
    """Whether title and author come again and again, each time with what somebody thinks of it."""
    labels = Counter(
        "why" if _WHY.fullmatch(found["label"]) else found["label"].lower()
        for text in texts
        if ":" in text and (found := _LABEL.match(text))
    )
    titles = max(labels["title"], labels["author"], sum(" Title:" in text for text in texts))
    return labels["why"] >= 2 and titles >= 2


def _is_glossary(lines: Sequence[Line], texts: Sequence[str]) -> bool:
    """Whether words are explained in their order, and some of them are such as people of the fandoms use."""
    keys = [found["key"].lower().strip() for text in texts if (found := _TERM.match(text)) and len(found["key"]) < _KEY]
    if len(keys) < _TERMS or 2 * len(keys) < len(texts):
        return False
    ordered = sum(above <= below for above, below in pairwise(keys))
    known = sum(not _OF_FANDOM.isdisjoint((key, *key.replace("(", " ").split())) for key in keys)
    return known >= 3 and 10 * ordered >= 8 * (len(keys) - 1)


def _is_guide(lines: Sequence[Line], texts: Sequence[str]) -> bool:
    rows = [place for place, text in enumerate(texts) if _EPISODE.match(text)]
    return (
        len(rows) >= _ROWS
        and sum(_AIRED.search(text) is not None for text in texts) >= 1
        and _told_between(lines, rows) <= _BLURB
    )


def _is_of_awards(lines: Sequence[Line], texts: Sequence[str]) -> bool:
    rows = [place for place, text in enumerate(texts) if _AWARD.fullmatch(text)]
    return len(rows) >= _ROWS and _told_between(lines, rows) <= _BLURB


def _recommends(lines: Sequence[Line], texts: Sequence[str]) -> bool:
    """Whether several stories are named with their authors and lengths, and somebody recommends them."""
    if not any(map(_RECOMMENDS.search, texts)):
        return False
    rows = [
        place
        for place, text in enumerate(texts)
        if (length := _LENGTH.search(text)) and _BY.search(text[: length.start()])
    ]
    return len(rows) >= _RECS and _OF_RECS * len(rows) >= len(texts) and _told_between(lines, [-1, *rows]) <= _REMARK


def _is_poll(lines: Sequence[Line], texts: Sequence[str]) -> bool:
    return sum(_SHARE.fullmatch(text) is not None for text in texts) >= 3 and any(map(_VOTES.search, texts))


def _is_of_authors(lines: Sequence[Line], texts: Sequence[str]) -> bool:
    rows = sum(_AUTHOR.fullmatch(text) is not None for text in texts)
    return rows >= _ROWS and 2 * rows >= len(texts)


def _is_flyer(lines: Sequence[Line], texts: Sequence[str]) -> bool:
    if sum(len(_PRICE.findall(text)) for text in texts) < 2:
        return False
    return len({word.lower() for text in texts for word in _ORDERED.findall(text)}) >= 4


def _shares_a_tag(lines: Sequence[Line], texts: Sequence[str]) -> bool:
    """Whether these are posts that share a tag, none of them so long that it may be a story."""
    rows = [place for place, text in enumerate(texts) if _NOTES.fullmatch(text)]
    return len(rows) >= _POSTS and _told_between(lines, [-1, *rows]) <= _BLURB


def _is_character(lines: Sequence[Line], texts: Sequence[str]) -> bool:
    """Whether it is the form that a player fills in for a character."""
    labels = {found["label"].lower() for text in texts if (found := _LABEL.match(text))}
    return len(labels & _FIELDS) >= 5 and any(map(_PLAYED.match, texts))


def _told_between(lines: Sequence[Line], rows: Sequence[int]) -> int:
    """The letters of the most that stands between two rows, or below the last."""
    ends = [*rows[1:], len(lines)]
    return max(sum(line.told for line in lines[row + 1 : end]) for row, end in zip(rows, ends, strict=True))


class _Form(NamedTuple):
    """A form: what a page of it is, whether one is of it, and how often one of its signs stands in it at the fewest."""

    kind: str
    is_it: Callable[[Sequence[Line], Sequence[str]], bool]
    signs: tuple[str, ...]
    fewest: int = 1


_FORMS = (
    _Form("reviews", _is_reviewed, ("/20", "/19"), 2),
    _Form("talk about stories", _is_letter, ("dear ",)),
    _Form("list of stories", _has_reviews, ("title:", "author:"), 2),
    _Form("talk about stories", _is_glossary, ("beta", "canon", "drabble", "fanon", "slash"), 3),
    _Form("talk about stories", _is_guide, ("episode", ".01", "x01", "s01")),
    _Form("talk about stories", _is_of_awards, ("best ", "most ", "favorite ", "favourite "), _ROWS),
    _Form("talk about stories", _is_poll, ("%",), 3),
    _Form("list of stories", _is_of_authors, ("stories)", "story)", "fics)", "works)", "titles)"), _ROWS),
    _Form("talk about stories", _is_flyer, ("$", "£", "€"), 2),
    _Form("list of stories", _shares_a_tag, ("notes",), _POSTS),
    _Form(
        "list of stories",
        _recommends,
        (" words", " wörter", " mots", " palabras", " palavras", " parole", " слов"),
        _RECS,
    ),
    _Form("profile", _is_character, ("personality", "appearance", "history")),
)
