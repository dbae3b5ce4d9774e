"""`ctgdocs exporter`: what leaves as data, workbooks that come back and files for another program."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from ctgdocs.cli.espace import here, id_of, library_of, write_board
from ctgdocs.cli.show import Exit, counted, say, show
from ctgdocs.project import Project

RANK = 13

A_FILE = click.Path(path_type=Path, dir_okay=False)
ITS_SUBJECT = click.argument("cible", metavar="CIBLE")


@click.group(options_metavar="[OPTIONS]", subcommand_metavar="QUOI [ARGUMENTS]…")
def exporter() -> None:
    """Écrit des données à partir des contenus : tableurs, données ouvertes."""


def _workbook(default: str) -> Callable[[Callable[..., object]], Callable[..., object]]:
    return click.option(
        "-o",
        "--sortie",
        type=A_FILE,
        metavar="FICHIER",
        help=f"Le classeur à écrire (par défaut : {default}.xlsx, ici).",
    )


def _data(default: str) -> Callable[[Callable[..., object]], Callable[..., object]]:
    return click.option(
        "--vers",
        type=A_FILE,
        metavar="FICHIER",
        help=f"Où écrire ; sans cette option, sorties/donnees/{default}.",
    )


@exporter.command(options_metavar="[OPTIONS]")
@_workbook("elus")
def elus(sortie: Path | None) -> int:
    """Écrit le classeur des élus et des communes.

    Une fois rempli, « ctgdocs importer » le reprend.
    """
    from ctgdocs.importing.from_boards import elus_board

    write_board(elus_board(library_of(here())), sortie or Path("elus.xlsx"))
    return Exit.CLEAN


@exporter.command(options_metavar="[OPTIONS]")
@ITS_SUBJECT
@_workbook("seance-CIBLE")
def seance(cible: str, sortie: Path | None) -> int:
    """Écrit les présences et les votes d’une séance.

    Le classeur se remplit pendant qu’elle se tient ; « ctgdocs importer » le reprend.
    """
    from ctgdocs.importing.from_seance_board import seance_board

    write_board(seance_board(library_of(here()), cible), sortie or Path(f"seance-{id_of(cible)}.xlsx"))
    return Exit.CLEAN


@exporter.command(options_metavar="[OPTIONS]")
@ITS_SUBJECT
@_workbook("plan-CIBLE")
def plan(cible: str, sortie: Path | None) -> int:
    """Écrit le plan d’actions d’une convention.

    Une ligne par action ; une fois rempli, « ctgdocs importer » le reprend.
    """
    from ctgdocs.kinds.convention.from_board import plan_board

    write_board(plan_board(library_of(here()), cible), sortie or Path(f"plan-{id_of(cible)}.xlsx"))
    return Exit.CLEAN


@exporter.command(options_metavar="[OPTIONS]")
@ITS_SUBJECT
@_workbook("budget-CIBLE")
def budget(cible: str, sortie: Path | None) -> int:
    """Écrit les dépenses et les recettes d’un acte.

    Celles d’un dossier ou d’une délibération ; une fois remplies, « ctgdocs importer » les reprend.
    """
    from ctgdocs.importing.from_boards import budget_board

    write_board(budget_board(library_of(here()), cible), sortie or Path(f"budget-{id_of(cible)}.xlsx"))
    return Exit.CLEAN


@exporter.command(options_metavar="[OPTIONS]")
@click.option("--annee", type=click.IntRange(1900, 2999), metavar="AAAA", help="Une seule année.")
@_data("deliberations.csv")
def scdl(annee: int | None, vers: Path | None) -> int:
    """Écrit les délibérations adoptées, format SCDL.

    C’est un CSV (version 2.1.5 du format ouvert). Le schéma est écrit à côté
    (deliberations.schema.json) : il dit les colonnes à qui réutilise le fichier.
    """
    from ctgdocs.memory.writing import write
    from ctgdocs.seances.scdl import SCHEMA, as_csv, rows, schema

    project = here()
    found, findings = rows(library_of(project), annee)
    path = _beside(vers, project, "deliberations.csv")
    write(path, as_csv(found))
    write(path.with_name(SCHEMA), schema())
    show(findings)
    say(f"{project.relative(path)} est écrit : {counted(len(found), 'délibération')}.", fg="green")
    return Exit.FINDINGS if findings else Exit.CLEAN


@exporter.command(options_metavar="[OPTIONS]")
@_data("contenus.json")
def tout(vers: Path | None) -> int:
    """Écrit tous les contenus en JSON.

    Ils sont lus et vérifiés, pour un autre logiciel. Les fiches des agents n’y sont pas.
    Un contenu en erreur est laissé de côté, et compté.
    """
    from ctgdocs.memory.writing import write
    from ctgdocs.seances.scdl import everything

    project = here()
    data, count, left_out = everything(library_of(project))
    path = _beside(vers, project, "contenus.json")
    write(path, data)
    say(f"{project.relative(path)} est écrit : {counted(count, 'fiche')}.", fg="green")
    for key in left_out:
        say(f"  – {key} est en erreur : laissé de côté (ctgdocs verifier dit pourquoi)")
    return Exit.FINDINGS if left_out else Exit.CLEAN


def _beside(vers: Path | None, project: Project, name: str) -> Path:
    """Where data is written: where asked, else in the workspace's folder of data."""
    path = vers or project.sorties / "donnees" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
