"""The page of a copy of the sample, served once for all these tests; who asks it without a script."""

from __future__ import annotations

import http.client
import shutil
import threading
import urllib.parse
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

import uvicorn

from ctgdocs.page.guard import Access
from ctgdocs.page.opened import Opened
from ctgdocs.page.server import Server, application, listening
from ctgdocs.project import Project

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 30)


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


@dataclass
class Served:
    """A page and its workspace. `get` and `post` are those of a browser that was let in."""

    root: Path
    access: Access
    cookie: str = ""
    server: uvicorn.Server | None = field(default=None, repr=False)

    def ask(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
        sent = {"Host": f"127.0.0.1:{self.access.port}", **(headers or {})}
        connection = http.client.HTTPConnection("127.0.0.1", self.access.port, timeout=60)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in {**sent, "Content-Length": str(len(body))}.items():
            connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        said = Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        connection.close()
        return said

    def get(self, path: str) -> Answer:
        return self.ask("GET", path, headers={"Cookie": self.cookie})

    def post(self, path: str, **fields: str | list[str]) -> Answer:
        """Sends a form, and follows where it leads."""
        form = urllib.parse.urlencode({"jeton": self.access.token, **fields}, doseq=True).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": self.cookie}
        answer = self.ask("POST", path, form, kind)
        return self.get(answer.headers["location"].partition("#")[0]) if answer.status == 303 else answer


def serve(root: Path) -> Served:
    socket = listening(0)
    access = Access(socket.getsockname()[1])
    server = Server(application(Opened(Project(root), lambda: TODAY), access))
    threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True).start()
    return Served(root, access, f"{access.cookie}={access.session}", server)


def a_copy(folder: Path) -> Path:
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    return folder
