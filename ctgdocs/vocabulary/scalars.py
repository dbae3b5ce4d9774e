"""The values a content file is made of, as pydantic types.

Each type accepts the text an agent types, and the Python value itself (so that tests and programs can build
entries directly); it refuses the rest with one French sentence and a hint, and describes itself to editors
(JSON Schema). Types of other modules raise their own errors with `refused`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, ClassVar, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from ctgdocs.vocabulary import as_typed
from ctgdocs.vocabulary.as_typed import IDENTIFIANT, refused, shown, slug

__all__ = [
    "IDENTIFIANT",
    "Courriel",
    "DateFr",
    "Entier",
    "Fiche",
    "Heure",
    "Identifiant",
    "Montant",
    "Numero",
    "OuiNon",
    "ShortForm",
    "Texte",
    "TexteLong",
    "Url",
    "known_elsewhere",
    "refused",
    "shape",
    "shown",
    "slug",
]


class Fiche(BaseModel):
    """The base of every content type: frozen, and a field it does not know is an error. Its validator is
    built at the first entry of the type: a run reads a few of the types only."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)


class ShortForm(Fiche):
    """A record that may be typed as a plain text: the text is then the value of the field `short`."""

    short: ClassVar[str] = "texte"

    @model_validator(mode="before")
    @classmethod
    def _spell_out(cls, value: object) -> object:
        return {cls.short: value} if isinstance(value, str) else value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        record = handler.resolve_ref_schema(handler(core_schema))
        return {"anyOf": [{"type": "string"}, dict(record)], "title": cls.__name__}


class _ReadWith:
    """Reads text with `read`, and lets through what is already of the type `accept`.

    What pydantic's PlainValidator does, without how a value is written back: content is only read, and to
    find that is half of what a type takes to build."""

    def __init__(self, read: Callable[[str], object], wanted: str, accept: type | tuple[type, ...]) -> None:
        self.read = read
        self.wanted = wanted
        self.accept = accept

    def __get_pydantic_core_schema__(self, _type: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.validate)

    def validate(self, value: object) -> object:
        if isinstance(value, str):
            return self.read(value)
        if isinstance(value, self.accept) and not isinstance(value, bool if self.accept is not bool else ()):
            return value
        raise refused("type", f"attendu {self.wanted}, trouvé {shape(value)}")


def shape(value: object) -> str:
    """What a value looks like to its author: « du texte », « une liste », « une fiche »…"""
    if isinstance(value, str):
        return "du texte"
    if isinstance(value, dict | BaseModel):
        return "une fiche (des champs « nom : valeur »)"
    if isinstance(value, list | tuple | set | frozenset):
        return "une liste"
    return "rien" if value is None else f"« {value} »"


Texte: TypeAlias = Annotated[
    str,
    _ReadWith(as_typed.read_text, "du texte", ()),
    WithJsonSchema({"type": ["string", "number"], "description": "Texte sur une ligne."}),
]
TexteLong: TypeAlias = Annotated[
    str,
    _ReadWith(as_typed.read_long_text, "du texte", ()),
    WithJsonSchema(
        {
            "type": ["string", "number"],
            "description": "Texte long en Markdown (paragraphes, listes, **gras**).",
        }
    ),
]

Courriel: TypeAlias = Annotated[
    str,
    _ReadWith(as_typed.read_email, "une adresse électronique", ()),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^{as_typed.COURRIEL.pattern}$",
            "description": "Adresse électronique.",
            "examples": ["accueil@mairie.fr"],
        }
    ),
]
Url: TypeAlias = Annotated[
    str,
    _ReadWith(as_typed.read_url, "une adresse de site", ()),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": "^https?://",
            "description": "Adresse d’un site.",
            "examples": ["https://www.mairie.fr"],
        }
    ),
]

Identifiant: TypeAlias = Annotated[
    str,
    _ReadWith(as_typed.read_identifier, "un identifiant", ()),
    WithJsonSchema(
        {
            "type": ["string", "number"],
            "pattern": f"^({IDENTIFIANT.pattern})$",
            "description": "Identifiant : minuscules sans accent, chiffres et tirets, ou numéro d’acte.",
        }
    ),
]


def known_elsewhere(hint: str) -> BeforeValidator:
    """For the id of what is not of our registries: what is no id is not turned into one that nobody bears."""

    def check(value: object) -> object:
        if isinstance(value, str) and IDENTIFIANT.fullmatch(as_typed.without_number_sign(value)) is None:
            raise refused("identifiant", as_typed.bad_identifier(value)[0], hint)
        return value

    return BeforeValidator(check)


Numero: TypeAlias = Annotated[Identifiant, known_elsewhere("écrivez le numéro seul, comme 2026-045")]

OuiNon: TypeAlias = Annotated[
    bool,
    _ReadWith(as_typed.read_yes_no, "oui ou non", bool),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": ["oui", "non"]},
                {"type": "string", "pattern": "^([Oo][Uu][Ii]|[Nn][Oo][Nn])$"},
            ],
            "description": "oui ou non.",
        }
    ),
]

Entier: TypeAlias = Annotated[
    int,
    _ReadWith(as_typed.read_integer, "un nombre entier", int),
    WithJsonSchema(
        {
            "type": ["integer", "string"],
            "pattern": r"^[-−]?(\d{1,3}([ \u00a0\u2009\u202f]\d{3})+|\d+)$",
            "description": "Nombre entier.",
            "examples": ["27"],
        }
    ),
]
Montant: TypeAlias = Annotated[
    Decimal,
    _ReadWith(as_typed.read_amount, "un montant", Decimal),
    WithJsonSchema(
        {
            "type": ["number", "string"],
            "pattern": r"^[-−]?(\d{1,3}([ \u00a0\u2009\u202f]\d{3})+|\d+)([.,]\d{1,2})?"
            r"[ \u00a0\u2009\u202f]*(€|euros?|EUR)?$",
            "description": "Montant en euros : 12500, 12 500,00 ou 12 500 €.",
            "examples": ["12 500,00"],
        }
    ),
]

DateFr: TypeAlias = Annotated[
    datetime.date,
    _ReadWith(as_typed.read_date, "une date", datetime.date),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^(\d{4}-\d{1,2}-\d{1,2}|.*\d{1,2}[/.]\d{1,2}[/.]\d{4}"
            r"|.*\d{1,2}(er)?\s+\S+\s+\d{4})$",
            "description": "Date : 2026-09-24, 24/09/2026 ou jeudi 24 septembre 2026.",
            "examples": ["2026-09-24"],
        }
    ),
]
Heure: TypeAlias = Annotated[
    datetime.time,
    _ReadWith(as_typed.read_hour, "une heure", datetime.time),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\d{1,2}\s*(:|[hH]|heures?)\s*(\d{2})?$",
            "description": "Heure : 18:30, 18h30 ou 18 h 30.",
            "examples": ["18:30"],
        }
    ),
]
