"""The template of conversations that a person brings."""

from __future__ import annotations

from pathlib import Path

from annotator.core.errors import AnnotatorError
from annotator.formats.chat_template import Template, parse_template


def read_template(path: Path) -> Template:
    """The template in a file. Raises AnnotatorError ``not-a-file``, ``template-unreadable`` and what `parse_template` raises."""
    try:
        # A pipe would be waited for, a device read for ever.
        if path.exists() and not path.is_file():
            raise AnnotatorError("not-a-file", path=str(path))
        raw = path.read_bytes()
    except OSError as error:
        raise AnnotatorError("template-unreadable", path=str(path), reason=error.strerror or type(error).__name__) from error
    return parse_template(raw, path=str(path), name=path.name.encode("utf-8", "replace").decode())
