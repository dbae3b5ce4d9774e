"""`ctgdocs exporter`: content as a workbook with lists to choose from, that comes back through `importer`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

from ctgdocs.cli.espace import here, id_of, library_of, write_new
from ctgdocs.cli.show import Exit, say
from ctgdocs.findings import UsageError

RANK = 4
BOARDS = {
    "elus": ("ctgdocs.importing.from_boards", "elus_board"),
    "seance": ("ctgdocs.importing.from_seance_board", "seance_board"),
    "plan": ("ctgdocs.kinds.convention.from_board", "plan_board"),
    "budget": ("ctgdocs.importing.from_boards", "budget_board"),
}
"""What can be exported → the function that makes its workbook."""


@click.command(options_metavar="[OPTIONS]")
@click.argument("quoi", metavar="QUOI")
@click.argument("cible", metavar="[CIBLE]", required=False)
@click.option(
    "-o",
    "--sortie",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FICHIER",
    help="Le classeur à écrire (par défaut : QUOI-CIBLE.xlsx, ici).",
)
def exporter(quoi: str, cible: str | None, sortie: Path | None) -> int:
    """Écrit un classeur Excel à remplir, que « ctgdocs importer » reprend ensuite.

    QUOI : elus ; seance 2026-09-24 (présences et votes, remplis pendant la séance) ; plan ctg-2027-2031 ; budget
    2026-046 (d’une délibération ou d’un dossier).
    """
    from ctgdocs.french import slug
    from ctgdocs.importing.boards import workbook

    what = slug(quoi)
    if what not in BOARDS:
        raise UsageError(f"« {quoi} » ne s’exporte pas : choisissez parmi {', '.join(BOARDS)}.")
    if what != "elus" and not cible:
        raise UsageError(f"Dites de quoi : ctgdocs exporter {what} CIBLE.")
    module, function = BOARDS[what]
    board = getattr(import_module(module), function)(library_of(here()), cible or "")
    path = sortie or Path(f"{'-'.join(filter(None, (what, id_of(cible or ''))))}.xlsx")
    write_new(path, workbook(board), f"« {path} »", " Donnez un autre nom avec -o.")
    say(f"{path} est écrit.", fg="green")
    say(f"Remplissez-le, puis : ctgdocs importer {path}")
    return Exit.CLEAN
