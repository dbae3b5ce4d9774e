"""Lines → what stands under each heading, in the order of the document; and what is proposed of it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ctgdocs.content.spelling import Node, Scalar
from ctgdocs.importing.lines import LONGEST, Headings, Line

# --- Lines → the text of one heading: paragraphs, lists inside lists, small groups. And the nodes they make


WIDTH = 104
_MARKDOWN_STARTS = ("-", "+", "*", "#", ">", "=", "~", "|")


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


START = "debut"
FREE = "libre"

_NUMBERED = re.compile(r"\d{1,2}\s*[-–.)]\s*[A-ZÀ-Ý]")
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(slots=True)
class Gathered:
    """What stands under one heading. `label` is the heading as typed, `title` as it should be; `before` is
    the last heading of a known rubrique, after which a free one comes."""

    key: str
    label: str = ""
    title: str = ""
    doubt: str = ""
    before: str = ""
    lines: list[Line] = field(default_factory=list)


class Form(NamedTuple):
    """What a kind understands of its old documents.

    `rubriques`: the keys of its long texts, in which small headings make groups. `own`: what a line opens, or
    that it belongs where the document is (True), when only this kind can tell; None lets the table say.
    """

    headings: Headings
    rubriques: Collection[str]
    own: Callable[[Line, Gathered], Gathered | bool | None]


def gather(lines: Iterable[Line], form: Form) -> list[Gathered]:
    """The lines under their headings; what comes first is under START, unknown headings are FREE. A fact that
    is not known, below such a heading, is a line of it."""
    found = [Gathered(START)]
    free: Gathered | None = None
    rubrique = ""
    for line in lines:
        opened = _opened(line, found[-1], form)
        if opened is not None and line.look != "fact":
            free = opened if opened.key == FREE else None
        elif opened is not None and opened.key == FREE and free is not None:
            free.lines.append(Line(f"{opened.title} : {line.value}", doubt=line.doubt))
            continue
        if opened is None:
            group = line.look == "text" and _is_group(line, found[-1], form)
            found[-1].lines.append(Line(line.text, "heading", 3, "", line.doubt) if group else line)
            continue
        if opened.key == FREE:
            opened.before = rubrique
        elif opened.key in form.rubriques:
            rubrique = opened.key
        found.append(opened)
    return _without_hollow(found)


def _without_hollow(found: list[Gathered]) -> list[Gathered]:
    """An unknown heading with nothing under it is a line of what comes before."""
    kept: list[Gathered] = []
    for one in found:
        if one.key == FREE and not one.lines and kept:
            kept[-1].lines.append(Line(one.label, doubt=one.doubt))
        else:
            kept.append(one)
    return kept


def _opened(line: Line, current: Gathered, form: Form) -> Gathered | None:
    """The heading that a line opens, with the value on the same line; None for a line of text."""
    if line.look == "bullet":
        return None
    if line.look == "fact":
        return _fact(line, form)
    own = form.own(line, current)
    if own is not None:
        return own if isinstance(own, Gathered) else None
    if (pair := form.headings.label_and_value(line.text)) and pair[1] and not pair[0].misspelt:
        return Gathered(
            pair[0].key, line.text.partition(":")[0].strip(), pair[0].title, lines=[Line(pair[1])]
        )
    heading = form.headings.recognise(line.text)
    if heading is not None:
        doubt = "titre mal orthographié" if heading.misspelt else line.doubt
        return Gathered(heading.key, line.text.rstrip(" :"), heading.title, doubt)
    if pair := form.headings.label_and_value(line.text):
        heading, value = pair
        doubt = "titre mal orthographié" if heading.misspelt else line.doubt
        label = line.text.partition(":")[0].strip()
        return Gathered(heading.key, label, heading.title, doubt, lines=[Line(value)] if value else [])
    return _unknown(line, current, form)


def _fact(line: Line, form: Form) -> Gathered | None:
    heading = form.headings.recognise(line.text)
    if heading is None:
        return Gathered(FREE, line.text, line.text.rstrip(" :"), "titre inconnu", lines=[Line(line.value)])
    return Gathered(heading.key, line.text.rstrip(" :"), heading.title, lines=[Line(line.value)])


def _is_group(line: Line, current: Gathered, form: Form) -> bool:
    """« 1-Impulser les politiques » inside a rubrique."""
    titled = line.bold and not line.text.endswith((".", ";", ","))
    return (
        current.key in form.rubriques
        and len(line.text) <= 150
        and (titled or _NUMBERED.match(line.text) is not None)
    )


def _unknown(line: Line, current: Gathered, form: Form) -> Gathered | None:
    """A heading that is not in the table: the document's own title at first, a free one later, a group when
    it is a small one inside a rubrique."""
    if current.key == START and not current.lines:
        return None
    if line.look == "heading":
        if line.level == 0 or (line.level >= 3 and current.key in form.rubriques):
            return None
        return Gathered(FREE, line.text, line.text.rstrip(" :"), "titre inconnu")
    letters = _LETTERS.findall(line.text)
    shouted = len(letters) > 5 and all(letter.isupper() for letter in letters)
    if shouted and len(line.text) <= LONGEST and current.key not in (START, "intitule"):
        return Gathered(FREE, line.text, line.text.rstrip(" :"), "titre inconnu")
    return None
