from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import decisions
from annotator.core.edits import apply
from annotator.core.errors import AnnotatorError
from annotator.tasks.opening import load_article
from annotator.tasks.segmenting import Segmented, SegmentOutlet, find_articles, segment_article

PIECES = st.sampled_from(
    [*"abêđ .,\t", "Hà Nội", "giao_lưu", "quốc_phòng ", "  ", "\n", "\r\n", "29/8", "đi\u0300 học", "a_b@c.vn", "🎈", "\u00a0"]
)


def article(folder: Path, text: str) -> Path:
    path = folder / "bài.txt"
    path.write_bytes(text.encode())
    return path


@given(st.lists(PIECES, min_size=1, max_size=30).map("".join).filter(str.strip))
def test_the_words_can_be_read_back_line_by_line(text: str) -> None:
    with TemporaryDirectory() as folder:
        segmented = segment_article(article(Path(folder), text), "bài.txt")
    content = segmented.document.text.content
    joined = segmented.joined()
    words = [["_".join(content[start:end].split()) for start, end in line] for line in segmented.document.words.lines()]
    assert [line.split() for line in joined.split("\n")] == words
    assert joined.split("\n") and joined.count("\n") == text.count("\n") and joined.count("\r") == text.count("\r")


def test_corrections_of_the_sidecar_count(tmp_path: Path) -> None:
    loaded = load_article(article(tmp_path, "Anh giao_lưu quốc_phòng với bạn ."))
    document = loaded.document
    apply(document, decisions.split(document, (4, 12)))
    apply(document, decisions.join(document, (13, 27)))
    assert Segmented("bài", loaded.path, document).joined() == "Anh giao lưu quốc_phòng_với bạn ."


def test_json_is_one_file_texts_are_a_folder_or_a_file(tmp_path: Path) -> None:
    corpus = tmp_path / "kho"
    (corpus / "a").mkdir(parents=True)
    for name in ("1.txt", "a/2.txt"):
        (corpus / name).write_text("Sinh viên học tiếng Việt.\n", encoding="utf-8")
    found = [segment_article(path, name) for path, name in find_articles([corpus])]
    for out, form in ((tmp_path / "texts", "underscore"), (tmp_path / "words.jsonl", "json")):
        outlet = SegmentOutlet(out, form, alone=False)  # type: ignore[arg-type]
        for segmented in found:
            outlet.take(segmented)
        outlet.close()
    assert (tmp_path / "texts" / "a" / "2.txt").read_text(encoding="utf-8") == "Sinh_viên học tiếng Việt .\n"
    lines = [json.loads(line) for line in (tmp_path / "words.jsonl").read_text(encoding="utf-8").splitlines()]
    words = [[0, 9], [10, 13], [14, 19], [20, 24], [24, 25]]
    assert sorted(line["name"] for line in lines) == ["1.txt", "a/2.txt"] and all(line["words"] == words for line in lines)


def test_articles_are_never_written(tmp_path: Path) -> None:
    path = article(tmp_path, "Sinh viên học.\n")
    segmented = segment_article(path, path.name)
    for out in (path, tmp_path):
        with pytest.raises(AnnotatorError, match="out-is-source"):
            SegmentOutlet(out, "underscore", alone=True).take(segmented)
    (tmp_path / "other.txt.ann.json").write_bytes(b"{}")
    with pytest.raises(AnnotatorError, match="out-is-source"):
        SegmentOutlet(tmp_path / "other.txt", "underscore", alone=True).take(segmented)
    assert path.read_text(encoding="utf-8") == "Sinh viên học.\n"
