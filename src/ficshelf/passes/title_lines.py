"""Title lines and by-lines: `Name (2/5) by A`, `by A`, a mail's subject and sender."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficshelf import subjects
from ficshelf.model import Fact, Facts, Node, Span
from ficshelf.passes import headings
from ficshelf.passes.facts import add_fact
from ficshelf.passes.remembered import remembered

_KIND = (  # what a story is: `a Sentinel story by X`, `A play in two acts by X`
    r"(?:story|stories|fic|fics|fan-?fic(?:tion)?|tale|play|drabble|vignette|song-?fic|romance|parody|novel|novella|saga|"
    r"one-?shot|ficlet|script|crossover|adventure|comedy|poem|x-over|series|episode|romp)"
)
_BY_WORDS = (
    r"(?:written|penned|story|fic|fanfic(?:tion)?|text)\s+by|"
    rf"an?\s+(?:[^\s\n]{{1,30}}\s+){{0,5}}?{_KIND}\s+(?:in\s+[^\s\n]{{1,20}}\s+\w{{1,20}}\s+)?by|"
    r"by|thread starter|von|par|por|de|di|da|van|av|od|от|автор|"
    r"(?:écrite?|rédigée?|une\s+(?:\w{1,20}\s+)?(?:fic|histoire|fanfiction))\s+(?:par|de)|"
    r"(?:escrit[oa]|publicad[oa]|postad[oa])\s+por|scritt[oa]\s+da|написал[аи]?|geschreven\s+door|skriven\s+av|"
    r"(?:geschrieben|verfasst|(?:eine\s+)?(?:geschichte|fanfiction|fanfic|ff))\s+von"
)
BY = re.compile(rf"[-–—~*_\s(\[]*(?:{_BY_WORDS})\s*:?\s+(?P<name>[^\n]{{1,60}}?)[-–—~*_\s)\]]*", re.I)
_LONGEST_SIGNED = 240  # characters of a line that holds title and name, with all blanks between
_TITLE_BY = re.compile(
    r"(?P<title>[^\n]{0,89}?\S)(?:\s*(?:,|[-–—])?\s+|\s*(?:-{2,3}|[–—])\s*)\b(?:by|By|BY)\s+(?P<name>[^\n]{2,50})"
)
_TITLE_BY_FOREIGN = re.compile(  # eFiction's in other tongues, above its buttons: `Donde nieva por Akira`
    r"(?P<title>[^\n]{0,89}?\S)\s+(?:escrit[oa] por|geschrieben von|écrite? par|scritt[oa] da|por|von|par)\s+"
    r"(?P<name>[^\s.,!?]{3,30}(?: [^\s.,!?]{2,20})?)"
)
PART = re.compile(
    r"(?:,\s+part(?=\s*[(\[]))?\s*[(\[\-–—,:]?\s*(?:(?:part|pt|chapter|ch)\.?\s*)?"
    r"(?P<part>\d{1,3}[a-d]?\s*(?:/|of)\s*(?:\d{1,3}\??|\?+|x))\s*[)\]]?\s*$",
    re.I,
)
_SEVERAL = re.compile(  # `The Ford  Chpts 1-2`, `Die Furt, Kapitel 3 und 4`
    r"(?:\s|[,:–—(\[-])(?:chapters|chpts|chaps|chs|parts|pts|kapitel|teile|chapitres|parties|cap[ií]tulos|partes|capitoli|parti|"
    r"hoofdstukken|delen|rozdziały|części|главы|части)\.?\s{1,3}(?P<parts>\d{1,3}\s?(?:-|–|&|\+|and|to|und|bis|et|à|y|a|e|en|i|и)"
    r"\s?\d{1,3})$",
    re.I,
)
REPLY = r"(?:re|fwd?|fw|aw|antw|wg|sv|tr|rv|ant|odp)(?:\[\d{1,2}\]|\^\d{1,2})?\s*:"  # of mail programs in many tongues
MAIL_TAG = re.compile(
    rf"^(?:\[[^\]]{{1,30}}\]\s*|{REPLY}\s*|"
    r"(?:new[\s/-]*)?(?:fic|new|repost|re-?post|story|fan\s?fic|xfc|ff|ficlet|drabble|fanfiction|update|revised|reposted)"
    r"(?:\s+(?:fic|story|part|chapter))?\s*:\s*)+",
    re.I,
)
_REPLIES = re.compile(rf"(?:{REPLY}\s*)+", re.I)
ADDRESS = re.compile(r"[\w.+-]+(?:@|\s*\[?\(?at\)?\]?\s*)[\w-]+(?:(?:\.|\s*\[?\(?dot\)?\]?\s*)\w+){1,4}", re.I)
_POSTED = re.compile(r"by\s+(?P<name>[^»\n]{1,40}?)\s+»\s+(?P<date>\S[^\n]{5,40})", re.I)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_WHEN = rf"(?:{_MONTH}\.?\s(?:\d{{1,2}}(?:st|nd|rd|th)?,\s)?|\d{{1,2}}[-/.]\d{{1,2}}[-/.])?(?:19|20)\d\d"
_LINKED = re.compile(
    r"(?<=\S)\s{1,3}\([^()\n]{0,30}\b(?:links?|profil\w{0,2})\b[^()\n]{0,30}\)\Z", re.I
)  # `Ann (link in my profile)`
_DATED = re.compile(  # `by Ann [ 03-30-02 ]`, `By Ann, May 1999 - August 2000`
    r"\s+[\[(]\s*(?P<date>\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4})\s*[\])]$|"
    rf",\s+(?P<when>{_WHEN}(?:\s*[-–—]\s*{_WHEN})?)$"
)
_ASIDE = re.compile(r",\s+(?:who|which|qui|written|dedicated|with help|for)\s[^\n]*$|\s*[(\[<]$", re.I)
_LONGEST_BY_LINE = 140
_RATED = re.compile(r"[\s.,;([]+(?:rated:?\s+(?P<said>\S+)|(?P<code>PG(?:-?13)?|NC-?17))[\s.)\]]*$", re.I)
_RATING = re.compile(r"(?:G|PG|PG-?13|R|NC-?17|FR\w{1,3})(?:\s*[,;(-]?\s*for\s+[^\n]{1,60})?[.)]?")
_BY_ALONE = frozenset(("by", "written by", "von", "par", "por", "di", "de", "автор"))
_NO_NAME = frozenset(  # behind them `by` is no by-line: `by the river`
    ["the", "a", "an", "my", "his", "her", "its", "our", "their", "your", "this", "that", "these", "those", "all",
     "some", "any", "no", "now", "then"]
)  # fmt: skip
_BY_GROUP = re.compile(
    r"(?:[Bb]y the|[Vv]on den|[Pp]ar les|[Pp]or (?:las|los|as|os)|[Dd](?:ai|alle))\s+"
    r"(?P<name>[A-ZÀ-ÖØ-Þ][\w'’-]*(?:\s+(?:(?:of|the|de|la|and|und|et|y|e)\s+){0,2}[A-ZÀ-ÖØ-Þ\d][\w'’-]*){0,4})"
)
_GROUPS = frozenset(  # what those who write together call themselves
    ["collective", "crew", "team", "gang", "society", "club", "circle", "league", "guild", "coven", "committee",
     "squad", "trio", "duo", "sisterhood", "brigade", "posse"]
)  # fmt: skip
_SORTED_BY = frozenset(  # behind `by`, alone: how a site's list is sorted
    ["date", "dates", "title", "titles", "author", "authors", "category", "categories", "rating", "ratings", "genre",
     "genres", "fandom", "fandoms", "pairing", "pairings", "series", "character", "characters", "popularity", "titre",
     "titres", "auteur", "auteurs", "catégorie", "catégories", "personnage", "personnages", "fecha", "título",
     "títulos", "autor", "autores", "categoría", "categorías", "género", "géneros", "titolo", "autore", "categoria",
     "genere", "datum", "titel", "kategorie", "kategorien", "автору", "названию", "дате", "жанру", "рейтингу"]
)  # fmt: skip
_GOES_ON = frozenset(["and", "or", "but", "nor", "than", "was", "is", "are", "were", "been"])  # before `by`: a sentence
_TOLD_BEHIND = re.compile(r"[.!?…]\s+[\"“„«]")  # somebody speaks behind a sentence
_LATIN = re.compile(r"(?:De|Di|Da|Van|Av|Od)\s")  # with a capital they begin titles: `De Profundis`, `Da Capo`
_FOREIGN_WORDS = re.compile(  # `por favor`; and what is said behind a dash
    r"\W*(?:por|par|de|di|da|van|av|od|von|от)\s+(?:favore?|fin|fim|supuesto|ejemplo|exemplo|exemple|nada|n[ou]e?vo|"
    r"nuovo|repente|pronto|certo|contre|hasard|dios|deus|qu[eéê]|quoi|ahora|agora|ora|dove|hier|dort|wegen)\b|"
    r"[—–-]\s*(?:por|par|de|di|da|van|av|od|von|от)\s[^—–-]*$",
    re.I,
)
_USER_MARK = re.compile(r"^\[(?:info|personal profile)\]\s*", re.I)  # what a journal's picture leaves behind
_COUNT_BESIDE = re.compile(r"(?<=\S)\s{1,9}\(?\d{1,5}\s(?:reviews?|comments?|recensioni)\)?$", re.I)  # `Pim 3 reviews`
_SPEECH = re.compile(r"[,!?…-][\"”“]\s+\w")  # words after what somebody says
_BEHIND_DASH = re.compile(r"[—–-]{1,2}\s?[¡¿]?[^\W\d_].*[!?…]$")
_SENTENCE_END = re.compile(r"[.,;:。，、；：]$|。|[，、；].{0,80}[，、；]")
_FILED = re.compile(  # what a post is filed under: `#(a tag)`, `Day 21 of Fictober`
    r"#(?:[^\W\d_]|\()|day \d{1,2}\W{1,3}(?:of |for )?\S*(?:tober|vember|uary|week|month|bingo|challenge)\b", re.I
)
_LINKS = re.compile(r"(?:\s[|»>❯›→]\s[^|»>❯›→\n]{1,60}){2}")  # `Home > Books > Harry Potter`, `Back | Index | Next`
_BRACKETED = re.compile(r"(?:\[[^\[\]\n]{1,40}\]\s*[|~•·*-]?\s*){2,12}")  # `[ Part 2 ] [ Index ] [ Part 4 ]`
_INITIAL = re.compile(r"(?:\b\w|\b(?:Jr|Sr|Co|Inc|Ltd|Bros|etc)|\.)\.$", re.I)
_NO_PARTS = frozenset(("9/11", "24/7", "7/11", "20/20", "50/50"))
_STARRED = re.compile(r"(?:\*\s?[^*\n]{2,30}\*\s*){3,12}")  # `*home* *links* *guestbook*`
_COUNTS = re.compile(r"\d[\d.,]*\s?[KkMm]?(?:\s+\d[\d.,]*\s?[KkMm]?){1,4}")
_PICTURES = (".jpg", ".jpeg", ".png", ".gif")  # what a file is called, or a joke of it
_LONGEST_COUNTS = 40
_LONGEST_ALONE = 40
_SCENE = re.compile(r"\d|\b(?:later|earlier|before|ago|days?|nights?|morning|evening|pov|chapter|part)\b", re.I)
_TILDES = re.compile(r"~\w[^~\n]{0,40}~")
_HANDLE = re.compile(r"(?=[^\s]*(?:[\d_]|[a-z][A-Z]|^[a-z]))[^\W_][\w.-]{2,30}")
_NO_HANDLE = frozenset(  # what else stands alone below a title, in small letters
    ["crossposted", "cross-posted", "unbeta'd", "unbetaed", "draft", "teaser", "excerpt", "outtake", "snippet",
     "snippets", "one-shot", "oneshot", "drabble", "ficlet", "vignette", "revised", "complete", "completed", "redux",
     "remix", "repost", "reposted", "continued", "prologue", "epilogue", "prequel", "sequel", "wip", "slash", "gen",
     "het", "fluff", "angst", "songfic", "crossover", "challenge", "fanfic", "fanfiction", "story", "notes",
     "summary", "disclaimer"]
)  # fmt: skip
_CONTINUED = re.compile(  # on top of a story's further pages: `The Ford (Cont.)`
    r"(?P<title>\S[^\n()\[\]]{1,79}?)\s?[(\[](?:cont(?:inued|inues|['’]?d|['’]?t)?|con['’]t|suite|fortsetzung|"
    r"continuación|continuação|continuazione|seguito|продолжение)[.!]{0,3}[)\]]",
    re.I,
)
_NO_STORIES = frozenset(  # what else goes on: the last word of such a line
    ["flashback", "flashbacks", "back", "dream", "memory", "letter", "diary", "journal", "log", "note", "notes",
     "scene", "recap", "story", "fic", "list", "disclaimer", "warnings", "pov", "prologue", "epilogue", "interlude"]
)  # fmt: skip
_LOWER_START = re.compile(r"[a-zà-ÿ][a-zà-ÿ]*(?:\s+[a-zà-ÿ]+){6,}")


def subject_facts(facts: Facts, subject: str, spans: tuple[Span, ...]) -> Facts:
    """Title, author and part out of a mail's subject: `[fic] Name (2/5) by A, PG`."""
    said = subjects.parse(subject)
    title, part = said.title, said.part
    if said.author and is_name(said.author):
        facts = add_fact(facts, "author", Fact(clean_name(said.author), spans=spans))
    if not part and (ended := headings.at_end_of_title(title)) and ended[1].number is not None:
        title, part = ended[0], str(ended[1].number)
    if part:
        facts = add_fact(facts, "part", Fact(part, spans=spans))
    if said.rating:
        facts = add_fact(facts, "rating", Fact(said.rating, spans=spans))
    return add_fact(facts, "title", Fact(title, spans=spans)) if title else facts


