"""What to do next, in order; the days to come; how the documents stand."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctgdocs.page.next_steps import next_steps, to_come
from ctgdocs.page.render import SHOWN, Screen, opened, page


def accueil(request: Request) -> Response:
    workspace = opened(request)
    with workspace.held():
        survey = workspace.survey()
        counts = [(one, sum(seen.standing is one for seen in survey.seen)) for one in SHOWN]
        return page(
            request,
            "accueil",
            taches=workspace.once("next steps", lambda: next_steps(workspace)),
            echeances=workspace.once("to come", lambda: to_come(workspace)),
            bilan=[(standing, number) for standing, number in counts if number],
            documents=len(survey.seen),
        )


ROUTES = [Route("/", accueil)]
MENU = [Screen(0, "Accueil", "/", "accueil")]
