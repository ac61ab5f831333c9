"""Keep the English catalogue in step with the Chinese messages in code, templates and scripts.

Without arguments: write every message into ``ground/ui/locale/en/LC_MESSAGES/*.po``, keep the translations that are
there, drop what nobody says any more, and list what still lacks an English. With ``--check``: change nothing, and end
with 1 where a message is missing, untranslated, or translated with other ``%(places)s``.

Messages are found in ``_("…")`` and Django's gettext functions (Python, by syntax tree), in ``{% trans %}``,
``{% blocktrans %}`` and ``_("…")`` of templates, and in ``_("…")`` of scripts, which have a catalogue of their own. A
message that is only passed on is marked with ``gettext_noop("…")``.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import django.conf
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "xiuhua"
CATALOGUES = SOURCE / "ground/ui/locale/en/LC_MESSAGES"

SINGULAR = {"_", "gettext", "gettext_lazy", "gettext_noop", "_l"}
PLURAL = {"ngettext", "ngettext_lazy"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy"}

LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
TEMPLATE_CALL = re.compile(
    rf"\b(_|gettext|ngettext|pgettext|npgettext)\(\s*({LITERAL}(?:\s*,\s*{LITERAL})*)", re.DOTALL
)
SCRIPT_CALL = re.compile(r'(?<![\w.])_\(\s*("(?:[^"\\]|\\.)*")', re.DOTALL)
PLACE = re.compile(r"%\(\w+\)[sd]")
HEADER = r"""msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: en\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""


@dataclass(frozen=True, slots=True)
class Said:
    """A message and the file that says it."""

    text: str
    path: str
    plural: str | None = None
    context: str | None = None


def main() -> None:
    """Write the catalogues, or check them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing, only say what is wrong")
    check = parser.parse_args().check
    if not django.conf.settings.configured:
        django.conf.settings.configure()
    wrong = []
    for name, said in (("django.po", [*in_python(), *in_templates()]), ("djangojs.po", list(in_scripts()))):
        path = CATALOGUES / name
        old = _read(path)
        new = _catalogue(said, old)
        wrong += [f"{name}: {complaint}" for complaint in _complaints(new)]
        if check:
            wrong += [
                f"{name}: not in the catalogue: {message.id!r}"
                for message in new
                if message.id and message.id not in old
            ]
        else:
            _write(path, new)
    print(*wrong, sep="\n", file=sys.stderr)
    print(f"{len(wrong)} messages to mend" if wrong else "every message has its English")
    sys.exit(1 if wrong and check else 0)


def in_python() -> Iterator[Said]:
    """Messages in calls of the gettext functions."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path))):
            if isinstance(node, ast.Call):
                yield from _call(_name(node.func), [_constant(argument) for argument in node.args], path)


def in_templates() -> Iterator[Said]:
    """Messages in templates, as Django's own parser sees them."""
    for path in sorted(SOURCE.rglob("templates/**/*.html")):
        for call in TEMPLATE_CALL.finditer(templatize(path.read_text("utf-8"), origin=str(path))):
            arguments = ast.literal_eval(f"[{call[2]}]")
            yield from _call(call[1], arguments, path)


def in_scripts() -> Iterator[Said]:
    """Messages in our scripts."""
    for path in sorted(SOURCE.rglob("static/**/*.js")):
        if "vendor" not in path.parts:
            for call in SCRIPT_CALL.finditer(path.read_text("utf-8")):
                yield Said(ast.literal_eval(call[1]), _relative(path))


def _call(name: str, arguments: list[str | None], path: Path) -> Iterator[Said]:
    first, second, third = [*arguments, None, None, None][:3]
    if name in SINGULAR and first:
        yield Said(first, _relative(path))
    elif name in PLURAL and first and second:
        yield Said(first, _relative(path), plural=second)
    elif name in WITH_CONTEXT and first and second:
        yield Said(second, _relative(path), context=first)
    elif name == "npgettext" and first and second and third:
        yield Said(second, _relative(path), plural=third, context=first)


def _catalogue(said: list[Said], old: Catalog) -> Catalog:
    new = Catalog(locale="en")
    for message in sorted(said, key=lambda one: (one.path, one.text)):
        key = (message.text, message.plural) if message.plural else message.text
        known = old.get(message.text, message.context)
        new.add(key, known.string if known else None, locations=[(message.path, 0)], context=message.context)
    return new


def _complaints(catalogue: Catalog) -> Iterator[str]:
    for message in catalogue:
        if not message.id:
            continue
        originals = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string or [""])
        if not all(strings):
            yield f"no English for {originals[0]!r} ({message.locations[0][0]})"
        for string in filter(None, strings):
            if set(PLACE.findall(string)) != set(PLACE.findall(originals[-1])):
                yield f"other places in the English of {originals[0]!r}: {string!r}"


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as text:
        return read_po(text, locale="en")


def _write(path: Path, catalogue: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as text:
        text.write(HEADER.encode())
        write_po(text, catalogue, width=120, omit_header=True, include_lineno=False, ignore_obsolete=True)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _constant(argument: ast.expr) -> str | None:
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def _relative(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


if __name__ == "__main__":
    main()
