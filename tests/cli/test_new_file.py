"""What `ctgdocs nouveau` writes: a project, whatever the example shows."""

from __future__ import annotations

import pytest
import yaml

from ctgdocs.cli.nouveau import _example, begun
from ctgdocs.kinds import KINDS


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_new_file_leaves_what_comes_later_as_comments(kind) -> None:  # type: ignore[no-untyped-def]
    example = _example(kind)
    fresh = begun(example, kind.later)
    typed = yaml.load(fresh, yaml.BaseLoader)
    assert not set(kind.later) & set(typed)
    assert set(typed) | set(kind.later) >= set(yaml.load(example, yaml.BaseLoader))
    assert len(fresh.split("\n")) == len(example.split("\n"))


@pytest.mark.parametrize("objet", ['Tarifs : "accueil" 2027', "a\\b", "- x", "{y}", "# z", "l’aide & <b>"])
def test_the_objet_given_is_the_objet_written(objet: str) -> None:
    fresh = begun("objet: un exemple\nrapporteur: martin-paul\n", (), objet)
    assert yaml.load(fresh, yaml.BaseLoader) == {"objet": objet, "rapporteur": "martin-paul"}


def test_an_objet_over_several_lines_is_replaced_whole() -> None:
    fresh = begun("objet: >-\n  un exemple\n  en deux lignes\nmatiere: x\n", (), "Tarifs")
    assert yaml.load(fresh, yaml.BaseLoader) == {"objet": "Tarifs", "matiere": "x"}
