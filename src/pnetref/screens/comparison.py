"""Records side by side: facts in columns, side effects as a matrix of marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pnetref.page import Beside, Heading, Line, Matrix, Rows, Said, Title
from pnetref.screens.context import cites
from pnetref.screens.effects import caveats, effect_blocks, one_voice
from pnetref.screens.facts import (
    check_rows,
    dose_change_rows,
    dose_words,
    fact_lines,
    fact_rows,
    interaction_rows,
    label_blocks,
)
from pnetref.screens.phrases import (
    EMERGENCY,
    NO_PREGNANCY,
    NOT_STATED,
    UNMARKED,
    elsewhere,
    faint,
    gap_words,
    joined,
    label,
    plain,
    short_name,
    warn,
)
from pnetref.screens.treatment import approval_words
from pnetref.screens.trial import panels
from pnetref.terms import FIELDS, FREQUENCIES, LISTS, SCOPES, WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pnetref.answers.shapes import CompareAnswer, Comparison
    from pnetref.models import Approval, Dose, Fact, Report, SideEffect
    from pnetref.page import Block, Lines, Words
    from pnetref.screens.context import Context

LEGEND = (
    "● most common or common   ○ less common, uncommon or rare   ◐ graded otherwise, or not   "
    "◇ counted in a trial or label   ! serious   ° not said of pNET   – not stated"
)
BELOW = "not of it alone; said of its class, parts or kind: below"
OF_LABELS: tuple[Literal["interactions", "checks", "dose_changes"], ...] = ("interactions", "checks", "dose_changes")
"""What labels say of a part of a combination."""
NOTHING_READ = "nothing read here speaks of it"
NO_HEAD_TO_HEAD = "No source here compares these head to head; what stands side by side was not measured side by side."


def compare(answer: CompareAnswer, context: Context) -> list[Block]:
    """Give facts field by field, the side-effect matrix, what is said of classes, parts and kinds, and trials."""
    compared = answer["comparison"]
    ids = compared["records"]
    selected = answer["selected"]
    names = [(Said(context.name(key), "strong"),) for key in ids]
    blocks: list[Block] = [Title(joined(list(names))), Line(head_to_head_line(compared, context))]
    if compared["only"]:
        blocks.append(Line(warn(f"Only rows that are {compared['only']}: all others are left out.")))
    blocks += _fields(compared, context, pregnancy=selected != ["side_effects"])
    if not selected or {"side_effects", "effects", WHOLE} & set(selected):
        blocks += _matrix(compared, context)
    blocks += _apart(compared, context)
    trials = {trial.id: trial for found in compared["trials"].values() for trial in found}
    return blocks + panels(sorted(trials.values(), key=lambda trial: trial.name.casefold()), context)


def head_to_head_line(compared: Comparison, context: Context) -> Words:
    """Say whether a source here compares the records head to head."""
    trials = compared["head_to_head"]
    if not trials:
        return faint(NO_HEAD_TO_HEAD)
    names = ", ".join(context.name(key) for key in trials)
    by = f"{names} (pnetref trial {trials[0]})"
    return faint(f"Compared head to head here by: {by}.", by)


def _fields(compared: Comparison, context: Context, *, pregnancy: bool) -> list[Block]:
    """Give the facts, one field a row and one record a column; no filter makes the pregnancy line silent."""
    ids = compared["records"]
    rows: list[tuple[str, tuple[Lines, ...]]] = []
    for row in compared["fields"]:
        if row["field"] != "pregnancy":
            cells = tuple(
                tuple(fact_lines(context, row["facts"][key])) or _silence(compared, key, row["field"]) for key in ids
            )
            rows.append((label(row["field"]), cells))
    always = [(label("pregnancy"), tuple(_pregnancy_cell(context, compared, key) for key in ids))] if pregnancy else []
    if not context.answer["selected"]:
        rows += always
    doses = [tuple(_scoped_dose(dose) for dose in compared["doses"][key]) for key in ids]
    approvals = [tuple(_regulators_approval(a) for a in compared["approvals"][key]) for key in ids]
    meets = [
        tuple((Said(f"{name}: "), *words) for name, words in interaction_rows(context, compared["interactions"][key]))
        for key in ids
    ]
    checks = [tuple(words for _, words in check_rows(compared["checks"][key])) for key in ids]
    changes = [
        tuple((Said(f"{reason}: "), *words) for reason, words in dose_change_rows(compared["dose_changes"][key]))
        for key in ids
    ]
    labels = (
        ("Interactions", "interaction", meets),
        ("Checks", "monitoring", checks),
        ("Dose changes", "dose_change", changes),
        ("Doses, as in label or trial", "dose", doses),
        ("Approvals", "approval", approvals),
    )
    for title, aspect, found in labels:
        if any(found):
            cells = tuple(lines or _silence(compared, key, aspect) for key, lines in zip(ids, found, strict=True))
            rows.append((title, cells))
    said = {row["field"] for row in compared["fields"]} | {aspect for _, aspect, found in labels if any(found)}
    for name in context.answer["selected"]:
        if name in FIELDS and name not in said | {"pregnancy"}:
            rows.append((label(name), tuple(_silence(compared, key, name) for key in ids)))
    if context.answer["selected"]:  # what was asked for comes first
        rows += always
    return [Beside(tuple(short_name(context.name(key)) for key in ids), tuple(rows))] if rows else []


def _silence(compared: Comparison, key: str, aspect: str) -> Lines:
    """Say which silence it is where a record has nothing in a row: a damaged copy, a section not read, or not stated.

    What is said of its class, its parts or its kind stands below, and is no silence.
    """
    lost = [gap.aspect for gap in compared["lost"][key]]
    gap = gap_words(aspect, lost, {gap.aspect: gap.in_part for gap in compared["not_read"][key]})
    if aspect in _aspects_apart(compared, key):
        return (faint(gap), faint(BELOW)) if gap else (faint(BELOW),)
    return (faint(gap or (NOT_STATED if aspect in compared["not_stated"][key] else NOTHING_READ)),)


def _aspects_apart(compared: Comparison, key: str) -> set[str]:
    """Give of what the class, the parts or the kind of a record speak."""
    others = (*compared["class_facts"][key], *compared["for_parts"][key], *compared["for_kinds"][key])
    said = {fact.field for other in others for fact in other["facts"]}
    return said | {LISTS[name] for part in compared["for_parts"][key] for name in OF_LABELS if part[name]}


def _pregnancy_cell(context: Context, compared: Comparison, key: str) -> Lines:
    """Give what is said of pregnancy of a record, and of its class, its parts and its kind."""
    lines: list[Words] = []
    for said in compared["pregnancy"][key]:
        whose = () if said["said_of"] == key else (Said(f"Said of {context.name(said['said_of'])}: "),)
        lines += [(*whose, *line) for line in fact_lines(context, said["facts"])]
    return tuple(lines) or (faint(NO_PREGNANCY),)


def _scoped_dose(dose: Dose) -> Words:
    return (Said(f"{SCOPES[dose.scope]}: "), *dose_words(dose))


def _regulators_approval(approval: Approval) -> Words:
    return (Said(f"{approval.regulator}, {approval.region}: "), *approval_words(approval))


# --- the matrix --------------------------------------------------------------------------------


def mark(effect: str, report: Report) -> str:
    """Give the mark of a report's grade: it is read without color. How often a fetus is harmed has none."""
    if report.rates:
        shape = "◇"
    elif effect == "harm-to-fetus":
        shape = FREQUENCIES["unspecified"]
    else:
        shape = FREQUENCIES[report.frequency]
    return shape + ("!" if report.serious else "") + ("" if report.scope == "pnet" else "°")


