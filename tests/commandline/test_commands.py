"""The commands as a person or a script meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator import __version__
from annotator.cli.syntax import COMMANDS
from annotator.segment import default_segmenter
from tests.commandline.conftest import Annotate
from tests.tasks.corpora import BESIDE, RAW, bytes_below, make_brat, make_corpus


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_help_is_whole_in_both_languages(annotate: Annotate, command: tuple[str, ...], language: str) -> None:
    said = annotate(*command, "--help", language=language)
    assert said.status == 0 and said.err == ""
    assert said.out.startswith({"en": "Usage: annotator", "vi": "Cách dùng: annotator"}[language])
    assert "cli." not in said.out and ("Options" in said.out) is (language == "en") and "[default" not in said.out
    assert annotate(*command, "-h", language=language).out == said.out


def test_version(annotate: Annotate) -> None:
    assert annotate("--version").out == f"annotator {__version__}\n"


def test_import_check_stats_export(annotate: Annotate, tmp_path: Path) -> None:
    source, corpus, out = make_brat(tmp_path / "brat"), tmp_path / "kho", tmp_path / "out"
    said = annotate("import", "brat", source, corpus)
    assert said.status == 0 and said.err == ""
    assert "bkee" in said.out and "entities: 6, events: 2, arguments: 4" in said.out
    assert annotate("check", corpus).status == 0
    assert "Entities\t6\n" in annotate("stats", corpus).out
    said = annotate("export", "conll", corpus, out)
    assert said.status == 0 and "Events\t2\t0\t0\t2\n" in said.out and sorted(bytes_below(out).keys() - BESIDE) == ["all.conll"]
    said = annotate("export", "brat", corpus, tmp_path / "back", language="vi")
    assert said.status == 0 and "Không có gì bị thay đổi hay bị bỏ" in said.out
    assert bytes_below(tmp_path / "back")["tin-1.txt"] == RAW.encode()


def test_json_is_one_line_and_the_last(annotate: Annotate, tmp_path: Path) -> None:
    source, corpus = make_brat(tmp_path / "brat"), tmp_path / "kho"
    for arguments in (
        ("import", "brat", source, corpus),
        ("check", corpus),
        ("stats", corpus),
        ("export", "conll", corpus, tmp_path / "out"),
        ("formats",),
        ("schemas",),
    ):
        said = annotate(*arguments, "--json")
        assert said.status == 0 and said.out.count("\n") == 1, arguments
        json.loads(said.out)


def test_the_account_of_an_export(annotate: Annotate, tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    account = json.loads(annotate("export", "conll", corpus, tmp_path / "out", "--json").out)
    assert (account["annotations"], account["whole"], account["changed"], account["left_out"]) == (12, 6, 0, 6)
    assert account["layers"]["events"] == {"annotations": 2, "whole": 0, "changed": 0, "left_out": 2}
    assert {"document", "id", "start", "end", "what"} <= account["losses"][0].keys()


def test_check_tells_file_offsets_and_severity(annotate: Annotate, tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    broken = corpus / "tin-1.txt.ann.json"
    broken.write_bytes(broken.read_bytes()[:60])
    before = bytes_below(corpus)
    said = annotate("check", corpus, "--json")
    held = json.loads(said.out)
    assert said.status == 1 and (held["errors"], held["warnings"]) == (1, 0)
    assert held["problems"][0] | {"message": ""} == {
        "document": "tin-1.txt", "code": "sidecar-damaged", "severity": "error", "ids": [], "start": 0, "end": 0, "message": "",
    }  # fmt: skip
    said = annotate("check", corpus, language="vi")
    assert said.status == 1 and "tin-1.txt: lỗi: " in said.out and bytes_below(corpus) == before


def test_units_schemes_and_splits_reach_the_files(annotate: Annotate, tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    for unit, token in (("word", "Công_an\tB-ORG"), ("syllable", "Công\tB-ORG\nan\tI-ORG")):
        annotate("export", "conll", corpus, tmp_path / unit, "--unit", unit)
        assert token in (tmp_path / unit / "all.conll").read_text(encoding="utf-8")
    annotate("export", "conll", corpus, tmp_path / "b", "--scheme", "bioes", "--split", "0.5/0/0.5", "--seed", "3")
    parts = {name: raw for name, raw in bytes_below(tmp_path / "b").items() if name not in BESIDE}
    assert sorted(parts) == ["test.conll", "train.conll"] and b"\tS-" in b"".join(parts.values())


def test_segment(annotate: Annotate, tmp_path: Path) -> None:
    path = tmp_path / "bài.txt"
    path.write_bytes("Sinh viên học\ttiếng Việt.\r\nHết".encode())
    said = annotate("segment", path)
    assert said.status == 0 and said.out == "Sinh_viên học\ttiếng Việt .\r\nHết\n"
    held = json.loads(annotate("segment", path, "--as", "json").out)
    assert held["name"] == "bài.txt" and held["words"][:2] == [[0, 9], [10, 13]]
    assert [tuple(word) for word in held["words"]] == [*default_segmenter().words("Sinh viên học\ttiếng Việt.\r"), (27, 30)]
    assert annotate("segment", path, "-o", tmp_path / "tách.txt").status == 0
    assert (tmp_path / "tách.txt").read_bytes() == "Sinh_viên học\ttiếng Việt .\r\nHết".encode()
    assert annotate("segment", path, "-o", path).status == 2 and path.read_bytes().startswith("Sinh viên".encode())


def test_one_bad_file_does_not_stop_the_others(annotate: Annotate, tmp_path: Path) -> None:
    good, bad = tmp_path / "tốt.txt", tmp_path / "rỗng.txt"
    good.write_text("Một câu.\n", encoding="utf-8")
    bad.write_bytes(b"")
    said = annotate("segment", bad, good)
    assert said.status == 2 and said.out == "Một câu .\n" and "rỗng.txt" in said.err and said.err.count("\n") == 1


def test_formats_and_schemas(annotate: Annotate) -> None:
    names = {row["name"]: row for row in json.loads(annotate("formats", "--json").out)}
    assert {"brat", "conll", "conll2003", "phoner", "jsonl"} <= names.keys()
    assert names["brat"]["reads"] and names["conll"]["suffix"] == ".conll"
    assert "brat\t.ann\treads, writes\t" in annotate("formats").out and "nhập, xuất" in annotate("formats", language="vi").out
    assert [row["name"] for row in json.loads(annotate("schemas", "--json").out)] == ["bkee", "ace2005", "vlsp", "phoner"]
    assert "13 loại thực thể, 33 loại sự kiện" in annotate("schemas", language="vi").out


def test_paths_open_the_window(annotate: Annotate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "export").mkdir()
    (tmp_path / "-x.txt").write_bytes(b"a")
    assert annotate().shown == () and annotate().status == 0
    assert annotate(tmp_path).shown == (str(tmp_path),)
    assert annotate("./export").shown == ("./export",)
    assert annotate("--", "-x.txt").shown == ("-x.txt",)


def test_tour_and_picture_are_handed_on(annotate: Annotate, tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_bytes(b"a")
    assert annotate("tour", tmp_path / "t").shown == (tmp_path / "t",)
    assert annotate("render", article, "-o", tmp_path / "a.PNG").shown == (article, tmp_path / "a.PNG")
