"""What stands between annotations: lists in one stroke, same entity, relations, attributes by key, Time and Place from the event before."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton

from .conftest import Sit, Sitting, settle

LIST = "Công an bắt Thi, Cường, Minh và Vũ tại Hà Nội sáng 12/3. Bốn người này bị giam ở Huế.\n"


def ace(sit: Sit, tmp_path: Path) -> Sitting:
    """A sitting under `ace2005`, which has relations and attributes."""
    folder = tmp_path / "ace"
    folder.mkdir()
    (folder / "a.txt").write_text("Bà Lan đến Hà Nội. Bà ấy làm việc cho Công ty Gió Biển.\n", encoding="utf-8")
    (folder / "annotator.toml").write_text('schema = "ace2005"\n', encoding="utf-8")
    return sit(folder=folder)


def test_a_role_takes_each_item_of_a_list_in_one_step(sit: Sit) -> None:
    s = sit(LIST)
    event = s.mark("bắt", "6")
    s.drag("Thi, Cường, Minh và Vũ")
    s.press("\\", "p")
    assert s.roles(event) == [("Person", name) for name in ("Thi", "Cường", "Minh", "Vũ")]
    s.press(Qt.Key.Key_Z, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert s.roles(event) == [] and not s.session.document.entities


def test_an_entity_type_takes_each_item_of_a_list(sit: Sit) -> None:
    s = sit(LIST)
    s.drag("Thi, Cường, Minh và Vũ")
    s.press("\\", "p")
    assert s.surfaces() == [("PER", name) for name in ("Thi", "Cường", "Minh", "Vũ")]


def test_after_the_list_key_a_sign_is_refused(sit: Sit) -> None:
    s = sit(LIST)
    s.drag("Thi, Cường, Minh và Vũ")
    s.press("\\", "3")
    assert s.surfaces() == [] and "\\" in s.message


def test_time_and_place_come_from_the_event_before(sit: Sit) -> None:
    s = sit(LIST)
    first = s.mark("bắt", "6")
    for key, text in (("t", "sáng 12/3"), ("l", "Hà Nội")):
        s.drag(text)
        s.press(key)
    second = s.mark("giam", "6")
    s.drag("Huế")
    s.press("l")
    s.press("=")
    # The place is its own; only what is missing is taken over.
    assert [pair for pair in s.roles(first) if pair[0] == "Time"] == [pair for pair in s.roles(second) if pair[0] == "Time"]
    assert [text for role, text in s.roles(second) if role == "Place"] == ["Huế"]
    s.press("=")
    assert s.refused("error.no-event-before")


def test_the_same_entity_by_click_and_by_key(sit: Sit, tmp_path: Path) -> None:
    s = ace(sit, tmp_path)
    first, second = s.mark("Bà Lan", "p"), s.mark("Bà ấy", "p")
    third = s.mark("Hà Nội", "g")
    s.select(first)
    s.press("+")
    s.hands.click_chip(second)
    (cluster,) = s.session.document.clusters.values()
    assert cluster.members == (first, second)
    s.select(second)
    s.press("+")
    s.press(Qt.Key.Key_Escape)
    assert s.session.link is None
    s.select(third)
    s.press("+")
    s.walk("Bà ấy")
    s.press(Qt.Key.Key_Return)
    assert set(next(iter(s.session.document.clusters.values())).members) == {first, second, third}
    assert s.saved()["clusters"] == [{"id": cluster.id, "layer": "entities", "members": [first, third, second]}]


def test_a_relation_offers_the_allowed_types_only(sit: Sit, tmp_path: Path) -> None:
    s = ace(sit, tmp_path)
    person, firm = s.mark("Bà ấy", "p"), s.mark("Công ty Gió Biển", s.session.schema.entity("ORG").key)  # type: ignore[union-attr]
    s.select(person)
    s.press(">")
    s.hands.click_chip(firm)
    settle()
    menu = QApplication.activePopupWidget()
    if isinstance(menu, QMenu):
        relations = s.session.schema.relations
        allowed = [item for item in relations if "PER" in (item.sources or ("PER",)) and "ORG" in (item.targets or ("ORG",))]
        assert len(menu.actions()) == len(allowed) > 1
        QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Return)
    (relation,) = s.session.document.relations.values()
    assert (relation.source, relation.target) == (person, firm)


def test_an_attribute_goes_round_its_values(sit: Sit, tmp_path: Path) -> None:
    s = ace(sit, tmp_path)
    transport = next(item for item in s.session.schema.events if item.name.endswith("Transport"))
    event = s.mark("đến", *transport.key.replace(" ", ""))
    s.press("!")
    assert dict(s.event(event).attributes) == {"polarity": "negative"}
    s.press("!")
    assert s.event(event).attributes == ()


def test_an_attribute_that_the_schema_has_not_is_refused(sit: Sit) -> None:
    s = sit(LIST)
    event = s.mark("bắt", "6")
    s.press("!")
    assert s.event(event).attributes == () and "!" in s.message


def test_two_keys_jump_to_a_visible_word_and_extend_to_another(sit: Sit) -> None:
    s = sit(LIST)
    s.press("q")
    assert s.window.view.jump is not None
    codes = {s.content[slice(*word)]: code for code, word in s.window.view.jump.shown()}
    s.press(*codes["Minh"])
    assert s.window.view.jump is None
    s.press("p")
    assert s.surfaces() == [("PER", "Minh")]
    s.press("q", *codes["Hà Nội"], "Q", *codes["sáng"])
    s.press("l")
    assert ("LOC", "Hà Nội sáng") in s.surfaces()
    s.press("q", Qt.Key.Key_Escape, "p")
    assert s.window.view.jump is None


def test_a_jump_ends_at_a_key_that_fits_no_word(sit: Sit) -> None:
    s = sit("Mưa to.\n")
    s.press("q", "f", "z")
    assert s.window.view.jump is None and s.surfaces() == []


def test_links_are_told_beside_the_annotation_and_taken_away_again(sit: Sit, tmp_path: Path) -> None:
    s = ace(sit, tmp_path)
    first, second = s.mark("Bà Lan", "p"), s.mark("Bà ấy", "p")
    s.select(first)
    s.press("+")
    s.hands.click_chip(second)
    s.select(first)
    settle()
    links = s.window.inspector.links
    crosses = [held for held in links.findChildren(QToolButton) if held.isVisibleTo(links)]
    assert links.isVisible() and len(crosses) == 1
    s.hands.click_on(crosses[0])
    assert not s.session.document.clusters and not links.isVisible()
    s.press(Qt.Key.Key_Z, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert len(s.session.document.clusters) == 1 and links.isVisible()


def test_mentions_are_linked_in_a_chain(sit: Sit, tmp_path: Path) -> None:
    """What was made or linked last begins the next link, also while a frame is open; by key it is what the caret stands on."""
    s = ace(sit, tmp_path)
    first = s.mark("Bà Lan", "p")
    s.mark("đến", *next(item.key for item in s.session.schema.events if item.name == "Transport"))
    s.drag("Bà ấy")
    s.press("r")
    second = next(item.id for item in s.session.document.entities.values() if item.id != first)
    s.press("+")
    s.hands.click_chip(first)
    s.press(Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    third = s.mark("Hà Nội", "g")
    s.press("+")
    s.hands.click_chip(second)
    (cluster,) = s.session.document.clusters.values()
    assert cluster.members == (first, third, second)
    fourth = s.mark("Công ty Gió Biển", "r")
    s.press(Qt.Key.Key_Escape)
    s.walk("Công ty Gió Biển")
    s.press("+")
    s.walk("Bà ấy")
    s.press(Qt.Key.Key_Return)
    assert set(next(iter(s.session.document.clusters.values())).members) == {first, second, third, fourth}
