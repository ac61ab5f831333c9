"""``{command} lifecircle``: arguments and options of a command, read from the command itself."""

import inspect
from pathlib import Path
from typing import Any

import typer
from django.utils import translation
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from xiuhua.doors import cli


class Command(SphinxDirective):
    """Usage, purpose and options of ``xiuhua NOUN [VERB]``."""

    required_arguments = 1
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        for path in [__file__, cli.__file__, *Path(cli.__file__).parents[1].rglob("commands.py")]:
            self.env.note_dependency(str(path))
        cli._set_up_django()
        with translation.override("en"):
            command, context = found(*self.arguments)
        return self.parse_text_to_nodes("\n".join(reference(command, context)))


def found(noun: str, *verb: str) -> tuple[Any, typer.Context]:
    """The command that ``xiuhua NOUN [VERB]`` runs, loaded as the command line loads it."""
    command: Any = cli._load(noun, cli._DOORS[noun])
    context = typer.Context(command, info_name=f"xiuhua {noun}")
    for name in verb:
        command = command.get_command(context, name)
        context = typer.Context(command, info_name=name, parent=context)
    return command, context


def reference(command: Any, context: typer.Context) -> list[str]:
    """Markdown of a command's help."""
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    records = [parameter.get_help_record(context) for parameter in command.get_params(context)]
    rows = [(name.strip(), text.strip()) for name, text in filter(None, records) if "--help" not in name]
    table = ["| | |", "|---|---|", *(f"| `{name}` | {_inside_a_cell(text)} |" for name, text in rows)]
    purpose = inspect.cleandoc(command.help or "").splitlines()
    return ["```console", f"$ {usage}", "```", "", *purpose, "", *(table if rows else [])]


def _inside_a_cell(text: str) -> str:
    return text.replace("|", "\\|").replace("[", "\\[")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_directive("command", Command)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
