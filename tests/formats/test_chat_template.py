"""The template of conversations: what is filled in, and what a slip in the file is answered with."""

from __future__ import annotations

import json

import pytest

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.formats.chat_template import PLACEHOLDERS, Template, default_template, fill, parse_template
from annotator.formats.table import ExportOptions, writer
from annotator.messages import LANGUAGES, Language, explain
from annotator.resources import resource
from tests.formats.articles import SCHEMA
from tests.formats.features import everything


def parse(text: str) -> Template:
    return parse_template(text.encode(), path="khuôn.toml", name="khuôn.toml")


def said(document: Document, template: Template | None = None) -> list[dict[str, str]]:
    rendered = writer("chat")(document, SCHEMA, ExportOptions(name="bài", template=template))
    held: list[dict[str, str]] = json.loads(rendered.files[0][1])["messages"]
    return held


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_copy_of_the_built_in_template_changes_nothing(language: Language) -> None:
    raw = resource("templates", f"chat.{language}.toml").read_bytes()
    assert parse_template(raw, path="a.toml", name=f"chat.{language}.toml") == default_template(language)
    # It tells every name that is filled in.
    assert not [name for names in PLACEHOLDERS.values() for name in names if f"{{{name}}}" not in raw.decode()]


def test_every_placeholder_is_filled_in() -> None:
    own = parse(
        'system = """{name}|{{word}}|{"a": 1}|{}\n{entities}\n--\n{events}\n--\n{schema}"""\n'
        'user = "<{text}>"\nassistant = "A: {answer}"\n'
    )
    document = everything()
    system, user, assistant = (message["content"] for message in said(document, own))
    entities, events = (["- PER: ", "- ORG: ", "- LOC: "], ["- Attack (Agent, Victim, Place): ", "- Meet (Agent, Victim, Place): "])
    head, *rest = system.split("\n")
    assert head == 'bài|{word}|{"a": 1}|{}'
    assert [line.rstrip() for line in rest] == [line.rstrip() for line in (*entities, "--", *events, "--", *entities, *events)]
    assert user == f"<{document.text.content}>"
    assert json.loads(assistant.removeprefix("A: ")) == json.loads(said(document)[-1]["content"])


def test_what_is_filled_in_is_not_looked_into_and_no_system_is_no_message() -> None:
    assert fill("{a}{b}", {"a": "{b}", "b": "x"}) == "{b}x"
    assert [message["role"] for message in said(everything(), parse('user = "{text}"'))] == ["user", "assistant"]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('system = "x"\n\nuser = """\nĐọc:\n{txt}"""\n', "template-unknown-placeholder", 5),
        ('user = "{text}"\nassistant = "{schema}"\n', "template-unknown-placeholder", 2),
        ('user = "{text}"\n# lời\nsytem = "a"\n', "template-unknown-key", 3),
        ('user = "{text}"\nsystem = 3\n', "template-bad-value", 2),
        ('system = "a"\nuser = "b"\n', "template-without-placeholder", 2),
        ('user = "{text}"\nassistant = "xong"\n', "template-without-placeholder", 2),
        ('user = "{text}\n', "template-not-toml", None),
    ],
)
def test_a_slip_is_told_with_file_and_line(text: str, code: str, line: int | None) -> None:
    with pytest.raises(AnnotatorError) as refused:
        parse(text)
    assert (refused.value.code, refused.value.where.get("line")) == (code, line)
    for language in LANGUAGES:
        told = explain(refused.value, language)
        assert told.startswith("khuôn.toml") and "{path}" not in told and "{line}" not in told
        assert "{txt}" not in text or ("{txt}" in told and "{text}" in told and "{{word}}" in told)
