"""Verse: lyrics and poems. Short lines that stand together where the prose around them does not, lines in italics or
centred, and verse whose line ends were lost and left runs of blanks behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ficshelf.model import Draft, Layout, Node, Remark, Run
from ficshelf.passes import casts, poems
from ficshelf.passes.chopped import is_chopped, runs_over
from ficshelf.passes.label_lines import label_line
from ficshelf.passes.layout import groups, is_cut_by_hand
from ficshelf.passes.nodes import is_italic, join
from ficshelf.passes.note_labels import is_labelled, is_legend
from ficshelf.passes.rhymes import rhymed
from ficshelf.passes.stanzas import (
    CLOSES_SENTENCE,
    begin_large,
    first_letter,
    goes_on,
    is_couplet,
    is_haiku,
    is_parallel,
    is_refrain,
    is_rhymed_throughout,
    is_slashed,
    is_sung,
    runs_on,
    speaks,
)
from ficshelf.passes.sung_lines import ITEM, TUNES, is_prose, look_of_line, looks_like_chat, may_be_sung, settle_lines
from ficshelf.passes.written_words import SUNG

_LOST = re.compile(r"[ \t\xa0]{3,}")
_FRAMED = re.compile(r"(?:[~*#/♪♫]{2,}|[~#♪♫]).+(?:[~*#/♪♫]{2,}|[~#♪♫])", re.S)
_LOST_JOIN = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z][a-z]* [a-z])")
_TYPED_TAG = re.compile(r"</?(?:i|em|b|strong|center)>|\[/?[ib]\]", re.I)
_SENTENCES = re.compile(r"[a-zà-ÿа-яё][.?!…]\s+[A-ZÀ-ÝА-ЯЁ]\w*[ ,]")  # one after another in a line
_LETTER_OPENING = re.compile(r"(?:my\s+)?dear(?:est)?\b|to\s+whom\b|hi\b|hello\b", re.I)
_SIGNED = re.compile(r"[-–—~]{1,2}\s?\w[\w .']{0,30}$|(?:love|yours|sincerely|regards|xoxo)\b[ ,\w]{0,20}$", re.I)
_SPEECH = ('"', "“", "„", "«", "»", "‘")
_DASHES = ("—", "–", "--", "? ")  # speech too, in other tongues, or where its quotes are lost
_FRAMES = (("//", "//"), ("<i>", "</i>"), ("<em>", "</em>"), ("[i]", "[/i]"), ("[", "]"), ("♪", "♪"), ("♫", "♫"),
           ("/", "/"), ("~", "~"), ("#", "#"), ("*", "*"), ("_", "_"))  # fmt: skip
_LONGEST = 75  # characters a line of verse may have
_LONGEST_OF_POEM = 70  # and where the whole text is verse
_NARROW = 36  # no width cuts prose so short
_LONGEST_CLOSE = 100  # and where nothing but verse can stand so close


def apply(draft: Draft) -> Draft:
    """Make a verse node of every stanza."""
    how = draft.layout
    nodes: list[Node] = []
    remarks: list[Remark] = []
    said = "\n".join([node.text for node in draft.nodes])
    padded = "   " in said or "\t" in said or ("\xa0" in said and "\xa0\xa0\xa0" in said)
    slashed = " / " in said
    is_told = not (padded or slashed or any(tune in said for tune in TUNES))
    grouped = list(groups(draft.nodes))
    chopped = not how.wrapped and how.follows_on > 0.5 and is_chopped([line for lines in grouped for line in lines])
    poem = not chopped and _is_poem(grouped, how)
    of_poems = poems.stanzas(grouped)
    for place, group in enumerate(grouped):
        first = group[0]
        if first.kind or first.hint in ("li", "table", "pre", "img"):
            nodes.extend(group)
        elif len(group) == 1 and is_told and is_prose(first):
            nodes.append(first)
        elif first.hint == "verse":  # the page's markup says so
            nodes.append(join(draft.text, group, "verse") if len(group) > 1 else first._replace(kind="verse"))
        elif len(group) == 1:
            restored = _restore(first) if padded and label_line(first.text) is None else None
            if restored:
                nodes.append(restored)
                what = "Runs of blanks stood where the lines of this verse ended."
                remarks.append(Remark("verse-lines-restored", what, 0, first.spans[0]))
            elif slashed and first.text.count(" / ") >= 2 and is_slashed(first.text):
                nodes.append(first._replace(kind="verse"))
            elif look := look_of_line(first):
                nodes.append(first._replace(kind="verse", detail=look))
            else:
                nodes.append(first)
        elif how.wrapped and " / " in first.text and is_slashed(" ".join([node.text for node in group])):
            nodes.append(join(draft.text, group, "verse", between=" "))
        elif (chopped and runs_over(group)) or casts.is_list(
            [node.text for node in group], nodes[-1].text if nodes else ""
        ):
            nodes.extend(group)
        elif poem or place in of_poems or _is_stanza(group, how, nodes[-1] if nodes else None):
            nodes.append(join(draft.text, group, "verse"))
        elif how.follows_on > 0.5 and not how.wrapped:
            nodes.extend(_within(draft.text, group))
        else:
            nodes.extend(group)
    if any(node.kind == "verse" for node in nodes):
        poems.settle_choruses(nodes)
        poems.settle_sources(nodes)
    return draft._replace(nodes=settle_lines(tuple(nodes)), remarks=draft.remarks + tuple(remarks))


def _is_stanza(group: list[Node], how: Layout, before: Node | None) -> bool:
    typed = [node.text for node in group]
    lines = [_TYPED_TAG.sub("", line) or line for line in typed] if typed[0][0] in "<[" else typed
    longest = max(map(len, lines))
    count = len(lines)
    if all(map(is_legend, lines)):
        return False
    if longest > _LONGEST_CLOSE or not all(any(map(str.isalnum, line)) for line in lines):
        return False  # a row of hyphens is a list's
    if _is_each_framed(typed):
        return True  # however long its lines are
    set_in = _is_set_in(group, how, before)
    cut = how.wrapped and not set_in
    if is_rhymed_throughout(lines) or (
        cut and longest > how.width + 2 and is_couplet([line.strip("*_/~") for line in lines])
    ):
        return True  # no width cuts prose so
    if before is not None and before.kind == "verse" and is_refrain(lines):
        return True
    if not how.wrapped and count == 2 and group[0].gap and is_couplet([line.strip("*_/~") for line in lines]):
        return True
    close = not how.wrapped and how.follows_on < 0.3  # prose of one line a paragraph: lines together are no prose
    if longest > (_LONGEST_CLOSE if close else _LONGEST):
        return False
    if cut and not is_cut_by_hand(group, how.width, 0.7 if longest <= how.width * 0.8 else 1.0):
        return False
    if sum([line.startswith(_DASHES) for line in lines]) >= 2:
        return False
    marked = _share(group, is_italic) >= 0.9 or all(node.hint == "center" for node in group)
    if any(_SIGNED.match(line) for line in lines[1:]) or _LETTER_OPENING.match(lines[0]) or is_labelled(lines[0]):
        return False
    closed = sum(1 for line in lines if CLOSES_SENTENCE.search(line))
    if _is_framed(typed, closed):
        return True
    mean = sum(map(len, lines)) / count
    if how.follows_on > 0.5 and not how.wrapped and not (marked or set_in):
        return _is_set_apart(group, closed, mean, before)
    if is_sung(lines) or _is_further_stanza(group, before):
        return True
    if _is_recited(lines):
        return mean <= 60
    if any("|" in line for line in lines) or (
        sum(1 for line in lines if _SENTENCES.search(line)) * 3 > count and rhymed(lines) < 0.5
    ):
        return False  # a row of links, or prose
    spoken = sum(line.startswith(_SPEECH) and bool(CLOSES_SENTENCE.search(line)) for line in lines)
    if spoken >= 1 and spoken * 3 >= count and not marked:
        return False
    if not marked and (any(map(looks_like_chat, lines)) or sum(1 for line in lines if ITEM.match(line)) * 2 > count):
        return False
    if close and closed == 0 and longest <= 60 and all(map(_is_unmarked, lines)):
        return True
    capitals = sum(1 for line in lines if _begins_line(line))
    if marked or set_in:
        return mean <= (70 if marked and close and capitals == count >= 3 else 60)
    even = longest <= 1.8 * min(map(len, lines)) and longest >= 15 and not any(map(speaks, lines))
    if even and closed > 0.4 * count and rhymed(lines) >= (1.0 if count < 4 else 0.5):
        return capitals == count or (close and count >= 4 and rhymed(lines) == 1.0)
    if count == 2:
        near_verse = before is not None and before.kind == "verse"
        sung = before is not None and before.text.endswith(":") and bool(SUNG.search(before.text))
        paired = even and mean >= 18 and capitals == 2 and rhymed(lines) == 1.0
        return (near_verse or sung or paired) and mean <= 55 and closed <= 1
    if (close or how.wrapped) and longest <= 60 and (runs_on(lines) or is_parallel(lines)):
        return not any(map(speaks, lines))
    if longest <= 55 and mean <= 42 and closed <= 0.4 * count:
        return not _is_list_of_names(lines, capitals)  # no editor cuts prose that short
    if count == 3 and longest <= 40 and is_haiku(lines):
        return True
    if close and capitals == count >= 3 and closed <= 0.4 * count:
        return True
    if close and capitals == count >= 4 and longest <= min(_LONGEST, 1.6 * min(map(len, lines))):
        return closed <= 0.75 * count  # lines of one measure
    return capitals >= 0.7 * count and closed <= 0.4 * count and mean <= 55 and longest <= 2.6 * max(12, mean)


def _is_further_stanza(group: list[Node], before: Node | None) -> bool:
    """Whether lines go on with the verse above them: as many, about as long."""
    if before is None or before.kind != "verse" or before.detail or len(group) < 3 or group[0].gap > 2:
        return False
    above = before.text.split("\n")
    lengths = [len(node.text) for node in group]
    if abs(len(above) - len(group)) > 1 or max(lengths) > 1.3 * max(map(len, above)):
        return False
    return begin_large([node.text for node in group])


def _is_set_apart(group: list[Node], closed: int, mean: float, before: Node | None) -> bool:
    """Lines between blank lines, in a text that has them nowhere else: verse where it looks like it at once."""
    lines = [node.text for node in group]
    if not group[0].gap or not 3 <= len(lines) <= 40 or mean > 65 or max(map(len, lines)) > _LONGEST:
        return False
    if is_sung(lines) or _is_recited(lines) or _is_further_stanza(group, before):
        return True
    if all(map(str.isupper, lines)):
        return False  # a sign
    if any(map(speaks, lines)) or any(map(looks_like_chat, lines)) or closed > 0.5 * len(lines):
        return False
    items = sum(1 for line in lines if ITEM.match(line))
    if items * 2 > len(lines):
        return False
    if begin_large(lines):
        return True
    longest = max(map(len, lines))
    by_hand = longest <= _NARROW or (mean <= 42 and longest <= 55 and is_cut_by_hand(group, longest + 3, 0.5))
    return by_hand and goes_on(lines)


def _is_set_in(group: list[Node], how: Layout, before: Node | None) -> bool:
    """Whether lines stand further in than the prose, or the prose begins further in than they do; cut prose fills its
    lines also there."""
    least = min([node.indent for node in group])
    lengths = [len(node.text) for node in group]
    if len(group) >= 3 and min(lengths[:-1]) > 0.85 * max(lengths) and max(lengths) > 45:
        return False
    apart = how.follows_on > 0.5 and group[0].gap > 0 and len(group) >= 3 and max(lengths) <= 60
    if least >= how.indent + 4 and (how.indent_share < 0.3 or apart):
        return True
    if before is not None and least >= max(before.indent, how.base) + 4 and not before.kind:
        return True
    if how.indent >= 2 and apart:
        closed = sum(1 for node in group if CLOSES_SENTENCE.search(node.text))
        return max(node.indent for node in group) < how.indent - 1 and closed <= 0.5 * len(group)
    return False


def _is_framed(lines: list[str], closed: int) -> bool:
    """Whether one sign opens the first line and closes the last, or each: `/Down by the river … deep/`."""
    if sum(map(len, lines)) > 60 * len(lines):
        return False
    for opening, closing in _FRAMES:
        if lines[0].startswith(opening):
            if not lines[-1].endswith(closing) or len(lines[0]) <= 3:
                return False
            each = all(line.startswith(opening) and line.endswith(closing) for line in lines)
            if opening == "[" and not each:  # an aside, or a row of a table
                return closed * 2 <= len(lines) and len(lines) > 2
            return opening != "[" or closed * 2 <= len(lines) or rhymed(lines) > 0.5
    return False


def _is_each_framed(lines: list[str]) -> bool:
    """Whether every line stands between two signs that nothing but verse is put between."""
    sign = next((sign for sign in ("//", "♪", "♫", "~", "#", "/") if lines[0].startswith(sign)), "")
    if not sign or not all(line.startswith(sign) and line.endswith(sign) and len(line) > 3 for line in lines):
        return False
    return sign != "/" or (len(lines) >= 3 and rhymed(lines) >= 0.5)  # thoughts do not rhyme


def _is_recited(lines: list[str]) -> bool:
    """One pair of quotes around several lines: `"When the tenth boat comes to land, / You shall have it in your hand."`

    Two lines have to rhyme; speeches have quotes of their own each. Of a long song each stanza opens with a quote, and
    the last one closes.
    """
    opening, closing = lines[0][0], lines[-1][-1]
    if opening not in "\"“«'‘" or not begin_large(lines):
        return False
    within = "".join([lines[0][1:], *lines[1:-1], lines[-1][:-1]])
    if any(mark in within for mark in '"“”«»') or (closing not in "\"”»'’" and (len(lines) < 4 or closing in ".!?")):
        return False
    even = max(map(len, lines)) <= 2 * min(map(len, lines))
    return even and (len(lines) >= 4 or rhymed(lines) == 1.0)


def _is_list_of_names(lines: list[str], capitals: int) -> bool:
    """Lines of a word or two, each in capitals: names, an address."""
    if capitals < len(lines):
        return False
    names = sum(1 for line in lines if all(word[:1].isupper() or not word[:1].isalpha() for word in line.split()))
    return names == len(lines)


def _within(layer: str, group: list[Node]) -> list[Node]:
    """Verse among lines that are paragraphs of their own: three lines or more in a row that end within a sentence."""
    made: list[Node] = []
    at = 0
    while at < len(group):
        stop = at
        while stop < len(group) and may_be_sung(group[stop].text):
            stop += 1
        lines = [node.text for node in group[at:stop]]
        if (
            len(lines) >= 3
            and max(map(len, lines)) - min(map(len, lines)) <= 40
            and not _is_list_of_names(lines, len(lines))
        ):
            made.append(join(layer, group[at:stop], "verse"))
            at = stop
        else:
            stop = max(stop, at + 1)
            made.extend(group[at:stop])
            at = stop
    return made


def _is_poem(grouped: Sequence[list[Node]], how: Layout) -> bool:
    """Whether the whole text is verse: short lines, many of which end within a sentence though no width cuts them."""
    told = [group for group in grouped if not group[0].kind]
    for edge in (0, -1):  # a note above or below the poem
        while told and len(told[edge]) == 1 and len(told[edge][0].text) > _LONGEST:
            told.pop(edge)
    if any(len(node.text) > _LONGEST_OF_POEM for group in told for node in group):
        return False
    lines = [node.text for group in told for node in group]
    together = len(lines) - len(told)
    if len(lines) < 6 or together * 2 < len(lines):
        return False
    open_ended = sum(1 for line in lines if line[-1] not in '.!?…"”“«’*:')
    stanzas = {len(group) for group in told}
    alike = len(stanzas) == 1 and min(stanzas) >= 3 and len(lines) >= 2 * min(stanzas)
    if sum(1 for line in lines if line.startswith(_SPEECH)) * 4 > len(lines):
        return False
    if not how.wrapped and open_ended >= (0.15 if alike else 0.3) * len(lines):
        return True
    return alike and rhymed(lines) >= 0.6 and max(map(len, lines)) <= 2 * min(map(len, lines))


def _restore(node: Node) -> Node | None:
    """Verse in one line, runs of blanks standing for its line ends."""
    if node.runs and len(node.runs) > 1:
        return None
    text = node.text
    if len(text) < 30 or not ("   " in text or "\t" in text or ("\xa0" in text and "\xa0\xa0\xa0" in text)):
        return None
    pieces = [piece.strip() for piece in _LOST.split(text) if piece.strip()]
    fewest = 2 if _FRAMED.fullmatch(text) else 3
    if len(pieces) < fewest or max(map(len, pieces)) > 110 or sum(map(len, pieces)) / len(pieces) > 70:
        return None
    if len(pieces) == 2 and CLOSES_SENTENCE.search(pieces[0]):
        return None  # two sentences, three blanks between them
    blanks = {len(one[0]) for one in _LOST.finditer(text)}
    if min(blanks) < 4 and sum(piece.count(" ") for piece in pieces) < 2 * len(pieces):
        return None  # the columns of a table
    alike = len(pieces) >= 4 and len(blanks) == 1 and min(blanks) >= 6  # no width was filled up
    if not alike and fewest > 2 and sum(1 for piece in pieces if CLOSES_SENTENCE.search(piece)) > len(pieces) / 2:
        return None
    lines = [line for piece in pieces for line in _LOST_JOIN.split(piece)]
    words = "\n".join(lines)
    marks = node.runs[0].marks if node.runs else ()
    return node._replace(text=words, runs=(Run(words, marks),) if marks else (), kind="verse")


def _share(group: list[Node], test: Callable[[Node], bool]) -> float:
    return sum(1 for node in group if test(node)) / len(group)


def _is_unmarked(line: str) -> bool:
    """Whether a line begins with a small letter and ends with none of the marks that sentences end with, as songs are
    typed: `and the rain on the roof is a letter from home`."""
    return line[0].islower() and line[-1].isalpha() and line.count(" ") >= 2


def _begins_line(line: str) -> bool:
    """Whether a line begins with a capital, or stands in brackets, as what a chorus echoes does."""
    letter = first_letter(line)
    return letter.isupper() or not letter or (line[0] in "([" and line[-1] in ")]")
