"""Workbooks to fill in Excel, made from what is typed here: the élus, a séance, a plan, a budget."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctgdocs.content.edit import Value
from ctgdocs.importing.boards import workbook
from ctgdocs.importing.from_boards import budget_board, elus_board
from ctgdocs.importing.from_seance_board import seance_board
from ctgdocs.kinds.convention import KIND as CONVENTION
from ctgdocs.kinds.convention.from_board import plan_board
from ctgdocs.page.render import Screen, opened
from ctgdocs.vocabulary.registres import DELIBERATIONS, DOSSIERS, SEANCES

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


ROUTES = [Route("/classeurs/{genre}", exported), Route("/classeurs/{genre}/{id}", exported)]
MENU: list[Screen] = []
