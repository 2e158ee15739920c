"""What somebody would write who knows spaCy or pyarrow and our sidecars: a loop without account, checks, choices or companions.

Each article and its sidecar are read, words and annotations taken as they stand there, the library called, one file written.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

Row = dict[str, Any]


def read(articles: Iterable[Path]) -> Iterator[tuple[str, str, Row]]:
    """Name, text and sidecar of each article."""
    for path in articles:
        held = orjson.loads(path.with_name(path.name + ".ann.json").read_bytes())
        yield path.stem, path.read_bytes().decode(), held


def write_spacy(articles: Iterable[Path], target: Path) -> None:
    """A ``.spacy`` of all articles."""
    import spacy
    from spacy.tokens import Doc, DocBin
    from spacy.util import filter_spans

    vocab = spacy.blank("xx").vocab
    held = DocBin(store_user_data=True)
    for name, text, sidecar in read(articles):
        words, spaces = _words(text, [word for line in sidecar["segmentation"]["words"] for word in line])
        doc = Doc(vocab, words=words, spaces=spaces)
        placed = {
            item["id"]: doc.char_span(item["spans"][0][0], item["spans"][-1][1], label=item["type"], span_id=item["id"],
                                      alignment_mode="expand")
            for item in (*sidecar["entities"], *sidecar["events"])
        }  # fmt: skip
        entities = [placed[item["id"]] for item in sidecar["entities"]]
        doc.set_ents(filter_spans(entities))
        doc.spans["sc"] = entities
        doc.spans["events"] = [placed[item["id"]] for item in sidecar["events"]]
        doc.user_data["name"] = name
        doc.user_data["events"] = [
            {"id": event["id"], "type": event["type"], "trigger": _ends(placed[event["id"]]),
             "arguments": [{**argument, "span": _ends(placed[argument["target"]])} for argument in event["arguments"]]}
            for event in sidecar["events"]
        ]  # fmt: skip
        held.add(doc)
    target.write_bytes(held.to_bytes())


def write_parquet(articles: Iterable[Path], target: Path) -> None:
    """A Parquet file with a row for each line of the articles."""
    import pyarrow
    import pyarrow.parquet

    rows = [row for name, text, sidecar in read(articles) for row in _sentences(name, text, sidecar)]
    names = {tag: number for number, tag in enumerate(sorted({tag for row in rows for tag in row["ner_tags"]}))}
    for row in rows:
        row["ner_tags"] = [names[tag] for tag in row["ner_tags"]]
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), target)


def _words(text: str, spans: list[list[int]]) -> tuple[list[str], list[bool]]:
    words: list[str] = []
    spaces: list[bool] = []
    at = 0
    for start, end in [*spans, [len(text), len(text)]]:
        gap = text[at:start]
        if gap[:1] == " " and words:
            spaces[-1], gap = True, gap[1:]
        for word in (gap, text[start:end]):
            if word:
                words.append(word)
                spaces.append(False)
        at = end
    return words, spaces


def _ends(span: Any) -> tuple[int, int]:
    return span.start, span.end


def _sentences(name: str, text: str, sidecar: Row) -> Iterator[Row]:
    where: dict[str, tuple[int, int, int, str]] = {}
    lines = [line for line in sidecar["segmentation"]["words"] if line]
    firsts = [line[0][0] for line in lines]
    inside: list[list[Row]] = [[] for _ in lines]
    for item in (*sidecar["entities"], *sidecar["events"]):
        start, end = item["spans"][0][0], item["spans"][-1][1]
        number = bisect_right(firsts, start) - 1
        line = lines[number]
        first = bisect_right(line, start, key=lambda word: word[1])
        where[item["id"]] = number, first, bisect_left(line, end, first, key=lambda word: word[0]), item["type"]
        inside[number].append(item)
    for number, line in enumerate(lines):
        tokens, tags = [text[start:end] for start, end in line], ["O"] * len(line)
        spans, events = [], []
        for item in inside[number]:
            _, first, last, kind = where[item["id"]]
            if "arguments" not in item:
                spans.append({"start": first, "end": last, "type": kind})
                if set(tags[first:last]) == {"O"}:
                    tags[first:last] = [f"B-{kind}", *[f"I-{kind}"] * (last - first - 1)]
                continue
            found = [(argument["role"], *where[argument["target"]]) for argument in item["arguments"]]
            arguments = [
                {"role": role, "start": begin, "end": stop, "type": filler}
                for role, place, begin, stop, filler in found
                if place == number
            ]
            events.append({"type": kind, "start": first, "end": last, "arguments": arguments})
        yield {"id": f"{name}-{number}", "document": name, "tokens": tokens, "ner_tags": tags, "spans": spans, "events": events}
