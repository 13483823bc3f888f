"""The figures of many files as a page of text."""

from __future__ import annotations

from collections.abc import Iterable

from bench.forge.score import KINDS, Score, share

BUCKETS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


def tables(total: Score, layouts: dict[str, Score], damages: dict[str, Score]) -> str:
    """All tables, one under the other."""
    return "\n\n".join(
        [
            f"{total.files:,} files",
            _kinds(total),
            _whole(total),
            _each("layout", layouts),
            _each("damage", damages),
            reliability(total.guesses),
        ]
    )


def _kinds(total: Score) -> str:
    lines = [f"{'block':12} {'right':>8} {'wrong':>7} {'missed':>7} {'precision':>10} {'recall':>8} {'F1':>8}"]
    for kind in (*KINDS, "stress", *sorted(set(total.kinds) - {*KINDS, "stress"})):
        counts = total.kinds[kind]
        lines.append(
            f"{kind:12} {counts.right:8,} {counts.wrong:7,} {counts.missed:7,} {counts.precision:10.4f} "
            f"{counts.recall:8.4f} {counts.f1:8.4f}"
        )
    return "\n".join(lines)


def _whole(total: Score) -> str:
    return "\n".join(
        [
            f"facts stated {total.stated:,}, exact {total.exact:,} ({share(total.exact, total.stated):.4f}), "
            f"invented {total.invented:,}",
            f"chapter lists exact {total.chapters:,} of {total.files:,} ({share(total.chapters, total.files):.4f})",
            f"characters lost {total.lost:,}; letters lost by a second parser {total.letters_lost:,}",
            f"words joined {total.joined:,}, split {total.split:,}",
        ]
    )


def _each(what: str, scores: dict[str, Score]) -> str:
    """A line each, the worst first; F1 of each kind, then facts, chapters, losses."""
    shown = ("paragraph", "heading", "break", "verse", "quote", "note", "end", "stress")
    heads = " ".join(f"{kind[:7]:>7}" for kind in shown)
    lines = [f"{what:38} {'files':>5} {heads} {'facts':>7} {'invent':>6} {'chapt.':>7} {'lost':>5} {'slips':>6}"]
    for name, score in sorted(scores.items(), key=lambda item: -item[1].errors / item[1].files):
        cells = " ".join(f"{score.kinds[kind].f1:7.3f}" for kind in shown)
        lines.append(
            f"{name:38} {score.files:5} {cells} {share(score.exact, score.stated):7.3f} {score.invented:6} "
            f"{share(score.chapters, score.files):7.3f} {score.lost + score.letters_lost:5} "
            f"{score.errors / score.files:6.2f}"
        )
    return "\n".join(lines)


def reliability(guesses: Iterable[tuple[str, float, bool]]) -> str:
    """Whether confidences mean what they say: for each fact and bucket, how many were given and how many were right."""
    counted: dict[tuple[str, float], list[int]] = {}
    for name, confidence, right in guesses:
        low = max(bound for bound in BUCKETS if bound <= confidence)
        for key in (name, "all"):
            entry = counted.setdefault((key, low), [0, 0])
            entry[0] += 1
            entry[1] += right
    lines = [f"{'inferred':14} {'confidence':>12} {'given':>7} {'right':>7} {'share':>7}"]
    for (name, low), (given, right) in sorted(counted.items()):
        high = BUCKETS[BUCKETS.index(low) + 1]
        lines.append(f"{name:14} {low:5.2f} – {min(high, 1):4.2f} {given:7,} {right:7,} {right / given:7.3f}")
    return "\n".join(lines)
