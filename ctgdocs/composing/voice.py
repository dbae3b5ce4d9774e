"""Persons and bodies in a sentence: names, titles that agree, articles in front of a body's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from ctgdocs.french import Profil, a, accord, avec_article, de, elision, typographie
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.organismes import Adresse, Charte, Collectivite, Commune, TypeDeCollectivite
from ctgdocs.vocabulary.registres import ELUS

# --- In whose name an act is written: the house, or a commune for which a projet is prepared


ADRESSE: Final = "[à compléter : adresse de la mairie]"


def maire(reader: Reader, commune: str) -> str:
    """The id of the élu who is maire of a commune, "" when the registry names none."""
    for id in reader.ids(ELUS):
        found = reader.find(ELUS, id)
        if found is not None and found.value.maire_de == commune:
            return id
    return ""


def in_the_name_of(commune: Entry[Any], house: Collectivite, reader: Reader, profil: Profil) -> Collectivite:
    """A commune as the collectivité of an act. Department, State and court are the house's, since a member
    commune shares them; nothing else of the house is kept, its letterhead and its service least of all."""
    own: Commune = commune.value
    name = de(own.nom, profil, elision=own.elision, departement=False)
    address = own.adresse or Adresse.model_construct(lignes=(ADRESSE,), code_postal="", ville=own.nom)
    return house.model_copy(
        update={
            "nom": f"Commune {name}",
            "nom_court": "commune",
            "sigle": None,
            "type": "commune",
            "population": own.population or 1,
            "siret": own.siret,
            "adresse": address,
            "telephone": own.telephone,
            "courriel": own.courriel,
            "site": own.site,
            "executif": own.maire or maire(reader, commune.id),
            "service": None,
            "charte": Charte(),
        }
    )


_FEMININE_ELIDED = re.compile(r"(?:assemblée|agglomération|association|agence|école|union|entente)\b", re.I)


class Person(NamedTuple):
    """Someone as the page names them: `name` is « Mme Claire Durand », `bare` « Claire Durand »."""

    id: str
    name: str
    bare: str
    feminine: bool
    fonction: str = ""
    commune: str = ""

    def agreed(self, masculine: str, feminine: str) -> str:
        return feminine if self.feminine else masculine

    @property
    def with_fonction(self) -> str:
        """« Mme Claire Durand, présidente », the name alone without a function."""
        return f"{self.name}, {self.fonction}" if self.fonction else self.name


@lru_cache(maxsize=8192)
def full_name(civilite: str, prenom: str, nom: str, capitals: bool, profil: Profil) -> str:
    """« Mme Claire Durand », or « Mme Claire DURAND » where the house writes surnames so; without civility
    for a signature."""
    return typographie(f"{civilite} {prenom} {nom.upper() if capitals else nom}".strip(), profil)


def agreed(word: str, group: Sequence[Person]) -> str:
    """« Présents », « Présente », « Absentes excusées »: agreed with a group (T27)."""
    women = sum(person.feminine for person in group)
    return accord(word, women, len(group) - women)


def executive_title(kind: TypeDeCollectivite) -> str:
    """« maire » or « président », in the masculine that french/genre.py agrees."""
    return "maire" if kind == "commune" else "président"


def capitalised(text: str) -> str:
    """First letter in capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def uncapitalised(text: str) -> str:
    """First letter in lower case, unless the word is an acronym (« SIVOM », « CCAS »)."""
    first = text.partition(" ")[0]
    return text if len(first) > 1 and first.isupper() else text[:1].lower() + text[1:]


@lru_cache(maxsize=1024)
def is_feminine(body: str) -> bool:
    """Whether a body's name (« commission Affaires sociales ») is feminine."""
    article = avec_article(uncapitalised(body))
    return article.startswith("la ") or _FEMININE_ELIDED.match(body) is not None


@lru_cache(maxsize=1024)
def the(body: str) -> str:
    """« le conseil communautaire », « la commission », « l’assemblée »; « le » for an unknown word."""
    body = uncapitalised(body)
    known = avec_article(body)
    if known != body:
        return known
    return f"l’{body}" if elision(body) and not body[:2].isupper() else f"le {body}"


@lru_cache(maxsize=1024)
def of_the(body: str) -> str:
    """« du conseil communautaire », « de la communauté de communes », « de l’agglomération »."""
    return de(the(body))


@lru_cache(maxsize=1024)
def to_the(body: str) -> str:
    """« à la sous-préfecture », « au conseil », « à l’hôtel de ville »."""
    return a(the(body))
