"""Several annotations at once, and what belongs to the document: their actions, and who hears the inspector's pages for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from annotator.core.errors import AnnotatorError

from ..work.grammar import Lead
from .control import Control

if TYPE_CHECKING:
    from ..work.gathering import Gatherer
    from ..work.tools import Tools

Handler = Callable[[], None]


class SeveralHandlers:
    """The functions of these actions by name."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self.table: dict[str, Handler] = {
            "select_all": lambda: self._gather(lambda gatherer: gatherer.select_all()),
            "select_same_type": lambda: self._gather(lambda gatherer: gatherer.select_same_type()),
            "select_same_text": lambda: self._gather(lambda gatherer: gatherer.select_same_text()),
            "extend_next": lambda: self._extend(1),
            "extend_previous": lambda: self._extend(-1),
            "change_role": self._lead_to_role,
            "mark_head": self._mark_head,
            "document_page": self._enter_document,
        }

    def _gather(self, gather: Callable[[Gatherer], None]) -> None:
        from ..work.gathering import Gatherer

        tools = self._control.desk.tools
        if tools is not None:
            gather(Gatherer(tools.doing))

    def _extend(self, step: Literal[-1, 1]) -> None:
        from ..work.gathering import Gatherer

        tools = self._control.desk.tools
        if tools is None:
            return
        reached = Gatherer(tools.doing).extend(step)
        if reached is None:
            self._control.refuse_error(AnnotatorError("no-more-annotations"))
        else:
            self._control.panes.view.reveal(reached.spans[0])

    def _lead_to_role(self) -> None:
        """What the menu says in place of `**`; the role's key is pressed on the canvas, or its button."""
        if self._control.frame_type() is None:
            self._control.refuse_error(AnnotatorError("no-frame-open"))
            return
        self._control.carry_out(Lead("**"))
        self._control.panes.view.setFocus()

    def _mark_head(self) -> None:
        tools = self._control.desk.tools
        if tools is not None:
            tools.shaper.mark_head()

    def _enter_document(self) -> None:
        """Show the document in the inspector and put the keyboard there."""
        session, inspector = self._control.session, self._control.panes.inspector
        if session is None:
            return
        session.clear_selection()
        session.open_frame(None)
        inspector.document_page.enter()


def wire_several(control: Control) -> None:
    """What the inspector's pages for several annotations and for the document ask for goes to the desk's tools."""
    inspector = control.panes.inspector
    several, page = inspector.several, inspector.document_page
    several.narrowed.connect(lambda ids: _select(control, ids))
    several.retype_requested.connect(lambda name: _then_show(control, lambda tools: tools.labeller.retype(name)))
    several.attribute_picked.connect(
        lambda ids, name, value, default: _then_show(
            control, lambda tools: tools.shaper.set_attributes(ids, name, value=value, default=default)
        )
    )
    several.role_picked.connect(lambda role: _then_show(control, lambda tools: tools.labeller.change_role(role)))
    several.flag_toggled.connect(lambda on: _then_show(control, lambda tools: tools.shaper.set_flag(on=on)))
    several.delete_requested.connect(lambda: control.table["delete"]())
    page.field_set.connect(lambda name, value: _then_show(control, lambda tools: tools.shaper.set_field(name, value)))
    page.label_set.connect(lambda name, value: _then_show(control, lambda tools: tools.shaper.set_label(name, value)))
    inspector.head_row.removed.connect(lambda item: _tools(control).shaper.remove_head(item))


def _tools(control: Control) -> Tools:
    assert control.desk.tools is not None
    return control.desk.tools


def _then_show(control: Control, do: Callable[[Tools], None]) -> None:
    """Do what was picked; where it was refused, the inspector shows again what is."""
    do(_tools(control))
    control.panes.inspector.refresh()


def _select(control: Control, ids: tuple[str, ...]) -> None:
    if control.session is not None:
        control.session.select_annotations(*ids)
