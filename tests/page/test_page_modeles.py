"""Templates and the charte: another is tried on a real act, then taken, then given back."""

from __future__ import annotations

import pytest
from browsing import ROOT, Served

CHARTE = "templates/charte.docx"


def sent(page: Served, name: str, data: bytes) -> str:
    """A Word file sent by the form, as a browser sends it."""
    mark = "----limite"
    parts = (
        f'--{mark}\r\nContent-Disposition: form-data; name="jeton"\r\n\r\n{page.access.token}\r\n'.encode(),
        f'--{mark}\r\nContent-Disposition: form-data; name="papier"; filename="{name}"\r\n'.encode(),
        b"Content-Type: application/octet-stream\r\n\r\n" + data + f"\r\n--{mark}--\r\n".encode(),
    )
    kind = {"Content-Type": f"multipart/form-data; boundary={mark}", "Cookie": page.cookie}
    answer = page.ask("POST", "/modeles/charte", b"".join(parts), kind)
    return page.get(answer.headers["location"]).text if answer.status == 303 else answer.text


def test_each_template_is_listed_and_judged(served: Served) -> None:
    assert "deliberation.docx" in served.get("/modeles").text
    judged = served.get("/modeles?verifier=oui").text
    assert judged.count("Rien à signaler") > 10


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("papier.pdf", b"%PDF", "n’est pas un fichier Word"),
        ("papier.docx", b"PK\x03\x04 coupe", "ne peut pas être pris"),
        ("papier.docx", b"", "ne peut pas être pris"),
    ],
)
def test_what_is_no_charte_changes_nothing(served: Served, name: str, data: bytes, says: str) -> None:
    before = (served.root / CHARTE).read_bytes()
    assert says in sent(served, name, data)
    assert "n’est plus celui qui était montré" in served.post("/modeles/charte/prendre", papier="x").text
    assert (served.root / CHARTE).read_bytes() == before


def test_a_charte_is_tried_then_taken_then_given_back(served: Served) -> None:
    before = (served.root / CHARTE).read_bytes()
    other = (ROOT / "templates/chartes/sobre.docx").read_bytes()
    screen = sent(served, "notre papier.docx", other)
    assert "notre papier.docx" in screen
    assert "Prendre ce papier" in screen
    assert (served.root / CHARTE).read_bytes() == before
    key = screen.split('name="papier" value="')[1].partition('"')[0]
    assert "Le papier est pris" in served.post("/modeles/charte/prendre", papier=key).text
    assert (served.root / CHARTE).read_bytes() == other
    assert "est revenu" in served.post("/modeles/charte/rendre").text
    assert (served.root / CHARTE).read_bytes() == before
