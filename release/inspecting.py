"""What is in the files of a release: all of the package, nothing else, no trace of a machine, and metadata that is whole."""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import re
import tarfile
import tomllib
import zipfile
from calendar import timegm
from collections.abc import Iterator, Mapping, Sequence
from email.parser import Parser
from pathlib import Path
from typing import Any, NamedTuple


class Member(NamedTuple):
    """A file in an archive."""

    content: bytes
    mode: int
    time: int
    owner: tuple[int, int, str, str] = (0, 0, "", "")


Members = Mapping[str, Member]


def in_wheel(path: Path) -> Members:
    """Read a wheel."""
    with zipfile.ZipFile(path) as archive:
        return {
            entry.filename: Member(archive.read(entry), entry.external_attr >> 16 & 0o7777, timegm(entry.date_time))
            for entry in archive.infolist()
        }


def in_sdist(path: Path) -> Members:
    """Read an sdist, without the folder that it unpacks to."""
    found = {}
    with tarfile.open(path) as archive:
        for entry in archive:
            read = archive.extractfile(entry)
            assert read, f"{entry.name} is no file"
            name = entry.name.removeprefix(path.name.removesuffix(".tar.gz") + "/")
            owner = (entry.uid, entry.gid, entry.uname, entry.gname)
            found[name] = Member(read.read(), entry.mode, int(entry.mtime), owner)
    return found


def in_folder(folder: Path) -> dict[str, Member]:
    """Read a copy of what is committed."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): Member(path.read_bytes(), path.stat().st_mode & 0o777, 0) for path in files
    }


def breaches(where: str, found: Members, expected: Members, time: int, traces: Sequence[str]) -> Iterator[str]:
    """Say what of an archive is not as it should be: its files, their bytes, modes, times and owners, and traces.

    A file that is expected with no content may have any.
    """
    yield from (f"{where} lacks {name}" for name in sorted(expected.keys() - found.keys()))
    yield from (f"{where} has {name}, which does not belong there" for name in sorted(found.keys() - expected.keys()))
    for name, member in found.items():
        wanted = expected.get(name)
        if wanted and wanted.content and wanted.content != member.content:
            yield f"{where} has {name} with other bytes than were committed"
        mode = 0o755 if wanted and wanted.mode & 0o100 else 0o644
        if member.mode != mode:
            yield f"{where} has {name} with the mode {member.mode:o}, not {mode:o}"
        if member.time // 2 != time // 2:  # a zip counts in steps of two seconds
            yield f"{where} has {name} with another time than the commit's"
        if member.owner != Member(b"", 0, 0).owner:
            yield f"{where} has {name} with an owner: {member.owner}"
        for trace in traces:
            if trace.encode() in member.content:
                yield f"{where} has {name}, which names a path of this machine: {trace}"


ANY = Member(b"", 0o644, 0)


def wheel_of(committed: Members, info: str) -> dict[str, Member]:
    """Give the files that a wheel should have: the package, and what an installer reads in the folder ``info``."""
    package = {
        name.removeprefix("src/"): Member(member.content, 0o644, 0)
        for name, member in committed.items()
        if name.startswith("src/")
    }
    licence = {f"{info}/licenses/LICENSE": committed["LICENSE"]}
    return {
        **package,
        **licence,
        **{f"{info}/{name}": ANY for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt")},
    }


def sdist_of(committed: Members) -> dict[str, Member]:
    """Give the files that an sdist should have: all that is committed, and its metadata."""
    return {**committed, "PKG-INFO": ANY}


def record_breaches(wheel: Members, info: str) -> Iterator[str]:
    """Say where the wheel's own list of files, sizes and digests is wrong."""
    rows = {name: (digest, size) for name, digest, size in csv.reader(_text(wheel, f"{info}/RECORD").splitlines())}
    if rows.keys() != wheel.keys():
        yield f"RECORD lists other files than the wheel has: {sorted(rows.keys() ^ wheel.keys())}"
    for name in (rows.keys() & wheel.keys()) - {f"{info}/RECORD"}:
        content = wheel[name].content
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        if rows[name] != (f"sha256={digest}", str(len(content))):
            yield f"RECORD has another digest or size for {name}"


