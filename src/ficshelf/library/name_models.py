"""What a library keeps of who is who: names that are one person's, and what may tell so."""

from __future__ import annotations

from django.db import models


class Alias(models.Model):
    """That two names are one person's, as a person confirmed. Works stay credited to the name that they carry."""

    person = models.ForeignKey("library.Person", on_delete=models.CASCADE, related_name="aliases")
    other = models.ForeignKey("library.Person", on_delete=models.CASCADE, related_name="aliases_of")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "other"], name="alias_once")]


class Clue(models.Model):
    """Something that may tell whose name a name is: a mail address or a page that stands with it, another name that it
    is said to go by. Only the digest is kept; `people` compares them. `shown` is what of it may be shown."""

    person = models.ForeignKey("library.Person", on_delete=models.CASCADE, related_name="clues")
    kind = models.CharField(max_length=10)  # mail, page, name, account
    digest = models.CharField(max_length=64, db_index=True)
    shown = models.TextField(blank=True, default="")
    source = models.ForeignKey("library.Source", on_delete=models.CASCADE, related_name="clues")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "digest", "source"], name="clue_once")]
