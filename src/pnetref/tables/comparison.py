"""Records side by side: facts in columns, side effects as a matrix of marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pnetref.models import Approval, Dose, Fact, Report, Treatment
from pnetref.tables.base import FAINT, HEAD, NAME, WARN, Page, letter_of, short_name, words
from pnetref.tables.effects import EMERGENCY, UNMARKED, add_caveats, add_side_effects, effect_name
from pnetref.tables.evidence import approval_text, dose_text
from pnetref.tables.facts import NO_PREGNANCY, fact_lines, fact_rows, scope_words
from pnetref.tables.trial import trial_panels
from pnetref.treatments import withheld_classes

LEGEND = (
    "● most common or common   ○ less common, uncommon or rare   ◐ graded otherwise, or not   "
    "◇ counted in a trial or label   ! serious   ° not said of pNET   – not stated"
)
COMMON = ("very_common", "most_common", "common")
RARER = ("less_common", "uncommon", "rare", "very_rare")
LABEL = 16
COLUMN = 26


def mark(effect: str, report: Report) -> str:
    """Give the mark of a report's grade: it is read without color. How often a fetus is harmed has none."""
    if report.rates:
        shape = "◇"
    elif effect == "harm-to-fetus" or report.frequency not in (*COMMON, *RARER):
        shape = "◐"
    else:
        shape = "●" if report.frequency in COMMON else "○"
    return shape + ("!" if report.serious else "") + ("" if report.scope == "pnet" else "°")


def comparison_page(
    page: Page,
    records: Sequence[Treatment],
    compared: Mapping[str, Any],
    fields: Sequence[str] = (),
    only: str | None = None,
) -> None:
    """Add facts field by field, the side-effect matrix, what is said of classes, and trials.

    ``fields`` and ``only`` are the filters that were asked for.
    """
    page.line(Text(" · ").join(Text(record.name, style=NAME) for record in records))
    page.line(head_to_head_line(page, compared["head_to_head"]), style=FAINT)
    add_fields(page, records, compared, pregnancy=not fields or fields != ["side_effects"])
    if not fields or "side_effects" in fields:
        add_matrix(page, records, compared["side_effects"], only)
    add_classes(page, records, compared)
    trials = {trial.id: trial for found in compared["trials"].values() for trial in found}
    trial_panels(page, sorted(trials.values(), key=lambda trial: trial.name.casefold()))


def head_to_head_line(page: Page, trials: Sequence[str]) -> str:
    """Say whether a source here compares the records head to head."""
    if not trials:
        return "No source here compares these head to head; what stands side by side was not measured side by side."
    names = ", ".join(page.data.entry("trials", key).name for key in trials)
    return f"Compared head to head here by: {names} (pnetref trial {trials[0]})."


def add_fields(page: Page, records: Sequence[Treatment], compared: Mapping[str, Any], *, pregnancy: bool) -> None:
    """Add the facts, one field a row and one record a column, or stacked where the columns do not fit.

    The pregnancy line is taken from the records themselves, so that no filter makes it silent.
    """
    rows = [
        (words(row["field"]), [facts_cell(page, row["field"], row["facts"][record.id]) for record in records])
        for row in compared["fields"]
    ]
    if pregnancy and not any(row["field"] == "pregnancy" for row in compared["fields"]):
        said = [[fact for fact in record.facts if fact.field == "pregnancy"] for record in records]
        rows.append((words("pregnancy"), [facts_cell(page, "pregnancy", facts) for facts in said]))
    parts: tuple[tuple[str, str, Callable[[Page, Any], Text]], ...] = (
        ("doses", "Doses, as in label or trial", _scoped_dose),
        ("approvals", "Approvals", _regulator_s_approval),
    )
    for name, label, text in parts:
        found = [[text(page, part) for part in compared[name].get(record.id, ())] for record in records]
        if any(found):
            silence = Text("not stated", style=FAINT)
            rows.append((label, [Text("\n").join(lines) if lines else silence for lines in found]))
    if LABEL + len(records) * COLUMN > page.width:
        for label, cells in rows:
            page.heading(label)
            page.rows(
                [(short_name(record.name), cell) for record, cell in zip(records, cells, strict=True)], label_width=16
            )
    elif rows:
        page.add(Text())
        table = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0), header_style=HEAD)
        table.add_column("", width=LABEL, style=FAINT, overflow="fold")
        for record in records:
            table.add_column(short_name(record.name), ratio=1, overflow="fold", max_width=60)
        for label, cells in rows:
            table.add_row(label, *cells)
        page.add(table)


def _scoped_dose(page: Page, dose: Dose) -> Text:
    return Text(f"{scope_words(dose.scope)}: ") + dose_text(page, dose)


def _regulator_s_approval(page: Page, approval: Approval) -> Text:
    return Text(f"{approval.regulator}, {approval.region}: ") + approval_text(page, approval)


