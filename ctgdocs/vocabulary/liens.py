"""References to what is typed once: an id field says which registry it points to.

`Lien` is metadata only; whether the id exists is checked by `rules/liens.py`, which walks any `Fiche`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, NamedTuple, TypeAlias

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from ctgdocs.vocabulary.as_typed import (
    IDENTIFIANT,
    fitting,
    meant,
    one_of,
    refused,
    shown,
    without_number_sign,
)
from ctgdocs.vocabulary.scalars import Identifiant

Names: TypeAlias = Callable[[str], Mapping[str, str]]
"""registry → the words that each of its ids is called by: the context that content is validated in."""


REGISTRE = "x-registre"
"""The mark, in a schema, of the registry that an id is of."""


class Lien(NamedTuple):
    """Marks an id: `registre` is the name of a registry (registres.py) or of a kind of document."""

    registre: str


def called(registre: str, typed: str, info: ValidationInfo, *at: int) -> str:
    """The id that was typed, or the one of the only entry of the registry that is called so. Raises the
    refusal, at that place below what is validated."""
    if IDENTIFIANT.fullmatch(without_number_sign(typed)):
        return typed
    names: Names | None = info.context
    known = names(registre) if names is not None else {}
    ids = fitting(typed, known)
    if len(ids) == 1:
        return ids[0]
    message = f"{shown(typed)} n’est pas un identifiant : minuscules sans accent, chiffres et tirets"
    if ids:
        message = f"{shown(typed)} désigne plusieurs fiches"
    instead = "aucune fiche ne porte ce nom : corrigez-le, ou ajoutez d’abord sa fiche"
    raise refused("identifiant", message, one_of(meant(typed, known), instead), *at)


class _OrName(NamedTuple):
    """What is no id is often the name of what it leads to: it stands for the one entry that bears it; the
    refusal gives the ids that may be meant."""

    registre: str

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_before_validator_function(self.check, handler(source))

    def check(self, value: object, info: ValidationInfo) -> object:
        return called(self.registre, value, info) if isinstance(value, str) else value

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        described = {key: value for key, value in handler(schema).items() if key != "pattern"}
        said = "Identifiant de la fiche, ou son nom s’il n’est qu’à elle."
        return {**described, REGISTRE: self.registre, "description": said}


IdCommune = Annotated[Identifiant, Lien("communes"), _OrName("communes")]
IdElu = Annotated[Identifiant, Lien("elus"), _OrName("elus")]
IdInstance = Annotated[Identifiant, Lien("instances"), _OrName("instances")]
IdPartenaire = Annotated[Identifiant, Lien("partenaires"), _OrName("partenaires")]
IdVisa = Annotated[Identifiant, Lien("visas"), _OrName("visas")]
IdSeance = Annotated[Identifiant, Lien("seances"), _OrName("seances")]
IdDeliberation = Annotated[Identifiant, Lien("deliberation"), _OrName("deliberation")]
IdConvention = Annotated[Identifiant, Lien("convention"), _OrName("convention")]
IdDossier = Annotated[Identifiant, Lien("dossiers"), _OrName("dossiers")]
IdNote = Annotated[Identifiant, Lien("note"), _OrName("note")]
