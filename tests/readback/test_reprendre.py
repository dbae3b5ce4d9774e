"""What is corrected in Word goes back to its field; what goes in none is said; the hand edit is kept."""

from __future__ import annotations

import io
import re
import shutil
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from random import Random

import pytest
from as_in_word import (
    XML_SPACE,
    add_after,
    changed,
    commented,
    embolden,
    quotes_autocorrected,
    retype,
    text_of,
    the_paragraph,
    w,
)
from builders import FILES, LEFT, REPOSITORY, change, generated, output, words_of, write
from edits import KINDS as CONSTRUCTS
from edits import Hand as Editing
from edits import fields_of, judged
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from ctgdocs.cli.main import main
from ctgdocs.content.spans import Stretch, texts_of
from ctgdocs.findings import CtgdocsError, UsageError
from ctgdocs.kinds import KINDS
from ctgdocs.line.desk import Desk
from ctgdocs.memory import manifest
from ctgdocs.project import Project
from ctgdocs.readback import ReadBack, gathered, prepare, read_back, take
from ctgdocs.readback.merging import is_said
from ctgdocs.readback.proposals import Proposal
from ctgdocs.readback.reading import read_data
from ctgdocs.readback.solving import Maker, files_with

ACT = """\
# Un projet de délibération
objet: Ouverture d’un lieu d’accueil enfants-parents
numero: 2026-045
rapporteur: martin-paul
visas: [cgct-l5211-1]   # le code
considerants:
  - que la convention en cours prend fin le {date:2026-12-31}
  - "que l'offre \\"petite enfance\\" reste insuffisante"
expose: |
  {executif} rappelle que la convention finit bientôt.

  Le lieu d’accueil réunira sur un même site :

  - un multi-accueil de **32 places**, soit huit de plus qu’aujourd’hui ;
  - le relais petite enfance et ses ateliers ;

  Son coût est de {montant:12500} par an[^1].

  [^1]: Selon l’étude de faisabilité.
decisions:
  - titre: Ouverture
    texte: >-
      L’ouverture du lieu d’accueil, qui coûtera {montant:12500} par an,
      est approuvée.
  - {titre: Signature, texte: "{executif} est autorisée à signer tout acte utile."}
"""
PATH = "content/deliberations/2026-045.yaml"
OTHERS = ("deliberations/2026-046.yaml",)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("espace")
    for name, text in FILES.items():
        from textwrap import dedent

        write(root, f"content/{name}", dedent(text).lstrip("\n"))
    write(root, PATH, ACT)
    shutil.copytree(REPOSITORY / "templates", root / "templates", copy_function=shutil.copyfile)
    generated(Project(root))
    return root


@pytest.fixture
def project(made: Path, tmp_path: Path) -> Project:
    shutil.copytree(made, tmp_path / "espace", copy_function=shutil.copy2)
    return Project(tmp_path / "espace")


Hand = Callable[[etree._Element], None]


def by_hand(project: Project, *hands: Hand, part: str = "word/document.xml") -> Path:
    """The délibération, with what was done to it in Word."""
    document = output(project, "2026-045")
    data = document.read_bytes()
    for hand in hands:
        data = changed(data, hand, part)
    document.write_bytes(data)
    return document


def says(words: str, old: str, new: str, **how: str) -> Hand:
    return lambda root: retype(the_paragraph(root, words), old, new, **how)


def read(project: Project, **how: str) -> ReadBack:
    return read_back(project, KINDS, "2026-045", **how)


def lines_changed(project: Project) -> list[tuple[str, str]]:
    """The lines of the content file that are no longer the same: before, after."""
    import difflib

    now = (project.root / PATH).read_text("utf-8")
    found = [one for one in difflib.ndiff(ACT.splitlines(), now.splitlines()) if one[0] in "-+"]
    return [(one[0], one[2:]) for one in found]


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

    assert "templates/deliberations/deliberation.docx, corps, paragraphe 3" in only.reason
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


