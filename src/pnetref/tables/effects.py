"""Side effects on screen: under the grading of their sources, and as they were counted in trials and labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pnetref.models import FREQUENCIES, Rate, Report, SideEffect, Treatment
from pnetref.tables.base import FAINT, HEAD, NARROW, WARN, Page
from pnetref.tables.facts import scope_note, scope_words
from pnetref.treatments import readable_nowhere

EMERGENCY = (
    "This tool cannot tell whether a symptom is an emergency. If it is happening now, call your care team; "
    "if it is severe, your local emergency number."
)

UNMARKED = "Others are not marked by their sources, which is no sign that they are mild."
PARTIAL = "Only what was read here: what is missing from this list may cause it too."
GRADES = "Grade: how severe an effect was, from 1 (mild) to 5 (fatal)."

Grade = tuple[str, str, bool | None, str]
"""How a source grades an effect: frequency, the source's own word, serious or not, and of which condition."""


def effect_name(page: Page, key: str) -> str:
    """Give a side effect's name in plain words, clinical words or both, as the settings say."""
    entry = page.data.entry("effects", key)
    clinical = entry.clinical_name or entry.name
    if page.look.terms == "clinical":
        return clinical
    if page.look.terms == "plain" or clinical.casefold() == entry.name.casefold():
        return entry.name
    return f"{entry.name} ({clinical})"


def grade_of(report: Report, effect: str) -> Grade:
    """Give the grade of a report; how often a fetus is harmed is left out, as it would read as a rate."""
    if effect == "harm-to-fetus":
        return ("unspecified", "", report.serious, report.scope)
    word = report.graded_as or ""
    return (report.frequency, word[:1].lower() + word[1:], report.serious, report.scope)


def by_grade(page: Page, effects: Iterable[SideEffect]) -> dict[Grade, dict[str, list[Report]]]:
    """Sort reports by their source's own grading, without those that were counted.

    The older edition of a page is left out where the newer one says the same.
    """
    graded: dict[Grade, dict[str, list[Report]]] = {}
    for effect in effects:
        for report in page.current(effect.reports):
            assert isinstance(report, Report)
            if not report.rates:
                grade = grade_of(report, effect.effect)
                graded.setdefault(grade, {}).setdefault(effect.effect, []).append(report)

    def place(grade: Grade) -> tuple[bool, int, bool, bool, str]:
        frequency, graded_as, serious, scope = grade
        return graded_as != "main", FREQUENCIES.index(frequency), scope != page.subject, serious is True, graded_as

    return {grade: graded[grade] for grade in sorted(graded, key=place)}


def grade_title(grade: Grade) -> str:
    """Give the heading of a grade, in the source's own words where it has any."""
    frequency, graded_as, serious, scope = grade
    if not graded_as and frequency == "unspecified":
        title = "Serious; how often is not stated" if serious else "Named, and not graded"
    else:
        title = {"may": "may occur", "can": "can occur"}.get(graded_as, graded_as) or frequency.replace("_", " ")
        title = f"{title[0].upper()}{title[1:]}{', serious' if serious else ''}"
    return title + scope_note(scope)


