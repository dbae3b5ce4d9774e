"""Conventions as people make them in Word: every part found whatever the habit, every sentence once."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import yaml
from builders import a_project
from conventions import ACTIONS, ARTICLES, Habit, a_convention, sentences, with_extras
from hypothesis import given, settings
from hypothesis import strategies as st
from posts import WORD, a_word_file, paragraph, table

from ctgdocs.content.library import Library
from ctgdocs.content.reading import parse
from ctgdocs.content.validation import validate
from ctgdocs.findings import CtgdocsError
from ctgdocs.importing.document import opened
from ctgdocs.importing.reader import Proposal, Wish
from ctgdocs.kinds import KINDS
from ctgdocs.kinds.convention.acte import Acte
from ctgdocs.kinds.convention.from_word import propose, recognise
from ctgdocs.kinds.fiche_de_poste import from_word as fiches

HABITS = (
    Habit(),
    Habit("ARTICLE", "table", "rows", "A", "➢", "tabs", framed=True),
    Habit("decimal", "text", "rows", "1", "", "table"),
    Habit("roman", "table", "fiches", "A", "•", "tabs"),
    Habit("style", "text", "", "1", "", "table"),
    Habit("bold", "text", "fiches", "1", "-", "tabs", framed=True),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library(a_project(tmp_path_factory.mktemp("espace") / "espace"), KINDS)


def acte_of(proposal: Proposal) -> Acte:
    source, findings = parse(proposal.text.encode(), "content/conventions/essai.yaml")
    assert source is not None, findings
    entry, findings = validate(source.root, Acte, source, (), "convention", "essai")
    assert entry is not None, (findings, proposal.text)
    return entry.value


def texts_of(node: object) -> list[str]:
    if isinstance(node, dict):
        return [text for value in node.values() for text in texts_of(value)]
    if isinstance(node, list):
        return [text for value in node for text in texts_of(value)]
    return [" ".join(str(node).split())]


def plain(text: str) -> str:
    text = re.sub(r"\{(article|annexe):[^}]*\}|(?:l’)?(?:article|annexe) \d", "renvoi", text)
    return re.sub(r"\W+", "", text).lower()


def said(proposal: Proposal) -> str:
    return " ¶ ".join(plain(text) for text in texts_of(yaml.safe_load(proposal.text)))


@pytest.mark.parametrize("habit", HABITS)
def test_a_convention_is_read_whatever_the_habit(habit: Habit, library: Library) -> None:
    document = opened("ancienne.docx", a_convention(habit))
    assert recognise(document) >= 0.7
    assert max(reader.recognise(document) for reader in fiches.READERS) == 0
    proposal = propose(document, library)
    acte = acte_of(proposal)
    assert (acte.type, acte.titre, acte.statut) == ("ctg", "Convention territoriale globale", "valide")
    assert (str(acte.debut), str(acte.fin)) == ("2022-01-01", "2026-12-31")
    assert "signature: 2021-12-20" in proposal.text
    assert (acte.lieu, acte.exemplaires) == ("Brisolac", 5)
    assert [article.titre for article in acte.articles] == [article.title for article in ARTICLES]
    assert [annexe.titre for annexe in acte.annexes][:1] == ["Diagnostic partagé"]
    house, caf, *towns = acte.parties
    assert [one.nom for one in house.representants] == ["Verdolle"]
    assert house.autorite is not None
    assert house.autorite.deliberation == "2021-077"
    assert house.adresse is not None
    assert (house.adresse.lignes, house.adresse.ville) == (("4 place du Foirail",), "Brisolac")
    assert caf.nom_court == "la Caf"
    assert [(one.prenom, one.nom, one.fonction) for one in caf.representants] == [
        ("Paul", "Ségaline", "directeur"),
        ("Odile", "Farandou", "présidente du conseil d’administration"),
    ]
    assert [(one.commune, one.groupe) for one in towns] == [
        (name, "les communes signataires") for name in ("sauvadou", "le-mas-brisol", "peyreforte")
    ]
    assert "{article:moyens}" in (acte.articles[1].texte or "")
    assert "a-replacer" not in proposal.text


@pytest.mark.parametrize("habit", [habit for habit in HABITS if habit.plan])
def test_its_plan_is_read_in_either_orientation(habit: Habit, library: Library) -> None:
    acte = acte_of(propose(opened("ancienne.docx", a_convention(habit)), library))
    assert acte.plan is not None
    read = [
        (axe.titre, one.numero, one.titre, one.pilote, int(one.cout or 0), one.calendrier)
        for axe in acte.plan.axes
        for one in axe.actions
    ]
    assert read == [(*action[:4], int(action[4].replace(" ", "")), action[5]) for action in ACTIONS]
    assert [annexe.contenu for annexe in acte.annexes].count("plan-d-actions") == 1


@settings(max_examples=12, deadline=None)
@given(
    habit=st.builds(
        Habit,
        st.sampled_from(["article", "ARTICLE", "decimal", "roman", "style", "bold"]),
        st.sampled_from(["text", "table"]),
        st.sampled_from(["fiches", "rows", ""]),
        st.sampled_from(["1", "A"]),
        st.sampled_from(["-", "•", "➢", ">", ""]),
        st.sampled_from(["table", "tabs"]),
        framed=st.booleans(),
    )
)
def test_every_sentence_stands_once(library: Library, habit: Habit) -> None:
    text = said(propose(opened("ancienne.docx", a_convention(habit)), library))
    assert {sentence: text.count(plain(sentence)) for sentence in sentences()} == dict.fromkeys(
        sentences(), 1
    )


TRACKED = (
    '<w:p><w:r><w:t xml:space="preserve">Le comité siège </w:t></w:r><w:ins w:id="9" '
    'w:author="X"><w:r><w:t>à '
    'Brisolac</w:t></w:r></w:ins><w:del w:id="10" w:author="X"><w:r><w:delText>en '
    "ligne</w:delText></w:r></w:del>"
    "</w:p>"
)
STRUCK = "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>Cette clause ancienne ne vaut plus.</w:t></w:r></w:p>"
TICKED = (
    '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r><w:r><w:t xml:space="preserve"> Suivi '
    "trimestriel"
    "</w:t></w:r></w:p>"
)
BOXED = (
    '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
    "<w:p><w:r><w:t>Une remarque dans une zone de "
    "texte.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape>"
    "</w:pict></w:r></w:p>"
)


def test_what_word_alone_knows_is_read_once(library: Library) -> None:
    data = with_extras(a_convention(Habit()), TRACKED, STRUCK, TICKED, BOXED)
    proposal = propose(opened("ancienne.docx", data), library)
    acte_of(proposal)
    assert "Le comité siège à Brisolac" in proposal.text
    assert "en ligne" not in proposal.text
    assert "☒ Suivi trimestriel" in proposal.text
    assert proposal.text.count("Une remarque dans une zone de texte.") == 1
    assert "# à vérifier : passage barré dans l’original" in proposal.text
    assert any("modifications suivies ont été acceptées" in line for line in proposal.said)
    assert "en-tête de l’original : Convention territoriale globale – Pays de Brisol" in proposal.text


HARD_WRAPPED = """\
CONVENTION DE PARTENARIAT
Entre
la commune de Sauvadou, ci-après « la commune », représentée par son maire,
Mme Lise Cantaloube, agissant en vertu de la délibération n° 2025-014 du
6 mars 2025,
et
l’association Le Fournil partagé, ci-après « l’association », représentée par
son président, M. Yvan Troubat,
il est convenu ce qui suit.
Article 1er : Objet
La commune soutient le projet de l’association, joint en annexe, et met à sa
disposition l’ancien fournil communal.
Article 2 : Engagements
L’association s’engage à :
- ouvrir le fournil vingt heures par semaine, quarante semaines par an, sauf
  en août ;
