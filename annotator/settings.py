"""What a person has chosen: language, looks, habits. One JSON file of the user's own.

``ANNOTATOR_HOME`` names one folder for everything, for a program on a stick and for tests.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final, Literal, get_args

from annotator.core.errors import AnnotatorError

Language = Literal["", "en", "vi"]
Theme = Literal["system", "light", "dark", "contrast"]
Snap = Literal["word", "syllable", "character"]
View = Literal["syllables", "words"]
Arcs = Literal["selected", "all"]
FirstRun = Literal["", "skipped", "done"]

ZOOMS: Final = range(50, 401)
SPACINGS: Final = range(80, 201)
WIDTHS: Final = range(40, 161)
RECENT_MOST: Final = 10
_FILE: Final = "settings.json"
_NAME: Final = "annotator"
_BYTES_MOST: Final = 10_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices and their defaults. `language` is empty where the system's is followed, `zoom` is in percent.

    `restore` opens what was open last at the start, `effort` keeps the time worked in the corpus.
    `family` is the text's font, empty where the window chooses; `spacing` its line height in percent of the usual one; `width` the most
    characters on a line. `hidden` names the panes that are put away. `shortcuts` has the keys of actions that are not the usual ones, in
    Qt's portable spelling. `geometry` is the window's place as text that Qt made, `others` what a later version wrote and this one keeps.
    """

    language: Language = ""
    theme: Theme = "system"
    zoom: int = 100
    family: str = ""
    spacing: int = 100
    width: int = 84
    snap: Snap = "word"
    view: View = "syllables"
    differences: bool = False
    arcs: Arcs = "selected"
    scroll_marks: bool = True
    hidden: tuple[str, ...] = ()
    shortcuts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    annotator: str = ""
    last_folder: str = ""
    recent_folders: tuple[str, ...] = ()
    restore: bool = True
    effort: bool = False
    export_folder: str = ""
    export_format: str = ""
    geometry: str = ""
    guidelines_shown: bool = False
    guidelines_follow: bool = True
    guidelines_width: int = 320
    first_run: FirstRun = ""
    others: Mapping[str, Any] = field(default_factory=dict)


def read_settings() -> tuple[Settings, tuple[AnnotatorError, ...]]:
    """The settings, and what was wrong with their file: ``choices-unreadable`` (all defaults), ``choice-unknown`` (one default)."""
    path = settings_path()
    try:
        held_as = path.stat()
        # Opening a pipe would wait for its other end.
        if not stat.S_ISREG(held_as.st_mode) or held_as.st_size > _BYTES_MOST:
            raise ValueError
        held = json.loads(path.read_bytes())
        if not isinstance(held, dict):
            raise ValueError
    except FileNotFoundError:
        return Settings(), ()
    except (OSError, ValueError, RecursionError):
        return Settings(), (AnnotatorError("choices-unreadable", path=str(path)),)
    taken: dict[str, Any] = {}
    faults: list[AnnotatorError] = []
    held["shortcuts"], odd = _sound_shortcuts(held.get("shortcuts", {}))
    faults += [AnnotatorError("choice-unknown", path=str(path), name=name) for name in odd]
    for name, value in held.items():
        if name in _CHECKS:
            taken[name] = tuple(value) if isinstance(value, list) else value
            if not _CHECKS[name](value):
                del taken[name]
                faults.append(AnnotatorError("choice-unknown", path=str(path), name=name))
    others = {name: value for name, value in held.items() if name not in _CHECKS}
    return Settings(**taken, others=others), tuple(faults)


def write_settings(settings: Settings) -> None:
    """Replace the file, whole or not at all. Raises AnnotatorError ``choices-not-saved``."""
    path = settings_path()
    held = asdict(settings)
    data = json.dumps(held.pop("others") | held, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".settings-{os.urandom(6).hex()}")
        try:
            with beside.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
    except OSError as error:
        raise AnnotatorError("choices-not-saved", path=str(path), reason=type(error).__name__) from error


def with_folder(settings: Settings, folder: Path) -> Settings:
    """Settings in which `folder` is the last one opened and heads the recent ones."""
    name = str(folder)
    recent = (name, *(held for held in settings.recent_folders if held != name))
    return replace(settings, last_folder=name, recent_folders=recent[:RECENT_MOST])


def _sound_shortcuts(held: object) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The entries that are lists of texts, and the names of those that are not."""
    if not isinstance(held, dict):
        return {}, ["shortcuts"]
    sound = {name: tuple(keys) for name, keys in held.items() if isinstance(keys, list) and all(map(_is_text, keys))}
    return sound, [f"shortcuts.{name}" for name in held if name not in sound]


def settings_path() -> Path:
    return _home("user_config_dir") / _FILE


def state_folder() -> Path:
    """The user's folder for copies of unreadable sidecars and, later, logs. It may not exist yet."""
    return _home("user_state_dir")


def _home(kind: Literal["user_config_dir", "user_state_dir"]) -> Path:
    if own := os.environ.get("ANNOTATOR_HOME"):
        return Path(own)
    import platformdirs

    return Path(getattr(platformdirs, kind)(_NAME, appauthor=False))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_bool(value: object) -> bool:
    return isinstance(value, bool)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _in_range(numbers: range) -> Callable[[object], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and value in numbers


def _one_of(closed: object) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and value in get_args(closed)


_CHECKS: Final[dict[str, Callable[[object], bool]]] = {
    "language": _one_of(Language),
    "theme": _one_of(Theme),
    "zoom": _in_range(ZOOMS),
    "spacing": _in_range(SPACINGS),
    "width": _in_range(WIDTHS),
    "snap": _one_of(Snap),
    "view": _one_of(View),
    "differences": _is_bool,
    "restore": _is_bool,
    "effort": _is_bool,
    "arcs": _one_of(Arcs),
    "scroll_marks": _is_bool,
    "hidden": _are_texts,
    "guidelines_shown": _is_bool,
    "guidelines_follow": _is_bool,
    "guidelines_width": _in_range(range(1, 10_000)),
    "first_run": _one_of(FirstRun),
    "recent_folders": _are_texts,
    "shortcuts": lambda value: isinstance(value, dict),
}
_CHECKS.update({known.name: _is_text for known in fields(Settings) if known.name not in _CHECKS and known.name != "others"})
