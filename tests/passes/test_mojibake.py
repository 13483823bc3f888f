"""Letters broken by a wrong encoding are put right, and true letters are left alone."""

from __future__ import annotations

import pytest

from ficshelf.passes.mojibake import apply
from ficshelf.readers import text
from ficshelf.reading import read

ENGLISH = (
    "“Don’t,” she said, “and I won’t ask again… not ever.”\n\nIt wasn’t the captain’s voice — not quite.\n\n"
    "He’d waited for hours, and nobody’d come.\n\nThe café was closed, and the rain went on.\n"
)
FRENCH = (
    "Il était là, et c’était déjà l’été.\n\n— Où étais-tu ? demanda-t-elle.\n\nÇa suffit, dit le garçon à sa mère.\n"
)
RUSSIAN = "Он не знал, что ей ответить.\n\nГде ты был? спросила она и закрыла дверь.\n\nВсю ночь шёл снег.\n"


def as_latin(data: bytes, page: str) -> str:
    """Bytes as cp1252 (or another page) shows them, those that it lacks as the control characters they are."""
    return "".join(
        chr(byte) if page == "cp1252" and byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([byte]).decode(page)
        for byte in data
    )


def layers(said: str, times: int, page: str = "cp1252") -> str:
    for _ in range(times):
        said = as_latin(said.encode(), page)
    return said


def repaired(said: str) -> str:
    """What the lines of a text say after the pass, a blank line between them."""
    draft = apply(text.read(said.encode(), "a.txt"))
    return "\n\n".join(node.text for node in draft.nodes)


def plain(said: str) -> str:
    return "\n\n".join(line.strip() for line in said.split("\n") if line.strip())


def kinds(said: str) -> list[str]:
    return [remark.kind for remark in apply(text.read(said.encode(), "a.txt")).remarks]


@pytest.mark.parametrize("said", [ENGLISH, FRENCH, RUSSIAN])
@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize("page", ["cp1252", "latin-1"])
def test_utf_8_read_as_something_else_up_to_three_times(said: str, times: int, page: str) -> None:
    assert repaired(layers(said, times, page)) == plain(said)


@pytest.mark.parametrize(
    ("said", "written", "read_in"),
    [
        (ENGLISH, "mac_roman", "cp1252"),
        (FRENCH, "mac_roman", "cp1252"),
        (ENGLISH, "cp1252", "mac_roman"),
        (ENGLISH, "cp1252", "cp437"),
        (FRENCH.replace("’", "'").replace("—", "-").replace("À", "A"), "cp850", "cp1252"),
        (RUSSIAN, "cp1251", "cp1252"),
        (RUSSIAN, "koi8_r", "cp1251"),
        (RUSSIAN, "cp1251", "koi8_r"),
        (RUSSIAN, "koi8_r", "cp1252"),
        (ENGLISH, "utf-8", "mac_roman"),
    ],
)
def test_one_machine_s_letters_read_as_another_s(said: str, written: str, read_in: str) -> None:
    broken = as_latin(said.encode(written), read_in)
    assert repaired(broken) == plain(said)
    assert "mojibake-repaired" in kinds(broken)


@pytest.mark.parametrize(
    ("broken", "meant"),
    [
        ("â€œGo,â€ he said, â€œand donâ€™t look.â€", "“Go,” he said, “and don’t look.”"),
        ("â€œGo,â€? he said. â€œNow.â€?", "“Go,” he said. “Now.”"),
        ("He didnâ€t know. She couldnâ€t say.", "He didn’t know. She couldn’t say."),
        ("LÃ  et lÃ , Ã  cÃ´tÃ©", "Là et là, à côté"),
        ("ï»¿The cafÃ© was shut.", "The café was shut."),
    ],
)
def test_bytes_that_were_dropped_on_the_way_are_known_by_their_place(broken: str, meant: str) -> None:
    assert repaired(broken) == meant


@pytest.mark.parametrize(
    "true",
    [
        FRENCH,
        "L’Â, dit-il, est la lettre qui manque. ÂGE : inconnu. PÂQUES, BÂLE, CHÂTEAU «Â»…",
        "NÃO VÃO CEDO, A LIÇÃO DO IRMÃO É ESTA: CORAÇÃO, AÇÃO, MÃE! “NÃO”, disse.",
        "Çà et là, des traces. « Où ça ? » ÉTÉ À LA MER, ÎLE D’OLÉRON, FORÊT",
        "Ærø, Øresund, ÅÄÖ, Þórr, Ðe, œuvre, Œdipe, Ÿ, ñandú, ¿Qué? ¡Sí!",
        "Zażółć gęślą jaźń, i poszedł do świątyni.\nNěkdo zaklepal; nikdo se nepohnul.\nŐszintén szólva.",
        "Он ничего не сказал.\n— Где ты был? — ДОМА! — крикнул он. ЁЖИК И ЩЁТКА",
        "Í í Ì ì Î î Ô ô: the letters of her spell, sung one by one, ìîô.",
        "Chloë Zoë Renée Éowyn Bjørk Dvořák Łódź — the guests’ names… “all of them”",
        "°º¤ø,¸¸,ø¤º°`°º¤ø\n~*~ ° ~*~\n™ ® © ½ ¼ ± × ÷",
        "He said the price was 5€, §12, 20°, “fine” — and √2 × π ≈ 4.44…",
        "彼女は何も言わなかった。「どこに行っていたの」",
        "IÑIGO MONTOYA. MUÑOZ, PEÑA, ¡ÁNDALE, SEÑOR ÓSCAR! ESTÁ AQUÍ.",
        "DONÉ? ÇOCUK GÜLÜMSEDİ, ŞATOYA DÖNMEK İSTEMİYORDU",
    ],
)
def test_true_letters_are_left_alone(true: str) -> None:
    assert repaired(true) == plain(true)
    assert "mojibake-repaired" not in kinds(true)


def test_each_stretch_has_its_remark() -> None:
    good = "He ran on and on.\n\n"
    broken = layers("It wasn’t her café.", 1) + "\n\n"
    draft = apply(text.read((good + broken + broken + good + broken).encode(), "a.txt"))
    found = [remark for remark in draft.remarks if remark.kind == "mojibake-repaired"]
    assert [draft.text[start:end].count("cafÃ©") for start, end in (remark.span for remark in found)] == [2, 1]


def test_what_is_known_about_a_story_is_put_right_too() -> None:
    page = (
        "<html><body><p>Title: Le cafÃ©</p><p>Author: ZoÃ«</p>"
        "<p>It wasnâ€™t far to the cafÃ©, and he ran all the way through the rain and the dark.</p>"
        "<p>He found her there, and she was not alone; that was all he ever said of it.</p></body></html>"
    )
    (work,) = read([(page.encode(), "a.html")]).works
    assert (work.facts["title"][0].value, work.facts["author"][0].value) == ("Le café", "Zoë")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("?Yes,? she said. ?No.? And ?Go,? he said.", "lost-quotes"),
        ("I don?t know what she?s doing, he thought.", "lost-quotes"),
        ("The caf\ufffd was closed\ufffd and she left.", "letters-lost"),
    ],
)
def test_lost_letters_are_left_alone_and_remarked_upon(said: str, kind: str) -> None:
    assert repaired(said) == said
    assert kind in kinds(said)


@pytest.mark.parametrize("said", ["Why? he asked. What? she said.", "Où ? demanda-t-elle. Là ? dit-il."])
def test_questions_are_questions(said: str) -> None:
    assert not {"lost-quotes", "letters-lost"} & set(kinds(said))
