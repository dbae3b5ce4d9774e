"""`ctgdocs generer`."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ctgdocs.cli.espace import has_pdfs, here, offer_names
from ctgdocs.cli.show import (
    CHANGES,
    NBSP,
    Exit,
    Progress,
    counted,
    figure,
    report_on,
    say,
    show,
    summary,
    summary_of,
)
from ctgdocs.findings import CtgdocsError, UsageError
from ctgdocs.memory.glance import Glance, nothing_changed
from ctgdocs.project import Project

if TYPE_CHECKING:
    from ctgdocs.findings import Finding
    from ctgdocs.line.orders import Options, Outcome

RANK = 4
QUIET = 60  # ms without a change: an editor's save storm is over
WAKING = 200  # ms
LONGEST = 600  # ms: a storm that goes on is answered all the same


@click.command(options_metavar="[OPTIONS]")
@click.argument("cible", nargs=-1, metavar="[CIBLE]…")
@click.option("--a-blanc", is_flag=True, help="Montre ce qui serait écrit, sans rien écrire.")
@click.option(
    "--remplacer",
    is_flag=True,
    help="Remplace aussi les documents modifiés à la main (gardés dans l’historique).",
)
@click.option("--forcer", is_flag=True, help="Refait aussi les documents déjà à jour.")
@click.option("--pdf", is_flag=True, help="Fait aussi le PDF de chaque document, avec LibreOffice.")
@click.option(
    "--actes",
    metavar="DOSSIER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Avec --pdf, copie dans DOSSIER les PDF à transmettre, nommés comme le protocole ACTES le veut.",
)
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
    pdf: bool,
    actes: Path | None,
    surveiller: bool,
    jobs: int | None,
    cluster: str,
) -> int:
    """Produit les documents Word qui ne sont pas à jour.

    CIBLE : un numéro (2026-045), un fichier ou un dossier de contenu ; rien pour tout l’espace.
    """
    project = here()
    if pdf and (a_blanc or surveiller):
        raise UsageError(
            "--pdf écrit des fichiers, une fois : ni --a-blanc ni --surveiller avec cette option."
        )
    if actes and not pdf:
        raise UsageError("--actes copie des PDF : ajoutez --pdf.")
    if surveiller and (a_blanc or cible):
        raise UsageError("--surveiller suit tout l’espace : ni cible ni --a-blanc avec cette option.")
    if not (cible or a_blanc or remplacer or forcer or pdf or surveiller):
        glance = nothing_changed(str(project.root))
        if glance is not None:
            return _say_again(project, glance)
    from ctgdocs.line.orders import Options

    options = Options(
        replace=remplacer, force=forcer, jobs=jobs, cluster=cluster, progress=Progress("Génération")
    )
    if a_blanc:
        return _rehearse(project, cible, options)
    if surveiller:
        return _watch(project, options)
    code = _generate(project, cible, options, pdf=pdf)
    if actes:
        _copy_for_actes(project, cible, actes)
    return code


def _generate(project: Project, cible: tuple[str, ...], options: Options, *, pdf: bool = False) -> Exit:
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.run import generate

    offer_names(project)
    report = generate(project, KINDS, cible, options)
    if not pdf and not _wants_pdf(project):
        report.findings += _pdfs_out_of_date(project, cible)
        return report_on(report)
    code = report_on(report)
    return max(code, print_pdfs(project, cible))


def _wants_pdf(project: Project) -> bool:
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.printing import is_wanted

    return is_wanted(project, KINDS)


def _pdfs_out_of_date(project: Project, cible: tuple[str, ...]) -> list[Finding]:
    """What there is to say of PDFs that show another text; nothing is imported where there are none."""
    if not has_pdfs(project):
        return []
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.printing import out_of_date

    return out_of_date(project, KINDS, cible)


def print_pdfs(project: Project, cible: tuple[str, ...]) -> Exit:
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.printing import print_documents

    done = print_documents(project, KINDS, cible, Progress("PDF"))
    show(done.findings)
    failed = sum(one.blocking for one in done.findings)
    made, unchanged = counted(done.made, "écrit"), counted(done.unchanged, "inchangé")
    say(f"PDF{NBSP}: {made}, {unchanged}, {figure(failed)}{NBSP}en erreur.")
    return Exit.FINDINGS if failed else Exit.CLEAN


def _copy_for_actes(project: Project, cible: tuple[str, ...], folder: Path) -> None:
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.printing import copy_for_actes

    names = copy_for_actes(project, KINDS, cible, folder.absolute())
    for name in names:
        say(f"copié  {folder / name}")
    if not names:
        say("Aucun acte à transmettre : il y faut un vote ou une signature, un numéro, et le SIRET.")


def _say_again(project: Project, glance: Glance) -> Exit:
    """Nothing changed: says again what the last run said."""
    show(_pdfs_out_of_date(project, ()))
    if not glance.echo:
        say(summary(0, glance.documents, 0))
        return Exit.CLEAN
    from ctgdocs.memory.records import finding_from

    echo = json.loads(glance.echo)
    findings = [finding_from(one) for one in echo["findings"]]
    show(findings)
    in_error, kept, sealed = echo["in_error"], echo["kept"], echo.get("sealed", 0)
    say(summary(0, glance.documents - in_error - kept - sealed, in_error, kept, sealed))
    blocking = in_error or kept or sealed or any(one.blocking for one in findings)
    return Exit.FINDINGS if blocking else Exit.CLEAN


# --- --a-blanc ----------------------------------------------------------------------------------------


def _rehearse(project: Project, cible: tuple[str, ...], options: Options) -> Exit:
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.orders import Outcome
    from ctgdocs.line.run import rehearse

    report = rehearse(project, KINDS, cible, options)
    for result in report.results:
        if result.outcome is Outcome.WRITTEN or result.words:
            say(f"{_verb(result.outcome, project, result.output)} {result.output}", bold=True)
            for line in result.words:
                say(f"    {line}", fg=CHANGES.get(line[0]))
    show(report.findings)
    say(f"À blanc, rien n’est écrit. {summary_of(report)}")
    return Exit.CLEAN if report.clean else Exit.FINDINGS


def _verb(outcome: Outcome, project: Project, output: str) -> str:
    from ctgdocs.line.orders import Outcome

    if outcome is Outcome.KEPT:
        return "à côté "
    return "modifié" if (project.root / output).exists() else "nouveau"


# --- --surveiller -------------------------------------------------------------------------------------


def _watch(project: Project, options: Options) -> Exit:
    """One run once the folders are being listened to, then one after each save, until Ctrl-C."""
    from watchfiles import watch

    folders = [folder for folder in (project.content, project.templates) if folder.is_dir()]
    listening = False
    for changed in watch(
        *folders,
        watch_filter=_matters,
        step=QUIET,
        debounce=LONGEST,
        rust_timeout=WAKING,
        yield_on_timeout=True,  # the first answer says that listening has begun: no edit is missed
    ):
        if changed or not listening:
            _run_and_time(project, options)
        if not listening:
            say("À l’écoute des changements (Ctrl-C pour arrêter).")
            listening = True
    return Exit.CLEAN


def _matters(_change: object, path: str) -> bool:
    """False for the files that editors and Word leave beside the one they save."""
    name = path.replace("\\", "/").rpartition("/")[2]
    return not name.startswith((".", "~$")) and not name.endswith(("~", ".swp", ".tmp", ".part"))


def _run_and_time(project: Project, options: Options) -> None:
    start = time.perf_counter()
    try:
        _generate(project, (), options)
    except CtgdocsError as error:
        say(f"Erreur : {error}", error=True)
    say(f"({time.perf_counter() - start:.2f} s)".replace(".", ","))
