"""What an account says was written, to be compared with what a library found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from annotator.core.document import Document
from annotator.core.model import extent
from annotator.formats.account import Account, CountedLayer
from tests.oracles.readings import Documents, Found, Place

# What an annotation loses without moving: from its first character to its last it is where it was.
STAYS = frozenset({"split-word", "fragments-merged", "line-break-inside", "not-in-tags", "not-in-ents"})


def hold(found: Found, documents: Documents, account: Account) -> None:
    """Layer by layer: as many as the account says, and every one that it calls whole, or changed without moving, at its very place."""
    for layer, held in found.items():
        counts = account.layers[layer]
        assert held.total() == counts.whole + counts.changed, layer
        sure = Counter(place for name, document in documents.items() for place in _certain(layer, name, document, account))
        assert sure <= held, (layer, sure - held)
        everything = Counter(place[:2] for name, document in documents.items() for _, place in _places(layer, name, document))
        assert Counter(place[:2] for place in held.elements()) <= everything, layer


def _certain(layer: CountedLayer, name: str, document: Document, account: Account) -> Iterator[Place]:
    """The places of what must be found where it is: neither it nor what it links was left out or moved."""
    moved: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for loss in account.losses:
        if loss.document == name:
            moved[loss.id, loss.detail].add(loss.what)
    for keys, place in _places(layer, name, document):
        if all(moved.get(key, STAYS) <= STAYS for key in keys):
            yield place


def _places(layer: CountedLayer, name: str, document: Document) -> Iterator[tuple[list[tuple[str, str]], Place]]:
    """Each item's place, and what of the account speaks of it: ids, with role and filler where it is an argument."""
    match layer:
        case "entities":
            yield from (([(item.id, "")], (name, item.type, *extent(item))) for item in document.entities.values())
        case "events":
            yield from (([(item.id, "")], (name, item.type, *extent(item))) for item in document.events.values())
        case "arguments":
            for event in document.events.values():
                for argument in event.arguments:
                    filler = document.annotation(argument.target)
                    assert filler is not None
                    keys = [(event.id, ""), (filler.id, ""), (event.id, f"{argument.role} {filler.id}")]
                    yield keys, (name, event.type, argument.role, *extent(filler))
        case "relations":
            for relation in document.relations.values():
                ends = [document.annotation(relation.source), document.annotation(relation.target)]
                source, target = (end for end in ends if end is not None)
                keys = [(key, "") for key in (relation.id, source.id, target.id)]
                yield keys, (name, relation.type, *extent(source), *extent(target))
