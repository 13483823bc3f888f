"""Endings: `The End`, `Fin`, `~Owari~`, `To be continued`, `End of part 1`. What they say becomes a fact."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ficshelf.model import Draft, Fact, Node
from ficshelf.passes import numbers
from ficshelf.passes.author_voice import strength
from ficshelf.passes.facts import add_fact
from ficshelf.passes.heading_titles import plain
from ficshelf.passes.nodes import STORY
from ficshelf.passes.note_labels import is_labelled
from ficshelf.passes.note_words import is_heard, speaks_after_the_end

_FAR = 40  # nodes below an ending that are looked at
_FEW = 6  # paragraphs that an author says below an ending, at most
_DECOR = "-–—~*=_#<>[]{}()|:.+•·♥★ \t\xa0/\\!?…\"'“”"
_FACE = re.compile(r"\s*(?:<3|♥|[:;]-?[)(DP]|\^_*\^|(?<=\s)x[xo]{0,5})+\s*$")  # what a happy author puts behind it
_WITHIN = str.maketrans("()[]–—", "    --")
_FINISHED = frozenset(
    ["the end", "the very end", "the end for real", "the end for now", "the real end", "theend", "end", "end of story",
     "end story", "end of fic", "end fic", "fin", "finis", "finito", "finished", "complete", "owari", "owari desu",
     "and they lived happily ever after the end", "das ende", "ende", "la fin", "fin de l'histoire", "конец", "fine",
     "el fin", "fim", "o fim", "slut", "koniec", "konec", "einde", "loppu", "vége", "終わり", "おわり", "終", "完",
     "全文完", "完结", "完結", "끝", "curtain", "end of the story", "the end of the story", "ende der geschichte",
     "fine della storia", "fin de la historia", "fim da história", "fin du os", "конец истории", "конец фанфика",
     "кінець", "fini", "the end of this story", "end of one-shot", "end of oneshot"]
)  # fmt: skip
_SURE = frozenset(
    ["the end", "the very end", "das ende", "la fin", "конец", "end of story", "end of fic", "owari", "finis", "el fin",
     "o fim", "終わり", "おわり", "完", "全文完", "完结", "完結"]
)  # fmt: skip
_ALSO_WORDS = frozenset(["fine", "slut", "finished", "complete", "end", "einde", "loppu", "curtain", "fini"])
_ALSO_SAID = frozenset(["to be", "continua", "segue", "continuará", "continuara"])  # people say them as well
_GOES_ON = re.compile(
    r"(?:to\s+be\s+(?:continued|cont\.?|con't|cont'd)"
    r"(?:\s+(?:in|with)\s+.{1,80}|[\s.…?!,-]+(?:maybe|perhaps|i\s+think|soon))?|"
    r"[t2]bc(?:\s+(?:in|with)\s+.{1,80})?|t\.b\.c|to\s+be|continued\s+in\s+.{1,80}|"
    r"fortsetzung\s+folgt|wird\s+fortgesetzt|[àa]\s+suivre|continuará|continua|segue|wordt\s+vervolgd|c\.?d\.?n|"
    r"ciąg\s+dalszy\s+nastąpi|продолжение\s+(?:следует|будет|в\s+следующей\s+(?:части|главе))|далі\s+буде|more\s+to\s+come|"
    r"(?:la\s+)?suite\s+(?:au|dans\s+le)\s+prochain\s+(?:chapitre|épisode|numéro)|"
    r"(?:continua|segue)\s+nel\s+prossimo\s+capitolo|continua\s+no\s+próximo\s+capítulo|"
    r"continuará\s+en\s+el\s+próximo\s+capítulo|bersambung|devam\s+edecek|jatkuu|"
    r"fortsättning\s+följer|fortsættes|fortsettes|pokračování\s+příště|folytatása\s+következik|"
    r"tsuzuku|つづく|続く|未完|未完待续|未完待續|待续)",
    re.I,
)
_ASKS = re.compile(  # `The end!! Review, please!`
    r"the\s+end\s?[.!…~)-]{1,9}\s*(?:now\s+|so\s+|please\s+)?(?:review|r&r|comment|feedback|hope\s+you|thank|let\s+me\s+know)\b",
    re.I,
)
_MORE = re.compile(  # what only says that the page ends: `cont.`, `Chapter 2 is on its way!`
    r"cont|(?:chapter|part)\s*#?\s*\w{1,6}\s+(?:is\s+)?(?:coming\s+(?:soon|up)|on\s+(?:its|the)\s+way|to\s+follow|to\s+come)",
    re.I,
)
_OPEN = re.compile(r"the\s+end[\s.…?!,-]+(?:or\s+is\s+it|for\s+now|maybe|perhaps|not)", re.I)
_FIRST_WORDS = re.compile(r"(?<=[.…!?)])\s")
_FIRST = frozenset("tfoedlкiacпдmàswkv2bjp完終お全끝つ続未待")  # letters that endings begin with: most lines are none
_PART_OF = (
    r"part(?:ie|e)?|chapter|ch\.?|chap\.?|book|episode|chapitre|kapitel|teil|section|act|prologue|epilogue|"
    r"cap[ií]tulo|capitolo|глав\w*|част\w*"
)
_WHICH = (
    rf"(?:{numbers.PATTERN}(?:\s*/\s*\w+)?|premi[eè]re|seconde|primera|segunda|tercera|prima|seconda|terza|primeira)"
)
# Most lines begin with a letter, and with none of these words.
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ\"“‘'")
_BEGINS = (
    "the end", "the very e", "the real e", "theend", "the  end", "t h e", "end", "e n d", "fin", "f i n", "fim",
    "finished", "complete", "owari", "and they lived happily", "and they liv", "das ende", "la fin", "el fin", "o fim",
    "slut", "koniec", "konec", "einde", "loppu", "to be", "tbc", "t b c", "t.b.c", "continu", "fortsetzung",
    "wird fortges", "a suivre", "segue", "wordt vervol", "cdn", "c.d.n", "ci", "more to come", "tsuzuku", "curtain",
    "suite au", "suite dans", "la suite", "bersambung", "devam ede", "jatkuu", "fortsä", "fortsæ", "fortse", "pokra",
    "folytat", "cont", "chapter", "part ",
)  # fmt: skip
_PAIRS = frozenset(begins[:2] for begins in _BEGINS)
_QUOTES = frozenset('"“‘„«?\ufffd')  # the last two where a mark was lost
_PART = re.compile(
    rf"(?:the\s+)?(?:end|ende|fin|fine|fim|конец)\s+(?:(?:of|de|du|del|della|do|da|des|von|la|the|il|o|der)\s+){{0,2}}"
    rf"(?:(?:{_PART_OF})\s*{_WHICH}?|{_WHICH}\s+(?:{_PART_OF}|teils|parte)|(?:erst|zweit|dritt|viert)en\s+(?:teils|kapitels)|"
    rf"{_WHICH})(?:\s+of\s+\w+)?",
    re.I,
)
_TITLED = re.compile(r"(?:the )?end (?:of )?")


def apply(draft: Draft) -> Draft:
    """Mark endings, and state whether the work is complete where the last of them says so."""
    nodes = list(draft.nodes)
    said: dict[int, tuple[bool, Node]] = {}  # the last ending of each story in the text
    story = 0
    titles = [str(fact.value).lower() for fact in draft.facts.get("title", ())]
    for index, node in enumerate(nodes):
        if node.kind or len(node.text) > 100:
            story += node.page and node.detail == STORY
            continue
        text = node.text
        if text[:1] in _LETTERS and (text[:2].lower() not in _PAIRS or not text[:12].lower().startswith(_BEGINS)):
            continue
        core = _core(node.text)
        if not core:
            continue
        complete = _says(core)
        if complete is None and not _ends_part(core):
            if not any(_ends_titled(core, title) for title in titles):
                continue
            complete = True
        elif not _stands_alone(nodes, index, core):
            continue
        nodes[index] = node._replace(kind="end")
        if complete is not None:
            said[story] = complete, node
    facts = draft.facts
    for complete, node in said.values():
        facts = add_fact(facts, "complete", Fact(complete, spans=node.spans))
    if not story and len({fact.value for fact in facts.get("complete", ())}) > 1:
        # the header says one thing, the ending another
        facts = {name: known for name, known in facts.items() if name != "complete"}
    return draft._replace(nodes=tuple(nodes), facts=facts)


def is_ending(text: str, titles: Iterable[str] = ()) -> bool:
    """Whether a line says that a story (perhaps by one of its titles, in small letters) or a part of it ends, looking
    at the line alone."""
    core = _core(text) if len(text) <= 100 and text[:1] not in _QUOTES else ""
    if not core:
        return False
    return _says(core) is not None or _ends_part(core) or any(_ends_titled(core, title) for title in titles)


def begins_as_ending(text: str) -> bool:
    """Whether the first words of a line say that a story ends, whatever is behind them: `To be continued... soon!`"""
    return is_ending(_FIRST_WORDS.split(text, maxsplit=1)[0])


def _core(text: str) -> str:
    """The words of a line without its ornament, in small letters; "" where it begins as no ending does."""
    core = plain(text).strip(_DECOR)
    if not core or core[0].lower() not in _FIRST:
        return ""
    if core[-1] in "3)DP^(♥xo":
        core = _FACE.sub("", core).rstrip(_DECOR)
    words = core.lower().translate(_WITHIN).split()
    if len(words) > 1 and all(len(word) == 1 for word in words):
        return "".join(words)  # T H E  E N D
    return " ".join(words)


def _says(core: str) -> bool | None:
    if core in _FINISHED or _ASKS.match(core):
        return True
    if _GOES_ON.fullmatch(core):
        return False
    return None


def _ends_part(core: str) -> bool:
    """`End of part 1`, what only plays at ending (`The End... or is it?`), and what says that there is more."""
    return any(words.fullmatch(core) for words in (_PART, _OPEN, _MORE))


def _ends_titled(core: str, title: str) -> bool:
    """`End of The Ford`, `End The Ford by Ann: ann@…`: the story's own title, and whose it is."""
    found = _TITLED.match(core)
    if found is None:
        return False
    rest = core[found.end() :].lstrip("\"'“”«„*_ ")
    behind = rest.removeprefix(title).lstrip("\"'“”»*_.!? ")
    return bool(title) and rest.startswith(title) and (not behind or behind.startswith(("by ", "(by ")))


