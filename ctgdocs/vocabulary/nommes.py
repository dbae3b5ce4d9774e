"""What has a name in a dossier, a point or an act: the amounts and the days that its texts cite with
`{montant:reste-a-charge}` and `{date:ouverture}`. Apart from dossiers.py, which an act without a dossier does
without."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final

from pydantic import AfterValidator, Field, model_validator

from ctgdocs.vocabulary.actes import ShortForm
from ctgdocs.vocabulary.scalars import DateFr, Identifiant, Texte, refused

if TYPE_CHECKING:
    from ctgdocs.vocabulary.dossiers import Finances

DEPENSES: Final = "depenses"
RECETTES: Final = "recettes"
RESTE_A_CHARGE: Final = "reste-a-charge"
CALCULES: Final = (DEPENSES, RECETTES, RESTE_A_CHARGE)
"""The names of the amounts that `finances` computes."""


def _not_a_figure(name: str) -> str:
    """A name must not read as an amount or a date: `{montant:2027}` is 2 027 €."""
    if not name[0].isalpha():
        raise refused("nom", f"« {name} » ne peut pas nommer une valeur", "commencez par une lettre")
    return name


Nom = Annotated[Identifiant, AfterValidator(_not_a_figure)]
"""How an amount or a date is called in a dossier: « reste-a-charge », « ouverture »."""


class Echeance(ShortForm):
    """Une étape du calendrier : un jour, ou à peu près quand."""

    short: ClassVar[str] = "date"

    date: DateFr | None = Field(default=None, description="Jour de l’étape.", examples=["2027-01-01"])
    quand: Texte | None = Field(
        default=None, description="Quand le jour n’est pas connu.", examples=["printemps 2027"]
    )
    libelle: Texte | None = Field(
        default=None, description="Ce que la page en dit ; sans lui, le nom de l’étape."
    )

    @model_validator(mode="after")
    def _when(self) -> Echeance:
        if (self.date is None) == (self.quand is None):
            said = "a deux moments" if self.date else "ne dit pas quand"
            raise refused("echeance", f"l’étape {said}", "gardez date (un jour) ou quand (un texte)")
        return self


Chemin = tuple[str | int, ...]


def montants_nommes(record: Any) -> Iterator[tuple[str, Decimal, Chemin]]:
    """The named amounts of a dossier, a point or an act: name, amount, path; totals computed by `finances`
    come first, so that a typed amount of the same name is the one that stands."""
    finances: Finances | None = getattr(record, "finances", None)
    if finances is not None:
        yield DEPENSES, finances.total_depenses, ("finances", "depenses")
        yield RECETTES, finances.total_recettes, ("finances", "recettes")
        yield RESTE_A_CHARGE, finances.solde, ("finances", "reste_a_charge")
        for side in ("depenses", "recettes"):
            for index, ligne in enumerate(getattr(finances, side)):
                if ligne.nom:
                    yield ligne.nom, ligne.montant, ("finances", side, index, "montant")
    for nom, montant in (getattr(record, "montants", None) or {}).items():
        yield nom, montant, ("montants", nom)


def dates_nommees(record: Any) -> Iterator[tuple[str, date, Chemin]]:
    """The named days of a dossier, a point or an act: name, day, path."""
    for nom, echeance in (getattr(record, "calendrier", None) or {}).items():
        if echeance.date is not None:
            yield nom, echeance.date, ("calendrier", nom)
