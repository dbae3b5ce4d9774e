"""A document that was edited in Word: what was changed there, each thing taken into its field or left."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctgdocs.kinds import KINDS
from ctgdocs.line.orders import Options
from ctgdocs.line.run import generate
from ctgdocs.page.places import link_to, titled
from ctgdocs.page.render import Screen, back, opened, page, plural
from ctgdocs.readback import read_back, remarks, take


def _key(request: Request) -> str:
    key: str = request.path_params["cle"]
    if key not in opened(request).documents():
        raise HTTPException(404)
    return key


def edited(request: Request) -> Response:
    workspace, key = opened(request), _key(request)
    document = workspace.documents()[key]
    found = read_back(workspace.project, KINDS, key)
    with workspace.held() as library:
        title = titled(library, document.kind.name, document.id)
        changes = [(one, link_to(library, one.place) if one.placed else "") for one in found.changes]
    return page(
        request,
        "retouche",
        cle=key,
        titre=title,
        lu=found,
        changements=changes,
        genre=document.kind,
        remarques=[one.message for one in remarks(workspace.project, KINDS, [key])],
    )


def decided(request: Request) -> Response:
    """Takes what was chosen into the content, then makes the document from it; the one of Word is kept."""
    workspace, key = opened(request), _key(request)
    form = request.state.form
    chosen = [int(one) for one in form.getlist("prendre") if isinstance(one, str) and one.isdigit()]
    if chosen:
        take(workspace.project, KINDS, read_back(workspace.project, KINDS, key), chosen)
    generate(workspace.project, KINDS, [key], Options(jobs=1, replace=True))
    said = (
        plural(len(chosen), "retouche prise", "retouches prises") if chosen else "Refait d’après le contenu"
    )
    return back(request, "/documents", f"{said}. Le document de Word est gardé dans l’historique.")


ROUTES = [
    Route("/documents/retouche/{cle:path}", edited),
    Route("/documents/retouche/{cle:path}", decided, methods=["POST"]),
]
MENU: list[Screen] = []
