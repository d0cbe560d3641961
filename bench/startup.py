"""What a command costs, as a ratio to the bare import of the three libraries, medians of one run.

Usage: python bench/startup.py [ROUNDS]      each round starts every program once, in turn

Measure an installed package (pip install .): an editable one may be compiled anew at every start.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

BARE = "import typer, rich.table, rich.console; from pydantic import BaseModel"
COMPLETING = "from pnetref.completion import answer; raise SystemExit(answer('bash', ['pnetref drug sun', '=']))"
PROGRAMS = {
    "python, nothing": ["-c", "pass"],
    "import of typer, rich, pydantic": ["-c", BARE],
    "pnetref --help": ["-m", "pnetref", "--help"],
    "pnetref drug sunitinib": ["-m", "pnetref", "drug", "sunitinib"],
    "pnetref drug sunitinib --json": ["-m", "pnetref", "drug", "sunitinib", "--json"],
    "pnetref compare sunitinib everolimus": ["-m", "pnetref", "compare", "sunitinib", "everolimus"],
    "pnetref side-effects fatigue": ["-m", "pnetref", "side-effects", "fatigue"],
    "pnetref search mTOR": ["-m", "pnetref", "search", "mTOR"],
    "pnetref drug sun, completed at TAB": ["-c", COMPLETING],
}
BASE = "import of typer, rich, pydantic"


def once(arguments: list[str]) -> float:
    """Give the wall time of one process in milliseconds."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True, env={**os.environ, "COLUMNS": "100"}
    )
    return (time.perf_counter() - start) * 1000


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    times: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for arguments in PROGRAMS.values():
        once(arguments)  # fills the caches
    for _ in range(rounds):
        for name, arguments in PROGRAMS.items():
            times[name].append(once(arguments))
    base = statistics.median(times[BASE])
    for name, found in times.items():
        median = statistics.median(found)
        print(f"{name:40} {median:7.0f} ms   {median / base:5.2f} x")


if __name__ == "__main__":
    main()
