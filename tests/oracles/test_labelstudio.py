"""Label Studio's own validator on the project's set-up and on every task."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from annotator.core.schema import EntityType, Schema
from annotator.formats.labelstudio import labelling_config
from annotator.tasks.exporting import ExportRequest
from annotator.tasks.schemas import BUILT_IN, find_schema
from tests.oracles.conftest import Corpora
from tests.oracles.sets import SETS, written


def project(config: str) -> Any:
    """The project that a configuration sets up, valid by the validator's word."""
    from label_studio_sdk.label_interface import LabelInterface

    interface = LabelInterface(config)
    interface.validate()
    return interface


@pytest.mark.parametrize("chosen", SETS)
def test_every_task_fits_the_project(chosen: str, corpora: Corpora, tmp_path: Path) -> None:
    corpus, statuses = SETS[chosen]
    done, _ = written(corpora.of(corpus), tmp_path, ExportRequest("labelstudio", statuses=statuses))
    config = (tmp_path / "labelling-config.xml").read_text(encoding="utf-8")
    interface, relations = project(config), {item.get("value") for item in ElementTree.fromstring(config).iter("Relation")}
    tasks = json.loads((tmp_path / "all.json").read_bytes())
    assert len(tasks) == done.documents
    for task in tasks:
        # The validator's question about a whole task fails where it has annotations: it is asked for the data alone, then for them.
        assert interface.validate_task({"data": task["data"]})
        for annotation in task["annotations"]:
            assert interface.validate_prediction(annotation, return_errors=True) == []
            assert relations >= {label for item in annotation["result"] if item["type"] == "relation" for label in item["labels"]}


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_schemas_that_ship_set_up_a_project(name: str) -> None:
    schema = find_schema(name)
    labels = project(labelling_config(schema)).get_control("label").labels
    assert labels == [item.name for item in (*schema.entities, *schema.events)]


def test_a_schema_of_entities_alone_sets_up_a_project() -> None:
    types = ('Người "thật"', "A&B", "<x>")
    assert project(labelling_config(Schema("nhỏ", entities=tuple(map(EntityType, types))))).get_control("label").labels == [*types]


def test_the_validator_refuses_what_is_wrong(corpora: Corpora, tmp_path: Path) -> None:
    written(corpora.of("golden"), tmp_path, ExportRequest("labelstudio"))
    interface = project((tmp_path / "labelling-config.xml").read_text(encoding="utf-8"))
    tasks = json.loads((tmp_path / "all.json").read_bytes())
    good = next(task["annotations"][0] for task in tasks if any(item["type"] == "relation" for item in task["annotations"][0]["result"]))
    region, link = ([item["type"] for item in good["result"]].index(kind) for kind in ("labels", "relation"))
    assert interface.validate_annotation(good) and not interface.validate_task({"data": {"body": "…"}})
    for place, key, wrong in ((region, "to_name", "article"), (region, "value", {"labels": ["PER"]}), (link, "to_id", "T99")):
        bad = deepcopy(good)
        bad["result"][place][key] = wrong
        assert not interface.validate_annotation(bad)
