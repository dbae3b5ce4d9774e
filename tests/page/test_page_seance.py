"""The evening, touch by touch, without a script: what is written, and that nothing else moves."""

from __future__ import annotations

import pytest
from browsing import Served

SEANCE = "content/seances/2026-09-24.yaml"
ACT = "content/deliberations/2026-048.yaml"
AT = "/seances/2026-09-24/2026-048"


@pytest.fixture
def evening(served: Served) -> Served:
    """The sample's séance, given back as it was."""
    kept = {name: (served.root / name).read_bytes() for name in (SEANCE, ACT)}
    yield served
    for name, data in kept.items():
        (served.root / name).write_bytes(data)


def lines(page: Served, name: str) -> list[str]:
    return (page.root / name).read_text("utf-8").splitlines()


def test_the_point_shows_who_is_there_and_the_sentence_that_is_printed(evening: Served) -> None:
    said = evening.get(AT).text
    assert "33 présents pour 20 requis" in said.replace("\u00a0", " ")
    assert "à l’unanimité des suffrages exprimés" in said.replace("\u00a0", " ")
    assert 'id="t-rey-olivier"' in said


def test_a_touch_takes_a_vote_to_the_next_voice_and_writes_that_alone(evening: Served) -> None:
    before = lines(evening, ACT)
    voices = []
    for _ in range(4):
        evening.post(f"{AT}/voix/lopez-marc", toucher="vote")
        vote = next(line for line in lines(evening, ACT) if line.startswith("vote:"))
        voices.append(vote.removeprefix("vote: "))
    assert voices == [
        "{abstentions: [rey-olivier], contre: [lopez-marc]}",
        "{abstentions: [rey-olivier, lopez-marc]}",
        "{abstentions: [rey-olivier], ne_prend_pas_part: [lopez-marc]}",
        "{abstentions: [rey-olivier]}",
    ]
    assert [line for line in lines(evening, ACT) if not line.startswith("vote:")] == [
        line for line in before if not line.startswith("vote:")
    ]


def test_a_member_who_leaves_gives_his_pouvoir_from_that_point_on(evening: Served) -> None:
    before = lines(evening, SEANCE)
    answer = evening.post(
        f"{AT}/presence/castan-helene", place="pouvoir", mandataire="lopez-marc", heure="19h52"
    )
    assert "34 présents" not in answer.text
    after = lines(evening, SEANCE)
    assert [line for line in after if line in before] == before
    added = " ".join(line.strip(" -") for line in after if line not in before)
    assert added == "elu: castan-helene quitte_a: 2026-048 heure: 19h52 pouvoir_a: lopez-marc"
    evening.post(f"{AT}/presence/castan-helene", place="présent")
    assert lines(evening, SEANCE) == before


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"place": "pouvoir", "mandataire": ""}, "Dites à qui va le pouvoir"),
        ({"place": "pouvoir", "mandataire": "petit-anne"}, "doit être là quand il est donné"),
        ({"place": "présent", "heure": "25h"}, "n’est pas une heure"),
        ({}, "Choisissez où est ce membre"),
    ],
)
def test_what_a_seance_cannot_say_changes_nothing(evening: Served, fields: dict[str, str], says: str) -> None:
    before = lines(evening, SEANCE)
    answer = evening.post(f"{AT}/presence/castan-helene", **fields)
    assert says in answer.text
    assert lines(evening, SEANCE) == before


def test_a_secret_ballot_is_written_in_figures_and_names_nobody(evening: Served) -> None:
    evening.post(f"{AT}/scrutin", mode="secret", pour="30", contre="4", blancs="2", nuls="")
    assert "vote: {mode: secret, pour: 30, contre: 4, blancs: 2}" in lines(evening, ACT)
    refused = evening.post(f"{AT}/voix/lopez-marc", toucher="vote").text
    assert "donné en nombres" in refused
    assert "n’est pas un nombre" in evening.post(f"{AT}/scrutin", mode="secret", pour="trente").text


def test_the_order_of_the_points_moves_one_line(evening: Served) -> None:
    before = lines(evening, SEANCE)
    evening.post("/seances/2026-09-24/ordre/deplacer", rang="2", sens="descendre")
    after = lines(evening, SEANCE)
    assert sorted(after) == sorted(before)
    assert after.index("  - 2026-046") < after.index("  - 2026-045")


def test_a_point_is_voted_as_it_stands_then_comes_the_next(evening: Served) -> None:
    evening.post(f"{AT}/scrutin", quoi="reporter")
    assert not [line for line in lines(evening, ACT) if line.startswith("vote")]
    answer = evening.post(f"{AT}/valider")
    assert "vote: unanimité" in lines(evening, ACT)
    assert "Point 6" in answer.text


def test_its_papers_are_made_together_and_what_they_wait_for_is_said(evening: Served) -> None:
    screen = evening.get("/seances/2026-09-24/papiers").text
    assert "Émargement" in screen
    assert "Procès-verbal" in screen
    assert "(ctgdocs" not in screen
    actes = evening.get("/seances/2026-09-24/papiers/actes.csv")
    assert "2026-045" in actes.text
    assert "attend les votes" in evening.get("/seances/2026-06-25/papiers/actes.csv").text


@pytest.mark.parametrize("path", ["elus", "seance/2026-09-24", "plan/ctg-2027-2031", "budget/laep-itinerant"])
def test_what_is_typed_here_is_had_as_a_workbook(served: Served, path: str) -> None:
    answer = served.ask("GET", f"/classeurs/{path}", headers={"Cookie": served.cookie})
    name = path.replace("/", "-")
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}.xlsx"'
    assert answer.text.startswith("PK")


@pytest.mark.parametrize("path", ["elus/durand-claire", "seance", "agents", "plan/inconnue"])
def test_what_makes_no_workbook_is_told(served: Served, path: str) -> None:
    assert served.get(f"/classeurs/{path}").status in (404, 409)
