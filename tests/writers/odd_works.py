"""Works as odd as works can be: what is hostile in metadata and text, and a seeded generator of whole works."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from hypothesis import strategies as st

from ficshelf.model import BLOCK_KINDS, FACT_NAMES, INFERRED, MARKS, STATED, Block, Chapter, Fact, Run, Work

Check = Callable[[dict[str, bytes]], dict[str, str]]  # books by name → what epubcheck finds, for those with a fault

# Payloads of our own, one for each way in which a text has ever become markup somewhere.
PAYLOADS = (
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "<svg/onload=alert(1)>",
    '<svg><animate attributeName=href values="javascript:alert(1)"/></svg>',
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    "<!--><script>alert(1)</script>-->",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    '<?xml-stylesheet href="javascript:alert(1)"?>',
    "<!DOCTYPE x [<!ENTITY a 'b'>]>&a;",
    "</section></body></html><script>alert(1)</script>",
    "</p><base href=//evil.example>",
    "<style>*{background:url(//evil.example)}</style>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<form action=//evil.example><input name=q>",
    "<textarea></textarea><script>alert(1)</script>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "{{7*7}}${7*7}<%=7*7%>{% load x %}",
    "%3Cscript%3Ealert(1)%3C/script%3E",
    "\u2028alert(1)\u2029",
    "＜script＞alert(1)＜/script＞",
    "<\x00script>alert(1)</\x00script>",
)

LINKS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " \x01javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example/x",
    "http:javascript:alert(1)",
    "http://",
    "http://[::1",
    "http://user:secret@example.org/",
    "http://exa mple.org/",
    "http://example.org:99999/",
    "http://-.example/%zz?<>\"'`#a#b",
    "http://münchen.example/straße?ä=ö",
    "http://example.org/\ud800\x00\u202e",
    "http://example.org/" + "a" * 3000,
    'https://example.org/"onclick="alert(1)',
    "mailto:somebody@example.org",
    "chapter2.html",
    "#scene-2",
    "../../etc/passwd",
    "",
)

ODD_TEXTS = (
    *PAYLOADS,
    "",
    " ",
    "\u00a0\u200b\u3000",
    "\x00",
    "".join(map(chr, range(32))) + "end",
    "".join(map(chr, range(127, 160))),
    "\ud800 alone \udfff",
    "\ufffe\uffff\ufdd0\U0001ffff",
    "line\r\nline\rline\x0bline\x0cline\x85line",
    "\u202eevitaN\u202c \u2066isolated",
    "\u202d\u202e\u202b never closed",
    "שלום עולם",
    "السَّلامُ عَلَيْكُم",
    "日本語の題名",
    "👩\u200d👩\u200d👧 🏳️\u200d🌈 \U0001f600",
    "Z̸̢̛͉̯̙͍̰̘̈́̐a̷̡̨͎̰̜͛l̶̢͍̘̗̋̀g̶̡̰̦̀̌o" * 20,
    "ﬃ ½ ａｂｃ ǅ İ ß ſ",
    "word" * 2500,
    "a title of many words " * 450,
    "=HYPERLINK(\"http://evil.example\")",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "'; DROP TABLE works; --",
    "../../../etc/passwd",
    "CON",
    "a\tb\tc\nd",
    "Part 3 of The Returned",
    "March 3, 2004",
    "2004-13-45",
    "9999-99-99",
    "English",
    "pt-br",
    "Jane <jane@example.org>",
    "http://example.org/?a=1&b=<2>",
    "NC-17",
    "true",
)  # fmt: skip


any_text = st.text(st.characters(exclude_categories=()), max_size=60) | st.sampled_from(ODD_TEXTS[:60])
runs = st.lists(
    st.builds(
        Run, any_text, st.sets(st.sampled_from(MARKS)).map(tuple), st.sampled_from(LINKS) | st.just("") | any_text
    ),
    max_size=4,
).map(tuple)
any_blocks = st.lists(
    st.builds(Block, st.sampled_from(BLOCK_KINDS), runs, st.just(()), st.just(0), st.sampled_from(("", "ordered"))),
    max_size=12,
).map(tuple)


def block(kind: str, *texts: str | Run, detail: str = "") -> Block:
    return Block(kind, tuple(Run(text) if isinstance(text, str) else text for text in texts), (), 0, detail)


def letters(text: str) -> list[str]:
    return [sign for sign in text if unicodedata.category(sign)[0] in "LN"]


def letters_of(blocks: Iterable[Block]) -> list[str]:
    """The letters of the story: of every block but the ornaments of breaks, whose place a rule takes."""
    return [letter for one in blocks if one.kind != "break" for letter in letters(one.text)]


def works(count: int, seed: int = 20) -> Iterator[Work]:
    """So many works, each other than the last, the same each time for a seed."""
    chance = random.Random(seed)
    for number in range(count):
        yield work(chance, title=ODD_TEXTS[number % len(ODD_TEXTS)])


def work(chance: random.Random, title: str) -> Work:
    facts: dict[str, tuple[Fact, ...]] = {}
    for name in FACT_NAMES:
        if chance.random() < 0.6:
            facts[name] = tuple(_fact(chance, name) for _ in range(chance.choice((1, 1, 1, 2, 5))))
    if chance.random() < 0.8:
        facts["title"] = (Fact(title, STATED),)
    return Work(facts, tuple(_chapter(chance) for _ in range(chance.choice((0, 1, 1, 2, 3, 6)))))


def _fact(chance: random.Random, name: str) -> Fact:
    if name == "complete":
        return Fact(chance.random() < 0.5)
    if chance.random() < 0.1:
        return Fact("a guess that must not travel", INFERRED, (), 0, 0.5, "a feeling")
    return Fact(_text(chance))


def _text(chance: random.Random) -> str:
    return " ".join(chance.choice(ODD_TEXTS) for _ in range(chance.choice((1, 1, 2, 3))))


def _chapter(chance: random.Random) -> Chapter:
    blocks = tuple(_block(chance) for _ in range(chance.choice((0, 1, 3, 8, 20))))
    number = chance.choice((None, None, 0, 1, 7, -3, 10**9))
    return Chapter(number, chance.choice((None, None, "Prologue", "Epilogue: Ashes", _text(chance))), blocks)


def _block(chance: random.Random) -> Block:
    kind = chance.choice((*BLOCK_KINDS, "paragraph", "paragraph", "break"))
    runs = tuple(_run(chance) for _ in range(chance.choice((0, 1, 1, 1, 3))))
    detail = {"list": chance.choice(("", "ordered")), "image": chance.choice(LINKS)}.get(kind, "")
    return Block(kind, runs, (), 0, detail)


def _run(chance: random.Random) -> Run:
    marks = tuple(mark for mark in MARKS if chance.random() < 0.15)
    return Run(_text(chance), marks, chance.choice(LINKS) if chance.random() < 0.2 else "")
