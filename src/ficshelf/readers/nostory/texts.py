"""Texts that are surely no stories: programs, style sheets, data, logs, lists of files, messages of a server.

Each is known by how its lines are made, never by its name alone. Where a text may be a story that is told as one of
these, it is a story.
"""

from __future__ import annotations

import json
import re

from ficshelf.passes import site_words
from ficshelf.readers.nostory import messages, text_lists
from ficshelf.readers.nostory.sight import telling

_HEAD = 20_000  # characters that are looked at
_SHORT = 1500  # characters of a text that may be nothing but a message
_OF_MENU = 24  # characters of a line of a menu
_MOVED = 500  # characters of a text that says where a page has moved to
_NO_SPACES = "\u2e80"  # where the signs begin that are written without spaces
_LONG_VALUE = 400  # characters of a value in data that may be a story

_FIRST = re.compile(
    r"(?P<shortcut>\[(?:InternetShortcut|Desktop Entry)\])|"
    r"(?P<torrent>d\d{1,2}:(?:announce|created by|comment|creation date|encoding|info|url-list|nodes))|"
    r"(?P<picture>(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,300}-->\s*)?(?:<!DOCTYPE svg[^>]{0,300}>\s*)?<svg\b)|"
    r"(?P<card>BEGIN:(?:VCARD|VCALENDAR|VEVENT))|"
    r"(?P<program>#!\s*/\S+|<\?php\b|@echo off\b|%!PS|/\*![^\n]{0,200}\*/\s*[!;(]|[!;]?\(?function\s*\(|"
    r"[\"']use strict[\"'])|"
    r"(?P<feed><\?xml[^>]{0,300}\?>\s*+(?>(?:<[?!][^>]{0,600}>\s*+)*+)<(?:rss|feed|urlset|sitemapindex|opml|plist|"
    r"rdf:RDF|package|ncx|container)\b|"
    r"<(?:rss|urlset|opml)\b)|"
    r"(?P<settings>\[[.\w -]{1,40}\]\s*\n)|(?P<log>HTTrack\d)|(?P<form>@charset\s|@import\s)",
    re.IGNORECASE | re.DOTALL,
)
_ROBOTS = re.compile(r"(?:user-agent|disallow|allow|crawl-delay|sitemap|host)\s*:|#", re.IGNORECASE)
_SETTING = re.compile(r"\[[^\]\n]{1,60}\]|[\w.{}()\[\] -]{1,60}=|[;#]")
_RULE = re.compile(r"[^{}]{0,200}\{[^{}]{0,2000}\}")
_ONE_RULE = re.compile(r"[\w.#:*, -]{1,100}\{(?:\s*[\w-]{2,30}\s*:[^;:{}]{1,100}(?:;|(?=\s*\})))+\s*\}")
_DECLARED = re.compile(r"\s*[\w-]{2,30}\s*:\s*[^;{}]{1,200}(?:;|$)")
_CODE = re.compile(
    r".*[;{}]\s*(?://.*)?$|\s*(?://|/\*|\*/|\*\s)|\s*(?:function|var|let|const|return|if|else|for|while|switch|"
    r"case|import|from|def|class|"
    r"public|private|static|include|require|echo|print|end|done|fi|esac|do|then|set|ren|copy|move|del|goto|rem|"
    r"pause|exit|try|except|"
    r"catch|elif|with|package|using|"
    r"namespace)\b[^.!?]{0,100}(?:[(){}=:;$%\"'/*\\]|$)|\s*[$\w.\[\]'\"]+\s*(?:\+|-|\.)?=\s*\S|\s*[})\]]+[;,]?\s*$|\s*\w[\w.]*\(.*\)\s*;?$"
)
_SQL = re.compile(
    r"\s*(?:INSERT\s+INTO\s|CREATE\s+TABLE\s|DROP\s+TABLE\s|LOCK\s+TABLES\s|REPLACE\s+INTO\s|ALTER\s+TABLE\s)",
    re.IGNORECASE,
)
_ORNAMENT = re.compile(r"([(){};=])\1{2,}|\([^(){};=]*\)")  # and what a story says in brackets
_DIGIT = re.compile(r"\d|^(?:HTTP|Resolving|Saving)")
_LOGGED = re.compile(
    r"--\d{4}-\d\d-\d\d \d\d:\d\d:\d\d--|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \([\d.]+ [KMG]?B/s\)|"
    r"--\d\d:\d\d:\d\d--\s+http|"
    r".*\"(?:GET|POST|HEAD) \S+(?: HTTP/\d\.\d)?\" \d{3}\b|.*\d\d:\d\d:\d\d[,.]?\d*\]?[\s:|-]*(?:\[?(?:DEBUG|"
    r"INFO|WARN(?:ING)?|ERROR|FATAL|TRACE)\]?)\b|"
    r".{0,20}\b(?:DEBUG|INFO|WARNING|ERROR): \d{4}-\d\d-\d\d \d\d:|(?:Resolving|Connecting to) \S+ ?\.{3}|"
    r"Length: [\d,]+|Saving to: |"
    r"HTTP request sent|\d\d:\d\d:\d\d\s+(?:Info|Warning|Error):\s"
)
_FILE_NAME = re.compile(
    r"(?:[\"']?(?:[A-Za-z]:)?[\\/.\w()&',!~%+@-]*[\w)!]\.[A-Za-z][A-Za-z0-9]{1,4}[\"']?)|https?://\S+|"
    r"(?:\./)?[\w.-]+/"
)
_SPACED_NAME = re.compile(
    r"(?:[A-Za-z]:)?[^<>|\"?*\n:]{1,120}\.(?:txt|html?|docx?|rtf|pdf|epub|mobi|odt|zip|rar|jpe?g|png|gif|mp3|lit|url)"
)
_CELL = re.compile(r"[\"']?[\w .-]{0,30}[\"']?")
_SUM = re.compile(r"[0-9a-fA-F]{32,128} [ *]\S.*|\S.* [0-9a-fA-F]{8}")
_UNIX = re.compile(r"[dlcbps-](?:[r-][w-][xsStT-]){3}[+.@]?\s+\d+\s|total \d+$|\S*/?[\w./-]+:$")
_DOS = re.compile(
    r"\s*(?:Volume (?:in drive|Serial Number)|Directory of |\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\s+\d{1,2}:\d\d|"
    r"[\d,.]+ (?:File|Dir)\(s\))",
    re.IGNORECASE,
)
_TOPICS = re.compile(r"\s*(?:(?:topics|messages|subjects) in this (?:digest|issue)|today's topics)\b", re.IGNORECASE)
_BODY = re.compile(r"\s*(?:message:? \d+|-{20,}\s*$|_{20,}\s*$|date:)", re.IGNORECASE)
_README = re.compile(
    r"\W*(?:read[ _-]?me|release notes|change ?log|install(?:ation)? (?:notes|instructions))\b.{0,80}$", re.IGNORECASE
)
_README_WORDS = re.compile(
    r"\b(?:files?|folder|unzip|unpack|install|version|usage|how to use|bugs?|reports?|licen[cs]e|download|"
    r"browser|directory|"
    r"archive|software|program|backup|contents?|copyright)\b",
    re.IGNORECASE,
)


