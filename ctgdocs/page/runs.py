"""A run that the page started: it goes on while screens are looked at, says how far it is, and can be stopped
between two documents."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import NamedTuple

from starlette.datastructures import State

from ctgdocs.findings import CtgdocsError
from ctgdocs.kinds import KINDS
from ctgdocs.line.orders import Options, Outcome, Report
from ctgdocs.line.run import generate
from ctgdocs.page.opened import Opened
from ctgdocs.page.render import plural


class _Stopped(Exception):
    pass


class Run:
    """`done` of `total`; `said` is the sentence of its end, "" while it goes on."""

    def __init__(self, opened: Opened, asked: Sequence[str]) -> None:
        self.opened = opened
        self.asked = tuple(asked)
        self.done, self.total = 0, 0
        self.said = ""
        self.failed = False
        self._to_stop = threading.Event()
        self.thread = threading.Thread(target=self._go, daemon=True)

    def stop(self) -> None:
        """Ends after the documents being made: what is written is whole."""
        self._to_stop.set()

    @property
    def stopping(self) -> bool:
        return self._to_stop.is_set()

    def _progress(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        if self._to_stop.is_set() and done < total:
            raise _Stopped

    def _go(self) -> None:
        options = Options(jobs=1, progress=self._progress)
        try:
            self.said = _sentence(generate(self.opened.project, KINDS, self.asked, options))
        except _Stopped:
            self.said = f"Arrêté : {plural(self.done, 'document')} sur {self.total}, chacun entier."
        except CtgdocsError as error:
            self.said, self.failed = str(error), True
        except Exception as error:
            self.said = f"Le programme a rencontré un problème imprévu ({type(error).__name__})."
            self.failed = True


def _sentence(report: Report) -> str:
    parts = [f"{plural(report.count(Outcome.WRITTEN), 'document écrit', 'documents écrits')}"]
    if wrong := report.count(Outcome.IN_ERROR):
        parts.append(f"{wrong} à compléter d’abord")
    if kept := report.count(Outcome.KEPT):
        parts.append(f"{plural(kept, 'retouché gardé', 'retouchés gardés')}, la nouvelle version à côté")
    if sealed := report.count(Outcome.SEALED):
        parts.append(f"{plural(sealed, 'scellé', 'scellés')}, {'inchangé' if sealed == 1 else 'inchangés'}")
    return ", ".join(parts) + "."


class Passage(NamedTuple):
    """A run as it is at one moment; `stopping`: it was asked to end."""

    done: int
    total: int
    said: str
    failed: bool
    stopping: bool


def passage(holder: State) -> Passage | None:
    """How far the run is. A screen asks it before it looks at the documents: of what ends in between, it is
    asked again."""
    run = running(holder)
    return None if run is None else Passage(run.done, run.total, run.said, run.failed, run.stopping)


def running(holder: State) -> Run | None:
    """The run that goes on, or that has just ended."""
    found = getattr(holder, "run", None)
    return found if isinstance(found, Run) else None


def start(holder: State, opened: Opened, asked: Sequence[str]) -> Run:
    """Starts a run, unless one goes on."""
    run = running(holder)
    if run is None or run.said:
        run = Run(opened, asked)
        holder.run = run
        run.thread.start()
        run.thread.join(0.8)  # a short one is over before its screen is shown
    return run
