"""First screens: of one record, of a combination with its parts, of several side by side, of effects and of trials.

It is long because the first screen of every answer is here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pnetref.models import SideEffect
from pnetref.page import Bars, Branches, Glance, Heading, Line, Rows, Said, Title, composed
from pnetref.screens.comparison import head_to_head_line
from pnetref.screens.context import cites
from pnetref.screens.effects import caveats
from pnetref.screens.fitting import MARKS, Filled, filled, fitted, fitted_beside, lines_of
from pnetref.screens.glance import DRUG, EFFECTS, GLANCE, OF_PARTS, WIDTH, Item, Row, Subject, better, nothing, sign
from pnetref.screens.phrases import (
    EMERGENCY,
    UNREPORTED,
    emergency_first,
    emergency_last,
    faint,
    joined,
    kind_words,
    printed,
    short_name,
    warn,
)
from pnetref.screens.treatment import NOT_OWN, is_own
from pnetref.screens.trial import MEDIAN, people_rows, result_block, result_words
from pnetref.terms import MEASURES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pnetref.answers.shapes import (
        CompareAnswer,
        Comparison,
        DrugAnswer,
        EffectAnswer,
        SideEffectsAnswer,
        TreatmentAnswer,
        TreatmentCardAnswer,
        TrialAnswer,
    )
    from pnetref.models import Fact, Report, Result
    from pnetref.page import Block, Words
    from pnetref.screens.context import Context

FIRST, SEVERAL = 40, 48
"""The lines of a first screen at 80 columns, of one and of several."""
MOST, MOST_BESIDE = 34, 38
"""The lines of its rows, where the rest leaves them so many."""
SLACK = 3
"""The lines by which two columns may be longer than counted: a terminal breaks before marks too."""
LEAST = 8
LABELLED = 22
"""What a label takes beside a row that is no glance."""
SCREEN = 80
APART = "Their trials had different people and cannot be set against each other: behind “trials”."
COLUMN = 31
"""What a cell takes at 80 columns where two stand side by side."""
PARTS = ("interactions", "dose", "effects", "trials", "sources", "all")
"""What the last line of a drug's first screen opens."""

COMPARED = (
    "BOXED (US)",
    "Serious",
    "Cannot have",
    "Interactions",
    "Pregnancy",
    "Used for",
    "Dose in NETs",
    "Take",
    "Pause",
    "Kidneys",
    "Liver",
    "Common",
)
"""The rows of a comparison."""
FULL = ("primary", "final")
"""The analyses that a result is taken from first."""
ONE_ONLY = "What is named for one only is no “no” for the other: the documents differ."


def within(limit: int, most: int, build: Callable[[int], list[Block]], context: Context) -> list[Block]:
    """Give the page that ``build`` makes with as many lines of rows as ``limit`` lines at 80 columns leave it."""
    blocks = build(most)
    while most > LEAST and (over := height(blocks, context) - limit) > 0:
        most -= min(over, most - LEAST)
        blocks = build(most)
    return blocks


def height(blocks: Sequence[Block], context: Context) -> int:
    """Give the lines that a first screen takes at 80 columns, its sources and its notice included."""
    page = composed(blocks, context.answer, brief=True)  # in one spelling: the other shows the same statements
    sources = " · ".join(f"{one.number} {one.label}" for one in page.references)
    sources += "".join(f"  {sign} {words}" for sign, words in page.meanings.items())
    below = lines_of(sources, SCREEN) + lines_of(page.notice, SCREEN) + bool(page.age)
    return below + sum(_height(block) for block in page.blocks)


def _height(block: Block) -> int:
    if isinstance(block, Glance):
        width, marks = (COLUMN, MARKS) if block.names else (WIDTH, 0)
        cells = (max(lines_of(_plain(cell, marks), width) for cell in row) for _, row in block.rows)
        return 1 + bool(block.names) + sum(cells)
    if isinstance(block, Rows):
        return sum(lines_of(_plain(words, MARKS), SCREEN - LABELLED) for _, words in block.rows)
    if isinstance(block, Branches):
        return sum(lines_of(_plain(words), SCREEN - 2) for _, words in block.entries)
    if isinstance(block, Bars):
        return bool(block.drawn) + sum(max(lines_of(bar.name, 26), lines_of(bar.words, 24)) for bar in block.bars)
    if isinstance(block, Title | Line | Heading):
        return lines_of(_plain(block.words, MARKS), SCREEN - 4)
    return 1


def _plain(words: Words, marks: int = 0) -> str:
    return "".join(said.text + "x" * (marks if said.cites else 0) for said in words)


def drug(answer: DrugAnswer, context: Context) -> list[Block]:
    """Give the first screen of a drug, a class or a combination."""
    return one(answer["drug"], context, "drug")


