"""What holds for the text within an element of a page, and what an element's attributes change of it."""

from __future__ import annotations

from typing import NamedTuple

from ficshelf.readers import marks

_MOST = 1_000  # styles of one page that are remembered


class State(NamedTuple):
    """What holds for the text within an element; put back when the element ends."""

    mask: int = 0  # marks, as bits
    link: str = ""
    hint: str = "p"
    kind: str = ""
    detail: str = ""
    indent: int = 0
    typed: bool = False  # line ends and blanks count, as in <pre>
    hidden: int = 0  # > 0 within chrome and facts: the text is layer, and no line is made of it
    framed: str = ""  # the reason why text is chrome, within a frame
    between: str = ""  # what parts the cells of a row, within a table of figures
    quoted: int = 0  # how many quotations it lies in

    @property
    def is_plain(self) -> bool:
        """Whether text is story as it stands, and its line ends do not count."""
        return not (self.hidden or self.framed or self.typed)


class Looks:
    """What came of the attributes of one page's elements so far."""

    def __init__(self) -> None:
        self._known: dict[tuple[State, str | None, str | None, str | None], State] = {}

    def within(self, state: State, attributes: dict[str, str | None]) -> State:
        """The state within an element that has these attributes, by its style. Pages say the same of every paragraph,
        so what came of it is remembered."""
        look = (state, attributes.get("style"), attributes.get("align"), attributes.get("class"))
        known = self._known.get(look)
        if known is not None:
            return known
        within = state
        mask, centred = marks.styled(attributes, state.mask)
        if mask != state.mask:
            within = within._replace(mask=mask)
        if centred and (state.hint == "p" or state.hint.startswith("blockquote")):
            within = within._replace(hint="center")
        if len(self._known) < _MOST:
            self._known[look] = within
        return within
