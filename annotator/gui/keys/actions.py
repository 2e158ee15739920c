"""Every action of the window in one table: its menu, its keys and its icon. Names stand in the catalogue under ``action.<name>``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# `recent` lies inside the file menu.
Menu = Literal["file", "recent", "edit", "annotate", "suggestions", "words", "view", "go", "help"]
# What an action works on: something open, something selected; `named`: selected or made last; `meant`: that or the open frame's event;
# a sign is the key of an attribute that what is meant may have.
Need = Literal[
    "", "corpus", "document", "annotated", "selected", "shown", "named", "meant", "event", "framed", "refilled", "text", "copyable",
    "suggested", "shape", "relations", "undoable", "redoable", "!", "?", ";", "~",
]  # fmt: skip
MENUS: tuple[Menu, ...] = ("file", "edit", "annotate", "suggestions", "words", "view", "go", "help")


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """`keys` are shortcuts in Qt's portable spelling; `in_canvas` ones are read by the canvas alone and only shown in the menu.

    `needs` says what it works on and `writes` that the document must not be read-only: a menu greys it otherwise while it is shown.
    A key pressed in vain is answered by a refusal in words, so that outside the menus only what must be open counts. `checks` makes
    it a switch, one of `group` where that is named. `bar` puts it on the toolbar.
    """

    name: str
    menu: Menu
    keys: tuple[str, ...] = ()
    icon: str = ""
    in_canvas: bool = False
    needs: Need = "document"
    writes: bool = False
    checks: bool = False
    group: str = ""
    bar: bool = False
    ends_section: bool = False


# The attributes of the schema are called by sign; an action of each is shown where the schema has one.
ATTRIBUTE_KEYS: tuple[Need, ...] = ("!", "?", ";", "~")

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("open_file", "file", ("Ctrl+O",), "open-file", needs=""),
    ActionSpec("open_folder", "file", ("Ctrl+Shift+O",), "open-folder", needs="", bar=True),
    ActionSpec("open_samples", "file", needs="", ends_section=True),
    ActionSpec("restore", "recent", needs="", checks=True),
    ActionSpec("forget_folders", "recent", needs=""),
    ActionSpec("save_now", "file", ("Ctrl+S",)),
    ActionSpec("statistics", "file", ("Ctrl+Shift+S",), needs="corpus"),
    ActionSpec("export", "file", ("Ctrl+E",), "export", needs="corpus", bar=True),
    ActionSpec("keep_effort", "file", needs="", checks=True, ends_section=True),
    ActionSpec("settings", "file", ("Ctrl+,",), needs="", ends_section=True),
    ActionSpec("quit", "file", ("Ctrl+Q",), "close", needs=""),
    ActionSpec("undo", "edit", ("Ctrl+Z",), "undo", needs="undoable", writes=True, bar=True),
    ActionSpec("redo", "edit", ("Ctrl+Y", "Ctrl+Shift+Z"), "redo", needs="redoable", writes=True, bar=True, ends_section=True),
    ActionSpec("copy", "edit", ("Ctrl+C",), needs="copyable"),
    ActionSpec("copy_words", "edit", ("Ctrl+Shift+C",), needs="copyable", ends_section=True),
    ActionSpec("find", "edit", ("Ctrl+F",), "search"),
    ActionSpec("find_next", "edit", ("Ctrl+G",)),
    ActionSpec("find_previous", "edit", ("Ctrl+Shift+G",)),
    ActionSpec("find_corpus", "edit", ("Ctrl+Shift+F",), needs="corpus", ends_section=True),
    ActionSpec("select_all", "edit", ("Ctrl+A",), needs="annotated"),
    ActionSpec("select_same_type", "edit", ("Ctrl+T",), needs="named"),
    ActionSpec("select_same_text", "edit", ("Ctrl+Shift+T",), needs="annotated"),
    ActionSpec("delete", "edit", ("Delete",), "delete", in_canvas=True, needs="selected", writes=True, ends_section=True),
    ActionSpec("flag", "edit", ("Ctrl+M",), "flag", needs="selected", writes=True),
    ActionSpec("edit_note", "edit", ("Ctrl+Return",), needs="shown", writes=True),
    ActionSpec("document_page", "edit", ("Ctrl+I",)),
    ActionSpec("type_ahead", "annotate", ("/",), "search", in_canvas=True, writes=True),
    ActionSpec("guess", "annotate", ("Space",), in_canvas=True, needs="text", writes=True),
    ActionSpec("retype", "annotate", ("*",), in_canvas=True, needs="named", writes=True),
    ActionSpec("change_role", "annotate", ("*, *",), in_canvas=True, needs="refilled", writes=True),
    ActionSpec("each", "annotate", ("\\",), in_canvas=True, needs="text", writes=True, ends_section=True),
    ActionSpec("tag_all", "annotate", ("Ctrl+Shift+L",), writes=True),
    ActionSpec("take_back_all", "annotate", needs="", ends_section=True),
    ActionSpec("open_frame", "annotate", ("Return",), in_canvas=True, needs="framed"),
    ActionSpec("escape", "annotate", ("Esc",), in_canvas=True, ends_section=True),
    ActionSpec("edge_left", "annotate", ("Alt+Left",), in_canvas=True, needs="shape"),
    ActionSpec("edge_right", "annotate", ("Alt+Right",), in_canvas=True, needs="shape"),
    ActionSpec("edge_character_left", "annotate", ("Alt+Up",), in_canvas=True, needs="shape"),
    ActionSpec("edge_character_right", "annotate", ("Alt+Down",), in_canvas=True, needs="shape"),
    ActionSpec("switch_edge", "annotate", (",",), in_canvas=True),
    ActionSpec("mark_head", "annotate", ("Ctrl+H",), needs="text", writes=True, ends_section=True),
    ActionSpec("link_same", "annotate", ("+",), in_canvas=True, needs="meant", writes=True),
    ActionSpec("link_relation", "annotate", (">",), in_canvas=True, needs="relations", writes=True),
    ActionSpec("inherit", "annotate", ("=",), in_canvas=True, needs="event", writes=True, ends_section=True),
    ActionSpec("attribute_1", "annotate", ("!",), in_canvas=True, needs="!", writes=True),
    ActionSpec("attribute_2", "annotate", ("?",), in_canvas=True, needs="?", writes=True),
    ActionSpec("attribute_3", "annotate", (";",), in_canvas=True, needs=";", writes=True),
    ActionSpec("attribute_4", "annotate", ("~",), in_canvas=True, needs="~", writes=True, ends_section=True),
    ActionSpec("forget_learnt", "annotate", needs="corpus"),
    ActionSpec("accept_suggestion", "suggestions", (".",), in_canvas=True, needs="suggested", writes=True),
    ActionSpec("accept_sentence", "suggestions", (":",), in_canvas=True, needs="suggested", writes=True),
    ActionSpec("accept_article", "suggestions", ("Ctrl+F12",), needs="suggested", writes=True, ends_section=True),
    ActionSpec("reject_sentence", "suggestions", ("Ctrl+Delete",), needs="suggested", writes=True),
    ActionSpec("reject_article", "suggestions", ("Ctrl+Shift+F12",), needs="suggested", writes=True, ends_section=True),
    ActionSpec("next_suggestion", "suggestions", ("F12",), needs="suggested"),
    ActionSpec("previous_suggestion", "suggestions", ("Shift+F12",), needs="suggested", ends_section=True),
    ActionSpec("import_suggestions", "suggestions", ("Ctrl+Shift+I",), needs="corpus"),
    ActionSpec("toggle_word", "words", ("Ctrl+J",), needs="text", writes=True),
    ActionSpec("toggle_word_everywhere", "words", ("Ctrl+Shift+J",), needs="text", writes=True, ends_section=True),
    ActionSpec("snap_word", "words", ("F2", "Ctrl+1"), checks=True, group="snap"),
    ActionSpec("snap_syllable", "words", ("F3", "Ctrl+2"), checks=True, group="snap"),
    ActionSpec("snap_character", "words", ("F4", "Ctrl+3"), checks=True, group="snap", ends_section=True),
    ActionSpec("is_segmented", "words", checks=True, writes=True),
    ActionSpec("view_words", "view", ("F7",), "words", checks=True, bar=True),
    ActionSpec("differences", "view", ("F8",), "differences", checks=True, bar=True),
    ActionSpec("all_arcs", "view", ("F9",), "arcs", checks=True, ends_section=True),
    ActionSpec("guidelines", "view", ("Shift+F1",), needs="corpus", checks=True),
    ActionSpec("full_screen", "view", ("F11",), checks=True, needs=""),
    ActionSpec("show_corpus", "view", checks=True, needs=""),
    ActionSpec("show_side", "view", checks=True, needs=""),
    ActionSpec("scroll_marks", "view", checks=True, needs="", ends_section=True),
    ActionSpec("zoom_in", "view", ("Ctrl++", "Ctrl+="), "zoom-in", needs=""),
    ActionSpec("zoom_out", "view", ("Ctrl+-",), "zoom-out", needs=""),
    ActionSpec("zoom_reset", "view", ("Ctrl+0",), needs="", ends_section=True),
    ActionSpec("theme_system", "view", checks=True, group="theme", needs=""),
    ActionSpec("theme_light", "view", checks=True, group="theme", needs=""),
    ActionSpec("theme_dark", "view", checks=True, group="theme", needs=""),
    ActionSpec("theme_contrast", "view", checks=True, group="theme", needs="", ends_section=True),
    ActionSpec("language_en", "view", checks=True, group="language", needs=""),
    ActionSpec("language_vi", "view", checks=True, group="language", needs=""),
    ActionSpec("next_document", "go", ("Ctrl+PgDown",), "next", needs="corpus", bar=True),
    ActionSpec("previous_document", "go", ("Ctrl+PgUp",), "previous", needs="corpus", bar=True),
    ActionSpec("next_unfinished", "go", ("F5",), needs="corpus"),
    ActionSpec("next_annotation", "go", ("Ctrl+Down",), in_canvas=True, needs="annotated"),
    ActionSpec("previous_annotation", "go", ("Ctrl+Up",), in_canvas=True, needs="annotated"),
    ActionSpec("extend_next", "go", ("Ctrl+Shift+Down",), in_canvas=True, needs="annotated"),
    ActionSpec("extend_previous", "go", ("Ctrl+Shift+Up",), in_canvas=True, needs="annotated", ends_section=True),
    ActionSpec("jump", "go", ("Q",), in_canvas=True),
    ActionSpec("jump_extend", "go", ("Shift+Q",), in_canvas=True, ends_section=True),
    ActionSpec("done", "go", ("Ctrl+D",), "done", checks=True, writes=True, bar=True),
    ActionSpec("done_next", "go", ("Ctrl+Shift+D",), writes=True, ends_section=True),
    ActionSpec("next_pane", "go", ("F6",), needs=""),
    ActionSpec("previous_pane", "go", ("Shift+F6",), needs=""),
    ActionSpec("key_sheet", "help", ("F1",), "help", needs=""),
    ActionSpec("shortcuts", "help", needs=""),
    ActionSpec("first_run", "help", needs=""),
)

# The order of the toolbar; an empty name is a gap.
TOOLBAR: tuple[str, ...] = (
    "open_folder", "", "previous_document", "next_document", "done", "", "undo", "redo", "", "view_words", "differences", "", "export",
)  # fmt: skip