def treatment(answer: TreatmentCardAnswer, context: Context) -> list[Block]:
    """Give the first screen of anything that treats."""
    return one(answer["treatment"], context, "treatment")


def one(record: TreatmentAnswer, context: Context, command: str) -> list[Block]:
    """Give the first screen of one record."""
    if record["for_parts"]:
        return combination(record, context)
    table = GLANCE[record["kind"]]
    rows = filled(table, subject_of(record), context)
    parts = PARTS if record["kind"] in ("drug", "drug-class") else ("effects", "sources", "all")
    title, more = _title(record, context), _more(command, record["id"], parts)
    return within(FIRST, MOST, lambda most: [*title, Glance((), tuple(fitted(table, rows, most))), more], context)


def combination(record: TreatmentAnswer, context: Context) -> list[Block]:
    """Give the first screen of a combination: its parts' own rows in columns, and what is said of them together."""
    parts = [_part(context, said) for said in record["for_parts"]]
    rows = [row for row in DRUG if row.label in OF_PARTS]
    columns = [filled(rows, part, context) for part in parts]
    whole = subject_of(record)._replace(apart=())
    own = [row for row in DRUG if row.label not in OF_PARTS or row.fill(whole, context)]
    together = Glance((), tuple(fitted(own, filled(own, whole, context), 8)))
    names = tuple(short_name(part.name) for part in parts)
    title = _title(record, context)
    more = _more("drug", record["id"], ("interactions", "dose", "effects", "trials", "all"))

    def build(most: int) -> list[Block]:
        beside = Glance(names, tuple(fitted_beside(rows, columns, most, COLUMN)))
        return [*title, beside, Line(faint("Together")), together, more]

    return within(SEVERAL, MOST_BESIDE, build, context)


def side_effects(answer: SideEffectsAnswer, context: Context) -> list[Block]:
    """Give the first screen of the side effects of one treatment: by grade, the serious first."""
    about = answer["subject"]
    subject = Subject(
        name=about["name"],
        kind=about["kind"],
        facts=answer["course"],
        side_effects=answer["side_effects"],
        unreadable=[gap.aspect for gap in answer["lost"]],
        apart=[
            *((said["class"], said["side_effects"]) for said in answer["class_side_effects"]),
            *((said["part"], said["side_effects"]) for said in answer["part_side_effects"]),
            *((said["kind_of"], said["side_effects"]) for said in answer["kind_side_effects"]),
        ],
    )
    rows = filled(EFFECTS, subject, context)
    title: list[Block] = [Title((Said(about["name"], "strong"), Said("  side effects", "faint")))]
    if not answer["lists_effects"]:
        title.append(
            Line(warn(f"No source here lists side effects of {about['name']} alone; that is no sign of safety."))
        )
    after: list[Block] = caveats(lists_effects=False, marks_serious=True, lost=answer["lost"])[:2]
    after += [
        Line(faint(EMERGENCY)),
        _more("side-effects", about["id"], ("serious", "counted", "class", "sources", "all")),
    ]
    return within(FIRST, MOST, lambda most: [*title, Glance((), tuple(fitted(EFFECTS, rows, most))), *after], context)


MOST_KINDS = 8
"""The kinds of a side effect that its first screen names: those reported of the most treatments."""


def effect(answer: EffectAnswer, context: Context) -> list[Block]:
    """Give the first screen of a side effect: what is reported to cause it, by grade, the serious first."""
    about = answer["effect"]
    name = context.both(about.name, about.clinical_name)
    title: list[Block] = [Title((Said(name, "strong"), Said(f"  side effect · {about.group}", "faint")))]
    title += emergency_first(about)
    groups: dict[str, list[Item]] = {}
    for row in answer["reported_for"]:
        reports = sorted(row["reports"], key=lambda report: (sign(report.scope), better(context, [report])))
        by_grade: dict[str, Report] = {}
        for report in reports:
            by_grade.setdefault(_band(report), report)
        for band, report in by_grade.items():
            groups.setdefault(band, []).append(Item(short_name(row["name"]), cites([report]), report.scope))
    rows = [Filled(row, groups[row.label], "") for row in CAUSES if row.label in groups]
    signs = {short_name(row["name"]): row for row in answer["as_sign_of"]}
    if signs:
        items = [
            Item(f"{key} (of {context.one(row['effect'])})", cites(row["reports"][:1])) for key, row in signs.items()
        ]
        rows.append(Filled(CAUSES[-1], items, ""))
    if not rows:
        title.append(Line(warn(UNREPORTED)))
    counted = sorted(answer["kinds"], key=lambda kind: -kind["reported"])
    kinds = ", ".join(f"{kind['id']} ({kind['reported']})" for kind in counted[:MOST_KINDS])
    kinds += f", +{len(counted) - MOST_KINDS}" if len(counted) > MOST_KINDS else ""
    near = ", ".join(other["id"] for other in answer["near"])
    after: list[Block] = [Line(faint("Only what was read here: what is missing may cause it too."))]
    after += [Line((Said("Its kinds, and of how many treatments: ", "faint"), Said(kinds, "command")))] if kinds else []
    after += [Line((Said("Near, not the same: ", "faint"), Said(near, "command")))] if near else []
    after += [*emergency_last(about)[1:], _more("side-effects", about.id, ("sources", "all"))]
    return within(FIRST, MOST, lambda most: [*title, Glance((), tuple(fitted(CAUSES, rows, most))), *after], context)


