"""Recipes: every choice comes back as it was, and a file that is not in order is named and left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.errors import AnnotatorError
from annotator.core.model import STATUSES
from annotator.formats.reduced_schema import NAMINGS
from annotator.formats.reduction import EXTENTS, ORIGINS, Reduction
from annotator.formats.spelling import SPELLINGS
from annotator.formats.table import CUTTINGS, FORMATS, NESTINGS, SCHEME_NAMES, UNITS
from annotator.formats.type_maps import Selection, TypeMap
from annotator.tasks.exporting import ExportRequest, export_corpus
from annotator.tasks.opening import open_corpus
from annotator.tasks.recipe_text import KEYS, Recipe, decode_recipe, encode_recipe
from annotator.tasks.recipes import delete_recipe, list_recipes, read_recipe, recipe_path, recipes_folder, rename_recipe, save_recipe
from tests.tasks.corpora import bytes_below, make_corpus

ROOT = Path("/kho/tháng 4")
NAMES = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=6)
SELECTIONS = st.builds(
    Selection,
    st.none() | st.lists(NAMES, max_size=3).map(tuple),
    st.lists(NAMES, max_size=3).map(tuple),
    st.dictionaries(NAMES, NAMES, max_size=3).map(lambda held: tuple(held.items())),
)
PLACES = st.sampled_from([ROOT / "parts.tsv", ROOT.parent / "chia" / 'a "b".json', Path("/khác/nơi/parts.tsv")])
WAYS = st.fixed_dictionaries({"split": st.sampled_from([None, (0.8, 0.1, 0.1), (0.5, 0.0, 0.5), (0.7, 0.2, 0.1)])}) | st.fixed_dictionaries(
    {"split_file": PLACES}
) | st.fixed_dictionaries({"folds": st.integers(2, 1000)})  # fmt: skip
REQUESTS = st.builds(
    lambda way, **held: ExportRequest(**way, **held),
    WAYS,
    format=st.sampled_from([row.name for row in FORMATS.values() if row.writes]),
    unit=st.sampled_from(UNITS),
    scheme=st.sampled_from(SCHEME_NAMES),
    seed=st.integers(0, 2**31 - 1),
    statuses=st.frozensets(st.sampled_from(STATUSES)),
    duplicates=st.booleans(),
    nesting=st.sampled_from(NESTINGS),
    sentences=st.sampled_from(CUTTINGS),
    longest=st.integers(0, 9999),
    empty=st.sampled_from([0.0, 1.0, 0.3, 1 / 3]),
    strict=st.booleans(),
    template=st.none() | PLACES,
    reduction=st.builds(
        Reduction,
        st.sampled_from(ORIGINS),
        st.builds(TypeMap, SELECTIONS, SELECTIONS, SELECTIONS, SELECTIONS),
        st.sampled_from(NAMINGS),
        st.sampled_from(EXTENTS),
        st.sampled_from(SPELLINGS),
    ),
)


@given(REQUESTS, st.none() | PLACES)
@settings(max_examples=60, deadline=None)
def test_every_choice_comes_back(request: ExportRequest, folder: Path | None) -> None:
    recipe = Recipe("của Lan", request, folder)
    raw = encode_recipe(recipe, ROOT)
    again = decode_recipe(raw, name="của Lan", path=Path(), root=ROOT)
    # A file that was read is named for messages; the choices are the same.
    assert encode_recipe(again, ROOT) == raw
    assert again.folder == folder and again.request.split_file == request.split_file and again.request.template == request.template
    assert (again.request.statuses, again.request.empty, again.request.folds) == (request.statuses, request.empty, request.folds)
    assert again.request.reduction.types.as_json() == request.reduction.types.as_json()
    assert again.request.split == (pytest.approx(request.split) if request.split else None)


def test_the_file_has_every_choice_in_words(tmp_path: Path) -> None:
    (tmp_path / "kho").mkdir()
    save_recipe(tmp_path / "kho", Recipe("của Lan", ExportRequest("oneie", statuses=frozenset({"done"})), tmp_path / "ra"))
    text = (tmp_path / "kho" / ".annotator" / "recipes" / "của Lan.toml").read_text(encoding="utf-8")
    told = {line.partition(" = ")[0] for line in text.splitlines() if " = " in line}
    assert told == set(KEYS) - {"split-file", "folds", "template", "types"}
    assert 'status = ["done"]\n' in text and 'folder = "../ra"\n' in text and 'split = "none"\n' in text


def test_a_recipe_writes_what_it_says_wherever_the_corpus_goes(tmp_path: Path) -> None:
    root = make_corpus(tmp_path / "kho")
    (root / "phần.tsv").write_text("tin-1\ttrain\nsâu/tin 2\ttest\n", encoding="utf-8")
    request = ExportRequest("conll", "syllable", "bioes", split_file=root / "phần.tsv", nesting="layers")
    save_recipe(root, Recipe("âm tiết", request))
    export_corpus(open_corpus(root), tmp_path / "một", request)
    moved = root.rename(tmp_path / "nơi khác")
    export_corpus(open_corpus(moved), tmp_path / "hai", read_recipe(moved, "âm tiết").request)
    assert bytes_below(tmp_path / "một") == bytes_below(tmp_path / "hai")


def test_the_template_goes_with_the_corpus(tmp_path: Path) -> None:
    root = make_corpus(tmp_path / "kho")
    (root / "khuôn.toml").write_text('user = "Đọc: {text}"\n', encoding="utf-8")
    save_recipe(root, Recipe("hội thoại", ExportRequest("chat", template=root / "khuôn.toml")))
    moved = root.rename(tmp_path / "nơi khác")
    request = read_recipe(moved, "hội thoại").request
    assert request.template == moved / "khuôn.toml" and export_corpus(open_corpus(moved), tmp_path / "ra", request).is_written
    assert "Đọc: " in (tmp_path / "ra" / "all.jsonl").read_text(encoding="utf-8")


def test_names_in_natural_order_and_articles_stay_articles(tmp_path: Path) -> None:
    root = make_corpus(tmp_path / "kho")
    for name in ("bộ 10", "bộ 2", "Ảnh"):
        save_recipe(root, Recipe(name, ExportRequest("brat")))
    assert list_recipes(root) == ["bộ 2", "bộ 10", "Ảnh"]
    assert len(list(open_corpus(root).articles())) == 2
    assert list_recipes(tmp_path / "không có") == []


def test_renaming_and_deleting(tmp_path: Path) -> None:
    save_recipe(tmp_path, Recipe("cũ", ExportRequest("brat")))
    save_recipe(tmp_path, Recipe("khác", ExportRequest("conll")))
    assert rename_recipe(tmp_path, "cũ", "Cũ") == "Cũ" and rename_recipe(tmp_path, "Cũ", " mới ") == "mới"
    with pytest.raises(AnnotatorError, match="recipe-exists"):
        rename_recipe(tmp_path, "mới", "KHÁC")
    delete_recipe(tmp_path, "khác")
    assert list_recipes(tmp_path) == ["mới"]
    with pytest.raises(AnnotatorError, match=r"recipe-missing .*nearest=mới"):
        read_recipe(tmp_path, "mơi")


def test_one_of_the_name_is_replaced_only_on_demand(tmp_path: Path) -> None:
    save_recipe(tmp_path, Recipe("của Lan", ExportRequest("brat")))
    with pytest.raises(AnnotatorError, match="recipe-exists"):
        save_recipe(tmp_path, Recipe("Của Lan", ExportRequest("conll")))
    assert save_recipe(tmp_path, Recipe("Của Lan", ExportRequest("conll")), replace=True).name == "của Lan"
    assert list_recipes(tmp_path) == ["của Lan"] and read_recipe(tmp_path, "của Lan").request.format == "conll"


@pytest.mark.parametrize("name", ["", "  ", "a/b", "..", ".ẩn", "a\nb", "nul", "COM1.x", "x" * 200, "a:b", "chấm."])
def test_a_name_that_no_disk_takes_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(AnnotatorError, match="recipe-name-unfit"):
        recipe_path(tmp_path, name)


def test_a_name_of_too_many_bytes_is_refused_with_its_length_before_there_is_any_recipe(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match="name-too-long") as caught:
        save_recipe(tmp_path, Recipe("𡨸" * 80, ExportRequest("brat")))
    assert caught.value.where["length"] == 325 and not recipes_folder(tmp_path).exists()


def test_a_recipe_that_leads_nowhere_is_not_the_nearest_to_itself(tmp_path: Path) -> None:
    recipes_folder(tmp_path).mkdir(parents=True)
    recipe_path(tmp_path, "vòng").symlink_to("vòng.toml")
    with pytest.raises(AnnotatorError) as caught:
        read_recipe(tmp_path, "vòng")
    assert caught.value.code in ("file-missing", "file-unreadable")
    delete_recipe(tmp_path, "vòng")
    assert list_recipes(tmp_path) == []


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ('format = "brat', "recipe-not-toml", "line=1"),
        ('form = "brat"\nunits = 3\n', "recipe-unknown-key", "form, units"),
        ('unit = "word"\n', "recipe-bad-value", "key=format"),
        ('format = "vlsp"\n', "recipe-bad-value", "key=format"),
        ('format = "brat"\nunit = "letter"\n', "recipe-bad-value", "syllable"),
        ('format = "brat"\nunit = ["word"]\n', "recipe-bad-value", "key=unit"),
        ('format = "brat"\nsplit = 3\n', "recipe-bad-value", "key=split"),
        ('format = "brat"\nfolds = 1\n', "recipe-bad-value", "key=folds"),
        ('format = "brat"\nfolds = true\n', "recipe-bad-value", "key=folds"),
        ('format = "brat"\nempty = 3\n', "recipe-bad-value", "key=empty"),
        ('format = "brat"\nseed = "1"\n', "recipe-bad-value", "key=seed"),
        ('format = "brat"\nstrict = 1\n', "recipe-bad-value", "key=strict"),
        ('format = "brat"\nstatus = ["finished"]\n', "recipe-bad-value", "key=status"),
        ('format = "brat"\nfolds = 3\nsplit = "1/1/1"\n', "recipe-split-twice", "path="),
        ('format = "brat"\n[types.entity]\nexclude = ["PER"]\n', "types-unknown-key", "nearest=entities"),
        ('format = "brat"\ntypes = 3\n', "types-bad-value", "key=types"),
        ('format = "brat"\nfolder = 3\n', "recipe-bad-value", "key=folder"),
    ],
)
def test_a_damaged_recipe_is_named_and_never_written_over(tmp_path: Path, text: str, code: str, told: str) -> None:
    path = recipes_folder(tmp_path) / "hỏng.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AnnotatorError, match=code) as caught:
        read_recipe(tmp_path, "hỏng")
    assert told in str(caught.value) and caught.value.where["path"] == str(path)
    with pytest.raises(AnnotatorError, match=code):
        save_recipe(tmp_path, Recipe("hỏng", ExportRequest("brat")), replace=True)
    assert path.read_text(encoding="utf-8") == text and list_recipes(tmp_path) == ["hỏng"]
