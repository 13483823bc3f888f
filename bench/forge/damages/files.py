"""Damages to the whole file: quoted mail, bytes that stand for nothing, markup around everything."""

from __future__ import annotations

import quopri
import random
import re

from bench.forge.damages.registry import MARKUP, TEXT, damage
from bench.forge.job import Job


@damage("file", on=TEXT, layouts=("mail", "text-wrapped"))
def quoted_as_a_mail(job: Job, rng: random.Random) -> bool:
    """`> ` before every line."""
    if any(one.role in ("mail", "signature", "footer") for one in job.sheet.pieces) or job.sheet.style.indent:
        return False
    if any(line.startswith(">") for line in job.text.split("\n")):
        return False
    job.text = "".join(("> " + line).rstrip() + "\n" for line in job.text.rstrip("\n").split("\n"))
    return True


@damage("file", on=TEXT, slot="line ends", weight=0.7)
def soft_line_ends(job: Job, rng: random.Random) -> bool:
    """`=20` at line ends and `=3D`: a mail's coding left in."""
    if "\xa0" in job.text or not job.text.isascii():
        return False
    coded = job.text.replace("=", "=3D")
    lines = coded.split("\n")
    changed = [
        line + "=20" if rng.random() < 0.3 and line.strip() and not line.endswith(" ") else line for line in lines
    ]
    job.text = "\n".join(changed)
    job.undo.append(lambda text: quopri.decodestring(text.encode()).decode())
    return changed != lines and sum(line.endswith("=20") for line in changed) > 3


@damage("file", on=MARKUP)
def tags_in_capitals(job: Job, rng: random.Random) -> bool:
    """`<P>`, `<BR>`"""
    before = job.text
    job.text = re.sub(r"</?[a-z][a-z0-9]*(?=[\s>/])", lambda found: found[0].upper(), before)
    return job.text != before


@damage("file", on=MARKUP)
def scripts_and_styles(job: Job, rng: random.Random) -> bool:
    """A script, a style sheet and a comment in the page."""
    script = "<script>var title = 'The End'; if (1 < 2 && 3 > 2) { document.write('Chapter 9'); }</script>"
    style = "<style>p { margin: 0 } /* Rating: R */</style>"
    before = job.text
    job.text = re.sub(
        r"(<body[^>]*>)", lambda found: f"{found[1]}\n{script}{style}<!-- a comment -->\n", before, count=1, flags=re.I
    )
    return job.text != before


@damage("file", on=MARKUP)
def paragraphs_unclosed(job: Job, rng: random.Random) -> bool:
    """No `</p>` anywhere."""
    before = job.text
    job.text = re.sub(r"</p>", "", before, flags=re.I)
    return job.text != before


@damage("file", on=MARKUP)
def spans_around_everything(job: Job, rng: random.Random) -> bool:
    """A font and a span around the words of every paragraph."""
    before = job.text
    job.text = re.sub(
        r"<p>([^<]+)</p>", r'<p><font face="Arial"><span style="font-size:12pt">\1</span></font></p>', before
    )
    return job.text != before


@damage("file", on=MARKUP)
def letters_as_codes(job: Job, rng: random.Random) -> bool:
    """`&#8220;` and `&rsquo;` for what is not ASCII."""
    if job.text.isascii():
        return False
    named = {"’": "&rsquo;", "“": "&ldquo;", "”": "&rdquo;", "…": "&hellip;", "—": "&mdash;", "é": "&eacute;"}
    pick = rng.random() < 0.5
    job.text = "".join(
        one if one.isascii() else named[one] if pick and one in named else f"&#{ord(one)};" for one in job.text
    )
    return True
