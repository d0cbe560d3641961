"""Facts on a page: their lines, the condition they are said of, and their citations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pnetref.page import Heading, Line, Rows, Said
from pnetref.screens.context import cites
from pnetref.screens.phrases import (
    HIDDEN,
    OTHERS_DIFFER,
    PAUSE,
    capital,
    joined,
    label,
    plain,
    scope_note,
    shows_survival,
    warn,
)
from pnetref.terms import ACTIONS, FIELDS, REGIONS, SECTIONS, STANCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pnetref.models import Check, Dose, DoseChange, Fact, Interaction, Unreadable
    from pnetref.page import Block, Words
    from pnetref.screens.context import Context


def fact_words(context: Context, *facts: Fact, subject: str = "pnet") -> Words:
    """Give facts of one text: the text once, then each condition that it is said of, with its citations."""
    first = facts[0]
    if not context.look.figures and shows_survival(first.text):
        return (Said(HIDDEN, "faint", cites(cite for fact in facts for cite in fact.cites)),)
    start = (Said(STANCES[first.stance], "warn"),) if STANCES[first.stance] else ()
    conditions = (Said(scope_note(fact.scope, subject, fact.region), "faint", cites(fact.cites)) for fact in facts)
    elsewhere = (Said(f" {OTHERS_DIFFER}", "faint"),) if first.stance == "denied" and first.region is not None else ()
    return (*start, Said(first.text), *conditions, *elsewhere)


def fact_lines(context: Context, facts: Iterable[Fact], subject: str = "pnet") -> list[Words]:
    """Give the lines of one field: mere terms share the first, each sentence has its own.

    What the older edition of a page alone says is left out where the newer one speaks of the field.
    """
    facts = tuple(facts)
    speaking = {cite.source for fact in facts for cite in fact.cites}
    alike: dict[tuple[str, str], list[Fact]] = {}
    older: list[Said] = []
    for fact in facts:
        if {context.newer(cite) for cite in fact.cites} <= speaking:
            older.append(Said("", older=cites(fact.cites)))
            continue
        hidden = not context.look.figures and shows_survival(fact.text)
        alike.setdefault((HIDDEN if hidden else fact.text, fact.stance), []).append(fact)
    texts = {text: fact_words(context, *group, subject=subject) for (text, _), group in alike.items()}
    terms = [said for text, said in texts.items() if not text.endswith(".")]
    lines = [joined(terms)] if terms else []
    lines += [said for text, said in texts.items() if text.endswith(".")]
    return [(*older, *lines[0]), *lines[1:]] if lines else lines


def fact_rows(
    context: Context, facts: Iterable[Fact], fields: Sequence[str], subject: str = "pnet"
) -> list[tuple[str, Words]]:
    """Give labelled lines for the facts of ``fields``."""
    facts = tuple(facts)
    rows = []
    for field in fields:
        of_field = [fact for fact in facts if fact.field == field]
        rows += [(label(field), line) for line in fact_lines(context, of_field, subject)]
        if field == "pause" and of_field:
            rows.append(("This tool adds", warn(PAUSE)))
    return rows


def section(
    context: Context, facts: Iterable[Fact], key: str, *, subject: str = "pnet", besides: Sequence[str] = ()
) -> list[Block]:
    """Give the section ``key`` of a card, where it has any facts; ``besides`` are fields that stand elsewhere."""
    fields = [name for name, field in FIELDS.items() if field.section == key and name not in besides]
    rows = fact_rows(context, facts, fields, subject)
    return [Heading(plain(SECTIONS[key].title)), Rows(tuple(rows))] if rows else []


def lost_lines(lost: Iterable[Unreadable]) -> list[Block]:
    """Say where our copies are damaged and may have said more, a line a source."""
    places: dict[str, dict[str, None]] = {}
    for gap in lost:
        places.setdefault(gap.source, {})[f"“{gap.at}”"] = None
    return [
        Line(warn(f"Unreadable: our copy of {source} is damaged at {', '.join(at)}.", source, *at), 2)
        for source, at in places.items()
    ]


def said_of(part: Interaction | Check | DoseChange) -> Words:
    """Give a statement of a label with the condition and the country that it is said of."""
    return (Said(part.text), Said(scope_note(part.scope, region=part.region), "faint", cites(part.cites)))


def interaction_rows(context: Context, interactions: Sequence[Interaction]) -> list[tuple[str, Words]]:
    """Give interactions under what the drug meets, the gravest first."""
    order = list(ACTIONS)
    found = sorted(interactions, key=lambda part: (order.index(part.action), context.name(part.with_.id).casefold()))
    return [(context.name(part.with_.id), said_of(part)) for part in found]


def check_rows(checks: Sequence[Check]) -> list[tuple[str, Words]]:
    """Give checks under the test that is asked for."""
    return [(capital(part.test), said_of(part)) for part in sorted(checks, key=lambda part: part.test.casefold())]


def dose_change_rows(changes: Sequence[DoseChange]) -> list[tuple[str, Words]]:
    """Give changes of a dose under their reason, in the label's order."""
    return [(capital(part.reason), said_of(part)) for part in changes]


def label_blocks(
    context: Context,
    interactions: Sequence[Interaction],
    checks: Sequence[Check],
    changes: Sequence[DoseChange],
    level: int = 2,
) -> list[Block]:
    """Give what labels say of interactions, checks and changes of a dose, each under a heading where there is any."""
    groups = (
        (
            "Interactions, as labels name them; what is not named may matter too",
            interaction_rows(context, interactions),
        ),
        ("Checks that labels ask for", check_rows(checks)),
        ("Changes of a dose, as in the label; yours may differ", dose_change_rows(changes)),
    )
    blocks: list[Block] = []
    for title, rows in groups:
        if rows:
            blocks += [
                Heading((Said(title, "strong" if level == 3 else ""),), level),
                Rows(tuple(rows), label_width=26),
            ]
    return blocks


def dose_words(dose: Dose) -> Words:
    """Give a dose with what it is for, on what basis, and its citations."""
    where = f"; {REGIONS.get(dose.region, dose.region)}" if dose.region is not None else ""
    return (Said(f"{dose.text} "), Said(f"({dose.basis}; {dose.use}{where})", "faint", cites(dose.cites)))