def _band(report: Report) -> str:
    if report.serious:
        return "Serious"
    if report.rates:
        return "Counted"
    bands = {
        "most_common": "Most common",
        "very_common": "Very common",
        "common": "Common",
        "unspecified": "Not graded",
    }
    return bands.get(report.frequency, "Rare" if "rare" in report.frequency else "Less common")


CAUSES: tuple[Row, ...] = tuple(
    Row(name, "", nothing, 4, "all", running=True, bold=name == "Serious")
    for name in (
        "Serious",
        "Most common",
        "Very common",
        "Common",
        "Less common",
        "Rare",
        "Counted",
        "Not graded",
        "As a sign",
    )
)
"""The rows of what is reported to cause a side effect."""


def trial(answer: TrialAnswer, context: Context) -> list[Block]:
    """Give the first screen of a trial: its people, its arms, its primary result with a picture, the main others."""
    record = answer["trial"]
    phase = f", phase {record.phase}" if record.phase else ""
    title = Title((printed(record.name, "strong"), Said(f"  trial{phase}", "faint")))
    arms = tuple(
        (0, (Said(arm.name, "strong"), Said(f", {arm.n} people" if arm.n is not None else ""))) for arm in record.arms
    )
    shown = [r for r in record.results if context.look.figures or not MEASURES[r.measure].survival]
    leading = _measure_by_measure(shown, record.primary_endpoint.casefold())
    hidden = len(record.results) - len(shown)

    def build(most: int) -> list[Block]:
        blocks: list[Block] = [title, Rows(tuple(people_rows(record))), Branches(arms)]
        for result in leading[:1]:
            blocks += result_block(record, result, figures=context.look.figures)
        blocks += [Line(result_words(record, result), 2) for result in leading[1:most]]
        rest = len(shown) - len(leading[:most])
        if rest:
            blocks.append(Line(faint(f"{rest} more result{'' if rest == 1 else 's'}: behind “results”."), 2))
        if hidden:
            blocks.append(Line(warn(f"{hidden} survival or death figures are hidden (figures = off)."), 2))
        if any(result.unit == "months" for result in leading[:most]):
            blocks.append(Line(faint(MEDIAN)))
        return [*blocks, _more("trial", record.id, ("people", "results", "sources", "all"))]

    return next((b for most in (4, 3, 2) if height(b := build(most), context) < FIRST), build(1))


def _measure_by_measure(results: Sequence[Result], endpoint: str) -> list[Result]:
    """Give the primary result, then one of each leading measure before the second of any: survival is not left behind."""
    apart: dict[str, list[Result]] = {}
    for result in sorted(results, key=lambda r: (not MEASURES[r.measure].leading, r.analysis not in FULL)):
        apart.setdefault(result.measure, []).append(result)
    order = sorted(MEASURES, key=lambda measure: (measure not in endpoint, not MEASURES[measure].leading))
    ranked = [(n, result) for named in apart.values() for n, result in enumerate(named)]
    ranked.sort(key=lambda one: (not MEASURES[one[1].measure].leading, one[0], order.index(one[1].measure)))
    return [result for _, result in ranked]


