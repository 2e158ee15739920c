"""What the laws are tried on: texts that people really send, documents over them, and edits made by the commands a person has.

An edit is drawn as a step, four small numbers that `make_edit` reads against a document; so one step works on any document,
shrinks well, and the same steps drive both the laws and the long comparison with a plain model.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import get_args

from hypothesis import strategies as st

from annotator.core import commands, decisions, links
from annotator.core.accepting import accept
from annotator.core.document import Document
from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.core.history import History
from annotator.core.model import STATUSES, Argument, Key, Layer, Source, Value
from annotator.core.schema import (
    Attribute,
    AttributeValue,
    Conventions,
    DocumentLabel,
    EntityType,
    EventRole,
    EventType,
    RelationType,
    Role,
    Schema,
)
from annotator.core.text import Span, Text

Step = tuple[int, int, int, int]

_WORDS = (
    "Công an", "giao_lưu", "quốc_phòng", "ông", "Nguyễn", "Hòa", "hoà", "bị", "bắt", "tử vong", "không", "ngày 29/8", "TP.HCM", "50.000đ",
    "ðồng", "Thi , Cường , Minh", "“Hà Nội”", "(WHO)", "a_b@x.vn", "https://a_b.vn/c_d", "COVID-19", "x", "_", "__", "…", ".", ",",
)  # fmt: skip
_RARE = (
    "👨‍👩‍👧‍👦", "🇻🇳🇻🇳", "👍🏽", "🏳️‍🌈", "1️⃣", "한국", "각", "ก็", "क्षि", "漢字", "e\u0302\u0301", "\u0301", "\u200d", "\u200b",
    "\u00a0", "\u202e", "\u2066", "\u2028", "\0", "\x1f", "\r", "\t", "\u00ad", "𝔸", "\ufeff",
)  # fmt: skip
_GAPS = (" ", " ", " ", "_", "", "  ", "\n", "\r\n", "\n\n", ".\n")


@st.composite
def texts(draw: st.DrawFn, *, least: int = 0) -> str:
    """Vietnamese as it comes: composed and decomposed, segmented or not, with everything that breaks naive offsets."""
    piece = st.one_of(st.sampled_from(_WORDS), st.sampled_from(_WORDS), st.sampled_from(_RARE), st.characters(codec="utf-8"))
    pieces = draw(st.lists(st.tuples(piece, st.sampled_from(_GAPS)), min_size=least, max_size=14))
    content = "".join(part for pair in pieces for part in pair)
    if draw(st.booleans()):
        content = unicodedata.normalize("NFD", content)
    return "\ufeff" + content if draw(st.sampled_from((False, False, True))) else content


steps: st.SearchStrategy[Step] = st.tuples(*(st.integers(0, most) for most in (999, 9999, 999, 99)))


def plain_document(content: str, *, segmented: bool = False, pairs: int = 0) -> Document:
    """A document with a rough machine's words on every line: tokens and punctuation apart, some pairs (bits of `pairs`) one word."""
    source = Source("bài.txt", "0" * 64, "utf-8", len(content))
    document = Document(Text(content), source, origin="segmented" if segmented else "raw")
    for line in range(document.text.line_count):
        document.words.set_machine(line, machine_words(content, document.text.line_span(line), segmented=segmented, pairs=pairs))
    return document


def machine_words(content: str, span: Span, *, segmented: bool, pairs: int) -> list[Span]:
    if segmented:
        return [found.span() for found in re.compile(r"\S+").finditer(content, *span)]
    tokens = [found.span() for found in re.compile(r"[^\W_]+|[^\w\s]|_+").finditer(content, *span)]
    words: list[Span] = []
    for rank, token in enumerate(tokens):
        if words and pairs >> (rank % 16) & 1 and content[words[-1][1] : token[0]].strip(" ") == "":
            words[-1] = words[-1][0], token[1]
        else:
            words.append(token)
    return words


@st.composite
def documents(draw: st.DrawFn, *, least: int = 1, edits: int = 12) -> Document:
    """A document with what some commands left in it: nested, overlapping and discontinuous spans, events in events, links, decisions."""
    content = draw(texts(least=least).filter(str.strip))
    document = plain_document(content, segmented=draw(st.booleans()), pairs=draw(st.integers(0, 0xFFFF)))
    history = History(document)
    for step in draw(st.lists(steps, max_size=edits)):
        edit = make_edit(document, step)
        if edit is not None:
            history.do(edit)
    return document


def make_edit(document: Document, step: Step) -> Edit | None:
    """The edit that a step stands for in a document; None where its command refuses."""
    kind, *numbers = step
    try:
        return COMMANDS[kind % len(COMMANDS)](document, *numbers)
    except AnnotatorError:
        return None


