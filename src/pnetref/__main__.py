"""``python -m pnetref``: the same as ``pnetref``."""

from pnetref.cli import run

run()
