"""The next convention, from the button to the last decision, without a script."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator

import pytest
from blank import blank
from browsing import Answer, Served

from ctgdocs.content.gestures import plain, value_at
from ctgdocs.page.decisions import decided, decisions, steps, undecided
from ctgdocs.redline import reading

OLD, NEW = "ctg-2022-2026", "ctg-2032-2036"
FILE = f"content/conventions/{NEW}.yaml"


@pytest.fixture
def renewed(served: Served) -> Iterator[Served]:
    before = {*(served.root / "content").rglob("*")}
    answer = served.post(f"/conventions/{OLD}/renouveler", debut="01/01/2032", duree="5", nom=NEW)
    assert answer.status == 200
    yield served
    for path in sorted({*(served.root / "content").rglob("*")} - before, reverse=True):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def said(page: Served) -> dict:
    found = plain((page.root / FILE).read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def entitled(page: Served, title: str) -> None:
    text = (page.root / FILE).read_text("utf-8")
    new = re.sub(r"^titre: .*$", f"titre: {title}", text, count=1, flags=re.M)
    (page.root / FILE).write_text(new, "utf-8")


def test_the_next_convention_is_written_and_asks_what_is_left_to_decide(renewed: Served) -> None:
    found = said(renewed)
    assert (found["renouvelle"], found["statut"]) == (OLD, "projet")
    screen = renewed.get(f"/conventions/{NEW}/decider").text
    left = undecided(steps(found))
    assert left > 30
    assert f"Il reste {left} points à décider" in screen.replace("\u00a0", " ")
    assert "n’a été écrit" in renewed.post(f"/conventions/{OLD}/renouveler", nom=NEW).text


def test_a_decision_is_written_in_its_place_and_what_is_left_empty_stays_to_decide(renewed: Served) -> None:
    before = (renewed.root / FILE).read_text("utf-8").splitlines()
    suites = [one for one in decisions(said(renewed)) if one.choices]
    renewed.post(
        f"/conventions/{NEW}/decider/plan", **{f"d-{suites[0].key}": "adaptée", f"d-{suites[1].key}": " "}
    )
    now = said(renewed)
    assert value_at(now, suites[0].at) == "adaptée"
    assert [one.key for one in decisions(now) if one.choices] == [one.key for one in suites[1:]]
    after = (renewed.root / FILE).read_text("utf-8").splitlines()
    assert len([line for line in after if line not in before]) <= 1


def test_two_brackets_of_one_text_are_written_together(renewed: Served) -> None:
    entitled(renewed, '"Le [à compléter : mot] du [à compléter : lieu]"')
    renewed.post(f"/conventions/{NEW}/decider/reste", **{"d-titre:0": "projet", "d-titre:1": "Causse"})
    assert said(renewed)["titre"] == "Le projet du Causse"


def test_without_words_a_bracket_goes_away_and_its_empty_field_with_it() -> None:
    found = {"titre": "Projet [à compléter : nom]", "version": "[à compléter : date]"}
    assert decided(found, "titre:0", "").value == "Projet"
    assert decided(found, "version:0", "").act == "remove"


def test_a_point_decided_elsewhere_meanwhile_is_not_written_over(renewed: Served) -> None:
    before = (renewed.root / FILE).read_bytes()
    answer = renewed.post(f"/conventions/{NEW}/decider/plan", **{"d-plan.axes.99.titre:0": "x"})
    assert "déjà été décidé" in answer.text
    assert (renewed.root / FILE).read_bytes() == before


def test_what_changes_is_shown_and_nothing_typed_becomes_a_tag(renewed: Served) -> None:
    entitled(renewed, "Projet <script>alert(1)</script> social")
    screen = renewed.get(f"/conventions/{NEW}/comparer").text
    assert "<ins>" in screen
    assert "<del>" in screen
    assert "<script>alert" not in screen


def _sent(page: Served, form: str, data: bytes) -> Answer:
    """A Word file sent to be compared, to be read here (`lire`) or opened in Word."""
    parts = {"jeton": page.access.token, "forme": form}
    fields = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parts.items()
    )
    head = '--x\r\nContent-Disposition: form-data; name="recu"; filename="signée.docx"\r\n\r\n'
    body = f"{fields}{head}".encode() + data + b"\r\n--x--\r\n"
    kind = {"Content-Type": "multipart/form-data; boundary=x", "Cookie": page.cookie}
    return page.ask("POST", f"/conventions/{NEW}/comparer", body, headers=kind)


def test_what_changes_opens_in_word_as_tracked_changes(renewed: Served) -> None:
    answer = renewed.get(f"/conventions/{NEW}/comparer.docx")
    assert "filename*=utf-8''" in answer.headers["content-disposition"]
    read = reading(answer.body)
    assert read.insertions
    assert read.deletions


def test_a_word_file_that_came_from_elsewhere_is_compared_by_its_words(renewed: Served) -> None:
    document, data = blank(), io.BytesIO()
    document.add_paragraph("LES PARTIES S'ENGAGENT SUR TROIS AXES.")
    document.save(data)
    screen = _sent(renewed, "lire", data.getvalue()).text
    assert "Seuls les mots sont comparés" in screen
    assert "<del>" in screen
    read = reading(_sent(renewed, "word", data.getvalue()).body)
    assert (bool(read.insertions), read.looks) == (True, 0)
    refused = _sent(renewed, "lire", b"rien")
    assert (refused.status, "n’est pas un document Word" in refused.text) == (409, True)


def test_each_party_gets_its_deliberation_to_complete(renewed: Served) -> None:
    answer = renewed.post(f"/conventions/{NEW}/deliberations")
    assert "délibérations écrites" in answer.text
    made = {path.name for path in (renewed.root / "content/deliberations").glob(f"{NEW}-*.yaml")}
    assert f"{NEW}-communaute-de-communes.yaml" in made


def test_a_file_with_a_slip_is_told_and_left(renewed: Served) -> None:
    entitled(renewed, "deux : points : ici")
    before = (renewed.root / FILE).read_bytes()
    for answer in (renewed.get(f"/conventions/{NEW}/decider"), renewed.get("/conventions")):
        assert answer.status in (200, 409)
        assert "erreur" in answer.text
    renewed.post(f"/conventions/{NEW}/decider/plan", **{"d-titre:0": "x"})
    assert (renewed.root / FILE).read_bytes() == before
