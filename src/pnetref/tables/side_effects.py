"""Side effects as answers on screen: of a treatment, of an effect, of both, and the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.text import Text

from pnetref.models import Report, Treatment
from pnetref.tables.base import FAINT, MARK, NAME, WARN, Page
from pnetref.tables.effects import (
    EMERGENCY,
    PARTIAL,
    UNMARKED,
    add_caveats,
    add_side_effects,
    arms_words,
    effect_name,
    grade_of,
    grade_title,
    rate_text,
)
from pnetref.tables.facts import scope_note


def subject_page(page: Page, record: Treatment, answer: Mapping[str, Any], *, filtered: bool, serious: bool) -> None:
    """Add the side effects of one treatment, its class's apart."""
    page.line(Text.assemble((record.name, NAME), ("  side effects", FAINT)))
    if answer["side_effects"]:
        add_side_effects(page, answer["side_effects"])
    elif filtered and record.side_effects:
        page.line("No report here passes this filter.", indent=2)
    else:
        page.line(f"No source here lists side effects of {record.name} alone; that is no sign of safety.", indent=2)
    add_caveats(page, record)
    if serious:
        page.line(UNMARKED, style=WARN, indent=2)
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
    page.line(Text.assemble((effect_name(page, effect.id), NAME), (f"  side effect · {effect.group}", FAINT)))
    if effect.synonyms:
        page.line(f"Also: {', '.join(effect.synonyms)}", style=FAINT)
    page.heading("Reported for")
    if not answer["reported_for"]:
        page.line("Nothing in this reference; that is no sign that it does not happen.", indent=2)
    page.rows(
        [(row["name"], reports_text(page, effect.id, row["reports"])) for row in answer["reported_for"]], label_width=26
    )
    page.line(PARTIAL, style=FAINT, indent=2)
    if answer["incomplete"]:
        names = ", ".join(dict.fromkeys(row["name"] for row in answer["incomplete"]))
        page.line(f"Our copies are damaged where they list side effects of: {names}.", style=WARN, indent=2)
    if answer["as_sign_of"]:
        page.heading("Named as a sign or a consequence of another effect")
        rows = []
        for row in answer["as_sign_of"]:
            text = Text(f"of {effect_name(page, row['effect'])}: ")
            rows.append((row["name"], text + reports_text(page, row["effect"], row["reports"])))
        page.rows(rows, label_width=26)
    if answer["near"]:
        page.heading("Near, and not the same")
        for other in answer["near"]:
            page.line(
                Text.assemble(effect_name(page, other["id"]), (f"  pnetref side-effects {other['id']}", MARK)), indent=2
            )
    page.line()
    page.line(EMERGENCY, style=FAINT)


def reports_text(page: Page, effect: str, reports: Sequence[Report]) -> Text:
    """Give what each source says of one effect: its grade or its count, its words, its condition, its place."""
    lines = []
    grouped: dict[str, list[Report]] = {}
    for report in page.current(reports):
        assert isinstance(report, Report)
        if report.rates:
            grouped.setdefault(counted(page, report), []).append(report)
        else:
            grouped.setdefault(grade_title(grade_of(report, effect)), []).append(report)
    for said, group in grouped.items():
        text = Text(said)
        wordings = dict.fromkeys(report.wording for report in group)
        text.append(f" (“{'”, “'.join(wordings)}”) ", style=FAINT)
        lines.append(text + page.marks(group))
    return Text("\n").join(lines)


def counted(page: Page, report: Report) -> str:
    """Give the rates of a report in a line."""
    first = report.rates[0]
    rates = "; ".join(f"{rate_text(rate)}, {rate.grade}" for rate in report.rates)
    said = [page.data.entry("trials", first.trial).name] if first.trial else []
    said += [first.population] if first.population else []
    said += [first.attribution] if first.attribution != "not stated" else []
    return f"{rates}, {arms_words(first)} ({'; '.join(said)}){scope_note(report.scope)}"


def both_page(page: Page, record: Treatment, answer: Mapping[str, Any]) -> None:
    """Add what is said of one side effect of one treatment, or that nothing is."""
    effect = answer["effect"]
    name = effect_name(page, effect.id)
    page.line(Text.assemble((record.name, NAME), ("  and  ", FAINT), (name, NAME)))
    page.line()
    if answer["reports"]:
        page.line(reports_text(page, effect.id, answer["reports"]), indent=2)
    else:
        page.line(
            f"No source here reports {name.lower()} of {record.name} itself; that is no sign that it does not happen.",
            indent=2,
        )
    for row in answer["as_sign_of"]:
        text = Text(f"Named as a sign of {effect_name(page, row['effect'])}: ")
        page.line(text + reports_text(page, row["effect"], row["reports"]), indent=2)
    for row in answer["class_reports"]:
        text = Text(f"Said of the whole class ({page.data.entry('treatments', row['class']).name}): ")
        page.line(text + reports_text(page, effect.id, row["reports"]), indent=2)
    add_caveats(page, record)
    if answer["near"]:
        page.heading(f"Near, not the same, and reported of {record.name}")
        for row in answer["near"]:
            text = Text(f"{effect_name(page, row['effect'])}: ") + reports_text(page, row["effect"], row["reports"])
            page.line(text, indent=2)
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
