"""What the pen says about an act's texts: placeholders, tables, and the place of each problem."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from test_deliberation import plain, words
from workspaces import DELIBERATION, deliberation
from world import a_workspace, composed

from ctgdocs.findings import Finding
from ctgdocs.kinds import KINDS
from ctgdocs.line.orders import Options
from ctgdocs.line.run import generate
from ctgdocs.project import Project
from ctgdocs.prose import TableBlock
from ctgdocs.word.text import words_of


def with_expose(text: str) -> str:
    """The usual délibération with another exposé, its lines indented as the file wants."""
    lines = "\n".join(f"      {line}" if line else "" for line in text.split("\n"))
    return DELIBERATION.replace("      {executif} rappelle que la convention finit bientôt.", lines)


def found(root: Path, text: str) -> list[Finding]:
    return [finding for finding in deliberation(root, text).findings if finding.code != "etat"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("{executif}", "Madame la Présidente"),
        ("{collectivite}", "Communauté de communes des Trois-Vallées"),
        ("{montant:12500}", "12 500 €"),
        ("{montant:12 500,00}", "12 500,00 €"),
        ("{montant_en_lettres:12500}", "douze mille cinq cents euros (12 500 €)"),
        ("{date:2026-12-31}", "31 décembre 2026"),
        ("{partenaire:caf-82}", "Caisse d’allocations familiales de Tarn-et-Garonne"),
        ("{elu:petit-anne}", "Mme Anne Petit"),
        ("{instance:conseil-communautaire}", "conseil communautaire"),
        ("{commune:le-causol}", "Le Causol"),
        ("{deliberation:2026-045}", "la délibération n° 2026-045 du 24 septembre 2026"),
        ("{{executif}}", "{executif}"),
        ("la {deliberation:2026-045}", "la délibération n° 2026-045 du 24 septembre 2026"),
        ("voilà {deliberation:2026-045}", "voilà la délibération n° 2026-045 du 24 septembre 2026"),
    ],
)
def test_a_placeholder_says_what_is_typed_elsewhere(tmp_path: Path, typed: str, said: str) -> None:
    assert words(deliberation(tmp_path, with_expose(f"Début {typed} fin")).context["expose"]) == [
        f"Début {said} fin"
    ]


GUIDE = (Path(__file__).parents[2] / "docs/guide.md").read_text("utf-8")
TABLE = re.findall(
    r"(?m)^\| `(\{[^`]+\})` \| (.+) \|$",
    GUIDE.partition("<!-- placeholders")[2].partition("**Une somme")[0],
)
SHOWN = """
objet: Essai du guide
visas: [{deliberation: 2022-031, du: 2022-12-15}]
tableaux: {budget: {lignes: [[Poste, Montant], [Eau, 10]]}}
annexes: [Plan]
decisions: [d’essayer]
expose: |
"""
CITING = """
type: partenariat
titre: Essai du guide
parties: [{collectivite: oui}, {nom: Association des aidants}]
articles:
  - {titre: Objet, texte: "La ligne dit {article:duree} ici."}
  - {titre: Moyens, texte: Rien.}
  - {id: duree, titre: Durée, texte: Un an.}
"""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The pages of the sample's communauté that hold every placeholder of the guide, each with its line."""
    root = tmp_path_factory.mktemp("guide")
    for folder in ("content", "templates"):
        shutil.copytree(Path(__file__).parents[2] / folder, root / folder, copy_function=shutil.copyfile)
    alone = ("{tableau:budget}", "{graphique:barres}", "{article:duree}")
    lines = [f"  La ligne dit {typed} ici." for typed, _ in TABLE if typed not in alone]
    expose = "\n\n".join([*lines, "  {tableau:budget}", "  {graphique:barres}"])
    (root / "content/deliberations/2026-999.yaml").write_text(f"{SHOWN}{expose}\n", "utf-8")
    (root / "content/conventions/essai.yaml").write_text(CITING, "utf-8")
    report = generate(Project(root), KINDS, ["2026-999", "essai"], Options(jobs=1))
    assert not [one for one in report.findings if one.blocking]
    pages = [path for path in sorted(root.glob("sorties/*/*.docx")) if "essai" in path.name]
    assert len(pages) == 2
    return plain("\n".join(line for page in pages for line in words_of(page.read_bytes())))


