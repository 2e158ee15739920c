"""What a written set holds, as places in the articles: read by our readers where there is one, else by a reader of a few lines here.

A place is the spans of an annotation in code points of its article. Formats of tokens have no offsets: the places of their tokens
(`Rendered.tokens`, ``tokens.jsonl`` beside a set) say where each token stands.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.core.document import Document
from annotator.core.schema import Schema
from annotator.core.text import Span, Spans
from annotator.formats.tags import Chunk, spans
from tests.formats.articles import read_all

Mention = tuple[str, str, Spans]
# An event's type and place, the role, the filler's place and, where the file tells it, type; a relation's type and its ends' places.
Argument = tuple[str, Spans, str, Spans, str]
Relation = tuple[str, Spans, Spans]
Rows = Sequence[Sequence[Span]]


@dataclass
class Found:
    """Annotations as a file has them, each as often as it has it. `tagged` are the entities in the tags of a format that has both."""

    mentions: Counter[Mention] = field(default_factory=Counter)
    arguments: Counter[Argument] = field(default_factory=Counter)
    relations: Counter[Relation] = field(default_factory=Counter)
    tagged: Counter[Mention] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


class _Tokens:
    """The places of the tokens of one record after the other, and where each article of a set begins among all of them."""

    def __init__(self, rows: Iterable[Sequence[Span]], bases: Mapping[str, int]) -> None:
        self._rows = iter(rows)
        self._bases = bases

    def base(self, name: str) -> int:
        return self._bases[name] if self._bases else 0

    def next(self, count: int) -> list[Span]:
        row = list(next(self._rows))
        assert len(row) == count, (len(row), count)
        return row

    def end(self) -> None:
        assert next(self._rows, None) is None


def _over(row: Sequence[Span], start: int, end: int) -> Spans:
    return ((row[start][0], row[end - 1][1]),)


def find(
    name: str, folder: Path, schema: Schema, rows: Rows = (), *, bases: Mapping[str, int] | None = None, is_segmented: bool = False
) -> Found:
    """What the files of a folder hold. `rows` are the places of their tokens; with `bases` places count through all articles, each
    beginning at its own.
    """
    tokens, found = _Tokens(rows, bases or {}), Found()
    if name in READERS:
        READERS[name](folder, tokens, found)
    else:
        for imported in read_all(name, folder, schema, is_segmented=is_segmented):
            found.problems += [f"{loss.what} {loss.id} {loss.detail}" for loss in imported.problems]
            if imported.document is not None:
                if name in TOKENISED:
                    _take(found, imported.document, _mapping(imported.document, tokens))
                else:
                    _take(found, imported.document, tokens.base(imported.name))
    tokens.end()
    return found


# The formats of which our readers make a text of tokens.
TOKENISED = frozenset({"conll", "conll2003", "phoner", "oneie", "dygiepp", "gliner"})


def _mapping(document: Document, tokens: _Tokens) -> tuple[dict[int, int], dict[int, int]]:
    """Where the tokens of a text begin and end in the article: starts by start, ends by end."""
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    at = 0
    for line in document.text.content.split("\n"):
        if line:
            forms = line.split(" ")
            for form, (start, end) in zip(forms, tokens.next(len(forms)), strict=True):
                starts[at], ends[at + len(form)] = start, end
                at += len(form) + 1
        else:
            at += 1
    return starts, ends


def _take(found: Found, document: Document, mapping: tuple[dict[int, int], dict[int, int]] | int) -> None:
    place: dict[str, Spans] = {}
    for item in document.annotations():
        if isinstance(mapping, int):
            where = tuple((mapping + start, mapping + end) for start, end in item.spans)
        else:
            where = tuple((mapping[0][start], mapping[1][end]) for start, end in item.spans)
        place[item.id] = where
        found.mentions["entities" if item.id in document.entities else "events", item.type, where] += 1
    for event in document.events.values():
        for held in event.arguments:
            filler = document.annotation(held.target)
            found.arguments[event.type, place[event.id], held.role, place[held.target], filler.type if filler else ""] += 1
    for relation in document.relations.values():
        found.relations[relation.type, place[relation.source], place[relation.target]] += 1


def _lines(folder: Path, suffix: str) -> Iterator[Any]:
    for path in sorted(folder.glob(f"*{suffix}")):
        if path.name != "tokens.jsonl":
            for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
                yield json.loads(line)


def _omnievent(folder: Path, tokens: _Tokens, found: Found) -> None:
    def where(held: dict[str, Any], row: dict[str, Any], said: str = "mention") -> Spans:
        start, end = held["position"]
        assert row["text"][start:end] == held[said]
        base = tokens.base(row["id"])
        return ((base + start, base + end),)

    for row in _lines(folder, ".jsonl"):
        for group in row["entities"]:
            for held in group["mentions"]:
                found.mentions["entities", group["type"], where(held, row)] += 1
        for event in row["events"]:
            for trigger in event["triggers"]:
                place = where(trigger, row, "trigger_word")
                found.mentions["events", event["type"], place] += 1
                for held in trigger["arguments"]:
                    for mention in held["mentions"]:
                        found.arguments[event["type"], place, held["role"], where(mention, row), ""] += 1


def _blocks(folder: Path) -> Iterator[tuple[bool, list[list[str]]]]:
    """Whether a sample is about one event, and its rows."""
    for path in sorted(folder.glob("*.bio")):
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            lines = block.split("\n")
            rows = [line.split("\t") for line in lines if "\t" in line]
            if rows:
                yield any(line.startswith("# event = ") for line in lines), rows


def _trigger_bio(folder: Path, tokens: _Tokens, found: Found) -> None:
    for _, rows in _blocks(folder):
        row = tokens.next(len(rows))
        for chunk in spans([fields[1] for fields in rows]):
            found.mentions["events", chunk.type, _over(row, chunk.start, chunk.end)] += 1


def _argument_bio(folder: Path, tokens: _Tokens, found: Found) -> None:
    for is_sample, rows in _blocks(folder):
        assert is_sample
        row = tokens.next(len(rows))
        (trigger,) = spans([fields[1] for fields in rows])
        place = _over(row, trigger.start, trigger.end)
        found.mentions["events", trigger.type, place] += 1
        for chunk in spans([fields[2] for fields in rows]):
            found.arguments[trigger.type, place, chunk.type, _over(row, chunk.start, chunk.end), ""] += 1


def _take_row(found: Found, row: dict[str, Any], names: Sequence[str], tokens: _Tokens) -> None:
    """A row of Hugging Face's columns."""
    held = tokens.next(len(row["tokens"]))

    def where(item: dict[str, Any]) -> Spans:
        return _over(held, item["start"], item["end"])

    for item in row["spans"]:
        found.mentions["entities", item["type"], where(item)] += 1
    chunks: list[Chunk] = spans([names[number] for number in row["ner_tags"]])
    for chunk in chunks:
        found.tagged["entities", chunk.type, _over(held, chunk.start, chunk.end)] += 1
    for event in row["events"]:
        found.mentions["events", event["type"], where(event)] += 1
        for item in event["arguments"]:
            found.arguments[event["type"], where(event), item["role"], where(item), item["type"]] += 1


