"""A subdistrict's residents from one spreadsheet, against import-export's own row-by-row import, in one run.

Each side runs in a process of its own with a fresh database, so that its peak memory is its own. Ours checks, seals and
stages all rows and then imports them in one transaction, while another process goes on writing; import-export reads the
same sheet as its manual shows, a slice of it, scaled to all rows; openpyxl, which it reads by, reads the whole sheet.

    python benchmarks/bench_rosters.py [--rows 110000] [--slice 2000] [--json]

It uses SQLite in a temporary folder; on PostgreSQL after ``python tools/with_postgres.py``.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from xiuhua.ground.territory.models import Subdistrict

Seconds = dict[str, dict[str, float]]
SHEET, STOP = "residents.xlsx", "stop"


@contextmanager
def timed(seconds: Seconds, step: str) -> Iterator[None]:
    """Seconds by the clock, and of processor time, which other users of the machine disturb less."""
    clock, cpu = time.perf_counter(), time.process_time()
    yield
    seconds[step] = {"clock": time.perf_counter() - clock, "cpu": time.process_time() - cpu}


def laid_out(folder: Path) -> Subdistrict:
    """A fresh database with a subdistrict in which nobody lives yet."""
    _set_up(folder)
    from django.core.management import call_command
    from roster_files import EAST, NORTH, SOUTH, WEST, empty_subdistrict
    from shapely import box

    from xiuhua.ground.journal.actors import System
    from xiuhua.ground.territory import actions

    call_command("migrate", verbosity=0)
    area = box(WEST, SOUTH, EAST, NORTH)
    system = System("bench")
    made = actions.found_subdistrict(actor=system, code="310107014", name="试验街道", area=area, invented=True).subject
    actions.lay_out(actor=system, subdistrict=made, plan=empty_subdistrict())
    return made


def _set_up(folder: Path) -> None:
    os.environ.update(XIUHUA_DATA=str(folder), XIUHUA_KEYS_FILE=f"{folder}-keys.txt")
    os.environ["DJANGO_SETTINGS_MODULE"] = "xiuhua.doors.settings"
    if address := os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = _database_of_its_own(address, folder.name)
    import django

    django.setup()


def _database_of_its_own(address: str, name: str) -> str:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f'CREATE DATABASE "{name}"')
    return urlsplit(address)._replace(path=f"/{name}").geturl()


def run_xiuhua(folder: Path, _rows: int) -> dict[str, Any]:
    """Check, import, and check the same file once more; somebody else writes meanwhile."""
    place = laid_out(folder / "xiuhua")
    from xiuhua.ground.journal.actors import System
    from xiuhua.ground.progress import progress_bar
    from xiuhua.ground.rosters import actions as rosters
    from xiuhua.ground.rosters.actions import Upload, apply_roster, check_roster

    actor, upload = System("bench"), Upload(SHEET, (folder / SHEET).read_bytes())
    seconds: Seconds = {}
    with progress_bar() as progress:
        with timed(seconds, "check"):
            found = check_roster(
                actor=actor, kind="residents", path=place.path, upload=upload, progress=progress, wait=True
            )
        if found.faulty or found.refusal:
            raise SystemExit(f"{found.faulty} rows in error {found.refusal}")
        clear = rosters.clear_staged

        def cleared(roster_import_id: int) -> None:
            with timed(seconds, "clearing"):
                clear(roster_import_id)

        rosters.clear_staged = cleared  # it follows the commit, in transactions of its own
        with written_beside(folder / "xiuhua") as beside, timed(seconds, "commit"):
            apply_roster(actor=actor, roster_import=found)
        for kind, spent in seconds["clearing"].items():
            seconds["commit"][kind] -= spent
        with timed(seconds, "again"):
            again = check_roster(
                actor=actor, kind="residents", path=place.path, upload=upload, progress=progress, wait=True
            )
    return {"seconds": seconds, "rows": found.new, "same": again.same, "beside": beside}


@contextmanager
def written_beside(folder: Path) -> Iterator[dict[str, float]]:
    """Let another process write all the time, a row a time; tells how often it did, and how long it waited at most."""
    command = [sys.executable, "-W", "ignore", __file__, "--only", "beside", "--folder", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        other.stdout.readline()  # it is ready
        told: dict[str, float] = {}
        try:
            yield told
        finally:
            (folder / STOP).touch()
        told.update(json.loads(other.stdout.readline()))


def run_beside(folder: Path) -> None:
    """The other process: writes, commits, and takes note of the longest wait."""
    _set_up(folder)
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE beside (number integer)")
    count, longest = 0, 0.0
    while not (folder / STOP).exists():
        start = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO beside VALUES (%s)", [count])
        count, longest = count + 1, max(longest, time.perf_counter() - start)
        if count == 1:
            print("ready", flush=True)
        time.sleep(0.01)
    print(json.dumps({"writes": count, "longest": longest}), flush=True)


def run_import_export(folder: Path, rows: int) -> dict[str, Any]:
    """Import a slice as import-export's manual has it: a model resource, rows found and cleaned one by one."""
    place = laid_out(folder / "import_export")
    from import_export import resources
    from import_export.fields import Field
    from import_export.widgets import DateWidget
    from tablib import Dataset

    from xiuhua.ground.sealing.fields import sealed_equals
    from xiuhua.ground.territory.models import Household, Resident, Stairwell

    class ResidentResource(resources.ModelResource):  # type: ignore[misc]  # import-export is untyped
        name = Field("name", "姓名")
        id_number = Field("id_number", "证件号")
        phone = Field("phone", "电话")
        birth_date = Field("birth_date", "出生日期", widget=DateWidget("%Y-%m-%d"))

        class Meta:
            model = Resident
            fields = ("name", "id_number", "phone", "birth_date")
            use_bulk = True
            batch_size = 1_000
            skip_unchanged = True

        def get_instance(self, _loader: Any, row: Any) -> Any:
            return Resident.objects.filter(sealed_equals(Resident, "id_number", row["证件号"])).first()

        def before_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
            stairwell = Stairwell.objects.get(name=row["门洞"], path__startswith=place.path)
            household = Household.objects.filter(stairwell=stairwell, room=row["室号"]).first()
            if household is None:
                path = f"{stairwell.path}{stairwell.households.count() + 1:04d}"
                household = Household.objects.create(
                    stairwell=stairwell, room=row["室号"], path=path, floor=int(row["室号"][:-2])
                )
                heads[path] = 0
            heads[household.path] += 1
            instance.household, instance.path = household, f"{household.path}{heads[household.path]:02d}"
            instance.birth_year, instance.sex = instance.birth_date.year, "m" if row["性别"] == "男" else "f"

    heads: dict[str, int] = {}
    seconds: Seconds = {}
    with timed(seconds, "import"):
        dataset = Dataset()
        sheet = _opened(folder / SHEET)
        dataset.headers = [str(value) for value in next(sheet)]
        for row in islice(sheet, rows):
            dataset.append(row)
        result = ResidentResource().import_data(dataset, use_transactions=True, raise_errors=True)
    return {"seconds": seconds, "rows": result.totals["new"]}


