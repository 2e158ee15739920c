"""What may be typed: a table of commands and their parameters, turned into click's in the language of the user."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from annotator import __version__
from annotator.cli.console import DONE, PROGRAM
from annotator.core.errors import AnnotatorError
from annotator.core.model import STATUSES
from annotator.messages import Language, say

Perform = Callable[[str, Mapping[str, object]], int]


@dataclass(frozen=True, slots=True)
class Argument:
    """A positional parameter; `metavar` is a key of the catalogue. `many`: one or more. `needed` False: a recipe may say it."""

    name: str
    metavar: str
    many: bool = False
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Option:
    """A named parameter: a choice, a flag (neither `metavar` nor `choices`), or a value."""

    name: str
    flags: tuple[str, ...]
    metavar: str = ""
    choices: tuple[str, ...] = ()
    default: str | int | None = None
    many: bool = False
    needed: bool = False


Parameter = Argument | Option

_JSON = Option("as_json", ("--json",))
_CORPUS = Argument("corpus", "corpus")
# How a model's output is read.
_AS_FORMAT = Option("as_format", ("--format",), "format", default="auto")
_TOKENS = Option("tokens", ("--tokens",), "path")

COMMANDS: Mapping[str, tuple[Parameter, ...]] = {
    "segment": (
        Argument("paths", "path", many=True),
        Option("out", ("-o", "--out"), "path"),
        Option("form", ("--as",), choices=("underscore", "json"), default="underscore"),
    ),
    "import": (
        Argument("format", "format"),
        Argument("source", "source"),
        _CORPUS,
        Option("schema", ("--schema",), "schema"),
        Option("offsets", ("--offsets",), choices=("auto", "utf-16", "code-point"), default="auto"),
        Option("model", ("--model",), "model"),
        _AS_FORMAT,
        _TOKENS,
        Option("dry_run", ("--dry-run",)),
        _JSON,
    ),
    "export": (
        Argument("format", "format"),
        Argument("corpus", "corpus", needed=False),
        Argument("out", "out", needed=False),
        Option("recipe", ("--recipe",), "name"),
        Option("unit", ("--unit",), choices=("word", "word-whole", "syllable"), default="word"),
        Option("scheme", ("--scheme",), choices=("iob2", "bioes"), default="iob2"),
        Option("split", ("--split",), "shares"),
        Option("split_file", ("--split-file",), "path"),
        Option("folds", ("--folds",), "number"),
        Option("seed", ("--seed",), "number", default=1),
        Option("no_duplicates", ("--no-duplicates",)),
        Option("status", ("--status",), choices=STATUSES, many=True),
        Option("types", ("--types",), "path"),
        Option("names", ("--names",), choices=("schema", "ace"), default="schema"),
        Option("origin", ("--origin",), choices=("human", "all"), default="human"),
        Option("extents", ("--extents",), choices=("whole", "head"), default="whole"),
        Option("nesting", ("--nesting",), choices=("outermost", "innermost", "longest", "layers"), default="outermost"),
        Option("sentences", ("--sentences",), choices=("line", "auto", "long"), default="long"),
        Option("longest", ("--longest",), "number", default=512),
        Option("empty", ("--empty",), "share", default="keep"),
        Option("text", ("--text",), choices=("raw", "nfc", "old", "new"), default="raw"),
        Option("template", ("--template",), "path"),
        Option("strict", ("--strict",)),
        _JSON,
    ),
    "check": (_CORPUS, _JSON),
    "stats": (
        _CORPUS,
        Option("html", ("--html",), "path"),
        Option("split", ("--split",), "shares"),
        Option("split_file", ("--split-file",), "path"),
        Option("folds", ("--folds",), "number"),
        Option("seed", ("--seed",), "number", default=1),
        Option("no_duplicates", ("--no-duplicates",)),
        _JSON,
    ),
    "score": (
        Argument("gold", "gold"),
        Argument("predicted", "predicted"),
        Option("by", ("--by",), choices=("whole", "head"), default="whole"),
        _AS_FORMAT,
        _TOKENS,
        _JSON,
    ),
    "render": (Argument("document", "document"), Option("out", ("-o", "--out"), "path", needed=True)),
    "formats": (_JSON,),
    "schemas": (_JSON,),
    "tour": (Argument("folder", "folder"),),
}

# The key of an option's help where it is not ``cli.<command>.<name>``.
_HELP = {"as_json": "cli.json", "as_format": "cli.as-format", "tokens": "cli.tokens"}


def run(arguments: Sequence[str], language: Language, *, show: Callable[[list[str]], int], perform: Perform) -> int:
    """Carry out what `arguments` ask for: `show` the window on paths, or `perform` a command with its parameters; the exit status.

    Raises AnnotatorError for wrong use.
    """
    first = arguments[0] if arguments else ""
    if first == "--" or (first not in COMMANDS and not first.startswith("-")):
        return _show(arguments[1:] if first == "--" else arguments, show)
    command = _program(language, perform)
    try:
        # Not `main`, which would answer a broken pipe in its own way.
        with command.make_context(PROGRAM, list(arguments)) as context:
            status = command.invoke(context)
    except click.exceptions.Exit:
        return DONE
    except click.UsageError as error:
        raise _refusal(error) from None
    return status if isinstance(status, int) else DONE


def _show(paths: Sequence[str], show: Callable[[list[str]], int]) -> int:
    """Open the window; a path that is not there may have been meant as a command."""
    from annotator.store.files import is_there

    for path in paths:
        if not is_there(Path(path)):
            raise AnnotatorError("no-such-command", value=path, nearest=_nearest(path, COMMANDS) if path == paths[0] else "")
    return show(list(paths))


def _nearest(name: str, known: Iterable[str]) -> str:
    from annotator.core.schema_fields import find_nearest

    return find_nearest(name, known)


def _program(language: Language, perform: Perform) -> click.Group:
    group = _Group(
        name=PROGRAM,
        help=say("cli.about", language),
        params=[_telling(("--version",), say("cli.version", language), _tell_version), _help(language)],
        add_help_option=False,
        subcommand_metavar=f"{say('cli.usage.paths', language)} | {say('cli.metavar.command', language)} …",
        commands={name: _command(name, language, perform=perform) for name in COMMANDS},
        options_metavar="",
    )
    group.context_class = _context(language)
    return group


def _command(name: str, language: Language, *, perform: Perform) -> click.Command:
    parameters = COMMANDS[name]

    def callback(**given: object) -> int:
        extra = click.get_current_context().args
        if extra:
            raise AnnotatorError("too-many-arguments", value=extra[0], command=name)
        for parameter in parameters:
            if isinstance(parameter, Option) and parameter.needed and given[parameter.name] is None:
                raise AnnotatorError("missing-argument", name=parameter.flags[-1], command=name)
            if isinstance(parameter, Argument) and given[parameter.name] is None and given.get("recipe") is None:
                raise AnnotatorError("missing-argument", name=say(f"cli.metavar.{parameter.metavar}", language), command=name)
        if any(parameter.name == "recipe" for parameter in parameters):
            source = click.get_current_context().get_parameter_source
            given["typed"] = frozenset(part for part in given if source(part) == click.core.ParameterSource.COMMANDLINE)
        return perform(name, given)

    command = click.Command(
        name,
        callback=callback,
        params=[*(_parameter(name, parameter, language) for parameter in parameters), _help(language)],
        help=say(f"cli.{name}.help", language),
        short_help=say(f"cli.{name}.short", language),
        add_help_option=False,
        options_metavar=say("cli.metavar.options", language),
        context_settings={"allow_extra_args": True},
    )
    command.context_class = _context(language)
    return command


def _parameter(command: str, parameter: Parameter, language: Language) -> click.Parameter:
    match parameter:
        case Argument(name, metavar, many, needed):
            shown = say(f"cli.metavar.{metavar}", language) + ("…" if many else "")
            return click.Argument([name], nargs=-1 if many else 1, required=needed, metavar=shown)
        case Option(name, flags, metavar, choices, default, many):
            shown = say(_HELP.get(name, f"cli.{command}.{name}"), language)
            return click.Option(
                [name, *flags],
                type=click.Choice(choices) if choices else type(default) if isinstance(default, int) else None,
                is_flag=not (metavar or choices),
                metavar=say(f"cli.metavar.{metavar}", language) if metavar else None,
                default=default if metavar or choices else False,
                multiple=many,
                help=shown if default is None else f"{shown} {say('cli.default', language, value=default)}",
            )


def _help(language: Language) -> click.Option:
    return _telling(("-h", "--help"), say("cli.help", language), lambda context: context.get_help())


def _tell_version(_context: click.Context) -> str:
    return f"{PROGRAM} {__version__}"


def _telling(flags: Sequence[str], shown: str, text: Callable[[click.Context], str]) -> click.Option:
    """An option that says something and ends the program."""

    def tell(context: click.Context, _parameter: click.Parameter, given: bool) -> None:
        if given and not context.resilient_parsing:
            click.echo(text(context))
            context.exit()

    return click.Option(flags, is_flag=True, is_eager=True, expose_value=False, callback=tell, help=shown)


class _Group(click.Group):
    """The commands in the order of the table."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


