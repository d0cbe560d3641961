"""The first screen of a treatment: fixed rows in a fixed order, what fills each, and the table of them, GLANCE.

It is long because every row is here.

A row takes the lines that its table gives it at 80 columns; what does not fit is counted with the word that opens it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pnetref.names import words_of
from pnetref.screens.context import cites
from pnetref.screens.effects import one_voice, rate_text
from pnetref.screens.phrases import HIDDEN, shows_survival
from pnetref.screens.trial import number
from pnetref.terms import ACTIONS, FREQUENCIES, REGIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from pnetref.models import Check, Dose, Fact, Interaction, Report, SideEffect, Trial
    from pnetref.page import Cite
    from pnetref.screens.context import Context

NARROWER = ("pnet", "gep-net", "net", "any-use")
"""The scopes of which a first screen speaks before others, the narrowest first."""
TUMORS = (
    "pnet",
    "gep-net",
    "net",
    "midgut-net",
    "carcinoid-syndrome",
    "gastrinoma",
    "insulinoma",
    "glucagonoma",
    "vipoma",
    "vhl",
)
"""The conditions whose doses stand on a first screen."""
BETTER = (
    "label",
    "regulator notice",
    "article",
    "trial report",
    "guideline",
    "appraisal",
    "review",
    "abstract",
    "register",
    "patient information",
    "database",
    "book chapter",
    "web page",
)
"""Documents, the better first."""

MET = ("food", "herb", "vaccine", "group", "substance", "procedure", "test")
"""What a drug meets, in the order in which an interaction row names it: what everybody may meet first."""

MOST_MARKS = 2
"""The places that one statement names on a first screen; the whole card has all."""
OF_PARTS = (
    "BOXED (US)",
    "Serious",
    "Report",
    "Cannot have",
    "Interactions",
    "Pregnancy",
    "Take",
    "Missed dose",
    "Kidneys",
    "Liver",
    "Checks",
)
"""The rows of a combination that are its parts' own, a column a part."""
LABEL_WIDTH = 12
WIDTH = 58
"""What a text takes at 80 columns, beside its label and its marks."""


class Item(NamedTuple):
    """Something that a row can say: a text in its short form, its places, what it is said of, and how well it is said.

    ``verbatim`` are the pieces of the text that are not our own words.
    """

    text: str
    cites: tuple[Cite, ...]
    scope: str = "pnet"
    rank: tuple[Any, ...] = ()
    verbatim: tuple[str, ...] = ()


class Row(NamedTuple):
    """A row of a first screen.

    ``aspect`` is what it is silent about, ``fill`` gives its items, the first first; ``lines`` is how many
    it takes at most, ``opens`` the word that opens the rest, ``always`` whether its silence is printed. The
    items of a ``running`` row are names that run on behind a first word of their own; a ``bold`` one is grave.
    """

    label: str
    aspect: str
    fill: Callable[[Subject, Context], list[Item]]
    lines: int = 2
    opens: str = ""
    always: bool = False
    running: bool = False
    bold: bool = False


class Subject(NamedTuple):
    """What a first screen is about: a record, a part of a combination, or one of several that are compared."""

    name: str
    kind: str
    facts: Sequence[Fact]
    side_effects: Sequence[SideEffect]
    doses: Sequence[Dose] = ()
    interactions: Sequence[Interaction] = ()
    checks: Sequence[Check] = ()
    trials: Sequence[Trial] = ()
    not_stated: Sequence[str] = ()
    not_read: Mapping[str, bool] = {}
    unreadable: Sequence[str] = ()
    apart: Sequence[tuple[str, Sequence[SideEffect]]] = ()
    """Side effects that are said of its classes, parts and kinds, each with the id of that record."""
    below: str = ""
    """What a row says that is empty because its statements stand elsewhere on the screen."""


# --- what a row can say ------------------------------------------------------------------------


def sign(scope: str) -> str:
    """Give the sign of a statement that is not of pNET: of more, or of other tumors."""
    return "" if scope == "pnet" else "°" if scope in NARROWER else "≠"


Better = tuple[int, int, int, str]
"""How good a place is, the better sorting first: not replaced, the kind of its document, not outdated, newer."""

NEWEST_FIRST = str.maketrans("0123456789-", "9876543210~")


def better(context: Context, cited: Iterable[Any]) -> Better:
    """Give how good the best place of a statement is: what sorts first is shown first."""
    return min(_rank(context, cite) for cite in cited)


