"""Files quoted on a page: what stands in the block under ``<!-- quoted from PATH -->`` is the file, word for word."""

from __future__ import annotations

import re

from .pages import DOCS

_QUOTED = re.compile(r"(<!-- quoted from (\S+): change that, not this page -->\n```\w+\n).*?(?<=\n)(```\n)", re.DOTALL)


def quoting(text: str) -> str:
    """A page with its quotations made anew; paths are below ``docs``."""
    return _QUOTED.sub(lambda block: f"{block[1]}{(DOCS / block[2]).read_text(encoding='utf-8')}{block[3]}", text)
