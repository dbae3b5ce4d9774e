"""`ctgdocs mandat`: what the end of a mandate changes, and what still names those who leave."""

from __future__ import annotations

import sys
from datetime import date
from functools import partial
from operator import eq
from typing import TYPE_CHECKING

import click

from ctgdocs.cli.espace import DAY, day_of, here, library_of
from ctgdocs.cli.show import Exit, counted, say
from ctgdocs.findings import CtgdocsError, UsageError
from ctgdocs.project import Project

if TYPE_CHECKING:
    from ctgdocs.renewing.mandats import Closing

RANK = 13


@click.group(subcommand_metavar="COMMANDE [ARGUMENTS]…", options_metavar="[OPTIONS]")
def mandat() -> None:
    """Clôt un mandat : le renouvellement du conseil, une démission, un décès."""


@mandat.command(options_metavar="[OPTIONS]")
@click.argument("elus", nargs=-1, metavar="[ÉLU]…")
@click.option("--au", "day", callback=day_of, metavar=DAY, required=True, help="Le dernier jour du mandat.")
@click.option("--a-blanc", "dry", is_flag=True, help="Montre ce qui serait écrit ; n’écrit rien.")
@click.option("--oui", "agreed", is_flag=True, help="Ne demande pas avant d’écrire.")
def clore(elus: tuple[str, ...], day: date, dry: bool, agreed: bool) -> int:
    """Donne leur dernier jour aux membres de toutes les instances.

    ÉLU : qui part, par son identifiant ou son nom ; sans lui, tous. Les séances déjà tenues gardent leurs
    membres. Ce qui nomme encore un ancien élu (acte à venir, comité de pilotage, convention en cours) est
    listé.
    """
    from ctgdocs.renewing.mandats import closing

    project = here()
    library = library_of(project)
    names = library.names_of("elus")
    closed = closing(library, day, [_known(one, names) for one in elus])
    if not closed.texts:
        say("Personne n’a de mandat en cours à cette date : rien n’est à écrire.")
        return Exit.CLEAN
    for id, ids in closed.ended.items():
        say(f"{id} : {counted(len(ids), 'mandat')} jusqu’au {day.isoformat()} ({_some(ids)})")
    if dry or not (agreed or _agrees()):
        say("Rien n’a été écrit.")
        _tell(closed)
        return Exit.CLEAN if dry else Exit.FINDINGS
    _write(project, closed)
    _tell(closed)
    say("La suite : ctgdocs importer la liste des nouveaux élus.")
    return Exit.CLEAN


def _known(typed: str, names: dict[str, str]) -> str:
    """The id of an élu, by id or by name. UsageError when it is nobody, or several."""
    from ctgdocs.vocabulary.as_typed import fitting, meant, one_of

    if typed in names:
        return typed
    found = fitting(typed, names)
    if len(found) != 1:
        hint = one_of(meant(typed, names), "écrivez son identifiant dans elus.yaml")
        raise UsageError(f"« {typed} » {'désigne plusieurs élus' if found else 'n’est pas un élu'} : {hint}")
    return found[0]


def _some(ids: list[str]) -> str:
    return ", ".join(ids[:4]) + (f" et {len(ids) - 4} autres" if len(ids) > 4 else "")


def _agrees() -> bool:
    if sys.stdin.isatty():
        return click.confirm("Écrire ces changements ?", default=True)
    say("Relancez avec --oui pour les écrire.")
    return False


def _write(project: Project, closed: Closing) -> None:
    from ctgdocs.memory.writing import NotWritten, Output, write_all

    outputs = [
        Output(str(project.root / path), after.encode(), partial(eq, before.encode()))
        for path, (before, after) in closed.texts.items()
    ]
    for path, result in zip(closed.texts, write_all(outputs), strict=True):
        if isinstance(result, NotWritten):
            raise CtgdocsError(str(result))
        say(f"{path} est écrit.", fg="green")


def _tell(closed: Closing) -> None:
    if not closed.named:
        say("Plus rien ne les nomme pour la suite.")
        return
    say("\nNomment encore un ancien élu :")
    fields: dict[tuple[str, str], list[str]] = {}
    for one in closed.named:
        fields.setdefault((one.what, one.field.partition(".")[0]), []).append(f"{one.elu}, ligne {one.line}")
    for (what, name), elus in fields.items():
        say(f"  {what} ({name}) : {' ; '.join(elus[:4])}{f' et {len(elus) - 4} autres' * (len(elus) > 4)}")
