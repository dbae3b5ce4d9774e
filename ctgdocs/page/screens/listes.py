"""The acts of a kind, each a line that leads to its form."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctgdocs.kinds import KINDS
from ctgdocs.page.places import path_of
from ctgdocs.page.render import Screen, opened, page


def acts(request: Request) -> Response:
    """The acts of one kind, the last ones first; how the document of each stands."""
    workspace, name = opened(request), request.path_params["genre"]
    kind = next((one for one in KINDS if one.name == name), None)
    if kind is None:
        raise HTTPException(404)
    with workspace.held():
        standing = {one.name: one.standing for one in workspace.survey().seen}
        found: dict[str, list[str]] = {}
        for key, document in workspace.documents().items():
            if document.kind.name == name:
                found.setdefault(document.id, []).append(key)
        rows = [
            (
                id,
                workspace.title(name, id),
                path_of(name, id),
                [standing[key] for key in keys if key in standing],
            )
            for id, keys in sorted(found.items(), reverse=True)
        ]
    tabs = [(one.plural, f"/actes/{one.name}", one.name == name) for one in KINDS]
    return page(request, "actes", genre=kind, lignes=rows, onglets=tabs)


def first_acts(request: Request) -> Response:
    request.path_params["genre"] = KINDS[0].name
    return acts(request)


ROUTES = [
    Route("/actes", first_acts),
    Route("/actes/{genre}", acts),
]
MENU = [
    Screen(3, "Actes et notes", "/actes", "acte", "Préparer"),
    Screen(6, "Dossiers", "/registres/dossiers", "documents", "Préparer"),
]
