"""Where the story begins: what is still open on top of a text is weighed line by line, and cut once.

The passes before settle what has a form of its own: menus, labels, a title with its by-line, headings, notes. What
they leave on top is told, but where the signs of all its lines together say otherwise (`opening_signs`): then the lines
above the best cut are what their words say, a title, a header's line, the author's, the site's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf.model import INFERRED, Draft, Fact, Node
from ficshelf.passes import (
    bare_titles,
    framed_titles,
    headings,
    masthead,
    opening_facts,
    opening_signs,
    rights,
    signed_forewords,
    sure_titles,
    title_places,
)
from ficshelf.passes.facts import add_fact, one_title
from ficshelf.passes.forewords import is_foreword
from ficshelf.passes.header_facts import Gathered
from ficshelf.passes.heading_titles import tidy
from ficshelf.passes.label_lines import is_unknown_label, label_line
from ficshelf.passes.letter_words import closes
from ficshelf.passes.note_places import REPLY, is_signed, usual_gap_from
from ficshelf.passes.note_words import SPEAKS, SPEECH, addresses, is_heard, speaks_of_the_story
from ficshelf.passes.title_block import state_title_line
from ficshelf.passes.title_lines import (
    MAIL_TAG,
    by_line,
    clean_name,
    is_by_line,
    is_filed,
    is_title,
    part_of_title,
    title_and_name,
)
from ficshelf.passes.title_signs import is_known_title
from ficshelf.sureness import SURE

_LOOKED_AT = 60  # lines from the top
_OPEN = frozenset(("", "verse"))
_NO_LINE = frozenset(("table", "pre", "li"))
_ENOUGH = 0.5  # what the last line above the cut, and all of them, weigh at the least
_TOLD = -12.0  # when all weigh so little, the story has begun
_LINE = 70  # characters of a line that says no sentence
_PAIR = re.compile(r"\w\s*[&/]\s*[A-Z]")  # `Minerva McGonagall & Severus Snape`
_PARTED = re.compile(r"\s{2,}|\s[/|·]\s")  # between the pieces of a row: `Story  Mystery / P12 / Gen`
_ENDS = frozenset('.!?…"”,')
_HEARTS = frozenset("♥♡❤")
_LABELLED = 100  # characters of a header's line with a label that nobody knows
_REST = 250  # characters of what is left of a foreword, and of a line of a header's stanza
_RULE = 5  # signs of a rule that frames a header
_STANZA = 20  # lines of such a stanza


def apply(draft: Draft) -> Draft:
    """Settle the lines above the story's first that no other pass has settled."""
    draft = opening_facts.disclaimer_said(framed_titles.apply(signed_forewords.apply(draft)))
    places = _above(draft)
    if not places:
        return draft
    gathered = Gathered(draft)
    opening_facts.signed_title(gathered, places)
    opening_facts.of_trail(gathered, places)
    stated = opening_facts.below_label(gathered, places)
    places = [place for place in places if place not in stated and gathered.nodes[place].kind in (*_OPEN, "quote")]
    named = opening_facts.named_below(gathered, places)
    places = [place for place in places if gathered.nodes[place].kind != "fact"]
    title = -1 if named else _title(gathered, places)
    called = gathered.nodes[title].text if title >= 0 else ""
    again = [place for place in places if place != title and gathered.nodes[place].text == called]
    is_sure = bool(again) or _names_all(draft.nodes, places)
    for place in sorted(set(places).difference(again), key=title.__eq__):  # the guess last: others may state the title
        is_title = place == title and not gathered.states("title")
        is_blurb = place - 1 == title and opening_facts.is_blurb(gathered.nodes, place)
        if is_blurb and not gathered.states("summary"):
            gathered.add_line(place, "summary")
        else:
            _settle(gathered, place, is_title=is_title, is_sure=is_sure)
    for place in again:
        gathered.add_line(place, "title", str(gathered.facts["title"][0].value))
    gathered.settle_silent()
    return draft._replace(
        nodes=tuple(gathered.nodes), facts=one_title(gathered.facts), chrome=draft.chrome + tuple(gathered.chrome)
    )