def _context(language: Language) -> type[click.Context]:
    """Click's help with its own few words in the language of the user."""

    class Formatter(click.HelpFormatter):
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, " ".join(args.split()), prefix=f"{say('cli.usage', language)} ")

        def write_heading(self, heading: str) -> None:
            super().write_heading(say(f"cli.section.{heading.casefold()}", language))

    class Context(click.Context):
        formatter_class = Formatter

    return Context


def _refusal(error: click.UsageError) -> AnnotatorError:
    """Click's refusal in our words."""
    command = (error.ctx.info_name or "") if error.ctx is not None and error.ctx.parent is not None else ""
    match error:
        case click.NoSuchOption():
            known = [flag for parameter in error.ctx.command.params for flag in parameter.opts] if error.ctx is not None else []
            return AnnotatorError("no-such-option", name=error.option_name, nearest=_nearest(error.option_name, known), command=command)
        case click.MissingParameter():
            return AnnotatorError("missing-argument", name=_shown(error.param), command=command)
        case click.BadOptionUsage():
            return AnnotatorError("option-needs-value", name=error.option_name, command=command)
        case click.BadParameter(param=click.Parameter(type=click.Choice(choices=choices))):
            return AnnotatorError("bad-choice", name=_shown(error.param), allowed=" ".join(map(str, choices)), command=command)
        case click.BadParameter():
            return AnnotatorError("bad-argument", name=_shown(error.param), command=command)
        case _:
            return AnnotatorError("wrong-use", command=command)


def _shown(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return ""
    return parameter.opts[-1] if isinstance(parameter, click.Option) else str(parameter.metavar or parameter.name)
