"""How much a line on top of a text looks like something else than the story: all signs of it weighed together.

No sign is sure alone: a header says `Disclaimer:` and so does a log, an author says I and so does a narrator, a title
stands alone and so does a place. Each weighs what it tells on the labelled pages, and on the stories that only look
like them (1 makes it about three times as likely). Above nought a line belongs to what stands above the story.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ficshelf.model import Node
from ficshelf.passes import bare_titles, casts, foreword_words, forewords, label_rows, masthead, rights, sure_titles
from ficshelf.passes.author_voice import is_heard_in, strength
from ficshelf.passes.label_lines import is_unknown_label, label_line
from ficshelf.passes.note_labels import is_labelled
from ficshelf.passes.note_places import is_told_by_one, usual_gap_from
from ficshelf.passes.note_words import SPEAKS
from ficshelf.passes.title_lines import is_by_line, is_filed, is_title

_BEFORE = -2.5  # before anything is known: most lines tell
_CAPITALS = 3  # words in capitals that a sign does not show
_SHORTEST = 5  # characters of a title in small letters
_TITLE = 60  # characters of a line that may be a title
_NEAR = 4  # lines within which what stands below says much
_SHORT, _LONG = 60, 250  # characters of a line
_BELOW = 20  # lines below the first, from where on it surely tells
_BRACKETS = 3.0  # what it weighs that brackets stand within the story, too
_ALONE = 3.2
_LIST = 4  # lines alone in a row that are a list of the story's
_DATED = 1.5  # what it weighs that a day stands alone below the header: the story begins then
_LABEL = 1.8
_ANNOUNCED = 6.0  # what it weighs that a line is an item of the list that a note announces
_NAMED = 3.5  # a label alone on its line, and what stands below it
_ITEM = re.compile(r"\(?\d{1,2}[.)]\s|[-*•]\s")
_GOES_ON = 3.8  # what it weighs that below a note somebody says I who does not in the story
_I = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Ii]ch|[Jj]e|[Yy]o|[Ii]o|[Ee]u)\b")
_QUOTED = re.compile(r"[\"“„«][^\"”»“\n]{0,300}[\"”»“]")
_ABOVE = frozenset(("fact", "heading", "note"))  # what stands above a story alone
_NEXT = {"fact": 3.3, "note": 1.8, "break": 0.9}  # what stands right below a line
_HEADING = 4.5  # the first chapter's heading below it
_PROLOGUE = 2.0  # the same below sentences that nobody says
_LINE = 90  # characters of a line that states something
_RATED = re.compile(  # a rating at the end of a line: `Farscape, season 2, PG`
    r"(?:[,;(/|]|\s[–—-])\s*(?:PG(?:-?1\d)?|NC-?17|R|G|K\+?|T|M|FR(?:C|T|M|AO|13|15|18|21))\)?\s*$"
)
_SET = re.compile(  # when it happens: `Begins halfway into “The Ford”`, `Set after season two`
    r"(?:begins|set|takes place|happens|occurs|picks up|follows|post|pre)\b[^.!?\n]{0,60}"
    r"(?:[“\"‘'][A-Z][^”\"’'\n]{2,40}[”\"’']|\b(?:season|series|episode|movie) "
    r"(?:\d|one|two|three|four|five|six|finale))",
    re.I,
)
_ASKS = 2.7  # what it weighs that a line asks what would be, if
_ASKS_IF = re.compile(
    r"(?:(?:And |But )?(?:What (?:if|would (?:have )?happen(?:ed)?)|How would|"
    r"Would (?:it|they|he|she|[A-Z]\w+) have)|Et si|Was wäre,? wenn|Was würde|¿?Y si|"
    r"¿Qué (?:pasaría|habría pasado|hubiera pasado)|E se|(?:А )?[Чч]то,? если)\b[^.!\n]{0,300}\?"
)
_IN_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2}")  # a name within a sentence
_PLAYED = 1.2  # what it weighs that nobody says a line above those of a play
_FILED = 2.3  # what it weighs that a line says under which tag or fandom a post stands
_SUBTITLE = 0.6  # and that it begins small and has no end
_WITHIN = 4  # lines down to a wider gap that parts what stands above the story
_ABOVE_GAP = 0.8
_ENDS = frozenset('.!?…"”')
_DATE = re.compile(
    r"\d|\b(?:januar|februar|märz|mai|juni|juli|august|oktober|dezember|janvier|février|mars|avril|juin|juillet|août|"
    r"septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|"
    r"noviembre|diciembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|dezembro|gennaio|febbraio|aprile|"
    r"maggio|giugno|luglio|settembre|ottobre|dicembre)\b",
    re.I,
)


def weights(nodes: Sequence[Node], places: Sequence[int], end: int, said: int = 0) -> Iterator[float]:
    """How much each of some open lines, all above `end`, looks like what stands above a story; above `said` the author
    speaks, where it is less than nought somebody writes a letter."""
    usual = usual_gap_from(nodes, 0, len(nodes))
    first = places[0] if places else 0
    by_one = is_told_by_one(nodes, min(first + _BELOW, first + (len(nodes) - first) * 2 // 3), len(nodes))
    labelled = _labelled(nodes, places)
    top = nodes[:end]
    listed = _listed(nodes, places)
    item = -2  # the last item of a list that a note announces
    named = -2  # the last label that stands alone above what it says
    spoken = -1  # the last line above that the author says
    for place in places:
        text = nodes[place].text
        weight = _BEFORE + _words(text, by_one=by_one) + _place(top, place, usual, said)
        if place not in labelled and len(labelled) > _LIST and text[-1] in _ENDS:
            weight += _PLAYED
        if place in listed:
            weight -= _ALONE
        if place in labelled:
            weight -= _LABEL
        if text[0] in "([" and any(node.text[:1] == text[0] and not node.kind for node in nodes[place + 1 :]):
            weight -= _BRACKETS
        said_above = place > 0 and (_is_note(nodes[place - 1]) or spoken == place - 1)
        if said_above and nodes[place].kind != "verse" and not by_one and _says_i(text):
            weight += _GOES_ON
        announced = place > 0 and (item == place - 1 or _announces(nodes[place - 1]))
        if announced and (_ITEM.match(text) or (text[-1] == ":" and len(text) < _LINE)):
            weight, item = weight + _ANNOUNCED, place
        if text[-1] == ":" and is_alone(called(nodes, place)):
            weight += _ALONE
        if place == named + 1 or label_rows.alone_above(nodes, place):
            weight += _NAMED
            named = place if place != named + 1 else named
        if weight > 0 and text[-1] in ".!?)":
            spoken = place
        elif weight > 0 and text[-1] == ":" and spoken == place - 1:
            item = place  # below it stands what the author speaks of
        yield weight


def _labelled(nodes: Sequence[Node], places: Sequence[int]) -> set[int]:
    """The lines with a label that nobody knows, in a text where such labels come again: they name who speaks."""
    found = {place for place in places if is_unknown_label(nodes[place].text) and label_line(nodes[place].text) is None}
    if not found:
        return found
    labels = Counter(node.text.partition(":")[0] for node in nodes if not node.kind and is_unknown_label(node.text))
    return found if any(often > 1 for often in labels.values()) else set()


def _listed(nodes: Sequence[Node], places: Sequence[int]) -> set[int]:
    """The lines of a list: in a title's form, several of them one below the other, as no titles stand."""
    found: set[int] = set()
    row: list[int] = []
    for place in places:
        if not is_alone(nodes[place].text):
            row = []
            continue
        row = [*row, place] if row and row[-1] == place - 1 else [place]
        if len(row) >= _LIST:
            found.update(row)
    return found


