"""pydantic's errors placed: where each stands in the file, what is there, what the type allows there."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from ctgdocs.stages import Items, Mapping, Node, Steps, Text
from ctgdocs.vocabulary.scalars import ShortForm


def arms(annotation: Any) -> list[Any]:
    """The alternatives of an annotation, without `None`; `Annotated` is looked through.

    >>> arms(Annotated[int, "…"] | None)
    [<class 'int'>]
    """
    origin = get_origin(annotation)
    if origin is Annotated:
        return arms(get_args(annotation)[0])
    if origin is Union or origin is types.UnionType:
        return [arm for arg in get_args(annotation) if arg is not type(None) for arm in arms(arg)]
    return [annotation]


def is_choice(annotation: Any) -> bool:
    """True for a union of two types or more: pydantic then names the type it tried in an error's path."""
    return len(arms(annotation)) > 1


def below(annotation: Any, step: str | int) -> Iterator[Any]:
    """The annotations one step down: of a field, of a mapping's values, of a list's items."""
    for arm in arms(annotation):
        origin, args = get_origin(arm), get_args(arm)
        if isinstance(step, str):
            if isinstance(arm, type) and issubclass(arm, BaseModel):
                if (field := field_named(arm, step)) is not None:
                    yield field.annotation
            elif origin is dict and len(args) == 2:
                yield args[1]
        elif origin in (list, set, frozenset) and args:
            yield args[0]
        elif origin is tuple and args:
            yield args[0] if len(args) == 2 and args[1] is Ellipsis else args[min(step, len(args) - 1)]


def field_named(model: type[BaseModel], name: str) -> FieldInfo | None:
    """The field that content files call `name`."""
    for field_name, known in model.model_fields.items():
        if name == (known.alias or field_name):
            return known
    return None


def names(annotations: list[Any]) -> list[str]:
    """The fields of every model among the annotations, in order."""
    found: dict[str, None] = {}
    for model in record_types(annotations):
        found.update(dict.fromkeys(field.alias or name for name, field in model.model_fields.items()))
    return list(found)


def record_types(annotations: list[Any]) -> list[type[BaseModel]]:
    return [
        arm
        for annotation in annotations
        for arm in arms(annotation)
        if isinstance(arm, type) and issubclass(arm, BaseModel)
    ]


def choices(annotations: list[Any]) -> list[str]:
    """The values that the `Literal`s among the annotations list, those of a record typed as one text too."""
    found = []
    for annotation in annotations:
        for arm in arms(annotation):
            if get_origin(arm) is Literal:
                found += [str(value) for value in get_args(arm)]
            elif isinstance(arm, type) and issubclass(arm, ShortForm):
                found += choices(list(below(arm, arm.short)))
    return found


_RECORD = "une fiche (des champs « nom : valeur »)"


SHAPES = {
    "model_type": _RECORD,
    "model_attributes_type": _RECORD,
    "dict_type": _RECORD,
    "list_type": "une liste",
    "tuple_type": "une liste",
    "set_type": "une liste",
    "frozen_set_type": "une liste",
    "string_type": "du texte",
    "int_type": "un nombre entier",
    "float_type": "un nombre",
    "decimal_type": "un nombre",
    "bool_type": "oui ou non",
    "date_type": "une date",
    "no_arm": "",
}


@dataclass(slots=True)
class Fault:
    """One pydantic error, with its path in the file (`path`), the value found there (`node`, None when it is
    missing) and the one that holds it (`parent`), what the type allows there (`allowed`) and just above
    (`above`), and the unions crossed."""

    error: ErrorDetails
    path: Steps
    node: Node | None
    allowed: list[Any]
    above: list[Any]
    parent: Node | None = None
    unions: list[tuple[Steps, str]] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.error["type"]

    @property
    def context(self) -> dict[str, Any]:
        return self.error.get("ctx") or {}

    @property
    def wrong_shape(self) -> bool:
        return self.kind in SHAPES or (self.kind == "ctgdocs" and self.context.get("code") == "type")

    @property
    def name(self) -> str:
        return str(self.path[-1]) if self.path else ""


def locate(error: ErrorDetails, type: type[BaseModel], entry: Node) -> Fault:
    """Follows an error's path through the file and the type side by side."""
    fault = Fault(error, (), entry, [type], [])
    node: Node | None = entry
    steps = [*error["loc"], *(error.get("ctx") or {}).get("at", ())]
    for step in steps:
        if step == "[key]":
            break
        if isinstance(step, str) and any(map(is_choice, fault.allowed)) and not _has(node, step):
            fault.unions.append((fault.path, step))
            continue
        if isinstance(node, Text):  # a short form: the text stands for the whole record
            continue
        fault.above = fault.allowed
        fault.allowed = [inner for each in fault.allowed for inner in below(each, step)]
        fault.path = (*fault.path, step)
        fault.parent, node = node, child(node, step)
    fault.node = node
    if fault.kind in ("extra_forbidden", "missing") and (cut_in_two(fault.parent) or _is_a_word(fault)):
        fault.path, fault.node = fault.path[:-1], fault.parent
        fault.error = {**error, "type": "cut_in_two"}
    return fault


def _is_a_word(fault: Fault) -> bool:
    """True for `{montant: 18500}` where a text may stand for the whole record: a word between braces."""
    node, records = fault.parent, record_types(fault.above)
    if not isinstance(node, Mapping) or len(node) != 1 or not all(isinstance(n, Text) for n in node.values()):
        return False
    short = any(issubclass(record, ShortForm) for record in records)
    return short and next(iter(node)) not in names(fault.above)


MOST_CUT = 50
"""Fields of what can be one text cut at its « : »: no text has so many."""


def cut_in_two(node: Node | None) -> bool:
    """True for a text that its own « : » turned into a record: `- le plan de financement : 12 000 €`."""
    return isinstance(node, Mapping) and len(node) <= MOST_CUT and any(" " in key for key in node)


def _has(node: Node | None, step: str) -> bool:
    return isinstance(node, Mapping) and step in node


def child(node: Node | None, step: str | int) -> Node | None:
    if isinstance(node, Mapping):
        return node.get(step)  # type: ignore[call-overload,no-any-return]  # a str finds its equal Text
    if isinstance(node, Items) and isinstance(step, int) and step < len(node):
        return node[step]
    return None


def one_arm_each(faults: list[Fault]) -> list[Fault]:
    """Where several types were tried in turn, keeps the errors of the one the author meant: the one whose
    shape (text, list, record) is right, and among these the one with the fewest errors."""
    tried: dict[Steps, dict[str, list[Fault]]] = {}
    for fault in faults:
        for prefix, arm in fault.unions:
            tried.setdefault(prefix, {}).setdefault(arm, []).append(fault)
    dropped: set[int] = set()
    for prefix, by_arm in tried.items():
        misshapen = {
            arm for arm, group in by_arm.items() if any(f.wrong_shape and f.path == prefix for f in group)
        }
        good = [arm for arm in by_arm if arm not in misshapen] or list(by_arm)
        kept = min(good, key=lambda arm: len(by_arm[arm]))
        if misshapen == set(by_arm):
            by_arm[kept][0].error = {
                **by_arm[kept][0].error,
                "type": "no_arm",
                "ctx": {"arms": _wanted(by_arm)},
            }
        dropped.update(id(f) for arm, group in by_arm.items() if arm != kept for f in group)
    return [fault for fault in faults if id(fault) not in dropped]


def _wanted(by_arm: dict[str, list[Fault]]) -> str:
    wanted = dict.fromkeys(SHAPES.get(group[0].kind, "du texte") for group in by_arm.values())
    return " ou ".join(wanted)
