"""A release says the same of itself everywhere, and what inspects its files sees what is wrong with them."""

import re
import runpy
import zipfile
from pathlib import Path
from typing import Any

import pytest

import pnetref

ROOT = Path(__file__).parent.parent
LOOK = runpy.run_path(str(ROOT / "release" / "inspecting.py"))
DECLARED, VERSION = LOOK["read_project"](ROOT)
PROJECT = DECLARED["project"]
TIME = 1795521600

Members = dict[str, Any]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def day() -> str:
    """Give the day of the version in the changelog, or while it has none, of the data."""
    data = (ROOT / "src" / "pnetref" / "data" / "manifest.json").read_bytes()
    said: str = LOOK["released"](text("CHANGELOG.md"), VERSION) or LOOK["day_of_data"](data)
    return said


def test_the_version_stands_in_one_place() -> None:
    """What is built has the version that the package says, and the version of the sources is that of what is installed."""
    assert pnetref.__version__ == VERSION
    assert PROJECT["dynamic"] == ["version"]
    assert "version" not in PROJECT


def test_the_citation_is_of_this_version() -> None:
    """`CITATION.cff` has the version, the day, the license and the authors of the package."""
    assert list(LOOK["citation_breaches"](text("CITATION.cff"), PROJECT, VERSION, day())) == []


@pytest.mark.parametrize(
    ("said", "planted"),
    [
        (f"version: {VERSION}", "version: 9.9.9"),
        ("license: MIT", "license: ISC"),
        (f"date-released: {day()}", "date-released: 2020-01-01"),
        ("  - name: The pnetref developers", "  - name: Somebody"),
        ("  - drug information", "  - astrology"),
    ],
)
def test_a_citation_of_something_else_is_seen(said: str, planted: str) -> None:
    """Each thing that the citation repeats is compared with the package."""
    assert said in text("CITATION.cff")
    assert list(LOOK["citation_breaches"](text("CITATION.cff").replace(said, planted), PROJECT, VERSION, day()))


def test_the_changelog_s_day_is_found() -> None:
    """The day of a version is read from its heading; a version without one has none."""
    assert LOOK["released"]("## Unreleased\n\n## [0.2.0] - 2026-12-01\n\n## 0.1.0\n", "0.2.0") == "2026-12-01"
    assert LOOK["released"]("## 0.2.0 - 2026-12-01\n", "0.2.0") == "2026-12-01"
    assert LOOK["released"]("## 0.1.0\n", "0.1.0") is None


def test_every_package_has_bounds() -> None:
    """Each package that the program rests on has a lowest version, which a release tries, and one that is too new."""
    assert len(LOOK["lowest"](PROJECT["dependencies"])) == len(PROJECT["dependencies"])
    assert all("<" in line for line in PROJECT["dependencies"])
    assert LOOK["lowest"](["a.b[x,y]>=1.2,<2", "c <3, >= 2.0b8", "d==4"]) == ["a.b==1.2", "c==2.0b8", "d==4"]
    with pytest.raises(AssertionError, match="has no lowest version"):
        LOOK["lowest"](["e<4"])


def test_the_metadata_claims_what_holds() -> None:
    """It is typed, starts with the oldest Python that a classifier names, and has no address: the project has none."""
    named = re.findall(r"Python :: 3\.(\d+)", "\n".join(PROJECT["classifiers"]))
    assert PROJECT["requires-python"] == f">=3.{min(map(int, named))}"
    assert ("Typing :: Typed" in PROJECT["classifiers"]) == (ROOT / "src" / "pnetref" / "py.typed").is_file()
    assert "urls" not in PROJECT


def test_reports_have_no_address_that_is_not_there() -> None:
    """`SECURITY.md` invents no address, and names the commands that a report needs."""
    said = text("SECURITY.md")
    assert re.findall(r"https?:|www\.|\S+@\S+", said) == []
    assert "`pnetref --version`" in said
    assert "`pnetref --check`" in said


# --- what inspects the files -------------------------------------------------------------------


@pytest.fixture
def committed() -> Members:
    """Give a small package, as it is committed."""
    member = LOOK["Member"]
    names = ("LICENSE", "README.md", "src/pnetref/py.typed", "src/pnetref/data/a.json", "tests/test_a.py")
    return {**{name: member(name.encode(), 0o644, 0) for name in names}, ".ci/run": member(b"#!", 0o755, 0)}


@pytest.fixture
def wheel(committed: Members) -> Members:
    """Give the files of its wheel."""
    member = LOOK["Member"]
    expected = LOOK["wheel_of"](committed, "info")
    return {name: member(found.content or b"any", 0o644, TIME) for name, found in expected.items()}


def seen(found: Members, expected: Members) -> list[str]:
    return list(LOOK["breaches"]("it", found, expected, TIME, ["/home/somebody/"]))