def _above(draft: Draft) -> list[int]:
    """The open lines above the best cut."""
    nodes = opening_facts.without_doubled(draft.nodes[: _LOOKED_AT + 1]) + draft.nodes[_LOOKED_AT + 1 :]
    end = _end(nodes)
    framed = _framed(nodes, end)
    said = framed or _foreword(draft._replace(nodes=nodes), end)
    places = [
        index
        for index in range(end)
        if nodes[index].text and (nodes[index].kind in _OPEN or (index < said and nodes[index].kind == "quote"))
    ]
    best, most, total = 0, _ENOUGH, 0.0
    for count, weight in enumerate(opening_signs.weights(nodes, places, end, said), 1):
        total += weight
        if total < _TOLD:
            break
        if total >= most and weight >= _ENOUGH:
            best, most = count, total
    best = max(_whole(nodes, places, best, said), sum(place < framed for place in places))
    if best == len(places) and (end == len(nodes) or nodes[end].page):
        return []  # nothing would be told
    return places[:best]


def _whole(nodes: Sequence[Node], places: Sequence[int], best: int, said: int) -> int:
    """The cut moved down where it would part what belongs together: the lines of a header that stand in one stanza, and
    a foreword from its last short lines above the first chapter's heading."""
    if not best:
        return best
    last = places[best - 1]
    if 0 < last < said:
        rest = [nodes[place].text for place in places[best:] if place < said]
        if sum(map(len, rest)) <= _REST and not any(SPEECH.search(text) or is_heard(text) for text in rest):
            return best + len(rest)
    below = last
    while below + 1 < len(nodes) and not nodes[below + 1].gap and not nodes[below + 1].page:
        below += 1
    above = last
    while above and not nodes[above].gap:
        above -= 1
    stanza = nodes[above : below + 1]
    if below == last or below - above >= _STANZA or below + 1 >= len(nodes) or usual_gap_from(nodes, 0, len(nodes)) < 1:
        return best
    if any(len(node.text) > _REST or node.kind not in (*_OPEN, "fact", "note", "chrome") for node in stanza):
        return best
    headers = sum(node.kind == "fact" or opening_signs.is_label(node.text) for node in stanza)
    return sum(place <= below for place in places) if headers > 1 else best


def _end(nodes: Sequence[Node]) -> int:
    """Where the top of a text ends: at another page, or at the second chapter's heading."""
    headed = False
    for index, node in enumerate(nodes[:_LOOKED_AT]):
        if (index and node.page) or (node.hint in _NO_LINE and not node.kind):
            return index
        if node.kind == "heading":
            if headed and nodes[index - 1].kind != "heading":
                return index
            headed = True
    return min(len(nodes), _LOOKED_AT)


def _framed(nodes: Sequence[Node], end: int) -> int:
    """Where the first chapter's heading stands right below a rule that the same signs opened above lines of a header:
    all between the two rules is the header's; 0 for nowhere."""
    first = next((index for index in range(end) if nodes[index].kind == "heading"), 0)
    rule = nodes[first - 1] if first > 1 else None
    if (
        rule is None
        or rule.kind not in ("break", "chrome")
        or len(rule.text) < _RULE
        or any(map(str.isalnum, rule.text))
    ):
        return 0
    above = next((index for index in range(first - 1) if nodes[index].text == rule.text), first)
    between = nodes[above + 1 : first - 1]
    stated = sum(node.kind in ("fact", "note") for node in between)
    return first if stated > 1 and not any(SPEECH.search(node.text) for node in between if not node.kind) else 0


