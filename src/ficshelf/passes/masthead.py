"""What a site's page has above a story in a text that was copied from it: its name, menus, counters, dates.

The story's own top is the anchor: its first header lines, a title with a by-line, a chapter's heading. Above it the
last line that is surely the site's parts what is the site's from what may be the story's title.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ficshelf.model import Chrome, Draft, Fact, Node
from ficshelf.passes import (
    credits,
    forewords,
    header_runs,
    headings,
    label_alone,
    labels,
    menus,
    rights,
    site_tops,
    trails,
)
from ficshelf.passes.facts import add_fact
from ficshelf.passes.label_lines import is_unknown_label, label_line
from ficshelf.passes.nodes import merge
from ficshelf.passes.note_labels import is_labelled
from ficshelf.passes.note_words import SAID, TOLD
from ficshelf.passes.rights import disclaims
from ficshelf.passes.site_forms import presents
from ficshelf.passes.site_words import Sure, sureness
from ficshelf.passes.sure_titles import is_banner, is_host
from ficshelf.passes.title_lines import (
    continued,
    is_by_line,
    is_menu,
    is_title,
    part_of_title,
    title_and_name_above_buttons,
)

_LOOKED_AT = 40  # lines from the top
_LONGEST = 120  # characters of a line of a site
_MANY = 8  # lines of a site's menus
_BELOW = 4  # lines that tell whether the one above them was cut at a width
_TITLE_AND_SUBTITLE = 2
_TITLE_BLOCK = 4  # lines above a header that may be title, subtitle and by-line
_TOLD = 40  # characters of a sentence that tells something
_OF_A_PAGE = re.compile(  # words that a page uses of itself
    r"\b(?:this (?:web ?)?(?:site|page|archive)|you are (?:the )?visitor|visitors? (?:number|since)|best viewed|"
    r"last (?:updated|modified)|web ?(?:pages?|site|ring|log|master)|logged in|signed in|error occurred|click here|"
    r"advertisement|converted (?:for|by|with|to|from|using)|hosted (?:by|at|on)|free (?:web|home|hosting)|"
    r"(?:message|msg|post|page) (?:#\s?)?\d+ (?:of|/) \d+|messages sorted by|(?:previous|next) message|msg #|"
    r"build your own|members? since|registered user|wayback machine|current (?:mood|music)|add to memories|"
    r"tell a friend|mailing list|search (?:this )?(?:site|archive))\b|"
    r"\(\d[\d.]*\s?/\s?\d{1,2}\)|\([+-]\)|\b\d\d?:\d\d:\d\d\b",
    re.I,
)
_POSTED = re.compile(
    r"\W*(?:(?:posted|published|submitted|added|uploaded|archived|entered)\s+(?:on|by|at)\b[^\n]{3,80}|"
    r"[^\n]{0,12}\d{4}(?:\s+\d\d?:\d\d(?:\s?[ap]m)?)?,?\s+by\s+\S+|[^\n]{3,20}\d{4},?\s+by\s+\S+)",
    re.I,
)
_DAY = re.compile(  # a blog's, above each entry: `Sunday, January 17, 2016`, `niedziela, 17 stycznia 2016`
    r"[^\W\d_]{3,12}(?:-feira)?,? (?:(?:den |le |the )?\d{1,2}(?:st|nd|rd|th|\.)? (?:de |of )?[^\W\d_]{3,12}\.?|"
    r"[^\W\d_]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?),? (?:de )?(?:19|20)\d\d|"
    r"(?:19|20)\d\d\. [^\W\d_]{3,12} \d{1,2}\., [^\W\d_]{3,12}"
)
_STATES = re.compile(r"https?://|©|\(c\)|copyright", re.I)  # whose a story is, and where it stands
_QUOTES = ' *_"“”'  # around a title
_ENDS_SENTENCE = '.!?…"”'
_ITS_PLACE = re.compile(r"(?:posted originally on|this story (?:is )?archived at)\b", re.I)  # states an address
_OF_SITE = re.compile(r"\b(?:(?:web ?)?site|archive|home ?page|fan ?-?fic(?:tion)?s?|library|welcome)\b", re.I)
_GROUP = re.compile(r"(?:alt|rec|soc|uk|de|fr|it|misc)(?:\.[a-z0-9-]+){2,6}")  # a newsgroup's name


def apply(draft: Draft) -> Draft:
    """Set apart what the site wrote above the story's own top."""
    nodes = list(draft.nodes)
    if not nodes or nodes[0].hint:
        return draft
    draft = _set_apart(draft, nodes, menus.places(nodes), "menu")
    draft = _set_apart(draft, nodes, trails.sites_above(nodes), "above the story")
    notes: list[int] = []
    run = header_runs.start(nodes)
    far_down = run > 0 and _is_far_down(nodes, run)
    if far_down:
        places, notes = _above_run(nodes, run)
        places += _below(nodes, run)
    else:
        places = site_tops.places(nodes)
        anchor = -1 if places else _anchor(nodes)
        places += [*_sites(nodes, anchor), *_below(nodes, anchor)] if anchor >= 0 else []
    stated = _stated(nodes, max([0, *places, *notes]) + 1)
    places = [index for index in places if index not in stated]
    draft = _with_rights(_set_apart(draft, nodes, places, "above the story"), nodes)
    if run and not far_down and not places:
        notes = forewords.above_title(nodes, _titles(draft))
    said = set(notes) - stated
    for lines, text in list(rights.paragraphs(nodes[: max(said) + _BELOW], 0)) if said else ():
        if said.issuperset(lines):
            draft = _state_said(draft, nodes, lines, text)
        else:
            for index in said.intersection(lines):
                draft = _state_said(draft, nodes, range(index, index + 1), nodes[index].text)
    return draft._replace(nodes=tuple(nodes))


