"""The keys of the window as the help sheet tells them. The schema's own keys are not here: they are read from the schema.

Keys are written as they are pressed; a name in angle brackets (``<drag>``) stands for a gesture and is worded by the catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class KeyRow:
    """What one key or gesture does; `says` is a key of the catalogue. Several keys of one row do the same."""

    keys: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True)
class KeyGroup:
    title: str
    rows: tuple[KeyRow, ...]


def _group(name: str, *rows: tuple[str, str]) -> KeyGroup:
    """A group whose rows are (wording, keys apart by two blanks)."""
    return KeyGroup(
        f"gui.keys.group.{name}",
        tuple(KeyRow(tuple(keys.split("  ")), f"gui.keys.{says}") for says, keys in rows),
    )


# Rows that only some schemas have a use for, and what such a schema has.
NEEDS: Final = {"gui.keys.attributes": "attributes", "gui.keys.relation": "relations"}

KEY_GROUPS: Final = (
    _group(
        "select",
        ("select_text", "<drag>"),
        ("select_annotation", "<double>"),
        ("caret", "←  →  ↑  ↓"),
        ("widen", "Shift+←  Shift+→"),
        ("walk", "Ctrl+↓  Ctrl+↑"),
        ("jump", "q"),
        ("jump_extend", "Shift+Q"),
        ("snap", "F2  F3  F4"),
        ("drop", "Esc"),
    ),
    _group(
        "tag",
        ("entity", "<letter>"),
        ("entity_always", "Shift+<letter>"),
        ("event", "1 … 9"),
        ("event_leader", "0 <letter>  - <letter>"),
        ("retype", "* <letter>"),
        ("each", "\\ <letter>"),
        ("guess", "<space>"),
        ("type_ahead", "/"),
        ("force", "<again>"),
    ),
    _group(
        "frame",
        ("open_frame", "Enter"),
        ("fill", "<role_letter>"),
        ("arm", "<role_letter> + <click>"),
        ("cycle", "Tab"),
        ("inherit", "="),
        ("close_frame", "Esc"),
    ),
    _group(
        "edit",
        ("delete", "Delete"),
        ("edge_unit", "Alt+←  Alt+→"),
        ("edge_character", "Alt+↑  Alt+↓"),
        ("switch_edge", ","),
        ("same", "+ <click>"),
        ("relation", "> <click>"),
        ("attributes", "!  ?  ;  ~"),
        ("fragment", "Ctrl+<drag>  Ctrl+Shift+←  Ctrl+Shift+→"),
        ("undo", "Ctrl+Z"),
        ("redo", "Ctrl+Y"),
        ("flag", "Ctrl+M"),
        ("note", "Ctrl+Enter"),
    ),
    _group(
        "segmentation",
        ("toggle_word", "_  Ctrl+J"),
        ("toggle_everywhere", "Ctrl+Shift+J"),
        ("toggle_gap", "Ctrl+<click>"),
    ),
    _group(
        "move",
        ("documents", "Ctrl+PgDn  Ctrl+PgUp"),
        ("done", "Ctrl+D"),
        ("ends", "Home  End"),
        ("sentence", "Ctrl+←  Ctrl+→"),
        ("page", "PgUp  PgDn"),
        ("text_ends", "Ctrl+Home  Ctrl+End"),
        ("panes", "F6  Shift+F6"),
    ),
    _group(
        "view",
        ("view_words", "F7"),
        ("differences", "F8"),
        ("arcs", "F9"),
        ("zoom", "Ctrl++  Ctrl+-"),
        ("zoom_reset", "Ctrl+0"),
        ("help", "F1"),
    ),
)  # fmt: skip
