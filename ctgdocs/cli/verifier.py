"""`ctgdocs verifier`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

import click

from ctgdocs.cli.espace import here, library_of, offer_names
from ctgdocs.cli.show import Exit, Progress, as_github, as_json, counted, say, show, totals
from ctgdocs.findings import Finding
from ctgdocs.project import Project

RANK = 5


@click.command(options_metavar="[OPTIONS]")
@click.argument("cible", nargs=-1, metavar="[CIBLE]…")
@click.option(
    "--format",
    "forme",
    type=click.Choice(["texte", "json", "github"]),
    default="texte",
    help="La forme des constats : pour lire, pour un programme, pour une demande de tirage GitHub.",
)
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="Nombre de processus (par défaut : selon le travail)."
)
def verifier(cible: tuple[str, ...], forme: str, jobs: int | None) -> int:
    """Dit tout ce qui ne va pas, sans rien écrire.

    Les documents sont composés et contrôlés jusqu’au bout. Sortie : 1 dès qu’il y a une erreur ; des
    alertes seules laissent 0.
    """
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.orders import Options
    from ctgdocs.line.run import verify
    from ctgdocs.readback import remarks

    project = here()
    offer_names(project)
    report = verify(project, KINDS, cible, Options(jobs=jobs, progress=Progress("Vérification")))
    report.findings += [*remarks(project, KINDS, cible), *_habits(project, cible, report.projets)]
    if forme == "json":
        click.echo(as_json(report.findings, report.documents))
    elif forme == "github":
        for finding in report.findings:
            click.echo(as_github(finding))
    else:
        show(report.findings)
        found = totals(report.findings)
        say(f"{counted(report.documents, 'document')} : {found or 'rien à signaler'}.")
    return Exit.FINDINGS if any(finding.blocking for finding in report.findings) else Exit.CLEAN


def _habits(project: Project, cible: tuple[str, ...], projets: Collection[str]) -> Iterator[Finding]:
    """The usual visas that open acts do not have; nothing is read when none is open."""
    if not projets:
        return
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.plan import keys_of
    from ctgdocs.renewing.usage import LATEST, missing_habits, usage_of

    reader = library_of(project).reader()
    asked = keys_of(project, KINDS, cible) if cible else []
    usage = usage_of([kind.registry for kind in KINDS], reader, LATEST)
    seen = [key for key in asked or usage.acts if key in projets]
    yield from missing_habits(usage, seen, reader, date.today())
