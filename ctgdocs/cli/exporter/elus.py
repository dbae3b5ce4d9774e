"""`ctgdocs exporter elus`."""

from __future__ import annotations

from pathlib import Path

import click

from ctgdocs.cli.espace import here, library_of, write_board
from ctgdocs.cli.show import Exit


@click.command(options_metavar="[OPTIONS]")
@click.option(
    "-o",
    "--sortie",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FICHIER",
    help="Le classeur à écrire (par défaut : elus.xlsx, ici).",
)
def elus(sortie: Path | None) -> int:
    """Écrit le classeur des élus et des communes, que « ctgdocs importer » reprend une fois rempli."""
    from ctgdocs.importing.from_boards import elus_board

    write_board(elus_board(library_of(here())), sortie or Path("elus.xlsx"))
    return Exit.CLEAN
