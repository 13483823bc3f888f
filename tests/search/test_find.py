"""Stories are found by their words and by what is known about them, and the place of the words is shown."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from query_texts import queries
from small_library import rewrite, shelve

from ficshelf.errors import QueryError
from ficshelf.library.blocks import pack
from ficshelf.library.models import Work
from ficshelf.model import Block, Run
from ficshelf.search import find as service
from ficshelf.search import index
from ficshelf.search.find import Results, find
from ficshelf.search.normalise import LONGEST, words
from ficshelf.search.query import SORTS

Shelf = dict[str, Work]


def names(shelf: Shelf, results: Results) -> list[str]:
    """What was found, by the names of the shelf."""
    known = {work.pk: name for name, work in shelf.items()}
    return [known[hit.work.pk] for hit in results.hits]


def plain(marked: Iterable[tuple[str, bool]]) -> str:
    """Marked text with its marks in square brackets."""
    return "".join(f"[{text}]" if mark else text for text, mark in marked)


QUERIES = [
    ("violin", {"fog", "cafe"}),
    ("VIOLIN storm", {"fog"}),  # in different scenes
    ("violin nosuchword", set()),
    ("couldn't", {"fog", "cafe"}),
    ("couldn’t", {"fog", "cafe"}),
    ("couldnt", {"fog", "cafe"}),
    ("zoe", {"fog"}),
    ("ZOË", {"fog"}),
    ("cafe noir", {"cafe"}),
    ("strasse", {"german"}),
    ("Ähre", {"german"}),
    ("kiss", {"fog"}),  # kissing
    ("tempests", {"tempest"}),
    ("vio*", {"fog", "cafe"}),
    ('"to be or not to be"', {"fog"}),
    ("“To be, or not to be”", {"fog"}),
    ('"not to be or"', set()),
    ('"be or not"', {"fog"}),
    ('"couldn\'t sleep"', {"fog"}),
    ('"couldn\'t care less"', {"cafe"}),
    ('"its ruined"', {"fog"}),
    ("well-known draught", {"numbers"}),
    ("101", {"numbers"}),
    ("你好", {"numbers"}),
    ('"好你"', set()),
    ("violin -storm", {"cafe"}),
    ('violin -"to be"', {"cafe"}),
    ("violin -(storm OR waiter)", set()),
    ("-violin -bell", {"tempest", "german", "numbers"}),
    ("mast OR waiter", {"tempest", "cafe"}),
    ("violin (mast OR waiter)", {"cafe"}),
    ("herring", {"fog"}),  # in the author's note
    ("lighthouse nebel", {"german"}),  # a tag and a word of the text
    ("author:quill", {"fog", "tempest"}),
    ("author:quill*", {"fog", "tempest", "cafe"}),
    ('by:"ada quill" -author:oake', {"fog"}),
    ('author:="ADA QUILL"', {"fog", "tempest"}),
    ("title:fog", {"fog"}),
    ('title:"the fog signal"', {"fog"}),
    ('title:="tempest"', {"tempest"}),
    ("fandom:tales", {"fog", "tempest", "german"}),
    ("fandom:hamlet", {"tempest"}),  # elsewhere it is a guess
    ("pairing:zoe/marlow", {"fog"}),
    ("character:marlow", {"fog"}),
    ("rating:general", {"cafe", "german"}),
    ("rating:pg-13", {"fog"}),
    ("rating:>=teen", {"fog", "tempest"}),
    ("rating:none", {"guess", "numbers"}),
    ("rating:teen OR rating:explicit", {"fog", "tempest"}),
    ("warning:death", {"tempest"}),
    ("genre:angst", {"tempest"}),
    ("tag:angst", {"tempest"}),
    ("tag:marlow", {"fog"}),
    ("series:reef", {"fog"}),
    ("summary:nobody", {"fog"}),
    ("language:german", {"german"}),
    ("complete:yes", {"fog", "cafe"}),
    ("complete:no", {"tempest"}),
    ("is:wip", {"tempest"}),
    ("complete:unknown", {"guess", "german", "numbers"}),
    ("words:>600", {"guess"}),
    ("words:5-12 rating:general", {"german"}),
    ("words:9-5 complete:yes", set()),
    ("chapters:>1", {"fog"}),
    ("updated:>2004", {"tempest"}),
    ("updated:2004-05", {"fog"}),
    ("updated:2000..2004 violin", {"fog", "cafe"}),
    ("added:>2020", {"fog", "tempest", "cafe", "guess", "german", "numbers"}),
    ("is:crossover", {"tempest"}),
    ("is:series", {"fog"}),
    ("is:untitled", {"guess"}),
    ("ghost story", {"guess"}),  # its suggested title
    ("", {"fog", "tempest", "cafe", "guess", "german", "numbers"}),
]


def test_queries_find_what_they_mean(shelf):
    found = [(query, set(names(shelf, find(query)))) for query, _ in QUERIES]
    assert found == QUERIES


def test_hits_are_stories_with_the_scenes_where_the_words_are(shelf):
    (hit,) = find("violin marlow keeper").hits
    assert hit.work == shelf["fog"]
    assert {scene.address for scene in hit.scenes} == {
        f"/works/{shelf['fog'].pk}/chapters/1#scene-1",
        f"/works/{shelf['fog'].pk}/chapters/2#scene-1",
        f"/works/{shelf['fog'].pk}/chapters/2#scene-2",
    }
    assert find("violin").total == 2


def test_a_snippet_shows_the_text_as_it_is_with_its_words_marked(shelf):
    (hit,) = find("couldnt sleep").hits
    assert plain(hit.scenes[0].snippet).startswith("The keeper [couldn’t] [sleep]. Out on the reef")
    (hit,) = find("zoe kiss").hits
    assert "[Zoë] found him by the lamp, [kissing] the cold" in plain(hit.scenes[0].snippet)
    (hit,) = find('"its ruined"').hits
    assert "“[It’s ruined],” said Marlow" in plain(hit.scenes[0].snippet)
    (hit,) = find("stras*").hits
    assert "Die [Straße] lag" in plain(hit.scenes[0].snippet)


def test_titles_and_summaries_are_marked_too(shelf):
    (hit,) = find("fog rings").hits
    assert plain(hit.title) == "The [Fog] Signal"
    assert plain(hit.summary) == "A keeper hears a bell that nobody [rings]."


def test_words_in_an_authors_note_are_said_to_be(shelf):
    (hit,) = find("herring").hits
    assert [(scene.chapter, scene.scene, scene.in_notes) for scene in hit.scenes] == [(1, 2, True)]
    assert "[herring]" in plain(hit.scenes[0].snippet)


def test_a_story_counts_for_more_than_a_note(library):
    shelve("One", "A/N my kettle\nNothing happens here at all.")
    noted = shelve("Two", "The kettle sang on the stove.")
    index.catch_up(library)
    assert find("kettle").hits[0].work == noted


def test_a_title_counts_for_more_than_a_mention(library):
    shelve("One", "They spoke of a tempest.")
    named = shelve("Tempest", "They spoke of this and that.")
    index.catch_up(library)
    assert find("tempest").hits[0].work == named


def test_the_word_itself_counts_for_more_than_its_forms(library):
    shelve("One", "She was painting all day, painting the fence.")
    itself = shelve("Two", "She liked to paint all day, as it happens, the fence.")
    index.catch_up(library)
    results = find("paint")
    assert results.total == 2
    assert results.hits[0].work == itself


def test_stories_whose_words_meet_in_a_scene_come_first(library):
    far = "The anchor held.\n***\nA long day.\n***\nThe lantern burned."
    near = "The anchor held.\n***\nBy the lantern he saw that an anchor was gone.\n***\nThe lantern burned."
    for _ in range(3):
        shelve("Apart", far)
    met = shelve(
        "Together", near + "\nAnd a good many other words to make it longer than those, so that it ranks low." * 3
    )
    index.catch_up(library)
    results = find("anchor lantern")
    assert results.total == 4
    assert results.hits[0].work == met
    assert results.hits[0].scenes[0].scene == 2


def test_no_phrase_runs_over_a_scene_break(library):
    shelve("One", "The anchor\n***\nheld fast.")
    index.catch_up(library)
    assert find('"anchor held"').total == 0
    assert find('"held fast"').total == 1


def test_a_guessed_title_is_shown_as_a_guess(shelf):
    (hit,) = find("candle").hits
    assert (plain(hit.title), hit.title_is_guess) == ("ghost story 3", True)
    assert not find("title:fog").hits[0].title_is_guess


def test_facets_count_stories_and_lead_to_them(shelf):
    results = find("")
    facets = {facet.name: {value.value: value.count for value in facet.values} for facet in results.facets}
    assert facets["rating"] == {"general": 2, "unrated": 2, "teen": 1, "explicit": 1}
    assert facets["fandom"] == {"Lighthouse Tales": 3, "Hamlet": 1, "Detective Nights": 1}
    assert facets["author"] == {"Ada Quill": 2, "Brin Oake": 1, "Ada Quillon": 1, "Jörg Ähre": 1}
    assert facets["relationship"] == {"Marlow/Zoë": 1}
    assert facets["character"] == {"Marlow": 1, "Zoë": 1}
    assert facets["complete"] == {"yes": 2, "no": 1, "unknown": 3}
    assert facets["language"] == {"English": 3, "German": 1}
    assert facets["words"] == {"<1000": 6}
    for query in ("", "bell OR violin", "rating:>=teen"):
        for facet in find(query).facets:
            for value in facet.values:
                assert find(value.query).total == (find(query).total if value.chosen else value.count), value


def test_a_chosen_facet_leads_back(shelf):
    results = find('violin fandom:="Lighthouse Tales" words:..999')
    chosen = {value.label: value.query for facet in results.facets for value in facet.values if value.chosen}
    assert chosen == {
        "Lighthouse Tales": "violin words:..999",
        "under 1,000 words": 'violin fandom:="Lighthouse Tales"',
    }
    assert [part for part, _ in results.parts] == ["violin", 'fandom:="Lighthouse Tales"', "words:..999"]
    assert results.parts[0][1] == 'fandom:="Lighthouse Tales" words:..999'


def test_orders(shelf):
    def order(sort: str) -> list[str]:
        return names(shelf, find(f"sort:{sort}"))

    assert order("title") == ["cafe", "german", "guess", "numbers", "tempest", "fog"]
    assert order("author")[:4] == ["fog", "cafe", "tempest", "german"]
    assert order("words")[0] == "guess"
    assert order("shortest") == order("words")[::-1]
    assert order("updated")[:3] == ["tempest", "fog", "cafe"]
    assert order("oldest")[:3] == ["cafe", "fog", "tempest"]
    assert order("added") == list(shelf)[::-1]
    assert order("relevance") == order("title")
    assert find("violin").sort == "relevance"
    assert find("rating:teen").sort == "title"
    assert [name for name, _, _ in find("violin").sorts] == list(SORTS)
    assert names(shelf, find(find("violin").sorts[1][2])) == ["cafe", "fog"]


@pytest.mark.parametrize("query", ["", "bell", "bell sort:words", "bell ring"])
def test_pages_together_are_everything_once(library, monkeypatch, query):
    monkeypatch.setattr(service, "RANKED_BY_SCENES", 7)  # the page that lies across it, too
    for number in range(23):
        shelve(f"Story {number}", f"The bell rang {'again ' * number}and ringing was what the bell did.")
    index.catch_up(library)
    pages = [find(query, page, per_page=5) for page in range(1, 6)]
    assert [(results.page, results.pages, results.total) for results in pages] == [(p, 5, 23) for p in range(1, 6)]
    ids = [hit.work.pk for results in pages for hit in results.hits]
    assert len(ids) == len(set(ids)) == 23


def test_paging_has_an_end(library, shelf, monkeypatch):
    assert find("", 99).page == 1
    assert find("", 0).page == 1
    assert find("", 10**12, per_page=2).page == 3
    monkeypatch.setattr(service, "MAX_DEPTH", 4)
    assert find("", 99, per_page=2).page == 2
    assert find("", 99, per_page=2).total == 6


def test_a_story_that_is_gone_from_the_library_is_left_out(shelf):
    shelf["cafe"].delete()
    assert names(shelf, find("violin")) == ["fog"]


def test_a_story_that_has_changed_since_is_shown_as_it_is(shelf):
    rewrite(shelf["cafe"], "Nothing.")
    (hit,) = find("waiter").hits
    assert hit.scenes == ()


def test_what_was_committed_is_found_at_once(library, shelf):
    assert find("xylophone").total == 0
    shelve("Late", "A xylophone.")
    index.catch_up(library)
    assert find("xylophone").total == 1


def test_mail_addresses_are_never_shown(library):
    shelve("One", "A/N write to quill@example.org about the trombone", authors="Quill quill@example.org")
    index.catch_up(library)
    (hit,) = find("trombone").hits
    assert "example.org" not in plain(hit.scenes[0].snippet)
    facets = {facet.name: facet for facet in find("trombone").facets}
    assert [value.label for value in facets["author"].values] == ["Quill"]


def test_names_without_words_can_be_filtered_by(library):
    shelve("One", "text", fandom=["★"])
    shelve("Two", "text", fandom=["☆"])
    index.catch_up(library)
    for facet in find("").facets:
        for value in facet.values:
            assert find(value.query).total == value.count


@examples(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=queries | st.text(max_size=60))
def test_any_query_gives_results_or_says_what_is_wrong(shelf, query):
    try:
        results = find(query)
    except QueryError:
        return
    assert len(results.hits) == min(results.total, 20)
    for hit in results.hits:
        for scene in hit.scenes:
            assert scene.snippet == () or any(mark for _, mark in scene.snippet)


texts = st.text(min_size=1, max_size=40) | st.text("aé’'-½你İ\u00ad\u0308 Zoë“—", min_size=1, max_size=20)


@examples(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(texts, min_size=5, max_size=20))
def test_every_word_of_a_text_finds_it_and_is_marked_in_it(library, texts):
    works = [shelve("", "") for _ in texts]
    for work, text in zip(works, texts, strict=True):
        work.chapters.update(blocks=pack((Block("paragraph", (Run(text),), ()),)))
    index.catch_up(library)
    try:
        for work, text in zip(works, texts, strict=True):
            for word in words(text):
                if len(word.encode()) <= LONGEST:
                    hits = [hit for hit in find(f'"{word}"', per_page=500).hits if hit.work == work]
                    assert hits, (word, text)
                    assert any(mark for _, mark in hits[0].scenes[0].snippet), (word, text)
    finally:
        Work.objects.all().delete()
