"""A plan d'actions kept in a spreadsheet, and the board that goes back to one."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from ctgdocs.findings import Place, Severity, Stopped
from ctgdocs.kinds.convention.classeur import read_plan
from ctgdocs.kinds.convention.plan import Action, Axe, Indicateur
from ctgdocs.kinds.convention.plan_headings import field_of
from ctgdocs.kinds.convention.plan_lu import Plan, board, totals
from ctgdocs.vocabulary.actes import LigneDuPlan


def a_sheet(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def a_plan(*axes: Axe) -> Plan:
    return Plan(axes, lambda *path: Place("plan", field=".".join(map(str, path))))


def read(*rows: list[object]) -> tuple[tuple[Axe, ...], list[tuple[str, str]]]:
    axes, findings, *_ = read_plan("content/conventions/plan.xlsx", a_sheet(*rows))
    return axes, [(one.place.field, one.message) for one in findings if one.severity is not Severity.INFO]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Action", "titre"),
        ("INTITULE DE L'ACTION", "titre"),
        ("N°", "numero"),
        ("Objectif opérationnel", "objectifs"),
        ("Objectifs opérationnels (3 max.)", "objectifs"),
        ("Coût (€)", "cout"),
        ("Pilotes", "pilote"),
        ("État d’avancement", "avancement"),
        ("Financement Caf", "financements"),
        ("Part de la communauté de communes", "financements"),
        ("Couleur", ""),
        ("", ""),
    ],
)
def test_a_heading_is_known_in_an_agent_s_own_words(heading: str, field: str) -> None:
    assert field_of(heading) == field


def test_rows_become_axes_and_actions() -> None:
    axes, problems = read(
        ["Plan d’actions 2027-2031"],
        [],
        ["Axe", "N°", "Intitulé", "Pilote", "Partenaires", "Coût", "Financement Caf", "Part CC", "Début"],
        [
            "Petite enfance",
            1.1,
            "Micro-crèche",
            "CC",
            "Caf ; MSA",
            480000,
            264000,
            216000,
            datetime.date(2027, 3, 1),
        ],
        [None, 1.2, "Relais", "CC", None, None, None, None, None],
        ["Jeunesse", 2.1, "Conseil des jeunes", None, None, "12 500 €", None, None, None],
        ["Total", None, None, None, None, 492500, None, None, None],
    )
    assert problems == []
    assert [(axe.titre, [action.titre for action in axe.actions]) for axe in axes] == [
        ("Petite enfance", ["Micro-crèche", "Relais"]),
        ("Jeunesse", ["Conseil des jeunes"]),
    ]
    creche = axes[0].actions[0]
    assert (creche.numero, creche.cout, creche.partenaires) == ("1.1", 480000, ("Caf", "MSA"))
    assert [(one.libelle, one.montant) for one in creche.financements] == [("Caf", 264000), ("CC", 216000)]
    assert creche.debut == datetime.date(2027, 3, 1)
    assert axes[1].actions[0].cout == Decimal(12500)


def test_what_is_wrong_is_said_at_its_cell() -> None:
    axes, problems = read(
        ["Axe", "Action", "Coût", "Avancement"],
        ["Petite enfance", "Relais", "beaucoup", "en cours"],
        ["Petite enfance", "Crèche", 10, "on verra"],
    )
    assert axes == ()
    assert problems == [
        ("cellule C2", "« beaucoup » n’est pas un montant"),
        ("cellule D3", "« on verra » n’est pas attendu ici"),
    ]


def test_a_row_without_its_action_is_a_problem() -> None:
    _, problems = read(["Axe", "Action", "Pilote"], ["Jeunesse", "Accueil", "CC"], [None, None, "Caf"])
    assert [place for place, _ in problems] == ["cellule A3"]


def test_a_column_that_means_nothing_is_mentioned() -> None:
    _, findings, *_ = read_plan(
        "content/conventions/plan.xlsx", a_sheet(["Action", "Pilote", "Couleur"], ["Relais", "CC", "bleu"])
    )
    assert [(one.code, one.severity, one.place.field) for one in findings] == [
        ("colonne-ignoree", Severity.ALERTE, "cellule C1")
    ]


def test_a_sheet_without_actions_is_refused() -> None:
    with pytest.raises(Stopped, match="aucune ligne de titres"):
        read_plan("content/conventions/plan.xlsx", a_sheet(["Dépenses", "Montant"], ["Achats", 10]))


def test_actions_that_have_ended_take_no_number_and_no_money() -> None:
    plan = a_plan(
        Axe(
            titre="Jeunesse",
            actions=(
                Action(titre="Accueil", suite="poursuivie", cout=Decimal(100)),
                Action(titre="Bus", suite="abandonnee", origine="2.2", cout=Decimal(900)),
                Action(titre="Étude", suite="Terminée", origine="2.3", cout=Decimal(800)),
                Action(
                    titre="Conseil",
                    suite="nouvelle",
                    financements=(LigneDuPlan(libelle="Caf", montant="50"),),
                ),
            ),
        )
    )
    assert [(one.numero, one.action.titre) for one in plan.actions()] == [
        ("1.1", "Accueil"),
        ("2.2", "Bus"),
        ("2.3", "Étude"),
        ("1.2", "Conseil"),
    ]
    assert totals(plan) == (Decimal(150), {"Caf": Decimal(50)})


# --- the board ------------------------------------------------------------------------------------------

words = st.text("abcdefghijklmnopéèàç", min_size=1, max_size=12).map(lambda word: f"x{word}")
amounts = st.decimals(0, 10_000_000, places=2, allow_nan=False)
indicators = st.builds(
    Indicateur,
    intitule=words,
    nature=st.sampled_from([None, "quantitatif", "qualitatif"]),
    cible=st.none() | words,
    source=st.none() | words,
)
actions = st.builds(
    Action,
    titre=words,
    suite=st.sampled_from([None, "poursuivie", "adaptée", "nouvelle"]),
    constat=st.none() | words,
    objectifs=st.lists(words, max_size=3).map(tuple),
    partenaires=st.lists(words, max_size=3).map(tuple),
    pilote=st.none() | words,
    cout=st.none() | amounts,
    financements=st.lists(st.builds(LigneDuPlan, libelle=words, montant=amounts), max_size=3).map(tuple),
    debut=st.none() | st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 1, 1)),
    indicateurs=st.lists(indicators, max_size=3).map(tuple),
    avancement=st.sampled_from([None, "à venir", "en cours", "réalisée"]),
)
plans = st.lists(
    st.builds(
        Axe,
        titre=words,
        enjeu=st.none() | words,
        actions=st.lists(actions, min_size=1, max_size=3).map(tuple),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda axe: axe.titre,
)


@settings(max_examples=40, deadline=None)
@given(plans)
def test_the_board_reads_back_as_the_plan(axes: list[Axe]) -> None:
    plan = a_plan(*axes)
    read_back, findings, *_ = read_plan("content/conventions/suivi.xlsx", board(plan, "Suivi"))
    assert findings == ()
    assert [(axe.titre, axe.enjeu) for axe in read_back] == [(axe.titre, axe.enjeu) for axe in axes]
    before = list(plan.actions())
    after = [action for axe in read_back for action in axe.actions]
    for one, action in zip(before, after, strict=True):
        expected = one.action.model_copy(update={"numero": one.numero, "cout": one.action.budget})
        assert action == expected


def test_the_board_is_the_same_each_time_and_holds_no_formula() -> None:
    plan = a_plan(Axe(titre="Axe", actions=(Action(titre="=1+1", cout=Decimal(10)),)))
    data = board(plan, "Suivi")
    assert data == board(plan, "Suivi")
    page = load_workbook(io.BytesIO(data)).active
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    at = rows[0].index("Action")
    assert page.cell(2, at + 1).data_type == "s"
    assert rows[1][at] == "=1+1"
    assert (rows[-1][0], rows[-1][rows[0].index("Coût")]) == ("Total", 10)


# --- workbooks as people keep them ----------------------------------------------------------------------


def a_merged_sheet(
    rows: list[list[object]], merged: tuple[str, ...] = (), hidden: tuple[int | str, ...] = ()
) -> bytes:
    book = Workbook()
    page = book.worksheets[0]
    for row in rows:
        page.append(row)
    for span in merged:
        page.merge_cells(span)
    for one in hidden:
        (page.row_dimensions if isinstance(one, int) else page.column_dimensions)[one].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_an_action_merged_over_several_rows_is_one() -> None:
    rows: list[list[object]] = [
        ["Axe", "Action", "Coût", "Financement Caf", "Indicateurs", "Constat"],
        ["Enfance", "Ouvrir un lieu", 100, 60, "familles", "manque"],
        [None, None, 20, None, "séances", "attente"],
        [None, "Former", 5, None, "stages", None],
    ]
    axes, findings, *_ = read_plan("content/c/plan.xlsx", a_merged_sheet(rows, ("A2:A4", "B2:B3")))
    lieu, former = axes[0].actions
    assert findings == ()
    assert (lieu.cout, [one.intitule for one in lieu.indicateurs]) == (120, ["familles", "séances"])
    assert (lieu.constat, former.titre) == ("manque\n\nattente", "Former")


def test_headings_on_two_rows_name_the_funders() -> None:
    rows: list[list[object]] = [
        ["Action", "Coût", "Financement", None],
        [None, None, "Caf", "Commune"],
        ["Relais", 100, 60, 40],
    ]
    axes, findings, *_ = read_plan("content/c/plan.xlsx", a_merged_sheet(rows, ("A1:A2", "B1:B2", "C1:D1")))
    assert findings == ()
    assert [(one.libelle, one.montant) for one in axes[0].actions[0].financements] == [
        ("Caf", 60),
        ("Commune", 40),
    ]


def test_rows_that_a_filter_hides_stay_in_the_plan_and_are_told() -> None:
    rows: list[list[object]] = [["Action", "Coût", "Pilote"], ["Relais", 1, "CC"], ["Crèche", 2, "CC"]]
    axes, findings, *_ = read_plan("content/c/plan.xlsx", a_merged_sheet(rows, hidden=(2, "C")))
    assert [(one.titre, one.pilote) for one in axes[0].actions] == [("Relais", "CC"), ("Crèche", "CC")]
    assert [(one.severity, one.message) for one in findings] == [
        (Severity.INFO, "1 ligne masquée du classeur (2) : reprise dans le plan"),
        (Severity.INFO, "1 colonne masquée du classeur (C) : reprise dans le plan"),
    ]


@pytest.mark.parametrize("total", [15, 16])
def test_the_totals_of_the_sheet_are_verified(total: int) -> None:
    rows: list[list[object]] = [
        ["Axe", "Action", "Suite", "Coût", "Part Caf"],
        ["A", "Relais", "poursuivie", 10, 4],
        ["A", "Crèche", "poursuivie", 5, 2],
        ["B", "Bus", "abandonnée", 7, 1],
        ["TOTAL", None, None, total, 7],
        ["* montants estimés", None, None, None, None],
    ]
    csv = "\n".join(";".join("" if cell is None else str(cell) for cell in row) for row in rows).encode()
    for name, data in (("plan.xlsx", a_sheet(*rows)), ("plan.csv", csv)):
        axes, findings, *_ = read_plan(f"content/c/{name}", data)
        assert [axe.titre for axe in axes] == ["A", "B"]
        assert [(one.code, one.severity, one.place.field) for one in findings] == [
            ("total", Severity.ALERTE, "cellule D5")
        ] * (total != 15)


def test_a_column_that_is_not_understood_stays_in_the_board_with_its_values() -> None:
    rows: list[list[object]] = [
        ["Action", "Pilote", "Code analytique", "Part prévue", "Revue le"],
        ["Relais", "CC", "0412", 0.25, datetime.date(2027, 3, 1)],
        ["Crèche", "CC", None, None, None],
    ]
    book = load_workbook(io.BytesIO(a_sheet(*rows)))
    book.worksheets[0]["D2"].number_format = "0.0%"
    stream = io.BytesIO()
    book.save(stream)
    axes, findings, cells, others = read_plan("content/c/plan.xlsx", stream.getvalue())
    assert [(one.code, one.severity) for one in findings] == [("colonne-ignoree", Severity.ALERTE)] * 3
    written = board(Plan(axes, cells.place, findings, cells.source, others), "Suivi")
    page = load_workbook(io.BytesIO(written)).worksheets[0]
    said = {page.cell(1, at).value: page.cell(2, at) for at in range(1, page.max_column + 1)}
    assert said["Code analytique"].value == "0412"
    assert (said["Part prévue"].value, said["Part prévue"].number_format) == (0.25, "0.0%")
    assert said["Revue le"].value == datetime.datetime(2027, 3, 1)
    again = read_plan("content/c/suivi.xlsx", written)
    assert [(one.heading, [cell.text for cell in one.cells]) for one in again.others] == [
        (one.heading, [cell.text for cell in one.cells]) for one in others
    ]


def test_each_funder_has_its_column_and_its_total_in_the_board() -> None:
    lignes = (LigneDuPlan(libelle="Caf", montant="60"), LigneDuPlan(libelle="Commune", montant="40"))
    plan = a_plan(Axe(titre="A", actions=(Action(titre="Relais", financements=lignes), Action(titre="Bus"))))
    page = load_workbook(io.BytesIO(board(plan, "Suivi"))).worksheets[0]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    at = rows[0].index("Financement Caf")
    assert rows[0][at + 1] == "Financement Commune"
    assert [row[at : at + 2] for row in rows[1:]] == [[60, 40], [None, None], [60, 40]]