def _rank(context: Context, cite: Any) -> Better:  # noqa: ANN401 - a citation or a report
    key = (cite.source, cite.at)
    if key not in context.ranks:
        source = context.answer["sources"][cite.source]
        kind = "patient information" if source["document"] == "leaflet" else source["kind"]
        date = (source["revised"] or source["published"] or "").translate(NEWEST_FIRST) or "~"
        replaced = context.newer(cite) is not None
        context.ranks[key] = (int(replaced), BETTER.index(kind), int(source["state"] == "outdated"), date)
    return context.ranks[key]


def item(context: Context, part: Any) -> Item:  # noqa: ANN401 - a statement with a short form
    """Give a statement in its short form, with its country."""
    text = part.short or part.text.removesuffix(".")
    if not context.look.figures and shows_survival(part.text):
        text = HIDDEN.removesuffix(".").lower()
    region = REGIONS.get(part.region, part.region) if part.region else None
    if region is not None and region.casefold() not in text[:24].casefold():
        text = f"{region}: {text}"
    narrow = NARROWER.index(part.scope) if part.scope in NARROWER else len(NARROWER)
    fits = 0 if len(text) <= 2 * WIDTH - 8 else 1
    best = sorted(part.cites, key=lambda cite: better(context, [cite]))[:MOST_MARKS]
    return Item(text, cites(best), part.scope, (narrow if narrow > 1 else 0, fits, *better(context, part.cites)))


def said_by_older(context: Context, parts: Sequence[Any]) -> list[Any]:
    """Leave out what an older edition alone says where the newer one speaks of the same."""
    speaking = {cite.source for part in parts for cite in part.cites}
    return [part for part in parts if not {context.newer(cite) for cite in part.cites} <= speaking]


def of_fields(*fields: str) -> Callable[[Subject, Context], list[Item]]:
    """Give what fills a row with the facts of fields, each text once."""

    def fill(subject: Subject, context: Context) -> list[Item]:
        found: list[Item] = []
        for field in fields:
            facts = said_by_older(context, [fact for fact in subject.facts if fact.field == field])
            found += sorted((item(context, fact) for fact in facts if not _is_boxed(fact)), key=lambda one: one.rank)
        return once(found)

    return fill


def _is_boxed(fact: Fact) -> bool:
    return fact.field == "warning" and (
        fact.text.startswith("Boxed warning") or (fact.short or "").casefold().startswith("boxed")
    )


def once(items: Iterable[Item]) -> list[Item]:
    """Give items of one text as one, with all its places; a country's before the same without one."""
    found: dict[str, Item] = {}
    for one in items:
        key = "".join(character for character in one.text.casefold() if character.isalnum())
        known = found.get(key)
        found[key] = (
            one
            if known is None
            else known._replace(cites=tuple(dict.fromkeys((*known.cites, *one.cites)))[:MOST_MARKS])
        )
    return list(found.values())


def boxed(subject: Subject, context: Context) -> list[Item]:
    """Give boxed warnings."""
    facts = said_by_older(context, [fact for fact in subject.facts if _is_boxed(fact)])
    items = sorted((item(context, fact) for fact in facts), key=lambda one: one.rank)
    return once(one._replace(text=_without(one.text, "boxed (US):", "Boxed warning:")) for one in items)


def _without(text: str, *starts: str) -> str:
    for start in starts:
        text = text.replace(start, "").strip()
    return text


def serious(subject: Subject, context: Context) -> list[Item]:
    """Give the effects that a source calls serious, those of pNET and of better documents first; then those of others.

    What is said of its class, its parts or its kind stands behind, under that name.
    """
    items = []
    for effect in subject.side_effects:
        reports = [report for report in one_voice(context, effect.reports)[0] if report.serious]
        if reports:
            best = min(reports, key=lambda report: (_elsewhere(report.scope), better(context, [report])))
            rank = (_elsewhere(best.scope), better(context, [best]), context.one(effect.effect))
            items.append(Item(context.one(effect.effect), cites([best]), best.scope, rank))
    grave = [(key, [effect for effect in effects if _serious(effect)]) for key, effects in subject.apart]
    known = {one.text for one in items}
    return [*sorted(items, key=lambda one: one.rank), *_effects_under(context, grave, known)]


def _serious(effect: SideEffect) -> bool:
    return any(report.serious for report in effect.reports)


