"""No two modules import each other, not even through others: each can be read, tested and moved alone."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "ctgdocs"
SHARED = {
    "ctgdocs.rules.vote": "the law of a vote, whatever the act that holds one",
}
"""What one drawer alone asks today, and why it stands outside."""


def test_no_modules_import_each_other() -> None:
    """Imports made inside a function count, and those that only the type checker sees."""
    try:
        TopologicalSorter(_graph()).prepare()
    except CycleError as circle:
        raise AssertionError(" → ".join(reversed(circle.args[1]))) from None


def test_what_one_kind_alone_knows_stands_in_its_drawer() -> None:
    askers: dict[str, set[str]] = {}
    for name, imported in _graph().items():
        drawer = name.split(".")[2] if name.startswith("ctgdocs.kinds.") else ""
        for module in imported:
            askers.setdefault(module, set()).add(drawer)
    alone = {
        module
        for module, drawers in askers.items()
        if module.split(".")[1:2] in (["composing"], ["rules"], ["vocabulary"])
        if len(drawers) == 1 and "" not in drawers
    }
    assert alone <= SHARED.keys(), sorted(alone - SHARED.keys())


def _graph() -> dict[str, set[str]]:
    modules = {_name(path): path for path in PACKAGE.rglob("*.py")}
    return {name: set(_imports(path, modules)) - {name} for name, path in modules.items()}


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path: Path, modules: dict[str, Path]) -> Iterator[str]:
    """The modules of the package that `path` imports; `from package import module` is an import of that
    module, and of the package only for the names that are its own."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module in modules:
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from inside & modules.keys()
            if inside - modules.keys():
                yield node.module
