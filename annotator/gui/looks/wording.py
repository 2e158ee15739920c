"""Names of types, roles, attributes and labels in what is said to a person: as the schema words them in the window's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from annotator.core.model import Annotation
from annotator.core.schema import AttributeValue, Schema, Wording
from annotator.core.suggestions import model_of, score_of

from .look import Look

Fields = Mapping[str, str | int]

# Fields of sentences that name types and roles, one or, apart by commas, several.
_TYPES: Final = ("type", "filler", "outer", "other_type", "types")
_ROLES: Final = ("role",)
# Fields that name types in these sentences only.
_TYPES_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "filler-not-allowed": ("allowed",),
    "filler-rare": ("allowed",),
    "relation-not-allowed": ("source", "target"),
}

# What stands before the name of a suggestion's type, and fills its place in a list: nothing is told by colour alone.
SUGGESTED: Final = "◇"


def proposed_by(look: Look, item: Annotation) -> str:
    """Which model proposed a suggestion, and how sure it said it was."""
    score = score_of(item)
    if score is None:
        return look.say("gui.proposal.by", model=model_of(item))
    said = f"{score:.2f}".replace(".", "," if look.language == "vi" else ".")
    return look.say("gui.proposal.by_with_score", model=model_of(item), score=said)


def problem_sentence(look: Look, schema: Schema, code: str, *, where: Fields) -> str:
    """What a check says about a problem."""
    return look.say(f"problem.{code}", **worded(look, schema, where, code=code))


def worded(look: Look, schema: Schema, where: Fields, *, code: str = "") -> dict[str, str | int]:
    """The fields of a sentence with labels in place of names; `code` is that of the problem or error. Strange names stay as they are."""
    said = dict(where)
    _word(said, (*_TYPES, *_TYPES_OF.get(code, ())), lambda name: look.type_label(schema, name))
    _word(said, _ROLES, lambda name: look.role_label(schema, name))
    attribute = next((item for item in schema.attributes if item.name == said.get("attribute")), None)
    if attribute is not None:
        _word_choice(look, said, attribute.label, attribute.values, name="attribute")
    if code == "unknown-attribute-value":
        known = next((item for item in schema.attributes if item.name == said.get("name")), None)
        if known is not None:
            _word_choice(look, said, known.label, known.values, name="name")
    elif code == "unknown-label-value":
        label = next((item for item in schema.labels if item.name == said.get("name")), None)
        if label is not None:
            _word_choice(look, said, label.label, label.values, name="name")
    return said


def _word_choice(look: Look, said: dict[str, str | int], label: Wording, values: Iterable[AttributeValue], *, name: str) -> None:
    """Word the name of an attribute or label under `name`, and its values under ``value`` and ``allowed``."""
    said[name] = look.wording(label, str(said[name]))
    labels = {value.name: look.wording(value.label, value.name) for value in values}
    _word(said, ("value", "allowed"), lambda held: labels.get(held, held))


def _word(said: dict[str, str | int], fields: Iterable[str], label: Callable[[str], str]) -> None:
    for field in fields:
        if isinstance(held := said.get(field), str):
            said[field] = ", ".join(map(label, held.split(", ")))
