"""The page of keys: the help sheet's own table, the menus with their shortcuts, and the keys of the schema of the samples."""

from __future__ import annotations

import re

from annotator.core.schema import Schema
from annotator.gui.keys.actions import ACTIONS, ATTRIBUTE_KEYS, MENUS, ActionSpec
from annotator.gui.keys.key_table import KEY_GROUPS, NEEDS, KeyGroup
from annotator.messages import Language, say
from annotator.tasks.schemas import find_schema

from .markdown import key, page, table, words

_GESTURE = re.compile(r"<(\w+)>")
_ACTION = re.compile(r"@(\w+)")
_KEYS = {spec.name: spec.keys for spec in ACTIONS}
_SCHEMA = "bkee"
_SOURCES = "annotator/gui/keys/key_table.py, annotator/gui/keys/actions.py and resources/"

# As Qt spells them → as they are written on keys.
_KEYCAPS = {"PgDown": "PgDn", "Return": "Enter", "Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}

_WORDING: dict[str, dict[Language, str]] = {
    "key": {"en": "key", "vi": "phím"},
    "what": {"en": "what it does", "vi": "tác dụng"},
    "name": {"en": "name", "vi": "tên"},
    "label": {"en": "label", "vi": "tên gọi"},
    "action": {"en": "menu", "vi": "lệnh"},
    "grammar": {
        "en": "One grammar: **select, then key**. A selection is a drag, a double click, or the word under the caret, widened by Shift "
        "and the arrow keys. The letters of types and roles come from the [label schema](schemas.md). `F1` shows this page in the window.",
        "vi": "Chỉ có một quy tắc: **chọn trước, bấm phím sau**. Vùng chọn là đoạn vừa kéo chuột, chỗ vừa nhấp đúp, hoặc từ ở con trỏ, "
        "mở rộng bằng Shift và các phím mũi tên. Chữ cái của loại và của vai trò lấy từ [bộ nhãn](schemas.md). "
        "`F1` mở bảng này trong cửa sổ.",
    },
    "safe": {
        "en": "No key is a vowel, `d`, `w` or a bracket, so that Telex and VNI may stay on: what an input method composes is ignored, and "
        "the window says so. Keys work while the article has the focus; in search and note fields letters are letters.",
        "vi": "Không phím nào là nguyên âm, `d`, `w` hay dấu ngoặc vuông, nên cứ để bộ gõ Telex hoặc VNI bật: chữ do bộ gõ "
        "ghép ra bị bỏ qua, và cửa sổ nói rõ điều đó. "
        "Các phím có tác dụng khi con trỏ ở trong bài; trong ô tìm và ô ghi chú, chữ cái vẫn là chữ cái.",
    },
    "needs-attributes": {"en": "only with a schema that has attributes", "vi": "chỉ khi bộ nhãn có thuộc tính"},
    "needs-relations": {"en": "only with a schema that has relations", "vi": "chỉ khi bộ nhãn có quan hệ"},
    "menus": {"en": "Menus", "vi": "Các trình đơn"},
    "menus-intro": {
        "en": "Everything is in a menu as well. What cannot be done at the moment is grey there.",
        "vi": "Việc gì cũng có trong trình đơn. Việc chưa làm được lúc ấy thì mờ đi.",
    },
    "attribute": {"en": "Next value of the attribute with this key", "vi": "Giá trị kế tiếp của thuộc tính có phím này"},
    "schema": {"en": "Keys of the schema {name}", "vi": "Phím của bộ nhãn {name}"},
    "schema-intro": {
        "en": "Roles have letters too; they are at the bottom of the window while a frame is open, "
        "and in [schema {name}](schema-{name}.md).",
        "vi": "Vai trò cũng có chữ cái; chúng hiện ở dòng dưới cùng khi đang mở khung, và trong trang [bộ nhãn {name}](schema-{name}.md).",
    },
}


def keys_page(language: Language) -> str:
    """The page in one language."""

    def tell(what: str, /, **fields: str) -> str:
        return _WORDING[what][language].format(**fields)

    schema = find_schema(_SCHEMA)
    return page(
        say("gui.keys.title", language),
        tell("grammar"),
        tell("safe"),
        *(block for group in KEY_GROUPS for block in _group(group, language)),
        f"## {tell('menus')}",
        tell("menus-intro"),
        *(block for menu in MENUS for block in _menu(menu, language)),
        f"## {tell('schema', name=_SCHEMA)}",
        tell("schema-intro", name=_SCHEMA),
        *_types(schema, language),
        sources=_SOURCES,
    )


def _group(group: KeyGroup, language: Language) -> list[str]:
    rows = []
    for row in group.rows:
        need = NEEDS.get(row.says)
        remark = f" ({_WORDING[f'needs-{need}'][language]})" if need else ""
        rows.append((" ".join(key(worded(one, language)) for one in row.keys), say(row.says, language) + remark))
    return [f"## {say(group.title, language)}", table(_head(language, "key", "what"), rows)]


def _menu(menu: str, language: Language) -> list[str]:
    specs = [spec for spec in ACTIONS if spec.menu == menu]
    rows = [(_action(spec, language), " ".join(key(keycap(one, language)) for one in spec.keys)) for spec in specs]
    return [f"### {words(say(f'menu.{menu}', language))}", table(_head(language, "action", "key"), rows)]


def _action(spec: ActionSpec, language: Language) -> str:
    return _WORDING["attribute"][language] if spec.needs in ATTRIBUTE_KEYS else words(say(f"action.{spec.name}", language))


def _types(schema: Schema, language: Language) -> list[str]:
    blocks = []
    for title, items in (("entities", schema.entities), ("events", schema.events)):
        rows = [(key(item.key), item.name, item.label.said(language)) for item in items]
        blocks += [f"### {say(f'layer.{title}', language)}", table(_head(language, "key", "name", "label"), rows)]
    return blocks


def _head(language: Language, *names: str) -> list[str]:
    return [_WORDING[name][language] for name in names]


def worded(text: str, language: Language) -> str:
    """A key of the help sheet with its gestures in words, and the usual key of an action in place of its name."""
    text = _ACTION.sub(lambda found: keycap(_KEYS[found[1]][0], language), text)
    return _GESTURE.sub(lambda found: say(f"gui.keys.gesture.{found[1]}", language), text)


def keycap(shortcut: str, language: Language) -> str:
    """A shortcut of Qt's spelling as it is written on the keys."""
    if shortcut == "Space":
        return say("gui.keys.gesture.space", language)
    head, plus, last = shortcut.rpartition("+") if shortcut[-1] != "+" or len(shortcut) == 1 else (shortcut[:-2], "+", "+")
    return f"{head}{plus}{_KEYCAPS.get(last, last)}"
