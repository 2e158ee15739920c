"""Every action of the window in one table: its menu, its keys and its icon. Names stand in the catalogue under ``action.<name>``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Menu = Literal["file", "edit", "annotate", "words", "view", "go", "help"]
MENUS: tuple[Menu, ...] = ("file", "edit", "annotate", "words", "view", "go", "help")


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """`keys` are shortcuts in Qt's portable spelling; `in_canvas` ones are read by the canvas alone and only shown in the menu.

    `needs` says what must be open for it; `checks` makes it a switch, one of `group` where that is named. `bar` puts it on the toolbar.
    """

    name: str
    menu: Menu
    keys: tuple[str, ...] = ()
    icon: str = ""
    in_canvas: bool = False
    needs: Literal["", "document", "corpus"] = "document"
    checks: bool = False
    group: str = ""
    bar: bool = False
    ends_section: bool = False


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("open_file", "file", ("Ctrl+O",), "open-file", needs=""),
    ActionSpec("open_folder", "file", ("Ctrl+Shift+O",), "open-folder", needs="", bar=True),
    ActionSpec("open_samples", "file", needs="", ends_section=True),
    ActionSpec("save_now", "file", ("Ctrl+S",)),
    ActionSpec("export", "file", ("Ctrl+E",), "export", needs="corpus", bar=True, ends_section=True),
    ActionSpec("quit", "file", ("Ctrl+Q",), "close", needs=""),
    ActionSpec("undo", "edit", ("Ctrl+Z",), "undo", bar=True),
    ActionSpec("redo", "edit", ("Ctrl+Y", "Ctrl+Shift+Z"), "redo", bar=True, ends_section=True),
    ActionSpec("copy", "edit", ("Ctrl+C",)),
    ActionSpec("delete", "edit", ("Delete",), "delete", in_canvas=True, ends_section=True),
    ActionSpec("flag", "edit", ("Ctrl+M",), "flag"),
    ActionSpec("edit_note", "edit", ("Ctrl+Return",)),
    ActionSpec("type_ahead", "annotate", ("/",), "search", in_canvas=True),
    ActionSpec("guess", "annotate", ("Space",), in_canvas=True),
    ActionSpec("open_frame", "annotate", ("Return",), in_canvas=True),
    ActionSpec("escape", "annotate", ("Esc",), in_canvas=True, ends_section=True),
    ActionSpec("edge_left", "annotate", ("Alt+Left",), in_canvas=True),
    ActionSpec("edge_right", "annotate", ("Alt+Right",), in_canvas=True),
    ActionSpec("edge_character_left", "annotate", ("Alt+Up",), in_canvas=True),
    ActionSpec("edge_character_right", "annotate", ("Alt+Down",), in_canvas=True),
    ActionSpec("switch_edge", "annotate", (",",), in_canvas=True, ends_section=True),
    ActionSpec("link_same", "annotate", ("+",), in_canvas=True),
    ActionSpec("link_relation", "annotate", (">",), in_canvas=True),
    ActionSpec("inherit", "annotate", ("=",), in_canvas=True),
    ActionSpec("toggle_word", "words", ("Ctrl+J",)),
    ActionSpec("toggle_word_everywhere", "words", ("Ctrl+Shift+J",), ends_section=True),
    ActionSpec("snap_word", "words", ("F2", "Ctrl+1"), checks=True, group="snap"),
    ActionSpec("snap_syllable", "words", ("F3", "Ctrl+2"), checks=True, group="snap"),
    ActionSpec("snap_character", "words", ("F4", "Ctrl+3"), checks=True, group="snap", ends_section=True),
    ActionSpec("is_segmented", "words", checks=True),
    ActionSpec("view_words", "view", ("F7",), "words", checks=True, bar=True),
    ActionSpec("differences", "view", ("F8",), "differences", checks=True, bar=True),
    ActionSpec("all_arcs", "view", ("F9",), "arcs", checks=True, ends_section=True),
    ActionSpec("zoom_in", "view", ("Ctrl++", "Ctrl+="), "zoom-in", needs=""),
    ActionSpec("zoom_out", "view", ("Ctrl+-",), "zoom-out", needs=""),
    ActionSpec("zoom_reset", "view", ("Ctrl+0",), needs="", ends_section=True),
    ActionSpec("theme_light", "view", checks=True, group="theme", needs=""),
    ActionSpec("theme_dark", "view", checks=True, group="theme", needs=""),
    ActionSpec("theme_contrast", "view", checks=True, group="theme", needs="", ends_section=True),
    ActionSpec("language_en", "view", checks=True, group="language", needs=""),
    ActionSpec("language_vi", "view", checks=True, group="language", needs=""),
    ActionSpec("next_document", "go", ("Ctrl+PgDown",), "next", needs="corpus", bar=True),
    ActionSpec("previous_document", "go", ("Ctrl+PgUp",), "previous", needs="corpus", bar=True),
    ActionSpec("next_annotation", "go", ("Ctrl+Down",), in_canvas=True),
    ActionSpec("previous_annotation", "go", ("Ctrl+Up",), in_canvas=True, ends_section=True),
    ActionSpec("jump", "go", ("Q",), in_canvas=True),
    ActionSpec("jump_extend", "go", ("Shift+Q",), in_canvas=True, ends_section=True),
    ActionSpec("done", "go", ("Ctrl+D",), "done", checks=True, bar=True, ends_section=True),
    ActionSpec("next_pane", "go", ("F6",), needs=""),
    ActionSpec("key_sheet", "help", ("F1",), "help", needs=""),
)

# The order of the toolbar; an empty name is a gap.
TOOLBAR: tuple[str, ...] = (
    "open_folder", "", "previous_document", "next_document", "done", "", "undo", "redo", "", "view_words", "differences", "", "export",
)  # fmt: skip
