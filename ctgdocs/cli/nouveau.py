"""`ctgdocs nouveau`: a new content file, or a new entry of a registry, says what the house is known for, and
leaves blanks for the rest; or one délibération for each of those who sign a convention."""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

import click

from ctgdocs.cli.espace import convention_named, here, id_of, library_of, write_new
from ctgdocs.cli.show import Exit, say, show
from ctgdocs.files import read_file
from ctgdocs.findings import CtgdocsError, UsageError
from ctgdocs.project import Project
from ctgdocs.stages import Registry

if TYPE_CHECKING:
    from pydantic import BaseModel

    from ctgdocs.content.library import Library

RANK = 2


@click.command(options_metavar="[OPTIONS]")
@click.argument("genre", metavar="GENRE")
@click.argument("nom", metavar="[NOM]", required=False)
@click.option("--objet", default="", metavar="TEXTE", help="L’objet, écrit à sa place dans le fichier.")
@click.option(
    "--avec",
    "champs",
    multiple=True,
    metavar="CHAMP=TEXTE",
    help="Un champ que vous connaissez : --avec fonction=présidente ; se répète.",
)
@click.option("--comme", "model", metavar="ACTE", help="Reprend le texte d’un acte du même genre : 2022-031.")
@click.option("--sans-question", is_flag=True, help="Ne demande rien : ce qui manque reste entre crochets.")
@click.option(
    "--pour",
    "convention",
    metavar="CONVENTION",
    help="Avec le genre « deliberations » : un projet par collectivité qui signe cette convention.",
)
def nouveau(
    genre: str,
    nom: str | None,
    objet: str,
    champs: tuple[str, ...],
    model: str | None,
    sans_question: bool,
    convention: str | None,
) -> int:
    """Écrit un nouveau fichier de contenu, ou une nouvelle fiche d’un registre, à compléter.

    GENRE : deliberation, arrete… ou elu, commune, instance, seance, partenaire, dossier, visa, agent. NOM :
    2026-045 (rien pour le premier numéro libre), un jour, un nom (« Mme Claire Durand »).
    """
    if convention is not None:
        if genre not in ("deliberation", "deliberations") or nom or objet or champs:
            raise UsageError("--pour s’écrit ainsi : ctgdocs nouveau deliberations --pour CONVENTION")
        return _deliberations(here(), convention)
    project, begins = here(), _begins(genre)
    library = library_of(project)
    asks = not sans_question and sys.stdin.isatty()
    id, typed = _named(begins, project, nom or (_ask(begins.asked) if asks and begins.asked else ""))
    if model is not None:
        begins = begins._replace(page=_like(library, begins, model))
    typed |= _fields(library, begins, [*champs, *([f"objet={objet}"] if objet else [])])
    return _write(library, begins, id, typed, asks=asks)


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


# --- What begins: an act of a kind, or an entry of a registry


class _Begins(NamedTuple):
    """What begins: where it stands, the page it begins with, and what its name is asked with ("" when a
    number is found for it)."""

    registry: Registry[BaseModel]
    page: str
    asked: str = ""


def _begins(genre: str) -> _Begins:
    from ctgdocs.content.beginning import BEGUN, page_of
    from ctgdocs.french import slug
    from ctgdocs.kinds import KINDS

    kinds = {kind.name: kind for kind in KINDS}
    registries = {slug(one.label): one for one in BEGUN}
    word = slug(genre)
    kind = next((kind for kind in KINDS if word in (slug(kind.name), slug(kind.shelf))), None)
    if kind is not None:
        return _Begins(kind.registry, kind.beginning())
    registry = registries.get(word) or next((one for one in BEGUN if one.name == word), None)
    if registry is None:
        raise UsageError(f"Genre inconnu « {genre} » : choisissez parmi {', '.join((*kinds, *registries))}.")
    return _Begins(registry, page_of(registry), f"{registry.label.capitalize()} (nom ou identifiant)")


def _named(begins: _Begins, project: Project, nom: str) -> tuple[str, dict[str, str]]:
    """The id, and the fields that the name gives."""
    from ctgdocs.content.beginning import named, next_number
    from ctgdocs.french import slug

    if begins.asked:
        id, typed = named(begins.registry, nom)
        if not id:
            raise UsageError(f"Donnez un nom : ctgdocs nouveau {slug(begins.registry.label)} NOM.")
        return id, typed
    number = nom or next_number(project.content / begins.registry.path)
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*", number):
        raise UsageError(
            f"« {number} » n’est pas un numéro : des lettres, des chiffres et des tirets, comme 2026-045."
        )
    return number, {}


