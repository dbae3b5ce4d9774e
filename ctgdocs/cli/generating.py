"""`ctgdocs generer`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ctgdocs.cli.ending import CLEAN, FINDINGS
from ctgdocs.cli.reporting import summary_of, up_to_date
from ctgdocs.cli.show import Progress, say, show
from ctgdocs.cli.wording import summary
from ctgdocs.findings import UsageError
from ctgdocs.memory.glance import Glance, nothing_changed
from ctgdocs.project import Project

if TYPE_CHECKING:
    from ctgdocs.line.orders import Options, Outcome


@click.command(options_metavar="[OPTIONS]")
@click.argument("cible", nargs=-1, metavar="[CIBLE]…")
@click.option("--a-blanc", is_flag=True, help="Montre ce qui serait écrit, sans rien écrire.")
@click.option(
    "--remplacer",
    is_flag=True,
    help="Remplace aussi les documents modifiés à la main (gardés dans l’historique).",
)
@click.option("--forcer", is_flag=True, help="Refait aussi les documents déjà à jour.")
@click.option("--surveiller", is_flag=True, help="Reste à l’écoute et régénère à chaque enregistrement.")
@click.option(
    "--jobs", type=click.IntRange(1), metavar="N", help="Nombre de processus (par défaut : selon le travail)."
)
@click.option(
    "--cluster", metavar="URL", default="", help="Adresse d’une grappe Dask, par exemple tcp://serveur:8786."
)
def generer(
    cible: tuple[str, ...],
    a_blanc: bool,
    remplacer: bool,
    forcer: bool,
    surveiller: bool,
    jobs: int | None,
    cluster: str,
) -> int:
    """Produit les documents Word qui ne sont pas à jour.

    CIBLE : un numéro (2026-045), un fichier ou un dossier de contenu ; rien pour tout l’espace.
    """
    project = Project.find(Path.cwd())
    if surveiller and (a_blanc or cible):
        raise UsageError("--surveiller suit tout l’espace : ni cible ni --a-blanc avec cette option.")
    if not (cible or a_blanc or remplacer or forcer or surveiller) and (code := _again(project)) is not None:
        return code
    from ctgdocs.line.orders import Options

    options = Options(
        replace=remplacer, force=forcer, jobs=jobs, cluster=cluster, progress=Progress("Génération")
    )
    if a_blanc:
        return _rehearse(project, cible, options)
    if surveiller:
        from ctgdocs.cli.watching import watch

        return watch(project, options)
    return up_to_date(project, cible, options)


def _again(project: Project) -> int | None:
    """Nothing changed: says again what the last run said. None when something may have changed."""
    glance = nothing_changed(str(project.root))
    return None if glance is None else say_again(glance)


def say_again(glance: Glance) -> int:
    if not glance.echo:
        say(summary(0, glance.documents, 0))
        return CLEAN
    from ctgdocs.memory.records import finding_from

    echo = json.loads(glance.echo)
    findings = [finding_from(one) for one in echo["findings"]]
    show(findings)
    in_error, kept = echo["in_error"], echo["kept"]
    say(summary(0, glance.documents - in_error - kept, in_error, kept))
    blocking = in_error or kept or any(one.blocking for one in findings)
    return FINDINGS if blocking else CLEAN


def _rehearse(project: Project, cible: tuple[str, ...], options: Options) -> int:
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.orders import Outcome
    from ctgdocs.line.run import rehearse

    report = rehearse(project, KINDS, cible, options)
    for result in report.results:
        if result.outcome is Outcome.WRITTEN or result.words:
            say(f"{_verb(result.outcome, project, result.output)} {result.output}", bold=True)
            for line in result.words:
                say(f"    {line}", fg={"-": "red", "+": "green"}.get(line[0]))
    show(report.findings)
    say(f"À blanc, rien n’est écrit. {summary_of(report)}")
    return CLEAN if report.clean else FINDINGS


def _verb(outcome: Outcome, project: Project, output: str) -> str:
    from ctgdocs.line.orders import Outcome

    if outcome is Outcome.KEPT:
        return "à côté "
    return "modifié" if (project.root / output).exists() else "nouveau"