def _state_said(draft: Draft, nodes: list[Node], lines: range, text: str) -> Draft:
    """Settle one paragraph of what stands above the title, which may have been cut at a width: a rating alone or what
    disclaims is a fact, all else a note."""
    line = label_line(text)
    fact = ("", "")
    if line and line.label.names == ("rating",) and len(text) < _TOLD:
        fact = ("rating", line.value)
    elif disclaims(text) and "disclaimer" not in draft.facts:
        fact = ("disclaimer", text)
    for index in lines:
        nodes[index] = nodes[index]._replace(kind="fact" if fact[0] else "note")
    if not fact[0]:
        return draft
    spans = merge(draft.text, [span for index in lines for span in nodes[index].spans])
    return draft._replace(facts=add_fact(draft.facts, fact[0], Fact(fact[1], spans=spans)))


def _with_rights(draft: Draft, nodes: list[Node]) -> Draft:
    """The draft with what disclaims on top, without a label, as one fact."""
    found = rights.unlabelled(nodes, 0)
    if not found:
        return draft._replace(nodes=tuple(nodes))
    value = "\n\n".join(" ".join(nodes[index].text for index in lines) for lines in found)
    spans = merge(draft.text, [span for lines in found for index in lines for span in nodes[index].spans])
    for lines in found:
        for index in lines:
            nodes[index] = nodes[index]._replace(kind="fact")
    return draft._replace(nodes=tuple(nodes), facts=add_fact(draft.facts, "disclaimer", Fact(value, spans=spans)))


def _set_apart(draft: Draft, nodes: list[Node], places: Sequence[int], reason: str) -> Draft:
    """The draft with some lines as chrome; `nodes` are changed in place."""
    chrome = list(draft.chrome)
    for index in places:
        nodes[index] = nodes[index]._replace(kind="chrome")
        chrome += [Chrome(span, reason) for span in nodes[index].spans]
    return draft._replace(nodes=tuple(nodes), chrome=tuple(chrome))


def _titles(draft: Draft) -> set[str]:
    return {str(fact.value).casefold() for fact in draft.facts.get("title", ())}


def _stated(nodes: Sequence[Node], end: int) -> set[int]:
    """The lines that say what a label alone above them states, or go on with it where lines were cut at a width."""
    found: set[int] = set()
    for index in range(1, end):
        goes_on = headings.goes_on(nodes, index) and (
            index - 1 in found or label_line(nodes[index - 1].text) is not None
        )
        if goes_on or label_alone.is_value(nodes, index):
            found.add(index)
    return found


def is_sites(text: str) -> bool:
    """Whether a line on top of a page is surely the site's: by its words, by its form, as a page speaks of itself."""
    if len(text) > _LONGEST or SAID.search(text) or _ITS_PLACE.match(text):
        return False
    title, part = part_of_title(text) if text[-1] == ")" else (text, "")
    return (
        sureness(text) >= Sure.AT_EDGES
        or is_menu(text)
        or _OF_A_PAGE.search(title if part else text) is not None  # `The Ford (4/5)`, which no reader has voted for
        or _POSTED.fullmatch(text) is not None
        or _GROUP.fullmatch(text) is not None
        or _DAY.fullmatch(text) is not None
        or is_host(text)
    )


def is_day(text: str) -> bool:
    """Whether a line is but a day: as a blog has it above each entry, and a story below its title."""
    return _DAY.fullmatch(text) is not None


