"""Links between records."""

from __future__ import annotations

from collections.abc import Iterator

from pnetref.curation.generate import Files
from pnetref.curation.rules.base import each
from pnetref.models import Arm, Dose, Figure, Rate, Setting, Source, Treatment, Trial


def linked(files: Files) -> Iterator[str]:
    """Links name records that exist, a class is a drug class, and a trial's arms and its treatments agree."""

    def missing(key: str, folder: str, name: str) -> Iterator[str]:
        if f"{folder}/{name}" not in files.records:
            yield f"{key}: no record {folder}/{name}"

    for record in files.of(Treatment):
        key = f"treatments/{record.id}"
        for link in (*record.classes, *record.parents):
            yield from missing(key, "treatments", link.id)
        for link in record.settings:
            yield from missing(key, "settings", link.id)
        for name in record.trials:
            yield from missing(key, "trials", name)
        for link in record.classes:
            group = files.records.get(f"treatments/{link.id}")
            if isinstance(group, Treatment) and group.kind != "drug-class":
                yield f"{key}: its class {link.id} is a {group.kind}"
    for record in files.of(Setting):
        for link in record.parents:
            yield from missing(f"settings/{record.id}", "settings", link.id)
    for key, arm in each(files, Arm):
        for name in arm.treatments:
            yield from missing(key, "treatments", name)
    for model in (Figure, Rate, Dose):
        for key, part in each(files, model):
            if part.trial is not None:
                yield from missing(key, "trials", part.trial)
    for trial in files.of(Trial):
        given = {name for arm in trial.arms for name in arm.treatments}
        shown = {record.id for record in files.of(Treatment) if trial.id in record.trials}
        if given != shown:
            yield f"trials/{trial.id}: given in an arm or listed by the treatment, and not both: {sorted(given ^ shown)}"
    for name in files.manifest.own_sources if files.manifest else ():
        yield from missing("manifest.json", "sources", name)
    for regimen in files.manifest.regimens if files.manifest else ():
        for name in regimen.parts:
            yield from missing("manifest.json", "treatments", name)
    for source in files.of(Source):
        for newer in source.superseded_by:
            yield from missing(f"sources/{source.id}", "sources", newer.source)
            for place in newer.places:
                if place not in source.places:
                    yield f"sources/{source.id}: {place!r} is superseded, and is no place of it"


def acyclic(files: Files) -> Iterator[str]:
    """No record is its own class or parent, and no side effect is wider than itself."""
    above = {
        "treatments/": {r.id: [link.id for link in (*r.classes, *r.parents)] for r in files.of(Treatment)},
        "effects.json: ": {effect.id: list(effect.broader) for effect in files.vocabulary.effects},
    }
    for start, links in above.items():
        for name in _in_a_circle(links):
            yield f"{start}{name}: stands above itself"


def _in_a_circle(links: dict[str, list[str]]) -> Iterator[str]:
    def reaches(start: str, goal: str, seen: set[str]) -> bool:
        return any(
            name == goal or (name not in seen and reaches(name, goal, seen | {name})) for name in links.get(start, ())
        )

    yield from (name for name in links if reaches(name, name, set()))
