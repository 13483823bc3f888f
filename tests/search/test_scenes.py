"""Scenes are cut at breaks, and their numbers are the anchors that pages, books and search share."""

from hypothesis import given
from hypothesis import strategies as st

from ficshelf.model import Block, Run
from ficshelf.scenes import scenes


def blocks(*kinds):
    return tuple(Block(kind, (Run(f"{kind} {n}"),), ()) for n, kind in enumerate(kinds))


def test_breaks_part_scenes_and_belong_to_none():
    chapter = blocks("heading", "paragraph", "break", "note", "break", "paragraph", "end")
    cut = scenes(chapter)
    assert [(scene.anchor, scene.start, len(scene.blocks)) for scene in cut] == [
        ("scene-1", 0, 2),
        ("scene-2", 3, 1),
        ("scene-3", 5, 2),
    ]
    assert cut[1].blocks == chapter[3:4]


def test_breaks_at_the_edges_and_in_a_row_make_no_empty_scene():
    cut = scenes(blocks("break", "paragraph", "break", "break", "paragraph", "break"))
    assert [(scene.number, scene.start) for scene in cut] == [(1, 1), (2, 4)]


def test_a_chapter_without_words_still_has_a_scene_to_point_at():
    assert [scene.number for scene in scenes(())] == [1]
    assert [scene.number for scene in scenes(blocks("break", "break"))] == [1]


@given(st.lists(st.sampled_from(["paragraph", "break", "verse", "heading"]), max_size=30))
def test_every_block_but_the_breaks_lies_in_one_scene_in_order(kinds):
    chapter = blocks(*kinds)
    cut = scenes(chapter)
    assert [b for scene in cut for b in scene.blocks] == [b for b in chapter if b.kind != "break"]
    assert all(chapter[s.start : s.start + len(s.blocks)] == s.blocks for s in cut)
    assert [scene.number for scene in cut] == list(range(1, len(cut) + 1))
