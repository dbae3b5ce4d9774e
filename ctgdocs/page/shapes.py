"""What a type of the vocabulary asks for: the same pydantic types that judge a content file make its form.

Nothing here knows a kind: a field's words come from its description, its widget from its type.
"""

from __future__ import annotations

import re
import types
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from functools import cache
from typing import Annotated, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from ctgdocs.french import slug
from ctgdocs.page.places import REGISTRIES
from ctgdocs.vocabulary.as_typed import read_long_text
from ctgdocs.vocabulary.liens import Lien
from ctgdocs.vocabulary.scalars import ShortForm

Widget: TypeAlias = Literal[
    "text", "long", "date", "hour", "number", "yes", "choice", "link", "list", "record", "names", "table"
]


@dataclass(frozen=True, slots=True)
class Shape:
    """How a value is asked for. `registry`: what a link leads to. `below`: the items of a list, the values of
    names. `fields`: those of a record, whose `short` one may stand alone."""

    widget: Widget
    choices: tuple[str, ...] = ()
    registry: str = ""
    below: Shape | None = None
    fields: Mapping[str, Asked] = field(default_factory=dict)
    short: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of a record: its label, its help, an example, whether it must be there."""

    name: str
    label: str
    help: str
    example: str
    required: bool
    shape: Shape


_SCALARS: dict[object, Widget] = {
    date: "date",
    time: "hour",
    bool: "yes",
    int: "number",
    float: "number",
    Decimal: "number",
}
_DEEPEST = 6


@cache
def record_of(type: type[BaseModel], depth: int = 0) -> Mapping[str, Asked]:
    """The fields of a record, in the order of its type."""
    return {name: _asked(name, info, depth) for name, info in type.model_fields.items()}


def _in_her_words(description: str, choices: Sequence[str]) -> str:
    """A description without what only a file needs: ids and where they stand, names of fields, a language."""
    said = re.sub(r"Identifiant d’un (\w+) de \w+\.yaml", r"Un \1 de la liste", description)
    said = re.sub(
        r"(?i)(?:^|,? )(?:par son )?identifiants? (?:de|dans) [\w./]+|, par son identifiant", "", said
    )
    said = re.sub(r",? (?:en Markdown|Markdown accepté)| \([^()]*`[^()]*\)", "", said)
    said = said.replace("collectivite.yaml", "la fiche de la collectivité")
    said = re.sub(
        r"(?:content/)?\b(instances|deliberations|arretes|seances)/",
        lambda one: f"les {_plain(one[1])}",
        said,
    )
    said = re.sub(r"(\w+)\.yaml", lambda one: f"la liste des {_plain(one[1])}", said)
    said = re.sub(
        r"\{(\w+): oui\}|\b([a-z]+(?:_[a-z]+)+)\b", lambda one: f"« {_plain(one[1] or one[2])} »", said
    )
    for one in choices:
        if one.isascii() and one.islower() and _plain(one) != one:
            said = re.sub(rf"(?<![\w-]){re.escape(one)}(?![\w-])", _plain(one), said)
    said = (
        said.replace(" ;.", ".").replace("« « ", "« ").replace(" » »", " »").replace("{}", "rien").strip(" ,")
    )
    return said[:1].upper() + said[1:] if said != "." else ""


def _plain(name: str) -> str:
    said = words(name)
    return said if said.isupper() else said[:1].lower() + said[1:]


def shape_of(type: type[BaseModel], depth: int = 0) -> Shape:
    short = type.short if issubclass(type, ShortForm) else ""
    return Shape("record", fields=record_of(type, depth), short=short)


def _asked(name: str, info: FieldInfo, depth: int) -> Asked:
    shape = _shape(info.annotation, tuple(info.metadata), depth)
    chosen = shape.widget in ("choice", "link", "date", "yes")
    example = next((one for one in info.examples or () if isinstance(one, str) and not chosen), "")
    return Asked(
        name,
        label_of(name),
        _in_her_words(info.description or "", shape.choices),
        example,
        info.is_required(),
        shape,
    )


def _shape(annotation: object, metadata: Sequence[object], depth: int) -> Shape:
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _shape(inner, (*more, *metadata), depth)
    if get_origin(annotation) in (Union, types.UnionType):
        return _of_union([one for one in get_args(annotation) if one is not type(None)], metadata, depth)
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return Shape("choice", choices=tuple(map(str, args)))
    if origin is tuple:
        return _of_list(args[0], metadata, depth)
    if origin is dict:
        return Shape("names", below=_shape(args[1], (), depth + 1))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and depth < _DEEPEST:
        return shape_of(annotation, depth + 1)
    registry = next((one.registre for one in metadata if isinstance(one, Lien)), "")
    if registry in REGISTRIES:
        return Shape("link", registry=registry)
    if any(getattr(one, "read", None) is read_long_text for one in metadata):
        return Shape("long")
    return Shape(_SCALARS.get(annotation, "text"))


def _of_union(kinds: Sequence[object], metadata: Sequence[object], depth: int) -> Shape:
    """What says most: a record, else a list, else the first."""
    shapes = [_shape(one, metadata, depth) for one in kinds]
    for widget in ("record", "list", "choice", "link", "long"):
        for shape in shapes:
            if shape.widget == widget:
                return shape
    return shapes[0]


def _of_list(item: object, metadata: Sequence[object], depth: int) -> Shape:
    if get_origin(item) is tuple:
        return Shape("table")
    below = _shape(item, (), depth + 1)
    registry = next((one.registre for one in metadata if isinstance(one, Lien)), "")
    if below.widget == "text" and registry in REGISTRIES:
        below = Shape("link", registry=registry)
    return Shape("list", below=below)


# --- Words -------------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]+")
_SIGLES = ("ctg", "cof", "pedt", "ccas", "cias")
_LABELS = {"id": "Identifiant", "lien": "Adresse du texte", "du": "Du", "par": "Par"}


def label_of(name: str) -> str:
    """A field's name as a label: its accents are those of the descriptions.

    >>> label_of("valide_au"), label_of("matiere")
    ('Valide au', 'Matière')
    """
    if name in _LABELS:
        return _LABELS[name]
    said = _joined([accented().get(word, word) for word in re.split("[_-]", name)])
    return said[:1].upper() + said[1:]


def _joined(parts: Sequence[str]) -> str:
    """Words as they are written together: an hyphen, an elision."""
    said = re.sub(r"\b(procès|vice|co) (?=verba|présid)", r"\1-", " ".join(parts))
    return re.sub(r"\b([dl]) (?=[aeéèhiou])", r"\1’", said)


def words(choice: str) -> str:
    """A choice of the vocabulary as words: « note_de_commission »."""
    if not choice.islower():
        return choice
    if choice in _SIGLES:
        return choice.upper()
    if " " in choice:
        return choice[:1].upper() + choice[1:]
    said = _joined([accented().get(word, word) for word in choice.replace("-", "_").split("_")])
    return said[:1].upper() + said[1:]


@cache
def accented() -> Mapping[str, str]:
    """The words of every description, by what they are without their accents; the most frequent."""
    told: dict[str, Counter[str]] = {}
    for registry in REGISTRIES.values():
        held = registry.type()
        if isinstance(held, type) and issubclass(held, BaseModel):
            _gather(held, told, set())
    known = {bare: counted.most_common(1)[0][0] for bare, counted in told.items()}
    return {**{f"{bare}s": f"{word}s" for bare, word in known.items()}, **known, **_ACCENTED}


_UNTOLD = """
à affichée agglomération annexes arrêt avis barèmes communauté compétences décision déports élision élus
émargement enjeux équipements excusé exposé hiérarchique inconvénients intermédiaire invités libellé liées
métropole numéraux numéro numérotation parenté période précédent préconisations présentation présidence
présenté quantité rédacteur régime remplacé scénarios sollicité
"""
"""Words of fields that no description says, or says otherwise."""
_ACCENTED = {slug(word): word for word in _UNTOLD.split()}


def _gather(held: type[BaseModel], told: dict[str, Counter[str]], seen: set[type]) -> None:
    if held in seen:
        return
    seen.add(held)
    for info in held.model_fields.values():
        for word in _WORD.findall((info.description or "").lower()):
            if len(word) > 2:
                told.setdefault(slug(word), Counter())[word] += 1
        for below in _records(info.annotation):
            _gather(below, told, seen)


def _records(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [one for each in get_args(annotation) for one in _records(each)]
