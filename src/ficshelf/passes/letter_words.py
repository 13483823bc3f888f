"""What opens, heads and closes letters, diaries and mails, in the languages that people write them in."""

from __future__ import annotations

import re

OWN = re.compile(r"\b(?:i|i['’](?:m|ve|ll|d)|me|my|mine|we|our|you|your|ich|mein\w*|du|je|tu|vous|yo|mi|tú)\b", re.I)
SPOKEN = re.compile(r"^[\"“«„]|[,.!?…][\"”»“](?:\s|$)")
QUOTED = '*_ "“”„«»'  # what may stand around a line of a letter
BEGINS = (  # how lines begin that may open a letter; most lines begin with none of these
    "dear", "my dear", "my darl", "my belo", "my love", "darling", "beloved", "my own", "to ", "to:", "to\t", "sir",
    "madam", "gentlem", "mr", "miss", "ms", "professor", "captain", "diary", "journal", "from", "subject", "date",
    "sent", "cc", "re:", "lieb", "mein", "sehr ge", "geehrt", "hallo", "herr", "frau", "an:", "an ", "von", "betreff",
    "cher", "chèr", "mon ", "ma ", "monsieur", "madame", "mademoi", "à", "de", "objet", "querid", "estimad", "señor",
    "hola", "para", "asunto", "caro", "cara", "carissim", "gentile", "egregi", "signor", "da:", "a:", "oggetto",
    "prezad", "meu ", "minha ", "senhor", "assunto", "дорог", "мил", "уважаем", "мисс", "мистер", "миссис", "мадам",
    "госпо", "сэр", "леди", "професс", "здравствуй", "привет", "любим", "от:", "кому", "тема",
)  # fmt: skip
DIARY = re.compile(
    r"(?:dear\s+)?(?:diary|journal|liebes\s+tagebuch|cher\s+journal|querid[oa]\s+diario|caro\s+diario|"
    r"querido\s+di[áa]rio|дорогой\s+дневник)[,:.!]*$",
    re.I,
)
FIELD = re.compile(
    r"(?:to|from|subject|re|date|sent|cc|bcc|an|von|betreff|à|de|objet|para|asunto|da|a|oggetto|assunto|"
    r"кому|от(?:\s+кого)?|тема|дата)\s*:",
    re.I,
)
FIELD_LETTERS = frozenset("tfsrdcavbàopкт")  # with which a field begins
HEADED = re.compile(  # `Letter Two`: the chapter is a letter, to its end
    r"\W*(?:letter|brief|lettre|carta|lettera|письмо)\W+(?:[ivxlc]+|\d{1,3}|(?:twenty|thirty)?\W?[a-z]{3,9})\W*|"
    r"\W*(?:the\s+)?(?:first|second|third|fourth|fifth|last|erster|zweiter|dritter|letzter|première|deuxième|dernière)\s+"
    r"(?:letter|brief|lettre)\W*",
    re.I,
)
SIGNED_NAME = re.compile(r"(?:[Yy]our\s+)?[A-ZÀ-ÝА-ЯЁ][\w.'’-]{0,20}(?:\s+[A-ZÀ-ÝА-ЯЁ][\w.'’-]{0,20}){0,2}")
INITIALS = re.compile(r"(?:[A-ZÀ-ÝА-ЯЁ]\.\s?){1,4}(?:(?:de|du|von|van|of|la)\s(?:[A-ZÀ-ÝА-ЯЁ]\.\s?){1,3})?")
TO_FINDER = re.compile(  # `To whoever finds this bottle,`
    r"(?:to\s+(?:whoever|whomever|anyone\s+who|the\s+(?:one|person|finder)\s+(?:who|of))|"
    r"à\s+(?:celui|celle|ceux|quiconque|qui)|an\s+(?:den|die)(?:jenigen?)?,?\s+(?:der|die)|a\s+quien(?:quiera)?|"
    r"a\s+chi(?:unque)?|тому,?\s+кто)\b[\w ,'’-]{1,50}[,:]$",
    re.I,
)
RANK = re.compile(r",\s[A-Z][A-Za-z.]{1,7}\.?$")  # behind a name: `J. Pell, Col.`
POSTSCRIPT = re.compile(r"p\.?\s?(?:p\.?\s?)?s\b|з\.?\s?ы\b", re.I)
_SALUTATION = re.compile(
    r"(?:my\s+|mein[e]?\s+|meu\s+|minha\s+|mon\s+|ma\s+|mi\s+|моя?й?\s+)?"
    r"(?:(?:dear|dearest|darling|beloved|liebe[rs]?|liebste[rs]?|ch[eè]re?s?|très\s+ch[eè]re?|querid[oa]s?|"
    r"car[oa]|carissim[oa]|estimad[oa]|prezad[oa]|gentile|"
    r"(?:sehr\s+)?geehrte[r]?(?:\s+(?:herr|frau))?|дорог(?:ой|ая|ие)|мил(?:ый|ая)|уважаем(?:ый|ая)|любим(?:ый|ая)),?\s+)"
    r"{1,3}[\w .&()'’-]{1,40}[,:.!–—-]*$|"
    r"(?:my|meine?|mon|ma|mi|meu|minha)\s+(?:own\s+)?(?:love|dear(?:est)?|darling|beloved|heart|sweet|geliebter?|amour|amor|"
    r"ch[eè]rie?|chéri|amore|любовь)[,:–—-]$|(?:dearest|darling|beloved|liebste[rs]?|любимая|любимый)[,:–—-]$|"
    r"to\s+whom\s+it\s+may\s+concern[,:.]?$|"
    r"to\s+the\s+(?:lord|lady|king|queen)s?\s+[\w .'’-]{1,40},\s+greetings?[,:.!]?$|"
    r"to\s+(?:mrs?|miss|ms|dr|sir|lady|lord|captain|professor)\b\.?\s[\w .,'’-]{1,50}$|"
    r"(?:sir|madam|gentlemen|mr|mrs|miss|ms|professor|captain|herr|frau|monsieur|madame|mademoiselle|señora?|señorita|"
    r"signora?|signorina|senhora?)\b[\w .'’]{0,40}[,:]$|"
    r"(?:мисс|мистер|миссис|мадам|госпожа|господин|сэр|леди|профессор|здравствуй(?:те)?,?|привет,?)\b"
    r"[\w .'’-]{0,40}[,:!]$",
    re.I,
)
CALLED = re.compile(  # `Wystan,`, `Hey Luke,`, `Quill, you great oaf,`
    r"(?:(?:[Hh]ey|[Hh]i|[Hh]ello|[Hh]allo|[Hh]ola|[Cc]iao|[Ss]alut|[Cc]oucou|[Oo]lá|[Пп]ривет),?\s+)?"
    r"[A-ZÀ-ÝА-ЯЁ][\w'’-]{0,20}(?:,|\s?[-–—]$)(?:\s+(?:greetings?|hail|hello)[,!:]$)?(?:\s+you(?:\s+[\w'’-]+){1,4},)?"
)
SIGNATURE = re.compile(
    r"(?:[-–—~]{1,2}\s?|(?:all\s+my\s+|with\s+|much\s+)?(?:love|yours|regards|sincerely|faithfully|"
    r"affectionately|always|hugs|xoxo|xx+)\b[\w ,]{0,30}[,.]?\s*[-–—]?\s*)[A-ZÀ-ÝА-ЯЁ]?[\w .'’]{0,30}$"
)
CLOSING = re.compile(
    r"(?:i\s+(?:am|remain)\b.{0,40}|yours\b.{0,40}|(?:with\s+)?(?:all\s+)?(?:my\s+)?love\b.{0,30}|"
    r"(?:much|lots\s+of|all\s+our|our)\s+love\b.{0,30}|(?:take\s+care|cheers|warmly|fondly|cordially|as\s+(?:ever|always)|always|"
    r"forever|in\s+haste|until\s+(?:then|we\s+meet\s+again)),?(?:\s+[A-ZÀ-Ý][\w'’-]{1,20}){0,2}|"
    r"une?\s+(?:\w+\s+)?amie?|ein(?:e)?\s+(?:\w+\s+)?freund(?:in)?|una?\s+amig[oa]|un['’]?\s?amic[oa]|"
    r"sincerely\b.{0,30}|xo(?:xo)+|an?\s+(?:\w+\s+)?(?:friend|well-?wisher|admirer)|"
    r"(?:best|kind|warm)\s+(?:regards|wishes)\b.{0,20}|affectionately\b.{0,30}|"
    r"your\s+(?:\w+\s+){0,4}(?:friend|servant|sister|brother|son|daughter|wife|husband|mother|father|"
    r"cousin|obedient)\b.{0,30}|ever\s+yours\b.{0,30}|respectfully\b.{0,30}|hugs\b.{0,20}|"
    r"(?:mit\s+)?(?:liebe|herzliche|viele|freundliche|besten?)[nr]?\s+grüßen?\b.{0,20}|dein[er]?\b.{0,20}|"
    r"in\s+liebe\b.{0,20}|hochachtungsvoll\b.{0,20}|baci\b.{0,20}|bisous\b.{0,20}|je\s+t['’]embrasse\b.{0,20}|"
    r"bien\s+à\s+(?:toi|vous)\b.{0,20}|à\s+(?:toi|bientôt|jamais)\b.{0,20}|(?:ton|ta|votre)\s+[a-zà-ÿ]{0,12}\s?\w{1,20}|"
    r"amitiés\b.{0,20}|cordialement\b.{0,20}|un\s+(?:fuerte\s+)?abrazo\b.{0,20}|(?:muchos\s+)?besos\b.{0,20}|"
    r"tuy[oa]\b.{0,20}|con\s+(?:cariño|amor|affetto|amore)\b.{0,20}|un\s+(?:abbraccio|bacio)\b.{0,20}|"
    r"(?:il\s+)?tuo\s+\w{1,20}|(?:la\s+)?tua\s+\w{1,20}|(?:cordiali|distinti)\s+saluti\b.{0,20}|saludos\b.{0,20}|"
    r"atenta?(?:ciosa)?mente\b.{0,20}|(?:um\s+)?abraços?\b.{0,20}|(?:um\s+)?beijos?\b.{0,20}|com\s+(?:amor|carinho)\b.{0,20}|"
    r"тво[йя]\b.{0,25}|ваша?\b.{0,25}|с\s+(?:любовью|уважением|приветом|наилучшими\s+пожеланиями)\b.{0,25}|целую\b.{0,25}|"
    r"искренне\s+ваша?\b.{0,25})[,.]?$",
    re.I,
)
_YOUR = re.compile(
    r"(?:[Yy]our|[Dd]eine?|[Ii]hre?|[Tt](?:on|a))(?:\s[a-zà-ÿ'’-]{2,20}){1,3}\s[A-ZÀ-Ý][\w'’-]{1,20}[,.]?"
)
_YOURS = re.compile(  # `Yours, with diminishing patience, A. Pell`
    r"(?:ever\s+|sincerely\s+)?(?:yours|your\s+\w+|love|with\s+love|regards)\b[^.!?]{0,50}[,.]\s+"
    r"(?:[A-ZÀ-Ý]\.\s?){0,3}[A-ZÀ-Ý][\w'’-]{1,20}(?:\s[A-ZÀ-Ý][\w'’-]{1,20})?\.?",
)
_CARD = re.compile(  # `Peg - The inn has no roof. - B`
    r"[A-ZÀ-ÝА-ЯЁ][\w'’-]{0,20}(?:\s[A-ZÀ-ÝА-ЯЁ][\w'’-]{0,20})?\.?\s?(?:,|:|[-–—]{1,2})\s.{10,900}[.!?…)*_]\s*[-–—~]{1,2}\s?"
    r"[A-ZÀ-ÝА-ЯЁ][\w'’]{0,20}\.?(?:\s?[A-ZÀ-ÝА-ЯЁ][\w'’]{0,20}\.?)?",
    re.S,
)
_SIGN_OFF = re.compile(
    r"[.!?…)*_]\s*(?:[-–—~]{1,2}\s?|[xX]{1,4}o?\s|[Ll]ove,?\s)[A-ZÀ-ÝА-ЯЁ][\w'’]{0,20}\.?(?:\s?[A-ZÀ-ÝА-ЯЁ][\w'’]{0,20}\.?)?(?:,\s\d{1,4})?$"
)
_HEADS = re.compile(
    r"(?:letter|note|e-?mail|message|postcard|telegram|brief|lettre|carta|lettera|письмо)\s+(?:from|to|for|by|an|von|de|du|di|da|от)\s+\S",
    re.I,
)
_LONGEST_HEAD = 120  # characters of a line that says whose letter stands below
_NAMED = 30  # characters of the end of a paragraph in which a name may sign it