SCHEMA = Schema(
    name="laws",
    event_targets=True,
    entities=tuple(EntityType(name) for name in ("PER", "ORG", "GPE", "TIME")),
    roles=tuple(Role(name) for name in ("Agent", "Victim", "Time", "Cause")),
    events=(
        EventType(
            "Die",
            triggers=("tử vong", "bị chết"),
            roles=(
                EventRole("Agent", fillers=("PER", "ORG"), rare=("GPE",)),
                EventRole("Victim", fillers=("PER",), usual=1, most=2),
                EventRole("Time", fillers=("TIME",)),
                EventRole("Cause", fillers=("Attack", "Die")),
            ),
        ),
        EventType("Attack", roles=(EventRole("Agent", fillers=("PER",)), EventRole("Cause", fillers=("Die",)))),
    ),
    relations=(RelationType("part-of"), RelationType("works-for", sources=("PER",), targets=("ORG",))),
    attributes=(
        Attribute("polarity", "event", default="positive", values=(AttributeValue("positive"), AttributeValue("negative"))),
        Attribute("generic", "entity", default="no", values=(AttributeValue("no"), AttributeValue("yes"))),
        Attribute("tense", "event", enabled=False, values=(AttributeValue("past"),)),
    ),
    labels=(DocumentLabel("topic", values=(AttributeValue("crime"), AttributeValue("sport"))),),
    conventions=Conventions(titles=("ông", "phó chủ tịch"), prepositions=("trong", "từ", "lúc")),
)  # fmt: skip

_TYPES = ("PER", "ORG", "GPE", "TIME", "Lạ")
_EVENTS = ("Die", "Attack", "Lạ")
_ROLES = ("Agent", "Victim", "Time", "Cause", "Lạ")


def _span(document: Document, a: int, b: int) -> Span:
    start = a % max(len(document.text), 1)
    return start, min(len(document.text), start + 1 + b % 9)


def _pick(items: Sequence[str], number: int) -> str:
    return items[number % len(items)] if items else "T0"


def _annotation(document: Document, number: int) -> str:
    return _pick([item.id for item in document.annotations()], number)


def _argument(document: Document, number: int) -> tuple[str, Argument]:
    pairs = [(event.id, argument) for event in document.events.values() for argument in event.arguments]
    return pairs[number % len(pairs)] if pairs else ("E0", Argument("Agent", "T0"))


def _items(document: Document) -> list[str]:
    return [*document.entities, *document.events, *document.relations, *document.clusters]


def _discontinuous(document: Document, a: int, b: int, c: int) -> list[Span]:
    return [_span(document, a, b), _span(document, a + b + 3, c), _span(document, a + 2 * b + 11, b)]


def _set_attribute(document: Document, a: int, b: int, c: int) -> Edit:
    ids = [_annotation(document, a)]
    name = ("polarity", "generic", "lạ")[b % 3]
    return commands.set_attribute(document, ids, name, value=("positive", "negative", "yes", "")[c % 4], default="positive")


def _set_head(document: Document, a: int, b: int, c: int) -> Edit:
    identifier = _pick(list(document.entities), a)
    held = document.entities.get(identifier)
    start = held.spans[0][0] if held else 0
    return commands.set_head(document, identifier, (start, start + 1 + c % 3) if b % 4 else None)


def _fill(document: Document, a: int, b: int, c: int) -> Edit:
    event, role, spans = _pick(list(document.events), b), _pick(_ROLES, c), [_span(document, a, b)]
    wish = _TYPES[a % 5] if c % 3 == 0 else ""
    return links.fill(document, event, role, spans=spans, schema=SCHEMA, type_name=wish, force=c % 7 == 0)


def _fill_all(document: Document, a: int, b: int, c: int) -> Edit:
    items = [[_span(document, a + 5 * rank, b)] for rank in range(1 + c % 4)]
    return links.fill_all(document, _pick(list(document.events), a), _pick(_ROLES, b), items=items, schema=SCHEMA, force=c % 3 == 0)


def _add_argument(document: Document, a: int, b: int, c: int) -> Edit:
    event, target = _pick(list(document.events), a), _annotation(document, b)
    return links.add_argument(document, event, _pick(_ROLES, c), target=target, schema=SCHEMA, force=c % 2 == 0)


def _change_role(document: Document, a: int, b: int, c: int) -> Edit:
    return links.change_role(document, *_argument(document, a), role=_pick(_ROLES, b), schema=SCHEMA, force=c % 2 == 0)


def _add_arguments(document: Document, a: int, b: int, c: int) -> Edit:
    event, targets = _pick(list(document.events), a), [_annotation(document, a), _annotation(document, b)]
    return links.add_arguments(document, event, _pick(_ROLES, c), targets=targets, schema=SCHEMA, force=c % 2 == 0)