def without_reply_marks(title: str) -> str:
    """A title without the `Re:` and `Fwd:` that mail programs and forums put before it."""
    return _REPLIES.sub("", title, count=1) if _REPLIES.match(title) else title


def sender(value: str) -> str:
    """The name in a mail's From line, or what stands before the @. The address itself is never kept."""
    named = re.match(r'\s*"?([^"<(@]{2,60}?)"?\s*[<(\[]', value)
    if named and not ADDRESS.search(named[1]):
        return named[1].strip()
    bracketed = re.search(r"\(([^()@]{2,60})\)", value)
    if bracketed:
        return bracketed[1].strip()
    return value.strip(" <>").split("@")[0].strip()[:60]


def part_of_title(text: str) -> tuple[str, str]:
    """`Name (2/5)` → ("Name", "2/5"); the part is "" where none is stated."""
    if text[-1:].isdigit() and (several := _SEVERAL.search(text, max(0, len(text) - 40))) and several.start():
        return text[: several.start()].rstrip(" ,:-–—(["), several["parts"]
    found = PART.search(text, max(0, len(text) - 40))
    if not found or not found.start():
        return text, ""
    written = found["part"]
    before = text[found.start() : found.start("part")]
    if "/" in written and before.isspace() and written not in _NO_PARTS:
        return text[: found.start()].rstrip(" ,:-–—"), re.sub(r"\s*/\s*", "/", written)  # `Name 6/9`
    if not before.strip() or not any(sign in before.lower() for sign in "([-–—,:pc"):
        return text, ""
    return text[: found.start()].rstrip(" ,:-–—"), re.sub(r"\s*(?:/|of)\s*", "/", written, flags=re.I)


