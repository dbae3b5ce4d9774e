"""`ctgdocs importer`: the one door of what was written elsewhere. It says what a file is, and writes what it
becomes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ctgdocs.cli.espace import here, library_of
from ctgdocs.cli.show import Exit, counted, figure, say
from ctgdocs.files import is_file, read_file
from ctgdocs.findings import CtgdocsError, Stopped, UsageError
from ctgdocs.project import Project

if TYPE_CHECKING:
    from ctgdocs.importing.document import Document
    from ctgdocs.importing.reader import Proposal, Reader

RANK = 3
LARGEST = 50_000_000
MOST_ACTS = 2_000
"""Files of a folder of past acts that are looked at."""


@click.command(options_metavar="[OPTIONS]")
@click.argument("fichier", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option("--genre", metavar="GENRE", help="Ce qu’est le fichier, quand il n’est pas reconnu.")
@click.option("-o", "--sortie", "numero", metavar="NOM", help="Nom du contenu ; tiré du titre sinon.")
@click.option(
    "--dans", "into", metavar="NOM", help="Contenu qui reçoit le fichier : une convention, pour son plan."
)
@click.option("--a-blanc", "dry", is_flag=True, help="Montre ce qui serait écrit ; n’écrit rien.")
@click.option(
    "--oui", "agreed", is_flag=True, help="Ne demande pas avant de compléter un fichier qui existe."
)
@click.option(
    "--visas",
    is_flag=True,
    help="FICHIER est un dossier d’actes : propose leurs visas, et combien de fois chacun sert.",
)
def importer(
    fichier: Path,
    genre: str | None,
    numero: str | None,
    into: str | None,
    dry: bool,
    agreed: bool,
    visas: bool,
) -> int:
    """Reprend un fichier écrit ailleurs : convention, fiche de poste, offre d’emploi, plan d’actions…

    FICHIER : Word (.docx, .doc, .odt), PDF, classeur (.xlsx, .ods, .csv) ou texte. Ce qu’il est est reconnu ;
    ce qui n’est pas compris est gardé en texte ; les lignes douteuses sont marquées « à vérifier » : rien
    n’est à retaper.
    """
    from ctgdocs.importing.document import opened
    from ctgdocs.importing.reader import Wish, accept, check, made_from

    project = here()
    if visas:
        return _visas(project, fichier, dry=dry)
    asked = _asked(genre)
    data = _read(fichier)
    try:
        document = opened(fichier.name, data)
        if asked is None and (source := made_from(project, document)):
            return _is_ours(fichier, source)
        reader = asked or _recognised(fichier, readers_of(tabular=document.tabular), document)
        wish = Wish((numero or "").removesuffix(".yaml"), (into or "").removesuffix(".yaml"))
        proposal = reader.propose(document, library_of(project), wish)
    except Stopped as stopped:
        raise CtgdocsError(
            "\n".join(_sentence(fichier, one.message, *one.hints[:1]) for one in stopped.findings)
        ) from stopped
    except UsageError:
        raise
    except CtgdocsError as error:
        raise CtgdocsError(_sentence(fichier, str(error))) from error
    check(project, proposal)
    say(f"« {fichier.name} » est {reader.label}.")
    if not proposal.files:
        _report(proposal)
        say("Rien n’est à changer dans l’espace.")
        return Exit.CLEAN
    if dry:
        return _show(proposal)
    if proposal.changes and not agreed and not _agrees(proposal):
        return Exit.FINDINGS
    accept(project, proposal)
    _tell(project, proposal)
    return Exit.CLEAN


def _is_ours(path: Path, source: str) -> int:
    """A document that this workspace made: its content is here already."""
    say(f"« {path.name} » a été fait ici, de {source} : rien n’est à importer.")
    say(f"Corrigé dans Word ? ctgdocs reprendre {path}")
    say("Pour en tirer un autre contenu, dites ce qu’il est (--genre) et son nom (-o).")
    return Exit.CLEAN


def _visas(project: Project, folder: Path, *, dry: bool) -> int:
    """`--visas`: the visas of every act of a folder; what cannot be read is told and left."""
    from ctgdocs.importing.document import opened
    from ctgdocs.importing.from_actes import proposal, uses_of
    from ctgdocs.importing.reader import accept

    if not folder.is_dir():
        raise UsageError(f"« {folder} » n’est pas un dossier.")
    documents, left = [], []
    paths = [
        one for one in sorted(folder.rglob("*")) if is_file(one) and not one.name.startswith(("~$", "."))
    ]
    if len(paths) > MOST_ACTS:
        raise UsageError(
            f"« {folder} » a {len(paths)} fichiers : 2 000 au plus, un sous-dossier après l’autre."
        )
    for path in paths:
        try:
            documents.append(opened(path.name, _read(path)))
        except CtgdocsError:
            left.append(path.name)
    found = proposal(uses_of(one for one in documents if not one.tabular), library_of(project))
    say(f"{counted(len(documents), 'document lu', 'documents lus')}.")
    if left:
        say(f"Laissés, parce qu’ils ne se lisent pas : {', '.join(left[:6])}{' …' * (len(left) > 6)}.")
    if dry or not found.files:
        return _show(found)
    accept(project, found)
    _tell(project, found)
    return Exit.CLEAN


def readers_of(*, tabular: bool = False) -> list[Reader]:
    """The readers of every kind and registry; `tabular`: those of workbooks."""
    from ctgdocs.importing.reader import readers_in
    from ctgdocs.kinds import KINDS

    modules = [f"{kind.package}.{name}" for kind in KINDS for name in kind.imports]
    return readers_in(modules, tabular=tabular)


def _asked(genre: str | None) -> Reader | None:
    """The reader that `--genre` names."""
    if genre is None:
        return None
    readers = {one.genre: one for one in readers_of()}
    if genre not in readers:
        raise UsageError(f"Genre inconnu « {genre} » : choisissez parmi {', '.join(readers)}.")
    return readers[genre]


def _recognised(path: Path, readers: list[Reader], document: Document) -> Reader:
    """The reader of a file; asks when two of them, or none, know it."""
    from ctgdocs.importing.reader import recognised

    near = recognised(readers, document)
    if len(near) == 1:
        return near[0]
    if near:
        labels = " ou ".join(one.label for one in near)
        choice = " ou ".join(f"--genre {one.genre}" for one in near)
        raise UsageError(_sentence(path, f"ce fichier peut être {labels} : précisez {choice}"))
    genres = ", ".join(one.genre for one in readers_of())
    message = f"ce fichier n’est pas reconnu : dites ce qu’il est avec --genre ({genres})"
    raise UsageError(_sentence(path, message))


def _sentence(path: Path, message: str, hint: str = "") -> str:
    said = f"« {path} » : {message}".rstrip(".")
    return f"{said} ; {hint.rstrip('.')}." if hint else f"{said}."


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"« {path} » est trop gros : 50 Mo au plus.")
        return read_file(path)
    except FileNotFoundError:
        raise UsageError(f"« {path} » n’existe pas.") from None
    except OSError as error:
        raise UsageError(f"« {path} » ne peut pas être lu : {error.strerror or error}.") from None


def _agrees(proposal: Proposal) -> bool:
    """Shows what changes in files that exist, and asks; without a terminal, says how to agree."""
    for change in proposal.changes:
        say(f"  {change}")
    if not sys.stdin.isatty():
        say("Rien n’a été écrit : relancez avec --oui pour accepter ces changements.")
        return False
    return click.confirm("Écrire ces changements ?", default=True)


# --- what is said ---------------------------------------------------------------------------------------


def _show(proposal: Proposal) -> int:
    for one in proposal.files:
        say(f"--- content/{one.path}", bold=True)
        click.echo(one.text)
    _report(proposal)
    say("Rien n’a été écrit.")
    return Exit.CLEAN


def _report(proposal: Proposal) -> None:
    for count in proposal.counts:
        say(
            f"{counted(count.found, count.what, count.many)} dans le fichier, {figure(count.kept)} dans la "
            f"proposition."
        )
    for line in proposal.said:
        say(line)


def _tell(project: Project, proposal: Proposal) -> None:
    from ctgdocs.importing.reader import AGENTS

    for one in proposal.files:
        shown = project.relative(project.content / one.path)
        if one.path.startswith(f"{AGENTS}/"):
            say(f"Les données personnelles sont à part, dans {shown}, que git ignore.")
        else:
            say(f"{shown} est {'proposé' if one.how == 'new' else 'complété'}.", fg="green")
    _report(proposal)
    if proposal.doubts:
        say(f"{counted(proposal.doubts, 'ligne')} à relire : cherchez « à vérifier » dans le fichier.")
    name = proposal.files[0].path.removesuffix(".yaml")
    say(f"Relisez-le, puis : {proposal.next or f'ctgdocs verifier {name}'}")
