"""How the window looks and speaks: theme, language, zoom and fonts, handed to every widget that draws or says something."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from annotator import messages
from annotator.core.errors import AnnotatorError
from annotator.core.schema import Language, Schema, Wording

from .theme import THEMES, Theme, ThemeName

ZOOMS = (0.75, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0, 2.5, 3.0)
_TEXT_PIXELS = 16
# The letters that fonts leave out first: horn and stacked tone marks, and the sign of the đồng.
_VIETNAMESE = "ăâđêôơưĂÂĐÊÔƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ₫"
_PREFERRED = ("Noto Sans", "Roboto", "Segoe UI", "SF Pro Text", "Helvetica Neue", "Liberation Sans", "Arial", "DejaVu Sans")


class Look(QObject):
    """Theme, language and zoom of one window. `changed` says that everything should be drawn and worded anew."""

    changed = Signal()

    def __init__(self, *, language: Language, theme: ThemeName = "light", zoom: float = 1.0) -> None:
        super().__init__()
        self.language: Language = language
        self.theme: Theme = THEMES[theme]
        self.zoom = zoom
        self.family = reading_family()
        self.text_family = self.family
        self.spacing = 1.0
        self.width = 84

    def set_theme(self, name: ThemeName) -> None:
        self.theme = THEMES[name]
        self.changed.emit()

    def set_language(self, language: Language) -> None:
        self.language = language
        self.changed.emit()

    def set_reading(self, *, family: str, spacing: float, width: int) -> None:
        """How the article is set: a font family (empty, or without all of Vietnamese: the window's own), the share of the usual line
        height, and the most characters on a line.
        """
        own = family and family in QFontDatabase.families() and covers_vietnamese(family)
        self.text_family, self.spacing, self.width = family if own else self.family, spacing, width
        self.changed.emit()

    def zoom_to(self, zoom: float) -> None:
        self.zoom = zoom
        self.changed.emit()

    def zoom_by(self, steps: int) -> None:
        """A step up or down the ladder of zooms; 0 goes back to 100 %."""
        nearest = min(range(len(ZOOMS)), key=lambda rank: abs(ZOOMS[rank] - self.zoom))
        self.zoom = 1.0 if steps == 0 else ZOOMS[max(0, min(len(ZOOMS) - 1, nearest + steps))]
        self.changed.emit()

    def say(self, key: str, /, **where: str | int) -> str:
        """The sentence of `key` in the window's language."""
        return messages.say(key, self.language, **where)

    def explain(self, error: AnnotatorError) -> str:
        return messages.explain(error, self.language)

    def wording(self, wording: Wording, name: str) -> str:
        """A schema's text in the window's language, or `name` where it has none."""
        return wording.said(self.language) or name

    def type_label(self, schema: Schema, name: str) -> str:
        """The label of an entity, event or relation type; the bare name where the schema lacks it."""
        found = schema.entity(name) or schema.event(name) or schema.relation(name)
        return self.wording(found.label, name) if found else name

    def role_label(self, schema: Schema, name: str) -> str:
        found = schema.role(name)
        return self.wording(found.label, name) if found else name

    def text_font(self) -> QFont:
        """The font of the article at the present zoom."""
        font = self._font(_TEXT_PIXELS * self.zoom)
        font.setFamily(self.text_family)
        return font

    def chip_font(self) -> QFont:
        """The font of label chips: 10 to 11 pixels at 100 %."""
        font = self._font(max(10.5 * self.zoom, 10.0))
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def interface_font(self) -> QFont:
        return self._font(13)

    def _font(self, pixels: float) -> QFont:
        font = QFont(self.family)
        font.setPixelSize(round(pixels))
        return font


def reading_family() -> str:
    """A font family that has every Vietnamese letter, or an empty name where none is installed.

    Fonts are chosen by what they cover, not by name alone: some well-known ones lack letters.
    """
    installed = QFontDatabase.families()
    known = [family for family in _PREFERRED if family in installed]
    return next((family for family in known if covers_vietnamese(family)), "") or next(filter(covers_vietnamese, _others(installed)), "")


def covers_vietnamese(family: str) -> bool:
    raw = QRawFont.fromFont(QFont(family))
    # Where no font is installed at all, Qt draws boxes and claims every letter: all have one glyph then.
    glyphs = raw.glyphIndexesForString("aơ") if raw.isValid() else []
    return len(set(glyphs)) == 2 and 0 not in glyphs and all(raw.supportsCharacter(ord(letter)) for letter in _VIETNAMESE)


def _others(installed: Iterable[str]) -> Iterable[str]:
    return (family for family in installed if family not in _PREFERRED and not QFontDatabase.isPrivateFamily(family))
