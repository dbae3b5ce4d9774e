"""pydantic's errors → findings an author understands: what, where, what to type instead."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from ctgdocs.findings import Finding, Place, Severity, advice
from ctgdocs.stages import Items, Mapping, Node, Source, Steps, Text
from ctgdocs.vocabulary.as_typed import A_COMPLETER, did_you_mean, nearest, what_is_left
from ctgdocs.vocabulary.scalars import ShortForm, shape, shown, slug

# --- What a content type allows at a path: used to explain an error, never on the way to a good value


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


# --- One pydantic error, placed: where it stands in the file, what is there, what the type allows there


_RECORD = "une fiche (des champs « nom : valeur »)"
MOST_UNKNOWN = 10
"""Unknown fields of one record that are told one by one."""

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


# --- What each kind of error says to the author: (code, message, hint)


_Said: TypeAlias = tuple[str, str, str]


def tell(fault: Fault) -> _Said:
    """The sentence of an error. Every kind of error has one."""
    found = _TELL.get(fault.kind)
    if found is None:
        found = _tell_shape if fault.kind in SHAPES else _tell_otherwise
    return found(fault)


def _tell_shape(fault: Fault) -> _Said:
    wanted = fault.context.get("arms") or SHAPES[fault.kind]
    return "type", f"attendu {wanted}, trouvé {shape(fault.node)}", _shape_hint(wanted, fault.node)


def _shape_hint(wanted: str, node: Node | None) -> str:
    if "texte" in wanted and isinstance(node, Mapping) and cut_in_two(node):
        return _quote_whole(node)
    if "texte" in wanted and isinstance(node, Mapping) and list(node.values()) == [""]:
        return f'mettez le texte entre guillemets : "{{{next(iter(node))}}}"'
    if "texte" in wanted and isinstance(node, Mapping) and len(node) == 1:
        return _quote_whole(node)
    if "liste" in wanted and isinstance(node, Text):
        if node.startswith(("-", "\u00a0", "\u202f")):
            return "la ligne commence par des espaces insécables : retapez-les"
        return f"écrivez [{shown(node, 30)[2:-2]}], ou un élément par ligne après « - »"
    if "texte" in wanted and isinstance(node, Items):
        if _is_a_blank(node):
            return 'mettez-le entre guillemets : "[à compléter : …]"'
        return "écrivez une seule valeur, sans tiret ni crochets"
    return ""


def _is_a_blank(node: Items) -> bool:
    """`[à compléter : qui ?]` without quotes, which YAML reads as a list."""
    first = node[0] if len(node) == 1 else None
    words = next(iter(first), "") if isinstance(first, Mapping) else first
    return isinstance(words, str) and slug(words).startswith("a-completer")


def _quote_whole(node: Mapping) -> str:
    key, value = next(((key, value) for key, value in node.items() if " " in key), next(iter(node.items())))
    if isinstance(value, Text) and (" " not in key or "{" in key):
        typed = f"{key}:{value}" if "{" in key else f"{{{key}:{value}}}"
        return f'pour un mot entre accolades, sans espace et entre guillemets : "{typed}"'
    whole = f'"{shown(key, 30)[2:-2]} : {shown(str(value), 20)[2:-2]}"'
    return f"« : » coupe le texte en deux : mettez tout entre guillemets, {whole}"


def _tell_cut_in_two(fault: Fault) -> _Said:
    assert isinstance(fault.node, Mapping)
    return (
        "type",
        "attendu du texte, trouvé une fiche (des champs « nom : valeur »)",
        _quote_whole(fault.node),
    )


def _tell_ctgdocs(fault: Fault) -> _Said:
    context = fault.context
    code, message, hint = context["code"], context["message"], context["hint"]
    if code == "type" and not hint:
        hint = _shape_hint(message.split(",")[0], fault.node)
    return code, message, hint


def _tell_unknown_field(fault: Fault) -> _Said:
    known = names(fault.above)
    if fault.name.strip() in known:
        message = f"champ inconnu {shown(fault.name)} : une espace insécable s’est glissée avant « : »"
        return "champ-inconnu", message, "effacez-la ; en YAML, « : » suit le nom du champ"
    guess = did_you_mean(fault.name, known)
    hint = "" if guess or not known else "champs possibles : " + ", ".join(known)
    return "champ-inconnu", f"champ inconnu {shown(fault.name)}{guess}", hint


def _tell_missing(fault: Fault) -> _Said:
    if fault.path and isinstance(fault.path[-1], int):
        return "liste", f"il manque le {fault.path[-1] + 1}e élément de la liste", ""
    example = _example(fault)
    return (
        "champ-manquant",
        f"champ obligatoire absent : « {fault.name} »",
        f"ajoutez « {fault.name}: {example} »",
    )


def _example(fault: Fault) -> str:
    """What to type in a missing field, in YAML: the type's own example when it has one."""
    for model in record_types(fault.above):
        found = field_named(model, fault.name)
        if found is None:
            continue
        annotation: Any = Annotated[found.annotation, found]
        described = TypeAdapter(annotation).json_schema()
        examples = found.examples or described.get("examples") or choices([found.annotation])
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


