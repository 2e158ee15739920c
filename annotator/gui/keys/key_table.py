"""The keys of the window as the help sheet tells them. The schema's own keys are not here: they are read from the schema.

Keys are written as they are pressed; a name in angle brackets (``<drag>``) stands for a gesture and is worded by the catalogue, one
behind ``@`` for the key that this action has at present.
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
        ("walk", "@next_annotation  @previous_annotation"),
        ("add", "Shift+<click>  @extend_next  @extend_previous"),
        ("all", "@select_all"),
        ("same_type", "@select_same_type"),
        ("same_text", "@select_same_text"),
        ("jump", "@jump"),
        ("jump_extend", "@jump_extend"),
        ("snap", "@snap_word  @snap_syllable  @snap_character"),
        ("drop", "@escape"),
    ),
    _group(
        "tag",
        ("entity", "<letter>"),
        ("entity_always", "Shift+<letter>"),
        ("event", "1 … 9"),
        ("event_leader", "0 <letter>  - <letter>"),
        ("retype", "@retype <letter>"),
        ("each", "@each <letter>"),
        ("guess", "@guess"),
        ("type_ahead", "@type_ahead"),
        ("tag_all", "@tag_all"),
        ("force", "<again>"),
    ),
    _group(
        "frame",
        ("open_frame", "@open_frame"),
        ("fill", "<role_letter>"),
        ("arm", "<role_letter> + <click>"),
        ("cycle", "Tab"),
        ("change_role", "* * <role_letter>"),
        ("inherit", "@inherit"),
        ("close_frame", "@escape"),
    ),
    _group(
        "edit",
        ("delete", "@delete"),
        ("edge_unit", "@edge_left  @edge_right"),
        ("edge_character", "@edge_character_left  @edge_character_right"),
        ("switch_edge", "@switch_edge"),
        ("same", "@link_same <click>"),
        ("relation", "@link_relation <click>"),
        ("attributes", "@attribute_1  @attribute_2  @attribute_3  @attribute_4"),
        ("fragment", "Ctrl+<drag>  Ctrl+Shift+←  Ctrl+Shift+→"),
        ("undo", "@undo"),
        ("redo", "@redo"),
        ("head", "@mark_head"),
        ("flag", "@flag"),
        ("note", "@edit_note"),
        ("document", "@document_page"),
        ("copy", "@copy"),
        ("copy_words", "@copy_words"),
    ),
    _group(
        "suggestions",
        ("accept", "@accept_suggestion"),
        ("reject", "@delete"),
        ("accept_sentence", "@accept_sentence"),
        ("reject_sentence", "@reject_sentence"),
        ("accept_article", "@accept_article"),
        ("reject_article", "@reject_article"),
        ("next_suggestion", "@next_suggestion  @previous_suggestion"),
        ("import_suggestions", "@import_suggestions"),
    ),
    _group(
        "segmentation",
        ("toggle_word", "_  @toggle_word"),
        ("toggle_everywhere", "@toggle_word_everywhere"),
        ("toggle_gap", "Ctrl+<click>"),
    ),
    _group(
        "move",
        ("documents", "@next_document  @previous_document"),
        ("next_unfinished", "@next_unfinished"),
        ("find", "@find"),
        ("find_step", "@find_next  @find_previous"),
        ("find_corpus", "@find_corpus"),
        ("statistics", "@statistics"),
        ("done", "@done"),
        ("done_next", "@done_next"),
        ("ends", "Home  End"),
        ("sentence", "Ctrl+←  Ctrl+→"),
        ("page", "PgUp  PgDn"),
        ("text_ends", "Ctrl+Home  Ctrl+End"),
        ("panes", "@next_pane  @previous_pane"),
    ),
    _group(
        "view",
        ("view_words", "@view_words"),
        ("differences", "@differences"),
        ("arcs", "@all_arcs"),
        ("guidelines", "@guidelines"),
        ("full_screen", "@full_screen"),
        ("zoom", "@zoom_in  @zoom_out"),
        ("zoom_reset", "@zoom_reset"),
        ("settings", "@settings"),
        ("help", "@key_sheet"),
    ),
)  # fmt: skip
