"""A run that writes, and what is said of it: `ctgdocs generer`, with click (generating.py) or without it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ctgdocs.cli.ending import CLEAN, FINDINGS
from ctgdocs.cli.show import Progress, say, show
from ctgdocs.cli.wording import summary

if TYPE_CHECKING:
    from ctgdocs.line.orders import Options, Report
    from ctgdocs.project import Project


def plainly() -> int:
    """`ctgdocs generer` and nothing more: there is nothing in it for click to read."""
    from pathlib import Path

    from ctgdocs.line.orders import Options
    from ctgdocs.project import Project

    return up_to_date(Project.find(Path.cwd()), (), Options(progress=Progress("Génération")))


def up_to_date(project: Project, cible: Sequence[str], options: Options) -> int:
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.run import generate

    return report_on(generate(project, KINDS, cible, options))


def report_on(report: Report) -> int:
    """Shows a run's findings and its summary line; returns the exit code."""
    show(report.findings)
    say(summary_of(report))
    return CLEAN if report.clean else FINDINGS


def summary_of(report: Report) -> str:
    from ctgdocs.line.orders import Outcome

    outcomes = (Outcome.WRITTEN, Outcome.UNCHANGED, Outcome.IN_ERROR, Outcome.KEPT)
    return summary(*(report.count(outcome) for outcome in outcomes))
