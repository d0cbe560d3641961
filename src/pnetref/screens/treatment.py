"""The card of one treatment, and lists of treatments: long, as every section of a card is here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pnetref.errors import UsageProblem
from pnetref.names import normalize
from pnetref.page import Branches, Column, Heading, Line, Rows, Said, Table, Title
from pnetref.screens.context import cites
from pnetref.screens.effects import caveats, effect_blocks
from pnetref.screens.facts import dose_words, fact_lines, fact_rows, fact_words, label_blocks, lost_lines, section
from pnetref.screens.phrases import (
    EMERGENCY,
    IN_PART,
    NO_PREGNANCY,
    NOT_READ,
    NOTHING_SAID,
    elsewhere,
    faint,
    filtered,
    joined,
    kind_words,
    label,
    of_class,
    of_kind,
    of_part,
    plain,
    printed,
    short_name,
    warn,
)
from pnetref.screens.trial import result_words
from pnetref.terms import EXPECTED, FIELDS, KINDS, LISTS, MEASURES, SCHEMES, SCOPES, SECTIONS, WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pnetref.answers.shapes import (
        DrugAnswer,
        DrugsAnswer,
        SettingAnswer,
        TreatmentAnswer,
        TreatmentCardAnswer,
        TreatmentsAnswer,
    )
    from pnetref.models import Approval, Fact, Link, Name, SideEffect, Trial
    from pnetref.page import Block, Words
    from pnetref.screens.context import Context

NOT_OWN = "Not in the five sources of this reference: from evidence beyond them."
EXTRACT = "What is cited to a label is an extract of it, and not the whole label."
DOSES = "Doses, as in the label or trial; yours may differ"
TRIALS = "Trials, each with its own people: figures of different ones cannot be set against each other"
PLACEHOLDER = "—"


def drug(answer: DrugAnswer, context: Context) -> list[Block]:
    """Give the card of a drug, a class or a combination."""
    return card(answer["drug"], context)


def treatment(answer: TreatmentCardAnswer, context: Context) -> list[Block]:
    """Give the card of anything that treats."""
    return card(answer["treatment"], context)


def card(record: TreatmentAnswer, context: Context) -> list[Block]:
    """Give the card of a record, its sections in the order of ``CARD``, or the parts of it that were asked for."""
    selected = context.answer["selected"]
    if selected and not {WHOLE, "sources"} & set(selected):
        return part_of_card(record, context, selected)
    return [block for part in CARD for block in part(record, context)]


def part_of_card(record: TreatmentAnswer, context: Context, selected: Sequence[str]) -> list[Block]:
    """Give the parts or fields of a card that were asked for; what is empty prints its silence."""
    aspects = {name for name, field in FIELDS.items() if name in selected or SECTIONS[field.section].part in selected}
    skipped: set[object] = {_title, _silences, _extract}
    skipped |= set() if "pregnancy" in aspects else {_pregnancy}
    skipped |= set() if {"effects", "side_effects"} & set(selected) else {_side_effects}
    title = (Said(record["name"], "strong"), Said(f"  {', '.join(label(name).lower() for name in selected)}", "faint"))
    blocks: list[Block] = [Title(title)]
    blocks += [block for part in CARD if part not in skipped for block in part(record, context)]
    said = {fact.field for fact in record["facts"]} | {LISTS[name] for name in LISTS if record[name]}  # type: ignore[literal-required]
    silent = {*record["not_stated"], *(gap.aspect for gap in record["not_read"])}
    silent |= {gap.aspect for gap in record["lost"]}
    for name in selected:
        if name in FIELDS and name not in said | silent | {"pregnancy"}:
            kind = kind_words(record["kind"])
            expected = name in EXPECTED[record["kind"]]
            words = NOTHING_SAID if expected else f"Not looked for in a {kind}; nothing read here speaks of it."
            blocks.append(Line((Said(f"{label(name)}: ", "strong"), Said(words, "faint")), 2))
    return blocks + _silences(record, context)


# --- the sections of a card --------------------------------------------------------------------


def _title(record: TreatmentAnswer, context: Context) -> list[Block]:
    blocks: list[Block] = [Title((Said(record["name"], "strong"), Said(f"  {kind_words(record['kind'])}", "faint")))]
    if record["note"] and record["note"] not in [typed["note"] for typed in context.answer["typed"]]:
        blocks.append(Line(faint(record["note"])))
    return blocks if is_own(record, context) else [*blocks, Line(warn(NOT_OWN))]


def is_own(record: TreatmentAnswer, context: Context) -> bool:
    """Tell whether any of the documents that the reference is built on speaks of a record."""
    return any(context.answer["sources"][key]["own"] for key in _own_places(record))


def _own_places(record: TreatmentAnswer) -> set[str]:
    """Give the sources that the record itself cites, without those of its class, its parts and its trials."""
    links = (*record["names"], *record["classes"], *record["parents"], *record["settings"], *record["identifiers"])
    statements = [part for name in ("facts", *LISTS) for part in record[name]]  # type: ignore[literal-required]
    cited = {cite.source for part in (*links, *statements) for cite in part.cites}
    cited |= {gap.source for gap in record["unreadable"]}
    return cited | {report.source for effect in record["side_effects"] for report in effect.reports}


def _names(record: TreatmentAnswer, context: Context) -> list[Block]:
    rows: list[tuple[str, Words]] = []
    if record["names"]:
        rows.append(("Names", joined([_name(name) for name in record["names"]])))
    for title, links in (("Class", record["classes"]), ("Kind of", record["parents"])):
        rows += [(title, _link(context, link)) for link in links]
    if record["members"]:
        members = [(Said(member["name"], cites=cites(member["cites"])),) for member in record["members"]]
        rows.append(("Belonging to it", joined(list(members))))
    if record["settings"]:
        rows.append(("Named to treat", joined([_link(context, link) for link in record["settings"]])))
    return [Rows(tuple(rows))]


def _name(name: Name) -> Words:
    kind = {"generic": "", "synonym": ""}.get(name.kind, f" {name.kind}")
    use = f" ({name.use})" if name.use else ""
    return (printed(name.text), Said(f"{kind}{use}", "faint", cites(name.cites)))


def _link(context: Context, link: Link) -> Words:
    return (Said(context.name(link.id), cites=cites(link.cites)),)


def _facts(key: str, record: TreatmentAnswer, context: Context) -> list[Block]:
    return section(context, record["facts"], key)


def _pregnancy(record: TreatmentAnswer, context: Context) -> list[Block]:
    lines = fact_lines(context, [fact for fact in record["facts"] if fact.field == "pregnancy"])
    said = [(f"Said of {context.name(said['class'])} as a whole: ", said["facts"]) for said in record["for_class"]]
    said += [(f"Said of {context.name(said['part'])}: ", said["facts"]) for said in record["for_parts"]]
    said += [(f"Said of {context.name(said['kind_of'])}: ", said["facts"]) for said in record["for_kinds"]]
    for whose, facts in said:
        lines += [
            (Said(whose), *line) for line in fact_lines(context, [fact for fact in facts if fact.field == "pregnancy"])
        ]
    return [Heading(plain(SECTIONS["pregnancy"].title)), *(Line(line, 2) for line in lines or [warn(NO_PREGNANCY)])]


def _side_effects(record: TreatmentAnswer, context: Context) -> list[Block]:
    lost = [gap for gap in record["lost"] if gap.aspect == "side_effects"]
    blocks: list[Block] = [Heading(plain("Side effects"))]
    if record["side_effects"]:
        blocks += effect_blocks(context, record["side_effects"])
    elif not lost:
        blocks.append(Line(plain("No source here lists side effects of it alone; that is no sign of safety."), 2))
    serious = any(report.serious is not None for effect in record["side_effects"] for report in effect.reports)
    blocks += caveats(lists_effects=bool(record["side_effects"]), marks_serious=serious, lost=lost)
    return [*blocks, Line(faint(EMERGENCY), 2)]


def _said_of_others(record: TreatmentAnswer, context: Context) -> list[Block]:
    name = record["name"]
    blocks: list[Block] = []
    for said in record["for_class"]:
        blocks += said_apart(context, of_class(context.name(said["class"]), name), said["facts"], said["side_effects"])
    for part in record["for_parts"]:
        blocks += said_apart(context, of_part(context.name(part["part"]), name), part["facts"], part["side_effects"])
        blocks += label_blocks(context, part["interactions"], part["checks"], part["dose_changes"], level=3)
    for kind in record["for_kinds"]:
        blocks += said_apart(context, of_kind(context.name(kind["kind_of"]), name), kind["facts"], kind["side_effects"])
    for key in record["withheld"]:
        blocks.append(Line(elsewhere(context.name(key), name, key), 2))
    return blocks


def said_apart(context: Context, heading: str, facts: Sequence[Fact], effects: Sequence[SideEffect]) -> list[Block]:
    """Give what is said of another record and bears on this one, under a heading that says whose it is."""
    if not facts and not effects:
        return []
    fields = [field for field in FIELDS if field != "pregnancy"]
    rows = fact_rows(context, facts, fields)
    shown: list[Block] = [Rows(tuple(rows))] if rows else []
    shown += effect_blocks(context, effects)
    return [Heading(plain(heading)), *shown] if shown else []


def _label(record: TreatmentAnswer, context: Context) -> list[Block]:
    return label_blocks(context, record["interactions"], record["checks"], record["dose_changes"])


def _doses(record: TreatmentAnswer, context: Context) -> list[Block]:
    del context
    if not record["doses"]:
        return []
    order = list(SCOPES)
    doses = sorted(record["doses"], key=lambda dose: order.index(dose.scope))
    blocks: list[Block] = [
        Heading(plain(DOSES)),
        Rows(tuple((SCOPES[dose.scope], dose_words(dose)) for dose in doses)),
    ]
    if not any(dose.scope == "pnet" for dose in doses):
        blocks.append(Line(warn("No dose for pancreatic NETs alone is stated here."), 2))
    return blocks


def _approvals(record: TreatmentAnswer, context: Context) -> list[Block]:
    del context
    if not record["approvals"]:
        return []
    rows = tuple((f"{a.regulator}, {a.region}", approval_words(a)) for a in record["approvals"])
    return [Heading(plain("Approvals and appraisals")), Rows(rows)]


def approval_words(approval: Approval) -> Words:
    """Give a decision: its status and date, for whom, within which limits."""
    said = [approval.indication, approval.limits, f"Asked for by: {approval.asked_by}" if approval.asked_by else None]
    text = " ".join(f"{part.removesuffix('.')}." for part in said if part)
    brand = f" ({approval.brand})" if approval.brand else ""
    return (
        Said(approval.status, "strong"),
        Said(f"{f', {approval.date}' if approval.date else ''}: {text}"),
        printed(brand, "faint", cites(approval.cites)),
    )


def _trials(record: TreatmentAnswer, context: Context) -> list[Block]:
    if not record["trial_records"]:
        return []
    blocks: list[Block] = [Heading(plain(TRIALS))]
    for trial in record["trial_records"]:
        blocks += _trial(context, trial)
    return blocks


def _trial(context: Context, trial: Trial) -> list[Block]:
    results = [result for result in trial.results if MEASURES[result.measure].leading]
    shown = [result for result in results if context.look.figures or not MEASURES[result.measure].survival]
    blocks: list[Block] = [
        Heading((printed(trial.name, "strong"), Said(f"  pnetref trial {trial.id}", "command")), 3),
        Line((Said(trial.population, cites=cites(trial.cites)),), 4),
        *(Line(result_words(trial, result), 4) for result in shown),
    ]
    if len(shown) < len(results):
        blocks.append(Line(warn("Survival figures are hidden (figures = off)."), 4))
    return blocks


def _identifiers(record: TreatmentAnswer, context: Context) -> list[Block]:
    del context
    rows: list[tuple[str, Words]] = []
    for identifier in record["identifiers"]:
        scheme, _, code = identifier.curie.partition(":")
        rows.append((SCHEMES[scheme].label, (printed(code, places=cites(identifier.cites)),)))
    return [Heading(plain("Identifiers")), Rows(tuple(rows))] if rows else []


def _silences(record: TreatmentAnswer, context: Context) -> list[Block]:
    rows: list[tuple[str, Words]] = []
    if record["not_stated"]:
        listed = ", ".join(label(aspect).lower() for aspect in record["not_stated"])
        rows.append(("Not stated", (Said(f"{listed}. "), Said(NOTHING_SAID, "faint"))))
    for title, words, in_part in (("Not read", NOT_READ, False), ("Read in part", IN_PART, True)):
        documents: dict[str, list[str]] = {}
        for silent in record["not_read"]:
            if silent.in_part == in_part:
                found = documents.setdefault(label(silent.aspect).lower(), [])
                found += [context.answer["sources"][silent.source]["label"]] if silent.source is not None else []
        aspects: dict[tuple[str, ...], list[str]] = {}
        for aspect, found in documents.items():
            aspects.setdefault(tuple(found), []).append(aspect)
        for labels_of, unread in aspects.items():
            whose = f" ({', '.join(labels_of)})" if labels_of else ""
            said = Said(f"{', '.join(unread)}{whose}. ", verbatim=(whose,))
            rows.append((title, (said, Said(words, "faint"))))
    lost: dict[tuple[str, str], list[str]] = {}
    for gap in record["lost"]:
        lost.setdefault((gap.source, label(gap.aspect).lower()), []).append(f"“{gap.at}”")
    alike: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (source, aspect), places in lost.items():
        alike.setdefault((source, tuple(places)), []).append(aspect)
    for (source, at), unreadable in alike.items():
        text = f"{', '.join(unreadable)}: our copy of {source} is damaged at {', '.join(at)}."
        rows.append(("Unreadable", plain(text, source, *at)))
    return [Heading(plain("What is missing here")), Rows(tuple(rows))] if rows else []


def _extract(record: TreatmentAnswer, context: Context) -> list[Block]:
    sources = context.answer["sources"]
    if any(sources[key]["kind"] == "label" for key in _own_places(record)):
        return [Line(), Line(faint(EXTRACT))]
    return []


CARD: tuple[Callable[[TreatmentAnswer, Context], list[Block]], ...] = (
    _title,
    _names,
    *(partial(_facts, key) for key in SECTIONS if key != "pregnancy"),
    _pregnancy,
    _label,
    _doses,
    _side_effects,
    _said_of_others,
    _approvals,
    _trials,
    _identifiers,
    _silences,
    _extract,
)
"""The card, from top to bottom."""


# --- lists -------------------------------------------------------------------------------------


def drugs(answer: DrugsAnswer, context: Context) -> list[Block]:
    """Give a table of drugs, one group a kind: name, brands, class. Raises ``UsageProblem`` for whole records."""
    rows: list[tuple[Words, ...]] = []
    for kind in KINDS:
        group = [row for row in answer["drugs"] if row["kind"] == kind]
        rows += [()] if group else []
        for row in sorted(group, key=lambda row: row["name"].casefold()):
            if "for_class" in row:
                raise UsageProblem("--all goes with --json; the list on screen is of all already")
            shown = [name.text for name in row["names"] if name.kind in ("brand", "abbreviation")]
            known = {normalize(text): text for text in reversed(shown) if text != short_name(row["name"])}
            brands = ", ".join(reversed(known.values()))
            classes = ", ".join(short_name(context.name(link.id)) for link in row["classes"])
            belongs = classes or (kind_words(kind) if kind != "drug" else PLACEHOLDER)
            rows.append(((Said(row["name"], "strong"),), (printed(brands or PLACEHOLDER),), plain(belongs)))
    count = len(answer["drugs"])
    columns = (
        Column("Name", least=14),
        Column("Brands and short names", most=60, from_width=60),
        Column("Class"),
    )
    return [
        Title((Said("Drugs, drug classes and combinations", "strong"), *filtered(answer["filters"]))),
        Table(columns, tuple(rows)),
        Line(),
        Line((Said(f"{count} record{'' if count == 1 else 's'}. Each opens with: pnetref drug NAME", "command"),)),
    ]


def treatments(answer: TreatmentsAnswer, context: Context) -> list[Block]:
    """Give the tree of all treatments, one line each."""
    del context
    rows = {row["id"]: row for row in answer["treatments"]}
    below: dict[str, list[str]] = {}
    for key, row in rows.items():
        for link in (*row["classes"], *row["parents"]):
            below.setdefault(link.id, []).append(key)
    members = {member for keys in below.values() for member in keys}
    lines: list[tuple[int, Words]] = []

    def branches(keys: Iterable[str], depth: int, above: Mapping[str, None]) -> None:
        for key in keys:
            row = rows[key]
            name = Said(row["name"], "strong" if depth == 0 else "")
            lines.append((depth, (name, Said(f"  {kind_words(row['kind'])}", "faint"))))
            if key not in above:
                branches(below.get(key, ()), depth + 1, {**above, key: None})

    branches((key for key in rows if key not in members), 0, {})
    return [
        Title((Said("Everything that treats, as the sources group it", "strong"),)),
        Line(),
        Branches(tuple(lines)),
        Line(),
        Line((Said("Each opens with: pnetref treatment NAME", "command"),)),
    ]


def setting(answer: SettingAnswer, context: Context) -> list[Block]:
    """Give what the sources name for a setting, under its caution."""
    place = answer["setting"]
    subject = place.scope
    blocks: list[Block] = [Title((Said(place.name, "strong"), Said("  setting", "faint")))]
    for fact in place.caution:
        blocks += [Line(), Line((Said("Caution: ", "warn"), *fact_words(context, fact, subject=subject)), 2)]
    for key in SECTIONS:
        blocks += section(context, place.facts, key, subject=subject)
    lost = lost_lines(gap for gap in place.unreadable if context.newer(gap) is None)
    blocks += [Line(), *lost] if place.unreadable else []
    blocks.append(Heading(plain("Treatments that the sources name for it")))
    if not answer["treatments"]:
        blocks.append(Line(plain("None is named by a source here."), 2))
    named = [
        (0, (Said(row["name"]), Said(f"  {kind_words(row['kind'])}", "faint", cites(row["cites"]))))
        for row in answer["treatments"]
    ]
    return [*blocks, Branches(tuple(named))] if named else blocks