def _stands_alone(nodes: list[Node], index: int, core: str) -> bool:
    """Sure words need a line of their own; short ones (`Fin`, `End`) also stand last, or in ornament."""
    node = nodes[index]
    if node.text[0] in _QUOTES or node.text.endswith(('"', "”", ",")):
        return False
    capitals = node.text.isupper() and len(core) > 3
    is_said = core in _ALSO_WORDS and not capitals and node.text[0].isalpha() and node.text[-1] in ".?!"
    if is_said and (core != "end" or _told_below(nodes, index)):
        return False  # `Fine.` is said as often as not
    if node.gap == 0 and index and not nodes[index - 1].kind and nodes[index - 1].text[-1:] not in '.!?…"”“«’*)~':
        return False
    if core in _SURE or _ASKS.match(core) or core.startswith(("end of ", "end part", "end chapter", "continued in")):
        return True
    if core not in _ALSO_SAID and _GOES_ON.fullmatch(core):
        return True
    adorned = (not node.text[0].isalnum() and not node.text[-1].isalnum()) or _is_set_apart(nodes, index)
    told = _told_below(nodes, index)
    return adorned or told == 0 or (_PART.fullmatch(core) is not None and told < _FAR - 2)


def _is_set_apart(nodes: list[Node], index: int) -> bool:
    """Whether a line of a page is centred between lines that are not."""
    beside = [nodes[place] for place in (index - 1, index + 1) if 0 <= place < len(nodes)]
    return nodes[index].hint == "center" and all(node.hint != "center" or node.kind == "break" for node in beside)


def _told_below(nodes: list[Node], index: int) -> int:
    """How many paragraphs of a story stand below a line, up to the next heading, header or label of a note; none where
    they are few and the author's."""
    told: list[str] = []
    near = nodes[index + 1 : index + _FAR]
    for later in near:
        if later.kind in ("heading", "fact") or later.page or is_labelled(later.text):
            break
        if not later.kind and len(later.text) > 60:
            told.append(later.text)
    else:
        if len(near) == _FAR - 1:
            return len(told)
    if (
        len(told) <= _FEW
        and any(speaks_after_the_end(text) or strength(text).strong for text in told)
        and not any(map(is_heard, told))
    ):
        return 0
    return len(told)
