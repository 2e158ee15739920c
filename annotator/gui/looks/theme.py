"""The colours of the window: one table of named colours for each theme, and the palette that Qt draws its widgets with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtGui import QColor, QPalette

ThemeName = Literal["light", "dark", "contrast"]


@dataclass(frozen=True, slots=True)
class Theme:
    """Named colours as ``#RRGGBB``.

    `tint` is the share of a type's colour behind annotated words, `ratio` the least contrast of coloured text (WCAG: 4.5, enhanced 7).
    """

    name: ThemeName
    window: str
    surface: str
    raised: str
    text: str
    muted: str
    quiet: str
    hairline: str
    accent: str
    accent_ink: str
    selection: str
    caret: str
    unknown: str
    wave: str
    error: str
    warning: str
    good: str
    tint: float
    disabled: str
    ratio: float = 4.5

    def colour(self, name: str) -> QColor:
        """One of the named colours for Qt."""
        return QColor(getattr(self, name))


THEMES: dict[ThemeName, Theme] = {
    "light": Theme(
        name="light", window="#F4F5F6", surface="#FFFFFF", raised="#FBFBFC", text="#1B1F23", muted="#59636E", quiet="#66707B",
        hairline="#DDE1E5", accent="#1F5FBF", accent_ink="#FFFFFF", selection="#CFE0FA", caret="#1F5FBF", unknown="#66707B",
        wave="#A84300", error="#B3261E", warning="#8A5300", good="#1E6B34", tint=0.14, disabled="#66707B",
    ),
    "dark": Theme(
        name="dark", window="#1D2024", surface="#16181B", raised="#24282D", text="#E4E7EA", muted="#A9B2BC", quiet="#8C96A1",
        hairline="#343A41", accent="#7FB0F5", accent_ink="#10141A", selection="#2B4468", caret="#8DBBFF", unknown="#98A2AD",
        wave="#F0A060", error="#FF8A80", warning="#E8B25C", good="#7CC98F", tint=0.20, disabled="#8C96A1",
    ),
    "contrast": Theme(
        name="contrast", window="#000000", surface="#000000", raised="#000000", text="#FFFFFF", muted="#F0F0F0", quiet="#E0E0E0",
        hairline="#8A8A8A", accent="#FFD400", accent_ink="#000000", selection="#004FA8", caret="#FFD400", unknown="#D0D0D0",
        wave="#FFA040", error="#FF9A9A", warning="#FFD400", good="#8CFF9E", tint=0.30, disabled="#A0A0A0", ratio=7.0,
    ),
}  # fmt: skip

_ROLES: tuple[tuple[QPalette.ColorRole, str], ...] = (
    (QPalette.ColorRole.Window, "window"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.Base, "surface"),
    (QPalette.ColorRole.AlternateBase, "raised"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.PlaceholderText, "quiet"),
    (QPalette.ColorRole.Button, "raised"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.BrightText, "error"),
    (QPalette.ColorRole.Highlight, "accent"),
    (QPalette.ColorRole.HighlightedText, "accent_ink"),
    (QPalette.ColorRole.Link, "accent"),
    (QPalette.ColorRole.LinkVisited, "accent"),
    (QPalette.ColorRole.ToolTipBase, "raised"),
    (QPalette.ColorRole.ToolTipText, "text"),
    (QPalette.ColorRole.Light, "raised"),
    (QPalette.ColorRole.Midlight, "hairline"),
    (QPalette.ColorRole.Mid, "hairline"),
    (QPalette.ColorRole.Dark, "hairline"),
    (QPalette.ColorRole.Shadow, "hairline"),
    (QPalette.ColorRole.Accent, "accent"),
)


def qt_palette(theme: Theme) -> QPalette:
    """The palette of widgets under `theme`; what is disabled reads quieter."""
    palette = QPalette()
    for role, name in _ROLES:
        palette.setColor(role, theme.colour(name))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("disabled"))
    return palette


def style_sheet(theme: Theme) -> str:
    """What a palette cannot say: hairlines for frames, quiet headers, buttons that are flat until the pointer is over them."""
    return f"""
