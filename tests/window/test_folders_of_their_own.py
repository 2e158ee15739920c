"""In a corpus whose folders differ in their schema, keys, palette and sidecars go by the article that is open."""

from __future__ import annotations

import json
from pathlib import Path

from annotator.gui.hands import wait_until
from annotator.store.sidecar import sidecar_path

from .conftest import Sit, Sitting


def go_to(s: Sitting, path: Path) -> None:
    s.window.desk.open_article(path)
    assert wait_until(lambda: s.window.session is not None and s.window.session.path == path)


def test_each_article_has_the_schema_of_its_folder(sit: Sit, tmp_path: Path) -> None:
    folder = tmp_path / "kho"
    (folder / "ace").mkdir(parents=True)
    (folder / "a.txt").write_text("Tòa không phạt ai.\n", encoding="utf-8")
    (folder / "ace" / "b.txt").write_text("Tòa không phạt ai vì đánh nhau.\n", encoding="utf-8")
    (folder / "annotator.toml").write_text('schema = "bkee"\n', encoding="utf-8")
    (folder / "ace" / "annotator.toml").write_text('schema = "ace2005"\n', encoding="utf-8")
    s = sit(folder=folder)
    go_to(s, folder / "a.txt")
    assert s.session.schema.name == "bkee"
    go_to(s, folder / "ace" / "b.txt")
    assert s.session.schema.name == "ace2005" and s.window.desk.schema is s.session.schema
    inner = s.mark("đánh nhau", "1")
    outer = s.mark("phạt", *next(event.key.replace(" ", "") for event in s.session.schema.events if event.name == "Fine"))
    s.press("!", "?")
    # The trigger of another event is selected, and a role key lets that event fill the role.
    s.drag("đánh nhau")
    s.press("c")
    held = s.event(outer)
    assert [(argument.role, argument.target) for argument in held.arguments] == [("Crime", inner)]
    assert dict(held.attributes) == {"polarity": "negative", "modality": "other"}
    assert wait_until(lambda: s.session.is_saved)
    assert json.loads(sidecar_path(s.session.path).read_bytes())["schema"] == "ace2005"
