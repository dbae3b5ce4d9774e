"""`ctgdocs renouveler`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ctgdocs.cli.espace import DAY, convention_named, day_of, here, library_of, write_new
from ctgdocs.cli.show import Exit, counted, say
from ctgdocs.content.library import Library
from ctgdocs.files import read_file
from ctgdocs.findings import UsageError
from ctgdocs.project import Project
from ctgdocs.vocabulary.registres import CONVENTIONS

RANK = 11


@click.command(options_metavar="[OPTIONS]")
@click.argument("convention", metavar="CONVENTION")
@click.option(
    "--debut", callback=day_of, metavar=DAY, help="Premier jour (par défaut : le lendemain de la fin)."
)
@click.option(
    "--duree", type=click.IntRange(1, 10), metavar="ANS", help="Durée en années (par défaut : la même)."
)
@click.option(
    "--id",
    "nouvel_id",
    metavar="NOM",
    help="Nom de la nouvelle convention (par défaut : les années changées).",
)
@click.option(
    "--version", "version", callback=day_of, metavar=DAY, help="Date de la version, montrée sur le projet."
)
def renouveler(
    convention: str, debut: date | None, duree: int | None, nouvel_id: str | None, version: date | None
) -> int:
    """Écrit la convention suivante à partir de celle qui finit.

    CONVENTION : ctg-2022-2026 ou conventions/ctg-2022-2026. L’ancienne n’est pas touchée ; la nouvelle garde
    ses commentaires et son ordre. Ce que quelqu’un doit décider y est écrit [à compléter : …] : la liste
    s’affiche ici, puis dans « ctgdocs verifier » tant qu’il en reste.
    """
    from ctgdocs.memory.writing import Output, unwritten
    from ctgdocs.renewing.renewal import next_id, renew, the_shift

    project = here()
    library = library_of(project)
    old = convention_named(library, convention)
    if old is None:
        return Exit.FINDINGS
    shift = the_shift(old, debut, duree)
    id = nouvel_id or next_id(old.id, shift)
    _usable(library, project, id)
    text = read_file(project.root / old.source.path).decode("utf-8")
    renewal = renew(old, text, library.reader(), shift, id=id, version=version)
    folder = (project.root / old.source.path).parent
    files = {**renewal.beside, f"{id}.yaml": renewal.text.encode("utf-8")}
    left, _ = unwritten([Output(str(folder / name), data, new=True) for name, data in files.items()])
    for one in left:
        write_new(Path(one.path), one.data, project.relative(Path(one.path)))
    say(f"{project.relative(folder / f'{id}.yaml')} est écrit, d’après {old.source.path}.", fg="green")
    for sentence in renewal.done:
        say(f"  – {sentence}")
    say(f"\n{counted(len(renewal.to_decide), 'point')} à décider :", bold=True)
    for place, typed in renewal.to_decide:
        say(f"  {place.file}:{place.line}:{place.column} {' '.join(typed.split())}")
    say(f"\nComplétez-le, puis : ctgdocs verifier {id} et ctgdocs generer {id}")
    return Exit.CLEAN


def _usable(library: Library, project: Project, id: str) -> None:
    from ctgdocs.vocabulary.as_typed import IDENTIFIANT

    if IDENTIFIANT.fullmatch(id) is None:
        raise UsageError(f"« {id} » n’est pas un nom : des lettres minuscules, des chiffres et des tirets.")
    if library.exists(CONVENTIONS, id):
        raise UsageError(
            f"{library.path_of(f'convention/{id}')} existe déjà : rien n’a été touché (autre nom : --id)."
        )
