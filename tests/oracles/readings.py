"""What the formats' own libraries find in the bytes that were written, by layer, in code points of the articles.

A reading takes the file's bytes and the places of its tokens (as ``tokens.jsonl`` has them: document and tokens of each record), and
gives for each layer that the format holds what it found. Libraries are imported when a reading is first called.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from annotator.core.document import Document
from annotator.core.text import Span
from annotator.formats.account import CountedLayer

# An entity or trigger: document, type, from, to. An argument: document, event's type, role, from, to of its filler.
# A relation: document, type, from, to of both ends.
Place = tuple[str | int, ...]
Found = dict[CountedLayer, Counter[Place]]
Records = Sequence[tuple[str, Sequence[Span]]]
Documents = dict[str, Document]
Reading = Callable[[bytes, Records, Documents], Found]


def records_of(path: Path) -> Records:
    """The rows of a ``tokens.jsonl``."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines()) if path.is_file() else []
    return [(row["document"], [(start, end) for start, end in row["tokens"]]) for row in rows]


def read_spacy(data: bytes, records: Records, documents: Documents) -> Found:
    """spaCy: ``doc.spans``, and the arguments in ``doc.user_data``. The text has to be the article's, ``doc.ents`` a part of the spans."""
    from spacy.tokens import DocBin

    found: Found = {"entities": Counter(), "events": Counter(), "arguments": Counter()}
    for doc in DocBin().from_bytes(data).get_docs(blank().vocab):
        name = doc.user_data["name"]
        assert doc.text == documents[name].text.content
        for layer, group in (("entities", "sc"), ("events", "events")):
            found[layer].update((name, span.label_, span.start_char, span.end_char) for span in doc.spans[group])
        flat = Counter((span.label_, span.start, span.end) for span in doc.ents)
        assert flat <= Counter((span.label_, span.start, span.end) for span in doc.spans["sc"])
        for event in doc.user_data["events"]:
            fillers = [(held["role"], doc[slice(*held["span"])]) for held in event["arguments"]]
            found["arguments"].update((name, event["type"], role, span.start_char, span.end_char) for role, span in fillers)
    return found


@cache
def blank() -> Any:
    """spaCy without a language."""
    import spacy

    return spacy.blank("xx")


def read_parquet(data: bytes, records: Records, documents: Documents) -> Found:
    """pyarrow: the rows of the table, their tags by the names in the file's metadata."""
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(BytesIO(data))
    features = json.loads(table.schema.metadata[b"huggingface"])["info"]["features"]
    names = features["ner_tags"]["feature"]["names"]
    rows = table.to_pylist()
    return read_rows([row | {"ner_tags": [names[tag] for tag in row["ner_tags"]]} for row in rows], records, documents)


def read_rows(rows: Iterable[dict[str, Any]], records: Records, documents: Documents) -> Found:
    """The rows of a Hugging Face set, tags by name: spans and events; what nervaluate sees in the tags has to be a part of the spans."""
    found: Found = {"entities": Counter(), "events": Counter(), "arguments": Counter()}
    for row, (name, tokens) in zip(rows, records, strict=True):
        assert (row["document"], row["tokens"]) == (name, forms(documents[name], tokens))
        spans = Counter((span["type"], span["start"], span["end"]) for span in row["spans"])
        (chunks,) = chunks_of([row["ner_tags"]])
        assert Counter(chunks) <= Counter({("_".join(kind.split()), *place): count for (kind, *place), count in spans.items()})
        for layer, held in (("entities", row["spans"]), ("events", row["events"])):
            found[layer].update((name, item["type"], *placed(tokens, item["start"], item["end"])) for item in held)
        for event in row["events"]:
            for held in event["arguments"]:
                found["arguments"][name, event["type"], held["role"], *placed(tokens, held["start"], held["end"])] += 1
    return found


def read_conll(data: bytes, records: Records, documents: Documents) -> Found:
    """nervaluate: the last column of each block."""
    blocks = columns(data)
    assert [[row[0] for row in block] for block in blocks] == [forms(documents[name], tokens) for name, tokens in records]
    return {"entities": tagged([[row[-1] for row in block] for block in blocks], records)}


def read_phoner(data: bytes, records: Records, documents: Documents) -> Found:
    """nervaluate: the tags of each row."""
    rows = [json.loads(line) for line in data.decode().split("\n") if line]
    assert [row["words"] for row in rows] == [forms(documents[name], tokens) for name, tokens in records]
    return {"entities": tagged([row["tags"] for row in rows], records)}


def read_trigger_bio(data: bytes, records: Records, documents: Documents) -> Found:
    """nervaluate: the tags of triggers."""
    return {"events": tagged([[row[1] for row in block] for block in columns(data)], records)}


