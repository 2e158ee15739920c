"""Which signal of canvas and panels goes to whom. The desk's tools change with each article, so they are looked up late."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent

from ..keys.menus import Menus
from .control import Control

if TYPE_CHECKING:
    from ..work.gestures import Gestures
    from ..work.tools import Tools


_MENU = QKeyCombination(Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_F10)


class MenuKey(QObject):
    """Hears the menu key, and Shift+F10, on the canvas: Qt names the canvas's middle as the place, where nobody points at anything."""

    def __init__(self, canvas: QObject, ask: Callable[[], None]) -> None:
        super().__init__(canvas)
        self._ask = ask

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Many keyboards have no menu key, and Qt knows the usual way round that on Windows only.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.keyCombination() == _MENU:
            self._ask()
            return True
        if isinstance(event, QContextMenuEvent) and event.reason() == QContextMenuEvent.Reason.Keyboard:
            self._ask()
            return True
        return False


def wire_canvas(control: Control, menus: Menus) -> None:
    """Strokes go to the grammar, everything pointed at to the gestures."""
    view, pointer = control.panes.view, control.panes.view.pointer

    def gestures() -> Gestures:
        return _tools(control).gestures

    # First, so that what a gesture is refused for stays to be read.
    pointed = (pointer.clicked, pointer.chip_clicked, pointer.double_clicked, pointer.dragged, pointer.gap_clicked, pointer.edge_dragged)
    others = (pointer.extended, view.caret_moved)
    for signal in (*pointed, *others):
        signal.connect(lambda *_: control.begin_anew())
    view.stroke_pressed.connect(control.read_stroke)
    view.composed_typed.connect(lambda letter: control.refuse(control.look.say("refusal.composed", letter=letter)))
    view.caret_moved.connect(lambda offset, extend: gestures().move_caret(offset, extend))
    view.fragment_moved.connect(lambda step: gestures().move_fragment(step))
    view.menu_requested.connect(lambda at: control.show_menu(menus, at=at))
    view.installEventFilter(MenuKey(view, lambda: control.show_menu(menus, at=None)))
    view.zoom_requested.connect(control.preferences.zoom_by)
    pointer.clicked.connect(lambda offset, inside: gestures().click(offset, inside))
    pointer.extended.connect(lambda offset: gestures().extend_to(offset))
    pointer.chip_clicked.connect(lambda name, added: gestures().click_chip(name, added))
    pointer.double_clicked.connect(lambda offset: gestures().double_click(offset))
    pointer.dragged.connect(lambda span, final, added: gestures().drag(span, final, added))
    pointer.gap_clicked.connect(lambda offset: _tools(control).shaper.toggle_gap(offset))
    pointer.edge_dragged.connect(lambda name, edge, offset, final: gestures().drag_edge(name, edge, offset, final))


def wire_panels(control: Control, *, open_folder: Callable[[], None]) -> None:
    """What the panels ask for goes to the desk and its tools."""
    inspector, annotations = control.panes.inspector, control.panes.annotations
    control.panes.corpus.article_chosen.connect(control.desk.open_article)
    control.panes.corpus.open_requested.connect(open_folder)
    annotations.annotations_chosen.connect(lambda ids: _select(control, ids))
    annotations.jump_requested.connect(control.jump)
    annotations.delete_requested.connect(lambda: control.table["delete"]())
    inspector.retype_requested.connect(lambda name: _tools(control).labeller.retype(name))
    inspector.attribute_chosen.connect(
        lambda item, name, value, default: _tools(control).shaper.set_attribute(item, name, value=value, default=default)
    )
    inspector.flag_toggled.connect(lambda on: _tools(control).shaper.set_flag(on=on))
    inspector.note_edited.connect(lambda item, note: _tools(control).shaper.set_note(item, note))
    inspector.jump_requested.connect(control.jump)
    inspector.editing_finished.connect(control.panes.view.setFocus)
    inspector.frame_requested.connect(lambda: _tools(control).labeller.open_frame())
    inspector.repair_requested.connect(lambda edit: _tools(control).shaper.repair(edit))
    inspector.relation_removed.connect(lambda relation: _tools(control).linker.remove_relation(relation))
    inspector.cluster_left.connect(lambda item: _tools(control).linker.leave_cluster(item))
    inspector.delete_requested.connect(lambda: control.table["delete"]())
    inspector.argument_removed.connect(lambda event, role, target: _tools(control).labeller.remove_argument(event, role, target))
    inspector.role_requested.connect(lambda role: _arm(control, role))


def _tools(control: Control) -> Tools:
    assert control.desk.tools is not None
    return control.desk.tools


def _select(control: Control, ids: tuple[str, ...]) -> None:
    if control.session is not None:
        control.session.select_annotations(*ids)
        if len(ids) == 1:
            control.jump(ids[0])


def _arm(control: Control, role: str) -> None:
    """A role was clicked in the frame: it takes the selection, or waits for it. The frame opens where it is not open yet."""
    session = control.session
    if session is None:
        return
    chosen = session.chosen()
    if session.frame is None and chosen is not None and chosen.id in session.document.events:
        session.open_frame(chosen.id)
        session.clear_selection()
    if control.frame_type() is not None:
        _tools(control).labeller.fill(role)
        control.offer()
        control.panes.view.setFocus()
