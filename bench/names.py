"""What many names at once cost, beside jq, which joins the same names to an index of the same answers."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
from functools import partial

from programs import once

from pnetref.dataset import load
from pnetref.terms import DRUGS

FEW, MANY = 2_000, 20_000
"""How many names are answered: the time of each is the difference; memory is that of the many."""


def report(where: str, program: str) -> None:
    """Print what a name costs, and what memory many take."""
    os.makedirs(where)
    data = load()
    named = {
        name: keys[0] for name, keys in data.index.names.pairs() if len(keys) == 1 and keys[0] in data.index.records
    }
    drugs = [name for name, key in named.items() if data.index.records[key].kind in DRUGS]
    answers: dict[str, object] = {}
    ran = subprocess.run(
        [program, "drug", "-", "--json"], input="\n".join(drugs), capture_output=True, text=True, check=True
    )
    for name, line in zip(drugs, ran.stdout.splitlines(), strict=True):
        answers.setdefault(named[name], json.loads(line))
    index = os.path.join(where, "index.json")
    with open(index, "w", encoding="utf-8") as file:
        json.dump({"names": {name: named[name] for name in drugs}, "answers": answers}, file, ensure_ascii=False)
    chosen = random.Random(15).choices(drugs, k=MANY)
    files = {}
    for count in (FEW, MANY):
        files[count] = os.path.join(where, f"{count}.txt")
        with open(files[count], "w", encoding="utf-8") as file:
            file.write("".join(f"{name}\n" for name in chosen[:count]))
    programs = {"pnetref drug - --json": [program, "drug", "-", "--json"]}
    if jq := shutil.which("jq"):
        join = ". as $n | $i[0] | .answers[.names[$n]] + {typed: [{text: $n}]}"
        programs["jq, joining"] = [jq, "-R", "-c", "--slurpfile", "i", index, join]
    print(f"\nMany names: {FEW:,} and {MANY:,}")
    print(f"  {'':42} {'CPU ms a name':>13} {'MiB at ' + format(FEW, ','):>13} {'at ' + format(MANY, ','):>10}")
    for name, call in programs.items():
        few, many = (partial(once, call, stdin=files[count])() for count in (FEW, MANY))
        each = (many.cpu - few.cpu) / (MANY - FEW)
        print(f"  {name:42} {each:13.2f} {few.memory:13.1f} {many.memory:10.1f}")