def is_title(text: str) -> bool:
    words = text.split(maxsplit=15)
    if not words or len(words) > 14 or len(text) > 90 or (text[0] in '"“‘' and text[-1] not in '"”’'):
        return False
    if is_menu(text) or is_filed(text) or text.endswith(_PICTURES):
        return False
    if is_behind_dash(text) or _SPEECH.search(text) or _TOLD_BEHIND.search(text):
        return False
    if text.count('"') > 2 or text.count("“") > 1:
        return False
    if (_SENTENCE_END.search(text) and not text.endswith("...")) or _LOWER_START.match(text):
        return False
    return any(map(str.isalpha, text)) or sum(map(str.isdigit, text)) > 1  # "1984" is a title, "(1)" is none


def continued(text: str) -> str:
    """The title in a line that says but that the story goes on here: `The Ford (Cont.)`; "" for any other line."""
    found = _CONTINUED.fullmatch(text) if text[-1:] in (")", "]") else None
    title = found["title"].rstrip(" -–—:,") if found else ""
    if not title or title.split()[-1].lower() in _NO_STORIES or title.islower():
        return ""
    return title if is_title(title) and headings.parse(title) is None else ""


def is_behind_dash(text: str) -> bool:
    """Whether a line is what somebody calls or asks, behind a dash: `— I SAID NO!`"""
    return text[0] in "—–-" and _BEHIND_DASH.match(text) is not None


