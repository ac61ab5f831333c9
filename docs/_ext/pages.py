"""What our pages need besides Sphinx: their own language, pictures that may not be taken yet, and Pagefind's search."""

from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

CHINESE_FOLDER = "manual/"


class IfThere(SphinxDirective):
    """``{picture} pictures/x.png``: the picture with its caption where the file exists, nothing where it does not."""

    required_arguments = 1
    has_content = True
    option_spec = {"alt": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        path, file = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(path)
        if not Path(file).exists():
            return []
        image = nodes.image(uri=f"/{path}", alt=self.options["alt"])
        caption = nodes.caption("", "", *self.parse_inline(" ".join(self.content))[0])
        return [nodes.figure("", image, caption)] if self.content else [image]


def _without_own_search(app: Sphinx) -> None:
    """Pagefind reads the finished pages, so Sphinx needs no index of its own."""
    if hasattr(app.builder, "search"):
        app.builder.search = False


def _in_its_language(_app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _tree: object) -> None:
    if pagename.startswith(CHINESE_FOLDER):
        context["language"] = "zh-CN"


def _bars_as_bars(_app: Sphinx, _what: str, _name: str, _obj: object, _options: object, lines: list[str]) -> None:
    """An absolute value in a docstring is no substitution."""
    lines[:] = [line if "``" in line else line.replace("|", "\\|") for line in lines]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_directive("picture", IfThere)
    app.connect("builder-inited", _without_own_search)
    app.connect("html-page-context", _in_its_language)
    app.connect("autodoc-process-docstring", _bars_as_bars)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
