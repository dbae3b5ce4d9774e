"""A document of an older content, a command that was stopped, an act that has left the house."""

from __future__ import annotations

from pathlib import Path

import pytest
from as_in_word import (
    add_after,
    the_paragraph,
)
from builders import LEFT, change, generated, output, words_of
from hands import (
    PATH,
    Hand,
    Ran,
    by_hand,
    gone,
    read,
    says,
)
from lxml import etree

from ctgdocs.content.spans import Stretch
from ctgdocs.findings import UsageError
from ctgdocs.kinds import KINDS
from ctgdocs.project import Project
from ctgdocs.readback import read_back, take
from ctgdocs.readback.merging import is_said
from ctgdocs.readback.proposals import Proposal


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
