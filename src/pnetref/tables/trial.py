"""A trial with its people and its numbers, and a small chart of its arms."""

from __future__ import annotations

from collections.abc import Sequence

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pnetref.models import ArmResult, Estimate, PValue, Result, Trial
from pnetref.tables.base import FAINT, HEAD, MARK, NAME, WARN, Page
from pnetref.tables.facts import fact_rows, scope_words
from pnetref.trials import is_survival

MEDIAN = (
    "Median: the time after which half of the people in an arm had the event, and half had not. "
    "It tells nothing about one person."
)
HAZARD = (
    "Hazard ratio: how often the event happened in the first arm, at any moment, for each time in the other; "
    "1 is no difference. The interval is the range the data fit."
)


COUNTED = ("people", "times")
"""Units that have no chart: of arms of different size the bars would mislead."""
CHART = 24
"""The width of a chart in columns."""


def number(value: float) -> str:
    """Give a number without trailing zeros and without an exponent."""
    return f"{value:.10f}".rstrip("0").rstrip(".")


def trial_page(page: Page, trial: Trial) -> None:
    """Add one trial: its population before any number, design, arms, results, and what the measures mean."""
    title = Text.assemble((trial.name, NAME))
    title.append(f"  trial{f', phase {trial.phase}' if trial.phase else ''}", style=FAINT)
    page.line(title)
    page.rows(people_rows(page, trial))
    page.heading("Arms")
    rows = []
    for arm in trial.arms:
        text = Text.assemble((arm.name, NAME))
        if arm.n is not None:
            text.append(f", {arm.n} people")
        if arm.dose:
            text.append(f": {arm.dose}")
        rows.append(text)
    for row in rows:
        page.line(row, indent=2)
    if any(arm.dose for arm in trial.arms):
        page.line("Doses as in the trial; yours may differ.", style=FAINT, indent=2)
    add_results(page, trial)
    if trial.facts:
        page.heading("Also")
        page.rows(fact_rows(page, trial.facts, list(dict.fromkeys(fact.field for fact in trial.facts))))


def people_rows(page: Page, trial: Trial) -> list[tuple[str, Text]]:
    """Give who was in a trial, and how it was built."""
    share = "not stated"
    if trial.pancreatic_n is not None:
        share = f"{trial.pancreatic_n}" + (f" of {trial.n}" if trial.n else "") + " people"
    progressing = {True: "yes, required", False: "not required", None: "not stated"}[trial.progressing]
    population = Text(trial.population + " ") + page.marks(trial.cites)
    rows = [
        ("People", population),
        ("Pancreatic", Text(share)),
        ("Progressing", Text(f"at entry: {progressing}")),
        ("Design", Text(trial.design)),
        ("Primary endpoint", Text(trial.primary_endpoint)),
    ]
    if trial.scope != "pnet":
        rows.insert(1, ("Said of", Text(scope_words(trial.scope), style=WARN)))
    if not trial.comparative:
        none = "none: one arm" if len(trial.arms) == 1 else "none: its arms are not compared with each other"
        rows.append(("Comparison", Text(none, style=WARN)))
    codes = Text(" · ").join(
        Text(code.curie.split(":", 1)[1] + " ") + page.marks(code.cites) for code in trial.registry
    )
    if codes.plain:
        rows.append(("Registry", codes))
    return rows


def add_results(page: Page, trial: Trial, heading: str = "Results") -> None:
    """Add the results, each on its own scale; survival figures are left out where the reader hides them."""
    page.heading(heading)
    hidden = [result for result in trial.results if is_survival(result) and not page.look.figures]
    shown = [result for result in trial.results if result not in hidden]
    if hidden:
        page.line(f"{len(hidden)} survival or death figures are hidden (figures = off).", style=WARN, indent=2)
    if not trial.results:
        page.line("No figures are entered here.", indent=2)
    for result in shown:
        _add_result(page, trial, result)
    page.line()
    if any(result.unit == "months" for result in shown):
        page.line(MEDIAN, style=FAINT, indent=2)
    if any(result.estimate and result.estimate.kind == "hazard ratio" for result in shown):
        page.line(HAZARD, style=FAINT, indent=2)


