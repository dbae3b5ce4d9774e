"""Who is there at each point: the grid, where a member is from a point on, the end of the séance."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import get_args
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctgdocs.assembly.grille import Etat, inscrire
from ctgdocs.assembly.grille import Place as Siege
from ctgdocs.content.gestures import Gesture, differences
from ctgdocs.content.spelling import Value
from ctgdocs.findings import UsageError
from ctgdocs.page.render import Screen, back, opened
from ctgdocs.page.screens.seances import at, named, save, shown
from ctgdocs.page.soir import find
from ctgdocs.vocabulary.scalars import Fiche
from ctgdocs.vocabulary.seances import Seance

SIEGES = get_args(Siege)
LISTS = ("absents", "suppleants", "mouvements")


def presences(request: Request) -> Response:
    """The grid: each member, at each point."""
    with opened(request).held() as library:
        soir = find(library, request.path_params["id"])
        members = [(membre, soir.name(membre), list(soir.bars(membre))) for membre in soir.grid]
        half = (len(members) + 1) // 2
        points = [(one, one.presence, one.votants) for one in soir.votable if one.presence is not None]
        current = soir.current()
        return shown(
            request,
            "seance_presences",
            soir,
            moities=[members[:half], members[half:]],
            points=points,
            ici_point=current.numero if current else "",
            mouvements=list(soir.movements()),
        )


def member(request: Request) -> Response:
    """Where one member is from one point on."""
    id, numero, membre = named(request)
    with opened(request).held() as library:
        soir = find(library, id)
        point = soir.point(numero)
        if membre not in soir.grid:
            raise UsageError("Cette personne n’est pas membre de l’instance qui se réunit.")
        there = [one for one in soir.grid if one != membre and soir.etat(one, numero).occupe]
        elu = soir.elu(membre)
        return shown(
            request,
            "seance_membre",
            soir,
            point=point,
            premier=point.numero == soir.numeros[0],
            membre=membre,
            nom=soir.name(membre, civil=True),
            feminin=elu is not None and elu.civilite == "Mme",
            etat=soir.etat(membre, numero),
            autres=[(one, soir.name(one, civil=True)) for one in there],
            suppleants=[(one, soir.name(one, civil=True)) for one in soir.suppleants(membre)],
            retour=_back_to(request, id, numero),
        )


def _back_to(request: Request, id: str, numero: str) -> str:
    whence = request.query_params.get("de", "") or str(getattr(request.state, "form", {}).get("de", ""))
    return f"/seances/{quote(id)}/presences" if whence == "grille" else at(id, numero)


def moved(request: Request) -> Response:
    """Writes where a member is from this point on; what it was before stays."""
    form: FormData = request.state.form
    id, numero, membre = named(request)
    workspace = opened(request)
    with workspace.held() as library:
        soir = find(library, id)
        soir.point(numero)
        asked = _siege(form)
        numeros, at = soir.numeros, soir.numeros.index(numero)
        row = (*soir.grid[membre][:at], *(asked,) * (len(numeros) - at))
        hours = {numero: hour} if (hour := _hour(form)) and at else {}
        before = soir.sitting.seance
        after = inscrire(before, soir.sitting.instance, membre, row, numeros, hours)
        name = soir.name(membre, civil=True)
        save(workspace, soir.sitting.entry.place().file, _lists(before, after), f"présence de {name}")
    return back(request, _back_to(request, id, numero))


def _siege(form: FormData) -> Etat:
    place = str(form.get("place", ""))
    for siege in SIEGES:
        if siege == place:
            other = str(form.get({"pouvoir": "mandataire", "suppléé": "suppleant"}.get(siege, ""), ""))
            if siege in ("pouvoir", "suppléé") and not other:
                raise UsageError("Dites à qui va le pouvoir, ou qui siège à sa place.")
            return Etat(siege, other)
    raise UsageError("Choisissez où est ce membre : présent, représenté, excusé ou absent.")


def _hour(form: FormData) -> time | None:
    typed = str(form.get("heure", "")).strip()
    if not typed:
        return None
    found = re.fullmatch(r"(\d{1,2})\s*[h:]\s*(\d{2})?", typed)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise UsageError(f"« {typed[:20]} » n’est pas une heure : écrivez « 18h55 ».")
    return time(int(found[1]), int(found[2] or 0))


def _lists(before: Seance, after: Seance) -> list[Gesture]:
    """What to do to the lists of a séance that are not the same any more, item by item."""
    return [gesture for name in LISTS for gesture in differences(_list(before, name), _list(after, name))]


def _list(seance: Seance, name: str) -> Value:
    said: list[Value] = [_typed(one) for one in getattr(seance, name)]
    return {name: said} if said else {}


def _typed(item: Fiche) -> Value:
    """An exception as one types it: only the fields that say something."""
    said = item.model_dump(exclude_defaults=True)
    return {name: _as_typed(value) for name, value in said.items()}


def _as_typed(value: object) -> str:
    if isinstance(value, time):
        return f"{value.hour}h{value.minute:02}"
    return "oui" if value is True else str(value)


def closed(request: Request) -> Response:
    """Writes the hour at which the séance ends."""
    form: FormData = request.state.form
    id = str(request.path_params["id"])
    workspace = opened(request)
    with workspace.held() as library:
        soir = find(library, id)
        hour = _hour(form) or datetime.now().time()
        change = [Gesture("set", ("heure_fin",), f"{hour.hour}h{hour.minute:02}")]
        save(workspace, soir.sitting.entry.place().file, change, "heure de clôture")
    return back(request, f"/seances/{quote(id)}/presences", f"Séance close à {hour.hour} h {hour.minute:02}.")


ROUTES = [
    Route("/seances/{id}/presences", presences),
    Route("/seances/{id}/clore", closed, methods=["POST"]),
    Route("/seances/{id}/{numero}/presence/{membre}", member),
    Route("/seances/{id}/{numero}/presence/{membre}", moved, methods=["POST"]),
]
MENU: list[Screen] = []
