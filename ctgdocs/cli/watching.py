"""`ctgdocs generer --surveiller`: one run after each save."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from ctgdocs.cli.reporting import report_on
from ctgdocs.cli.show import say
from ctgdocs.findings import CtgdocsError
from ctgdocs.project import Project

if TYPE_CHECKING:
    from ctgdocs.line.orders import Options

CLEAN = 0
QUIET = 60  # ms without a change: an editor's save storm is over
WAKING = 200  # ms
LONGEST = 600  # ms: a storm that goes on is answered all the same


def watch(project: Project, options: Options) -> int:
    """Runs once the folders are being listened to, then after each change, until Ctrl-C."""
    from watchfiles import watch as changes

    folders = [folder for folder in (project.content, project.templates) if folder.is_dir()]
    listening = False
    for changed in changes(
        *folders,
        watch_filter=_matters,
        step=QUIET,
        debounce=LONGEST,
        rust_timeout=WAKING,
        yield_on_timeout=True,  # the first answer says that listening has begun: no edit is missed
    ):
        if changed or not listening:
            _run(project, options)
        if not listening:
            say("À l’écoute des changements (Ctrl-C pour arrêter).")
            listening = True
    return CLEAN


def _matters(_change: object, path: str) -> bool:
    """False for the files that editors and Word leave beside the one they save."""
    name = path.replace("\\", "/").rpartition("/")[2]
    return not name.startswith((".", "~$")) and not name.endswith(("~", ".swp", ".tmp", ".part"))


def _run(project: Project, options: Options) -> None:
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.run import generate

    start = time.perf_counter()
    try:
        report_on(generate(project, KINDS, (), options))
    except CtgdocsError as error:
        say(f"Erreur : {error}", error=True)
    say(f"({time.perf_counter() - start:.2f} s)".replace(".", ","))
