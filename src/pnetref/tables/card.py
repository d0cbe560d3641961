"""The card of one treatment, and lists of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pnetref.models import FREQUENCIES, Fact, Name, Rate, Report, SideEffect, Treatment
from pnetref.tables.base import FAINT, HEAD, MARK, NAME, WARN, Page, words
from pnetref.treatments import ClassStatements, in_own_sources, withheld_classes

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("What it is and how it works", ("definition", "mechanism", "target")),
    (
        "How it is taken or done",
        ("technique", "route", "form", "schedule", "dose", "duration", "food", "place_of_care", "anesthesia",
         "self_administration", "handling", "pause", "missed_dose", "dose_change"),
    ),
    (
        "Who it is for, and when",
        ("purpose", "indication", "eligibility", "line_of_therapy", "preference", "combination", "approval",
         "other_use", "research", "not_interchangeable"),
    ),
    ("What comes of it", ("outcome", "figure", "advantage", "drawback", "recovery")),
    (
        "Care and safety",
        ("warning", "urgent", "contraindication", "caution", "contraception", "breastfeeding", "fertility",
         "interaction", "monitoring", "management", "renal", "hepatic", "gene_test", "vaccination",
         "caregiver_safety", "side_effect_course"),
    ),
    ("More", ("symptom", "factor", "team_role", "sequence", "uncertainty", "decision", "support", "contact", "disclaimer")),
)  # fmt: skip
"""The sections of a card and their fields; pregnancy has a section of its own."""

SCOPES = {
    "pnet": "",
    "net": "neuroendocrine tumors",
    "gep-net": "neuroendocrine tumors of gut or pancreas",
    "nec": "neuroendocrine carcinoma",
    "gep-nec": "neuroendocrine carcinoma of gut or pancreas",
    "midgut-net": "midgut neuroendocrine tumors",
    "carcinoid-syndrome": "carcinoid syndrome",
    "vhl": "von Hippel-Lindau disease",
    "pancreatic-cancer": "pancreatic cancer",
    "cancer": "cancers in general",
    "any-use": "any use",
    "volunteers": "healthy volunteers",
}
"""What is said on screen of a statement that is not about pNET."""

NO_PREGNANCY = "No source here speaks of pregnancy; that is no sign of safety: ask."
EMERGENCY = (
    "This tool cannot tell whether a symptom is an emergency. If it is happening now, call your care team; "
    "if it is severe, your local emergency number."
)
PLACEHOLDER = "—"


def scope_words(scope: str) -> str:
    """Give the words for a scope other than pNET."""
    return SCOPES.get(scope, scope.replace("-", " "))


def effect_name(page: Page, key: str) -> str:
    """Give a side effect's name in plain words, clinical words or both, as the settings say."""
    entry = page.data.entry("effects", key)
    clinical = entry.clinical_name or entry.name
    if page.look.terms == "clinical":
        return clinical
    if page.look.terms == "plain" or clinical.casefold() == entry.name.casefold():
        return entry.name
    return f"{entry.name} ({clinical})"


def shows_survival(fact: Fact) -> bool:
    """Tell whether a fact holds a figure of survival or death, which a reader may hide."""
    measured = " ".join(figure.of for figure in fact.figures).casefold()
    return any(word in measured for word in ("death", "die", "dying", "surviv", "alive"))


def fact_text(page: Page, fact: Fact, scope: str = "pnet") -> Text:
    """Give a fact with its stance, its scope where it is not ``scope``, and its citation marks."""
    if not page.look.figures and shows_survival(fact):
        return Text("A survival or death figure is hidden (figures = off). ", style=FAINT) + page.marks(fact.cites)
    text = Text()
    if fact.stance != "stated":
        text.append({"not_known": "Not known: ", "denied": "No: ", "not_applicable": "Does not apply: "}[fact.stance], style=WARN)
    text.append(fact.text)
    if fact.scope not in (scope, "pnet"):
        text.append(f" (said of {scope_words(fact.scope)})", style=FAINT)
    text.append(" ")
    return text + page.marks(fact.cites)


