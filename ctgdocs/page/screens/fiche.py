"""One entry, whatever it is: its form, what the rules say beside each field, and the real page beside it;
and the workbook to fill in Excel that is made of it: the élus, a séance, a plan, a budget.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctgdocs.composing.inline import PLACEHOLDERS
from ctgdocs.content.gestures import Gesture, plain, value_at
from ctgdocs.content.heritage import inherit
from ctgdocs.content.library import Document
from ctgdocs.content.spelling import Value
from ctgdocs.findings import Finding
from ctgdocs.importing.boards import workbook
from ctgdocs.importing.from_boards import budget_board, elus_board
from ctgdocs.importing.from_seance_board import seance_board
from ctgdocs.kinds import KINDS
from ctgdocs.kinds.convention import KIND as CONVENTION
from ctgdocs.kinds.convention.from_board import plan_board
from ctgdocs.kinds.deliberation import KIND as DELIBERATION
from ctgdocs.line.orders import key_of
from ctgdocs.line.status import Standing
from ctgdocs.memory.history import History
from ctgdocs.page.changes import (
    Change,
    Conflict,
    change,
    changes_of,
    gesture_of,
    read_text,
    steps_of,
    taken,
    undo,
)
from ctgdocs.page.forms import Field, Form, form_of
from ctgdocs.page.opened import Opened
from ctgdocs.page.places import (
    PARTS,
    REGISTRIES,
    field_path,
    link_to,
    part_of,
    part_path,
    path_of,
    title_of,
    titled,
)
from ctgdocs.page.reasons import CAUSED, without_files
from ctgdocs.page.render import Screen, back, opened, page
from ctgdocs.page.runs import passage, start
from ctgdocs.page.shapes import label_of, shape_of
from ctgdocs.stages import Registry, Steps
from ctgdocs.vocabulary.actes import Deliberation
from ctgdocs.vocabulary.registres import AGENTS, DELIBERATIONS, DOSSIERS, SEANCES

SEALED = (Standing.SEALED, Standing.CHANGED)
ACTION = re.compile(r"plan\.axes\.(\d+)\.actions\.(\d+)")
"""Where an action of a plan stands."""


class Asked(NamedTuple):
    """The entry that a request names: where it stands, what is typed there, its documents."""

    registry: Registry[object]
    id: str
    path: str
    prefix: Steps
    typed: Value
    documents: list[Document]

    @property
    def address(self) -> str:
        return path_of(self.registry.name, self.id)

    def parts(self) -> list[tuple[str, str, str]]:
        """The parts of a large entry: (name, label, address), its first screen before them."""
        names = PARTS.get(self.registry.name, ())
        shown = [("", "L’essentiel"), *((name, label_of(name)) for name in names)] if names else []
        return [(name, label, part_path(self.registry.name, self.id, name)) for name, label in shown]


def asked(request: Request) -> Asked:
    """Raises HTTPException (404) for what is not there."""
    workspace = opened(request)
    name, id = request.path_params["registre"], request.path_params["id"]
    if name not in REGISTRIES:
        raise HTTPException(404)
    registry = REGISTRIES[name]
    with workspace.held() as library:
        if not library.exists(registry, id):
            raise HTTPException(404)
        path = library.path_of(f"{name}/{id}")
        documents = [one for one in workspace.documents().values() if one.path == path]
    prefix: Steps = () if registry.folder or registry.single else (id,)
    _, text = read_text(workspace, path)
    return Asked(registry, id, path, prefix, value_at(plain(text), prefix) or {}, documents)


def form(workspace: Opened, one: Asked) -> Form:
    with workspace.held() as library:
        prefix = ".".join(map(str, one.prefix))
        return form_of(
            library, one.registry.name, one.id, one.typed, findings(workspace, one), one.path, prefix
        )


def findings(workspace: Opened, one: Asked) -> list[Finding]:
    if one.documents:
        return list(dict.fromkeys(found for each in one.documents for found in workspace.findings_of(each)))
    with workspace.held() as library:
        judged = [each for each in workspace.survey().findings if each.place.file == one.path]
        found = [*library.findings_of(one.registry.name, one.id), *judged]
    own = f"{'.'.join(map(str, one.prefix))}"
    return [each for each in dict.fromkeys(found) if not own or each.place.field.split(".")[0] == own]


def fiche(request: Request) -> Response:
    with opened(request).held():
        return show(request, asked(request))


def show(request: Request, one: Asked, conflicts: list[Conflict] | None = None) -> Response:
    workspace, run = opened(request), passage(request.app.state)
    made = form(workspace, one)
    with workspace.held() as library:
        standing = {seen.name: seen for seen in workspace.standing_of(one.documents)} if one.documents else {}
        papers = [(each, standing.get(key_of(each))) for each in one.documents]
        others = [
            (
                without_files(library, each),
                link_to(library, each.related[0].place if each.code == CAUSED else each.place),
            )
            for each in made.others
        ]
        held = library.find(one.registry, one.id) if one.registry.name == AGENTS.name else None
        title = title_of(held, library) if held else titled(library, one.registry.name, one.id)
        steps = life(workspace, one)
    pointed = [
        (field_path(one.registry.name, one.id, each.path), found, each)
        for each in made.walk()
        for found in each.findings
    ]
    blanks: dict[str, str] = {}
    for link, found, each in pointed:
        if is_blank(each, found):
            blanks.setdefault(label_of(each.path.partition(".")[0]), link)
    part = part_asked(request, one)
    shown = made.find(part) if part else None
    if shown is not None and (action := ACTION.fullmatch(part)):
        shown.label = f"Action {int(action[1]) + 1}.{int(action[2]) + 1}"
    return page(
        request,
        "fiche",
        409 if conflicts else 200,
        fiche=one,
        titre_fiche=title,
        form=made,
        autres=others,
        constats=[(link, found) for link, found, each in pointed if not is_blank(each, found)],
        blancs=blanks,
        ailleurs=CAUSED,
        papiers=papers,
        parcours=steps,
        part=request.query_params.get("document", ""),
        annulable=History(workspace.project).can_undo(one.path),
        conflits=[told(made, each, one.prefix) for each in conflicts or []],
        acte=bool(one.documents),
        partie=part,
        parties=one.parts(),
        montre=shown,
        voisins=_around(made, part),
        scelle=any(seen is not None and seen.standing in SEALED for _, seen in papers),
        correction=next((kind.corrected_by for kind in KINDS if kind.name == one.registry.name), ""),
        passage=run,
        prive=one.registry.name == AGENTS.name,
        citations=PLACEHOLDERS,
        classeur=workbook_of(one.registry.name, one.id, one.typed),
    )


def is_blank(field: Field, found: Finding) -> bool:
    """Whether a finding only says that a field is still to be written."""
    return bool(field.blank) and "à compléter" in found.message


def part_asked(request: Request, one: Asked) -> str:
    """The part of the entry that the address names; "" for the first screen, or for what is none."""
    asked = request.query_params.get("partie", "")
    return asked if asked and part_of(one.registry.name, asked) == asked else ""


def _around(made: Form, part: str) -> tuple[str, str]:
    """The actions before and after one of a plan: parts of the same fiche."""
    alike = [one.path for one in made.walk() if ACTION.fullmatch(one.path)]
    if part not in alike:
        return ("", "")
    at = alike.index(part)
    return (alike[at - 1] if at else "", alike[at + 1] if at + 1 < len(alike) else "")


def _here(request: Request, one: Asked) -> str:
    part = part_asked(request, one)
    return part_path(one.registry.name, one.id, part)


def life(workspace: Opened, one: Asked) -> list[tuple[str, str]]:
    """Where a délibération is in its life: (words, fait / ici / reste)."""
    if one.registry.name != DELIBERATION.name:
        return []
    with workspace.held() as library:
        entry = library.find(DELIBERATION.registry, one.id)
        if entry is None:
            return []
        act: Deliberation = inherit(entry, library.reader()).value
    passed = act.commission is None or bool(act.commission.avis)
    steps = [
        ("Projet", True),
        (f"Avis {act.commission.avis}" if act.commission and act.commission.avis else "Avis", passed),
        ("Votée" if act.vote is not None else "À voter", act.vote is not None),
        ("Transmise" if act.transmission else "À transmettre", act.transmission is not None),
        ("Exécutoire" if act.publication else "À publier", bool(act.publication and act.transmission)),
    ]  # fmt: skip
    if act.commission is None:
        del steps[1]
    current = next((at for at, (_, done) in enumerate(steps) if not done), len(steps))
    return [
        (words, "fait" if done else "ici" if at == current else "reste")
        for at, (words, done) in enumerate(steps)
    ]


def save(request: Request) -> Response:
    """Writes what a form changed, then does what its button asks."""
    one, conflicts = saved(request)
    return show(request, one, conflicts) if conflicts else back(request, _here(request, one))


def saved(request: Request, besides: Collection[str] = ()) -> tuple[Asked, list[Conflict]]:
    """What a form changed is written (fields with names of `besides` left out), and what its button asks
    done; nothing of it when a field changed elsewhere meanwhile."""
    workspace = opened(request)
    sent = {name: one for name, one in _sent(request).items() if name.rpartition(".")[2] not in besides}
    with workspace.held():
        one = asked(request)
        made = form(workspace, one)
    order = list(shape_of(one.registry.type()).fields)  # type: ignore[arg-type]
    listed = list(changes_of(made, one.typed, sent, one.prefix))
    if forced := sent.get("forcer"):
        at = (*one.prefix, *steps_of(forced))
        listed = [each._replace(seen=None) if each.gesture.at == at else each for each in listed]
    field = str(listed[0].gesture.at) if len(listed) == 1 else ""
    if conflicts := change(workspace, one.path, listed, order, field):
        return one, conflicts
    if (act := sent.get("geste", "")).startswith("prendre:"):
        _take(workspace, one, act.removeprefix("prendre:"), order)
    elif act:
        with workspace.held():
            one = asked(request)
        if gesture := gesture_of(form(workspace, one), one.typed, act, sent, one.prefix):
            change(workspace, one.path, [Change(gesture)], order, act)
    return one, []


def told(made: Form, conflict: Conflict, prefix: Steps) -> dict[str, str]:
    path = ".".join(map(str, conflict.at[len(prefix) :]))
    field = made.find(path)
    label = field.label if field is not None else path
    return {"path": path, "label": label, "there": conflict.there, "wanted": conflict.wanted}


def _take(workspace: Opened, one: Asked, name: str, order: list[str]) -> None:
    """What the dossier says of a field, written here, to be changed here alone."""
    with workspace.held() as library:
        value = taken(library, one.registry.name, one.id, name)
    if value is not None:
        change(workspace, one.path, [Change(Gesture("set", (*one.prefix, name), value))], order)


def _sent(request: Request) -> Mapping[str, str]:
    return {name: value for name, value in request.state.form.multi_items() if isinstance(value, str)}


def give_back(request: Request) -> Response:
    """Undoes the last change of this file."""
    one = asked(request)
    done = undo(opened(request), one.path)
    said = "" if done else "Rien à annuler : ce fichier a changé ailleurs depuis."
    return back(request, _here(request, one), said)


def make(request: Request) -> Response:
    """Makes the documents of this act."""
    one = asked(request)
    start(request.app.state, opened(request), [key_of(each) for each in one.documents])
    return back(request, _here(request, one))


BOARDS = {"elus": elus_board, "seance": seance_board, "plan": plan_board, "budget": budget_board}
_WITH_MONEY = (DOSSIERS.name, DELIBERATIONS.name)
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_of(registry: str, id: str, typed: Value) -> str:
    """Where the workbook of an entry is had; "" for one that has none."""
    said = typed if isinstance(typed, dict) else {}
    if registry == SEANCES.name:
        return f"/classeurs/seance/{id}"
    plan = said.get("plan")
    if registry == CONVENTION.name and isinstance(plan, dict) and "axes" in plan:
        return f"/classeurs/plan/{id}"
    tables = said.get("tableaux")
    listed = [one for one in tables.values() if isinstance(one, dict)] if isinstance(tables, dict) else []
    money = "finances" in said or any("depenses" in one or "recettes" in one for one in listed)
    return f"/classeurs/budget/{id}" if registry in _WITH_MONEY and money else ""


def exported(request: Request) -> Response:
    """A workbook, to be saved by the browser; « Importer » takes it back once it is filled."""
    genre, id = str(request.path_params["genre"]), str(request.path_params.get("id", ""))
    if genre not in BOARDS or bool(id) is (genre == "elus"):
        raise HTTPException(404)
    with opened(request).held() as library:
        data = workbook(BOARDS[genre](library, id))
    name = f"{genre}-{id}" if id else genre
    return Response(
        data, media_type=_EXCEL, headers={"content-disposition": f'attachment; filename="{name}.xlsx"'}
    )


ROUTES = [
    Route("/fiches/{registre}/{id}", fiche),
    Route("/fiches/{registre}/{id}", save, methods=["POST"]),
    Route("/fiches/{registre}/{id}/annuler", give_back, methods=["POST"]),
    Route("/fiches/{registre}/{id}/generer", make, methods=["POST"]),
    Route("/classeurs/{genre}", exported),
    Route("/classeurs/{genre}/{id}", exported),
]
MENU: list[Screen] = []
