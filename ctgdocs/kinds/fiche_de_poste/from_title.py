"""The title of a fiche de poste or of an offer: which line names the post, among those that open the
document; who employs; what stands around goes to the context."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ctgdocs.content.spelling import Scalar
from ctgdocs.importing.gathering import START, Gathered, words
from ctgdocs.importing.lines import Line

_A_POST = re.compile(
    r"\(\s*(?:h|f|femme|homme)\s*/\s*(?:f|h|homme|femme)\s*\)|\bh/f\b|\bf/h\b", re.IGNORECASE
)
_SLOGAN = re.compile(
    r"[!?…]\s*$|\brecrute(?:nt)?\b|\brejoi(?:gnez|ndre)\b|^offre\b|^fiche\b|^avis\b", re.IGNORECASE
)
_RECRUITS = re.compile(r"(?P<employeur>.{4,110}?)\s+recrute(?:nt)?\s*(?P<poste>.*?)\s*:?$", re.IGNORECASE)
_HOUSE = re.compile(
    r"(?:la\s+|le\s+|l[’'])?(?:communauté\s+(?:de\s+communes|d[’']agglomération|urbaine)|commune\s+d|ville\s+d|mairie\s+d"
    r"|syndicat\s|ccas\b|cias\b|métropole\b|département\s|centre\s+(?:inter)?communal)",
    re.IGNORECASE,
)
"""The employer, which heads the page."""
_ONE = re.compile(r"^(?:un\s?\(e\)|une?\s*/\s*une?|une?)\s+(?=[\w«(])", re.IGNORECASE)


class Titled(NamedTuple):
    """The line of the title, what follows it, the headings that say nothing, who employs."""

    title: Line
    rest: list[Gathered]
    hollow: list[str]
    employer: Scalar | None


def names_a_post(line: Line) -> bool:
    """Whether a line that stands out names a post: not the house, not a slogan."""
    looks = (line.bold or _A_POST.search(line.text) is not None) and len(line.text) <= 160
    return looks and not _HOUSE.match(line.text) and not _SLOGAN.search(line.text)


def titled_by(gathered: Sequence[Gathered], fallback: str) -> Titled:
    """Takes the title out of the headings; the text around it goes to the context."""
    titled = next((one for one in gathered if one.key == "intitule" and one.lines), None)
    first_real = next((i for i, one in enumerate(gathered) if one.key not in (START, "")), len(gathered))
    hollow = [one.label for one in gathered[:first_real] if one.label]
    opening = [line for one in gathered[:first_real] for line in one.lines]
    employer = None
    if titled is not None:
        title, *after = titled.lines
        house = next((line for line in opening if _HOUSE.match(line.text) and len(line.text) < 110), None)
        employer = Scalar(words(house.text)) if house is not None else None
        after = [*(line for line in opening if line is not house), *after]
    elif opening:
        title, after, employer = _post_among(opening)
    else:
        title, after = Line(fallback, doubt="intitulé non trouvé"), []
    rest = [one for one in gathered[first_real:] if one is not titled]
    plain = [Line(line.text, doubt=line.doubt) if line.look == "heading" else line for line in after]
    return Titled(title, _with_context(rest, plain), hollow, employer)


def _post_among(opening: list[Line]) -> tuple[Line, list[Line], Scalar | None]:
    """The line that names the post among those that open a document, the others and who employs: one with
    « (h/f) », else what follows « recrute », else the first that is no slogan."""
    employer = None
    named = next((line for line in opening if _A_POST.search(line.text) and len(line.text) <= 160), None)
    for at, line in enumerate(opening):
        found = _RECRUITS.fullmatch(line.text)
        if not found:
            continue
        employer = Scalar(words(found["employeur"]), "" if named else "à relire")
        if len(found["poste"]) > 8 and named in (None, line):
            rest = [one for one in opening if one is not line]
            return Line(_ONE.sub("", found["poste"]), doubt=line.doubt), rest, employer
        named = named or next((one for one in opening[at + 1 :] if not _SLOGAN.search(one.text)), None)
    heads = [line for line in opening[:2] if len(line.text) < 90 and not _SLOGAN.search(line.text)]
    house = next((line for line in heads if _HOUSE.match(line.text)), None)
    if house is not None and house is not named and len(opening) > 1:
        employer = Scalar(words(house.text))
        opening = [line for line in opening if line is not house]
    title = named or next((line for line in opening if not _SLOGAN.search(line.text)), opening[0])
    doubt = title.doubt or ("un slogan plutôt qu’un poste ?" if _SLOGAN.search(title.text) else "")
    bare = _ONE.sub("", title.text)
    said = bare[:1].upper() + bare[1:]
    return Line(said, doubt=doubt), [line for line in opening if line is not title], employer


def _with_context(gathered: list[Gathered], lines: list[Line]) -> list[Gathered]:
    if not lines:
        return gathered
    context = next((one for one in gathered if one.key == "contexte"), None)
    if context is None or not context.lines:
        return [Gathered("contexte", lines=lines), *gathered]
    joined = Gathered("contexte", context.label, context.title, context.doubt, lines=[*lines, *context.lines])
    return [joined if one is context else one for one in gathered]
