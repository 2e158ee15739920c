"""Opening: an article with its sidecar, its words and the label schema of its corpus. Looking at an article writes nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.model import Origin
from annotator.core.schema import Schema
from annotator.segment import looks_segmented, segment_lines
from annotator.store.corpus import SETTINGS, Corpus
from annotator.store.files import is_there
from annotator.store.sidecar import Loaded, load
from annotator.tasks.schemas import BUILT_IN, DEFAULT, find_schema, read_schema_file


@dataclass(frozen=True, slots=True)
class Opened:
    """An article as opened, with the schema that its corpus has."""

    loaded: Loaded
    schema: Schema

    @property
    def document(self) -> Document:
        return self.loaded.document

    @property
    def path(self) -> Path:
        return self.loaded.path

    @property
    def read_only(self) -> AnnotatorError | None:
        """Why nothing may be written back, None where all is well."""
        return self.loaded.read_only


def open_article(path: Path, *, schema: Schema | None = None) -> Opened:
    """An article with words on every line. Raises what `store.sidecar.load` and `find_schema` raise."""
    loaded = load_article(path)
    # Whoever looks at an article asks line after line: here those of segmented text are found where nobody waits for them.
    loaded.document.words.lines()
    return Opened(loaded, schema or schema_of(loaded))


def load_article(path: Path) -> Loaded:
    """An article with its sidecar and the machine's words. Raises what `store.sidecar.load` raises."""
    loaded = load(path, origin_of=origin_of)
    set_words(loaded.document)
    return loaded


def load_trusted(path: Path, *, words: bool = True) -> Loaded:
    """An article as `load_article` gives it, or without the machine's words. Raises the reason too where its sidecar cannot be trusted."""
    loaded = load(path, origin_of=origin_of)
    if loaded.read_only is not None:
        raise loaded.read_only
    if words:
        set_words(loaded.document)
    return loaded


def origin_of(text: str) -> Origin:
    """Whether a text without a sidecar came segmented."""
    return "segmented" if looks_segmented(text) else "raw"


def set_words(document: Document) -> None:
    """Give every line of raw text pyvi's words; a text that came segmented has its own."""
    if not document.is_segmented:
        for line, words in enumerate(segment_lines(document.text.content)):
            document.words.set_machine(line, words)


def schema_of(loaded: Loaded) -> Schema:
    """The schema of an article: that of the corpus around it, else the built-in one that its sidecar names, else `DEFAULT`."""
    for folder in loaded.path.resolve().parents:
        if (folder / SETTINGS).is_file():
            return corpus_schema(Corpus.open(folder))
    named = loaded.document.field("schema")
    return find_schema(named if named in BUILT_IN else DEFAULT)


def open_corpus(root: Path) -> Corpus:
    """A folder of articles. Raises AnnotatorError ``not-folder`` and what `Corpus.open` raises."""
    if is_there(root) and not root.is_dir():
        raise AnnotatorError("not-folder", path=str(root))
    return Corpus.open(root)


def corpus_schema(corpus: Corpus) -> Schema:
    """The schema that a corpus names, else `DEFAULT`."""
    return _named_schema(corpus.settings.schema, corpus.root)


def _named_schema(named: str | Path, root: Path) -> Schema:
    return read_schema_file(named) if isinstance(named, Path) else find_schema(named or DEFAULT, beside=root)


class Schemas:
    """The schema of each article of a corpus: the corpus's own, unless a folder nearer to the article names another."""

    def __init__(self, corpus: Corpus) -> None:
        """Raises what the schema of the corpus itself raises."""
        self.corpus = corpus
        self.whole = corpus_schema(corpus)
        self._read: dict[str | Path, Schema] = {corpus.settings.schema: self.whole}
        self._of_folder: dict[str, Schema] = {}

    def of(self, path: Path) -> Schema:
        """Raises what the settings between the article and the root, and the schema that they name, raise."""
        # As text: a path is made anew each time it is asked for its folder, and each is hashed by its parts.
        folder = os.path.dirname(path)  # noqa: PTH120
        if folder not in self._of_folder:
            named = self.corpus.settings_for(path).schema
            if named not in self._read:
                self._read[named] = _named_schema(named, self.corpus.root)
            self._of_folder[folder] = self._read[named]
        return self._of_folder[folder]
