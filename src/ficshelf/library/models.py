"""What a library keeps. The database is the truth; the search index and the rendered pages are made from it.

What files say (`Fact`, `Chapter`, `Remark`) is written by `intake` and replaced when a source is read again. What
people say (`Decision`, an answered `Question`) is never touched by reading.
"""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Person(models.Model):
    """Somebody credited with something: an author, a beta reader. `fold` is the name as it is compared."""

    name = models.TextField()
    fold = models.CharField(max_length=200, unique=True)


class Tag(models.Model):
    """A value that many works share, by kind: fandom, relationship, character, warning, genre, category, tag."""

    kind = models.CharField(max_length=20)
    name = models.TextField()
    fold = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "fold"], name="tag_once")]


class Series(models.Model):
    """A row of works in an order; a series may hold further series. `serials` tells series of one name apart: `base` is
    the name as it is compared, `owner` the author or the archive's record, `nth` which of that name it is, `fold` the
    address as it is compared."""

    name = models.TextField()
    fold = models.CharField(max_length=200, unique=True)
    base = models.CharField(max_length=200, blank=True, default="", db_index=True)
    owner = models.CharField(max_length=200, blank=True, default="")
    nth = models.PositiveIntegerField(default=1)
    parents = models.ManyToManyField("self", through="SeriesNesting", symmetrical=False, related_name="children")

    @property
    def address(self) -> str:
        """What the series is asked for by: its name, with its number from the second of that name on."""
        return f"{self.name} ~{self.nth}" if self.nth > 1 else self.name


class SeriesNesting(models.Model):
    """A series' place in a larger one."""

    parent = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="nested")
    child = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="nested_in")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["parent", "child"], name="series_nesting_once")]


class Work(models.Model):
    """A story as it is shown. `title`, `summary` and the like are the first stated or decided fact of that name, copied
    here to list and sort by; "" when nothing is known. `suggested_title` is a guess and is shown as one."""

    RATINGS = ("general", "teen", "mature", "explicit", "unrated")

    identity = models.CharField(max_length=64, unique=True)  # stays the same over versions and rebuilds
    title = models.TextField(blank=True, default="")
    suggested_title = models.TextField(blank=True, default="")
    sort_title = models.CharField(max_length=200, blank=True, default="", db_index=True)
    sort_author = models.CharField(max_length=200, blank=True, default="", db_index=True)
    summary = models.TextField(blank=True, default="")
    rating = models.CharField(max_length=10, default="unrated", db_index=True)
    rating_stated = models.TextField(blank=True, default="")
    complete = models.BooleanField(null=True, db_index=True)
    language = models.CharField(max_length=40, blank=True, default="")
    published = models.DateField(null=True)
    updated = models.DateField(null=True)
    words = models.PositiveIntegerField(default=0, db_index=True)
    chapter_count = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)  # grows with every change of what is shown
    indexed_version = models.PositiveIntegerField(default=0, db_index=True)  # the version the search index holds
    # What other copies of the work are found by (names.match, names.url_key, prints.Print, likeness.sketch); "" where
    # unknown.
    match_key = models.CharField(max_length=200, blank=True, default="", db_index=True)  # title and author
    url_key = models.CharField(max_length=200, blank=True, default="", db_index=True)
    story_sha256 = models.CharField(max_length=64, blank=True, default="", db_index=True)
    sketch = models.BinaryField(default=bytes)
    visibility = models.CharField(max_length=10, blank=True, default="", db_index=True)  # of record.VISIBILITIES
    added = models.DateTimeField(auto_now_add=True, db_index=True)
    changed = models.DateTimeField(auto_now=True, db_index=True)

    tags = models.ManyToManyField(Tag, through="WorkTag", related_name="works")
    people = models.ManyToManyField(Person, through="Credit", related_name="works")
    series = models.ManyToManyField(Series, through="SeriesPart", related_name="works")
    sources = models.ManyToManyField("Source", through="WorkSource", related_name="works")


class WorkTag(models.Model):
    """That a work has a tag. `how` is stated, inferred or decided: a guess is listed nowhere but on the work's page."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="work_tags")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="work_tags")
    how = models.CharField(max_length=8, default="stated")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["work", "tag"], name="work_tag_once")]


class Credit(models.Model):
    """That a person did something for a work: role "author" or "beta"."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="credits")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="credits")
    role = models.CharField(max_length=10, default="author")
    how = models.CharField(max_length=8, default="stated")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["work", "person", "role"], name="credit_once")]


