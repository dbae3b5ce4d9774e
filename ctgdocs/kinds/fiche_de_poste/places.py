"""Where a text of a tree stands in its file: trees are typed in short forms, their values are spelled out."""

from __future__ import annotations

from ctgdocs.stages import Entry, Items, Mapping, Node, Path


def as_typed(entry: Entry, path: Path) -> Path:
    """The path in the file of the value at `path` (`activites.points.0.points.2.texte`), typed as, say,
    `activites.Animer le réseau.2`."""
    node: Node | None = entry.source.root
    for step in entry.at:
        node = _below(node, step)
    typed: list[str | int] = []
    for index, step in enumerate(path):
        below = _below(node, step)
        if below is not None:
            typed.append(step)
            node = below
            continue
        after = path[index + 1] if index + 1 < len(path) else None
        key = _opened(node, step, after)
        if key is not None and isinstance(node, Mapping):
            typed.append(key)
            node = _below(node, key)
    return tuple(typed)


def _below(node: Node | None, step: str | int) -> Node | None:
    if isinstance(node, Mapping) and isinstance(step, str):
        return node.get(step)  # type: ignore[call-overload,no-any-return]  # a str finds its equal Text
    if isinstance(node, Items) and isinstance(step, int) and step < len(node):
        return node[step]
    return None


def _opened(node: Node | None, step: str | int, after: str | int | None) -> str | None:
    """The key that stands for `points`: that of an opened line, or of the group that `after` counts."""
    if not isinstance(node, Mapping):
        return None
    keys = list(node)
    if step == "points":
        if len(keys) == 1:
            return keys[0]
        return keys[after] if isinstance(after, int) and after < len(keys) and "texte" not in node else None
    return keys[0] if step == "texte" and len(keys) == 1 else None
