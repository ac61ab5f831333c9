"""Every list and object page against an empty signed-in page on the same base template: ratios of one run.

Builds the demonstration subdistrict (or takes one that stands), signs in as one person a role and as a resident, and
walks from the start page to one page of each address pattern. Each page that holds a search box, filters, heads that
sort or pages to turn is asked those as well (`pages_asked.py`). A ratio is the median of several answers by that of the
empty page, taken in turns; what is quick at the first try is not asked again.

    python benchmarks/bench_pages.py [--scale 1] [--data FOLDER] [--rounds 9] [--all]
"""

from __future__ import annotations

import argparse
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlencode, urlsplit

from pages_asked import asked_of, links_of
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from django.test import Client

ENOUGH = 5.0
"""Times an empty page that a list or object page may take."""
SUBDISTRICT = 9
"""Digits of a subdistrict's path: who holds a role there sees everything, others a part."""


@dataclass(frozen=True, slots=True, order=True)
class Answer:
    """What one address takes, in times of an empty page: by what decides, by the clock, and its queries."""

    times: float
    clock: float
    queries: int
    query: str = ""


@dataclass(slots=True)
class Told:
    """What was measured of one address pattern: the bare address, and all that can be asked of it, slowest first."""

    pattern: str
    role: str
    bare: Answer
    answers: list[Answer]


class Measure:
    """Takes ratios.

    Processor time decides where the database works within this process, which is SQLite: others who use the machine
    disturb it little. On PostgreSQL the clock decides.
    """

    def __init__(self, rounds: int) -> None:
        from django.db import connection

        self.rounds = rounds
        self.by_processor = connection.vendor == "sqlite"
        self.empty = _empty_client()
        nothing = [_seconds(self.empty, "/") for _round in range(5 * rounds)]
        self.nothing = statistics.median(processor for processor, _clock in nothing)

    def answer(self, client: Client, address: str, query: dict[str, str]) -> Answer:
        """One address with what is asked of it; what is quick at the second try is not asked again."""
        address = _address_of(client, address, query)
        queries = _queries(client, address)
        page, nothing = [_seconds(client, address)], [_seconds(self.empty, "/")]
        if page[0][not self.by_processor] > ENOUGH / 2 * self.nothing:
            for _round in range(self.rounds):
                page.append(_seconds(client, address))
                nothing.append(_seconds(self.empty, "/"))
        processor, clock = (
            statistics.median(one[kind] for one in page) / statistics.median(one[kind] for one in nothing)
            for kind in (0, 1)
        )
        return Answer(processor if self.by_processor else clock, clock, queries, urlencode(query))


