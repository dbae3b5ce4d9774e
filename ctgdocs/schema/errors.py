"""pydantic's errors → findings an author understands: what, where, what to type instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from ctgdocs.findings import Finding, Place, Severity
from ctgdocs.schema import types
from ctgdocs.stages import Items, Mapping, Node, Path, Source, Text
from ctgdocs.vocabulary.nearest import did_you_mean, nearest
from ctgdocs.vocabulary.scalars import shape, shown


@dataclass(slots=True)
class _Fault:
    """One pydantic error, with its path in the file (`path`), the value found there (`node`, None when it is
    missing), what the type allows there (`allowed`) and just above (`above`), and the unions crossed."""

    error: ErrorDetails
    path: Path
    node: Node | None
    allowed: list[Any]
    above: list[Any]
    unions: list[tuple[Path, str]] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return self.error["type"]

    @property
    def context(self) -> dict[str, Any]:
        return self.error.get("ctx") or {}

    @property
    def wrong_shape(self) -> bool:
        return self.kind in _SHAPES or (self.kind == "ctgdocs" and self.context.get("code") == "type")

    @property
    def name(self) -> str:
        return str(self.path[-1]) if self.path else ""


def explain(error: ValidationError, type: type[BaseModel], source: Source, at: Path) -> list[Finding]:
    """Every problem of an entry, once each, in the order of the file."""
    entry: Any = source.root
    for step in at:
        entry = entry[step]
    faults = [_locate(each, type, entry) for each in error.errors(include_url=False)]
    faults = _one_arm_each(faults)
    meant = {
        (fault.path[:-1], nearest(fault.name, types.names(fault.above)))
        for fault in faults
        if fault.kind == "extra_forbidden"
    }
    faulty = {fault.path[:depth] for fault in faults for depth in range(len(fault.path))}
    faults = [
        fault
        for fault in faults
        if not (fault.kind == "missing" and (fault.path[:-1], fault.name) in meant)  # said once, where it is
        and not (fault.kind == "too_short" and fault.path in faulty)  # short only of its faulty items
    ]
    findings = [_finding(fault, source, at) for fault in faults]
    return sorted(dict.fromkeys(findings), key=Finding.sort_key)


def _locate(error: ErrorDetails, type: type[BaseModel], entry: Node) -> _Fault:
    """Follows an error's path through the file and the type side by side."""
    fault = _Fault(error, (), entry, [type], [])
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
        node = _child(node, step)
    fault.node = node
    return fault


def _has(node: Node | None, step: str) -> bool:
    return isinstance(node, Mapping) and step in node


def _child(node: Node | None, step: str | int) -> Node | None:
    if isinstance(node, Mapping):
        return node.get(step)  # type: ignore[call-overload,no-any-return]  # a str finds its equal Text
    if isinstance(node, Items) and isinstance(step, int) and step < len(node):
        return node[step]
    return None


def _one_arm_each(faults: list[_Fault]) -> list[_Fault]:
    """Where several types were tried in turn, keeps the errors of the one the author meant: the one whose
    shape (text, list, record) is right, and among these the one with the fewest errors."""
    tried: dict[Path, dict[str, list[_Fault]]] = {}
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


def _wanted(by_arm: dict[str, list[_Fault]]) -> str:
    wanted = dict.fromkeys(_SHAPES.get(group[0].kind, "du texte") for group in by_arm.values())
    return " ou ".join(wanted)


def _finding(fault: _Fault, source: Source, at: Path) -> Finding:
    tell = _TELL.get(fault.kind)
    if tell is None:
        tell = _tell_shape if fault.kind in _SHAPES else _tell_otherwise
    code, message, hint = tell(fault)
    place = source.place(*at, *fault.path)
    key = _key_of(source, (*at, *fault.path))
    if key is not None and (fault.kind in ("extra_forbidden", "missing") or "[key]" in fault.error["loc"]):
        place = Place(place.file, key.line, key.column, place.field)
    return Finding(code, Severity.ERREUR, message, place, hint)


def _key_of(source: Source, path: Path) -> Text | None:
    """The key that names the value at `path`, or its nearest existing parent's."""
    node: Any = source.root
    found: Text | None = None
    for step in path:
        if isinstance(node, Mapping) and step in node:
            found = next(key for key in node if key == step)
        child = _child(node, step)
        if child is None:
            break
        if isinstance(node, Items):
            found = Text("", child.line, child.column)
        node = child
    return found


# --- what each error says: (code, message, hint) --------------------------------------------------------

