"""The one root of every error that a person may read."""

from __future__ import annotations


class AnnotatorError(Exception):
    """A refusal with a code and its circumstances; the sentence stands in the catalogue under ``error.<code>``.

    `where` names what the sentence needs: ``path``, ``line``, ``start``, ``type``, … Values are strings or numbers, never prose.
    """

    def __init__(self, code: str, /, **where: str | int) -> None:
        super().__init__(code, where)
        self.code = code
        self.where = where

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.where.items())
        return f"{self.code} ({details})" if details else self.code
