"""References: the sources that a name or a fact rests on, and what is known of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pnetref.answers.envelope import Answer
from pnetref.answers.side_effects import kinds_of
from pnetref.editions import state
from pnetref.errors import NoMatch, UsageProblem
from pnetref.lookup import find, find_one, is_effect, split_key
from pnetref.terms import FIELDS
from pnetref.walk import Used, used

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pnetref.answers.shapes import Reference, Typed
    from pnetref.dataset import Dataset

Places = dict[str, list[str]]
"""Places by source id: what a citation names."""


def cite(
    data: Dataset,
    words: Sequence[str],
    as_of: str,
    *,
    field: str | None = None,
    effect: str | None = None,
    listed: bool = False,
) -> Answer:
    """Answer ``cite``: the sources of what ``words`` name, or all, with their state on the ISO day ``as_of``."""
    places, typed = wanted(data, words, field=field, effect=effect, listed=listed)
    entries = [entry(data, key, as_of, at) for key, at in places.items()]
    rests_on = Used({key: dict.fromkeys(at) for key, at in places.items()}, {})
    selected = tuple(part for part in (field, "side_effects" if effect is not None else None) if part is not None)
    return Answer(data, "CiteAnswer", {"references": entries}, typed, selected, rests_on)


def entry(data: Dataset, key: str, as_of: str, places: Iterable[str] = ()) -> Reference:
    """Give one reference of an answer: bibliographic data, dates, state, and how many facts rest on it.

    ``places`` are those that are cited, where the sources of a treatment, a trial or a fact were asked for.
    """
    source = data.sources[key]
    return {
        "id": key,
        "kind": source.kind,
        "csl": source.csl,
        "dates": {
            "published": source.published,
            "revised": source.revised,
            "reviewed": source.reviewed,
            "review_due": source.review_due,
            "read": source.read,
        },
        "state": state(source, as_of, places),
        "superseded_by": source.superseded_by,
        "listed_by": source.listed_by,
        "facts": data.entry("sources", key).cited,
        "at": list(places),
        "note": source.note,
        "reference": source.reference,
        "own": key in data.manifest.own_sources,
    }


def wanted(
    data: Dataset, words: Sequence[str], *, field: str | None = None, effect: str | None = None, listed: bool = False
) -> tuple[Places, tuple[Typed, ...]]:
    """Give the sources that a `cite` command asks for with the places that are cited, all without a name; and what was typed.

    Raises ``UsageProblem`` where the options do not go together, and as ``lookup.find`` does.
    """
    if field is not None and effect is not None:
        raise UsageProblem("give --field or --effect, not both")
    one_fact = field is not None or effect is not None
    if not words:
        if one_fact or listed:
            raise UsageProblem(
                "--field, --effect and --listed need a name, as in: pnetref cite sunitinib --field mechanism"
            )
        return {key: [] for key in data.sources}, ()
    if field is not None and field not in FIELDS:
        raise UsageProblem(f"--field {field!r} is not one of: {', '.join(FIELDS)}; for a side effect: --effect")
    of_effect = find_one(data, [effect], is_effect, "a side effect") if effect is not None else None
    places: Places = {}
    found = find(
        data, words, lambda key: key.startswith(("sources/", "treatments/", "trials/")), "a source or a treatment"
    )
    for folder, name in map(split_key, found.keys):
        cited: Places = {}
        if one_fact and folder != "treatments":
            raise UsageProblem(f"--field and --effect are of a treatment, not of a {folder.removesuffix('s')}")
        if folder == "sources":
            cited = {key: [] for key in (listed_in(data, name) if listed else [name])}
            if not cited:
                raise NoMatch(f"{name} lists no works, as far as our copy shows")
        elif listed:
            raise UsageProblem("--listed is of a source; their ids are shown by: pnetref cite")
        elif folder == "trials":
            cited = _ordered(data, _places(data.index.rests_on(f"trials/{name}")), [name])
        else:
            wanted_effect = of_effect.ids[0] if of_effect else None
            cited = _ordered(
                data, cited_by(data, name, field=field, effect=wanted_effect), data.treatments[name].trials
            )
        for source, at in cited.items():
            known = places.setdefault(source, [])
            known += [place for place in at if place not in known]
    return places, (*found.typed, *(of_effect.typed if of_effect else ()))


def cited_by(data: Dataset, key: str, *, field: str | None, effect: str | None) -> Places:
    """Give the sources of a treatment's record, of its statements of one ``field``, or of one side ``effect``.

    Raises ``NoMatch`` where no source states it.
    """
    if field is None and effect is None:
        return _places(data.index.rests_on(f"treatments/{key}"))
    record = data.treatments[key]
    if field is not None:
        from pnetref.statements import statements

        stated = list(statements(record))
        found = [said.part for said in stated if said.field == field]
        if not found:
            known = ", ".join(dict.fromkeys(said.field for said in stated))
            raise NoMatch(f"no source here states the {field} of {record.name}; stated are: {known}")
        return _places_in(found)
    reports = [part.reports for part in record.side_effects if part.effect == effect]
    if not reports:
        kinds = kinds_of(data, str(effect))
        reports = [part.reports for part in record.side_effects if part.effect in kinds]
    if not reports:
        raise NoMatch(f"no source here reports {data.entry('effects', str(effect)).name.lower()} of {record.name}")
    return _places_in(reports)


OFFICIAL = frozenset({"label", "regulator notice", "register", "appraisal"})
"""The kinds of sources that stand behind the primary papers."""


def _ordered(data: Dataset, places: Places, trials: Sequence[str]) -> Places:
    """Give the primary papers first, those of pNET trials that compare before others; then labels and regulators, then the rest."""
    papers: dict[str, int] = {}
    for trial in (data.trials[key] for key in trials):
        grade = (trial.scope != "pnet") * 2 + (not trial.comparative)
        for cite in trial.cites:
            if data.sources[cite.source].kind == "trial report":
                papers[cite.source] = min(grade, papers.get(cite.source, grade))

    def rank(key: str) -> int:
        return papers.get(key, 4 if data.sources[key].kind in OFFICIAL else 5)

    return {key: places[key] for key in sorted(places, key=rank)}


def listed_in(data: Dataset, key: str) -> list[str]:
    """Give the ids of the works that a source lists."""
    return [name for name in data.sources if any(cite.source == key for cite in data.sources[name].listed_by)]


def _places_in(value: object) -> Places:
    return _places(used(value))


def _places(uses: Used) -> Places:
    return {key: list(at) for key, at in uses.places.items()}