def _fields(library: Library, begins: _Begins, champs: Iterable[str]) -> dict[str, str]:
    """The fields given as `champ=texte`. UsageError when one cannot be that."""
    from ctgdocs.content.beginning import wrong

    typed = {}
    for champ in champs:
        name, equals, text = (part.strip() for part in champ.partition("="))
        if not (equals and name and text):
            raise UsageError(f"--avec s’écrit CHAMP=TEXTE : « {champ} » n’en a pas la forme.")
        if reason := wrong(library, begins.registry.type(), name, text):
            raise UsageError(f"« {champ} » : {reason}{'' if reason.endswith('?') else '.'}")
        typed[name] = text
    return typed


OF_ITS_DAY = ("numero", "seance", "commission", "presidence", "vote", "date", "statut", "signature")
LEFT = ("transmission", "publication", "notification", "retrait")


def _like(library: Library, begins: _Begins, typed: str) -> str:
    """The text of an act, without what was of its day and of its vote. UsageError when there is none."""
    from ctgdocs.content.edit import Edit, fields
    from ctgdocs.vocabulary.as_typed import did_you_mean

    id = id_of(typed)
    if id not in library.ids(begins.registry):
        near = did_you_mean(id, library.ids(begins.registry)) or "."
        raise UsageError(f"Aucun acte « {id} » dans content/{begins.registry.path}{near}")
    path = library.project.root / library.path_of(f"{begins.registry.name}/{id}")
    edit = Edit(read_file(path).decode("utf-8"))
    for name in (*OF_ITS_DAY, *LEFT):
        if name in fields(edit.root):
            edit.remove(edit.root, name)
    return edit.text()


# --- The few questions of a terminal


def _ask(question: str) -> str:
    return str(click.prompt(f"{question} ", default="", show_default=False, prompt_suffix=": ")).strip()


def _answers(library: Library, begins: _Begins, page: str) -> dict[str, str]:
    """What is answered to the blanks of a page; an empty answer leaves them."""
    from ctgdocs.content.beginning import questions, wrong

    record = begins.registry.type()
    answers = {}
    for one in questions(page):
        if one.field not in record.model_fields:
            continue
        words = one.what or str(record.model_fields[one.field].description).rstrip(".")
        while answer := _ask(words[:1].upper() + words[1:]):
            reason = wrong(library, record, one.field, answer)
            if not reason:
                answers[one.field] = answer
                break
            say(f"  {reason}", fg="yellow")
    return answers


# --- What is written


def _write(library: Library, begins: _Begins, id: str, typed: dict[str, str], *, asks: bool) -> Exit:
    from ctgdocs.content.beginning import begun, known_of_the_house

    registry, project = begins.registry, library.project
    path = project.content / (f"{registry.path}{id}.yaml" if registry.folder else registry.path)
    if not registry.folder and not _can_be_read(library, library.project.relative(path)):
        return Exit.FINDINGS
    if id in library.ids(registry):
        raise UsageError(
            f"« {id} » existe déjà dans {library.path_of(f'{registry.name}/{id}')} : rien n’a été touché."
        )
    known = known_of_the_house(library, " ".join((id, *typed.values())), datetime.date.today())
    if asks:
        say("Une réponse vide laisse le champ à compléter.")
        typed |= _answers(library, begins, begun(begins.page, known, typed))
    page = begun(begins.page, known, typed)
    if registry.folder:
        write_new(path, page.encode("utf-8"), project.relative(path))
        say(f"{project.relative(path)} est écrit.", fg="green")
    else:
        _append(library, registry, id, page)
    act = f" {id} et ctgdocs generer {id}" if not begins.asked else ""
    say(f"Complétez-{'la' if registry.feminine else 'le'}, puis : ctgdocs verifier{act}")
    return Exit.CLEAN


def _can_be_read(library: Library, path: str) -> bool:
    """False, its findings shown, for a file in which nothing can be added."""
    from ctgdocs.content.edit import holds_nothing

    if not library.is_unreadable(path):
        return True
    with suppress(OSError, UnicodeDecodeError):
        if holds_nothing(read_file(library.project.root / path).decode("utf-8")):
            return True
    show(library.findings(path))
    return False


def _append(library: Library, registry: Registry[BaseModel], id: str, page: str) -> None:
    """Adds an entry at the end of a shared file, every other byte kept."""
    from ctgdocs.content.beginning import added
    from ctgdocs.memory.writing import NotWritten, Output, write_all

    path = library.project.content / registry.path
    shown = library.project.relative(path)
    before = read_file(path) if path.exists() else None
    text = added(registry, None if before is None else before.decode("utf-8"), id, page)
    (result,) = write_all([Output(str(path), text.encode("utf-8"), gives_way=lambda there: there == before)])
    if isinstance(result, NotWritten):
        raise CtgdocsError(str(result))
    say(f"{shown} : « {id} » est ajouté{'e' * registry.feminine}.", fg="green")
