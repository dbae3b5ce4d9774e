"""`ctgdocs exporter seance`."""

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
    help="Le classeur à écrire (par défaut : seance-CIBLE.xlsx, ici).",
)
def seance(cible: str, sortie: Path | None) -> int:
    """Écrit les présences et les votes d’une séance, à remplir pendant qu’elle se tient."""
    from ctgdocs.importing.from_seance_board import seance_board

    write_board(seance_board(library_of(here()), cible), sortie or Path(f"seance-{id_of(cible)}.xlsx"))
    return Exit.CLEAN
