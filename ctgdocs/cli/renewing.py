"""`ctgdocs renouveler`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ctgdocs.cli.show import say, show
from ctgdocs.cli.wording import counted
from ctgdocs.files import read_file
from ctgdocs.findings import UsageError
from ctgdocs.memory.writing import NotWritten, write
from ctgdocs.project import Project
from ctgdocs.vocabulary.registres import CONVENTIONS

if TYPE_CHECKING:
    from ctgdocs.content.library import Library
    from ctgdocs.stages import Entry

CLEAN, FINDINGS = 0, 1
DAY = "AAAA-MM-JJ"


def day_of(context: click.Context, parameter: click.Parameter, typed: str | None) -> date | None:
    """A day as an agent types it: 2027-01-01, 01/01/2027."""
    if typed is None:
        return None
    from pydantic_core import PydanticCustomError

    from ctgdocs.vocabulary.as_typed import read_date

    try:
        return read_date(typed)
    except PydanticCustomError:
        raise UsageError(f"« {typed} » n’est pas une date : écrivez par exemple 2027-01-01.") from None


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
    from ctgdocs.renewing.renewal import next_id, renew, the_shift

    project = Project.find(Path.cwd())
    library = library_of(project)
    old = convention_named(library, convention)
    if old is None:
        return FINDINGS
    shift = the_shift(old, debut, duree)
    id = nouvel_id or next_id(old.id, shift)
    _usable(library, project, id)
    text = read_file(project.root / old.source.path).decode("utf-8")
    renewal = renew(old, text, library.reader(), shift, id=id, version=version)
    folder = (project.root / old.source.path).parent
    for name, data in {**renewal.beside, f"{id}.yaml": renewal.text.encode("utf-8")}.items():
        write_new(folder / name, data, project.relative(folder / name))
    say(f"{project.relative(folder / f'{id}.yaml')} est écrit, d’après {old.source.path}.", fg="green")
    for sentence in renewal.done:
        say(f"  – {sentence}")
    say(f"\n{counted(len(renewal.to_decide), 'point')} à décider :", bold=True)
    for place, typed in renewal.to_decide:
        say(f"  {place.file}:{place.line}:{place.column} {' '.join(typed.split())}")
    say(f"\nComplétez-le, puis : ctgdocs verifier {id} et ctgdocs generer {id}")
    return CLEAN


def write_deliberations(project: Project, convention: str) -> int:
    """`ctgdocs nouveau deliberations --pour`: the projets of a convention's signatories."""
    from ctgdocs.renewing.deliberations import deliberations

    library = library_of(project)
    entry = convention_named(library, convention)
    if entry is None:
        return FINDINGS
    planned = deliberations(entry, library.reader())
    for reason in planned.left_out:
        say(f"  – {reason}")
    paths = {project.content / name: text for name, text in planned.files.items()}
    for path, text in paths.items():
        if path.exists():
            say(f"  – {project.relative(path)} existe déjà : il n’est pas touché")
            continue
        write_new(path, text.encode("utf-8"), project.relative(path))
        say(f"{project.relative(path)} est écrit.", fg="green")
    say("\nComplétez-les, puis : ctgdocs generer deliberations ; chaque collectivité reçoit le sien.")
    return CLEAN


def library_of(project: Project) -> Library:
    from ctgdocs.content.library import Library
    from ctgdocs.kinds import KINDS

    return Library(project, KINDS)


def convention_named(library: Library, typed: str) -> Entry[Any] | None:
    """The convention that an agent names; None, its findings shown, when it is in error."""
    from ctgdocs.vocabulary.as_typed import did_you_mean

    id = Path(typed.replace("\\", "/")).name.removesuffix(".yaml")
    entry = library.find(CONVENTIONS, id)
    if entry is None and not library.exists(CONVENTIONS, id):
        raise UsageError(
            f"Aucune convention « {id} » dans cet espace{did_you_mean(id, library.ids(CONVENTIONS)) or '.'}"
        )
    if entry is None:
        show(library.findings_of("convention", id))
    return entry


def _usable(library: Library, project: Project, id: str) -> None:
    from ctgdocs.vocabulary.as_typed import IDENTIFIANT

    if IDENTIFIANT.fullmatch(id) is None:
        raise UsageError(f"« {id} » n’est pas un nom : des lettres minuscules, des chiffres et des tirets.")
    if library.exists(CONVENTIONS, id):
        raise UsageError(
            f"{library.path_of(f'convention/{id}')} existe déjà : rien n’a été touché (autre nom : --id)."
        )


def write_new(path: Path, data: bytes, name: str, hint: str = "") -> None:
    """Writes a file that does not exist yet. UsageError, in a sentence that begins with `name`, when there is
    already something there."""
    try:
        write(path, data, new=True)
    except NotWritten as refusal:
        if not refusal.changed:
            raise
        raise UsageError(f"{name} existe déjà : rien n’a été touché.{hint}") from None
