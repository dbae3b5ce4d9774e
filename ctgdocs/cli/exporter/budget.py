"""`ctgdocs exporter budget`."""

from __future__ import annotations

from pathlib import Path

import click

from ctgdocs.cli.espace import here, id_of, library_of, write_board
from ctgdocs.cli.show import Exit


@click.command(options_metavar="[OPTIONS]")
@click.argument("cible", metavar="CIBLE")
@click.option(
    "-o",
    "--sortie",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FICHIER",
    help="Le classeur à écrire (par défaut : budget-CIBLE.xlsx, ici).",
)
def budget(cible: str, sortie: Path | None) -> int:
    """Écrit les dépenses et recettes d’un dossier ou d’une délibération, que « ctgdocs importer » reprend."""
    from ctgdocs.importing.from_boards import budget_board

    write_board(budget_board(library_of(here()), cible), sortie or Path(f"budget-{id_of(cible)}.xlsx"))
    return Exit.CLEAN
