"""The texts of the data that can be found, each under the names and words that people have for it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from pnetref.names import words_of
from pnetref.statements import statements
from pnetref.terms import FIELDS, SIDE_EFFECTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pnetref.dataset import Dataset
    from pnetref.models import Citation


class Passage(NamedTuple):
    """A text that can be found, and where it stands."""

    key: str
    part: str
    field: str
    text: str
    cites: tuple[Citation, ...]
    also: str = ""
    region: str | None = None
    short: str | None = None


def passages(data: Dataset) -> Iterator[Passage]:
    """Give every text of the data that can be found."""
    from pnetref.models import Citation, Interaction

    effects = data.effects
    for effect in effects.values():
        also = " ; ".join((effect.clinical_name, *effect.synonyms))
        yield Passage(f"effects/{effect.id}", "name", "name", effect.name, (), also)
    for name in data.treatments:
        record = data.treatments[name]
        key = f"treatments/{name}"
        named = list(dict.fromkeys((record.name, *(n.text for n in record.names))))
        also = " ; ".join((*named, *record.search_terms))
        yield Passage(key, "name", "name", record.name, tuple(c for n in record.names for c in n.cites)[:1], also)
        for said in statements(record):
            under = [*named, *_field_words(said.field)]
            text = said.text
            if isinstance(said.part, Interaction):
                meets = said.part.with_.id
                text = f"{_partner_names(data, meets)[0]}: {text}"
                under += _with_members(data, meets)
            region, short = getattr(said.part, "region", None), getattr(said.part, "short", None)
            yield Passage(key, "fact", said.field, text, tuple(said.cites), " ; ".join(under), region, short)
        for reported in record.side_effects:
            effect = effects[reported.effect]
            cites = tuple(Citation(source=report.source, at=report.at) for report in reported.reports)
            also = " ; ".join((effect.clinical_name, *effect.synonyms, *named, *SIDE_EFFECTS.words))
            wordings = dict.fromkeys(r.wording for r in reported.reports if r.wording != effect.name)
            text = f"{effect.name} (“{'”, “'.join(wordings)}”)" if wordings else effect.name
            yield Passage(key, "effect", "side_effects", text, cites, also)
    for name in data.settings:
        setting = data.settings[name]
        also = " ; ".join((*(n.text for n in setting.names), *setting.search_terms))
        yield Passage(f"settings/{name}", "name", "name", setting.name, (), also)
        for said in statements(setting):
            under = [setting.name, *_field_words(said.field)]
            yield Passage(f"settings/{name}", "fact", said.field, said.text, tuple(said.cites), " ; ".join(under))
    for name in data.topics:
        topic = data.topics[name]
        yield Passage(f"topics/{name}", "name", "name", topic.name, (), " ; ".join(topic.search_terms))
        for fact in topic.facts:
            yield Passage(f"topics/{name}", "fact", fact.field, fact.text, fact.cites, fact.value or "")
    for name in data.trials:
        trial = data.trials[name]
        codes = (code.curie.split(":", 1)[1] for code in trial.registry)
        also = " ; ".join((*(n.text for n in trial.names), *trial.search_terms, *codes))
        yield Passage(f"trials/{name}", "name", "name", trial.name, trial.cites[:1], also)
        yield Passage(f"trials/{name}", "trial", "population", trial.population, trial.cites)
        yield Passage(f"trials/{name}", "trial", "design", trial.design, trial.cites)
        measures = ", ".join(dict.fromkeys(result.measure for result in trial.results))
        yield Passage(f"trials/{name}", "trial", "results", measures, trial.cites)
    for name in data.sources:
        source = data.sources[name]
        yield Passage(f"sources/{name}", "reference", "reference", source.reference or source.csl["title"], ())


@cache
def worded(data: Dataset) -> tuple[tuple[Passage, str], ...]:
    """Give every text that can be found with the words under which it is, as ``names.words_of`` gives them."""
    return tuple((passage, words_of(f"{passage.text} ; {passage.also}")) for passage in passages(data))


def _field_words(field: str) -> tuple[str, ...]:
    return (FIELDS[field].label, *FIELDS[field].words)


def _partner_names(data: Dataset, key: str) -> list[str]:
    """Give the names of a partner, its own first; a treatment has its own."""
    if key in data.partners:
        return [data.partners[key].name, *data.partners[key].names]
    return [data.entry("treatments", key).name]


def _with_members(data: Dataset, key: str) -> list[str]:
    """Give the names of a partner and of all that documents count in it."""
    members = data.partners[key].members if key in data.partners else ()
    return [name for one in (key, *(member.id for member in members)) for name in _partner_names(data, one)]