def _foreword(draft: Draft, end: int) -> int:
    """Where the first chapter's heading stands below what the author says; 0 where nobody, or the story, says it, and
    -1 where it is a letter. Above a later chapter (the first ones stand elsewhere) it is enough that somebody is spoken
    to."""
    nodes = draft.nodes
    first = next((index for index in range(end) if nodes[index].kind == "heading"), 0)
    above = nodes[:first]
    texts = [node.text for node in above if node.text and node.kind in (*_OPEN, "quote")]
    noted, stated = (any(node.kind == kind for node in above) for kind in ("note", "fact"))
    if is_foreword(texts, among_notes=noted or stated):
        return first
    if any(map(closes, texts)):
        return -1
    if not texts or any(SPEECH.search(text) or is_heard(text) for text in texts):
        return 0
    number = headings.unpack(nodes[first].detail).number or 0
    titled = any(str(part.value).partition("/")[0] == str(number - 1) for part in draft.facts.get("part", ()))
    later = number > 1 and not titled  # `The Weir (1/3)` on top heads what stands above the second part
    if any(speaks_of_the_story(text) or rights.disclaims(text) for text in texts):
        return first
    return first if later and (noted or any(map(addresses, texts))) else 0


def _title(gathered: Gathered, places: Sequence[int]) -> int:
    """Which line is the story's title, as far as one can guess: the last that has a title's form; -1 for none."""
    if gathered.states("title"):
        return -1
    nodes = gathered.nodes
    alone = (place for place in reversed(places) if _may_be_title(opening_signs.called(nodes, place)))
    signed = {place for place in places if place and (closes(nodes[place - 1].text) or is_signed(nodes[place].text))}
    return next((place for place in alone if place not in signed and not _is_below_heading(nodes, place)), -1)


def _names_all(nodes: Sequence[Node], places: Sequence[int]) -> bool:
    """Whether one line stands alone above all headings, or above the author's note on top: the title for sure."""
    kinds = [node.kind for node in nodes]
    first = next((index for index, kind in enumerate(kinds) if kind in ("heading", "note")), 0)
    if len(places) != 1 or [at for at in range(first) if kinds[at] not in ("chrome", "fact", "break")] != places:
        return False
    if kinds[first] == "note":
        return places[0] == first - 1 and kinds[:first].count("fact") == 0
    return kinds.count("heading") > 1


def _may_be_title(text: str) -> bool:
    return (
        opening_signs.is_alone(text)
        and text[0] not in "/-–—"
        and not _PAIR.search(text)
        and not sure_titles.is_banner(text)
        and not sure_titles.is_host(text)
    )


def _is_below_heading(nodes: Sequence[Node], place: int, *, titled: bool = False) -> bool:
    """Whether a heading stands right above a line; where the work's title is known, also above what the site says of
    the chapter there, when it was posted: then the heading has no title yet."""
    above = place - 1
    while above > 0 and titled and nodes[above].kind in ("chrome", "note") and nodes[place - 1].kind == "chrome":
        above -= 1
    if above < 0 or nodes[above].kind != "heading":
        return False
    return above == place - 1 or headings.unpack(nodes[above].detail).title is None


def _may_name_chapter(text: str) -> bool:
    return opening_signs.is_alone(tidy(text))


