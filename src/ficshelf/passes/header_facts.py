"""What header lines state, gathered as facts; what says nothing of the story is set apart."""

from __future__ import annotations

import re

from ficshelf import canon, ratings
from ficshelf.model import INFERRED, Chrome, Draft, Fact, Remark, Span
from ficshelf.passes import ffnet_row, headings, labelled_row, labels, rights, site_words
from ficshelf.passes.facts import add_fact, list_values
from ficshelf.passes.header_words import KINDS_OF_PAIRS, NO_PAIRS
from ficshelf.passes.label_lines import completeness
from ficshelf.passes.nodes import merge
from ficshelf.passes.title_lines import (
    ADDRESS,
    MAIL_TAG,
    PART,
    clean_name,
    is_rating,
    part_of_title,
    title_and_name,
)

_COUNTED = re.compile(r"(\d{1,4})\s*(?:/|of)\s*(\d{1,4}|\?)")
_CODES = re.compile(r"(?P<title>[^\n]{2,100}?)\s*[(\[](?P<codes>[^()\[\]\n]{1,60},[^()\[\]\n]{1,60})[)\]]")
_KIND = re.compile(r"\s*[(\[]\s*(?P<kind>[^\W\d_][\w/-]{2,11})\s*[)\]]\s*$")  # `The Ford (gen)`
_RATED_SO = re.compile(r"\s[(\[]\s?(?P<rating>[A-Z]{1,4}-?(?:1\d|\+)?)\s?[)\]]$")  # `The Ford (PG-13)`
_BESIDE_NAME = re.compile(r"\s{2,}(?=\d)")  # what stands beside a name in a row: `Ann    14/02/2012    6 reviews`
_RATED = re.compile(r"rated:?\s+", re.I)
_NOTHING = frozenset(
    ("none", "no", "keine", "keiner", "aucun", "aucune", "ninguno", "ninguna", "nessuno", "nessuna", "нет")
)
_LONGEST_TITLE = 100  # characters of a title that is a sentence
_SENTENCE_ENDS = ".!?…"
_LONGEST_CODED = 300  # characters of a title with codes behind it
_LONGEST_CODES = 80  # characters of a line of such codes
_LONGEST_RATING = 24  # characters of a rating; what is longer may be a sentence
_LONGEST_CODE = 6  # characters of a rating among them
_REASON = re.compile(  # `PG. Somebody swears.`, `PG - a bit of language`
    r"(?P<rating>[^\s.!][^.!\n]{0,19}?)(?:[.!]\s+(?=[\"“A-Z])|\s+(?:-{1,3}|[–—])\s+(?=[a-zà-ÿ])(?!(?:for|due|because|f[uü]r|pour|"
    r"por|per)\b))(?P<said>[^\n]*\s[^\n]*)",
    re.S,
)
_SAID_SO = re.compile(  # `This story carries a rating of "PG-13."`, `THIS IS NC-17 RATED`
    r"\brat(?:ed|ing\s+(?:of|is))\s+(?:an?\s+)?[\"“'‘]?(?P<rating>PG(?:-?1\d)?|NC-?17|FR\w{1,3}|[GR](?![\w'’-]))(?![\w+]|-\d)"
)
_RATED_CLASS = re.compile(r"(?:G|PG(?:-?1\d)?|NC-?17|K\+?|[+-]1\d|1\d\s?\+)\.?")  # single letters say what a story is
_ASIDE = re.compile(r"\([^()@\n]{3,120}\)")  # `(A sequel to "The Ford")`
_WELCOME = re.compile(
    r"\b(?:welcomed?|please|appreciated|adored|loved|cherished|feedback|flames?|craved|wanted|feed|yes|to me|send|"
    r"criticism|always|bitte|gerne|willkommen|bienvenu\w*)\b|@|\(at\)",
    re.I,
)


