"""A new document, or a new entry of a registry: its kind, its name, then its form on what is left to say."""

from __future__ import annotations

import re
from typing import NamedTuple

from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctgdocs.content.beginning import BEGUN, added, begun, known_of_the_house, named, next_free, page_of
from ctgdocs.files import read_file
from ctgdocs.findings import UsageError
from ctgdocs.kinds import KINDS
from ctgdocs.memory.writing import NotWritten, Output, write_all
from ctgdocs.page.opened import Opened
from ctgdocs.page.places import path_of
from ctgdocs.page.render import Screen, back, opened, page
from ctgdocs.stages import Registry
from ctgdocs.vocabulary.registres import AGENTS

NUMBERED = ("deliberation", "arrete")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")


class Begins(NamedTuple):
    """What may begin: where it stands, the page it begins with, whether it is an act that makes documents."""

    registry: Registry[BaseModel]
    page: str
    act: bool


def begins(name: str) -> Begins:
    """Raises HTTPException (404) for what is neither a kind nor a registry."""
    for kind in KINDS:
        if kind.name == name:
            return Begins(kind.registry, kind.blank_page(), True)
    for registry in BEGUN:
        if registry.name == name:
            return Begins(registry, page_of(registry), False)
    raise HTTPException(404)


def nouveau(request: Request) -> Response:
    name, workspace = request.query_params.get("genre", ""), opened(request)
    if not name:
        return page(request, "nouveau", genres=KINDS, registres=BEGUN, choisi=None)
    chosen = begins(name)
    free = ""
    if name in NUMBERED:
        free = next_free(workspace.project.content / chosen.registry.path, workspace.today().year)
    return page(
        request,
        "nouveau",
        choisi=chosen,
        numero=request.query_params.get("numero", free),
        objet="objet" in chosen.registry.type().model_fields,
        numerote=name in NUMBERED,
    )


def write(request: Request) -> Response:
    """Writes the file, with what the house knows in it, and opens its form."""
    workspace, form = opened(request), request.state.form
    chosen = begins(str(form.get("genre", "")))
    typed_name, objet = (" ".join(str(form.get(name, "")).split()) for name in ("nom", "objet"))
    id, typed = (typed_name, {}) if chosen.act else named(chosen.registry, typed_name)
    if not _NAME.fullmatch(id):
        raise UsageError(
            f"« {typed_name} » ne peut pas nommer {'cet acte' if chosen.act else 'cette fiche'} : "
            "des lettres sans accent, des chiffres et des tirets, comme 2026-045."
        )
    if objet:
        typed = {**typed, "objet": objet}
    with workspace.held() as library:
        if library.exists(chosen.registry, id):
            raise UsageError(f"« {id} » existe déjà : donnez un autre nom, ou ouvrez sa fiche.")
        known = known_of_the_house(library, " ".join((id, *typed.values())), workspace.today())
    _put(workspace, chosen, id, begun(chosen.page, known, typed))
    return back(request, path_of(chosen.registry.name, id))


def _put(workspace: Opened, chosen: Begins, id: str, text: str) -> None:
    """The file of an act or of an entry; an entry of a shared file at its end, every other byte kept."""
    registry, private = chosen.registry, chosen.registry.name == AGENTS.name
    path = workspace.project.content / (f"{registry.path}{id}.yaml" if registry.folder else registry.path)
    if registry.folder:
        output = Output(str(path), text.encode("utf-8"), new=True, private=private)
    else:
        before = read_file(path) if path.exists() else None
        whole = added(registry, None if before is None else before.decode("utf-8"), id, text)
        output = Output(str(path), whole.encode("utf-8"), gives_way=lambda there: there == before)
    (result,) = write_all([output])
    if isinstance(result, NotWritten):
        raise result


ROUTES = [
    Route("/nouveau", nouveau),
    Route("/nouveau", write, methods=["POST"]),
]
MENU: list[Screen] = []
