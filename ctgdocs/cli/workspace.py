"""`ctgdocs initialiser` and `ctgdocs nouveau`."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

import ctgdocs
from ctgdocs.cli.new_file import begun
from ctgdocs.cli.renewing import write_deliberations, write_new
from ctgdocs.cli.show import say
from ctgdocs.files import read_file
from ctgdocs.findings import CtgdocsError, UsageError
from ctgdocs.kind import Kind
from ctgdocs.project import LANDMARK, Project

if TYPE_CHECKING:
    from pydantic import BaseModel


CLEAN = 0
SKELETON = ("collectivite.yaml", "visas.yaml", ".schemas")
FOLDERS = ("instances", "seances")
GITIGNORE = "sorties/\ncontent/agents/\n~$*\n"
NUMBERED = re.compile(r"(\d{4})-(\d{1,4})")


@click.command(options_metavar="[OPTIONS]")
@click.argument("dossier", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.option(
    "--vide", is_flag=True, help="Sans l’exemple : seulement la collectivité, les visas et les modèles."
)
def initialiser(dossier: Path, vide: bool) -> int:
    """Prépare un espace de travail avec un exemple à modifier."""
    if dossier.exists() and not dossier.is_dir():
        raise UsageError(f"« {dossier} » est un fichier : donnez le nom d’un dossier.")
    if dossier.is_dir() and any(dossier.iterdir()):
        raise UsageError(
            f"Le dossier « {dossier} » n’est pas vide : donnez un autre nom, rien n’a été touché."
        )
    try:
        _copy(example_folder(), dossier, bare=vide)
    except OSError as error:
        raise CtgdocsError(f"« {dossier} » ne peut pas être préparé : {error.strerror or error}.") from error
    say(f"L’espace « {dossier} » est prêt.", fg="green")
    if vide:
        say("Commencez par content/collectivite.yaml, puis elus.yaml, instances/ et seances/.")
    say(f"Ensuite : cd {dossier} puis ctgdocs {'nouveau deliberation' if vide else 'generer'}")
    return CLEAN


def example_folder() -> Path:
    """The example: inside an installed package, or the checkout that the package stands in."""
    package = Path(ctgdocs.__file__).parent
    for folder in (package / "_exemple", package.parent):
        if (folder / LANDMARK).is_file():
            return folder
    raise CtgdocsError("L’exemple n’est pas installé avec le programme : réinstallez ctgdocs.")


def _copy(example: Path, target: Path, *, bare: bool) -> None:
    ignored = shutil.ignore_patterns("~$*", ".DS_Store", "__pycache__", "agents")
    target.mkdir(parents=True, exist_ok=True)
    shutil.copytree(
        example / "templates", target / "templates", ignore=ignored, copy_function=shutil.copyfile
    )
    (target / ".gitignore").write_text(GITIGNORE, "utf-8")
    if not bare:
        shutil.copytree(
            example / "content", target / "content", ignore=ignored, copy_function=shutil.copyfile
        )
        return
    for kind in _kinds().values():
        (target / "content" / kind.shelf).mkdir(parents=True)
    for name in FOLDERS:
        (target / "content" / name).mkdir()
    for name in SKELETON:
        source = example / "content" / name
        if source.is_dir():
            shutil.copytree(source, target / "content" / name, copy_function=shutil.copyfile)
        elif source.is_file():
            shutil.copyfile(source, target / "content" / name)


def _kinds() -> dict[str, Kind[BaseModel]]:
    from ctgdocs.kinds import KINDS

    return {kind.name: kind for kind in KINDS}


@click.command(options_metavar="[OPTIONS]")
@click.argument("genre", metavar="GENRE")
@click.argument("numero", metavar="[NUMÉRO]", required=False)
@click.option("--objet", default="", metavar="TEXTE", help="L’objet, écrit à sa place dans le fichier.")
@click.option(
    "--pour",
    "convention",
    metavar="CONVENTION",
    help="Avec le genre « deliberations » : un projet par collectivité qui signe cette convention.",
)
def nouveau(genre: str, numero: str | None, objet: str, convention: str | None) -> int:
    """Écrit un nouveau fichier de contenu, à compléter.

    GENRE : deliberation, arrete… ; NUMÉRO : 2026-045, ou rien pour le premier numéro libre.
    """
    if convention is not None:
        if genre not in ("deliberation", "deliberations") or numero or objet:
            raise UsageError("--pour s’écrit ainsi : ctgdocs nouveau deliberations --pour CONVENTION")
        return write_deliberations(Project.find(Path.cwd()), convention)
    kinds = _kinds()
    if genre not in kinds:
        raise UsageError(f"Genre inconnu « {genre} » : choisissez parmi {', '.join(kinds)}.")
    project, kind = Project.find(Path.cwd()), kinds[genre]
    folder = project.content / kind.shelf
    number = numero or _next_free(folder)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*", number):
        raise UsageError(
            f"« {number} » n’est pas un numéro : des lettres, des chiffres et des tirets, comme 2026-045."
        )
    path = folder / f"{number}.yaml"
    example = begun(_example(kind), kind.later, objet)
    write_new(path, example.encode("utf-8"), project.relative(path))
    say(f"{project.relative(path)} est écrit.", fg="green")
    say(f"Complétez-le, puis : ctgdocs verifier {number} et ctgdocs generer {number}")
    return CLEAN


def _example(kind: Kind[BaseModel]) -> str:
    import importlib.util

    spec = importlib.util.find_spec(kind.package)
    assert spec is not None
    assert spec.origin is not None
    return read_file(Path(spec.origin).with_name("exemple.yaml")).decode("utf-8")


def _next_free(folder: Path) -> str:
    """The number after the last one of the last year; this year's first when there is none."""
    numbers = sorted(
        (int(found[1]), int(found[2]))
        for path in folder.glob("*.y*ml")
        if (found := NUMBERED.fullmatch(path.stem))
    )
    if numbers:
        year, order = numbers[-1]
    else:
        import datetime

        year, order = datetime.date.today().year, 0
    return f"{year}-{order + 1:03}"
