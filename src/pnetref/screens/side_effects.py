"""Side effects of a treatment, treatments of an effect, both, and the vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pnetref.answers.side_effects import COURSE
from pnetref.page import Branches, Heading, Line, Rows, Said, Title
from pnetref.screens.context import cites
from pnetref.screens.effects import (
    arms_words,
    attribution,
    caveats,
    effect_blocks,
    grade_of,
    grade_title,
    one_voice,
    own_words,
    rate_text,
)
from pnetref.screens.facts import fact_rows
from pnetref.screens.phrases import (
    EMERGENCY,
    PARTIAL,
    UNMARKED,
    UNREPORTED,
    capital,
    emergency_first,
    emergency_last,
    faint,
    of_class,
    of_kind,
    of_part,
    plain,
    printed,
    scope_note,
    warn,
)
from pnetref.terms import WHOLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pnetref.answers.shapes import (
        EffectAnswer,
        NearEffect,
        SideEffectsAnswer,
        SubjectEffectAnswer,
        VocabularyAnswer,
    )
    from pnetref.models import Report
    from pnetref.page import Block, Words
    from pnetref.screens.context import Context


def chosen(filters: Mapping[str, str]) -> str:
    """Say in words what a filter of side effects keeps."""
    told = {
        "serious": "what a source calls serious",
        "frequency": f"what is graded {filters.get('frequency', '').replace('_', ' ')}",
        "system": f"the group {filters.get('system')}",
    }
    return ", and of it ".join(told[name] for name in filters)


def of_treatment(answer: SideEffectsAnswer, context: Context) -> list[Block]:
    """Give the side effects of one treatment, those of its class, its parts and its kinds apart."""
    name = answer["subject"]["name"]
    blocks: list[Block] = [Title((Said(name, "strong"), Said("  side effects", "faint")))]
    if answer["filters"]:
        blocks.append(Line(warn(f"Only {chosen(answer['filters'])}: all others are left out."), first=True))
    if answer["course"] and not answer["filters"] and set(context.answer["selected"]) <= {WHOLE}:
        blocks.append(Rows(tuple(fact_rows(context, answer["course"], COURSE))))
    if answer["side_effects"]:
        blocks += effect_blocks(context, answer["side_effects"])
    elif answer["filters"] and answer["lists_effects"]:
        blocks.append(Line(plain(f"No report of {name} alone passes this filter; that is no sign of safety."), 2))
    else:
        blocks.append(Line(plain(f"No source here lists side effects of {name} alone; that is no sign of safety."), 2))
    blocks += caveats(lists_effects=answer["lists_effects"], marks_serious=answer["marks_serious"], lost=answer["lost"])
    if "serious" in answer["filters"]:
        blocks.append(Line(warn(UNMARKED), 2))
    others = [(of_class(context.name(s["class"]), name), s["side_effects"]) for s in answer["class_side_effects"]]
    others += [(of_part(context.name(s["part"]), name), s["side_effects"]) for s in answer["part_side_effects"]]
    others += [(of_kind(context.name(s["kind_of"]), name), s["side_effects"]) for s in answer["kind_side_effects"]]
    for heading, effects in others:
        if effects:
            blocks += [Heading(plain(heading)), *effect_blocks(context, effects)]
    return [*blocks, Line(), Line(faint(EMERGENCY))]


def of_effect(answer: EffectAnswer, context: Context) -> list[Block]:
    """Give every treatment that is reported to cause an effect, where it is a sign, and its neighbors."""
    effect = answer["effect"]
    name = context.both(effect.name, effect.clinical_name)
    blocks: list[Block] = [Title((Said(name, "strong"), Said(f"  side effect · {effect.group}", "faint")))]
    blocks += emergency_first(effect)
    if effect.synonyms:
        blocks.append(Line(faint(f"Also: {', '.join(context.once(effect.synonyms))}")))
    blocks.append(Heading(plain("Reported for")))
    if not answer["reported_for"]:
        blocks.append(Line(plain(UNREPORTED), 2))
    rows: list[tuple[str, Words]] = []
    for row in answer["reported_for"]:
        rows += [(row["name"], line) for line in report_lines(context, effect.id, row["reports"])]
    blocks += [Rows(tuple(rows), label_width=26)] if rows else []
    blocks.append(Line(faint(PARTIAL), 2))
    if answer["incomplete"]:
        names = ", ".join(dict.fromkeys(row["name"] for row in answer["incomplete"]))
        blocks.append(Line(warn(f"Our copies are damaged where they list side effects of: {names}."), 2))
    if answer["as_sign_of"]:
        signs: list[tuple[str, Words]] = []
        for sign in answer["as_sign_of"]:
            lines = report_lines(context, sign["effect"], sign["reports"])
            signs += [(sign["name"], line) for line in _after(f"of {context.effect(sign['effect'])}: ", lines)]
        blocks += [
            Heading(plain("Named as a sign or a consequence of another effect")),
            Rows(tuple(signs), label_width=26),
        ]
    kinds = [
        (*_named(context, kind), Said(f"  reported of {kind['reported']}" if kind["reported"] else "  not reported"))
        for kind in answer["kinds"]
    ]
    for heading, listed in (
        ("Its kinds", kinds),
        ("Near, and not the same", [_named(context, other) for other in answer["near"]]),
    ):
        if listed:
            blocks += [Heading(plain(heading)), Branches(tuple((0, words) for words in listed))]
    return [*blocks, *emergency_last(effect)]


def _named(context: Context, other: NearEffect) -> Words:
    """Give a side effect with the command that opens it."""
    name = Said(context.both(other["name"], other["clinical_name"]))
    return (name, Said(f"  pnetref side-effects {other['id']}", "command"))


def of_both(answer: SubjectEffectAnswer, context: Context) -> list[Block]:
    """Give what is said of one side effect of one treatment, or that nothing is."""
    effect, name = answer["effect"], answer["subject"]["name"]
    title = (Said(name, "strong"), Said("  and  ", "faint"), Said(context.effect(effect.id), "strong"))
    blocks: list[Block] = [Title(title), *emergency_first(effect), Line()]
    said = report_lines(context, effect.id, answer["reports"])
    if not said:
        nothing = f"No source here reports {context.effect(effect.id).lower()} of {name} itself"
        kinds = (
            "; what they report are kinds of it, below."
            if answer["kinds"]
            else "; that is no sign that it does not happen."
        )
        said.append(plain(f"{nothing}{kinds}"))
    for sign in answer["as_sign_of"]:
        lines = report_lines(context, sign["effect"], sign["reports"])
        said += _after(f"Named as a sign of {context.effect(sign['effect'])}: ", lines)
    apart = [(f"the whole class ({context.name(s['class'])})", s["reports"]) for s in answer["class_reports"]]
    apart += [(f"its part {context.name(s['part'])}", s["reports"]) for s in answer["part_reports"]]
    apart += [(f"{context.name(s['kind_of'])}, of which it is a kind", s["reports"]) for s in answer["kind_reports"]]
    for whose, reports in apart:
        said += _after(f"Said of {whose}: ", report_lines(context, effect.id, reports))
    blocks += [Line(line, 2) for line in said]
    blocks += caveats(lists_effects=answer["lists_effects"], marks_serious=answer["marks_serious"], lost=answer["lost"])
    for heading, rows in (
        (f"Its kinds, reported of {name}", answer["kinds"]),
        (f"Near, not the same, and reported of {name}", answer["near"]),
    ):
        blocks += [Heading(plain(heading))] if rows else []
        for row in rows:
            lines = report_lines(context, row["effect"], row["reports"])
            blocks += [Line(line, 2) for line in _after(f"{context.effect(row['effect'])}: ", lines)]
    return [*blocks, *emergency_last(effect)]


def _after(start: str, lines: Sequence[Words]) -> list[Words]:
    """Put a text before the first of several lines."""
    return [(Said(start), *line) if index == 0 else line for index, line in enumerate(lines)]


def report_lines(context: Context, effect: str, reports: Sequence[Report]) -> list[Words]:
    """Give what each source says of one effect: its grade or its count, its words, its condition, its place."""
    grouped: dict[Said, list[Report]] = {}
    kept, older = one_voice(context, reports)
    for report in kept:
        grade = grade_of(report, effect)
        said = counted(context, report) if report.rates else Said(grade_title(grade), verbatim=own_words(grade))
        grouped.setdefault(said, []).append(report)
    lines: list[Words] = []
    for said, group in grouped.items():
        wordings = f" (“{'”, “'.join(dict.fromkeys(report.wording for report in group))}”)"
        lines.append((said, printed(wordings, "faint", cites(group))))
    return [(older, *lines[0]), *lines[1:]] if lines else []


def counted(context: Context, report: Report) -> Said:
    """Give the rates of a report in a line."""
    first = report.rates[0]
    rates = "; ".join(f"{rate_text(rate)}, {rate.grade}" for rate in report.rates)
    trial = [context.name(first.trial)] if first.trial is not None else []
    said = [*trial, first.population] if first.population is not None else [*trial]
    said += attribution(first)
    text = f"{rates}, {arms_words(first)} ({'; '.join(said)}){scope_note(report.scope)}"
    return Said(text, verbatim=tuple(trial))


def vocabulary(answer: VocabularyAnswer, context: Context) -> list[Block]:
    """Give the vocabulary with its synonyms, by body group."""
    count = len(answer["effects"])
    blocks: list[Block] = [Title((Said(f"{count} side effects, as they are called here", "strong"),))]
    groups: dict[str, list[tuple[int, Words]]] = {}
    for effect in answer["effects"]:
        synonyms = (Said(f"  {', '.join(context.once(effect.synonyms))}", "faint"),) if effect.synonyms else ()
        words = (Said(context.both(effect.name, effect.clinical_name)), *synonyms)
        groups.setdefault(effect.group, []).append((0, words))
    for group, entries in groups.items():
        blocks += [Heading(plain(capital(group))), Branches(tuple(entries))]
    return blocks
