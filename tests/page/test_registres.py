"""Registries in the page: what a table shows, what an edit of a row writes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browsing import Served

FILE = "content/elus.yaml"


@pytest.fixture
def persons(served: Served) -> Iterator[Served]:
    kept = (served.root / FILE).read_bytes()
    yield served
    (served.root / FILE).write_bytes(kept)


def test_a_table_says_names_and_not_ids(persons: Served) -> None:
    said = persons.get("/registres/elus").text
    assert "Belmaure-de-Vaurelle" in said
    assert "<td>belmaure-de-vaurelle</td>" not in said
    assert "63 lignes" in said.replace("\u00a0", " ")


def test_it_is_searched_and_sorted_without_a_script(persons: Served) -> None:
    found = persons.get("/registres/elus?q=castan+helene").text
    assert found.count('<tr id="l-') == 1
    names = [
        part.partition('"')[0]
        for part in persons.get("/registres/elus?tri=commune&sens=desc").text.split('<tr id="l-')[1:]
    ]
    assert names != sorted(names)
    assert len(names) == 63


def test_a_row_is_edited_in_place_and_nothing_else_moves(persons: Served) -> None:
    before = (persons.root / FILE).read_text("utf-8").splitlines()
    form = {"v:fonction": "conseillère communautaire", "a:fonction": "2e vice-présidente"}
    answer = persons.post("/registres/elus/castan-helene", **form)
    after = (persons.root / FILE).read_text("utf-8").splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 1
    assert "conseillère communautaire" in changed[0][1]
    assert answer.status == 200


def test_a_row_that_changed_meanwhile_is_shown_as_it_is_now(persons: Served) -> None:
    form = {"v:fonction": "membre", "a:fonction": "ce que l’écran montrait"}
    before = (persons.root / FILE).read_bytes()
    answer = persons.post("/registres/elus/castan-helene", **form)
    assert answer.status == 409
    assert "a changé entre-temps" in answer.text
    assert (persons.root / FILE).read_bytes() == before


@pytest.mark.parametrize(
    "path",
    ["/registres/collectivite", "/registres/inconnu", "/registres/elus/personne", "/registres/elus/.."],
)
def test_what_is_no_registry_and_no_row_is_not_there(persons: Served, path: str) -> None:
    assert persons.get(path).status in (404, 405)


@pytest.mark.parametrize("name", ["communes", "instances", "partenaires", "visas", "dossiers", "agents"])
def test_every_registry_has_its_table(persons: Served, name: str) -> None:
    assert persons.get(f"/registres/{name}").status == 200
