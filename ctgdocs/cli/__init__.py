"""The command line. Only this room prints, colours and exits.

A command is the module of its name: it opens the workspace (espace.py), calls one door, and hands what comes
back to show.py. `run` is the entry.
"""

from __future__ import annotations

import gc
import os
import sys

SELDOM = (100_000, 20, 20)
"""Objects made between two collections. A start makes some 60 000, nearly all to stay: Python's own threshold
of 700 looks through them a hundred times, a tenth of the time of one document."""


def run() -> None:
    """Runs the command line on sys.argv and exits: 0 clean, 1 findings, 2 usage, 130 interrupted."""
    gc.set_threshold(*SELDOM)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for some costs 10 ms
    try:
        from ctgdocs.cli.main import main
    except KeyboardInterrupt:  # pressed before anything began
        sys.stderr.write("Interrompu.\n")
        sys.exit(130)
    sys.exit(main(sys.argv[1:]))