def test_a_sealed_act_is_not_taken_back(project: Project) -> None:
    change(project.root, PATH, "decisions:", "seance: 2026-09-24\nvote: {}\n" + LEFT + "decisions:")
    generated(project)
    by_hand(project, says("multi-accueil", "huit", "neuf"))
    before = (project.root / PATH).read_bytes()
    found = read(project)

    assert found.sealed == "la transmission du 20 octobre 2026"
    assert [one.after for one in found.placed] == ["neuf"]
    with pytest.raises(UsageError, match="scellé"):
        take(project, KINDS, found)
    assert (project.root / PATH).read_bytes() == before


def test_a_document_of_an_older_content_meets_the_content_of_today_field_by_field(project: Project) -> None:
    by_hand(
        project,
        says("multi-accueil", "huit", "neuf"),
        says("insuffisante", "reste", "demeure"),
        says("est approuvée", "est approuvée", "est adoptée"),
    )
    change(project.root, PATH, "  - que la convention", "  - que le besoin est établi\n  - que la convention")
    change(project.root, PATH, "ses ateliers", "ses jeux")
    change(project.root, PATH, "      est approuvée.", "      est validée.")
    generated(project)

    found = read(project)
    take(project, KINDS, found)

    assert found.older
    assert [one.after for one in found.placed] == ["demeure", "neuf"]
    assert [(one.before, one.after) for one in found.unplaced] == [("approuvée", "adoptée")]
    assert "conflit" in found.unplaced[0].reason
    assert "est validée" in found.unplaced[0].reason
    now = (project.root / PATH).read_text("utf-8")
    assert all(words in now for words in ("demeure insuffisante", "soit neuf", "ses jeux", "est validée"))


def edited_at_length(project: Project, *more: Hand) -> Path:
    """Words changed in Word, paragraphs added."""
    return by_hand(
        project,
        says("multi-accueil", "huit", "neuf"),
        lambda root: add_after(the_paragraph(root, "ses ateliers"), "une ludothèque le mercredi ;") is None,
        lambda root: add_after(the_paragraph(root, "finit bientôt"), "Les communes l’ont demandé.") is None,
        *more,
    )


def agreed(root: etree._Element) -> None:
    add_after(the_paragraph(root, "prend fin"), "Considérant l’accord de la Caf,")


