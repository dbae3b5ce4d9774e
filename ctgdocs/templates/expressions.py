"""Follows a tag's expression through the example context: which fields it reads, which do not exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from jinja2 import nodes

from ctgdocs.french import nearest
from ctgdocs.prose import Chart, ListBlock, Paragraph, Picture, Prose, TableBlock

# --- The fields of a context: a list for authors, and examples against which a tag is checked


RICH_TYPES = frozenset(
    ("Prose", "HeldProse", "RichText", "RichTextParagraph", "InlineImage", "Picture", "Subdoc")
)
BLOCK_TYPES = frozenset(("Prose", "HeldProse", "RichTextParagraph", "Subdoc"))
_EXAMPLE = 70


@dataclass(frozen=True, slots=True)
class Field:
    """A field that an author may use: its path, what it is (in French), an example of what it prints."""

    path: str
    type: str
    example: str


class Unknown:
    """A value nothing is known of: whatever a template does with it is accepted."""


UNKNOWN = Unknown()


def fields(context: Mapping[str, Any]) -> list[Field]:
    """Every field of an example context, in its order, what is inside lists and records included."""
    return list(_fields(context, ""))


def _fields(value: Mapping[str, Any], before: str) -> Iterator[Field]:
    for name, inner in value.items():
        path = f"{before}{name}"
        yield Field(path, type_name(inner), example(inner))
        if isinstance(inner, (list, tuple)):
            inner = element_of(inner)
        if isinstance(inner, Mapping):
            yield from _fields(inner, f"{path}.")


def type_name(value: Any) -> str:
    """What a value is, in an author's words."""
    if isinstance(value, bool):
        return "oui/non"
    if isinstance(value, (int, float)):
        return "nombre"
    if isinstance(value, str):
        return "texte"
    if isinstance(value, Picture):
        return "image"
    if isinstance(value, (list, tuple)):
        inner = element_of(value)
        return "liste" if inner is UNKNOWN else f"liste de {_PLURALS.get(type_name(inner), 'valeurs')}"
    if isinstance(value, Mapping):
        return "fiche"
    return {"InlineImage": "image"}.get(type(value).__name__, "texte long" if is_rich(value) else "valeur")


_PLURALS = {
    "texte": "textes",
    "fiche": "fiches",
    "nombre": "nombres",
    "texte long": "textes longs",
    "image": "images",
}