- tenir des comptes ;
Elle rend compte chaque année.
Article 3 : Durée
La convention est conclue pour trois ans, du 1er avril 2025 au 31 mars 2028.
Fait à Sauvadou, le 18 mars 2025
Le maire,                                Le président,
Lise Cantaloube                          Yvan Troubat

ANNEXE : LE PROJET EN BREF
Trois fournées par semaine sont cuites avec les habitants, puis vendues au
marché du samedi.
"""


def test_lines_cut_by_a_width_are_joined_and_paragraphs_are_not(library: Library) -> None:
    acte = acte_of(propose(opened("convention.txt", HARD_WRAPPED.replace("\n", "\r\n").encode()), library))
    objet, engagements, duree = acte.articles
    assert objet.texte == (
        "La commune soutient le projet de l’association, joint en annexe, et met à sa disposition l’ancien "
        "fournil communal."
    )
    assert engagements.texte == (
        "L’association s’engage à :\n\n"
        "- ouvrir le fournil vingt heures par semaine, quarante semaines par an, sauf en août ;\n"
        "- tenir des comptes ;\n\nElle rend compte chaque année."
    )
    assert duree.titre == "Durée"
    assert [annexe.titre for annexe in acte.annexes] == ["Le projet en bref"]
    town, club = acte.parties
    assert (town.commune, town.representants[0].nom, town.nom_court) == (
        "sauvadou",
        "Cantaloube",
        "la commune",
    )
    assert club.partenaire == "association-fournil-partage"


def test_lines_that_their_author_ended_stay_apart(library: Library) -> None:
    text = HARD_WRAPPED.replace("est convenu ce qui suit.\n", "est convenu ce qui suit.\n" + "x" * 200 + "\n")
    acte = acte_of(propose(opened("convention.txt", text.encode()), library))
    assert "et met à sa\n\ndisposition" in (acte.articles[0].texte or "")


def test_an_old_number_is_no_reference_of_ours(library: Library) -> None:
    habit = replace(Habit(), plan="")
    data = with_extras(
        a_convention(habit),
        "<w:p><w:r><w:t>Selon l’article 3 du code civil et l’article 12, voir l’annexe 9.</w:t></w:r></w:p>",
    )
    text = propose(opened("ancienne.docx", data), library).text
    assert "l’article 3 du code civil et l’article 12, voir l’annexe 9" in text


AVENANT = """\
AVENANT N° 2
à la convention relative au projet éducatif territorial 2021-2024
Les soussignés :
La Commune de SAUVADOU, représentée par Madame le Maire, Lise CANTALOUBE, ci-après « la commune »,
d’une part,
Le Préfet du Brisolais, représenté par Monsieur Yves LANDRIEU, directeur académique,
et l’association « Le Fournil partagé », 3 rue Haute, 82000 Montauban, représentée par M. Luc Vernet,
d’autre part,
Vu :
- le code de l’éducation, notamment ses articles L. 551-1 et R. 551-13 ;
Il est convenu et arrêté ce qui suit :
Art. 1er. - Objet
Le présent avenant complète l’article 2 de la convention.
Art. 2. - Durée. Le présent avenant prend effet au 1er septembre 2024 pour une durée de trois ans.
Fait en quatre exemplaires, à Sauvadou, le 28 juin 2024.
Le Maire,
"""


def test_an_avenant_waits_for_the_convention_that_it_changes(library: Library) -> None:
    proposal = propose(opened("avenant.txt", AVENANT.encode()), library)
    acte = acte_of(proposal)
    assert (acte.type, acte.titre, acte.lieu, acte.exemplaires) == ("pedt", "Avenant n° 2", "Sauvadou", 4)
    assert "# à vérifier : avenant, avec parente" in proposal.text
    assert (str(acte.debut), str(acte.fin)) == ("2024-09-01", "2027-08-31")
    assert [article.titre for article in acte.articles] == ["Objet", "Durée"]
    assert "l’article 2 de la convention" in (acte.articles[0].texte or "")
    town, state, club = acte.parties
    assert [(one.prenom, one.nom, one.fonction) for one in town.representants] == [
        ("Lise", "Cantaloube", "maire")
    ]
    assert [one.nom for one in (*state.representants, *club.representants)] == ["Landrieu", "Vernet"]
    assert club.adresse is not None
    assert (club.adresse.code_postal, club.partenaire) == ("82000", "association-fournil-partage")


PLACED = """\
type: {type}
titre: {titre}
statut: signe
debut: {debut}
fin: {fin}
signature: {signature}
parties:
  - collectivite: oui
    autorite: {{texte: délibération du 9 décembre 2016}}
  - nom: {partie}
