"""The card of a data set on Hugging Face's hub: a README with the features as YAML, which ``datasets`` reads, and the statistics."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any, Final

from annotator.core.schema import Schema

from .huggingface import features, tag_names

CARD: Final = "README.md"
_SIZES: Final = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
# What the hub calls our parts.
_SPLITS: Final = {"dev": "validation", "all": "train"}


@dataclass(slots=True)
class PartCounts:
    """What a part of the set holds; `types` counts annotations by layer and type."""

    documents: int = 0
    sentences: int = 0
    tokens: int = 0
    types: dict[tuple[str, str], int] = field(default_factory=dict)


def dataset_card(
    schema: Schema, *, files: Mapping[str, str], parts: Mapping[str, PartCounts], statistics: Sequence[str] = ()
) -> bytes:
    """The card. `files` are the data files by part, or by ``fold-1/train`` and the like; `parts` the counts, by part or fold.

    `statistics` are lines of Markdown that follow those counts.
    """
    sentences = sum(counts.sentences for counts in parts.values())
    names = tag_names(schema)
    head = [
        "---",
        "language:",
        "- vi",
        "task_categories:",
        "- token-classification",
        "tags:",
        "- event-extraction",
        "- named-entity-recognition",
        "size_categories:",
        f"- {next((size for most, size in _SIZES if sentences < most), 'n>1M')}",
        *_configs(files),
        *_info(files, features(names)),
        "---",
    ]
    label = schema.label.said("en") or schema.name
    body = [
        "",
        f"# {label}",
        "",
        "Vietnamese articles with entities and events. A row is a sentence. `ner_tags` is flat and IOB2, its numbers are those of the "
        "features above; `spans` holds every entity, nested ones too, and `events` the triggers with their arguments. "
        "Offsets are tokens of the row, the last one excluded.",
        "",
        "Beside the data: `labels.json` (tags and numbers), `schema.json` (types with definitions), `tokens.jsonl` (the code points "
        "of each token in its article), `manifest.json` (documents and hashes).",
        "",
        *_statistics(schema, parts),
        *(["", *statistics] if statistics else []),
    ]
    return ("\n".join([*head, *body]).rstrip("\n") + "\n").encode()


def _configs(files: Mapping[str, str]) -> Iterator[str]:
    """Which file is which split; each fold is a configuration of its own."""
    configs: dict[str, dict[str, str]] = {}
    for place, name in files.items():
        configs.setdefault(_config(place), {})[place.rpartition("/")[2]] = name
    yield "configs:"
    for config, held in configs.items():
        yield f"- config_name: {_quoted(config)}"
        yield "  data_files:"
        for split, name in zip(_split_names([*held]), held.values(), strict=True):
            yield f"  - split: {_quoted(split)}"
            yield f"    path: {_quoted(name)}"


def _info(files: Mapping[str, str], held: Mapping[str, Any]) -> Iterator[str]:
    """The features, for each configuration."""
    yield "dataset_info:"
    for config in dict.fromkeys(map(_config, files)):
        yield f"- config_name: {_quoted(config)}"
        yield "  features:"
        for name, feature in held.items():
            yield f"  - name: {name}"
            yield from (f"    {line}" for line in _feature(feature))


def _config(place: str) -> str:
    return place.rpartition("/")[0] or "default"


def _split_names(parts: Sequence[str]) -> list[str]:
    """What the hub calls parts: by its own word where none of them is called so already, and no two alike."""
    found: list[str] = []
    for part in parts:
        own = _SPLITS.get(part, part)
        plain = _allowed(part if own in parts else own)
        numbered = (f"{plain}_{number}" for number in count(2))
        found.append(next(name for name in chain((plain,), numbered) if name not in found))
    return found


def _allowed(part: str) -> str:
    # The hub allows letters, digits, dots and the low line.
    return "".join(letter if letter.isalnum() or letter in "._" else "_" for letter in part)


def _feature(feature: Any) -> Iterator[str]:
    """One feature in the short form of the hub."""
    if isinstance(feature, list):
        yield "list:"
        for name, inner in feature[0].items():
            yield f"- name: {name}"
            yield from (f"  {line}" for line in _feature(inner))
    elif feature["_type"] == "Value":
        yield f"dtype: {feature['dtype']}"
    elif feature["_type"] == "ClassLabel":
        yield "class_label:"
        yield "  names:"
        yield from (f"    '{number}': {_quoted(name)}" for number, name in enumerate(feature["names"]))
    elif feature["feature"]["_type"] == "Value":
        yield f"sequence: {feature['feature']['dtype']}"
    else:
        yield "sequence:"
        yield from (f"  {line}" for line in _feature(feature["feature"]))


def _statistics(schema: Schema, parts: Mapping[str, PartCounts]) -> Iterator[str]:
    yield "## Statistics"
    yield ""
    columns = [*parts, *(["total"] if len(parts) > 1 else [])]
    yield from _row(["", *columns])
    yield from _row(["---", *("---:" for _ in columns)])
    for name in ("documents", "sentences", "tokens"):
        yield from _counts(name, [int(getattr(counts, name)) for counts in parts.values()])
    for layer, items in (("entities", schema.entities), ("events", schema.events)):
        rows = {item.name: [counts.types.get((layer, item.name), 0) for counts in parts.values()] for item in items}
        yield from _counts(f"**{layer}**", [sum(column) for column in zip(*rows.values(), strict=True)] or [0] * len(parts))
        for item in items:
            said = item.label.said("vi")
            if any(rows[item.name]):
                yield from _counts(f"{item.name}{f' ({said})' if said else ''}", rows[item.name])


def _counts(name: str, numbers: Sequence[int]) -> Iterator[str]:
    yield from _row([name.replace("|", "\\|"), *map(str, numbers), *([str(sum(numbers))] if len(numbers) > 1 else [])])


def _row(cells: Iterable[str]) -> Iterator[str]:
    yield f"| {' | '.join(cells)} |"


def _quoted(text: str) -> str:
    """A string of JSON, which YAML reads as it is."""
    return json.dumps(text, ensure_ascii=False)
