"""spaCy's ``.spacy``: documents whose text is the article's letter by letter, with what does not overlap in ``doc.ents``.

``doc.spans["sc"]`` has all entities, ``doc.spans["events"]`` the triggers; arguments stand in ``doc.user_data["events"]`` as spaCy has
no place of its own for them. Tokens are ours: blanks beyond one become tokens of their own, so that nothing is lost between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import orjson

from annotator.core.document import Document
from annotator.core.model import Event
from annotator.core.schema import Schema
from annotator.core.text import Span

from .account import Ledger
from .nesting import flat
from .passages import Passages, Run
from .table import ExportOptions, Rendered, named

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

Row = dict[str, Any]


def write_spacy(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """A record that `join_spacy` makes a document of."""
    ledger = Ledger(document, named(document, options))
    passages = Passages(document, ledger, options, about=None)
    tokens = [span for passage in passages for span in passage.tokens]
    words, spaces, number = _whole(document.text.content, tokens)

    def place(run: Run) -> Span:
        first = passages.all[run.passage].first
        return number[first + run.start], number[first + run.end - 1] + 1

    entities = [run for passage in passages for run in passage.entities]
    kept, dropped = flat(_through(passages, entities), nesting=options.nesting)
    for dropped_run, _ in dropped:
        ledger.change("entities", dropped_run.item.id, what="not-in-ents")
    flat_ids = {run.item.id for run in kept}
    row = {
        "name": ledger.name,
        "words": words,
        "spaces": spaces,
        "entities": [[*place(run), run.item.type, run.item.id, run.item.id in flat_ids] for run in entities],
        "triggers": [[*place(run), run.item.type, run.item.id] for passage in passages for run in passage.events],
        "events": [_event(run, passages, place(run), place) for passage in passages for run in passage.events],
    }
    ledger.leave_out_layers("relations")
    return Rendered(((".jsonl", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)),), ledger.close())


def join_spacy(documents: Iterable[bytes], schema: Schema) -> Iterator[bytes]:
    """The whole file. Needs the extra ``spacy``."""
    import spacy
    from spacy.tokens import DocBin

    # Of no language: a language's tokeniser is not asked for anything here.
    vocab = spacy.blank("xx").vocab
    held = DocBin(store_user_data=True)
    for record in documents:
        held.add(_doc(orjson.loads(record), vocab))
    yield held.to_bytes()


def _doc(row: Row, vocab: Vocab) -> Doc:
    from spacy.tokens import Doc
    from spacy.tokens import Span as DocSpan

    doc = Doc(vocab, words=row["words"], spaces=row["spaces"])
    entities = [
        (DocSpan(doc, start, end, label=name, span_id=identifier), is_flat) for start, end, name, identifier, is_flat in row["entities"]
    ]
    doc.set_ents([span for span, is_flat in entities if is_flat])
    doc.spans["sc"] = [span for span, _ in entities]
    doc.spans["events"] = [DocSpan(doc, start, end, label=name, span_id=identifier) for start, end, name, identifier in row["triggers"]]
    doc.user_data["name"] = row["name"]
    doc.user_data["events"] = row["events"]
    return doc


def _event(run: Run, passages: Passages, trigger: Span, place: Any) -> Row:
    assert isinstance(run.item, Event)
    arguments = [
        {"role": link.argument.role, "id": link.filler.item.id, "span": place(link.filler)}
        for link in passages.links(run.item, across=True, events=True)
    ]
    return {"id": run.item.id, "type": run.item.type, "trigger": trigger, "arguments": arguments}


def _through(passages: Passages, runs: list[Run]) -> list[Run]:
    """Runs counted through the document, so that those of all passages can be compared."""
    return [Run(run.item, 0, passages.all[run.passage].first + run.start, passages.all[run.passage].first + run.end) for run in runs]


def _whole(content: str, tokens: list[Span]) -> tuple[list[str], list[bool], list[int]]:
    """Words and what follows each (a blank or nothing) that together are `content`; for each token its number among the words."""
    words: list[str] = []
    spaces: list[bool] = []
    number: list[int] = []
    at = 0
    for start, end in [*tokens, (len(content), len(content))]:
        gap = content[at:start]
        if gap.startswith(" ") and words and not spaces[-1]:
            spaces[-1], gap = True, gap[1:]
        if gap:
            words.append(gap)
            spaces.append(False)
        if start < end:
            number.append(len(words))
            words.append(content[start:end])
            spaces.append(False)
        at = end
    return words, spaces, number