class SeriesPart(models.Model):
    """A work's place in a series; `position` 0 where it is not stated."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="series_parts")
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="parts")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["work", "series"], name="series_part_once")]


class Source(models.Model):
    """A file as it was found, kept in originals/ under its sha256. A zip is a source, and so is each story in it."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()  # bytes
    reader = models.CharField(max_length=20, blank=True, default="")
    reader_version = models.CharField(max_length=20, blank=True, default="")
    encoding = models.CharField(max_length=40, blank=True, default="")
    text_length = models.PositiveIntegerField(default=0)  # characters of the text layer
    text_sha256 = models.CharField(max_length=64, blank=True, default="")  # of the text layer in UTF-8
    chrome = models.JSONField(default=list)  # [[start, end, reason], …]
    # stored; kept (unread, or no story in it); opened (a zip, whose entries are sources of their own); left out and
    # trimmed (library.mentions)
    outcome = models.CharField(max_length=10, default="stored")
    kept = models.BooleanField(default=True)  # among the originals; not where it holds passwords or addresses
    added = models.DateTimeField(auto_now_add=True)


class Place(models.Model):
    """Where a source was found: its path, or the container it lay in and its name there. One row a place."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="places")
    path = models.TextField()
    path_sha256 = models.CharField(max_length=64, db_index=True)  # a path may be longer than an index key can be
    stem_sha256 = models.CharField(max_length=64, blank=True, default="", db_index=True)  # of decide.stem_key
    container = models.ForeignKey(Source, null=True, on_delete=models.CASCADE, related_name="contents")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "path_sha256"], name="place_once")]


class WorkSource(models.Model):
    """That a work was made from a source; `position` is the index that facts and blocks call `source`. It never
    changes: sources of earlier versions and further copies of the same story stay, and new ones come after them."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="work_sources")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="work_sources")
    position = models.PositiveIntegerField(default=0)
    is_copy = models.BooleanField(default=False)  # a copy of the story that is kept beside the one that is shown

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["work", "position"], name="work_source_once")]


class Chapter(models.Model):
    """A chapter and its blocks. `blocks` is the JSON that `library.blocks` packs and unpacks, in UTF-8."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="chapters")
    position = models.PositiveIntegerField()  # from 1, the number in its address
    number = models.IntegerField(null=True)  # as the story counts
    title = models.TextField(blank=True, default="")
    words = models.PositiveIntegerField(default=0)
    scenes = models.PositiveIntegerField(default=1)
    story_sha256 = models.CharField(max_length=64, blank=True, default="")  # prints.Print.chapters
    blocks = models.BinaryField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["work", "position"], name="chapter_once")]


class Fact(models.Model):
    """One thing a source says, or we guess, about a work. `source` is a position among the work's sources."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="facts")
    name = models.CharField(max_length=20)
    value = models.TextField()  # "true" or "false" for complete
    how = models.CharField(max_length=8, default="stated")
    confidence = models.FloatField(null=True)
    evidence = models.TextField(blank=True, default="")
    source = models.PositiveIntegerField(default=0)
    spans = models.JSONField(default=list)  # [[start, end], …]
    position = models.PositiveIntegerField(default=0)  # its place among the facts of that name

    class Meta:
        ordering = ["name", "position"]


class Decision(models.Model):
    """What a person said about a work: a fact's value, in place of whatever files say. Never written by intake."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="decisions")
    name = models.CharField(max_length=20)
    value = models.TextField()
    made = models.DateTimeField(auto_now_add=True)


class Remark(models.Model):
    """Something noticed while reading a source; of a work, or of a source that gave none."""

    work = models.ForeignKey(Work, null=True, on_delete=models.CASCADE, related_name="remarks")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="remarks")
    kind = models.CharField(max_length=30)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    text = models.TextField()


class Question(models.Model):
    """A doubt that only a person can settle; `answers` is [[value, evidence], …], the likeliest first. Whether this is
    the same work as `other` is asked with `about` "same-work"; `library.twins` says which answers there are, what they
    do, and what `evidence` holds then."""

    work = models.ForeignKey(Work, null=True, on_delete=models.CASCADE, related_name="questions")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="questions")
    about = models.CharField(max_length=20)
    other = models.ForeignKey(Work, null=True, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(blank=True, default="")
    answers = models.JSONField(default=list)
    evidence = models.JSONField(default=dict)
    answer = models.TextField(blank=True, default="")
    answered = models.DateTimeField(null=True)
    # Whether these two are one is asked with `about` "same-person" and the answers "same" and "different".
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    other_person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")


class Answer(models.Model):
    """What a person answered, told by what it was about and by no row's number: it can be given again when the same
    source is read anew, in this library or in another. `library.decisions` gives answers and takes them back."""

    about = models.CharField(max_length=20)
    key = models.CharField(max_length=500, unique=True)  # decisions.key_of
    sha256 = models.CharField(max_length=64, blank=True, default="", db_index=True)  # of the source asked about
    other_sha256 = models.CharField(max_length=64, blank=True, default="", db_index=True)  # of the other work's first
    text = models.TextField(blank=True, default="")  # the question as it was asked
    value = models.TextField(blank=True, default="")
    evidence = models.TextField(blank=True, default="")  # what spoke for that value
    batch = models.PositiveIntegerField(default=0, db_index=True)  # answers given at one stroke; 0 for waiting ones
    is_waiting = models.BooleanField(default=False)  # for a source that this library does not hold yet
    made = models.DateTimeField(default=timezone.now)
    before = models.BinaryField(default=bytes)  # snapshots.take: what was there before, to take the answer back


class Wish(models.Model):
    """What must not be imported: an author, an address, a file, a story. It is recognised by digests alone; `text` is
    what the owner wrote into the list, and "" where a work was taken down, so that nothing of it is left."""

    kind = models.CharField(max_length=10)  # author, url, file, story, title
    digest = models.CharField(max_length=64)  # wishes.digest
    text = models.TextField(blank=True, default="")
    why = models.TextField(blank=True, default="")
    group = models.CharField(max_length=32, blank=True, default="")  # what one entry of the list put there
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "digest"], name="wish_once")]


class Version(models.Model):
    """How a work read before it changed: enough to show it again. `reading` is its facts and chapters as
    `blocks.pack_work` packs them; its sources are still among the work's, at the same positions."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    reason = models.TextField()
    reading = models.BinaryField()
    made = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["work", "number"], name="version_once")]


