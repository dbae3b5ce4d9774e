"""A document that was edited in Word, and the copies that went out to be corrected: what was changed in them,
each thing taken into its field or left; what they do not agree on, side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from ctgdocs.findings import UsageError
from ctgdocs.kinds import KINDS
from ctgdocs.line.orders import Options
from ctgdocs.line.run import generate
from ctgdocs.line.status import Standing
from ctgdocs.page.opened import Opened
from ctgdocs.page.places import link_to, titled
from ctgdocs.page.render import Screen, back, opened, page, plural
from ctgdocs.readback import (
    Correction,
    ReadBack,
    copies_of,
    gathered,
    prepare,
    put_away,
    read_back,
    receive,
    remarks,
    take,
)

ALL = "tout"


def _key(request: Request) -> str:
    key: str = request.path_params["cle"]
    if key not in opened(request).documents():
        raise HTTPException(404)
    return key


def _read(
    workspace: Opened, key: str, accept: str, *, explained: bool = True
) -> tuple[ReadBack | None, list[str]]:
    """What the document and its copies say otherwise than the content, and which copies; None when none of
    them was corrected. `explained`: why some of it goes in no field."""
    root = workspace.project.root
    copies = [one.path for one in copies_of(workspace.project, key) if one.corrected]
    with workspace.held():
        seen = [one for one in workspace.survey().seen if one.name == key]
    edited = [one.output for one in seen if one.standing is Standing.EDITED]
    if not copies:
        if not edited:
            return None, []
        return read_back(workspace.project, KINDS, key, accept=accept, explained=explained), []
    targets = [str(root / path) for path in dict.fromkeys((*edited, *copies))]
    return gathered(workspace.project, KINDS, targets, accept=accept, explained=explained)[0], copies


def edited(request: Request) -> Response:
    workspace, key = opened(request), _key(request)
    document = workspace.documents()[key]
    sent = copies_of(workspace.project, key)
    corrected = [one for one in sent if one.corrected]
    accept = request.query_params.get("suivi", ALL if corrected else "")
    found, _ = _read(workspace, key, accept)
    with workspace.held() as library:
        title = titled(library, document.kind.name, document.id)
        changes = [
            (group, link_to(library, group[0].place) if group[0].proposal else "")
            for group in _groups(found.changes if found else ())
        ]
    return page(
        request,
        "retouche",
        cle=key,
        titre=title,
        lu=found,
        changements=changes,
        genre=document.kind,
        copies=sent,
        suivi=accept,
        remarques=[one.message for one in remarks(workspace.project, KINDS, [key])],
    )


def _groups(changes: Sequence[Correction]) -> Iterator[list[Correction]]:
    """The changes in order, those that do not agree together."""
    group: list[Correction] = []
    for one in changes:
        if group and not (one.rivals and (one.rivals, one.place) == (group[0].rivals, group[0].place)):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def decided(request: Request) -> Response:
    """Takes what was chosen into the content and makes the document again; what came from Word is kept."""
    workspace, key = opened(request), _key(request)
    form = request.state.form
    names = [name for name in form if name == "prendre" or name.startswith("conflit-")]
    said = [one for name in names for one in form.getlist(name)]
    chosen = [int(one) for one in said if isinstance(one, str) and one.isdigit()]
    found, copies = _read(workspace, key, str(form.get("suivi", "")), explained=False)
    if chosen and found is not None:
        take(workspace.project, KINDS, found, chosen)
    generate(workspace.project, KINDS, [key], Options(jobs=1, replace=True))
    put_away(workspace.project, key, copies)
    done = (
        plural(len(chosen), "retouche prise", "retouches prises") if chosen else "Refait d’après le contenu"
    )
    return back(request, "/documents", f"{done}. Ce qui vient de Word est gardé dans l’historique.")


def sent(request: Request) -> Response:
    """Prepares a copy for somebody to correct, where Word tracks each change."""
    workspace, key = opened(request), _key(request)
    who = str(request.state.form.get("qui", "")).strip()
    copy = prepare(workspace.project, KINDS, key, who)
    name = copy.path.rpartition("/")[2]
    return back(request, f"/documents/retouche/{key}", f"« {name} » est prête : envoyez-la à {who}.")


async def returned(request: Request) -> Response:
    """Keeps the corrected copies that came back; nothing is taken from them yet."""
    workspace, key = opened(request), _key(request)
    files = [one for one in request.state.form.getlist("copies") if isinstance(one, UploadFile)]
    files = [one for one in files if one.filename]
    if not files:
        raise UsageError("Choisissez la copie corrigée, ou les copies, qui sont revenues.")
    for one in files:
        receive(workspace.project, key, Path(str(one.filename)).name, await one.read())
    kept = plural(len(files), "copie reçue", "copies reçues")
    return back(request, f"/documents/retouche/{key}", f"{kept} : voici ce qui y a été changé.")


def copy(request: Request) -> Response:
    """A copy as it is on the disk."""
    workspace, key = opened(request), _key(request)
    wanted = request.query_params.get("fichier", "")
    if wanted not in [one.path for one in copies_of(workspace.project, key)]:
        raise HTTPException(404)
    path = workspace.project.root / wanted
    return FileResponse(path, filename=path.name)


ROUTES = [
    Route("/documents/retouche/{cle:path}", edited),
    Route("/documents/retouche/{cle:path}", decided, methods=["POST"]),
    Route("/documents/envoyer/{cle:path}", sent, methods=["POST"]),
    Route("/documents/retour/{cle:path}", returned, methods=["POST"]),
    Route("/documents/copie/{cle:path}", copy),
]
MENU: list[Screen] = []
