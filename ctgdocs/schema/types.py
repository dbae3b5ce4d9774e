"""What a content type allows at a path: used to explain an error, never on the way to a good value."""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo


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
    for field_name, field in model.model_fields.items():
        if name == (field.alias or field_name):
            return field
    return None


def names(annotations: list[Any]) -> list[str]:
    """The fields of every model among the annotations, in order."""
    found: dict[str, None] = {}
    for model in models(annotations):
        found.update(dict.fromkeys(field.alias or name for name, field in model.model_fields.items()))
    return list(found)


def models(annotations: list[Any]) -> list[type[BaseModel]]:
    return [
        arm
        for annotation in annotations
        for arm in arms(annotation)
        if isinstance(arm, type) and issubclass(arm, BaseModel)
    ]


def choices(annotations: list[Any]) -> list[str]:
    """The values that the `Literal`s among the annotations list."""
    found = []
    for annotation in annotations:
        for arm in arms(annotation):
            if get_origin(arm) is Literal:
                found += [str(value) for value in get_args(arm)]
    return found
