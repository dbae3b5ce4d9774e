"""Findings on the screen, for people, for programs, and for a pull request."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence

from ctgdocs.cli.wording import counted, typeset
from ctgdocs.findings import Finding, Severity

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
    """A finding as an agent reads it: what and where; then what to do and, on the right, the text of law."""
    import click

    severity = click.style(f"{finding.severity.value:<{MARGIN}}", fg=COLOURS[finding.severity], bold=True)
    message = typeset(finding.message)
    line = f"{severity}[{finding.code}] {finding.place}\u00a0: {message}"
    hint = f"conseil\u00a0: {typeset(finding.hint)}" if finding.hint else ""
    if not (hint or finding.source):
        return line
    import shutil

    width = max(min(shutil.get_terminal_size((WIDTH, 24)).columns, WIDTH) - MARGIN, 40)
    source = typeset(finding.source)
    blanks = max(width - len(hint) - len(source), len(GAP)) if source else 0
    return f"{line}\n{' ' * MARGIN}{hint}{' ' * blanks}{click.style(source, dim=True) if source else ''}"


def as_json(findings: Sequence[Finding], documents: int) -> str:
    """The findings for a program: one JSON object."""
    listed = [
        {
            "code": finding.code,
            "gravite": finding.severity.value,
            "message": typeset(finding.message),
            "fichier": finding.place.file,
            "ligne": finding.place.line,
            "colonne": finding.place.column,
            "champ": finding.place.field,
            "conseil": typeset(finding.hint),
            "source": finding.source,
        }
        for finding in findings
    ]
    totals = {"documents": documents, "erreurs": 0, "alertes": 0, "infos": 0}
    for finding in findings:
        totals[f"{finding.severity.value}s"] += 1
    return json.dumps({**totals, "constats": listed}, ensure_ascii=False, indent=2)


def as_github(finding: Finding) -> str:
    """The finding as a GitHub workflow command: it stands beside the line in a pull request."""
    place = finding.place
    where = [f"file={_escaped(place.file, ':,')}"]
    if place.line:
        where += [f"line={place.line}", f"col={place.column}"]
    where.append(f"title={_escaped(finding.code, ':,')}")
    text = finding.message + (f" ({place.field})" if place.field else "")
    for more in (finding.hint, finding.source):
        text += f"\n{more}" if more else ""
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