def is_filed(text: str) -> bool:
    """Whether a line says under which tag, or for which day of a challenge, a post stands."""
    return _FILED.match(text) is not None


def is_menu(text: str) -> bool:
    """Whether a line is a row of links, or says where a page stands: `Home > Books > Harry Potter`."""
    if text[:1] == "*" and text[-1] == "*" and _STARRED.fullmatch(text):
        return True
    if text[:1] == "[" and text[-1] == "]" and _BRACKETED.fullmatch(text):
        return True
    return any(sign in text for sign in "|>»❯›→") and _LINKS.search(text) is not None


def is_counts(text: str) -> bool:
    """Whether a line is a row of figures alone, of readers, votes and remarks: `4.1K 212 87`."""
    return len(text) <= _LONGEST_COUNTS and _COUNTS.fullmatch(text) is not None


def is_name(text: str) -> bool:
    name = clean_name(text)
    return 0 < len(name) <= 50 and len(name.split()) <= 6 and not name.endswith((",", ";", ":", "?"))


def title_and_name(text: str) -> re.Match[str] | None:
    """`Name by A`, parted into `title` and `name`. `Side by Side` is what a story is called, and a sentence goes on
    behind `by the fifth`."""
    parted = _TITLE_BY.fullmatch(text) if len(text) <= _LONGEST_SIGNED else None
    if parted is None or not is_name(parted["name"]) or not _may_be_a_name(parted["name"]):
        return None
    if _TOLD_BEHIND.search(parted["name"]):
        return None
    last, first = parted["title"].lower().split()[-1:], parted["name"].lower().split()[:1]
    return None if last == first or last[0] in _GOES_ON else parted


