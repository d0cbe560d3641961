"""A trial with its people and its numbers, and lists of trials."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pnetref.page import Bar, Bars, Branches, Column, Heading, Line, Rows, Said, Table, Title
from pnetref.screens.context import cites
from pnetref.screens.facts import fact_rows
from pnetref.screens.phrases import capital, faint, filtered, joined, plain, printed, shows_survival, warn
from pnetref.terms import ASSESSORS, MEASURES, SCOPES, WHOLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pnetref.answers.shapes import TrialAnswer, TrialsAnswer
    from pnetref.models import ArmResult, Estimate, PValue, Result, Trial
    from pnetref.page import Block, Words
    from pnetref.screens.context import Context

MEDIAN = (
    "Median: the time after which half of the people in an arm had the event, and half had not. "
    "It tells nothing about one person."
)
HAZARD = (
    "Hazard ratio: how often the event happened in the first arm, at any moment, for each time in the other; "
    "1 is no difference. The interval is the range the data fit."
)
APART = (
    "Different trials had different people and different comparators: their figures cannot be set against each other."
)

COUNTED = ("people", "times")
"""Units that have no chart: of arms of different size the bars would mislead."""

PROGRESSING = {True: "yes, required", False: "not required", None: "not stated"}


def trial(answer: TrialAnswer, context: Context) -> list[Block]:
    """Give one trial: its population before any number, design, arms, results, and what the measures mean."""
    record = answer["trial"]
    selected = set(context.answer["selected"]) - {WHOLE, "sources"}
    phase = f", phase {record.phase}" if record.phase else ""
    blocks: list[Block] = [
        Title((printed(record.name, "strong"), Said(f"  trial{phase}", "faint"))),
        Rows(tuple(people_rows(record))),
        Heading(plain("Arms")),
    ]
    arms: list[tuple[int, Words]] = []
    for arm in record.arms:
        people = f", {arm.n} people" if arm.n is not None else ""
        dose = f": {arm.dose}" if arm.dose else ""
        arms.append((0, (Said(arm.name, "strong"), Said(f"{people}{dose}"))))
    blocks.append(Branches(tuple(arms)))
    if any(arm.dose for arm in record.arms):
        blocks.append(Line(faint("Doses as in the trial; yours may differ."), 2))
    if selected and "results" not in selected:
        return blocks
    if selected and "people" not in selected:
        blocks = blocks[:1]
    blocks += result_blocks(record, context, "Results")
    if record.facts and not selected:
        fields = list(dict.fromkeys(fact.field for fact in record.facts))
        blocks += [Heading(plain("Also")), Rows(tuple(fact_rows(context, record.facts, fields)))]
    return blocks


def people_rows(trial: Trial, *, brief: bool = False) -> list[tuple[str, Words]]:
    """Give who was in a trial, and how it was built; ``brief`` leaves out the latter."""
    share = "not stated"
    if trial.pancreatic_n is not None:
        share = f"{trial.pancreatic_n}" + (f" of {trial.n}" if trial.n else "") + " people"
    rows: list[tuple[str, Words]] = [("People", (Said(trial.population, cites=cites(trial.cites)),))]
    if trial.scope != "pnet":
        rows.append(("Said of", warn(SCOPES[trial.scope])))
    rows += [
        ("Pancreatic", plain(share)),
        ("Progressing", plain(f"at entry: {PROGRESSING[trial.progressing]}")),
    ]
    if not brief:
        rows += [("Design", plain(trial.design)), ("Primary endpoint", plain(trial.primary_endpoint))]
    if not trial.comparative:
        none = "none: one arm" if len(trial.arms) == 1 else "none: its arms are not compared with each other"
        rows.append(("Comparison", warn(none)))
    if trial.registry and not brief:
        codes = [(printed(code.curie.split(":", 1)[1], places=cites(code.cites)),) for code in trial.registry]
        rows.append(("Registry", joined(list(codes))))
    return rows


def result_blocks(trial: Trial, context: Context, heading: str) -> list[Block]:
    """Give the results, each on its own scale; survival figures are left out where the reader hides them."""
    hidden = [result for result in trial.results if MEASURES[result.measure].survival and not context.look.figures]
    shown = [result for result in trial.results if result not in hidden]
    blocks: list[Block] = [Heading(plain(heading))]
    if hidden:
        blocks.append(Line(warn(f"{len(hidden)} survival or death figures are hidden (figures = off)."), 2))
    if not trial.results:
        blocks.append(Line(plain("No figures are entered here."), 2))
    for result in shown:
        blocks += result_block(trial, result, figures=context.look.figures)
    blocks.append(Line())
    if any(result.unit == "months" for result in shown):
        blocks.append(Line(faint(MEDIAN), 2))
    if any(result.estimate and result.estimate.kind == "hazard ratio" for result in shown):
        blocks.append(Line(faint(HAZARD), 2))
    return blocks


def result_block(trial: Trial, result: Result, *, figures: bool) -> list[Block]:
    """Give one result: its heading, a picture of its arms, their comparison and its note.

    Without ``figures`` a note that holds some of death is left out.
    """
    said = [reading(result)]
    if result.cutoff:
        said.append(f"data to {result.cutoff}")
    said.append(result.population)
    names = {arm.id: arm.name for arm in trial.arms}
    bounds = [bound for arm in result.arms for bound in (arm.value, arm.low, arm.high) if bound is not None]
    bars = tuple(
        Bar(names[arm.arm], arm.value, arm.low, arm.high, interval_text(arm, result.unit)) for arm in result.arms
    )
    blocks: list[Block] = [
        Line(),
        Heading(
            (Said(capital(result.measure), "strong"), Said(f"  {', '.join(said)}", "faint", cites(result.cites))), 3
        ),
    ]
    if bars:
        top = 100.0 if result.unit == "%" else max(bounds, default=0.0)
        blocks.append(Bars(bars, top, result.unit, drawn=bool(bounds) and result.unit not in COUNTED))
    line = "; ".join(part for part in (estimate_text(result.estimate), p_text(result.p)) if part)
    if line:
        blocks.append(Line(plain(line), 4))
    if result.note and (figures or not shows_survival(result.note)):
        blocks.append(Line(faint(result.note), 4))
    return blocks


def result_words(trial: Trial, result: Result) -> Words:
    """Give one result in a line: the measure, who read it in which analysis, each arm, and their comparison."""
    names = {arm.id: arm.name for arm in trial.arms}
    arms = between(trial).join(f"{names[arm.arm]}: {interval_text(arm, result.unit)}" for arm in result.arms)
    compared = estimate_text(result.estimate)
    said = [part for part in (arms, compared[:1].lower() + compared[1:], p_text(result.p)) if part]
    return (
        Said(capital(result.measure)),
        Said(f" ({reading(result)}; {result.population})", "faint"),
        Said(f" {'; '.join(said)}", cites=cites(result.cites)),
    )


def between(trial: Trial) -> str:
    """Give what stands between the arms of a trial: a "v" where it compares them."""
    return " v " if trial.comparative else " · "


def reading(result: Result) -> str:
    """Give who assessed a result, and in which analysis."""
    analysis = "analysis not stated" if result.analysis == "not stated" else f"{result.analysis} analysis"
    return f"{ASSESSORS[result.assessor]}, {analysis}"


def number(value: float) -> str:
    """Give a number without trailing zeros and without an exponent."""
    return f"{value:.10f}".rstrip("0").rstrip(".")


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
    text = f"{capital(estimate.kind)} {number(estimate.value)}"
    if estimate.low is not None and estimate.high is not None:
        level = f"{number(estimate.level)}% interval " if estimate.level else ""
        text += f" ({level}{number(estimate.low)} to {number(estimate.high)})"
    return text


def p_text(p: PValue | None) -> str:
    """Give a p value with its operator."""
    if p is None:
        return ""
    return f"p {p.operator} {number(p.value)}" + (f", {p.sided}" if p.sided else "")


def trials(answer: TrialsAnswer, context: Context) -> list[Block]:
    """Give a list of trials: name, phase, people, what was given."""
    del context
    count = len(answer["trials"])
    rows = []
    for record in answer["trials"]:
        people = "" if record.n is None else f"{record.n} people"
        phase = "" if record.phase is None else f"phase {record.phase}" if record.phase[0].isdigit() else record.phase
        rows.append(((printed(record.name, "strong"),), plain(phase), plain(people), plain(SCOPES[record.scope])))
    columns = (
        Column("Trial"),
        Column("Phase", from_width=60),
        Column("People", from_width=70),
        Column("Of", from_width=100),
    )
    return [
        Title((Said(f"{count} trial{'' if count == 1 else 's'}", "strong"), *filtered(answer["filters"]))),
        Table(columns, tuple(rows)),
        Line((Said("Each opens with: pnetref trial NAME", "command"),)),
    ]


def panels(trials: Sequence[Trial], context: Context) -> list[Block]:
    """Give one panel a trial, each on its own scale, in the order given: they are not a race."""
    if not trials:
        return []
    blocks: list[Block] = [Heading(plain("Trials, each on its own scale")), Line(faint(APART), 2)]
    for trial in trials:
        blocks += [
            Line(),
            Heading((printed(trial.name, "strong"),), 3),
            Rows(tuple(people_rows(trial, brief=True))),
            *result_blocks(trial, context, f"{trial.name}: results"),
        ]
    return blocks
