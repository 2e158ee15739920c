"""A small folder in brat's format and the corpus made of it: two articles, one raw and one segmented, with entities and events."""

from __future__ import annotations

from pathlib import Path

from annotator.tasks.importing import import_corpus

RAW = "Hai nghi phạm bị bắt ở Đồng Nai.\nÔng Lê Văn Tám nhập viện ngày 2/9.\n"
SEGMENTED = "Công_an tỉnh Bình_Dương bắt_giữ ba người .\r\nVụ việc xảy ra hôm 3/4 .\r\n"

# What lies beside the data of every set of tokens.
BESIDE = {"labels.json", "manifest.json", "schema.json", "tokens.jsonl"}


def _ann(text: str, *rows: tuple[str, str, str], more: tuple[str, ...] = ()) -> str:
    lines = []
    for key, kind, surface in rows:
        start = text.index(surface)
        lines.append(f"{key}\t{kind} {start} {start + len(surface)}\t{surface}")
    return "\n".join([*lines, *more, ""])


def make_brat(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "tin-1.txt").write_bytes(RAW.encode())
    (folder / "tin-1.ann").write_text(
        _ann(
            RAW,
            ("T1", "PER", "Hai nghi phạm"),
            ("T2", "GPE", "Đồng Nai"),
            ("T3", "Arrest-jail", "bắt"),
            ("T4", "PER", "Ông Lê Văn Tám"),
            ("T5", "TIME", "ngày 2/9"),
            more=("E1\tArrest-jail:T3 Person-Arg:T1 Place-Arg:T2",),
        ),
        encoding="utf-8",
    )
    (folder / "sâu").mkdir()
    (folder / "sâu" / "tin 2.txt").write_bytes(SEGMENTED.encode())
    (folder / "sâu" / "tin 2.ann").write_text(
        _ann(
            SEGMENTED,
            ("T1", "ORG", "Công_an tỉnh Bình_Dương"),
            ("T2", "PER", "ba người"),
            ("T3", "Arrest-jail", "bắt_giữ"),
            more=("E1\tArrest-jail:T3 Agent-Arg:T1 Person-Arg:T2",),
        ),
        encoding="utf-8",
    )
    return folder


def make_corpus(folder: Path) -> Path:
    """The corpus of `make_brat`."""
    report = import_corpus("brat", make_brat(folder.with_name(folder.name + "-brat")), folder)
    assert report.is_whole and report.documents == 2
    return folder


def bytes_below(folder: Path) -> dict[str, bytes]:
    """Every file by its name below `folder`."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