def kind_of(text: str) -> str:
    """What a text is that is surely no story; "" for any other. Only its beginning is looked at."""
    head = text[:_HEAD].lstrip("\ufeff").strip()
    if not head:
        return ""
    lines = [line.rstrip() for line in head.split("\n") if line.strip()]
    if len(text) > _HEAD and len(lines) > 1:
        lines.pop()
    kind = _by_first(head, lines) or _data(text, head, lines) or _by_lines(head, lines) or _said(text, lines)
    return kind or text_lists.kind_of(head, lines)


def _by_first(head: str, lines: list[str]) -> str:
    """By how it begins; of a single rule, by all of it."""
    if _ONE_RULE.fullmatch(head):
        return "style sheet"
    found = _FIRST.match(head)
    if not found:
        return ""
    match found.lastgroup:
        case "shortcut":
            return "web shortcut"
        case "card":
            return "data"
        case "torrent" | "picture" as kind:
            return kind
        case "feed":
            return "" if _holds_prose(head) else "data"
        case "settings":
            return "settings file" if _most(lines, _SETTING) else ""
        case "log":
            return "log"
        case "form":
            return "style sheet" if _is_style(head) else ""
        case _:
            return "program" if sum(map(telling, lines[:40])) < 6 else ""


def _data(text: str, head: str, lines: list[str]) -> str:
    """By its structure: JSON without prose in it, and tables of values."""
    if head[0] in "{[" and head[1:40].lstrip(" \t\r\n")[:1] in ('"', "{", "[", "]", "}", "'"):
        try:
            json.loads(text[:1_000_000]) if len(text) <= 1_000_000 else None
        except (ValueError, RecursionError):
            return ""
        return "" if _holds_prose(head) else "data"
    return "data" if any(_is_table(lines, sign) for sign in (",", ";", "\t", "|")) else ""


