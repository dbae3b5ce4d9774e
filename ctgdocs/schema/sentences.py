"""What each kind of error says to the author: (code, message, hint)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeAlias

from pydantic import TypeAdapter

from ctgdocs.schema import types
from ctgdocs.schema.faults import SHAPES, Fault, cut_in_two
from ctgdocs.stages import Items, Mapping, Node, Text
from ctgdocs.vocabulary.nearest import did_you_mean
from ctgdocs.vocabulary.scalars import shape, shown, slug

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
    key, value = next((key, value) for key, value in node.items() if " " in key)
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
    known = types.names(fault.above)
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


def _tell_choice(fault: Fault) -> _Said:
    known = types.choices(fault.allowed)
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
