"""`ctgdocs modeles`: list them, check them, and say which fields they may hold."""

from __future__ import annotations

from pathlib import Path

import click

from ctgdocs.cli.espace import here, kind_named
from ctgdocs.cli.show import Exit, counted, say, show, totals
from ctgdocs.findings import Finding, UsageError
from ctgdocs.project import Project, example_folder

RANK = 9


@click.group(
    invoke_without_command=True, options_metavar="[OPTIONS]", subcommand_metavar="[COMMANDE [ARGUMENTS]…]"
)
@click.pass_context
def modeles(ctx: click.Context) -> int:
    """Liste et vérifie les modèles Word, dit leurs champs.

    Sans commande, la liste des modèles avec leurs champs et leurs styles.
    """
    if ctx.invoked_subcommand is not None:
        return Exit.CLEAN
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.templates import listed

    code = Exit.CLEAN
    for one in listed(here(), KINDS):
        say(one.path, bold=True)
        if one.uses is None:
            say(f"  illisible : {one.problem}", fg="red")
            code = Exit.FINDINGS
        else:
            say(f"  champs : {', '.join(one.uses.fields)}")
            say(f"  styles : {', '.join(one.uses.styles)}")
    return code


@modeles.command(options_metavar="[OPTIONS]")
@click.argument("fichier", nargs=-1, metavar="[FICHIER]…", type=click.Path(path_type=Path))
@click.option(
    "--annoter", is_flag=True, help="Écrit à côté une copie où chaque problème est un commentaire Word."
)
@click.option("--genre", metavar="GENRE", help="Genre de FICHIER, quand son dossier ne le dit pas.")
def verifier(fichier: tuple[Path, ...], annoter: bool, genre: str | None) -> int:
    """Dit les problèmes des modèles (ou de FICHIER)."""
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.templates import checked, templates

    project, example = here(), Project(example_folder())
    kind = kind_named(genre) if genre else None
    if kind and not fichier:
        raise UsageError("--genre va avec un FICHIER : le genre des autres est celui de leur dossier.")
    for path in fichier:
        if not path.is_file():
            raise UsageError(f"Le fichier « {path} » n’existe pas.")
    standing = templates(project, KINDS)
    files = [path.resolve() for path in fichier] or [project.root / path for path in standing.paths]
    found = [] if fichier else standing.findings
    show(found)
    for path, problems in checked(project, KINDS, example, files, kind):
        show(problems)
        if annoter and problems:
            _annotate(project, path, problems)
        found += problems
    say(f"{counted(len(files), 'modèle')} : {totals(found) or 'rien à signaler'}.")
    return Exit.FINDINGS if any(one.blocking for one in found) else Exit.CLEAN


def _annotate(project: Project, path: Path, problems: list[Finding]) -> None:
    from ctgdocs.findings import TemplateError
    from ctgdocs.memory.writing import write
    from ctgdocs.templates import annotate

    copy = path.with_name(f"{path.stem}.annoté{path.suffix}")
    try:
        write(copy, annotate(path, problems))
    except TemplateError as error:
        say(f"  pas de copie annotée : {error}")
    else:
        say(f"  copie annotée : {project.relative(copy)}")


@modeles.command(options_metavar="")
@click.argument("genre", metavar="GENRE")
def champs(genre: str) -> int:
    """Les champs d’un modèle de GENRE, avec un exemple."""
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.templates import fields_of

    for field in fields_of(Project(example_folder()), KINDS, kind_named(genre)):
        say(f"{field.path:<28} {field.type:<18} {field.example}".rstrip())
    return Exit.CLEAN


@modeles.command(options_metavar="")
@click.argument("genre", metavar="GENRE")
def nouveau(genre: str) -> int:
    """Écrit un modèle Word de GENRE avec tous ses champs, dans la charte."""
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.templates import drafted
    from ctgdocs.memory.writing import write

    project, kind = here(), kind_named(genre)
    path = project.templates / kind.shelf / "tous-les-champs.docx"
    if path.exists():
        raise UsageError(f"« {project.relative(path)} » existe déjà : renommez-le, ou effacez-le.")
    write(path, drafted(project, KINDS, Project(example_folder()), kind), new=True)
    say(f"écrit  {project.relative(path)}")
    say("Dans Word, retirez ce qui ne s’imprime pas et mettez le reste en page ;")
    say(f"puis donnez-lui le nom du modèle qu’il remplace, dans templates/{kind.shelf}/.")
    return Exit.CLEAN


@modeles.command(options_metavar="")
@click.argument("fichier", required=False, type=click.Path(path_type=Path))
def charte(fichier: Path | None) -> int:
    """Dit ce que les modèles prennent de la charte (ou de FICHIER), ce qu’ils laissent, et pourquoi."""
    from ctgdocs.kinds import KINDS
    from ctgdocs.line.templates import charte_said

    if fichier is not None and not fichier.is_file():
        raise UsageError(f"Le fichier « {fichier} » n’existe pas.")
    path, told = charte_said(here(), KINDS, fichier.resolve() if fichier else None)
    say(path, bold=True)
    for title, lines in (("repris", told.taken), ("laissé", told.left)):
        for line in lines:
            say(f"  {title}  {line}")
    return Exit.CLEAN
