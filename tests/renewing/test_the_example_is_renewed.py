"""`ctgdocs renouveler` on the example: from last term's convention to the draft of the next."""

from __future__ import annotations

import re
from pathlib import Path

from renewals import NEW, OLD, REPOSITORY, run, said

from ctgdocs.content.library import Library
from ctgdocs.content.reading import parse
from ctgdocs.kinds import KINDS
from ctgdocs.project import Project
from ctgdocs.vocabulary.registres import CONVENTIONS

Renewed = tuple[Path, str]


def the_text(folder: Path, id: str = NEW) -> str:
    return (folder / f"content/conventions/{id}.yaml").read_text("utf-8")


def test_the_new_convention_follows_the_old_one(renewed: Renewed) -> None:
    library = Library(Project(renewed[0]), KINDS)
    new = library.find(CONVENTIONS, NEW)
    assert new is not None, library.findings_of("convention", NEW)
    acte = new.value
    assert (str(acte.debut), str(acte.fin)) == ("2027-01-01", "2031-12-31")
    assert (acte.statut, acte.renouvelle, acte.signature) == ("projet", OLD, None)


def test_the_old_file_is_not_touched(renewed: Renewed) -> None:
    assert the_text(renewed[0], OLD) == (REPOSITORY / f"content/conventions/{OLD}.yaml").read_text("utf-8")


def test_every_comment_is_kept(renewed: Renewed) -> None:
    comments = re.findall(r"(?m)^\s*(#.*)$", the_text(renewed[0], OLD))
    assert comments
    assert all(comment in the_text(renewed[0]) for comment in comments)


def test_visas_are_those_in_force_and_name_the_succession(renewed: Renewed) -> None:
    new = Library(Project(renewed[0]), KINDS).find(CONVENTIONS, NEW)
    assert new is not None
    visas = [visa.texte or visa.deliberation for visa in new.value.visas]
    assert "cog-2023-2027" in visas
    assert "cog-2018-2022" not in visas
    assert {"casf-l214-1-3", "loi-sppe"} <= set(visas)
    assert "la convention territoriale globale 2022-2026 signée le 21 décembre 2022" in visas
    assert any(visa.startswith("l’avenant n° 1 ") for visa in visas if visa)
    assert "2022-031" in visas


def test_every_action_is_carried_over_with_its_number_and_a_choice_to_make(renewed: Renewed) -> None:
    library = Library(Project(renewed[0]), KINDS)
    old, new = (library.find(CONVENTIONS, id) for id in (OLD, NEW))
    assert old is not None
    assert new is not None
    before = [(a, b) for a, axe in enumerate(old.value.plan.axes, 1) for b, _ in enumerate(axe.actions, 1)]
    actions = [action for axe in new.value.plan.axes for action in axe.actions]
    assert [action.origine for action in actions] == [f"{a}.{b}" for a, b in before]
    assert {action.suite for action in actions} == {
        "[à compléter : poursuivie, adaptée, réalisée, abandonnée ou nouvelle]"
    }
    assert not any(action.avancement or action.commentaire for action in actions)


def test_nobody_who_left_signs_and_every_authority_is_to_come(renewed: Renewed) -> None:
    text = the_text(renewed[0])
    assert not re.search("esteve|gauthier-lucette|rigaud-andre|Aubert|Castéra", text)
    new = Library(Project(renewed[0]), KINDS).find(CONVENTIONS, NEW)
    assert new is not None
    assert all(partie.autorite.texte.startswith("[à compléter") for partie in new.value.parties)


def test_the_years_of_the_old_term_are_moved_or_marked(renewed: Renewed) -> None:
    text = the_text(renewed[0])
    assert "du {date:2027-01-01} au {date:2031-12-31}" in text
    assert "au cours de l’année [à compléter : 2024 dans la convention précédente]" in text
    assert "2022-12" not in text.replace("du: 2022-12-15", "")


def test_the_command_lists_what_a_person_must_decide(renewed: Renewed) -> None:
    folder, screen = renewed
    count = the_text(folder).count("[à compléter")
    assert f"{count} points à décider" in screen
    line = (
        the_text(folder)
        .splitlines()
        .index(next(one for one in the_text(folder).splitlines() if "diagnostic à actualiser" in one))
    )
    assert f"{NEW}.yaml:{line + 1}:7 [à compléter : diagnostic à actualiser" in screen


def test_nothing_of_the_old_term_is_left_unseen(renewed: Renewed) -> None:
    done = run(renewed[0], "verifier", NEW)
    assert done.returncode == 0, said(done)
    assert set(re.findall(r"\[([A-Z]\d+)\]", said(done))) == {"G9"}


def test_what_is_to_complete_stops_a_convention_that_is_no_longer_a_projet(
    tmp_path: Path, renewed: Renewed
) -> None:
    from shutil import copytree

    copytree(renewed[0], tmp_path / "space")
    path = tmp_path / f"space/content/conventions/{NEW}.yaml"
    path.write_text(path.read_text("utf-8").replace("statut: projet", "statut: valide"), "utf-8")
    done = run(tmp_path / "space", "verifier", NEW)
    assert done.returncode == 1
    assert "erreur  [G9]" in said(done)


def test_it_never_overwrites(renewed: Renewed) -> None:
    before = the_text(renewed[0])
    done = run(renewed[0], "renouveler", OLD)
    assert done.returncode == 2
    assert "existe déjà : rien n’a été touché" in said(done)
    assert the_text(renewed[0]) == before


def test_an_avenant_is_not_renewed(renewed: Renewed) -> None:
    done = run(renewed[0], "renouveler", "avenant-1-ctg-2022-2026")
    assert (done.returncode, "est un avenant" in said(done)) == (2, True)


def test_the_draft_of_the_documentation_is_what_the_command_writes(renewed: Renewed) -> None:
    draft = (REPOSITORY / f"docs/exemples/{NEW}-brouillon.yaml").read_text("utf-8")
    assert the_text(renewed[0]) == draft
    assert parse(draft.encode("utf-8"), "x.yaml")[0] is not None


def test_a_plan_kept_in_a_workbook_goes_on_in_another(renewed: Renewed, tmp_path: Path) -> None:
    from shutil import copytree

    copytree(renewed[0], tmp_path / "space")
    folder = tmp_path / "space/content/conventions"
    run(tmp_path / "space", "suivi", OLD, "-o", str(folder / "plan.xlsx"))
    path = folder / f"{OLD}.yaml"
    head, _, tail = path.read_text("utf-8").partition("\nplan:\n")
    after = tail.partition("\nsuivi:")[2]
    path.write_text(f"{head}\nplan: {{fichier: plan.xlsx}}\n\nsuivi:{after}", "utf-8")
    before = (folder / "plan.xlsx").read_bytes()

    done = run(tmp_path / "space", "renouveler", OLD, "--id", "suivante")

    assert done.returncode == 0, said(done)
    assert (folder / "plan.xlsx").read_bytes() == before
    assert "plan: {fichier: suivante-plan.xlsx}" in (folder / "suivante.yaml").read_text("utf-8")
    whole = {one.name: one.read_bytes() for one in folder.iterdir()}
    (folder / "suivante.yaml").unlink()  # as a command that was stopped leaves it
    assert run(tmp_path / "space", "renouveler", OLD, "--id", "suivante").returncode == 0
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == whole
    checked = said(run(tmp_path / "space", "verifier", "suivante"))
    assert checked.count("« poursuivie, adaptée, réalisée, abandonnée ou nouvelle »") == 14, checked