def main() -> int:
    """Print the table; 1 where a page takes more than `ENOUGH` times an empty one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0, help="size of the demonstration, 1 for the whole")
    parser.add_argument("--data", type=Path, help="folder of a demonstration that stands already")
    parser.add_argument("--rounds", type=int, default=9, help="answers of each page")
    parser.add_argument("--all", action="store_true", help="name every address, not only the slowest of its pattern")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="xiuhua-bench-") as fresh:
        os.environ.update(XIUHUA_DATA=str(asked.data or fresh), DJANGO_SETTINGS_MODULE="xiuhua.doors.settings")
        if asked.data is None:
            os.environ["XIUHUA_KEYS_FILE"] = f"{fresh}/keys.txt"
            command = [str(Path(sys.executable).parent / "xiuhua"), "demo", "--no-serve", "--scale", str(asked.scale)]
            subprocess.run(command, check=True)
        return _measured(asked.rounds, every=asked.all)


def _measured(rounds: int, *, every: bool) -> int:
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS.append("testserver")
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    measure = Measure(rounds)
    seen: set[tuple[str, str]] = set()
    told = [one for role, breadth, client in _clients() for one in _walked(measure, role, breadth, client, seen)]
    _show(told, every=every)
    count = sum(len(one.answers) for one in told)
    print(f"{count} addresses; an empty page took {1000 * measure.nothing:.1f} ms of processor time")
    return 1 if any(one.answers[0].times > ENOUGH for one in told) else 0


def _show(told: list[Told], *, every: bool) -> None:
    table = Table("page", "as", "times", "queries", "asked", "slowest of what was asked", "times", "clock", "queries")
    for one in sorted(told, key=lambda one: (one.pattern, one.role)):
        for answer in one.answers if every else one.answers[:1]:
            style = "red" if answer.times > ENOUGH else "yellow" if answer.times > ENOUGH - 1 else None
            figures = [f"{answer.times:.2f}", f"{answer.clock:.2f}", str(answer.queries)]
            bare = [f"{one.bare.times:.2f}", str(one.bare.queries), str(len(one.answers))]
            table.add_row(one.pattern, one.role, *bare, unquote(answer.query), *figures, style=style)
    Console(width=190).print(table)


def _walked(measure: Measure, role: str, breadth: str, client: Client, seen: set[tuple[str, str]]) -> Iterator[Told]:
    """Each pattern that nobody who sees as much was measured on, with all that can be asked there."""
    for pattern, address in _addresses(client):
        if (pattern, breadth) in seen or not _body(client, address):
            continue
        seen.add((pattern, breadth))
        bare = measure.answer(client, address, {})
        asked = asked_of(_body(client, address), address, _words())
        answers = [bare, *(measure.answer(client, address, query) for query in asked)]
        yield Told(pattern, role, bare, sorted(answers, reverse=True))


def _address_of(client: Client, address: str, query: dict[str, str]) -> str:
    """Where an answer to what is asked stands: words that find people are sent by POST and stand in no address."""
    if "q" in query:
        sent = client.post(address, query)
        if sent.status_code == 303:
            return f"{sent.headers['Location']}&page={query.get('page', 1)}"
    return f"{address}?{urlencode(query)}" if query else address


def _queries(client: Client, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(address)
        return len(captured)


def _seconds(client: Client, address: str) -> tuple[float, float]:
    """Of processor time, and by the clock."""
    processor, clock = time.process_time(), time.perf_counter()
    answer = client.get(address)
    _whole = answer.getvalue() if answer.streaming else answer.content
    return time.process_time() - processor, time.perf_counter() - clock


def _body(client: Client, address: str) -> str:
    """The page; empty for what is no page, or not for this reader."""
    answer = client.get(address)
    page = answer.status_code == 200 and "text/html" in answer.headers.get("Content-Type", "")
    return answer.content.decode() if page else ""


def _empty_client() -> Client:
    """Somebody who is signed in and has no role: their start page is the frame and a sentence."""
    from django.utils import timezone

    from xiuhua.ground.accounts.models import User

    user, _made = User.objects.get_or_create(username="bench-nobody", defaults={"made_at": timezone.now()})
    return _signed_in(user)


def _clients() -> Iterator[tuple[str, str, Client]]:
    """One person of each role, whether they see all or a part, and a resident whose binding stands."""
    from xiuhua.ground.accounts.models import RoleGrant
    from xiuhua.ground.scope.roles import Role
    from xiuhua.ground.territory.models import Binding

    for role in Role:
        grant = RoleGrant.objects.filter(role=role, ended_at=None).select_related("user").first()
        if grant is not None:
            yield str(role.value), "all" if len(grant.path) <= SUBDISTRICT else "part", _signed_in(grant.user)
    binding = Binding.objects.standing().select_related("user").first()
    if binding is not None:
        yield "resident", "part", _signed_in(binding.user)


def _words() -> list[str]:
    """What people type: a family name, a whole name, numbers, rooms and doors, streets; what is found nowhere."""
    from xiuhua.ground.territory.models import Resident, Stairwell

    resident = Resident.objects.here().exclude(phone_index="").first()
    stairwell = Stairwell.objects.select_related("building").order_by("-pk").first()
    known = [resident.name, resident.phone, resident.id_number] if resident else []
    if stairwell:
        known += [stairwell.address, f"{stairwell.address}101", stairwell.address[:3], stairwell.building.quarter]
    return [*filter(None, known), "王", "陈秀英", "501", "路", "号 301室", "第1", "demo", "没有这样的字"]


def _signed_in(user: object) -> Client:
    from django.test import Client

    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def _addresses(client: Client) -> Iterator[tuple[str, str]]:
    """One address of each pattern: those that need no number, and those that links of theirs lead to."""
    waiting, found = ["/"], {""}
    for pattern in _plain_patterns():
        found.add(pattern)
        waiting.append(f"/{pattern}")
        yield pattern, f"/{pattern}"
    while waiting:
        address = waiting.pop(0)
        answer = client.get(address, follow=True)
        if answer.status_code != 200 or "text/html" not in answer.headers.get("Content-Type", ""):
            continue
        for link in links_of(answer.content.decode()):
            path = urlsplit(link).path
            route = _pattern(path)
            if route and route not in found and "export" not in link:
                found.add(route)
                waiting.append(path)
                yield route, path


def _plain_patterns() -> Iterator[str]:
    """Patterns of pages that stand for themselves; what answers machines is left out."""
    from django.urls import URLPattern, URLResolver, get_resolver

    def below(resolver: URLResolver, before: str) -> Iterator[str]:
        for one in resolver.url_patterns:
            route = before + str(one.pattern)
            if isinstance(one, URLPattern):
                yield route
            else:
                yield from below(one, route)

    for route in below(get_resolver(), ""):
        if not set("<(^") & set(route) and not route.startswith(("api/", "feed/", "map/")):
            yield route


def _pattern(path: str) -> str | None:
    from django.urls import Resolver404, resolve

    try:
        return str(resolve(path).route)
    except Resolver404:
        return None


if __name__ == "__main__":
    sys.exit(main())