def fact_rows(page: Page, facts: Iterable[Fact], fields: Sequence[str]) -> list[tuple[str, Text]]:
    """Give labelled lines for the facts of ``fields``; mere terms of one field share a line."""
    rows: list[tuple[str, Text]] = []
    facts = list(facts)
    for field in fields:
        terms = Text(" · ").join(fact_text(page, f) for f in facts if f.field == field and not f.text.endswith("."))
        if terms.plain:
            rows.append((words(field), terms))
        rows += [(words(field), fact_text(page, f)) for f in facts if f.field == field and f.text.endswith(".")]
    return rows


def add_facts(page: Page, facts: Iterable[Fact], sections: Sequence[tuple[str, tuple[str, ...]]] = SECTIONS) -> None:
    """Add the sections of a card that have anything in them."""
    facts = tuple(facts)
    for title, fields in sections:
        rows = fact_rows(page, facts, fields)
        if rows:
            page.heading(title)
            page.rows(rows)


Graded = dict[tuple[str, str, bool | None], dict[str, list[Report]]]
"""Reports by grade (frequency, the source's word, serious) and by effect."""


def by_grade(page: Page, effects: Iterable[SideEffect]) -> Graded:
    """Sort reports by their source's own grading; the older edition of a page is left out where it says the same."""
    graded: Graded = {}
    for effect in effects:
        reports = [report for report in effect.reports]
        kept = {id(cite) for cite in page.current(reports)}
        for report in reports:
            newer_same = id(report) not in kept
            if newer_same:
                continue
            key = (report.frequency, (report.graded_as or "").casefold(), report.serious)
            graded.setdefault(key, {}).setdefault(effect.effect, []).append(report)
    order = {name: index for index, name in enumerate(FREQUENCIES)}
    return dict(sorted(graded.items(), key=lambda item: (order[item[0][0]], item[0][2] is True, item[0][1])))


def grade_title(frequency: str, graded_as: str, serious: bool | None) -> str:
    """Give the heading of a grade, in the source's own words where it has any."""
    title = graded_as or ("named, not graded" if frequency == "unspecified" else frequency.replace("_", " "))
    title = title[0].upper() + title[1:]
    return f"{title}, serious" if serious else title


