"""`ctgdocs visas`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from ctgdocs.cli.espace import DAY, day_of, here, library_of
from ctgdocs.cli.show import Exit, counted, say
from ctgdocs.findings import UsageError

if TYPE_CHECKING:
    from ctgdocs.renewing.usage import Usage

RANK = 6
COLUMN = 24


@click.command(options_metavar="[OPTIONS]")
@click.argument("cible", nargs=-1, metavar="[CIBLE]…")
@click.option(
    "--le", "jour", callback=day_of, metavar=DAY, help="Juge les validités à cette date (aujourd’hui)."
)
def visas(cible: tuple[str, ...], jour: date | None) -> int:
    """Liste les visas par leur usage dans vos actes, et ceux qui ne sont plus en vigueur.

    CIBLE : des actes (2026-045) ; dit alors les visas habituels qui leur manquent.
    """
    from ctgdocs.kinds import KINDS
    from ctgdocs.renewing.usage import usage_of

    library = library_of(here())
    usage = usage_of([kind.registry for kind in KINDS], library.reader())
    day = jour or date.today()
    if cible:
        for name in cible:
            _lacking(usage, name, day)
        return Exit.CLEAN
    for id, many in usage.ranked():
        state = "" if usage.known[id].value.valide(day) else "  (pas en vigueur)"
        say(f"{counted(many, 'acte'):>10}  {id:<{COLUMN}} {usage.known[id].value.texte}{state}")
    for entry, citing in usage.outdated(day):
        instead = f" ; visez « {entry.value.remplace_par} »" if entry.value.remplace_par else ""
        if citing:
            say(
                f"« {entry.id} » n’est pas en vigueur, et {counted(len(citing), 'acte')} à venir le vise : "
                f"{', '.join(citing)}{instead}"
            )
    return Exit.CLEAN


def _lacking(usage: Usage, name: str, day: date) -> None:
    keys = [key for key in usage.acts if key == name or key.partition("/")[2] == name]
    if not keys:
        raise UsageError(f"« {name} » n’est pas un acte qui vise des textes.")
    for key in keys:
        found = list(usage.lacking(key, day))
        for id, many, of in found:
            say(f"{key} : visa habituel manquant, « {id} » ({many} actes sur {of} de cette matière)")
        if not found:
            say(f"{key} : aucun visa habituel ne manque.")
