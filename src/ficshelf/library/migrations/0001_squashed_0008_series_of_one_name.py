"""All tables at once, for a new library. An older library goes by the eight migrations that this one stands for.

The tables are in an order in which each is made whole, and the fields that go through another table follow it at once:
Django builds all that is related anew for each later change, which took most of the time that the eight took.
"""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("library", "0001_initial"),
        ("library", "0002_recognising"),
        ("library", "0003_people_say"),
        ("library", "0004_archives"),
        ("library", "0005_twins"),
        ("library", "0006_reviews_of_records"),
        ("library", "0007_names_of_one"),
        ("library", "0008_series_of_one_name"),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("fold", models.CharField(max_length=200, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("fold", models.CharField(max_length=200, unique=True)),
                ("base", models.CharField(blank=True, db_index=True, default="", max_length=200)),
                ("nth", models.PositiveIntegerField(default=1)),
                ("owner", models.CharField(blank=True, default="", max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="SeriesNesting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="nested_in", to="library.series"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="nested", to="library.series"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("parent", "child"), name="series_nesting_once")],
            },
        ),
        migrations.AddField(
            model_name="series",
            name="parents",
            field=models.ManyToManyField(related_name="children", through="library.SeriesNesting", to="library.series"),
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("size", models.PositiveBigIntegerField()),
                ("reader", models.CharField(blank=True, default="", max_length=20)),
                ("reader_version", models.CharField(blank=True, default="", max_length=20)),
                ("encoding", models.CharField(blank=True, default="", max_length=40)),
                ("text_length", models.PositiveIntegerField(default=0)),
                ("text_sha256", models.CharField(blank=True, default="", max_length=64)),
                ("chrome", models.JSONField(default=list)),
                ("outcome", models.CharField(default="stored", max_length=10)),
                ("added", models.DateTimeField(auto_now_add=True)),
                ("kept", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("name", models.TextField()),
                ("fold", models.CharField(max_length=200)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "fold"), name="tag_once")],
            },
        ),
        migrations.CreateModel(
            name="Work",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("identity", models.CharField(max_length=64, unique=True)),
                ("title", models.TextField(blank=True, default="")),
                ("suggested_title", models.TextField(blank=True, default="")),
                ("sort_title", models.CharField(blank=True, db_index=True, default="", max_length=200)),
                ("sort_author", models.CharField(blank=True, db_index=True, default="", max_length=200)),
                ("summary", models.TextField(blank=True, default="")),
                ("rating", models.CharField(db_index=True, default="unrated", max_length=10)),
                ("rating_stated", models.TextField(blank=True, default="")),
                ("complete", models.BooleanField(db_index=True, null=True)),
                ("language", models.CharField(blank=True, default="", max_length=40)),
                ("published", models.DateField(null=True)),
                ("updated", models.DateField(null=True)),
                ("words", models.PositiveIntegerField(db_index=True, default=0)),
                ("chapter_count", models.PositiveIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=1)),
                ("indexed_version", models.PositiveIntegerField(db_index=True, default=0)),
                ("added", models.DateTimeField(auto_now_add=True, db_index=True)),
                ("changed", models.DateTimeField(auto_now=True, db_index=True)),
                ("match_key", models.CharField(blank=True, db_index=True, default="", max_length=200)),
                ("sketch", models.BinaryField(default=bytes)),
                ("story_sha256", models.CharField(blank=True, db_index=True, default="", max_length=64)),
                ("url_key", models.CharField(blank=True, db_index=True, default="", max_length=200)),
                ("visibility", models.CharField(blank=True, db_index=True, default="", max_length=10)),
            ],
        ),
        migrations.CreateModel(
            name="Credit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(default="author", max_length=10)),
                ("how", models.CharField(default="stated", max_length=8)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="credits", to="library.person"
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="credits", to="library.work"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("work", "person", "role"), name="credit_once")],
            },
        ),
        migrations.AddField(
            model_name="work",
            name="people",
            field=models.ManyToManyField(related_name="works", through="library.Credit", to="library.person"),
        ),
        migrations.CreateModel(
            name="SeriesPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="library.series"
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="series_parts", to="library.work"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("work", "series"), name="series_part_once")],
            },
        ),
        migrations.AddField(
            model_name="work",
            name="series",
            field=models.ManyToManyField(related_name="works", through="library.SeriesPart", to="library.series"),
        ),
        migrations.CreateModel(
            name="WorkSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="work_sources", to="library.source"
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="work_sources", to="library.work"
                    ),
                ),
                ("is_copy", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("work", "position"), name="work_source_once")],
            },
        ),
        migrations.AddField(
            model_name="work",
            name="sources",
            field=models.ManyToManyField(related_name="works", through="library.WorkSource", to="library.source"),
        ),
        migrations.CreateModel(
            name="WorkTag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("how", models.CharField(default="stated", max_length=8)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="work_tags", to="library.tag"
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="work_tags", to="library.work"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("work", "tag"), name="work_tag_once")],
            },
        ),
        migrations.AddField(
            model_name="work",
            name="tags",
            field=models.ManyToManyField(related_name="works", through="library.WorkTag", to="library.tag"),
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30)),
                ("start", models.PositiveIntegerField(default=0)),
                ("end", models.PositiveIntegerField(default=0)),
                ("text", models.TextField()),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="library.source"
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="library.work",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.CharField(max_length=20)),
                ("text", models.TextField(blank=True, default="")),
                ("answers", models.JSONField(default=list)),
                ("answer", models.TextField(blank=True, default="")),
                ("answered", models.DateTimeField(null=True)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="library.source"
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="library.work",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="library.work"
                    ),
                ),
                (
                    "other_person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="library.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="library.person"
                    ),
                ),
                ("evidence", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=20)),
                ("value", models.TextField()),
                ("how", models.CharField(default="stated", max_length=8)),
                ("confidence", models.FloatField(null=True)),
                ("evidence", models.TextField(blank=True, default="")),
                ("source", models.PositiveIntegerField(default=0)),
                ("spans", models.JSONField(default=list)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="facts", to="library.work"
                    ),
                ),
            ],
            options={
                "ordering": ["name", "position"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=20)),
                ("value", models.TextField()),
                ("made", models.DateTimeField(auto_now_add=True)),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="library.work"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Chapter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("number", models.IntegerField(null=True)),
                ("title", models.TextField(blank=True, default="")),
                ("words", models.PositiveIntegerField(default=0)),
                ("scenes", models.PositiveIntegerField(default=1)),
                ("blocks", models.BinaryField()),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="chapters", to="library.work"
                    ),
                ),
                ("story_sha256", models.CharField(blank=True, default="", max_length=64)),
            ],
            options={
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("work", "position"), name="chapter_once")],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.TextField()),
                (
                    "container",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contents",
                        to="library.source",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="places", to="library.source"
                    ),
                ),
                ("stem_sha256", models.CharField(blank=True, db_index=True, default="", max_length=64)),
                ("path_sha256", models.CharField(db_index=True, max_length=64)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("source", "path_sha256"), name="place_once")],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("reason", models.TextField()),
                ("reading", models.BinaryField()),
                ("made", models.DateTimeField(auto_now_add=True)),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="library.work"
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [models.UniqueConstraint(fields=("work", "number"), name="version_once")],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("about", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=500, unique=True)),
                ("sha256", models.CharField(blank=True, db_index=True, default="", max_length=64)),
                ("other_sha256", models.CharField(blank=True, db_index=True, default="", max_length=64)),
                ("text", models.TextField(blank=True, default="")),
                ("value", models.TextField(blank=True, default="")),
                ("evidence", models.TextField(blank=True, default="")),
                ("batch", models.PositiveIntegerField(db_index=True, default=0)),
                ("is_waiting", models.BooleanField(default=False)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
                ("before", models.BinaryField(default=bytes)),
            ],
        ),
        migrations.CreateModel(
            name="Wish",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("digest", models.CharField(max_length=64)),
                ("text", models.TextField(blank=True, default="")),
                ("why", models.TextField(blank=True, default="")),
                ("group", models.CharField(blank=True, default="", max_length=32)),
                ("made", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("kind", "digest"), name="wish_once")],
            },
        ),
        migrations.CreateModel(
            name="Alias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="aliases_of", to="library.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="aliases", to="library.person"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "other"), name="alias_once")],
            },
        ),
        migrations.CreateModel(
            name="Clue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("digest", models.CharField(db_index=True, max_length=64)),
                ("shown", models.TextField(blank=True, default="")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clues", to="library.person"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clues", to="library.source"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "kind", "digest", "source"), name="clue_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Record",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("key", models.CharField(max_length=200)),
                ("program", models.CharField(blank=True, default="", max_length=60)),
                ("name", models.TextField(blank=True, default="")),
                ("told", models.JSONField(default=list)),
                ("blocks", models.BinaryField(default=bytes)),
                ("members", models.JSONField(default=list)),
                ("rows", models.JSONField(default=dict)),
                ("visibility", models.CharField(blank=True, default="", max_length=10)),
                (
                    "container",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="records",
                        to="library.source",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="records",
                        to="library.person",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="records",
                        to="library.series",
                    ),
                ),
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="record", to="library.source"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["container", "kind"], name="library_rec_contain_44ab1e_idx")],
            },
        ),
        migrations.CreateModel(
            name="OldAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(db_index=True, max_length=200)),
                ("path", models.TextField()),
                ("chapter", models.PositiveIntegerField(default=0)),
                (
                    "container",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="old_addresses",
                        to="library.source",
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="old_addresses",
                        to="library.work",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="old_addresses",
                        to="library.record",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("chapter", models.PositiveIntegerField(default=0)),
                ("reviewer", models.TextField(blank=True, default="")),
                ("date", models.CharField(blank=True, default="", max_length=40)),
                ("rating", models.TextField(blank=True, default="")),
                ("blocks", models.BinaryField(default=bytes)),
                ("reply", models.BinaryField(default=bytes)),
                ("replied", models.CharField(blank=True, default="", max_length=40)),
                ("answers", models.PositiveIntegerField(default=0)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="library.source"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="library.record",
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reviews",
                        to="library.work",
                    ),
                ),
            ],
            options={
                "ordering": ["source", "position"],
                "constraints": [models.UniqueConstraint(fields=("work", "source", "position"), name="review_once")],
            },
        ),
        migrations.CreateModel(
            name="Sealed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("who", models.TextField()),
                ("value", models.TextField()),
                ("fold", models.CharField(db_index=True, max_length=200)),
                (
                    "container",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sealed",
                        to="library.source",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("container", "who", "fold"), name="sealed_once")],
            },
        ),
        migrations.CreateModel(
            name="Shelfmark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("program", models.CharField(max_length=60)),
                ("key", models.CharField(max_length=200)),
                ("visibility", models.CharField(blank=True, default="", max_length=10)),
                (
                    "container",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shelfmarks",
                        to="library.source",
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shelfmarks", to="library.work"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["container", "key"], name="library_she_contain_d5186a_idx")],
                "constraints": [models.UniqueConstraint(fields=("container", "key", "work"), name="shelfmark_once")],
            },
        ),
        migrations.CreateModel(
            name="Merged",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(unique=True)),
                ("identity", models.CharField(max_length=64, unique=True)),
                ("made", models.DateTimeField(auto_now_add=True)),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="merged", to="library.work"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Shingle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.BigIntegerField()),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="shingles", to="library.work"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("key", "work"), name="shingle_once")],
            },
        ),
    ]
