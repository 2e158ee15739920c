"""Scenes of labelling: one event, words, what single keys do, an article with attributes, finished and damaged ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..hands import wait_until
from .camera import CTRL, Camera
from .places import ACE, ARTICLES, DAMAGED, FINISHED, SEGMENTED, TRIAL

VERDICT = (
    ("b", "Vũ Đức Thắng"),
    ("s", "12 năm tù"),
    ("j", "Tòa án nhân dân tỉnh Ninh Bình"),
    ("t", "chiều 22/11"),
    ("c", "cố ý gây thương tích"),
)


class Labelling(Camera):
    """What is done to one article."""

    def _labelling(self) -> Iterator[Path]:
        """The first hour: every picture's path after it was taken."""
        self._open(ARTICLES / TRIAL)
        yield self._picture("start")
        yield from self._verdict()
        yield from self._words()
        yield from self._keys()

    def _verdict(self) -> Iterator[Path]:
        """The first event of the sample, step by step."""
        self._hands.double_click(self._find("tuyên phạt")[0])
        self._press("0", "s")
        yield self._picture("trigger")
        for key, text in VERDICT:
            self._mark(text, key, after="Sau hai ngày")
        yield self._picture("frame")
        yield self._picture("bottom-line", of=self._window.palette_line)

    def _words(self) -> Iterator[Path]:
        """The third line as the machine reads it, then set right."""
        self._escape()
        preferences = self._window.preferences
        preferences.set_view(words=True)
        yield self._picture("words-machine", of=self._window.view, beside="Các đồng phạm")
        self._hands.click(self._find("Thế Vũ lĩnh")[1] - len(" lĩnh"), modifiers=CTRL)
        self._settle()
        self._mark("Lã Thế Vũ", "_")
        self._mark("Đinh Công Minh", "_")
        self._escape()
        preferences.set_differences(True)
        yield self._picture("words-right", of=self._window.view, beside="Các đồng phạm")
        preferences.set_differences(False)
        preferences.set_view(words=False)
        self._escape()

    def _keys(self) -> Iterator[Path]:
        """What single keys do: type-ahead, jumps, a list, a refusal, a problem."""
        self._press("/")
        self._window.type_ahead.edit.setText("ket an")
        yield self._picture("type-ahead")
        self._window.type_ahead.close_quietly()
        self._window.view.setFocus()
        self._press("q")
        yield self._picture("jump")
        self._escape()
        self._mark("bắt Thi và", "6", take="bắt")
        self._mark("Thi và Cường", "\\", "p", after="Sáng hôm sau")
        yield self._picture("list")
        self._mark("Sáng hôm sau", "T")
        self._mark("Sáng hôm sau", "p")
        yield self._picture("refusal", of=self._window.centralWidget())
        self._escape()
        self._mark("Trần Khắc Hiếu", "p")
        self._hands.click_chip(self._made())
        wait_until(lambda: bool(self._window.inspector.problems.isVisible()), seconds=5)
        yield self._picture("problem")
        self._escape()

    def _attributes(self) -> Iterator[Path]:
        """An article under a schema that has attributes and relations."""
        self._open_folder(ACE)
        self._open(ACE / TRIAL)
        schema = self.session.schema
        appeal, person = schema.event("Appeal"), schema.entity("PER")
        assert appeal is not None and person is not None
        self._mark("Luật sư Kiều Anh Tuấn", person.key)
        self._mark("Thắng là chủ mưu", person.key, take="Thắng")
        self._mark("Thắng, nói", person.key, take="Thắng")
        first, second = self._ids("entities")[-2:]
        self._mark("kháng cáo", *appeal.key.split())
        self._press("?", ";", ";", ";")
        yield self._picture("attributes", of=self._window.inspector)
        self._escape()
        self._hands.click_chip(second)
        self._press("+")
        self._hands.click_chip(first)
        self._settle()
        self._escape()
        self._hands.click_chip(second)
        yield self._picture("links", of=self._window.inspector)
        self._escape()
        self._mark("Kiều Anh Tuấn")
        self._window.control.table["mark_head"]()
        self._escape()
        self._hands.click_chip(self._ids("entities")[-3])
        yield self._picture("head", of=self._window.inspector, top=300)

    def _other_articles(self) -> Iterator[Path]:
        """Finished, dark, segmented and damaged ones."""
        window = self._window
        self._open_folder(ARTICLES)
        self._open(ARTICLES / FINISHED)
        yield self._picture("corpus", of=window.corpus_panel, top=300)
        window.preferences.set_all_arcs(True)
        window.preferences.set_theme("dark")
        yield self._picture("dark")
        window.preferences.set_all_arcs(False)
        window.preferences.set_theme("light")
        self._open(ARTICLES / SEGMENTED)
        yield self._picture("segmented")
        self._open_folder(DAMAGED)
        yield self._picture("read-only")