def _is_note(node: Node) -> bool:
    """Whether a line is the author's: a note, also among a header's lines."""
    return node.kind == "note" or (node.kind == "fact" and is_labelled(node.text))


def _announces(node: Node) -> bool:
    """Whether a note ends with a colon: below it stands what it speaks of."""
    return _is_note(node) and node.text.endswith(":")


def _words(text: str, *, by_one: bool) -> float:
    """What the words of a line weigh. `by_one`: the story says I, too."""
    if len(text) > forewords.LONGEST:
        return _BEFORE
    said = strength(text)
    works = foreword_words.of_works(text) - ({"net"} if said.strong else set())  # weighed already
    labelled = is_label(text)
    weight = 0.0 if labelled else 1.7 * min(said.strong, 2) + 0.1 * min(said.all, 10)
    weight += 2.0 * min(len(works - {"loose"}), 3) + 1.5 * ("loose" in works)
    weight += 2.0 * rights.disclaims(text) + _LABEL * labelled + 4.0 * is_by_line(text) + _ALONE * is_alone(text)
    weight -= 1.0 * is_heard_in(text) + 1.0 * min(foreword_words.told(text), 3) + 1.8 * (text[0] in '"“«„')
    weight += 3.0 * (len(text) < _LINE and _RATED.search(text) is not None)
    weight += 2.0 * tells_when(text)
    weight += 0.4 * (len(text) < _SHORT and text[-1] not in _ENDS) - 0.6 * (len(text) > _LONG)
    weight += _FILED * (len(text) < _LINE and (is_filed(text) or (labelled and _names_fandom(text))))
    weight += _ASKS * asks_if(text)
    return weight - 2.0 * (by_one and SPEAKS.search(text) is not None)


