"""`ctgdocs exporter tout`."""

from __future__ import annotations

from pathlib import Path

import click

from ctgdocs.cli.espace import here, library_of
from ctgdocs.cli.show import Exit, counted, say


@click.command(options_metavar="[OPTIONS]")
@click.option(
    "--vers",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FICHIER",
    help="Où écrire ; sans cette option, sorties/donnees/contenus.json.",
)
def tout(vers: Path | None) -> int:
    """Écrit tous les contenus en JSON, lus et vérifiés, pour un autre logiciel.

    Les fiches des agents n’y sont pas. Un contenu en erreur est laissé de côté, et compté.
    """
    from ctgdocs.memory.writing import write
    from ctgdocs.seances.donnees import everything

    project = here()
    data, count, left_out = everything(library_of(project))
    path = vers or project.sorties / "donnees" / "contenus.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, data)
    say(f"{project.relative(path)} est écrit : {counted(count, 'fiche')}.", fg="green")
    for key in left_out:
        say(f"  – {key} est en erreur : laissé de côté (ctgdocs verifier dit pourquoi)")
    return Exit.FINDINGS if left_out else Exit.CLEAN
