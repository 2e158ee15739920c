"""A corpus: a folder of articles with its ``annotator.toml``, or single files. Looking at it writes nothing."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PureWindowsPath
from typing import Final

from annotator.core.errors import AnnotatorError
from annotator.core.model import Status
from annotator.core.schema_lines import find_line
from annotator.core.suggestions import PREFIX

from .files import is_there, read_bounded
from .sidecar import read_sidecar, sidecar_path

SETTINGS: Final = "annotator.toml"
ARTICLE: Final = ".txt"
_SETTINGS_MOST = 1_000_000
_PLACE = re.compile(r"at line (\d+)")
_NUMBER = re.compile(r"(\d+)")
# How a schema named by its file is told from a built-in one.
_SCHEMA_FILES = (".toml", ".conf")

Report = Callable[[AnnotatorError], None]


@dataclass(frozen=True, slots=True)
class CorpusSettings:
    """What ``annotator.toml`` says. `schema` is a built-in one's name or a file inside the folder; what is not said is empty or None."""

    schema: str | Path = ""
    guidelines: Path | None = None
    annotator: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list shows of an article. `problem` says why its sidecar cannot be read, or is None.

    `flags` counts the annotations in question, `suggestions` those of models that nobody has answered, `types` are the types of entities
    and events that it holds, by name.
    """

    status: Status = "todo"
    annotator: str = ""
    entities: int = 0
    events: int = 0
    arguments: int = 0
    problem: AnnotatorError | None = None
    flags: int = 0
    types: tuple[str, ...] = ()
    suggestions: int = 0


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles and their settings. `root` is the folder, or the folder of the first of the single files in `files`."""

    root: Path
    settings: CorpusSettings
    files: tuple[Path, ...] = ()
    problems: list[AnnotatorError] = field(default_factory=list, compare=False)

    @classmethod
    def open(cls, path: Path, *more: Path) -> Corpus:
        """The corpus of one folder, or of one or more files.

        Raises AnnotatorError ``place-missing`` where nothing is, ``folder-among-files`` where a folder is one of several, and what
        `read_settings` raises.
        """
        for place in (path, *more):
            if not is_there(place):
                raise AnnotatorError("place-missing", path=str(place))
            if more and place.is_dir():
                raise AnnotatorError("folder-among-files", path=str(place))
        if path.is_dir():
            return cls(path, read_settings(path))
        return cls(path.parent, read_settings(path.parent), tuple(dict.fromkeys((path, *more))))

    def articles(self, report: Report | None = None) -> Iterator[Path]:
        """The articles one by one, folder by folder in natural order (2 before 10).

        Hidden entries are passed over. A folder that cannot be read (``folder-unreadable``) or that a link leads to outside of the
        corpus (``link-leaves-corpus``) goes to `report` and into `problems`, which hold those of the latest walk.
        """
        self.problems.clear()
        if self.files:
            yield from self.files
            return
        home = Path(os.path.realpath(self.root))
        seen = {home}
        # A stack of walks instead of recursion: a stranger's folders may be thousands deep.
        walks = [iter(self._entries(self.root, report))]
        while walks:
            entry = next(walks[-1], None)
            if entry is None:
                walks.pop()
            elif _is_folder(entry):
                real = Path(os.path.realpath(entry))
                if not real.is_relative_to(home):
                    self._note(AnnotatorError("link-leaves-corpus", path=entry.path), report)
                elif real not in seen:
                    seen.add(real)
                    walks.append(iter(self._entries(Path(entry.path), report)))
            elif self._is_article(entry):
                yield Path(entry.path)

    def settings_for(self, path: Path) -> CorpusSettings:
        """The settings of an article: each is that of the nearest folder that says it, from the article's own up to the root.

        Raises what `read_settings` raises.
        """
        found = CorpusSettings()
        inside = path.parent.relative_to(self.root).parts if path.is_relative_to(self.root) else ()
        for depth in range(len(inside), -1, -1):
            here = read_settings(self.root.joinpath(*inside[:depth])) if depth else self.settings
            said = {name: getattr(here, name) for name in CorpusSettings.__slots__ if not getattr(found, name)}
            found = replace(found, **said)
        return found

    def summary(self, path: Path) -> Summary:
        """Status and counts of an article, from its sidecar alone."""
        beside = sidecar_path(path)
        try:
            raw = read_sidecar(beside)
            if raw is None:
                return Summary()
            from .decoding import summarise

            brief = summarise(raw, path=str(beside))
        except AnnotatorError as problem:
            return Summary(problem=problem)
        arguments = sum(len(event.arguments) for event in brief.events)
        marks = [(item.type, item.flag, item.origin) for layer in (brief.entities, brief.events) for item in layer]
        # Many thousand articles name the same few types: each name is held once.
        types = tuple(sorted({sys.intern(name) for name, _, _ in marks}))
        counts = len(brief.entities), len(brief.events), arguments
        flags, suggestions = sum(flag != "" for _, flag, _ in marks), sum(origin.startswith(PREFIX) for _, _, origin in marks)
        return Summary(brief.status, brief.annotator, *counts, flags=flags, types=types, suggestions=suggestions)

    def _is_article(self, entry: os.DirEntry[str]) -> bool:
        return entry.name.lower().endswith(ARTICLE) and Path(entry.path) != self.settings.guidelines

    def _entries(self, folder: Path, report: Report | None) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as found:
                entries = sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda entry: natural(entry.name))
        except OSError as error:
            self._note(AnnotatorError("folder-unreadable", path=str(folder), reason=type(error).__name__), report)
            return []
        if folder == self.root or all(entry.name != SETTINGS for entry in entries):
            return entries
        # Settings that cannot be read are told with the articles that they are for.
        with suppress(AnnotatorError):
            guidelines = read_settings(folder).guidelines
            return [entry for entry in entries if Path(entry.path) != guidelines]
        return entries

    def _note(self, problem: AnnotatorError, report: Report | None) -> None:
        self.problems.append(problem)
        if report is not None:
            report(problem)


