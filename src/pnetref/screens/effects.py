"""Side effects on a page: under the grading of their sources, and as they were counted in trials and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pnetref.page import Flow, Heading, Line, Rates, Said
from pnetref.screens.context import cites
from pnetref.screens.phrases import capital, faint, plain, scope_note, warn
from pnetref.terms import FREQUENCIES, SCOPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pnetref.models import Rate, Report, SideEffect, Unreadable
    from pnetref.page import Block, Style, Words
    from pnetref.screens.context import Context

GRADES = "Grade: how severe an effect was, from 1 (mild) to 5 (fatal)."

Grade = tuple[str, str, bool | None, str]
"""How a source grades an effect: frequency, the source's own word, serious or not, and of which condition."""


def one_voice(context: Context, reports: Iterable[Report]) -> tuple[list[Report], Said]:
    """Leave out reports of the older edition of a page where the newer one reports too; and name what was left out."""
    given = list(reports)
    sources = {report.source for report in given}
    older = [context.newer(report) in sources for report in given]
    kept = [report for report, replaced in zip(given, older, strict=True) if not replaced]
    return kept, Said("", older=cites(report for report, replaced in zip(given, older, strict=True) if replaced))


def grade_of(report: Report, effect: str) -> Grade:
    """Give the grade of a report; of harm to a fetus the source's word alone, which is no rate."""
    word = report.graded_as or ""
    if effect == "harm-to-fetus":
        said = f"Harm called “{word}” by the source, which is no rate" if word else ""
        return ("unspecified", said, report.serious, report.scope)
    return (report.frequency, word[:1].lower() + word[1:], report.serious, report.scope)


def by_grade(
    context: Context, effects: Iterable[SideEffect]
) -> tuple[dict[Grade, dict[str, list[Report]]], tuple[Said, ...]]:
    """Sort reports by their source's own grading, without those that were counted; and name what an older edition said."""
    graded: dict[Grade, dict[str, list[Report]]] = {}
    older = []
    for effect in effects:
        kept, left_out = one_voice(context, effect.reports)
        older.append(left_out)
        for report in kept:
            if not report.rates:
                grade = grade_of(report, effect.effect)
                graded.setdefault(grade, {}).setdefault(effect.effect, []).append(report)
    order = list(FREQUENCIES)

    def place(grade: Grade) -> tuple[bool, int, bool, bool, str]:
        frequency, graded_as, serious, scope = grade
        return graded_as != "main", order.index(frequency), scope != "pnet", serious is True, graded_as

    return {grade: graded[grade] for grade in sorted(graded, key=place)}, tuple(older)


def grade_title(grade: Grade) -> str:
    """Give the heading of a grade, in the source's own words where it has any."""
    frequency, graded_as, serious, scope = grade
    if not graded_as and frequency == "unspecified":
        title = "Serious; how often is not stated" if serious else "Named, and not graded"
    else:
        title = {"may": "may occur", "can": "can occur"}.get(graded_as, graded_as) or frequency.replace("_", " ")
        title = f"{capital(title)}{', serious' if serious else ''}"
    return title + scope_note(scope)


def own_words(grade: Grade) -> tuple[str, ...]:
    """Give the words of a grade's heading that are the source's."""
    return (capital(grade[1]),) if grade[1] else ()


def effect_blocks(context: Context, effects: Sequence[SideEffect]) -> list[Block]:
    """Give side effects under the grading of their sources, signs under their effect; then what was counted."""
    graded, older = by_grade(context, effects)
    blocks: list[Block] = []
    for grade, group in graded.items():
        style: Style = "warn" if grade[2] else "strong"
        blocks.append(Heading((Said(grade_title(grade), style, verbatim=own_words(grade)),), 3))
        blocks.append(Flow(tuple(_entry(context, key, reports) for key, reports in group.items())))
    if blocks:
        first = blocks[0]
        assert isinstance(first, Heading)
        blocks[0] = first._replace(words=(*older, *first.words))
    return blocks + _counted_blocks(context, effects)


def _entry(context: Context, key: str, reports: Sequence[Report]) -> tuple[Words, Words]:
    """Give a side effect, and the signs that the source names under it."""
    name = (Said(context.effect(key), cites=cites(reports)),)
    signs = dict.fromkeys(sign for report in reports for sign in report.signs)
    return name, faint(f"signs: {', '.join(context.one(sign) for sign in signs)}") if signs else ()


def _counted_blocks(context: Context, effects: Iterable[SideEffect]) -> list[Block]:
    """Give what was counted, one table for each arm of each document: figures of different ones do not mix."""
    counted: dict[tuple[object, ...], list[tuple[str, Report, Rate]]] = {}
    for effect in effects:
        for report in effect.reports:
            for rate in report.rates:
                people = (rate.trial, rate.arm, rate.n, rate.comparator, rate.comparator_n, rate.population)
                origin = (report.source, report.at, report.scope, rate.attribution, *people)
                counted.setdefault(origin, []).append((effect.effect, report, rate))
    if not counted:
        return []
    blocks: list[Block] = [Line(), Heading((Said("Counted in trials and labels", "strong"),), 3)]
    if any("grade " in rate.grade for rows in counted.values() for _, _, rate in rows):
        blocks.append(Line(faint(GRADES), 4))
    for rows in counted.values():
        grades = tuple(dict.fromkeys(rate.grade for _, _, rate in rows))
        blocks.append(Line(_counted_of(context, rows, grades), 4))
        by_effect: dict[str, list[tuple[str, str]]] = {}
        for key, _, rate in rows:
            by_effect.setdefault(key, []).append((rate.grade, rate_text(rate)))
        entries = ((plain(context.effect(key)), tuple(found)) for key, found in by_effect.items())
        blocks.append(Rates(grades, tuple(entries)))
    return blocks


def _counted_of(context: Context, rows: Sequence[tuple[str, Report, Rate]], grades: tuple[str, ...]) -> Words:
    _, report, rate = rows[0]
    said = [rate.population] if rate.population else []
    if report.scope != "pnet":
        said.append(SCOPES[report.scope])
    trial = [context.name(rate.trial)] if rate.trial is not None else []
    said += trial + attribution(rate)
    if len(grades) == 1:
        said += grades
    about = f"; {'; '.join(said)}" if said else ""
    return (Said(arms_words(rate)), Said(about, "faint", cites(report for _, report, _ in rows), verbatim=tuple(trial)))


def attribution(rate: Rate) -> list[str]:
    """Give whether a rate counts what is due to the drug or any cause, as far as it is stated."""
    return [rate.attribution] if rate.attribution != "not stated" else []


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


def caveats(*, lists_effects: bool, marks_serious: bool, lost: Iterable[Unreadable], who: str = "") -> list[Block]:
    """Say that no source marks what is serious, and where our damaged copy may list more."""
    blocks: list[Block] = []
    if lists_effects and not marks_serious:
        text = f"No source here marks an effect of {who or 'it'} alone as serious or not; that is no sign of safety."
        blocks.append(Line(warn(text), 2))
    for gap in lost:
        if gap.aspect == "side_effects":
            place = f"{gap.source} ({gap.at})"
            text = f"ncomplete in our copy of {place}: more may be listed there."
            blocks.append(Line(warn(f"{who}: i{text}" if who else f"I{text}", place), 2))
    return blocks
