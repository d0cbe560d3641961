"""``pnetref --check``: whether the data is as it was packaged, fits its models and keeps its rules.

It alone runs for a user what a curator runs.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pnetref import __version__, output
from pnetref.dataset import DATA, read_bytes
from pnetref.errors import DataProblem, reason
from pnetref.index import CHANGED, FOLDER, Lines, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pnetref.curation.generate import Files

MOST = 50
"""The faults that are told, each in a line; of more, how many."""


def report(root: str = DATA) -> None:
    """Print what was checked, in a line. Raises ``DataProblem`` after a line on stderr for each fault."""
    told = f"pnetref {__version__}, "
    found = list(of_files(root))
    behind = " (no rule was run over them)" if found else ""
    if not found:
        from pnetref.curation.generate import Files

        files = Files(root)
        found = list(of_rules(files))
        told += _counted(files, root)
    output.told(found[:MOST])
    if found:
        more = f", of which {MOST} are told" if len(found) > MOST else ""
        raise DataProblem(
            f"packaged data: {len(found)} fault{'s' if len(found) > 1 else ''}{more}{behind}; reinstall pnetref,"
            " or after a change: python -m pnetref.curation --fix"
        )
    output.write(f"{told}\n")


def _counted(files: Files, root: str) -> str:
    from pnetref.curation.rules import RULES

    counts = f"{len(Lines(root, 'digests.tsv')) + 1} files are as they were packaged, {len(files.records)} records fit"
    version = files.manifest.data_version if files.manifest else ""
    return f"data {version}: {counts}, {len(RULES)} rules hold; no fault found"


def of_files(root: str = DATA) -> Iterator[str]:
    """Give a line for each file that is missing, unknown or not as it was packaged."""
    try:
        packaged = {shown: tuple(columns) for shown, *columns in Lines(root, "digests.tsv").starting("")}
    except DataProblem as problem:
        yield reason(problem)
        return
    for shown, (digest, size) in packaged.items():
        try:
            if digest_of(read_bytes(root, shown, size)) != digest:
                yield f"{shown}: {CHANGED}"
        except DataProblem as problem:
            yield reason(problem)
    for shown in sorted({*_listed(root)} - {f"{FOLDER}/digests.tsv", *packaged}):
        yield f"{shown}: no such file was packaged"


def _listed(root: str) -> Iterator[str]:
    """Give everything under ``root`` that is no folder."""
    for folder, names, files in os.walk(root):
        links = (name for name in names if os.path.islink(os.path.join(folder, name)))
        for name in (*files, *links):
            yield os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")


def of_rules(files: Files) -> Iterator[str]:
    """Give a line for each breach of a rule, and for each file that other files say something else of.

    What only the versions of libraries decide, as the schema, is not made anew: its digest is right.
    """
    from pnetref.curation.generate import computed
    from pnetref.curation.rules import RULES

    def stale(files: Files) -> Iterator[str]:
        for shown, content in computed(files):
            if files.bytes_of(shown) != content:
                yield f"{shown}: not as the records make it"

    for name, check in ((rule.name, stale if rule.name == "packaged" else rule.check) for rule in RULES):
        try:
            yield from (f"{name}: {line}" for line in check(files))
        except Exception as error:  # one rule may rest on what another finds broken
            yield f"{name}: the rule ends in {type(error).__name__}: {error}"
