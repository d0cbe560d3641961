"""Texts of the data that say more than they show: none reaches a terminal or a format raw, whatever the field."""

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from unicodedata import category

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pnetref import load
from pnetref.completion import answer as completed
from pnetref.dataset import DATA, Dataset
from pnetref.index import digest_of, lines_of
from pnetref.plain import FORMULA, cell, in_json, visible
from pnetref.stored import Packaged

from .conftest import Run, repackage

CONTROLS = "\x07\x1b[31m\x1b]0;owned\x07\x1b]8;;https://evil.example\x1b\\\x9b31m\x7f\u202e\u2066\u200b\u00ad\ufeff\u2028\U000e0041\r\t\n"
MARKUP = (
    "[red]x[/red][link=https://evil.example]x[/link]<b class=evil>x</b><script>evil()</script><img src=evil>&#98;"
    "[x](javascript:evil())![x](evil)`x`\\input{evil}{x}$x$|x|"
)
PLANTED = f"=1+1{CONTROLS}{MARKUP}"
"""What stands in every text at once: it begins a formula, steers a terminal, hides, and is markup of all kinds."""

BRIEF = "=1\x1b[31m\x9b1m\u202e\u200b[red]<b>[x](y)`\\i{x}"
LABEL = "=1\x1b[m\u202e<b>[red]"
"""What stands in texts that have a most of letters."""

OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;(?:id=[0-9]+;(?:https?://[!-~]+)|;)\x1b\\")
"""What a terminal is sent on purpose: styles, and links to addresses that are shown."""

FREE = frozenset(
    [
        "text",
        "note",
        "use",
        "of",
        "comparator",
        "population",
        "wording",
        "graded_as",
        "grade",
        "action_as",
        "timing",
        "dose_change",
        "test",
        "when",
        "purpose",
        "reason",
        "from",
        "to",
        "until",
        "indication",
        "limits",
        "brand",
        "regulator",
        "missing",
        "publisher",
        "reference",
        "title",
        "container-title",
        "family",
        "given",
        "literal",
        "publisher-place",
        "edition",
        "clinical_name",
        "synonyms",
        "narrower",
        "names",
        "name",
        "search_terms",
        "design",
        "primary_endpoint",
        "dose",
        "asked_by",
        "notice",
    ]
)
"""The keys of texts that are free."""


def planted_in(value: Any, key: str = "") -> Any:
    """Give a value of JSON with every free text in it behind the hostile one."""
    if isinstance(value, str):
        return {"short": BRIEF, "label": LABEL}.get(key) or (PLANTED + value if key in FREE else value)
    if isinstance(value, list):
        return [planted_in(part, key) for part in value]
    if isinstance(value, dict):
        keys: dict[str, str] = {"arm": "grade"} if "grade" in value else {}  # elsewhere an arm is an id
        return {name: planted_in(part, str(keys.get(name, name))) for name, part in value.items()}
    return value


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the data in which every free text of every file is hostile, with digests that are right."""
    root = Path(shutil.copytree(DATA, tmp_path_factory.mktemp("garden") / "data"))
    for path in root.rglob("*.json"):
        if path.name != "schema.json":
            record = planted_in(json.loads(path.read_bytes()))
            path.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    for name, columns in {"records": (2, 3), "passages": (5, 6, 8)}.items():
        path = root / "index" / f"{name}.tsv"
        entries = [line.split("\t")[:-1] for line in path.read_text(encoding="utf-8").splitlines()]
        for entry in entries:
            for column in columns:
                entry[column] = f"{IN_A_LINE}{entry[column]}"
        path.write_bytes(lines_of(map(tuple, entries)))
    repackage(root)
    return root


IN_A_LINE = PLANTED.translate({ord(letter): None for letter in "\t\r\n"})
"""What a column of an index can hold."""


@pytest.fixture
def answering(run: Run, garden: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command over the hostile data, by the short way where there is one."""
    for module in ("stored", "bare"):
        monkeypatch.setattr(f"pnetref.{module}.Packaged", lambda *_: Packaged(str(garden)))
    for module in ("formats", "formats.export"):
        monkeypatch.setattr(f"pnetref.{module}.load", lambda: Dataset(str(garden)))
    return run


def shown(text: str) -> None:
    """Check that every letter is one that is shown, a blank of any width, our word joiner, or ends a line."""
    for line in text.split("\n"):
        hidden = [
            letter for letter in line if not letter.isprintable() and letter != "\u2060" and category(letter) != "Zs"
        ]
        if hidden:
            pytest.fail(f"{hidden}: {line[:500]}")


class Tags(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def harmless(page: str) -> None:
    """Check that HTML has no element, link or script that a text brought."""
    tags = Tags()
    tags.feed(page)
    for tag, attributes in tags.found:
        assert tag not in ("script", "img", "b", "iframe", "object", "base", "form"), tag
        assert not any(name.startswith("on") for name in attributes), attributes
        assert re.match(r"#|https?://(?!evil)|$", attributes.get("href") or ""), attributes


def as_table(out: str) -> None:
    """A terminal gets styles of ours and letters that are shown; markup stands there as it is."""
    links = re.findall(r"\x1b\]8;[^;]*;([^\x1b]*)\x1b", out)
    assert not any("evil" in link for link in links)
    shown(OURS.sub("", out))


def as_markdown(out: str) -> None:
    """Markdown has letters that are shown, and read as CommonMark neither HTML nor links of a text."""
    shown(out)
    harmless(MarkdownIt("commonmark", {"html": True}).enable("table").render(out))


def as_html(out: str) -> None:
    """A page has letters that are shown, and no element, attribute or script of a text."""
    shown(out)
    harmless(out)


def as_csv(out: str) -> None:
    """No cell is computed by a spreadsheet."""
    shown(out)
    for row in csv.reader(io.StringIO(out)):
        assert not [text for text in row if len(text) > 1 and text.startswith(FORMULA)]


def as_json(out: str) -> None:
    """What is not shown is escaped, and means what stands in the data."""
    shown(out)
    json.loads(out)


def as_bibtex(out: str) -> None:
    """No command of TeX, and every entry can be parsed."""
    from pybtex.database import parse_string

    shown(out)
    assert not re.search(r"\\(input|write|include|def|x)", out)
    assert len(parse_string(out, "bibtex").entries) == out.count("\n@") + out.startswith("@")


def as_ris(out: str) -> None:
    """No line but those of RIS."""
    shown(out)
    assert all(re.match(r"[A-Z][A-Z0-9]  - |$", line) for line in out.split("\n"))


FORMS: dict[str, Callable[[str], None]] = {
    "table": as_table,
    "markdown": as_markdown,
    "html": as_html,
    "csv": as_csv,
    "json": as_json,
    "bibtex": as_bibtex,
    "ris": as_ris,
    "csl-json": as_json,
    "text": shown,
}


def calls(data: Dataset) -> Iterator[tuple[str, ...]]:
    """Give the commands that show records whole: of the many sources and side effects every tenth, of treatments every third."""
    for key in list(data.treatments)[::3]:
        yield from (("treatment", key), ("treatment", key, "all"), ("side-effects", key, "all"), ("cite", key))
        yield "guide", "questions", key
        yield "compare", key, "sunitinib" if key != "sunitinib" else "everolimus"
    yield from (("trial", key, "all") for key in data.trials)
    yield from (("treatment", "--for", key) for key in data.settings)
    yield from (("guide", key) for key in data.topics)
    yield from (("cite", key) for key in list(data.sources)[::10])
    yield from (("side-effects", key) for key in list(data.effects)[::10])
    yield from ((command,) for command in ("drug", "treatment", "trial", "guide", "side-effects", "cite"))
    yield from (("search", word) for word in ("wound", "grapefruit", "tired", "sunitinib"))


SAMPLE = [
    ("treatment", "ablation", "all"),
    ("trial", "radiant-3", "all"),
    ("cite", "ablation"),
    ("compare", "ablation", "cryosurgery"),
    ("guide", "team"),
    ("treatment", "--for", "gastrinoma"),
    ("side-effects", "jaw-bone-damage"),
    ("search", "wound"),
]
"""What the short suite tries, two a format."""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.long)], ids=["two", "all"])
def test_no_text_of_the_data_reaches_a_format_raw(form: str, every: bool, answering: Run) -> None:
    """Every free text of every file at once, in each format, on a terminal with colors and links, and by both ways of JSON."""
    at = list(FORMS).index(form) * 2 % len(SAMPLE)
    tried = list(calls(load())) if every else SAMPLE[at : at + 2]
    for call in tried:
        if form == "text" and call[0] != "cite":
            call = ("cite", "ablation")
        option = ["--json"] if form == "json" else ["--format", form]
        ran = answering(*call, *option, *(["--color", "always"] if form == "table" else []))
        assert (ran.code, ran.err) == (0, ""), (call, ran)
        FORMS[form](ran.out)