class Shelfmark(models.Model):
    """Where an archive had a work. `container` is what the archive came in; two works of one archive are never one."""

    work = models.ForeignKey(Work, on_delete=models.CASCADE, related_name="shelfmarks")
    container = models.ForeignKey(Source, null=True, on_delete=models.CASCADE, related_name="shelfmarks")
    program = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    visibility = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["container", "key", "work"], name="shelfmark_once")]
        indexes = [models.Index(fields=["container", "key"])]


class Record(models.Model):
    """What an archive's rows said of one thing. Of a story, the work has it all, and this only counts its rows. `told`
    is [[name, value, column], …], `rows` the number of rows by table, `blocks` what a person or page says."""

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="record")
    container = models.ForeignKey(Source, null=True, on_delete=models.CASCADE, related_name="records")
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=200)
    program = models.CharField(max_length=60, blank=True, default="")
    name = models.TextField(blank=True, default="")
    told = models.JSONField(default=list)
    blocks = models.BinaryField(default=bytes)
    members = models.JSONField(default=list)  # of a series: [[key, place], …]
    rows = models.JSONField(default=dict)
    visibility = models.CharField(max_length=10, blank=True, default="")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="records")
    series = models.ForeignKey(Series, null=True, on_delete=models.SET_NULL, related_name="records")

    class Meta:
        indexes = [models.Index(fields=["container", "kind"])]

    @staticmethod
    def of(container: int | None) -> models.QuerySet[Record]:
        """The records of an archive; those too that came first with an earlier copy of it, whose `container` they
        name."""
        if container is None:
            return Record.objects.filter(container=None)
        placed = Place.objects.filter(container=container).values("source")
        return Record.objects.filter(models.Q(container=container) | models.Q(source__in=placed))


class Review(models.Model):
    """What a reader said about a work, of the chapter at that position (0: of the whole), and its author's reply; or
    about a series or a page of an archive (`record`)."""

    work = models.ForeignKey(Work, null=True, on_delete=models.CASCADE, related_name="reviews")
    record = models.ForeignKey(Record, null=True, on_delete=models.CASCADE, related_name="reviews")
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="reviews")
    position = models.PositiveIntegerField()  # in its source, from 1
    chapter = models.PositiveIntegerField(default=0)
    reviewer = models.TextField(blank=True, default="")
    date = models.CharField(max_length=40, blank=True, default="")
    rating = models.TextField(blank=True, default="")
    blocks = models.BinaryField(default=bytes)
    reply = models.BinaryField(default=bytes)
    replied = models.CharField(max_length=40, blank=True, default="")
    answers = models.PositiveIntegerField(default=0)  # the position of the review that it replies to

    class Meta:
        ordering = ["source", "position"]
        constraints = [models.UniqueConstraint(fields=["work", "source", "position"], name="review_once")]


class OldAddress(models.Model):
    """An address of an old archive and what it led to: a work (`chapter` is a position, 0 the whole) or a record.
    `key` is the address as it is compared (library.old_addresses.key); `path` as the archive wrote it."""

    key = models.CharField(max_length=200, db_index=True)
    path = models.TextField()
    container = models.ForeignKey(Source, null=True, on_delete=models.CASCADE, related_name="old_addresses")
    work = models.ForeignKey(Work, null=True, on_delete=models.CASCADE, related_name="old_addresses")
    chapter = models.PositiveIntegerField(default=0)
    record = models.ForeignKey(Record, null=True, on_delete=models.CASCADE, related_name="old_addresses")


class Sealed(models.Model):
    """A mail address or a real name that an archive had of somebody. Shown to nobody; its owner's alone to find."""

    container = models.ForeignKey(Source, null=True, on_delete=models.CASCADE, related_name="sealed")
    who = models.TextField()
    value = models.TextField()
    fold = models.CharField(max_length=200, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["container", "who", "fold"], name="sealed_once")]


from ficshelf.library.name_models import Alias, Clue  # noqa: E402, F401 - Django looks for tables here
from ficshelf.library.twin_models import Merged, Shingle  # noqa: E402, F401