def _elsewhere(scope: str) -> bool:
    """Tell whether a statement is of other tumors alone."""
    return scope not in (*TUMORS, "any-use")


def _narrow(scope: str) -> int:
    return NARROWER.index(scope) if scope in NARROWER else len(NARROWER)


def interactions(subject: Subject, context: Context) -> list[Item]:
    """Give what the drug meets, the gravest actions first, with the country and what the label does."""
    groups: dict[tuple[str, str], list[Interaction]] = {}
    for part in said_by_older(context, subject.interactions):
        groups.setdefault((part.action, part.region or ""), []).append(part)
    order = list(ACTIONS)
    items = []
    for action, region in sorted(groups, key=lambda key: (order.index(key[0]), key[1] != "United States", key[1])):
        start = f"{REGIONS.get(region, region)} {ACTIONS[action]}: ".lstrip()
        parts = sorted(
            groups[action, region], key=lambda part: (MET.index(part.with_.kind), better(context, part.cites))
        )
        first: dict[str, Interaction] = {}
        for part in parts:
            first.setdefault(part.with_.id, part)
        for part in first.values():
            items.append(Item(start + _met(context, part), cites(part.cites[:1]), part.scope))
            start = ""
    return items


def _met(context: Context, part: Interaction) -> str:
    """Give what the drug meets, with the condition under which a label forbids it: then its short form begins with that."""
    name = context.name(part.with_.id)
    if part.action not in ("contraindicated", "avoid") or not part.short:
        return name
    said = part.short.partition(": ")[2] or part.short
    named = words_of(f"{name} {part.with_.wording or ''}").split()
    return name if words_of(said).split()[0] in named else f"{name} ({said})"


def pregnancy(subject: Subject, context: Context) -> list[Item]:
    """Give what is said of pregnancy, then the times after the last dose for women, men and milk; the rest behind."""
    first, rest = [], []
    for field, count in (("pregnancy", 1), ("contraception", 2), ("breastfeeding", 1)):
        items = of_fields(field)(subject, context)
        if field == "contraception":
            items.sort(key=lambda one: not any(word in one.text for word in ("after", "until", "week", "month")))
        first += items[:count]
        rest += items[count:]
    return first + rest


def doses(subject: Subject, context: Context) -> list[Item]:
    """Give the doses for neuroendocrine tumors, pNET first; a dose for another cancer is on no first screen."""
    found = sorted((d for d in subject.doses if d.scope in TUMORS), key=lambda d: TUMORS.index(d.scope))
    items = []
    for dose in found:
        text = dose.short or dose.text
        where = f" ({dose.use})" if dose.scope != "pnet" and dose.use not in text else ""
        best = sorted(dose.cites, key=lambda cite: better(context, [cite]))[:MOST_MARKS]
        items.append(Item(f"{text}{where}", cites(best), dose.scope, better(context, dose.cites)))
    items.sort(key=lambda one: (TUMORS.index(one.scope), one.rank))
    return once(items)


def taken(subject: Subject, context: Context) -> list[Item]:
    """Give form and food: first one of each."""
    forms = of_fields("form")(subject, context) or of_fields("route")(subject, context)
    foods = of_fields("food")(subject, context)
    return [*forms[:1], *foods, *forms[1:]]


def checks(subject: Subject, context: Context) -> list[Item]:
    """Give checks, then what is said of monitoring."""
    parts = said_by_older(context, subject.checks)
    items = sorted((item(context, part) for part in parts), key=lambda one: one.rank)
    return once([*items, *of_fields("monitoring", "gene_test")(subject, context)])


def common(subject: Subject, context: Context) -> list[Item]:
    """Give the effects in each source's highest band, under its name and its own word; pNET first."""
    order = list(FREQUENCIES)
    bands: dict[str, dict[str, list[tuple[str, Report]]]] = {}
    for effect in subject.side_effects:
        for report in one_voice(context, effect.reports)[0]:
            if not report.rates and report.frequency != "unspecified" and effect.effect != "harm-to-fetus":
                bands.setdefault(report.source, {}).setdefault(report.frequency, []).append((effect.effect, report))
    found = []
    for source, by_frequency in bands.items():
        frequency = min(by_frequency, key=order.index)
        if order.index(frequency) <= order.index("common"):
            reports = by_frequency[frequency]
            scope = min((report.scope for _, report in reports), key=_narrow)
            found.append(((_narrow(scope), better(context, [reports[0][1]])), source, frequency, reports))
    items = []
    for _, source, frequency, reports in sorted(found, key=lambda one: one[0])[:2]:
        label = context.answer["sources"][source]["label"]
        start = f"{label}, {frequency.replace('_', ' ')}: "
        for key, report in reports:
            items.append(Item(start + context.one(key), cites([report]), report.scope, verbatim=(label,)))
            start = ""
    return items


