"""The command line. Only this room prints, colours and exits.

`run` is the entry. When a plain `ctgdocs generer` has nothing to do, it answers here, from one comparison
of one file, before anything is imported; everything else goes to click, in main.py.
"""

# ruff: noqa: PTH109, PTH113, PTH120 (pathlib would cost more than all the rest)
from __future__ import annotations

import sys


def run() -> None:
    """Runs the command line on sys.argv and exits: 0 clean, 1 findings, 2 usage, 130 interrupted."""
    try:
        if sys.argv[1:] == ["generer"] and _nothing_to_do():
            return
        from ctgdocs.cli.main import main
    except KeyboardInterrupt:  # pressed before anything began
        sys.stderr.write("Interrompu.\n")
        sys.exit(130)
    sys.exit(main(sys.argv[1:]))


def _nothing_to_do() -> bool:
    """Answers for a run with nothing to do and nothing to say; False when the full command must run."""
    import os

    from ctgdocs.cli.wording import summary
    from ctgdocs.freshness.disk import nothing_changed

    folder = os.getcwd()
    while not os.path.isfile(f"{folder}/content/collectivite.yaml"):
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return False
    glance = nothing_changed(folder)
    if glance is None or glance.echo:
        return False
    try:
        sys.stdout.buffer.write((summary(0, glance.documents, 0) + os.linesep).encode())
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return True
