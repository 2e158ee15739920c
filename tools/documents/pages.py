"""Which pages there are, where they lie, and which of them are generated from what."""

from __future__ import annotations

from pathlib import Path

from annotator.messages import LANGUAGES, Language

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PICTURES = DOCS / "pictures"
EDITION = ROOT / "workspace" / "docs"

# In the order in which they are read.
PAGES = (
    "index", "first-article", "keys", "segmentation", "events", "working-day", "accessibility", "choices", "suggestions",
    "schemas", "schema-bkee", "schema-ace2005", "schema-vlsp", "schema-phoner", "sidecar", "troubleshooting",
)  # fmt: skip
SCHEMA_PAGES = {f"schema-{name}": name for name in ("bkee", "ace2005", "vlsp", "phoner")}


def page_path(language: Language, name: str) -> Path:
    return DOCS / language / f"{name}.md"


def generated() -> dict[tuple[Language, str], str]:
    """The text of every generated page by language and name."""
    from .keys import keys_page
    from .schema_pages import schema_page

    pages: dict[tuple[Language, str], str] = {}
    for language in LANGUAGES:
        pages[language, "keys"] = keys_page(language)
        pages |= {(language, page): schema_page(name, language) for page, name in SCHEMA_PAGES.items()}
    return pages
