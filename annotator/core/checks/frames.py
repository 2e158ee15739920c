"""Conventions about events: who fills which role, how many do, and what stands around a trigger. A missing core role is no problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from annotator.core.checks.problems import Problem, Reading, warn
from annotator.core.checks.wordlists import wordlist
from annotator.core.commands import set_attribute
from annotator.core.edits import Edit
from annotator.core.links import change_role
from annotator.core.model import Annotation, Event
from annotator.core.schema import EventRole, EventType

AGENT, VICTIM = "Agent", "Victim"
POLARITY, NEGATIVE = "polarity", "negative"


def find_misfitting_fillers(reading: Reading) -> Iterator[Problem]:
    """Fillers of a type that the role takes neither usually nor rarely."""
    for event, known in _frames(reading):
        for argument in event.arguments:
            role, filler = known.role(argument.role), reading.document.annotation(argument.target)
            if role is None or filler is None:
                continue
            allowed = filler.type in role.fillers or filler.type in role.rare
            if not allowed or (isinstance(filler, Event) and not reading.schema.event_targets):
                yield _misfit(reading, "filler-not-allowed", event, role=role, filler=filler)


def find_rare_fillers(reading: Reading) -> Iterator[Problem]:
    for event, known in _frames(reading):
        for argument in event.arguments:
            role, filler = known.role(argument.role), reading.document.annotation(argument.target)
            if role is not None and filler is not None and filler.type in role.rare and filler.type not in role.fillers:
                yield _misfit(reading, "filler-rare", event, role=role, filler=filler)


def find_crowded_roles(reading: Reading) -> Iterator[Problem]:
    """Roles with more fillers than usual in one event."""
    for event, known in _frames(reading):
        for name, count in Counter(argument.role for argument in event.arguments).items():
            role = known.role(name)
            if role is not None and count > role.usual > 0:
                targets = tuple(argument.target for argument in event.arguments if argument.role == name)
                yield warn(reading, "more-fillers-than-usual", event, others=targets, role=name, count=count, usual=role.usual)


def find_agents_of_the_agentless(reading: Reading) -> Iterator[Problem]:
    """Triggers such as chết with an Agent and no Victim; the repair makes the one Agent the Victim, if that role takes it."""
    for event in reading.events:
        triggers = wordlist(reading.conventions.agentless.get(event.type, ()))
        agents = [argument for argument in event.arguments if argument.role == AGENT]
        if not agents or any(argument.role == VICTIM for argument in event.arguments):
            continue
        if triggers.names(reading.document.text, event.spans):
            targets = tuple(argument.target for argument in agents)
            yield warn(reading, "agent-without-victim", event, others=targets, repair=_to_victim(reading, event))


def find_negated_triggers(reading: Reading) -> Iterator[Problem]:
    """Triggers right behind không, chưa, chẳng while polarity, where the schema has it, says the default."""
    polarity = next((held for held in reading.schema.attributes_on("event") if held.name == POLARITY), None)
    if polarity is None or polarity.default == NEGATIVE or NEGATIVE not in (value.name for value in polarity.values):
        return
    negations = wordlist(reading.conventions.negations)
    for event in reading.events:
        if dict(event.attributes).get(POLARITY, polarity.default) != polarity.default:
            continue
        found = negations.right_before(reading.content, event.spans[0][0])
        if found:
            repair = set_attribute(reading.document, [event.id], POLARITY, value=NEGATIVE, default=polarity.default)
            yield warn(reading, "trigger-negated", event, word=reading.content[slice(*found)], repair=repair)


def find_long_triggers(reading: Reading) -> Iterator[Problem]:
    """Triggers of more words than usual; none on lines without known words."""
    most = reading.conventions.trigger_words_most
    if not most:
        return
    for event in reading.events:
        count = sum(len(reading.document.words.overlapping(start, end)) for start, end in event.spans)
        if count > most and reading.has_words(event):
            yield warn(reading, "trigger-long", event, count=count, most=most)


def _frames(reading: Reading) -> Iterator[tuple[Event, EventType]]:
    for event in reading.events:
        known = reading.schema.event(event.type)
        if known is not None:
            yield event, known


def _misfit(reading: Reading, code: str, event: Event, *, role: EventRole, filler: Annotation) -> Problem:
    allowed = ", ".join(role.fillers)
    return warn(reading, code, event, others=(filler.id,), role=role.role, target=filler.id, filler=filler.type, allowed=allowed)


def _to_victim(reading: Reading, event: Event) -> Edit | None:
    if _follows_trigger(reading, event):
        return None
    known = reading.schema.event(event.type)
    role = known.role(VICTIM) if known else None
    agents = [argument for argument in event.arguments if argument.role == AGENT]
    filler = reading.document.annotation(agents[0].target)
    if role is None or filler is None or len(agents) > 1 or filler.type not in role.fillers:
        return None
    return change_role(reading.document, event.id, agents[0], role=VICTIM, schema=reading.schema)


def _follows_trigger(reading: Reading, event: Event) -> bool:
    """Whether another trigger ends right before: in đâm chết the Agent is the one who stabs."""
    before = reading.document.words.before(event.spans[0][0])
    ids = reading.document.index.overlapping(*before) if before else ()
    return any(isinstance(reading.document.annotation(identifier), Event) for identifier in ids)