def differing(subject: Subject, context: Context) -> list[Item]:
    """Give the effects that sources grade differently, in their own words."""
    items = []
    for effect in subject.side_effects:
        words: dict[str, Report] = {}
        for report in one_voice(context, effect.reports)[0]:
            if report.graded_as and not report.rates and report.scale == "prose":
                words.setdefault(report.frequency, report)
        if len(words) > 1:
            said = " v ".join(f"“{report.graded_as}”" for report in words.values())
            items.append(Item(f"{context.one(effect.effect)}: {said}", cites(words.values()), "pnet"))
    return sorted((one._replace(cites=one.cites[:MOST_MARKS]) for one in items), key=lambda one: len(one.text))


def trials(subject: Subject, context: Context) -> list[Item]:
    """Give the pNET trial with its primary result; a comparison of pNET first, then the one with most people."""
    del context
    found = sorted(subject.trials, key=lambda t: (t.scope != "pnet", not t.comparative, t.phase != "3", -(t.n or 0)))
    items = []
    for trial in found:
        if trial.scope not in TUMORS[:3]:
            continue
        people = f", {trial.n} people" if trial.n else ""
        name = trial.name.partition(" (")[0]
        result = next((r for r in trial.results if r.measure == "progression-free survival" and r.arms), None)
        said = ""
        if result is not None and all(arm.value is not None for arm in result.arms):
            medians = [arm.value for arm in result.arms if arm.value is not None]
            values = (" v " if trial.comparative else ", ").join(number(value) for value in medians)
            against = "" if trial.comparative else " (not a comparison)"
            said = f": {values} {result.unit} without growth{against}"
        places = cites(result.cites if result else trial.cites)
        items.append(Item(f"{name}{people}{said}", places, trial.scope, verbatim=(name,)))
    return items


def kind_effects(subject: Subject, context: Context) -> list[Item]:
    """Give the effects that a source reports of what the treatment is a kind of, or of its parts, under that name."""
    del subject
    said = [(s["kind_of"], s["side_effects"]) for s in context.answer.get("kind_side_effects", ())]
    said += [(s["part"], s["side_effects"]) for s in context.answer.get("part_side_effects", ())]
    return _effects_under(context, said)


def _effects_under(
    context: Context, said: Iterable[tuple[str, Sequence[SideEffect]]], known: Collection[str] = ()
) -> list[Item]:
    """Give effects with the name of the record that they are reported of before its first, without those ``known``."""
    items = []
    for key, effects in said:
        start = f"{context.name(key)}: "
        for effect in effects:
            if context.one(effect.effect) in known:
                continue
            report = next((one for one in effect.reports if one.serious), effect.reports[0])
            items.append(Item(start + context.one(effect.effect), cites([report]), report.scope))
            start = ""
    return items


def members(subject: Subject, context: Context) -> list[Item]:
    """Give what belongs to a class or is a kind of the record."""
    del subject
    key = "drug" if "drug" in context.answer else "treatment"
    return [Item(one["name"], cites(one["cites"][:1])) for one in context.answer[key]["members"]]


def each_of_its_own(subject: Subject, context: Context) -> list[Item]:
    """Say that dose, warnings and interactions are of each drug, and not of a class."""
    del subject, context
    return [Item("each drug's own: open the drug before this page is used", ())]


def of_kind(subject: Subject, context: Context) -> list[Item]:
    """Give what is said of that of which the record is a kind, under its name."""
    del subject
    key = "drug" if "drug" in context.answer else "treatment"
    items = []
    for said in context.answer[key]["for_kinds"]:
        start = f"{context.name(said['kind_of'])}: "
        for fact in said["facts"]:
            one = item(context, fact)
            items.append(one._replace(text=start + one.text))
            start = ""
    return items


def of_class(subject: Subject, context: Context) -> list[Item]:
    """Give the effects that a source reports of the whole class, under its name."""
    del subject
    answer = context.answer
    record = answer.get("drug", answer.get("treatment", {"for_class": ()}))
    said = answer.get("class_side_effects", record["for_class"])
    return _effects_under(context, ((s["class"], s["side_effects"]) for s in said))


