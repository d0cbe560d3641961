"""An export as files: each table as CSV and as JSON Lines, datapackage.json which describes them, and a README."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from pydantic_core import to_json

from pnetref.dataset import Dataset
from pnetref.export.rows import Row, rows
from pnetref.export.tables import TABLES, Column, Table
from pnetref.plain import cell, in_json, in_lines

PACKAGE = "datapackage.json"
README = "README.md"
NAME = "pnetref"

NEVER = (
    "No silence is a no: the table silences holds what was expected and not found, not read or not readable. "
    "The table interactions is no interaction check: what it does not list was not looked for. "
    "Figures of different trials had different people and cannot be set against each other. "
    "Doses are as in the label or trial; yours may differ."
)
"""What must not be inferred, whatever is done with the tables."""


def files(data: Dataset, day: str) -> tuple[dict[str, bytes], dict[str, int]]:
    """Give every file of an export by its name, and the number of rows of each table; the same bytes for the same day."""
    found = rows(data, day)
    made: dict[str, bytes] = {}
    for table in TABLES:
        made[f"{table.name}.csv"] = as_csv(table, found[table.name])
        made[f"{table.name}.jsonl"] = as_json_lines(table, found[table.name])
    described = in_json(to_json(descriptor(data, day, made), indent=2).decode() + "\n").encode()
    made = {PACKAGE: described, README: in_lines(readme(data, day)).encode(), **made}
    return made, {table.name: len(found[table.name]) for table in TABLES}


def is_earlier(folder: str, names: Iterable[str]) -> bool:
    """Tell whether a folder, which holds ``names``, is an earlier export and holds nothing else."""
    from json import loads

    try:
        with open(os.path.join(folder, PACKAGE), "rb") as file:
            package = loads(file.read())
        known = {PACKAGE, README, *(resource["path"] for resource in package["resources"])}
        return package["name"] == NAME and set(names) <= known
    except (OSError, ValueError, LookupError, TypeError):
        return False


# --- tables ------------------------------------------------------------------------------------


def as_csv(table: Table, found: Iterable[Row]) -> bytes:
    """Give a table as CSV (RFC 4180, but lines end in a line feed), in UTF-8; what is null is empty."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(column.name for column in table.columns)
    for row in found:
        writer.writerow(_cell(row[column.name]) for column in table.columns)
    return written.getvalue().encode()


def as_json_lines(table: Table, found: Iterable[Row]) -> bytes:
    """Give a table as JSON Lines: an object a row, with every column."""
    lines = (to_json({column.name: _plain(row[column.name]) for column in table.columns}) for row in found)
    return in_json(b"".join(line + b"\n" for line in lines).decode()).encode()


def _plain(value: Any) -> Any:  # noqa: ANN401 - any value of a row
    """Give a number without trailing zeros."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _cell(value: Any) -> str:  # noqa: ANN401 - any value of a row
    if value is None:
        return ""
    return cell(value) if isinstance(value, str) else in_json(to_json(_plain(value)).decode())


# --- datapackage.json --------------------------------------------------------------------------


def descriptor(data: Dataset, day: str, made: Mapping[str, bytes]) -> dict[str, Any]:
    """Give the data package that describes the files; the schemas of a table's two files are the same."""
    read = [source for source in data.sources.values() if source.read is not None]
    return {
        "profile": "data-package",
        "name": NAME,
        "title": "pnetref: the treatment of pancreatic neuroendocrine tumors, every value cited",
        "description": f"{data.manifest.notice} {NEVER}",
        "version": data.manifest.data_version,
        "as_of": day,
        "keywords": ["neuroendocrine tumor", "pNET", "drug information", "side effects", "citations"],
        "licenses": [{"name": "MIT", "title": "MIT License", "path": "https://opensource.org/license/mit"}],
        "sources": [
            {
                "title": str(source.csl.get("title", source.id)),
                **({"path": url} if (url := source.csl.get("URL")) else {}),
            }
            for source in read
        ],
        "resources": [
            *(_resource(table, f"{table.name}.csv", made) for table in TABLES),
            *(_resource(table, f"{table.name}.jsonl", made) for table in TABLES),
        ],
    }


def _resource(table: Table, path: str, made: Mapping[str, bytes]) -> dict[str, Any]:
    """Give one file of the package; only those in CSV are held to their foreign keys, the others have the same rows."""
    schema = {"fields": [_field(column) for column in table.columns], "primaryKey": list(table.key)}
    about: dict[str, Any] = {
        "name": table.name,
        "path": path,
        "profile": "tabular-data-resource",
        "description": table.text,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\n", "doubleQuote": True},
        "bytes": len(made[path]),
        "hash": f"sha256:{sha256(made[path]).hexdigest()}",
    }
    if path.endswith(".jsonl"):
        other = {"profile": "data-resource", "format": "jsonl", "mediatype": "application/jsonl"}
        about |= {"name": f"{table.name}-jsonl", "description": f"{table.text} As JSON Lines.", **other}
        del about["dialect"]
    elif table.links:
        schema["foreignKeys"] = [
            {
                "fields": list(link.columns),
                "reference": {"resource": link.table, "fields": list(KEYS[link.table])},
            }
            for link in table.links
        ]
    return {**about, "schema": schema}


KEYS = {table.name: table.key for table in TABLES}
"""The key of each table."""


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {} if column.empty else {"required": True}
    if column.terms:
        constraints["enum"] = list(column.terms)
    unit = {"unit": column.unit} if column.unit else {}
    limits = {"constraints": constraints} if constraints else {}
    return {"name": column.name, "type": column.type, "description": column.text, **unit, **limits}


def readme(data: Dataset, day: str) -> str:
    """Give what a person reads who finds the folder."""
    lines = "\n".join(f"| {table.name} | {table.text} |" for table in TABLES)
    return f"""# pnetref, data of {data.manifest.data_version}, states of {day}

{data.manifest.notice}
{NEVER}

Each table is there as CSV and as JSON Lines, with the same rows. `{PACKAGE}` has the type, unit, meaning and terms of
every column, and the keys by which tables join; a column that names a row of another table mostly has the name of its key.

| table | a row |
|---|---|
{lines}
"""
