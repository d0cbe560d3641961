"""The files themselves: names, shapes, and what is generated."""

from __future__ import annotations

from collections.abc import Iterator

from pnetref.curation.generate import COMMAND, Files, wanted


def valid(files: Files) -> Iterator[str]:
    """Every file is JSON that fits its model."""
    yield from files.problems


def named_by_file(files: Files) -> Iterator[str]:
    """The file name is the id, and no id stands in two folders."""
    owner: dict[str, str] = {}
    for key, record in files.records.items():
        if key.split("/")[1] != record.id:
            yield f"{key}.json: its id is {record.id}"
        if owner.setdefault(record.id, key) != key:
            yield f"{key}.json: {owner[record.id]} has this id too, so that a command cannot tell them apart"


def packaged(files: Files) -> Iterator[str]:
    """Bytes are canonical, and what is generated is fresh."""
    for shown, content in wanted(files):
        if files.bytes_of(shown) != content:
            yield f"{shown}: not as generated; refresh with: {COMMAND}"
