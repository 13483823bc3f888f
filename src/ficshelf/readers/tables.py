"""Which elements are blocks, and which tables are tables: most on old pages are there for the layout."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

from ficshelf.readers.flatten import tag_set

BLOCKS = tag_set(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main marquee menu nav ol optgroup "
    "option p plaintext pre search section select summary table tbody td textarea tfoot th thead title tr ul xmp"
)
CELLS = tag_set("table tbody thead tfoot tr td th caption")
_LONGEST_CELL = 300  # characters
_LOOKED_AT = 4000  # nodes of a table, to see whether it is one


def between_cells(table: LexborNode) -> str:
    """What parts the cells of a row: a tab in a table of figures, a blank where rows are a label and its value.

    "" where the table is there for the layout, as it is when its cells hold tables, other blocks or long text."""
    rows = cells = widest = labels = here = 0
    first = ""  # the last words of a row's first cell, so far
    for looked_at, node in enumerate(table.traverse(include_text=True)):
        tag = node.tag
        if looked_at > _LOOKED_AT:
            return ""
        if tag == "-text":
            words = (node.text_content or "").strip()
            if len(words) > _LONGEST_CELL:
                return ""
            if words and here == 1:
                first = words
        elif tag == "tr":
            rows, here = rows + 1, 0
        elif tag in {"td", "th"}:
            cells, here = cells + 1, here + 1
            widest = max(widest, here)
            labels += here == 2 and first.endswith(":")
            first = first if here == 2 else ""
        elif looked_at and (
            tag == "table" or ((tag in BLOCKS or tag in {"br", "img", "hr", "input"}) and tag not in CELLS)
        ):
            return ""
    if widest < 2 or cells < 2 * rows:
        return ""
    if labels * 2 > rows:
        return " "
    return "\t" if rows > 1 else ""
