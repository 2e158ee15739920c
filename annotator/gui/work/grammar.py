"""The grammar of keys: select, then key. A small machine without Qt that reads strokes and says what is meant.

No key of it is a vowel, d, w or a bracket, and Backspace means nothing: Vietnamese input methods turn those into other letters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from annotator.core.schema import EventType, Schema

# `*` may itself be followed by the leader of an event: `*0r` retypes to the event of `0r`.
# `\\` applies the next key to each item of a list.
# `**` leads to another role in the open frame.
Leader = Literal["0", "-", "*", "*0", "*-", "**", "\\"]
_EVENT_LEADERS: dict[str, Leader] = {"0": "0", "-": "-"}
_RETYPE_LEADERS: dict[str, Leader] = {"0": "*0", "-": "*-"}
_LEADERS: dict[str, Leader] = {**_EVENT_LEADERS, "*": "*", "\\": "\\"}
_DIGITS = "123456789"
_ATTRIBUTES = "!?;~"


@dataclass(frozen=True, slots=True)
class Stroke:
    """One pressed key: `key` is a lower-case letter, a digit, a sign or a name such as ``Escape``."""

    key: str
    shift: bool = False
    ctrl: bool = False
    alt: bool = False


@dataclass(frozen=True, slots=True)
class MakeEntity:
    """Make an entity of the selection; `each`: of each item of the list that it holds."""

    type: str
    each: bool = False


@dataclass(frozen=True, slots=True)
class MakeEvent:
    type: str


@dataclass(frozen=True, slots=True)
class FillRole:
    """Let the selection fill a role of the open frame; `each`: each item of the list that it holds."""

    role: str
    each: bool = False


@dataclass(frozen=True, slots=True)
class Retype:
    type: str


@dataclass(frozen=True, slots=True)
class ChangeRole:
    """Give the selected fillers another role of the open frame in place of what they hold."""

    role: str


@dataclass(frozen=True, slots=True)
class Lead:
    """A leader was pressed: the next key completes it."""

    leader: Leader


@dataclass(frozen=True, slots=True)
class CycleAttribute:
    """Give the attribute of this key its next value."""

    key: str


@dataclass(frozen=True, slots=True)
class Do:
    """An action of the window by name."""

    action: str


@dataclass(frozen=True, slots=True)
class Refuse:
    """A key that means nothing here; `code` says why in the catalogue under ``refusal.<code>``."""

    code: str
    key: str


@dataclass(frozen=True, slots=True)
class Ignore:
    """Not a key of the grammar."""


Intent = MakeEntity | MakeEvent | FillRole | Retype | ChangeRole | CycleAttribute | Lead | Do | Refuse | Ignore

# Signs and named keys that are actions of the window, the same in every state.
ACTIONS: dict[Stroke, str] = {
    Stroke("Space"): "guess",
    Stroke("/"): "type_ahead",
    Stroke("_"): "toggle_word",
    Stroke(","): "switch_edge",
    Stroke("+"): "link_same",
    Stroke(">"): "link_relation",
    Stroke("="): "inherit",
    Stroke("."): "accept_suggestion",
    Stroke(":"): "accept_sentence",
    Stroke("q"): "jump",
    Stroke("q", shift=True): "jump_extend",
    Stroke("Delete"): "delete",
    Stroke("Escape"): "escape",
    Stroke("Tab"): "cycle_type",
    Stroke("Return"): "open_frame",
    Stroke("Enter"): "open_frame",
    Stroke("Up", ctrl=True): "previous_annotation",
    Stroke("Down", ctrl=True): "next_annotation",
    Stroke("Up", shift=True, ctrl=True): "extend_previous",
    Stroke("Down", shift=True, ctrl=True): "extend_next",
    Stroke("Left", alt=True): "edge_left",
    Stroke("Right", alt=True): "edge_right",
    Stroke("Up", alt=True): "edge_character_left",
    Stroke("Down", alt=True): "edge_character_right",
}


class Grammar:
    """Reads one stroke at a time. The only state is the leader that waits for its second key."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        self.leader: Leader | None = None

    def read(self, stroke: Stroke, *, frame: EventType | None) -> Intent:
        """What `stroke` means while the frame of an event of type `frame` is open, or none (None)."""
        leader, self.leader = self.leader, None
        if leader is not None:
            return self._complete(leader, stroke, frame)
        if (action := ACTIONS.get(stroke)) is not None:
            return Do(action)
        if stroke.ctrl or stroke.alt:
            return Ignore()
        if (lead := _LEADERS.get(stroke.key)) is not None:
            return self._lead(lead)
        if stroke.key in _DIGITS and not stroke.shift:
            return self._event(stroke.key)
        if stroke.key in _ATTRIBUTES:
            return CycleAttribute(stroke.key)
        if len(stroke.key) == 1 and stroke.key.isascii() and stroke.key.isalpha():
            return self._letter(stroke, frame)
        return Ignore()

    def _letter(self, stroke: Stroke, frame: EventType | None) -> Intent:
        if frame is not None and not stroke.shift:
            role = frame.role_by_key(stroke.key)
            return FillRole(role.role) if role else Refuse("no-such-role", stroke.key)
        return self._entity(stroke.key)

    def _complete(self, leader: Leader, stroke: Stroke, frame: EventType | None) -> Intent:
        """The second key of a leader. Escape drops it; an unknown key is refused and drops it too."""
        if stroke.key == "Escape":
            return Do("drop_leader")
        if leader == "\\":
            found = self._letter(stroke, frame) if stroke.key.isalpha() and len(stroke.key) == 1 else Refuse("not-for-lists", stroke.key)
            return replace(found, each=True) if isinstance(found, MakeEntity | FillRole) else found
        if leader == "*" and stroke.key == "*":
            return self._lead("**") if frame is not None else Refuse("role-needs-frame", stroke.key)
        if leader == "**":
            role = frame.role_by_key(stroke.key) if frame is not None else None
            return ChangeRole(role.role) if role else Refuse("no-role-to-give", stroke.key)
        if leader == "*" and stroke.key in _RETYPE_LEADERS:
            return self._lead(_RETYPE_LEADERS[stroke.key])
        meant: Intent
        if leader == "*":
            meant = self._event(stroke.key) if stroke.key in _DIGITS else self._entity(stroke.key)
        else:
            meant = self._event(f"{leader[-1]} {stroke.key}")
        return Retype(meant.type) if leader[0] == "*" and isinstance(meant, MakeEntity | MakeEvent) else meant

    def _lead(self, leader: Leader) -> Lead:
        self.leader = leader
        return Lead(leader)

    def _event(self, key: str) -> Intent:
        found = self.schema.event_by_key(key)
        return MakeEvent(found.name) if found else Refuse("no-such-event-key", key)

    def _entity(self, key: str) -> Intent:
        found = self.schema.entity_by_key(key)
        return MakeEntity(found.name) if found else Refuse("no-such-entity-key", key)