def add_side_effects(page: Page, effects: Sequence[SideEffect]) -> None:
    """Add side effects under the grading of their sources, signs under their effect; then what was counted."""
    columns = 3 if page.width >= 140 else 2 if page.width >= 88 else 1
    each = min(56, (page.width - 4) // columns - 3)
    for grade, group in by_grade(page, effects).items():
        page.line(Text(grade_title(grade), style=WARN if grade[2] else HEAD), indent=2)
        cells = [effect_cell(page, key, reports) for key, reports in group.items()]
        table = Table.grid(padding=(0, 3, 0, 0), expand=False)
        table.add_column(width=1)
        for _ in range(columns):
            table.add_column(width=each, overflow="fold")
        height = -(-len(cells) // columns)
        for row in range(height):
            table.add_row("", *(cells[i] for i in range(row, len(cells), height)))
        page.add(table)
    _add_rates(page, effects)


def effect_cell(page: Page, key: str, reports: Sequence[Report]) -> RenderableType:
    """Give a side effect with its marks, and the signs that the source names under it."""
    text = Text(effect_name(page, key) + " ") + page.marks(reports)
    signs = dict.fromkeys(sign for report in reports for sign in report.signs)
    if not signs:
        return text
    clinical = page.look.terms == "clinical"
    entries = (page.data.entry("effects", sign) for sign in signs)
    named = ", ".join(entry.clinical_name or entry.name if clinical else entry.name for entry in entries)
    return Group(text, Padding(Text(f"signs: {named}", style=FAINT), (0, 0, 0, 2)))


def _add_rates(page: Page, effects: Iterable[SideEffect]) -> None:
    """Add what was counted, one table for each arm of each document: figures of different ones do not mix."""
    counted: dict[tuple[object, ...], list[tuple[str, Report, Rate]]] = {}
    for effect in effects:
        for report in effect.reports:
            for rate in report.rates:
                people = (rate.trial, rate.arm, rate.n, rate.comparator, rate.comparator_n, rate.population)
                origin = (report.source, report.at, report.scope, rate.attribution, *people)
                counted.setdefault(origin, []).append((effect.effect, report, rate))
    if counted:
        page.line()
        page.line("Counted in trials and labels", style=HEAD, indent=2)
        if any("grade " in rate.grade for rows in counted.values() for _, _, rate in rows):
            page.line(GRADES, style=FAINT, indent=4)
    for rows in counted.values():
        grades = list(dict.fromkeys(rate.grade for _, _, rate in rows))
        page.line(_counted_of(page, rows, grades), indent=4)
        if page.width < NARROW:
            _add_rate_lines(page, rows, grades)
        else:
            page.add(_rates_table(page, rows, grades))


def _add_rate_lines(page: Page, rows: Sequence[tuple[str, Report, Rate]], grades: Sequence[str]) -> None:
    """Add each effect with its figures under it, where columns would squeeze its name."""
    last = ""
    for key, _, rate in rows:
        if key != last:
            page.line(effect_name(page, key), indent=6)
        last = key
        text = Text(rate_text(rate))
        if len(grades) > 1:
            text.append(f"  {rate.grade}", style=FAINT)
        page.line(text, indent=8)


def _rates_table(page: Page, rows: Sequence[tuple[str, Report, Rate]], grades: Sequence[str]) -> Table:
    """Give a table with a column a grade where these fit, else a line a grade."""
    by_effect: dict[str, list[Rate]] = {}
    for key, _, rate in rows:
        by_effect.setdefault(key, []).append(rate)
    fits = len(grades) <= (page.width - 40) // 20 and all(
        len({rate.grade for rate in rates}) == len(rates) for rates in by_effect.values()
    )
    table = Table(
        box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=FAINT, show_header=len(grades) > 1 and fits
    )
    table.add_column("", width=4)
    table.add_column("", width=min(44, page.width - 30), overflow="fold")
    for grade in grades if fits else ("", ""):
        table.add_column(grade, overflow="fold")
    for key, rates in by_effect.items():
        name = Text(effect_name(page, key))
        if fits:
            found = {rate.grade: rate_text(rate) for rate in rates}
            table.add_row("", name, *(found.get(grade, "") for grade in grades))
            continue
        for rate in rates:
            table.add_row("", name, rate_text(rate), Text(rate.grade if len(grades) > 1 else "", style=FAINT))
            name = Text()
    return table


def _counted_of(page: Page, rows: Sequence[tuple[str, Report, Rate]], grades: Iterable[str]) -> Text:
    _, report, rate = rows[0]
    text = Text(arms_words(rate))
    said = [rate.population] if rate.population else []
    if report.scope != "pnet":
        said.append(scope_words(report.scope))
    if rate.trial is not None:
        said.append(page.data.entry("trials", rate.trial).name)
    if rate.attribution != "not stated":
        said.append(rate.attribution)
    grades = list(grades)
    if len(grades) == 1:
        said += grades
    text.append(f"; {'; '.join(said)} " if said else " ", style=FAINT)
    return text + page.marks(report for _, report, _ in rows)


def arms_words(rate: Rate) -> str:
    """Give the arm of a rate, and what it is set against, each with its number of people."""
    arms = ((rate.arm, rate.n), (rate.comparator, rate.comparator_n))
    return " v ".join(f"{name}{f' ({n} people)' if n is not None else ''}" for name, n in arms if name)


def rate_text(rate: Rate) -> str:
    """Give a rate beside the comparator's."""
    unit = "%" if rate.unit == "%" else f" {rate.unit}"
    text = f"{rate.value:g}{unit}"
    if rate.qualifier != "exactly":
        text = f"{rate.qualifier.replace('_', ' ')} {text}"
    return text if rate.comparator_value is None else f"{text} v {rate.comparator_value:g}{unit}"


def add_caveats(page: Page, record: Treatment, who: str = "") -> None:
    """Say that no source marks what is serious, and where our damaged copy may list more."""
    reports = [report for effect in record.side_effects for report in effect.reports]
    if reports and all(report.serious is None for report in reports):
        page.line(
            f"No source here marks an effect of {who or 'it'} as serious or not; that is no sign of safety.",
            style=WARN,
            indent=2,
        )
    for gap in readable_nowhere(page.data, record):
        if gap.aspect == "side_effects":
            text = f"ncomplete in our copy of {gap.source} ({gap.at}): more may be listed there."
            page.line(f"{who}: i{text}" if who else f"I{text}", style=WARN, indent=2)