def title_and_name_above_buttons(nodes: Sequence[Node], index: int) -> re.Match[str] | None:
    """Title and name in one line; in other tongues than English where a site's buttons stand right below."""
    text = nodes[index].text
    named = title_and_name(text)
    if named is None and len(text) <= _LONGEST_SIGNED and index + 1 < len(nodes) and nodes[index + 1].kind == "chrome":
        named = _TITLE_BY_FOREIGN.fullmatch(text)
    return named


def is_alone_below_buttons(nodes: Sequence[Node], index: int) -> bool:
    """Whether a few words stand alone between a site's buttons below a header and the story, and set no scene."""
    node = nodes[index]
    if not index or nodes[index - 1].kind != "chrome" or not node.gap or not nodes[index + 1].gap:
        return False
    return (
        len(node.text) <= _LONGEST_ALONE
        and not any(sign in node.text for sign in ".!?…,:;")
        and not _SCENE.search(node.text)
    )


def by_line(text: str) -> tuple[str, str]:
    """`by X`, or a forum's `by X » date`: the name and the date, "" where none is given."""
    posted = _POSTED.fullmatch(text)
    if posted:
        return posted["name"], posted["date"]
    found = BY.fullmatch(_without_aside(text))
    if found and (dated := _DATED.search(text)) and (named := BY.fullmatch(text[: dated.start()])):
        return named["name"], dated["date"] or dated["when"]
    name = found["name"] if found else text
    if name.endswith(".") and not _INITIAL.search(name):
        name = name[:-1]
    return (f"{name}~" if name[:1] == "~" and text.endswith("~") else name), ""  # `By ~Stargazer~` is how she signs


