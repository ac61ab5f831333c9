"""A demonstration subdistrict of its own, or the gallery, served on a free port: for browser tests and pictures."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
XIUHUA = str(Path(sys.executable).parent / "xiuhua")
SECONDS_TO_START = 60
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
]
"""Chromium draws WebGL without a graphics card and calls nobody."""


@contextmanager
def demo_served(data: Path, scale: float) -> Iterator[str]:
    """Build a demonstration in the folder `data` unless it holds one, and serve it as in production.

    Yields
    ------
    str
        Address of the start page, without the last slash.

    Raises
    ------
    RuntimeError
        The server did not answer within `SECONDS_TO_START`, with what it said.
    """
    if not (data / "xiuhua.sqlite3").exists():
        build_demo(data, scale)
    with _serving(
        lambda port: [XIUHUA, "serve", "--port", str(port)], _environment(data), data / "server.log"
    ) as address:
        yield address


def build_demo(data: Path, scale: float, *more: str) -> None:
    """Build a demonstration in the folder `data`, with more words to the command; a copy of it is another one."""
    command = [XIUHUA, "demo", "--scale", str(scale), "--no-serve", *more]
    subprocess.run(command, env=_environment(data), check=True)


def session_of(data: Path, role: str) -> str:
    """Session of someone for a cookie: who holds a role in the folder `data`, a ``resident`` at home, a ``voter``."""
    return sessions_of(data, [role])[role]


def sessions_of(data: Path, roles: Sequence[str]) -> dict[str, str]:
    """Session of each of several people, as `session_of` says, in the time that one takes."""
    script = [sys.executable, str(ROOT / "tools" / "signing_in.py"), *roles]
    told = subprocess.run(script, env=_environment(data), check=True, capture_output=True, text=True).stdout
    return dict(zip(roles, told.split(), strict=True))


def _environment(data: Path) -> dict[str, str]:
    """Surroundings of a process that works on the folder `data` as in production."""
    environment = {**os.environ, "XIUHUA_DATA": str(data), "PYTHONUNBUFFERED": "1"}
    for name in ("XIUHUA_DEBUG", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        environment.pop(name, None)
    return environment


@contextmanager
def gallery_served(folder: Path) -> Iterator[str]:
    """Serve the gallery of the interface's own pages (``tests/browser/gallery``); its log lies in `folder`.

    Yields
    ------
    str
        Address of the start page, without the last slash.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "tests"), "PYTHONUNBUFFERED": "1"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    module = [sys.executable, "-m", "browser.gallery"]
    with _serving(lambda port: [*module, str(port)], environment, folder / "gallery.log") as address:
        yield address


@contextmanager
def _serving(command: Callable[[int], list[str]], environment: dict[str, str], log: Path) -> Iterator[str]:
    """Run a server on a free port until the block ends."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with log.open("wb") as output:
        server = subprocess.Popen(command(port), env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_for(address, server, log)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=60)


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    message = f"the server at {address} does not answer:\n{log.read_text(errors='replace')}"
    raise RuntimeError(message)


def free_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