def _by_value(name: str, value: str) -> str:
    """What one value of a list states: what `Category` and `Codes` name may be a pairing or a fandom as well, and
    slash and gen are no genres."""
    low = value.lower()
    if name == "category" and _RATED_CLASS.fullmatch(value):
        return "rating"  # `Classification : PG-13.`
    if name == "genre":
        return "category" if low in KINDS_OF_PAIRS else name
    if name not in ("category", "tag") or low in NO_PAIRS or len(value) > 60:
        return name
    if len(value) > 3 and canon.titled(value):
        return "fandom"
    if low in canon.by_code() and ("/" in low or name == "category"):
        return "relationship"
    both = low.split("/") if "/" in low else []
    return "relationship" if len(both) > 1 and all(one.strip() in canon.by_name() for one in both) else name


def _is_mails(layer: str, span: Span) -> bool:
    """Whether a line of a mail's header says who sent it, or what it is about."""
    return layer[span.start : span.start + 8].lower().startswith(("from:", "subject:"))


class Gathered:
    """The nodes of a draft while its headers are read, with what they have stated so far."""

    def __init__(self, draft: Draft) -> None:
        self.layer = draft.text
        self.path = draft.path
        self.called = " ".join(
            answer.value for asked in draft.questions for answer in asked.answers
        )  # in the page's title
        self.nodes = list(draft.nodes)
        self.facts = draft.facts
        self.chrome: list[Chrome] = []
        self.remarks: list[Remark] = []
        self.titled = False  # whether a label names the title of the header at hand
        self.label_title = ""  # what that label says
        self.of_chapter = False  # whether its labels are those that chapters have as well, and no others
        self.authored = False  # whether one names its author
        self.is_ao3 = False  # whether its labels are the Archive of Our Own's
        self.names_fandom = False  # whether one names its fandom
        self.reached: list[Span] = []  # lines that say how to write to the author
        self.silent: list[Span] = []  # lines that state nothing: counts, labels that nobody knows

    def states(self, name: str) -> bool:
        """Whether such a fact is stated so far; a guess does not count."""
        return any(fact.how != INFERRED for fact in self.facts.get(name, ()))

    def take(self, names: tuple[str, ...], value: str, spans: tuple[Span, ...]) -> None:
        """Make facts of one labelled value; a line may hold several labels."""
        apart = ""
        known = self.facts
        if value.endswith("|"):  # cells of a table: `Author: | Ann |`
            value = value.strip("| ")
        if names == ("rating",) and ffnet_row.is_row(f"Rated: {value}"):
            for name, said in ffnet_row.facts_of(f"Rated: {value}"):
                self.add(name, said, spans)
            return
        for part_names, part in labelled_row.parts(names, value):
            name = part_names[0]
            if name == "address":
                self.reached += spans
                apart = "e-mail address"
            elif name == "aside" or (name == "challenge" and part.strip(" .-").lower() in _NOTHING):
                apart = "header line"
            elif name == "chapters" and (counted := _COUNTED.search(part)):
                self.add("complete", counted[1] == counted[2], spans)  # `3/3` is all of them, `3/?` is not
            elif name == "chapters" or (name in ("feedback", "comments") and part.isdecimal()):
                apart = "count"
            elif not any(map(str.isalnum, part)):  # nothing, or an ornament
                apart = apart or "empty label"
            else:
                self._state(part_names, part, spans)
        if apart and self.facts is known:
            self.chrome += [Chrome(span, apart) for span in spans]
            self.silent += () if apart == "e-mail address" else spans
        elif apart:
            self.reached = [span for span in self.reached if span not in spans]

    def settle_silent(self) -> None:
        """Header lines that state nothing are held by what the header states: those that say how to write to the author
        by the author, counts and labels that nobody knows by the title, or by the author where no title is stated.
        Their words are no value of it."""
        if not self.reached and not self.silent:
            return
        keeper = "title" if self.states("title") or not self.states("author") else "author"
        for name, spans in (("author", self.reached), (keeper, self.silent)):
            facts = self.facts.get(name, ())
            stated = [
                place
                for place, fact in enumerate(facts)
                if fact.how != INFERRED and not all(_is_mails(self.layer, span) for span in fact.spans)
            ]
            if spans and stated:
                fact = facts[stated[-1]]
                held = fact._replace(spans=merge(self.layer, [*fact.spans, *spans]))
                self.facts = {**self.facts, name: (*facts[: stated[-1]], held, *facts[stated[-1] + 1 :])}
                self.chrome = [one for one in self.chrome if one.span not in spans]
        self.reached, self.silent = [], []

    def _state(self, names: tuple[str, ...], value: str, spans: tuple[Span, ...]) -> None:
        name = names[0]
        if name == "title":
            self._state_title(value, spans)
        elif name == "author" and (found := ADDRESS.search(value)):
            self.add("author", value[: found.start()].strip(" <([,;-–|") or value.split("@")[0], spans)
        elif name == "author":
            value = _BESIDE_NAME.split(value, maxsplit=1)[0]
            self.add("author", clean_name(value) or value, spans)
        elif {"relationship", "character"} <= set(names):
            for one in list_values(value):
                self.add("relationship" if "/" in one or " & " in one else "character", one, spans)
        elif name == "rating":
            if (told := _REASON.fullmatch(value)) and ratings.scale(told["rating"]) != ratings.UNRATED:
                value = told["rating"]
                self.add("note", told["said"], spans)
            if len(value) > _LONGEST_RATING and (found := _SAID_SO.search(value[:_LONGEST_CODED])):
                value = found["rating"]
            if value.endswith(".") and value.count(".") == 1 and ratings.scale(value[:-1]) != ratings.UNRATED:
                value = value[:-1] if " " not in value else value  # `PG.`, but `PG for language.`
            self.add("rating", value, spans)
            if ratings.is_mixed(value):
                self.remarks.append(Remark("rating-mixed", f"“{value[:80]}”: the strictest counts.", 0, spans[0]))
        elif name == "status":
            self.add("status", value, spans)
            complete = completeness(value)
            if complete is not None:
                self.add("complete", complete, spans)
        elif name == "unfinished":
            self.add("status", value, spans)
            denied = value.lower().startswith(("no", "complete", "finished"))
            self.add("complete", denied, spans)
        elif name == "name":
            self._state(("author" if self.titled or "title" in self.facts else "title",), value, spans)
        elif name == "warning" and rights.disclaims(value):  # `Avertissement`, `Aviso`
            self.add("disclaimer", value, spans)
        elif name == "comments":
            self.add("feedback" if _WELCOME.search(value) else "note", value, spans)
        elif name == "archived":
            self.add("archive", value, spans)
        elif name == "challenge":
            self.add("note", value, spans)
        elif name == "content" and not any(map(str.isalpha, value)):
            self.chrome += [Chrome(span, "contents") for span in spans]
        elif name == "content":
            self._state(
                ("rating" if len(value) < 30 and ratings.scale(value) != ratings.UNRATED else "warning",), value, spans
            )
        elif name == "series" and not self.names_fandom and not self.states("fandom") and canon.titled(value):
            self.add("fandom", value, spans)
        elif name in labels.MULTIPLE:
            for one in list_values(value):
                self.add(_by_value(name, one), one, spans)
        else:
            self.add(name, value, spans)

    def _state_title(self, value: str, spans: tuple[Span, ...]) -> None:
        if len(value) > _LONGEST_TITLE and value[-1] in _SENTENCE_ENDS:
            self.add("summary", value, spans)  # `Story: Peg loses a wager, and has to find …`
            return
        title = MAIL_TAG.sub("", value).strip()
        if (parted := title_and_name(title)) and PART.search(parted["title"]):
            title = parted["title"]
            self.add("author", parted["name"].strip(), spans)
        title, part = part_of_title(title)
        if part:
            self.add("part", part, spans)
        title = self.without_codes(title, spans)
        if parted_title := headings.at_end_of_title(title):
            title = parted_title[0]
            if not part and parted_title[1].number is not None:
                self.add("part", str(parted_title[1].number), spans)
        title = title.strip().strip("*_~").strip()
        if len(title) > 1 and title[0] + title[-1] in ('""', "“”", "«»", "[]"):
            title = title[1:-1].strip()
        if title:
            self.add("title", title, spans)

    def without_codes(self, title: str, spans: tuple[Span, ...]) -> str:
        """A title without the codes behind it, as journals' subjects have them: `Low Ground (Due South, F/K, PG)`."""
        title, stated = without_codes(title)
        for name, piece in stated:
            self.add(name, piece, spans)
        return title

    def state_ratings_line(self, index: int) -> int:
        """State a line that is but a rating (`PG for broken china`), or codes with a rating among them
        (`Fraser/Kowalski, PG`); the index below it."""
        if index >= len(self.nodes) or (node := self.nodes[index]).kind:
            return index
        said = _RATED.sub("", node.text.strip("()[] "))
        stated = [("rating", said)] if is_rating(said) else []
        if not stated and "," in node.text[:_LONGEST_CODES] and len(node.text) <= _LONGEST_CODES:
            codes = _codes(node.text)
            stated = codes if "rating" in dict(codes) and len(codes) > node.text.count(",") else []
        if not stated:
            return index
        for name, said in stated:
            self.add(name, said, node.spans)
        self.nodes[index] = node._replace(kind="fact")
        return index + 1

    def add(self, name: str, value: str | bool, spans: tuple[Span, ...]) -> None:
        self.facts = add_fact(self.facts, name, Fact(value, spans=spans))

    def add_line(self, index: int, name: str, value: str | None = None) -> None:
        """State what one line says; all of it, unless its value is given."""
        node = self.nodes[index]
        self.add(name, node.text if value is None else value, node.spans)
        self.nodes[index] = node._replace(kind="fact")

    def set_apart(self, index: int, reason: str) -> None:
        node = self.nodes[index]
        self.nodes[index] = node._replace(kind="chrome")
        self.chrome += [Chrome(span, reason) for span in node.spans if span.end > span.start]
        is_authors = reason == "subtitle" or (reason == "above the header" and _ASIDE.fullmatch(node.text) is not None)
        if is_authors and site_words.sureness(node.text) < site_words.Sure.AT_EDGES:
            self.silent += node.spans  # it is the header's, too, though it states nothing


