"""Siting on the OR-Library p-median instances: proofs, seconds, and ratios against spopt with HiGHS in the same run.

Our side answers every instance in one process, in the order of their numbers; the peer gets a process for each answer
and is stopped after a minute; once that has happened three times in a row, it is asked nothing larger. The ratios count
the statement and the solution of its model, not its start. Answers are compared with the known optima and with the
peer's.

    python benchmarks/bench_siting.py [--data FOLDER] [--peer-nodes 400] [--peer-seconds 60] [--peer-asked lscp]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from siting_cases import CENTERS, MEDIANS, NUMBERS, Case, cases

QUESTIONS = {
    "p_median": "p-median",
    "p_center": "p-center",
    "lscp": "LSCP at the p-center's radius",
    "mclp": "MCLP at half of it",
}
IN_VAIN = 3
"""The peer is asked nothing larger once it was stopped so many times in a row."""

Figures = dict[str, Any]


def run_xiuhua(folder: Path | None) -> dict[str, list[Figures]]:
    """Our side. Compiled code is fetched from numba's cache before the clock starts, as in any but the first run."""
    from xiuhua.engine import siting

    ask: dict[str, Callable[[Case], siting.Solution]] = {
        "p_median": lambda case: siting.p_median(case.cost, case.p),
        "p_center": lambda case: siting.p_center(case.cost, case.p),
        "lscp": lambda case: siting.lscp(case.cost, case.radius),
        "mclp": lambda case: siting.mclp(case.cost, case.p, case.half_radius),
    }
    all_cases = list(cases(folder))
    found: dict[str, list[Figures]] = {}
    for question in QUESTIONS:
        ask[question](all_cases[0])
        found[question] = []
        for case in all_cases:
            clock, cpu = time.perf_counter(), time.process_time()
            answer = ask[question](case)
            seconds = {"clock": time.perf_counter() - clock, "cpu": time.process_time() - cpu}
            size = {"number": case.number, "nodes": len(case.cost), "p": case.p}
            found[question].append(size | {"objective": answer.objective, "proven": answer.proven} | seconds)
    return found


def run_spopt(question: str, number: int, folder: Path | None) -> Figures:
    """The peer's side: one question on one instance."""
    from spopt_side import objective, solver

    case = next(cases(folder, range(number, number + 1)))
    clock, cpu = time.perf_counter(), time.process_time()
    value = objective(question, case)
    seconds = {"clock": time.perf_counter() - clock, "cpu": time.process_time() - cpu}
    return {"number": number, "objective": value, "solver": solver().name} | seconds


