"""The real page, beside the form: the pages of a document as it would be made now."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctgdocs.page.preview import Previews
from ctgdocs.page.render import Screen, opened, page


def apercu(request: Request) -> Response:
    """The pages of a document, as a piece of a screen; `vite`: those that can be had at once."""
    workspace = opened(request)
    document = workspace.documents().get(request.path_params["cle"])
    if document is None:
        return Response("", 404)
    previews: Previews = request.app.state.previews
    made = workspace.made(document)
    laid = previews.lay(workspace, document, quick="vite" in request.query_params)
    findings = [one for one in made.record.findings or () if one.blocking]
    return page(
        request, "apercu", pose=laid, constats=findings, exact=previews.exact, cle=request.path_params["cle"]
    )


def image(request: Request) -> Response:
    """One page of what was laid out."""
    previews: Previews = request.app.state.previews
    data = previews.page(request.path_params["pose"], request.path_params["numero"])
    if data is None:
        return Response("", 404)
    return Response(data, media_type="image/png", headers={"cache-control": "private, max-age=3600"})


ROUTES = [
    Route("/apercu/page/{pose}/{numero:int}.png", image),
    Route("/apercu/{cle:path}", apercu),
]
MENU: list[Screen] = []