@pytest.mark.parametrize("written", ["nothing", "content", "content, memory lost", "document"])
def test_a_command_that_was_stopped_is_finished_by_the_next_one(
    project: Project, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    document = edited_at_length(project, agreed if "lost" in written else gone("insuffisante"))
    mine = document.read_bytes()
    if "lost" in written:
        (project.state_dir / "memoire.sqlite").unlink()
    name = {"nothing": "History.write", "document": "_leave_its_former_name"}.get(written, "generate")
    found = read_back(project, KINDS, str(document))
    with monkeypatch.context() as stop:
        stop.setattr(f"ctgdocs.readback.taking.{name}", interrupt)
        with pytest.raises(KeyboardInterrupt):
            take(project, KINDS, found)

    found = read(project)
    take(project, KINDS, found)

    assert not found.unplaced
    now = (project.root / PATH).read_text("utf-8")
    for words in ("soit neuf", "une ludothèque", "Les communes l’ont demandé."):
        assert now.count(words) == 1, words
    assert ("insuffisante" in now) == (now.count("accord de la Caf") == 1) == ("lost" in written)
    assert read(project).changes == []
    assert "soit neuf" in " ".join(words_of(output(project, "2026-045"))).replace("\u00a0", " ")
    assert mine in {one.read_bytes() for one in (project.state_dir / "historique").rglob("*.docx")}


def interrupt(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_what_somebody_typed_in_the_content_too_is_no_conflict_and_is_not_written_twice(
    project: Project,
) -> None:
    edited_at_length(project, agreed)
    change(project.root, PATH, "soit huit", "soit neuf")
    change(project.root, PATH, "  - que la convention", "  - l’accord de la Caf\n  - que la convention")
    change(project.root, PATH, "finit bientôt.\n", "finit bientôt.\n\n  Les communes l’ont demandé.\n")
    change(project.root, PATH, "32 places", "30 places")

    found = read(project)
    take(project, KINDS, found)

    already = [one.after for one in found.placed if "déjà" in one.reason]
    assert already == ["Considérant l’accord de la Caf,", "Les communes l’ont demandé.", "neuf"]
    now = (project.root / PATH).read_text("utf-8")
    for words in ("soit neuf", "une ludothèque", "l’accord de la Caf", "l’ont demandé.", "30 places"):
        assert now.count(words) == 1, words


@pytest.mark.parametrize(
    ("base", "made", "now", "said"),
    [
        ("le 3 mai", Stretch(3, 4, "4"), "le 4 juin", True),
        ("le 3 mai", Stretch(3, 4, "4"), "le 5 mai", False),
        ("une cour neuve", Stretch(4, 14, "place large"), "une place nue", False),
        ("a b c", Stretch(1, 3, ""), "a c", True),
        ("a b c d", Stretch(1, 5, ""), "a c d", False),
        ("a b", Stretch(3, 3, " c"), "a b c", True),
        ("a b", Stretch(3, 3, " c"), "z b c", True),
        ("a b", Stretch(3, 3, " c"), "a b d", False),
        ("a b", Stretch(0, 2, ""), "b", True),
    ],
)
def test_what_a_text_says_already(base: str, made: Stretch, now: str, said: bool) -> None:
    assert is_said(Proposal("x", ("a",), (made,)), {("a",): base}, {("a",): now}) is said


def test_nothing_is_taken_from_a_document_of_an_older_content_that_nobody_knows(project: Project) -> None:
    by_hand(project, says("multi-accueil", "huit", "neuf"))
    change(project.root, PATH, "ses ateliers", "ses jeux")
    (project.state_dir / "memoire.sqlite").unlink()
    before = (project.root / PATH).read_bytes()

    found = read_back(project, KINDS, str(output(project, "2026-045")))

    assert found.unknown
    with pytest.raises(UsageError, match="n’est plus connue"):
        take(project, KINDS, found)
    assert (project.root / PATH).read_bytes() == before


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "n’est pas un document Word qui se lit"),
        (b"PK\x03\x04 abime", "n’est pas un document Word qui se lit"),
        (b"<html>", "n’est pas un document Word qui se lit"),
    ],
)
def test_what_is_no_document_of_ours_is_said(project: Project, data: bytes, said: str) -> None:
    stranger = project.root / "courrier.docx"
    stranger.write_bytes(data)

    with pytest.raises(UsageError, match=said):
        read_back(project, KINDS, str(stranger))


def test_the_command_says_each_change_with_its_field_and_line(project: Project, ran: Ran) -> None:
    by_hand(project, says("multi-accueil", "huit", "neuf"))

    rehearsed, written = (ran("reprendre", *options, "2026-045") for options in (("--a-blanc",), ()))

    assert f"{PATH}:14:1 (expose) : « huit » → « neuf »" in rehearsed
    assert "rien n’est écrit" in rehearsed
    assert "1 changement : 1 repris, 0 sans champ." in written


def test_etat_shows_the_corrections_with_their_fields_and_generer_proposes_to_take_them(
    project: Project, ran: Ran
) -> None:
    document = by_hand(project, says("multi-accueil", "huit", "neuf"))

    seen, made = (ran(*command) for command in (("etat",), ("generer",)))

    assert f"→ {PATH}:14:1 (expose) : « huit » → « neuf »" in seen
    assert "« ctgdocs reprendre deliberations/2026-045 »" in seen
    assert f'ctgdocs reprendre "{project.relative(document)}"' in made


