"""The columns of a list of élus: what each heading announces, and about whom; whether they are those of a
list of élus, or of a table of bodies, one a row: « Commission | Président | Membres ».
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from ctgdocs.content.workbooks import Grid
from ctgdocs.french import slug
from ctgdocs.importing.roster_people import NO_COMMUNE, Person, Roster, body_name, by_agreement
from ctgdocs.importing.worded import compiled, names_in
from ctgdocs.vocabulary.appellations import civilite_of, place_name
from ctgdocs.vocabulary.as_typed import day_of

SUPPLEANT, TITULAIRE, MAIRE = "suppleant", "titulaire", "maire"
TOP = 60
"""Rows in which the first headings are looked for."""


class Column(NamedTuple):
    """What a column holds: whom it is about (« suppleant », "" for the line's own person), which field, and
    its heading."""

    whom: str
    field: str
    heading: str


_FIELDS = (
    (
        "courriel",
        r"(adresses?-)?(e-?mails?|mails?|m-?el|courriels?)(-(perso|pro|principal|elu|de-l-elu|\d).*)?|adresses?-(electronique|internet|courriel)s?.*",
    ),
    (
        "prive",
        r"adresse.*|((n|no|num|numero)s?-)?(de-)?(tel\b.*|telephones?.*|portables?.*|mobiles?|fixe|gsm)|contacts?",
    ),
    ("prive", r"(date-)?(de-)?naissance|ne-?e?-le|lieu-de-naissance|nom-de-naissance|nom-de-jeune-fille|age"),
    ("prive", r"code-postal|cp|rue|profession|metier|.*rgpd.*|signature|photo|iban|etat-civil|nationalite"),
    ("ordre", r"n|no|num|numero|n-ordre|ordre|rang|n-d-ordre|id|identifiant"),
    ("suppleant_de", r".*suppleante?-?e?-(de|du)\b.*|.*(remplace|supplee).*|suppleance"),
    (
        "nom_complet",
        r"((?:civilites?-)?(?:et-)?noms?-(et-)?prenoms?|(?:civilites?-)?prenoms?-(et-)?noms?|elue?s?(-e)?|identite|membres?|conseillers?.*|deleguee?s?(-e)?)",
    ),
    (
        "nom_complet",
        r"noms?-(de-l-)?elus?|noms?-(et-)?prenoms?-.*|elue?s?-communautaires?|elue?s?-municipa.*|representants?",
    ),
    ("prenom", r"prenoms?(-usuels?|-d-usage)?"),
    ("nom", r"noms?(-d-usage|-usuels?|-de-famille|-marital|-patronymique)?|patronyme"),
    ("civilite", r"civilites?|civ|titres?|m-mme|mme-m|m-ou-mme|formule|politesse"),
    ("sexe", r"sexe|genre|h-f|f-h|m-f"),
    ("commune", r"communes?(-.*)?|collectivites?|villes?|mairies?|territoire|commune-.*"),
    (
        "delegation",
        r"(.*-)?delegations?(-.*)?|deleguee?-?e?-a.*|delegue-e-a|en-charge-de.*|chargee?-?e?-de.*|domaines?|attributions?",
    ),
    (
        "fonction",
        r"vice-presidences?|(fonctions?|mandats?|qualites?|roles?|postes?|responsabilites?)(-.*)?",
    ),
    ("fin", r"(date-)?(de-)?fin(-.*)?|demission.*|sorti.*|depart"),
    ("debut", r"(date-)?(de-)?debut.*|entree.*|installation|depuis|election"),
    ("groupe", r"groupes?(-.*)?|listes?|tendance|parti"),
    (
        "commissions",
        r"commissions?(-((et-)?instances?|titulaires?|organismes?|thematiques?|municipales|communautaires))?|instances?|organismes?",
    ),
    ("population", r"populations?(-.*)?|habitants|nb-habitants|nombre-d-habitants"),
    (
        "presence",
        r"presente?s?|absente?s?|excusee?s?|pouvoirs?(-.*)?|procurations?(-.*)?|emargements?|representee?s?(-par)?",
    ),
    ("sieges", r"(nombre-de-|nb-)?sieges?"),
    ("statut", r"titulaire-suppleant|titulaires?-ou-suppleants?|t-s|statut|type"),
)
_KNOWN = tuple((name, re.compile(pattern)) for name, pattern in _FIELDS)
_SUPPLEANT = re.compile(r"(?:-?(?:du|de-la|de-l|des|le|la)-)?-?suppleante?s?(?:-e)?")
_TITULAIRE = re.compile(r"(?:-?(?:du|de-la|de-l|des|le|la)-)?-?titulaires?")
_SEAT = re.compile(r"(?:deleguee?-)?(?P<who>titulaire|suppleant)e?-(?:n-)?(?P<rank>\d)")
"""« Titulaire 2 »: several seats of a commune on one line."""
NAMING = {"nom", "nom_complet"}
UNREAD = {"prive", "debut", "sieges"}
"""What is known, and no field takes: told by the name of its column."""


@lru_cache(maxsize=4096)
def column_of(heading: str) -> Column:
    """What a heading announces; an unknown field is "".

    >>> column_of("Prénom du suppléant")[:2], column_of("Titulaire")[:2], column_of("Tél. port.")[1]
    (('suppleant', 'prenom'), ('titulaire', 'nom_complet'), 'prive')
    """
    words, whom = slug(heading), ""
    if numbered := _SEAT.fullmatch(words):
        who = SUPPLEANT if numbered["who"].startswith("supp") else TITULAIRE
        return Column(who if numbered["rank"] == "1" else f"{who} {numbered['rank']}", "nom_complet", heading)
    if not _known(words):
        for name, pattern in ((SUPPLEANT, _SUPPLEANT), (TITULAIRE, _TITULAIRE)):
            if pattern.search(words):
                words, whom = pattern.sub("", words, count=1).strip("-"), name
                break
        if words in ("maire", "nom-du-maire", "maire-de-la-commune", "maires"):
            words, whom = "", MAIRE
    found = "nom_complet" if whom and not words else _known(words)
    return Column(whom, found, heading)


def _known(words: str) -> str:
    return next((name for name, pattern in _KNOWN if pattern.fullmatch(words)), "")


def told(column: Column, text: str) -> tuple[str, str]:
    """The field that a cell fills and what it says there: « Mme » under « Qualité » is a civilité, « 2e »
    under « Vice-présidence » a rank."""
    if column.field == "fonction" and civilite_of(text):
        return "civilite", text
    if (
        column.field == "fonction"
        and slug(column.heading).startswith("vice-pres")
        and re.fullmatch(r"\d+\s?\w{0,3}", text)
    ):
        return "fonction", f"{text} vice-président"
    return column.field, text


def recognised(sheets: Iterable[tuple[str, Grid]]) -> float:
    """How well sheets look like a list of élus."""
    best = 0.0
    for _, grid in sheets:
        best = max(best, 0.8 if heads_of(grid) else 0.0)
        for row in grid.rows[:TOP]:
            columns = [column_of(cell.text) for cell in row if cell.text.strip()]
            fields = {one.field for one in columns}
            if (
                "nom_complet" in fields
                or {"nom", "prenom"} <= fields
                or any(one.whom == MAIRE for one in columns)
            ):
                dates = sum(bool(day_of(cell.text)) for cell in row)
                known = fields & {
                    "civilite",
                    "commune",
                    "fonction",
                    "delegation",
                    "groupe",
                    "statut",
                    "prenom",
                }
                best = max(best, min(0.95, 0.5 + 0.12 * len(known)) if not dates else 0.2)
    return best


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
_TOP = 15
"""Rows in which the headings are looked for."""


def heads_of(grid: Grid) -> tuple[int, int, dict[int, str]] | None:
    """The row of the headings, the column of the bodies, the role of each other column; None for another
    table."""
    for rank, row in enumerate(grid.rows[:_TOP]):
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