def test_what_a_wheel_should_have(committed: Members, wheel: Members) -> None:
    """A wheel with the package, the license and its metadata is as it should be; so is an sdist with all."""
    assert sorted(wheel) == [
        *(f"info/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE")),
        "pnetref/data/a.json",
        "pnetref/py.typed",
    ]
    assert seen(wheel, LOOK["wheel_of"](committed, "info")) == []
    sdist = {name: member._replace(time=TIME) for name, member in LOOK["sdist_of"](committed).items()}
    assert seen(sdist, LOOK["sdist_of"](committed)) == []
    assert seen({**sdist, ".ci/run": sdist[".ci/run"]._replace(mode=0o644)}, LOOK["sdist_of"](committed))


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        (lambda wheel: wheel.pop("pnetref/data/a.json"), "lacks pnetref/data/a.json"),
        (lambda wheel: wheel.update({"tests/test_a.py": wheel["pnetref/py.typed"]}), "does not belong there"),
        (lambda wheel: change(wheel, content=b"changed"), "with other bytes than were committed"),
        (lambda wheel: change(wheel, mode=0o600), "with the mode 600, not 644"),
        (lambda wheel: change(wheel, mode=0o755), "with the mode 755, not 644"),
        (lambda wheel: change(wheel, time=TIME + 60), "with another time"),
        (lambda wheel: change(wheel, owner=(1000, 0, "somebody", "")), "with an owner"),
        (lambda wheel: change(wheel, "info/METADATA", content=b"at /home/somebody/x"), "names a path of this machine"),
    ],
    ids=["missing", "more", "changed", "closed", "to run", "time", "owner", "path"],
)
def test_what_is_wrong_with_a_file_is_seen(committed: Members, wheel: Members, planted: Any, said: str) -> None:
    """A file that is missing, too much, changed, or with a mode, time, owner or path of a machine is named."""
    planted(wheel)
    (line,) = seen(wheel, LOOK["wheel_of"](committed, "info"))
    assert said in line


def change(wheel: Members, name: str = "pnetref/data/a.json", **values: Any) -> None:
    wheel[name] = wheel[name]._replace(**values)


def test_an_archive_is_read_as_it_is(tmp_path: Path) -> None:
    """Bytes, mode and time of a file in a wheel are those that stand in it; its list of digests is compared."""
    entry = zipfile.ZipInfo("pnetref/a", (2026, 11, 24, 12, 0, 0))
    entry.external_attr = 0o600 << 16
    with zipfile.ZipFile(tmp_path / "a.whl", "w") as archive:
        archive.writestr(entry, b"a")
        archive.writestr(
            "info/RECORD", "pnetref/a,sha256=ypeBEsobvcr6wjGzmiPcTaeG7_gUfE5yuYB3ha_uSLs,1\ninfo/RECORD,,\n"
        )
    wheel = LOOK["in_wheel"](tmp_path / "a.whl")
    assert wheel["pnetref/a"][:3] == (b"a", 0o600, TIME)
    assert list(LOOK["record_breaches"](wheel, "info")) == []
    change(wheel, "pnetref/a", content=b"b")
    assert list(LOOK["record_breaches"](wheel, "info")) == ["RECORD has another digest or size for pnetref/a"]
    wheel["pnetref/b"] = wheel["pnetref/a"]
    assert "RECORD lists other files" in next(LOOK["record_breaches"](wheel, "info"))


@pytest.fixture
def metadata() -> str:
    """Give the metadata of this project, as a build writes it."""
    lines = [
        "Metadata-Version: 2.5",
        "Name: pnetref",
        f"Version: {VERSION}",
        f"Summary: {PROJECT['description']}",
        "Author: The pnetref developers",
        "License-Expression: MIT",
        "License-File: LICENSE",
        f"Keywords: {','.join(PROJECT['keywords'])}",
        *(f"Classifier: {line}" for line in PROJECT["classifiers"]),
        f"Requires-Python: {PROJECT['requires-python']}",
        *(f"Requires-Dist: {line}" for line in PROJECT["dependencies"]),
        "Description-Content-Type: text/markdown",
    ]
    for extra, asked in PROJECT["optional-dependencies"].items():
        lines.append(f"Provides-Extra: {extra}")
        spelled = [line for line in asked if line != "pnetref[test]"]
        spelled += PROJECT["optional-dependencies"]["test"] if spelled != asked else []
        lines += [f"Requires-Dist: {line}; extra == '{extra}'" for line in spelled]
    return "\n".join([*lines, "", text("README.md")])


@pytest.mark.parametrize(
    ("said", "planted"),
    [
        ("License-Expression: MIT\n", ""),
        ("Classifier: Typing :: Typed\n", ""),
        (f"Version: {VERSION}", "Version: 9.9.9"),
        ("License-File: LICENSE", "Home-page: https://pnetref.example\nLicense-File: LICENSE"),
        ("Provides-Extra: styles\n", ""),
        ("Requires-Dist: rich>=15,<16", "Requires-Dist: rich>=14,<16"),
        ("; extra == 'styles'", ""),
        ("# pnetref\n", "# other\n"),
    ],
)
def test_metadata_that_says_something_else_is_seen(metadata: str, said: str, planted: str) -> None:
    """Each field of the metadata is compared with pyproject.toml, and an address is one too many."""
    assert list(LOOK["metadata_breaches"](metadata, PROJECT, VERSION, text("README.md"))) == []
    assert said in metadata
    assert list(LOOK["metadata_breaches"](metadata.replace(said, planted), PROJECT, VERSION, text("README.md")))
