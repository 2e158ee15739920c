"""What the page of formats says around the table's own facts, in both languages."""

from __future__ import annotations

from annotator.formats.offered import Offer
from annotator.formats.table import Layout
from annotator.messages import Language

WORDING: dict[str, dict[Language, str]] = {
    "title": {"en": "Formats", "vi": "Các định dạng"},
    "intro": {
        "en": "What each format keeps, what it changes, what it leaves out, and how it counts. The facts come from the program's "
        "own table, "
        "and tests write a document with each feature and compare. `annotator formats` prints them; which annotations of *your* articles "
        "are concerned stands in the account of each export. [What an export writes](choices.md) explains the options.",
        "vi": "Mỗi định dạng giữ gì, đổi gì, bỏ gì và tính vị trí thế nào. Các thông tin này lấy từ bảng định dạng của chính chương trình; "
        "phép kiểm thử viết ra một văn bản cho từng trường hợp rồi đối chiếu. Lệnh `annotator formats` cũng in ra những điều này; "
        "còn những nhãn cụ thể nào trong ngữ liệu bị ảnh hưởng thì xem bảng kê của mỗi lần xuất. "
        "Các tùy chọn được giải thích trong trang [Khi xuất thì ghi những gì](choices.md).",
    },
    "glance": {"en": "At a glance", "vi": "Tóm tắt"},
    "sample-intro": {
        "en": "Every sample below is this article, as the format writes it without options: *{text}*, with a person (*Bà Mơ*) who is the "
        "`Agent` of an event (*mở*). A layer that a format has no place for is left out whole; the lists under each format are about what "
        "it has a place for.",
        "vi": "Mọi mẫu dưới đây đều là bài này, ghi ra khi không dùng tùy chọn nào: *{text}*, trong đó có một người (*Bà Mơ*) giữ vai "
        "`Agent` của một sự kiện (*mở*). Định dạng nào không có chỗ cho một lớp thì bỏ cả lớp; danh sách ở mỗi "
        "định dạng chỉ nói về những lớp mà nó có chỗ.",
    },
    "name": {"en": "format", "vi": "định dạng"},
    "file": {"en": "file", "vi": "tệp"},
    "out": {"en": "out", "vi": "xuất"},
    "in": {"en": "in", "vi": "nhập"},
    "yes": {"en": "yes", "vi": "có"},
    "no": {"en": "–", "vi": "–"},
    "ways": {"en": "Ways", "vi": "Dùng để"},
    "both": {"en": "out and in", "vi": "xuất và nhập"},
    "only-out": {"en": "only out", "vi": "chỉ xuất"},
    "only-in": {"en": "only in", "vi": "chỉ nhập"},
    "extra": {"en": 'needs `pip install "annotator[{extra}]"`', "vi": 'cần `pip install "annotator[{extra}]"`'},
    "layers": {"en": "Holds", "vi": "Chứa"},
    "lacks": {"en": "no {layers}", "vi": "không có {layers}"},
    "counts": {"en": "Counts", "vi": "Vị trí"},
    "kept": {"en": "Keeps", "vi": "Giữ nguyên"},
    "changed": {"en": "Changes", "vi": "Có thay đổi"},
    "left-out": {"en": "Leaves out", "vi": "Bỏ"},
    "also": {"en": "Also keeps", "vi": "Còn giữ"},
    "also-intro": {
        "en": "Beside the annotations a format may keep more: {features}. What is not named under **Also keeps** has no place in "
        "the format; it is no annotation of its own, and the account does not count it.",
        "vi": "Ngoài bản thân các nhãn, định dạng còn có thể giữ: {features}. Những gì không nêu ở mục **Còn giữ** thì định dạng không có "
        "chỗ; chúng không phải là nhãn riêng nên bảng kê không đếm.",
    },
    "nothing": {"en": "nothing", "vi": "không có gì"},
    "plain": {"en": "a span of whole tokens that overlaps no other", "vi": "đoạn gồm trọn token, không chồng lên đoạn nào"},
    "choices": {"en": "Also takes", "vi": "Nhận thêm"},
    "record": {
        "en": "The file is binary; this is what it holds, told in words:",
        "vi": "Tệp ở dạng nhị phân; dưới đây là nội dung của nó, diễn giải thành chữ:",
    },
    "all-choices": {
        "en": "Every format takes `--split`, `--split-file`, `--folds`, `--seed`, `--no-duplicates`, `--status`, `--types`, "
        "`--origin`, `--text` and `--strict`. What a model proposed is written only with `--origin all`.",
        "vi": "Định dạng nào cũng nhận `--split`, `--split-file`, `--folds`, `--seed`, `--no-duplicates`, `--status`, `--types`, "
        "`--origin`, `--text` và `--strict`. Gợi ý của mô hình chỉ được ghi khi có `--origin all`.",
    },
}
LAYOUTS: dict[Layout, dict[Language, str]] = {
    "set": {"en": "one file for a set", "vi": "mỗi tập một tệp"},
    "document": {"en": "a file for each article", "vi": "mỗi bài một tệp"},
}
OPTIONS: dict[Offer, str] = {
    "unit": "--unit",
    "scheme": "--scheme",
    "nesting": "--nesting",
    "layers": "--nesting layers",
    "sentences": "--sentences",
    "longest": "--longest",
    "empty": "--empty",
    "template": "--template",
    "names": "--names",
    "extents": "--extents",
}
ABOUT: dict[str, dict[Language, str]] = {
    "brat": {
        "en": "brat's standoff files: the text beside an `.ann`, and one `annotation.conf`. Notes, doubts, heads and origins are comments "
        "that come back. A span over a line break is written in fragments.",
        "vi": "Tệp standoff của brat: văn bản, tệp `.ann` bên cạnh và một `annotation.conf`. Ghi chú, dấu nghi vấn, thành tố trung tâm và "
        "nguồn gốc được ghi thành chú thích và nhập lại được. Đoạn vắt qua chỗ xuống dòng được ghi thành nhiều mảnh.",
    },
    "conll": {
        "en": "Two columns, token and tag, a blank line behind each sentence; for taggers of words. Entities inside others are left out, "
        "unless `--nesting layers` gives each layer a column.",
        "vi": "Hai cột, token và thẻ, sau mỗi câu có một dòng trống; dùng cho các bộ gán thẻ theo từ. Thực thể lồng bên trong bị bỏ, "
        "trừ khi dùng `--nesting layers` để mỗi lớp có một cột.",
    },
    "conll2003": {
        "en": "The four columns of the shared task of 2003. Part of speech and phrase are not known here and written `-X-` and `_`.",
        "vi": "Bốn cột của cuộc thi chung năm 2003. Từ loại và cụm từ không có ở đây nên ghi `-X-` và `_`.",
    },
    "phoner": {
        "en": "PhoNER's JSON Lines, a sentence a line. Its column form (token, one space, tag) is read too. Names of articles have "
        "no place.",
        "vi": "JSON Lines của PhoNER, mỗi dòng một câu. Dạng cột của nó (token, một dấu cách, thẻ) cũng nhập được. Không có chỗ cho "
        "tên bài.",
    },
    "jsonl": {
        "en": "Annotator's own JSON Lines of spans, an article a line: nothing is lost. Lines of other makers with `text` and `entities` "
        "are read as well.",
        "vi": "JSON Lines của chính Annotator, mỗi dòng một bài: không mất gì. Cũng nhập được dòng của chương trình khác có `text` và "
        "`entities`.",
    },
    "oneie": {
        "en": "The JSON of OneIE and of BKEE, a sentence a line. The attribute `mention` becomes `mention_type`. "
        "`--names ace` writes ACE's event names.",
        "vi": "JSON của OneIE và BKEE, mỗi dòng một câu. Thuộc tính `mention` thành `mention_type`. "
        "`--names ace` ghi tên sự kiện theo ACE.",
    },
    "dygiepp": {
        "en": "DyGIE++'s JSON Lines, an article a line. A trigger there is one token: several words are joined with `_`, and the account "
        "says so.",
        "vi": "JSON Lines của DyGIE++, mỗi dòng một bài. Từ kích hoạt ở đó là một token: nhiều từ được nối bằng `_`, và bảng kê có ghi.",
    },
    "omnievent": {
        "en": "OmniEvent's unified form, an article a line; mentions of one coreference group and type stand together.",
        "vi": "Dạng thống nhất của OmniEvent, mỗi dòng một bài; các đề cập cùng nhóm đồng tham chiếu và cùng loại đứng chung.",
    },
    "trigger-bio": {
        "en": "Token and tag of the trigger: the first step of a pipeline that finds triggers and then their arguments.",
        "vi": "Token và thẻ của từ kích hoạt: bước thứ nhất của quy trình tìm từ kích hoạt trước, tham tố sau.",
    },
    "argument-bio": {
        "en": "One sample for each event: token, tag of its trigger, tag of its roles. The second step of that pipeline.",
        "vi": "Mỗi sự kiện một mẫu: token, thẻ của từ kích hoạt, thẻ của các vai. Đó là bước thứ hai của quy trình ấy.",
    },
    "hf-jsonl": {
        "en": "For Hugging Face's `datasets`, with a card. `ner_tags` is flat; all entities stand in `spans`, so an entity that the "
        "tags have "
        "no room for counts as changed, not as lost. Tags are numbers whose names are in the card and in `labels.json`.",
        "vi": "Cho thư viện `datasets` của Hugging Face, có trang giới thiệu `README.md`. `ner_tags` chỉ có một lớp; mọi thực thể đều có "
        "trong `spans`, nên thực thể không có chỗ trong `ner_tags` được tính là có thay đổi chứ không bị bỏ. Thẻ là số, tên của chúng "
        "nằm trong trang giới thiệu và `labels.json`.",
    },
    "hf-parquet": {
        "en": "The same columns as Parquet, with the names of the tags in the file (`ClassLabel`).",
        "vi": "Cũng những cột ấy ở dạng Parquet, tên thẻ nằm ngay trong tệp (`ClassLabel`).",
    },
    "chat": {
        "en": "Conversations for instruction tuning, an article each. The answer quotes the text; a quotation that stands more than "
        "once in "
        "the article counts as changed. The words around it come from a [template](choices.md#conversations).",
        "vi": "Hội thoại để huấn luyện theo chỉ dẫn, mỗi bài một đoạn. Câu trả lời trích nguyên văn; đoạn trích xuất hiện nhiều lần trong "
        "bài được tính là có thay đổi. Lời bao quanh lấy từ [khuôn mẫu](choices.md#hội-thoại).",
    },
    "spacy": {
        "en": "spaCy's `DocBin`. `doc.ents` holds what does not overlap, `doc.spans[\"sc\"]` all entities, `doc.spans[\"events\"]` the "
        "triggers, `doc.user_data[\"events\"]` the arguments. [A model with spaCy](recipe-spacy.md) goes the whole way.",
        "vi": "`DocBin` của spaCy. `doc.ents` chứa những gì không chồng nhau, `doc.spans[\"sc\"]` mọi thực thể, `doc.spans[\"events\"]` từ "
        "kích hoạt, `doc.user_data[\"events\"]` tham tố. [Huấn luyện với spaCy](recipe-spacy.md) làm trọn quy trình.",
    },
    "prodigy": {
        "en": "Prodigy's JSON Lines, an article a line. `token_end` includes the last token, `end` does not include the last character. "
        "Triggers are spans, arguments are relations of their role.",
        "vi": "JSON Lines của Prodigy, mỗi dòng một bài. `token_end` tính cả token cuối, còn `end` không tính ký tự ở vị trí đó. "
        "Từ kích hoạt là đoạn, tham tố là quan hệ mang tên vai.",
    },
    "doccano": {
        "en": "doccano's JSON Lines of a relation project, with its label files beside. The text of spans is not in it, so an import "
        "takes offsets as UTF-16 and lists the articles in which that matters.",
        "vi": "JSON Lines của dự án quan hệ trong doccano, kèm tệp nhãn của dự án. Trong tệp không có chữ của các đoạn, nên khi nhập, vị "
        "trí được hiểu là UTF-16, và bài nào mà điều đó gây khác biệt thì được liệt kê.",
    },
    "labelstudio": {
        "en": "Label Studio's tasks, with the labelling setup beside. Triggers are regions, arguments are relations of their role.",
        "vi": "Các tác vụ của Label Studio, kèm cấu hình gán nhãn. Từ kích hoạt là vùng, tham tố là quan hệ mang tên vai.",
    },
    "vlsp": {
        "en": "The named entities of VLSP 2018: nested `ENAMEX` tags in the text. What is left without the tags becomes the article.",
        "vi": "Thực thể có tên của VLSP 2018: các thẻ `ENAMEX` lồng nhau trong văn bản. Bỏ thẻ đi, phần còn lại thành bài.",
    },
    "gliner": {
        "en": "Training records of GLiNER, a sentence each. Relations point at entities by their place in `ner`. Names of articles have no "
        "place.",
        "vi": "Bản ghi huấn luyện của GLiNER, mỗi câu một bản ghi. Quan hệ trỏ tới thực thể theo thứ tự trong `ner`. Không có chỗ "
        "cho tên bài.",
    },
}
