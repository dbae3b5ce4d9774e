"""The plan d'actions of a convention: a grid edited in place, pasted from Excel; what each funder brings."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctgdocs.content.gestures import Gesture, as_plain, value_at
from ctgdocs.content.spelling import Value
from ctgdocs.findings import Stopped, UsageError
from ctgdocs.kinds.convention import KIND as CONVENTION
from ctgdocs.kinds.convention.classeur import PlanRead, read_plan
from ctgdocs.kinds.convention.plan_lu import Plan, plan_of, totals
from ctgdocs.memory.history import History
from ctgdocs.page.changes import Change, Conflict, change, steps_of
from ctgdocs.page.opened import Opened
from ctgdocs.page.places import titled
from ctgdocs.page.plan_grid import (
    LINES,
    actions_of,
    groups,
    listed,
    moved_across,
    pasted,
    rewritten,
    said,
    shares,
    typed_text,
)
from ctgdocs.page.render import Screen, back, opened, page, plural
from ctgdocs.page.screens.fiche import Asked, asked, form, saved, told


def _asked(request: Request) -> Asked:
    request.path_params["registre"] = CONVENTION.name
    return asked(request)


def _address(one: Asked) -> str:
    return f"/conventions/{quote(one.id)}/plan"


def grid(request: Request) -> Response:
    with opened(request).held():
        return _shown(request, _asked(request))


def _shown(request: Request, one: Asked, conflicts: list[Conflict] | None = None) -> Response:
    workspace = opened(request)
    made = form(workspace, one)
    plan = _plan(workspace, one)
    file = value_at(one.typed, ("plan", "fichier"))
    with workspace.held() as library:
        title = titled(library, CONVENTION.name, one.id)
    return page(
        request,
        "plan",
        409 if conflicts else 200,
        fiche=one,
        titre_fiche=title,
        axes=groups(made, one.typed, plan),
        lu=plan,
        cout=totals(plan)[0] if plan else 0,
        financeurs=shares(plan) if plan else [],
        fichier=file if isinstance(file, str) else "",
        adresse=_address(one),
        conflits=[told(made, each, one.prefix) for each in conflicts or []],
        annulable=History(workspace.project).can_undo(one.path),
        constats=[found for each in made.walk() if each.path.startswith("plan") for found in each.findings],
    )


def _plan(workspace: Opened, one: Asked) -> Plan | None:
    with workspace.held() as library:
        entry = library.find(CONVENTION.registry, one.id)
        return plan_of(entry, library.reader()) if entry else None


def written(request: Request) -> Response:
    """Writes the cells that changed, then does what a button asks: an action moves to the axis beside too."""
    workspace, one = opened(request), _asked(request)
    sent = {name: value for name, value in request.state.form.multi_items() if isinstance(value, str)}
    lists = [*_lists(one.typed, sent)]
    conflicts = [each for each in lists if isinstance(each, Conflict)]
    if conflicts:
        return _shown(request, one, conflicts)
    across = moved_across(one.typed, sent.get("geste", ""))
    gestures = [each for each in lists if isinstance(each, Gesture)]
    change(workspace, one.path, [Change(each) for each in (*gestures, *across)], field="plan")
    if across:
        return back(request, _address(one))
    one, conflicts = saved(request, LINES)
    return _shown(request, one, conflicts) if conflicts else back(request, _address(one))


def _lists(typed: Value, sent: dict[str, str]) -> list[Gesture | Conflict]:
    """The gestures of the cells that hold a list, or the conflict of one that changed elsewhere."""
    found: list[Gesture | Conflict] = []
    for name, value in sent.items():
        mark, _, path = name.partition(":")
        column = path.rpartition(".")[2]
        if mark != "v" or column not in LINES:
            continue
        at, lines = steps_of(path), value.replace("\r\n", "\n").strip()
        seen = sent.get(f"a:{path}", "").replace("\r\n", "\n").strip()
        there = value_at(typed, at)
        now = said(column, there).strip()
        if lines in (seen, now):
            continue
        if now != seen and sent.get("forcer") != path:
            found.append(Conflict(at, seen, now, lines))
        else:
            found += rewritten(at, there, listed(column, lines, there))
    return found


# --- what is pasted -------------------------------------------------------------------------------------


def to_paste(request: Request) -> Response:
    return _pasted(request, _asked(request), "", None)


def _pasted(request: Request, one: Asked, text: str, read: PlanRead | None) -> Response:
    axes = _axes(read) if read is not None else []
    shown = ("titre", "pilote", "calendrier", "cout")
    return page(
        request,
        "plan_coller",
        fiche=one,
        adresse=_address(one),
        colle=text,
        lu=read,
        axes=axes,
        rangs=[
            (typed_text(axis, "titre"), *(typed_text(action, name) for name in shown))
            for axis in axes
            for action in actions_of(axis)
        ],
        la=bool(value_at(one.typed, ("plan", "axes"))),
    )


def _axes(read: PlanRead) -> list[Value]:
    """The axes of a sheet as a content file would type them."""
    plain = as_plain(read.cells.source.root)
    axes = plain.get("axes") if isinstance(plain, dict) else None
    return axes if isinstance(axes, list) else []


def paste(request: Request) -> Response:
    """Shows what was understood of the rows pasted; writes them once it is agreed."""
    workspace, one, sent = opened(request), _asked(request), request.state.form
    text, act = str(sent.get("colle", "")).replace("\r\n", "\n"), sent.get("geste")
    if not text.strip():
        raise UsageError("Copiez les lignes dans Excel, titres compris, puis collez-les ici.")
    if value_at(one.typed, ("plan", "fichier")):
        raise UsageError("Ce plan est tenu dans un classeur : changez-le dans Excel. Rien n’a été écrit.")
    try:
        read = read_plan("lignes collées.csv", text.encode())
    except Stopped as stopped:
        raise UsageError(" ".join(f"{each.message}." for each in stopped.findings)) from stopped
    if act not in ("ajouter", "remplacer"):
        return _pasted(request, one, text, read)
    axes = _axes(read)
    gestures = pasted(one.typed, axes, replace=act == "remplacer")
    change(workspace, one.path, [Change(each) for each in gestures], field="plan")
    count = sum(len(actions_of(each)) for each in axes)
    return back(request, _address(one), f"{plural(count, 'action collée', 'actions collées')}.")


_ONE = "/conventions/{id}/plan"
ROUTES = [
    Route(_ONE, grid),
    Route(_ONE, written, methods=["POST"]),
    Route(f"{_ONE}/coller", to_paste),
    Route(f"{_ONE}/coller", paste, methods=["POST"]),
]
MENU: list[Screen] = []
