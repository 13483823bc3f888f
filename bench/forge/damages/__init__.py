"""The damages: each a small function, grouped by what it damages. Importing this registers them all."""

from bench.forge.damages import breaks, bytes, endings, files, headers, headings, letters, notes, prose, spacing, verse
from bench.forge.damages.registry import ALL, DAMAGES, STAGES, Damage

__all__ = [
    "ALL", "DAMAGES", "STAGES", "Damage", "breaks", "bytes", "endings", "files", "headers", "headings", "letters",
    "notes", "prose", "spacing", "verse",
]  # fmt: skip
