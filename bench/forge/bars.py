"""What the reader must reach over many files of a seed that nobody has looked at."""

from __future__ import annotations

from typing import NamedTuple

from bench.forge.score import Score, share

BARRED = ("heading", "break", "note", "verse")


class Bar(NamedTuple):
    """A figure, and what it must be at least, or, of losses, at most."""

    name: str
    figure: float
    bar: float
    is_loss: bool = False

    @property
    def reached(self) -> bool:
        return self.figure <= self.bar if self.is_loss else self.figure >= self.bar


def bars(total: Score) -> list[Bar]:
    """Every bar with the figure reached."""
    made = []
    for kind in BARRED:
        counts = total.kinds[kind]
        made += [Bar(f"{kind} precision", counts.precision, 0.99), Bar(f"{kind} recall", counts.recall, 0.97)]
    made.append(Bar("stated facts exact", share(total.exact, total.stated), 0.99))
    made.append(Bar("chapter lists exact", share(total.chapters, total.files), 0.98))
    losses = {"facts invented": total.invented, "characters lost": total.lost, "letters lost": total.letters_lost}
    return made + [Bar(name, count, 0, is_loss=True) for name, count in losses.items()]


def table(reached: list[Bar]) -> str:
    """A line each: the figure, the bar, whether it is reached."""
    lines = [f"{'bar':22} {'figure':>8} {'bar':>6}"]
    for one in reached:
        shown = f"{one.figure:8,.0f} {one.bar:6.0f}" if one.is_loss else f"{one.figure:8.4f} {one.bar:6.2f}"
        lines.append(f"{one.name:22} {shown}  {'reached' if one.reached else 'MISSED'}")
    return "\n".join(lines)
