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
@click.argument("document", metavar="FICHIER|ID")
@click.option(
    "--accepter",
    default="",
    metavar="tout|AUTEUR",
    help="Prend aussi les modifications suivies : toutes, ou celles d’un auteur.",
)
@click.option("--a-blanc", is_flag=True, help="Montre ce qui serait repris, sans rien écrire.")
def reprendre(document: str, accepter: str, a_blanc: bool) -> int:
    """Reprend dans le contenu ce qui a été corrigé dans Word.

    FICHIER|ID : le document corrigé, ou le numéro de l’acte. Chaque changement retourne dans son champ ; ce
    qui ne va dans aucun est dit avec sa place. Le document corrigé est toujours gardé dans l’historique.
    """
    from ctgdocs.kinds import KINDS
    from ctgdocs.readback import read_back, take

    project = here()
    found = read_back(project, KINDS, document, accept=accepter)
    if not found.changes and not found.pending:
        say(f"{found.path}{NBSP}: rien n’y a été changé.")
        return Exit.CLEAN
    for change in found.placed:
        _show(change)
    show(_findings(found))
    if a_blanc or found.sealed:
        say(_summary(found, done=False))
        return Exit.FINDINGS if found.unplaced or found.pending or found.sealed else Exit.CLEAN
    done = take(project, KINDS, found)
    say(_summary(found, done=True))
    if done.kept:
        say(f"Le document corrigé est gardé{NBSP}: {done.kept}")
    if done.report is not None:
        return report_on(done.report)
    return Exit.FINDINGS


def _show(change: Correction) -> None:
    say(f"{change.place}{NBSP}: {_arrow(change)}", bold=True)
    if change.reason:
        say(f"        {change.reason}")


def _arrow(change: Correction) -> str:
    if not change.before:
        return f"ajouté « {change.after} »"
    if not change.after:
        return f"retiré « {change.before} »"
    if change.before == change.after:
        return f"{change.kind.value} de « {change.after} »"
    return f"« {change.before} » → « {change.after} »"


def _findings(found: ReadBack) -> list[Finding]:
    said = [_unplaced(found, one) for one in found.unplaced]
    for author, count in found.pending.items():
        name = author or "sans nom"
        message = f"{counted(count, 'modification suivie', 'modifications suivies')} de « {name} » en attente"
        hints = (f"--accepter tout, ou --accepter « {name} », les prend",)
        said.append(Finding("suivi", Severity.ALERTE, message, Place(found.path), hints=hints))
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
    message = f"{change.where} : {_arrow(change)} ne revient dans aucun champ"
    hints = (change.reason,) if change.reason else ()
    return Finding("non-repris", Severity.ALERTE, message, Place(found.path), hints=hints)


def _summary(found: ReadBack, *, done: bool) -> str:
    total = counted(len(found.changes), "changement")
    verb = "repris" if done else "à reprendre"
    text = f"{total}{NBSP}: {len(found.placed)} {verb}, {len(found.unplaced)} sans champ"
    return f"{text}." if done else f"{text} ; rien n’est écrit."
