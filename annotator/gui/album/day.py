"""Scenes of a day's work around one article: finding, tagging all, several at once, the document, guidelines, settings, reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtWidgets import QApplication, QDialog

from annotator.core.schema import Language

from ..dialogs.tag_all import TagAllDialog
from ..hands import wait_until
from ..panels.corpus_filter import WantsButton
from ..panels.corpus_model import Wants
from .camera import CTRL, SIZE, Camera
from .places import ARTICLES, FINISHED, LONG, TOPICS

Dialog = TypeVar("Dialog", bound=QDialog)
_NOTES: Final[dict[Language, str]] = {
    "en": "Ages stay outside of the person, as in the guidelines.",
    "vi": "Tuổi để ngoài nhãn người, theo hướng dẫn.",
}


class Day(Camera):
    """What is done between articles and around them."""

    def _searches(self) -> Iterator[Path]:
        """Finding in the article and in the corpus, and tagging all that was found."""
        window = self._window
        finding = window.finding
        finding.ask()
        finding.line.field.edit.setText("Thắng")
        wait_until(lambda: len(finding.hits) > 1)
        yield self._picture("find")
        finding.close()
        self._escape()
        self._hands.click_chip(self._entity("Vũ Đức Thắng"))
        self._press_ctrl("t")
        yield self._picture("several")
        self._escape()
        self._hands.click_chip(self._entity("Vũ Đức Thắng"))
        self._act("tag_all")
        shown(TagAllDialog).form.text.setText("Thắng")
        wait_until(lambda: sum(1 for _ in shown(TagAllDialog).list.places.places()) > 1)
        yield self._over("tag-all")
        self._escape()
        self._act("find_corpus")
        finding.panel.field.edit.setText("bị thương")
        finding.panel.search_button.click()
        wait_until(lambda: finding.panel.search_button.text() == window.look.say("gui.hits.search"))
        yield self._picture("corpus-hits", of=window.centre)
        finding.panel.closed.emit()
        self._escape()

    def _dialogs(self) -> Iterator[Path]:
        from ..dialogs.export import ExportDialog
        from ..dialogs.key_sheet import KeySheet

        window, corpus = self._window, self._window.desk.corpus
        assert corpus is not None
        dialog = ExportDialog(window.look, corpus, parent=window)
        dialog.form.format.setCurrentIndex(dialog.form.format.findData("conll"))
        yield self._dialog("export", dialog, ready=lambda: dialog.phase == "ready")
        yield self._dialog("key-sheet", KeySheet(window.look, window.desk.schema, parent=window), ready=lambda: True)
        self._act("settings")
        yield self._over("settings")
        self._act("shortcuts")
        yield self._over("shortcuts")

    def _around(self) -> Iterator[Path]:
        """Guidelines, filters, full screen, contrast, the document's page and the guided first run."""
        window = self._window
        self._open_folder(ARTICLES)
        self._open(ARTICLES / FINISHED)
        (funnel,) = window.corpus_panel.findChildren(WantsButton)
        funnel.set_wants(Wants(types=("Die",)))
        yield self._picture("filter", of=window.corpus_panel, top=300)
        funnel.set_wants(Wants())
        self._hands.click_chip(self._ids("events")[0])
        self._act("guidelines")
        wait_until(lambda: False, seconds=1.0)
        yield self._picture("guidelines")
        self._act("guidelines")
        self._open(ARTICLES / LONG)
        self._act("full_screen")
        # Whoever draws without a screen has a small one; another size ends the full screen there.
        window.resize(*SIZE)
        yield self._picture("reading")
        window.control.arrange()
        self._open(ARTICLES / FINISHED)
        window.preferences.set_theme("contrast")
        window.preferences.set_zoom(140)
        yield self._picture("contrast")
        window.preferences.set_theme("light")
        window.preferences.set_zoom(100)
        self._open_folder(TOPICS)
        self._escape()
        window.inspector.document_page.label_set.emit("topic", "traffic")
        window.inspector.document_page.field_set.emit("note", _NOTES[window.look.language])
        yield self._picture("document", of=window.inspector)
        self._act("first_run")
        wait_until(lambda: self._window.first_run.card is not None)
        yield self._picture("first-run")

    def _act(self, name: str) -> None:
        """Carry out an action of the menus."""
        self._window.control.table[name]()
        QApplication.processEvents()

    def _press_ctrl(self, key: str) -> None:
        self._hands.press(key, modifiers=CTRL)
        self._settle()

    def _entity(self, text: str) -> str:
        document = self.session.document
        return next(name for name, item in document.entities.items() if document.text.surface(item.spans) == text)

    def _over(self, name: str) -> Path:
        """The dialog that was just opened, and closed again."""
        dialog = shown(QDialog)
        path = self._picture(name, of=dialog)
        dialog.close()
        QApplication.processEvents()
        return path


def shown(kind: type[Dialog]) -> Dialog:
    """The dialog over the window."""
    return next(held for held in QApplication.topLevelWidgets() if isinstance(held, kind) and held.isVisible())
