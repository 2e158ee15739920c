"""Where the files lie that ship with the program: schemas, catalogues, icons and sample articles."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
# The wheel carries both folders inside the package; a checkout has them beside it.
_PACKED = _PACKAGE / "data"
_ROOT = _PACKED if _PACKED.is_dir() else _PACKAGE.parent


def resource(*parts: str) -> Path:
    """The path of a file under ``resources/``."""
    return _ROOT.joinpath("resources", *parts)


def samples() -> Path:
    """The folder of sample articles with their sidecars."""
    return _ROOT / "samples"