def run_openpyxl(folder: Path, _rows: int) -> dict[str, Any]:
    """Read the whole sheet, nothing more."""
    seconds: Seconds = {}
    with timed(seconds, "read"):
        rows = sum(1 for _row in _opened(folder / SHEET))
    return {"seconds": seconds, "rows": rows - 1}


def run_reading(folder: Path, _rows: int) -> dict[str, Any]:
    """Read the whole sheet as we do: looked at while it inflates, then by calamine."""
    from xiuhua.ground.rosters.sheets import read_sheets

    seconds: Seconds = {}
    with timed(seconds, "read"):
        (sheet,) = read_sheets((folder / SHEET).read_bytes())
        rows = sum(1 for _row in sheet.lines())
    return {"seconds": seconds, "rows": rows - 1}


def _opened(path: Path) -> Iterator[tuple[Any, ...]]:
    from openpyxl import load_workbook

    sheet: Any = load_workbook(path, read_only=True, data_only=True).active
    yield from sheet.iter_rows(values_only=True)


SIDES: dict[str, Callable[[Path, int], dict[str, Any]]] = {
    "xiuhua": run_xiuhua,
    "reading": run_reading,
    "import_export": run_import_export,
    "openpyxl": run_openpyxl,
}


def measure(rows: int, part: int) -> dict[str, Any]:
    """Every side on one sheet."""
    with tempfile.TemporaryDirectory(prefix="xiuhua-bench-") as name:
        folder = Path(name)
        _set_up(folder / "sheet")
        from roster_files import residents, write_sheet

        write_sheet(folder / SHEET, residents(rows))
        found: dict[str, Any] = {"megabytes": (folder / SHEET).stat().st_size / 2**20}
        for one in SIDES:
            command = [sys.executable, "-W", "ignore", __file__, "--only", one, "--folder", name, "--slice", str(part)]
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
            if done.returncode:
                raise SystemExit(f"{one} failed")
            found[one] = json.loads(done.stdout)
    return found


