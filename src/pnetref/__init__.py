"""The treatment of pancreatic neuroendocrine tumors, every value cited: the Python API.

>>> from pnetref import load
>>> sunitinib = load().drug("Sutent").record
>>> sunitinib.id, sunitinib.names[0].cites[0].source
('sunitinib', 'acs-targeted-2025')
"""

from __future__ import annotations

TYPE_CHECKING = False  # importing typing takes time that a word completed at TAB does not have
if TYPE_CHECKING:
    from typing import Any

    from pnetref import models as models
    from pnetref.answered import Answer as Answer
    from pnetref.answered import Opened as Opened
    from pnetref.api import Reference as Reference
    from pnetref.api import load as load
    from pnetref.dataset import Dataset as Dataset
    from pnetref.errors import Ambiguous as Ambiguous
    from pnetref.errors import DataProblem as DataProblem
    from pnetref.errors import NoMatch as NoMatch
    from pnetref.errors import Problem as Problem
    from pnetref.errors import SettingsProblem as SettingsProblem
    from pnetref.errors import UnknownId as UnknownId
    from pnetref.errors import UsageProblem as UsageProblem

__version__ = "0.1.0"

_HOMES = {
    "answered": ("Answer", "Opened"),
    "api": ("Reference", "load"),
    "dataset": ("Dataset",),
    "errors": ("Ambiguous", "DataProblem", "NoMatch", "Problem", "SettingsProblem", "UnknownId", "UsageProblem"),
}
__all__ = [
    "Ambiguous",
    "Answer",
    "DataProblem",
    "Dataset",
    "NoMatch",
    "Opened",
    "Problem",
    "Reference",
    "SettingsProblem",
    "UnknownId",
    "UsageProblem",
    "__version__",
    "load",
    "models",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module attribute has any type
    # Nothing is imported before it is used: the commands pay only for what they need.
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"pnetref.{home}"), name)
    if name == "models":
        return import_module("pnetref.models")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