@pytest.mark.parametrize(("typed", "said"), TABLE)
def test_a_placeholder_says_what_the_guide_promises(printed: str, typed: str, said: str) -> None:
    assert typed not in printed
    if typed == "{graphique:barres}":
        return  # a drawing has no words
    if typed == "{tableau:budget}":
        assert "\nPoste" in printed
    else:
        assert f"La ligne dit {said.partition(', dans une')[0]} ici." in printed


@pytest.mark.parametrize(
    ("typed", "message", "hint"),
    [
        ("{elu:petit-ane}", "l’élu « petit-ane » n’existe pas", "vouliez-vous dire « petit-anne » ?"),
        ("{executf}", "{executf} n’existe pas", "vouliez-vous dire {executif} ?"),
        ("{montant:douze}", "« douze » n’est pas un montant", "exemple : 12 500,00"),
        ("{date:2026-02-30}", "« 2026-02-30 » n’existe pas dans le calendrier", None),
        ("{convention:ctg}", "la convention « ctg » n’existe pas", None),
        ("{annexe:2}", "l’annexe 2 n’existe pas", "cet acte a 0 annexe dans « annexes »"),
        ("{deliberation:2019-001}", "la date de la délibération « 2019-001 » n’est pas connue", None),
        ("{tableau:x}", "le tableau « x » n’existe pas", None),
        (
            "{graphique:barres}",
            "{graphique:barres} doit être seul dans un paragraphe, sous le tableau qu’il montre",
            "laissez une ligne vide avant et après",
        ),
        ("{", "accolade « { » isolée", None),
    ],
)
def test_what_a_placeholder_cannot_say_is_an_error_at_its_place(
    tmp_path: Path, typed: str, message: str, hint: str | None
) -> None:
    (finding,) = found(tmp_path, with_expose(f"Une ligne.\n\nDeux {typed} mots."))
    assert finding.blocking
    assert plain(finding.message) == message
    assert hint is None or plain(" ".join(finding.hints)) == hint
    content = (tmp_path / "content/deliberations/2026-045.yaml").read_text(encoding="utf-8").splitlines()
    assert content[finding.place.line - 1][finding.place.column - 1 :].startswith(typed)


def test_a_problem_in_a_plain_field_is_at_its_column(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, DELIBERATION.replace("d’autoriser {executif}", "d’autoriser {executf}"))
    assert finding.place.field == "decisions.1.texte"
    assert finding.place.line > 0


def test_a_table_stands_where_it_is_cited(tmp_path: Path) -> None:
    text = with_expose("Avant\n\n{tableau:plan}\n\nAprès") + (
        "    tableaux:\n      plan:\n        titre: Plan\n        total: oui\n"
        "        lignes: [[Poste, Montant], [Eau, 1200], [Gaz, 800]]\n"
    )
    before, table, after = deliberation(tmp_path, text).context["expose"]
    assert isinstance(table, TableBlock)
    assert (table.caption, table.total, len(table.rows)) == ("Plan", True, 4)
    assert before.runs[0].text == "Avant"
    assert after.runs[0].text == "Après"


def test_a_chart_stands_under_the_table_it_shows(tmp_path: Path) -> None:
    markdown = "| Commune | Places |\n| --- | --- |\n| Lavol | 12 |\n| Le Causol | 9 |"
    text = with_expose(f"{markdown}\n\n{{graphique:secteurs}}\n\n{{tableau:plan}}\n\nAprès") + (
        "    tableaux:\n      plan:\n        graphique: barres\n        total: oui\n"
        "        lignes: [[Poste, Montant], [Eau, 1200], [Gaz, 800]]\n"
    )
    composition = deliberation(tmp_path, text)
    assert [finding for finding in composition.findings if finding.code != "etat"] == []
    blocks = list(composition.context["expose"])
    assert [type(block).__name__ for block in blocks] == [
        "TableBlock",
        "Chart",
        "TableBlock",
        "Chart",
        "Paragraph",
    ]
    assert [(blocks[at].form, blocks[at].categories) for at in (1, 3)] == [
        ("secteurs", ("Lavol", "Le Causol")),
        ("barres", ("Eau", "Gaz")),
    ]


