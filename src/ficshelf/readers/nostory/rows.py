"""Pages that are made of rows, known by the rows alone, whoever made them and in whatever language: contents pages
whose links were lost, lists of stories, episode guides, galleries, folders, guest books, reviews.

A row is no sentence. It counts (`3. Ash (2000 words)`), it says a title and its author, it has the labels that the row
above has, it names a file. Pages hold rows beside stories as well; so wherever a few sentences are told, a page is not
called a list for its rows.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ficshelf.model import Listed
from ficshelf.passes import headings, site_words
from ficshelf.readers.flatten import tag_set
from ficshelf.readers.nostory import contents
from ficshelf.readers.nostory.sight import Line, is_spoken, telling

_LINES = 300  # that are looked at
_LONGEST = 160  # characters of a row
_CHAPTERS = 3  # rows that make a contents page; two of them where they are counted in other ways too
_MANY = 6  # rows that nothing but contents have
_APART = 3  # lines between two rows
_BLURB = 400  # letters of a line that says what a story, a chapter, an episode is about
_BELOW = 150  # letters of a line below the last row, beyond which something begins there
_BESIDE = 240  # letters of a line beside rows that nothing but their numbers speak for
_ENTRIES = 3  # entries that make a list
_END = re.compile(r"[.!?…:;,][\"”’»)*_]*$|[\"”»]$")
_SENTENCE = (".", "!", "?", "…", "”", '"', "»", "*", "_", "'", "’", "。", "！", "？", "」")
_NUMBERED = re.compile(r"[\[(#*]?(?P<number>\d{1,3})[\]).:]*\s+(?:[-–—]\s+)?(?P<title>[^\s\d].*)")
_WORDS_AND_MORE = re.compile(  # what stands in a row behind the title: figures, dates, sizes
    r"(?:^|\s)(?:[\[(]\s?(?:[^\W\d]+\s?[:-]\s?)?\d[\d., ]*\s?[^\W\d]*\s?[\])]|"
    r"[\[(]?\d{1,4}[-./ ]\d{1,2}[-./ ]\d{2,4}[\])]?|\d{1,2}[. -]{1,2}[^\W\d]{3,9}[. -]{1,2}\d{2,4}|"
    r"\d+(?:\.\d+)? ?[kK][bB]?\b|\d[\d.,]* [^\W\d]{3,9}(?: ago)?$|\[[^\]]{3,40}\]$)"
)
_TAIL = re.compile(r"(?:\s*(?:\bby\s\S.{0,40}?)?(?:[\[(][^\])]*[\])]|\t.*|\s[-–—]\s?\d.*|\s\d[\d.,]*\s?[kK][bB]?))+$")
_SPELLED = re.compile(  # a name that contents have in languages beside those of `contents`
    r"\W*(?:spis (?:treści|rozdziałów)|innehåll(?:sförteckning)?|inhoud(?:sopgave)?|indholdsfortegnelse|innhold|"
    r"sisällys(?:luettelo)?|obsah|tartalom(?:jegyzék)?|cuprins|içindekiler|目录|目次|章节(?:目录|列表)|もくじ|목차|"
    r"chapter index\b.*|index des chapitres|зміст)\W*",
    re.I,
)
_CHAPTER_ROW = re.compile(r"(?:rozdział|kapitel|kapittel|luku|kapitola|fejezet|capitolul|bölüm|hoofdstuk)\s+\d", re.I)
_BY = re.compile(r"(?P<title>\S.{0,80}?),? (?:by|von|par|por|di|door|av|af|от) (?P<author>[^\s.!?].{0,40})")
_VISITOR = re.compile(
    r"\W*(?:reviewer|reviewed by|review by|author'?s? response|comments?|homepage|home ?page|website|e-?mail|"
    r"where are you from|how did you find us|posté par|rezensent|recensore|commentaire|kommentar|kommentare|"
    r"comentario|comentário|commento|отзыв)\b[^:]{0,14}:",
    re.I,
)
_OF_ENTRY = re.compile(r"\W*(?P<label>[^\W\d_][\w' ]{1,18}):\s?(?=\S)")
_OF_GUIDE = tag_set(
    "synopsis quote quotes bloopers rating guest starring plot recap written directed airdate aired music summary "
    "words chapters rated characters genre genres categories status published updated fandom pairing pairings url "
    "link size reviews completed complete warnings artist album location"
)
_FIGURE = re.compile(  # what archives count of a story, or say of it in a row: `Words: 7,745 - Reviews: 12`
    r"\b(?:words|chapters|reviews|kudos|hits|favs|favorites|follows|bookmarks|published|updated|rated|complete[d]?|"
    r"kapitel|wörter|chapitres|mots|capítulos|palabras|palavras|capitoli|parole|recensioni|слов|глав)\s?:\s?\S",
    re.I,
)
_COUNTED = re.compile(
    r"\d[\d.,]*[kK]? (?:words|views|reads|likes|dislikes|reviews|kudos|hits|comments|favou?rites|follows|votes|"
    r"chapters|subscribers|bookmarks|mots|vues|wörter|palabras|palavras|parole|слов)\b|"
    r"\b(?:words|views|reads|likes|reviews|kudos|hits|comments|favou?rites|follows|votes|chapters|bookmarks|chapitres|"
    r"mots|kapitel|wörter|capítulos|palabras|palavras|favoritos|comentários|comentarios|capitoli|parole|recensioni|"
    r"глав|слов) \d",
    re.I,
)
_DAY = re.compile(r"\d{1,2}[ .-]{1,2}[^\W\d]{3,9}[ .,-]{1,2}\d{4}\b|\d{4}-\d\d-\d\d\b|\d{1,2}[./]\d{1,2}[./]\d{2,4}\b")
_IN_WORDS = re.compile(
    r"\(\d[\d.,]* (?:words|mots|wörter|palabras|palavras|parole|слов)\)$", re.I
)  # a chapter's length
_TITLE = 80  # characters of a story's title in a list
_DOUBLE = re.compile(r"\n([^\n]{2,80})\n{1,3}\1(?=\n)")
_DOUBLED = 3  # titles that stand there twice
_OF_ENTRIES = 10  # lines of an entry, at the most
_PICTURE = re.compile(r"[\w()%~-]+\.(?:jpe?g|gif|png|bmp)\b|!\[[^\]]*\]\(|\b\d+ views\b", re.I)
_FILE = re.compile(
    r"(?:\[\w*\]\s*)?(?:[\w()&'!~%+@.,-]+(?:\.[A-Za-z][A-Za-z0-9]{1,4}){1,2}|[\w.-]+/|parent directory|\[?to parent.*|"
    r"[A-Z0-9_-]{4,})"
    r"\s{1,60}(?:-|\d{1,2}[-/ ]\S+[-/ ]\d{2,4}\b.*|\d[\d.,]*\s?[KMG]?)\s*(?:\d[\d.:, ]*[KMG]?|-)?.{0,40}|"
    r"\d{1,2}/\d{1,2}/\d{2,4}\s+\d.*\s\S+",
    re.I,
)
_FOLDER = re.compile(r"\W*(?:index of|directory (?:listing )?(?:of|for)|contents of)\s+\W{0,2}\S*/|\S+ - /\S*$", re.I)


class Rows(NamedTuple):
    """What rows a page has: what it is, and the chapters that they name."""

    kind: str
    listed: tuple[Listed, ...] = ()


def find(lines: Sequence[Line]) -> Rows | None:
    """What the rows of a page make it; None for a page that they do not make anything."""
    lines = lines[:_LINES]
    if len(lines) < _ENTRIES:
        return None
    told = [telling(line.text) for line in lines]
    twice = sum(tells >= 2 for tells in told)
    if _is_folder(lines):
        return Rows("folder listing")
    if listed := _chapters(lines, told):
        return Rows("contents page", tuple(listed))
    if twice * 5 <= len(lines) and _is_visited(lines):
        return Rows("reviews")
    if twice <= 1 and _is_gallery(lines):
        return Rows("gallery")
    if twice * 5 <= len(lines) and (_has_entries(lines) or has_figures(lines) or _has_doubles(lines)):
        return Rows("list of stories")
    return None


def may_be(head: str) -> bool:
    """A cheap look at a text: whether it may have rows. What is told in long lines has not."""
    lines = head.count("\n") - head.count("\n\n") + 1
    said = head.count(" he ") + head.count(" she ") + head.count(" said") + head.count(" her ") + head.count(" his ")
    if said * 8 <= lines + 8 and len(head) <= 120 * lines:
        return True
    return len(_DOUBLE.findall(head)) >= _DOUBLED


def _is_folder(lines: Sequence[Line]) -> bool:
    if not any(_FOLDER.match(line.text[:_BLURB]) for line in lines[:3]):
        return False
    files = sum(_FILE.match(line.text[:_BLURB]) is not None for line in lines)
    return files >= 2 and 3 * files >= len(lines)


def _is_gallery(lines: Sequence[Line]) -> bool:
    pictures = sum(_PICTURE.search(line.text[:_BLURB]) is not None for line in lines)
    told = sum(line.told for line in lines if line.told > _LONGEST)
    return pictures >= _ENTRIES and 3 * pictures >= len(lines) and told <= 2 * _BLURB


def _is_visited(lines: Sequence[Line]) -> bool:
    """Whether visitors have signed: the labels of their forms come again and again."""
    labels = Counter(
        found[0].strip(" *:").lower()
        for line in lines
        if ":" in line.text[:40] and (found := _VISITOR.match(line.text))
    )
    again = [label for label, count in labels.items() if count >= 2]
    if not again:
        return False
    strong = sum(labels[label] for label in again if not label.startswith(("e-mail", "email", "home", "website")))
    return strong >= _ENTRIES - 1 and sum(labels.values()) >= _ENTRIES and 8 * sum(labels.values()) >= len(lines)


def _has_entries(lines: Sequence[Line]) -> bool:
    """Whether the same labels stand again and again, and next to nothing is said between them."""
    labels: Counter[str] = Counter()
    between = longest = rows = 0
    for line in lines:
        own = (
            {found["label"].lower() for found in _OF_ENTRY.finditer(line.text[:_LONGEST])}
            if ":" in line.text
            else set()
        )
        own = {label.split()[0] for label in own} & _OF_GUIDE
        labels.update(own)
        if own or line.links or site_words.sureness(line.text) >= site_words.Sure.AT_EDGES or _is_byline(line.text):
            rows += 1
            between = 0
        else:
            between += line.told
            longest = max(longest, between)
    again = [label for label, count in labels.items() if count >= _ENTRIES]
    return (len(again) >= 2 or any(labels[label] >= 2 * _ENTRIES for label in again)) and (
        longest <= _BLURB and 2 * rows >= len(lines)
    )


def has_figures(lines: Sequence[Line]) -> bool:
    """Whether figures of several stories stand in it, and hardly a line is told."""
    of_figures = sum(_has_figures(line.text) for line in lines[:_LINES])
    if of_figures * _OF_ENTRIES < len(lines[:_LINES]):
        return False  # they may stand above the chapters of a story
    return of_figures >= _ENTRIES and sum(telling(line.text) >= 2 for line in lines[:_LINES]) <= of_figures


def _has_figures(text: str) -> bool:
    """Whether a line counts a story in two ways at the least: `Words: 7,745 - Reviews: 12`, `987 words · 20 views`."""
    if ":" in text and len(_FIGURE.findall(text)) > 1:
        return True
    return len(text) <= _LONGEST and any(map(str.isdigit, text)) and len(_COUNTED.findall(text)) > 1


def _has_doubles(lines: Sequence[Line]) -> bool:
    """Whether title after title stands there twice: as the name of a picture, and as that of the story."""
    texts = [line.text for line in lines]
    doubled = {
        text
        for text, below in itertools.pairwise(texts)
        if text == below and len(text) <= _TITLE and not _END.search(text) and any(map(str.isalpha, text))
    }
    titles = sum(headings.parse(text) is None for text in doubled)  # an archive and the author head the same chapter
    if titles < _DOUBLED or len(texts) > _OF_ENTRIES * titles:
        return False
    return 10 * sum(map(is_spoken, texts)) <= len(texts)


def _is_byline(text: str) -> bool:
    return len(text) <= _LONGEST and _BY.match(text) is not None and not _END.search(text)


def _chapters(lines: Sequence[Line], told: Sequence[int]) -> list[Listed]:
    """The chapters that the rows of a contents page name; none where it is no contents page."""
    rows = list(_rows(lines))
    if len(rows) < 2:
        return []
    places = {row.place for row in rows}
    first, last = rows[0].place, rows[-1].place
    between = [line.told for place, line in enumerate(lines[first:last], first) if place not in places]
    counted = sum(row.counted for row in rows)
    named = any(_is_name(line.text) for line in lines[:first]) or _is_index(lines, first)
    spelled = sum(row.is_chapter for row in rows)
    if not named and not spelled and not any(row.number for row in rows):
        return []  # titles and their lengths: of stories as well as of chapters
    sure = 2 * counted >= len(rows)
    if len(rows) < (2 if sure and (named or counted == len(rows)) else _CHAPTERS) or not (
        sure or named or 2 * spelled > len(rows)
    ):
        return []
    if any(count > _BLURB for count in between) or len(between) > _APART * len(rows):
        return []
    rest = [place for place in range(first, len(lines)) if place not in places]
    is_all = named and _is_all(lines, told, rest, len(rows))
    if not sure and not is_all and any(_is_said(lines[place]) for place in rest):
        return []  # which may be all of a short story
    limit = _BLURB if sure or is_all else _BESIDE
    if any(line.told > limit for place, line in enumerate(lines) if place < first and not line.labelled):
        return []
    below = [line.told for line in lines[last + 1 :] if not line.labelled and not _is_site(line.text)]
    if any(count > _BELOW for count in below):
        return []
    beside = sum(1 for place, tells in enumerate(told) if tells >= 2 and place not in places)
    return [] if beside > (2 if sure or is_all else 0) else [Listed(row.number, row.title, "") for row in rows]


def _is_index(lines: Sequence[Line], first: int) -> bool:
    """Whether a line right above the first row calls the rows an index."""
    return first > 0 and lines[first - 1].text.strip(" :").lower() == "index"


def _is_all(lines: Sequence[Line], told: Sequence[int], rest: Sequence[int], rows: int) -> bool:
    """Whether a page with contents that are called so holds nothing else from there on: in the `rest` of its lines
    hardly anybody acts or speaks, and it has many chapters, or a site's lines."""
    tells = [told[place] for place in rest if told[place]]
    if 4 * len(tells) > len(rest) or any(count > 1 for count in tells):
        return False
    return rows >= _MANY or any(_is_site(lines[place].text) for place in rest)


