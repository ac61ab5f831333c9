"""Every list and object page against an empty signed-in page on the same base template: ratios of one run.

Builds the demonstration subdistrict (or takes one that stands), signs in as one person a role, walks from the
navigation to one page of each address pattern, and takes the median of several answers of each, in turns with the
empty page.

    python benchmarks/bench_pages.py [--scale 1] [--data FOLDER] [--rounds 9]
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from django.test import Client

LINK = re.compile(r'href="(/[^"#]*)"')
ENOUGH = 5.0
"""Times an empty page that a list or object page may take."""


def main() -> int:
    """Print the table; 1 where a page takes more than `ENOUGH` times an empty one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0, help="size of the demonstration, 1 for the whole")
    parser.add_argument("--data", type=Path, help="folder of a demonstration that stands already")
    parser.add_argument("--rounds", type=int, default=9, help="answers of each page")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="xiuhua-bench-") as fresh:
        data = asked.data or Path(fresh)
        os.environ.update(XIUHUA_DATA=str(data), DJANGO_SETTINGS_MODULE="xiuhua.doors.settings")
        if asked.data is None:
            command = [str(Path(sys.executable).parent / "xiuhua"), "demo", "--no-serve", "--scale", str(asked.scale)]
            subprocess.run(command, check=True)
        return _measure(asked.rounds)


def _measure(rounds: int) -> int:
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS.append("testserver")
    table = Table("page", "as", "times an empty page", "queries", title="One page of each kind")
    slow = 0
    empty = _empty_client()
    for role, client in _clients():
        for pattern, address in _addresses(client):
            ratio, queries = _ratio(client, address, empty, rounds)
            slow += ratio > ENOUGH
            table.add_row(pattern, role, f"{ratio:.2f}", str(queries), style="red" if ratio > ENOUGH else None)
    Console(width=120).print(table)
    return 1 if slow else 0


def _ratio(client: Client, address: str, empty: Client, rounds: int) -> tuple[float, int]:
    """Median time of a page by that of the empty page, both taken in turns; and the page's number of queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    empty.get("/")
    page, nothing = [], []
    for _round in range(rounds):
        page.append(_seconds(client, address))
        nothing.append(_seconds(empty, "/"))
    return statistics.median(page) / statistics.median(nothing), len(captured)


def _seconds(client: Client, address: str) -> float:
    begun = time.perf_counter()
    answer = client.get(address)
    _whole = answer.getvalue() if answer.streaming else answer.content
    return time.perf_counter() - begun


def _empty_client() -> Client:
    """Somebody who is signed in and has no role: their start page is the frame and a sentence."""
    from django.utils import timezone

    from xiuhua.ground.accounts.models import User

    user, _made = User.objects.get_or_create(username="bench-nobody", defaults={"made_at": timezone.now()})
    return _signed_in(user)


def _clients() -> Iterator[tuple[str, Client]]:
    """One person of each role."""
    from xiuhua.ground.accounts.models import RoleGrant
    from xiuhua.ground.scope.roles import Role

    for role in Role:
        grant = RoleGrant.objects.filter(role=role, ended_at=None).select_related("user").first()
        if grant is not None:
            yield str(role.value), _signed_in(grant.user)


def _signed_in(user: object) -> Client:
    from django.test import Client

    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


_seen: set[str] = set()


def _addresses(client: Client) -> Iterator[tuple[str, str]]:
    """One address of each pattern that nobody measured yet, found by following links from the start page."""
    waiting = ["/"]
    asked: set[str] = set()
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address, follow=True)
        if answer.status_code != 200 or "text/html" not in answer.headers.get("Content-Type", ""):
            continue
        for link in LINK.findall(answer.content.decode()):
            path = urlsplit(link).path
            pattern = _pattern(path)
            if pattern is None or pattern in asked or "export" in link:
                continue
            asked.add(pattern)
            waiting.append(path)
            if pattern not in _seen and client.get(path).status_code == 200:
                _seen.add(pattern)
                yield pattern, path


def _pattern(path: str) -> str | None:
    from django.urls import Resolver404, resolve

    try:
        return str(resolve(path).route)
    except Resolver404:
        return None


if __name__ == "__main__":
    sys.exit(main())
