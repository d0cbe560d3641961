"""Codes and addresses as people paste them: the prefix of a code, the address of a paper or a trial."""

from __future__ import annotations

import re

from pnetref.names import normalize

SYSTEMS: dict[str, tuple[str, ...]] = {
    "atc": ("atc code", "who atc", "whoatc", "atcc"),
    "rxnorm": ("rxcui", "rx cui", "rxnorm cui", "rxnorm id", "rx norm", "umls rxnorm"),
    "unii": ("fda unii", "fda srs", "unii code", "gsrs", "srs"),
    "cas": ("cas rn", "cas no", "cas number", "cas registry", "casnumber", "casrn"),
    "chembl": ("chembl compound", "chembl target", "chembl id", "ebi chembl"),
    "pubchem.compound": ("pubchem", "pubchem cid", "cid", "pubchem compound"),
    "drugbank": ("db", "drugbank id", "drug bank"),
    "mesh": ("mesh id", "mesh ui", "msh"),
    "nct": ("clinicaltrials", "clinicaltrials gov", "ctgov", "ct gov", "clinical trials gov"),
    "pmid": ("pubmed", "pubmed id", "medline"),
    "pmcid": ("pmc", "pmc id"),
    "doi": ("doi org", "dx doi org"),
    "eudract": ("eudract number", "euctr"),
    "umin": ("umin ctr", "umin id"),
}
"""The systems of codes, as this reference writes them, and what else people put before a code of each."""

PAPERS = frozenset({"pmid", "pmcid", "doi"})
"""The systems whose codes are of papers: the index has these codes alone."""

_PREFIXES = {normalize(name): system for system, names in SYSTEMS.items() for name in (system, *names)}

_ADDRESSES = (
    (r"^(?:https?://)?(?:www\.)?(?:dx\.)?doi\.org/(10\.\d{4,9}/\S+)$", "doi"),
    (r"^https?://\S+?/(10\.\d{4,9}/[^\s?#]+)", "doi"),  # of a publisher
    (r"^(?:https?://)?\S*ncbi\.nlm\.nih\.gov/pubmed/?\?\S*?term=(\d+)\S*$", "pmid"),
    (r"^(?:https?://)?pubmed\.ncbi\.nlm\.nih\.gov/\?\S*?term=(\d+)\S*$", "pmid"),
    (r"^PMID(\d+)$", "pmid"),
    (r"^(?:https?://)?(?:go\.|www\.)?drugbank\.(?:com|ca)/drugs/(DB\d{5})\S*$", "drugbank"),
    (r"^(?:https?://)?pubchem\.ncbi\.nlm\.nih\.gov/compound/(\d+)\S*$", "pubchem.compound"),
    (r"^(?:https?://)?www\.ebi\.ac\.uk/chembl/\S*/(CHEMBL\d+)\S*$", "chembl"),
    (r"^(?:https?://)?\w+\.(?:m\.)?wikipedia\.org/wiki/([^\s?#]+)$", "name"),
    (r"^(?:https?://)?pubmed\.ncbi\.nlm\.nih\.gov/(\d+)/?(?:[?#]\S*)?$", "pmid"),
    (r"^(?:https?://)?(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed/(\d+)/?(?:[?#]\S*)?$", "pmid"),
    (r"^(?:https?://)?(?:www\.)?ncbi\.nlm\.nih\.gov/pmc/articles/(PMC\d+)/?\S*$", "pmcid"),
    (r"^(?:https?://)?pmc\.ncbi\.nlm\.nih\.gov/articles/(PMC\d+)/?\S*$", "pmcid"),
    (r"^(?:https?://)?(?:www\.)?europepmc\.org/(?:article|abstract)/med/(\d+)/?\S*$", "pmid"),
    (r"^(?:https?://)?(?:www\.)?clinicaltrials\.gov/(?:ct2/|study/|show/)*(NCT\d{8})/?\S*$", "nct"),
)
_PREFIXED = r"^\s*([A-Za-z][A-Za-z. _-]{1,24}?)\s*[:=#]\s*(\S+)\s*$"
_WORDED = r"^\s*([A-Za-z][A-Za-z._-]{1,24}(?: [A-Za-z]{2,8})?)\s+(\S*\d\S*)\s*$"


def code_of(text: str) -> tuple[str, str] | None:
    """Give the system and the code that ``text`` is an address or a prefixed code of, or None.

    ``RXCUI:357977`` is ``("rxnorm", "357977")``, ``https://doi.org/10.1000/1`` is ``("doi", "10.1000/1")``; the
    address of an article of Wikipedia gives a ``name``.
    """
    if not any(map(str.isdigit, text)) and "://" not in text:
        return None
    from urllib.parse import unquote

    plain = unquote(text.strip().strip("<>()[]\"'").rstrip(".,;"))
    for address, system in _ADDRESSES:
        if found := re.match(address, plain, re.IGNORECASE):
            return system, unquote(found.group(1)).split("?")[0].split("#")[0].rstrip("/.,;")
    for pattern in (_PREFIXED, _WORDED):
        if found := re.match(pattern, plain):
            known = _PREFIXES.get(normalize(found.group(1)))
            if known:
                return known, _within(found.group(2))
    return None


def _within(code: str) -> str:
    """Give a code without a prefix that stands before it once more (``PMID:PMID21306237``)."""
    again = re.match(r"^([A-Za-z.]+)[:=](\S+)$", code)
    return again.group(2) if again and _PREFIXES.get(normalize(again.group(1))) else code