def read_argument_bio(data: bytes, records: Records, documents: Documents) -> Found:
    """nervaluate: one trigger a sample, and the tags of its roles."""
    blocks = columns(data)
    found: Found = {"events": Counter(), "arguments": Counter()}
    triggers, roles = (chunks_of([[row[column] for row in block] for block in blocks]) for column in (1, 2))
    for ((kind, *place),), fillers, (name, tokens) in zip(triggers, roles, records, strict=True):
        found["events"][name, kind, *placed(tokens, *place)] += 1
        found["arguments"].update((name, kind, role, *placed(tokens, *filler)) for role, *filler in fillers)
    return found


def read_gliner(data: bytes, records: Records, documents: Documents) -> Found:
    """The shape of GLiNER's README: tokens, ``[first, last, label]`` with both in, ``[head, tail, relation]`` by place in ``ner``."""
    found: Found = {"entities": Counter(), "relations": Counter()}
    rows = [json.loads(line) for line in data.decode().split("\n") if line]
    for row, (name, tokens) in zip(rows, records, strict=True):
        assert row["tokenized_text"] == forms(documents[name], tokens) and all(row["tokenized_text"])
        assert all(0 <= first <= last < len(tokens) and kind for first, last, kind in row["ner"])
        places = [(kind, placed(tokens, first, last + 1)) for first, last, kind in row["ner"]]
        found["entities"].update((name, kind, *place) for kind, place in places)
        found["relations"].update((name, kind, *places[head][1], *places[tail][1]) for head, tail, kind in row["relations"])
    return found


def read_labelstudio(data: bytes, records: Records, documents: Documents) -> Found:
    """Label Studio's JSON: regions of entity and event types, relations from region to region, surfaces those of the text."""
    found: Found = {"entities": Counter(), "events": Counter(), "arguments": Counter(), "relations": Counter()}
    for task in json.loads(data):
        name, text = task["meta"]["source"], task["data"]["text"]
        assert text == documents[name].text.content
        (annotation,) = task["annotations"]
        regions = {item["id"]: item["value"] for item in annotation["result"] if item["type"] == "labels"}
        for key, value in regions.items():
            assert value["text"] == text[value["start"] : value["end"]]
            layer: CountedLayer = "events" if key in documents[name].events else "entities"
            found[layer][name, *value["labels"], value["start"], value["end"]] += 1
        for item in annotation["result"]:
            if item["type"] != "relation":
                continue
            source, target = regions[item["from_id"]], regions[item["to_id"]]
            if item["labels"][0] in {role.role for event in documents[name].events.values() for role in event.arguments}:
                found["arguments"][name, *source["labels"], *item["labels"], target["start"], target["end"]] += 1
            else:
                found["relations"][name, *item["labels"], source["start"], source["end"], target["start"], target["end"]] += 1
    return found


READINGS: dict[str, Reading] = {
    "spacy": read_spacy,
    "hf-parquet": read_parquet,
    "conll": read_conll,
    "conll2003": read_conll,
    "phoner": read_phoner,
    "trigger-bio": read_trigger_bio,
    "argument-bio": read_argument_bio,
    "gliner": read_gliner,
    "labelstudio": read_labelstudio,
}


def chunks_of(tags: list[list[str]]) -> list[list[tuple[str, int, int]]]:
    """What nervaluate sees in the tags of each sentence: type, first token and the one behind the last."""
    from nervaluate.loaders import ListLoader

    return [[(item.label, item.start, item.end + 1) for item in held] for held in ListLoader().load(tags)]


def tagged(tags: list[list[str]], records: Records) -> Counter[Place]:
    """What nervaluate sees in the tags, placed in the articles."""
    chunks = zip(chunks_of(tags), records, strict=True)
    return Counter((name, kind, *placed(tokens, start, end)) for held, (name, tokens) in chunks for kind, start, end in held)


def columns(data: bytes) -> list[list[list[str]]]:
    """The rows of each block of a column file, without the lines that name documents and samples."""
    blocks = [[line.split("\t") for line in block.split("\n") if line] for block in data.decode().split("\n\n")]
    rows = [[row for row in block if len(row) > 1 and row[:2] != ["-DOCSTART-", "-X-"]] for block in blocks]
    return [block for block in rows if block]


def forms(document: Document, tokens: Iterable[Span]) -> list[str]:
    """Tokens as they have to be written: their letters, with one sign for the blanks inside."""
    return ["_".join(document.text.content[start:end].split()) for start, end in tokens]


def placed(tokens: Sequence[Span], start: int, end: int) -> Span:
    """Tokens `start` … `end` (half-open) in code points."""
    return tokens[start][0], tokens[end - 1][1]
