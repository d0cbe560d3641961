"""``python -m pnetref``: the same as ``pnetref``."""

import os
import sys

try:
    if not sys.flags.safe_path and sys.path[0] == os.getcwd():
        del sys.path[0]  # a file of the folder that one is in, such as typer.py, is none of ours
except OSError:  # that folder is gone
    pass

from pnetref.program import run

run()