def _matrix(compared: Comparison, context: Context) -> list[Block]:
    ids, only = compared["records"], compared["only"]
    rows = compared["side_effects"]
    blocks: list[Block] = [Heading(plain("Side effects"))]
    if not rows:
        listed = any(compared["lists_effects"].values())
        none = f"None passes --only {only}." if listed else "No source here lists side effects of these."
        blocks.append(Line(plain(f"{none} That is no sign of safety."), 2))
        return blocks + _caveats(compared, context)
    groups: dict[int, list[tuple[Words, tuple[Words, ...]]]] = {}
    for row in rows:
        shared = sum(1 for said in row["reports"].values() if said)
        cells = tuple(matrix_cell(context, row["effect"], row["reports"][key]) for key in ids)
        groups.setdefault(shared, []).append((plain(context.effect(row["effect"])), cells))
    names = tuple(short_name(context.name(key)) for key in ids)
    blocks += [Matrix(names, tuple(tuple(group) for group in groups.values())), Line(), Line(faint(LEGEND), 2)]
    blocks += _caveats(compared, context)
    if only == "serious":
        blocks.append(Line(warn(UNMARKED), 2))
    return [*blocks, Line(faint(EMERGENCY), 2)]


def _caveats(compared: Comparison, context: Context) -> list[Block]:
    return [
        block
        for key in compared["records"]
        for block in caveats(
            lists_effects=compared["lists_effects"][key],
            marks_serious=compared["marks_serious"][key],
            lost=compared["lost"][key],
            who=context.name(key),
        )
    ]


