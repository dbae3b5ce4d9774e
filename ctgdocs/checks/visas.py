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
        if visa.deliberation:
            if visa.du is None and not reader.exists("deliberation", visa.deliberation):
                yield unknown(reader, "deliberation", visa.deliberation, entry.place("visas", index))
        elif visa.texte and IDENTIFIANT.fullmatch(visa.texte):
            if not holds(reader, "visas", visa.texte):
                yield broken(reader, "visas", visa.texte, entry.place("visas", index))
            elif jour and (known := reader.find("visas", visa.texte)) and not known.value.valide(jour):
                yield _not_in_force(known, jour, entry.place("visas", index))


def _not_in_force(known: Entry, jour: date, place: Place) -> Finding:
    visa = known.value
    late = visa.valide_au is not None and jour > visa.valide_au
    bound = (
        f"n’est plus valable après le {date_in_french(visa.valide_au)}"
        if late
        else f"n’est valable qu’à partir du {date_in_french(visa.valide_du)}"
    )
    hint = f"visez « {visa.remplace_par} »" if late and visa.remplace_par else "vérifiez la référence"
    return V1.finding(f"le visa « {known.id} » {bound} ; l’acte est du {date_in_french(jour)}", place, hint)