def in_a_process(*arguments: str, seconds: float | None = None) -> Any:
    """What another process of this script prints, or None where it was stopped."""
    command = [sys.executable, "-W", "ignore", __file__, "--json", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def measure(data: list[str], questions: list[str], peer_nodes: int, peer_seconds: float) -> Figures:
    """Both sides; the peer only for some questions, on instances of at most so many nodes."""
    ours = in_a_process("--only", "xiuhua", *data)
    peer: dict[str, list[Figures]] = {}
    for question in questions:
        answers = ours[question]
        peer[question] = []
        for number in (answer["number"] for answer in answers if answer["nodes"] <= peer_nodes):
            what = ["--only", "spopt", "--question", question, "--number", str(number)]
            answer = in_a_process(*what, *data, seconds=peer_seconds)
            peer[question].append(answer or {"number": number})
            if len(peer[question]) >= IN_VAIN and not any("clock" in one for one in peer[question][-IN_VAIN:]):
                break
    return {"xiuhua": ours, "spopt": peer, "peer_seconds": peer_seconds}


def show(found: Figures) -> None:
    """Two tables: ours on all instances, and both where the peer finished."""
    console = Console(width=120)
    console.print(_ours(found["xiuhua"]))
    console.print(_ratios(found))


def _ours(ours: dict[str, list[Figures]]) -> Table:
    table = Table("xiuhua, 20 instances of 100 to 900 nodes", "proven", "as known", "seconds in sum", "cpu", "slowest")
    for column in table.columns[1:]:
        column.justify = "right"
    known = {"p_median": MEDIANS, "p_center": CENTERS}
    for question, label in QUESTIONS.items():
        answers = ours[question]
        slowest = max(answers, key=lambda answer: answer["clock"])
        optima = known.get(question, {})
        equal = sum(answer["objective"] == optima[answer["number"]] for answer in answers) if optima else "-"
        table.add_row(
            label, str(sum(answer["proven"] for answer in answers)), str(equal),
            f"{sum(answer['clock'] for answer in answers):.2f} s", f"{sum(answer['cpu'] for answer in answers):.2f} s",
            f"{slowest['clock']:.2f} s (pmed{slowest['number']})",
        )  # fmt: skip
    return table


def _ratios(found: Figures) -> Table:
    solver = next((one["solver"] for many in found["spopt"].values() for one in many if "solver" in one), "HiGHS")
    table = Table(f"spopt with {solver} / xiuhua", "by the clock", "processor", "xiuhua", "spopt", "same value")
    for column in table.columns[1:]:
        column.justify = "right"
    for question in found["spopt"]:
        label = QUESTIONS[question]
        ours = {answer["number"]: answer for answer in found["xiuhua"][question]}
        pairs = [(ours[peer["number"]], peer) for peer in found["spopt"][question] if "clock" in peer]
        for mine, peer in pairs:
            _add_ratio(table, f"{label}: pmed{peer['number']}", [(mine, peer)])
        stopped = [f"pmed{peer['number']}" for peer in found["spopt"][question] if "clock" not in peer]
        if stopped:
            table.add_row(f"{label}: {', '.join(stopped)}", "", "", "", f"over {found['peer_seconds']:.0f} s", "")
        if pairs:
            _add_ratio(table, f"[bold]{label}: sum of those finished", pairs)
    return table


def _add_ratio(table: Table, label: str, pairs: list[tuple[Figures, Figures]]) -> None:
    mine, peer = ({kind: sum(pair[side][kind] for pair in pairs) for kind in ("clock", "cpu")} for side in (0, 1))
    clock, cpu = (f"{peer[kind] / max(mine[kind], 1e-4):,.0f} x" for kind in ("clock", "cpu"))
    same = all(abs(one["objective"] - other["objective"]) < 1e-3 for one, other in pairs)
    table.add_row(label, clock, cpu, f"{mine['clock']:.3f} s", f"{peer['clock']:.1f} s", "yes" if same else "NO")


def main() -> None:
    parser = argparse.ArgumentParser(description="Siting on the OR-Library instances against spopt, as ratios.")
    parser.add_argument(
        "--data", type=Path, help="folder with pmed1.txt and so on (default: the copy beside this file)"
    )
    parser.add_argument("--peer-nodes", type=int, default=400, help="ask the peer up to this size (default 400)")
    parser.add_argument("--peer-seconds", type=float, default=60, help="stop the peer after so many (default 60)")
    parser.add_argument(
        "--peer-asked", nargs="+", choices=QUESTIONS, default=list(QUESTIONS), help="what to ask the peer"
    )
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--only", choices=["xiuhua", "spopt"], help=argparse.SUPPRESS)
    parser.add_argument("--question", choices=sorted(QUESTIONS), help=argparse.SUPPRESS)
    parser.add_argument("--number", type=int, choices=NUMBERS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only == "xiuhua":
        print(json.dumps(run_xiuhua(given.data)))
        return
    if given.only == "spopt":
        print(json.dumps(run_spopt(given.question, given.number, given.data)))
        return
    data = [] if given.data is None else ["--data", str(given.data)]
    found = measure(data, given.peer_asked, given.peer_nodes, given.peer_seconds)
    if given.json:
        print(json.dumps(found, indent=2))
    else:
        show(found)


if __name__ == "__main__":
    main()
