"""What goes to the browser: nothing inline, nothing from elsewhere, every import under its hashed name."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

import xiuhua

SOURCE = Path(xiuhua.__file__).parent
ROOT = SOURCE.parents[1]
TEMPLATES = sorted(SOURCE.rglob("templates/**/*.html"))
OUR_FILES = sorted(
    path for path in SOURCE.rglob("static/**/*") if path.suffix in {".js", ".css"} and "vendor" not in path.parts
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_templates_have_no_inline_style_or_script(path):
    text = path.read_text("utf-8")
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"<style", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))
    assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", text)


@pytest.mark.parametrize("path", OUR_FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_scripts_and_styles_fetch_nothing_from_elsewhere(path):
    text = path.read_text("utf-8")
    assert not re.search(r"""(?:import|from|fetch\(|url\()\s*["']?https?:""", text)
    assert not re.search(
        r"\b(?:eval|new Function)\(|\.innerHTML\s*=(?!\s*await \w+\.text\(\))|setAttribute\(\s*[\"']style", text
    )


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    from django.conf import settings
    from django.test import override_settings

    folder = tmp_path_factory.mktemp("static")
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": "xiuhua.ground.ui.storage.HashedStorage"}}
    with override_settings(STATIC_ROOT=folder, STORAGES=storages):
        call_command("collectstatic", verbosity=0, interactive=False)
    return folder


HASHED = re.compile(r"\.[0-9a-f]{12}\.js$")
STATEMENT = re.compile(r'^(?:import|export)[^;"\'()]*(?:from )?"(\.[^"]+)";', re.MULTILINE)


def test_modules_import_one_another_by_hashed_names(collected):
    modules = [path for path in collected.rglob("*.js") if HASHED.search(path.name)]
    assert any(path.name.startswith("map.") for path in modules)
    for module in modules:
        for target in STATEMENT.findall(module.read_text("utf-8")):
            assert HASHED.search(target), f"{module.name} imports {target}"
            assert (module.parent / target).resolve().is_file(), f"{module.name} imports {target}"


def test_vendor_files_name_no_missing_source_map(collected):
    assert (collected / "vendor/maplibre/maplibre-gl-worker.js").is_file()
    for path in collected.glob("vendor/**/*.js"):
        assert "sourceMappingURL=" not in path.read_text("utf-8")


def test_assets_are_up_to_date_and_a_second_build_does_nothing():
    built = subprocess.run(
        [sys.executable, "tools/build_assets.py"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "npm" not in built.stdout


def test_lock_file_names_no_registry():
    text = (ROOT / "package-lock.json").read_text("utf-8")
    assert all(
        address.startswith("https://registry.npmjs.org/") for address in re.findall(r'"resolved": "([^"]+)"', text)
    )