def facts_cell(page: Page, field: str, facts: Sequence[Fact]) -> Text:
    """Give the facts of one field of one record, or that none is stated."""
    if not facts:
        return Text(NO_PREGNANCY if field == "pregnancy" else "not stated", style=FAINT)
    return Text("\n").join(fact_lines(page, facts))


def add_matrix(
    page: Page, records: Sequence[Treatment], rows: Sequence[Mapping[str, Any]], only: str | None = None
) -> None:
    """Add the side effects that pass the filter ``only``, what most have first, with a mark a report and its citation."""
    page.heading("Side effects")
    if not rows:
        listed = any(record.side_effects for record in records)
        none = f"None passes --only {only}." if listed else "No source here lists side effects of these."
        page.line(f"{none} That is no sign of safety.", indent=2)
        for record in records:
            add_caveats(page, record, who=record.name)
        return
    each = max(12, min(26, (page.width - 30) // len(records) - 2))
    names = [short_name(record.name) for record in records]
    short = any(len(name) > each for name in names)
    if short:
        key = " · ".join(f"{letter_of(i).upper()} {name}" for i, name in enumerate(names))
        page.line(key, style=FAINT, indent=2)
    effect_width = max(18, min(46, page.width - 4 - len(records) * (each + 2)))
    if page.width < 4 + 18 + len(records) * 14:
        _stacked_matrix(page, records, rows)
    else:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=HEAD)
        table.add_column("", width=effect_width, overflow="fold")
        for index, name in enumerate(names):
            table.add_column(letter_of(index).upper() if short else name, width=each, overflow="fold")
        shared = None
        for row in rows:
            count = sum(1 for said in row["reports"].values() if said)
            if shared is not None and count != shared:
                table.add_row()
            shared = count
            cells = [matrix_cell(page, row["effect"], row["reports"][record.id]) for record in records]
            table.add_row(effect_name(page, row["effect"]), *cells)
        page.add(Padding(table, (0, 0, 0, 2)))
    page.line()
    page.line(LEGEND, style=FAINT, indent=2)
    for record in records:
        add_caveats(page, record, who=record.name)
    if only == "serious":
        page.line(UNMARKED, style=WARN, indent=2)
    page.line(EMERGENCY, style=FAINT, indent=2)


def _stacked_matrix(page: Page, records: Sequence[Treatment], rows: Sequence[Mapping[str, Any]]) -> None:
    for row in rows:
        page.line(effect_name(page, row["effect"]), style=NAME, indent=2)
        cells = [
            (short_name(record.name), matrix_cell(page, row["effect"], row["reports"][record.id])) for record in records
        ]
        page.rows(cells, label_width=22, indent=4)


def matrix_cell(page: Page, effect: str, reports: Sequence[Report]) -> Text:
    """Give the marks of one effect of one record, each with its citations."""
    if not reports:
        return Text("–", style=FAINT)
    marks: dict[str, list[Report]] = {}
    for report in page.current(reports):
        assert isinstance(report, Report)
        marks.setdefault(mark(effect, report), []).append(report)
    text = Text()
    for shape, said in marks.items():
        text.append(shape, style=WARN if "!" in shape else NAME)
        text += page.marks(said)
        text.append(" ")
    return text


def add_classes(page: Page, records: Sequence[Treatment], compared: Mapping[str, Any]) -> None:
    """Add what is said of the classes of the records, apart from them; what is said of several alike stands once."""
    said: dict[str, list[tuple[Any, Any, list[str]]]] = {}
    for record in records:
        facts = {part["class"]: part["facts"] for part in compared["class_facts"].get(record.id, ())}
        effects = {part["class"]: part["side_effects"] for part in compared["class_side_effects"].get(record.id, ())}
        for key in dict.fromkeys((*facts, *effects)):
            statements = (list(facts.get(key, ())), list(effects.get(key, ())))
            if not any(statements):
                continue
            alike = next((part for part in said.setdefault(key, []) if part[:2] == statements), None)
            if alike:
                alike[2].append(record.name)
            else:
                said[key].append((*statements, [record.name]))
    for key, parts in said.items():
        for class_facts, class_effects, names in parts:
            counted = f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} counted in"
            page.heading(f"Said of the whole class ({page.data.entry('treatments', key).name}), which {counted}")
            page.rows(fact_rows(page, class_facts, list(dict.fromkeys(fact.field for fact in class_facts))))
            add_side_effects(page, class_effects)
    for record in records:
        for key in withheld_classes(page.data, record):
            if key not in compared["records"]:
                name = page.data.entry("treatments", key).name
                text = f"Other sources speak of {name} without counting {record.name} in: pnetref drug {key}"
                page.line(text, style=FAINT, indent=2)
