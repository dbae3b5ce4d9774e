"""Whatever a browser asks, and whatever is sent to it: a page or a sentence, and nothing changes in the
workspace that nobody named."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from browsing import Answer, Served
from starlette.routing import Route

from tools.damaged import WORD, damaged_word, zipped

NAMES = (
    "..", "../../../etc/passwd", "a\0b", "\ud800", "x" * 3000, "é", "²", "{{7*7}}", "<script>", "con", "-1",
    "%2e%2e%2f",
)  # fmt: skip
MULTIPART = "multipart/form-data; boundary=limite"


def routes(served: Served) -> list[Route]:
    assert served.server is not None
    return [one for one in served.server.config.app.app.routes if isinstance(one, Route)]  # type: ignore[union-attr]


def hostile_paths(route: Route) -> Iterator[str]:
    for name in NAMES:
        typed = quote(name.encode("utf-8", "surrogatepass"), safe="")
        yield re.sub(
            r"\{\w+(:\w+)?\}",
            lambda found, typed=typed: "99999999999" if found[1] == ":int" else typed,
            route.path,
        )


def is_a_sentence(answer: Answer) -> bool:
    return answer.status < 500 and "n’avait pas prévu" not in answer.text


def content(served: Served) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in (served.root / "content").rglob("*") if path.is_file()}


def test_no_address_is_a_mistake_nor_leads_out(served: Served) -> None:
    before = content(served)
    for route in routes(served):
        if "{" not in route.path:
            continue
        for path in hostile_paths(route):
            answer = served.post(path) if "POST" in (route.methods or ()) else served.get(path)
            assert is_a_sentence(answer), path
            assert "root:x:" not in answer.text
    assert content(served) == before


def sent(served: Served, path: str, field: str, name: str, data: bytes) -> Answer:
    token = f'--limite\r\nContent-Disposition: form-data; name="jeton"\r\n\r\n{served.access.token}\r\n'
    head = f'--limite\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
    body = token.encode() + head.encode() + data + b"\r\n--limite--\r\n"
    answer = served.ask("POST", path, body, {"Content-Type": MULTIPART, "Cookie": served.cookie})
    return served.get(answer.headers["location"].partition("#")[0]) if answer.status == 303 else answer


def a_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in WORD.items():
            archive.writestr(name, part)
        archive.writestr("word/media/image1.png", bytes(200_000_000))
    return out.getvalue()


@pytest.mark.parametrize(("path", "field"), [("/modeles/charte", "papier"), ("/importer", "fichier")])
def test_no_file_that_is_sent_is_a_mistake(served: Served, path: str, field: str) -> None:
    healthy = zipped({name: part.encode() for name, part in WORD.items()})
    files = [
        ("../../x.docx", healthy),
        ("bombe.docx", a_bomb()),
        ("vide.docx", b""),
        ("x" * 300 + ".pdf", b"%PDF-1.4"),
    ]
    files += [("abime.docx", damaged_word(random.Random(number))) for number in range(3)]
    before = content(served)
    for name, data in files:
        assert is_a_sentence(sent(served, path, field, name, data)), name
    assert content(served) == before
