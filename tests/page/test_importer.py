"""What she has, dropped or pasted: understood, corrected, accepted; nothing written before."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from browsing import Served

LIST = "Civilité\tNom\tPrénom\tCommune\tFonction\nMme\tTALABOT\tJeanne\tLavol\tconseillère communautaire\n"
POST = """FICHE DE POSTE
Intitulé du poste : Animatrice du relais petite enfance
Service : Petite enfance
Cadre d’emplois : éducateurs de jeunes enfants
Missions
- Animer les ateliers avec les assistantes maternelles
- Informer les familles
Horaires : 28 h par semaine environ, à préciser
"""
OFFER = """Animateur du relais (h/f)
Lieu de travail : Esparnac
RELATIONS FONCTIONELLES
- Les familles
"""


@pytest.fixture
def page(served: Served) -> Iterator[Served]:
    """The sample's content, given back as it was."""
    kept = served.root.parent / "garde"
    shutil.copytree(served.root / "content", kept)
    yield served
    shutil.rmtree(served.root / "content")
    kept.rename(served.root / "content")


def sent(page: Served, name: str, data: bytes, **fields: str) -> str:
    """A file sent by the form, as a browser sends it."""
    mark = "----limite"
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
        for field, value in {"jeton": page.access.token, **fields}.items()
    ]
    parts.append(
        f'--{mark}\r\nContent-Disposition: form-data; name="fichier"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n".encode()
    )
    body = b"".join([*parts, data, f"\r\n--{mark}--\r\n".encode()])
    kind = {"Content-Type": f"multipart/form-data; boundary={mark}", "Cookie": page.cookie}
    answer = page.ask("POST", "/importer", body, kind)
    return answer.headers["location"] if answer.status == 303 else answer.text


def test_a_list_pasted_from_excel_joins_the_elus_once_it_is_accepted(page: Served) -> None:
    before = (page.root / "content/elus.yaml").read_text("utf-8")
    screen = page.post("/importer", colle=LIST).text
    assert "Jeanne Talabot" in screen
    assert "yaml" not in screen
    assert "Écrire ces changements" in screen
    assert (page.root / "content/elus.yaml").read_text("utf-8") == before
    address = screen.split('action="/importer/')[1].partition('"')[0]
    page.post(f"/importer/{address}")
    after = (page.root / "content/elus.yaml").read_text("utf-8")
    assert "talabot-jeanne:" in after
    assert before.splitlines()[0] == after.splitlines()[0]
    assert "n’est plus en attente" in page.post(f"/importer/{address}").text


def test_a_file_is_read_beside_what_is_understood(page: Served) -> None:
    screen = page.get(sent(page, "poste.txt", POST.encode())).text
    assert "fiche de poste" in screen
    assert screen.count("Animer les ateliers") > 1


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ({"v:0:relations.titre": "Avec qui"}, "  titre: Avec qui\n"),
        ({"vu:0:relations.titre": "oui"}, "  titre: Relations fonctionnelles\n"),
        ({}, "  titre: Relations fonctionnelles  # à vérifier : titre mal orthographié\n"),
    ],
)
def test_a_doubt_is_corrected_confirmed_or_stays(page: Served, typed: dict[str, str], written: str) -> None:
    address = sent(page, "offre.txt", OFFER.encode())
    assert "mal orthographié" in page.get(address).text
    page.post(address, **typed)
    text = (page.root / "content/fiches_de_poste/animateur-du-relais-h-f.yaml").read_text("utf-8")
    assert written in text
    assert ("à vérifier" in text) is not bool(typed)


def test_what_is_left_is_not_written(page: Served) -> None:
    address = sent(page, "poste.txt", POST.encode())
    assert "Rien n’a été écrit" in page.post(address, geste="laisser").text
    assert not list((page.root / "content/fiches_de_poste").glob("*relais*.yaml"))


def test_what_is_there_already_leaves_its_name_to_it(page: Served) -> None:
    page.post(sent(page, "poste.txt", POST.encode()))
    again = sent(page, "poste.txt", POST.encode())
    assert "est déjà dans votre espace" in page.get(again).text
    page.post(again)
    assert len(list((page.root / "content/fiches_de_poste").glob("animatrice-du-relais*.yaml"))) == 2


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("lettre.txt", b"Bonjour, merci de votre accueil.", "n’est pas reconnu"),
        ("acte.docx", b"PK\x03\x04 coupe", "acte.docx"),
        ("image.png", b"\x89PNG", "image.png"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(page: Served, name: str, data: bytes, says: str) -> None:
    answer = sent(page, name, data)
    assert says in answer
    assert "pas prévu" not in answer


def test_without_a_file_and_without_a_list_nothing_is_read(page: Served) -> None:
    assert "Choisissez un fichier" in page.post("/importer", colle="  ").text
