"""The titles behind chapters' numbers: where one ends a heading, and where what follows the number is a sentence."""

from __future__ import annotations

import re
import unicodedata

DECOR = "-–—~*=_#<>[]{}|:+•·♥★☆° \t\xa0/\\^«»【】『』「」❝❞《》〈〉⋆✦✧"
LOWER = re.compile(r"[a-zà-öø-ÿ]")
_SEPARATED = re.compile(r"\s*(?:[:.\-–—~|,;*=/)\]>»•]+|\s)\s*(?P<title>\S.*)", re.S)
_STRESSED = re.compile(r"\s+([_*/])(?=\w)(?P<word>[^_*/\n]{1,40})(?<=\w)\1(?=\s\w)")  # `Part four _of_ the treaty`
SMALL = frozenset(
    ("a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "is", "nor", "of", "off", "on", "or",
     "out", "over", "so", "the", "to", "up", "with", "vs", "you", "me", "my", "her", "his", "it", "its", "der",
     "die", "das", "und", "le", "la", "les", "de", "du", "des", "el", "los", "las", "y", "il", "lo", "e", "o", "da",
     "do", "dos")
)  # fmt: skip
OLD_TITLE = re.compile(
    r"(?:in which|wherein|where(?:in)?|containing|concerning|being|showing|in dem|in welchem|où)\b", re.I
)
_LEADS = frozenset(
    ("back", "go", "on", "next", "previous", "read", "end", "continue", "see", "start", "begin", "of", "in")
)
_STATES = frozenset(  # in brackets behind the number: how far it is, and no title
    ("continued", "cont", "cont'd", "revised", "edited", "rewritten", "reposted", "repost", "new", "updated",
     "complete", "completed", "unbetaed", "unedited", "fixed", "draft", "final", "edit", "revision", "redone")
)  # fmt: skip
_LAST = frozenset(("and last", "and final"))  # `Part the Fourth and Last`
_SENTENCES = re.compile(r"[.!?…]['’\"”)]?\s")
_HOURS = re.compile(r"\d[:.]\d|^(?!(?:1[5-9]|20)\d\d$)\d")
_SHORTENED = re.compile(r"(?:\b\w\.\w|\b(?:jr|sr|etc|mr|mrs|ms|dr|st|no|inc|ltd|co|vs|pt|ch|vol|\w))\.$", re.I)
_PAIRS = (("(", ")"), ("“", "”"), ("„", "“"), ("„", "”"), ('"', '"'), ("[", "]"), ("'", "'"), ("‘", "’"))
_TAG = re.compile(
    r"</?(?:[biu]|em|strong|center|h\d|p|big|font)\b[^<>]{0,60}>|\[/?(?:[biu]|center|size|color)(?:=[^\[\]]{0,20})?\]",
    re.I,
)
_NOT_YET = re.compile(
    r"(?:is\s+)?(?:coming|soon|to come|up next|tba|tbd|to be continued|next (?:week|month))\b[\s\w]{0,20}[.!…]*", re.I
)

BEFORE_PART = re.compile(
    r"\s*(?:[-–—:,|~]\s*|\s+[(\[]\s?)(?=[^\W\d_])|\.\s+(?=[^\W\d_])|"
    r"\s+(?=(?:chapter|chap\.?|ch\.?|part|pt\.?|teil|kapitel|partie|chapitre|parte|capítulo|capitolo|часть|глава)"
    r"\s?[\w#])",
    re.I,
)
_BRACKETS = re.compile(r"\]\s{0,9}[|~•·*-]?\s{0,9}\[")
_FORWARD, _BACK = (">", "»", "→"), ("<", "«", "←")
_SIGNS = re.compile(r"^[^\w\s\"“”‘’'(\[¿¡«„]+")  # hearts, stars and flowers before a heading
_TELLS = frozenset(  # among words that tell
    ("i", "i'm", "i'll", "i've", "you", "he", "she", "we", "they", "was", "is", "are", "were", "had", "has", "said",
     "read", "wrote", "see", "reviews", "review", "chapters", "click")
)  # fmt: skip
_WHICH = frozenset(  # before the number of a part they only say which it is, and where to go
    ("back", "go", "on", "next", "previous", "end", "continue", "continued", "start", "begin", "new", "this", "that",
     "these", "another", "final", "last", "first", "updated", "revised", "tbc", "after", "before", "until", "since",
     "like", "fin", "ende", "fine", "fim", "note", "notes", "about", "links", "jump", "skip", "here", "now",
     "posted", "fic", "story", "re")
)  # fmt: skip
_NUMBER_AND_ASIDE = re.compile(r"\W*\w{1,12}\W*\([^()\n]{1,60}\)")
_MOST_WORDS = 9  # of a title before its part


def untagged(text: str) -> str:
    """A line without the markup that somebody typed around it: `<b>Chapter 6</b>`, `[b]Chapter 6[/b]`."""
    said = _TAG.sub("", text).strip() if text[:1] in ("<", "[") and _TAG.match(text) else text
    return said or text  # `[I]`, a number


_FANCY = re.compile("[\u1d00-\u1d7f\u0250-\u02af\ua730-\ua731\uff01-\uff5e\U0001d400-\U0001d7ff\u24b6-\u24e9]")
_SMALL_CAPITALS = str.maketrans("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz")


def plain(text: str) -> str:
    """A line without letters of other alphabets' shapes that were taken for their looks: `ᴄʜᴀᴘᴛᴇʀ`, `𝐂𝐡𝐚𝐩𝐭𝐞𝐫`."""
    if text.isascii() or not _FANCY.search(text):
        return text
    return unicodedata.normalize("NFKC", text).translate(_SMALL_CAPITALS)


