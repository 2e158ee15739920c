"""A screen reader in small: run by the system's own Python with pyatspi, it reads the program from outside and points and types into it.

It is no test itself: it prints what it saw as one line of JSON, and `test_screen_reader.py` looks at that. Positions are UTF-16.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pyatspi
from gi.repository import GLib

PATIENCE = 15.0
heard: list[tuple[str, str, int]] = []


def wait(seen: Callable[[], Any], what: str) -> Any:
    """What `seen` gives as soon as that is something; events are heard meanwhile."""
    context, end = GLib.MainContext.default(), time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if found := seen():
                return found
        except (GLib.Error, LookupError, NotImplementedError):
            pass
        GLib.timeout_add(20, lambda: False)
        context.iteration(True)
    sys.exit(f"not seen: {what}; heard: {heard}")


def hear(event: Any) -> None:
    heard.append((str(event.type), str(event.any_data), int(event.detail1)))


def was_told(kind: str, *words: str) -> Callable[[], bool]:
    return lambda: any(name.startswith(kind) and all(word in said for word in words) for name, said, _ in heard)


def walk(thing: Any) -> Iterator[Any]:
    yield thing
    for child in thing:
        if child is not None:
            yield from walk(child)


def canvas(name: str) -> Any:
    desktop = pyatspi.Registry.getDesktop(0)
    everything = (thing for app in desktop if app for thing in walk(app))
    return next((thing for thing in everything if name in thing.name and "Text" in pyatspi.listInterfaces(thing)), None)


def u16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def point(*words: str) -> str:
    return subprocess.run(["xdotool", *words], check=True, capture_output=True, text=True, timeout=10).stdout


def read(name: str, word: str) -> dict[str, Any]:
    """Everything that a reader does, in order; what was seen by name."""
    pyatspi.Registry.registerEventListener(hear, "object:text-caret-moved", "object:text-selection-changed", "object:announcement")
    article = wait(lambda: canvas(name), "the canvas")
    text = article.queryText()
    whole = text.getText(0, -1)
    start = u16(whole[: whole.index(word)])
    end = start + u16(word)
    seen: dict[str, Any] = {"role": article.getRoleName(), "name": article.name, "text": whole, "count": text.characterCount}
    seen["states"] = sorted(state.value_nick for state in article.getState().getStates())
    seen["cut out"] = text.getText(start, end)
    seen["sentence"] = text.getTextAtOffset(start, pyatspi.TEXT_BOUNDARY_SENTENCE_START)
    wait(lambda: text.getTextAtOffset(start, pyatspi.TEXT_BOUNDARY_WORD_START)[0] == word, "the word, once the machine has spoken")
    seen["paragraph behind"] = text.getTextAfterOffset(start, pyatspi.TEXT_BOUNDARY_LINE_START)

    window = wait(lambda: point("search", "--name", "Annotator").split(), "the window")[0]
    point("windowfocus", "--sync", window)
    wait(lambda: article.getState().contains(pyatspi.STATE_FOCUSED), "the canvas with the focus")
    point("key", "Right")
    wait(lambda: text.caretOffset > 0 and was_told("object:text-caret-moved")(), "the caret moved by key")
    seen["caret"] = text.caretOffset
    seen["under the caret"] = text.getSelection(0)

    first, last = (text.getCharacterExtents(at, pyatspi.DESKTOP_COORDS) for at in (start, end - 1))
    left, right = first[0], last[0] + last[2]
    seen["extents"] = [left, first[1], right - left, first[3]]
    seen["at the point"] = text.getOffsetAtPoint(first[0] + first[2] // 2, first[1] + first[3] // 2, pyatspi.DESKTOP_COORDS) - start
    point("mousemove", str((left + right) // 2), str(first[1] + first[3] // 2), "click", "--repeat", "2", "--delay", "40", "1")
    wait(lambda: text.getNSelections() == 1 and tuple(text.getSelection(0)) == (start, end), "the word selected by a double click")
    heard.clear()
    point("key", "g")
    seen["labels"] = wait(lambda: text.getAttributeRun(start, True)[0], "the label as an attribute of the text")
    seen["run"] = [at - start for at in text.getAttributeRun(start, True)[1:]]
    seen["beside"] = text.getAttributeRun(end, True)[0]
    wait(was_told("object:announcement", word), "what was done, announced")
    text.setCaretOffset(start)
    seen["description"] = wait(lambda: article.description, "the labels at the caret")
    text.addSelection(0, 3)
    seen["selected from outside"] = [list(text.getSelection(rank)) for rank in range(text.getNSelections())]
    return {**seen, "length": end - start}


if __name__ == "__main__":
    print(json.dumps(read(sys.argv[1], sys.argv[2])))
