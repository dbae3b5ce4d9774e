"""A content file against its type: every problem at once, in French, where it stands."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field, model_validator

from ctgdocs.content.reading import parse
from ctgdocs.content.validation import digest, validate
from ctgdocs.stages import Entry, Items, Mapping, Node, Text
from ctgdocs.vocabulary.scalars import DateFr, Entier, Fiche, Identifiant, Montant, OuiNon, Texte, refused
from ctgdocs.vocabulary.seances import Vote


class Membre(Fiche):
    elu: Identifiant = Field(examples=["roy-jean"])
    excuse: OuiNon = False


class Plan(Fiche):
    montant: Montant


class Seance(Fiche):
    lieu: Texte = Field(examples=["salle des fêtes"])
    date: DateFr
    session: Literal["ordinaire", "extraordinaire"] = "ordinaire"
    rapporteur: Identifiant | None = None
    absents: tuple[Membre, ...] = ()
    plans: dict[Identifiant, Plan] = Field(default_factory=dict)
    effectif: Annotated[Entier, Field(ge=1, le=200)] = 30
    plan: Texte | Plan | None = None
    secretaires: Annotated[tuple[Identifiant, ...], Field(min_length=1)] = ("a",)
    note: Annotated[str, Field(max_length=10)] = ""

    @model_validator(mode="after")
    def _nobody_twice(self) -> Seance:
        seen: set[str] = set()
        for position, membre in enumerate(self.absents):
            if membre.elu in seen:
                raise refused("en-double", f"« {membre.elu} » est cité deux fois", "", "absents", position)
            seen.add(membre.elu)
        return self


GOOD = "lieu: Belmaure\ndate: 2026-09-24\n"


def checked(text: str, type: type[BaseModel] = Seance) -> tuple[Entry | None, list[str]]:
    source, findings = parse(text.encode(), "content/seances/x.yaml")
    assert source is not None, findings
    entry, problems = validate(source.root, type, source, (), "seances", "x")
    said = [
        f"{f.place.line}:{f.place.column} ({f.place.field}) [{f.code}] {f.message}"
        + (f" | {f.hints[0]}" if f.hints else "")
        for f in problems
    ]
    return entry, said


def the_problem(text: str) -> str:
    entry, said = checked(GOOD + text)
    assert entry is None
    assert len(said) == 1, said
    return said[0]


def test_a_good_file_is_an_entry_with_its_places() -> None:
    entry, said = checked(GOOD + "absents:\n  - {elu: roy-jean, excuse: oui}\n")
    assert entry is not None
    assert not said
    assert entry.key == "seances/x"
    assert entry.value.absents[0].excuse is True
    assert str(entry.place("absents", 0, "elu")) == "content/seances/x.yaml:4:11 (absents.0.elu)"


def test_an_unknown_field_proposes_the_nearest_one_at_the_field_itself() -> None:
    assert the_problem("raporteur: durand-claire\n") == (
        "3:1 (raporteur) [champ-inconnu] champ inconnu « raporteur » : vouliez-vous dire « rapporteur » ?"
    )


def test_an_unknown_field_near_nothing_lists_the_known_ones() -> None:
    assert the_problem("absents: [{elu: a, zzz: 1}]\n") == (
        "3:20 (absents.0.zzz) [champ-inconnu] champ inconnu « zzz » | champs possibles : elu, excuse"
    )


def test_a_missing_field_is_named_with_an_example() -> None:
    _, said = checked("date: 2026-09-24\n")
    assert said == [
        "1:1 (lieu) [champ-manquant] champ obligatoire absent : « lieu » | ajoutez « lieu: salle des fêtes »"
    ]


def test_a_missing_field_of_a_list_item_stands_at_the_item() -> None:
    assert the_problem("absents:\n  - elu: a\n  - excuse: oui\n") == (
        "5:5 (absents.1.elu) [champ-manquant] champ obligatoire absent : « elu » | ajoutez « elu: roy-jean »"
    )


def test_an_empty_field_is_a_missing_one() -> None:
    _, said = checked("lieu:\ndate: 2026-09-24\nrapporteur:\n")
    assert said == [
        "1:1 (lieu) [champ-manquant] champ obligatoire absent : « lieu » | ajoutez « lieu: salle des fêtes »"
    ]


def test_a_misspelt_required_field_is_said_once() -> None:
    _, said = checked("lieux: Belmaure\ndate: 2026-09-24\n")
    assert said == ["1:1 (lieux) [champ-inconnu] champ inconnu « lieux » : vouliez-vous dire « lieu » ?"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "absents: roy-jean\n",
            "3:10 (absents) [type] attendu une liste, trouvé du texte | écrivez [roy-jean], ou",
        ),
        (
            "absents: [roy-jean]\n",
            "3:11 (absents.0) [type] attendu une fiche (des champs « nom : valeur »), trouvé du",
        ),
        ("rapporteur: [a]\n", "3:13 (rapporteur) [type] attendu un identifiant, trouvé une liste"),
        (
            "note: {executif}\n",
            "3:7 (note) [type] attendu du texte, trouvé une fiche (des champs « nom : valeur ») | mettez",
        ),
        (
            "plans: [a]\n",
            "3:8 (plans) [type] attendu une fiche (des champs « nom : valeur »), trouvé une liste",
        ),
        (
            "session: extra\n",
            "3:10 (session) [choix] valeur inconnue « extra » | valeurs possibles : ordinaire, ext",
        ),
        (
            "session: ordinare\n",
            "3:10 (session) [choix] valeur inconnue « ordinare » : vouliez-vous dire « ordinaire » ?",
        ),
        ("session: [a]\n", "3:10 (session) [type] attendu du texte, trouvé une liste | valeurs possibles"),
        ("effectif: 0\n", "3:11 (effectif) [nombre] « 0 » : attendu au moins 1"),
        ("effectif: 201\n", "3:11 (effectif) [nombre] « 201 » : attendu au plus 200"),
        ("secretaires: []\n", "3:14 (secretaires) [liste] la liste doit avoir au moins 1 élément"),
        ("note: douze lettres\n", "3:7 (note) [longueur] texte trop long : 13 caractères, 10 au plus"),
        ("plans: {Éa: {montant: 1}}\n", "3:9 (plans.Éa) [identifiant] « Éa » n’est pas un identifiant"),
        ("plans: {a: {montant: x}}\n", "3:22 (plans.a.montant) [montant] « x » n’est pas un montant"),
        (
            "rapporteur: true\nabsents: [{elu: a, excuse: true}]\n",
            "4:28 (absents.0.excuse) [oui-non] attendu oui ou non",
        ),
    ],
)
def test_a_wrong_value_says_what_was_expected_and_what_was_found(text: str, said: str) -> None:
    assert the_problem(text).startswith(said)


def test_a_choice_of_types_speaks_of_the_one_that_was_meant() -> None:
    assert the_problem("plan: {montant: x}\n").startswith("3:17 (plan.montant) [montant]")
    assert the_problem("plan: [a]\n").startswith("3:7 (plan) [type] attendu du texte ou une fiche")


def test_a_check_across_fields_points_at_the_guilty_one() -> None:
    assert the_problem("absents:\n  - elu: a\n  - elu: b\n  - elu: a\n") == (
        "6:5 (absents.2) [en-double] « a » est cité deux fois"
    )


def test_a_text_that_its_colon_cut_in_two_says_so() -> None:
    said = the_problem("absents:\n  - Jean Roy : malade\n")
    assert said.startswith("4:5 (absents.0) [type] attendu du texte, trouvé une fiche")
    assert 'mettez tout entre guillemets, "Jean Roy : malade"' in said
    assert 'mettez tout entre guillemets, "la suite : a"' in the_problem("note: {la suite : a}\n")


def test_a_no_break_space_before_a_colon_is_named() -> None:
    assert "une espace insécable s’est glissée" in the_problem("rapporteur\u00a0: durand-claire\n")


def test_every_problem_of_a_file_comes_out_in_its_order() -> None:
    _, said = checked("date: mercredi 24 septembre 2026\nsession: x\nabsents: [{elu: É}, {}]\nzzz: 1\n")
    assert [line.split(" [")[1].split("]")[0] for line in said] == [
        *("champ-manquant", "D1", "choix", "identifiant", "champ-manquant", "champ-inconnu"),
    ]


def test_an_entry_of_a_registry_keeps_its_place_in_the_file() -> None:
    source, _ = parse(b"roy-jean:\n  elu: roy-jean\npetit-anne:\n  elu: \xc3\x89\n", "content/elus.yaml")
    assert source is not None
    node = source.root["petit-anne"]  # type: ignore[index]
    entry, (finding,) = validate(node, Membre, source, ("petit-anne",), "elus", "petit-anne")
    assert entry is None
    assert str(finding.place) == "content/elus.yaml:4:8 (petit-anne.elu)"


def node_of(text: str) -> Node:
    source, _ = parse(text.encode(), "x.yaml")
    assert source is not None
    return source.root


def test_a_digest_ignores_comments_layout_and_quotes() -> None:
    typed = node_of("a: x\nb: [1, {c: d}]\n")
    same = node_of("# un commentaire\na:   'x'\n\nb:   # autre\n  - \"1\"\n  - c: d\n")
    assert digest(typed) == digest(same)


def test_an_empty_field_does_not_change_the_digest_of_an_entry() -> None:
    first, _ = checked(GOOD)
    second, _ = checked(GOOD + "rapporteur:\n")
    assert first is not None
    assert second is not None
    assert first.digest == second.digest


NODES = st.recursive(
    st.text(max_size=5).map(Text),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda found: _items(found))
        | st.dictionaries(st.text(max_size=3), inner, max_size=3).map(lambda found: _mapping(found))
    ),
    max_leaves=6,
)


def _items(found: list[Node]) -> Items:
    items = Items(1, 1)
    items.extend(found)
    return items


def _mapping(found: dict[str, Node]) -> Mapping:
    mapping = Mapping(1, 1)
    mapping.update((Text(key), value) for key, value in found.items())
    return mapping


@given(NODES, NODES)
def test_two_contents_have_one_digest_only_when_they_are_the_same(one: Node, other: Node) -> None:
    same = one == other and repr(one) == repr(other)
    assert (digest(one) == digest(other)) is same


class Point(Fiche):
    vote: Vote | None = None


@pytest.mark.parametrize("typed", ["Prend acte", "pris acte", "prise d’acte"])
def test_a_record_typed_as_one_text_says_which_texts_there_are(typed: str) -> None:
    _, (said,) = checked(f"vote: {typed}\n", Point)
    assert said.startswith(f"1:7 (vote) [choix] valeur inconnue « {typed} »")
    assert said.endswith(" | valeurs possibles : unanimité, adoptée, rejetée, prend acte")