def test_open_comments_are_told_until_they_are_closed(project: Project, ran: Ran) -> None:
    document = by_hand(project, says("multi-accueil", "huit", "neuf"))
    document.write_bytes(
        commented(document.read_bytes(), "insuffisante", "À vérifier avec la Caf", "Anne Petit")
    )

    said = ran("verifier", "2026-045")

    assert "[commentaire]" in said
    assert "commentaire de Anne Petit (corps, paragraphe" in said
    assert "« À vérifier avec la Caf »" in said


Ran = Callable[..., str]


@pytest.fixture
def ran(project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ran:
    """The real command, in the workspace: what it says."""
    monkeypatch.chdir(project.root)

    def run(*command: str, code: int | None = None) -> str:
        done = main(command)
        said = "".join(capsys.readouterr()).replace("\u00a0", " ")
        assert code in (None, done), said
        assert "Traceback" not in said
        return said

    return run


def test_corrected_copies_are_joined_by_field_and_conflicts_shown_side_by_side(project: Project) -> None:
    sent = [prepare(project, KINDS, "2026-045", who) for who in ("DGS", "Caf 82")]
    files = [project.root / one.path for one in sent]
    edits = [
        [("multi-accueil", "huit", "neuf"), ("insuffisante", "reste", "demeure")],
        [
            ("multi-accueil", "huit", "dix"),
            ("insuffisante", "reste", "demeure"),
            ("Son coût", "est de", "sera de"),
        ],
    ]
    for file, hands in zip(files, edits, strict=True):
        data = file.read_bytes()
        assert b"trackRevisions" in zipfile.ZipFile(file).read("word/settings.xml")
        for words, old, new in hands:
            data = changed(data, says(words, old, new, author=file.stem))
        file.write_bytes(data)

    found, _ = gathered(project, KINDS, [str(one) for one in files], accept="tout")
    done = take(project, KINDS, found)

    assert [one.after for one in done.changes] == ["demeure", "sera"]
    assert [one.after for one in found.unplaced] == ["neuf", "dix"]
    assert "conflit : « neuf » ou « dix »" in found.unplaced[1].reason
    history = project.state_dir / "historique" / "deliberations"
    assert {one.read_bytes() for one in history.iterdir()} == {one.read_bytes() for one in files}
    with pytest.raises(UsageError, match="existe déjà"):
        prepare(project, KINDS, "2026-045", "DGS")


def all_words(words: str) -> Hand:
    """A paragraph typed anew from end to end."""

    def change(root: etree._Element) -> None:
        paragraph = the_paragraph(root, words)
        retype(paragraph, text_of(paragraph), "Rien ici ne ressemble plus à ce qui était écrit.")

    return change


def gone(words: str) -> Hand:
    def change(root: etree._Element) -> None:
        paragraph = the_paragraph(root, words)
        paragraph.getparent().remove(paragraph)

    return change


def without(*names: str) -> Hand:
    """What a program that does not know some elements leaves."""

    def change(root: etree._Element) -> None:
        for node in [*root.iter(*map(w, names))] if names else ():
            if node.tag == w("sdt"):
                for child in [*node.find(w("sdtContent"))]:
                    node.addprevious(child)
            node.getparent().remove(node)

    return change


@pytest.mark.parametrize(
    "lost", [("sdt",), ("bookmarkStart", "bookmarkEnd"), ("sdt", "bookmarkStart", "bookmarkEnd")]
)
def test_any_one_carrier_is_enough(project: Project, lost: tuple[str, ...]) -> None:
    by_hand(
        project,
        without(*lost),
        lambda root: (
            the_paragraph(root, "finit bientôt").getparent().remove(the_paragraph(root, "finit bientôt"))
        ),
        says("multi-accueil", "huit", "neuf"),
        *([] if len(lost) > 2 else [all_words("réunira sur un même site")]),
    )

    found = read(project)

    assert not found.unplaced, found.unplaced
    assert {one.place.field for one in found.changes} == {"expose"}
    assert "neuf" in [one.after for one in found.changes]


def rewritten(words: str, inside: str, value: str, around: str) -> Hand:
    """A paragraph whose words all became others but those that stand for a value, which became another one
    where it stood: between the two ends of its bookmark, in its control."""

    def change(root: etree._Element) -> None:
        paragraph = the_paragraph(root, words)
        runs = [run for run in paragraph.iter(w("r")) if run.find(w("t")) is not None]
        mine = next(within for within in _between_marks(paragraph) if _says(within) == inside)
        for run in runs:
            run.find(w("t")).text = ""
        mine[0].find(w("t")).text = value
        apart = [run for run in runs if run not in mine]
        apart[0].find(w("t")).text = f"{around} "
        apart[0].find(w("t")).set(XML_SPACE, "preserve")
        apart[-1].find(w("t")).text += " et voilà tout."

    return change


def _says(runs: list[etree._Element]) -> str:
    return "".join(run.find(w("t")).text or "" for run in runs).replace("\u00a0", " ").replace("\u202f", " ")


def _between_marks(paragraph: etree._Element) -> Iterator[list[etree._Element]]:
    """The runs of each bookmark of ours, and of each control."""
    nodes = [*paragraph.iter()]
    ends = {node.get(w("id")): at for at, node in enumerate(nodes) if node.tag == w("bookmarkEnd")}
    for at, node in enumerate(nodes):
        if node.tag == w("bookmarkStart") and node.get(w("name"), "").startswith("_ctg"):
            inside = nodes[at : ends[node.get(w("id"))]]
        elif node.tag == w("sdt"):
            inside = [*node.iter()]
        else:
            continue
        yield [one for one in inside if one.tag == w("r") and one.find(w("t")) is not None]


VALUES = (
    ("Son coût est de", "12 500 €", "13 250 €", "{montant:13250}"),
    ("prend fin le", "31 décembre 2026", "30 juin 2027", "{date:2027-06-30}"),
    ("est approuvée", "12 500 €", "900,50 €", "{montant:900,50}"),
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    value=st.sampled_from(VALUES),
    lost=st.sampled_from([("sdt",), ("bookmarkStart", "bookmarkEnd"), ()]),
    around=st.sampled_from(
        ["La collectivité retient désormais", "Il faut", "Tout bien compté, la dépense annuelle"]
    ),
)
def test_a_value_inside_a_sentence_comes_back_whatever_became_of_its_sentence(
    made: Path, value: tuple[str, str, str, str], lost: tuple[str, ...], around: str
) -> None:
    words, old, new, typed = value
    project = Project(made)
    desk, document = Desk(project, KINDS, 0, manifest.peek(project.state_dir)), output(project, "2026-045")
    data = changed(changed(document.read_bytes(), without(*lost)), rewritten(words, old, new, around))

    found = read_data(desk, project.relative(document), data)

    written = [one.new for each in found.placed if each.proposal for one in each.proposal.stretches]
    assert typed in written
    assert around.split()[-1] in " ".join(one.after for one in found.changes)


@pytest.mark.parametrize("lost", [("sdt",), ("bookmarkStart", "bookmarkEnd"), ()])
def test_a_text_inside_a_sentence_of_the_template_comes_back_whatever_became_of_its_sentence(
    project: Project, lost: tuple[str, ...]
) -> None:
    by_hand(
        project,
        without(*lost),
        rewritten(
            "insuffisante", "que l’offre « petite enfance » reste insuffisante", "que tout manque", "Or"
        ),
    )

    found = read(project)

    assert [one.after for one in found.placed] == ["tout manque"]
    assert found.placed[0].place.field == "considerants.1"
    assert next(one.before for one in found.unplaced) == "Considérant"


def test_no_carrier_stands_where_the_house_wants_none(project: Project) -> None:
    def carriers() -> bool:
        return b"_ctg" in zipfile.ZipFile(output(project, "2026-045")).read("word/document.xml")

    assert carriers()
    before = words_of(output(project, "2026-045"))
    house = project.root / "content/collectivite.yaml"
    house.write_text(house.read_text("utf-8") + "\nsuivi_des_champs: non\n", encoding="utf-8")
    generated(project)
    assert not carriers()
    assert words_of(output(project, "2026-045")) == before


def test_random_edits_are_all_back_or_said_and_none_is_in_another_field(project: Project) -> None:
    desk = Desk(project, KINDS, 0, manifest.peek(project.state_dir))
    (key,) = (one for one in desk.documents if one.endswith("2026-045"))
    data = output(project, "2026-045").read_bytes()
    fields = fields_of(Maker(project, KINDS, desk.documents[key], desk.program))
    back = 0
    for seed in range(4):
        hand = Editing(data, fields, Random(seed))
        author = "Anne Petit" if seed % 2 else ""
        for kind in CONSTRUCTS[seed::2]:
            hand.edit(kind, author)
        outcome = judged(desk, key, hand.data(), hand.made, "tout" if author else "")
        assert not outcome.those("lost", "wrong"), outcome.became
        back += len(outcome.those("back"))
    assert back >= 12


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The sample, of which nothing is generated: a document is made when it is edited."""
    root = tmp_path_factory.mktemp("modele")
    for name in ("content", "templates"):
        shutil.copytree(REPOSITORY / name, root / name, copy_function=shutil.copyfile)
    project = Project(root)
    return Desk(project, KINDS, 0, manifest.peek(project.state_dir))


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), seed=st.integers(0, 10_000))
def test_random_edits_of_every_kind_of_document_are_back_or_said(
    sample: Desk, data: st.DataObject, seed: int
) -> None:
    key = data.draw(st.sampled_from(sorted(one for one in sample.documents if "ctg-20" not in one)))
    maker = Maker(sample.project, KINDS, sample.documents[key], sample.program)
    made = maker.make(checked=False).made.data
    if made is None:
        return  # it has nothing to say yet
    hand = Editing(made, fields_of(maker), Random(seed))
    for kind in CONSTRUCTS[seed % 3 :: 3]:
        hand.edit(kind)
    outcome = judged(sample, key, hand.data(), hand.made)
    assert not outcome.those("lost", "wrong"), outcome.became


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


# --- what is only dressed otherwise, the template ---------------------------------------------------------


def dress(words: str, **properties: str) -> Hand:
    """Font, size, colour… of a whole paragraph."""

    def change(root: etree._Element) -> None:
        for run in the_paragraph(root, words).iter(w("r")):
            look = run.find(w("rPr"))
            if look is None:
                look = etree.Element(w("rPr"))
                run.insert(0, look)
            for name, value in properties.items():
                etree.SubElement(look, w(name), {w("ascii" if name == "rFonts" else "val"): value})

    return change


def test_what_is_only_dressed_otherwise_is_told_with_its_place_and_bold_is_markdown(project: Project) -> None:
    by_hand(
        project,
        dress("finit bientôt", rFonts="Comic Sans MS", sz="32", color="FF0000"),
        lambda root: embolden(the_paragraph(root, "sur un même site"), "Le lieu d’accueil réunira"),
        says("multi-accueil", "huit", "neuf"),
    )
    found = read(project)
    take(project, KINDS, found)

    (dressed,) = found.unplaced
    assert (dressed.kind, dressed.where) == ("présentation", "corps, paragraphe 12")
    assert dressed.reason.startswith("couleur, police, taille : le modèle et la charte en décident")
    assert ("+", "  **Le lieu d’accueil réunira** sur un même site :") in lines_changed(project)


def test_a_template_that_would_change_another_paragraph_is_left_alone(project: Project) -> None:
    template = project.root / "templates/deliberations/deliberation.docx"
    template.write_bytes(
        changed(template.read_bytes(), says("{{ article.titre }}", "", ", texte voté par le conseil"))
    )
    generated(project)
    by_hand(project, says("– Signature", "voté", "adopté"), says("multi-accueil", "huit", "neuf"))
    found = read(project)
    (only,) = found.unplaced
    before = digest_of(project)

    with pytest.raises(UsageError, match="écrit aussi corps, paragraphe"):
        take(project, KINDS, found, templates=True)

    assert only.in_template
    assert digest_of(project) == before


def digest_of(project: Project) -> dict[str, bytes]:
    """All that an author or a run keeps, but the run's own memory."""
    files = (
        one for folder in ("content", "templates", "sorties") for one in (project.root / folder).rglob("*")
    )
    return {str(one): one.read_bytes() for one in files if one.is_file() and ".ctgdocs" not in one.parts}


# --- what cannot be read back -----------------------------------------------------------------------------


def with_origin(data: bytes, origin: str) -> bytes:
    """The document as another workspace would have marked it."""
    return replaced(data, "docProps/custom.xml", lambda xml: re.sub(r"deliberations/[\w-]+", origin, xml))


def replaced(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for member in before.infolist():
            said = before.read(member)
            after.writestr(member.filename, change(said.decode()) if member.filename == part else said)
    return out.getvalue()


def bomb(xml: str) -> str:
    entities = "".join(
        f'<!ENTITY {name} "&{of};&{of};&{of};">' for name, of in zip("bcdef", "abcde", strict=True)
    )
    return f'<!DOCTYPE w [<!ENTITY a "boum">{entities}]>' + xml.replace("multi-accueil", "&f;")


REFUSED = {
    "d’un autre espace": (
        lambda data: with_origin(data, "deliberations/2019-001"),
        "vient d’un autre espace",
    ),
    "étranger": (lambda data: replaced(data, "word/document.xml", emptied), "presque rien de commun"),
    "d’un autre acte": (
        lambda data: replaced(data, "word/document.xml", of_another),
        "presque rien de commun",
    ),
    "abîmé": (lambda data: data[: len(data) // 2], "n’est pas un document Word qui se lit"),
    "coupé": (lambda data: replaced(data, "word/document.xml", lambda xml: xml[:900]), "Word"),
    "bombe": (lambda data: replaced(data, "word/document.xml", bomb), "Word"),
    "vide": (lambda data: b"", "n’est pas un document Word qui se lit"),
}


def of_another(xml: str) -> str:
    """A page of the house whose fields are another act's: it shares its heading and its formulas."""
    xml = re.sub("_ctg[0-9a-f]{4}", "_ctgffff", xml)
    return re.sub("(?<=>)[^<>]{12,}(?=</w:t>)", "Le conseil a pris connaissance du bail de la salle.", xml)


def emptied(xml: str) -> str:
    """A page that has nothing of ours."""
    other = "<w:p><w:r><w:t>Un tout autre courrier, sans rien de nos actes.</w:t></w:r></w:p>"
    return re.sub(r"<w:body>.*?(<w:sectPr(?!.*<w:sectPr))", rf"<w:body>{other * 40}\1", xml, flags=re.S)


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_back_is_said_in_one_sentence_and_nothing_is_written(
    project: Project, ran: Ran, name: str
) -> None:
    spoil, why = REFUSED[name]
    hers = project.root / "retour.docx"
    hers.write_bytes(spoil(by_hand(project, says("multi-accueil", "huit", "neuf")).read_bytes()))
    mine, before = hers.read_bytes(), digest_of(project)

    said = ran("reprendre", str(hers), code=2)

    assert said.startswith("Erreur : « ")
    assert said.count("\n") == 1
    assert why in said
    assert (digest_of(project), hers.read_bytes()) == (before, mine)


def test_a_copy_without_any_mark_of_ours_is_known_by_its_name(project: Project, ran: Ran) -> None:
    bare = without("sdt", "bookmarkStart", "bookmarkEnd")
    document = by_hand(project, bare, says("multi-accueil", "huit", "neuf"))
    copy = project.root / f"{document.stem} (1).docx"
    copy.write_bytes(
        replaced(
            document.read_bytes(),
            "docProps/custom.xml",
            lambda xml: re.sub("<property.*</property>", "", xml, flags=re.S),
        )
    )

    said = ran("reprendre", "--a-blanc", str(copy))

    assert f"{PATH}:14:1 (expose) : « huit » → « neuf »" in said


def test_an_older_document_shows_its_conflicts_and_the_content_of_today_stays(
    project: Project, ran: Ran
) -> None:
    by_hand(
        project, says("est approuvée", "est approuvée", "est adoptée"), says("multi-accueil", "huit", "neuf")
    )
    change(project.root, PATH, "      est approuvée.", "      est validée.")
    ran("generer", "2026-045")

    said = ran("reprendre", "2026-045", code=1)

    assert "« approuvée » → « adoptée » ne revient dans aucun champ" in said
    assert "conflit : le contenu a changé depuis et dit « L’ouverture" in said
    now = (project.root / PATH).read_text("utf-8")
    assert "est validée" in now
    assert "soit neuf" in now


def test_copies_that_come_back_are_joined_by_the_command(project: Project, ran: Ran) -> None:
    copies = []
    for who, word in (("DGS", "neuf"), ("Caf 82", "dix")):
        ran("envoyer", "2026-045", "--a", who, code=0)
        copies.append(next((project.root / "sorties" / "envois").glob(f"*pour {who[:3].lower()}*")))
        data = changed(copies[-1].read_bytes(), says("multi-accueil", "huit", word, author=who))
        copies[-1].write_bytes(changed(data, says("Son coût", "est de", "sera de", author=who)))

    said = ran("reprendre", "--accepter", "tout", *map(str, copies), code=1)

    assert said.count("conflit : « neuf » ou « dix »") == 2
    assert "3 changements : 1 repris, 2 sans champ." in said
    assert "Son coût sera de" in (project.root / PATH).read_text("utf-8")


HOSTILE = {
    "insertions": lambda root: tracked(root, 3000),
    "a field": lambda root: field(root, "DDEAUTO c:\\\\x"),
    "a picture elsewhere": lambda root: field(root, 'INCLUDEPICTURE "http://e.example/x.png" \\d'),
    "depth": lambda root: nested(root, 200),
    "length": lambda root: root[0].extend([etree.SubElement(root[0], w("p")) for _ in range(60_000)]),
}


def field(root: etree._Element, code: str) -> None:
    simple = etree.SubElement(the_paragraph(root, "multi-accueil"), w("fldSimple"))
    simple.set(w("instr"), code)


def tracked(root: etree._Element, many: int) -> None:
    paragraph = the_paragraph(root, "multi-accueil")
    for number in range(many):
        new = etree.SubElement(paragraph, w("ins"))
        new.set(w("author"), f"A{number}")
        etree.SubElement(etree.SubElement(new, w("r")), w("t")).text = "x "


def nested(root: etree._Element, depth: int) -> None:
    place = root[0]
    for _ in range(depth):
        place = etree.SubElement(etree.SubElement(etree.SubElement(place, w("tbl")), w("tr")), w("tc"))
        etree.SubElement(place, w("p"))


@pytest.mark.parametrize("hand", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_copy_is_a_sentence_in_two_seconds(project: Project, hand: Hand) -> None:
    document = by_hand(project, hand)
    before, content = time.process_time(), (project.root / PATH).read_bytes()
    with suppress(UsageError, CtgdocsError):
        read_back(project, KINDS, str(document), accept="tout")
    assert time.process_time() - before < 4
    assert (project.root / PATH).read_bytes() == content


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
