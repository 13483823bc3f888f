"""The passes: one rule a file, Draft → Draft. The list below is their order, and it matters.

A pass settles nodes (gives them a kind), joins or parts them, and adds facts, chrome, remarks and questions. It never
drops a character: `conserve.lost` proves that afterwards.
"""

from __future__ import annotations

from collections.abc import Callable

from ficshelf.model import Draft
from ficshelf.passes import (
    archive_download,
    blank_lines,
    breaks,
    chapter_tops,
    chapters,
    chats,
    closing,
    contents,
    double_spacing,
    emphasis,
    ends,
    entities,
    filled_lines,
    furniture,
    head,
    header,
    heading_rows,
    invisible,
    known_sites,
    layout,
    letters,
    mail,
    masthead,
    mojibake,
    notes,
    opening,
    ornaments,
    pages,
    paragraphs,
    posts,
    remembered,
    sender,
    shown,
    signs,
    site_foot,
    slashes,
    subjects_above,
    thread_posts,
    titles,
    verse,
)

PASSES: tuple[tuple[str, Callable[[Draft], Draft]], ...] = (
    ("invisible", invisible.apply),
    ("thread", thread_posts.apply),  # before mail: its posts have heads as mails have
    ("mail", mail.apply),  # it undoes what a mail program did to every line
    ("posts", posts.apply),
    ("known sites", known_sites.apply),  # before furniture: by its words alone it would take the landmarks
    ("furniture", furniture.apply),
    ("mojibake", mojibake.apply),
    ("entities", entities.apply),
    ("slashes", slashes.apply),
    ("double spacing", double_spacing.apply),
    ("pages", pages.apply),
    ("filled lines", filled_lines.apply),
    ("breaks", breaks.apply),
    ("masthead", masthead.apply),
    ("download", archive_download.apply),
    ("contents", contents.apply),
    ("heading rows", heading_rows.apply),
    ("header", header.apply),
    ("site foot", site_foot.apply),  # by then the title and the author are known
    ("headings", chapters.apply),
    ("ends", ends.apply),
    ("layout", layout.apply),
    ("letters", letters.apply),
    ("chats", chats.apply),
    ("signs", signs.apply),
    ("shown", shown.apply),
    ("verse", verse.apply),
    ("paragraphs", paragraphs.apply),  # after all that takes lines one by one
    ("notes", notes.apply),
    ("closing", closing.apply),  # what the others have not settled at the foot
    ("head", head.apply),  # before opening: where the page states the title, a line on top is none
    ("opening", opening.apply),
    ("chapter tops", chapter_tops.apply),  # what opening has left below a heading
    ("subjects above", subjects_above.apply),  # when the title is known
    ("blank lines", blank_lines.apply),
    ("emphasis", emphasis.apply),
    ("ornaments", ornaments.apply),
    ("titles", titles.apply),
    ("sender", sender.apply),
)


def run(draft: Draft) -> Draft:
    """The draft after all passes."""
    for _, apply in PASSES:
        draft = apply(draft)
    remembered.forget()
    return draft
