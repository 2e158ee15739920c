"""The last tag-all of each corpus, kept in the state folder, so that it can be taken back after the window was closed or the power went.

A file a corpus, a line of JSON an article, appended and flushed before the article itself is written: what is in no line was not
written. A later line without changes says that the article was restored, or that the reason why it cannot be was told. All lines bear
the mark of their step: where two windows tag the same corpus, the step begun last has the file. No words of an article are in it, only
ids, types and offsets.
"""

from __future__ import annotations

import errno
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from annotator.core.edits import Change, Edit
from annotator.core.errors import AnnotatorError
from annotator.core.model import Entity, Event
from annotator.settings import state_folder
from annotator.store.files import digest, read_bounded
from annotator.tasks.tagging_all import Tagged

_FOLDER: Final = "steps"
_BYTES_MOST: Final = 200_000_000
_KINDS: Final[dict[str, type[Entity] | type[Event]]] = {"entities": Entity, "events": Event}


class StepFile:
    """The file of one corpus. `problem` is why the last line could not be kept, None where all were."""

    def __init__(self, root: Path) -> None:
        self.path = state_folder() / _FOLDER / f"{digest(os.fsencode(os.path.realpath(root)))[:32]}.jsonl"
        self.problem: AnnotatorError | None = None
        self._begins = False
        self._step = ""

    def begin(self) -> None:
        """Let the next line be the first of a new step; until it comes, the step before can still be taken back."""
        self._begins, self.problem, self._step = True, None, os.urandom(8).hex()

    @property
    def is_new(self) -> bool:
        """Whether a step was begun of which no line was written."""
        return self._begins

    @property
    def holds_any(self) -> bool:
        """Whether there seems to be a step to be taken back."""
        try:
            return self.path.stat().st_size > 0
        except OSError:
            return False

    def note(self, done: Tagged) -> None:
        """An article is about to be written."""
        self._append(_line_of(done))

    def cross_out(self, path: Path) -> None:
        """An article was restored, or refused."""
        if self.holds_any and not self._begins:
            self._append({"path": str(path)})

    def read(self) -> list[Tagged]:
        """The articles that can still be taken back. What does not hold is passed over: the line that the power cut, for one."""
        step, found = self._read()
        self._step = self._step or step
        return found

    def forget(self) -> None:
        """There is nothing left to be taken back of this step."""
        # Another window may have begun a step since.
        if self._read()[0] in ("", self._step):
            with suppress(OSError):
                self.path.unlink()

    def _read(self) -> tuple[str, list[Tagged]]:
        """The mark of the step that has the file, and its articles."""
        step, found = "", dict[Path, Tagged]()
        try:
            lines = read_bounded(self.path, most=_BYTES_MOST).split(b"\n")
        except AnnotatorError:
            lines = []
        for line in lines:
            with suppress(ValueError, TypeError, KeyError, RecursionError):
                held = json.loads(line)
                path, step = Path(_text(held["path"])), step or _text(held["step"])
                if held["step"] == step and "made" in held:
                    found[path] = _tagged(path, held)
                elif held["step"] == step:
                    found.pop(path, None)
        return step, [*found.values()]

    def _append(self, held: dict[str, object]) -> None:
        flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if self._begins else os.O_APPEND) | getattr(os, "O_BINARY", 0)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.path, flags, 0o600)
            try:
                # Its own line even behind one that was never finished.
                line = b"\n" + json.dumps(held | {"step": self._step}).encode("ascii") + b"\n"
                if os.write(descriptor, line) < len(line):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            self.problem = AnnotatorError("write-not-permitted", path=str(self.path), reason=type(error).__name__)
        self._begins = False


def _line_of(done: Tagged) -> dict[str, object]:
    made = [
        [change.layer, change.id, change.before.type, change.before.spans]
        for change in done.inverse.changes
        if isinstance(change.before, Entity | Event)
    ]
    fields = [[change.id, change.before, change.after] for change in done.inverse.changes if change.layer == "fields"]
    return {"path": str(done.path), "before": done.before, "after": done.after, "made": made, "fields": fields}


def _tagged(path: Path, held: dict[str, Any]) -> Tagged:
    """Raises ValueError, TypeError or KeyError where the line is none of ours."""
    changes: list[Change] = []
    for layer, identifier, type_name, spans in held["made"]:
        placed = tuple((_number(start), _number(end)) for start, end in spans)
        item = _KINDS[layer](_text(identifier), _text(type_name), placed)
        changes.append(Change("entities" if isinstance(item, Entity) else "events", item.id, item, None))
    for name, before, after in held["fields"]:
        changes.append(Change("fields", _text(name), _text_or_none(before), _text_or_none(after)))
    inverse = Edit("tag-all", tuple(changes))
    return Tagged(path, len(held["made"]), inverse, _text_or_none(held["before"]), _text(held["after"]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value
