"""What pnetref costs, in one table: its commands, growth to 10,000 records, many names, and peers, beside two bases.

Usage: python bench [ROUNDS]      each round starts every program once, in turn (default 15)

Measure an installed package (``python -m pip install .``): an editable one may be compiled anew at every start.
It is no test: figures belong to the machine and the hour, and only ratios of one run can be set against each other.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import growth
import names
from programs import BARE, BASE, THREE, Cost, bases, medians, once, script, show

SCREENS = {
    "drug sunitinib": "1.3 three",
    "drug sunitinib all": "1.4 three",
    "compare sunitinib everolimus": "1.4 three",
    "side-effects sunitinib": "1.25 three",
    "side-effects fatigue": "1.25 three",
    "cite sunitinib": "1.25 three",
    "trial radiant-3": "1.25 three",
    "search mTOR": "1.3 three",
    "drug sunitinib --json": "2.5 bare",
    "treatment whipple --json": "2.5 bare",
    "side-effects sunitinib --json": "2.5 bare",
    "side-effects fatigue --json": "2.5 bare",
    "cite sunitinib --json": "2.5 bare",
    "trial radiant-3 --json": "2.5 bare",
    "compare sunitinib everolimus --json": "3 bare",
    "search mTOR --json": "3 bare",
    "drug sunitnib": "",
    "cite sunitinib --format bibtex": "",
    "drug sunitinib --format html": "",
    "--version": "0.43 three",
    "--help": "0.43 three",
}
"""The commands, and the goal of each."""

TERMINAL = ("drug sunitinib", "compare sunitinib everolimus")
"""The commands that are measured on a terminal too."""

COMPLETION = "a name at TAB: drug sun"

PEERS = {"tldr": ["tldr", "--version"], "httpie": ["http", "--version"], "yq": ["yq", "--version"]}
"""Well-known programs in Python, the package of each and a call that does nothing."""


def commands(program: str) -> dict[str, Callable[[], Cost]]:
    """Give the calls of every command."""
    found: dict[str, Callable[[], Cost]] = {line: partial(once, [program, *line.split()]) for line in SCREENS}
    found |= {
        f"{line}, on a terminal": partial(once, [program, *line.split()], terminal=True, PAGER="cat", TERM="xterm")
        for line in TERMINAL
    }
    found[COMPLETION] = partial(once, [program, "pnetref drug sun", ""], _PNETREF_COMPLETE="bash")
    return found


def peers(where: str) -> dict[str, Callable[[], Cost]]:
    """Give the calls of the peers that can be installed into the folder ``where``."""
    subprocess.run([sys.executable, "-m", "venv", where], check=True)
    pip = [os.path.join(where, "bin", "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    found: dict[str, Callable[[], Cost]] = {}
    for package, call in PEERS.items():
        ran = subprocess.run([*pip, package], capture_output=True, check=False)
        path = shutil.which(call[0], path=os.path.join(where, "bin"))
        if ran.returncode == 0 and path:
            found[f"{package} {call[1]}"] = partial(once, [path, *call[1:]])
        else:
            print(f"{package} cannot be installed here; it is left out", file=sys.stderr)
    return found


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    program = script()
    goals = {**SCREENS, **{f"{line}, on a terminal": SCREENS[line] for line in TERMINAL}, COMPLETION: "0.5 three"}
    with tempfile.TemporaryDirectory(prefix="pnetref-bench-") as folder:
        beside = peers(os.path.join(folder, "peers"))
        costs = medians({**bases(), **commands(program), **beside}, rounds)
        bare, base = costs[BARE], costs[BASE]
        print(f"Medians of {rounds} rounds; three is: {THREE}")
        own = {name: cost for name, cost in costs.items() if name not in beside}
        show("Commands", own, bare, base, goals)
        show("Peers", {name: costs[name] for name in beside}, bare, base, {})
        growth.report(os.path.join(folder, "growth"), max(3, rounds // 3))
        names.report(os.path.join(folder, "names"), program)


if __name__ == "__main__":
    main()