def matrix_cell(context: Context, effect: str, reports: Sequence[Report]) -> Words:
    """Give the marks of one effect of one record, each with its citations."""
    if not reports:
        return faint("–")
    marks: dict[str, list[Report]] = {}
    kept, older = one_voice(context, reports)
    for report in kept:
        marks.setdefault(mark(effect, report), []).append(report)
    said = [
        Said(shape, "warn" if "!" in shape else "strong", cites(found), tight=True) for shape, found in marks.items()
    ]
    return (older, *joined([(one,) for one in said], " "))


# --- what is said of others --------------------------------------------------------------------


def _apart(compared: Comparison, context: Context) -> list[Block]:
    """Give what is said of classes, parts and kinds of the records; what is said of several alike stands once."""
    said: list[tuple[str, list[Fact], list[SideEffect], list[str]]] = []

    def add(title: str, facts: Iterable[Fact], effects: Iterable[SideEffect], name: str) -> None:
        statements = (title, list(facts), list(effects))
        alike = next((part for part in said if part[:3] == statements), None)
        if alike:
            alike[3].append(name)
        elif statements[1] or statements[2]:
            said.append((*statements, [name]))

    for key in compared["records"]:
        name = context.name(key)
        effects = {part["class"]: part["side_effects"] for part in compared["class_side_effects"][key]}
        for facts in compared["class_facts"][key]:
            title = f"the whole class ({context.name(facts['class'])}), which"
            add(title, facts["facts"], effects.get(facts["class"], ()), name)
        for part in compared["for_parts"][key]:
            add(f"{context.name(part['part'])}, a part of", part["facts"], part["side_effects"], name)
        for kind in compared["for_kinds"][key]:
            add(f"{context.name(kind['kind_of'])}, which", kind["facts"], kind["side_effects"], name)
    blocks: list[Block] = []
    for title, of_facts, of_effects, names in said:
        whose = " and ".join(names)
        if title.endswith("which"):
            whose += f" {'is' if len(names) == 1 else 'are'} counted in"
        blocks.append(Heading(plain(f"Said of {title} {whose}")))
        fields = list(dict.fromkeys(fact.field for fact in of_facts))
        rows = fact_rows(context, of_facts, fields)
        blocks += [Rows(tuple(rows))] if rows else []
        blocks += effect_blocks(context, of_effects)
    parts = {part["part"]: part for key in compared["records"] for part in compared["for_parts"][key]}
    for name, part in parts.items():
        label = label_blocks(context, part["interactions"], part["checks"], part["dose_changes"], level=3)
        blocks += [Heading(plain(f"Said by labels of {context.name(name)}")), *label] if label else []
    for key in compared["records"]:
        for group in compared["withheld"][key]:
            words = elsewhere(context.name(group["class"]), context.name(key), group["class"])
            blocks.append(Line(words, 2))
    return blocks
