"""Starts programs and says what each cost: CPU and wall time and the peak of memory of one process."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

THREE = "import typer, rich.table, rich.console; from pydantic import BaseModel"
BARE = "python, nothing"
BASE = "the three libraries, imported"


class Cost(NamedTuple):
    """Milliseconds of CPU (user and system) and of wall time, and MiB at the peak."""

    cpu: float
    wall: float
    memory: float


def surroundings() -> dict[str, str]:
    """Give the environment of every process: compiled modules are kept, no setting of whoever measures holds."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PNETREF_", "PYTHON"))}
    return {**kept, "COLUMNS": "100", "NO_COLOR": "1"}


LAUNCHER = """
import os, sys, time
start = time.perf_counter()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(child, 0)
print(used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss, file=open(3, "w"))
"""
"""A small program that starts another and tells what it cost: a process is as large at first as what started it."""


def once(command: Sequence[str], *, stdin: str = os.devnull, terminal: bool = False, **more: str) -> Cost:
    """Run a program, its output thrown away, or read from a terminal of its own."""
    master, out = os.openpty() if terminal else (None, os.open(os.devnull, os.O_WRONLY))
    told, tells = os.pipe()
    launched = ["/bin/sh", "-c", f'exec "$@" 3>&{tells}', "sh", sys.executable, "-I", "-S", "-c", LAUNCHER, *command]
    with open(stdin, "rb") as given:
        running = subprocess.Popen(
            launched,
            stdin=given,
            stdout=out,
            stderr=subprocess.DEVNULL,
            env={**surroundings(), **more},
            pass_fds=[tells],
        )
        os.close(out)
        os.close(tells)
        if master is not None:
            _drain(master)
        running.wait()
    with open(told, encoding="ascii") as file:
        cpu, wall, memory = map(float, file.read().split())
    return Cost(cpu * 1000, wall * 1000, memory / 1024)


def _drain(master: int) -> None:
    """Read a terminal until nobody writes to it any more."""
    try:
        while os.read(master, 65536):
            pass
    except OSError:
        pass
    os.close(master)


def medians(programs: Mapping[str, Callable[[], Cost]], rounds: int) -> dict[str, Cost]:
    """Give what each program costs: all of them once in turn, ``rounds`` times, and the medians of that."""
    found: dict[str, list[Cost]] = {name: [] for name in programs}
    for program in programs.values():
        program()  # fills the caches
    for _ in range(rounds):
        for name, program in programs.items():
            found[name].append(program())
    return {name: Cost(*map(statistics.median, zip(*costs, strict=True))) for name, costs in found.items()}


def bases(python: str = sys.executable) -> dict[str, Callable[[], Cost]]:
    """Give what every figure is set against: the interpreter alone, and with the three libraries."""
    return {BARE: lambda: once([python, "-c", "pass"]), BASE: lambda: once([python, "-c", THREE])}


def script() -> str:
    """Give the path of the installed console script that belongs to this Python."""
    found = shutil.which("pnetref", path=os.path.dirname(sys.executable))
    if found is None:
        sys.exit("pnetref is not installed beside this Python; run: python -m pip install .")
    return found


def show(title: str, costs: Mapping[str, Cost], bare: Cost, base: Cost, goals: Mapping[str, str]) -> None:
    """Print a table; goals are ratios as they are written, of the interpreter alone or of the libraries."""
    print(f"\n{title}")
    print(f"  {'':42} {'CPU ms':>7} {'wall':>7} {'MiB':>6} {'x bare':>7} {'x three':>7}  goal")
    for name, cost in costs.items():
        ratios = f"{cost.cpu / bare.cpu:7.2f} {cost.cpu / base.cpu:7.2f}"
        print(f"  {name:42} {cost.cpu:7.1f} {cost.wall:7.1f} {cost.memory:6.1f} {ratios}  {goals.get(name, '')}")
