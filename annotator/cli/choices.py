"""The choices of an export as they were typed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from annotator.core.errors import AnnotatorError
from annotator.formats.reduction import Reduction
from annotator.formats.type_maps import ALL_TYPES
from annotator.tasks.exporting import ExportRequest
from annotator.tasks.reducing import read_empty, read_type_map
from annotator.tasks.splitting import read_folds, read_split
from annotator.tasks.templating import read_template


def read_choices(given: Mapping[str, Any]) -> ExportRequest:
    """What is asked for.

    Raises AnnotatorError ``bad-split``, ``bad-folds``, ``bad-empty``, ``bad-argument`` and what `read_type_map` and
    `read_template` raise.
    """
    if given["longest"] < 0:
        raise AnnotatorError("bad-argument", name="--longest", command="export")
    return ExportRequest(
        given["format"],
        given["unit"],
        given["scheme"],
        read_split(given["split"]) if given["split"] is not None else None,
        given["seed"],
        frozenset(given["status"]),
        Path(given["split_file"]) if given["split_file"] is not None else None,
        read_folds(given["folds"]) if given["folds"] is not None else 0,
        not given["no_duplicates"],
        nesting=given["nesting"],
        sentences=given["sentences"],
        longest=given["longest"],
        empty=read_empty(given["empty"]),
        strict=given["strict"],
        reduction=Reduction(
            given["origin"],
            read_type_map(Path(given["types"])) if given["types"] is not None else ALL_TYPES,
            given["names"],
            given["extents"],
            given["text"],
        ),
        template=read_template(Path(given["template"])) if given["template"] is not None else None,
    )
