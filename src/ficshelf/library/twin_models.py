"""The tables by which works that may be one story find each other, and are remembered once they are one."""

from __future__ import annotations

from django.db import models


class Shingle(models.Model):
    """A run of words that a work has, by its key in the work's sketch (likeness.sketch.looked_up): how works with text
    in common find each other. Only the first few works that have a run are noted: what many have tells nothing."""

    key = models.BigIntegerField()
    work = models.ForeignKey("library.Work", on_delete=models.CASCADE, related_name="shingles")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "work"], name="shingle_once")]


class Merged(models.Model):
    """A work that became one with another, since a person said that they are one story: the number and the identity
    that it had, so that its address leads to the work that it is now."""

    number = models.PositiveBigIntegerField(unique=True)
    identity = models.CharField(max_length=64, unique=True)
    work = models.ForeignKey("library.Work", on_delete=models.CASCADE, related_name="merged")
    made = models.DateTimeField(auto_now_add=True)
