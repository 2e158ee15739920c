"""The sample of each format: an article of one line, written by the format's own writer, so that what the page shows cannot grow old."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from annotator.core.document import Document
from annotator.core.edits import Change, Edit, apply
from annotator.core.model import Argument, Entity, Event, Source
from annotator.core.schema import EntityType, EventRole, EventType, Role, Schema, Wording
from annotator.core.text import Span, Text
from annotator.formats.chat_template import Template
from annotator.formats.table import FORMATS, ExportOptions, joiner, writer
from annotator.messages import Language
from annotator.tasks.previewing import preview

TEXT: Final = "Bà Mơ mở quán phở ."
LINES: Final = 3
_WORDS: Final = ("Bà", "Mơ", "mở", "quán phở", ".")
# What only comes in is shown as its makers write it.
_SOURCES: Final = {"vlsp": '<ENAMEX TYPE="PERSON">Bà Mơ</ENAMEX> mở quán phở .'}
# Of these the file is binary: what it holds is told in words.
BINARY: Final = frozenset({"hf-parquet", "spacy"})
_TEMPLATE: Final[dict[Language, Template]] = {
    "en": Template("Who does what? Answer with JSON.\n{schema}", "{text}"),
    "vi": Template("Ai làm gì? Trả lời bằng JSON.\n{schema}", "{text}"),
}


def schema(language: Language) -> Schema:
    """A schema of one type each."""
    return Schema(
        "phố",
        language=language,
        entities=(EntityType("PER", definition=Wording("a person", "người")),),
        events=(EventType("Start-Org", definition=Wording("something opens", "mở ra một nơi"), roles=(EventRole("Agent"),)),),
        roles=(Role("Agent"),),
    )


def article() -> Document:
    """A person who opens a shop."""
    source = Source("quán.txt", sha256(TEXT.encode()).hexdigest(), "utf-8", len(TEXT))
    document = Document(Text(TEXT), source)
    document.words.set_machine(0, [_place(word) for word in _WORDS])
    entity = Entity("T1", "PER", ((_place("Bà")[0], _place("Mơ")[1]),))
    event = Event("E1", "Start-Org", (_place("mở"),), (Argument("Agent", "T1"),))
    apply(document, Edit("make", (Change("entities", "T1", None, entity),)))
    apply(document, Edit("make", (Change("events", "E1", None, event),)))
    return document


def sample(name: str, language: Language) -> str:
    """The beginning of the format's file: what opens it and `LINES` lines."""
    if name in _SOURCES:
        return _SOURCES[name]
    row, held = FORMATS[name], schema(language)
    template = _TEMPLATE[language] if row.template else None
    rendered = writer(name)(article(), held, ExportOptions(name="quán", template=template))
    files = dict(rendered.files)
    data = files.get(row.suffix) or next(iter(files.values()))
    if name in BINARY:
        return preview("quán", rendered, row=row, schema=held).text
    join = joiner(name)
    if join is not None:
        data = b"".join(join((data,), held))
    lines = [line for line in data.decode().splitlines() if line]
    opening = sum(line.startswith(("# ", "-DOCSTART-")) for line in lines)
    return "\n".join(lines[: opening + LINES])


def _place(word: str) -> Span:
    start = TEXT.index(word)
    return start, start + len(word)
