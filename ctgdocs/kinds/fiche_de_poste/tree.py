"""A heading of a document and what stands under it: text, a list, or a tree of groups, items, sub-items.

A tree is typed as it reads. A line that ends with « : » opens the level below it:

    activites:
      - Animer la mise en réseau des acteurs:          # a group
          - Identifier les partenaires stratégiques:   # an item
              - s’appuyer sur les dispositifs existants  # a sub-item
      - Lien avec le gestionnaire : suivi de la performance   # one line, its « : » included

The full form is `{titre: …, texte: …, points: […]}`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from ctgdocs.patterns import regex
from ctgdocs.stages import Context, Entry, Items, Node, Steps
from ctgdocs.stages import Mapping as TypedMapping
from ctgdocs.vocabulary.as_typed import refused, shown
from ctgdocs.vocabulary.scalars import Fiche, Texte, TexteLong, shape

# --- Where a text of a tree stands in its file: trees are typed in short forms, their values are spelled out


def as_typed(entry: Entry[object], path: Steps) -> Steps:
    """The path in the file of the value at `path` (`activites.points.0.points.2.texte`), typed as, say,
    `activites.Animer le réseau.2`."""
    node: Node | None = entry.source.root
    for step in entry.at:
        node = _below(node, step)
    typed: list[str | int] = []
    for index, step in enumerate(path):
        below = _below(node, step)
        if below is not None:
            typed.append(step)
            node = below
            continue
        after = path[index + 1] if index + 1 < len(path) else None
        key = _opened(node, step, after)
        if key is not None and isinstance(node, TypedMapping):
            typed.append(key)
            node = _below(node, key)
    return tuple(typed)


def _below(node: Node | None, step: str | int) -> Node | None:
    if isinstance(node, TypedMapping) and isinstance(step, str):
        return node.get(step)  # type: ignore[call-overload,no-any-return]  # a str finds its equal Text
    if isinstance(node, Items) and isinstance(step, int) and step < len(node):
        return node[step]
    return None


def _opened(node: Node | None, step: str | int, after: str | int | None) -> str | None:
    """The key that stands for `points`: that of an opened line, or of the group that `after` counts."""
    if not isinstance(node, TypedMapping):
        return None
    keys = list(node)
    if step == "points":
        if len(keys) == 1:
            return keys[0]
        return keys[after] if isinstance(after, int) and after < len(keys) and "texte" not in node else None
    return keys[0] if step == "texte" and len(keys) == 1 else None


DEEPEST = 4
"""A group and three levels of bullets under it: what a page can show."""

_POINT = frozenset({"titre", "texte", "points"})


def _as_points(value: object, depth: int) -> object:
    """The items of a list, spelled out; a mapping of titles stands for a list of groups."""
    if isinstance(value, str):
        value = [value]
    if isinstance(value, Mapping) and not _POINT & value.keys():
        value = [{key: below} for key, below in value.items()]
    if not isinstance(value, list | tuple):
        raise refused("type", f"attendu une liste, trouvé {shape(value)}", "un point par ligne, après « - »")
    if value and depth >= DEEPEST:
        raise refused(
            "trop-profond",
            f"une rubrique a {DEEPEST} niveaux au plus : groupe, point, sous-point, détail",
            "remontez ces lignes d’un niveau",
        )
    return [_as_point(item, depth) for item in value]


def _with_points(value: Mapping[str, object], depth: int) -> Context:
    """A record whose `points` are spelled out."""
    return {key: _as_points(each, depth) if key == "points" else each for key, each in value.items()}


def _as_point(value: object, depth: int) -> object:
    if isinstance(value, str):
        return {"texte": value}
    if not isinstance(value, Mapping):
        return value
    if value.keys() <= _POINT and value:
        return _with_points(value, depth + 1)
    if not value:
        raise refused(
            "point-vide",
            "cette ligne finit par « : » et rien ne la suit",
            "retirez ce « : », ou mettez la ligne entre guillemets",
        )
    if len(value) > 1:
        keys = list(value)
        raise refused(
            "deux-points",
            f"deux lignes pour un seul tiret : {shown(str(keys[0]), 30)} et {shown(str(keys[1]), 30)}",
            "mettez un tiret devant chaque ligne",
        )
    ((opening, below),) = value.items()
    if isinstance(below, str):
        return {"texte": f"{opening} : {below}"}
    name = "titre" if depth == 0 else "texte"
    said = str(opening).rstrip() if depth == 0 else f"{str(opening).rstrip()} :"
    if isinstance(below, Mapping) and below.keys() <= _POINT:
        return {name: said, **_with_points(below, depth + 1)}
    return {name: said, "points": _as_points(below, depth + 1)}


_TYPED_BULLET = regex(r"^(?:[•▪◦➢➤►]\s*|[o>]\s+)(?=\S)")
"""The bullet that Word had typed before a point: the page draws its own."""


class Point(Fiche):
    """Un point : un titre de groupe ou un texte, et les points qu’il ouvre."""

    titre: Texte | None = Field(default=None, description="Titre d’un groupe.")
    texte: TexteLong | None = Field(default=None, description="Le point lui-même ; Markdown accepté.")
    points: tuple[Point, ...] = Field(default=(), description="Les points du niveau suivant.")

    @model_validator(mode="before")
    @classmethod
    def _spell_out(cls, value: object) -> object:
        return {"texte": _TYPED_BULLET.sub("", value)} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _says_something(self) -> Point:
        if not (self.titre or self.texte or self.points):
            raise refused("point-vide", "ce point ne dit rien", "écrivez son texte, ou retirez le tiret")
        return self

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        reference = handler(core_schema)
        schema = handler.resolve_ref_schema(reference)
        record = dict(schema)
        below = {"anyOf": [{"type": "string"}, record["properties"]["points"], dict(record)]}
        opened = {
            "type": "object",
            "maxProperties": 1,
            "description": "« ligne : » suivie des points du niveau suivant.",
            "additionalProperties": below,
        }
        schema.clear()
        schema.update({"anyOf": [{"type": "string"}, record, opened]})
        return reference


class Rubrique(Fiche):
    """Une rubrique : un texte, une liste de points, ou les deux ; son titre peut être celui de la maison."""

    titre: Texte | None = Field(default=None, description="Titre de la maison pour cette rubrique.")
    texte: TexteLong | None = Field(default=None, description="Texte en Markdown.")
    points: tuple[Point, ...] = Field(default=(), description="Points, ou groupes de points.")

    @model_validator(mode="before")
    @classmethod
    def _spell_out(cls, value: object) -> object:
        if isinstance(value, str):
            return {"texte": value}
        if isinstance(value, list | tuple):
            return {"points": _as_points(value, 0)}
        if not isinstance(value, Mapping):
            return value
        if not _POINT & value.keys() and not cls.model_fields.keys() & value.keys():
            return {"points": _as_points(value, 0)}
        return _with_points(value, 0)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        reference = handler(core_schema)
        schema = handler.resolve_ref_schema(reference)
        record = dict(schema)
        groups = {"type": "object", "additionalProperties": record["properties"]["points"]}
        schema.clear()
        schema.update({"anyOf": [{"type": "string"}, record["properties"]["points"], record, groups]})
        return reference

    def texts(self) -> Iterator[tuple[Steps, str]]:
        """Every text of the heading with its path below it, in reading order."""
        if self.texte:
            yield ("texte",), self.texte
        yield from _texts(self.points, ("points",))


def _texts(points: tuple[Point, ...], path: Steps) -> Iterator[tuple[Steps, str]]:
    for index, point in enumerate(points):
        for name in ("titre", "texte"):
            if text := getattr(point, name):
                yield (*path, index, name), text
        yield from _texts(point.points, (*path, index, "points"))
