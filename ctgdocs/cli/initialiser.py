"""`ctgdocs initialiser`."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import click

from ctgdocs.cli.espace import offer_names
from ctgdocs.cli.show import Exit, say
from ctgdocs.findings import CtgdocsError, UsageError
from ctgdocs.project import Project, example_folder

RANK = 1
FOLDERS = ("instances", "seances", "dossiers")
LOGO = "charte*"  # the letterheads of the example
_STATUTS = re.compile(r"^statuts:\n  texte: .*$", re.MULTILINE)
BLANK_STATUTS = 'statuts:\n  texte: "les statuts de [à compléter : nom de la collectivité]"'
GITIGNORE = "sorties/\ncontent/agents/\n~$*\n"


@click.command(options_metavar="[OPTIONS]")
@click.argument("dossier", metavar="DOSSIER", type=click.Path(path_type=Path))
@click.option(
    "--vide", is_flag=True, help="Sans l’exemple : une collectivité à compléter, les visas et les modèles."
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
        _make(dossier.resolve(), bare=vide)
    except OSError as error:
        raise CtgdocsError(f"« {dossier} » ne peut pas être préparé : {error.strerror or error}.") from error
    say(f"L’espace « {dossier} » est prêt.", fg="green")
    there = (
        ""
        if dossier.resolve() == Path.cwd()
        else f'cd "{dossier}"'
        if " " in str(dossier)
        else f"cd {dossier}"
    )
    if vide:
        if there:
            say(f"Ensuite : {there}")
        say(
            "Ce que vous avez déjà (liste des élus, convention signée…) se reprend : ctgdocs importer FICHIER"
        )
        say("Puis ctgdocs verifier dit ce qui manque : remplacez chaque [à compléter : …].")
        say("Votre papier à en-tête s’enregistre sous templates/charte.docx.")
        return Exit.CLEAN
    say("Ensuite : " + " puis ".join(filter(None, [there, "ctgdocs generer"])))
    return Exit.CLEAN


def _make(target: Path, *, bare: bool) -> None:
    """A whole workspace or none: it takes its name once it is made, so that a command that was killed can be
    given again."""
    made = target.with_name(f".ctgdocs-{target.name}.tmp")
    shutil.rmtree(made, ignore_errors=True)
    _copy(example_folder(), made, bare=bare)
    if not target.exists():
        made.rename(target)
        return
    for child in sorted(made.iterdir()):
        child.rename(target / child.name)
    made.rmdir()


def _copy(example: Path, target: Path, *, bare: bool) -> None:
    ignored = shutil.ignore_patterns("~$*", ".DS_Store", "__pycache__", "agents", *([LOGO] if bare else []))
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
    from ctgdocs.kinds import KINDS

    for kind in KINDS:
        (target / "content" / kind.shelf).mkdir(parents=True)
    for name in FOLDERS:
        (target / "content" / name).mkdir()
    content = target / "content"
    shutil.copytree(Path(__file__).with_name("vide"), content, dirs_exist_ok=True)
    visas = (example / "content" / "visas.yaml").read_text("utf-8")
    (content / "visas.yaml").write_text(_STATUTS.sub(BLANK_STATUTS, visas), "utf-8", newline="\n")
    if (schemas := example / "content" / ".schemas").is_dir():
        ignored = shutil.ignore_patterns("espace.json")  # the names of the example
        shutil.copytree(schemas, content / ".schemas", ignore=ignored, copy_function=shutil.copyfile)
        offer_names(Project(target.resolve()))