_Said = tuple[str, str, str]
_RECORD = "une fiche (des champs « nom : valeur »)"
_SHAPES = {
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


def _tell_shape(fault: _Fault) -> _Said:
    wanted = fault.context.get("arms") or _SHAPES[fault.kind]
    return "type", f"attendu {wanted}, trouvé {shape(fault.node)}", _shape_hint(wanted, fault.node)


def _shape_hint(wanted: str, node: Node | None) -> str:
    if "texte" in wanted and isinstance(node, Mapping) and list(node.values()) == [""]:
        return f'mettez le texte entre guillemets : "{{{next(iter(node))}}}"'
    if "liste" in wanted and isinstance(node, Text):
        return f"écrivez [{shown(node, 30)[2:-2]}], ou un élément par ligne après « - »"
    if "texte" in wanted and isinstance(node, Items):
        return "écrivez une seule valeur, sans tiret ni crochets"
    return ""


def _tell_ctgdocs(fault: _Fault) -> _Said:
    context = fault.context
    code, message, hint = context["code"], context["message"], context["hint"]
    if code == "type" and not hint:
        hint = _shape_hint(message.split(",")[0], fault.node)
    return code, message, hint


def _tell_unknown_field(fault: _Fault) -> _Said:
    known = types.names(fault.above)
    guess = did_you_mean(fault.name, known)
    hint = "" if guess or not known else "champs possibles : " + ", ".join(known)
    return "champ-inconnu", f"champ inconnu {shown(fault.name)}{guess}", hint


def _tell_missing(fault: _Fault) -> _Said:
    if fault.path and isinstance(fault.path[-1], int):
        return "liste", f"il manque le {fault.path[-1] + 1}e élément de la liste", ""
    example = _example(fault)
    return (
        "champ-manquant",
        f"champ obligatoire absent : « {fault.name} »",
        f"ajoutez « {fault.name}: {example} »",
    )


def _example(fault: _Fault) -> str:
    """What to type in a missing field, in YAML: the type's own example when it has one."""
    for model in types.models(fault.above):
        found = types.field_named(model, fault.name)
        if found is None:
            continue
        annotation: Any = Annotated[found.annotation, found]
        described = TypeAdapter(annotation).json_schema()
        examples = found.examples or described.get("examples") or types.choices([found.annotation])
        if examples:
            return _yaml(examples[0])
        if described.get("type") == "array":
            return "[…]"
    return "…"


def _yaml(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_yaml, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_yaml(each)}" for key, each in value.items()) + "}"
    return str(value)


def _tell_choice(fault: _Fault) -> _Said:
    known = types.choices(fault.allowed)
    if not isinstance(fault.node, Text):
        return (
            "type",
            f"attendu du texte, trouvé {shape(fault.node)}",
            "valeurs possibles : " + ", ".join(known),
        )
    message = f"valeur inconnue {shown(fault.node)}{did_you_mean(fault.node, known)}"
    return "choix", message, "valeurs possibles : " + ", ".join(known)


def _tell_too_short(fault: _Fault) -> _Said:
    least = fault.context["min_length"]
    count = f"{least} élément" + ("s" if least > 1 else "")
    return "liste", f"la liste doit avoir au moins {count}", "ajoutez une ligne qui commence par « - »"


def _tell_too_long(fault: _Fault) -> _Said:
    most = fault.context["max_length"]
    return "liste", f"la liste doit avoir au plus {most} élément" + ("s" if most > 1 else ""), ""


def _tell_bound(words: str, key: str) -> Callable[[_Fault], _Said]:
    def tell(fault: _Fault) -> _Said:
        return "nombre", f"{shown(str(fault.error['input']))} : attendu {words} {fault.context[key]}", ""

    return tell


def _tell_number(fault: _Fault) -> _Said:
    return "entier", f"{shown(str(fault.error['input']))} n’est pas un nombre", "exemple : 27"


def _tell_length(fault: _Fault) -> _Said:
    context, length = fault.context, len(str(fault.error["input"]))
    if "max_length" in context:
        return "longueur", f"texte trop long : {length} caractères, {context['max_length']} au plus", ""
    return "longueur", f"texte trop court : {length} caractères, {context['min_length']} au moins", ""


def _tell_form(fault: _Fault) -> _Said:
    example = _example(fault)
    hint = f"exemple : {example}" if example != "…" else ""
    return "forme", f"{shown(str(fault.error['input']))} n’a pas la forme attendue", hint


def _tell_raised(fault: _Fault) -> _Said:
    return "valeur", str(fault.context.get("error", fault.error["msg"])), ""


def _tell_otherwise(fault: _Fault) -> _Said:
    return "valeur", f"valeur refusée : {shown(str(fault.error['input']))}", ""


_TELL: dict[str, Callable[[_Fault], _Said]] = {
    "ctgdocs": _tell_ctgdocs,
    "extra_forbidden": _tell_unknown_field,
    "missing": _tell_missing,
    "literal_error": _tell_choice,
    "enum": _tell_choice,
    "too_short": _tell_too_short,
    "too_long": _tell_too_long,
    "greater_than": _tell_bound("plus de", "gt"),
    "greater_than_equal": _tell_bound("au moins", "ge"),
    "less_than": _tell_bound("moins de", "lt"),
    "less_than_equal": _tell_bound("au plus", "le"),
    "int_parsing": _tell_number,
    "float_parsing": _tell_number,
    "decimal_parsing": _tell_number,
    "string_too_long": _tell_length,
    "string_too_short": _tell_length,
    "string_pattern_mismatch": _tell_form,
    "value_error": _tell_raised,
    "assertion_error": _tell_raised,
}