def _settle(gathered: Gathered, place: int, *, is_title: bool, is_sure: bool) -> None:
    """Make of a line above the story what its words say."""
    node = gathered.nodes[place]
    text = node.text
    above = gathered.nodes[place - 1].kind if place else ""
    line = label_line(text)
    if not any(map(str.isalnum, text)):
        gathered.set_apart(place, "ornament")
    elif is_title:
        evidence = "a line alone above the story"
        sure = SURE["line alone on top"]
        called = opening_signs.called(gathered.nodes, place).strip("*_~=- ")
        fact = Fact(called, spans=node.spans) if is_sure else Fact(called, INFERRED, node.spans, 0, sure, evidence)
        gathered.facts = add_fact(gathered.facts, "title", fact)
        gathered.nodes[place] = node._replace(kind="fact")
    elif is_known_title(gathered, text) and _is_below_heading(gathered.nodes, place, titled=True):
        state_title_line(gathered, place, *part_of_title(text), "")
    elif _is_below_heading(gathered.nodes, place, titled=gathered.states("title")) and _may_name_chapter(text):
        if bare_titles.is_remark(text):
            gathered.nodes[place] = node._replace(kind="note")
        else:
            gathered.nodes[place] = node._replace(
                kind="heading", detail=headings.pack(headings.Heading(None, tidy(text), 0))
            )
    elif is_known_title(gathered, text) or opening_facts.begins_title(gathered, text):
        state_title_line(gathered, place, *part_of_title(text), "")
    elif is_by_line(text) and not gathered.states("author"):
        gathered.add_line(place, "author", clean_name(by_line(text)[0]))
    elif node.kind == "verse" and not gathered.states("author") and (named := _name_in_verse(text)):
        gathered.add_line(place, "author", named)
    elif not gathered.states("title") and (called := _behind_tag(text)):
        gathered.add_line(place, "title", called)
    elif rights.disclaims(text):
        gathered.add_line(place, "disclaimer")
    elif opening_signs.asks_if(text):
        gathered.add_line(place, "summary")
    elif opening_signs.tells_when(text) or is_filed(text):
        gathered.set_apart(place, "header line")
        gathered.silent += node.spans
    elif line is not None and line.strong and line.value:
        gathered.take(line.label.names, line.value, node.spans)
        gathered.nodes[place] = node._replace(kind="fact")
        opening_facts.note_beside(gathered, place)
    elif opening_facts.of_row(gathered, place):
        pass
    elif masthead.is_sites(text) or (above == "chrome" and _may_be_sites(text)):
        gathered.set_apart(place, "above the story")
    elif not gathered.states("fandom") and (fandom := title_places.fandom_said(text)):
        gathered.add("fandom", fandom, node.spans)
        gathered.nodes[place] = node._replace(kind="fact")
    elif _is_header_line(text) and not (above == "note" and _is_said(text, gathered.nodes[place - 1].text)):
        gathered.set_apart(place, "header line")
        gathered.silent += node.spans
    else:
        gathered.nodes[place] = node._replace(kind="note")


def _behind_tag(text: str) -> str:
    """What stands in a title's form behind the tag of a post: `Fan Fic: The Ford`; "" for nothing."""
    tagged = MAIL_TAG.match(text)
    called = text[tagged.end() :].strip() if tagged and text[0] != "[" else ""
    return called if called and is_title(called) else ""


def _name_in_verse(text: str) -> str:
    """The author's name in lines that stand together as those of a poem do: `One more tale by Ann`, below it thanks."""
    named = title_and_name(text.partition("\n")[0])
    return clean_name(named["name"]) if named else ""


def _may_be_sites(text: str) -> bool:
    """Whether a line right below a site's own may be one too."""
    return len(text) <= _LINE and not SPEAKS.search(text) and masthead.may_be_sites(text)


def _is_said(text: str, above: str) -> bool:
    """Whether a short line goes on with the note above it: it is signed, begins small or ends with a heart."""
    return (
        text[0].islower()
        or text[-1] in _HEARTS
        or closes(text)
        or closes(above)
        or is_signed(text)
        or REPLY.match(text) is not None
    )


def _is_header_line(text: str) -> bool:
    """Whether a line has the form of a header's: a label that nobody knows, a row of pieces, or no sentence."""
    if text[-1] not in ".!?…" and len(_PARTED.findall(text)) > 1:
        return True
    if is_unknown_label(text):
        return len(text) <= _LABELLED
    return _is_short(text)


def _is_short(text: str) -> bool:
    """Whether a line is too short, and has no end, for a sentence, and says nothing to anybody."""
    if len(text) > _LINE or text[-1] in _ENDS or (text[-1] == ")" and "(" not in text) or SPEAKS.search(text):
        return False
    return text[0].isalnum() or text[0] in "([<*_~"
