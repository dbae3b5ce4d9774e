"""Closing the page, from the page."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ctgdocs.page.render import Screen, page


def quitter(request: Request) -> Response:
    request.app.state.close()
    phrase = "Vos fichiers sont enregistrés. Fermez cet onglet ; « ctgdocs ouvrir » rouvre la page."
    return page(request, "erreur", titre="La page est fermée", phrase=phrase)


ROUTES = [Route("/quitter", quitter, methods=["POST"])]
MENU: list[Screen] = []
