"""Do the tests see it when the program is wrong? Random small faults, one at a time, in a copy of the tree.

    python -m tools.mutants [HOW_MANY] [SEED] [ROOM…]

A fault: a comparison turned, a bound moved by one, `and` for `or`, a condition denied, a constant changed, a
value given back empty. Which tests call which function is watched once, in a first run without faults; each
fault is then tried on the tests that call its function, those of its room first, the quickest first, for a
minute or two. What survives is listed with its line: it wants a test, or is no fault at all (say why). Some
minutes for the first run, then some seconds a fault.
"""

from __future__ import annotations

import ast
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
TESTS = {
    "french": (("french",), ("composing", "kinds", "vocabulary")),
    "assembly": (("assembly", "rules"), ("kinds",)),
    "rules": (("rules",), ("kinds", "line")),
    "memory": (("memory",), ("line",)),
}
"""Room → the folders of tests tried first, then second."""

SECONDS = 60.0
"""Of the tests that a fault is tried on, as long as the watched run took for them; three times as much and it
goes on for ever."""
WATCH = "CTGDOCS_WATCH"
"""Where the watched run writes (see `pytest_configure`): this module is then a plugin of pytest."""
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


class Watched(NamedTuple):
    """What a run without faults tells: function (module, first line) → tests that call it; seconds a test."""

    callers: dict[tuple[str, int], set[str]]
    lasts: dict[str, float]

    def tests(self, path: Path, tree: ast.Module, line: int) -> list[str]:
        """The tests that call the function of a line, or any of its module where it stands in none; those
        of its own room first, the quickest first."""
        inside = _function(tree, line)
        name = path.as_posix()
        callers = (
            set().union(*(tests for (module, _), tests in self.callers.items() if module == name))
            if inside is None
            else self.callers.get((name, inside), set())
        )
        own = tuple(f"tests/{folder}/" for folder in TESTS[path.parts[1]][0])
        order = sorted(callers, key=lambda test: (not test.startswith(own), self.lasts[test], test))
        last = bisect_right([*accumulate(self.lasts[test] for test in order)], SECONDS)
        return order[: last + 1]


def _function(tree: ast.Module, line: int) -> int | None:
    """The first line of the innermost function that holds a line, its decorators included."""
    inside = [
        min([node.lineno, *(one.lineno for one in node.decorator_list)])
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.lineno <= line <= (node.end_lineno or 0)
    ]
    return max(inside, default=None)


class _Watch:
    """Notes, while a test runs, each function of the rooms that is called."""

    def __init__(self, rooms: tuple[str, ...]) -> None:
        self.rooms = rooms
        self.callers: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
        self.lasts: dict[str, float] = {}
        self.test = ""

    def __call__(self, frame: FrameType, event: str, arg: object) -> None:
        code = frame.f_code
        if code.co_filename.startswith(self.rooms):
            self.callers[code.co_filename, code.co_firstlineno].add(self.test)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, None, None]:
        """What a fixture calls, whatever the test that asks for it first, is of all those of its file."""
        file = item.nodeid.partition("::")[0]
        with self._watching(file):
            yield

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, None, None]:
        with self._watching(item.nodeid):
            yield

    @contextmanager
    def _watching(self, test: str) -> Iterator[None]:
        self.test, start = test, time.perf_counter()
        sys.settrace(self)
        try:
            yield
        finally:
            sys.settrace(None)
            self.lasts[test] = self.lasts.get(test, 0.0) + time.perf_counter() - start

    def pytest_sessionfinish(self) -> None:
        callers = [
            [Path(name).relative_to(Path.cwd()).as_posix(), line, sorted(tests)]
            for (name, line), tests in self.callers.items()
        ]
        Path(os.environ[WATCH]).write_text(json.dumps([callers, self.lasts]), "utf-8")


def pytest_configure(config: pytest.Config) -> None:
    if WATCH in os.environ:
        config.pluginmanager.register(
            _Watch(tuple(str(Path.cwd() / "ctgdocs" / room) + os.sep for room in TESTS))
        )


def watched(copy: Path, rooms: Sequence[str]) -> Watched:
    """Which tests call what, in a run of all the tests of the rooms. SystemExit when one of them fails."""
    out = copy.parent / "watched.json"
    folders = dict.fromkeys(folder for room in rooms for each in TESTS[room] for folder in each)
    if not passes(copy, [f"tests/{folder}" for folder in folders], 3600.0, {WATCH: str(out)}):
        sys.exit("the tests fail without any fault")
    callers, lasts = json.loads(out.read_text("utf-8"))
    return Watched({(name, line): set(tests) for name, line, tests in callers}, lasts)


def passes(
    copy: Path, tests: Sequence[str], seconds: float = 3 * SECONDS, more: Mapping[str, str] = {}
) -> bool:
    """Whether tests pass, in their time."""
    named = copy.parent / "tests.txt"
    named.write_text("\n".join(tests), "utf-8")
    environment = os.environ | {"PYTHONPATH": str(copy), "PYTEST_DEBUG_TEMPROOT": str(copy.parent), **more}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-qx",
        "-p",
        "no:cacheprovider",
        "-p",
        "tools.mutants",
        f"@{named}",
    ]
    try:
        done = subprocess.run(
            command,
            cwd=copy,
            env=environment,
            capture_output=True,
            timeout=seconds,
            check=False,
            preexec_fn=_heeds_ctrl_c,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _heeds_ctrl_c() -> None:
    """A program started in the background ignores it, and a test of --surveiller sends it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def main(how_many: int = 100, seed: int = 1, rooms: Sequence[str] = tuple(TESTS)) -> None:
    left = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "tree")
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "sorties", ".*_cache"))
        seen = watched(copy, rooms)
        for count, (path, rank) in enumerate(drawn(how_many, seed, rooms), 1):
            text = (ROOT / path).read_text("utf-8")
            tree = ast.parse(text)
            node, how = list(faults(tree))[rank]
            line = getattr(node, "lineno", 0)
            tests = seen.tests(path, tree, line)
            make_wrong(node, how)
            (copy / path).write_text(ast.unparse(ast.fix_missing_locations(tree)), "utf-8")
            if not tests or passes(copy, tests):
                left.append(f"{path}:{line} ({how}): {text.splitlines()[line - 1].strip()}")
                print(f"survived {left[-1]}", flush=True)
            (copy / path).write_text(text, "utf-8")
            print(f"{count}/{how_many}, {len(left)} survived", file=sys.stderr, flush=True)
    print(f"{how_many} faults, {how_many - len(left)} seen by a test, {len(left)} not")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]), tuple(sys.argv[3:]) or tuple(TESTS))
