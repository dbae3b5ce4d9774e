"""`ctgdocs nouveau`: a new content file says what the house is known for, and leaves blanks for the rest; or
one délibération for each of those who sign a convention."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ctgdocs.cli.espace import convention_named, here, kind_named, library_of, write_new
from ctgdocs.cli.show import Exit, say
from ctgdocs.files import read_file
from ctgdocs.findings import UsageError
from ctgdocs.project import Project
from ctgdocs.vocabulary.registres import CONVENTIONS, INSTANCES, SEANCES

if TYPE_CHECKING:
    from datetime import date

    from pydantic import BaseModel

    from ctgdocs.content.library import Library
    from ctgdocs.kind import Kind

RANK = 2
NUMBERED = re.compile(r"(\d{4})-(\d{1,4})")


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
    known = known_of_the_house(library_of(project), number, datetime.date.today())
    write_new(path, begun(page_of(kind), known, objet).encode("utf-8"), project.relative(path))
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


# --- What is written: the page of the kind, with what the house is known for


_TOKEN = re.compile(r"<(?P<name>[a-z!]+)(?:\|(?P<instead>[^>]+))?>")


def begun(page: str, known: Mapping[str, str], objet: str = "") -> str:
    """A page of `<names>`, each replaced by what is known of it; `<name|what>` leaves « [à compléter : … »
    where nothing is, `<!name>` keeps its line only then. A line that cannot be written is left as a comment.
    `objet` replaces the blank of that field.

    >>> print(begun("signataire: <executif>\\ndate: <jour|date>\\nlieu: x<!jour>", {"jour": "2026-11-12"}))
    # signataire: …
    date: 2026-11-12
    # lieu: x
    """
    from ctgdocs.content.edit import scalar

    lines = [_line(line, known) for line in page.split("\n")]
    if objet:
        typed = f"objet: {scalar(' '.join(objet.split()))}"
        lines = [typed if line.startswith("objet:") else line for line in lines]
    return "\n".join(lines)


def _line(line: str, known: Mapping[str, str]) -> str:
    def written(token: re.Match[str]) -> str:
        name, instead = token["name"], token["instead"]
        if name.startswith("!"):
            return ""
        return known.get(name) or (f'"[à compléter : {instead}]"' if instead else "…")

    def is_lacking(token: re.Match[str]) -> bool:
        name = token["name"]
        return name[1:] in known if name.startswith("!") else not (known.get(name) or token["instead"])

    lacking = any(map(is_lacking, _TOKEN.finditer(line))) and not line.lstrip().startswith("#")
    return ("# " if lacking else "") + _TOKEN.sub(written, line)


def page_of(kind: Kind[BaseModel]) -> str:
    import importlib.util

    spec = importlib.util.find_spec(kind.package)
    assert spec is not None
    assert spec.origin is not None
    return read_file(Path(spec.origin).with_name("nouveau.yaml")).decode("utf-8")


def known_of_the_house(library: Library, name: str, today: date) -> dict[str, str]:
    """What the registries, and the name of the new file (`commission-2026-11-12`), say of it: ids, a day."""
    from ctgdocs.vocabulary.registres import COLLECTIVITE, ELUS

    known = {}
    house = library.find(COLLECTIVITE, COLLECTIVITE.name)
    if house is not None and library.find(ELUS, house.value.executif):
        known["executif"] = house.value.executif
    day = _day_in(name)
    if day is not None:
        known["jour"] = day.isoformat()
    if years := re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", name):
        known["annee"] = years[-1]
    known.update(_body(library, name, day or today))
    known.update(_sitting(library, known.get("instance", ""), day, today))
    conventions = library.ids(CONVENTIONS)
    named = [id for id in conventions if name.startswith(id)] or conventions
    if len(named) == 1:
        known["convention"] = named[0]
    return known


def _day_in(name: str) -> date | None:
    from pydantic_core import PydanticCustomError

    from ctgdocs.vocabulary.as_typed import read_date

    found = re.search(r"\d{4}-\d\d-\d\d", name)
    try:
        return read_date(found[0]) if found else None
    except PydanticCustomError:
        return None


def _body(library: Library, name: str, day: date) -> dict[str, str]:
    """The body that a name begins with, and its members of that day; the only commission, when it is one."""
    from ctgdocs.vocabulary.as_typed import fitting

    words = re.sub(r"\d{4}(?:-\d\d)*", "", name).strip("-")
    bodies = [entry for id in library.ids(INSTANCES) if (entry := library.find(INSTANCES, id))]
    commissions = [entry for entry in bodies if entry.value.type == "commission"]
    meant = fitting(words, {entry.id: entry.value.nom for entry in bodies}) if words else []
    exact = [entry for entry in bodies if entry.id == words] or [one for one in bodies if one.id in meant]
    known = {}
    if len(exact) == 1:
        known = {"instance": exact[0].id, "membres": ", ".join(exact[0].value.membres_au(day))}
    if len(exact) == 1 and exact[0] in commissions:
        commissions = exact
    if len(commissions) == 1:
        known["commission"] = commissions[0].id
    return known


def _sitting(library: Library, body: str, day: date | None, today: date) -> dict[str, str]:
    """The séance of that day, or the next one of a body that is named; and the next one of all."""
    entries = [entry for id in library.ids(SEANCES) if (entry := library.find(SEANCES, id))]
    to_come = sorted((one.value.date, one.id) for one in entries if one.value.date >= today)
    known = {"prochaine": to_come[0][1]} if to_come else {}
    of_the_body = [one for one in entries if not body or one.value.instance == body]
    if day is None:
        of_the_body = [one for one in of_the_body if body and one.value.date >= today]
    else:
        of_the_body = [one for one in of_the_body if one.value.date == day]
    first = min(of_the_body, key=lambda one: one.value.date, default=None)
    return known if first is None else {**known, "seance": first.id}


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
        year, order = datetime.date.today().year, 0
    return f"{year}-{order + 1:03}"
