"""The page asked without a browser nor a network: the same requests, through the same guard."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from starlette.types import Message, Scope

from ctgdocs.page.guard import TOKEN, Access
from ctgdocs.page.opened import Opened
from ctgdocs.page.server import application
from ctgdocs.project import Project

EDGE = "limite"


class Answer(NamedTuple):
    """`leads_to`: the address that a form's answer sends the browser to, "" for none."""

    status: int
    leads_to: str
    text: str


class Window:
    """The page of a workspace, in a browser that was let in."""

    def __init__(self, root: Path) -> None:
        self.access = Access(1)
        self.app = application(Opened(Project(root)), self.access)

    def get(self, path: str) -> Answer:
        return _answered(self._asked("GET", path, b""))

    def post(self, path: str, file: tuple[str, str, bytes] | None = None, **fields: str) -> Answer:
        """Sends a form: its fields, and a file (field, name, bytes)."""
        parts = [
            (f'name="{name}"', said.encode()) for name, said in {TOKEN: self.access.token, **fields}.items()
        ]
        if file is not None:
            parts.append((f'name="{file[0]}"; filename="{file[1]}"', file[2]))
        body = b"".join(
            f"--{EDGE}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + said + b"\r\n"
            for head, said in parts
        )
        return _answered(self._asked("POST", path, body + f"--{EDGE}--\r\n".encode()))

    async def _asked(self, method: str, path: str, body: bytes) -> Answer:
        path, _, query = path.partition("#")[0].partition("?")
        headers = {
            "host": "127.0.0.1:1",
            "cookie": f"{self.access.cookie}={self.access.session}",
            "content-type": f"multipart/form-data; boundary={EDGE}",
        }
        scope: Scope = {
            "type": "http",
            "method": method,
            "path": unquote(path),
            "query_string": query.encode(),
            "headers": [(name.encode(), said.encode()) for name, said in headers.items()],
        }
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body}

        async def send(message: Message) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        said = dict(sent[0]["headers"])
        text = b"".join(one.get("body", b"") for one in sent[1:]).decode("utf-8", "replace")
        return Answer(sent[0]["status"], said.get(b"location", b"").decode(), text)


def _answered(asked: Coroutine[None, None, Answer]) -> Answer:
    """Waited for in a thread of its own: whoever asks may run a loop already, as a browser's tests do."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, asked).result()