def add_side_effects(page: Page, effects: Sequence[SideEffect]) -> None:
    """Add side effects under the grading of their sources, signs under their effect."""
    graded = by_grade(page, effects)
    for (frequency, graded_as, serious), group in graded.items():
        title = Text(f"{grade_title(frequency, graded_as, serious)} ", style=WARN if serious else HEAD)
        page.line(title, indent=2)
        columns = 2 if page.width >= 96 else 1
        cells = [effect_cell(page, key, reports) for key, reports in group.items()]
        table = Table.grid(padding=(0, 3, 0, 0), expand=False)
        each = min(56, (page.width - 6) // columns - 3)
        for _ in range(columns):
            table.add_column(width=each, overflow="fold")
        height = -(-len(cells) // columns)
        for row in range(height):
            table.add_row(*(cells[i] for i in range(row, len(cells), height)))
        page.add(Padding(table, (0, 0, 0, 4)))


def effect_cell(page: Page, key: str, reports: Sequence[Report]) -> Text:
    """Give a side effect with its marks, its scope, and the signs that the source names under it."""
    text = Text(effect_name(page, key))
    if any(report.serious for report in reports):
        text.append(" (serious)", style=WARN)
    scopes = dict.fromkeys(scope_words(report.scope) for report in reports if report.scope != "pnet")
    if scopes:
        text.append(f" ({'; '.join(scopes)})", style=FAINT)
    text.append(" ")
    text += page.marks(reports)
    rates = [rate for report in reports for rate in report.rates]
    if rates:
        text.append("\n" + "\n".join(f"  {rate_words(rate)}" for rate in rates), style=FAINT)
    signs = dict.fromkeys(sign for report in reports for sign in report.signs)
    if signs:
        text.append("\n  with: " + ", ".join(effect_name(page, sign).lower() for sign in signs), style=FAINT)
    return text


def rate_words(rate: Rate) -> str:
    """Give a rate with its arm, comparator, grade and cause: a number never stands alone."""
    text = f"{rate.value:g}{rate.unit}" if rate.unit == "%" else f"{rate.value:g} {rate.unit}"
    text = {"exactly": text}.get(rate.qualifier, f"{rate.qualifier.replace('_', ' ')} {text}")
    text += f" on {rate.arm}" + (f" (of {rate.n})" if rate.n is not None else "")
    if rate.comparator_value is not None:
        text += f", {rate.comparator_value:g}% on {rate.comparator}"
    text += f"; {rate.grade}"
    if rate.attribution != "not stated":
        text += f", {rate.attribution}"
    return text + (f"; {rate.population}" if rate.population else "")


def names_line(page: Page, names: Iterable[Name]) -> Text:
    """Give the displayed names with their kinds and marks."""
    text = Text()
    for name in names:
        if text.plain:
            text.append(" · ", style=FAINT)
        text.append(name.text)
        kind = {"generic": "", "synonym": ""}.get(name.kind, f" {name.kind}")
        text.append(kind, style=FAINT)
        if name.use:
            text.append(f" ({name.use})", style=FAINT)
        text.append(" ")
        text += page.marks(name.cites)
    return text


def treatment_page(page: Page, record: Treatment, for_class: Sequence[ClassStatements]) -> None:
    """Add the whole card of a treatment."""
    page.number([record, for_class])
    title = Text(record.name, style=NAME)
    title.append(f"  {record.kind.replace('-', ' ')}", style=FAINT)
    page.line(title)
    if record.note:
        page.line(record.note, style=FAINT)
    if not in_own_sources(record):
        page.line("Not in the five sources of this reference: from evidence beyond them.", style=WARN)
    _add_names(page, record)
    add_facts(page, record.facts)
    _add_pregnancy(page, record, for_class)
    _add_own_side_effects(page, record)
    _add_class_statements(page, record, for_class)
    _add_evidence(page, record)
    _add_silences(page, record)


def _add_names(page: Page, record: Treatment) -> None:
    rows: list[tuple[str, Text]] = []
    if record.names:
        rows.append(("Names", names_line(page, record.names)))
    for label, links, in (("Class", record.classes), ("Kind of", record.parents)):
        for link in links:
            rows.append((label, Text(page.data.entry("treatments", link.id).name + " ") + page.marks(link.cites)))
    members = page.data.members(record.id)
    if members:
        names = ", ".join(page.data.entry("treatments", key).name for key in members)
        rows.append(("Belonging to it", Text(names)))
    if record.settings:
        text = Text()
        for link in record.settings:
            if text.plain:
                text.append(" · ", style=FAINT)
            text.append(page.data.entry("settings", link.id).name + " ")
            text += page.marks(link.cites)
        rows.append(("Named for", text))
    page.rows(rows)


def _add_pregnancy(page: Page, record: Treatment, for_class: Sequence[ClassStatements]) -> None:
    page.heading("Pregnancy")
    rows = [fact_text(page, fact) for fact in record.facts if fact.field == "pregnancy"]
    for statements in for_class:
        name = page.data.entry("treatments", statements["class"]).name
        for fact in statements["facts"]:
            if fact.field == "pregnancy":
                rows.append(Text(f"Said of {name} as a whole: ") + fact_text(page, fact))
    if not rows:
        rows = [Text(NO_PREGNANCY, style=WARN)]
    for row in rows:
        page.line(row, indent=2)


def _add_own_side_effects(page: Page, record: Treatment) -> None:
    page.heading("Side effects")
    if record.side_effects:
        add_side_effects(page, record.side_effects)
        if not any(report.serious is not None for effect in record.side_effects for report in effect.reports):
            page.line(
                "No source here marks an effect of it as serious or not; that is no sign of safety.", style=FAINT, indent=2
            )
    else:
        page.line(f"No source here lists side effects of {record.name} itself; that is no sign of safety.", indent=2)
    for gap in record.unreadable:
        if gap.aspect == "side_effects":
            where = Text(f"Incomplete in our copy of {gap.source} ({gap.at}): more may be listed there.", style=WARN)
            page.line(where, indent=2)
    page.line(EMERGENCY, style=FAINT, indent=2)


def _add_class_statements(page: Page, record: Treatment, for_class: Sequence[ClassStatements]) -> None:
    for statements in for_class:
        group = page.data.entry("treatments", statements["class"])
        if not statements["facts"] and not statements["side_effects"]:
            continue
        page.heading(f"Said of the whole class ({group.name}), not of {record.name} alone")
        order = [field for _, fields in SECTIONS for field in fields]
        page.rows(fact_rows(page, statements["facts"], order))
        add_side_effects(page, statements["side_effects"])
        for gap in page.data.treatments[statements["class"]].unreadable:
            if gap.aspect == "side_effects":
                page.line(f"Incomplete in our copy of {gap.source} ({gap.at}).", style=WARN, indent=2)
    for key in withheld_classes(page.data, record):
        group = page.data.entry("treatments", key)
        page.line(
            f"Other sources speak of {group.name} without counting {record.name} in: pnetref drug {key}",
            style=FAINT,
            indent=2,
        )


def _add_evidence(page: Page, record: Treatment) -> None:
    if record.doses:
        page.heading("Doses, as in the label or trial; yours may differ")
        rows = []
        for dose in record.doses:
            text = Text(dose.text + " ")
            text.append(f"({dose.basis}; {dose.use}) ", style=FAINT)
            rows.append((scope_words(dose.scope) or "pNET", text + page.marks(dose.cites)))
        page.rows(rows)
    if record.approvals:
        page.heading("Approvals and appraisals")
        rows = []
        for approval in record.approvals:
            text = Text(f"{approval.status}{f', {approval.date}' if approval.date else ''}: ", style=HEAD)
            text.append(approval.indication, style="not bold")
            if approval.limits:
                text.append(f" {approval.limits}", style="not bold")
            if approval.brand:
                text.append(f" ({approval.brand})", style="not bold")
            if approval.asked_by:
                text.append(f" Asked for by: {approval.asked_by}.", style="not bold")
            rows.append((f"{approval.regulator}, {approval.region}", text + Text(" ") + page.marks(approval.cites)))
        page.rows(rows)
    if record.trials:
        page.heading("Trials")
        for key in record.trials:
            trial = page.data.trials[key]
            text = Text.assemble((trial.name, NAME), f"  {trial.population} ") + page.marks(trial.cites)
            page.line(text, indent=2)
            page.line(f"pnetref trial {key}", style=MARK, indent=4)
    if record.identifiers:
        page.heading("Identifiers")
        text = Text(" · ").join(Text(code.curie + " ") + page.marks(code.cites) for code in record.identifiers)
        page.line(text, indent=2)


def _add_silences(page: Page, record: Treatment) -> None:
    unreadable = [gap for gap in record.unreadable if gap.aspect != "side_effects"]
    if record.not_stated or unreadable:
        page.heading("What is missing here")
    if record.not_stated:
        page.rows([("Not stated", Text(", ".join(words(aspect).lower() for aspect in record.not_stated)))])
    rows: dict[tuple[str, str], list[str]] = {}
    for gap in unreadable:
        rows.setdefault((gap.source, gap.at), []).append(words(gap.aspect).lower())
    page.rows(
        [
            ("Unreadable", Text(f"{', '.join(aspects)}: our copy of {source} is damaged at “{at}”."))
            for (source, at), aspects in rows.items()
        ]
    )


def list_page(page: Page, records: Sequence[Treatment], title: str) -> None:
    """Add a table of treatments: name, brands, class."""
    page.line(title, style=HEAD)
    page.line()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=FAINT, expand=False)
    table.add_column("Name", overflow="fold", min_width=14)
    if page.width >= 60:
        table.add_column("Brands and other names", overflow="fold", max_width=60)
    table.add_column("Class", overflow="fold")
    for record in records:
        brands = ", ".join(dict.fromkeys(name.text for name in record.names if name.kind in ("brand", "abbreviation")))
        classes = ", ".join(page.data.entry("treatments", link.id).name for link in record.classes)
        kind = classes or (record.kind.replace("-", " ") if record.kind != "drug" else PLACEHOLDER)
        cells = [Text(record.name, style=NAME), Text(brands or PLACEHOLDER), Text(kind)]
        table.add_row(*(cells if page.width >= 60 else [cells[0], cells[2]]))
    page.add(table)
    page.line()
    page.line(f"{len(records)} records. Each opens with: pnetref drug NAME", style=MARK)
