"""Lines → the text of one heading: paragraphs, lists inside lists, small groups. And the nodes they make."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ctgdocs.importing.lines import Line

WIDTH = 104
_MARKDOWN_STARTS = ("-", "+", "*", "#", ">", "=", "~", "|")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, and why it should be read again ("" when it is sure)."""

    text: str
    doubt: str = ""


Node: TypeAlias = "Scalar | list[Node] | dict[str, Node]"


def words(text: str) -> str:
    """Text as a content file holds it: braces are doubled, because single ones call a value."""
    return text.replace("{", "{{").replace("}", "}}")


def scalar(lines: Sequence[Line], doubt: str = "") -> Scalar:
    """One line of text."""
    return Scalar(words(" ".join(line.text for line in lines)), doubt or _doubt(lines))


def texts(lines: Sequence[Line]) -> Node:
    """A list with one text per line; a text alone when there is one."""
    found: list[Node] = [Scalar(words(line.text), line.doubt) for line in lines]
    return found[0] if len(found) == 1 else found


def _doubt(lines: Sequence[Line]) -> str:
    return next((line.doubt for line in lines if line.doubt), "")


def rubrique(lines: Sequence[Line], doubt: str = "") -> Node:
    """The value of a heading, in its shortest form: a text, a list, or `{texte, points}`."""
    before, groups = _groups(lines)
    record = _record(before, 0)
    if groups:
        points = record.pop("points", [])
        assert isinstance(points, list)
        record["points"] = [*points, *(_group(group) for group in groups)]
    if set(record) == {"points"}:
        return record["points"]
    if set(record) == {"texte"}:
        text = record["texte"]
        assert isinstance(text, Scalar)
        return Scalar(text.text, text.doubt or doubt)
    return record


def _groups(lines: Sequence[Line]) -> tuple[list[Line], list[list[Line]]]:
    """What comes before the first small heading, then each of them with what follows it."""
    before: list[Line] = []
    groups: list[list[Line]] = []
    for line in lines:
        if line.look == "heading":
            groups.append([line])
        elif groups:
            groups[-1].append(line)
        else:
            before.append(line)
    return before, groups


def _group(lines: list[Line]) -> Node:
    title, *below = lines
    return {"titre": Scalar(words(title.text.rstrip(" :") or title.text), title.doubt), **_record(below, 1)}


def _record(lines: Sequence[Line], depth: int) -> dict[str, Node]:
    """`texte` and `points` when all texts come before the list; everything as Markdown otherwise."""
    first = next((index for index, line in enumerate(lines) if line.look == "bullet"), len(lines))
    if any(line.look != "bullet" for line in lines[first:]):
        return {"texte": Scalar(words(_markdown(lines)), _doubt(lines))}
    record: dict[str, Node] = {}
    if first:
        record["texte"] = Scalar(words(_paragraphs(lines[:first])), _doubt(lines[:first]))
    if first < len(lines):
        record["points"] = _points(lines[first:], 0, depth)
    return record


def _points(lines: Sequence[Line], level: int, depth: int) -> list[Node]:
    found: list[Node] = []
    index = 0
    while index < len(lines):
        end = index + 1
        while end < len(lines) and lines[end].level > level:
            end += 1
        found.append(_point(lines[index], lines[index + 1 : end], level, depth))
        index = end
    return found


def _point(line: Line, below: Sequence[Line], level: int, depth: int) -> Node:
    text = Scalar(words(line.text), line.doubt)
    if not below:
        return text
    points = _points(below, level + 1, depth)
    opening = text.text.rstrip(" :")
    if line.text.endswith(":") and opening and not line.doubt and "\n" not in opening:
        return {opening: points}
    return {"texte": text, "points": points}


def _paragraphs(lines: Sequence[Line]) -> str:
    return "\n\n".join(_wrapped(line.text) for line in lines)


def _markdown(lines: Sequence[Line]) -> str:
    return "\n".join(_markdown_lines(lines))


def _markdown_lines(lines: Sequence[Line]) -> Iterator[str]:
    last, depth = "", -1
    for line in lines:
        if line.look == "bullet":
            if last == "text":
                yield ""
            depth = min(line.level, depth + 1)
            yield f"{'  ' * depth}- {line.text}"
        else:
            depth = -1
            if last:
                yield ""
            yield _wrapped(line.text)
        last = line.look


def _wrapped(text: str) -> str:
    """A paragraph on lines of a comfortable width, none of which starts like a list or a heading."""
    rows: list[str] = []
    for row in textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False):
        if rows and (row.startswith(_MARKDOWN_STARTS) or row[:1].isdigit()):
            rows[-1] += f" {row}"
        else:
            rows.append(row)
    return "\n".join(rows)
