"""What is typed once for all (persons, communes, instances, partners, visas), in tables to sort and edit; and
the acts of a kind, each a line that leads to its form.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctgdocs.content.gestures import plain, value_at
from ctgdocs.content.library import Library
from ctgdocs.french import slug
from ctgdocs.kinds import KINDS
from ctgdocs.page.changes import change, changes_of, read_text
from ctgdocs.page.forms import Field, form_of, read
from ctgdocs.page.places import REGISTRIES, path_of, title_of
from ctgdocs.page.render import Screen, back, opened, page
from ctgdocs.page.shapes import Asked, shape_of, words
from ctgdocs.stages import Entry, Registry
from ctgdocs.vocabulary.registres import (
    AGENTS,
    COLLECTIVITE,
    COMMUNES,
    DOSSIERS,
    ELUS,
    INSTANCES,
    PARTENAIRES,
    SEANCES,
    VISAS,
)

SHORT = frozenset({"text", "choice", "link", "date", "hour", "number", "yes"})
"""What a cell can hold; the rest is on the fiche."""
MOST_COLUMNS = 5
TITLES = {
    ELUS.name: ("Élus", "elus"),
    COMMUNES.name: ("Communes", "organismes"),
    INSTANCES.name: ("Instances", "seance"),
    PARTENAIRES.name: ("Partenaires", "organismes"),
    VISAS.name: ("Visas", "livre"),
    DOSSIERS.name: ("Dossiers", "documents"),
    AGENTS.name: ("Agents", "elus"),
    SEANCES.name: ("Séances", "seance"),
}
PASTED = frozenset({ELUS.name, COMMUNES.name})
"""What a list kept in Excel fills."""


class Row(NamedTuple):
    id: str
    title: str
    cells: Sequence[str]
    wrong: bool = False


def registry(request: Request) -> Response:
    """A table: sorted by the column asked for, one row open to be edited when it is."""
    return _shown(request, _asked(request))


def _asked(request: Request) -> Registry[object]:
    name = request.path_params["nom"]
    if name not in TITLES:
        raise HTTPException(404)
    return REGISTRIES[name]


def _shown(request: Request, held: Registry[object], refused: bool = False) -> Response:
    workspace = opened(request)
    sorted_by, down = request.query_params.get("tri", ""), request.query_params.get("sens") == "desc"
    editing, wanted = request.query_params.get("modifier", ""), request.query_params.get("q", "")
    with workspace.held() as library:
        entries = [(id, library.find(held, id)) for id in library.ids(held)]
        columns = _columns(held, [entry for _, entry in entries if entry is not None])
        rows = [_row(library, id, entry, columns) for id, entry in entries]
        line = _line(request, library, held, editing, columns) if editing else []
    if wanted:
        sought = slug(wanted).split("-")
        rows = [
            row for row in rows if all(word in slug(" ".join((row.title, *row.cells))) for word in sought)
        ]
    if sorted_by:
        names = [one.name for one in columns]
        at = names.index(sorted_by) if sorted_by in names else -1
        rows.sort(key=lambda row: slug(row.title if at < 0 else row.cells[at]), reverse=down)
    return page(
        request,
        "registre",
        409 if refused else 200,
        nom=held.name,
        mot=held.label,
        feminin=held.feminine,
        titre=TITLES[held.name][0],
        colonnes=columns,
        lignes=rows,
        tri=sorted_by,
        descendant=down,
        cherche=wanted,
        ouverte=editing,
        saisie=line,
        collable=held.name in PASTED,
        prive=held.name == AGENTS.name,
        refuse=refused,
    )


def _columns(held: Registry[object], entries: Sequence[Entry[object]]) -> list[Asked]:
    """The short fields that somebody fills, in the order of the type, without what makes the title."""
    type_ = held.type()
    assert isinstance(type_, type)
    assert issubclass(type_, BaseModel)
    asked = [one for one in shape_of(type_).fields.values() if one.shape.widget in SHORT]
    filled = {name for entry in entries for name in getattr(entry.value, "model_fields_set", ())}
    told = {"prenom", "nom", "titre", "intitule", "objet", "texte"}
    return [one for one in asked if one.name not in told and (one.name in filled or one.required)][
        :MOST_COLUMNS
    ]


def _row(library: Library, id: str, entry: Entry[object] | None, columns: Sequence[Asked]) -> Row:
    if entry is None:
        return Row(id, id, [""] * len(columns), wrong=True)
    said = [(one, read(library, getattr(entry.value, one.name, None))) for one in columns]
    cells = [words(cell) if one.shape.widget == "choice" else cell for one, cell in said]
    return Row(id, title_of(entry, library), cells)


def _line(
    request: Request, library: Library, held: Registry[object], id: str, columns: Sequence[Asked]
) -> list[Field]:
    """The fields of the row that is open, in the order of its columns."""
    if not library.exists(held, id):
        return []
    path, prefix = library.path_of(f"{held.name}/{id}"), () if held.folder else (id,)
    typed = value_at(plain(read_text(opened(request), path)[1]), prefix) or {}
    form = form_of(library, held.name, id, typed, library.findings_of(held.name, id), path, ".".join(prefix))
    found = {one.path: one for one in form.fields}
    return [found[one.name] for one in columns if one.name in found]


def edited(request: Request) -> Response:
    """Writes the row that was open."""
    held, id = _asked(request), request.path_params["id"]
    workspace = opened(request)
    sent = {name: value for name, value in request.state.form.multi_items() if isinstance(value, str)}
    with workspace.held() as library:
        if not library.exists(held, id):
            raise HTTPException(404)
        path, prefix = library.path_of(f"{held.name}/{id}"), () if held.folder else (id,)
        typed = value_at(plain(read_text(workspace, path)[1]), prefix) or {}
        form = form_of(library, held.name, id, typed, (), path, ".".join(prefix))
        changes = list(changes_of(form, typed, sent, prefix))
        order = list(shape_of(held.type()).fields)  # type: ignore[arg-type]
    if change(workspace, path, changes, order, id):
        return _shown(request, held, refused=True)
    return back(request, f"/registres/{held.name}#l-{id}")


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
    Route("/registres/{nom}", registry),
    Route("/registres/{nom}/{id}", edited, methods=["POST"]),
    Route("/actes", first_acts),
    Route("/actes/{genre}", acts),
]
ONCE = "Une fois pour toutes"
MENU = [
    Screen(19, "Collectivité", path_of(COLLECTIVITE.name, COLLECTIVITE.name), "organismes", ONCE),
    *(
        Screen(20 + rank, title, f"/registres/{name}", icon, ONCE)
        for rank, (name, (title, icon)) in enumerate(TITLES.items())
        if name not in (DOSSIERS.name, SEANCES.name)  # among what one prepares
    ),
    Screen(3, "Actes et notes", "/actes", "acte", "Préparer"),
    Screen(6, "Dossiers", "/registres/dossiers", "documents", "Préparer"),
]
