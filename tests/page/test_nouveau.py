"""A new act and a new entry, from the page: written once, never over another, its form comes next."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from browsing import Served

from ctgdocs.page.screens.nouveau import choices


@pytest.fixture
def page(served: Served) -> Iterator[Served]:
    kept = served.root.parent / "garde"
    shutil.copytree(served.root / "content", kept)
    yield served
    shutil.rmtree(served.root / "content")
    kept.rename(served.root / "content")


@pytest.mark.parametrize("one", choices(), ids=lambda one: one.word)
def test_each_begins_and_its_form_comes_next(page: Served, one) -> None:  # type: ignore[no-untyped-def]
    assert page.get(f"/nouveau?genre={one.word}").status == 200
    names = {"seance": "10/12/2026", "elu": "Mme Jeanne Talabot", "agent": "M. Luc Ferrand"}
    form = {"genre": one.word, "nom": names.get(one.word, "relais du causse")}
    answer = page.post("/nouveau", **form)
    assert answer.status == 200
    assert "C’est écrit" in answer.text
    again = page.post("/nouveau", **form)
    assert "existe déjà" in again.text


def test_a_deliberation_takes_the_next_number_and_its_subject(page: Served) -> None:
    before = {path.name for path in (page.root / "content/deliberations").glob("*.yaml")}
    page.post("/nouveau", genre="deliberation", nom="", objet="Adhésion à un groupement de commandes")
    (made,) = {path.name for path in (page.root / "content/deliberations").glob("*.yaml")} - before
    text = (page.root / "content/deliberations" / made).read_text("utf-8")
    assert made.startswith("2026-")
    assert "objet: Adhésion à un groupement de commandes" in text


@pytest.mark.parametrize(
    "form", [{"genre": "inconnu", "nom": "x"}, {"genre": "elu", "nom": ""}, {"genre": "note", "nom": "…"}]
)
def test_what_has_no_name_is_not_written(page: Served, form: dict[str, str]) -> None:
    before = {path: path.read_bytes() for path in (page.root / "content").rglob("*.yaml")}
    answer = page.post("/nouveau", **form)
    assert answer.status == 409
    assert {path: path.read_bytes() for path in (page.root / "content").rglob("*.yaml")} == before
