"""`{placeholders}`: a fixed list, never an expression."""

from __future__ import annotations

import pytest

from ctgdocs.composing.citations import _SAYINGS
from ctgdocs.composing.inline import NAMES, scan, substitute


def test_each_name_says_something() -> None:
    assert set(_SAYINGS) == set(NAMES)


def test_placeholders_are_found_with_their_place() -> None:
    (first, second), problems = scan("{executif} signe\nla {deliberation:2022-031}")
    assert problems == ()
    assert (first.name, first.argument, first.place[:3]) == ("executif", "", ("", 1, 1))
    assert (second.name, second.argument, second.place[:3]) == ("deliberation", "2022-031", ("", 2, 4))


def test_a_doubled_brace_is_a_brace() -> None:
    assert scan("{{executif}}") == ((), ())
    assert substitute("{{executif}} et {executif}", {"executif": "X"}) == "{executif} et X"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("{executf}", "{executf} n’existe pas", "vouliez-vous dire {executif} ?"),
        ("{montant}", "{montant} est incomplet", "par exemple {montant:12500}"),
        ("{executif:x}", "{executif:x} : « executif » ne prend rien après lui", "écrivez {executif}"),
        ("a { b", "accolade « { » isolée", "pour une accolade dans le texte, doublez-la : {{"),
        ("{% if %}", "{% if %} n’existe pas", None),
        ("{x.y()}", "{x.y()} n’existe pas", None),
    ],
)
def test_anything_else_is_a_problem(text: str, message: str, hint: str | None) -> None:
    found, (problem,) = scan(text)
    assert found == ()
    assert problem.message == message
    assert hint is None or problem.hints == (hint,)
