"""How the documentation is built: ``make docs``."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "_ext"))

DATA = tempfile.mkdtemp(prefix="xiuhua-docs-")
atexit.register(shutil.rmtree, DATA, ignore_errors=True)
os.environ["XIUHUA_DATA"] = DATA
os.environ["XIUHUA_LANG"] = "en"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiuhua.doors.settings")

project = "Xiuhua 绣花"
author = "Xiuhua contributors"
project_copyright = "Xiuhua contributors, Apache-2.0; maps © OpenStreetMap contributors"
language = "en"

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "floors",
    "flows",
    "rule_book",
    "command_help",
    "pages",
]
exclude_patterns = ["_build", "_generated", "README.md"]
source_suffix = {".md": "markdown"}

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
suppress_warnings = ["myst.strikethrough"]

autodoc_typehints = "none"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_rtype = False
nitpicky = False

html_theme = "furo"
html_title = "Xiuhua 绣花"
html_favicon = "../src/xiuhua/ground/ui/static/ui/icons/favicon.svg"
html_static_path = ["_static"]
html_css_files = ["xiuhua.css"]
templates_path = ["_templates"]
html_additional_pages = {"search": "search.html"}
html_copy_source = html_show_sourcelink = False
html_theme_options: dict[str, Any] = {
    "light_css_variables": {
        "color-background-primary": "#ffffff",
        "color-background-secondary": "#faf7f1",
        "color-foreground-primary": "#26221d",
        "color-background-border": "#e6dfd3",
        "color-brand-primary": "#a8322a",
        "color-brand-content": "#2c4a73",
        "color-brand-visited": "#2c4a73",
    },
    "dark_css_variables": {
        "color-brand-primary": "#e58c80",
        "color-brand-content": "#9db8de",
        "color-brand-visited": "#9db8de",
    },
    "top_of_page_buttons": [],
}
