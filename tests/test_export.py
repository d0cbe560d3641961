"""The data as tables: valid, whole, the same each time, and able to answer what a data person asks."""

import csv
import json
import os
import re
import runpy
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pnetref.dataset import DATA, Dataset
from pnetref.editions import state
from pnetref.export.package import files
from pnetref.export.rows import rows
from pnetref.export.tables import SILENCES, TABLES
from pnetref.files import write_folder
from pnetref.models import Citation

from .conftest import DAY, Run
from .test_imports import probe

ROOT = Path(__file__).parent.parent
DOCUMENT = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"```sql\n(.*?)```", DOCUMENT, re.DOTALL)
DUCKDB_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "object": "VARCHAR"}
STORED = {"treatments": 68, "settings": 11, "topics": 7, "trials": 22, "sources": 392}
"""The folders of records, and how many of each the tables have at the least."""

Row = dict[str, Any]


@pytest.fixture(scope="module")
def folder(data: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with an export."""
    where = tmp_path_factory.mktemp("export") / "data"
    write_folder(files(data, DAY)[0], str(where))
    return where


class Tables:
    """An export in DuckDB, each table read by the types that datapackage.json gives it."""

    def __init__(self, folder: Path) -> None:
        self.package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        self.base = duckdb.connect()
        self.base.execute("SET file_search_path = ?", [str(folder)])
        self.schemas = {r["name"]: r["schema"] for r in self.package["resources"] if r["format"] == "csv"}
        for name, schema in self.schemas.items():
            types = {field["name"]: DUCKDB_TYPES[field["type"]] for field in schema["fields"]}
            dialect = """delim = ',', quote = '"', escape = '"', new_line = '\\n', header = true"""
            self.base.execute(f"CREATE TABLE {name} AS FROM read_csv('{name}.csv', {dialect}, columns = {types})")
        self.grouped: Callable[..., dict[Any, list[Row]]] = cache(self._grouped)

    def rows(self, name: str) -> list[Row]:
        """Give the rows of a table; its columns need no quotes in SQL."""
        columns = [field["name"] for field in self.schemas[name]["fields"]]
        order = "ORDER BY position" if "position" in columns else ""
        found = self.base.execute(f"SELECT {', '.join(columns)} FROM {name} {order}").fetchall()
        return [dict(zip(columns, row, strict=True)) for row in found]

    def count(self, query: str) -> int:
        """Give the number that a query counts."""
        found = self.base.execute(f"SELECT count(*) FROM {query}").fetchone()
        assert found is not None
        return int(found[0])

    def _grouped(self, name: str, *by: str) -> dict[Any, list[Row]]:
        found: dict[Any, list[Row]] = defaultdict(list)
        for row in self.rows(name):
            found[tuple(row[column] for column in by) if len(by) > 1 else row[by[0]]].append(row)
        return found

    def of(self, name: str, **where: str) -> list[Row]:
        """Give the rows of a table whose columns have these values, in their order."""
        values = tuple(where.values())
        return self.grouped(name, *where).get(values if len(values) > 1 else values[0], [])

    def one(self, name: str, **where: str) -> Row:
        """Give the only row of a table whose columns have these values."""
        (row,) = self.of(name, **where)
        return row


@pytest.fixture(scope="module")
def tables(folder: Path) -> Tables:
    return Tables(folder)


# --- the package -------------------------------------------------------------------------------


def test_the_package_is_called_as_it_is_cited(folder: Path) -> None:
    """An export has the title and the license of `CITATION.cff`."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    citation = (Path(__file__).parent.parent / "CITATION.cff").read_text(encoding="utf-8")
    assert f'title: "{package["title"]}"' in citation.splitlines()
    assert [f"license: {each['name']}" in citation.splitlines() for each in package["licenses"]] == [True]


def test_the_package_is_valid(folder: Path) -> None:
    """Frictionless finds the description right, and no cell, key, link or digest wrong in tables of every sort."""
    import frictionless  # slow to import: only whoever runs this test pays for it

    package = frictionless.Package(str(folder / "datapackage.json"))
    assert not list(frictionless.Package.metadata_validate(package.to_descriptor()))
    for name in ("doses", "estimates", "arm_results", "silences", "rates", "sources", "gaps", "results-jsonl"):
        report = package.get_resource(name).validate()
        assert report.valid, report.flatten(["title", "message"])[:5]


@pytest.mark.long
def test_the_whole_package_is_valid(folder: Path) -> None:
    """Frictionless finds no cell, key, link or digest wrong in any file of the package."""
    import frictionless

    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    assert report.stats["tasks"] == 2 * len(TABLES)
    assert report.valid, report.flatten(["title", "message"])[:5]


def test_the_package_says_what_it_is(folder: Path, tables: Tables, data: Dataset) -> None:
    """The version, the day, the licence, the notice and every document that was read stand in the description."""
    package = tables.package
    assert (package["version"], package["as_of"]) == (data.manifest.data_version, DAY)
    assert package["licenses"][0]["name"] == "MIT"
    assert data.manifest.notice in package["description"]
    assert "no silence is a no" in package["description"].lower()
    assert len(package["sources"]) == tables.count("sources WHERE read IS NOT NULL")
    described = {resource["path"] for resource in package["resources"]}
    assert described == {path.name for path in folder.iterdir()} - {"datapackage.json", "README.md"}
    for resource in package["resources"]:
        for field in resource["schema"]["fields"]:
            assert field["description"].endswith("."), field


def test_keys_are_unique_and_every_link_leads_somewhere(tables: Tables) -> None:
    """No two rows of a table have one key, no key is empty, and every foreign key is the key of a row."""
    for name, schema in tables.schemas.items():
        key = ", ".join(schema["primaryKey"])
        assert tables.count(f"{name}") == tables.count(f"(SELECT DISTINCT {key} FROM {name})") > 0, name
        for link in schema.get("foreignKeys", ()):
            other = link["reference"]
            on = " AND ".join(f"a.{mine} = b.{its}" for mine, its in zip(link["fields"], other["fields"], strict=True))
            given = " AND ".join(f"a.{mine} IS NOT NULL" for mine in link["fields"])
            lost = tables.count(f"{name} AS a ANTI JOIN {other['resource']} AS b ON {on} WHERE {given}")
            assert lost == 0, (name, link)


def test_json_lines_are_the_same_rows(folder: Path, tables: Tables) -> None:
    """Each line of a table as JSON Lines is the row of its CSV, with every column in its type."""
    kinds: dict[str, type | tuple[type, ...]] = {
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
        "object": dict,
    }
    for name, schema in tables.schemas.items():
        types = [kinds[field["type"]] for field in schema["fields"]]
        with open(folder / f"{name}.csv", encoding="utf-8", newline="") as file:
            titles, *cells = csv.reader(file)
        lines = (folder / f"{name}.jsonl").read_bytes().splitlines()
        for line, row in zip(lines, cells, strict=True):
            values = json.loads(line)
            assert list(values) == titles
            for value, type_, cell in zip(values.values(), types, row, strict=True):
                assert value is None or isinstance(value, type_), line
                if isinstance(value, str) or value is None:
                    assert cell == (value or "")
                else:
                    assert json.loads(cell) == value


# --- the records, made again -------------------------------------------------------------------

OF_FIGURE = ("value", "low", "high", "qualifier", "unit", "n", "comparator", "population", "analysis", "trial")


def some(row: Row, *names: str, **others: str) -> Row:
    """Give columns of a row under their names, and others under the names that they have in records."""
    return {**{name: row[name] for name in names}, **{name: row[column] for name, column in others.items()}}


class Records:
    """The records as the tables have them."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def cites(self, key: str) -> list[Row]:
        return [some(row, "source", at="place") for row in self.tables.of("citations", statement=key)]

    def stated(self, record: str, kind: str, table: str = "", *names: str, **others: str) -> Iterator[Row]:
        """Give the statements of a kind, with the columns of the table of their own."""
        for row in self.tables.of("statements", record=record, kind=kind):
            own = some(self.tables.one(table, statement=row["statement"]), *names, **others) if table else {}
            figures = self.tables.of("figures", statement=row["statement"])
            yield {
                **some(row, "text", "short", "scope", "region"),
                "figures": [some(figure, *OF_FIGURE, of="measured") for figure in figures],
                **own,
                "cites": self.cites(row["statement"]),
                "row": row,
            }

    def facts(self, record: str, kind: str = "fact") -> list[Row]:
        found = self.stated(record, kind)
        return [{**without(fact, "row"), **some(fact["row"], "field", "value", "stance")} for fact in found]

    def listed(self, record: str, kind: str, table: str, *names: str, **others: str) -> list[Row]:
        return [without(row, "row") for row in self.stated(record, kind, table, *names, **others)]

    def cited(self, record: str, kind: str, table: str, *names: str, **others: str) -> list[Row]:
        """Give statements that have no text of ours: names, links, codes."""
        kept = {*names, *others, "cites"}
        return [
            {name: value for name, value in row.items() if name in kept}
            for row in self.stated(record, kind, table, *names, **others)
        ]

    def words(self, record: str, kind: str) -> list[str]:
        return [row["text"] for row in self.tables.of("search_terms", record=record, kind=kind)]

    def names(self, record: str) -> list[Row]:
        return self.cited(record, "name", "names", "text", "kind", use="used_for")

    def links(self, record: str, kind: str) -> list[Row]:
        return self.cited(record, kind, "links", id="target")

    def codes(self, record: str) -> list[Row]:
        listed = self.cited(record, "identifier", "identifiers", "scheme", "code")
        return [{"curie": f"{row['scheme']}:{row['code']}", "cites": row["cites"]} for row in listed]

    def silences(self, record: str, kind: str) -> list[Row]:
        return self.tables.of("silences", record=record, kind=kind)

    def unreadable(self, record: str) -> list[Row]:
        return [some(row, "aspect", "source", at="place") for row in self.silences(record, "unreadable")]

    def side_effects(self, record: str) -> list[Row]:
        columns = ("source", "scope", "wording", "graded_as", "frequency", "scale", "serious")
        of_rate = (
            *("value", "unit", "qualifier", "grade", "arm", "n", "comparator", "comparator_value", "comparator_n"),
            *("attribution", "population", "trial"),
        )
        found: dict[str, list[Row]] = {}
        for row in self.tables.of("reports", treatment=record):
            rates = [some(rate, *of_rate) for rate in self.tables.of("rates", report=row["report"])]
            signs = [sign["effect"] for sign in self.tables.of("report_signs", report=row["report"])]
            report = {**some(row, *columns, at="place"), "rates": rates, "signs": signs}
            found.setdefault(row["effect"], []).append(report)
        return [{"effect": effect, "reports": reports} for effect, reports in found.items()]

    def treatments(self, key: str) -> Row:
        doses = self.listed(key, "dose", "doses", "basis", "trial", use="used_for")
        columns = ("regulator", "brand", "indication", "limits", "date", "status", "asked_by")
        approvals = self.listed(key, "approval", "approvals", *columns)
        interactions = self.listed(
            *(key, "interaction", "interactions", "action", "action_as", "timing", "dose_change", "boxed"),
            *("partner", "partner_kind", "wording"),
            effect="happens",
        )
        for part in interactions:
            other = {"id": part.pop("partner"), "kind": part.pop("partner_kind"), "wording": part.pop("wording")}
            part["with"] = other
        changes = ("reason", "reason_kind", "effect", "action", "until", "indication")
        not_read = self.silences(key, "not_read")
        return {
            **some(self.tables.one("treatments", treatment=key), "kind", "name", "note", id="treatment"),
            "names": self.names(key),
            "search_terms": self.words(key, "search_term"),
            "other_products": self.words(key, "other_product"),
            "classes": self.links(key, "class"),
            "parents": self.links(key, "parent"),
            "settings": self.links(key, "setting"),
            "facts": self.facts(key),
            "side_effects": self.side_effects(key),
            "doses": doses,
            "approvals": [without(row, "text", "short", "figures") for row in approvals],
            "interactions": interactions,
            "checks": self.listed(key, "check", "checks", "test", "purpose", when="when_done"),
            "dose_changes": self.listed(
                *(key, "dose_change", "dose_changes", *changes), **{"from": "from_dose", "to": "to_dose"}
            ),
            "trials": [row["trial"] for row in self.tables.of("treatment_trials", treatment=key)],
            "identifiers": self.codes(key),
            "not_stated": [row["aspect"] for row in self.silences(key, "not_stated")],
            "not_read": [some(row, "aspect", "source", "in_part") for row in not_read],
            "unreadable": self.unreadable(key),
        }

    def settings(self, key: str) -> Row:
        return {
            **some(self.tables.one("settings", setting=key), "name", "scope", id="setting"),
            "names": self.names(key),
            "search_terms": self.words(key, "search_term"),
            "parents": self.links(key, "parent"),
            "caution": self.facts(key, "caution"),
            "facts": self.facts(key),
            "unreadable": self.unreadable(key),
        }

    def topics(self, key: str) -> Row:
        return {
            **some(self.tables.one("topics", topic=key), "name", id="topic"),
            "search_terms": self.words(key, "search_term"),
            "facts": self.facts(key),
            "unreadable": self.unreadable(key),
        }

    def trials(self, key: str) -> Row:
        row = self.tables.one("trials", trial=key)
        arms = [
            {
                **some(arm, "name", "dose", "n", id="arm"),
                "treatments": [got["treatment"] for got in self.tables.of("arm_treatments", trial=key, arm=arm["arm"])],
            }
            for arm in self.tables.of("arms", trial=key)
        ]
        return {
            **some(row, "name", "phase", "design", "population", "scope", "n", "pancreatic_n", id="trial"),
            **some(row, "progressing", "comparative", "primary_endpoint"),
            "names": self.names(key),
            "search_terms": self.words(key, "search_term"),
            "registry": self.codes(key),
            "arms": arms,
            "facts": self.facts(key),
            "results": [
                self.result(row["statement"]) for row in self.tables.of("statements", record=key, kind="result")
            ],
            "cites": self.cites(f"{key}/trial"),
        }

    def result(self, key: str) -> Row:
        row = self.tables.one("results", statement=key)
        of_arm = ("arm", "n", "value", "reached", "low", "high", "high_reached", "level")
        estimates = self.tables.of("estimates", statement=key)
        p = some(row, operator="p_operator", value="p_value", sided="p_sided")
        return {
            **some(row, "measure", "unit", "assessor", "analysis", "cutoff", "population", "note"),
            "arms": [some(arm, *of_arm) for arm in self.tables.of("arm_results", statement=key)],
            "estimate": some(estimates[0], "kind", "value", "low", "high", "level") if estimates else None,
            "p": p if p["value"] is not None else None,
            "cites": self.cites(key),
        }

    def sources(self, key: str) -> Row:
        row = self.tables.one("sources", source=key)
        columns = ("kind", "label", "document", "about", "region", "publisher", "published", "revised", "reviewed")
        places = self.tables.of("places", source=key)
        replaced: dict[str, list[str]] = {}
        for newer in self.tables.of("superseded", source=key):
            replaced.setdefault(newer["newer"], []).extend([newer["place"]] if newer["place"] else [])
        sections = [part["section"] for part in self.tables.of("source_extents", source=key)]
        listings = self.tables.of("listings", source=key)
        return {
            **some(row, *columns, "review_due", "read", "checked", "note", "reference", id="source"),
            "places": [place["place"] for place in places],
            "extent": "whole" if row["extent"] == "whole" else sections,
            "undated": [place["place"] for place in places if place["undated"]],
            "gaps": [some(gap, "missing", at="place") for gap in self.tables.of("gaps", source=key)],
            "newer": [some(edition, "revised", "note") for edition in self.tables.of("newer_editions", source=key)],
            "superseded_by": [{"source": newer, "places": at} for newer, at in replaced.items()],
            "listed_by": [some(listing, source="listed_by", at="place") for listing in listings],
            "csl": json.loads(row["csl"]),
        }

    def effects(self) -> Row:
        """Give the file of side effects."""
        lists: dict[str, dict[int, list[str]]] = defaultdict(dict)
        for row in self.tables.rows("word_lists"):
            lists[row["kind"]].setdefault(row["list"], []).append(row["word"])

        def words(key: str, kind: str) -> list[str]:
            return [row["word"] for row in self.tables.of("effect_words", effect=key, kind=kind)]

        def others(key: str, kind: str) -> list[str]:
            return [row["other"] for row in self.tables.of("effect_links", effect=key, kind=kind)]

        effects = [
            {
                **some(row, "name", "clinical_name", "urgent", id="effect", group="body_group"),
                "synonyms": words(row["effect"], "synonym"),
                "narrower": words(row["effect"], "narrower"),
                "broader": others(row["effect"], "broader"),
                "near": others(row["effect"], "near"),
            }
            for row in self.tables.rows("effects")
        ]
        families = [words for _, words in sorted(lists["family"].items())]
        (small,), (soft,) = lists["small"].values(), lists["soft"].values()
        return {"small": small, "soft": soft, "families": families, "effects": effects}

    def partners(self) -> Row:
        """Give the file of partners."""
        return {
            "partners": [
                {
                    **some(row, "kind", "name", id="partner"),
                    "names": [name["name"] for name in self.tables.of("partner_names", partner=row["partner"])],
                    "members": self.cited(row["partner"], "member", "partner_members", id="member"),
                }
                for row in self.tables.rows("partners")
            ]
        }


def without(row: Row, *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in names}


def stored(*path: str) -> Any:
    """Give a packaged file."""
    with open(os.path.join(DATA, *path), encoding="utf-8") as file:
        return json.load(file)


@pytest.mark.parametrize("kind", STORED)
def test_every_record_can_be_made_again(tables: Tables, data: Dataset, kind: str) -> None:
    """Joined, the tables give each record as it is packaged, key by key and in its order: nothing is lost."""
    make: Callable[[str], Row] = getattr(Records(tables), kind)
    keys = getattr(data, kind)
    assert tables.count(kind) == len(keys) >= STORED[kind]
    for key in keys:
        assert make(key) == stored(kind, f"{key}.json"), key


def test_the_vocabularies_can_be_made_again(tables: Tables) -> None:
    """The files of side effects and of partners, the regimens and the look-alikes come back whole."""
    records = Records(tables)
    assert records.effects() == stored("effects.json")
    by_id = {partner["id"]: partner for partner in records.partners()["partners"]}
    assert by_id == {partner["id"]: partner for partner in stored("partners.json")["partners"]}
    manifest = stored("manifest.json")
    regimens: dict[str, Row] = {}
    for row in tables.rows("regimens"):
        parts = regimens.setdefault(row["regimen"], {"name": [], "part": [], "also": []})
        parts[row["role"]].append(row["text"])
        assert (row["treatment"] == row["text"]) == (row["role"] == "part")
    listed = {
        parts["names"][0]: dict(zip(("name", "part", "also"), parts.values(), strict=True))
        for parts in manifest["regimens"]
    }
    assert regimens == listed
    alike = tables.grouped("look_alikes", "list")
    assert [[row["name"] for row in alike[number]] for number in sorted(alike)] == manifest["look_alikes"]
    own = [row["source"] for row in tables.rows("sources") if row["own"]]
    assert sorted(own) == sorted(manifest["own_sources"])


def test_silences_are_rows(tables: Tables) -> None:
    """Each of the silences has rows, and what is denied or not known is a statement that says so."""
    assert {kind for (kind,) in tables.base.execute("SELECT DISTINCT kind FROM silences").fetchall()} == set(SILENCES)
    for stance in ("denied", "not_known"):
        assert tables.count(f"statements WHERE stance = '{stance}'") > 0


# --- the same each time ------------------------------------------------------------------------


def test_the_same_bytes_for_the_same_day(folder: Path, tmp_path: Path) -> None:
    """Another process writes the same files to the byte, and imports no library of screens, settings or references."""
    modules, _ = probe("export", str(tmp_path / "again"), "--as-of", DAY, "--json")
    assert held(tmp_path / "again") == held(folder)
    assert not modules & {"rich", "platformdirs", "tomli_w", "citeproc", "pybtex", "rispy", "lxml"}


def test_a_new_fact_changes_no_other_key(data: Dataset, tables: Tables) -> None:
    """A fact that is added first to a record gets a key; a citation that is added, and every other row, keeps its own."""
    record = data.treatments["sunitinib"]
    first = record.facts[0]
    cited = first.model_copy(update={"cites": (*first.cites, record.facts[-1].cites[0])})
    new = first.model_copy(update={"text": "A fact that stands in no record."})

    changed = Dataset()
    planted = record.model_copy(update={"facts": (new, cited, *record.facts[1:])})
    changed.__dict__["treatments"] = {**data.treatments, "sunitinib": planted}
    before = {row["statement"] for row in tables.rows("statements")}
    after = {row["statement"] for row in rows(changed, DAY)["statements"]}
    assert before < after
    assert len(after - before) == 1
    assert (after - before).pop().startswith("sunitinib/fact/")


def test_states_are_those_of_the_day(run: Run, tmp_path: Path, data: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--as-of` gives each place the state of that day, and the answer and the description name it."""
    monkeypatch.setattr("pnetref.formats.export.load", lambda: data)
    out = tmp_path / "then"
    answer = json.loads(run("--as-of", "2020-01-01", "export", str(out), "--json").out)
    assert (answer["as_of"], answer["path"]) == ("2020-01-01", str(out))
    assert json.loads((out / "datapackage.json").read_text(encoding="utf-8"))["as_of"] == "2020-01-01"
    assert {table["name"] for table in answer["tables"]} == {table.name for table in TABLES}
    for table in answer["tables"]:
        assert len((out / f"{table['name']}.jsonl").read_bytes().splitlines()) == table["rows"]
    with open(out / "citations.csv", encoding="utf-8", newline="") as file:
        states = {row["state"] for row in csv.DictReader(file) if row["source"] == "cruk-targeted-2021"}
    assert states == {"current"}


def test_states_have_moved_on_since(tables: Tables) -> None:
    """The page that is past its own review is overdue in an export of today, at each place that is cited."""
    states = {row["state"] for row in tables.of("citations", source="cruk-targeted-2021")}
    assert states == {"overdue"}


# --- the folder --------------------------------------------------------------------------------


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an export have one small table: what is tested is where it is written."""
    package = b'{"name": "pnetref", "resources": [{"path": "terms.csv"}]}'
    made = {"datapackage.json": package, "README.md": b"new\n", "terms.csv": b"term\n"}
    monkeypatch.setattr("pnetref.export.package.files", lambda *_: (made, {table.name: 1 for table in TABLES}))


def held(folder: Path) -> dict[str, bytes]:
    """Give everything under a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.usefixtures("quick")
def test_a_new_or_empty_folder_is_filled(run: Run, tmp_path: Path) -> None:
    """A folder that is not there is made, an empty one is filled, and a line says where the tables are and of what."""
    (tmp_path / "empty").mkdir(mode=0o750)
    for name in ("new", "empty"):
        ran = run("export", str(tmp_path / name))
        assert ran.code == 0
        assert str(tmp_path / name) in ran.out
        assert "never advice" in ran.out
        assert set(held(tmp_path / name)) == {"datapackage.json", "README.md", "terms.csv"}
    assert (tmp_path / "empty").stat().st_mode & 0o777 == 0o750
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("options", [(), ("--force",), ("--json",)], ids=" ".join)
def test_other_files_are_left_alone(run: Run, tmp_path: Path, options: tuple[str, ...]) -> None:
    """A folder with files of somebody's is refused with one line and exit 2, with --force too, and stays as it was."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    ran = run("export", str(tmp_path / "mine"), *options)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert "name a new folder" in ran.err
    assert held(tmp_path) == {os.path.join("mine", "notes.txt"): b"mine"}


@pytest.mark.usefixtures("quick")
def test_force_replaces_an_export_and_nothing_else(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --force an earlier export is replaced, but not where another file lies in it, nor whoever runs it."""
    out = tmp_path / "out"
    assert run("export", str(out)).code == 0
    (out / "README.md").write_text("old")
    assert run("export", str(out)).code == 2
    assert held(out)["README.md"] == b"old"
    assert run("export", str(out), "--force").code == 0
    assert held(out)["README.md"] == b"new\n"
    before = held(tmp_path)
    with monkeypatch.context() as patch:
        patch.chdir(out)
        ran = run("export", ".", "--force")
    assert (ran.code, held(tmp_path)) == (2, before)
    assert "run it from the folder above" in ran.err
    (out / "mine.csv").write_text("mine")
    before = held(tmp_path)
    ran = run("export", str(out), "--force")
    assert ran.code == 2
    assert "other files" in ran.err
    assert held(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("fails", ["write", "move"])
@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), OSError(28, "No space left on device")], ids=["stopped", "full"]
)
@pytest.mark.parametrize("there", [False, True], ids=["new", "over an old one"])
def test_an_export_that_ends_early_leaves_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str, error: BaseException, there: bool
) -> None:
    """Stopped or out of space, while files are written or moved, an export leaves what was there and nothing else."""
    out = tmp_path / "out"
    if there:
        assert run("export", str(out)).code == 0
    before = held(tmp_path)
    move = os.rename

    def stop(here: str, there: str) -> None:
        if there == str(out) and not here.endswith("-old"):
            raise error
        move(here, there)

    def broken(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr("os.rename", stop) if fails == "move" else patch.setattr("os.fsync", broken)
        ran = run("export", str(out), "--force")
    assert ran.code == (130 if isinstance(error, KeyboardInterrupt) else 3)
    assert ran.out == ""
    assert held(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == (["out"] if there else [])


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    ("arguments", "helps"),
    [
        (("export",), "DIR"),
        (("export", ""), "name a new one"),
        (("export", "."), "name a new one, or run it from the folder above"),
        (("export", "no/such/folder"), "/no/such; make that first"),
        (("export", "file/folder"), "there is no folder"),
        (("export", "x", "--as-of", "today"), "is not a day"),
        (("--format", "csv", "export", "x"), "leave out"),
        (("--output", "x.csv", "export", "x"), "leave out"),
        (("export", "file"), "is a file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_is_told(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], helps: str
) -> None:
    """What export cannot do is told in one line with exit 2, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert helps in ran.err
    assert [path.name for path in tmp_path.iterdir() if path.name != "config.toml"] == ["file"]


# --- five questions ----------------------------------------------------------------------------


def asked(tables: Tables, number: int) -> list[tuple[Any, ...]]:
    """Give what a question of docs/data.md gives over the files of the export, read as DuckDB reads them."""
    return tables.base.execute(QUESTIONS[number]).fetchall()


def alike(found: Iterable[tuple[Any, ...]], expected: Iterable[tuple[Any, ...]]) -> bool:
    """Tell whether two answers have the same rows, as often."""
    return Counter(map(repr, found)) == Counter(map(repr, expected))


def number(value: float | None) -> float | int | None:
    """Give a number as it stands in CSV, without trailing zeros."""
    return int(value) if value is not None and value.is_integer() else value


def test_the_questions_are_short() -> None:
    """There are five questions, of at most five lines that a page can hold."""
    assert len(QUESTIONS) == 5
    for question in QUESTIONS:
        assert len(question.splitlines()) <= 5
        assert max(map(len, question.splitlines())) <= 110


def places(cites: Iterable[Citation], data: Dataset) -> list[str]:
    """Give each place of a statement with its state, as the questions write it."""
    return sorted(f"{cite.source}, {cite.at}, {state(data.sources[cite.source], DAY, (cite.at,))}" for cite in cites)


def test_each_hazard_ratio_with_its_interval(tables: Tables, data: Dataset) -> None:
    """Question 1 gives every hazard ratio, its bounds where the document gives them, its arms, its note and who says it."""
    expected = [
        (
            *(trial.id, result.measure, result.assessor, result.analysis, result.population),
            *(estimate.value, estimate.low, estimate.high, number(estimate.level)),
            *([arm.arm for arm in result.arms] or None, result.note, places(result.cites, data)),
        )
        for trial in data.trials.values()
        for result in trial.results
        if (estimate := result.estimate) and estimate.kind == "hazard ratio"
    ]
    assert len(expected) > 30
    assert {bool(row[-3]) for row in expected} == {True, False}
    assert alike(asked(tables, 0), expected)


def test_reports_of_one_effect_by_drug(tables: Tables, data: Dataset) -> None:
    """Question 2 gives each report of fatigue of each drug, but for pages of which a newer version is here."""
    expected = [
        (
            *(drug.id, report.source, report.at, now),
            *(report.scope, data.sources[report.source].region),
            *(getattr(report, name) for name in ("wording", "graded_as", "frequency", "scale", "serious")),
        )
        for drug in data.treatments.values()
        if drug.kind == "drug"
        for effect in drug.side_effects
        if effect.effect == "fatigue"
        for report in effect.reports
        if (now := state(data.sources[report.source], DAY, (report.at,))) != "superseded"
    ]
    assert len(expected) > 20
    assert alike(asked(tables, 1), expected)


def test_facts_that_rest_on_overdue_or_outdated_places(tables: Tables, data: Dataset) -> None:
    """Question 3 gives each such place of each fact, and tells which facts have no other."""
    expected = []
    for records in (data.treatments, data.settings, data.topics, data.trials):
        for record in records.values():
            for fact in (*record.facts, *getattr(record, "caution", ())):
                states = [state(data.sources[cite.source], DAY, (cite.at,)) for cite in fact.cites]
                old = [name in ("overdue", "outdated") for name in states]
                expected += [
                    (
                        *(record.id, fact.field, fact.text, fact.scope, fact.region, fact.stance),
                        *(cite.source, cite.at, states[index], all(old)),
                    )
                    for index, cite in enumerate(fact.cites)
                    if old[index]
                ]
    assert {row[-1] for row in expected} == {True, False}
    assert alike(asked(tables, 2), expected)


def test_doses_in_pnet(tables: Tables, data: Dataset) -> None:
    """Question 4 gives each dose that is said of pNET, and of nothing wider, with all who say it and the state of each place."""
    expected: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for record in data.treatments.values():
        for dose in record.doses:
            if dose.scope == "pnet":
                expected[record.id, dose.text, dose.use, dose.basis, dose.region] += places(dose.cites, data)
    assert len(expected) > 15
    assert alike(asked(tables, 3), ((*key, sorted(said_by)) for key, said_by in expected.items()))


def test_effects_on_which_sources_differ(tables: Tables, data: Dataset) -> None:
    """Question 5 gives each effect of a drug of which one source says another grade than another, on one scale."""
    expected = []
    for drug in data.treatments.values():
        for effect in drug.side_effects if drug.kind == "drug" else ():
            for scale in ("prose", "label"):
                graded = [
                    (report, now)
                    for report in effect.reports
                    if report.scale == scale
                    and report.frequency != "unspecified"
                    and (now := state(data.sources[report.source], DAY, (report.at,))) != "superseded"
                ]
                if any(a.source != b.source and a.frequency != b.frequency for a, _ in graded for b, _ in graded):
                    said = {f"{r.frequency}: {r.source}, {r.at}, {now}, {r.scope}" for r, now in graded}
                    expected.append((drug.id, effect.effect, scale, sorted(said)))
    assert len(expected) > 20
    assert alike(asked(tables, 4), expected)


def test_the_document_has_the_tables_as_they_are() -> None:
    """docs/data.md lists each table with its keys and columns as they are declared."""
    fresh = runpy.run_path(str(ROOT / "docs" / "generate.py"))["data_document"](DOCUMENT)
    assert fresh == DOCUMENT, "docs/data.md is not as generated; run: python docs/generate.py"
    for table in TABLES:
        assert f"\n### {table.name}\n" in DOCUMENT
