"""V1: a visa cited by an act exists, and is in force on its day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ctgdocs.checks.catalogue import V1
from ctgdocs.checks.liens import broken, holds, unknown
from ctgdocs.findings import Finding, Place
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.actes import VisaCite
from ctgdocs.vocabulary.as_typed import IDENTIFIANT, date_in_french


def check_visas(
    entry: Entry, reader: Reader, visas: Sequence[VisaCite], jour: date | None
) -> Iterator[Finding]:
    """The findings of an act's visas; `jour` is the day of the act, None while it is a projet."""
    for index, visa in enumerate(visas):
        place = entry.place("visas", index)
        if visa.deliberation:
            if visa.du is None and not reader.exists("deliberation", visa.deliberation):
                yield unknown(reader, "deliberation", visa.deliberation, place)
        elif visa.texte and IDENTIFIANT.fullmatch(visa.texte):
            if not holds(reader, "visas", visa.texte):
                yield broken(reader, "visas", visa.texte, place)
            elif jour is not None:
                yield from _in_force(reader, visa.texte, jour, place)


def _in_force(reader: Reader, id: str, jour: date, place: Place) -> Iterator[Finding]:
    entry = reader.find("visas", id)
    if entry is None or entry.value.valide(jour):
        return
    visa = entry.value
    late = visa.valide_au is not None and jour > visa.valide_au
    bound = (
        f"n’est plus valable après le {date_in_french(visa.valide_au)}"
        if late
        else f"n’est valable qu’à partir du {date_in_french(visa.valide_du)}"
    )
    hint = f"visez « {visa.remplace_par} »" if late and visa.remplace_par else "vérifiez la référence"
    yield V1.finding(f"le visa « {id} » {bound} ; l’acte est du {date_in_french(jour)}", place, hint)
