"""Every fact of the table of formats is said in both languages."""

from __future__ import annotations

import pytest

from annotator.formats.facts import FEATURES, counting
from annotator.formats.table import FORMATS
from annotator.messages import LANGUAGES, Language, catalogue


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_has_its_words(language: Language) -> None:
    keys = {f"feature.{name}" for name in FEATURES} | {key for name in FORMATS for key in counting(name)[1]}
    assert keys == {key for key in catalogue(language) if key.startswith(("feature.", "counts."))}
