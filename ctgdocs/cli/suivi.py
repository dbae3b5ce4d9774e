"""`ctgdocs suivi`."""

from __future__ import annotations

from pathlib import Path

import click

from ctgdocs.cli.espace import convention_named, here, library_of, write_new
from ctgdocs.cli.show import Exit, say, show
from ctgdocs.findings import UsageError
from ctgdocs.memory.writing import write

RANK = 10


@click.command(options_metavar="[OPTIONS]")
@click.argument("convention", metavar="CONVENTION")
@click.option(
    "-o",
    "--sortie",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FICHIER",
    help="Le classeur à écrire (par défaut : suivi-CONVENTION.xlsx, ici).",
)
@click.option("--remplacer", is_flag=True, help="Remplace le classeur s’il existe déjà.")
def suivi(convention: str, sortie: Path | None, remplacer: bool) -> int:
    """Écrit le tableau de suivi du plan d’actions d’une convention, en XLSX.

    CONVENTION : ctg-2027-2031 ou conventions/ctg-2027-2031. Une ligne par action ; le classeur, une fois tenu
    à jour, peut remplacer le plan du contenu (plan: {fichier: suivi.xlsx}).
    """
    from ctgdocs.kinds.convention.plan_lu import board, plan_of

    library = library_of(here())
    entry = convention_named(library, convention)
    if entry is None:
        return Exit.FINDINGS
    plan = plan_of(entry, library.reader())
    if plan is None:
        raise UsageError(f"La convention « {entry.id} » n’a pas de plan d’actions.")
    show(plan.findings)
    if any(finding.blocking for finding in plan.findings):
        return Exit.FINDINGS
    path = sortie or Path(f"suivi-{entry.id}.xlsx")
    _write(path, board(plan, f"Suivi – {entry.value.titre}"), replacing=remplacer)
    say(f"{path} est écrit.", fg="green")
    return Exit.CLEAN


def _write(path: Path, data: bytes, *, replacing: bool) -> None:
    if replacing:
        write(path, data)
    else:
        write_new(path, data, f"« {path} »", " Donnez un autre nom (-o), ou --remplacer.")
