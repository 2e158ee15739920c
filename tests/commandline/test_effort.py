"""Statistics say how long was worked where the corpus keeps it, and nothing of it where not."""

from __future__ import annotations

import json
from pathlib import Path

from annotator.store.effort import Stretch, append_stretches
from tests.commandline.conftest import Annotate
from tests.tasks.corpora import make_brat


def test_the_time_worked_is_a_line_of_the_statistics(annotate: Annotate, tmp_path: Path) -> None:
    corpus = tmp_path / "kho"
    annotate("import", "brat", make_brat(tmp_path / "brat"), corpus)
    assert "effort" not in json.loads(annotate("stats", corpus, "--json").out)
    append_stretches(corpus, [Stretch("2026-11-22", "08:00:00", "lan", "tin-1.txt", 3_900, 30, 2, 1, "done")])
    said = annotate("stats", corpus)
    assert said.status == 0 and "Working time: 1 h 5 min active · articles: 1 · made: 30, changed: 2, deleted: 1\n" in said.out
    assert "Thời gian làm việc: 1 giờ 5 phút" in annotate("stats", corpus, language="vi").out
    counted = json.loads(annotate("stats", corpus, "--json").out)["effort"]
    assert counted == {"seconds": 3900, "made": 30, "changed": 2, "deleted": 1, "articles": 1, "finished": 1}
