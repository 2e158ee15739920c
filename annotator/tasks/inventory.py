"""What went into a set, document by document: where it comes from, and what it holds by type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from annotator.core.document import Document
from annotator.core.schema import Schema
from annotator.formats.labels import widen_schema
from annotator.formats.table import Rendered
from annotator.store.sidecar import Loaded

TypeKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of a set. `types` counts its annotations by layer and type; `digest` and `revision` are its sidecar's."""

    name: str
    source: str
    sha256: str
    digest: str | None
    revision: int
    status: str
    segmented: bool
    schema: Schema
    types: Counter[TypeKey]
    sentences: int
    tokens: int


@dataclass(slots=True)
class Inventory:
    """The documents of a set by name, in the order in which they were taken, with every schema, role and type of relation met."""

    entries: dict[str, Entry] = field(default_factory=dict)
    roles: set[str] = field(default_factory=set)
    relations: set[str] = field(default_factory=set)
    schemas: list[Schema] = field(default_factory=list)

    def add(self, name: str, loaded: Loaded, document: Document, rendered: Rendered, *, schema: Schema) -> None:
        """Take in an article as it was read, which tells where it comes from, and as it is written, which tells what it holds."""
        source = loaded.document.source
        tokens = rendered.tokens or ()
        self.entries[name] = Entry(
            name,
            source.name,
            source.sha256,
            loaded.digest,
            loaded.revision,
            document.field("status"),
            document.is_segmented,
            schema,
            count_types(document, without=unwritten(rendered)),
            len(tokens),
            sum(map(len, tokens)),
        )
        self.roles |= {argument.role for event in document.events.values() for argument in event.arguments}
        self.relations |= {relation.type for relation in document.relations.values()}
        # Two files may give their schemas one name.
        if not any(held is schema for held in self.schemas):
            self.schemas.append(schema)

    def widen(self, whole: Schema) -> Schema:
        """The schema of a set: the corpus's, with what its documents have beyond it."""
        others = [schema for schema in self.schemas if schema is not whole]
        met: dict[str, set[str]] = {"entities": set(), "events": set()}
        for entry in self.entries.values():
            for layer, name in entry.types:
                met[layer].add(name)
        return widen_schema(whole, others=others, met={**met, "roles": self.roles, "relations": self.relations})

    def count(self, names: Iterable[str] | None = None) -> Counter[TypeKey]:
        """Annotations by layer and type, of all documents or of these."""
        found = Counter[TypeKey]()
        for name in self.entries if names is None else names:
            found.update(self.entries[name].types)
        return found


def count_types(document: Document, *, without: Container[str] = ()) -> Counter[TypeKey]:
    """The entities and events of a document by layer and type, but for those of these ids."""
    found = Counter[TypeKey]()
    kept = [("entities", item.type) for item in document.entities.values() if item.id not in without]
    kept += [("events", item.type) for item in document.events.values() if item.id not in without]
    for key in kept:
        found[key] = found.get(key, 0) + 1
    return found


def unwritten(rendered: Rendered) -> frozenset[str]:
    """The annotations that went with a sentence that was not drawn. What a format has no place for is still held by the set's documents:
    of one corpus every format is to be divided in the same way.
    """
    return frozenset(loss.id for loss in rendered.account.losses if loss.what == "sentence-left-out")
