"""What is wrong or unusual in a document: a table of checks and the engine that reads it.

Errors break the integrity of the data. Warnings tell where a document leaves the conventions of its schema; some propose a repair
as an `Edit`, none makes it. Times are linear in the document, but for what lies in one place and is found through its index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from annotator.core.checks import edges, frames, integrity, names, shapes
from annotator.core.checks.problems import Problem, Reading, Severity, file_rank
from annotator.core.document import Document
from annotator.core.schema import Conventions, Schema

__all__ = ["CHECKS", "Check", "Problem", "Severity", "check"]


def _always(conventions: Conventions) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Check:
    """A check: the codes that it may give, the generator that finds them, and when the schema's conventions switch it on."""

    codes: tuple[str, ...]
    find: Callable[[Reading], Iterator[Problem]]
    on: Callable[[Conventions], bool] = _always


CHECKS: tuple[Check, ...] = (
    Check(("span-empty", "span-outside-text", "fragments-out-of-order"), integrity.find_misplaced_spans),
    Check(("head-outside",), integrity.find_heads_outside),
    Check(("dangling-argument", "argument-wrong-layer"), integrity.find_lost_fillers),
    Check(("dangling-relation", "relation-wrong-layer"), integrity.find_lost_relation_ends),
    Check(("dangling-member", "member-wrong-layer"), integrity.find_lost_members),
    Check(("event-fills-itself",), integrity.find_cycles),
    Check(("unknown-type",), names.find_unknown_types),
    Check(("unknown-role",), names.find_unknown_roles),
    Check(("unknown-attribute", "unknown-attribute-value"), names.find_unknown_attributes),
    Check(("unknown-relation-type", "relation-not-allowed"), names.find_unknown_relations),
    Check(("unknown-label", "unknown-label-value"), names.find_unknown_labels),
    Check(("edge-cuts-character",), edges.find_cut_characters),
    Check(("edge-cuts-word", "edge-cuts-syllable"), edges.find_cut_words, lambda c: c.edge_cuts_word),
    Check(("blank-at-edge",), edges.find_blank_edges, lambda c: c.blank_at_edge),
    Check(("punctuation-at-edge",), edges.find_punctuation_edges, lambda c: c.punctuation_at_edge),
    Check(tuple(f"{usage.code}-{side}" for usage in edges.USAGES for side in ("inside", "outside")), edges.find_misused_words),
    Check(("trigger-long",), frames.find_long_triggers),
    Check(("trigger-negated",), frames.find_negated_triggers, lambda c: c.negated_trigger),
    Check(("spans-cross",), shapes.find_crossing, lambda c: c.crossing is False),
    Check(("nesting-unexpected",), shapes.find_unexpected_nesting),
    Check(("annotated-twice", "same-span-twice"), shapes.find_twins, lambda c: c.same_span_twice),
    Check(("filler-not-allowed",), frames.find_misfitting_fillers),
    Check(("filler-rare",), frames.find_rare_fillers, lambda c: c.rare_filler),
    Check(("more-fillers-than-usual",), frames.find_crowded_roles, lambda c: c.more_than_usual),
    Check(("agent-without-victim",), frames.find_agents_of_the_agentless),
)


def check(document: Document, schema: Schema) -> list[Problem]:
    """Every problem of a document under a schema, by position. Looks only; a repair is applied like any other edit.

    Checks about words skip lines about which the machine has not spoken yet.
    """
    reading = Reading(document, schema)
    found = [problem for entry in CHECKS if entry.on(schema.conventions) for problem in entry.find(reading)]
    return sorted(found, key=file_rank)
