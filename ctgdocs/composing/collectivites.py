"""In whose name an act is written: the house, or a commune for which a projet is prepared."""

from __future__ import annotations

from typing import Final

from ctgdocs.french import Profil, de
from ctgdocs.stages import Entry, Reader
from ctgdocs.vocabulary.collectivite import Adresse, Charte, Collectivite
from ctgdocs.vocabulary.communes import Commune

ADRESSE: Final = "[à compléter : adresse de la mairie]"


def maire(reader: Reader, commune: str) -> str:
    """The id of the élu who is maire of a commune, "" when the registry names none."""
    for id in reader.ids("elus"):
        found = reader.find("elus", id)
        if found is not None and found.value.maire_de == commune:
            return id
    return ""


def in_the_name_of(commune: Entry, house: Collectivite, reader: Reader, profil: Profil) -> Collectivite:
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
