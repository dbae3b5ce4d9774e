"""`ctgdocs suivi`."""

from __future__ import annotations

from pathlib import Path

import click

from ctgdocs.cli.renewing import write_new
from ctgdocs.cli.show import say, show
from ctgdocs.findings import UsageError
from ctgdocs.kinds.convention import KIND as CONVENTION
from ctgdocs.memory.writing import write
from ctgdocs.project import Project

CLEAN, FINDINGS = 0, 1


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
    from ctgdocs.content.library import Library
    from ctgdocs.kinds import KINDS
    from ctgdocs.kinds.convention.plan_lu import board, plan_of
    from ctgdocs.vocabulary.as_typed import did_you_mean

    library = Library(Project.find(Path.cwd()), KINDS)
    id = Path(convention.replace("\\", "/")).name.removesuffix(".yaml")
    entry = library.find(CONVENTION.registry, id)
    if entry is None:
        if library.exists(CONVENTION.registry, id):
            show(library.findings_of("convention", id))
            return FINDINGS
        raise UsageError(
            f"Aucune convention « {id} » dans cet espace"
            f"{did_you_mean(id, library.ids(CONVENTION.registry)) or '.'}"
        )
    plan = plan_of(entry, library.reader())
    if plan is None:
        raise UsageError(f"La convention « {id} » n’a pas de plan d’actions.")
    show(plan.findings)
    if any(finding.blocking for finding in plan.findings):
        return FINDINGS
    path = sortie or Path(f"suivi-{id}.xlsx")
    _write(path, board(plan, f"Suivi – {entry.value.titre}"), replacing=remplacer)
    say(f"{path} est écrit.", fg="green")
    return CLEAN


def _write(path: Path, data: bytes, *, replacing: bool) -> None:
    if replacing:
        write(path, data)
    else:
        write_new(path, data, f"« {path} »", " Donnez un autre nom (-o), ou --remplacer.")
