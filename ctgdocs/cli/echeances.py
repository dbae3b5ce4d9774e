"""`ctgdocs echeances`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ctgdocs.cli.espace import DAY, convention_named, day_of, here, id_of, library_of
from ctgdocs.cli.show import Exit, counted, say
from ctgdocs.kinds.convention import KIND
from ctgdocs.memory.writing import write
from ctgdocs.vocabulary.registres import SEANCES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ctgdocs.kinds.convention.acte import Acte
    from ctgdocs.renewing.echeances import Echeance
    from ctgdocs.stages import Entry

RANK = 12
PAST = "passée"


@click.command(options_metavar="[OPTIONS]")
@click.argument("cible", nargs=-1, metavar="[CIBLE]…")
@click.option(
    "--ics",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FICHIER",
    help="Écrit aussi un calendrier, pour Outlook, Thunderbird ou un téléphone.",
)
@click.option("--depuis", callback=day_of, metavar=DAY, help="Marque ce qui est passé à cette date.")
def echeances(cible: tuple[str, ...], ics: Path | None, depuis: date | None) -> int:
    """Liste ce que les conventions et les séances impliquent, date par date.

    CIBLE : ctg-2027-2031, conventions/ctg-2027-2031, une séance (2026-09-24), conventions ou seances ; tout
    par défaut. Signature, comités de pilotage, bilans annuels, évaluations, fins et renouvellements ; les
    conventions liées suivent celle qui les cite. Convocation, liste, transmission, procès-verbal.
    """
    from ctgdocs.renewing.echeances import echeances as what_they_imply
    from ctgdocs.seances.papiers import echeances as of_seances

    library = library_of(here())
    names = [id_of(one) for one in cible] or ["conventions", "seances"]
    seances = _chosen(names, "seances", library.ids(SEANCES))
    conventions = _chosen(names, "conventions", library.ids(KIND.registry))
    conventions += [one for one in names if one not in {*seances, *conventions, "seances", "conventions"}]
    entries = [convention_named(library, one) for one in conventions]
    known = [entry for entry in entries if entry is not None]
    reader = library.reader()
    found = sorted([*what_they_imply(known, reader), *of_seances(library, seances)])
    for line in _table(found, depuis):
        say(line)
    if not found:
        say("Aucune échéance : ni convention datée, ni séance.")
    if ics is not None:
        cited = (reader.find(KIND.registry, id) for id in dict.fromkeys(one.convention for one in found))
        _write(ics, found, [entry for entry in cited if entry is not None])
        say(f"\n{ics} est écrit : {counted(len(found), 'échéance')}.", fg="green")
    return Exit.CLEAN if len(known) == len(entries) else Exit.FINDINGS


def _chosen(names: list[str], whole: str, ids: Sequence[str]) -> list[str]:
    """The ids among `names`, all of them when `whole` is one."""
    return [id for id in ids if whole in names or id in names]


def _table(found: list[Echeance], since: date | None) -> list[str]:
    """The deadlines in columns: day, what, convention, why; what to do for one, on a line below it."""
    if not found:
        return []
    past = [PAST if since and one.jour < since else "" for one in found]
    rows = [("Date", "", "Échéance", "Convention ou séance", "Pourquoi")]
    rows += [
        (f"{one.jour:%d/%m/%Y}", mark, one.quoi, one.convention, one.source)
        for one, mark in zip(found, past, strict=True)
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row, detail in zip(rows, ["", *(one.detail for one in found)], strict=True):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True) if width]
        lines.append("  ".join(cells).rstrip())
        if detail:
            lines.append(f"{' ' * (widths[0] + 2)}{detail}")
    return lines


def _write(path: Path, found: list[Echeance], entries: list[Entry[Acte]]) -> None:
    """A calendar is drawn again from the content each time: writing over the last one loses nothing."""
    from ctgdocs.renewing.echeances import calendar

    titles = {entry.id: entry.value.titre for entry in entries}
    stamps = {
        entry.id: day
        for entry in entries
        if (day := entry.value.version or entry.value.signature or entry.value.debut) is not None
    }
    write(path, calendar(found, titles, stamps))
