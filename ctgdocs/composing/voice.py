"""Persons and bodies in a sentence: names, titles that agree, articles in front of a body's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from ctgdocs.composing.bodies import body_of
from ctgdocs.composing.references import References
from ctgdocs.findings import CtgdocsError
from ctgdocs.french import (
    CHOIX,
    Profil,
    a,
    accord,
    avec_article,
    de,
    elision,
    fonction,
    fonction_avec_article,
    madame_la,
    montant,
    typographie,
)
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.organismes import Collectivite, Typographie
from ctgdocs.vocabulary.personnes import Elu
from ctgdocs.vocabulary.registres import COLLECTIVITE, COMMUNES, ELUS

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


def majuscule_initiale(text: str) -> str:
    """First letter in capital, the rest as it is."""
    return text[:1].upper() + text[1:]


_CALLED = frozenset(("Mme", "Mmes", "Mlle", "Me", "Madame", "Mesdames", "Monsieur", "Messieurs"))


def minuscule_initiale(text: str) -> str:
    """First letter in lower case, unless the word is an acronym (« SIVOM », « CCAS ») or calls someone.

    >>> [minuscule_initiale(text) for text in ("La convention", "Mme Anne Petit", "M. Roy")]
    ['la convention', 'Mme Anne Petit', 'M. Roy']
    """
    first = text.replace("\u00a0", " ").partition(" ")[0]
    kept = (len(first) > 1 and first.isupper()) or first in _CALLED
    return text if kept else text[:1].lower() + text[1:]


@lru_cache(maxsize=1024)
def is_feminine(body: str) -> bool:
    """Whether a body's name (« commission Affaires sociales ») is feminine."""
    article = avec_article(minuscule_initiale(body))
    return article.startswith("la ") or _FEMININE_ELIDED.match(body) is not None


@lru_cache(maxsize=1024)
def the(body: str) -> str:
    """« le conseil communautaire », « la commission », « l’assemblée »; « le » for an unknown word."""
    body = minuscule_initiale(body)
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


# --- Who speaks -------------------------------------------------------------------------------------


_PEOPLE: dict[tuple[str, str, str], Person] = {}
"""Persons already introduced: id, digest of the record, digest of the house. A council comes back in each
act of a séance, so its names are written once."""
_MAX_PEOPLE = 10_000


@lru_cache(maxsize=32)
def profile(typography: Typographie) -> Profil:
    """The house's French profile, from the options of collectivite.yaml."""
    chosen = typography.model_dump()
    return Profil.from_options({option: chosen[option] for option in CHOIX if option in chosen})


class Voice:
    """In whose name one entry is written, with its French profile, its persons and its headings. Raises
    CtgdocsError when collectivite.yaml cannot be used."""

    def __init__(self, entry: Entry[object], reader: Reader) -> None:
        house = reader.find(COLLECTIVITE, "collectivite")
        if house is None:
            raise CtgdocsError(
                "content/collectivite.yaml est absent ou en erreur : rien ne peut être rédigé."
            )
        self.entry, self.reader = entry, reader
        self.profil = profile(house.value.typographie)
        self.body = body_of(entry.value, house, reader, self.profil)
        """In whose name the paper is written."""
        self.collectivite: Collectivite = self.body.record
        self._house = self.body.digest
        self.references: References | None = None
        """The numbered headings of the document, when it has any that its texts may cite."""
        self._people: dict[str, Person] = {}

    def montant(self, amount: Decimal) -> str:
        """« 480 000 € », with centimes only when there are some."""
        return montant(amount, self.profil, centimes=amount != amount.to_integral_value())

    def typographie(self, text: str) -> str:
        """Words of ours or of a registry, with French typography."""
        return typographie(text, self.profil)

    def person(self, id: str) -> Person:
        """A member as the page names them; the id alone when the registry cannot say more."""
        if (known := self._people.get(id)) is None:
            known = self._people[id] = self._read_person(id)
        return known

    def _read_person(self, id: str) -> Person:
        found = self.reader.find(ELUS, id)
        if found is None:
            return Person(id, id, id, False)
        key = (id, found.digest, self._house)
        if (known := _PEOPLE.get(key)) is None:
            if len(_PEOPLE) > _MAX_PEOPLE:
                _PEOPLE.clear()
            known = _PEOPLE[key] = self._introduced(id, found.value)
        return known

    def _introduced(self, id: str, elu: Elu) -> Person:
        capitals = self.collectivite.typographie.noms == "capitales"
        name = full_name(elu.civilite, elu.prenom, elu.nom, capitals, self.profil)
        bare = full_name("", elu.prenom, elu.nom, capitals, self.profil)
        typed = elu.fonction
        if self.body.other:  # on the paper of another, the house's functions are no title
            typed = self.body.chief if id == self.collectivite.executif else None
        fonction = self.typographie(typed) if typed else ""
        return Person(id, name, bare, elu.civilite == "Mme", fonction, elu.commune or "")

    @cached_property
    def executive(self) -> Person:
        return self.person(self.collectivite.executif)

    @cached_property
    def executive_title(self) -> str:
        """« présidente », « Maire »: the function, with the house's capitals."""
        return fonction(self.body.chief, self.executive.feminine, self.profil)

    @cached_property
    def the_executive(self) -> str:
        """« la présidente », « le maire »; "" for a body whose name does not tell who heads it."""
        chief = self.body.chief
        return fonction_avec_article(chief, self.executive.feminine, self.profil) if chief else ""

    def the_function(self, person: Person) -> str:
        """« la 1re vice-présidente »: the function of a person, with its article."""
        return fonction_avec_article(person.fonction, person.feminine, self.profil)

    @cached_property
    def executive_polite(self) -> str:
        """« Madame la Présidente », « Monsieur le Maire »: in full, as an act addresses them; « Madame ou
        Monsieur le Maire » of another body whose executive is not known."""
        polite = madame_la(self.body.chief, self.executive.feminine, self.profil, longue=True)
        return polite if self.collectivite.executif else f"Madame ou {polite}"

    def commune(self, id: str) -> str:
        """The commune's name, "" for no commune."""
        found = self.reader.find(COMMUNES, id) if id else None
        return self.typographie(found.value.nom) if found else id
