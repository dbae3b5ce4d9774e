"""What is corrected in Word goes back to its field; what goes in none is said; the hand edit is kept."""

from __future__ import annotations

from copy import deepcopy

import pytest
from as_in_word import (
    add_after,
    changed,
    embolden,
    quotes_autocorrected,
    retype,
    text_of,
    the_paragraph,
    w,
)
from builders import change, generated, output, words_of
from hands import (
    PATH,
    by_hand,
    lines_changed,
    read,
    says,
)
from lxml import etree

from ctgdocs.content.spans import texts_of
from ctgdocs.findings import UsageError
from ctgdocs.kinds import KINDS
from ctgdocs.line.desk import Desk
from ctgdocs.project import Project
from ctgdocs.readback import take
from ctgdocs.readback.reading import read_data
from ctgdocs.readback.solving import Maker, files_with


def test_words_go_back_to_their_fields_and_the_document_says_what_word_did(project: Project) -> None:
    document = by_hand(
        project,
        says("multi-accueil", "huit de plus", "neuf de plus"),
        says("Ouverture d’un lieu d’accueil", "enfants-parents", "parents-enfants"),
        says("insuffisante", "petite enfance", "jeune enfant"),
        says("est approuvée", "L’ouverture", "La création"),
    )
    mine, words = document.read_bytes(), words_of(document)
    found = read(project)
    done = take(project, KINDS, found)

    assert [(one.place.field, one.before, one.after) for one in done.changes] == [
        ("objet", "enfants-parents", "parents-enfants"),
        ("considerants.1", "petite enfance", "jeune enfant"),
        ("expose", "huit", "neuf"),
        ("decisions.0.texte", "L’ouverture", "La création"),
    ]
    assert not found.unplaced
    assert [line for _, line in lines_changed(project)] == [
        "objet: Ouverture d’un lieu d’accueil enfants-parents",
        "objet: Ouverture d’un lieu d’accueil parents-enfants",
        '  - "que l\'offre \\"petite enfance\\" reste insuffisante"',
        '  - "que l\'offre \\"jeune enfant\\" reste insuffisante"',
        "  - un multi-accueil de **32 places**, soit huit de plus qu’aujourd’hui ;",
        "  - un multi-accueil de **32 places**, soit neuf de plus qu’aujourd’hui ;",
        "      L’ouverture du lieu d’accueil, qui coûtera {montant:12500} par an,",
        "      La création du lieu d’accueil, qui coûtera {montant:12500} par an,",
    ]
    assert sorted(words_of(output(project, "2026-045"))) == sorted(words)
    assert (project.root / done.kept).read_bytes() == mine
    assert read(project).changes == []


def test_a_value_that_changed_changes_in_its_placeholder(project: Project) -> None:
    by_hand(project, says("Son coût", "12 500", "13 000"), says("Son coût", "est de", "sera de"))

    take(project, KINDS, read(project))

    assert ("+", "  Son coût sera de {montant:13000} par an[^1].") in lines_changed(project)


def test_a_value_cited_by_its_name_changes_where_it_is_typed(project: Project) -> None:
    named = (
        "calendrier: {ouverture: {date: 2027-03-01, libelle: Ouverture}}\nmontants: {aide: '300'}\nexpose: |"
    )
    change(project.root, PATH, "expose: |", named)
    said = (
        "Une aide de {montant:aide} par jeune, dès le {date:ouverture}, avec la {partenaire:caf-82}.\n\n  Son"
    )
    change(project.root, PATH, "Son coût", f"{said} coût")
    generated(project)
    by_hand(
        project,
        says("par jeune", "300", "350"),
        says("par jeune", "mars 2027", "avril 2027"),
        says("par jeune", "familiales", "familiales du département"),
    )
    found = read(project)
    take(project, KINDS, found)

    assert not found.unplaced
    assert {one.place.field: one.after for one in found.changes} == {
        "montants.aide": "350",
        "calendrier.ouverture.date": "avril",
        "expose": "du département",
    }
    assert found.changes[-1].reason.startswith(
        "{partenaire:caf-82} devient un texte ; content/partenaires.yaml:"
    )
    now = (project.root / PATH).read_text("utf-8")
    assert "{ouverture: {date: 2027-04-01, libelle: Ouverture}}\nmontants: {aide: '350'}" in now
    assert "Une aide de {montant:aide} par jeune, dès le {date:ouverture}, avec la Caisse d’alloc" in now


