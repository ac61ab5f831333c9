"""What the documentation names is there."""

import re
from pathlib import Path

import pytest

from xiuhua.doors import cli

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "xiuhua"
PAGES = sorted([*(ROOT / "docs").glob("*.md"), *(ROOT / "docs/decisions").glob("*.md"), *ROOT.glob("*.md")])
ROOMS = "|".join(sorted(folder.name for folder in SOURCE.iterdir() if folder.is_dir()))
NAMED = re.compile(rf"`(?:src/xiuhua/)?((?:{ROOMS})/[\w/.-]+\.(?:py|toml|svg|geojson))(?::(\w+))?`")


@pytest.mark.parametrize("document", PAGES, ids=lambda document: str(document.relative_to(ROOT)))
def test_code_that_a_page_names_exists(document):
    named = NAMED.findall(document.read_text("utf-8"))

    assert [path for path, _ in named if not (SOURCE / path).is_file()] == []
    assert [f"{path}:{name}" for path, name in named if name and not _defines(SOURCE / path, name)] == []


@pytest.mark.parametrize("document", PAGES, ids=lambda document: str(document.relative_to(ROOT)))
def test_sample_files_that_a_page_names_are_carried(document):
    samples = re.findall(r"\bsamples/[\w.-]+\.\w+", document.read_text("utf-8"))

    assert [sample for sample in samples if not (ROOT / sample).is_file()] == []


def test_the_command_line_page_has_every_noun():
    page = (ROOT / "docs/command-line.md").read_text("utf-8")

    assert [noun for noun in cli._DOORS if f"## xiuhua {noun}" not in page] == []


def test_make_targets_that_the_readme_names_exist():
    targets = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    for page in (ROOT / "README.md", ROOT / "README.zh.md", ROOT / "docs/install.md", ROOT / "CONTRIBUTING.md"):
        assert set(re.findall(r"`make ([a-z]+)", page.read_text("utf-8"))) <= targets, page.name


def _defines(file: Path, name: str) -> bool:
    return re.search(rf"^\s*(def|class) {name}\b|^{name}\b", file.read_text("utf-8"), re.MULTILINE) is not None
