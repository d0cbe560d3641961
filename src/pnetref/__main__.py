"""``python -m pnetref``: the same as ``pnetref``."""

from pnetref.program import run

run()
