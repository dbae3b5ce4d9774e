"""The context of a document: plain values only, every one of them checked before a template sees it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from ctgdocs.errors import ContextError
from ctgdocs.patterns import regex
from ctgdocs.rendering.values import HeldProse, HeldValue, Listing, RichText, RichTextParagraph
from ctgdocs.stages import Prose

_PLAIN = (str, int, float, bool, type(None), Decimal, dt.date, dt.datetime, dt.time)
_LEAVES = frozenset(_PLAIN)
_TEXT = frozenset((str,))
_DEEPEST = 60
_OBJECTS = (HeldValue, Listing)


def plain(context: Mapping[str, Any]) -> dict[str, Any]:
    """The context, every value of it plain; the `Prose` in it ready for the page.

    Raises ContextError naming the first value that is not plain (`elus[2].nom`).
    """
    if not isinstance(context, Mapping):
        raise ContextError("le contexte doit être un dictionnaire de valeurs")
    return _plain_dict(context if isinstance(context, dict) else dict(context), "", 0)  # type: ignore[no-any-return]


def _plain_dict(value: dict[Any, Any], path: str, depth: int) -> Any:
    if _LEAVES.issuperset(map(type, value.values())) and _TEXT.issuperset(map(type, value)):
        return value
    changed = None
    for key, item in value.items():
        if type(key) is not str and not isinstance(key, (str, int)):
            raise ContextError(f"« {path or 'contexte'} » : une clé n’est pas un texte ({key!r})", path=path)
        if type(item) in _LEAVES:
            continue
        kept = _plain(item, f"{path}.{key}" if path else str(key), depth)
        if kept is not item:
            changed = dict(value) if changed is None else changed
            changed[key] = kept
    return value if changed is None else changed


def _plain_list(value: Any, path: str, depth: int) -> Any:
    if _LEAVES.issuperset(map(type, value)):
        return value
    changed = None
    for index, item in enumerate(value):
        if type(item) in _LEAVES:
            continue
        kept = _plain(item, f"{path}[{index}]", depth)
        if kept is not item:
            changed = list(value) if changed is None else changed
            changed[index] = kept
    return value if changed is None else changed


def _plain(value: Any, path: str, depth: int) -> Any:
    if depth > _DEEPEST:
        raise ContextError(
            f"« {path[:60]}… » : données trop profondes, ou qui se contiennent elles-mêmes", path=path
        )
    if isinstance(value, dict):
        return _plain_dict(value if type(value) is dict else dict(value), path, depth + 1)
    if isinstance(value, (list, tuple)):
        return _plain_list(value, path, depth + 1)
    if isinstance(value, Prose):
        return HeldProse(value)
    if isinstance(value, _OBJECTS):
        return value
    if isinstance(value, _PLAIN) and not hasattr(value, "__html__"):
        return value
    raise ContextError(
        f"« {path} » : {_described(value)} n’a pas sa place dans un document",
        path=path,
        hint="donnez du texte, un nombre, une date, une liste ou un dictionnaire de ces valeurs",
    )


def _described(value: Any) -> str:
    if callable(value):
        return "une fonction ou une classe"
    if isinstance(value, Markup):
        return "du texte déjà balisé (Markup)"
    return f"un objet Python ({type(value).__name__})"


_UNPRINTABLE = regex("[\x00-\x06\x08\x0b\x0d-\x1f\ud800-\udfff\ufffe\uffff]")


def unprintable(value: Any, path: str = "") -> tuple[str, str] | None:
    """The path of the first text that XML cannot hold, and the character (`U+0008`); None: all is well."""
    if isinstance(value, str):
        sign = _UNPRINTABLE.search(value)
        return (path, f"U+{ord(sign[0]):04X}") if sign else None
    if isinstance(value, (RichText, RichTextParagraph, Listing)):
        return unprintable(value.xml, path)
    if isinstance(value, dict):
        inside = ((f"{path}.{key}" if path else str(key), item) for key, item in value.items())
    elif isinstance(value, (list, tuple)):
        inside = ((f"{path}[{index}]", item) for index, item in enumerate(value))
    else:
        return None
    return next((found for where, item in inside if (found := unprintable(item, where))), None)
