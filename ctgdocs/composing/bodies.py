"""In whose name a paper is written: the house, a commune for which an act is prepared, another employer.

The paper of another body is its own: its letterhead and its executive, nothing of the house's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol, runtime_checkable

from ctgdocs.french import Profil, de
from ctgdocs.patterns import regex
from ctgdocs.stages import Entry, Reader, every
from ctgdocs.vocabulary.as_typed import slug
from ctgdocs.vocabulary.organismes import Adresse, Charte, Collectivite, Commune, TypeDeCollectivite
from ctgdocs.vocabulary.registres import COMMUNES, ELUS


@runtime_checkable
class InTheNameOf(Protocol):
    """An act that may be written in the name of a commune of the registry."""

    @property
    def collectivite(self) -> str | None: ...


class Employer(Protocol):
    """A body as an act describes it; without `nom`, it is the house."""

    @property
    def nom(self) -> str | None: ...
    @property
    def adresse(self) -> Sequence[str]: ...
    @property
    def telephone(self) -> str | None: ...
    @property
    def courriel(self) -> str | None: ...
    @property
    def site(self) -> str | None: ...
    @property
    def departement(self) -> str | None: ...


@runtime_checkable
class WithAnEmployer(Protocol):
    """An act whose employer may be another body."""

    @property
    def employeur(self) -> Employer | None: ...


class Body(NamedTuple):
    """Whoever speaks on a paper. `chief`: the word for its executive (« maire »), in the masculine that
    french/ agrees, "" when its name does not tell; `other`: it is not the house; `digest`: of what it was
    read from."""

    record: Collectivite
    chief: str
    other: bool = False
    commune: Entry[Commune] | None = None
    digest: str = ""


def body_of(act: object, house: Entry[Collectivite], reader: Reader, profil: Profil) -> Body:
    """The body in whose name an act is written."""
    if isinstance(act, InTheNameOf) and isinstance(act.collectivite, str):
        commune = reader.find(COMMUNES, act.collectivite)
        if commune is not None:
            record = _commune_as_body(commune, house.value, reader, profil)
            return Body(record, "maire", True, commune, house.digest + commune.digest)
    elif isinstance(act, WithAnEmployer) and act.employeur is not None:
        name = act.employeur.nom
        if name and slug(name) not in (slug(house.value.nom), slug(house.value.sigle or "")):
            return _employer(name, act.employeur, house, reader, profil)
    return Body(house.value, executive_title(house.value.type), digest=house.digest)


def executive_title(kind: TypeDeCollectivite) -> str:
    """« maire » or « président », in the masculine that french/genre.py agrees."""
    return "maire" if kind == "commune" else "président"


def maire(reader: Reader, commune: str) -> str:
    """The id of the élu who is maire of a commune, "" when the registry names none."""
    return next((elu.id for elu in every(reader, ELUS) if elu.value.maire_de == commune), "")


def _commune_as_body(
    commune: Entry[Commune], house: Collectivite, reader: Reader, profil: Profil
) -> Collectivite:
    """Department, State and court are the house's, since a member commune shares them; nothing else is."""
    own = commune.value
    name = de(own.nom, profil, elision=own.elision, departement=False)
    return _without_the_house(
        house,
        nom=f"Commune {name}",
        nom_court="commune",
        type="commune",
        population=own.population or 1,
        siret=own.siret,
        adresse=own.adresse or _address((_TO_FILL,), own.nom),
        telephone=own.telephone,
        courriel=own.courriel,
        site=own.site,
        executif=own.maire or maire(reader, commune.id),
    )


def _without_the_house(house: Collectivite, **own: object) -> Collectivite:
    return house.model_copy(update={"sigle": None, "service": None, "charte": Charte(), **own})


_TO_FILL: Final = "[à compléter : adresse de la mairie]"


def _address(lines: Sequence[str], town: str = "") -> Adresse:
    """An address that was not typed in parts, or of which little is known."""
    return Adresse.model_construct(lignes=tuple(lines), code_postal="", ville=town)


# --- another employer -----------------------------------------------------------------------------------

_MAIRE: Final = regex(r"(?:commune|ville|mairie|municipalite)(?:-|$)")
_PRESIDENT: Final = regex(
    r"(?:c-?c-?a-?s|c-?i-?a-?s|c-?c|c-?a|centre-(?:inter)?communal|siv(?:om|u)|petr|pole-d-equilibre|epci|"
    r"departement|conseil-departemental|region|conseil-regional|association|federation|caisse-des-ecoles)(?:-|$)"
    r"|.*\b(?:communaute|agglomeration|metropole|syndicat)\b"
)


def _chief(name: str) -> str:
    """The word for who heads a body, from its name."""
    words = slug(name)
    return "maire" if _MAIRE.match(words) else "président" if _PRESIDENT.match(words) else ""


def _employer(name: str, typed: Employer, house: Entry[Collectivite], reader: Reader, profil: Profil) -> Body:
    """Another employer, as the act describes it; a commune of the registry fills what the act leaves out."""
    commune, chief = _commune_named(name, reader), _chief(name)
    if commune is not None:
        base = _commune_as_body(commune, house.value, reader, profil)
    else:
        base = _without_the_house(
            house.value, adresse=_address(()), executif="", departement="", arrondissement=None,
            siret=None, telephone=None, courriel=None, site=None,
        )  # fmt: skip
    ways = ("telephone", "courriel", "site", "departement")
    own: dict[str, object] = {way: said for way in ways if (said := getattr(typed, way))}
    if typed.adresse or not (commune and commune.value.adresse):
        own["adresse"] = _address(typed.adresse)
    record = base.model_copy(update={"nom": name, "nom_court": name, **own})
    return Body(record, chief, True, commune, house.digest + (commune.digest if commune else ""))


def _commune_named(name: str, reader: Reader) -> Entry[Commune] | None:
    """The commune of the registry that « Commune de Lavol » or « Ville de Lavol » means."""
    words = slug(name)
    if not _MAIRE.match(words):
        return None
    words = _MAIRE.sub("commune-", words, count=1)
    known = (reader.find(COMMUNES, id) for id in reader.ids(COMMUNES))
    return next((one for one in known if one and words == slug(f"commune {_of(one.value)}")), None)


def _of(commune: Commune) -> str:
    """« de Lavol », « du Causol »."""
    return de(commune.nom, elision=commune.elision, departement=False)
