"""The real page, beside the form: the pages of a document as it would be made now."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctgdocs.page.places import path_of
from ctgdocs.page.preview import Previews
from ctgdocs.page.reasons import without_files
from ctgdocs.page.render import Screen, opened, page
from ctgdocs.page.zones import SCALE, Box, boxes, changed, zones
from ctgdocs.pdf import Written


def apercu(request: Request) -> Response:
    """The pages of a document, as a piece of a screen; `vite`: those that can be had at once; `depuis`: what
    the screen shows, to tell what changed."""
    workspace, key = opened(request), request.path_params["cle"]
    document = workspace.documents().get(key)
    if document is None:
        return Response("", 404)
    previews: Previews = request.app.state.previews
    made = workspace.made(document)
    laid = previews.lay(workspace, document, quick="vite" in request.query_params)
    with workspace.held() as library:
        stops = [without_files(library, one) for one in made.record.findings or () if one.blocking]
    before = previews.seen(request.query_params.get("depuis", ""), laid) if laid else None
    return page(
        request,
        "apercu" if "x-partiel" in request.headers else "apercu_seul",
        pose=laid,
        zones=zones(workspace, document, laid.words) if laid else {},
        nouveau=_marked(laid.words, changed(before.words, laid.words)) if laid and before else {},
        hauteurs={one.page: round(SCALE * one.tall) for one in laid.words} if laid else {},
        constats=stops,
        exact=previews.exact,
        cle=key,
        titre=workspace.title(document.kind.name, document.id),
        fiche=path_of(document.kind.name, document.id),
    )


def _marked(words: Sequence[Written], ranks: Sequence[int]) -> dict[int, list[Box]]:
    """Where words stand, by page."""
    pages = {words[rank].page for rank in ranks}
    return {number: boxes(words, [rank for rank in ranks if words[rank].page == number]) for number in pages}


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
