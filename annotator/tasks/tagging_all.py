"""Tagging every occurrence in many articles: a preview of each, one edit each, and taking the whole step back.

The article that is open in the window is none of these: its session does the edit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from annotator.core import commands
from annotator.core.document import Document
from annotator.core.edits import Edit, apply
from annotator.core.errors import AnnotatorError
from annotator.core.occurrences import Occurrence, Target, judge, tag_all, take_back
from annotator.core.schema import Schema
from annotator.core.search import Query, Search
from annotator.core.text import Span, Text
from annotator.store.corpus import Corpus
from annotator.store.files import digest_on_disk, read_source
from annotator.store.sidecar import Loaded, sidecar_path
from annotator.tasks import Progress, unheard
from annotator.tasks.opening import load_trusted
from annotator.tasks.searching import Hit, each_article, hit
from annotator.tasks.writing import write_back


@dataclass(frozen=True, slots=True)
class Place:
    """An occurrence with the text around it."""

    hit: Hit
    occurrence: Occurrence


@dataclass(frozen=True, slots=True)
class Seen:
    """An article as it was when its occurrences were shown: the digests of its source and its sidecar. `problem`: why it is left out."""

    path: Path
    source: str = ""
    sidecar: str | None = None
    places: tuple[Place, ...] = ()
    problem: AnnotatorError | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """The places of one article that are to be tagged."""

    seen: Seen
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Tagged:
    """An article that was written: what takes the edit back, and the digests of the sidecar before (None: there was none) and after."""

    path: Path
    made: int
    inverse: Edit
    before: str | None
    after: str


@dataclass(frozen=True, slots=True)
class Refused:
    """An article that was left as it is, and why."""

    path: Path
    reason: AnnotatorError


def places_in(document: Document, spans: Iterable[Span], target: Target) -> tuple[Place, ...]:
    """What was found in a document, with what speaks against tagging it."""
    return tuple(Place(hit(document.text, span), judge(document, span, target)) for span in spans)


def preview_corpus(
    corpus: Corpus, query: Query, target: Target, *, without: Path | None = None, progress: Progress = unheard
) -> Iterator[Seen]:
    """The articles that hold `query`, each with its occurrences judged, and those that cannot be read or written; not `without`.

    Raises AnnotatorError as `Search` and `Search.spans` do, and what `progress` raises to stop.
    """
    search = Search(query)
    for path in each_article(corpus, progress):
        if path == without:
            continue
        try:
            text = Text(read_source(path)[1])
            # Opening an article costs far more than looking whether there is any reason to.
            spans = list(search.spans(search.fold(text)))
            if spans:
                yield _look(load_trusted(path), spans, target)
        except AnnotatorError as problem:
            if problem.code in ("search-too-slow", "cancelled"):
                raise
            yield Seen(path, problem=problem)


def tag_articles(
    wishes: Iterable[Wish], target: Target, schema: Schema, *, annotator: str = "", over_existing: bool = False, names_schema: bool = False,
    progress: Progress = unheard,
) -> Iterator[Tagged | Refused]:  # fmt: skip
    """Tag and write the articles one by one. What changed since it was shown is refused (``changed-since-shown``), as is what cannot be
    trusted or written. `names_schema`: the corpus says which schema its articles have.

    `progress` may raise to stop: what was written until then stays, and was yielded.
    """
    wished = list(wishes)
    for number, wish in enumerate(wished):
        progress(number, len(wished))
        path = wish.seen.path
        try:
            loaded = load_trusted(path)
            if (loaded.document.source.sha256, loaded.digest) != (wish.seen.source, wish.seen.sidecar):
                raise AnnotatorError("changed-since-shown", path=str(path))
            _claim(loaded, schema, annotator=annotator)
            edit = _edit(loaded.document, wish.spans, target, over_existing=over_existing, schema=schema if names_schema else None)
            inverse = apply(loaded.document, edit)
            after = write_back(loaded)
            yield Tagged(path, sum(change.layer != "fields" for change in edit.changes), inverse, loaded.digest, after)
        except (AnnotatorError, OSError) as error:
            yield Refused(path, _reason(path, error))


def take_back_articles(step: Iterable[Tagged], *, progress: Progress = unheard) -> Iterator[Path | Refused]:
    """Undo what `tag_articles` did, article by article: the paths of those restored. One whose sidecar is not as it was left is refused
    (``changed-since-tagged``). A sidecar that the step made is taken away.
    """
    tagged = list(step)
    for number, done in enumerate(tagged):
        progress(number, len(tagged))
        try:
            beside = sidecar_path(done.path)
            if digest_on_disk(beside) != done.after:
                raise AnnotatorError("changed-since-tagged")
            if done.before is None:
                beside.unlink()
            else:
                loaded = load_trusted(done.path)
                apply(loaded.document, take_back(loaded.document, done.inverse))
                write_back(loaded)
            yield done.path
        except (AnnotatorError, OSError) as error:
            yield Refused(done.path, _reason(done.path, error))


def _look(loaded: Loaded, spans: Iterable[Span], target: Target) -> Seen:
    document = loaded.document
    return Seen(loaded.path, document.source.sha256, loaded.digest, places_in(document, spans, target), _no_writing(loaded.path))


def _no_writing(path: Path) -> AnnotatorError | None:
    """Why the sidecar could not be written, as far as that can be told without trying."""
    beside = sidecar_path(path)
    with suppress(OSError):
        if not beside.stat().st_mode & 0o222:
            return AnnotatorError("write-not-permitted", path=str(beside), reason="EACCES")
    return None


def _claim(loaded: Loaded, schema: Schema, *, annotator: str) -> None:
    """A document that had no sidecar begins with the schema and the annotator of its corpus, as in the window."""
    if loaded.digest is None:
        loaded.document.fields["schema"] = schema.name
        if annotator:
            loaded.document.fields["annotator"] = annotator


def _edit(document: Document, spans: Iterable[Span], target: Target, *, over_existing: bool, schema: Schema | None) -> Edit:
    """The edit of one article with what goes with it: work on the article has begun, and it names its schema."""
    edit = tag_all(document, spans, target, over_existing=over_existing)
    status = commands.set_field(document, "status", "doing").changes if document.field("status") == "todo" else ()
    named = commands.set_field(document, "schema", schema.name).changes if schema is not None else ()
    return Edit(edit.name, (*edit.changes, *status, *named))


def _reason(path: Path, error: Exception) -> AnnotatorError:
    return error if isinstance(error, AnnotatorError) else AnnotatorError("save-failed", path=str(path), reason=type(error).__name__)
