"""A model's suggestions in the window: the actions that answer them, and what the answers bring into view."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.core.model import extent

from .control import Control

if TYPE_CHECKING:
    from ..work.proposing import Proposer

Handler = Callable[[], None]


class Proposing:
    """The functions of these actions by name. `delete` is the one of all annotations: of suggestions it goes on to the next."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self.table: dict[str, Handler] = {
            "accept_suggestion": lambda: self._with(lambda proposer: proposer.accept()),
            "accept_sentence": lambda: self._with(lambda proposer: proposer.accept("sentence")),
            "accept_article": lambda: self._with(lambda proposer: proposer.accept("article")),
            "reject_sentence": lambda: self._with(lambda proposer: proposer.reject("sentence")),
            "reject_article": lambda: self._with(lambda proposer: proposer.reject("article")),
            "next_suggestion": lambda: self._with(lambda proposer: proposer.walk(1)),
            "previous_suggestion": lambda: self._with(lambda proposer: proposer.walk(-1)),
            "delete": self._delete,
        }
        control.panes.inspector.proposal.accept_requested.connect(self.table["accept_suggestion"])

    def _delete(self) -> None:
        tools = self._control.desk.tools
        if tools is None:
            return
        if tools.proposer.only_suggestions():
            self._with(lambda proposer: proposer.reject())
        else:
            tools.labeller.delete()
            self._control.offer()

    def _with(self, do: Callable[[Proposer], None]) -> None:
        tools = self._control.desk.tools
        if tools is None:
            return
        session, before = tools.doing.session, tools.doing.session.selected
        do(tools.proposer)
        chosen = session.chosen()
        if chosen is not None and session.selected != before:
            self._control.panes.view.reveal(extent(chosen))
        self._control.offer()
