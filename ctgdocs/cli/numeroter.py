"""`ctgdocs numeroter`."""

from __future__ import annotations

import click

from ctgdocs.cli.espace import here, library_of
from ctgdocs.cli.show import Exit, counted, say, show
from ctgdocs.project import Project

RANK = 10


@click.command(options_metavar="[OPTIONS]")
@click.argument("cible", metavar="SÉANCE")
@click.option("--a-blanc", is_flag=True, help="Montre les numéros, provisoires, sans rien écrire.")
def numeroter(cible: str, a_blanc: bool) -> int:
    """Clôt l’ordre du jour d’une séance et donne leurs numéros aux délibérations.

    Chaque délibération sans numéro reçoit le premier libre, dans l’ordre du jour, selon la forme choisie
    (numerotation, dans collectivite.yaml). Les numéros donnés sont gardés dans content/numeros.yaml : aucun
    n’est redonné, même celui d’un acte retiré ou supprimé.
    """
    from ctgdocs.memory.lock import Lock

    project = here()
    if a_blanc:
        return _number(project, cible, rehearsal=True)
    with Lock(project.state_dir):  # two agents never take the same number
        return _number(project, cible, rehearsal=False)


def _number(project: Project, cible: str, *, rehearsal: bool) -> Exit:
    from ctgdocs.seances.numeros import closed, numeros
    from ctgdocs.seances.papiers import papiers, seance_named
    from ctgdocs.vocabulary.registres import SEANCES

    library = library_of(project)
    id = seance_named(library, cible)
    found = papiers(library, id)
    if found is None:
        show(library.findings_of(SEANCES.name, id))
        return Exit.FINDINGS
    given = numeros(library, found.sitting)
    for one in given:
        state = "" if one.frozen else " (nouveau)" if one.new else ""
        say(f"  {one.numero}  {one.act.value.objet}{state}")
    files = closed(library, found.sitting, given)
    if not given:
        say(f"La séance du {found.title} n’a pas de délibération.")
    elif rehearsal:
        say("À blanc, rien n’est écrit : ces numéros sont provisoires.")
    elif files:
        _write(project, files)
        say(f"L’ordre du jour est clos : {counted(len(given), 'numéro figé', 'numéros figés')}.", fg="green")
    else:
        say("L’ordre du jour est déjà clos : ces numéros ne changent plus.")
    return Exit.CLEAN


def _write(project: Project, files: dict[str, str]) -> None:
    """All the files, the register of the numbers first: a number written nowhere else is only lost."""
    from ctgdocs.memory.writing import NotWritten, write

    for path in sorted(files, key=lambda path: path != "content/numeros.yaml"):
        file = project.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            write(file, files[path].encode("utf-8"))
        except NotWritten as refusal:
            refusal.hint = refusal.hint or "relancez la même commande : les numéros donnés restent les mêmes"
            raise
        say(f"{path} est écrit.")
