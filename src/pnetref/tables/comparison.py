"""Records side by side: facts in columns, side effects as a matrix of marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pnetref.models import Fact, Report, Treatment
from pnetref.tables.base import FAINT, HEAD, MARK, NAME, WARN, Page, letter_of, words
from pnetref.tables.card import (
    EMERGENCY,
    NO_PREGNANCY,
    add_side_effects,
    effect_name,
    fact_rows,
    fact_text,
    grade_title,
    scope_words,
)
from pnetref.tables.trial import trial_panels

COMMON = ("very_common", "most_common", "common")
RARER = ("less_common", "uncommon", "rare", "very_rare")
LABEL = 16
COLUMN = 26


def mark(report: Report) -> str:
    """Give the mark of a report's grade: it is read without color."""
    shape = "●" if report.frequency in COMMON else "○" if report.frequency in RARER else "◐"
    return shape + ("!" if report.serious else "")


def comparison_page(page: Page, records: Sequence[Treatment], compared: Mapping[str, Any]) -> None:
    """Add facts field by field, the side-effect matrix, what is said of classes, and trials."""
    page.number([records, list(compared["class_facts"].values()), list(compared["class_side_effects"].values())])
    page.number(list(compared["trials"].values()))
    page.line(Text(" · ").join(Text(record.name, style=NAME) for record in records))
    page.line(head_to_head_line(page, compared["head_to_head"]), style=FAINT)
    add_fields(page, records, compared["fields"])
    add_matrix(page, records, compared["side_effects"])
    for record in records:
        add_class(page, record, compared)
    trials = {trial.id: trial for found in compared["trials"].values() for trial in found}
    trial_panels(page, sorted(trials.values(), key=lambda trial: trial.name.casefold()))


def head_to_head_line(page: Page, trials: Sequence[str]) -> str:
    """Say whether a source here compares the records head to head."""
    if not trials:
        return "No source here compares these head to head; what stands side by side was not measured side by side."
    names = ", ".join(page.data.entry("trials", key).name for key in trials)
    return f"Compared head to head here by: {names} (pnetref trial {trials[0]})."


def add_fields(page: Page, records: Sequence[Treatment], fields: Sequence[Mapping[str, Any]]) -> None:
    """Add the facts, one field a row and one record a column, or stacked where the columns do not fit."""
    rows = [(row["field"], row["facts"]) for row in fields]
    if not rows:
        return
    if not any(field == "pregnancy" for field, _ in rows) and len(rows) > 3:
        rows.append(("pregnancy", {record.id: [] for record in records}))
    if LABEL + len(records) * COLUMN <= page.width:
        page.add(Text())
        table = Table(box=None, pad_edge=False, padding=(0, 2, 1, 0), header_style=HEAD)
        table.add_column("", width=LABEL, style=FAINT, overflow="fold")
        for record in records:
            table.add_column(record.name, ratio=1, overflow="fold", max_width=60)
        for field, facts in rows:
            table.add_row(words(field), *(facts_cell(page, field, facts[record.id]) for record in records))
        page.add(table)
        return
    for field, facts in rows:
        page.heading(words(field))
        page.rows([(record.name, facts_cell(page, field, facts[record.id])) for record in records], label_width=16)


def facts_cell(page: Page, field: str, facts: Sequence[Fact]) -> Text:
    """Give the facts of one field of one record, or that none is stated."""
    if not facts:
        return Text(NO_PREGNANCY if field == "pregnancy" else "not stated", style=FAINT)
    terms = [fact for fact in facts if not fact.text.endswith(".")]
    lines = [Text(" · ").join(fact_text(page, fact) for fact in terms)] if terms else []
    lines += [fact_text(page, fact) for fact in facts if fact.text.endswith(".")]
    return Text("\n").join(lines)


