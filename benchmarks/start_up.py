"""Starting: the command line against bare Python, the empty window against a bare window of PySide6.

    .venv/bin/python benchmarks/start_up.py
"""

from __future__ import annotations

import sys

from measure import Report, own_folders, side_by_side

ROUNDS = 9
HELP_LIMIT = 12.0
WINDOW_LIMIT = 3.5

# Both end as soon as the event loop has nothing left to do, that is once the window stands drawn.
BARE_WINDOW = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.resize(1440, 900)
window.show()
QTimer.singleShot(0, application.quit)
application.exec()
"""
OUR_WINDOW = """
from PySide6.QtCore import QCoreApplication, QTimer
from annotator.gui.app import open_window
window = open_window([])
application = QCoreApplication.instance()
QTimer.singleShot(0, application.quit)
application.exec()
"""


def main() -> int:
    """Exit status: 1 if a ratio is over its limit."""
    report = Report()
    python = sys.executable
    with own_folders() as env:
        help_ = side_by_side({"bare": [python, "-c", "pass"], "ours": [python, "-m", "annotator", "--help"]}, env, rounds=ROUNDS)
        window = side_by_side({"bare": [python, "-c", BARE_WINDOW], "ours": [python, "-c", OUR_WINDOW]}, env, rounds=ROUNDS)
    for what, best, limit in (("annotator --help : bare Python", help_, HELP_LIMIT), ("empty window : bare window", window, WINDOW_LIMIT)):
        detail = f"{best['ours'] * 1000:.0f} ms : {best['bare'] * 1000:.0f} ms"
        report.figure(what, best["ours"] / best["bare"], limit=limit, unit="x", detail=detail)
    return report.status


if __name__ == "__main__":
    sys.exit(main())
