"""A screen, rendered on the server: whole pages of HTML, which work without a script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.ext import Extension
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ctgdocs.files import read_file
from ctgdocs.findings import Finding, Severity
from ctgdocs.french import date_simple, espaces
from ctgdocs.line.status import Standing
from ctgdocs.page.guard import Access
from ctgdocs.page.opened import Opened
from ctgdocs.page.shapes import words
from ctgdocs.vocabulary.registres import COLLECTIVITE

HERE = Path(__file__).parent
NBSP = "\u00a0"
MONTHS = "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split()  # noqa: SIM905
GROUPS = ("", "Préparer", "Une fois pour toutes")


class Screen(NamedTuple):
    """A line of the menu: rank, words, where it leads, icon (templates/icones.html), group."""

    rank: int
    label: str
    path: str
    icon: str
    group: str = ""


class Standings(NamedTuple):
    """How a state is shown: its words, its tint, its icon. `feminine`: the words for « délibération »."""

    words: str
    tint: str
    icon: str
    filter: str
    feminine: str = ""


SHOWN = {
    Standing.FRESH: Standings("À jour", "ok", "ok", "a-jour"),
    Standing.STALE: Standings("À refaire", "actif", "refaire", "a-refaire"),
    Standing.EDITED: Standings("Retouché dans Word", "alerte", "stylo", "retouches", "Retouchée dans Word"),
    Standing.IN_ERROR: Standings("À compléter", "erreur", "alerte", "a-completer"),
    Standing.SEALED: Standings("Scellé", "", "cadenas", "scelles", "Scellée"),
    Standing.CHANGED: Standings(
        "Scellé, contenu changé", "alerte", "cadenas", "scelles", "Scellée, contenu changé"
    ),
    Standing.OUTDATED: Standings("Périmé", "", "horloge", "perimes", "Périmée"),
}


# --- What a template may say -------------------------------------------------------------------------


def plural(number: int, one: str, many: str = "") -> str:
    """A counted word.

    >>> plural(2, "document").replace(NBSP, "~"), plural(1, "point").replace(NBSP, "~")
    ('2~documents', '1~point')
    """
    word = one if abs(number) < 2 else many or f"{one}s"
    return f"{number:,}".replace(",", NBSP) + NBSP + word


def short_date(day: date) -> str:
    """« 4 déc. », with its year when it is not this one."""
    return f"{day.day if day.day > 1 else '1er'}{NBSP}{MONTHS[day.month - 1]}"


def distance(day: date, today: date) -> str:
    """How far a day is: « dans 10 jours », « depuis 67 jours »."""
    days = (day - today).days
    if days == 0:
        return "aujourd’hui"
    if days == 1:
        return "demain"
    return f"dans {plural(days, 'jour')}" if days > 0 else f"depuis {plural(-days, 'jour')}"


_NUMBERED = re.compile(r"(?<=\b[LRD]\.) (?=\*?\d)|(?<=\bn°) ")


def spaced(text: str) -> str:
    """`espaces`, and the number of an article stays with its letter.

    >>> spaced("art. L. 2131-1 ; n° 3").replace(NBSP, "~")
    'art.~L.~2131-1~; n°~3'
    """
    return _NUMBERED.sub(NBSP, espaces(text))


def tint(finding: Finding) -> str:
    return {Severity.ERREUR: "erreur", Severity.ALERTE: "alerte", Severity.INFO: ""}[finding.severity]


@cache
def _version(name: str) -> str:
    return sha256(read_file(HERE / "static" / name)).hexdigest()[:10]


def static(name: str) -> str:
    """The address of a file of static/, which changes with it."""
    return f"/static/{name}?v={_version(name)}"


_OF_A_TEMPLATE = re.compile(r"(?<=«) | (?=[:;!?»](?:[\s<.,)…]|$))")


class _Spaces(Extension):
    """What a template says itself is written with plain spaces, and read with those of French."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _OF_A_TEMPLATE.sub(NBSP, source)


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[_Spaces],
    )
    made.filters.update(
        espaces=spaced,
        mots=words,
        capitale=lambda text: text[:1].upper() + text[1:],
        jour=lambda day: date_simple(day).replace(" ", NBSP),
        jour_court=short_date,
    )
    made.globals.update(
        pluriel=plural, distance=distance, static=static, etats=SHOWN, teinte=tint, groupes=GROUPS
    )
    return made


# --- Answers -----------------------------------------------------------------------------------------


def opened(request: Request) -> Opened:
    """The workspace that the page has open."""
    found: Opened = request.app.state.opened
    return found


def menu(request: Request) -> Sequence[Screen]:
    found: Sequence[Screen] = request.app.state.menu
    return found


def page(request: Request, template: str, status: int = 200, **context: object) -> Response:
    """A screen: `templates/<template>.html` with `context`, and what every screen shows."""
    workspace, access = opened(request), request.app.state.access
    assert isinstance(access, Access)
    with workspace.held() as library:
        house = library.find(COLLECTIVITE, COLLECTIVITE.name)
    said, request.app.state.said = request.app.state.said, ""
    html = environment().get_template(f"{template}.html")
    return HTMLResponse(
        html.render(
            context,
            maison=house.value if house else None,
            menu=menu(request),
            ici=request.url.path,
            jeton=access.token,
            dit=said,
            aujourdhui=workspace.today(),
        ),
        status,
    )


def back(request: Request, path: str, said: str = "") -> Response:
    """To a screen once something was done, which it says."""
    if said:
        request.app.state.said = said
    return RedirectResponse(path, 303)
