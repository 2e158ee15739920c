"""Which pages there are, where they lie, and which of them are generated from what."""

from __future__ import annotations

from pathlib import Path

from annotator.messages import LANGUAGES, Language

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PICTURES = DOCS / "pictures"
RECIPES = DOCS / "recipes"
EDITION = ROOT / "workspace" / "docs"

# In the order in which they are read.
PAGES = (
    "index", "first-article", "keys", "segmentation", "events", "working-day", "accessibility", "suggestions", "choices", "formats",
    "recipe-spacy", "recipe-crf",
    "schemas", "schema-bkee", "schema-ace2005", "schema-vlsp", "schema-phoner", "sidecar", "troubleshooting",
)  # fmt: skip
QUOTING = ("recipe-spacy", "recipe-crf")
SCHEMA_PAGES = {f"schema-{name}": name for name in ("bkee", "ace2005", "vlsp", "phoner")}


def page_path(language: Language, name: str) -> Path:
    return DOCS / language / f"{name}.md"


def generated() -> dict[Path, str]:
    """The text of every page that is generated or quotes a file."""
    from .format_pages import door_page, formats_page
    from .keys import keys_page
    from .quoting import quoting
    from .schema_pages import schema_page

    pages = {DOCS / "formats.md": door_page()}
    for language in LANGUAGES:
        pages[page_path(language, "keys")] = keys_page(language)
        pages[page_path(language, "formats")] = formats_page(language)
        pages |= {page_path(language, page): schema_page(name, language) for page, name in SCHEMA_PAGES.items()}
        pages |= {page_path(language, name): quoting(page_path(language, name).read_text("utf-8")) for name in QUOTING}
    return pages
