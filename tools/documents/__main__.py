"""The one command: makes pictures, generated pages and the HTML edition."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from .edition import write_edition
from .pages import EDITION, PICTURES, ROOT, generated


def main(arguments: Sequence[str]) -> int:
    """Exit status: 0 when all was written, 2 at a word that is not understood."""
    if any(word != "--pages" for word in arguments):
        print("usage: python -m tools.documents [--pages]", file=sys.stderr)
        return 2
    if "--pages" not in arguments:
        # Qt is loaded only where pictures are asked for.
        from annotator.gui.album import make_album

        taken = make_album(PICTURES)
        print(f"{len(taken)} pictures, {sum(path.stat().st_size for path in taken) // 1000} kB")
    for path, text in generated().items():
        path.write_text(text, encoding="utf-8")
    print(f"{write_edition(EDITION)} pages in {EDITION.relative_to(ROOT)}: open {EDITION.relative_to(ROOT)}/index.html")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
