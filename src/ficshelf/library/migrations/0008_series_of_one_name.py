"""Series of one name by several owners are parted: until now they had been one."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models


def part(apps: Any, schema_editor: Any) -> None:
    """Give every series its owner. What several authors' files state becomes a series each; of the records of archives
    the first keeps the row, and the others get one of their own."""
    series, parts = apps.get_model("library", "Series"), apps.get_model("library", "SeriesPart")
    credits, records = apps.get_model("library", "Credit"), apps.get_model("library", "Record")
    marks = apps.get_model("library", "Shelfmark")
    for row in series.objects.order_by("pk"):
        row.base, nth = row.fold, 1
        works = list(parts.objects.filter(series=row).order_by("pk").values_list("work", flat=True))
        authors: dict[int, str] = {}
        for work, name in (
            credits.objects.filter(work__in=works, role="author")
            .exclude(how="inferred")
            .order_by("position", "pk")
            .values_list("work", "person__fold")
        ):
            authors.setdefault(work, name)
        groups: dict[str, list[int]] = {}
        for work in works:
            groups.setdefault(authors.get(work, ""), []).append(work)
        row.owner = next(iter(groups), "")
        row.save()
        held = list(records.objects.filter(series=row, kind="series").order_by("pk"))
        if held:
            moves = [(f"{one.container_id} {one.key}", _members(one, marks), one) for one in held[1:]]
        else:
            moves = [(owner, its, None) for owner, its in list(groups.items())[1:]]
        for owner, its, record in moves:
            nth += 1
            while series.objects.filter(fold=f"{row.base[:190]} ~{nth}").exists():
                nth += 1
            new = series.objects.create(
                name=row.name, fold=f"{row.base[:190]} ~{nth}", base=row.base, owner=owner[:200], nth=nth
            )
            parts.objects.filter(series=row, work__in=its).update(series=new)
            if record is not None:
                records.objects.filter(pk=record.pk).update(series=new)


def _members(record: Any, marks: Any) -> list[int]:
    keys = [key for key, *_ in record.members]
    return list(marks.objects.filter(container=record.container_id, key__in=keys).values_list("work", flat=True))


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0007_names_of_one"),
    ]

    operations = [
        migrations.AddField("series", "base", models.CharField(blank=True, db_index=True, default="", max_length=200)),
        migrations.AddField("series", "nth", models.PositiveIntegerField(default=1)),
        migrations.AddField("series", "owner", models.CharField(blank=True, default="", max_length=200)),
        migrations.RunPython(part, migrations.RunPython.noop, elidable=True),
    ]