def _is_heard(text: str) -> bool:
    return bool(text) and (text[0] in '"“«„' or is_heard_in(text))


def _says_i(text: str) -> bool:
    """Whether a paragraph says I, and nobody is heard in it."""
    return not _is_heard(text) and _I.search(_QUOTED.sub("", text)) is not None


def _names_fandom(text: str) -> bool:
    """Whether a line has the label of a fandom, which hardly a story has."""
    line = label_line(text)
    return line is not None and line.strong and line.label.names == ("fandom",)


def called(nodes: Sequence[Node], place: int) -> str:
    """What a line says that may be a title: right above a heading without the colon that leads over to it."""
    text = nodes[place].text
    heads = place + 1 < len(nodes) and nodes[place + 1].kind == "heading"
    return text.rstrip(": ") if heads and text[-1] == ":" else text


def is_label(text: str) -> bool:
    """Whether a line has the form of a header's: a label, known or not, and its value."""
    return not casts.is_heading(text) and (is_unknown_label(text) or label_line(text) is not None)


def _is_small(text: str) -> bool:
    """Whether a line begins with a small letter and has no end: as a subtitle right below a title does."""
    return len(text) < _LINE and text[0].islower() and text[-1] not in _ENDS


def asks_if(text: str) -> bool:
    """Whether a paragraph asks what would be, if, of somebody by name: so a story is summed up."""
    return _ASKS_IF.match(text) is not None and _IN_NAME.search(text) is not None


def tells_when(text: str) -> bool:
    """Whether a line says between which episodes a story happens: `Begins halfway into “The Ford”`"""
    return len(text) < _LINE and _SET.match(text) is not None


def is_dated(text: str) -> bool:
    """Whether a line says nothing but a day, or a day and a place."""
    return len(text) < _SHORT and text[-1] not in ".!?…" and masthead.is_day(text)


def is_alone(text: str) -> bool:
    """Whether a line has the form of a title, or of a header's line without a label: no sentence, no scene."""
    if len(text) >= _TITLE or "\n" in text or text[-1] in '.,;:!?…"”' or not is_title(text):
        return False
    if is_by_line(text) or is_unknown_label(text) or casts.is_heading(text) or ".." in text:
        return False
    if (text.isupper() and len(text.split()) < _CAPITALS) or (text.islower() and len(text) < _SHORTEST):
        return False
    return not (_DATE.search(text) or bare_titles.SLUG.search(text) or "," in text or sure_titles.names_place(text))


def _place(nodes: Sequence[Node], place: int, usual: int, said: int) -> float:
    """What the place of a line weighs: what stands above it, below it, and how far off."""
    above = [node.kind for node in nodes[:place]]
    weight = 0.7 * (not _ABOVE.intersection(above) or above[-1] in ("fact", "note"))
    weight -= _DATED * (above[-1:] == ["fact"] and is_dated(nodes[place].text))
    weight -= 2.0 * (nodes[place].kind == "verse") + 1.0 * (above[-1:] == ["heading"])
    weight += _SUBTITLE * (above[-1:] == ["fact"] and not nodes[place].gap and _is_small(nodes[place].text))
    near = [node.text for node in (*nodes[max(0, place - 1) : place], *nodes[place + 1 : place + 2]) if not node.kind]
    weight += 0.5 * (is_label(nodes[place].text) and any(is_label(text) for text in near if text))
    below, far = _below(nodes, place)
    if below == "heading" and "heading" not in above and said >= 0:
        is_prose = len(nodes[place].text) > _SHORT and nodes[place].text[-1] in _ENDS
        weight += _PROLOGUE if is_prose and place >= said else _HEADING
    elif far < _NEAR:
        weight += _NEXT.get(below, 0.0) - 0.4 * (far > 0)
    under = nodes[place + 1 : place + 1 + _WITHIN]
    if under and under[0].gap > usual:
        return weight + 2.2
    apart = any(node.gap > usual for node in under)
    return weight + _ABOVE_GAP * (apart and not any(_is_heard(node.text) for node in under))


def _below(nodes: Sequence[Node], place: int) -> tuple[str, int]:
    """What is settled next below a line, and how many lines stand between them: a heading also below what else is, and
    ("", 0) where somebody is heard first."""
    found = ("", 0)
    for far, node in enumerate(nodes[place + 1 : place + 1 + forewords.MOST]):
        if node.kind == "heading":
            return node.kind, far
        if node.kind in _NEXT:
            found = found if found[0] else (node.kind, far)
        if node.kind == "break" or (not node.kind and _is_heard(node.text)):
            break
    return found
