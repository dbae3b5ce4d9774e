"""A table of bodies, one a row: « Commission | Président | Membres », whose cells name several persons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ctgdocs.content.workbooks import Grid
from ctgdocs.french import slug
from ctgdocs.importing.roster_people import NO_COMMUNE, Person, Roster, body_name, by_agreement
from ctgdocs.importing.worded import compiled, names_in
from ctgdocs.vocabulary.appellations import place_name

_BODY = re.compile(
    r"(?:nom-(?:de-la-|du-)?)?(?:commissions?|comites?|instances?|groupes?-de-travail)(?:-.*)?"
)
_ROLES = (
    ("president", r"presidente?s?(?:-e)?|presidence"),
    ("vice-president", r"vice-presidente?s?(?:-e)?|vice-presidence|vp"),
    ("suppleant", r"(?:membres-)?suppleante?s?"),
    ("membre", r"membres?(?:-.*)?|composition|titulaires?|elus?|participants?|rapporteure?s?|animat.*"),
)
_ROLE = tuple((role, re.compile(pattern)) for role, pattern in _ROLES)
_TITLED = compiled(r"\s*\((?:vice-)?présidente?\)|\s*\((?:vp|p)\)")
TOP = 15
"""Rows in which the headings are looked for."""


def heads_of(grid: Grid) -> tuple[int, int, dict[int, str]] | None:
    """The row of the headings, the column of the bodies, the role of each other column; None for another
    table."""
    for rank, row in enumerate(grid.rows[:TOP]):
        words = [slug(cell.text) for cell in row]
        bodies = [at for at, text in enumerate(words) if _BODY.fullmatch(text)]
        roles = {
            at: role for at, text in enumerate(words) for role, pattern in _ROLE if pattern.fullmatch(text)
        }
        if len(bodies) == 1 and roles and len(roles) >= len([text for text in words if text]) - 2:
            return rank, bodies[0], roles
    return None


def listed(name: str, grid: Grid) -> Iterator[Person]:
    """The persons of a table of bodies, once for each body that names them."""
    heads = heads_of(grid)
    if heads is None:
        return
    rank, column, roles = heads
    for row, cells in enumerate(grid.rows[rank + 1 :], rank + 1):
        texts = [cell.text for cell in cells]
        body = texts[column].strip() if column < len(texts) else ""
        for at, role in roles.items() if body else ():
            for part in re.split(r"[;,\n]|\set\s", texts[at] if at < len(texts) else ""):
                yield from _named(part, role, body_name(body), f"ligne {row + 1}", f"{name} {row}")


def _named(part: str, role: str, body: str, place: str, page: str) -> Iterator[Person]:
    titled = _TITLED.search(part)
    if titled:
        role = "vice-president" if "v" in titled[0].lower() else "president"
    for one in names_in(_TITLED.sub("", part)):
        if one.nom and one.prenom:
            civilite = one.civilite or by_agreement(part)
            yield Person(
                civilite, one.prenom, one.nom, place, page, bodies={body: "" if role == "membre" else role}
            )


def name_bodies_of_sheets(roster: Roster) -> None:
    """A sheet of names alone, all of them listed elsewhere, is a body of that name; else a commune."""
    marks = {mark for one in roster.persons for mark in one.bodies if mark.startswith("=")}
    for mark in sorted(marks):
        mine = [one for one in roster.persons if mark in one.bodies]
        others = {one.id for one in roster.persons if mark not in one.bodies}
        for one in mine:
            role = one.bodies.pop(mark)
            if all(other.id in others for other in mine) or NO_COMMUNE.search(slug(mark)):
                one.bodies[body_name(mark[1:])] = role
            elif not one.commune:
                one.commune = place_name(mark[1:])
                roster.communes.setdefault(one.commune, "")
