"""brat's spelling of names: types of plain letters, digits, ``-`` and ``_`` only, repeated roles numbered."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from annotator.core.schema import Schema

_PLAIN = re.compile(r"[A-Za-z0-9_-]+")
_UNFIT = re.compile(r"[^A-Za-z0-9_-]+")
_COMMON_SUFFIX = "-Arg"
_DIGITS = "0123456789"


@lru_cache(maxsize=4096)
def is_plain(name: str) -> bool:
    """Whether brat takes a name as it is."""
    return _PLAIN.fullmatch(name) is not None


class Names:
    """The schema's names in brat's spelling and back. What brat refuses loses its accents, the rest becomes ``_``; no two become one."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._given: dict[str, str] = {}
        self._meant: dict[str, str] = {}
        groups = (schema.entities, schema.events, schema.relations, schema.roles, schema.attributes)
        known = [item.name for group in groups for item in group]
        self._plain = {name for name in known if is_plain(name)}
        for name in known:
            if name not in self._plain:
                self.written(name)

    def written(self, name: str) -> str:
        """A name as it goes into a file."""
        if is_plain(name):
            return name
        if name not in self._given:
            folded = _fold(name)
            # Not by a digit, which would be taken for the number of a repeated role.
            while folded in self._plain or folded in self._meant:
                folded += "_"
            self._given[name] = folded
            self._meant[folded] = name
        return self._given[name]

    def meant(self, written: str) -> str:
        """The schema's name that stands behind a written one."""
        return self._meant.get(written, written)

    def written_role(self, role: str, *, number: int) -> str:
        """A role with the schema's suffix; the second filler of a role has number 2."""
        return f"{self.written(role)}{self._schema.brat_role_suffix}{number if number > 1 else ''}"

    def meant_role(self, written: str) -> str:
        """The plain role: a name of the schema where one fits, else the written one without its number and suffix."""
        bare = written.rstrip(_DIGITS) or written
        suffix = self._schema.brat_role_suffix
        # A role may itself end in digits, so the number is taken off digit by digit.
        for end in range(len(written), len(bare) - 1, -1):
            for ending in ("", suffix, _COMMON_SUFFIX):
                name = self.meant(written[:end].removesuffix(ending))
                if name in self._schema.role_order:
                    return name
        return self.meant(bare.removesuffix(suffix) or bare)


def _fold(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D"))
    return _UNFIT.sub("_", "".join(letter for letter in letters if not unicodedata.combining(letter))) or "_"