def test_paragraphs_and_items_come_go_and_move(project: Project) -> None:
    def moved(root: etree._Element) -> None:
        first, second = (the_paragraph(root, words) for words in ("multi-accueil de", "ses ateliers"))
        second.addnext(first)

    by_hand(
        project,
        lambda root: add_after(the_paragraph(root, "ses ateliers"), "une ludothèque le mercredi ;") is None,
        lambda root: add_after(the_paragraph(root, "prend fin"), "Considérant l’accord de la Caf,") is None,
        lambda root: add_after(the_paragraph(root, "finit bientôt"), "Les communes l’ont demandé.") is None,
        moved,
    )
    found = read(project)
    take(project, KINDS, found)

    assert not found.unplaced
    now = (project.root / PATH).read_text("utf-8")
    assert "{date:2026-12-31}\n  - l’accord de la Caf\n  - \"que l'offre" in now
    assert "finit bientôt.\n\n  Les communes l’ont demandé.\n\n  Le lieu" in now
    assert (
        "  - le relais petite enfance et ses ateliers ;\n"
        "  - un multi-accueil de **32 places**, soit huit de plus qu’aujourd’hui ;\n"
        "  - une ludothèque le mercredi ;\n\n  Son coût"
    ) in now


def test_bold_and_notes_are_markdown_again(project: Project) -> None:
    by_hand(project, lambda root: embolden(the_paragraph(root, "Son coût"), "par an"))
    by_hand(project, says("faisabilité", "Selon", "D’après"), part="word/footnotes.xml")

    found = read(project)
    take(project, KINDS, found)

    assert not found.unplaced
    assert ("+", "  Son coût est de {montant:12500} **par an**[^1].") in lines_changed(project)
    assert ("+", "  [^1]: D’après l’étude de faisabilité.") in lines_changed(project)


def test_tracked_changes_are_taken_only_when_they_are_accepted(project: Project) -> None:
    document = by_hand(
        project,
        says("multi-accueil", "huit", "neuf", author="Anne Petit"),
        says("est approuvée", "L’ouverture", "La création", author="Marc Lopez"),
        says("insuffisante", "reste", "demeure"),
    )
    pending = read(project)
    hers = read(project, accept="Anne Petit")
    everything = read(project, accept="tout")

    assert [one.after for one in pending.placed] == ["demeure"]
    assert pending.pending == {"Anne Petit": 2, "Marc Lopez": 2}
    assert [one.after for one in hers.placed] == ["demeure", "neuf"]
    assert hers.pending == {"Marc Lopez": 2}
    assert [one.after for one in everything.placed] == ["demeure", "neuf", "La création"]
    before = document.read_bytes()
    take(project, KINDS, hers)
    assert document.read_bytes() == before
    with pytest.raises(UsageError, match="Anne Petit"):
        read(project, accept="Personne")


def test_what_typography_makes_is_no_change(project: Project) -> None:
    document = output(project, "2026-045")
    document.write_bytes(quotes_autocorrected(document.read_bytes()))

    assert read(project).changes == []


def test_what_goes_in_no_field_is_said_with_its_place_and_nothing_else_is_lost(project: Project) -> None:
    document = by_hand(
        project,
        says("Projet de délibération", "Projet", "Brouillon"),
        says("multi-accueil", "huit", "neuf"),
    )
    mine = document.read_bytes()
    found = read(project)
    done = take(project, KINDS, found)

    assert [one.where for one in found.unplaced] == ["corps, paragraphe 4"]
    assert [one.after for one in done.changes] == ["neuf"]
    assert document.read_bytes() == mine


