"""A signature says what goes in and out: no `Any` in it, and no field of an act named by a string."""

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "ctgdocs"

FREE = {
    "word": "elements of lxml",
    "templates": "the values of a template are anything",
    "redline": "stands on lxml, as word does",
    "content": "trees of YAML, errors of pydantic, cells of a workbook, before anything has a type",
    "memory": "rows of SQLite",
    "line": "merges the contexts of all the acts of a kind, and starts a cluster that has no types",
    "importing": "callbacks of an XML parser",
    "renewing": "writes a tree of YAML back",
    "cli": "asks those above",
}
"""The rooms whose signatures may say `Any`, and why."""

WALKS = {"rules/dossiers.py as_typed", "rules/liens.py _walk", "rules/liens.py _search"}
"""What walks any record, guided by the annotations of its type."""

TYPED = ("assembly", "composing", "vocabulary", "kinds")


def test_no_signature_says_any() -> None:
    said = {
        f"{path.relative_to(PACKAGE).as_posix()} {function.name}"
        for path in PACKAGE.rglob("*.py")
        if path.relative_to(PACKAGE).parts[0] not in FREE
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef)
        if any(isinstance(name, ast.Name) and name.id == "Any" for name in _annotations(function))
    }
    assert said <= WALKS, sorted(said - WALKS)


def test_no_field_is_read_by_its_name_in_a_string() -> None:
    """A misspelling in `getattr(act, "seance")` is seen by nothing; a protocol says it."""
    named = [
        f"{path.relative_to(PACKAGE)}:{call.lineno}"
        for room in TYPED
        for path in (PACKAGE / room).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "getattr"
        if isinstance(call.args[1], ast.Constant)
    ]
    assert named == []


def _annotations(function: ast.FunctionDef) -> Iterator[ast.AST]:
    args = function.args
    several = [arg for arg in (args.vararg, args.kwarg) if arg is not None]
    for arg in (*args.posonlyargs, *args.args, *args.kwonlyargs, *several):
        if arg.annotation is not None:
            yield from ast.walk(arg.annotation)
    if function.returns is not None:
        yield from ast.walk(function.returns)
