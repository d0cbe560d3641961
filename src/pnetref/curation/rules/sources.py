"""Sources: what may be cited, dates, bibliography, identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pnetref.curation.generate import Files
from pnetref.curation.rules.base import each
from pnetref.models import Citation, Identifier, Report, Source, Unreadable
from pnetref.terms import SCHEMES

BIBLIOGRAPHIC = {
    "DOI": r"10\.\d{4,9}/[!-~]+",
    "PMID": r"\d{1,8}",
    "PMCID": r"PMC\d+",
    "URL": r"https?://[!-~]+",
}


def resolving(files: Files) -> Iterator[str]:
    """A citation names a source that was read, and one of its places."""
    for model in (Citation, Report, Unreadable):
        for key, part in each(files, model):
            if isinstance(part, Citation) and key.startswith("sources/"):
                continue
            source = files.records.get(f"sources/{part.source}")
            if not isinstance(source, Source):
                yield f"{key}: no source {part.source}"
            elif source.read is None:
                yield f"{key}: {part.source} was never read, so nothing may cite it"
            elif part.at not in source.places:
                yield f"{key}: {part.source} has no place {part.at!r}"


def listed_by(files: Files) -> Iterator[str]:
    """A work that was never read is listed by a source that was."""
    for source in files.of(Source):
        for cite in source.listed_by:
            lister = files.records.get(f"sources/{cite.source}")
            if not isinstance(lister, Source) or lister.read is None or cite.at not in lister.places:
                yield f"sources/{source.id}: listed_by names {cite.source} at {cite.at!r}, which is no place that was read"
        if source.read is None and not source.listed_by:
            yield f"sources/{source.id}: neither read nor listed by a source that was"


def dates(files: Files) -> Iterator[str]:
    """Nothing is dated after it was read, gaps and undated parts are at places, and the data has a day for a version."""
    if files.manifest is not None and not _is_day(version := files.manifest.data_version):
        yield f"manifest.json: the version {version!r} is no day, as in 2026.11.24"
    for source in files.of(Source):
        if source.read is None:
            continue
        for field in ("published", "revised", "reviewed"):
            value = getattr(source, field)
            if value is not None and value > source.read:
                yield f"sources/{source.id}: {field} {value} is after it was read ({source.read})"
        if not source.places:
            yield f"sources/{source.id}: was read, and lists no places"
        for at in (*(gap.at for gap in source.gaps), *source.undated):
            if at not in source.places:
                yield f"sources/{source.id}: it is damaged or undated at {at!r}, which is no place of it"


def _is_day(version: str) -> bool:
    try:
        return bool(date.fromisoformat(version.replace(".", "-")))
    except ValueError:
        return False


def bibliography(files: Files) -> Iterator[str]:
    """A reference has id, type and title, and identifiers of the right shape."""
    for source in files.of(Source):
        if source.csl.get("id") != source.id:
            yield f"sources/{source.id}: the id of its csl is {source.csl.get('id')!r}"
        for field in ("type", "title"):
            if not source.csl.get(field):
                yield f"sources/{source.id}: its csl has no {field}"
        for name in (*source.csl.get("author", ()), *source.csl.get("editor", ())):
            if re.fullmatch(r"[A-Z]{2,4}", name.get("given", "")):
                yield f"sources/{source.id}: the initials {name['given']!r} are written apart, as in 'J. C.'"
        for field, pattern in BIBLIOGRAPHIC.items():
            value = source.csl.get(field)
            if value is not None and not re.fullmatch(pattern, str(value)):
                yield f"sources/{source.id}: {field} {value!r} does not look like one"


def complete(files: Files) -> Iterator[str]:
    """An article has authors, journal, year, volume or number, DOI or PMID, and what was read an address; or a note says why not."""
    for source in files.of(Source):
        found = source.csl.get("DOI") or source.csl.get("URL")
        told = re.search(r"cop(y|ies|ied)|reprint|openFDA|repository|prints", source.note or "")
        if source.read and not found and not told:
            yield f"sources/{source.id}: has no address, and no note says in which copy it was read"
        if source.csl.get("type") not in ("article-journal", "paper-conference", "chapter"):
            continue
        csl = source.csl
        lacks = [field for field in ("author", "container-title", "issued") if not csl.get(field)]
        lacks += ["volume or number"] if not any(csl.get(key) for key in ("volume", "number", "page")) else []
        lacks += ["DOI or PMID"] if not any(csl.get(key) for key in ("DOI", "PMID")) else []
        if lacks and not re.search(r"not (confirmed|found)|lost", source.note or ""):
            yield f"sources/{source.id}: lacks {', '.join(lacks)}, and no note says where that was looked for"


def identifiers(files: Files) -> Iterator[str]:
    """Identifiers fit their pattern and are confirmed in two places."""
    for key, identifier in each(files, Identifier):
        scheme, _, code = identifier.curie.partition(":")
        if scheme not in SCHEMES:
            yield f"{key}: no identifier scheme {scheme!r}"
        elif not re.fullmatch(SCHEMES[scheme].pattern, code):
            yield f"{key}: {identifier.curie} does not look like one"
        elif scheme == "cas" and not _cas_digit(code):
            yield f"{key}: the check digit of {identifier.curie} is wrong"
        if scheme != "nct" and key.startswith("treatments/") and len({cite.source for cite in identifier.cites}) < 2:
            yield f"{key}: {identifier.curie} is confirmed in one place only"


def _cas_digit(code: str) -> bool:
    digits = code.replace("-", "")
    return sum(int(d) * i for i, d in enumerate(reversed(digits[:-1]), 1)) % 10 == int(digits[-1])
