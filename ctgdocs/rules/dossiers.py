"""A dossier, and the documents that say otherwise than it: F1, F2, D5.

The dossier is the hub: a figure that two documents type differently disagrees with the dossier in one of them
at least, and the finding names both places. It is an alerte: between the commission and the council a figure
may move, and the earlier paper is not to be falsified.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ctgdocs.content.heritage import dossier_of
from ctgdocs.findings import Finding, Place, Severity
from ctgdocs.french import montant
from ctgdocs.rules.catalogue import D5, F1, F2
from ctgdocs.rules.liens import check_liens
from ctgdocs.rules.rule import consistency
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.as_typed import date_in_french, shown, slug
from ctgdocs.vocabulary.dossiers import CALCULES, Chemin, dates_nommees, montants_nommes
from ctgdocs.vocabulary.registres import SEANCES

if TYPE_CHECKING:
    from ctgdocs.vocabulary.dossiers import Finances


def check_dossier(entry: Entry[Any], reader: Reader) -> list[Finding]:
    """The findings of one dossier, in its own file."""
    return [*check_liens(entry, reader), *check_finances(entry), *commission_before_seance(entry, reader)]


def check_finances(entry: Entry[Any]) -> Iterator[Finding]:
    """F1: what is left to pay is what the lines say; `entry` may have been lent its figures."""
    finances: Finances | None = getattr(entry.value, "finances", None)
    if finances is None:
        return
    typed = finances.reste_a_charge
    if typed is not None and typed != finances.solde:
        yield F1.finding(
            f"le reste à charge annoncé est de {_euros(typed)} ; "
            f"{_euros(finances.total_depenses)} de dépenses "
            f"et {_euros(finances.total_recettes)} de recettes laissent {_euros(finances.solde)}",
            entry.place("finances", "reste_a_charge"),
            "corrigez une ligne ou le reste à charge ; sans reste_a_charge, il est calculé",
        )
    elif finances.depenses and finances.solde < 0:
        yield F1.finding(
            f"les recettes ({_euros(finances.total_recettes)}) dépassent les dépenses "
            f"({_euros(finances.total_depenses)})",
            entry.place("finances", "recettes"),
            "vérifiez les lignes ; la part de la collectivité ne s’y écrit pas, elle est calculée",
            severity=Severity.ALERTE,
        )


def commission_before_seance(entry: Entry[Any], reader: Reader) -> Iterator[Finding]:
    """D5: the commission studies what the assembly will deliberate."""
    passage, seance = entry.value.commission, entry.value.seance
    found = reader.find(SEANCES, seance) if seance else None
    if passage and passage.date and found and passage.date >= found.value.date:
        yield D5.finding(
            f"la commission ({date_in_french(passage.date)}) ne précède pas la séance "
            f"({date_in_french(found.value.date)})",
            entry.place("commission"),
            "corrigez l’une des deux dates",
        )


# --- a document and its dossier -------------------------------------------------------------------------


def check_accord(entry: Entry[Any], reader: Reader) -> Iterator[Finding]:
    """F2: what a document (or a point of a note) types says the same as its dossier. `entry` as typed."""
    dossier = dossier_of(entry, reader)
    if dossier is None:
        return
    yield from _objet(entry, dossier)
    ours, theirs = list(montants_nommes(entry.value)), list(montants_nommes(dossier.value))
    yield from _differ(entry, dossier, ours, theirs, "le montant", _euros)
    days, lent = list(dates_nommees(entry.value)), list(dates_nommees(dossier.value))
    yield from _differ(entry, dossier, days, lent, "l’étape", date_in_french)
    yield from same_meetings(entry, dossier)


def _differ(
    entry: Entry[Any],
    dossier: Entry[Any],
    ours: list[tuple[str, Any, Chemin]],
    theirs: list[tuple[str, Any, Chemin]],
    label: str,
    say: Any,
) -> Iterator[Finding]:
    known = {name: (value, path) for name, value, path in theirs}
    for name, value, path in ours:
        if name not in known:
            if name not in CALCULES:
                yield F2.finding(
                    f"{label} « {name} » n’est pas dans le dossier : ses autres documents l’ignorent",
                    entry.place(*path),
                    f"ajoutez « {name} » au dossier, ou corrigez le nom",
                    severity=Severity.INFO,
                )
            continue
        expected, there = known[name]
        if value != expected:
            yield _disagreement(
                entry.place(*path), dossier.place(*there), f"{label} « {name} »", say, value, expected
            )


def _euros(value: Decimal) -> str:
    return montant(value, centimes=value != value.to_integral_value())


def _objet(entry: Entry[Any], dossier: Entry[Any]) -> Iterator[Finding]:
    objet = entry.value.objet
    if "objet" in entry.value.model_fields_set and slug(objet or "") != slug(dossier.value.objet):
        place, there = entry.place("objet"), dossier.place("objet")
        yield _disagreement(place, there, "l’objet", shown, objet, dossier.value.objet)


def same_meetings(entry: Entry[Any], dossier: Entry[Any]) -> Iterator[Finding]:
    """F2: the commission, its day, its opinion, and the séance."""
    ours, theirs = entry.value.commission, dossier.value.commission
    if ours and theirs and "commission" in entry.value.model_fields_set:
        for field, said, say in (
            ("instance", "la commission", shown),
            ("date", "le jour de la commission", date_in_french),
            ("avis", "l’avis de la commission", shown),
        ):
            typed, expected = getattr(ours, field), getattr(theirs, field)
            if typed and expected and typed != expected:
                place, there = entry.place("commission", field), dossier.place("commission", field)
                yield _disagreement(place, there, said, say, typed, expected)
    typed, expected = entry.value.seance, dossier.value.seance
    if typed and expected and typed != expected and "seance" in entry.value.model_fields_set:
        yield _disagreement(
            entry.place("seance"), dossier.place("seance"), "la séance", shown, typed, expected
        )


def _disagreement(
    place: Place,
    there: Place,
    what: str,
    say: Any,
    typed: str | Decimal | date,
    expected: str | Decimal | date,
) -> Finding:
    where = f"{there.file}:{there.line}" if there.line else there.file
    return F2.finding(
        f"{what} diffère du dossier : {say(typed)} ici, {say(expected)} dans {where}",
        place,
        "corrigez l’un des deux, ou retirez-le d’ici : le dossier le donne",
    )


def check_complete(entry: Entry[Any], fields: tuple[str, ...]) -> Iterator[Finding]:
    """What neither the document nor its dossier says; `entry` as inherited."""
    for name in fields:
        if not getattr(entry.value, name):
            yield consistency(
                "champ-manquant",
                f"champ obligatoire absent : « {name} », ici et dans le dossier",
                entry.place("dossier"),
                "ajoutez-le au dossier ou à ce document",
            )
