"""Which signal of canvas and panels goes to whom. The desk's gestures and labeller change with each article, so they are looked up late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.core.schema import EventType

if TYPE_CHECKING:
    from ..gestures import Gestures
    from ..labelling import Labeller
    from .main import MainWindow


def wire_canvas(window: MainWindow) -> None:
    """Strokes go to the grammar, everything pointed at to the gestures."""
    view, pointer = window.view, window.view.pointer

    def gestures() -> Gestures:
        assert window.desk.gestures is not None
        return window.desk.gestures

    view.stroke_pressed.connect(window.read_stroke)
    view.composed_typed.connect(lambda letter: window.refuse(window.look.say("refusal.composed", letter=letter)))
    view.caret_moved.connect(lambda offset, extend: gestures().move_caret(offset, extend))
    view.fragment_moved.connect(lambda step: gestures().move_fragment(step))
    view.menu_requested.connect(window.show_menu)
    view.zoom_requested.connect(window.preferences.zoom_by)
    pointer.clicked.connect(lambda offset, inside: gestures().click(offset, inside))
    pointer.chip_clicked.connect(lambda name, added: gestures().click_chip(name, added))
    pointer.double_clicked.connect(lambda offset: gestures().double_click(offset))
    pointer.dragged.connect(lambda span, final, added: gestures().drag(span, final, added))
    pointer.gap_clicked.connect(lambda offset: _labeller(window).toggle_gap(offset))
    pointer.edge_dragged.connect(lambda name, edge, offset, final: gestures().drag_edge(name, edge, offset, final))
    for signal in (pointer.clicked, pointer.chip_clicked, pointer.double_clicked, pointer.dragged):
        signal.connect(lambda *_: window.bubble.hide())


def wire_panels(window: MainWindow) -> None:
    """What the panels ask for goes to the desk and the labeller."""
    inspector, annotations = window.inspector, window.annotations
    window.corpus_panel.article_chosen.connect(window.desk.open_article)
    window.corpus_panel.open_requested.connect(window.handlers.open_folder)
    annotations.annotations_chosen.connect(lambda ids: _select(window, ids))
    annotations.jump_requested.connect(window.jump)
    annotations.delete_requested.connect(lambda: _labeller(window).delete())
    inspector.retype_requested.connect(lambda name: _labeller(window).retype(name))
    inspector.attribute_chosen.connect(
        lambda item, name, value, default: _labeller(window).set_attribute(item, name, value=value, default=default)
    )
    inspector.flag_toggled.connect(lambda on: _labeller(window).set_flag(on=on))
    inspector.note_edited.connect(lambda item, note: _labeller(window).set_note(item, note))
    inspector.jump_requested.connect(window.jump)
    inspector.editing_finished.connect(window.view.setFocus)
    inspector.frame_requested.connect(lambda: _labeller(window).open_frame())
    inspector.delete_requested.connect(lambda: _labeller(window).delete())
    inspector.argument_removed.connect(lambda event, role, target: _labeller(window).remove_argument(event, role, target))
    inspector.role_requested.connect(lambda role: _arm(window, role))


def _labeller(window: MainWindow) -> Labeller:
    assert window.desk.labeller is not None
    return window.desk.labeller


def _select(window: MainWindow, ids: tuple[str, ...]) -> None:
    if window.session is not None:
        window.session.select_annotations(*ids)
        if len(ids) == 1:
            window.jump(ids[0])


def _arm(window: MainWindow, role: str) -> None:
    """A role was clicked in the frame: it takes the selection, or waits for it. The frame opens where it is not open yet."""
    session = window.session
    if session is None:
        return
    chosen = session.chosen()
    if session.frame is None and chosen is not None and chosen.id in session.document.events:
        session.open_frame(chosen.id)
        session.clear_selection()
    known: EventType | None = window.frame_type()
    if known is not None:
        _labeller(window).fill(role)
        window.offer()
        window.view.setFocus()
