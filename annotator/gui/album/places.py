"""The folders of the album: copies of the samples, and beside them what shows other schemas and a damaged label file."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from annotator.resources import resource, samples

ARTICLES, ACE, DAMAGED, TOPICS, MODEL = Path("ngu-lieu"), Path("ace"), Path("hong"), Path("chu-de"), Path("mo-hinh")
TRIAL: Final = "02-xet-xu-nhom-cho-vay-nang-lai.txt"
FINISHED: Final = "01-tai-nan-cau-rach-dua.txt"
SEGMENTED: Final = "03-sap-nhap-hai-cong-ty-det-may.txt"
LONG: Final = "08-mua-nuoc-quay-lung.txt"
RAID: Final = "10-tau-ca-bi-cuop-tren-bien.txt"
_LABELS: Final = """
[[document_label]]
name = "topic"
label = {en = "Topic", vi = "Chủ đề"}
values = [
  {name = "crime", en = "crime and courts", vi = "pháp luật"},
  {name = "traffic", en = "traffic", vi = "giao thông"},
  {name = "business", en = "business", vi = "kinh doanh"},
]
"""


def lay_out() -> None:
    """Make the folders in the current one."""
    for folder in (ARTICLES, MODEL):
        shutil.copytree(samples(), folder)
    for folder, name in ((ACE, TRIAL), (DAMAGED, FINISHED), (TOPICS, FINISHED)):
        folder.mkdir()
        shutil.copy(ARTICLES / name, folder)
    (ACE / "annotator.toml").write_text('schema = "ace2005"\n', encoding="utf-8")
    (TOPICS / "annotator.toml").write_text('schema = "topics.toml"\nannotator = "lan"\n', encoding="utf-8")
    (TOPICS / "topics.toml").write_text(resource("schemas/bkee.toml").read_text(encoding="utf-8") + _LABELS, encoding="utf-8")
    sidecar = (ARTICLES / f"{FINISHED}.ann.json").read_bytes()
    (TOPICS / f"{FINISHED}.ann.json").write_bytes(sidecar)
    (DAMAGED / f"{FINISHED}.ann.json").write_bytes(sidecar.replace(b'"Die"', b'"Dye"'))
