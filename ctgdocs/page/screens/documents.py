"""Every document, how it stands and why; made, looked at, taken away; and its real page as it would be made
now, beside the form.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from ctgdocs.content.library import Library
from ctgdocs.line.status import Seen, Standing
from ctgdocs.page.opened import Opened
from ctgdocs.page.places import REGISTRIES, path_of
from ctgdocs.page.reasons import reason, without_files
from ctgdocs.page.render import SHOWN, Screen, back, opened, page
from ctgdocs.page.runs import Run, passage, running, start
from ctgdocs.page.zones import SCALE, Box, Previews, boxes, changed, zones
from ctgdocs.pdf import Written

MOST_REASONS = 2
TO_MAKE = (Standing.STALE, Standing.IN_ERROR)


def documents(request: Request) -> Response:
    workspace = opened(request)
    wanted, run = request.query_params.get("etat", ""), passage(request.app.state)
    with workspace.held() as library:
        seen = workspace.survey().seen
        filters: dict[str, int] = {}
        for one in seen:
            filters[SHOWN[one.standing].filter] = filters.get(SHOWN[one.standing].filter, 0) + 1
        shown = [one for one in seen if not wanted or SHOWN[one.standing].filter == wanted]
        rows = [_row(workspace, library, one) for one in shown]
    words = {one.filter: one.words for one in SHOWN.values()} | {"scelles": "Scellés"}
    return page(
        request,
        "documents",
        lignes=rows,
        montre=next((row for row in rows if row["genre"]), None),
        filtres=[(name, words[name], filters[name]) for name in words if name in filters],
        choisi=wanted,
        total=len(seen),
        a_faire=sum(one.standing in TO_MAKE for one in seen),
        passage=run,
    )


def _row(workspace: Opened, library: Library, seen: Seen) -> dict[str, object]:
    document = workspace.documents().get(seen.name)
    title = workspace.title(document.kind.name, document.id) if document else seen.name
    return {
        "cle": seen.name,
        "titre": title,
        "part": document.part if document else "",
        "numero": document.id if document else "",
        "genre": document.kind.label if document else "",
        "feminin": REGISTRIES[document.kind.name].feminine if document else False,
        "etat": seen.standing,
        "pourquoi": [reason(library, one) for one in seen.reasons[:MOST_REASONS]],
        "encore": max(0, len(seen.reasons) - MOST_REASONS),
        "fiche": path_of(document.kind.name, document.id) if document else "",
        "fichier": seen.output,
        "la": bool(seen.output) and (workspace.project.root / seen.output).is_file(),
    }


async def generate(request: Request) -> Response:
    """Makes the documents that were chosen, or all those that are to be made."""
    form = request.state.form
    chosen = [one for one in form.getlist("document") if isinstance(one, str)]
    start(request.app.state, opened(request), chosen)
    return back(request, "/documents")


async def stop(request: Request) -> Response:
    run: Run | None = running(request.app.state)
    if run is not None:
        run.stop()
    return back(request, "/documents")


def download(request: Request) -> Response:
    """A document of sorties/, as it is on the disk."""
    workspace = opened(request)
    wanted = request.query_params.get("fichier", "")
    with workspace.held():
        known = {one.output for one in workspace.survey().seen}
    path = workspace.project.root / wanted
    if wanted not in known or not workspace.project.holds(path) or not path.is_file():
        return page(
            request, "erreur", 404, titre="Ce document n’est plus là", phrase="Refaites-le depuis Documents."
        )
    return FileResponse(path, filename=path.name)


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
    Route("/documents", documents),
    Route("/documents/generer", generate, methods=["POST"]),
    Route("/documents/arreter", stop, methods=["POST"]),
    Route("/documents/telecharger", download),
    Route("/apercu/page/{pose}/{numero:int}.png", image),
    Route("/apercu/{cle:path}", apercu),
]
MENU = [Screen(1, "Documents", "/documents", "documents")]