def _tell_choice(fault: Fault) -> _Said:
    known = choices(fault.allowed)
    if not isinstance(fault.node, Text):
        return (
            "type",
            f"attendu du texte, trouvé {shape(fault.node)}",
            "valeurs possibles : " + ", ".join(known),
        )
    message = f"valeur inconnue {shown(fault.node)}{did_you_mean(fault.node, known)}"
    return "choix", message, "valeurs possibles : " + ", ".join(known)


def _tell_too_short(fault: Fault) -> _Said:
    least = fault.context["min_length"]
    count = f"{least} élément" + ("s" if least > 1 else "")
    return "liste", f"la liste doit avoir au moins {count}", "ajoutez une ligne qui commence par « - »"


def _tell_too_long(fault: Fault) -> _Said:
    most = fault.context["max_length"]
    return "liste", f"la liste doit avoir au plus {most} élément" + ("s" if most > 1 else ""), ""


def _tell_bound(words: str, key: str) -> Callable[[Fault], _Said]:
    def tell(fault: Fault) -> _Said:
        return "nombre", f"{shown(str(fault.error['input']))} : attendu {words} {fault.context[key]}", ""

    return tell


def _tell_number(fault: Fault) -> _Said:
    return "entier", f"{shown(str(fault.error['input']))} n’est pas un nombre", "exemple : 27"


def _tell_length(fault: Fault) -> _Said:
    context, length = fault.context, len(str(fault.error["input"]))
    if "max_length" in context:
        return "longueur", f"texte trop long : {length} caractères, {context['max_length']} au plus", ""
    return "longueur", f"texte trop court : {length} caractères, {context['min_length']} au moins", ""


def _tell_form(fault: Fault) -> _Said:
    example = _example(fault)
    hint = f"exemple : {example}" if example != "…" else ""
    return "forme", f"{shown(str(fault.error['input']))} n’a pas la forme attendue", hint


def _tell_raised(fault: Fault) -> _Said:
    return "valeur", str(fault.context.get("error", fault.error["msg"])), ""


def _tell_otherwise(fault: Fault) -> _Said:
    return "valeur", f"valeur refusée : {shown(str(fault.error['input']))}", ""


_TELL: dict[str, Callable[[Fault], _Said]] = {
    "ctgdocs": _tell_ctgdocs,
    "extra_forbidden": _tell_unknown_field,
    "missing": _tell_missing,
    "cut_in_two": _tell_cut_in_two,
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


def explain(error: ValidationError, type: type[BaseModel], source: Source, at: Steps) -> list[Finding]:
    """Every problem of an entry, once each, in the order of the file."""
    entry: Any = source.root
    for step in at:
        entry = entry[step]
    faults = [locate(each, type, entry) for each in error.errors(include_url=False)]
    faults, left_out = _ten_unknown(one_arm_each(faults))
    meant = {
        (fault.path[:-1], nearest(fault.name, names(fault.above)))
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
    if left_out:
        message = f"{len(left_out)} autres champs inconnus dans la même fiche"
        findings.append(_finding(left_out[0], source, at)._replace(message=message, hints=()))
    return sorted(dict.fromkeys(findings), key=Finding.sort_key)


def _ten_unknown(faults: list[Fault]) -> tuple[list[Fault], list[Fault]]:
    """The faults, but for the unknown fields past the tenth of one record, which are only counted."""
    kept: list[Fault] = []
    left_out: list[Fault] = []
    seen = 0
    for fault in faults:
        seen += fault.kind == "extra_forbidden"
        (left_out if fault.kind == "extra_forbidden" and seen > MOST_UNKNOWN else kept).append(fault)
    if len(left_out) < 2:
        return faults, []
    return kept, left_out


def _finding(fault: Fault, source: Source, at: Steps) -> Finding:
    code, message, hint = tell(fault)
    if isinstance(fault.node, Text) and A_COMPLETER.fullmatch(fault.node.strip()):
        if code == "identifiant" and "vouliez-vous" not in hint:
            hint = "écrivez l’identifiant d’une fiche, ou son nom"
        code, message = "a-completer", f"il reste à compléter : {what_is_left(fault.node)}"
    place = source.place(*at, *fault.path)
    key = _key_of(source, (*at, *fault.path))
    if key is not None and (fault.kind in ("extra_forbidden", "missing") or "[key]" in fault.error["loc"]):
        place = Place(place.file, key.line, key.column, place.field)
    return Finding(code, Severity.ERREUR, message, place, hints=advice(hint))


def _key_of(source: Source, path: Steps) -> Text | None:
    """The key that names the value at `path`, or its nearest existing parent's."""
    node: Any = source.root
    found: Text | None = None
    for step in path:
        if isinstance(node, Mapping) and step in node:
            found = next(key for key in node if key == step)
        below = child(node, step)
        if below is None:
            break
        if isinstance(node, Items):
            found = Text("", below.line, below.column)
        node = below
    return found
