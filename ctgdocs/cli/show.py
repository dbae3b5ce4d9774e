"""What a command says: findings on the screen, for programs and for a pull request; the end of a run."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING

import click

from ctgdocs.findings import Finding, Place, Severity, advice

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from ctgdocs.line.orders import Report

COLOURS = {Severity.ERREUR: "red", Severity.ALERTE: "yellow", Severity.INFO: "blue"}
CHANGES = {"-": "red", "+": "green"}
MARGIN = 8
WIDTH = 100
GAP = "  "
GITHUB = {Severity.ERREUR: "error", Severity.ALERTE: "warning", Severity.INFO: "notice"}
NBSP = "\u00a0"
_TO_SET = ("« ", " »", " :", " ;", " !", " ?", "art. ")


class Exit(IntEnum):
    """How a command ends."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    INTERRUPTED = 130


# --- sentences ----------------------------------------------------------------------------------------


def typographie(message: str) -> str:
    """A message as the screen shows it. French, which takes 40 ms to import, is asked only when there is
    something to set: a run with nothing to do has not."""
    if not any(sign in message for sign in _TO_SET):
        return message
    from ctgdocs.french import espaces

    return espaces(message)


def colour() -> bool | None:
    """False when colours are not wanted (https://no-color.org); None leaves it to the terminal."""
    return False if os.environ.get("NO_COLOR") else None


def say(text: str = "", *, error: bool = False, fg: str | None = None, bold: bool | None = None) -> None:
    """One line for an agent."""
    click.secho(typographie(text), err=error, fg=fg, bold=bold, color=colour())


def figure(number: int) -> str:
    """A count as French writes it.

    >>> figure(10000).replace("\\u00a0", "~")
    '10~000'
    """
    return f"{number:,}".replace(",", NBSP)


def counted(number: int, singular: str, plural: str = "") -> str:
    """A counted word: singular up to one.

    >>> counted(0, "document"), counted(2, "document")
    ('0\\xa0document', '2\\xa0documents')
    """
    word = singular if abs(number) < 2 else plural or singular + "s"
    return f"{figure(number)}{NBSP}{word}"


# --- a run --------------------------------------------------------------------------------------------


def report_on(report: Report) -> Exit:
    """Shows a run's findings and its summary line."""
    show(report.findings)
    say(summary_of(report))
    return Exit.CLEAN if report.clean else Exit.FINDINGS


def summary_of(report: Report) -> str:
    from ctgdocs.line.orders import Outcome

    outcomes = (Outcome.WRITTEN, Outcome.UNCHANGED, Outcome.IN_ERROR, Outcome.KEPT, Outcome.SEALED)
    return summary(*(report.count(outcome) for outcome in outcomes))


def summary(written: int, unchanged: int, in_error: int, kept: int = 0, sealed: int = 0) -> str:
    """The last line of a run.

    >>> summary(1, 2, 0, 1).replace("\\u00a0", " ")
    '4 documents : 1 écrit, 2 inchangés, 0 en erreur, 1 gardé (modifié à la main).'
    """
    total = written + unchanged + in_error + kept + sealed
    parts = [
        counted(written, "écrit"),
        counted(unchanged, "inchangé"),
        f"{figure(in_error)}{NBSP}en erreur",
    ]
    if kept:
        parts.append(f"{counted(kept, 'gardé')} (modifié{'s' if kept > 1 else ''} à la main)")
    if sealed:
        parts.append(f"{counted(sealed, 'scellé')} (contenu changé depuis)")
    return f"{counted(total, 'document')}{NBSP}: {', '.join(parts)}."


# --- findings -----------------------------------------------------------------------------------------


def show(findings: Iterable[Finding]) -> None:
    """The findings as text, each on one line or a few."""
    texts = [as_text(finding) for finding in findings]
    if texts:
        click.echo("\n".join(texts), color=colour())


