"""The card of one treatment, and lists of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text

from pnetref.dataset import OWN_SOURCES
from pnetref.models import KINDS, Name, Treatment
from pnetref.names import normalize
from pnetref.tables.base import FAINT, HEAD, MARK, NAME, WARN, Page, short_name, words
from pnetref.tables.effects import EMERGENCY, add_caveats, add_side_effects
from pnetref.tables.evidence import add_evidence
from pnetref.tables.facts import NO_PREGNANCY, SECTIONS, add_facts, fact_rows, fact_text
from pnetref.treatments import ClassStatements, readable_nowhere, sources_of, withheld_classes

EXTRACT = "What is cited to a label is an extract of it, and not the whole label."
PLACEHOLDER = "—"


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


def treatment_page(page: Page, record: Treatment, for_class: Sequence[ClassStatements], typed: str = "") -> None:
    """Add the whole card of a treatment, which was asked for as ``typed``."""
    title = Text.assemble((record.name, NAME))
    title.append(f"  {record.kind.replace('-', ' ')}", style=FAINT)
    page.line(title)
    if record.note:
        page.line(record.note, style=FAINT)
    for name in record.names:
        if name.use and normalize(name.text) == normalize(typed):
            page.line(
                f"{name.text} is another product: {name.use}. Of it nothing is said below, unless it is named.",
                style=WARN,
            )
    sources = sources_of(record)
    if sources.isdisjoint(OWN_SOURCES):
        page.line("Not in the five sources of this reference: from evidence beyond them.", style=WARN)
    _add_names(page, record)
    add_facts(page, record.facts)
    _add_pregnancy(page, record, for_class)
    _add_own_side_effects(page, record)
    _add_class_statements(page, record, for_class)
    add_evidence(page, record, page.data.trials)
    _add_silences(page, record)
    if any(page.data.sources[key].kind == "label" for key in sources):
        page.line()
        page.line(EXTRACT, style=FAINT)


def _add_names(page: Page, record: Treatment) -> None:
    rows: list[tuple[str, Text]] = []
    if record.names:
        rows.append(("Names", names_line(page, record.names)))
    for label, links in (("Class", record.classes), ("Kind of", record.parents)):
        for link in links:
            rows.append((label, Text(page.data.entry("treatments", link.id).name + " ") + page.marks(link.cites)))
    members = page.data.members(record.id)
    if members:
        rows.append(("Belonging to it", Text(" · ").join(_member(page, key, record.id) for key in members)))
    if record.settings:
        text = Text()
        for link in record.settings:
            if text.plain:
                text.append(" · ", style=FAINT)
            text.append(page.data.entry("settings", link.id).name + " ")
            text += page.marks(link.cites)
        rows.append(("Named to treat", text))
    page.rows(rows)


def _member(page: Page, key: str, group: str) -> Text:
    """Give a member's name, and the places that say that it belongs to ``group``."""
    member = page.data.treatments[key]
    links = (link for link in (*member.classes, *member.parents) if link.id == group)
    return Text(f"{member.name} ") + page.marks(cite for link in links for cite in link.cites)


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
    lost = any(gap.aspect == "side_effects" for gap in readable_nowhere(page.data, record))
    if record.side_effects:
        add_side_effects(page, record.side_effects)
    elif not lost:
        page.line("No source here lists side effects of it alone; that is no sign of safety.", indent=2)
    add_caveats(page, record)
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
    for key in withheld_classes(page.data, record):
        group = page.data.entry("treatments", key)
        page.line(
            f"Other sources speak of {group.name} without counting {record.name} in: pnetref drug {key}",
            style=FAINT,
            indent=2,
        )


def _add_silences(page: Page, record: Treatment) -> None:
    unreadable = readable_nowhere(page.data, record)
    if record.not_stated or unreadable:
        page.heading("What is missing here")
    if record.not_stated:
        page.rows([("Not stated", Text(", ".join(words(aspect).lower() for aspect in record.not_stated)))])
    lost: dict[tuple[str, str], list[str]] = {}
    for gap in unreadable:
        lost.setdefault((gap.source, words(gap.aspect).lower()), []).append(f"“{gap.at}”")
    rows: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (source, aspect), places in lost.items():
        rows.setdefault((source, tuple(places)), []).append(aspect)
    page.rows(
        [
            ("Unreadable", Text(f"{', '.join(aspects)}: our copy of {source} is damaged at {', '.join(places)}."))
            for (source, places), aspects in rows.items()
        ]
    )


def list_page(page: Page, records: Sequence[Treatment], title: str) -> None:
    """Add a table of treatments, one part a kind: name, brands, class."""
    page.line(title, style=HEAD)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=FAINT, expand=False)
    table.add_column("Name", overflow="fold", min_width=14)
    if page.width >= 60:
        table.add_column("Brands and short names", overflow="fold", max_width=60)
    table.add_column("Class", overflow="fold")
    for kind in KINDS:
        group = sorted((r for r in records if r.kind == kind), key=lambda record: record.name.casefold())
        if group:
            table.add_row()
        for record in group:
            shown = [name.text for name in record.names if name.kind in ("brand", "abbreviation")]
            known = {normalize(text): text for text in reversed(shown) if text != short_name(record.name)}
            brands = ", ".join(reversed(known.values()))
            classes = ", ".join(short_name(page.data.entry("treatments", link.id).name) for link in record.classes)
            belongs = classes or (kind.replace("-", " ") if kind != "drug" else PLACEHOLDER)
            cells = [Text(record.name, style=NAME), Text(brands or PLACEHOLDER), Text(belongs)]
            table.add_row(*(cells if page.width >= 60 else [cells[0], cells[2]]))
    page.add(table)
    page.line()
    page.line(
        f"{len(records)} record{'' if len(records) == 1 else 's'}. Each opens with: pnetref drug NAME", style=MARK
    )
