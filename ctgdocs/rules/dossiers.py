"""A dossier, and the documents that say otherwise than it: F1, F2.

The dossier is the hub: a figure that two documents type differently disagrees with the dossier in one of them
at least, and the finding names both places. It is an alerte: between the commission and the council a figure
may move, and the earlier paper is not to be falsified.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Protocol, TypeVar

from ctgdocs.content.heritage import Heir, dossier_of
from ctgdocs.findings import Finding, Place, Related
from ctgdocs.french import date_simple, montant
from ctgdocs.rules.rule import ALERTE, ERREUR, INFO, Said, consistency, rule
from ctgdocs.stages import Entry, Reader, Steps
from ctgdocs.vocabulary.actes import PassageEnCommission
from ctgdocs.vocabulary.as_typed import shown, slug
from ctgdocs.vocabulary.dossiers import CALCULES, Affaire, Dossier, dates_nommees, montants_nommes

Value = TypeVar("Value", str, Decimal, date)


@rule(
    "F1",
    "Le reste à charge est la différence entre les dépenses et les recettes",
    ERREUR,
    "cohérence du dossier",
    on=Affaire,
)
def what_is_left_to_pay(affaire: Entry[Affaire], reader: Reader) -> Iterator[Said]:
    """A reste à charge that is typed is the one that the lines give, those lent by the dossier included.
    Recettes above the dépenses are told lightly; as much as them is a matter fully funded."""
    finances = affaire.value.finances
    if finances is None:
        return
    spent, received = somme(finances.total_depenses), somme(finances.total_recettes)
    typed = finances.reste_a_charge
    if typed is not None and typed != finances.solde:
        yield Said(
            f"le reste à charge annoncé est de {somme(typed)} ; {spent} de dépenses "
            f"et {received} de recettes laissent {somme(finances.solde)}",
            affaire.place("finances", "reste_a_charge"),
            "corrigez une ligne ou le reste à charge ; sans reste_a_charge, il est calculé",
        )
    elif finances.depenses and finances.solde < 0:
        yield Said(
            f"les recettes ({received}) dépassent les dépenses ({spent})",
            affaire.place("finances", "recettes"),
            "vérifiez les lignes ; la part de la collectivité ne s’y écrit pas, elle est calculée",
            severity=ALERTE,
        )


def somme(value: Decimal) -> str:
    """A sum in a message: cents only when there are some."""
    return montant(value, centimes=value != value.to_integral_value())


# --- a document and its dossier -------------------------------------------------------------------------


class Meets(Protocol):
    """What names a commission and a séance."""

    @property
    def commission(self) -> PassageEnCommission | None: ...

    @property
    def seance(self) -> str | None: ...

    @property
    def model_fields_set(self) -> set[str]: ...


class OfADossier(Meets, Protocol):
    """What cites a dossier, and may type again what the dossier says."""

    @property
    def dossier(self) -> str | None: ...

    @property
    def objet(self) -> str | None: ...


@rule(
    "F2",
    "Les documents d’une affaire disent le même objet, les mêmes montants, les mêmes dates, le même avis",
    ALERTE,
    "cohérence du dossier",
    on=OfADossier,
)
def the_same_as_the_dossier(heir: Entry[OfADossier], reader: Reader) -> Iterator[Said]:
    """What a document (or a point of a note) types is what its dossier says. A name that the dossier does not
    have is an `info`; a total that it has no figures for is nothing."""
    entry = as_typed(heir)
    dossier = dossier_of(entry, reader)
    if dossier is None:
        return
    objet, expected = entry.value.objet, dossier.value.objet
    if "objet" in entry.value.model_fields_set and slug(objet or "") != slug(expected):
        places = entry.place("objet"), dossier.place("objet")
        yield _disagreement(*places, "l’objet", shown(objet or ""), shown(expected))
    amounts = montants_nommes(entry.value), montants_nommes(dossier.value)
    yield from _differ(entry, dossier, *amounts, "le montant", somme)
    days = dates_nommees(entry.value), dates_nommees(dossier.value)
    yield from _differ(entry, dossier, *days, "l’étape", date_simple)
    yield from same_meetings(entry, dossier)


def as_typed(entry: Entry[OfADossier]) -> Entry[Any]:
    """The entry before anything was lent to it."""
    return as_typed(entry.base) if isinstance(entry, Heir) and entry.base is not None else entry


def _differ(
    entry: Entry[object],
    dossier: Entry[Dossier],
    ours: Iterable[tuple[str, Value, Steps]],
    theirs: Iterable[tuple[str, Value, Steps]],
    label: str,
    say: Callable[[Value], str],
) -> Iterator[Said]:
    known = {name: (value, path) for name, value, path in theirs}
    for name, value, path in ours:
        if name in known:
            expected, there = known[name]
            if value != expected:
                places = entry.place(*path), dossier.place(*there)
                yield _disagreement(*places, f"{label} « {name} »", say(value), say(expected))
        elif name not in CALCULES:
            yield Said(
                f"{label} « {name} » n’est pas dans le dossier : ses autres documents l’ignorent",
                entry.place(*path),
                f"ajoutez « {name} » au dossier, ou corrigez le nom",
                severity=INFO,
            )


def same_meetings(entry: Entry[Meets], dossier: Entry[Dossier]) -> Iterator[Said]:
    """F2: the commission, its day, its opinion, and the séance, as typed."""
    typed = entry.value.model_fields_set
    ours, theirs = entry.value.commission, dossier.value.commission
    if ours and theirs and "commission" in typed:
        said: tuple[tuple[str, str, str | None, str | None], ...] = (
            ("instance", "la commission", ours.instance, theirs.instance),
            ("date", "le jour de la commission", _day(ours.date), _day(theirs.date)),
            ("avis", "l’avis de la commission", ours.avis, theirs.avis),
        )
        for field, what, here, there in said:
            if here and there and here != there:
                places = entry.place("commission", field), dossier.place("commission", field)
                say = str if field == "date" else shown
                yield _disagreement(*places, what, say(here), say(there))
    here, there = entry.value.seance, dossier.value.seance
    if here and there and here != there and "seance" in typed:
        places = entry.place("seance"), dossier.place("seance")
        yield _disagreement(*places, "la séance", shown(here), shown(there))


def _day(day: date | None) -> str | None:
    return date_simple(day) if day else None


def _disagreement(place: Place, there: Place, what: str, typed: str, expected: str) -> Said:
    return Said(
        f"{what} diffère du dossier : {typed} ici, {expected} dans le dossier",
        place,
        "corrigez l’un des deux, ou retirez-le d’ici : le dossier le donne",
        related=(Related(there, expected),),
    )


def missing(entry: Entry[object], fields: tuple[str, ...]) -> Iterator[Finding]:
    """What neither a document nor its dossier says; `entry` as inherited."""
    for name in fields:
        if not getattr(entry.value, name):
            yield consistency(
                "champ-manquant",
                f"champ obligatoire absent : « {name} », ici et dans le dossier",
                entry.place("dossier"),
                "ajoutez-le au dossier ou à ce document",
            )
