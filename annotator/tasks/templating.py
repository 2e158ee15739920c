"""The template of conversations that a person brings."""

from __future__ import annotations

from pathlib import Path

from annotator.core.errors import AnnotatorError
from annotator.formats.chat_template import Template, parse_template


def read_template(path: Path) -> Template:
    """The template in a file. Raises AnnotatorError ``template-unreadable`` and what `parse_template` raises."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise AnnotatorError("template-unreadable", path=str(path), reason=error.strerror or type(error).__name__) from error
    return parse_template(raw, path=str(path), name=path.name.encode("utf-8", "replace").decode())