def nothing(subject: Subject, context: Context) -> list[Item]:
    """Give no items: of a row that its screen fills itself."""
    del subject, context
    return []


def of_frequency(*frequencies: str) -> Callable[[Subject, Context], list[Item]]:
    """Give what fills a row with the effects that a source grades so, those of pNET and of better documents first."""

    def fill(subject: Subject, context: Context) -> list[Item]:
        items = []
        for effect in subject.side_effects:
            reports = [
                report
                for report in one_voice(context, effect.reports)[0]
                if report.frequency in frequencies and not report.rates and effect.effect != "harm-to-fetus"
            ]
            if reports:
                best = min(reports, key=lambda report: (_narrow(report.scope), better(context, [report])))
                rank = (_narrow(best.scope), better(context, [best]))
                items.append(Item(context.one(effect.effect), cites([best]), best.scope, rank))
        return sorted(items, key=lambda one: one.rank)

    return fill


def counted(subject: Subject, context: Context) -> list[Item]:
    """Give what was counted in trials of neuroendocrine tumors, of any grade, under the arms that were counted in."""
    groups: dict[tuple[Any, ...], list[tuple[str, Report, Any]]] = {}
    for effect in subject.side_effects:
        for report in effect.reports:
            for rate in report.rates:
                if report.scope in TUMORS and rate.grade.startswith("any grade"):
                    arms = (report.scope, report.source, rate.arm, rate.n, rate.comparator, rate.trial)
                    groups.setdefault(arms, []).append((effect.effect, report, rate))
    items = []
    for arms, rows in sorted(groups.items(), key=lambda group: (TUMORS.index(group[0][0]), -len(group[1]))):
        people = f" ({arms[3]} people)" if arms[3] is not None else ""
        start = f"{arms[2]}{people}{f' v {arms[4]}' if arms[4] else ''}: "
        for key, report, rate in sorted(rows, key=lambda row: -row[2].value):
            items.append(Item(f"{start}{context.one(key)} {rate_text(rate)}", cites([report]), report.scope))
            start = ""
    return items


def listed(subject: Subject, context: Context) -> list[Item]:
    """Give every effect that is named, the serious first, then those that are said of what it is a kind of."""
    known = serious(subject._replace(apart=()), context)
    names = {one.text for one in known}
    rest = []
    for effect in subject.side_effects:
        report = effect.reports[0]
        rest.append(Item(context.one(effect.effect), cites([report]), report.scope))
    others = [(key, sorted(effects, key=lambda one: not _serious(one))) for key, effects in subject.apart]
    own = [one for one in rest if one.text not in names]
    return [*known, *own, *_effects_under(context, others, {*names, *(one.text for one in own)})]