articles:
  - {{titre: Objet, texte: Tout.}}
"""
OLD_CTG = {
    "type": "ctg", "titre": "Convention territoriale globale", "debut": "2017-01-01", "fin": "2021-12-31",
    "signature": "2016-12-14", "partie": "Caisse d’allocations familiales du Brisolais",
}  # fmt: skip
CTG = {**OLD_CTG, "debut": "2022-01-01", "fin": "2026-12-31", "signature": "2021-12-20"}
LOAN = {
    **CTG,
    "type": "partenariat",
    "titre": "Convention de mise à disposition du fournil",
    "partie": "Le Fournil partagé",
}


@pytest.fixture(scope="module")
def of_three(tmp_path_factory: pytest.TempPathFactory) -> Library:
    files = {
        f"conventions/{name}.yaml": PLACED.format(**one)
        for name, one in {"ctg-2017-2021": OLD_CTG, "ctg-2022-2026": CTG, "fournil": LOAN}.items()
    }
    return Library(a_project(tmp_path_factory.mktemp("espace") / "espace", files), KINDS)


@pytest.mark.parametrize(
    ("title", "said", "parent"),
    [
        ("à la convention territoriale globale 2022-2026", "", "ctg-2022-2026"),
        ("à la CTG", "Vu la convention territoriale globale signée le 14/12/2016 ;", "ctg-2017-2021"),
        ("à la convention territoriale globale", "signée le 20 décembre 2021", "ctg-2022-2026"),
        ("à la convention de mise à disposition du fournil", "Le Fournil partagé", "fournil"),
        ("à la convention d’objectifs et de financement « Relais petite enfance »", "", None),
    ],
)
def test_an_avenant_says_itself_which_convention_it_changes(
    title: str, said: str, parent: str | None, of_three: Library
) -> None:
    lines = AVENANT.splitlines()
    text = "\n".join([f"AVENANT N° 2 {title}", *lines[2:9], said or "Vu les statuts ;", *lines[9:]])
    acte = acte_of(propose(opened("avenant.txt", text.encode()), of_three))
    assert (acte.parente, acte.type == "avenant") == (parent, parent is not None)
    assert acte.numero == (2 if parent else None)


def test_an_avenant_of_no_one_knows_which_convention_asks(of_three: Library) -> None:
    text = AVENANT.replace("relative au projet éducatif territorial 2021-2024", "territoriale globale")
    with pytest.raises(CtgdocsError, match="--dans ctg-2022-2026 ou --dans ctg-2017-2021"):
        propose(opened("avenant.txt", text.encode()), of_three)
    asked = Wish(into="ctg-2017-2021")
    assert acte_of(propose(opened("avenant.txt", text.encode()), of_three, asked)).parente == asked.into
    with pytest.raises(CtgdocsError, match="« ctg-2020 » n’existe pas dans cet espace"):
        propose(opened("avenant.txt", text.encode()), of_three, Wish(into="ctg-2020"))


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATION = '<Relationship Id="{}" Type="{}/{}" Target="{}.xml"/>'
NOTE = "<w:p><w:r><w:t>Chiffres de l’Insee, 2021.</w:t></w:r></w:p>"
NOTES = f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="4">{NOTE}</w:footnote></w:footnotes>'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f"{RELATION.format('rId1', OFFICE, 'styles', 'styles')}"
    f"{RELATION.format('rId2', OFFICE, 'footnotes', 'footnotes')}</Relationships>"
)
CALLED = (
    "<w:p><w:r><w:t>Le canton compte six mille habitants</w:t></w:r>"
    '<w:r><w:footnoteReference w:id="4"/></w:r><w:r><w:t>, dont mille enfants.</w:t></w:r></w:p>'
)
READ = "Le canton compte six mille habitants[^1], dont mille enfants.\n\n[^1]: Chiffres de l’Insee, 2021."
ANY_LINE = st.sampled_from(
    [*AVENANT.splitlines(), *HARD_WRAPPED.splitlines(), "---", "{executif}", "* a | b"]
)


def test_a_footnote_stays_where_it_is_called_and_layout_tables_are_read_in_order(library: Library) -> None:
    data = a_word_file(
        paragraph("Convention de partenariat"),
        paragraph("Entre la commune de Sauvadou, représentée par Mme Lise Cantaloube, maire,"),
        paragraph("et l’association Le Fournil partagé, représentée par M. Yvan Troubat, président,"),
        table(("Article 1 : Objet", "La commune soutient le fournil."), ("Article 2 : Durée", "Trois ans.")),
        paragraph("Article 3 : Public"),
        CALLED,
        **{"word/footnotes.xml": NOTES, "word/_rels/document.xml.rels": RELATIONS},
    )
    acte = acte_of(propose(opened("ancienne.docx", data), library))
    assert [(article.titre, article.texte) for article in acte.articles] == [
        ("Objet", "La commune soutient le fournil."),
        ("Durée", "Trois ans."),
        ("Public", READ),
    ]


@settings(max_examples=25, deadline=None)
@given(lines=st.lists(ANY_LINE))
def test_any_order_of_lines_gives_a_valid_convention(library: Library, lines: list[str]) -> None:
    acte_of(propose(opened("x.txt", "\n".join([*lines, "Fin"]).encode()), library))
