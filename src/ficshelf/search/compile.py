"""Queries as tantivy runs them. Its own query parser is never used: it takes an apostrophe for a quote."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from tantivy import FieldType, Occur, Schema
from tantivy import Query as Matcher

from ficshelf.search.normalise import words
from ficshelf.search.query import All, Either, Node, Not, OneOf, Phrase, Prefix, Query, Tagged, Text, Within, Word
from ficshelf.search.schema import NUMBERS, SCENE_WEIGHTS, SCENES, TAG_KINDS, WEIGHTS, WORKS, whole

FORM_WEIGHT = 0.5  # what another form of a word counts, beside the word itself

KEPT_BACK = (OneOf("is", ("members", "hidden"), "hidden"),)  # works that are not for everybody

Forms = Callable[[str], tuple[str, ...]]  # a folded word → its other forms that occur


def works(query: Query, forms: Forms, everything: bool) -> Matcher:
    """What finds the works that the query means, in the index of works; all of them, or those that everybody may
    see."""
    found = _all(query.nodes, forms)
    if everything:
        return found
    return Matcher.boolean_query([(Occur.Must, found), *((Occur.MustNot, _filter(kind)) for kind in KEPT_BACK)])


def scenes(texts: Iterable[Text], work: int, forms: Forms) -> Matcher:
    """What finds the scenes of a work that have any of these words, those with most of them first."""
    found = [(Occur.Should, _text(text, SCENES, SCENE_WEIGHTS, forms)) for text in texts]
    return Matcher.boolean_query(
        [
            (Occur.Must, Matcher.const_score_query(Matcher.term_query(SCENES, "work", work), 0.0)),
            (Occur.Must, Matcher.boolean_query(found)),
        ]
    )


def together(query: Query, works: Iterable[int], forms: Forms) -> Matcher | None:
    """What finds the scenes of these works where all the words of the query meet; None where it has fewer than two."""
    if len(set(query.text())) < 2:
        return None
    parts = [_meeting(node, forms) for node in query.nodes]
    within = Matcher.const_score_query(Matcher.term_set_query(SCENES, "work", list(works)), 0.0)
    return Matcher.boolean_query([(Occur.Must, part) for part in (within, *parts) if part])


def _meeting(node: Node, forms: Forms) -> Matcher | None:
    match node:
        case Word() | Prefix() | Phrase():
            return _text(node, SCENES, SCENE_WEIGHTS, forms)
        case All() | Either():
            parts = [part for inner in node.nodes if (part := _meeting(inner, forms))]
            occur = Occur.Must if isinstance(node, All) else Occur.Should
            return Matcher.boolean_query([(occur, part) for part in parts]) if parts else None
    return None  # filters and exclusions are about works


def _all(nodes: Iterable[Node], forms: Forms) -> Matcher:
    parts: list[tuple[Occur, Matcher]] = []
    for node in nodes:
        if isinstance(node, Not):
            parts.append((Occur.MustNot, _node(node.node, forms)))
        else:
            parts.append((Occur.Must, _node(node, forms)))
    if all(occur == Occur.MustNot for occur, _ in parts):  # nothing but exclusions: of all there is
        parts.append((Occur.Must, Matcher.all_query()))
    return Matcher.boolean_query(parts)


def _any(parts: Iterable[Matcher]) -> Matcher:
    return Matcher.boolean_query([(Occur.Should, part) for part in parts])


def _node(node: Node, forms: Forms) -> Matcher:
    match node:
        case Word() | Prefix() | Phrase():
            return _text(node, WORKS, WEIGHTS, forms)
        case All():
            return _all(node.nodes, forms)
        case Not():
            return _all([node], forms)
        case Either():
            return _any(_node(inner, forms) for inner in node.nodes)
    return Matcher.const_score_query(_filter(node), 0.0)  # a filter lets in or keeps out; it ranks nothing


def _text(text: Text, schema: Schema, weights: Mapping[str, float], forms: Forms) -> Matcher:
    parts: list[Matcher] = []
    others = forms(text.text) if isinstance(text, Word) else ()
    for field, weight in weights.items():
        match text:
            case Word():
                parts.append(_weighted(Matcher.term_query(schema, field, text.text), weight))
                parts += [_weighted(Matcher.term_query(schema, field, form), weight * FORM_WEIGHT) for form in others]
            case Prefix():
                parts.append(_weighted(_beginning(schema, field, text.text), weight))
            case Phrase():
                parts.append(_weighted(_phrase(schema, field, text.words), weight))
    return _any(parts)


def _weighted(matcher: Matcher, weight: float) -> Matcher:
    return matcher if weight == 1.0 else Matcher.boost_query(matcher, weight)


def _beginning(schema: Schema, field: str, text: str) -> Matcher:
    return Matcher.fuzzy_term_query(schema, field, text, distance=0, prefix=True)


def _phrase(schema: Schema, field: str, found: tuple[str, ...]) -> Matcher:
    if len(found) == 1:
        return Matcher.term_query(schema, field, found[0])
    return Matcher.phrase_query(schema, field, list(found))


def _filter(node: Tagged | Within | OneOf) -> Matcher:
    match node:
        case Tagged():
            fields = TAG_KINDS if node.field == "tag" else (node.field,)
            return _any(_tagged(field, node) for field in fields)
        case Within():
            assert node.field in NUMBERS
            if None not in (node.low, node.high) and node.low > node.high:  # type: ignore[operator]
                return Matcher.empty_query()
            return Matcher.range_query(WORKS, node.field, FieldType.Integer, node.low, node.high)
        case OneOf():
            return _any(Matcher.term_query(WORKS, f"{node.field}_name", value) for value in node.values)


def _tagged(field: str, node: Tagged) -> Matcher:
    if node.whole and field != "summary":
        return Matcher.term_query(WORKS, f"{field}_whole", whole(node.value))
    found = tuple(words(node.value))
    if node.value.endswith("*") and not node.whole:
        if len(found) == 1:
            return _beginning(WORKS, field, found[0])
        return Matcher.phrase_prefix_query(WORKS, field, list(found))
    if field == "relationship":  # Holmes/Watson is Watson/Holmes
        return Matcher.boolean_query([(Occur.Must, Matcher.term_query(WORKS, field, word)) for word in found])
    return _phrase(WORKS, field, found)
