"""Wrong use and bad input: one line on standard error that names it and says what to do, the right exit status, nothing changed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from annotator import cli
from tests.commandline.conftest import Annotate
from tests.tasks.corpora import bytes_below, make_brat, make_corpus

ROOT = Path(__file__).resolve().parents[2]

WRONG = [
    (("exprt", "conll", "{corpus}", "{new}"), "Nearest command: export"),
    (("{new}",), "neither a file, nor a folder"),
    (("{long}",), "neither a file, nor a folder"),
    (("segment", "{new}.txt"), "{new}.txt"),
    (("segment",), "PATH"),
    (("segment", "{text}", "--as", "xml"), "underscore json"),
    (("import", "brat", "{new}", "{new}"), "{new}"),
    (("import", "brat", "{brat}", "{text}"), "not a folder"),
    (("import", "brat", "{brat}", "{new}", "--schema", "bke"), "Nearest: bkee"),
    (("export", "con1l", "{corpus}", "{new}"), "Nearest: conll"),
    (("export", "conll", "{new}", "{new}"), "{new}"),
    (("export", "conll", "{text}", "{new}"), "not a folder"),
    (("export", "conll", "{corpus}"), "OUT is missing"),
    (("export", "conll", "{corpus}", "{new}", "{text}"), "{text} is one argument too many"),
    (("export", "conll", "{corpus}", "{new}", "--units", "word"), "Nearest: --unit"),
    (("export", "conll", "{corpus}", "{new}", "--unit"), "--unit needs a value"),
    (("export", "conll", "{corpus}", "{new}", "--unit", "letter"), "word word-whole syllable"),
    (("export", "conll", "{corpus}", "{new}", "--status", "ready"), "todo doing done checked"),
    (("export", "conll", "{corpus}", "{new}", "--seed", "x"), "--seed"),
    (("export", "conll", "{corpus}", "{new}", "--split", "0.8/0.3"), "0.8/0.3 is not a valid split"),
    (("export", "brat", "{corpus}", "{corpus}"), "outside"),
    (("check", "{new}"), "{new}"),
    (("stats", "{new}"), "{new}"),
    (("render", "{text}"), "--out is missing"),
    (("render", "{text}", "-o", "{new}.gif"), ".png, .svg, .pdf or .html"),
    (("render", "{new}", "-o", "{new}.png"), "{new}"),
    (("render", "{text}", "-o", "{new}/x.png"), "{new}: there is no such folder"),
    (("render", "{text}", "-o", "{text}/x.html"), "{text}: there is no such folder"),
    (("check", "{long}"), "{long}: there is no such"),
    (("segment", "{long}"), "{long}"),
    (("import", "conll", "{long}", "{new}"), "{long}"),
    (("export", "conll", "{corpus}", "{long}"), "{long}"),
    (("render", "{long}", "-o", "{new}.png"), "{long}"),
    (("formats", "--jsn"), "Nearest: --json"),
    (("--colour",), "--colour"),
]


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize(("arguments", "told"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, tuple) else None)
def test_wrong_use_is_one_line(annotate: Annotate, tmp_path: Path, arguments: tuple[str, ...], told: str, language: str) -> None:
    text = tmp_path / "một tệp.txt"
    text.write_text("Một câu.\n", encoding="utf-8")
    names = {"new": tmp_path / "chưa có", "long": tmp_path / ("dài" * 99)}
    places = names | {"text": text, "corpus": make_corpus(tmp_path / "kho"), "brat": make_brat(tmp_path / "brat")}
    before = bytes_below(tmp_path)
    said = annotate(*(part.format(**places) for part in arguments), language=language)
    assert said.status == 2 and said.out == "" and said.shown == ()
    assert said.err.startswith("annotator: ") and said.err.count("\n") == 1 and "{" not in said.err and "error." not in said.err
    if language == "en":
        assert told.format(**places) in said.err
    assert bytes_below(tmp_path) == before


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ('name = "x"\nbanana = 1\n', "line 2: a label schema has no banana"),
        ('name = "x"\n[[entity]]\nname = "A"\nkey = "b"\n[[entity]]\nname = "B"\nkey = "b"\n', "line 7: the key b of B already belongs"),
        ('name = "x"\n[[entity]]\nname = "A"\n[[event]]\nname = "E"\nroles = [{role = "R", fillers = ["A"]}]\n', "line 6: E has the"),
    ],
)
def test_a_wrong_schema_is_told_with_its_line(annotate: Annotate, tmp_path: Path, schema: str, told: str) -> None:
    corpus = make_corpus(tmp_path / "kho")
    (corpus / "mine.toml").write_text(schema, encoding="utf-8")
    (corpus / "annotator.toml").write_text('schema = "mine.toml"\n', encoding="utf-8")
    said = annotate("check", corpus)
    assert said.status == 2 and told in said.err and "mine.toml" in said.err and said.err.count("\n") == 1


def test_what_was_not_taken_whole_is_listed(annotate: Annotate, tmp_path: Path) -> None:
    source = make_brat(tmp_path / "brat")
    with (source / "tin-1.ann").open("a", encoding="utf-8") as file:
        file.write("T9\tPER 0 3\tBốn\n")
    said = annotate("import", "brat", source, tmp_path / "kho")
    assert said.status == 1 and "tin-1:7 T9: the text has something else there (Bốn)" in said.out
    said = annotate("import", "brat", source, tmp_path / "kho")
    assert said.status == 1 and said.err.count("\n") == 2 and "tin-1.txt" in said.err


def test_an_unreadable_document_is_left_out_of_an_export(annotate: Annotate, tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    (corpus / "cũ.txt").write_bytes("TiÕng ViÖt ®Çy ®ñ dÊu thanh, ch÷ nghÜa".encode("latin-1"))
    said = annotate("export", "jsonl", corpus, tmp_path / "out")
    assert said.status == 1 and "cũ.txt" in said.err and (tmp_path / "out" / "all.jsonl").read_bytes().count(b"\n") == 2


def test_counts_without_an_unreadable_document_say_so(annotate: Annotate, tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    (corpus / "rỗng.txt").write_bytes(b"")
    said = annotate("stats", corpus)
    assert said.status == 1 and "Unreadable\t1\n" in said.out and "rỗng.txt" in said.err and said.err.count("\n") == 1
    said = annotate("stats", corpus, "--json")
    assert said.status == 1 and said.out.count("\n") == 1 and "rỗng.txt" in said.err


def test_a_missing_extra_names_its_remedy(annotate: Annotate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from annotator.formats.table import FORMATS, Format

    monkeypatch.setitem(FORMATS, "uima-test", Format("uima-test", ".xmi", "document", "brat_writer:write_brat", extra="uima"))
    monkeypatch.setitem(sys.modules, "cassis", None)
    said = annotate("export", "uima-test", make_corpus(tmp_path / "kho"), tmp_path / "out")
    assert said.status == 2 and 'pip install "annotator[uima]"' in said.err
    assert "annotator[uima]" in annotate("formats").out


def crash(_paths: list[str]) -> int:
    raise ZeroDivisionError("no such luck")


def test_an_error_of_our_own_is_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOTATOR_LANG", "en")
    monkeypatch.delenv("ANNOTATOR_DEBUG", raising=False)
    assert cli.main([], show=crash, tour=lambda _: 0, render=lambda _a, _b: None) == 2
    told = capsys.readouterr().err
    assert "ZeroDivisionError: no such luck" in told and told.count("\n") == 1 and "report" in told
    monkeypatch.setenv("ANNOTATOR_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        cli.main([], show=crash, tour=lambda _: 0, render=lambda _a, _b: None)


def program(*arguments: object, **environment: str) -> subprocess.Popen[bytes]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, "-m", "annotator", *map(str, arguments)]
    return subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_utf8_whatever_the_locale(tmp_path: Path) -> None:
    path = tmp_path / "bài.txt"
    path.write_text("Sinh viên học.\n", encoding="utf-8")
    plain = {"LC_ALL": "C", "LANG": "C", "PYTHONIOENCODING": "ascii"}
    out, err = program("segment", path, tmp_path / "thiếu.txt", ANNOTATOR_LANG="vi", **plain).communicate(timeout=60)
    assert out == b"" and "không có tệp" in err.decode()
    out, err = program("segment", path, ANNOTATOR_LANG="vi", **plain).communicate(timeout=60)
    assert (out.decode(), err) == ("Sinh_viên học .\n", b"")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no broken pipes of this kind")
def test_a_reader_who_has_read_enough_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "dài.txt"
    path.write_text("Sinh viên học.\n" * 20_000, encoding="utf-8")
    with program("segment", path) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b"" and running.wait(60) == 0


TERMINATED = """
import os, signal, sys
from annotator import __main__
from annotator.tasks import exporting
exporting.move = lambda stage: os.kill(os.getpid(), signal.SIGTERM)
sys.exit(__main__.main())
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without telling it")
def test_an_export_that_is_terminated_leaves_nothing(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    before = bytes_below(tmp_path)
    command = [sys.executable, "-c", TERMINATED, "export", "conll", str(corpus), str(tmp_path / "out")]
    ended = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, timeout=60, check=False)
    assert ended.returncode == 128 + signal.SIGTERM and ended.stderr == b""
    assert bytes_below(tmp_path) == before


@pytest.mark.skipif(os.name == "nt", reason="every name is text there")
def test_a_name_that_is_no_text_is_told_all_the_same(tmp_path: Path) -> None:
    with program("segment", tmp_path / os.fsdecode(b"b\xe0i\n.txt")) as running:
        _, err = running.communicate(timeout=60)
    assert running.returncode == 2 and err.count(b"\n") == 1 and b"udce0" in err