def example(value: Any) -> str:
    """A value as it would be printed, cut to one line."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Mapping):
        return ", ".join(value)
    if isinstance(value, Picture):
        return _cut(value.alt)
    if isinstance(value, (list, tuple)):
        shown = [example(item) for item in value[:2] if not isinstance(item, Mapping)]
        return _cut(" · ".join(shown)) if shown else f"{len(value)} élément{'s' if len(value) > 1 else ''}"
    if isinstance(value, Prose):
        return _cut(" ".join(_words(value.blocks)))
    return _cut(str(value))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXAMPLE else line[: _EXAMPLE - 1].rstrip() + "…"


def _words(blocks: Iterable[Any]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield "".join(run.text for run in block.runs)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _words(item)
        elif isinstance(block, TableBlock):
            yield "(tableau)"
        elif isinstance(block, Chart):
            yield "(graphique)"


def is_rich(value: Any) -> bool:
    """True for a value that stands for runs or paragraphs, not for plain text."""
    return type(value).__name__ in RICH_TYPES


def is_block(value: Any) -> bool:
    """True for a value that stands for whole paragraphs."""
    return type(value).__name__ in BLOCK_TYPES


def element_of(value: Any) -> Any:
    """What one turn of a loop over `value` holds: all the fields its items have between them."""
    if not isinstance(value, (list, tuple)) or not value:
        return UNKNOWN
    if not all(isinstance(item, Mapping) for item in value):
        return value[0]
    merged: dict[str, Any] = {}
    for item in value:
        for name, inner in item.items():
            if name not in merged or merged[name] in ("", [], None, ()):
                merged[name] = inner
    return merged


_SAME_LIST = frozenset(("list", "sort", "reverse", "unique", "select", "reject", "selectattr", "rejectattr"))
_ONE_OF = frozenset(("first", "last", "max", "min", "random"))
_SAME_VALUE = frozenset(("default", "d", "safe"))
_BY_ATTRIBUTE = frozenset(("selectattr", "rejectattr"))
_LOOP_NAMES = (
    "index", "index0", "revindex", "revindex0", "first", "last", "length", "previtem", "nextitem", "cycle",
    "depth", "depth0", "changed",
)  # fmt: skip
_LOOP = dict.fromkeys(_LOOP_NAMES, UNKNOWN)
_GLOBALS = frozenset(
    ("range", "dict", "cycler", "joiner", "namespace", "caller", "varargs", "kwargs", "loop")
)


class Value(NamedTuple):
    """What an expression stands for: the context path it reads (`""` when none), and an example of it."""

    path: str
    example: Any


NOTHING = Value("", UNKNOWN)


@dataclass(slots=True)
class Miss:
    """A field that does not exist, and what the author may have meant (`""`: no idea).

    `foreseen` when the template says what to print instead (`default`).
    """

    name: str
    near: str
    foreseen: bool = False


@dataclass(slots=True)
class Scope:
    """The names a tag can see. Without an example context (None) every name is accepted."""

    context: Mapping[str, Any] | None
    frames: list[dict[str, Value]] = field(default_factory=list)
    read: list[Value] = field(default_factory=list)
    misses: list[Miss] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)
    """What cannot be computed, and what to write instead."""

    def bind(self, target: nodes.Node, value: Value) -> None:
        """Gives a name (or several) a value in the innermost frame."""
        if not self.frames:
            self.frames.append({})
        if isinstance(target, nodes.Name):
            self.frames[-1][target.name] = value
        elif isinstance(target, (nodes.Tuple, nodes.List)):
            for item in target.items:
                self.bind(item, NOTHING)

    def enter_loop(self, node: nodes.For) -> None:
        """A frame for the turns of a loop: its target and `loop`."""
        turns = self.value(node.iter)
        self.frames.append({"loop": Value("", _LOOP)})
        self.bind(node.target, Value(turns.path, element_of(turns.example)))
        if node.test is not None:
            self.value(node.test)

    def value(self, node: nodes.Node | None) -> Value:
        """Reads an expression; what does not exist is added to `misses`."""
        if isinstance(node, nodes.Name):
            return self._name(str(node.name))
        if isinstance(node, (nodes.Getattr, nodes.Getitem)):
            return self._attribute(node)
        if isinstance(node, nodes.Filter):
            return self._filter(node)
        if isinstance(node, nodes.Test):
            return self._test(node)
        if isinstance(node, nodes.Const):
            return Value("", node.value)
        if isinstance(node, nodes.CondExpr):
            self.value(node.test)
            first, second = self.value(node.expr1), self.value(node.expr2)
            return first if first.example is not UNKNOWN else second
        if isinstance(node, nodes.Call):
            return self._call(node)
        if isinstance(node, nodes.BinExpr) and type(node) in _SUMS:
            return self._sum(node)
        if node is not None:
            for child in node.iter_child_nodes():
                self.value(child)
        return NOTHING

    def _name(self, name: str) -> Value:
        for frame in reversed(self.frames):
            if name in frame:
                bound: Value = frame[name]
                self.read.append(bound)
                return bound
        if self.context is None or name in self.context:
            value = Value(name, UNKNOWN if self.context is None else self.context[name])
            self.read.append(value)
            return value
        if name not in _GLOBALS:
            names = [*self.context, *(known for frame in self.frames for known in frame)]
            self.misses.append(Miss(name, nearest(name, names) or deeper(name, self.context)))
        return NOTHING

    def _attribute(self, node: nodes.Getattr | nodes.Getitem) -> Value:
        owner = self.value(node.node)
        if isinstance(node, nodes.Getattr):
            name: Any = node.attr
        elif isinstance(node.arg, nodes.Const):
            name = node.arg.value
        else:
            self.value(node.arg)
            return Value(owner.path, element_of(owner.example))
        if isinstance(name, int):
            return Value(owner.path, element_of(owner.example))
        path = f"{owner.path}.{name}" if owner.path else ""
        if owner.example is UNKNOWN:
            found = Value(path, UNKNOWN)
        elif isinstance(owner.example, Mapping) and name in owner.example:
            found = Value(path, owner.example[name])
        elif hasattr(owner.example, str(name)) and not str(name).startswith("_"):
            return NOTHING  # a method: upper, items…
        else:
            known = list(owner.example) if isinstance(owner.example, Mapping) else []
            near = nearest(str(name), known) or ""
            self.misses.append(
                Miss(path or str(name), f"{owner.path}.{near}" if near and owner.path else near)
            )
            return NOTHING
        if path:
            self.read.append(found)
        return found

    def _filter(self, node: nodes.Filter) -> Value:
        before = len(self.misses)
        inner = self.value(node.node)
        if node.name in ("default", "d"):
            for miss in self.misses[before:]:
                miss.foreseen = True
        for argument in [*node.args, *(pair.value for pair in node.kwargs)]:
            self.value(argument)
        if node.name in _BY_ATTRIBUTE and node.args and isinstance(node.args[0], nodes.Const):
            turn = element_of(inner.example)
            name = str(node.args[0].value).partition(".")[0]
            if isinstance(turn, Mapping) and name not in turn:
                self.misses.append(Miss(f"{inner.path}.{name}", nearest(name, turn) or ""))
        if node.name in _SAME_LIST or node.name in _SAME_VALUE:
            return inner
        return Value(inner.path, element_of(inner.example)) if node.name in _ONE_OF else NOTHING

    def _test(self, node: nodes.Test) -> Value:
        before = len(self.misses)
        self.value(node.node)
        if node.name in ("defined", "undefined"):
            del self.misses[before:]
        for argument in node.args:
            self.value(argument)
        return NOTHING

    def _sum(self, node: nodes.BinExpr) -> Value:
        left, right = self.value(node.left), self.value(node.right)
        examples = (left.example, right.example)
        if any(one is UNKNOWN or one is None for one in examples):
            return NOTHING
        if _is_number(left.example) and _is_number(right.example):
            return Value("", 1)
        if _can(node, *examples):
            return NOTHING
        sign = _SUMS[type(node)]
        shown = next((one.path for one in (left, right) if one.path and not _is_number(one.example)), "")
        told = f"« {shown} » n’est pas un nombre" if shown else "les deux côtés ne sont pas des nombres"
        self.failures.append((f"ce calcul ({sign}) échoue : {told}", "pour joindre deux textes, écrivez ~"))
        return NOTHING

    def _call(self, node: nodes.Call) -> Value:
        called = self.value(node.node)
        if called.path and called.example is not UNKNOWN and not callable(called.example):
            what = type_name(called.example)
            self.failures.append(
                (
                    f"« {called.path} » est un champ ({what}) : il ne prend pas de parenthèses",
                    f"écrivez {{{{ {called.path} }}}}",
                )
            )
        for argument in [*node.args, *(pair.value for pair in node.kwargs)]:
            self.value(argument)
        return NOTHING


_SUMS: dict[type[nodes.Node], str] = {
    nodes.Add: "+", nodes.Sub: "-", nodes.Mul: "*", nodes.Div: "/", nodes.FloorDiv: "//", nodes.Mod: "%",
    nodes.Pow: "**",
}  # fmt: skip


def _can(node: nodes.BinExpr, left: Any, right: Any) -> bool:
    """Whether Python has that sign for texts and lists: to join two, to repeat one, to fill a text in."""
    if isinstance(node, nodes.Add):
        return any(isinstance(left, kind) and isinstance(right, kind) for kind in (str, list, tuple))
    if isinstance(node, nodes.Mod):
        return isinstance(left, str)
    repeated = (str, list, tuple)
    return isinstance(node, nodes.Mul) and (
        (isinstance(left, repeated) and isinstance(right, int))
        or (isinstance(right, repeated) and isinstance(left, int))
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float))


def deeper(name: str, context: Mapping[str, Any]) -> str:
    """The path of a field of this name inside a record: « collectivite.nom » for « nom »."""
    return next((path for path, last in _paths(context) if last == name), "")


def _paths(context: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in context.items():
        yield f"{before}{name}", str(name)
        if isinstance(value, Mapping):
            yield from _paths(value, f"{before}{name}.")