def _give_role(document: Document, a: int, b: int, c: int) -> Edit:
    event, argument = _argument(document, a)
    targets = [argument.target, _annotation(document, b)]
    return links.give_role(document, event, _pick(_ROLES, c), targets=targets, schema=SCHEMA, force=c % 2 == 0)


def _relate(document: Document, a: int, b: int, c: int) -> Edit:
    name = ("part-of", "works-for", "lạ")[c % 3]
    return links.relate(document, _annotation(document, a), _annotation(document, b), type_name=name, schema=SCHEMA, force=c % 2 == 0)


def _scope(number: int) -> decisions.Scope:
    return "everywhere" if number % 3 == 0 else "here"


COMMANDS: tuple[Callable[[Document, int, int, int], Edit], ...] = (
    lambda d, a, b, c: commands.tag(d, [_span(d, a, b)], _pick(_TYPES, c), force=c % 5 == 0),
    lambda d, a, b, c: commands.tag(d, _discontinuous(d, a, b, c), _pick(_TYPES, c), origin="model:thử"),
    lambda d, a, b, c: commands.tag_event(d, [_span(d, a, b)], _pick(_EVENTS, c)),
    lambda d, a, b, c: commands.tag_event(d, _discontinuous(d, a, b, c), _pick(_EVENTS, c), force=True),
    lambda d, a, b, c: commands.retype(d, [_annotation(d, a), _annotation(d, b)], _pick(_TYPES, c)),
    lambda d, a, b, c: commands.resize(d, _annotation(d, c), [_span(d, a, b)]),
    lambda d, a, b, c: commands.add_fragment(d, _annotation(d, c), _span(d, a, b)),
    _set_attribute,
    lambda d, a, b, c: commands.set_flag(d, [_annotation(d, a)], "question" if b % 2 else ""),
    lambda d, a, b, c: commands.set_note(d, _annotation(d, a), ("", "hỏi lại\n“?”")[b % 2]),
    _set_head,
    lambda d, a, b, c: accept(d, SCHEMA, [_annotation(d, a), _annotation(d, b)]),
    lambda d, a, b, c: commands.set_field(d, "status", STATUSES[a % len(STATUSES)]),
    lambda d, a, b, c: commands.set_label(d, ("topic", "lạ")[a % 2], ("", "crime", "sport")[b % 3]),
    lambda d, a, b, c: commands.remove(d, [_pick(_items(d), a)]),
    lambda d, a, b, c: commands.remove(d, {_pick(_items(d), a), _pick(_items(d), b), _pick(_items(d), c)}),
    _add_argument,
    _add_argument,
    _fill,
    _fill_all,
    lambda d, a, b, c: links.remove_argument(d, *_argument(d, a)),
    _change_role,
    _add_arguments,
    _give_role,
    lambda d, a, b, c: commands.mark_head(d, _span(d, a, b)),
    _relate,
    lambda d, a, b, c: links.unite(d, _annotation(d, a), _annotation(d, b)),
    lambda d, a, b, c: links.leave_cluster(d, _annotation(d, a)),
    lambda d, a, b, c: decisions.join(d, _span(d, a, b), scope=_scope(c)),
    lambda d, a, b, c: decisions.split(d, _span(d, a, b), scope=_scope(c)),
    lambda d, a, b, c: decisions.split_at(d, a % max(len(d.text), 1)),
    lambda d, a, b, c: decisions.toggle(d, _span(d, a, b), scope=_scope(c)),
    lambda d, a, b, c: decisions.toggle_gap(d, a % max(len(d.text), 1)),
)


def contents(document: Document) -> dict[Layer, dict[Key, Value]]:
    """Everything that is said about a document, as plain dictionaries."""
    return {layer: dict(document.layer(layer)) for layer in get_args(Layer)}


def used(document: Document) -> dict[str, set[str]]:
    """Who names whom, found by reading everything."""
    held: dict[str, set[str]] = {}
    for event in document.events.values():
        for argument in event.arguments:
            held.setdefault(argument.target, set()).add(event.id)
    for relation in document.relations.values():
        held.setdefault(relation.source, set()).add(relation.id)
        held.setdefault(relation.target, set()).add(relation.id)
    for cluster in document.clusters.values():
        for member in cluster.members:
            held.setdefault(member, set()).add(cluster.id)
    return held


def everything(document: Document) -> tuple[object, ...]:
    """What a person could tell two documents apart by: layers, order and index, links and words."""
    items = [*document.entities, *document.events, *document.relations, *document.clusters]
    users = {item: {user.id for user in document.users(item)} for item in items}
    return contents(document), list(document.index.in_order()), users, document.words.lines()