def show(found: dict[str, Any]) -> None:
    """The ratios as a table; seconds and megabytes beside them, which hold for this machine only."""
    ours, theirs = found["xiuhua"], found["import_export"]
    rows, scale = ours["rows"], ours["rows"] / theirs["rows"]
    whole = {kind: sum(ours["seconds"][step][kind] for step in ("check", "commit")) for kind in ("clock", "cpu")}
    table = Table("peer / xiuhua", "by the clock", "processor", "xiuhua", "peer", title=f"{rows:,} residents")
    for column in table.columns[1:]:
        column.justify = "right"

    def line(label: str, mine: dict[str, float], peer: dict[str, float], times: float) -> None:
        clock, cpu = (f"{peer[kind] * times / mine[kind]:,.1f} x" for kind in ("clock", "cpu"))
        table.add_row(label, clock, cpu, f"{mine['clock']:.1f} s", f"{peer['clock'] * times:,.1f} s")

    slice_of = f"import-export, {theirs['rows']:,} rows scaled"
    line(slice_of, whole, theirs["seconds"]["import"], scale)
    line("reading: openpyxl", found["reading"]["seconds"]["read"], found["openpyxl"]["seconds"]["read"], 1)
    console = Console()
    console.print(table)
    seconds, beside = ours["seconds"], ours["beside"]
    said = {"check": "checked, sealed, staged", "commit": "commit", "clearing": "clearing what was staged"}
    for step, words in (said | {"again": "the same file again"}).items():
        console.print(
            f"{words}: {seconds[step]['clock']:.1f} s by the clock, {seconds[step]['cpu']:.1f} s of processor"
        )
    console.print(f"the same file again: {ours['same']:,} rows unchanged")
    console.print(f"peak memory: {ours['peak_mb']:,.0f} MB, of which reading {found['reading']['peak_mb']:,.0f} MB")
    console.print(f"beside the commit: {beside['writes']} writes, the longest waited {beside['longest']:.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description="The import of residents against import-export, as ratios.")
    parser.add_argument("--rows", type=int, default=110_000, help="residents in the sheet (default 110,000)")
    parser.add_argument("--slice", type=int, default=2_000, help="rows that import-export gets (default 2,000)")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--only", choices=[*SIDES, "beside"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only == "beside":
        run_beside(given.folder)
        return
    if given.only:
        told = SIDES[given.only](given.folder, given.slice)
        told["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(told))
        return
    found = measure(given.rows, given.slice)
    if given.json:
        print(json.dumps(found, indent=2))
    else:
        show(found)


if __name__ == "__main__":
    main()
