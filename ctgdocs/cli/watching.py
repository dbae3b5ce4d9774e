"""`ctgdocs generer --surveiller`: one run after each save."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from ctgdocs.cli.generating import report_on
from ctgdocs.cli.show import say
from ctgdocs.errors import CtgdocsError
from ctgdocs.project import Project

if TYPE_CHECKING:
    from ctgdocs.pipeline.options import Options

CLEAN = 0
QUIET = 60  # ms without a change: an editor's save storm is over
LONGEST = 600  # ms: a storm that goes on is answered all the same


def watch(project: Project, options: Options) -> int:
    """Runs now, then after each change, until Ctrl-C."""
    from watchfiles import watch as changes

    _run(project, options)
    say("À l’écoute des changements (Ctrl-C pour arrêter).")
    folders = [folder for folder in (project.content, project.templates) if folder.is_dir()]
    for _ in changes(
        *folders, watch_filter=_matters, step=QUIET, debounce=LONGEST, raise_interrupt=True, rust_timeout=500
    ):
        _run(project, options)
    return CLEAN


def _matters(_change: object, path: str) -> bool:
    """False for the files that editors and Word leave beside the one they save."""
    name = path.replace("\\", "/").rpartition("/")[2]
    return not name.startswith((".", "~$")) and not name.endswith(("~", ".swp", ".tmp", ".part"))


def _run(project: Project, options: Options) -> None:
    from ctgdocs.kinds import KINDS
    from ctgdocs.pipeline.run import generate

    start = time.perf_counter()
    try:
        report_on(generate(project, KINDS, (), options))
    except CtgdocsError as error:
        say(f"Erreur : {error}", error=True)
    say(f"({time.perf_counter() - start:.2f} s)".replace(".", ","))
