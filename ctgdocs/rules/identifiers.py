"""What a text writes and that has a key, or is of a closed list: T6 of identifiers, T7 of courts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ctgdocs.french import de, slug
from ctgdocs.rules.rule import ALERTE, ERREUR, PROSE, TEXT, Prose, Said, Typed, rule
from ctgdocs.rules.texts import day_of
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.as_typed import shown
from ctgdocs.vocabulary.citations import phrase
from ctgdocs.vocabulary.organismes import Collectivite
from ctgdocs.vocabulary.registres import COLLECTIVITE, COMMUNES
from ctgdocs.vocabulary.reperes import (
    COURTS,
    adresses,
    has_its_key,
    juridictions_disparues,
    reperes_faux,
    tribunaux,
)

_DIGITS = re.compile(r"\d")
TRIBUNAL_JUDICIAIRE = date(2020, 1, 1)
"""From that day the tribunaux d'instance and de grande instance are tribunaux judiciaires (loi n°
2019-222)."""


@rule(
    "T6",
    "Un SIRET, un IBAN, un numéro de TVA, un code postal, un téléphone ont la forme et la clé qui sont les "
    "leurs",
    ERREUR,
    "code de commerce, art. R. 123-220 ; norme ISO 13616",
    on=TEXT,
)
def with_its_key(typed: Typed, reader: Reader) -> Iterator[Said]:
    """In a text or in its own field. A code of a town that communes.yaml knows with another one is a
    doubt."""
    if _DIGITS.search(typed.text) is None:
        return
    if typed.path[-1:] == ("siret",):
        digits = re.sub(r"\D", "", typed.text)
        if len(digits) == 14 and not has_its_key(digits):
            hint = "un chiffre est mal recopié : vérifiez-le"
            yield Said(f"{shown(typed.text)} : la clé de ce SIRET est fausse", typed.place(0), hint)
        return
    told = set()
    for one in reperes_faux(typed.text):
        told.add(one.start)
        level = None if one.sure else ALERTE
        yield Said(f"{shown(one.said)} : {one.why}", typed.place(one.start), one.hint, severity=level)
    for where in adresses(typed.text):
        if where.start in told:
            continue
        yield from _of_its_town(typed, where.start, where.code, where.ville, reader)


def _of_its_town(typed: Typed, start: int, code: str, town: str, reader: Reader) -> Iterator[Said]:
    house = reader.find(COLLECTIVITE, COLLECTIVITE.name)
    id = slug(town)
    known = reader.find(COMMUNES, id) if id in reader.ids(COMMUNES) else None
    address = known.value.adresse if known else None
    if house and slug(house.value.adresse.ville) == id:
        address = house.value.adresse
    if address is not None and address.code_postal != code:
        said = f"le code postal {de(town)} est {address.code_postal}, pas {code}"
        yield Said(said, typed.place(start), "corrigez l’un des deux", severity=ALERTE)


@rule(
    "T7",
    "Le tribunal administratif cité existe, et juge pour le département",
    ALERTE,
    "CJA, art. R. 221-3",
    on=PROSE,
)
def the_court_of_the_departement(typed: Prose, reader: Reader) -> Iterator[Said]:
    """A court of no town is told; so is another one than that of the collectivité, where an act says how it
    is contested. A tribunal d’instance is no more since 2020."""
    if "ribuna" not in typed.text and "TA d" not in typed.text and "T.A. d" not in typed.text:
        return
    house = reader.find(COLLECTIVITE, COLLECTIVITE.name)
    own = house.value.departement if house else ""
    for one in tribunaux(typed.text):
        place = typed.place(one.start)
        if not one.connu:
            hint = f"le tribunal du département {own} est celui de {court_of(own)}" if court_of(own) else ""
            yield Said(
                f"{shown(one.said)} : il n’y a pas de tribunal administratif dans cette ville", place, hint
            )
        elif (
            own
            and own not in COURTS[one.ville].split()
            and _contests(phrase(typed.text, one.start, one.start + len(one.said)))
        ):
            hint = f"pour ce département, citez celui de {court_of(own)}"
            yield Said(f"{shown(one.said)} ne juge pas pour le département {own}", place, hint)
    day = day_of(typed.act, reader)
    if day is None or day >= TRIBUNAL_JUDICIAIRE:
        for start, said in juridictions_disparues(typed.text):
            hint = "écrivez « tribunal judiciaire »"
            yield Said(f"{shown(said)} n’existe plus depuis le 1er janvier 2020", typed.place(start), hint)


def court_of(departement: str) -> str:
    """The town of the tribunal administratif of a département; "" for none.

    >>> court_of("82")
    'Toulouse'
    """
    return next((town for town, judged in COURTS.items() if departement in judged.split()), "")


_RECOURS = re.compile(
    r"\b(?:recours|contest\w+|compéten\w+|saisi\w*|litiges?|différends?|devant)\b", re.IGNORECASE
)


def _contests(text: str) -> bool:
    return _RECOURS.search(text) is not None


@the_court_of_the_departement.also(on=Collectivite)
def the_court_of_the_house(entry: Entry[Collectivite], reader: Reader) -> Iterator[Said]:
    """The court of collectivite.yaml, that every act prints."""
    house, town = entry.value, court_of(entry.value.departement)
    if town and slug(town) not in slug(house.tribunal.nom):
        said = f"« {house.tribunal.nom} » ne juge pas pour le département {house.departement}"
        yield Said(said, entry.place("tribunal", "nom"), f"citez celui de {town}", to_check=True)
