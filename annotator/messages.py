"""The sentences of the program in English and Vietnamese, from flat catalogues under ``resources/i18n``.

A key names what is said (``error.changed-on-disk``, ``edit.retype``, ``cli.export.help``); ``{fields}`` stand for its circumstances,
and what stands in ``<<`` ``>>`` is said only where none of its fields is empty or missing.
"""

from __future__ import annotations

import json
import os
import re
from functools import cache
from typing import Literal, cast

from annotator.core.errors import AnnotatorError
from annotator.resources import resource

Language = Literal["en", "vi"]
LANGUAGES: tuple[Language, ...] = ("en", "vi")
FALLBACK: Language = "en"

# What the system says about languages, strongest first.
_SYSTEM = ("LC_ALL", "LC_MESSAGES", "LANG")

_OPTIONAL = re.compile(r"<<(.*?)>>")
_FIELD = re.compile(r"\{(\w+)\}")


def say(key: str, language: Language, /, **where: str | int) -> str:
    """The sentence of `key` with its fields filled in; the key itself where the catalogue has none, ``{field}`` where `where` has none."""
    sentence = catalogue(language).get(key)
    if sentence is None:
        return key
    if "<<" in sentence:
        sentence = _OPTIONAL.sub(lambda part: part[1] if all(where.get(name) for name in _FIELD.findall(part[1])) else "", sentence)
    return sentence.format_map(_Fields(where)) if "{" in sentence else sentence


def explain(error: AnnotatorError, language: Language) -> str:
    """What is wrong and what to do about it, in one line."""
    return one_line(say(f"error.{error.code}", language, **error.where))


def one_line(text: str) -> str:
    """`text` with control characters spelled out, so that a file name with a line break in it stays on its line."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign == "\u00a0" else sign.encode("unicode_escape").decode("ascii") for sign in text)


def language(preferred: str = "") -> Language:
    """The language of the user: ANNOTATOR_LANG, then `preferred` (what the settings say), then the system's, else English."""
    for wish in (os.environ.get("ANNOTATOR_LANG", ""), preferred):
        if found := _known(wish):
            return found
    return _known(next((held for name in _SYSTEM if (held := os.environ.get(name))), "") or _locale()) or FALLBACK


def _known(name: str) -> Language | None:
    """``vi_VN.UTF-8`` and ``Vietnamese_Vietnam`` are both ``vi``."""
    code = name[:2].lower()
    return next((known for known in LANGUAGES if known == code), None)


def _locale() -> str:
    import locale

    return locale.getlocale()[0] or ""


@cache
def catalogue(language: Language) -> dict[str, str]:
    """All sentences of a language by key."""
    return cast("dict[str, str]", json.loads(resource("i18n", f"{language}.json").read_bytes()))


class _Fields(dict[str, str | int]):
    def __missing__(self, name: str) -> str:
        return "{" + name + "}"
