"""Reads the house from its syntax trees: its modules, what each imports and where, and the rules broken."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

PACKAGE = "annotator"
LINES_MOST = 400

_GROUND = ("core", "resources")
_BELOW_TASKS = (*_GROUND, "messages", "segment", "store", "formats", "settings", "review", "suggest")

# Part of the house → the parts it may import. Its own modules and `annotator/__init__.py` are free to all.
MAY_IMPORT: Mapping[str, tuple[str, ...]] = {
    "core": (),
    "resources": (),
    "messages": _GROUND,
    "segment": _GROUND,
    "store": _GROUND,
    "formats": _GROUND,
    "settings": _GROUND,
    "review": _GROUND,
    "suggest": (*_GROUND, "formats"),
    "tasks": _BELOW_TASKS,
    "cli": (*_BELOW_TASKS, "tasks"),
    "gui": (*_BELOW_TASKS, "tasks"),
    "__main__": (*_BELOW_TASKS, "tasks", "cli", "gui"),
}

# The same inside gui, by folder or file there. `flat` are the files that lie in no folder and have no row of their own.
FLAT = "flat"
_PANES = ("canvas", "panels", "dialogs")
_BELOW = ("looks", "work", "desk", "keys", FLAT)
GUI_MAY_IMPORT: Mapping[str, tuple[str, ...]] = {
    "looks": (),
    "work": (),
    "desk": ("work",),
    "keys": ("looks", "work"),
    FLAT: ("looks",),
    "canvas": ("looks", "work"),
    "panels": ("looks", "work"),
    "dialogs": ("looks", "work", "keys", "desk", FLAT),
    "window": (*_PANES, *_BELOW),
    "app": ("window", *_PANES, *_BELOW),
    "hands": ("canvas", *_BELOW),
    "render": ("app", "window", *_PANES, *_BELOW),
    "tour": ("app", "hands", "window", *_PANES, *_BELOW),
    "album": ("app", "hands", "window", *_PANES, *_BELOW),
}

CORE_LIBRARIES = frozenset({"regex", "sortedcontainers"})
SCREEN_LIBRARIES = frozenset({"PySide6", "shiboken6"})


@dataclass(frozen=True)
class Import:
    """One import: the module named, its line, and whether it runs as soon as the file is read."""

    name: str
    line: int
    at_once: bool


@dataclass(frozen=True)
class Module:
    """A file of the package: its dotted name below ``annotator`` and its imports, lazy and type-checking ones included."""

    name: str
    path: Path
    imports: tuple[Import, ...]

    @property
    def part(self) -> str:
        return self.name.split(".")[0]


def read_house(root: Path) -> dict[str, Module]:
    """The modules under `root`/annotator by dotted name; ``""`` is the package itself."""
    package = root / PACKAGE
    paths = {_dotted(path.relative_to(package)): path for path in sorted(package.rglob("*.py"))}
    return {name: Module(name, path, tuple(_imports(path, name, known=paths))) for name, path in paths.items()}


def _dotted(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path: Path, name: str, *, known: Mapping[str, Path]) -> Iterator[Import]:
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    lazy = {id(node) for function in ast.walk(tree) if isinstance(function, _FUNCTIONS) for node in ast.walk(function)}
    for node in ast.walk(tree):
        for target in _targets(node, path, name=name, known=known):
            yield Import(target, node.lineno, id(node) not in lazy)  # type: ignore[attr-defined]


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def _targets(node: ast.AST, path: Path, *, name: str, known: Mapping[str, Path]) -> Iterator[str]:
    """The modules a node imports; ``from package import module`` counts as the module, a name spelled out to import_module too."""
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names)
        case ast.ImportFrom(module=module, names=names, level=level):
            origin = _absolute(module or "", name if path.name == "__init__.py" else name.rpartition(".")[0], level=level)
            for alias in names:
                whole = f"{origin}.{alias.name}"
                yield whole if whole.removeprefix(f"{PACKAGE}.") in known else origin
        case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called), args=[ast.Constant(value=str(target)), *_]):
            if called in {"__import__", "import_module"}:
                yield target


def _absolute(module: str, package: str, *, level: int) -> str:
    if not level:
        return module
    parts = [PACKAGE, *filter(None, package.split("."))]
    return ".".join([*parts[: len(parts) - level + 1], *filter(None, [module])])


def ours(target: str) -> str | None:
    """The dotted name below ``annotator`` of a module of ours, None for others."""
    return target.removeprefix(PACKAGE).removeprefix(".") if target.split(".")[0] == PACKAGE else None


def gui_part(name: str) -> str:
    """The layer of a module of gui."""
    inner = name.split(".")[1]
    return inner if inner in GUI_MAY_IMPORT else FLAT


def broken_layers(house: Mapping[str, Module]) -> Iterator[str]:
    """Imports that MAY_IMPORT or GUI_MAY_IMPORT does not allow, and parts that have no row there."""
    for module in house.values():
        if module.part and module.part not in MAY_IMPORT:
            yield f"{module.name}: {module.part} has no row in MAY_IMPORT"
            continue
        for found in module.imports:
            target = ours(found.name)
            if target and not _allowed(module.name, target):
                yield f"{module.name}:{found.line} imports {found.name}"


def _allowed(name: str, target: str) -> bool:
    part, other = name.split(".")[0], target.split(".")[0]
    if part != other:
        return part != "" and other in MAY_IMPORT[part]
    if part != "gui" or name == "gui" or target == "gui":
        return not (name == "gui" and target != "gui")
    layer, below = gui_part(name), gui_part(target)
    return layer == below or below in GUI_MAY_IMPORT[layer]


def circles(house: Mapping[str, Module]) -> list[str]:
    """The modules of the first circle of imports, empty where there is none. Lazy imports close circles too."""
    graph = {name: {target for found in module.imports if (target := ours(found.name)) in house} - {name} for name, module in house.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def foreign_in_core(house: Mapping[str, Module]) -> Iterator[str]:
    """What core imports beyond the standard library and its two libraries."""
    allowed = sys.stdlib_module_names | CORE_LIBRARIES | {PACKAGE}
    for module in house.values():
        for found in module.imports:
            if module.part == "core" and found.name.split(".")[0] not in allowed:
                yield f"{module.name}:{found.line} imports {found.name}"


def screen_outside_gui(house: Mapping[str, Module]) -> Iterator[str]:
    """Imports of Qt anywhere but in gui, and imports of gui that run when `__main__` is read."""
    for module in house.values():
        for found in module.imports:
            if module.part != "gui" and found.name.split(".")[0] in SCREEN_LIBRARIES:
                yield f"{module.name}:{found.line} imports {found.name}"
            if module.part == "__main__" and found.at_once and (ours(found.name) or "").split(".")[0] == "gui":
                yield f"{module.name}:{found.line} imports {found.name} at once"


def long_files(root: Path) -> Iterator[str]:
    """Python files of more than LINES_MOST lines, in every folder of ours."""
    for folder in (PACKAGE, "tests", "tools", "benchmarks"):
        for path in sorted((root / folder).rglob("*.py")):
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > LINES_MOST:
                yield f"{path.relative_to(root)} has {lines} lines"
