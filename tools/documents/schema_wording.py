"""What the pages of schemas say around the schema's own words, in both languages."""

from __future__ import annotations

from annotator.messages import Language

WORDING: dict[str, dict[Language, str]] = {
    "title": {"en": "Schema {name}", "vi": "Bộ nhãn {name}"},
    "use": {"en": 'In `annotator.toml`: `schema = "{name}"`.', "vi": 'Trong `annotator.toml`: `schema = "{name}"`.'},
    "targets": {
        "en": "An event may fill a role of another event.",
        "vi": "Một sự kiện có thể giữ vai trong sự kiện khác.",
    },
    "no-targets": {"en": "Only entities fill roles.", "vi": "Chỉ thực thể mới giữ vai."},
    "key": {"en": "key", "vi": "phím"},
    "name": {"en": "name", "vi": "tên"},
    "label": {"en": "label", "vi": "tên gọi"},
    "definition": {"en": "definition", "vi": "định nghĩa"},
    "seen": {"en": "seen", "vi": "số lần gặp"},
    "triggers": {"en": "typical triggers", "vi": "từ kích hoạt tiêu biểu"},
    "role": {"en": "role", "vi": "vai trò"},
    "roles": {"en": "Roles", "vi": "Vai trò"},
    "core": {"en": "core", "vi": "cốt lõi"},
    "fillers": {"en": "fillers", "vi": "loại giữ vai"},
    "rare": {"en": "rare", "vi": "hiếm"},
    "usual": {"en": "usual number", "vi": "số thường gặp"},
    "filled": {"en": "filled in", "vi": "tỉ lệ có"},
    "yes": {"en": "yes", "vi": "có"},
    "reading": {
        "en": "A *core* role is shown as missing while it is empty. The first of the *fillers* is the type that a new entity gets from the "
        "role's key. Where a *usual number* is given, so many fillers are nothing special; elsewhere it is one.",
        "vi": "Vai *cốt lõi* hiện là còn trống khi chưa có thực thể giữ. Loại đứng đầu trong *loại giữ vai* là loại của thực thể mới tạo "
        "bằng phím vai trò. *Số thường gặp* là số thực thể giữ vai vẫn coi là bình thường; không ghi thì là một.",
    },
    "reading-rare": {
        "en": "A *rare* type may fill the role, and a check remarks on it; any other type is refused until the key is pressed again.",
        "vi": "Loại *hiếm* vẫn giữ vai được, nhưng có cảnh báo; loại khác bị từ chối, bấm lại phím ấy thì vẫn gán.",
    },
    "attributes": {"en": "Attributes", "vi": "Thuộc tính"},
    "switched-off": {
        "en": "They are switched off in this schema. A copy with `enabled = true` switches them on.",
        "vi": "Bộ nhãn này tắt các thuộc tính. Muốn dùng thì chép bộ nhãn ra và đặt `enabled = true`.",
    },
    "on": {"en": "on", "vi": "của"},
    "on-entity": {"en": "entities", "vi": "thực thể"},
    "on-event": {"en": "events", "vi": "sự kiện"},
    "values": {"en": "values (the default in bold, not stored)", "vi": "giá trị (in đậm là mặc định, không ghi vào tệp)"},
    "from": {"en": "from", "vi": "từ"},
    "to": {"en": "to", "vi": "đến"},
    "any": {"en": "any", "vi": "mọi loại"},
    "conventions": {"en": "Conventions that are checked", "vi": "Quy ước được kiểm tra"},
    "conventions-intro": {
        "en": "What leaves them is shown as a warning beside the annotation; nothing is changed by itself.",
        "vi": "Chỗ nào trái quy ước thì có cảnh báo cạnh nhãn; chương trình không tự sửa gì.",
    },
}

# Field of Conventions → what it means when it holds, and when it does not; {held} is a list's content. Empty: nothing to say.
CONVENTIONS: dict[str, dict[Language, tuple[str, ...]]] = {
    "title_inside_person": {
        "en": ("A title before a name belongs to the person (*ông Nam*).", "A title before a name stays outside of the person."),
        "vi": ("Chức danh đứng trước tên nằm trong nhãn người (*ông Nam*).", "Chức danh đứng trước tên để ngoài nhãn người."),
    },
    "passive_in_trigger": {
        "en": ("*bị* and *được* belong to the trigger.", "*bị* and *được* stay outside of the trigger."),
        "vi": ("*bị*, *được* nằm trong từ kích hoạt.", "*bị*, *được* để ngoài từ kích hoạt."),
    },
    "preposition_inside": {
        "en": ("A preposition belongs to the entity behind it.", "A preposition stays outside of the entity behind it."),
        "vi": ("Giới từ nằm trong thực thể đứng sau nó.", "Giới từ để ngoài thực thể đứng sau nó."),
    },
    "preposition_allow": {
        "en": ("Both ways are allowed for {held}.",),
        "vi": ("Riêng {held} để trong hay ngoài đều được.",),
    },
    "crossing": {
        "en": ("", "No two spans overlap unless one holds the other."),
        "vi": ("", "Hai đoạn không chồng một phần lên nhau: hoặc rời nhau, hoặc lồng nhau."),
    },
    "nesting_expected": {
        "en": ("Types that nest without a remark (outer ⊃ inner): {held}.",),
        "vi": ("Các loại được lồng nhau (ngoài ⊃ trong): {held}.",),
    },
    "trigger_words_most": {
        "en": ("A trigger has at most {held} words.",),
        "vi": ("Từ kích hoạt dài không quá {held} từ.",),
    },
    "agentless": {
        "en": ("Who dies is the Victim, never the Agent alone ({held}).",),
        "vi": ("Người chết là nạn nhân, không chỉ là tác nhân ({held}).",),
    },
    "edge_cuts_word": {
        "en": ("No edge cuts a word or a syllable.", ""),
        "vi": ("Mép nhãn không cắt ngang từ hay âm tiết.", ""),
    },
    "blank_at_edge": {
        "en": ("No blank at an edge.", ""),
        "vi": ("Không có khoảng trắng ở mép.", ""),
    },
    "punctuation_at_edge": {
        "en": ("No punctuation at an edge.", ""),
        "vi": ("Không có dấu câu ở mép.", ""),
    },
    "same_span_twice": {
        "en": ("No span has two types.", ""),
        "vi": ("Một đoạn không mang hai loại.", ""),
    },
    "rare_filler": {
        "en": ("A rare filler is remarked on.", ""),
        "vi": ("Loại giữ vai hiếm gặp thì có cảnh báo.", ""),
    },
    "more_than_usual": {
        "en": ("More fillers than usual are remarked on.", ""),
        "vi": ("Nhiều thực thể giữ vai hơn thường lệ thì có cảnh báo.", ""),
    },
    "negated_trigger": {
        "en": ("*không*, *chưa* or *chẳng* before a trigger asks for its polarity, where the schema has one.", ""),
        "vi": ("*không*, *chưa*, *chẳng* đứng trước từ kích hoạt thì nhắc đánh dấu phủ định, nếu bộ nhãn có.", ""),
    },
}

# Of no meaning in a schema without events.
OF_EVENTS = frozenset({"passive_in_trigger", "trigger_words_most", "agentless", "rare_filler", "more_than_usual", "negated_trigger"})
