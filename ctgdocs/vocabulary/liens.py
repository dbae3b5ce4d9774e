"""References to what is typed once: an id field says which registry it points to.

`Lien` is metadata only; whether the id exists is checked by `rules/liens.py`, which walks any `Fiche`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, NamedTuple, TypeAlias

from pydantic import GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from ctgdocs.vocabulary.as_typed import IDENTIFIANT, one_of, refused, shown
from ctgdocs.vocabulary.scalars import Identifiant

Candidates: TypeAlias = Callable[[str, str], Sequence[str]]
"""(registry, what was typed) → the ids it may mean: the context that content is validated in."""


class Lien(NamedTuple):
    """Marks an id: `registre` is the name of a registry (registres.py) or of a kind of document."""

    registre: str


class _OrName(NamedTuple):
    """What is no id is often the name of what it leads to: the refusal gives the ids that bear it."""

    registre: str

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_before_validator_function(self.check, handler(source))

    def check(self, value: object, info: ValidationInfo) -> object:
        if not isinstance(value, str) or IDENTIFIANT.fullmatch(value.strip()):
            return value
        candidates: Candidates | None = info.context
        ids = candidates(self.registre, value) if candidates is not None else ()
        message = f"{shown(value)} n’est pas un identifiant : minuscules sans accent, chiffres et tirets"
        raise refused(
            "identifiant", message, one_of(ids, "écrivez l’identifiant de sa fiche, tel qu’il y est")
        )


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
