"""``python -m pnetref.curation [--fix] [ROOT]``: checks every rule of the data."""

from __future__ import annotations

import sys

from pnetref.curation.generate import fix
from pnetref.curation.rules import RULES, breaches
from pnetref.dataset import DATA


def main() -> int:
    """Check the data, with ``--fix`` after mending what a machine can; give the exit code."""
    from argparse import ArgumentParser

    parser = ArgumentParser(prog="python -m pnetref.curation", description="Check every rule of the data.")
    parser.add_argument("--fix", action="store_true", help="first rewrite what a machine can mend")
    parser.add_argument("root", nargs="?", default=DATA, help="the folder of the data; the packaged one by default")
    given = parser.parse_args()
    if given.fix:
        for shown in fix(given.root):
            print(f"rewrote {shown}")  # noqa: T201 - a command of its own
    found = list(breaches(given.root))
    broken = {line.partition(": ")[0] for line in found}
    for line in [*found, *(f"  {rule.name} claims: {rule.claim}" for rule in RULES if rule.name in broken)]:
        print(line)  # noqa: T201
    print(f"{len(RULES)} rules, {len(found)} breaches")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