def natural(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """A key that sorts names as people do: numbers by value, letters without case."""
    parts = _NUMBER.split(name.casefold())
    return [(1, int(part[:4000]), "") if rank % 2 else (2, 0, part) for rank, part in enumerate(parts) if part], name


def read_settings(folder: Path) -> CorpusSettings:
    """The settings of a folder; without an ``annotator.toml`` none are made.

    Raises AnnotatorError with the file's path and, where there is one, the line: ``settings-syntax``, ``settings-unknown-key``,
    ``settings-wrong-type``, ``path-leaves-corpus``, ``settings-names-nothing`` (the file named is not there), ``folder-unreadable``, or
    what `files.read_bounded` raises.
    """
    path = folder / SETTINGS
    try:
        is_said = path.exists()
    except OSError as error:
        raise AnnotatorError("folder-unreadable", path=str(folder), reason=type(error).__name__) from error
    if not is_said:
        return CorpusSettings()
    text, table = _parse(path)
    for name, value in table.items():
        if name not in CorpusSettings.__slots__:
            known = ", ".join(CorpusSettings.__slots__)
            raise AnnotatorError("settings-unknown-key", path=str(path), line=find_line(text, (name,)), key=name, known=known)
        if not isinstance(value, str):
            raise AnnotatorError("settings-wrong-type", path=str(path), line=find_line(text, (name,)), key=name)
    said = {name: str(value) for name, value in table.items()}
    schema, guidelines = said.get("schema", ""), said.get("guidelines", "")
    return CorpusSettings(
        schema=_inside(folder, schema, text=text, key="schema") if _is_file_name(schema) else schema,
        guidelines=_inside(folder, guidelines, text=text, key="guidelines") if guidelines else None,
        annotator=said.get("annotator", ""),
    )


def _parse(path: Path) -> tuple[str, dict[str, object]]:
    import tomllib

    raw = read_bounded(path, most=_SETTINGS_MOST)
    try:
        # A mark at the start, as some editors leave it, is none of TOML's.
        text = raw.decode("utf-8-sig")
        return text, dict(tomllib.loads(text))
    except UnicodeDecodeError as error:
        raise AnnotatorError("settings-syntax", path=str(path), line=raw.count(b"\n", 0, error.start) + 1) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = _PLACE.search(str(error))
        raise AnnotatorError("settings-syntax", path=str(path), line=int(found[1]) if found else text.count("\n") + 1) from None


def _is_file_name(schema: str) -> bool:
    return "/" in schema or "\\" in schema or schema.lower().endswith(_SCHEMA_FILES)


def _inside(folder: Path, named: str, *, text: str, key: str) -> Path:
    """The path of a file that the settings name: relative, and inside the folder even where links are followed."""
    path = folder / named
    where: dict[str, str | int] = {"path": str(folder / SETTINGS), "line": find_line(text, (key,)), "key": key, "named": named}
    try:
        real = Path(os.path.realpath(path))
        leaves = PureWindowsPath(named).anchor or Path(named).is_absolute() or not real.is_relative_to(os.path.realpath(folder))
    except ValueError:
        leaves = True
    if leaves:
        raise AnnotatorError("path-leaves-corpus", **where)
    if not real.is_file():
        raise AnnotatorError("settings-names-nothing", **where)
    return path


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
