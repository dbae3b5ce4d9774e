"""Who may ask the page for something: the browser that `ctgdocs ouvrir` opened on this machine, nobody else.

Every request comes through here before a screen sees it. The address opened first carries a key, exchanged at
once for a cookie that no script reads and no other site sends. A name other than this machine's own (DNS
rebinding), a form that another site posts, an upload beyond measure: none reaches a screen.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from html import escape
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 25_000_000
"""Bytes of one request: an attached workbook or an old Word document, and its form."""
MOST_HEARD = 1_000_000_000
"""Bytes of a request too large that are let go by: a browser reads the answer once it has sent everything."""
MOST_FIELDS = 20_000
KEY = "cle"
TOKEN = "jeton"
_METHODS = frozenset({"GET", "HEAD", "POST"})
_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}

_REFUSAL = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Demande refusée – ctgdocs</title><link rel="stylesheet" href="/static/page.css"></head>
<body><main class="refus"><h1>Cette demande n’a pas été suivie</h1><p class="chapeau">{}</p>
<p><a class="bouton" href="/">Revenir à l’accueil</a></p></main></body></html>
"""


def _secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Access:
    """The secrets of one opening, on one port: the `key` of its first address, the `session` that the cookie
    holds, the `token` that every form sends back."""

    port: int
    key: str = field(default_factory=_secret)
    session: str = field(default_factory=_secret)
    token: str = field(default_factory=_secret)

    @property
    def cookie(self) -> str:
        """Cookies know no port: two workspaces open at once have each their own."""
        return f"ctgdocs-{self.port}"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/?{KEY}={self.key}"

    @property
    def names(self) -> frozenset[str]:
        return frozenset({f"127.0.0.1:{self.port}", f"localhost:{self.port}"})


class Guard:
    """The door before the screens. A form that it lets through is in `request.state.form`."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        if refusal is None and scope["method"] == "POST":
            refusal = await self._posted(scope, receive)
        try:
            await (refusal or self.app)(scope, receive, _dressed(send, scope["path"]))
        finally:
            if "form" in scope.get("state", {}):
                await scope["state"]["form"].close()

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if headers.get("host", "") not in self.access.names:
            return _no("Cette page n’est servie qu’à cet ordinateur.", 421)
        if scope["method"] not in _METHODS:
            return _no("Cette demande n’existe pas ici.", 405)
        if scope["path"].startswith("/static/"):
            return None
        given = parse_qs(scope["query_string"].decode("latin-1")).get(KEY, [""])[0]
        if given and secrets.compare_digest(given.encode(), self.access.key.encode()):
            return self._admitted(scope["path"])
        if not self._is_known(headers):
            return _no("Ouvrez la page avec « ctgdocs ouvrir » : cette adresse seule ne suffit pas.", 403)
        return None

    def _admitted(self, path: str) -> Response:
        response = RedirectResponse(path if path.startswith("/") and path[1:2] not in "/\\" else "/", 303)
        response.set_cookie(
            self.access.cookie, self.access.session, httponly=True, samesite="strict", path="/"
        )
        return response

    def _is_known(self, headers: Headers) -> bool:
        cookies: SimpleCookie = SimpleCookie()
        try:
            cookies.load(headers.get("cookie", ""))
        except CookieError:
            return False
        held = cookies.get(self.access.cookie)
        return held is not None and secrets.compare_digest(held.value.encode(), self.access.session.encode())

    async def _posted(self, scope: Scope, receive: Receive) -> Response | None:
        """Reads a form, measured as it comes, and looks for its token. Why it is refused, if it is."""
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is not None and origin.removeprefix("http://") not in self.access.names:
            return _no("Cette demande vient d’une autre page : rien n’a été fait.", 403)
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return _no("Cette demande vient d’une autre page : rien n’a été fait.", 403)
        request = Request(scope, _measured(receive))
        try:
            form = await request.form(max_files=20, max_fields=MOST_FIELDS, max_part_size=LARGEST)
        except _TooLarge as error:
            await _let_go(receive, more=error.more)
            return _no(
                "Ce fichier dépasse 25 Mo : rien n’a été reçu. Revenez en arrière, ce que vous aviez rempli "
                "y est encore, et prenez un fichier plus léger.",
                413,
            )
        except (MultiPartException, HTTPException, ValueError):
            return _no("Ce formulaire ne se lit pas : rien n’a été fait.", 400)
        token = form.get(TOKEN)
        if not (
            isinstance(token, str) and secrets.compare_digest(token.encode(), self.access.token.encode())
        ):
            return _no("Ce formulaire n’est plus valable : rechargez la page.", 403)
        scope.setdefault("state", {})["form"] = form
        return None


class _TooLarge(Exception):
    def __init__(self, more: bool) -> None:
        self.more = more


def _measured(receive: Receive) -> Receive:
    taken = 0

    async def receiving() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST:
            raise _TooLarge(bool(message.get("more_body", False)))
        return message

    return receiving


async def _let_go(receive: Receive, *, more: bool) -> None:
    """Hears a request to its end, and keeps nothing of it."""
    heard = 0
    while more and heard < MOST_HEARD:
        message = await receive()
        heard += len(message.get("body", b""))
        more = bool(message.get("more_body", False))


def _dressed(send: Send, path: str) -> Send:
    """What every answer bears; nothing of a workspace stays in the browser's cache."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("cache-control", "no-cache" if path.startswith("/static/") else "no-store")
        await send(message)

    return sending


def _no(sentence: str, code: int) -> Response:
    """A refusal, as a page that knows nothing of the workspace."""
    return HTMLResponse(_REFUSAL.format(escape(sentence)), code)
