"""Lines → what stands under each heading, in the order of the document."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ctgdocs.importing.headings import LONGEST, label_and_value, recognise
from ctgdocs.importing.lines import Line
from ctgdocs.vocabulary.postes import RUBRIQUES

START = "debut"
FREE = "libre"

_OFFER_NUMBER = re.compile(r"offre\s+n[°o]\s*(?P<value>[A-Z0-9-]{4,})", re.IGNORECASE)
_PUBLISHED = re.compile(r"(?P<label>publi[ée]e?s?\s+le|mise?\s+en\s+ligne\s+le)\s*:?\s*(?P<value>\d.*)", re.I)
_YEAR = re.compile(r"pour\s+l.année\s+20\d\d\b", re.IGNORECASE)
_DAY = re.compile(r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s*:", re.IGNORECASE)
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


def gather(lines: Iterable[Line]) -> list[Gathered]:
    """The lines under their headings; what comes first is under START, unknown headings are FREE."""
    found = [Gathered(START)]
    for line in lines:
        in_grid = found[-1].key == "horaires" and line.look == "text" and _DAY.search(line.text)
        opened = None if in_grid else _opened(line, found[-1])
        if opened is None:
            group = line.look == "text" and _is_group(line, found[-1])
            found[-1].lines.append(Line(line.text, "heading", 3, "", line.doubt) if group else line)
            continue
        if opened.key == FREE:
            opened.before = next((one.key for one in reversed(found) if one.key in RUBRIQUES), "")
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


def _opened(line: Line, current: Gathered) -> Gathered | None:
    """The heading that a line opens, with the value on the same line; None for a line of text."""
    if line.look == "bullet":
        return None
    if line.look == "fact":
        return _fact(line)
    if special := _special(line, current):
        return special
    heading = recognise(line.text)
    if heading is not None:
        doubt = "titre mal orthographié" if heading.misspelt else line.doubt
        return Gathered(heading.key, line.text.rstrip(" :"), heading.title, doubt)
    if pair := label_and_value(line.text):
        heading, value = pair
        doubt = "titre mal orthographié" if heading.misspelt else line.doubt
        label = line.text.partition(":")[0].strip()
        return Gathered(heading.key, label, heading.title, doubt, lines=[Line(value)] if value else [])
    return _unknown(line, current)


def _fact(line: Line) -> Gathered | None:
    heading = recognise(line.text)
    if heading is None:
        return Gathered(FREE, line.text, line.text.rstrip(" :"), "titre inconnu", lines=[Line(line.value)])
    return Gathered(heading.key, line.text.rstrip(" :"), heading.title, lines=[Line(line.value)])


def _special(line: Line, current: Gathered) -> Gathered | None:
    if found := _OFFER_NUMBER.fullmatch(line.text):
        return Gathered("numero_offre", "Offre n°", "Offre n°", lines=[Line(found["value"])])
    if found := _PUBLISHED.fullmatch(line.text):
        return Gathered("publication", found["label"], "Publiée le", lines=[Line(found["value"])])
    if _YEAR.match(line.text) and line.text.rstrip().endswith(":"):
        return Gathered("objectifs", "", "", lines=[Line(line.text)])
    if _DAY.match(line.text) and current.key != "horaires":
        return Gathered("horaires", "", "", lines=[line])
    return None


def _is_group(line: Line, current: Gathered) -> bool:
    """« 1-Impulser les politiques » inside a rubrique."""
    return current.key in RUBRIQUES and len(line.text) <= 150 and _NUMBERED.match(line.text) is not None


def _unknown(line: Line, current: Gathered) -> Gathered | None:
    """A heading that is not in the table: the document's own title at first, a free one later, a group when
    it is a small one inside a rubrique."""
    if current.key == START and not current.lines:
        return None
    if line.look == "heading":
        if line.level == 0 or (line.level >= 3 and current.key in RUBRIQUES):
            return None
        return Gathered(FREE, line.text, line.text.rstrip(" :"), "titre inconnu")
    letters = _LETTERS.findall(line.text)
    shouted = len(letters) > 5 and all(letter.isupper() for letter in letters)
    if shouted and len(line.text) <= LONGEST and current.key not in (START, "intitule"):
        return Gathered(FREE, line.text, line.text.rstrip(" :"), "titre inconnu")
    return None