def without_codes(title: str) -> tuple[str, list[tuple[str, str]]]:
    """A title parted from the codes behind it (`Low Ground (Due South, F/K, PG)`), and the facts that these state."""
    if len(title) > _LONGEST_CODED or title[-1:] not in ")]":
        return title, []
    if (kind := _KIND.search(title)) and kind["kind"].lower() in KINDS_OF_PAIRS:
        return title[: kind.start()], [("category", kind["kind"])]
    if (rated := _RATED_SO.search(title)) and ratings.scale(rated["rating"]) != ratings.UNRATED:
        return title[: rated.start()].rstrip(), [("rating", rated["rating"])]
    found = _CODES.fullmatch(title)
    stated = _codes(found["codes"]) if found else []
    if found is None or not {"rating", "relationship"} & {name for name, _ in stated}:
        return title, []
    return found["title"], stated


def _codes(text: str) -> list[tuple[str, str]]:
    """The facts that short words between commas state by themselves: a rating, a pairing, a fandom."""
    stated: list[tuple[str, str]] = []
    for piece in map(str.strip, text.split(",")):
        if len(piece) <= _LONGEST_CODE and all(ratings.scale(one) != ratings.UNRATED for one in piece.split("/")):
            stated.append(("rating", piece))
        elif "/" in piece and piece.lower() not in NO_PAIRS:
            pair, _, kind = piece.rpartition(" ")  # `Frodo/Sam gen`
            is_kind = "/" in pair and kind.lower() in KINDS_OF_PAIRS
            stated += [("relationship", pair), ("category", kind)] if is_kind else [("relationship", piece)]
        elif canon.titled(piece):
            stated.append(("fandom", piece))
    return stated
