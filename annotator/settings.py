"""What a person has chosen: language, looks, habits. One JSON file of the user's own.

``ANNOTATOR_HOME`` names one folder for everything, for a program on a stick and for tests.
"""

from __future__ import annotations

import json
import os
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
RECENT_MOST: Final = 10
_FILE: Final = "settings.json"
_NAME: Final = "annotator"
_BYTES_MOST: Final = 10_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """Choices and their defaults. `language` is empty where the system's is followed, `zoom` is in percent.

    `geometry` holds the window's place as text that Qt made, `others` what a later version wrote and this one keeps.
    """

    language: Language = ""
    theme: Theme = "system"
    zoom: int = 100
    snap: Snap = "word"
    view: View = "syllables"
    differences: bool = False
    arcs: Arcs = "selected"
    annotator: str = ""
    last_folder: str = ""
    recent_folders: tuple[str, ...] = ()
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
        if path.stat().st_size > _BYTES_MOST:
            raise ValueError
        held = json.loads(path.read_bytes())
        if not isinstance(held, dict):
            raise ValueError
    except FileNotFoundError:
        return Settings(), ()
    except (OSError, ValueError, RecursionError):
        return Settings(), (AnnotatorError("choices-unreadable", path=str(path)),)
    taken: dict[str, Any] = {}
    faults = []
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


def _one_of(closed: object) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and value in get_args(closed)


_CHECKS: Final[dict[str, Callable[[object], bool]]] = {
    "language": _one_of(Language),
    "theme": _one_of(Theme),
    "zoom": lambda value: isinstance(value, int) and not isinstance(value, bool) and value in ZOOMS,
    "snap": _one_of(Snap),
    "view": _one_of(View),
    "differences": lambda value: isinstance(value, bool),
    "arcs": _one_of(Arcs),
    "guidelines_shown": lambda value: isinstance(value, bool),
    "guidelines_follow": lambda value: isinstance(value, bool),
    "guidelines_width": lambda value: isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10_000,
    "first_run": _one_of(FirstRun),
    "recent_folders": lambda value: isinstance(value, list) and all(map(_is_text, value)),
}
_CHECKS.update({known.name: _is_text for known in fields(Settings) if known.name not in _CHECKS and known.name != "others"})