def is_number_and_aside(text: str) -> bool:
    """Whether behind a word of headings stand but a number and an aside in brackets: ` 1 (Harbour Watch AU)`."""
    return _NUMBER_AND_ASIDE.fullmatch(text) is not None


def is_link(text: str) -> bool:
    """`<< Chapter 1 | Chapter 3 >>`, `Chapter 2 >>`: an arrow that leads away, and none that answers it."""
    if text[0] == "[" and _BRACKETS.search(text):
        return True  # `[ Part 2 ] [ Index ] [ Part 4 ]`
    back, forward = text.startswith(_BACK), text.endswith(_FORWARD) and not (text[-1] == "»" and "«" in text)
    return back != forward or (back and "|" in text)


def without_ornament(text: str) -> str:
    """The line without its ornaments: dashes, stars, hearts, `oOo`."""
    bare = text.strip(DECOR)
    if bare[:1] in "oOxX0":
        words = bare.split()
        if len(words) > 2 and not (words[0] + words[-1]).lower().strip("ox0"):
            bare = " ".join(words[1:-1]).strip(DECOR)
    if not bare or not bare[0].isalnum():
        bare = _SIGNS.sub("", bare).strip(DECOR + '()"“”')
    elif text[:1] == "(" and bare.endswith(")") and "(" not in bare:
        bare = bare[:-1].rstrip()
    return bare


def unspaced(text: str) -> str:
    """`C h a p t e r   O n e` → `Chapter One`: words stand two blanks apart."""
    return " ".join(re.sub(r"(?<=\w)\s(?=\w(?!\w))", "", word) for word in re.split(r"\s{2,}", text.strip()))


def title_after(rest: str) -> str | None:
    """The chapter's title behind its number: "" where there is none, None where what follows is a sentence."""
    if not rest.strip(DECOR + ".),(!\"“”'"):
        return ""
    rest = rest.rstrip().replace(",,", "„", 1)  # two commas typed for a low quotation mark
    if stressed := _STRESSED.match(rest):
        return title_after(f" {stressed['word']}{rest[stressed.end() :]}")
    if rest[:1].isalnum() or not (found := _SEPARATED.fullmatch(rest)):
        return None
    sign = rest.lstrip()[0]
    separated = not sign.isalnum() and sign not in "\"“„‘'(¿¡,"
    title = tidy(found["title"])
    if not title or (sign in "([" and title.lower().strip(".! ") in _STATES):
        return ""
    quoted = found["title"][0] + found["title"][-1] in ('""', "“”", "«»", "„“", "„”", "()")
    if _NOT_YET.fullmatch(title):
        return None
    if title.casefold() in _LAST:
        return ""
    words = title.split()
    if OLD_TITLE.match(title):
        return title if len(words) <= 40 else None
    if separated or (quoted and title[-1] not in ",."):
        runs_on = len(words) > 18 or (LOWER.match(title[0]) and re.search(r"[.!?]\s+\w", title))
        return None if runs_on else title
    if len(words) > 9 or title[-1] in ".,;:" or LOWER.match(title[0]):
        return None
    plain = sum(1 for word in words if LOWER.match(word[0]) and word.lower() not in SMALL)
    return title if plain == 0 else None


def names_a_story(title: str) -> bool:
    """Whether words right before `Chapter 6` are what a story is called: `THE LATE FERRY`, but not `Back to`."""
    words = title.split()
    return (
        len(words) > 1
        and words[-1].lower() not in SMALL
        and words[0].lower() not in _LEADS
        and (all(word[0].isupper() or word.lower() in SMALL for word in words))
    )


def is_before_part(title: str, behind_number: str | None, level: int, behind: str) -> bool:
    """Whether words right before a chapter's word and number are what a story is called: `The Last Colony Part 7`,
    `Long way down part 3`. No sentence that names a chapter ends with its number. `behind` begins with the word;
    `behind_number` is the title behind the number."""
    if level == 2 and behind[0] == "C" and names_a_story(title):
        return True
    words = title.lower().split()
    if not words or behind_number or behind[-1] in ".,;" or len(words) > _MOST_WORDS or not title[0].isupper():
        return False
    return words[0] not in _WHICH and words[-1] not in _WHICH | SMALL and _TELLS.isdisjoint(words)


def without_stop(title: str) -> str:
    """A chapter's title without the full stop at its end, which only closes the line; several sentences keep theirs."""
    if not title.endswith(".") or title.endswith("..") or _SENTENCES.search(title) or _SHORTENED.search(title):
        return title
    return title[:-1].rstrip()


def is_plain_title(title: str) -> bool:
    """Whether what follows `Day 5` is a title, and no entry of a diary and no hour; a year may be one."""
    said = title.removesuffix("...")
    words = len(title.split())
    if words > 8 or said.endswith((".", ",")) or _HOURS.search(said):
        return False
    if any(not _is_shortened(said, found.end()) for found in _SENTENCES.finditer(said)):
        return False
    return words <= 6 or "," not in said


def _is_shortened(said: str, behind: int) -> bool:
    """Whether a full stop and the blank behind it end but a shortened word: `St. Mary`, `No. 17`."""
    word = _SHORTENED.search(said[: behind - 1])
    return word is not None and (word[0].lower() != "no." or said[behind : behind + 1].isdigit())


def tidy(title: str) -> str:
    """A title without the signs and the quotation marks around it."""
    title = " ".join(title.split()).strip(DECOR).strip()
    for opening, closing in _PAIRS:
        if title[:1] == opening and title[-1:] == closing and opening not in title[1:-1] and closing not in title[1:-1]:
            title = title[1:-1].strip()
    if title.endswith(")") and "(" not in title:
        title = title[:-1].rstrip()
    return title
