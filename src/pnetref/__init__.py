"""The treatment of pancreatic neuroendocrine tumors, every value cited: the Python API.

>>> from pnetref import load
>>> load().treatments["sunitinib"].facts[0].cites[0].source
'acs-targeted-2025'
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pnetref import models as models
    from pnetref.dataset import Dataset as Dataset
    from pnetref.dataset import load as load

__version__ = "0.1.0"
__all__ = ["Dataset", "__version__", "load", "models"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module attribute has any type
    # Nothing is imported before it is used: the commands pay only for what they need.
    from importlib import import_module

    if name in {"Dataset", "load"}:
        return getattr(import_module("pnetref.dataset"), name)
    if name == "models":
        return import_module("pnetref.models")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