def metadata_breaches(metadata: str, project: Mapping[str, Any], version: str, readme: str) -> Iterator[str]:
    """Say where the metadata of a file differs from the ``[project]`` that it was made from, or names an address."""
    said = Parser().parsestr(metadata)
    wanted: dict[str, set[str]] = {
        "Name": {project["name"]},
        "Version": {version},
        "Summary": {project["description"]},
        "Author": {author["name"] for author in project["authors"]},
        "License-Expression": {project["license"]},
        "License-File": set(project["license-files"]),
        "Keywords": {",".join(sorted(project["keywords"], key=str.casefold))},
        "Classifier": set(project["classifiers"]),
        "Requires-Python": {project["requires-python"]},
        "Provides-Extra": set(project["optional-dependencies"]),
        "Description-Content-Type": {"text/markdown"},
        **{name: set() for name in ("Home-page", "Download-URL", "Project-URL", "Author-email", "Maintainer-email")},
    }
    for name, values in wanted.items():
        found = set(said.get_all(name, []))
        if name == "Keywords":
            found, values = ({",".join(sorted(",".join(each).split(",")))} for each in (found, values))
        if found != values:
            yield f"the metadata has {name}: {sorted(found)}, not {sorted(values)}"
    if said.get_payload() != readme:
        yield "the metadata's description is not the README"
    asked: dict[str, set[str]] = {}
    for line in said.get_all("Requires-Dist", []):
        what, _, extra = line.partition("; extra == ")
        asked.setdefault(extra.strip("'\""), set()).add(plain(what))
    own = {"": project["dependencies"], **project["optional-dependencies"]}
    for extra in asked.keys() | own.keys():
        if asked.get(extra, set()) != set(_spelled_out(own.get(extra, []), project)):
            yield f"the metadata asks for other packages than pyproject.toml{extra and ' for ' + extra}: {asked.get(extra)}"


def plain(requirement: str) -> str:
    """Spell a requirement in one way: its bounds in order, no blanks."""
    named = re.fullmatch(r"([\w.-]+)((?:\[[\w,-]+\])?)([^;]*)(;.*)?", requirement.replace(" ", "").replace('"', "'"))
    assert named, f"{requirement} has a form that this script cannot read"
    return named[1].lower() + named[2] + ",".join(sorted(named[3].split(","))) + (named[4] or "")


def _spelled_out(requirements: Sequence[str], project: Mapping[str, Any]) -> Iterator[str]:
    """Give requirements with those of the project's own extras in place of their names."""
    for requirement in requirements:
        own = re.fullmatch(rf"{project['name']}\[(\w+)\]", requirement)
        if own:
            yield from _spelled_out(project["optional-dependencies"][own[1]], project)
        else:
            yield plain(requirement)


def lowest(requirements: Sequence[str]) -> list[str]:
    """Give a pin to the lowest version that each requirement allows."""
    pins = []
    for requirement in requirements:
        bound = re.match(r"([\w.-]+)(?:\[[\w,-]+\])?(?:[^;]*?)(?:>=|==)\s*([\w.]+)", requirement)
        assert bound, f"{requirement} has no lowest version"
        pins.append(f"{bound[1]}=={bound[2]}")
    return pins


def read_project(folder: Path) -> tuple[dict[str, Any], str]:
    """Read what pyproject.toml declares and the version that stands in the package."""
    declared = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))
    code = (folder / declared["tool"]["hatch"]["version"]["path"]).read_text(encoding="utf-8")
    version = re.search(r'^__version__ = "(.+)"$', code, re.MULTILINE)
    assert version, "no version stands in the package"
    return declared, version[1]


def citation_breaches(citation: str, project: Mapping[str, Any], version: str, day: str) -> Iterator[str]:
    """Say where ``CITATION.cff`` differs from the package; ``day`` is that of its version, or of its data before."""
    wanted = {
        "cff-version": "1.2.0",
        "type": "software",
        "abstract": project["description"],
        "version": version,
        "date-released": day,
        "license": project["license"],
    }
    said = dict(re.findall(r"^([a-z-]+): (.+)$", citation, re.MULTILINE))
    for name, value in wanted.items():
        if said.get(name, "").strip("'\"") != value:
            yield f"CITATION.cff has {name}: {said.get(name)}, not {value}"
    for block, values in (
        ("authors", [author["name"] for author in project["authors"]]),
        ("keywords", project["keywords"]),
    ):
        listed = re.search(rf"^{block}:\n((?:  - .+\n)+)", citation, re.MULTILINE)
        found = re.findall(r"  - (?:name: )?(.+)\n", listed[1]) if listed else []
        if not found or not set(found) <= set(values):
            yield f"CITATION.cff has {block}: {found}, not of {values}"


def released(changelog: str, version: str) -> str | None:
    """Give the day of a version, if the changelog has it: ``## [0.1.0] - 2026-11-27``, with or without brackets."""
    found = re.search(rf"^## \[?{re.escape(version)}\]? [-–] (\d{{4}}-\d\d-\d\d)$", changelog, re.MULTILINE)
    return found[1] if found else None


def day_of_data(manifest: bytes) -> str:
    """Give the day of the data, as ISO writes it."""
    version: str = json.loads(manifest)["data_version"]
    return version.replace(".", "-")


def _text(members: Members, name: str) -> str:
    return members[name].content.decode()
