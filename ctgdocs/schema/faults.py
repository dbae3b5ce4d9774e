"""One pydantic error, placed: where it stands in the file, what is there, what the type allows there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from ctgdocs.schema import types
from ctgdocs.stages import Items, Mapping, Node, Path, Text

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
    path: Path
    node: Node | None
    allowed: list[Any]
    above: list[Any]
    parent: Node | None = None
    unions: list[tuple[Path, str]] = field(default_factory=list)

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
        if isinstance(step, str) and any(map(types.is_choice, fault.allowed)) and not _has(node, step):
            fault.unions.append((fault.path, step))
            continue
        if isinstance(node, Text):  # a short form: the text stands for the whole record
            continue
        fault.above = fault.allowed
        fault.allowed = [below for each in fault.allowed for below in types.below(each, step)]
        fault.path = (*fault.path, step)
        fault.parent, node = node, child(node, step)
    fault.node = node
    if fault.kind in ("extra_forbidden", "missing") and cut_in_two(fault.parent):
        fault.path, fault.node = fault.path[:-1], fault.parent
        fault.error = {**error, "type": "cut_in_two"}
    return fault


def cut_in_two(node: Node | None) -> bool:
    """True for a text that its own « : » turned into a record: `- le plan de financement : 12 000 €`."""
    return isinstance(node, Mapping) and any(" " in key for key in node)


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
    tried: dict[Path, dict[str, list[Fault]]] = {}
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