def test_what_is_computed_is_refused_with_what_decides_it(project: Project) -> None:
    change(project.root, PATH, "decisions:", "seance: 2026-09-24\nvote: {contre: [petit-anne]}\ndecisions:")
    generated(project)
    by_hand(
        project,
        says("voix pour", "voix pour", "voix favorables"),
        says("Rapporteur", "Paul", "Jean"),
    )
    found = read(project)

    reasons = {one.after: one.reason for one in found.unplaced}
    assert f"calculé d’après {PATH}:2" in reasons["favorables"]
    assert "(vote)" in reasons["favorables"]
    assert "content/elus.yaml" in reasons["Jean"]
    assert "martin-paul.prenom" in reasons["Jean"]


def test_words_of_the_template_are_taken_there_when_asked(project: Project) -> None:
    by_hand(project, says("République française", "française", "française, une et indivisible"))
    found = read(project)
    (only,) = found.unplaced
    take(project, KINDS, found, templates=True)

    assert "templates/deliberations/deliberation.docx, corps, paragraphe 1" in only.reason
    assert "République française, une et indivisible" in words_of(output(project, "2026-045"))
    (kept,) = (project.state_dir / "historique" / "modeles").iterdir()
    assert "République française" in words_of(kept)
    assert read(project).changes == []


def test_rows_of_tables_come_and_go(project: Project) -> None:
    table = "\n  | Poste | Montant |\n  |---|---|\n  | Loyer | 1 200 € |\n  | Jeux | 300 € |\n\n  [^1]: Selon"
    change(project.root, PATH, "\n  [^1]: Selon", table)
    generated(project)

    def rows(root: etree._Element) -> None:
        row = next(the_paragraph(root, "Jeux").iterancestors(w("tr")))
        twin = deepcopy(row)
        row.addnext(twin)
        for paragraph, said in zip(twin.iter(w("p")), ("Livres", "450 €"), strict=True):
            retype(paragraph, text_of(paragraph), said)
        gone = next(the_paragraph(root, "Loyer").iterancestors(w("tr")))
        gone.getparent().remove(gone)

    by_hand(project, rows)
    found = read(project)
    take(project, KINDS, found)

    assert not found.unplaced
    now = (project.root / PATH).read_text("utf-8")
    assert "  |---|---|\n  | Jeux | 300 € |\n  | Livres | 450 € |\n" in now


def test_a_title_typed_as_a_key_is_taken_back(sample: Desk) -> None:
    key = "fiches_de_poste/charge-de-cooperation-garrigue-palunaise/fiche"
    made = Maker(sample.project, KINDS, sample.documents[key], sample.program).make(checked=False).made.data
    assert made is not None
    found = read_data(
        sample,
        key,
        changed(made, says("commissions d’admission", "animation", "organisation")),
        explained=False,
    )

    (only,) = found.changes
    assert only.proposal is not None
    assert only.proposal.steps[-2:] == (
        "Il contribue à l’animation et au suivi des commissions d’admission",
        "?",
    )
    written = files_with({file: text.decode() for file, text in found.contents.items()}, [only.proposal])
    assert b"- Il contribue \xc3\xa0 l\xe2\x80\x99organisation et au suivi" in written[only.proposal.file]


TYPED = (
    "{montant:1} {executif}",
    "x numero: 2099-001",
    "!!python/object:os.system",
    "&a *a",
    "[ici](javascript:alert(1))",
    "{{ config }} {% raw %}",
    "=cmd|' /C x'!A0",
    "<script>x</script>",
)


@pytest.mark.parametrize("typed", TYPED)
def test_what_is_typed_in_word_is_a_text_and_nothing_else(project: Project, typed: str) -> None:
    by_hand(project, says("multi-accueil", "huit", typed), says("insuffisante", "reste", typed))
    before = texts_of((project.root / PATH).read_text("utf-8"))

    take(project, KINDS, read(project))

    after = texts_of((project.root / PATH).read_text("utf-8"))
    changed_steps = {at for at in before.keys() | after.keys() if before.get(at) != after.get(at)}
    assert changed_steps <= {("expose",), ("considerants", 1)}
    said = "".join(words_of(output(project, "2026-045")))
    assert "".join(typed.split()) in "".join(said.replace("\u00a0", " ").split()).replace("’", "'")
