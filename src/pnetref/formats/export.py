"""The whole data written to a folder, and what was written, as a table or as JSON: without an envelope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pnetref import config, files, output
from pnetref.answers.envelope import as_of_day
from pnetref.dataset import load
from pnetref.errors import UsageProblem
from pnetref.formats import json

if TYPE_CHECKING:
    from pnetref.answers.shapes import ExportAnswer, TableWritten
    from pnetref.options import Form


def export(form: Form, folder: str) -> None:
    """Write the tables to a new or empty ``folder`` and say what was written.

    Raises ``UsageProblem`` where the folder holds anything; with ``--force`` an earlier export is replaced.
    """
    if form.output is not None or form.format not in (None, "table", "json"):
        raise UsageProblem("export writes a folder of files of its own; leave out --format and --output")
    as_json = form.json or form.format == "json"
    color = "never" if as_json else config.effective(form.settings)["color"].value
    day = as_of_day(form.as_of)
    from pnetref.export.package import files as files_of
    from pnetref.export.package import is_earlier

    where = files.new_folder(folder, replaces=is_earlier if form.force else None)
    data = load()
    made, counts = files_of(data, day)
    files.write_folder(made, where, force=form.force)
    if as_json:
        tables: list[TableWritten] = [{"name": name, "rows": rows} for name, rows in counts.items()]
        answer: ExportAnswer = {
            "path": output.as_text(where),
            "data_version": data.manifest.data_version,
            "as_of": day,
            "notice": data.manifest.notice,
            "tables": tables,
        }
        output.write(json.render(answer))
        return
    from pnetref.export.tables import TABLES
    from pnetref.formats.terminal import listing

    rows = [(table.name, f"{counts[table.name]:>6,}", table.text) for table in TABLES]
    output.show(
        listing(("Table", "Rows", "A row is"), rows, (output.printable(where), data.manifest.notice), color=color)
    )
