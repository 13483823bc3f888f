"""What the subject of a post to a list says: `[lamps] REPOST: FIC: The Lamp (2/7) by Ann, PG-13`.

Tags, the list's name, marks of a reply, the title, the part, the author and the rating, in whatever order, however the
sender put them; and the key by which the parts of one story know each other, though the spelling of it wanders.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ficshelf import names

LONGEST = 400  # characters of a subject; a longer one nobody typed
FIC, REPOST, CORRECTED, REPLY, FORWARD, TALK, ADULT, DIGEST = (
    "fic", "repost", "corrected", "reply", "forward", "talk", "adult", "digest",
)  # fmt: skip
_SAYS = {
    FIC: "fic fics fanfic fanfics fanfiction fan-fic ficlet fiction story stories ff ffic xfc drabble drabbles "
    "vignette vig snippet new newfic newstory wip update updated sequel response slash gen fluff crossover xover "
    "chapter part oneshot one-shot slashfic femslash hc angst poem poetry filk teaser fill",
    REPOST: "repost reposted re-post reposting re-posted re-posting resend resent resending",
    CORRECTED: "corrected correction corrections revised revision rewrite rewritten fixed edited corr",
    ADULT: "adult nc17 nc-17 xxx smut lemon lime",
    TALK: "ot o/t off-topic offtopic admin adm administrivia announcement announcements announce chat discuss "
    "discussion disc question questions query review reviews rec recs recommendation recommendations poll "
    "survey intro introduction challenge challenges meta news site website webpage url ad tan bday birthday mod "
    "moderator modly listmom list-mom listowner help request requests search lf wanted test welcome faq rules reminder "
    "nominations awards award voting vote art fanart pic pics icons vid vids link links unsubscribe subscribe "
    "warning spam virus hoax beta lfb spoiler spoilers essay rant thoughts thanks rpg roll-call "
    "rollcall petition joke humor commentary note contest",
    DIGEST: "digest",
    REPLY: "feedback fb fdbk lob loc comments",
}
_TAGS = {word: tag for tag, said in _SAYS.items() for word in said.split()}
_REPLY = re.compile(
    r"(?:(?P<re>re|aw|antw|sv|ant|odp|rif|ris|ynt|r)|(?P<fw>fwd?|wg|tr|rv|vs|enc|i))(?:\[\d{1,3}\]|\^\d{1,3}|\(\d{1,3}\))?"
    r"\s*:\s*|(?P<bracket>\[fwd?:)\s*",
    re.I,
)
_BRACKET = re.compile(r"\[([^\[\]]{1,60})\]\s*[:-]?\s*|\{([^{}]{1,60})\}\s*[:-]?\s*")
_TAG_LINE = re.compile(
    r"(?P<said>[^\s:\[\](]{1,24}(?:[ /,+&-]{1,3}[^\s:\[\](]{1,24}){0,3}?)\s*(?::+|\s-{1,2}\s|--|\s~\s|!+\s)\s*+"
    r"(?!of\b|in\b|from\b)"
)
_BARE_TAG = re.compile(r"(?:FIC|REPOST|FANFIC|NEW FIC|NEW STORY|FICLET|DRABBLE)\s+(?=\S)")
_LIST_NAME = re.compile(  # a list's name without brackets, as majordomo put it there: `SLAYERFIC: The Lamp`
    r"(?!(?:paci|terri|traf|speci|horri|proli|magni|scienti|beati|honori)fic\b)[\w-]{2,20}(?:fics?|fanfic|-l|-list)\s?:\s+(?=\S)",
    re.I,
)
_RATING = r"(?:rated\s*:?\s*)?(?P<rating>NC-?17|PG-?1[35]|PG|FR[A-Z]{1,2}\d{0,2}|FR\d\d|[GRMTK]|K\+|MA|X|XXX|ADULT)"
_RATED = re.compile(rf"(?:[\s,;:-]*[\[(]\s*{_RATING}\s*[\])]|[\s]*[,;–—-]\s*{_RATING.replace('rating', 'after')}|"
                    r"\s+(?P<bare>NC-?17|PG-?1[35]|PG|(?<=[\])]\s)R|ADULT))\s*$")  # fmt: skip
_OF = r"(?:/|\\|\bof\b|\bout\s+of\b|\bvon\b|\bde\b|\bsur\b)"
_COUNT = (
    rf"(?P<n>\d{{1,3}})(?P<s>[a-zA-Z]?)(?:\s?[-+&]\s?\d{{1,3}}[a-z]?)?\s*{_OF}\s*"
    r"(?P<of>\d{1,3}[a-z]?|\?+|[xXnN]\b|\*+|\btba\b|#)"
)
_COUNTED = re.compile(
    rf"[\s,:;~–—-]*[\[({{]?\s*(?:(?:part|parts|pt|pts|chapter|chap|ch|section|episode|ep)s?\.?\s*)?{_COUNT}\s*[\])}}]?",
    re.I,
)
_NUMBERS = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty"
)
_WORTH = {word: value for value, word in enumerate(_NUMBERS.split("|"))}
_UNIT = (
    r"(?:parts?|pts?|chapters?|chap|chp|ch|section|episode|epi?|installment|instalment|teil|kapitel|partie|chapitre)"
)
_NAMED = re.compile(
    rf"(?:^|[\s,:;(\[~–—-]+)(?<![^\W_])(?:{_UNIT}\.?\s*#?\s*(?P<n>\d{{1,3}}|[ivxl]{{1,6}}|{_NUMBERS})(?P<s>[a-z]?)|"
    rf"(?P<name>prologue|epilogue|interlude|conclusion))\b(?:\s*{_OF}\s*(?P<of>\d{{1,3}}|\?+|x\b))?\s*[\])]?",
    re.I,
)
_LAST_NUMBER = re.compile(r"[\s,:;#~–—-]+(?P<n>\d{1,2})(?P<s>[a-z]?)\s*(?:\(\?\)|\?+)?$")
_BY = re.compile(r"^(?P<title>.{1,120})[\s,–—-]+by\s+(?P<name>[^\s,;:()\[\]][^,;:()\[\]]{1,40})\s*$", re.I)
_NO_NAME = frozenset(
    ("the", "a", "an", "my", "his", "her", "its", "our", "their", "your", "this", "that", "these", "those", "all",
     "night", "day", "request", "popular", "who", "which", "far", "then", "now", "me", "him",
     "you", "us", "it", "them", "myself", "himself", "herself")
)  # fmt: skip
_FOOT = re.compile(r"[\s,;:–—-]*[\[({](?P<said>[^\[\](){}]{1,60})[\])}]\s*$")
_OF_TITLE = re.compile(
    r"(?:and|or|but|nor|with|without|in|as|the|an?|part of|not)\s"
)  # `Tuesdays (and Other Weekdays)`
_TAIL = re.compile(
    r"[\s,;:–—-]+(?P<said>repost(?:ed)?|re-post(?:ed)?|corrected|revised|resend|resent|complete|completed|finished|wip|new|fixed)\s*[!.]*$",
    re.I,
)
_SIGNS = " \t,;:.~*_=|–—-"


class Subject(NamedTuple):
    """What a subject says. `key` is its title folded, without blanks; `number` and `suffix` its part ("1a"), `of` how
    many there are to be ("7", "?" or ""); `tags` are of FIC … DIGEST; `place` is a name for a part without number."""

    title: str = ""
    key: str = ""
    number: int | None = None
    suffix: str = ""
    of: str = ""
    place: str = ""
    author: str = ""
    rating: str = ""
    tags: frozenset[str] = frozenset()

    @property
    def part(self) -> str:
        """The part as a fact states it: "2/5", "3", "epilogue"; "" where none is named."""
        if self.number is None:
            return self.place
        return f"{self.number}{self.suffix}" + (f"/{self.of}" if self.of else "")


@lru_cache(maxsize=4096)
def parse(subject: str) -> Subject:
    """Read a subject."""
    said = " ".join(subject[:LONGEST].split())
    said, tags = _opened(said)
    if (found := _LEADING.match(said)) and len(said) > found.end():
        said = f"{said[found.end() :].lstrip(_SIGNS)} ({found['n']}{found['s']}/{found['of']})"
    number: int | None = None
    suffix = of = place = rating = author = ""
    for _ in range(8):  # whatever stands behind the title, in whatever order
        before = said
        if (rated := _RATED.search(said)) and rated.start():
            rating = rating or next(filter(None, (rated["rating"], rated["after"], rated["bare"])))
            said = said[: rated.start()]
        elif number is None and not place and (counted := _last(_COUNTED, said)) and _may_part(counted, said):
            number, suffix, of = int(counted["n"]), counted["s"].lower(), counted["of"]
            said, tags = _without(said, counted, tags)
        elif (
            (foot := _FOOT.search(said))
            and foot.start()
            and not _NAMED.match(foot["said"])
            and not _OF_TITLE.match(foot["said"])
            and (told := _tags_of(foot["said"], lax=True)) is not None
        ):
            tags |= told
            said = said[: foot.start()]
        elif (tail := _TAIL.search(said)) and tail.start():
            tags |= _tags_of(tail["said"]) or frozenset()
            said = said[: tail.start()]
        elif not author and (by := _BY.match(said)) and _is_name(by["name"], by["title"]):
            said, author = by["title"], by["name"].strip(_SIGNS)
        said = said.rstrip(_SIGNS.replace(".", "").replace("*", "").replace("_", ""))
        if said == before:
            break
    if number is None and not place and (named := _NAMED.search(said)) and (named.start() or len(said) > named.end()):
        if named["name"]:
            place = named["name"].lower() if named.end() == len(said) and named.start() else ""
        else:
            number, suffix, of = _value(named["n"]), named["s"].lower(), named["of"] or ""
        if number is not None or place:
            said = said[: named.start()] if named.start() else said[named.end() :]
    if number is None and not place and tags & {FIC, REPOST, CORRECTED} and (last := _LAST_NUMBER.search(said)):
        number, suffix, said = int(last["n"]), last["s"], said[: last.start()]
    if of and not of.isdigit():
        of = re.sub(r"[a-z]$", "", of.lower()) if of[0].isdigit() else "?"
    title = said.strip(" \t,;:~=|–—-").strip('"“”') or ""
    return Subject(title, key_of(title), number, suffix, of, place, author, rating.upper(), tags)


_LEADING = re.compile(rf"[\[(]?\s*(?:(?:part|chapter|ch|pt)\.?\s*)?{_COUNT}\s*[\])]?[\s:–—-]+(?=\w)", re.I)


def key_of(title: str) -> str:
    """What titles are compared by: letters and digits without article, marks and blanks."""
    folded = re.sub(r"^(?:the|an?|la|le|les|der|die|das|el) (?=\w)", "", names.match(title))
    return folded.replace(" ", "")


def _opened(said: str) -> tuple[str, frozenset[str]]:
    """A subject without what stands before its title, and the tags that stood there."""
    tags: frozenset[str] = frozenset()
    for _ in range(12):
        if found := _REPLY.match(said):
            tags |= {REPLY if found["re"] else FORWARD}
        elif found := _BRACKET.match(said):
            inner = found[1] or found[2]
            if _COUNTED.fullmatch(inner) or found.end() == len(said):
                break
            tags |= _tags_of(inner, lax=True) or frozenset()
        elif (found := _TAG_LINE.match(said)) and (told := _tags_of(found["said"])) is not None:
            tags |= told
        elif (found := _BARE_TAG.match(said)) and not said.isupper():
            tags |= _tags_of(found[0]) or frozenset()
        elif not (found := _LIST_NAME.match(said)):
            break
        if found.end() == len(said):
            break
        said = said[found.end() :]
    return said, tags


def _tags_of(said: str, lax: bool = False) -> frozenset[str] | None:
    """The tags that a few words are; None where they are no tags. A word beside a tag may be a code of a fandom or of a
    pairing; with `lax` (in brackets) the words need be nothing but short."""
    words = re.split(r"[\s,+&!]+|(?<=\w)[/.](?=\w{3})", said.strip().strip(_SIGNS))
    found: set[str] = set()
    for word in filter(None, words):
        tag = _TAGS.get(word.lower().strip(":.-'\"*_~"))
        if tag:
            found.add(tag)
        elif not lax and not (len(word) <= 5 and (word.isupper() or "/" in word) and not word[0].isdigit()):
            return None
    if {TALK, FIC} <= found and re.search(r"\b(?:fic|story|response|fanfic|ficlet|drabble)\b", said, re.I):
        found.discard(TALK)  # an answer to a challenge is a story
    if not found and lax:
        return frozenset() if len(words) <= 6 else None
    return frozenset(found) if found else None


def _last(pattern: re.Pattern[str], said: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(said):  # noqa: B007
        pass
    return found


def _may_part(counted: re.Match[str], said: str) -> bool:
    """Whether a count is a part, and no date or fraction within a title."""
    if not counted.start():
        return False
    if counted["of"].isdigit() and int(counted["n"]) > int(counted["of"]) and counted["of"] != "0":
        return False
    is_marked = any(sign in "([{" for sign in counted[0]) or re.search(r"p(?:ar)?ts?|ch", counted[0], re.I) is not None
    return (
        is_marked
        or not re.match(r"\s*\w", said[counted.end() :])
        or bool(re.match(r"\s+by\b", said[counted.end() :], re.I))
    )


def _without(said: str, found: re.Match[str], tags: frozenset[str]) -> tuple[str, frozenset[str]]:
    """A subject without its part: what stands behind it is put behind what stands before, or names the part."""
    before, after = said[: found.start()], said[found.end() :].strip()
    if not after:
        return before, tags
    told = _tags_of(after.strip(" ()[]{}"), lax=False)
    if told is not None:
        return before, tags | told
    if re.match(r"by\s|[\[(]|-?\s*(?:NC-?17|PG|R\b)|[,;]", after, re.I):
        return f"{before} {after}", tags
    return before, tags


def _is_name(name: str, title: str) -> bool:
    first = name.split()[0].lower()
    if title.lower() in ("the", "a", "an", "fic", "new"):
        return False
    return first not in _NO_NAME and len(name.split()) <= 5 and title.lower().split()[-1:] != name.lower().split()[:1]


def _value(written: str) -> int | None:
    small = written.lower()
    if small.isdigit():
        return int(small)
    if small in _WORTH:
        return _WORTH[small]
    worth = {"i": 1, "v": 5, "x": 10, "l": 50}
    total = 0
    for here, after in zip(small, small[1:] + " ", strict=True):
        total += -worth[here] if worth.get(after, 0) > worth[here] else worth[here]
    return total or None
