"""`ctgdocs nouveau`: a new content file is the kind's own example, as a project that nothing has happened to
yet; or one délibération for each of those who sign a convention."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ctgdocs.cli.espace import convention_named, here, kind_named, library_of, write_new
from ctgdocs.cli.show import Exit, say
from ctgdocs.files import read_file
from ctgdocs.findings import UsageError
from ctgdocs.project import Project

if TYPE_CHECKING:
    from pydantic import BaseModel

    from ctgdocs.kind import Kind

RANK = 2
NUMBERED = re.compile(r"(\d{4})-(\d{1,4})")
_FIELD = re.compile(r"([a-z_]+):")


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
        return _deliberations(here(), convention)
    kind, project = kind_named(genre), here()
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
    return Exit.CLEAN


def _deliberations(project: Project, convention: str) -> Exit:
    """`ctgdocs nouveau deliberations --pour`: the projets of a convention's signatories."""
    from ctgdocs.renewing.deliberations import deliberations

    library = library_of(project)
    entry = convention_named(library, convention)
    if entry is None:
        return Exit.FINDINGS
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
    return Exit.CLEAN


def begun(example: str, later: Collection[str], objet: str = "") -> str:
    """The example with the fields of a later state left as comments (`later`: their names), and its objet
    replaced by the one that was given.

    >>> print(begun("objet: x\\nvote: {}\\n", ["vote"], "Tarifs 2027"))
    objet: Tarifs 2027
    # vote: {}
    <BLANKLINE>
    """
    from ctgdocs.content.edit import scalar

    lines, field = [], ""
    for line in example.split("\n"):
        if found := _FIELD.match(line):
            field = found[1]
        elif not line.startswith((" ", "-")):
            field = ""
        if field == "objet" and objet:
            lines.append(f"objet: {scalar(' '.join(objet.split()))}" if found else "")
        else:
            lines.append(f"# {line}" if field in later and line else line)
    return "\n".join(lines)


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
