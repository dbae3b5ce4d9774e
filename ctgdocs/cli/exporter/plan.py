"""`ctgdocs exporter plan`."""

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
    help="Le classeur à écrire (par défaut : plan-CIBLE.xlsx, ici).",
)
def plan(cible: str, sortie: Path | None) -> int:
    """Écrit le plan d’actions d’une convention, une ligne par action, que « ctgdocs importer » reprend."""
    from ctgdocs.kinds.convention.from_board import plan_board

    write_board(plan_board(library_of(here()), cible), sortie or Path(f"plan-{id_of(cible)}.xlsx"))
    return Exit.CLEAN
