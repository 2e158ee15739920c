"""The pages of the formats: the table of formats and its facts, each format with a sample that its writer has written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.formats.account import COUNTED
from annotator.formats.facts import FEATURES, LAYER_OF, Feature, Held, counting, features
from annotator.formats.offered import offered
from annotator.formats.table import FORMATS, Format
from annotator.messages import Language, say

from .format_wording import ABOUT, LAYOUTS, OPTIONS, WORDING
from .markdown import page, table
from .sample_set import BINARY, TEXT, sample

_SOURCES = "annotator/formats/table.py and facts.py"
_BECOMES: dict[str, Held] = {"kept": "whole", "changed": "changed", "left-out": "out"}
# The page that is named for both languages.
_DOOR = """\
What each format keeps, what it changes, what it leaves out, how it counts, and a sample of each, generated from the program's table of \
formats: [in English](en/formats.md), [bằng tiếng Việt](vi/formats.md)."""


def formats_page(language: Language) -> str:
    """The page in one language."""
    return page(
        _word("title", language),
        _word("intro", language),
        f"## {_word('glance', language)}",
        _glance(language),
        _word("all-choices", language),
        _word("also-intro", language).format(features=_named([name for name in FEATURES if name not in LAYER_OF], language)),
        _word("sample-intro", language).format(text=TEXT),
        *(block for row in FORMATS.values() for block in _format(row, language)),
        sources=_SOURCES,
    )


def door_page() -> str:
    """``docs/formats.md``: the way to both languages, and to each format in both."""
    rows = [
        (f"`{name}`", _ways(row, "en"), f"[{name}](en/formats.md#{name})", f"[{name}](vi/formats.md#{name})")
        for name, row in FORMATS.items()
    ]
    return page("Formats", _DOOR, table(("format", "ways", "English", "tiếng Việt"), rows), sources=_SOURCES)


def _glance(language: Language) -> str:
    def mark(is_there: bool) -> str:
        return _word("yes" if is_there else "no", language)

    heads = [_word(key, language) for key in ("name", "file", "out", "in")] + [say(f"layer.{layer}", language).lower() for layer in COUNTED]
    rows = [
        (f"[{name}](#{name})", f"`{row.suffix}`", mark(row.writes), mark(row.reads), *(mark(layer in row.holds) for layer in COUNTED))
        for name, row in FORMATS.items()
    ]
    return table(heads, rows)


def _format(row: Format, language: Language) -> Iterator[str]:
    yield f"## {row.name}"
    yield ABOUT[row.name][language]
    yield "\n".join(f"- **{name}**: {said}." for name, said in _facts(row, language))
    if row.name in BINARY:
        yield _word("record", language)
    yield f"```text\n{sample(row.name, language)}\n```"


def _facts(row: Format, language: Language) -> Iterator[tuple[str, str]]:
    extra = f", {_word('extra', language).format(extra=row.extra)}" if row.extra else ""
    yield _word("ways", language), f"{_ways(row, language)}, `{row.suffix}`, {LAYOUTS[row.layout][language]}{extra}"
    lacking = [say(f"layer.{layer}", language).lower() for layer in COUNTED if layer not in row.holds]
    holding = ", ".join(say(f"layer.{layer}", language).lower() for layer in row.holds)
    lacks = f"; {_word('lacks', language).format(layers=', '.join(lacking))}" if lacking else ""
    yield _word("layers", language), holding + lacks
    yield _word("counts", language), ", ".join(say(key, language) for key in counting(row.name)[1])
    for word, becomes in _BECOMES.items():
        none = "plain" if word == "kept" else "nothing"
        yield _word(word, language), _named([name for name in features(row, becomes) if name in LAYER_OF], language, none=none)
    yield _word("also", language), _named([name for name in features(row, "whole") if name not in LAYER_OF], language)
    # Layers are a value of the option that the format has anyway.
    own = [choice for choice in offered(row.name) if choice != "layers"] if row.writes else []
    if own:
        yield _word("choices", language), ", ".join(f"`{option}`" for choice, option in OPTIONS.items() if choice in own)


def _named(names: Sequence[Feature], language: Language, *, none: str = "nothing") -> str:
    """The features in words, parted by semicolons: some have commas within; the word `none` where there is none."""
    return "; ".join(say(f"feature.{name}", language) for name in names) or _word(none, language)


def _ways(row: Format, language: Language) -> str:
    return _word("both" if row.reads and row.writes else "only-out" if row.writes else "only-in", language)


def _word(key: str, language: Language) -> str:
    return WORDING[key][language]
