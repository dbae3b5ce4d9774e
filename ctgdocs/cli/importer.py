"""`ctgdocs importer`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ctgdocs.cli.espace import here, write_new
from ctgdocs.cli.show import Exit, counted, say
from ctgdocs.files import read_file
from ctgdocs.findings import CtgdocsError, UsageError
from ctgdocs.project import Project

if TYPE_CHECKING:
    from ctgdocs.importing import Proposal

RANK = 3
AGENTS = "agents"
LARGEST = 50_000_000


@click.command(options_metavar="[OPTIONS]")
@click.argument("fichier", metavar="FICHIER", type=click.Path(path_type=Path))
@click.option("-o", "--sortie", "numero", metavar="NOM", help="Nom du contenu ; tiré de l’intitulé sinon.")
def importer(fichier: Path, numero: str | None) -> int:
    """Propose un contenu d’après une fiche de poste ou une offre d’emploi existante.

    FICHIER : .txt, .md ou .docx. Les titres sont reconnus, le reste est gardé en texte, les lignes douteuses
    sont marquées « à vérifier » : rien n’est à retaper.
    """
    from ctgdocs.kinds import KINDS

    project = here()
    kind = next(kind for kind in KINDS if kind.imports)
    data = _read(fichier)
    try:
        proposal = kind.propose(data, fichier.name, (numero or "").removesuffix(".yaml"))
    except CtgdocsError as error:
        raise CtgdocsError(f"« {fichier} » : {error}") from error
    name = proposal.id
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,99}", name):
        raise UsageError(f"« {name} » n’est pas un nom : minuscules sans accent, chiffres et tirets.")
    written = [_write(project, f"{kind.shelf}/{name}.yaml", proposal.text)]
    if proposal.agent:
        written.append(_write(project, f"{AGENTS}/{name}.yaml", proposal.agent))
    _tell(written, proposal, f"{kind.shelf}/{name}")
    return Exit.CLEAN


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise UsageError(f"« {path} » est trop gros : 50 Mo au plus.")
        return read_file(path)
    except FileNotFoundError:
        raise UsageError(f"« {path} » n’existe pas.") from None
    except OSError as error:
        raise UsageError(f"« {path} » ne peut pas être lu : {error.strerror or error}.") from None


def _write(project: Project, name: str, text: str) -> str:
    """Writes a content file that does not exist yet; returns its path in the workspace."""
    shown = project.relative(project.content / name)
    write_new(project.content / name, text.encode("utf-8"), shown, " Donnez un autre nom avec -o.")
    return shown


def _tell(written: list[str], proposal: Proposal, name: str) -> None:
    say(f"{written[0]} est proposé.", fg="green")
    if proposal.doubts:
        say(f"{counted(proposal.doubts, 'ligne')} à relire : cherchez « à vérifier » dans le fichier.")
    for path in written[1:]:
        say(f"Les données personnelles sont à part, dans {path}, que git ignore.")
    say(f"Relisez-le, puis : ctgdocs verifier {name}")