@pytest.mark.parametrize(
    ("text", "field", "message"),
    [
        (with_expose("Texte") + "    tableaux: {plan: {graphique: courbe, lignes: [[A, B], [c, d]]}}\n",
         "tableaux.plan.graphique", "le tableau n’a pas de nombres à montrer en graphique"),
        (with_expose("Texte\n\n{graphique:barres}"), "expose", "{graphique:barres} doit être seul"),
        (with_expose("| A | B |\n| --- | --- |\n| c | 3 |\n\n{graphique:bares}"), "expose",
         "la sorte de graphique « bares » n’existe pas"),
    ],
)  # fmt: skip
def test_a_chart_that_cannot_be_is_told_where_it_is_asked_for(
    tmp_path: Path, text: str, field: str, message: str
) -> None:
    (finding,) = found(tmp_path, text)
    assert finding.place.field == field
    assert plain(finding.message).startswith(message)


def test_a_table_nobody_cites_closes_the_expose(tmp_path: Path) -> None:
    text = with_expose("Texte") + "    tableaux: {plan: {lignes: [[A, B], [1, 2]]}}\n"
    assert isinstance(deliberation(tmp_path, text).context["expose"].blocks[-1], TableBlock)


def test_a_table_may_come_from_a_file_beside_the_act(tmp_path: Path) -> None:
    text = with_expose("{tableau:plan}") + "    tableaux: {plan: {fichier: plan.csv}}\n"
    composition = deliberation(
        tmp_path, text, **{"deliberations/plan.csv": "Poste;Montant\nEau;1200\nTotal;1300\n"}
    )
    (table,) = composition.context["expose"]
    assert isinstance(table, TableBlock)
    (problem,) = (finding for finding in composition.findings if finding.code == "total")
    assert problem.place.field == "tableaux.plan.fichier"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("absent.csv", "le fichier « absent.csv » est introuvable"),
        ("../../secret.csv", "« ../../secret.csv » sort du dossier content/"),
        ("/etc/passwd", "« /etc/passwd » sort du dossier content/"),
        ("../elus.yaml", "« ../elus.yaml » n’est ni un CSV ni un XLSX"),
    ],
)
def test_a_file_outside_or_missing_is_refused(tmp_path: Path, name: str, message: str) -> None:
    text = with_expose("{tableau:plan}") + f"    tableaux: {{plan: {{fichier: {name}}}}}\n"
    (finding,) = found(tmp_path, text)
    assert plain(finding.message) == message


def test_the_attached_file_is_recorded_as_read(tmp_path: Path) -> None:
    from world import the_act

    from ctgdocs.kinds.deliberation.context import compose

    text = with_expose("{tableau:plan}") + "    tableaux: {plan: {fichier: plan.csv}}\n"
    project = a_workspace(
        tmp_path,
        **{"deliberations/2026-045.yaml": text, "deliberations/plan.csv": "Poste;Montant\nEau;1200\n"},
    )
    entry, library = the_act(project, "deliberation", "2026-045")
    reader = library.reader()
    compose(entry, reader)
    assert "fichier/content/deliberations/plan.csv" in reader.reads
    assert "elus/durand-claire" in reader.reads


def test_surnames_in_capitals_where_the_house_writes_them_so(tmp_path: Path) -> None:
    from world import content

    files = {
        "collectivite.yaml": content()["collectivite.yaml"]
        + "typographie: {noms: capitales, fonctions: majuscules}\n",
        "deliberations/2026-045.yaml": DELIBERATION,
    }
    context = composed(a_workspace(tmp_path, **files), "deliberation", "2026-045").context
    assert plain(context["secretaire"]) == "M. Paul MARTIN"
    assert context["signatures"][0] == {"qualite": "La Présidente", "nom": "Claire DURAND"}
