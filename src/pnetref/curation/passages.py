"""The texts that search looks through, made of the records: each under the names and words that people have for it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from pnetref.models import Citation, Interaction, Setting, Source, Topic, Treatment, Trial
from pnetref.names import words_of
from pnetref.statements import statements
from pnetref.terms import FIELDS, SIDE_EFFECTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pnetref.curation.generate import Files


class Text(NamedTuple):
    """A text that can be found, where it stands, and under which other words it is."""

    key: str
    part: str
    field: str
    text: str
    cites: Sequence[Citation]
    also: str = ""
    region: str | None = None
    short: str | None = None

    @property
    def words(self) -> str:
        """The words under which it is found."""
        return words_of(f"{self.text} ; {self.also}")


def lines(files: Files) -> Iterator[tuple[str, ...]]:
    """Give the columns of every passage, as ``passages.Passages`` reads them."""
    for number, one in enumerate(texts(files)):
        cites = dict.fromkeys((cite.source, cite.at) for cite in one.cites)
        also = one.also if one.part == "name" else ""  # words for a fact only find it
        told = json.dumps(list(cites), ensure_ascii=False)
        yield (
            f"{number:05}",
            one.key,
            one.part,
            one.field,
            f" {one.words} ",
            one.text,
            also,
            one.region or "",
            one.short or "",
            told,
        )


def by_word(found: Iterable[tuple[str, ...]]) -> dict[str, list[str]]:
    """Give every word of passages, by their columns, with the numbers of those that are under it."""
    numbers: dict[str, list[str]] = {}
    for number, _, _, _, words, *_ in found:
        for word in dict.fromkeys(words.split()):
            numbers.setdefault(word, []).append(number)
    return numbers


def texts(files: Files) -> Iterator[Text]:
    """Give every text of the data that can be found."""
    effects = {effect.id: effect for effect in files.vocabulary.effects}
    for effect in effects.values():
        also = " ; ".join((effect.clinical_name, *effect.synonyms))
        yield Text(f"effects/{effect.id}", "name", "name", effect.name, (), also)
    for record in files.in_order(Treatment):
        key = f"treatments/{record.id}"
        named = list(dict.fromkeys((record.name, *(n.text for n in record.names))))
        also = " ; ".join((*named, *record.search_terms))
        yield Text(key, "name", "name", record.name, tuple(c for n in record.names for c in n.cites)[:1], also)
        for said in statements(record):
            under = [*named, *_field_words(said.field)]
            text = said.text
            if isinstance(said.part, Interaction):
                meets = said.part.with_.id
                text = f"{_partner_names(files, meets)[0]}: {text}"
                under += _with_members(files, meets)
            region, short = getattr(said.part, "region", None), getattr(said.part, "short", None)
            yield Text(key, "fact", said.field, text, tuple(said.cites), " ; ".join(under), region, short)
        for reported in record.side_effects:
            effect = effects[reported.effect]
            cites = tuple(Citation(source=report.source, at=report.at) for report in reported.reports)
            also = " ; ".join((effect.clinical_name, *effect.synonyms, *named, *SIDE_EFFECTS.words))
            wordings = dict.fromkeys(r.wording for r in reported.reports if r.wording != effect.name)
            text = f"{effect.name} (“{'”, “'.join(wordings)}”)" if wordings else effect.name
            yield Text(key, "effect", "side_effects", text, cites, also)
    for setting in files.in_order(Setting):
        also = " ; ".join((*(n.text for n in setting.names), *setting.search_terms))
        yield Text(f"settings/{setting.id}", "name", "name", setting.name, (), also)
        for said in statements(setting):
            under = [setting.name, *_field_words(said.field)]
            yield Text(f"settings/{setting.id}", "fact", said.field, said.text, tuple(said.cites), " ; ".join(under))
    for topic in files.in_order(Topic):
        yield Text(f"topics/{topic.id}", "name", "name", topic.name, (), " ; ".join(topic.search_terms))
        for fact in topic.facts:
            yield Text(f"topics/{topic.id}", "fact", fact.field, fact.text, fact.cites, fact.value or "")
    for trial in files.in_order(Trial):
        codes = (code.curie.split(":", 1)[1] for code in trial.registry)
        also = " ; ".join((*(n.text for n in trial.names), *trial.search_terms, *codes))
        yield Text(f"trials/{trial.id}", "name", "name", trial.name, trial.cites[:1], also)
        yield Text(f"trials/{trial.id}", "trial", "population", trial.population, trial.cites, also)
        yield Text(f"trials/{trial.id}", "trial", "design", trial.design, trial.cites, also)
        measures = ", ".join(dict.fromkeys(result.measure for result in trial.results))
        yield Text(f"trials/{trial.id}", "trial", "results", measures, trial.cites, also)
    for source in files.in_order(Source):
        yield Text(f"sources/{source.id}", "reference", "reference", source.reference or source.csl["title"], ())


def _field_words(field: str) -> tuple[str, ...]:
    return (FIELDS[field].label, *FIELDS[field].words)


def _partner_names(files: Files, key: str) -> list[str]:
    """Give the names of a partner, its own first; a treatment has its own."""
    if key in files.partners_by_id:
        return [files.partners_by_id[key].name, *files.partners_by_id[key].names]
    record = files.records[f"treatments/{key}"]
    assert isinstance(record, Treatment)
    return [record.name]


def _with_members(files: Files, key: str) -> list[str]:
    """Give the names of a partner and of all that documents count in it."""
    members = files.partners_by_id[key].members if key in files.partners_by_id else ()
    return [name for one in (key, *(member.id for member in members)) for name in _partner_names(files, one)]