def _anchor(nodes: Sequence[Node]) -> int:
    """Where the story's own top begins: its title above a by-line, a header line, a chapter's heading; -1 for nowhere
    among lines that tell nothing."""
    open_ones = (index for index, node in enumerate(nodes) if not node.kind)
    for index in itertools.islice(open_ones, _LOOKED_AT):
        text = nodes[index].text
        line = label_line(text)
        if line is not None:
            if line.strong and labels.HEADER_ONLY.intersection(line.label.names):
                return index
            continue
        if (is_by_line(text) and not is_sites(text)) or (index and credits.is_signed(nodes, index)):
            above = index - 1
            return above if above >= 0 and not nodes[above].kind and is_title(nodes[above].text) else -1
        parted = title_and_name_above_buttons(nodes, index) if len(text) < _LONGEST and not is_sites(text) else None
        if parted and is_title(parted["title"]):
            return index
        heading = headings.at(nodes, index)
        if heading is not None and heading.number is not None and not heading.counted and not heading.of:
            return index
        if not _may_be_above(text):
            return -1
    return -1


def _may_be_above(text: str) -> bool:
    """Whether a line may stand above the story's own top."""
    return may_be_sites(text) or presents(text) or disclaims(text)


def may_be_sites(text: str) -> bool:
    """Whether a line between a site's own may be one too: short, and nothing that is told or said."""
    if len(text) > _LONGEST or SAID.search(text) or TOLD.search(text):
        return False
    return text[-1] not in ".!?…,;" or is_sites(text) or (text[-1] == "!" and len(text) < _TOLD)


def _is_far_down(nodes: Sequence[Node], run: int) -> bool:
    """Whether more stands above a run of header lines than a title block holds, or a site's own line does. Title and
    by-line on top of all are the story's, whatever stands between them and the run."""
    if not nodes[0].kind and is_title(nodes[0].text) and not is_sites(nodes[0].text) and _is_named(nodes, 0):
        return False
    open_ones = [node for node in nodes[:run] if not node.kind]
    if any(is_sites(node.text) for node in open_ones):
        return True
    if forewords.is_foreword([node.text for node in open_ones], above_title=True):
        return True
    most = _TITLE_AND_SUBTITLE if any(node.kind == "chrome" for node in nodes[:run]) else _TITLE_BLOCK
    return len(open_ones) > most and not any(is_by_line(node.text) for node in open_ones)


def _above_run(nodes: Sequence[Node], run: int) -> tuple[list[int], list[int]]:
    """Of the lines above a run of header lines those of the site, and those that the author says."""
    sure = [not node.kind and is_sites(node.text) for node in nodes[:run]]
    called = header_runs.labelled_title(nodes, run).strip(_QUOTES).casefold()
    title = -1 if called else header_runs.title_above(nodes, run, sure)
    places: list[int] = []
    notes: list[int] = []
    others = [node.text for index, node in enumerate(nodes[:run]) if not node.kind and not sure[index]]
    spoken = forewords.is_foreword(others, above_title=True)
    labelled = False  # what stands below a label may be of its value, over several paragraphs
    for index in range(run):
        node = nodes[index]
        labelled = labelled or label_line(node.text) is not None
        if node.kind or index == title or (labelled and not sure[index]):
            continue
        if not sure[index] and (is_by_line(node.text) or headings.at(nodes, index)):
            continue
        if called and called in node.text.casefold():
            continue
        is_said = header_runs.is_authors(node.text) or (spoken and node.text[-1] in _ENDS_SENTENCE)
        (notes if is_said and not sure[index] else places).append(index)
    return places, notes


def _sites(nodes: Sequence[Node], anchor: int) -> list[int]:
    """The lines above `anchor` that are the site's."""
    above = range(anchor)
    if not all(_may_be_above(nodes[index].text) for index in above if not nodes[index].kind):
        return [0] if not nodes[0].kind and is_host(nodes[0].text) and nodes[1].gap else []
    sure = {
        index
        for index in above
        if nodes[index].kind in ("chrome", "fact") or is_sites(nodes[index].text) or presents(nodes[index].text)
    }
    if not sure and not _has_buttons(nodes, anchor):
        if nodes[anchor].gap and _is_named(nodes, anchor) and all(_may_name_a_page(nodes[index]) for index in above):
            return list(above)
        return [0] if anchor and not nodes[0].kind and is_banner(nodes[0].text) else []
    if sure and all(nodes[index].kind == "fact" for index in sure):
        return []  # nothing but a mail's own header
    sure.update(index for index in above if _is_sure_beside(nodes[index]))
    title = _title_between(nodes, anchor, sure)
    last = anchor - 1 if _has_buttons(nodes, anchor) else max(sure)
    if sum(nodes[index].kind == "chrome" for index in above) >= _MANY:  # below menus all is the site's
        last = max([last, *(index - 1 for index in range(1, anchor + 1) if nodes[index].gap)])
        alone = _is_title_alone(nodes, anchor) or _is_below_sites_name(nodes, anchor)
        title = anchor - 1 if alone else title
    title = next((index for index in above if not nodes[index].kind and continued(nodes[index].text)), title)
    open_ones = [index for index in range(last + 1) if not nodes[index].kind and index != title]
    return [index for index in open_ones if label_line(nodes[index].text) is None and not disclaims(nodes[index].text)]


