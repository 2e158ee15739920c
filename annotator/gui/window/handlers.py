"""What each action of the window does, by name: the table that menus, toolbar, shortcuts and the keys of the canvas share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.resources import samples
from annotator.settings import state_folder
from annotator.store.files import digest_on_disk, write_whole
from annotator.store.sidecar import encode, sidecar_path
from annotator.store.snapshot import take_snapshot

from ..keys.actions import ATTRIBUTE_KEYS
from ..work.grammar import CycleAttribute, Intent, Lead
from ..work.stepping import places
from .control import Control

if TYPE_CHECKING:
    from ..work.tools import Tools

Handler = Callable[[], None]


class Handlers:
    """The functions behind the actions of one window."""

    def __init__(self, control: Control, *, ask_type: Handler) -> None:
        self._control = control
        self._ask_type = ask_type
        self.table: dict[str, Handler] = {**self._of_files(), **self._of_labels(), **self._of_looks(), **self._of_moves()}

    def open_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self._control.window, self._control.look.say("gui.open_folder.title"), self._control.preferences.settings.last_folder
        )
        if chosen:
            self._control.desk.open_paths([Path(chosen)])

    def open_samples(self) -> None:
        """Open a copy of the samples that belongs to the person; it is made once."""
        own = state_folder() / "samples"
        if not own.is_dir():
            try:
                shutil.copytree(samples(), own)
            except OSError as error:
                self._control.refuse_error(AnnotatorError("samples-not-copied", path=str(own), reason=os.strerror(error.errno or 0)))
                return
        self._control.desk.open_paths([own])

    def save_copy(self) -> bool:
        """Write the sidecar of the open article to a place that the person names; whether it was written."""
        session = self._control.session
        if session is None:
            return False
        proposed = Path.home() / sidecar_path(session.path).name
        title = self._control.look.say("gui.save_copy.title")
        chosen, _ = QFileDialog.getSaveFileName(self._control.window, title, str(proposed))
        if not chosen:
            return False
        target = Path(chosen)
        try:
            # What stands there was agreed to be replaced; it stays whole until the copy is.
            there = digest_on_disk(target)
            write_whole(target, encode(take_snapshot(session.document), revision=session.durable.revision + 1), expected=there)
        except AnnotatorError as error:
            self._control.refuse_error(error)
            return False
        except OSError as error:
            self._control.refuse_error(AnnotatorError("save-failed", path=chosen, reason=str(error)))
            return False
        return True

    def _of_files(self) -> dict[str, Handler]:
        control = self._control
        return {
            "open_file": self._open_files,
            "open_folder": self.open_folder,
            "open_samples": self.open_samples,
            "save_now": self._save_now,
            "quit": lambda: _ignore(control.window.close()),
        }

    def _of_labels(self) -> dict[str, Handler]:
        names: dict[str, Callable[[Tools], None]] = {
            "undo": lambda tools: self._show_step(tools.stepper.undo()),
            "redo": lambda tools: self._show_step(tools.stepper.redo()),
            "delete": lambda tools: tools.labeller.delete(),
            "guess": lambda tools: tools.labeller.guess(),
            "open_frame": self._enter,
            "link_same": lambda tools: tools.linker.begin("same"),
            "link_relation": lambda tools: tools.linker.begin("relation"),
            "inherit": lambda tools: tools.linker.inherit(),
            "cycle_type": lambda tools: tools.labeller.cycle_type(),
            "switch_edge": lambda tools: tools.shaper.switch_edge(),
            "toggle_word": lambda tools: tools.shaper.toggle_word(),
            "toggle_word_everywhere": lambda tools: tools.shaper.toggle_word(everywhere=True),
            "edge_left": lambda tools: tools.shaper.move_edge(-1),
            "edge_right": lambda tools: tools.shaper.move_edge(1),
            "edge_character_left": lambda tools: tools.shaper.move_edge(-1, level="character"),
            "edge_character_right": lambda tools: tools.shaper.move_edge(1, level="character"),
            "flag": self._toggle_flag,
            "is_segmented": lambda tools: tools.shaper.set_origin(segmented=not tools.doing.session.document.is_segmented),
            "done": self._toggle_done,
        }
        intents: dict[str, Intent] = {
            "retype": Lead("*"),
            "each": Lead("\\"),
            **{f"attribute_{rank}": CycleAttribute(key) for rank, key in enumerate(ATTRIBUTE_KEYS, 1)},
        }
        led = {name: partial(self._mean, intent) for name, intent in intents.items()}
        return {**{name: partial(self._with_tools, do) for name, do in names.items()}, **led}

    def _of_looks(self) -> dict[str, Handler]:
        preferences = self._control.preferences
        return {
            "view_words": lambda: preferences.set_view(words=preferences.settings.view != "words"),
            "differences": lambda: preferences.set_differences(not preferences.settings.differences),
            "all_arcs": lambda: preferences.set_all_arcs(preferences.settings.arcs != "all"),
            "snap_word": lambda: preferences.set_snap("word"),
            "snap_syllable": lambda: preferences.set_snap("syllable"),
            "snap_character": lambda: preferences.set_snap("character"),
            "zoom_in": lambda: preferences.zoom_by(1),
            "zoom_out": lambda: preferences.zoom_by(-1),
            "zoom_reset": lambda: preferences.zoom_by(0),
            "theme_light": lambda: preferences.set_theme("light"),
            "theme_dark": lambda: preferences.set_theme("dark"),
            "theme_contrast": lambda: preferences.set_theme("contrast"),
            "language_en": lambda: preferences.set_language("en"),
            "language_vi": lambda: preferences.set_language("vi"),
        }

    def _of_moves(self) -> dict[str, Handler]:
        return {
            "next_document": lambda: self._go(1),
            "previous_document": lambda: self._go(-1),
            "next_annotation": lambda: self._walk(1),
            "previous_annotation": lambda: self._walk(-1),
            "next_pane": lambda: self._next_pane(1),
            "previous_pane": lambda: self._next_pane(-1),
            "type_ahead": self._ask_type,
            "escape": self._escape,
            "jump": lambda: self._control.panes.view.start_jump(extend=False),
            "jump_extend": lambda: self._control.panes.view.start_jump(extend=True),
            "edit_note": self._edit_note,
        }

    def _with_tools(self, do: Callable[[Tools], None]) -> None:
        tools = self._control.desk.tools
        if tools is not None:
            do(tools)
            self._control.offer()

    def _mean(self, intent: Intent) -> None:
        """What a menu says in place of a key of the grammar; the second key of a leader is pressed on the canvas."""
        self._control.carry_out(intent)
        self._control.panes.view.setFocus()

    def _open_files(self) -> None:
        look = self._control.look
        control = self._control
        chosen, _ = QFileDialog.getOpenFileNames(
            control.window, look.say("gui.open_file.title"), control.preferences.settings.last_folder, look.say("gui.open_file.filter")
        )
        if chosen:
            self._control.desk.open_paths([Path(name) for name in chosen])

    def _save_now(self) -> None:
        session = self._control.session
        # A note that is being written is part of what is saved.
        self._control.panes.inspector.finish_editing()
        if session is not None and session.is_saved:
            if session.read_only is not None:
                self._control.refuse_error(session.read_only)
            else:
                self._control.tell("told.nothing_to_save", {})
        self._control.desk.saver.save()

    def _show_step(self, edit: Edit | None) -> None:
        """Bring into view where a step changed annotations, unless one of the places is there already."""
        view = self._control.panes.view
        found = places(edit) if edit is not None else []
        if found and view.sheet is not None:
            top = view.sheet.top_offset()
            nearest = next((span for span in found if span[0] >= top), found[-1])
            if not view.rect_of(nearest).intersects(QRectF(view.viewport().rect())):
                view.reveal(nearest)

    def _toggle_flag(self, tools: Tools) -> None:
        items = tools.doing.session.selected_annotations()
        if items:
            tools.shaper.set_flag(on=any(item.flag == "" for item in items))
        else:
            self._control.refuse_error(AnnotatorError("nothing-selected"))

    def _toggle_done(self, tools: Tools) -> None:
        status = tools.doing.session.document.field("status")
        tools.shaper.set_status("doing" if status in ("done", "checked") else "done")

    def _enter(self, tools: Tools) -> None:
        """End the link that was begun at the annotation that was reached, else open the frame of what is selected."""
        session = tools.doing.session
        if session.link is None:
            tools.labeller.open_frame()
        else:
            chosen = session.chosen()
            tools.gestures.end_link_at(chosen.spans[0][0] if chosen else session.caret)

    def _go(self, step: int) -> None:
        session, panel = self._control.session, self._control.panes.corpus
        path = panel.neighbour(session.path, step) if session else panel.first()
        if path is None:
            self._control.refuse_error(AnnotatorError("no-more-articles"))
        else:
            self._control.desk.open_article(path)

    def _walk(self, step: int) -> None:
        session = self._control.session
        if session is not None:
            before = session.chosen()
            session.walk(step)
            chosen = session.chosen()
            if chosen is None or chosen is before:
                self._control.refuse_error(AnnotatorError("no-more-annotations"))
            else:
                self._control.panes.view.reveal(chosen.spans[0])

    def _next_pane(self, direction: int) -> None:
        """The focus goes from pane to pane, onward or back: corpus, find line, article, what is beside or below it, inspector, list."""
        held = self._control.panes
        above, extra = self._control.panes_above, self._control.extra_panes
        panes: list[QWidget] = [held.corpus, *above, held.view, *extra, held.inspector, held.annotations]
        focus = QApplication.focusWidget()
        here = next((rank for rank, pane in enumerate(panes) if focus is not None and (pane is focus or pane.isAncestorOf(focus))), 0)
        for step in range(1, len(panes) + 1):
            target = panes[(here + direction * step) % len(panes)]
            widget = held.view if target is held.view else _first_focus(target)
            if widget is not None and widget.isVisible() and widget.isEnabled():
                widget.setFocus()
                return

    def _escape(self) -> None:
        """Close what is open: the leader, a link, the armed role, then the selection, then the frame."""
        session, tools = self._control.session, self._control.desk.tools
        if session is None or tools is None:
            return
        if tools.grammar.leader is not None:
            tools.grammar.leader = None
            self._control.offer()
        elif session.link is not None:
            session.end_link()
        elif session.armed:
            session.arm(None)
        elif session.selection or session.selected or session.caret_active:
            session.clear_selection()
        else:
            session.open_frame(None)

    def _edit_note(self) -> None:
        inspector = self._control.panes.inspector
        if inspector.shown() is not None:
            inspector.edit_note()
        else:
            several = self._control.session is not None and len(self._control.session.selected) > 1
            self._control.refuse_error(AnnotatorError("note-needs-one" if several else "note-needs-annotation"))


def _first_focus(pane: QWidget) -> QWidget | None:
    fitting = [child for child in pane.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisibleTo(pane)]
    return fitting[0] if fitting else None


def _ignore(result: object) -> None:
    """Make a call whose answer nobody needs fit a handler."""
