"""The main window: its panes put together and bound to the desk."""

from .main import MainWindow

__all__ = ["MainWindow"]