def heads_letter(text: str) -> bool:
    """`Letter from Peg Wrack to her sister, 3 May 1911 -`: what stands above a salutation."""
    return len(text) < _LONGEST_HEAD and text[-1:] not in ("!", "?", "…") and _HEADS.match(text) is not None


def is_salutation(text: str) -> bool:
    """`Dear Tamsin,`; but `Dear Mr. Pell was at the door again.` is a sentence."""
    if not _SALUTATION.fullmatch(text):
        return False
    return text[-1] in ",:!)–—-" or len(text.split()) <= 4 or text.endswith(("greetings.", "greetings"))


def closes(text: str) -> bool:
    """Whether a short line closes a letter: `Yours,`, `Your brother`, `Yours in haste, A. Pell`."""
    return any(pattern.fullmatch(text) for pattern in (CLOSING, _YOURS, _YOUR))


def is_card(text: str) -> bool:
    """A whole letter in one paragraph, from a name to a name behind a dash: `Peg - The inn has no roof. - B`"""
    return is_signed(text) and _CARD.fullmatch(text) is not None


def is_signed(text: str) -> bool:
    """Whether a name behind a dash ends a paragraph: `Gone for bread. -- Caspar`"""
    return _SIGN_OFF.search(text, max(0, len(text) - _NAMED)) is not None
