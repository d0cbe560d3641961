"""What labels say: interactions under the names of what people take, states of editions, and silences that are true."""

import csv
import json
from datetime import date

import pytest

from pnetref.answers.search import partners_named
from pnetref.curation.silences import SAFETY, documents_of, silences
from pnetref.dataset import Dataset
from pnetref.terms import DOCUMENTS, EXPECTED

from .conftest import DAY, Run


@pytest.mark.parametrize(
    ("typed", "record"),
    [
        ("grapefruit", "cabozantinib"),
        ("grapefruit juice", "sunitinib"),
        ("warfarin", "capecitabine"),
        ("blood thinners", "capecitabine"),
        ("St John's wort", "everolimus"),
        ("st. john’s wort", "sunitinib"),
        ("ketoconazole", "everolimus"),
        ("live vaccines", "everolimus"),
        ("brivudine", "capecitabine"),
        ("folic acid", "capecitabine"),
        ("phenytoin", "capecitabine"),
        ("allopurinol", "capecitabine"),
        ("dexamethasone", "sunitinib"),
        ("birth control pills", "belzutifan"),
        ("cyclosporine", "octreotide"),
        ("ciclosporin", "octreotide"),
        ("insulin", "octreotide"),
    ],
)
def test_what_people_take_is_found_under_its_names(run: Run, typed: str, record: str) -> None:
    """A medicine, food or herb is found in the interactions of the drugs whose labels name it, with its places."""
    answer = json.loads(run("search", typed, "--json").out)
    found = [hit for hit in answer["results"] if hit["id"] == record and hit["field"] == "interaction"]
    assert found
    assert all(hit["cites"] for hit in found)


def test_a_partner_says_how_many_entries_name_it(run: Run, data: Dataset) -> None:
    """The answer counts the entries that name it, and says that what is not named may matter too."""
    count = sum(part.with_.id == "grapefruit" for record in data.treatments.values() for part in record.interactions)
    assert count
    assert f"{count} entries name" in run("search", "grapefruit").out
    assert "what is not named may matter too" in " ".join(run("search", "grapefruit").out.split())


def test_a_partner_that_no_entry_names_is_told_with_its_groups(run: Run, data: Dataset) -> None:
    """Who asks for what labels name only as one of a group sees the groups, and is sent to a pharmacist."""
    named = {part.with_.id for record in data.treatments.values() for part in record.interactions}
    unnamed = [partner for partner in data.partners.values() if partner.id not in named][::6]
    assert unnamed
    for partner in unnamed:
        ran = run("search", partner.name)
        text = " ".join((ran.out + ran.err).split())
        if partners_named(data, [partner.name])[0]["groups"]:
            assert f"No entry names {partner.name}. Groups that labels name (" in text, partner.id
        assert "may include it: ask a pharmacist" in text, partner.id


def test_a_partner_typed_as_a_drug_is_named_with_its_command(run: Run) -> None:
    """`drug grapefruit` says where grapefruit is spoken of."""
    ran = run("drug", "grapefruit")
    assert (ran.code, ran.out) == (1, "")
    assert "pnetref search" in ran.err


def test_interactions_are_data_with_country_and_edition(run: Run) -> None:
    """Each interaction of everolimus has its partner, its action, its region, and a source whose edition is known."""
    answer = json.loads(run("drug", "everolimus", "--json").out)
    assert {part["region"] for part in answer["drug"]["interactions"]} >= {"United States", "European Union"}
    for part in answer["drug"]["interactions"]:
        assert part["with"]["id"] in answer["records"]
        assert part["action"]
        assert all(answer["sources"][cite["source"]]["document"] for cite in part["cites"])


def test_no_label_is_current_that_nobody_looked_after(run: Run, data: Dataset) -> None:
    """A label, product information or leaflet is current only where somebody looked for a newer edition and found none."""
    for entry in json.loads(run("cite", "--json").out)["references"]:
        source = data.sources[entry["id"]]
        if source.document is not None and entry["state"] == "current":
            assert source.checked is not None, source.id
            assert date.fromisoformat(source.checked) <= date.fromisoformat(DAY) or source.checked[:7] == DAY[:7]


def test_an_old_label_names_its_successor(run: Run) -> None:
    """The label of 2012 is superseded, and says by which edition."""
    assert "superseded by label-afinitor-us-2021-04" in run("cite", "label-afinitor-us-2012-03").out


def test_nothing_is_not_stated_that_was_not_read(data: Dataset) -> None:
    """A safety field of a drug is not stated only where a label's or product information's section on it was read."""
    for record in data.treatments.values():
        not_read, not_stated = silences(record, data.sources)
        assert (record.not_read, record.not_stated) == (not_read, not_stated)
        silent = {gap.aspect for gap in record.not_read} | set(record.not_stated)
        assert silent <= set(EXPECTED[record.kind])
        assert not {gap.aspect for gap in record.not_read} & set(record.not_stated)
        professional = [s for s in documents_of(record, data.sources) if s.document in ("us-label", "smpc")]
        if record.kind == "drug" and not professional:
            assert not SAFETY & set(record.not_stated), record.id


def test_every_section_of_a_document_speaks_of_known_aspects() -> None:
    """The table of documents names aspects that some kind of treatment is expected to have, or fields of facts."""
    from pnetref.terms import ASPECTS

    for parts in DOCUMENTS.values():
        for part in parts:
            assert set(part.aspects) <= set(ASPECTS)
            assert part.names


def test_the_silences_are_said_in_their_own_words(run: Run) -> None:
    """Not stated, not read and read in part are three sentences on the card, and three stances in CSV."""
    lanreotide = " ".join(run("drug", "lanreotide", "all").out.split())
    assert 'What was read here does not say. That is not a "no".' in lanreotide
    lutetium = " ".join(run("drug", "lutathera", "all").out.split())
    assert "Not in the parts that were read; the rest was not read." in lutetium
    etoposide = " ".join(run("drug", "etoposide", "all").out.split())
    assert "Not read here, though the label has a section on it: ask." in etoposide
    for words in (lanreotide, lutetium, etoposide):
        assert "No source here says" not in words
    for name in ("lanreotide", "lutathera", "etoposide"):
        record = json.loads(run("drug", name, "--json").out)["drug"]
        rows = csv.DictReader(run("drug", name, "--format", "csv").out.splitlines())
        told = {(row["field"], row["stance"], row["source"]) for row in rows if row["record"] == record["id"]}
        assert {one for one in told if one[1].startswith("not ") and one[1] != "not known"} == {
            *((aspect, "not stated", "") for aspect in record["not_stated"]),
            *(
                (gap["aspect"], "not read in part" if gap["in_part"] else "not read", gap["source"] or "")
                for gap in record["not_read"]
            ),
        }
