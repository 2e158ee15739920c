"""Token files on their way in: sentences of tokens and tags become a text of tokens apart by blanks, and its entities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from annotator.core.model import Entity

from .building import Draft, build
from .table import Imported, ImportOptions
from .tags import OUTSIDE, is_tag, spans


@dataclass
class TokenArticle:
    """An article as a token file holds it; `bad` lists code, line and text of what could not be taken whole."""

    name: str
    sentences: list[tuple[list[str], list[list[str]]]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    bad: list[tuple[str, int, str]] = field(default_factory=list)

    def add(self, tokens: list[str], tags: list[str], *, line: int, further: Iterable[list[str]] = ()) -> None:
        """Take a sentence that begins in `line` of the file, `further` are the columns of other layers.

        A tag that is none is listed and counts as outside.
        """
        columns = [tags, *further]
        self.bad += [("bad-tag", line, tag[:80]) for column in columns for tag in column if not is_tag(tag)]
        self.sentences.append((tokens, [[tag if is_tag(tag) else OUTSIDE for tag in column] for column in columns]))
        self.lines.append(line)


def article(held: TokenArticle, options: ImportOptions) -> Imported:
    """The article with its text: tokens apart by one blank, a sentence a line; an ``_`` inside a token stays."""
    rows: list[str] = []
    entities: list[tuple[Entity, int]] = []
    at = 0
    for (tokens, columns), line in zip(held.sentences, held.lines, strict=True):
        starts = []
        for token in tokens:
            starts.append(at)
            at += len(token) + 1
        for chunk in (chunk for column in columns for chunk in spans(column)):
            where = (starts[chunk.start], starts[chunk.end - 1] + len(tokens[chunk.end - 1]))
            entities.append((Entity(f"T{len(entities) + 1}", chunk.type, (where,)), line))
        rows.append(" ".join(tokens))
    content = "".join(f"{row}\n" for row in rows)
    draft = Draft(held.name, content.encode(), content)
    for code, line, text in held.bad:
        draft.miss("", code, line=line, detail=text)
    for entity, line in entities:
        draft.add(entity, line=line)
    return build(draft, options)