def as_text(finding: Finding) -> str:
    """A finding as an agent reads it: what and where; what else to look at; then what to do and, on the
    right, the text of law."""
    severity = click.style(f"{finding.severity.value:<{MARGIN}}", fg=COLOURS[finding.severity], bold=True)
    first = f"{severity}[{finding.code}] {finding.place}{NBSP}: {typographie(finding.message)}"
    seen = [f"voir      {one.place}{NBSP}: {typographie(one.message)}" for one in finding.related]
    hints = [f"conseil{NBSP}: {typographie(hint)}" for hint in finding.hints]
    if finding.source:
        last = hints.pop() if hints else ""
        hints.append(last + _cited(finding.source, len(last)))
    return "\n".join([first, *(" " * MARGIN + line for line in (*seen, *hints))])


def _cited(source: str, taken: int) -> str:
    """The text of law, at the right of a line of which `taken` characters are written."""
    import shutil

    width = max(min(shutil.get_terminal_size((WIDTH, 24)).columns, WIDTH) - MARGIN, 40)
    text = typographie(source)
    return " " * max(width - taken - len(text), len(GAP)) + click.style(text, dim=True)


def as_json(findings: Sequence[Finding], documents: int) -> str:
    """The findings for a program: one JSON object."""
    listed = [
        {
            "code": finding.code,
            "gravite": finding.severity.value,
            "message": typographie(finding.message),
            **_place(finding.place),
            "conseil": typographie(" ; ".join(finding.hints)),
            "conseils": [typographie(hint) for hint in finding.hints],
            "source": finding.source,
            "voir": [{"message": typographie(one.message), **_place(one.place)} for one in finding.related],
        }
        for finding in findings
    ]
    totals = {"documents": documents, "erreurs": 0, "alertes": 0, "infos": 0}
    for finding in findings:
        totals[f"{finding.severity.value}s"] += 1
    return json.dumps({**totals, "constats": listed}, ensure_ascii=False, indent=2)


def _place(place: Place) -> dict[str, str | int]:
    return {
        "fichier": place.file,
        "ligne": place.line,
        "colonne": place.column,
        "champ": place.field,
        "ligne_fin": place.end_line,
        "colonne_fin": place.end_column,
    }


def as_github(finding: Finding) -> str:
    """The finding as a GitHub workflow command: it stands beside the line in a pull request."""
    place = finding.place
    where = [f"file={_escaped(place.file, ':,')}"]
    if place.line:
        where += [f"line={place.line}", f"col={place.column}"]
    if place.end_line:
        where += [f"endLine={place.end_line}", f"endColumn={place.end_column}"]
    where.append(f"title={_escaped(finding.code, ':,')}")
    text = finding.message + (f" ({place.field})" if place.field else "")
    seen = (f"voir {one.place} : {one.message}" for one in finding.related)
    text = "\n".join((text, *seen, *advice(*finding.hints, finding.source)))
    return f"::{GITHUB[finding.severity]} {','.join(where)}::{_escaped(typographie(text), '')}"


def _escaped(text: str, more: str) -> str:
    """As GitHub's own toolkit escapes a command's data and properties."""
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def totals(findings: Sequence[Finding]) -> str:
    """« 2 erreurs, 1 alerte », "" when there is nothing."""
    errors = sum(one.severity is Severity.ERREUR for one in findings)
    warnings = sum(one.severity is Severity.ALERTE for one in findings)
    parts = [counted(errors, "erreur")] if errors else []
    return ", ".join([*parts, counted(warnings, "alerte")] if warnings else parts)


class Progress:
    """A bar on the terminal, nothing elsewhere; called with how many documents are done, out of how many."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.bar: ProgressBar[int] | None = None

    def __call__(self, done: int, total: int) -> None:
        if self.bar is None:
            hidden = not sys.stderr.isatty()
            self.bar = click.progressbar(length=total, label=self.label, file=sys.stderr, hidden=hidden)
        self.bar.update(done - self.bar.pos)
        if done >= total:
            self.bar.render_finish()
            self.bar = None