def add_matrix(page: Page, records: Sequence[Treatment], rows: Sequence[Mapping[str, Any]]) -> None:
    """Add the side effects, what most have first, with a mark a report and its citation."""
    page.heading("Side effects")
    if not rows:
        page.line("No source here lists side effects of these; that is no sign of safety.", indent=2)
        return
    each = max(12, min(26, (page.width - 30) // len(records) - 2))
    short = any(len(record.name) > each for record in records)
    if short:
        key = " · ".join(f"{letter_of(i).upper()} {record.name}" for i, record in enumerate(records))
        page.line(key, style=FAINT, indent=2)
    effect_width = max(18, min(46, page.width - 4 - len(records) * (each + 2)))
    if page.width < 4 + 18 + len(records) * 14:
        _stacked_matrix(page, records, rows)
    else:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=HEAD)
        table.add_column("", width=effect_width, overflow="fold")
        for index, record in enumerate(records):
            table.add_column(letter_of(index).upper() if short else record.name, width=each, overflow="fold")
        shared = None
        for row in rows:
            count = sum(1 for said in row["reports"].values() if said)
            if shared is not None and count != shared:
                table.add_row()
            shared = count
            cells = [matrix_cell(page, row["reports"][record.id]) for record in records]
            table.add_row(effect_name(page, row["effect"]), *cells)
        page.add(Padding(table, (0, 0, 0, 2)))
    page.line()
    page.line(
        "● most common or common   ○ less common, uncommon or rare   ◐ graded otherwise, or not   ! serious   – not stated",
        style=FAINT,
        indent=2,
    )
    for record in records:
        reports = [report for effect in record.side_effects for report in effect.reports]
        if reports and all(report.serious is None for report in reports):
            page.line(
                f"No source here marks an effect of {record.name} as serious or not; that is no sign of safety.",
                style=FAINT,
                indent=2,
            )
        for gap in record.unreadable:
            if gap.aspect == "side_effects":
                where = f"{gap.source} ({gap.at})"
                page.line(f"{record.name}: incomplete in our copy of {where}.", style=WARN, indent=2)
    page.line(EMERGENCY, style=FAINT, indent=2)


def _stacked_matrix(page: Page, records: Sequence[Treatment], rows: Sequence[Mapping[str, Any]]) -> None:
    for row in rows:
        page.line(effect_name(page, row["effect"]), style=NAME, indent=2)
        cells = [(record.name, matrix_cell(page, row["reports"][record.id])) for record in records]
        page.rows(cells, label_width=22, indent=4)


def matrix_cell(page: Page, reports: Sequence[Report]) -> Text:
    """Give the marks of one effect of one record, each with its citations."""
    if not reports:
        return Text("–", style=FAINT)
    marks: dict[str, list[Report]] = {}
    for report in page.current(reports):
        assert isinstance(report, Report)
        marks.setdefault(mark(report), []).append(report)
    text = Text()
    for shape, said in marks.items():
        text.append(f"{shape} ", style=WARN if "!" in shape else NAME)
        text += page.marks(said)
        text.append(" ")
    return text


def add_class(page: Page, record: Treatment, compared: Mapping[str, Any]) -> None:
    """Add what is said of the classes of one record, apart from the record."""
    facts = {said["class"]: said["facts"] for said in compared["class_facts"].get(record.id, ())}
    effects = {said["class"]: said["side_effects"] for said in compared["class_side_effects"].get(record.id, ())}
    for key in dict.fromkeys((*facts, *effects)):
        if not facts.get(key) and not effects.get(key):
            continue
        name = page.data.entry("treatments", key).name
        page.heading(f"Said of the whole class ({name}), which {record.name} is counted in")
        fields = dict.fromkeys(fact.field for fact in facts.get(key, ()))
        page.rows(fact_rows(page, facts.get(key, ()), list(fields)))
        add_side_effects(page, effects.get(key, ()))


def subject_page(page: Page, record: Treatment, answer: Mapping[str, Any], filtered: bool) -> None:
    """Add the side effects of one treatment, its class's apart."""
    page.number([answer["side_effects"], answer["class_side_effects"]])
    page.line(Text.assemble((record.name, NAME), ("  side effects", FAINT)))
    if answer["side_effects"]:
        add_side_effects(page, answer["side_effects"])
    elif filtered and record.side_effects:
        page.line("No report here passes this filter.", indent=2)
    else:
        page.line(f"No source here lists side effects of {record.name} itself; that is no sign of safety.", indent=2)
    reports = [report for effect in record.side_effects for report in effect.reports]
    if reports and all(report.serious is None for report in reports):
        page.line(
            f"No source here marks an effect of {record.name} as serious or not; that is no sign of safety.",
            style=WARN,
            indent=2,
        )
    for gap in record.unreadable:
        if gap.aspect == "side_effects":
            page.line(f"Incomplete in our copy of {gap.source} ({gap.at}).", style=WARN, indent=2)
    for said in answer["class_side_effects"]:
        if said["side_effects"]:
            name = page.data.entry("treatments", said["class"]).name
            page.heading(f"Said of the whole class ({name}), not of {record.name} alone")
            add_side_effects(page, said["side_effects"])
    page.line()
    page.line(EMERGENCY, style=FAINT)


def effect_page(page: Page, answer: Mapping[str, Any]) -> None:
    """Add every treatment that is reported to cause an effect, where it is a sign, and its neighbors."""
    effect = answer["effect"]
    page.number([[row["reports"] for row in answer[part]] for part in ("reported_for", "as_sign_of")])
    page.line(Text.assemble((effect_name(page, effect.id), NAME), (f"  side effect · {effect.group}", FAINT)))
    if effect.synonyms:
        page.line(f"Also: {', '.join(effect.synonyms)}", style=FAINT)
    page.heading("Reported for")
    if not answer["reported_for"]:
        page.line("Nothing in this reference; that is no sign that it does not happen.", indent=2)
    page.rows([(row["name"], reports_text(page, row["reports"])) for row in answer["reported_for"]], label_width=26)
    if answer["as_sign_of"]:
        page.heading("Named as a sign or a consequence of another effect")
        rows = []
        for row in answer["as_sign_of"]:
            text = Text(f"of {effect_name(page, row['effect']).lower()}: ")
            rows.append((row["name"], text + reports_text(page, row["reports"])))
        page.rows(rows, label_width=26)
    if answer["near"]:
        page.heading("Near, and not the same")
        for other in answer["near"]:
            page.line(Text.assemble(effect_name(page, other["id"]), (f"  pnetref side-effects {other['id']}", MARK)), indent=2)
    page.line()
    page.line(EMERGENCY, style=FAINT)


def reports_text(page: Page, reports: Sequence[Report]) -> Text:
    """Give what each source says of one effect: its grade, its words, its scope, its place."""
    lines = []
    grouped: dict[str, list[Report]] = {}
    for report in page.current(reports):
        assert isinstance(report, Report)
        words_of = grade_title(report.frequency, report.graded_as or "", report.serious)
        scope = f"; said of {scope_words(report.scope)}" if report.scope != "pnet" else ""
        grouped.setdefault(f"{words_of}{scope}", []).append(report)
    for said, group in grouped.items():
        text = Text(said)
        wordings = dict.fromkeys(report.wording for report in group)
        text.append(f" (“{'”, “'.join(wordings)}”) ", style=FAINT)
        lines.append(text + page.marks(group))
    return Text("\n").join(lines)


def both_page(page: Page, record: Treatment, answer: Mapping[str, Any]) -> None:
    """Add what is said of one side effect of one treatment, or that nothing is."""
    effect = answer["effect"]
    name = effect_name(page, effect.id)
    page.line(Text.assemble((record.name, NAME), ("  and  ", FAINT), (name, NAME)))
    page.line()
    if answer["reports"]:
        page.line(reports_text(page, answer["reports"]), indent=2)
    else:
        page.line(
            f"No source here reports {name.lower()} of {record.name} itself; that is no sign that it does not happen.",
            indent=2,
        )
    for row in answer["as_sign_of"]:
        text = Text(f"Named as a sign of {effect_name(page, row['effect']).lower()}: ")
        page.line(text + reports_text(page, row["reports"]), indent=2)
    for row in answer["class_reports"]:
        text = Text(f"Said of the whole class ({page.data.entry('treatments', row['class']).name}): ")
        page.line(text + reports_text(page, row["reports"]), indent=2)
    for gap in record.unreadable:
        if gap.aspect == "side_effects":
            page.line(f"Incomplete in our copy of {gap.source} ({gap.at}).", style=WARN, indent=2)
    page.line()
    page.line(EMERGENCY, style=FAINT)


def vocabulary_page(page: Page, effects: Sequence[Any]) -> None:
    """Add the vocabulary with its synonyms, by body group."""
    group = None
    for effect in effects:
        if effect.group != group:
            group = effect.group
            page.heading(group[0].upper() + group[1:])
        text = Text(effect_name(page, effect.id))
        if effect.synonyms:
            text.append(f"  {', '.join(effect.synonyms)}", style=FAINT)
        page.line(text, indent=2)