def _add_result(page: Page, trial: Trial, result: Result) -> None:
    page.line()
    title = Text.assemble((f"{result.measure[0].upper()}{result.measure[1:]}", HEAD))
    said = [reading(result)]
    if result.cutoff:
        said.append(f"data to {result.cutoff}")
    said.append(result.population)
    title.append(f"  {', '.join(said)} ", style=FAINT)
    page.line(title + page.marks(result.cites), indent=2)
    names = {arm.id: arm.name for arm in trial.arms}
    table = Table.grid(padding=(0, 2, 0, 0))
    wide = page.width >= 76
    table.add_column(max_width=26 if wide else 18, overflow="fold")
    if wide:
        table.add_column(width=CHART)
    table.add_column(overflow="fold")
    bounds = [bound for arm in result.arms for bound in (arm.value, arm.high) if bound is not None]
    top = 100.0 if result.unit == "%" else max(bounds, default=0.0)
    for arm in result.arms:
        cells = [Text(names[arm.arm]), Text(interval_text(arm, result.unit))]
        if wide:
            cells.insert(1, Text("" if result.unit in COUNTED else bar(arm, top, CHART), style=MARK))
        table.add_row(*cells)
    if wide and bounds and result.unit not in COUNTED:
        table.add_row("", Text(f"0{f'{number(top)} {result.unit}':>{CHART - 1}}", style=FAINT), "")
    page.add(Padding(table, (0, 0, 0, 4)))
    line = "; ".join(part for part in (estimate_text(result.estimate), p_text(result.p)) if part)
    if line:
        page.line(line, indent=4)
    if result.note:
        page.line(result.note, style=FAINT, indent=4)


def between(trial: Trial) -> str:
    """Give what stands between the arms of a trial: a "v" where it compares them."""
    return " v " if trial.comparative else " · "


def reading(result: Result) -> str:
    """Give who assessed a result, and in which analysis."""
    assessor = {"investigator": "assessed by investigators", "regulator": "assessed by a regulator"}.get(
        result.assessor
    )
    assessor = assessor or ("assessor not stated" if result.assessor == "not stated" else f"{result.assessor} review")
    analysis = "analysis not stated" if result.analysis == "not stated" else f"{result.analysis} analysis"
    return f"{assessor}, {analysis}"


def bar(arm: ArmResult, top: float, width: int) -> str:
    """Draw an arm's value with its interval on a scale from 0 to ``top``."""
    if arm.value is None or top <= 0:
        return ""
    at = min(width - 1, round(arm.value / top * (width - 1)))
    low = at if arm.low is None else round(arm.low / top * (width - 1))
    high = at if arm.high is None else min(width - 1, round(arm.high / top * (width - 1)))
    cells = ["·"] * low + ["─"] * (high - low + 1)
    if low < at:
        cells[low] = "├"
    if high > at:
        cells[high] = "┤"
    cells[at] = "●"
    return "".join(cells)


def interval_text(arm: ArmResult, unit: str) -> str:
    """Give an arm's value with unit, interval and number of people."""
    value = "not reached" if arm.value is None else f"{number(arm.value)}{'%' if unit == '%' else f' {unit}'}"
    if arm.low is not None or arm.high is not None:
        low = number(arm.low) if arm.low is not None else "not reached"
        high = number(arm.high) if arm.high is not None and arm.high_reached else "not reached"
        value += f" ({f'{number(arm.level)}% interval ' if arm.level else ''}{low} to {high})"
    return value + (f", {arm.n} people" if arm.n is not None else "")


def estimate_text(estimate: Estimate | None) -> str:
    """Give the comparison of two arms."""
    if estimate is None:
        return ""
    text = f"{estimate.kind[0].upper()}{estimate.kind[1:]} {number(estimate.value)}"
    if estimate.low is not None and estimate.high is not None:
        level = f"{number(estimate.level)}% interval " if estimate.level else ""
        text += f" ({level}{number(estimate.low)} to {number(estimate.high)})"
    return text


def p_text(p: PValue | None) -> str:
    """Give a p value with its operator."""
    if p is None:
        return ""
    return f"p {p.operator} {number(p.value)}" + (f", {p.sided}" if p.sided else "")


def trials_page(page: Page, trials: Sequence[Trial]) -> None:
    """Add one line a trial: name, phase, people, what was given."""
    for trial in trials:
        title = Text.assemble((trial.name, NAME))
        title.append(f"  {trial.id}{f', phase {trial.phase}' if trial.phase else ''}", style=FAINT)
        page.line(title)
        page.line(Text(trial.population + " ") + page.marks(trial.cites), indent=2)
        page.line(between(trial).join(arm.name for arm in trial.arms), style=FAINT, indent=2)
    page.line()
    page.line("Each opens with: pnetref trial NAME", style=MARK)


def trial_panels(page: Page, trials: Sequence[Trial]) -> None:
    """Add one panel a trial, each on its own scale, in the order given: they are not a race."""
    if not trials:
        return
    page.heading("Trials, each on its own scale")
    page.line(
        "Different trials had different people and different comparators: their figures cannot be set against each other.",
        style=FAINT,
        indent=2,
    )
    for trial in trials:
        page.line()
        page.line(Text(trial.name, style=NAME), indent=2)
        page.rows(
            [
                row
                for row in people_rows(page, trial)
                if row[0] in ("People", "Said of", "Pancreatic", "Progressing", "Comparison")
            ]
        )
        add_results(page, trial, heading=f"{trial.name}: results")
