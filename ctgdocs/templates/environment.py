"""The Jinja that templates run in: sandboxed, strict, escaped, and only as large as docxtpl's dialect.

Values are plain, so a template can read them and nothing else: no attribute that starts with `_`, no method
that changes a list, no filter that prints raw markup, no loop or product past its budget (budget.py).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from sys import getsizeof
from typing import Any, Final

from jinja2 import nodes
from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError
from jinja2.parser import Parser
from jinja2.runtime import LoopContext, StrictUndefined, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup, escape

from ctgdocs.findings import TemplateError
from ctgdocs.french import nearest
from ctgdocs.templates import budget
from ctgdocs.templates.budget import UNCOUNTED, counted_filter, counted_test, made, spend, weighed
from ctgdocs.templates.sandbox import Generator, pieces
from ctgdocs.templates.values import PAGE, HeldProse, HeldValue, Listing

FILTERS: Final = frozenset((
    "abs", "batch", "capitalize", "center", "count", "d", "default", "dictsort", "e", "escape",
    "filesizeformat", "first", "float", "forceescape", "format", "groupby", "indent", "int", "items",
    "join", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace",
    "reverse", "round", "select", "selectattr", "slice", "sort", "string", "striptags", "sum", "title",
    "trim", "truncate", "unique", "upper", "urlencode", "wordcount", "wordwrap",
))  # fmt: skip
"""Jinja's filters that only compute: no raw markup, no chance, no access to attributes by name."""

REFUSED_METHODS: Final = frozenset((
    "append", "extend", "insert", "remove", "clear", "update", "setdefault", "popitem", "sort", "add",
    "discard", "mro", "format_map",
))  # fmt: skip

OF_A_LOOP: Final = frozenset((
    "depth", "depth0", "first", "index", "index0", "last", "length", "nextitem", "previtem", "revindex",
    "revindex0",
))  # fmt: skip
"""What a template may ask of `loop`, at each turn: answered without the sandbox's detour."""

METHODS: Final = frozenset((
    "capitalize", "casefold", "center", "copy", "count", "endswith", "find", "format", "get", "index",
    "isalnum", "isalpha", "isdecimal", "isdigit", "islower", "isnumeric", "isspace", "istitle", "isupper",
    "items", "join", "keys", "ljust", "lower", "lstrip", "partition", "removeprefix", "removesuffix",
    "replace", "rfind", "rindex", "rjust", "rpartition", "rsplit", "rstrip", "split", "splitlines",
    "startswith", "strip", "striptags", "swapcase", "title", "unescape", "upper", "values", "zfill",
    "bit_length", "is_integer", "date", "time", "isoformat", "isocalendar", "isoweekday", "strftime",
    "weekday",
))  # fmt: skip
"""The methods of plain values that a template may call: what they make has the size of what they read."""

_VALUES: Final = (str, bytes, list, tuple, dict, int, float, Decimal, date, time)
_COMPARING: Final = frozenset((
    "in", "==", "eq", "equalto", "!=", "ne", ">", "gt", "greaterthan", "ge", ">=", "<", "lt", "lessthan",
    "<=", "le",
))  # fmt: skip

TOO_DEEP: Final = "la balise est trop longue, ou les blocs sont trop imbriqués"
DEEPEST: Final = 100
"""How many blocks and operations may stand one inside the other: a production template has 15."""

_PRIVATE = re.compile(r"\{[^{}]*[.\[]_|\{[^{}]*:[^{}]*\{")

RICH = (HeldValue, Listing)


