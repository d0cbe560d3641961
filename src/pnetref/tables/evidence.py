"""Doses, approvals, trials and identifiers on a card."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text

from pnetref.models import SCOPES as SCOPE_ORDER
from pnetref.models import Approval, Dose, Result, Treatment, Trial
from pnetref.tables.base import FAINT, HEAD, MARK, NAME, WARN, Page
from pnetref.tables.facts import scope_words
from pnetref.tables.trial import between, estimate_text, interval_text, p_text, reading
from pnetref.trials import is_survival

DOSES = "Doses, as in the label or trial; yours may differ"
LEADING = ("progression-free survival", "time to progression", "objective response", "overall survival")
"""The measures of a trial that a card shows; the trial's own page has all."""

SCHEMES = {
    "atc": "ATC",
    "rxnorm": "RxNorm",
    "unii": "UNII",
    "cas": "CAS",
    "chembl": "ChEMBL",
    "pubchem.compound": "PubChem",
    "drugbank": "DrugBank",
    "mesh": "MeSH",
}


def dose_text(page: Page, dose: Dose) -> Text:
    """Give a dose with what it is for, on what basis, and its citation marks."""
    text = Text(dose.text + " ")
    text.append(f"({dose.basis}; {dose.use}) ", style=FAINT)
    return text + page.marks(dose.cites)


def approval_text(page: Page, approval: Approval) -> Text:
    """Give a decision: its status and date, for whom, within which limits."""
    text = Text.assemble((approval.status, HEAD), f"{f', {approval.date}' if approval.date else ''}: ")
    said = [approval.indication, approval.limits, f"Asked for by: {approval.asked_by}" if approval.asked_by else None]
    text.append(" ".join(f"{part.removesuffix('.')}." for part in said if part))
    if approval.brand:
        text.append(f" ({approval.brand})", style=FAINT)
    return text + Text(" ") + page.marks(approval.cites)


def add_evidence(page: Page, record: Treatment, trials: Mapping[str, Trial]) -> None:
    """Add the doses, the decisions of regulators, the trials with their leading results, and the codes of a record."""
    if record.doses:
        page.heading(DOSES)
        doses = sorted(record.doses, key=lambda dose: SCOPE_ORDER.index(dose.scope))
        page.rows([(scope_words(dose.scope), dose_text(page, dose)) for dose in doses])
        if not any(dose.scope == "pnet" for dose in doses):
            page.line("No dose for pancreatic NETs alone is stated here.", style=WARN, indent=2)
    if record.approvals:
        page.heading("Approvals and appraisals")
        page.rows([(f"{a.regulator}, {a.region}", approval_text(page, a)) for a in record.approvals])
    if record.trials:
        page.heading("Trials, each with its own people: figures of different ones cannot be set against each other")
    for key in record.trials:
        _add_trial(page, trials[key])
    if record.identifiers:
        page.heading("Identifiers")
        rows = []
        for identifier in record.identifiers:
            scheme, _, code = identifier.curie.partition(":")
            rows.append((SCHEMES.get(scheme, scheme), Text(f"{code} ") + page.marks(identifier.cites)))
        page.rows(rows)


def _add_trial(page: Page, trial: Trial) -> None:
    page.line(Text.assemble((trial.name, NAME), (f"  pnetref trial {trial.id}", MARK)), indent=2)
    page.line(Text(f"{trial.population} ") + page.marks(trial.cites), indent=4)
    results = [result for result in trial.results if result.measure.startswith(LEADING)]
    shown = [result for result in results if page.look.figures or not is_survival(result)]
    for result in shown:
        page.line(result_line(page, trial, result), indent=4)
    if len(shown) < len(results):
        page.line("Survival figures are hidden (figures = off).", style=WARN, indent=4)


def result_line(page: Page, trial: Trial, result: Result) -> Text:
    """Give one result in a line: the measure, who read it in which analysis, each arm, and their comparison."""
    names = {arm.id: arm.name for arm in trial.arms}
    arms = between(trial).join(f"{names[arm.arm]}: {interval_text(arm, result.unit)}" for arm in result.arms)
    compared = estimate_text(result.estimate)
    said = [part for part in (arms, compared[:1].lower() + compared[1:], p_text(result.p)) if part]
    text = Text(f"{result.measure[0].upper()}{result.measure[1:]}")
    text.append(f" ({reading(result)}; {result.population})", style=FAINT)
    return text.append(f" {'; '.join(said)} ") + page.marks(result.cites)
