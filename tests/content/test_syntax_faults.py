"""YAML that does not parse: the real cause, at its place, with what to type instead."""

from __future__ import annotations

import pytest
import yaml

from ctgdocs.content import tree
from ctgdocs.content.reading import parse

CASES = [
    ("objet: Convention : la suite\n", "1:19", "« : » suivi d’une espace dans la valeur de « objet »"),
    ("- objet: a : b\n", "1:12", "« : » suivi d’une espace dans la valeur de « objet »"),
    ("objet Convention\nseance: 1\n", "1:1", "il manque « : » après le nom du champ « objet Convention »"),
    ("objet:Convention\nseance: 1\n", "1:1", "il manque une espace ordinaire après « objet: »"),
    ("objet:\u00a0Convention\nseance: 1\n", "1:1", "il manque une espace ordinaire après « objet: »"),
    ("a: 1\n  b: 2\n", "2:4", "« b: 2 » n’est pas aligné avec la ligne 1"),
    ("a: b\ntexte libre\nc: d\n", "2:1", "« texte libre » n’est ni un champ ni la suite du texte au-dessus"),
    ("expose: |\n  Madame\nrappelle que\n", "3:1", "« rappelle que » n’est ni un champ ni la suite du texte"),
    ("a: [x, y\nb: 1\n", "1:4", "« [ » n’est jamais fermé"),
    ("a: {x: 1\nb: 2\n", "1:4", "« { » n’est jamais fermé"),
    ("a: [\n", "1:4", "« [ » n’est jamais fermé"),
    ('a: ["x" y]\n', "1:9", "il manque une virgule ou « ] »"),
    ('a: "abc\nb: 2\n', "1:4", 'le guillemet « " » ouvert ici n’est jamais fermé'),
    ("a: 'abc\nb: 2\n", "1:4", "le guillemet « ' » ouvert ici n’est jamais fermé"),
    ("a: 'l'avis du'\n", "1:7", "du texte suit le guillemet fermant « ' »"),
    ('a: "x" y\n', "1:8", 'du texte suit le guillemet fermant « " »'),
    ("a: {executif} signe\n", "1:15", "du texte suit « } »"),
    ("a: [x] y\n", "1:8", "du texte suit « ] »"),
    ("a:\n\tb: 1\n", "2:1", "tabulation en début de ligne"),
    ("a:\n  b: 1\n\tc: 1\n", "3:1", "tabulation en début de ligne"),
    ("a:\n  b: 1\n c: 2\n", "3:2", "retrait incohérent : « c: 2 »"),
    ("a:\n  - b\n - c\n", "3:2", "ce tiret n’est pas aligné"),
    ("a: - b\n", "1:4", "une liste ne commence pas sur la ligne de son champ"),
    ("a: @x\n", "1:4", "une valeur ne peut pas commencer par « @ »"),
    ("a: `x`\n", "1:4", "une valeur ne peut pas commencer par « ` »"),
    ("a: %x\n", "1:4", "une valeur ne peut pas commencer par « % »"),
    ("a: ]\n", "1:4", "une valeur ne peut pas commencer par « ] »"),
    ("a: **gras**\n", "1:4", "la valeur commence par « * »"),
    ("a: & b\n", "1:4", "la valeur commence par « & »"),
    ("a: > x\n", "1:4", "du texte suit « > » sur la même ligne"),
    ("a: | x\n", "1:4", "du texte suit « | » sur la même ligne"),
    ("Les communes\n# liste\nnom: x\n", "1:1", "« Les communes » n’est ni un champ ni un commentaire"),
    ("a: 1\n% b: 2\n", "2:1", "une ligne ne peut pas commencer par « % »"),
    ('a: "C:\\Users"\n', "1:9", "une barre oblique inverse"),
]


@pytest.mark.parametrize("parser", [yaml.Loader, tree.PARSER], ids=["python", "libyaml"])
@pytest.mark.parametrize(("text", "where", "words"), CASES)
def test_a_fault_says_its_real_cause_where_it_is(
    text: str, where: str, words: str, parser: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "PARSER", parser)
    source, (finding,) = parse(text.encode(), "x.yaml")
    assert source is None
    assert (finding.code, f"{finding.place.line}:{finding.place.column}") == ("yaml", where)
    assert words in finding.message
    assert finding.hints


def test_a_colon_in_a_value_shows_the_line_to_type() -> None:
    _, (finding,) = parse(b"objet: Convention : la suite\n", "x.yaml")
    assert finding.hints == ('mettez la valeur entre guillemets : objet: "Convention : la suite"',)


def test_the_line_to_type_is_yaml() -> None:
    _, (finding,) = parse(b'objet: le "plan" : la suite\n', "x.yaml")
    source, findings = parse(finding.hints[0].partition(" : ")[2].encode(), "x.yaml")
    assert source is not None
    assert not findings