QMainWindow::separator {{ background: {theme.hairline}; width: 1px; height: 1px; }}
QToolTip {{ color: {theme.text}; background: {theme.raised}; border: 1px solid {theme.hairline}; padding: 4px; }}
QToolBar {{ border: 0; border-bottom: 1px solid {theme.hairline}; background: {theme.window}; spacing: 2px; padding: 3px 6px; }}
QStatusBar {{ border-top: 1px solid {theme.hairline}; background: {theme.window}; color: {theme.muted}; }}
QStatusBar::item {{ border: 0; }}
QToolButton {{ border: 1px solid transparent; border-radius: 5px; padding: 3px 6px; }}
QToolButton:hover {{ border-color: {theme.hairline}; background: {theme.raised}; }}
QToolButton:checked {{ background: {theme.selection}; color: {theme.text}; }}
QToolButton:focus {{ border-color: {theme.accent}; }}
QPushButton {{ border: 1px solid {theme.hairline}; border-radius: 5px; padding: 4px 12px; background: {theme.raised};
    color: {theme.text}; }}
QPushButton:hover {{ border-color: {theme.quiet}; }}
QPushButton:pressed, QPushButton:checked {{ background: {theme.selection}; }}
QPushButton:default {{ border-color: {theme.quiet}; }}
QPushButton:focus {{ border-color: {theme.accent}; }}
QPushButton:disabled {{ color: {theme.disabled}; background: {theme.window}; }}
QTabWidget::pane {{ border: 0; border-top: 1px solid {theme.hairline}; }}
QTabBar::tab {{ border: 0; border-bottom: 2px solid transparent; padding: 6px 12px; color: {theme.muted}; background: transparent; }}
QTabBar::tab:hover {{ color: {theme.text}; }}
QTabBar::tab:selected {{ color: {theme.text}; border-bottom-color: {theme.accent}; }}
QTabBar::tab:focus {{ color: {theme.text}; background: {theme.selection}; }}
QLineEdit, QPlainTextEdit, QComboBox {{ border: 1px solid {theme.hairline}; border-radius: 5px; padding: 4px 6px;
    background: {theme.surface}; color: {theme.text}; selection-background-color: {theme.accent}; selection-color: {theme.accent_ink}; }}
QLineEdit, QPlainTextEdit {{ placeholder-text-color: {theme.quiet}; }}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border-color: {theme.accent}; }}
QListView, QTreeView, QTableView {{ border: 0; background: {theme.window}; outline: 0; }}
QTableView {{ selection-background-color: {theme.selection}; selection-color: {theme.text}; }}
QTreeView::item:selected {{ background: {theme.selection}; color: {theme.text}; }}
QScrollBar:vertical {{ background: transparent; width: 11px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 0; }}
QScrollBar::handle {{ background: {theme.hairline}; border-radius: 4px; margin: 2px; min-height: 28px; min-width: 28px; }}
QScrollBar::handle:hover {{ background: {theme.quiet}; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QHeaderView::section {{ background: {theme.window}; color: {theme.muted}; border: 0; border-bottom: 1px solid {theme.hairline};
    padding: 4px 6px; }}
#type-ahead {{ background: {theme.raised}; border: 1px solid {theme.quiet}; border-radius: 6px; }}
QSplitter::handle {{ background: {theme.hairline}; }}
QMenuBar {{ background: {theme.window}; }}
QMenu {{ background: {theme.raised}; border: 1px solid {theme.hairline}; padding: 4px; }}
QMenu::item {{ padding: 3px 24px 3px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {theme.selection}; color: {theme.text}; }}
QMenu::separator {{ height: 1px; background: {theme.hairline}; margin: 4px 8px; }}
"""
