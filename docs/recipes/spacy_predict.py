"""Let a pipeline of spaCy read the articles of a `.spacy` file, and write what it finds as JSON Lines that Annotator takes back.

    python spacy_predict.py MODEL TEST.spacy PREDICTED.jsonl

Only text and tokens of the articles are shown to the model. Entities come from `doc.ents`, triggers from `doc.spans["events"]`, each
with its score where the model gives one; places are characters.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span


def unread(nlp: Language, file: Path) -> Iterator[tuple[Doc, str]]:
    """The articles of a file with their names, without the annotations: the tokens are those of Annotator."""
    for gold in DocBin().from_disk(file).get_docs(nlp.vocab):
        words, spaces = [token.text for token in gold], [bool(token.whitespace_) for token in gold]
        yield Doc(nlp.vocab, words=words, spaces=spaces), gold.user_data["name"]


def place(span: Span) -> dict[str, object]:
    return {"start": span.start_char, "end": span.end_char, "text": span.text}


def row(doc: Doc, name: str) -> dict[str, object]:
    """An article as a line of JSON."""
    triggers = doc.spans.get("events", [])
    scores = getattr(triggers, "attrs", {}).get("scores", [None] * len(triggers))
    entities = [{"id": f"T{number}", "type": span.label_, **place(span)} for number, span in enumerate(doc.ents, 1)]
    events = [
        {"id": f"E{number}", "type": span.label_, "trigger": place(span), "arguments": []}
        | ({} if score is None else {"score": round(float(score), 4)})
        for number, (span, score) in enumerate(zip(triggers, scores, strict=True), 1)
    ]
    return {"name": name, "text": doc.text, "entities": entities, "events": events}


def main(model: Path, test: Path, out: Path) -> None:
    nlp = spacy.load(model)
    with out.open("w", encoding="utf-8", newline="\n") as file:
        for doc, name in nlp.pipe(unread(nlp, test), as_tuples=True):
            file.write(json.dumps(row(doc, name), ensure_ascii=False) + "\n")
    print(f"predictions in {out}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
