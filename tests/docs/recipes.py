"""The commands of a recipe's page, as they are run."""

from __future__ import annotations

import shlex
import sys

from annotator.messages import Language
from tests.docs.pages import blocks, of


def commands(language: Language, name: str) -> list[list[str]]:
    """Each line of the page's blocks of commands, with this Python in place of the names of programs."""
    lines = "".join(blocks(of(language, name), "sh")).replace("\\\n", " ").splitlines()
    return [_here(shlex.split(line)) for line in lines if line.strip()]


def _here(words: list[str]) -> list[str]:
    match words:
        case ["annotator", *rest]:
            return [sys.executable, "-m", "annotator", *rest]
        case ["python", *rest]:
            return [sys.executable, *rest]
        case _:
            return words