def _names(folder: Path) -> list[str]:
    return list(json.loads((folder / "labels.json").read_bytes())["entities"]["label2id"])


def _hf_jsonl(folder: Path, tokens: _Tokens, found: Found) -> None:
    names = _names(folder)
    for row in _lines(folder, ".jsonl"):
        _take_row(found, row, names, tokens)


def _hf_parquet(folder: Path, tokens: _Tokens, found: Found) -> None:
    import pyarrow.parquet

    for path in sorted(folder.glob("*.parquet")):
        table = pyarrow.parquet.read_table(path)
        features = json.loads(table.schema.metadata[b"huggingface"])["info"]["features"]
        assert features["ner_tags"]["feature"]["names"] == _names(folder)
        for row in table.to_pylist():
            _take_row(found, row, features["ner_tags"]["feature"]["names"], tokens)


def _spacy(folder: Path, tokens: _Tokens, found: Found) -> None:
    import spacy
    from spacy.tokens import DocBin

    def place(span: Any) -> Spans:
        base = tokens.base(span.doc.user_data["name"])
        return ((base + span.start_char, base + span.end_char),)

    vocab = spacy.blank("xx").vocab
    for path in sorted(folder.glob("*.spacy")):
        for doc in DocBin().from_disk(path).get_docs(vocab):
            found.tagged.update(("entities", span.label_, place(span)) for span in doc.ents)
            found.mentions.update(("entities", span.label_, place(span)) for span in doc.spans["sc"])
            triggers = {span.id_: span for span in doc.spans["events"]}
            found.mentions.update(("events", span.label_, place(span)) for span in triggers.values())
            for event in doc.user_data["events"]:
                for held in event["arguments"]:
                    start, end = held["span"]
                    found.arguments[event["type"], place(triggers[event["id"]]), held["role"], place(doc[start:end]), ""] += 1


def _spacy_records(folder: Path, _: _Tokens, found: Found) -> None:
    """What the writer hands to spaCy: words and what follows each, spans as words."""
    for row in _lines(folder, ".records"):
        at, edges = 0, []
        for word, is_followed in zip(row["words"], row["spaces"], strict=True):
            edges.append((at, at + len(word)))
            at += len(word) + is_followed
        for start, end, kind, _, is_flat in row["entities"]:
            found.mentions["entities", kind, _over(edges, start, end)] += 1
            found.tagged["entities", kind, _over(edges, start, end)] += is_flat
        for start, end, kind, _ in row["triggers"]:
            found.mentions["events", kind, _over(edges, start, end)] += 1
        for event in row["events"]:
            for held in event["arguments"]:
                found.arguments[event["type"], _over(edges, *event["trigger"]), held["role"], _over(edges, *held["span"]), ""] += 1


def quotations(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each conversation's text and answer."""
    for row in _lines(folder, ".jsonl"):
        _, user, assistant = (message["content"] for message in row["messages"])
        yield user, json.loads(assistant)


READERS: dict[str, Callable[[Path, _Tokens, Found], None]] = {
    "omnievent": _omnievent,
    "trigger-bio": _trigger_bio,
    "argument-bio": _argument_bio,
    "hf-jsonl": _hf_jsonl,
    "hf-parquet": _hf_parquet,
    "spacy": _spacy,
    "spacy records": _spacy_records,
}
