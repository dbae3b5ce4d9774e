"""The form of an entry: what is typed goes to its field and nowhere else; nothing is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browsing import Served, a_copy, serve

from ctgdocs.kinds import KINDS
from ctgdocs.page.shapes import label_of, record_of

ACT = "/fiches/deliberation/2026-058"
FILE = "content/deliberations/2026-058.yaml"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Served:
    return serve(a_copy(tmp_path_factory.mktemp("fiche")))


def sent(page: Served, path: str, **fields: str) -> str:
    """What a form sends: `champ__avant=…` stands for what the screen showed."""
    form = {}
    for name, value in fields.items():
        at, _, before = name.partition("__")
        form[f"{'a' if before else 'v'}:{at.replace('_0_', '.0.')}"] = value
    return page.post(path, **form).text


def says(page: Served, file: str = FILE) -> str:
    return (page.root / file).read_text("utf-8")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_act_of_the_sample_has_its_form(served: Served, kind) -> None:  # type: ignore[no-untyped-def]
    for path in sorted((served.root / "content" / kind.shelf).glob("*.yaml")):
        answer = served.get(f"/fiches/{kind.name}/{path.stem}")
        assert answer.status == 200
        ids = re.findall(r' id="([^"]+)"', answer.text)
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "registry", ["elus", "communes", "visas", "partenaires", "instances", "seances", "dossiers"]
)
def test_every_entry_of_a_registry_has_its_form(served: Served, registry: str) -> None:
    links = re.findall(rf'href="(/fiches/{registry}/[^"]+)"', served.get(f"/registres/{registry}").text)
    assert links
    assert all(served.get(link).status == 200 for link in links[:3])


def test_a_label_has_its_accents_and_a_description_her_words() -> None:
    assert [label_of(name) for name in ("seance", "matiere", "decisions", "considerants")] == [
        "Séance",
        "Matière",
        "Décisions",
        "Considérants",
    ]
    for kind in KINDS:
        for one in record_of(kind.registry.type()).values():
            assert "identifiant de" not in one.help


def test_a_field_is_written_where_it_stands_and_undone(desk: Served) -> None:
    before = says(desk)
    text = sent(desk, ACT, numero="2026-060", numero__avant="")
    assert "numero: 2026-060\n" in says(desk)
    assert before.splitlines()[0] in says(desk)
    assert "Annuler" in text
    desk.post(f"{ACT}/annuler")
    assert says(desk) == before


def test_what_changed_elsewhere_is_not_overwritten_and_both_values_are_shown(desk: Served) -> None:
    file = "content/dossiers/laep-itinerant.yaml"
    seen = re.search(r"^objet: (.*)$", says(desk, file), re.MULTILINE)
    assert seen is not None
    (desk.root / file).write_text(says(desk, file).replace(seen[1], "Objet écrit ailleurs", 1), "utf-8")
    text = sent(desk, "/fiches/dossiers/laep-itinerant", objet="Objet de la page", objet__avant=seen[1])
    assert "Objet écrit ailleurs" in text
    assert "Objet de la page" in text
    assert "objet: Objet écrit ailleurs" in says(desk, file)
    sent(desk, "/fiches/dossiers/laep-itinerant", matiere="8.1", matiere__avant="8.2")
    assert "objet: Objet écrit ailleurs" in says(desk, file)


def test_a_value_that_the_rules_refuse_is_kept_and_told_beside_its_field(desk: Served) -> None:
    text = sent(desk, "/fiches/deliberation/2026-059", publication="30 février", publication__avant="")
    assert "publication: 30 février" in says(desk, "content/deliberations/2026-059.yaml")
    assert 'aria-invalid="true"' in text
    sent(desk, "/fiches/deliberation/2026-059", publication="", publication__avant="30 février")
    assert "publication" not in says(desk, "content/deliberations/2026-059.yaml").replace("# publication", "")


def test_what_the_dossier_lends_is_changed_here_alone(desk: Served) -> None:
    dossier = says(desk, "content/dossiers/ctg-renouvellement.yaml")
    act = "content/deliberations/2026-045.yaml"
    desk.post("/fiches/deliberation/2026-045", geste="prendre:visas")
    assert "  - cgct-l5211-1\n" in says(desk, act)
    desk.post("/fiches/deliberation/2026-045", geste="descendre:visas.0")
    assert "visas:\n  - casf-l214-1-3\n  - cgct-l5211-1\n" in says(desk, act)
    desk.post("/fiches/deliberation/2026-045", geste="retirer:visas.1")
    assert "cgct-l5211-1" not in says(desk, act)
    desk.post("/fiches/deliberation/2026-045", **{"geste": "ajouter:visas", "n:visas": "cgct-l5211-1"})
    assert says(desk, act).count("- cgct-l5211-1") == 1
    assert says(desk, "content/dossiers/ctg-renouvellement.yaml") == dossier


def test_an_entry_of_a_shared_file_is_changed_alone(desk: Served) -> None:
    before = says(desk, "content/elus.yaml").splitlines()
    sent(desk, "/fiches/elus/durand-claire", nom="Durand-Rey", nom__avant="Durand")
    changed = [line for line in says(desk, "content/elus.yaml").splitlines() if line not in before]
    assert len(changed) == 1
    assert "Durand-Rey" in changed[0]


@pytest.mark.parametrize("path", ["/fiches/elus/personne", "/fiches/rien/x", "/fiches/elus/..%2F..%2Fx"])
def test_what_is_not_there_is_not_found(served: Served, path: str) -> None:
    assert served.get(path).status == 404
    assert served.post(path, **{"v:nom": "x"}).status == 404


def test_what_is_typed_is_shown_as_text(desk: Served) -> None:
    sent(desk, "/fiches/deliberation/2026-048", objet="<script>alert(1)</script>", objet__avant=objet(desk))
    text = desk.get("/fiches/deliberation/2026-048").text
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text


def objet(page: Served) -> str:
    found = re.search(r"^objet: (.*)$", says(page, "content/deliberations/2026-048.yaml"), re.MULTILINE)
    return found[1].strip("'\"") if found else ""


def test_two_pages_on_one_folder_lose_nothing(tmp_path: Path) -> None:
    """Two agents share a folder, each with their page: each field is written, none over the other."""
    root = a_copy(tmp_path)
    one, other = serve(root), serve(root)
    sent(one, ACT, numero="2026-061", numero__avant="")
    sent(other, ACT, publication="2026-11-01", publication__avant="")
    assert "numero: 2026-061" in says(one)
    assert "publication: 2026-11-01" in says(one)
    text = sent(other, ACT, numero="2026-062", numero__avant="")
    assert "2026-061" in text
    assert "2026-062" not in says(one)


def test_an_agent_is_named_on_their_own_screen_alone(tmp_path: Path) -> None:
    root = a_copy(tmp_path)
    (root / "content/agents").mkdir(exist_ok=True)
    agent = root / "content/agents/agent-12.yaml"
    agent.write_text("civilite: Mme\nprenom: Zoé\nnom: Bellegarde\nnaissance: pas une date\n", "utf-8")
    page = serve(root)
    assert "Bellegarde" in page.get("/fiches/agents/agent-12").text
    for path in ("/", "/documents", "/fiches/fiche_de_poste/charge-de-cooperation-vaurelle"):
        assert "Bellegarde" not in page.get(path).text
