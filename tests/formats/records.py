"""The formats whose records are tokens, and the tokens of each record of a file."""

from __future__ import annotations

import json

from annotator.formats.table import FORMATS

TOKENS = ["conll", "conll2003", "phoner", "oneie", "dygiepp", "trigger-bio", "argument-bio", "hf-jsonl", "gliner"]


def forms(name: str, raw: str) -> list[list[str]]:
    """The tokens of each record of a file as the format writes it, or of a document on its way into one."""
    if FORMATS[name].suffix in (".conll", ".conll2003", ".bio"):
        blocks = [[line.split("\t")[0] for line in block.split("\n") if "\t" in line] for block in raw.split("\n\n")]
        return [block for block in blocks if block and block != ["-DOCSTART-"]]
    rows = [json.loads(line) for line in raw.split("\n") if line]
    if name == "hf-jsonl" and rows and "tokens" not in rows[0]:
        # The numbers of its tags, which are taken off when documents are joined.
        rows.pop(0)
    if name == "dygiepp":
        return [sentence for row in rows for sentence in row["sentences"]]
    return [next(row[key] for key in ("words", "tokens", "tokenized_text") if key in row) for row in rows]
