"""What stands around each text in conversations for instruction tuning, from a TOML file.

Three texts, the last of which may be missing::

    system = "Find … {schema}"
    user = "{text}"
    assistant = "{answer}"

Names in braces are filled in (`PLACEHOLDERS`); a brace that is meant as such before a word is doubled: ``{{word}}``. Other braces stay.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Final

from annotator.core.errors import AnnotatorError
from annotator.core.schema_fields import find_nearest
from annotator.resources import resource

# Which names may stand in which text.
PLACEHOLDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "system": ("schema", "entities", "events", "name", "text"),
    "user": ("schema", "entities", "events", "name", "text"),
    "assistant": ("answer",),
}
_PART: Final = re.compile(r"\{\{\w+\}\}|\{(\w+)\}")
_ANSWER: Final = "{answer}"


@dataclass(frozen=True, slots=True)
class Template:
    """The texts; `name` and `sha256` are those of the file, by which a manifest knows it."""

    system: str
    user: str
    assistant: str = _ANSWER
    name: str = ""
    sha256: str = ""

    def as_json(self) -> dict[str, str]:
        return {"name": self.name, "sha256": self.sha256}


def fill(text: str, values: Mapping[str, str]) -> str:
    """`text` with its names filled in, in one go: what is filled in is not looked into. Values that are missing stay names."""
    return _PART.sub(lambda part: part[0][1:-1] if part[1] is None else values.get(part[1], part[0]), text)


@cache
def default_template(language: str) -> Template:
    """What the program says in a language, from ``resources/templates``."""
    path = resource("templates", f"chat.{language}.toml")
    return parse_template(path.read_bytes(), path=str(path), name=path.name)


def parse_template(raw: bytes, *, path: str, name: str) -> Template:
    """The template of a file's bytes; `path` is for messages, `name` for the manifest.

    Raises AnnotatorError ``template-not-toml``, ``template-unknown-key``, ``template-bad-value``, ``template-unknown-placeholder`` and
    ``template-without-placeholder``, with path and line.
    """
    try:
        content = raw.decode("utf-8-sig")
        held = tomllib.loads(content)
    except ValueError as error:
        raise AnnotatorError("template-not-toml", path=path, reason=str(error)) from None
    lines = content.splitlines()
    for key, text in held.items():
        if key not in PLACEHOLDERS:
            nearest = find_nearest(key, PLACEHOLDERS)
            raise AnnotatorError("template-unknown-key", path=path, line=_line_of_key(lines, key), key=key, nearest=nearest)
        if not isinstance(text, str):
            raise AnnotatorError("template-bad-value", path=path, line=_line_of_key(lines, key), key=key)
        _refuse_unknown(text, lines, path, key=key)
    texts = {"system": "", "user": "", "assistant": _ANSWER, **held}
    met = {key: {part[1] for part in _PART.finditer(text)} for key, text in texts.items()}
    for needed, keys in (("text", ("user", "system")), ("answer", ("assistant",))):
        if not any(needed in met[key] for key in keys):
            line = _line_of_key(lines, keys[0])
            raise AnnotatorError("template-without-placeholder", path=path, line=line, key=keys[0], name=f"{{{needed}}}")
    return Template(texts["system"], texts["user"], texts["assistant"], name, sha256(raw).hexdigest())


def _refuse_unknown(text: str, lines: list[str], path: str, *, key: str) -> None:
    known = PLACEHOLDERS[key]
    for part in _PART.finditer(text):
        name = part[1]
        if name is not None and name not in known:
            first = _line_of_key(lines, key)
            line = next((rank for rank, held in enumerate(lines[first - 1 :], first) if part[0] in held), first)
            allowed = " ".join(f"{{{one}}}" for one in known)
            raise AnnotatorError("template-unknown-placeholder", path=path, line=line, name=part[0], key=key, allowed=allowed)


def _line_of_key(lines: list[str], key: str) -> int:
    """The line, from 1, in which a key is set; 1 where it is not or is spelled in a rarer way."""
    pattern = re.compile(rf"\s*\[*\s*[\"']?{re.escape(key)}[\"']?\s*[=.\]]")
    return next((rank for rank, line in enumerate(lines, 1) if pattern.match(line)), 1)
