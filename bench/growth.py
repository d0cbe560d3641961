"""What a look-up costs when the data grows: the treatments again and again under invented names.

The index is grown line by line, and each invented record is a link to the file of the one that it copies.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from functools import partial

from programs import Cost, medians, once

import pnetref
from pnetref.index import FOLDER, digest_of, lines_of

RECORDS = 10_000
"""How many treatments there are in the end."""

CALLS = {
    "look-up: drug sunitinib": (["drug", "sunitinib"], "1.1 x"),
    "look-up: drug sunitinib --json": (["drug", "sunitinib", "--json"], "1.1 x"),
    "search mTOR --json": (["search", "mTOR", "--json"], "0.3 s, 64 MiB"),
    "reverse: side-effects fatigue --json": (["side-effects", "fatigue", "--json"], "linear in the answer"),
    "suggestion: drug sunitnib": (["drug", "sunitnib"], "0.2 s"),
}


def grown(where: str, records: int) -> None:
    """Make a copy of the package under ``where`` whose data has so many treatments."""
    package = os.path.dirname(os.path.abspath(pnetref.__file__))
    copy = os.path.join(where, "pnetref")
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__"))
    data = os.path.join(copy, "data")
    ids = sorted(name.removesuffix(".json") for name in os.listdir(os.path.join(data, "treatments")))
    rounds = records // len(ids)
    for number in range(1, rounds):
        for name in ids:
            here = os.path.join(data, "treatments", f"{name}.json")
            os.link(here, os.path.join(data, "treatments", f"{name}-{number}.json"))
    sizes: dict[str, tuple[str, str]] = {}
    copied: set[str] = set()
    for name in sorted(os.listdir(os.path.join(data, FOLDER)), key=lambda name: (name == "digests.tsv", name)):
        path = os.path.join(data, FOLDER, name)
        with open(path, encoding="utf-8") as file:
            lines = [tuple(line.rstrip("\n").split("\t")[:-1]) for line in file]
        if name == "digests.tsv":
            lines = [(key, *sizes.get(key, columns)) for key, *columns in lines]
        if name == "passages.tsv":  # before the words, which name these lines
            copied = {number for number, key, *_ in lines if key.startswith("treatments/")}
        content = lines_of(_grown(name, lines, rounds, copied))
        sizes[f"{FOLDER}/{name}"] = (digest_of(content), str(len(content)))
        with open(path, "wb") as file:
            file.write(content)


def _grown(name: str, lines: list[tuple[str, ...]], rounds: int, copied: set[str]) -> Iterator[tuple[str, ...]]:
    """Give the lines of one file of the index with those of the invented records; ``copied`` are passages of treatments."""
    for key, *columns in lines:
        if name == "words.tsv":
            numbers = columns[0].split()
            more = (f"{one}-{number:04}" for one in numbers if one in copied for number in range(1, rounds))
            yield key, " ".join([*numbers, *more])
            continue
        if name in ("reports.tsv", "signs.tsv", "lost.tsv"):
            ids = columns[0].split()
            yield key, " ".join([*ids, *(f"{one}-{number}" for number in range(1, rounds) for one in ids)])
            continue
        yield (key, *columns)
        about = columns[0] if name in ("names.tsv", "passages.tsv") else key
        if not about.startswith("treatments/") or " " in about:
            continue
        for number in range(1, rounds):
            if name == "names.tsv":
                yield f"{key}x{number}", f"{about}-{number}"
            elif name == "passages.tsv":
                yield f"{key}-{number:04}", f"{about}-{number}", *columns[1:]
            elif name == "digests.tsv":
                yield f"{key.removesuffix('.json')}-{number}.json", *columns
            else:
                yield f"{key}-{number}", *columns


def report(where: str, rounds: int) -> None:
    """Print what look-ups cost in the data as it is and in the grown one, in one run."""
    print("\nGrowth")
    many = f"at {RECORDS:,}"
    print(f"  {'CPU ms':42} {'as it is':>8} {many:>9} {'ratio':>6} {'MiB':>6}  goal")
    grown(where, RECORDS)
    homes = {"small": os.path.dirname(os.path.dirname(os.path.abspath(pnetref.__file__))), "large": where}
    calls = {
        f"{size} {name}": partial(once, [sys.executable, "-m", "pnetref", *call], PYTHONPATH=home)
        for name, (call, _) in CALLS.items()
        for size, home in homes.items()
    }
    costs: dict[str, Cost] = medians(calls, rounds)
    for name, (_, goal) in CALLS.items():
        small, large = costs[f"small {name}"], costs[f"large {name}"]
        ratio = large.cpu / small.cpu
        print(f"  {name:42} {small.cpu:8.1f} {large.cpu:9.1f} {ratio:6.2f} {large.memory:6.1f}  {goal}")