@remembered
def is_by_line(text: str) -> bool:
    """Whether a line says who wrote the story, and nothing else."""
    if len(text) >= _LONGEST_BY_LINE:
        return False
    if _POSTED.fullmatch(text):
        return True
    said = _without_aside(text)
    found = BY.fullmatch(said) if len(said) < 80 else None
    if found is None or not is_name(found["name"]) or _LATIN.match(text) or _FOREIGN_WORDS.match(text):
        return False
    return _may_be_a_name(found["name"])


def is_by_line_of_group(text: str) -> bool:
    """Whether a line right below a title names several who wrote together: `By the Lantern Street Irregulars`. Behind
    a chapter's heading it may as well be a title: `By the Great Lakes`."""
    found = _BY_GROUP.fullmatch(text) if len(text) <= _LONGEST_ALONE + 20 else None
    if found is None:
        return False
    words = found["name"].split()
    return words[-1].lower() in _GROUPS or (len(words) > 1 and words[-1].endswith("s") and words[-1][-2:] != "ss")


def _without_aside(text: str) -> str:
    """A by-line without what it adds: `by Wren, written for Hattie`, `By Jenny Abbott (`."""
    return _ASIDE.sub("", text) if "," in text or text.endswith(("(", "[", "<")) else text


def is_handle(text: str) -> bool:
    """Whether a line is one word as people call themselves on the net: `wrenfeather`, `Tank_Girl_77`, `KitKat9`."""
    return _HANDLE.fullmatch(text) is not None and text.lower() not in _NO_HANDLE and not text.endswith("ed")


def by_line_below(nodes: Sequence[Node], index: int) -> int:
    """Where a by-line stands right below a title, or below the same words once more (a post's subject, and the
    author's own title); 0 for none."""
    place = index + 1
    if place < len(nodes) and not nodes[place].kind and nodes[place].text == nodes[index].text:
        place += 1
    if place >= len(nodes) or nodes[place].kind:
        return 0
    return place if is_by_line(nodes[place].text) or is_by_alone(nodes, place) else 0


def is_by_alone(nodes: Sequence[Node], index: int) -> bool:
    """Whether `by` stands on a line of its own, and a name on the next."""
    if nodes[index].text.strip("~-–—* :").lower() not in _BY_ALONE or index + 1 >= len(nodes):
        return False
    name = nodes[index + 1]
    return not name.kind and len(name.text) <= _LONGEST_ALONE and is_name(name.text) and name.text[-1] not in ".!?,;"


def _may_be_a_name(text: str) -> bool:
    """Whether what stands behind `by` is a name: in small letters it is short, and no words of a sentence."""
    name = text.lstrip("*_\"“'‘[<")
    words = name.split()
    if name.lower() in _SORTED_BY:
        return False
    if name[:1].isupper() or (len(words) == 1 and not name.endswith(("!", "."))):
        return True
    ends_well = name[-1:] not in ".!," or (len(words) > 1 and words[-1][1:] == ".")  # `beth h.`
    return 0 < len(words) <= 5 and words[0].rstrip(".,;:") not in _NO_NAME and ends_well


def name_and_rating(text: str) -> tuple[str, str]:
    """`Tansy. Rated PG-13.` → ("Tansy", "PG-13"); the rating is "" where none is stated."""
    found = _RATED.search(text)
    if not found or not found.start():
        return text, ""
    return text[: found.start()].rstrip(" .,;(["), (found["said"] or found["code"]).strip(".")


def is_rating(text: str) -> bool:
    """Whether a line is a rating alone, perhaps with its reason: `PG for broken china`."""
    return len(text) < 80 and bool(_RATING.fullmatch(text))


def clean_name(text: str) -> str:
    text = _LINKED.sub("", ADDRESS.sub("", text)).strip()
    if _TILDES.fullmatch(text):
        return text
    name = _COUNT_BESIDE.sub("", _USER_MARK.sub("", text)).strip("<>[]*_~,;-–— ")
    return (name if "(" in name[1:] and name[-1] == ")" else name.strip("()")).strip("<>[]*_~,;-–— ")