def _is_table(lines: list[str], sign: str) -> bool:
    """Whether the lines are rows of values that `sign` parts, under a row of short names."""
    columns = lines[0].count(sign)
    if columns < 2 or len(lines) < 3 or f"{sign} " in lines[0] or lines[0].endswith((".", "!", "?")):
        return False
    counts = [line.count(sign) for line in lines[:50]]
    if max(counts) - min(counts) > 2 or not all(_CELL.fullmatch(cell) for cell in lines[0].split(sign)):
        return False
    return any(re.search(r"\d", line) for line in lines[1:4]) and sum(map(telling, lines[1:20])) <= 4


def _holds_prose(head: str) -> bool:
    """Whether a value in some data is so long that it may be a story."""
    return any(len(value) > _LONG_VALUE for value in re.findall(r"[\">]([^\"<>]{50,})[\"<]", head))


def _by_lines(head: str, lines: list[str]) -> str:
    """By what most of its lines are. Each look is worth its time only where a sign of its kind is there."""
    kind = _suspected(head, lines)
    if kind in {"", "database dump"}:
        return kind
    return "" if sum(map(telling, lines[:60])) * 3 > len(lines[:60]) else kind


def _suspected(head: str, lines: list[str]) -> str:
    small = head.lower()
    if small.count("user-agent:") + small.count("disallow:") >= 2 and _most(lines, _ROBOTS):
        return "settings file"
    if (" table" in small or " into" in small) and sum(_SQL.match(line) is not None for line in lines) >= 2:
        return "database dump"
    if head.count("{") >= 2 and _is_style(head):
        return "style sheet"
    if len(lines) >= 2 and _logged(lines[:6]) >= 2 and _logged(lines) >= 0.6 * len(lines):
        return "log"
    if _is_file_list(lines):
        return "file list"
    signs = sum(map(head.count, "(){};="))
    if signs * 30 > len(head):
        signs = sum(map(_ORNAMENT.sub("", head).count, "(){};="))
    if signs * 9 > len(head) > 100 or (signs * 30 > len(head) and len(lines) >= 3 and _most(lines, _CODE, 0.7)):
        return "program"
    topics = ("in this digest" in small or "in this issue" in small or "today's topics" in small) and any(
        _TOPICS.match(line) for line in lines[:8]
    )
    if topics and not any(_BODY.match(line) for line in lines) and max(map(len, lines)) < 160:
        return "list of stories"
    if _README.match(lines[0]) and len({word.lower() for word in _README_WORDS.findall(head[:4000])}) >= 5:
        return "read-me"
    return ""


def _is_style(head: str) -> bool:
    rules = _RULE.findall(head[:8000])
    held = sum(1 for rule in rules if _DECLARED.search(rule.partition("{")[2]))
    return held >= 2 and sum(map(len, rules)) > 0.6 * len(head[:8000])


def _logged(lines: list[str]) -> int:
    """How many lines are of a log; all of those name a time, an address or a figure."""
    return sum(_DIGIT.search(line[:60]) is not None and _LOGGED.match(line[:300]) is not None for line in lines)


def _is_file_list(lines: list[str]) -> bool:
    first = lines[:6]
    if len(lines) < 3:
        return False
    if any(_most(first, form, 0.5) and _most(lines, form) for form in (_UNIX, _SUM)):
        return True
    if _most(first, _DOS, 0.5) and sum(_DOS.match(line) is not None for line in lines) >= 4 and _most(lines, _DOS, 0.6):
        return True
    return _named(first) >= 0.7 * len(first) and _named(lines) >= 0.9 * len(lines)


def _named(lines: list[str]) -> int:
    """How many lines are a file's name or an address, and nothing else."""
    return sum(
        _FILE_NAME.fullmatch(line.strip()) is not None or _SPACED_NAME.fullmatch(line.strip()) is not None
        for line in lines
        if len(line) < 400
    )


def _most(lines: list[str], pattern: re.Pattern[str], share: float = 0.8) -> bool:
    """Whether that share of the lines begins as the pattern says."""
    return sum(pattern.match(line) is not None for line in lines) >= share * len(lines)


def _leads(line: str) -> bool:
    """Whether a line is one of a site's menu."""
    return site_words.sureness(line) >= site_words.Sure.AT_EDGES or (
        len(line) <= _OF_MENU and len(line.split()) <= 3 and line[-1].isalnum() and max(line) < _NO_SPACES
    )


def _said(text: str, lines: list[str]) -> str:
    """A server's message that was saved as a text."""
    if len(text) > _SHORT:
        return ""
    said = [line for line in lines if not _leads(line)] or lines
    kind = messages.told(said, [sum(map(str.isalnum, line)) for line in said], [])
    if kind == "redirect" and len(said) > 1 and len(text) < _MOVED:
        return kind
    return "" if kind in {"log-in page", "list of stories", "empty page", "redirect", "help page"} else kind
