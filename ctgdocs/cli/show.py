"""Findings on the screen, for people, for programs, and for a pull request."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence

from ctgdocs.cli.wording import NBSP, counted, typeset
from ctgdocs.findings import Finding, Place, Severity, advice

COLOURS = {Severity.ERREUR: "red", Severity.ALERTE: "yellow", Severity.INFO: "blue"}
MARGIN = 8
WIDTH = 100
GAP = "  "
GITHUB = {Severity.ERREUR: "error", Severity.ALERTE: "warning", Severity.INFO: "notice"}


def colour() -> bool | None:
    """False when colours are not wanted (https://no-color.org); None leaves it to the terminal."""
    return False if os.environ.get("NO_COLOR") else None


def say(text: str = "", *, error: bool = False, fg: str | None = None, bold: bool | None = None) -> None:
    """One line for an agent; click is asked for colours, and for what may hold some."""
    if not (error or fg or bold):
        print(typeset(text), flush=True)
        return
    import click

    click.secho(typeset(text), err=error, fg=fg, bold=bold, color=colour())


def show(findings: Iterable[Finding]) -> None:
    """The findings as text, each on one or two lines."""
    texts = [as_text(finding) for finding in findings]
    if texts:
        import click

        click.echo("\n".join(texts), color=colour())


def as_text(finding: Finding) -> str:
    """A finding as an agent reads it: what and where; what else to look at; then what to do and, on the
    right, the text of law."""
    import click

    severity = click.style(f"{finding.severity.value:<{MARGIN}}", fg=COLOURS[finding.severity], bold=True)
    first = f"{severity}[{finding.code}] {finding.place}{NBSP}: {typeset(finding.message)}"
    seen = [f"voir      {one.place}{NBSP}: {typeset(one.message)}" for one in finding.related]
    hints = [f"conseil{NBSP}: {typeset(hint)}" for hint in finding.hints]
    if finding.source:
        last = hints.pop() if hints else ""
        hints.append(last + _cited(finding.source, len(last)))
    return "\n".join([first, *(" " * MARGIN + line for line in (*seen, *hints))])


def _cited(source: str, taken: int) -> str:
    """The text of law, at the right of a line of which `taken` characters are written."""
    import shutil

    import click

    width = max(min(shutil.get_terminal_size((WIDTH, 24)).columns, WIDTH) - MARGIN, 40)
    text = typeset(source)
    return " " * max(width - taken - len(text), len(GAP)) + click.style(text, dim=True)


def as_json(findings: Sequence[Finding], documents: int) -> str:
    """The findings for a program: one JSON object."""
    listed = [
        {
            "code": finding.code,
            "gravite": finding.severity.value,
            "message": typeset(finding.message),
            **_place(finding.place),
            "conseil": typeset(" ; ".join(finding.hints)),
            "conseils": [typeset(hint) for hint in finding.hints],
            "source": finding.source,
            "voir": [{"message": typeset(one.message), **_place(one.place)} for one in finding.related],
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
    return f"::{GITHUB[finding.severity]} {','.join(where)}::{_escaped(typeset(text), '')}"


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
    """A bar on the terminal, nothing elsewhere."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.shown = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        if not self.shown:
            return
        full = 30 * done // max(total, 1)
        line = f"{self.label} {'█' * full}{'░' * (30 - full)} {done}/{total}"
        end = f"\r{' ' * len(line)}\r" if done >= total else ""
        sys.stderr.write(f"\r{line}{end}")
        sys.stderr.flush()
