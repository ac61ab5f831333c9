import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
SPEAK_ONCE = {"commands.py", "cli.py"}
"""The command line speaks the language of whoever started it."""


def test_every_message_has_its_english():
    checked = subprocess.run([sys.executable, "tools/messages.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert checked.returncode == 0, (
        checked.stderr + "\nRun tools/messages.py, then write the English into the .po files."
    )


def test_no_message_is_translated_while_a_module_is_loaded():
    files = (path for path in (ROOT / "src").rglob("*.py") if path.name not in SPEAK_ONCE)

    assert [f"{path.name}:{line} wants gettext_lazy" for path in files for line in _said_on_loading(path)] == []


def _said_on_loading(path: Path) -> list[int]:
    module = ast.parse(path.read_text("utf-8"))
    eager = {
        name.asname or name.name
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module in ("xiuhua.ground.words", "django.utils.translation")
        for name in node.names
        if name.name in ("gettext", "ngettext")
    }
    return [call.lineno for call in _calls_outside_functions(module) if getattr(call.func, "id", "") in eager]


def _calls_outside_functions(node: ast.AST) -> Iterator[ast.Call]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield child
        if isinstance(child, ast.FunctionDef | ast.Lambda):
            for decorator in getattr(child, "decorator_list", []):
                yield from _calls_outside_functions(ast.Expr(decorator))
        else:
            yield from _calls_outside_functions(child)
