"""The labels of header lines, as authors and archives write them, and what each names.

Seen on Gossamer, X-Libris, FFML, mailing lists, LiveJournal, FanFiction.Net and AO3, and in German, French, Spanish,
Italian, Portuguese and Russian pages. Case, bold, brackets and a dash for the colon vary freely.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Fact name, or one of: "address" (never shown), "chapter" (a chapter's own title), "dates", "content" (the value decides).
_TABLE: dict[str, str] = {
    "title": "title|titles|titel|titre|título|titulo|titolo|название|story title|story name|title of story|fic title|fic|story|title part number|episode title",
    "author": "author|author s|author name|authors|by|written by|writer|writers|penname|pen name|autor|autorin|auteur|auteure|autore|autora|автор|from the pen of|penned by|story by",
    "summary": "summary|summaries|title summary|episode summary|story summary|short summary|brief summary|blurb|synopsis|description|teaser|саммари|описание|inhalt|zusammenfassung|résumé|resume|resumen|sumario|riassunto|resumo|краткое содержание",
    "fandom": "fandom|fandoms|fandom s|show|shows|crossover|crossovers|x-over|xover|фандом|universe|tv show|based on",
    "relationship": "pairing|pairings|pairing s|relationship|relationships|relationship s|couple|couples|ship|ships|paar|paare|paarung|pareja|parejas|coppia|casal|пейринг|пэйринг|romantic pairing|main pairing|main pairings",
    "character": "character|characters|character s|main characters|main character|cast|featuring|starring|персонажи|personnages|personajes|personaggi|personagens|charaktere|figuren",
    "rating": "rating|ratings|rated|rate|story rating|fic rating|рейтинг|altersfreigabe|freigabe|classificação|clasificación|content rating|rating s",
    "warning": "warning|warnings|fic warning|fic warnings|content warning|content warnings|warning s|contains|triggers|trigger warning|trigger warnings|tw|cw|squicks|предупреждения|предупреждение|warnung|warnungen|avertissement|avertissements|advertencia|advertencias|avvertimenti|avisos|archive warning|archive warnings",
    "genre": "genre|genres|genre s|type|story type|жанр|жанры|género|genere|gênero|story genre",
    "tag": "tag|tags|keywords|keyword|codes|story codes|additional tags|freeform|freeforms|kinks|kink",
    "category": "category|categories|category s|classification|classifications|kategorie|categoría|categoria|catégorie|категория",
    "spoilers": "spoilers|spoiler|spoiler s|spoiler warning|spoiler warnings|timeline|season|continuity|time frame|timeframe|set in|setting|canon|ref|time line|takes place|spoilers for|спойлеры|time",
    "disclaimer": "disclaimer|disclaimers|standard disclaimer|usual disclaimer|disclaimer s|legal stuff|legalese|legal|legal disclaimer|дисклеймер|haftungsausschluss|avertissement légal|the usual disclaimer|legal crap|legal mumbo jumbo|copyright",
    "dedication": "dedication|dedications|dedicated to|written for|for|recipient|widmung|dédicace|gift for|посвящение|dedicatoria",
    "challenge": "challenge|prompt|prompts|request|occasion",
    "note": "note|notes|author s note|author s notes|authors note|authors notes|author note|author notes|a n|an|a ns|story note|story notes|nb|n b|n a|writer s note|writer s notes|note de l auteur|notes de l auteur|от автора|примечание|anmerkung|anmerkungen|anmerkung des autors|nota|nota del autor|nota de autor|note dell autore|author s blah|author s ramblings|rambling|ramblings|notes from the author|note from the author|additional notes|other notes|story bemerkung|comments",
    "beta": "beta|betas|beta d by|betaed by|beta read by|beta reader|beta readers|beta thanks|beta by|бета|бета-ридер|betaleser|bêta|lectora beta|thanks|special thanks|thanks to|acknowledgements|acknowledgments|many thanks",
    "feedback": "feedback|feed back|c c|r r|reviews|review|feedback to|comments to|send feedback to",
    "archive_permission": "archive|archiving|distribution|distribution statement|permission to archive|archive permission|archived|archived at|archive rights|do not archive|circuit archive|permission",
    "series": "series|series name|story series|serie|série|серия|arc|story arc|verse|sequel to|prequel to|sequel|prequel|follows|series sequel|part of series|universe name",
    "part": "part|parts|chapter|chapters|part s|episode|kapitel|chapitre|chapitres|глава|capítulo|chapter s",
    "status": "status|complete|completed|finished|wip|статус|état|estado|stato|work in progress|story status|completion",
    "language": "language|sprache|langue|idioma|lingua|язык",
    "published": "date|posted|published|written|posted on|posted at|date posted|date written|date published|started|submitted|date submitted|first posted|first published|publication date|datum|veröffentlicht|publié le|publicado|pubblicata|опубликовано|date archived|archived on",
    "updated": "updated|update|last updated|date updated|revised|last modified|aktualisiert|mise à jour|actualizado|aggiornata|обновлено|last update",
    "words": "words|word count|wordcount|size|length|размер|wortanzahl|wörter|mots|palabras|parole|pages|total words|story length",
    "url": "url|source url|story url|original url|link|web link|source|story link",
    "address": "e-mail|email|e mail|e-mail address|email address|email addy|mail|contact|homepage|website|web site|web page|webpage|site|lj|livejournal|author s email|author s e-mail|author e-mail|author email|home page|my site|aim|icq|reply-to|posted by",
    "archived": "archived from|original archive|publisher|packaged",
    "chapter title": "chapter title|title of chapter|chapter name",
    "aside": "subtitle|sub-title|untertitel|sous-titre",
    "content": "content|contents notes|content notes|content s|contents",
}  # fmt: skip
_MERGED_TAIL = re.compile(r"\s*(?:/|&|\+|,|\band\b|\bund\b|\bet\b|\bor\b)\s*", re.I)
_FOLD = re.compile(r"[^\w\-]+|_+")
LABELS: dict[str, str] = {label: name for name, labels in _TABLE.items() for label in labels.split("|")}
LONGEST = 40  # characters that a label may have

MULTIPLE = frozenset({"fandom", "relationship", "character", "warning", "genre", "category", "tag"})
PARAGRAPHS = frozenset(
    {"summary", "disclaimer", "note", "dedication", "feedback", "warning", "beta", "spoilers", "archive_permission"}
)


class Label(NamedTuple):
    """What a label names (several for `Rating/Warnings`), and how it would be spelt right where it was not."""

    names: tuple[str, ...]
    meant: str = ""


def fold(label: str) -> str:
    """A label as the table has it: lower case, single blanks for signs."""
    return _FOLD.sub(" ", label.replace("’", " ").replace("'", " ")).strip().lower()


def find(label: str, *, misspelt: bool = False) -> Label | None:
    """What a label names. With `misspelt`, one wrong, missing, added or swapped letter is forgiven (six letters or more)."""
    if len(label) > LONGEST:
        return None
    folded = fold(label)
    if name := LABELS.get(folded):
        return Label((name,))
    pieces = [piece for piece in _MERGED_TAIL.split(label.replace("(s)", "s").replace("/s", "s")) if piece.strip()]
    if 2 <= len(pieces) <= 4:
        names = [LABELS.get(fold(piece)) for piece in pieces]
        if all(names):
            return Label(tuple(dict.fromkeys(name for name in names if name)))
    if len(pieces) == 1 and (name := LABELS.get(fold(pieces[0]))):
        return Label((name,))
    if misspelt and len(folded) >= 6 and (meant := _nearest(folded)):
        return Label((LABELS[meant],), meant)
    return None


def _nearest(folded: str) -> str:
    for known in _BY_LENGTH.get(len(folded), ()):
        if _one_letter_off(folded, known):
            return known
    for known in _BY_LENGTH.get(len(folded) + 1, ()):
        if _one_missing(known, folded):
            return known
    for known in _BY_LENGTH.get(len(folded) - 1, ()):
        if _one_missing(folded, known):
            return known
    return ""


def _one_letter_off(one: str, other: str) -> bool:
    places = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(places) == 1:
        return True
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and one[places[0]] == other[places[1]]
        and one[places[1]] == other[places[0]]
    )


def _one_missing(longer: str, shorter: str) -> bool:
    for place, letter in enumerate(shorter):
        if longer[place] != letter:
            return longer[place + 1 :] == shorter[place:]
    return True


_BY_LENGTH: dict[int, list[str]] = {}
for _label in LABELS:
    if len(_label) >= 6 and " " not in _label:
        _BY_LENGTH.setdefault(len(_label), []).append(_label)
