"""Makes the library that the browser tests look at: `python make_library.py FOLDER`. In a process of its own, since a
process has one library."""

from __future__ import annotations

import sys
from pathlib import Path

from ficshelf import library

FOLDER = library.setup(Path(sys.argv[1]))

from payloads import LINKS, PAYLOADS  # noqa: E402 (Django must be set up first)
from shelves import add_work, block, paragraphs  # noqa: E402

from ficshelf.library import models, twins  # noqa: E402
from ficshelf.model import BLOCK_KINDS, Block, Run, Span  # noqa: E402
from ficshelf.search import index  # noqa: E402


def story() -> None:
    """Work 1: all that a page can show."""
    original = "The Ledger\nby Mary Whitlow\n\nThe lamp was lit\nat dusk, in the cafÃ©.\n\nMenu | Home\n"
    start = original.index("The lamp")
    lamp = Block("paragraph", (Run("The lamp was lit at dusk, in the café."),), (Span(start, start + 39),))
    blocks = (
        block("heading", "Chapter 1: Dusk"),
        block("note", "A/N: thanks to Ruth."),
        lamp,
        Block("paragraph", (Run("She went "), Run("out", ("em",)), Run(" alone. " * 60)), ()),
        block("break", "* * *"),
        block("verse", "O light that turns upon the sea,\nturn once again for me"),
        block("quote", "Dear Tom,\nthe oil is low."),
        Block("paragraph", (Run("She looked at "), Run("the old page", (), "http://lights.example/")), ()),
        block("list", "one\ntwo"),
        block("table", "ship\tday\nAster\tMonday"),
        block("image", "the lamp"),
        block("preformatted", "x  y"),
        *paragraphs(*["The wind went round to the west, and the keeper counted. " * 12] * 12),
        block("break", "Later that night"),
        *paragraphs(*["Nobody came. " * 30] * 8),
        block("end", "To be continued"),
    )
    add_work(
        chapters=(
            (1, "Dusk", blocks),
            (2, "The Boat", paragraphs(*["A boat. " * 60] * 20)),
            (3, "", paragraphs("It ended.")),
        ),
        files=(("ledger.txt", original.encode()),),
        series=(("Northern Lights", 2),),
        tags={"fandom": ("Flannan Isle",), "relationship": ("Keeper/Sea",), "genre": ("Gothic",)},
        facts=(
            ("fandom", "Flannan Isle Mystery", "inferred", "named in the disclaimer"),
            ("disclaimer", "The sea is nobody’s.", "stated", ""),
            ("url", "http://lights.example/ledger", "stated", ""),
        ),
        remarks=(("lines-joined", "2 lines", start, start + 39), ("encoding-guessed", "cp1252", 0, 0)),
        questions=(("title", "Which is it?", [["The Ledger", "the file’s name"]]),),
        rating_stated="PG-13",
    )


def hostile() -> None:
    """Work 2: everything that tries to be markup, in every field."""
    texts = [text.replace("\0", "\ufffd").encode(errors="replace").decode() for text in PAYLOADS]
    every = " ".join(texts)
    blocks = tuple(block(kind, text) for kind in BLOCK_KINDS for text in texts)
    links = tuple(Block("paragraph", (Run("link", (), link),), ()) for link in LINKS)
    add_work(
        every,
        authors=(every,),
        chapters=((1, every, blocks + links),),
        tags={kind: tuple(texts[:30]) for kind in ("fandom", "character", "tag")},
        series=((every, 1),),
        facts=(*(("note", text, "stated", "") for text in texts), ("genre", every, "inferred", every)),
        files=((f"{every[:200]}.html", every.encode()),),
        remarks=(("damaged", every, 0, 9),),
        questions=(("title", every, [[every, every]]),),
        summary=every,
        rating_stated=every,
    )


story()
hostile()
for number in range(30):
    add_work(
        f"Story {number:02}",
        authors=(f"Author {number % 4}",),
        tags={"fandom": (("Dracula", "Macbeth", "The Odyssey")[number % 3],)},
        rating=("general", "teen", "mature", "explicit", "unrated")[number % 5],
        complete=(True, False, None)[number % 3],
        files=(),
    )
add_work("", authors=(), suggested_title="gunpowder v2", files=(), tags={})


def revised() -> None:
    """Work 34: another copy of work 1, worked over."""
    told = ["The wind went round to the east, and the keeper counted. " * 12, "Nobody came. " * 30] * 6
    add_work(
        "The Keeper’s Book",
        authors=("M. W.",),
        chapters=(
            (1, "Dusk", paragraphs("The lamp was lit at dawn, in the café.", *told)),
            (2, "The Boat", paragraphs(*["A boat. " * 60] * 20)),
        ),
        files=(),
    )


def copies() -> None:
    """Works 35 to 37: three copies of one story, and what was asked about them."""
    told = [f"On night {number} the keeper rowed out with lamp oil for {number * 7} ships." for number in range(60)]
    rows = [
        add_work(
            title,
            authors=(name,),
            chapters=tuple((at + 1, "", paragraphs(*told[at * 20 : at * 20 + 20], *more)) for at in range(chapters)),
            files=((f"{title}.txt", title.encode()),),
            facts=facts,
        )
        for title, name, chapters, more, facts in (
            ("Night Oil", "Mary Whitlow", 3, (), ()),
            ("The Oil Boat", "M. W.", 3, ("Nobody thanked him.",), (("url", "http://oil.example/boat", "stated", ""),)),
            ("Oil, or: A Very Long Title of a Story That Went Out at Night", "Unknown", 3, ("Ever.",), ()),
        )
    ]
    for row in rows[1:]:
        found = twins.judged(row, rows[0])
        offered = twins.answers("much of the text is the same", found)
        models.Question.objects.create(
            work=row, other=rows[0], source=row.sources.get(), about="same-work", text="One story?",
            answers=offered, evidence=found,
        )  # fmt: skip


revised()
copies()
index.catch_up(FOLDER)
