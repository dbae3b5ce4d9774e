"""The server of the page: its screens behind the guard, on 127.0.0.1 alone, one for a workspace."""

from __future__ import annotations

import asyncio
import gc
import os
import socket
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from urllib.parse import urlsplit
from zlib import crc32

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from ctgdocs.findings import CtgdocsError, UsageError
from ctgdocs.memory.history import History
from ctgdocs.memory.opening import Opening
from ctgdocs.memory.writing import add_trace, trace_of
from ctgdocs.page.guard import Access, Guard
from ctgdocs.page.opened import Opened
from ctgdocs.page.render import HERE, Screen, page
from ctgdocs.page.zones import Previews
from ctgdocs.project import Project


def application(opened: Opened, access: Access) -> Guard:
    """The page of a workspace: every module of screens/, behind the guard."""
    routes: list[BaseRoute] = [Mount("/static", StaticFiles(directory=HERE / "static"))]
    screens: list[Screen] = []
    for one in iter_modules([str(Path(__file__).parent / "screens")]):
        module = import_module(f"ctgdocs.page.screens.{one.name}")
        routes += module.ROUTES
        screens += module.MENU
    app = Starlette(
        routes=routes,
        exception_handlers={HTTPException: _not_here, CtgdocsError: _stopped, Exception: _our_mistake},
    )
    app.state.opened, app.state.access = opened, access
    app.state.menu, app.state.said = sorted(screens), ""
    app.state.close = lambda: None
    app.state.previews = Previews()
    return Guard(app, access)


async def _not_here(request: Request, error: Exception) -> Response:
    code = error.status_code if isinstance(error, HTTPException) else 404
    return page(
        request, "erreur", code, titre="Cette page n’existe pas", phrase="Elle a peut-être changé de nom."
    )


async def _stopped(request: Request, error: Exception) -> Response:
    """What a person can mend, in its sentence."""
    title = "Cet écran attend quelque chose" if request.method == "GET" else "Rien n’a été changé"
    return page(request, "erreur", 409, titre=title, phrase=str(error), avant=_before(request))


def _before(request: Request) -> str:
    """The screen that a request came from, "" when it is not one of these."""
    came = urlsplit(request.headers.get("referer", ""))
    here = came.netloc == request.headers.get("host") and came.path != "/"
    return f"{came.path}?{came.query}".removesuffix("?") if here else ""


async def _our_mistake(request: Request, error: Exception) -> Response:
    """A mistake of the program: one sentence here, its trace in a file for whoever helps."""
    path = request.app.state.opened.project.state_dir / "erreurs.txt"
    add_trace(path, f"{trace_of(error)}\n")
    phrase = "Rien n’est perdu. Joignez le fichier sorties/.ctgdocs/erreurs.txt à votre demande d’aide."
    return page(request, "erreur", 500, titre="Un problème que le programme n’avait pas prévu", phrase=phrase)


class Server(uvicorn.Server):
    """What answers for the page: quietly, without websockets, and without saying what it is."""

    def __init__(self, guarded: Guard) -> None:
        config = uvicorn.Config(guarded, log_level="critical", access_log=False, lifespan="off", ws="none")
        config.server_header, config.timeout_graceful_shutdown = False, 3
        super().__init__(config)

    def install_signal_handlers(self) -> None:
        """Ctrl+C comes from the command line, which says how a run ends."""


def serve(project: Project, port: int, ready: Callable[[str], None]) -> str:
    """Serves the page until it is closed; `ready` is told its address once it answers.

    When a page of this machine has the workspace open already, serves nothing and returns its address; ""
    otherwise. Raises UsageError for a port that is taken.
    """
    with Opening(project.state_dir) as opening:
        if opening.elsewhere:
            return opening.elsewhere
        socket_ = listening(port) if port else _usual(project)
        access = Access(socket_.getsockname()[1])
        guarded = application(Opened(project), access)
        server = Server(guarded)
        guarded.app.state.close = lambda: setattr(server, "should_exit", True)  # type: ignore[attr-defined]
        opening.say(access.address)
        ready(access.address)
        History(project).forget()
        gc.freeze()  # what the program is made of stays: it is not looked through again
        asyncio.run(server.serve(sockets=[socket_]))
    return ""


def listening(port: int) -> socket.socket:
    """A port of this machine alone, taken: the first free one for 0."""
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name != "nt":  # there it would let another program take the port too
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind(("127.0.0.1", port))
    except OSError:
        found.close()
        raise UsageError(f"Le port {port} est pris : donnez-en un autre, ou aucun.") from None
    found.listen()
    return found


def _usual(project: Project) -> socket.socket:
    """The port of a workspace, the same each time: a tab left open finds its page again, and what was not
    saved in it. Another one when something else has it."""
    try:
        return listening(20_000 + crc32(str(project.root).encode("utf-8", "surrogateescape")) % 20_000)
    except UsageError:
        return listening(0)
