"""What is taken out of pyvi's files is what CRFsuite finds in them; files that are not pyvi's are refused and run nothing."""

from __future__ import annotations

import importlib
import json
import os
import pickle
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import AnnotatorError
from annotator.segment import Segmenter
from annotator.segment.crfsuite import read_chain
from annotator.segment.pyvi_files import LEXICON, MODEL, pyvi_folder, unpack_model

ROOT = Path(__file__).resolve().parents[2]
LOADED = """
import json, sys
import annotator.segment
at_import = set(sys.modules)
words = annotator.segment.default_segmenter().words("quốc phòng thế giới")
print(json.dumps([words, sorted({name.split(".")[0] for name in sys.modules}), "pickle" in at_import]))
"""


@pytest.fixture(scope="module")
def model() -> bytes:
    return unpack_model((pyvi_folder() / MODEL).read_bytes())


def test_the_weights_are_those_that_crfsuite_reads(model: bytes, tmp_path: Path) -> None:
    tagger = importlib.import_module("pycrfsuite").Tagger()
    with tagger.open_inmemory(model):
        labels = tagger.labels()
        tagger.dump(str(tmp_path / "dump"))
    # One name in pyvi's model is a line break, so that the dump is not one feature a line.
    dump = (tmp_path / "dump").read_bytes().decode()
    listed = re.findall(r"^  \(([01])\) (.+?) --> (\S+): (-?\d+\.\d+)$", dump, re.DOTALL | re.MULTILINE)
    chain = read_chain(model)
    assert sorted(chain.labels) == sorted(labels)
    for sort, weights in (("0", chain.states), ("1", chain.transitions)):
        expected = {(source, target): float(weight) for kind, source, target, weight in listed if kind == sort}
        assert len(weights) > 3
        assert weights == pytest.approx(expected, abs=1e-6)


def test_the_name_tells_the_version(segmenter: Segmenter) -> None:
    assert segmenter.name == f"pyvi {version('pyvi')}"


@given(st.data())
def test_a_cut_model_is_refused(model: bytes, data: st.DataObject) -> None:
    with pytest.raises(ValueError, match=r"model|bounds|damaged"):
        read_chain(model[: data.draw(st.integers(0, len(model) - 1))])


@given(st.integers(0, 47), st.binary(min_size=1, max_size=8))
def test_a_damaged_header_is_refused_or_harmless(model: bytes, at: int, noise: bytes) -> None:
    damaged = model[:at] + noise + model[at + len(noise) :]
    try:
        chain = read_chain(damaged)
    except ValueError:
        return
    assert chain == read_chain(model)


class Intruder:
    """Makes a folder when it is unpickled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.folder),)


def installed(folder: Path, model: bytes, lexicon: bytes) -> None:
    """A package named pyvi with these files."""
    for name, content in (("__init__.py", b""), (MODEL, model), (LEXICON, lexicon)):
        path = folder / "pyvi" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def load_from(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AnnotatorError:
    monkeypatch.syspath_prepend(folder)
    for name in [name for name in sys.modules if name.split(".")[0] == "pyvi"]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(AnnotatorError) as refusal:
        Segmenter.load()
    return refusal.value


def test_a_pickle_that_runs_something_is_refused_unrun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tmp_path / "made"
    installed(tmp_path, pickle.dumps(Intruder(made)), b"")
    refusal = load_from(tmp_path, monkeypatch)
    assert refusal.code == "model-refused"
    assert refusal.where == {"path": str(tmp_path / "pyvi" / "models")}
    assert not made.exists()
    pickle.loads(pickle.dumps(Intruder(made)))
    assert made.exists()


@pytest.mark.parametrize("pickled", [b"", b"\x80\x02", b"garbage", pickle.dumps({"modelfile": 1}), pickle.dumps([1]), pickle.dumps(len)])
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pickled: bytes) -> None:
    installed(tmp_path, pickled, b"a b\n")
    assert load_from(tmp_path, monkeypatch).code == "model-refused"


def test_a_lexicon_that_is_not_text_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path, (pyvi_folder() / MODEL).read_bytes(), b"\xff\xfe")
    assert load_from(tmp_path, monkeypatch).code == "model-refused"


def test_a_missing_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(tmp_path, b"", b"")
    (tmp_path / "pyvi" / MODEL).unlink()
    refusal = load_from(tmp_path, monkeypatch)
    assert (refusal.code, refusal.where) == ("model-missing", {"path": str(tmp_path / "pyvi" / MODEL)})


def test_pyvi_itself_is_never_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    words, modules, pickle_at_import = json.loads(done.stdout)
    assert words == [[0, 10], [11, 19]]
    assert "annotator" in modules
    assert set(modules) & {"pyvi", "sklearn", "sklearn_crfsuite", "scipy", "numpy", "pycrfsuite"} == set()
    assert not pickle_at_import