WHAT = Row("What it is", "definition", of_fields("mechanism", "definition"), opens="use")
COMMON = Row("Common", "side_effects", common, 3, "effects", running=True)
PREGNANCY = Row("Pregnancy", "pregnancy", pregnancy, 3, "pregnancy", always=True)
TRIAL = Row("pNET trial", "", trials, opens="trials")
USED = Row("Used for", "indication", of_fields("indication"), opens="use")
DRUG: tuple[Row, ...] = (
    WHAT,
    Row("BOXED (US)", "", boxed, 8, "warnings", bold=True),
    Row("Serious", "side_effects", serious, opens="effects", running=True, bold=True),
    Row("Report", "", of_fields("urgent"), opens="urgent"),
    Row("Cannot have", "contraindication", of_fields("contraindication"), opens="contraindication"),
    Row("Interactions", "interaction", interactions, opens="interactions", running=True),
    PREGNANCY,
    Row("Dose in NETs", "dose", doses, opens="dose"),
    Row("Take", "food", taken, opens="food"),
    Row("Missed dose", "missed_dose", of_fields("missed_dose"), opens="missed dose"),
    COMMON,
    Row("They differ", "", differing, 1, "effects"),
    USED,
    Row("Pause", "", of_fields("pause"), opens="pause"),
    Row("Kidneys", "renal", of_fields("renal"), opens="kidneys"),
    Row("Liver", "hepatic", of_fields("hepatic"), opens="liver"),
    Row("Checks", "monitoring", checks, opens="checks"),
    Row("Handling", "", of_fields("handling", "caregiver_safety"), opens="handling"),
    TRIAL,
    Row("Of its class", "", of_class, opens="class", running=True),
)
GLANCE: dict[str, tuple[Row, ...]] = {
    "drug": DRUG,
    "combination": DRUG,
    "drug-class": (
        Row("Safety", "", each_of_its_own, 1),
        WHAT,
        Row("Members", "", members, 3, "all", running=True),
        Row("Warnings", "", of_fields("warning", "caution"), opens="safety"),
        Row("Serious", "side_effects", serious, opens="effects", running=True, bold=True),
        PREGNANCY,
        USED,
        Row("When", "line_of_therapy", of_fields("line_of_therapy", "preference"), opens="use"),
        Row("Given", "route", of_fields("route", "form", "schedule"), opens="dose"),
        COMMON,
        Row("They differ", "", differing, 1, "effects"),
        Row("Management", "", of_fields("management"), opens="management"),
        Row("Pause", "", of_fields("pause"), opens="pause"),
        Row("Around you", "", of_fields("caregiver_safety"), opens="caregiver safety"),
        Row("Of its kind", "", of_kind, opens="class"),
    ),
    "procedure": (
        Row("What is done", "technique", of_fields("technique", "definition", "mechanism"), 3, "dose"),
        Row("Used for", "indication", of_fields("indication", "purpose"), 3, "use"),
        Row("Risks", "", of_fields("warning", "caution", "drawback", "side_effect_course"), 3, "safety"),
        Row("Effects", "side_effects", listed, 3, "effects", running=True),
        Row("Deaths, figures", "", of_fields("figure"), 3, "use"),
        Row("Outcome", "outcome", of_fields("outcome", "advantage"), 3, "use"),
        Row("Where", "", of_fields("place_of_care"), opens="place of care"),
        Row("Before it", "", of_fields("before", "vaccination"), opens="before"),
        Row("Anesthesia", "anesthesia", of_fields("anesthesia"), opens="anesthesia"),
        Row("After it", "recovery", of_fields("recovery", "after"), opens="recovery"),
        Row("Pregnancy", "pregnancy", pregnancy, 2, "pregnancy", always=True),
        Row("Of its kind", "", of_kind, 4, "class"),
        Row("Its kinds", "", members, 2, "all", running=True),
    ),
    "support": (
        Row("What it is", "definition", of_fields("definition", "technique", "mechanism"), 3, "use"),
        Row("Purpose", "purpose", of_fields("purpose"), 3, "use"),
        Row("Used for", "indication", of_fields("indication", "eligibility"), 3, "use"),
        Row("Risks", "", of_fields("warning", "caution", "drawback"), 3, "safety"),
        Row("Effects", "", listed, 3, "effects", running=True),
        Row("Pregnancy", "", pregnancy, 2, "pregnancy", always=True),
        Row("Where", "", of_fields("contact", "place_of_care", "support"), 3, "all"),
        Row("Of its kind", "", of_kind, 4, "class"),
        Row("Its kinds", "", members, 2, "all", running=True),
    ),
}
EFFECTS: tuple[Row, ...] = (
    Row("Serious", "side_effects", serious, 4, "serious", running=True, bold=True),
    Row("Report", "", of_fields("urgent"), 2, "all"),
    Row("Most common", "", of_frequency("most_common"), 3, "all", running=True),
    Row("Very common", "", of_frequency("very_common"), 3, "all", running=True),
    Row("Common", "", of_frequency("common"), 3, "all", running=True),
    Row("Less common", "", of_frequency("uncommon", "less_common"), 3, "all", running=True),
    Row("Rare", "", of_frequency("rare", "very_rare"), 3, "all", running=True),
    Row("Not graded", "", of_frequency("unspecified"), 3, "all", running=True),
    Row("Counted", "", counted, 4, "counted", running=True),
    Row("They differ", "", differing, 3, "all"),
    Row("How it goes", "", of_fields("side_effect_course"), 2, "all"),
    Row("Of its class", "", of_class, 3, "class", running=True),
    Row("Of its kind", "", kind_effects, 3, "class", running=True),
)
"""The rows of the first screen of side effects."""

GLANCE["radiation"] = (
    *GLANCE["procedure"][:4],
    Row("Schedule", "schedule", of_fields("schedule", "duration"), opens="dose"),
    *GLANCE["procedure"][4:],
)
"""The rows of each kind, from top to bottom."""
