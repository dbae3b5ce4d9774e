"""Roles and the names Word gives to styles."""

from __future__ import annotations

import doctest

import pytest

from ctgdocs.templates import roles
from ctgdocs.templates.roles import ROLES, find


def test_doctests() -> None:
    assert doctest.testmod(roles).failed == 0


def test_every_role_has_its_own_style() -> None:
    ids = [style.id for style in ROLES.values()]
    assert len(ids) == len(set(ids))


def test_every_parent_and_follower_is_a_role() -> None:
    for style in ROLES.values():
        assert not style.based_on or ROLES[style.based_on].type == style.type
        assert not style.next or style.next in ROLES


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Titre 1", "heading 1"),
        ("titre 1", "heading 1"),
        ("Corps de texte", "Body Text"),
        ("Liste à puces", "List Bullet"),
        ("Note de bas de page", "footnote text"),
        ("Grille du tableau", "Table Grid"),
        ("Visa maison", "Visa Maison"),
    ],
)
def test_an_agent_names_a_style_as_word_shows_it(typed: str, stored: str) -> None:
    names = ["heading 1", "Body Text", "List Bullet", "footnote text", "Table Grid", "Visa Maison", "Title"]
    assert find(typed, names) == stored


def test_a_style_really_called_titre_wins_over_the_built_in() -> None:
    assert find("Titre", ["Title", "Titre"]) == "Titre"


def test_an_unknown_style_is_not_found() -> None:
    assert find("Style inexistant", ["Normal"]) is None
