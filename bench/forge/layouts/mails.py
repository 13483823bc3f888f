"""A story mailed to a list: the mail's header, the text cut at 72, a signature, the list's footer."""

from __future__ import annotations

import random

from bench.forge.layouts.texts import Wrapped
from bench.forge.pieces import piece
from bench.forge.sheet import Sheet
from bench.forge.stories import Story

_FOOTERS = (
    ["_______________________________________________", "{list} mailing list", "{list}@lists.example.org"],
    ["---------------------------------------------------------", "To unsubscribe from this group, send an email to:",
     "{list}-unsubscribe@groups.example.com"],
)  # fmt: skip


class Mail(Wrapped):
    """A mail as a mail program saves it."""

    def lay(self, story: Story, rng: random.Random) -> Sheet:
        sheet = super().lay(story, rng)
        sheet.style.indent, sheet.style.gap = "", 1
        group = rng.choice(["slashfic", "atlantis_stories", "bxs-fic", "thelist"])
        subject = rng.choice(["FIC: {t}", "[{g}] FIC: {t}", "[fic] {t}", "NEW: {t}", "[{g}] {t}"])
        day = f"{rng.randrange(1, 29)} {rng.choice(['Jan', 'Apr', 'Jul', 'Oct'])} {rng.randrange(1997, 2006)}"
        sent = f"{rng.choice(['Mon', 'Tue', 'Sat'])}, {day} {rng.randrange(10, 24)}:14:03 +0000"
        told = [value for one in sheet.pieces for name, value in one.states if name == "title"]
        lines = [
            ("From", f"{story.author} <{story.email}>", []),
            ("To", f"{group}@lists.example.org", []),
            ("Subject", subject.format(t=story.title, g=group), [("title", story.title)]),
            ("Date", sent, [("published", sent)]),
        ]
        if not told or told == [story.title]:
            sheet.pieces[:0] = [
                piece("aside", f"{key}: {value}", role="mail", tight=n > 0, states=states)
                for n, (key, value, states) in enumerate(lines)
            ]
        sheet.free |= {"author", "published"}  # who sent it may have written it
        if rng.random() < 0.4:
            sheet.pieces.append(piece("aside", f"-- \n{story.author}\n{story.teller.pick('verse')}", role="signature"))
        if rng.random() < 0.5:
            sheet.pieces.append(piece("aside", "\n".join(rng.choice(_FOOTERS)).format(list=group), role="footer"))
        return sheet

    def wrapped(self, one: object, lines: list[str]) -> list[str]:
        return lines if getattr(one, "role", "") in ("mail", "signature", "footer") else super().wrapped(one, lines)  # type: ignore[arg-type]