def compare(answer: CompareAnswer, context: Context) -> list[Block]:
    """Give the first screen of several records: the rows side by side, and no medians beside each other."""
    compared = answer["comparison"]
    subjects = [_compared(context, compared, key) for key in compared["records"]]
    rows: list[Row] = [row for row in DRUG if row.label in COMPARED]
    width = COLUMN if len(subjects) == 2 else max(18, 92 // len(subjects))
    columns = [filled(rows, subject, context) for subject in subjects]
    names: list[Words] = [(Said(context.name(key), "strong"),) for key in compared["records"]]
    short = tuple(short_name(context.name(key)) for key in compared["records"])
    after: list[Block] = [Line(warn(ONE_ONLY)), *_of_parts(compared, context)]
    if any(trial.scope == "pnet" for found in compared["trials"].values() for trial in found):
        after.append(Line(faint(APART)))
    after.append(_more("compare", " ".join(compared["records"]), ("effects", "trials", "dose", "sources", "all")))
    before: list[Block] = [Title(joined(names)), Line(head_to_head_line(compared, context))]

    def build(most: int) -> list[Block]:
        return [*before, Glance(short, tuple(fitted_beside(rows, columns, most, width))), *after]

    return within(SEVERAL - SLACK, MOST_BESIDE, build, context) if len(subjects) == 2 else build(MOST_BESIDE)


def _title(record: TreatmentAnswer, context: Context) -> list[Block]:
    brands = list(dict.fromkeys(name.text for name in record["names"] if name.kind == "brand" and not name.use))[:3]
    classes = ", ".join(short_name(context.name(link.id)) for link in (*record["classes"], *record["parents"]))
    kind = kind_words(record["kind"]) + (f" · {classes}" if classes else "")
    title = (
        Said(record["name"], "strong"),
        printed(f"  {', '.join(brands)}" if brands else ""),
        Said(f"  {kind}", "faint"),
    )
    blocks: list[Block] = [Title(title)]
    return blocks if is_own(record, context) else [*blocks, Line(warn(NOT_OWN))]


def _more(command: str, name: str, parts: Sequence[str]) -> Line:
    return Line((Said("More  ", "faint"), Said(f"pnetref {command} {name} {' · '.join(parts)}", "command")))


def subject_of(record: TreatmentAnswer) -> Subject:
    """Give what a glance shows of a record."""
    return Subject(
        name=record["name"],
        kind=record["kind"],
        facts=record["facts"],
        side_effects=record["side_effects"],
        doses=record["doses"],
        interactions=record["interactions"],
        checks=record["checks"],
        trials=record["trial_records"],
        not_stated=record["not_stated"],
        not_read={gap.aspect: gap.in_part for gap in record["not_read"]},
        unreadable=[gap.aspect for gap in record["lost"]],
        apart=[
            *((said["class"], said["side_effects"]) for said in record["for_class"]),
            *((said["part"], said["side_effects"]) for said in record["for_parts"]),
            *((said["kind_of"], said["side_effects"]) for said in record["for_kinds"]),
        ],
    )


def _part(context: Context, said: Mapping[str, Any]) -> Subject:
    return Subject(
        name=context.name(said["part"]),
        kind="drug",
        facts=said["facts"],
        side_effects=said["side_effects"],
        interactions=said["interactions"],
        checks=said["checks"],
    )


def _of_parts(compared: Comparison, context: Context) -> list[Block]:
    """Say of a combination that its column holds what is said of its parts, and which part has a column of its own."""
    blocks: list[Block] = []
    for key in compared["records"]:
        name = context.name(key).partition(" (")[0]
        inside = " and ".join(context.name(said["part"]) for said in compared["for_parts"][key])
        if inside:
            blocks.append(Line(faint(f"Under {name}: what is said of {inside}, however combined.")))
    return blocks


BELOW = "Of its parts: under their own names."
"""What a row of a combination says that is empty, where a part of it is compared with it."""


def _compared(context: Context, compared: Comparison, key: str) -> Subject:
    parts = compared["for_parts"][key]
    facts: list[Fact] = [fact for row in compared["fields"] for fact in row["facts"][key]]
    for said in parts:
        facts += said["facts"]
    effects = {row["effect"]: list(row["reports"][key]) for row in compared["side_effects"]}
    for said in parts:
        for effect in said["side_effects"]:
            effects.setdefault(effect.effect, []).extend(effect.reports)
    of_part = context.answer["records"][key]["kind"] == "combination" and not parts
    return Subject(
        name=context.name(key),
        kind=context.answer["records"][key]["kind"],
        facts=facts,
        side_effects=[
            SideEffect.model_construct(effect=effect, reports=tuple(reports))
            for effect, reports in effects.items()
            if reports
        ],
        doses=compared["doses"][key],
        interactions=[*compared["interactions"][key], *(one for said in parts for one in said["interactions"])],
        checks=[*compared["checks"][key], *(one for said in parts for one in said["checks"])],
        trials=compared["trials"][key],
        not_stated=compared["not_stated"][key],
        not_read={gap.aspect: gap.in_part for gap in compared["not_read"][key]},
        unreadable=[gap.aspect for gap in compared["lost"][key]],
        apart=[
            *((said["class"], said["side_effects"]) for said in compared["class_side_effects"][key]),
            *((said["kind_of"], said["side_effects"]) for said in compared["for_kinds"][key]),
        ],
        below=BELOW if of_part else "",
    )