def _is_title_alone(nodes: Sequence[Node], anchor: int) -> bool:
    """Whether a line alone between menus and the labels of a header, none of which says the title, is it."""
    above = nodes[anchor - 1]
    if above.kind or not above.gap or not nodes[anchor].gap or header_runs.start(nodes) != anchor:
        return False
    return is_title(above.text) and not is_sites(above.text) and not header_runs.labelled_title(nodes, anchor)


def _is_below_sites_name(nodes: Sequence[Node], anchor: int) -> bool:
    """Whether a line alone between what a site is called and the first chapter's heading is the story's title."""
    if anchor < _TITLE_AND_SUBTITLE or headings.at(nodes, anchor) is None:
        return False
    site, above = nodes[anchor - 2 : anchor]
    if site.kind or above.kind or not above.gap or not nodes[anchor].gap or not _OF_SITE.search(site.text):
        return False
    return is_title(above.text.rstrip(": ")) and not is_sites(above.text) and not _OF_SITE.search(above.text)


def _may_name_a_page(node: Node) -> bool:
    """Whether a line above a title with its by-line may say what the page or the site is called."""
    return (
        not node.kind
        and is_title(node.text)
        and node.text[0].isalnum()
        and label_line(node.text) is None
        and headings.parse(node.text) is None
        and headings.bare(node.text) is None
        and headings.at_end_of_title(node.text) is None
        and not disclaims(node.text)
    )


def _is_named(nodes: Sequence[Node], anchor: int) -> bool:
    """Whether a by-line stands below the title there."""
    below = nodes[anchor + 1] if anchor + 1 < len(nodes) else None
    return below is not None and not below.kind and is_by_line(below.text) and headings.at(nodes, anchor) is None


def _has_buttons(nodes: Sequence[Node], anchor: int) -> bool:
    """Whether title and name stand in one line, a site's buttons behind them: above such a line all is the site's."""
    behind = nodes[anchor + 1] if anchor + 1 < len(nodes) else None
    named = title_and_name_above_buttons(nodes, anchor)
    return named is not None and behind is not None and behind.kind == "chrome" and behind.gap <= 1


def _below(nodes: Sequence[Node], anchor: int) -> list[int]:
    """The site's lines between the story's own top and what is told first."""
    places = []
    for index in range(anchor + 1, min(len(nodes), anchor + 1 + _LOOKED_AT)):
        node = nodes[index]
        if node.kind or label_line(node.text) is not None or is_by_line(node.text):
            continue
        if node.gap and (counted := headings.bare(node.text)) and counted.of:
            continue  # `(1/3)`, which part it is
        if not may_be_sites(node.text) or node.text[-1] in _ENDS_SENTENCE:
            break
        if _STATES.search(node.text) is None and (is_sites(node.text) or (not node.gap and sureness(node.text))):
            places.append(index)
    return places


def _is_sure_beside(node: Node) -> bool:
    """Whether a line is the site's beside others that surely are."""
    if node.kind or is_labelled(node.text):
        return False  # `Author's Chapter Notes:`
    return sureness(node.text) > Sure.NOT or (node.text[-1] == ":" and is_unknown_label(node.text))


def _title_between(nodes: Sequence[Node], anchor: int, sure: set[int]) -> int:
    """The story's title where it stands among the site's lines above a header: alone between the site's menu and the
    words of the story's own buttons; -1 for nowhere."""
    if label_line(nodes[anchor].text) is None or anchor - 1 not in sure:
        return -1
    others = [index for index in range(anchor) if index not in sure and not nodes[index].kind]
    if not others or others[-1] - 1 not in sure or not is_title(nodes[others[-1]].text):
        return -1
    buttons = [nodes[index] for index in range(others[-1] + 1, anchor)]
    return -1 if any(is_menu(node.text) or _POSTED.fullmatch(node.text) for node in buttons) else others[-1]
