"""The list that stands beside a set: what was written and from what. By it an export knows its own files again, and a reader its data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

MANIFEST: Final = "manifest.json"
MADE_BY: Final = "annotator"
_MOST: Final = 256_000_000


@dataclass(frozen=True, slots=True)
class Written:
    """What a manifest says of its folder: the format, and the SHA-256 of each file of data and of each file beside it, by POSIX name."""

    format: str
    data: Mapping[str, str]
    beside: Mapping[str, str]


def read_written(folder: Path) -> Written | None:
    """What the manifest in a folder says; None where there is none of ours."""
    path = folder / MANIFEST
    try:
        if not path.is_file() or path.stat().st_size > _MOST:
            return None
        held = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return None
    if not isinstance(held, dict) or held.get("made_by") != MADE_BY:
        return None
    return Written(str(held.get("format", "")), _hashes(held, "data"), _hashes(held, "beside"))


def _hashes(held: dict[str, Any], key: str) -> dict[str, str]:
    """The names that lie below the folder, with their hashes."""
    table = held.get(key)
    rows = table.items() if isinstance(table, dict) else ()
    return {name: found for name, found in rows if isinstance(found, str) and not _climbs(name)}


def _climbs(name: str) -> bool:
    return ".." in name.split("/") or name.startswith("/") or "\\" in name or ":" in name
