"""`ctgdocs reprendre`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ctgdocs.cli.espace import here
from ctgdocs.cli.show import NBSP, Exit, counted, report_on, say, show
from ctgdocs.findings import Finding, Place, Severity

if TYPE_CHECKING:
    from ctgdocs.readback import Correction, ReadBack

RANK = 5


@click.command(options_metavar="[OPTIONS]")
@click.argument("documents", nargs=-1, required=True, metavar="FICHIER|ID…")
@click.option(
    "--accepter",
    default="",
    metavar="tout|AUTEUR",
    help="Prend aussi les modifications suivies : toutes, ou celles d’un auteur.",
)
@click.option("--modeles", is_flag=True, help="Change dans le modèle Word les mots qu’il écrit lui-même.")
@click.option("--a-blanc", is_flag=True, help="Montre ce qui serait repris, sans rien écrire.")
def reprendre(documents: tuple[str, ...], accepter: str, modeles: bool, a_blanc: bool) -> int:
    """Reprend dans le contenu ce qui a été corrigé dans Word.

    FICHIER|ID : le document corrigé, ou le numéro de l’acte ; plusieurs copies d’un document sont réunies.
    Chaque changement retourne dans son champ ; ce qui ne va dans aucun est dit avec sa place. Le document
    corrigé est toujours gardé dans l’historique.
    """
    from ctgdocs.kinds import KINDS
    from ctgdocs.readback import gathered, take

    project = here()
    found, _ = gathered(project, KINDS, documents, accept=accepter)
    if not found.changes and not found.pending:
        again = "; il est refait d’après le contenu" if found.stale and not a_blanc else ""
        say(f"{found.path}{NBSP}: rien n’y a été changé{again}.")
        if again:
            take(project, KINDS, found)
        return Exit.CLEAN
    for change in found.placed:
        _show(change)
    show(_findings(found))
    stopped = bool(found.sealed) or found.unknown
    if a_blanc or stopped:
        say(_summary(found))
        return Exit.FINDINGS if found.unplaced or found.pending or stopped else Exit.CLEAN
    done = take(project, KINDS, found, templates=modeles)
    taken = len(done.changes)
    total = counted(len(found.changes), "changement")
    say(f"{total}{NBSP}: {taken} repris, {len(found.changes) - taken} sans champ.")
    if done.kept:
        say(f"Le document corrigé est gardé{NBSP}: {done.kept}")
    if done.report is not None:
        return report_on(done.report)
    return Exit.FINDINGS


def _show(change: Correction) -> None:
    say(f"{change.place}{NBSP}: {change.arrow}", bold=True)
    if change.reason:
        say(f"        {change.reason}")


def _findings(found: ReadBack) -> list[Finding]:
    said = [_unplaced(found, one) for one in found.unplaced]
    for author, count in found.pending.items():
        name = author or "sans nom"
        message = f"{counted(count, 'modification suivie', 'modifications suivies')} de « {name} » en attente"
        hints = (f"--accepter tout, ou --accepter « {name} », les prend",)
        said.append(Finding("suivi", Severity.ALERTE, message, Place(found.path), hints=hints))
    if found.unknown:
        message = "le contenu a changé depuis ce document, on ne sait de quoi : rien n’est repris"
        hints = ("« ctgdocs comparer » montre les deux versions",)
        said.append(Finding("contenu-plus-recent", Severity.ALERTE, message, Place(found.path), hints=hints))
    elif found.older:
        message = "le contenu a changé depuis ce document : les deux sont réunis, champ par champ"
        said.append(Finding("contenu-plus-recent", Severity.INFO, message, Place(found.path)))
    if found.sealed:
        message = f"acte scellé ({found.sealed}) : rien n’est repris de ce qui y a été changé"
        hints = (
            "prenez un acte qui le corrige ; « ctgdocs desceller » lève le scellé pour une erreur de saisie",
        )
        said.append(Finding("scelle", Severity.ALERTE, message, Place(found.path), hints=hints))
    for place in dict.fromkeys(found.elsewhere):
        message = f"ce qui est repris changera aussi {place}"
        said.append(Finding("ailleurs", Severity.INFO, message, Place(found.path)))
    if found.shared:
        names = ", ".join(found.shared[:4]) + (" …" if len(found.shared) > 4 else "")
        message = (
            f"les mêmes champs font aussi {counted(len(found.shared), 'autre document', 'autres documents')}"
        )
        said.append(Finding("partage", Severity.INFO, f"{message} : {names}", Place(found.path)))
    return said


def _unplaced(found: ReadBack, change: Correction) -> Finding:
    message = f"{change.where} : {change.arrow} ne revient dans aucun champ"
    hints = (change.reason,) if change.reason else ()
    return Finding("non-repris", Severity.ALERTE, message, Place(found.path), hints=hints)


def _summary(found: ReadBack) -> str:
    total = counted(len(found.changes), "changement")
    placed, left = len(found.placed), len(found.unplaced)
    return f"{total}{NBSP}: {placed} à reprendre, {left} sans champ ; rien n’est écrit."
