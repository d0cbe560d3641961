"""References on screen, and the settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from pnetref.config import Setting
from pnetref.dataset import OWN_SOURCES
from pnetref.tables.base import FAINT, MARK, NAME, WARN, Look, Page, make_console, show


def state_text(entry: Mapping[str, Any]) -> Text:
    """Give the state of a source, and the parts of it that a newer edition replaces."""
    state = entry["state"]
    text = Text()
    if state == "overdue":
        text.append(f"overdue for review since {entry['dates']['review_due']}", style=WARN)
    elif state == "superseded":
        newer = ", ".join(dict.fromkeys(newer.source for newer in entry["superseded_by"]))
        text.append(f"superseded by {newer}", style=WARN)
    else:
        text.append("current")
        for newer in entry["superseded_by"]:
            text.append(f"; superseded by {newer.source} in: {'; '.join(newer.places)}", style=WARN)
    return text


def dates_text(entry: Mapping[str, Any]) -> str:
    """Give the dates that are known, the newest kind first."""
    labels = (("revised", "revised"), ("reviewed", "reviewed"), ("published", "published"))
    found = [f"{label} {entry['dates'][name]}" for name, label in labels if entry["dates"][name]]
    return ", ".join(found) or "no date printed"


def sources_page(page: Page, entries: Sequence[Mapping[str, Any]]) -> None:
    """Add every source: the five, what was read beyond them, and what they list that was not read."""
    groups = (
        ("The five sources", [e for e in entries if e["id"] in OWN_SOURCES]),
        ("Read beyond them", [e for e in entries if e["dates"]["read"] and e["id"] not in OWN_SOURCES]),
        ("Listed by a source, never read here", [e for e in entries if not e["dates"]["read"]]),
    )
    for title, group in groups:
        if not group:
            continue
        page.heading(f"{title} ({len(group)})")
        for entry in group:
            text = Text.assemble((entry["id"], NAME), (f"  {entry['kind']}, {dates_text(entry)}", FAINT))
            page.line(text, indent=2)
            page.line(entry["csl"]["title"], indent=4)
            if entry["dates"]["read"]:
                count = entry["facts"]
                text = Text(f"{count} fact{'' if count == 1 else 's'} rest{'s' if count == 1 else ''} on it; ")
                page.line(text + state_text(entry), indent=4)
    page.line()
    page.line("Each opens with: pnetref cite ID", style=MARK)


def references_page(page: Page, entries: Iterable[Mapping[str, Any]]) -> None:
    """Add formatted references with their places, dates and state."""
    for entry in entries:
        page.line(Text(entry["reference"]))
        if entry["at"]:
            page.line(f"At: {'; '.join(entry['at'])}", indent=4)
        text = Text.assemble((f"{entry['id']} · {entry['kind']} · ", FAINT))
        if entry["dates"]["read"]:
            page.line(text + state_text(entry), indent=4)
        else:
            page.line(text + Text("listed by a source, never read here"), indent=4)
        if entry["note"]:
            page.line(entry["note"], style=FAINT, indent=4)
        page.line()


def print_settings(settings: Iterable[Setting], allowed: Mapping[str, Sequence[str]], path: str, look: Look) -> None:
    """Print each setting with its value, where that comes from, and what it may be."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style=FAINT)
    for title in ("Setting", "Value", "From", "Allowed"):
        table.add_column(title, overflow="fold")
    for setting in settings:
        table.add_row(Text(setting.key, style=NAME), setting.value, setting.origin, ", ".join(allowed[setting.key]))
    console = make_console(look)
    show(console, table)
    console.print(Text(f"\n{path}", style=FAINT), soft_wrap=True)
