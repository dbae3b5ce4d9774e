"""Do the tests see it when the program is wrong? Random small faults, one at a time, in a copy of the tree.

    python -m tools.mutants [HOW_MANY] [SEED] [ROOM…]

A fault: a comparison turned, a bound moved by one, `and` for `or`, a condition denied, a constant changed, a
value given back empty. Each fault is tried on the tests of its room, then on those that stand on it. What
survives is listed with its line: it wants a test, or is no fault at all (say why). Minutes for a hundred.
"""

from __future__ import annotations

import ast
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTS = {
    "french": (("french",), ("composing", "kinds", "vocabulary")),
    "assembly": (("assembly", "rules"), ("kinds",)),
    "rules": (("rules",), ("kinds", "line")),
    "memory": (("memory",), ("line",)),
}
"""Room → the folders of tests tried first, then second."""

SECONDS = 600.0
_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}


def faults(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Each node that can be made wrong, and how; those of type hints and of docstrings are left alone."""
    for node in _living(tree):
        if isinstance(node, ast.Compare):
            yield node, "turned"
        elif isinstance(node, ast.BoolOp):
            yield node, "and/or"
        elif isinstance(node, (ast.If, ast.IfExp, ast.While)):
            yield node, "denied"
        elif isinstance(node, ast.Return) and node.value is not None:
            yield node, "empty"
        elif isinstance(node, ast.Constant) and isinstance(node.value, (bool, int, str)) and node.value != "":
            yield node, "constant"


def _living(node: ast.AST) -> Iterator[ast.AST]:
    for name, field in ast.iter_fields(node):
        if name in ("annotation", "returns", "type_params") or (
            isinstance(node, ast.AnnAssign) and name == "target"
        ):
            continue
        for child in field if isinstance(field, list) else [field]:
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                continue
            if isinstance(child, ast.AST):
                yield child
                yield from _living(child)


def make_wrong(node: ast.AST, how: str) -> None:
    """The fault itself, in place."""
    match node, how:
        case ast.Compare(), _:
            node.ops[0] = _TURNED[type(node.ops[0])]()
        case ast.BoolOp(), _:
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case ast.If() | ast.IfExp() | ast.While(), _:
            node.test = ast.UnaryOp(ast.Not(), node.test)
        case ast.Return(), _:
            node.value = ast.Constant(None)
        case ast.Constant(value=bool(value)), _:
            node.value = not value
        case ast.Constant(value=int(value)), _:
            node.value = value + 1
        case ast.Constant(), _:
            node.value = f"{node.value}x"


def drawn(how_many: int, seed: int, rooms: Sequence[str]) -> list[tuple[Path, int]]:
    """(module, rank of the fault in it), drawn evenly over all faults of the rooms."""
    every = [
        (path.relative_to(ROOT), rank)
        for room in rooms
        for path in sorted((ROOT / "ctgdocs" / room).glob("*.py"))
        for rank, _ in enumerate(faults(ast.parse(path.read_text("utf-8"))))
    ]
    return random.Random(seed).sample(every, how_many)


def survives(copy: Path, room: str) -> bool:
    """True when no test of the room, nor of those that stand on it, fails."""
    environment = os.environ | {"PYTHONPATH": str(copy), "PYTEST_DEBUG_TEMPROOT": str(copy.parent)}
    for folders in TESTS[room]:
        tests = [f"tests/{folder}" for folder in folders]
        command = [sys.executable, "-m", "pytest", "-qx", "-p", "no:cacheprovider", "--no-header", *tests]
        try:
            done = subprocess.run(
                command,
                cwd=copy,
                env=environment,
                capture_output=True,
                timeout=SECONDS,
                check=False,
                preexec_fn=_heeds_ctrl_c,
            )
        except subprocess.TimeoutExpired:
            return False
        if done.returncode != 0:
            return False
    return True


def _heeds_ctrl_c() -> None:
    """A program started in the background ignores it, and a test of --surveiller sends it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def main(how_many: int = 100, seed: int = 1, rooms: Sequence[str] = tuple(TESTS)) -> None:
    left = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "tree")
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "sorties", ".*_cache"))
        for count, (path, rank) in enumerate(drawn(how_many, seed, rooms), 1):
            text = (ROOT / path).read_text("utf-8")
            tree = ast.parse(text)
            node, how = list(faults(tree))[rank]
            line = getattr(node, "lineno", 0)
            make_wrong(node, how)
            (copy / path).write_text(ast.unparse(ast.fix_missing_locations(tree)), "utf-8")
            if survives(copy, path.parts[1]):
                left.append(f"{path}:{line} ({how}): {text.splitlines()[line - 1].strip()}")
                print(f"survived {left[-1]}", flush=True)
            (copy / path).write_text(text, "utf-8")
            print(f"{count}/{how_many}, {len(left)} survived", file=sys.stderr, flush=True)
    print(f"{how_many} faults, {how_many - len(left)} seen by a test, {len(left)} not")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]), tuple(sys.argv[3:]) or tuple(TESTS))