class MissingField(UndefinedError):
    """A template asked for a field that the context does not have."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def _fail(self: Any, *_: object, **__: object) -> Any:
    if issubclass(self._undefined_exception, SecurityError):
        raise SecurityError(str(self._undefined_name))
    raise missing_field(self._undefined_name, self._undefined_obj)


def missing_field(name: object, owner: object, known: Mapping[str, Any] | None = None) -> MissingField:
    """The error for a field that is not there, with the nearest one that is."""
    fields = [key for key in (owner if isinstance(owner, Mapping) else known or ()) if isinstance(key, str)]
    near = nearest(str(name), fields)
    hint = f"le plus proche : « {near} »" if near else ""
    if not hint and fields and len(fields) <= 12:
        hint = "champs connus : " + ", ".join(fields)
    return MissingField(f"champ inconnu : « {name} »", hint)


class Environment(ImmutableSandboxedEnvironment):
    """One per template: the filters differ. Thread-safe once built."""

    code_generator_class = Generator
    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self, filters: Mapping[str, Callable[..., Any]] | None = None) -> None:
        super().__init__(autoescape=True, undefined=_Missing, cache_size=0)
        known = self.filters
        self.filters = {name: known[name] for name in FILTERS if name in known}
        self.filters["format"] = _formatted
        self.filters = {name: counted_filter(name, function) for name, function in self.filters.items()}
        self.filters.update(safe=_as_is, ctg_run=as_run, ctg_block=as_block, **(filters or {}))
        self.tests |= {name: counted_test(self.tests[name]) for name in _COMPARING}
        self.globals.pop("lipsum", None)

    pieces = staticmethod(pieces)
    spend = staticmethod(spend)
    made = staticmethod(made)
    weighed = staticmethod(weighed)
    gone_through = staticmethod(budget.gone_through)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parser = Parser(self, source, name, filename)
        try:
            return parser.parse()
        except RecursionError as error:
            raise TemplateSyntaxError(TOO_DEEP, parser.stream.current.lineno) from error

    def common(self, values: dict[str, Any]) -> dict[str, Any]:
        """What all the parts of one document read: the globals, and the document's own values."""
        return {**self.globals, **values}

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, dict):
            try:
                return obj[attribute]
            except KeyError:
                pass
        elif obj.__class__ is LoopContext and attribute in OF_A_LOOP:
            return getattr(obj, attribute)
        return self.method(obj, attribute)

    def method(self, obj: Any, attribute: str) -> Any:
        """Python's attribute, when it is safe; failing that, the key."""
        if isinstance(obj, dict) and not hasattr(dict, attribute):
            value = obj.get(attribute, missing)
            return self.undefined(obj=obj, name=attribute) if value is missing else value
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(argument, str) and argument.startswith("_"):
            raise SecurityError(argument)
        return super().getitem(obj, weighed(argument))

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, _VALUES) and callable(value) and attr not in METHODS:
            return False
        return not isinstance(obj, RICH) and super().is_safe_attribute(obj, attr, value)

    def call(self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        if __obj is not self.globals["range"]:
            budget.refuse_numbers((*args, *kwargs.values()))
        owner = getattr(__obj, "__self__", None)
        if isinstance(owner, dict) and args and str(args[0]).startswith("_"):
            raise SecurityError(args[0])
        if not isinstance(owner, _VALUES):
            weighed("", *(arg for arg in args if isinstance(arg, tuple)))
            return super().call(__context, __obj, *args, **kwargs)
        name = getattr(__obj, "__name__", "")
        args = tuple(list(arg) if hasattr(arg, "__next__") else arg for arg in args)
        budget.refuse_method(owner, name, args)
        return made(super().call(__context, __obj, *args, **kwargs))

    def wrap_str_format(self, value: Any) -> Any:
        text = str(getattr(value, "__self__", ""))
        formatter = super().wrap_str_format(value)
        if formatter is None:
            return None
        if _PRIVATE.search(text):
            raise SecurityError("nombre démesuré, ou nom qui commence par « _ »")

        def counted(*args: Any, **named: Any) -> Any:
            budget.refuse_format(text, *args, **named)
            return made(formatter(*args, **named))

        return counted

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "%" and isinstance(left, str):
            budget.refuse_format(left, right)
        elif operator == "**":
            if abs(right) > 100 or abs(left) > 1e9:
                raise SecurityError("nombre démesuré")
        elif operator == "*":
            budget.refuse_product(left, right)
        elif not isinstance(left, (int, float, Decimal)):
            weighed(left, right)
        return made(super().call_binop(context, operator, left, right))


_REFUSED = {
    name: _fail
    for kind in StrictUndefined.__mro__[:-1]
    for name, value in vars(kind).items()
    if value is Undefined._fail_with_undefined_error
}
_Missing = type(
    "Missing", (StrictUndefined,), {"__slots__": (), **_REFUSED, "_fail_with_undefined_error": _fail}
)


def printed(value: Any, inside: bool = False) -> str:
    """What a tag prints, escaped for text and attributes; `markupsafe.escape`, quicker on plain text.
    `inside`: not on the page yet, but in a block that a macro, a filter or a `set` makes."""
    if value.__class__ is str:
        text: str = value
        if "&" in text:
            text = text.replace("&", "&amp;")
        if "<" in text:
            text = text.replace("<", "&lt;")
        if ">" in text:
            text = text.replace(">", "&gt;")
        if '"' in text:
            text = text.replace('"', "&#34;")
    elif (callable(value) or hasattr(value, "__next__")) and not hasattr(value, "_undefined_name"):
        raise SecurityError("ce n’est pas une valeur : il manque peut-être des parenthèses, ou |join")
    elif hasattr(value, "__html__"):
        if page := PAGE.get(None):
            page.has_markup = True
        text = escape(value)
    else:
        text = escape(weighed(value))
    if len(text) > UNCOUNTED:
        spend(len(text) if text.isascii() else getsizeof(text))
    return text


# --- filters of the house -----------------------------------------------------------------------------


def _formatted(value: str, *args: Any, **kwargs: Any) -> str:
    """Jinja's `format`, whose values are text even when the format is markup."""
    return str(value) % (kwargs or args)


def _as_is(value: Any) -> Any:
    """`safe` does not make data into markup: what it prints is still text."""
    return value


def as_run(value: Any) -> Any:
    """What `{{r x }}` prints: runs; a plain value gets one, or Word would not show it."""
    if isinstance(value, RICH) or hasattr(value, "_undefined_name"):
        return value
    return Markup('<w:r><w:t xml:space="preserve">{}</w:t></w:r>').format(value) if value != "" else ""


def as_block(value: Any, keep: bool = False) -> Any:
    """What `{{p x }}` prints: paragraphs; a plain value gets one. `keep`: the last stays with the next."""
    if keep and isinstance(value, HeldProse):
        return HeldProse(value.prose, keep=True)
    if isinstance(value, RICH) or hasattr(value, "_undefined_name") or hasattr(value, "__html__"):
        return value if not isinstance(value, Listing) else _paragraph(value)
    return _paragraph(value) if value != "" else ""


def _paragraph(value: Any) -> Markup:
    return Markup('<w:p><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>').format(escape(value))


# --- what a template may not contain ------------------------------------------------------------------


def check_tree(tree: nodes.Template) -> None:
    """Refuses, with Jinja's line number in `place`, what the sandbox would only refuse when it runs."""
    found = _by_class(tree)
    if deepest(tree)[1] > DEEPEST:
        _refuse(deepest(tree)[0], TOO_DEEP)
    for kind in (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends):
        for other in found[kind]:
            _refuse(other, "un modèle ne peut pas en appeler un autre (include, import, extends)")
    for field in found[nodes.Getattr]:
        if field.attr.startswith("_"):
            _refuse(field, f"« {field.attr} » : un modèle n’accède pas aux noms qui commencent par « _ »")
    for item in found[nodes.Getitem]:
        key = item.arg.value if isinstance(item.arg, nodes.Const) else ""
        if isinstance(key, str) and key.startswith("_"):
            _refuse(item, f"« {key} » : un modèle n’accède pas aux noms qui commencent par « _ »")
    for call in found[nodes.Call]:
        method = call.node
        if isinstance(method, nodes.Getattr) and method.attr in REFUSED_METHODS:
            _refuse(call, f"« {method.attr} » : un modèle ne modifie pas les données, il les montre")
    own = {name.name for name in found[nodes.Name] if name.ctx in ("store", "param")}
    for name in found[nodes.Name]:
        if name.name == "self" or name.name.startswith("__"):
            _refuse(name, f"« {name.name} » n’est pas un champ")
        if name.name.startswith("_") and name.name not in own:
            _refuse(name, f"« {name.name} » : un modèle n’accède pas aux noms qui commencent par « _ »")
    for block in found[nodes.ScopedEvalContextModifier]:
        _refuse(block, "« autoescape » : les données sont toujours du texte, jamais des balises de Word")


def deepest(tree: nodes.Node) -> tuple[nodes.Node, int]:
    """The node of a tree that stands inside most others, and how many."""
    level, depth = [tree], 0
    while inside := [child for node in level for child in node.iter_child_nodes()]:
        level, depth = inside, depth + 1
    return level[0], depth


def _by_class(tree: nodes.Node) -> dict[type, list[Any]]:
    """The nodes of a tree by class, in reading order: one walk for all that is looked for."""
    found: dict[type, list[Any]] = defaultdict(list)
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        found[node.__class__].append(node)
        waiting += [*node.iter_child_nodes()][::-1]
    return found


def _refuse(node: nodes.Node, message: str) -> None:
    raise TemplateError(message, place=str(node.lineno))


PLAIN: Final = Environment()
"""That of every template without filters of its own."""
