"""The rooms of the house and who imports whom, from the imports themselves: docs/images/rooms.svg.

Rows are those of the import contract in pyproject.toml. An arrow goes down from a room to one it imports;
those that follow from others (cli → line → content makes cli → content) are left out. `make docs` writes it.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "ctgdocs"
PICTURE = ROOT / "docs/images/rooms.svg"
LIBRARIES = ("french", "word", "redline", "templates", "pdf")
"""They know nothing of acts and could serve another program."""

WIDTH, HEIGHT, ROW, BOX = 760, 30, 62, 112
_STYLE = (
    "text{font:14px system-ui,sans-serif;text-anchor:middle;fill:#1f2933}"
    "rect{fill:#f5f7fa;stroke:#52606d;stroke-width:1.2}"
    "rect.library{fill:#e3f0e8;stroke:#2f6f4f}"
    "path{fill:none;stroke:#9aa5b1;stroke-width:1.3;marker-end:url(#tip)}"
    "@media(prefers-color-scheme:dark){text{fill:#e4e7eb}rect{fill:#323f4b;stroke:#9aa5b1}"
    "rect.library{fill:#24453a;stroke:#7fc8a4}}"
)
_TIP = (
    '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    '<path d="M0 1 7 4 0 7z" style="fill:#9aa5b1;stroke:none;marker-end:none"/></marker>'
)


@cache
def modules() -> dict[str, set[str]]:
    """Every module and those of the package that it imports, inside functions and for types included."""
    paths = {_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}
    return {name: set(_imports(path, paths)) - {name} for name, path in paths.items()}


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imports(path: Path, known: Mapping[str, Path]) -> Iterator[str]:
    """`from package import module` is an import of that module, and of the package only for the names that
    are its own."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module in known:
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            yield from inside & known.keys()
            if inside - known.keys():
                yield node.module


def rows() -> list[list[str]]:
    """The rooms, row by row from the top, as the import contract has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = next(one["layers"] for one in contracts["contracts"] if one["type"] == "layers")
    return [layer.split(" | ") for layer in layers]


def rooms() -> dict[str, set[str]]:
    """Every room and those it imports, without what follows from others."""
    direct: dict[str, set[str]] = {room: set() for row in rows() for room in row}
    for name, imported in modules().items():
        for other in imported:
            if (here := _room(name)) != (there := _room(other)) and here in direct and there in direct:
                direct[here].add(there)
    through = {room: set().union(*(_below(direct, one) for one in below)) for room, below in direct.items()}
    return {room: below - through[room] for room, below in direct.items()}


def _room(module: str) -> str:
    return f"{module}.".split(".")[1]


def _below(direct: Mapping[str, set[str]], room: str) -> set[str]:
    return direct[room].union(*(_below(direct, one) for one in direct[room]))


def picture() -> str:
    """The whole SVG file."""
    table = rows()
    at = {room: centre for line, row in enumerate(table) for room, centre in _placed(row, line)}
    arrows = [_arrow(at[room], at[one]) for room, below in rooms().items() for one in sorted(below)]
    boxes = [_box(room, *centre) for room, centre in at.items()]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {ROW * len(table)}" role="img">'
        "<title>The rooms of the house: an arrow is an import</title>"
    )
    return "\n".join((head, f"<style>{_STYLE}</style><defs>{_TIP}</defs>", *arrows, *boxes, "</svg>", ""))


def _placed(row: Sequence[str], line: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """The rooms of a row, spread over the width; one that stands alone leaves the middle free for arrows."""
    aside = 0 if len(row) > 1 else (-1) ** line * 150
    for number, room in enumerate(row, 1):
        yield room, (WIDTH * number // (len(row) + 1) + aside, ROW * line + ROW // 2)


def _box(room: str, x: int, y: int) -> str:
    kind = ' class="library"' if room in LIBRARIES else ""
    corner = f'x="{x - BOX // 2}" y="{y - HEIGHT // 2}" width="{BOX}" height="{HEIGHT}" rx="6"'
    return f'<rect{kind} {corner}/><text x="{x}" y="{y + 5}">{room}</text>'


def _arrow(start: tuple[int, int], end: tuple[int, int]) -> str:
    (x, y), (to_x, to_y) = (start[0], start[1] + HEIGHT // 2), (end[0], end[1] - HEIGHT // 2)
    bend = min(40, (to_y - y) // 2)
    return f'<path d="M{x} {y}C{x} {y + bend} {to_x} {to_y - bend} {to_x} {to_y}"/>'
