"""What the acts share, whatever their kind: visas, decisions, tables typed or kept in a file, annexes.

Several of these accept a short form, a plain text, beside the full one: `visas: [cgct-l5211-1]` means
`visas: [{texte: cgct-l5211-1}]`. `ShortForm` turns the first into the second before pydantic looks at it,
so that an error never speaks of a union of types.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from ctgdocs.vocabulary.liens import IdInstance
from ctgdocs.vocabulary.scalars import DateFr, Fiche, Identifiant, Montant, OuiNon, Texte, TexteLong


class ShortForm(Fiche):
    """A record that may be typed as a plain text: the text is then the value of the field `short`."""

    short: ClassVar[str] = "texte"

    @model_validator(mode="before")
    @classmethod
    def _spell_out(cls, value: Any) -> Any:
        return {cls.short: value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        record = handler.resolve_ref_schema(handler(core_schema))
        return {"anyOf": [{"type": "string"}, dict(record)], "title": cls.__name__}


class VisaCite(ShortForm):
    """One « Vu »: the id of an entry of visas.yaml, a text, or an earlier délibération."""

    texte: Annotated[
        Texte | None,
        Field(description="Identifiant d’un visa de visas.yaml, ou texte du visa, avec ou sans « Vu »."),
    ] = None
    deliberation: Annotated[
        Identifiant | None, Field(description="Numéro d’une délibération antérieure.")
    ] = None
    du: Annotated[
        DateFr | None,
        Field(description="Date de cette délibération, quand elle n’est pas parmi les contenus."),
    ] = None
    objet: Annotated[
        Texte | None, Field(description="Objet de cette délibération : « relative à … », facultatif.")
    ] = None


class Decision(ShortForm):
    """One decision: an infinitive (« d’approuver … ») or a sentence; it becomes an article or an item."""

    titre: Annotated[
        Texte | None, Field(description="Titre de l’article, facultatif : « Plan de financement ».")
    ] = None
    texte: Annotated[
        TexteLong,
        Field(description="« d’approuver … », « autorise … » ou une phrase entière ; Markdown accepté."),
    ]


class LigneDuPlan(Fiche):
    """One line of a financing plan."""

    libelle: Annotated[Texte, Field(description="Nature de la dépense ou origine de la recette.")]
    montant: Annotated[Montant, Field(description="Montant en euros.")]


class Tableau(Fiche):
    """A table: typed (`lignes`), kept in a file (`fichier`), or a financing plan (`depenses`, `recettes`)."""

    titre: Annotated[Texte | None, Field(description="Légende du tableau.")] = None
    lignes: Annotated[
        tuple[tuple[str, ...], ...],
        Field(description="Lignes du tableau ; la première porte les titres des colonnes."),
    ] = ()
    fichier: Annotated[
        Texte | None, Field(description="Fichier CSV ou XLSX, à côté du contenu : plan-2027.xlsx.")
    ] = None
    feuille: Annotated[
        Texte | None, Field(description="Feuille du classeur ; la première sans indication.")
    ] = None
    depenses: Annotated[tuple[LigneDuPlan, ...], Field(description="Dépenses d’un plan de financement.")] = ()
    recettes: Annotated[tuple[LigneDuPlan, ...], Field(description="Recettes d’un plan de financement.")] = ()
    total: Annotated[OuiNon, Field(description="oui : ajouter une ligne « Total » calculée.")] = False


class PassageEnCommission(Fiche):
    """The commission that a projet is laid before, and its opinion once it has met."""

    instance: Annotated[IdInstance, Field(description="Commission, identifiant de instances/.")]
    date: Annotated[DateFr | None, Field(description="Date de la réunion de la commission.")] = None
    avis: Annotated[
        Texte | None, Field(description="favorable, défavorable, réservé…, une fois l’avis rendu.")
    ] = None
