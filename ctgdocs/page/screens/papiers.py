"""The papers of one séance, before and after the vote: how each stands, what they wait for, made together."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctgdocs.content.beginning import begun, known_of_the_house
from ctgdocs.content.library import Document
from ctgdocs.findings import UsageError
from ctgdocs.kinds.reunion import KIND as REUNION
from ctgdocs.kinds.suite import KIND as SUITE
from ctgdocs.line.orders import key_of
from ctgdocs.line.status import Seen
from ctgdocs.page.opened import Opened
from ctgdocs.page.places import REGISTRIES, path_of
from ctgdocs.page.render import Screen, back, opened, page
from ctgdocs.page.runs import passage, start
from ctgdocs.page.screens.nouveau import write_entry
from ctgdocs.page.soir import find, title_of_evening
from ctgdocs.seances.papiers import Papiers, papiers, transmission

_COMMAND = re.compile(r" \(ctgdocs [^)]*\)")


class Paper(NamedTuple):
    """A document of the séance: what it is called, its part, its form, how it stands, where it is."""

    title: str
    part: str
    fiche: str
    feminine: bool
    seen: Seen


def shown(request: Request) -> Response:
    """Every paper of the séance that its contents make."""
    workspace, id = opened(request), str(request.path_params["id"])
    run = passage(request.app.state)
    with workspace.held() as library:
        soir, found = find(library, id), _papers(workspace, id)
        documents = _documents(workspace, found)
        seen = {one.name: one for one in workspace.standing_of(documents)} if documents else {}
        rows = [_paper(workspace, one, seen[key_of(one)]) for one in documents if key_of(one) in seen]
        waits = {one.message for each in found.made() for one in each.findings if one.code == "etat"}
        return page(
            request,
            "seance_papiers",
            soir=soir,
            titre=title_of_evening(soir),
            papiers=rows,
            manque=[_COMMAND.sub("", one) for one in (*found.missing(), *sorted(waits))],
            reunion="" if found.reunions else f"{found.sitting.seance.instance}-{id}",
            suites=[path_of(SUITE.name, one) for one in found.suites],
            votee=found.voted,
            passage=run,
        )


def _papers(workspace: Opened, id: str) -> Papiers:
    with workspace.held() as library:
        found = papiers(library, id)
    if found is None:
        raise UsageError("Cette séance ne se lit pas : corrigez d’abord ce qu’Accueil dit d’elle.")
    return found


def _documents(workspace: Opened, found: Papiers) -> list[Document]:
    """The documents of its contents: those of the meeting first, then the acts, then what follows."""
    targets = sorted(found.targets, key=lambda one: not one.startswith(f"{REUNION.shelf}/"))
    order = {f"content/{target}.yaml": rank for rank, target in enumerate(targets)}
    known = [one for one in workspace.documents().values() if one.path in order]
    return sorted(known, key=lambda one: order[one.path])


def _paper(workspace: Opened, one: Document, seen: Seen) -> Paper:
    title = workspace.title(one.kind.name, one.id)
    fiche = path_of(one.kind.name, one.id)
    return Paper(title, one.part, fiche, REGISTRIES[one.kind.name].feminine, seen)


def made(request: Request) -> Response:
    """Makes them all; once something is voted, begins the fiche of what follows."""
    workspace, id = opened(request), str(request.path_params["id"])
    with workspace.held() as library:
        found = _papers(workspace, id)
        if found.voted and not found.suites:
            known = known_of_the_house(library, id, workspace.today())
            write_entry(
                workspace, library, SUITE.registry, id, begun(SUITE.beginning(), {**known, "seance": id})
            )
    found = _papers(workspace, id)
    if found.targets:
        start(request.app.state, workspace, found.targets)
    return back(request, f"/seances/{quote(id)}/papiers")


def transmitted(request: Request) -> Response:
    """Its acts, a row each, for the tool that transmits them."""
    workspace, id = opened(request), str(request.path_params["id"])
    with workspace.held():
        data = transmission(_papers(workspace, id))
    if not data:
        raise UsageError("Rien n’est voté encore : le tableau de télétransmission attend les votes.")
    headers = {"content-disposition": f'attachment; filename="{quote(id)}-actes.csv"'}
    return Response(data, media_type="text/csv; charset=utf-8", headers=headers)


_ONE = "/seances/{id}/papiers"
ROUTES = [
    Route(_ONE, shown),
    Route(_ONE, made, methods=["POST"]),
    Route(f"{_ONE}/actes.csv", transmitted),
]
MENU: list[Screen] = []