class _Row(NamedTuple):
    place: int
    number: int | None
    title: str | None
    counted: bool
    is_chapter: bool


def _rows(lines: Sequence[Line]) -> Iterator[_Row]:
    """The longest run of rows that may name chapters, in their order."""
    best: list[_Row] = []
    here: list[_Row] = []
    for place, line in enumerate(lines):
        row = _row(place, line.text)
        if row is None:
            if here and place - here[-1].place > _APART:
                best, here = max(best, here, key=len), []
            continue
        if here and not _goes_on(here[-1], row):
            best, here = max(best, here, key=len), []
        here.append(row)
    yield from max(best, here, key=len)


def _goes_on(above: _Row, row: _Row) -> bool:
    if above.number is None or row.number is None:
        return True
    return row.number == above.number + 1 or row.number == above.number - 1


def _row(place: int, text: str) -> _Row | None:
    if len(text) > _LONGEST or (not text[0].isalnum() and text[0] not in "[(#*"):
        return None
    if _DAY.match(text):
        return None  # when the chapter above it was posted
    counted = any(map(str.isdigit, text)) and _WORDS_AND_MORE.search(text, 2) is not None
    title = _TAIL.sub("", text).strip() if counted else text
    heading = headings.parse(title) if title else None
    if heading is not None and (heading.number is not None or heading.level):
        return _Row(place, heading.number, heading.title, counted, not title[0].isdigit())
    if _CHAPTER_ROW.match(title):
        number = re.search(r"\d+", title)
        return _Row(place, int(number[0]) if number else None, title.partition(":")[2].strip() or title, counted, True)
    found = _NUMBERED.fullmatch(title)
    if found is None and title and _IN_WORDS.search(text):
        return _Row(place, None, title, True, False)
    if found is None or (_END.search(title) and not counted):
        return None
    return _Row(place, int(found["number"]), found["title"].strip(), counted, False)


def _is_said(line: Line) -> bool:
    """Whether a line is a sentence, and not the site's."""
    return line.text.endswith(_SENTENCE) and not line.labelled and not _is_site(line.text)


def _is_name(text: str) -> bool:
    return contents.is_name(text) or (len(text) < 80 and _SPELLED.fullmatch(text) is not None)


def _is_site(text: str) -> bool:
    return site_words.sureness(text) >= site_words.Sure.AT_EDGES or " | " in text
