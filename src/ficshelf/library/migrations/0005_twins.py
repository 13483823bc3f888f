import django.db.models.deletion
from django.db import migrations, models


def sketch_anew(apps, schema_editor):
    """Works of older libraries are sketched by their runs of words, so that later copies of them are found."""
    from ficshelf.library import lookup
    from ficshelf.library.blocks import unpack
    from ficshelf.likeness import sketch, tokens

    work, chapter = apps.get_model("library", "Work"), apps.get_model("library", "Chapter")
    for pk in list(work.objects.order_by("pk").values_list("pk", flat=True)):
        packed = chapter.objects.filter(work=pk).order_by("position").values_list("blocks", flat=True)
        words = [word for words in tokens.of_chapters(unpack(blocks) for blocks in packed) for word in words]
        sketched = sketch.of_words(words)
        work.objects.filter(pk=pk).update(sketch=sketched)
        lookup.note_text(pk, sketched)


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0004_archives"),
    ]

    operations = [
        migrations.AddField(
            model_name="question",
            name="evidence",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="worksource",
            name="is_copy",
            field=models.BooleanField(default=False),
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
        migrations.RunPython(sketch_anew, migrations.RunPython.noop, elidable=True),
    ]
