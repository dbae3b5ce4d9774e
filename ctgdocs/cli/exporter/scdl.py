"""`ctgdocs exporter scdl`."""

from __future__ import annotations

from pathlib import Path

import click

from ctgdocs.cli.espace import here, library_of
from ctgdocs.cli.show import Exit, counted, say, show


@click.command(options_metavar="[OPTIONS]")
@click.option("--annee", type=click.IntRange(1900, 2999), metavar="AAAA", help="Une seule année.")
@click.option(
    "--vers",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FICHIER",
    help="Où écrire ; sans cette option, sorties/donnees/deliberations.csv.",
)
def scdl(annee: int | None, vers: Path | None) -> int:
    """Écrit les délibérations adoptées au format ouvert SCDL (CSV, version 2.1.5).

    Le schéma est écrit à côté (deliberations.schema.json) : il dit les colonnes à qui réutilise le fichier.
    """
    from ctgdocs.memory.writing import write
    from ctgdocs.seances.scdl import SCHEMA, as_csv, rows, schema

    project = here()
    found, findings = rows(library_of(project), annee)
    path = vers or project.sorties / "donnees" / "deliberations.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, as_csv(found))
    write(path.with_name(SCHEMA), schema())
    show(findings)
    say(f"{project.relative(path)} est écrit : {counted(len(found), 'délibération')}.", fg="green")
    return Exit.FINDINGS if findings else Exit.CLEAN
