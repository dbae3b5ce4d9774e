"""A value changes where it stands; everything else of the file stays, to the byte."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ctgdocs.content.edit import Edit
from ctgdocs.content.gestures import Gesture, Unwritable, plain, value_at
from ctgdocs.content.setting import Value, after
from ctgdocs.stages import Steps

FILE = """\
# yaml-language-server: $schema=../.schemas/deliberation.json
objet: Avis sur le projet   # court, pour l’ordre du jour
cle-inconnue: "gardée"
matiere: '8.2'

# Les textes, dans l’ordre
visas:
  - cgct-l5211-1
  # celui-ci n’est plus valable après 2027
  - cog-2023-2027      # à vérifier
  - {deliberation: 2022-031, du: 2022-12-15}
vote: {contre: [roy-jean], abstentions: [lopez-marc]}   # un pouvoir
expose: |
  Un premier paragraphe.

  - un tiret : et la suite
motif: >-
  Un texte plié
  sur deux lignes.

  Un second paragraphe.
decisions:
- d’approuver la convention
- titre: Signature
  texte: d’autoriser la présidente
    à la signer
transmission:
"""
CASES = {
    "plain": (("objet",), "Avis rendu", "objet: Avis rendu   # court, pour l’ordre du jour"),
    "quotes it takes": (("objet",), "Avis : rendu", 'objet: "Avis : rendu"   # court, pour l’ordre du jour'),
    "double": (("cle-inconnue",), "dite « ainsi »", 'cle-inconnue: "dite « ainsi »"'),
    "single": (("matiere",), "8.3", "matiere: '8.3'"),
    "quotes it no longer needs": (("matiere",), "fonction publique", "matiere: fonction publique"),
    "in a list": (("visas", 1), "casf", "  - casf      # à vérifier"),
    "on one line": (
        ("vote", "contre", 0),
        "petit-anne",
        "vote: {contre: [petit-anne], abstentions: [lopez-marc]}   # un pouvoir",
    ),
    "without a value": (("transmission",), "2026-09-28", "transmission: 2026-09-28"),
    "joins its record": (
        ("vote", "votants"),
        "12",
        "vote: {contre: [roy-jean], abstentions: [lopez-marc], votants: 12}   # un pouvoir",
    ),
}


def lines_changed(before: str, now: str) -> list[str]:
    told = difflib.ndiff(before.splitlines(), now.splitlines())
    return [line[2:] for line in told if line.startswith("+ ")]


@pytest.mark.parametrize("case", CASES)
def test_one_line_changes_and_keeps_its_dress(case: str) -> None:
    at, value, line = CASES[case]
    assert lines_changed(FILE, after(FILE, Gesture("set", at, value))) == [line]


def test_a_block_keeps_its_style_and_the_lines_of_what_stays() -> None:
    new = after(FILE, Gesture("set", ("motif",), "Un texte plié sur deux lignes.\nUn autre."))
    assert lines_changed(FILE, new) == ["  Un autre."]
    new = after(FILE, Gesture("set", ("expose",), "Un premier paragraphe.\n\n- un tiret : et la fin"))
    assert lines_changed(FILE, new) == ["  - un tiret : et la fin"]


def test_a_text_that_grows_becomes_a_block() -> None:
    new = after(FILE, Gesture("set", ("objet",), "Un\n\ndeux"))
    assert new.startswith(
        FILE.partition("objet")[0] + "objet: |   # court, pour l’ordre du jour\n  Un\n\n  deux\ncle"
    )


def test_a_field_takes_its_place_among_those_of_its_type() -> None:
    order = ("objet", "seance", "matiere", "publication")
    text = "objet: Avis\n# de la nomenclature\nmatiere: '8.2'\n"
    new = after(text, Gesture("set", ("seance",), "2026-09-24"), order)
    assert new == "objet: Avis\nseance: 2026-09-24\n# de la nomenclature\nmatiere: '8.2'\n"
    assert after("", Gesture("set", ("objet",), "Avis"), order) == "objet: Avis\n"
    new = after("# rien\n", Gesture("set", ("vote", "contre"), ["roy-jean"]), order)
    assert new == "# rien\nvote:\n  contre:\n    - roy-jean\n"


def test_items_move_with_the_comments_above_and_beside_them() -> None:
    new = after(FILE, Gesture("move", ("visas", 1), to=0))
    assert new.partition("visas:\n")[2].startswith(
        "  # celui-ci n’est plus valable après 2027\n  - cog-2023-2027      # à vérifier\n  - cgct-l5211-1\n"
    )
    assert after(new, Gesture("move", ("visas", 0), to=1)) == FILE


def test_an_item_taken_away_leaves_its_comments() -> None:
    new = after(FILE, Gesture("remove", ("visas", 1)))
    assert value_at(plain(new), ("visas",)) == [
        "cgct-l5211-1",
        {"deliberation": "2022-031", "du": "2022-12-15"},
    ]
    assert "# celui-ci n’est plus valable après 2027" in new
    assert "# à vérifier" in new
    assert after(FILE, Gesture("remove", ("vote", "contre"))).count("vote: {abstentions: [lopez-marc]}") == 1


def test_an_item_is_written_as_its_neighbours_stand() -> None:
    new = after(FILE, Gesture("insert", ("decisions", 1), "d’engager\n\ndeux choses"))
    assert "- d’approuver la convention\n- |\n  d’engager\n\n  deux choses\n- titre: Signature\n" in new
    new = after(FILE, Gesture("insert", ("visas", 3), {"texte": "loi", "du": "2026-01-01"}))
    assert lines_changed(FILE, new) == ["  - texte: loi", "    du: 2026-01-01"]


def test_what_leads_nowhere_is_refused() -> None:
    for gesture in (Gesture("remove", ("visas", 9)), Gesture("set", ("objet", "nom"), "x")):
        with pytest.raises(Unwritable):
            after(FILE, gesture)


SAMPLE = [path.read_text("utf-8") for path in sorted((Path(__file__).parents[2] / "content").rglob("*.yaml"))]
ODD = ["a: b", "# x", "- y", "deux\nlignes", "p\n\n- un\n  - deux\n\nfin", "  bord", "'q'", '"d"', "{x}"]
ODD += ["x " * 120, "*a", "oui", "2026-01-02", "fin:", "a #b", "é\u00a0à", "~", "null", "1.10"]
SIGNS = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff\u0085")
TEXTS = st.one_of(st.text(SIGNS, max_size=40), st.sampled_from(ODD))


def places(value: Value, path: Steps = ()) -> list[Steps]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(one for step, child in below for one in places(child, (*path, step)))]


@st.composite
def gestures(draw: st.DrawFn) -> tuple[str, Gesture]:
    """A file of the sample or the one above, with the line ends and the mark of Windows or not; and something
    done in it."""
    text = draw(st.sampled_from([FILE, FILE, *SAMPLE]))
    text = text.replace("\n", "\r\n") if draw(st.booleans()) else text
    text = "\ufeff" + text if draw(st.booleans()) else text
    said = plain(text)
    at = draw(st.sampled_from(places(said)[1:]))
    value = value_at(said, at)
    if isinstance(value, str):
        return text, Gesture("set", at, draw(TEXTS))
    steps = list(value) if isinstance(value, dict) else list(range(len(value or ())))
    act = draw(st.sampled_from(["add", "move", "remove"])) if len(steps) > 1 else "add"
    if act == "add" and isinstance(value, dict):
        return text, Gesture("set", (*at, "champ-neuf"), draw(TEXTS))
    if act == "add":
        item = draw(st.one_of(TEXTS, st.dictionaries(st.sampled_from(["elu", "texte"]), TEXTS, min_size=1)))
        return text, Gesture("insert", (*at, draw(st.integers(0, len(steps)))), item)
    step = draw(st.sampled_from(steps))
    if act == "remove":
        return text, Gesture("remove", (*at, step))
    return text, Gesture("move", (*at, step), to=draw(st.integers(0, len(steps) - 1)))


@settings(max_examples=150, deadline=None)
@given(gestures())
def test_whatever_is_done_only_that_changes(made: tuple[str, Gesture]) -> None:
    """The file says the same but for the value; its comments are all there; its line ends are its own; and
    what stands before and after the record that holds the value is the same to the byte."""
    text, gesture = made
    new = after(text, gesture)
    first = next((at for at, (a, b) in enumerate(zip(text, new, strict=False)) if a != b), len(new))
    before = plain(text)
    now = plain(new)
    assert isinstance(before, dict)
    assert isinstance(now, dict)
    top = str(gesture.at[0])
    assert {key: one for key, one in before.items() if key != top} == {
        key: one for key, one in now.items() if key != top
    }
    assert new.startswith(text[:first])
    assert ("\r\n" in new) is ("\r\n" in text)
    assert "\n" not in new.replace("\r\n", "") or "\r\n" not in text
    assert new.startswith("\ufeff") is text.startswith("\ufeff")
    texts = (said for path in places(before) if isinstance(said := value_at(before, path), str))
    titles = {row.strip() for said in texts for row in said.splitlines()}  # of Markdown, in a text
    comments = {line.strip() for line in text.splitlines() if line.lstrip().startswith("#")} - titles
    assert [line for line in comments if line not in new] == []


@pytest.mark.parametrize("sign", ["[", "{", "- ", "? "])
def test_what_nests_without_end_is_refused_before_it_uses_up_the_stack(sign: str) -> None:
    with pytest.raises(yaml.YAMLError):
        Edit(sign * (200_000 // len(sign)))
