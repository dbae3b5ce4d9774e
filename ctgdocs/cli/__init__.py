"""The command line. Only this room prints, colours and exits.

`run` is the entry. When a plain `ctgdocs generer` has nothing to do, it answers here, from one comparison
of one file, before anything is imported; everything else goes to click, in main.py.
"""

# ruff: noqa: PTH109, PTH113, PTH120 (pathlib would cost more than all the rest)
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
    answered = None
    try:
        if sys.argv[1:] == ["generer"]:
            answered = _nothing_to_do()
            if answered:
                return
        if answered is False:
            from ctgdocs.cli.ending import ended
            from ctgdocs.cli.reporting import plainly
        else:
            from ctgdocs.cli.main import main
    except KeyboardInterrupt:  # pressed before anything began
        sys.stderr.write("Interrompu.\n")
        sys.exit(130)
    code = ended(plainly) if answered is False else main(sys.argv[1:])
    sys.exit(code)


def _nothing_to_do() -> bool | None:
    """Answers for a run with nothing to do and nothing to say. False when something changed, None when the
    full command has to see for itself."""
    from ctgdocs.cli.wording import summary
    from ctgdocs.memory.glance import nothing_changed

    folder = os.getcwd()
    while not os.path.isfile(f"{folder}/content/collectivite.yaml"):
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return None
    glance = nothing_changed(folder)
    if glance is None or glance.echo:
        return False if glance is None else None
    try:
        sys.stdout.buffer.write((summary(0, glance.documents, 0) + os.linesep).encode())
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return True