@pytest.mark.usefixtures("answering")
def test_json_means_what_the_data_says(answering: Run, data: Dataset) -> None:
    """Both ways say the same, in which a hostile text is whole."""
    short = json.loads(answering("drug", "captem", "--json").out)
    assert (short == json.loads(answering("drug", "captem", "--format", "json").out)) is True
    facts = [fact["text"] for fact in short["drug"]["facts"]]
    assert facts == [PLANTED + fact.text for fact in data.treatments["captem"].facts]


@pytest.mark.long
def test_an_export_is_harmless(answering: Run, tmp_path: Path) -> None:
    """No table of an export has a cell that is computed, or a letter that is not shown."""
    assert answering("export", str(tmp_path / "out")).code == 0
    for path in (tmp_path / "out").iterdir():
        text = path.read_text(encoding="utf-8")
        shown(text)
        if path.suffix == ".csv":
            as_csv(text)


def test_a_hostile_name_is_not_completed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A name with a letter that is not shown is no candidate at TAB, nor is what is said of it."""
    content = Path(DATA, "completion.tsv").read_bytes().partition(b"\n")[2].decode()
    rows = ["sun\x1b[31m\tdrug\t\tmain\tsun\x1b[31m\tred", "sunny\tdrug\t\tmain\tsunny\t\u202ered"]
    rest = ("\n" + "\n".join(sorted([*content.splitlines(), *rows])) + "\n").encode()
    (tmp_path / "completion.tsv").write_bytes(digest_of(rest).encode() + rest)
    monkeypatch.setattr("pnetref.completion.FILE", str(tmp_path / "completion.tsv"))
    assert completed("fish", ["pnetref drug sun", ""]) == 0
    out = capfd.readouterr().out
    assert "sunitinib" in out
    assert "sunny" not in out
    assert "\x1b" not in out


def test_the_version_of_hostile_data_is_no_version(garden: Path, answering: Run) -> None:
    """A version that is no day is refused by both ways, and printed by neither."""
    path = garden / "manifest.json"
    before = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'"data_version": "[0-9.]+', r'"data_version": "1\\u001b[31m', before), encoding="utf-8")
    repackage(garden)
    try:
        for arguments in (("--version",), ("drug", "sunitinib", "--json"), ("drug", "sunitinib")):
            ran = answering(*arguments)
            assert (ran.code, ran.out) == (3, "")
            assert "manifest.json" in ran.err
            shown(ran.err)
    finally:
        path.write_text(before, encoding="utf-8")
        repackage(garden)


@given(st.text())
@example("\u1680")
def test_any_text_leaves_the_program_as_letters_that_are_shown(text: str) -> None:
    """Whatever stands in a text: what is shown of it is visible, what is computed is quoted, and JSON means the same."""
    shown(visible(text))
    assert visible(visible(text)) == visible(text)
    assert not (len(cell(text)) > 1 and cell(text).startswith(FORMULA) and not cell(text)[1].isspace())
    told = in_json(json.dumps(text, ensure_ascii=False))
    shown(told)
    assert json.loads(told) == text


def test_what_is_typed_is_shown_as_letters(run: Run) -> None:
    """A name with letters that hide opens what it names, and no answer has them raw."""
    for typed in ("zor\u202etress", "zort\u200bress", "zortress\udcff"):
        for form in ("table", "markdown", "html", "csv", "json"):
            ran = run("drug", typed, "food", "--format", form)
            shown(ran.out)
            shown(ran.err)
