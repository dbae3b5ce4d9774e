"""pydantic's errors → findings an author understands: what, where, what to type instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, TypeAdapter, ValidationError

from ctgdocs.content.faults import (
    SHAPES,
    Fault,
    child,
    choices,
    cut_in_two,
    field_named,
    locate,
    names,
    one_arm_each,
    record_types,
)
from ctgdocs.findings import Finding, Place, Severity, advice
from ctgdocs.stages import Items, Mapping, Node, Source, Steps, Text
from ctgdocs.vocabulary.as_typed import A_COMPLETER, did_you_mean, nearest, what_is_left
from ctgdocs.vocabulary.scalars import shape, shown, slug

MOST_UNKNOWN = 10
"""Unknown fields of one record that are told one by one."""


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
