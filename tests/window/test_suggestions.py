"""A model's suggestions at the window: shown apart, answered with one key each, refused for good, counted and found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from annotator.core.edits import Change, Edit
from annotator.core.model import HUMAN, Annotation, Argument, Entity, Event
from annotator.core.proposals import propose
from annotator.core.suggestions import suggestions_in
from annotator.gui.canvas.accessible_text import SpokenText
from annotator.gui.dialogs.proposals import ProposalsDialog
from annotator.gui.hands import wait_until

from .conftest import CTRL, SHIFT, Sit, Sitting, settle

ORIGIN = "model:crf"


def found(s: Sitting) -> list[Annotation]:
    """What a model found in the article of the sittings: five annotations in three sentences."""
    score = (("score", "0.875"),)
    police = Entity("a", "ORG", (s.find("Công an huyện Yên Khánh"),), extra=score)
    nam, hue, hoa = (Entity(name, kind, (s.find(text),)) for name, kind, text in
                     (("b", "PER", "Trần Văn Nam"), ("c", "GPE", "Huế"), ("d", "PER", "Lê Hòa")))  # fmt: skip
    arrest = Event("e", "Arrest-Jail", (s.find("bắt"),), (Argument("Agent", "a"), Argument("Person", "b")), extra=score)
    return [police, nam, hue, hoa, arrest]


def suggest(s: Sitting) -> dict[str, str]:
    """Let the model propose; the ids of the suggestions by their text."""
    s.session.do(propose(s.session.document, s.session.schema, found(s), origin=ORIGIN).edit)
    settle()
    return {s.session.document.text.surface(item.spans): item.id for item in s.session.document.annotations()}


def left(s: Sitting) -> list[str]:
    return [s.session.document.text.surface(item.spans) for item in suggestions_in(s.session.document)]


def chosen(s: Sitting) -> str:
    item = s.session.chosen()
    return s.session.document.text.surface(item.spans) if item else ""


def test_one_key_held_accepts_one_suggestion_after_the_other(sit: Sit) -> None:
    s = sit()
    suggest(s)
    s.press(".")
    assert (chosen(s), len(left(s))) == ("Công an huyện Yên Khánh", 5)
    seen = []
    for _ in range(4):
        seen.append(chosen(s))
        s.press(".")
    # The man who was arrested is taken over with the event that he fills.
    assert seen == ["Công an huyện Yên Khánh", "bắt", "Huế", "Lê Hòa"] and left(s) == []
    assert s.message == s.told("told.accepted", n=1, left=0)
    assert {item["origin"] for layer in ("entities", "events") for item in s.saved()[layer]} == {HUMAN}
    s.press(".")
    assert s.refused("error.no-suggestions")


def test_arguments_that_are_accepted_join_the_event_that_is_there(sit: Sit) -> None:
    s = sit()
    trigger, man = s.find("bắt"), s.find("Trần Văn Nam")
    mine = [Change("entities", "T1", None, Entity("T1", "PER", (man,)))]
    mine.append(Change("events", "E1", None, Event("E1", "Arrest-Jail", (trigger,), (Argument("Person", "T1"),))))
    s.session.do(Edit("tag-event", tuple(mine)))
    suggest(s)
    s.select("E2")
    s.press(".")
    (event,) = (item for item in s.saved()["events"] if item["id"] in ("E1", "E2"))
    assert event["id"] == "E1" and [argument["role"] for argument in event["arguments"]] == ["Agent", "Person"]
    assert chosen(s) == "Huế" and s.message == s.told("told.accepted", n=1, left=2)
    s.press("z", modifiers=CTRL)
    assert {"E1", "E2"} <= s.session.document.events.keys() and len(left(s)) == 4


def test_delete_removes_goes_on_and_keeps_away_what_was_refused(sit: Sit) -> None:
    s = sit()
    ids = suggest(s)
    s.select(ids["Trần Văn Nam"])
    s.press(Qt.Key.Key_Delete)
    assert chosen(s) == "Huế" and s.message == s.told("told.rejected", n=1, left=4)
    again = propose(s.session.document, s.session.schema, found(s), origin=ORIGIN)
    assert (again.added, again.refused) == (0, 1)
    start, end = s.find("Trần Văn Nam")
    assert s.saved()["fields"] == {f"refused entities PER {start}-{end}": ORIGIN}
    s.press("z", modifiers=CTRL)
    assert len(left(s)) == 5 and chosen(s) == "Trần Văn Nam" and "fields" not in s.saved()


def test_a_sentence_and_an_article_are_one_step_each(sit: Sit) -> None:
    s = sit()
    ids = suggest(s)
    s.press(".", ":")
    assert left(s) == ["Huế", "Lê Hòa"] and chosen(s) == "Huế"
    s.press(Qt.Key.Key_Delete, modifiers=CTRL)
    assert left(s) == ["Lê Hòa"] and chosen(s) == "Lê Hòa"
    s.press("z", "z", modifiers=CTRL)
    assert len(left(s)) == 5
    s.press(Qt.Key.Key_F12, modifiers=CTRL)
    assert left(s) == [] and all(item.origin == HUMAN for item in s.session.document.annotations())
    s.press("z", modifiers=CTRL)
    s.press(Qt.Key.Key_F12, modifiers=CTRL | SHIFT)
    assert not list(s.session.document.annotations())
    s.press("z", modifiers=CTRL)
    assert len(left(s)) == len(ids) == 5


def test_f12_goes_from_suggestion_to_suggestion_past_what_people_made(sit: Sit) -> None:
    s = sit()
    suggest(s)
    s.mark("Yên Khánh", "g", behind="huyện")
    s.hands.click(0)
    places = []
    for _ in range(5):
        s.press(Qt.Key.Key_F12)
        places.append(chosen(s))
    assert places == ["Công an huyện Yên Khánh", "bắt", "Trần Văn Nam", "Huế", "Lê Hòa"]
    s.press(Qt.Key.Key_F12)
    assert s.refused("error.no-more-suggestions", left=5) and chosen(s) == "Lê Hòa"
    s.press(Qt.Key.Key_F12, modifiers=SHIFT)
    assert chosen(s) == "Huế"
    s.press(":", ":")
    assert left(s) == ["Công an huyện Yên Khánh", "bắt", "Trần Văn Nam"]
    s.press(":")
    assert s.refused("error.no-suggestions-here")


@pytest.mark.parametrize("letters", [".", ":"])
def test_full_stop_and_colon_come_through_input_methods_as_they_are(sit: Sit, letters: str) -> None:
    s = sit()
    suggest(s)
    s.session.select_annotations(suggestions_in(s.session.document)[0].id)
    key = Qt.Key.Key_Period if letters == "." else Qt.Key.Key_Colon
    s.key(key, letters)
    assert len(left(s)) == (4 if letters == "." else 2)


def test_labelling_over_a_suggestion_takes_it_over(sit: Sit) -> None:
    s = sit()
    ids = suggest(s)
    s.drag("Trần Văn Nam")
    s.press("p")
    assert s.item(ids["Trần Văn Nam"]).origin == HUMAN and len(list(s.session.document.annotations())) == 5
    s.drag("Lê Hòa")
    s.press("o")
    s.press("o")
    s.drag("Huế")
    s.press("l")
    assert (s.item(ids["Huế"]).type, s.item(ids["Huế"]).origin) == ("LOC", HUMAN)
    assert propose(s.session.document, s.session.schema, found(s), origin=ORIGIN).added == 0


def test_suggestions_look_and_sound_apart(sit: Sit) -> None:
    s = sit()
    ids = suggest(s)
    text = ids["Công an huyện Yên Khánh"]

    def picture() -> QImage:
        return s.window.view.viewport().grab().toImage()

    s.select(text)
    assert s.window.inspector.proposal.isVisible()
    assert "crf" in s.window.inspector.proposal.label.text() and "0.88" in s.window.inspector.proposal.label.text()
    view = s.window.view
    assert view.scenery.chip_text(s.session, s.item(text)).startswith("◇ ")
    assert "crf" in view.scenery.tooltip(s.session, text)
    assert s.told("gui.proposal.by_with_score", model="crf", score="0.88") in SpokenText(view).describe()
    s.window.preferences.set_theme("contrast")
    settle()
    before = picture()
    s.window.inspector.proposal.button.click()
    s.select(text)
    settle()
    # The same chip at the same place, and it is another picture without any colour.
    assert before.convertToFormat(QImage.Format.Format_Grayscale8) != picture().convertToFormat(QImage.Format.Format_Grayscale8)
    assert not s.window.inspector.proposal.isVisible()
    assert not view.scenery.chip_text(s.session, s.item(text)).startswith("◇")


def test_the_list_shows_suggestions_people_or_all(sit: Sit) -> None:
    s = sit()
    panel = s.window.annotations
    assert not panel._origins.isVisible()
    suggest(s)
    s.mark("Bà Lan", "p")
    assert panel._origins.isVisible() and panel._model.rowCount() == 6
    for name, count in (("suggested", 5), ("human", 1), ("all", 6), ("suggested", 5)):
        row = panel._origins.findData(name)
        panel._origins.setCurrentIndex(row)
        panel._origins.activated.emit(row)
        assert panel._model.rowCount() == count
    s.hands.click(0)
    s.press(".", ".")
    assert panel._model.rowCount() == 4
    s.press(Qt.Key.Key_F12, modifiers=CTRL)
    assert not panel._origins.isVisible() and panel._model.rowCount() == 6


def test_what_is_open_is_counted_and_found(sit: Sit, tmp_path: Path) -> None:
    s = sit({"a.txt": "Ông Nam ở Huế.\n", "b.txt": "Bà Lan ở Huế.\n"})
    s.session.do(propose(s.session.document, s.session.schema, [Entity("x", "GPE", (s.find("Huế"),))], origin=ORIGIN).edit)
    assert s.window.status._suggestions.text() == "◇ " + s.told("gui.status.suggestions", n=1)
    s.saved()
    model = s.window.corpus_panel._model
    assert wait_until(lambda: model.suggested == 1)
    assert json.loads(s.raw())["entities"][0]["origin"] == ORIGIN
    s.press(".", ".")
    assert s.window.status._suggestions.isHidden()
    s.saved()
    assert wait_until(lambda: model.suggested == 0)


def write_predictions(s: Sitting, path: Path) -> Path:
    """What a model says of two articles, and of a sentence that is in none."""
    told = []
    for name, words in (("a", ["Ông", "Nam", "ở", "Huế", "."]), ("b", ["Bà", "Lan", "ở", "Huế", "."]), ("z", ["Chẳng", "đâu", "có"])):
        span = {"start": 3, "end": 4, "entity_type": "GPE", "text": "Huế"} if name != "z" else {"start": 0, "end": 1, "entity_type": "PER"}
        told.append(json.dumps({"doc_id": name, "sent_id": f"{name}-0", "tokens": words, "event_mentions": [], "relation_mentions": [],
                                "entity_mentions": [{"id": f"{name}-e", "mention_type": "UNK", "score": 0.5, **span}]}))  # fmt: skip
    path.write_text("\n".join(told) + "\n", encoding="utf-8")
    return path


def ran(s: Sitting, source: Path) -> ProposalsDialog:
    """The import dialog after it was used."""
    s.window.proposing.show_import(source)
    dialog = s.window.findChild(ProposalsDialog)
    assert isinstance(dialog, ProposalsDialog)
    s.hands.click_on(dialog.run_button)
    assert wait_until(lambda: not dialog.stream.is_running), dialog.message()
    settle()
    return dialog


def test_a_file_of_predictions_comes_in_and_the_open_article_can_undo_it(sit: Sit, tmp_path: Path) -> None:
    s = sit({"a.txt": "Ông Nam ở Huế .\n", "b.txt": "Bà Lan ở Huế .\n"})
    dialog = ran(s, write_predictions(s, tmp_path / "crf.json"))
    assert dialog.message() == s.told("gui.proposals.done", added=2, documents=2)
    # The sentence that is in no article is named, and what was said of it.
    assert dialog.list.places.rowCount() == 2
    s.hands.click_on(dialog.close_button)
    # This platform has no window manager to give the window its place back.
    s.window.activateWindow()
    assert QTest.qWaitForWindowActive(s.window)
    assert s.session.document.field("status") == "todo"
    assert left(s) == ["Huế"] and wait_until(lambda: s.window.corpus_panel._model.suggested == 2)
    assert s.sidecar("b.txt")["entities"][0]["origin"] == "model:crf"
    s.press("z", modifiers=CTRL)
    assert left(s) == [] and s.saved()["entities"] == []
    s.press("y", modifiers=CTRL)
    s.press(Qt.Key.Key_Delete, modifiers=CTRL | SHIFT)
    s.press(Qt.Key.Key_F12, modifiers=CTRL | SHIFT)
    assert left(s) == []
    again = ran(s, tmp_path / "crf.json")
    assert again.report is not None and (again.report.rejected, again.report.again, again.report.added) == (1, 1, 0)
    again.reject()
    assert left(s) == []


def test_a_file_that_is_none_is_answered_in_words(sit: Sit, tmp_path: Path) -> None:
    s = sit(language="vi")
    (tmp_path / "lạ.json").write_text("xin chào", encoding="utf-8")
    dialog = ran(s, tmp_path / "lạ.json")
    assert dialog.report is None and dialog.run_button.isEnabled() and "lạ.json" in dialog.message()
    dialog.reject()


def test_suggestions_of_another_text_stay_out_of_the_open_article(sit: Sit, tmp_path: Path) -> None:
    s = sit({"a.txt": "Ông Nam ở Huế .\n", "b.txt": "Bà Lan ở Huế .\n"})
    (s.folder / "a.txt").write_text("Một dòng mới ở trên.\nÔng Nam ở Huế .\n", encoding="utf-8")
    dialog = ran(s, write_predictions(s, tmp_path / "crf.json"))
    assert dialog.report is not None and [error.code for error in dialog.report.refused] == ["source-changed-while-open"]
    assert left(s) == [] and dialog.report.added == 1
    dialog.reject()


def test_another_output_of_the_model_begins_no_article(sit: Sit) -> None:
    s = sit()
    suggest(s)
    s.session.do(propose(s.session.document, s.session.schema, found(s)[:1], origin=ORIGIN).edit)
    assert len(left(s)) == 1 and s.session.document.field("status") == "todo"
    s.press(Qt.Key.Key_F12)
    s.press(Qt.Key.Key_Delete)
    assert left(s) == [] and s.session.document.field("status") == "doing"
