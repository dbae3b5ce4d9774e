"""What becomes of a workspace whose memory was lost, damaged, exchanged, or replaced by something else."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import a_project, change, edit_by_hand, generated, output, outputs, told, words_of
from running import command

from ctgdocs.findings import Severity, WritingError
from ctgdocs.line.orders import Outcome
from ctgdocs.memory.glance import nothing_changed
from ctgdocs.project import Project

MEMORY, JOURNAL = "memoire.sqlite", "memoire.sqlite-journal"
PATIENCE = 60
"""Seconds after which a command is said to hang."""

Damage = Callable[[Path], object]


def spoilt(number: int) -> Damage:
    def damage(file: Path) -> None:
        data = bytearray(file.read_bytes())
        chance = random.Random(number)
        for _ in range(chance.choice((1, 1, 20))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        file.write_bytes(data)

    return damage


def cut(where: float) -> Damage:
    return lambda file: file.write_bytes(file.read_bytes()[: int(where * file.stat().st_size)])


def zeroed(file: Path) -> None:
    file.write_bytes(bytes(file.stat().st_size))


def a_folder(file: Path) -> None:
    file.unlink()
    (file / "dedans").mkdir(parents=True)


def a_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def another_s(file: Path) -> None:
    """The memory of another workspace."""
    other = a_project(file.parents[2] / "autre", {"deliberations/2026-046.yaml": None})
    generated(other)
    shutil.move(other.state_dir / MEMORY, file)
    shutil.rmtree(other.root)


DAMAGES: dict[str, Damage] = {
    **{f"bits {number}": spoilt(number) for number in range(12)},
    "cut to nothing": cut(0),
    "cut in its header": cut(0.001),
    "cut in half": cut(0.5),
    "zeroed": zeroed,
    "garbage": lambda file: file.write_bytes(random.Random(0).randbytes(40_000)),
    "text": lambda file: file.write_text("<<<<<<< HEAD\n"),
    "a folder": a_folder,
    "another workspace's": another_s,
    "gone": Path.unlink,
    **({"a pipe": a_pipe} if hasattr(os, "mkfifo") else {}),
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A workspace made once, then a hand edit and a change of content that no run has seen."""
    found = a_project(tmp_path / "espace")
    generated(found)
    change(found.root, "content/seances/2026-09-24.yaml", "18h30", "19h")
    edit_by_hand(output(found, "2026-046"), "retouche")
    return found


def said(project: Project, name: str) -> str:
    """What a command says; a document is kept, so that none ends clean."""
    done = command(project.root, name, patience=PATIENCE)
    assert (done.code, done.err) == (1, "")
    return done.out


def assert_recovered(project: Project, mine: bytes) -> None:
    assert "3 documents : 1 écrit, 1 inchangé, 0 en erreur, 1 gardé" in said(project, "generer")
    assert output(project, "2026-046").read_bytes() == mine
    assert "dix-neuf heures" in " ".join(words_of(output(project, "2026-045")))
    assert "3 documents : 2 à jour, 1 modifié à la main." in said(project, "etat")


@pytest.mark.parametrize("damage", DAMAGES)
def test_nothing_is_lost_and_no_hand_edit_is_overwritten(project: Project, damage: str) -> None:
    mine = output(project, "2026-046").read_bytes()
    DAMAGES[damage](project.state_dir / MEMORY)

    assert nothing_changed(str(project.root)) is None
    assert_recovered(project, mine)


@pytest.mark.parametrize("damage", [name for name in DAMAGES if name not in ("gone", "another workspace's")])
def test_the_journal_of_a_killed_run_may_be_anything(project: Project, damage: str) -> None:
    mine = output(project, "2026-046").read_bytes()
    (project.state_dir / JOURNAL).write_bytes(random.Random(1).randbytes(9_000))
    DAMAGES[damage](project.state_dir / JOURNAL)

    assert_recovered(project, mine)


@pytest.mark.parametrize("number", range(6))
def test_damage_that_only_its_reading_tells_is_found(project: Project, number: int) -> None:
    """A run was killed, so that the memory is not sealed; then the disk spoilt it."""
    mine = output(project, "2026-046").read_bytes()
    file = project.state_dir / MEMORY
    spoilt(number)(file)
    data = file.read_bytes()
    file.write_bytes(data[:60] + bytes(4) + data[64:])

    generated(project)

    assert output(project, "2026-046").read_bytes() == mine
    assert "dix-neuf heures" in " ".join(words_of(output(project, "2026-045")))


def test_it_is_set_aside_and_said_once(project: Project) -> None:
    zeroed(project.state_dir / MEMORY)

    (said,) = [one for one in generated(project).findings if one.code == "memoire"]

    assert said.severity is Severity.INFO
    assert (project.state_dir / "memoire.illisible.sqlite").stat().st_size > 0
    assert [one for one in generated(project).findings if one.code == "memoire"] == []


def test_a_new_workspace_says_nothing_of_its_memory(tmp_path: Path) -> None:
    assert told(generated(a_project(tmp_path))) == []


def test_one_that_cannot_be_set_aside_is_named_in_a_sentence(project: Project) -> None:
    a_folder(project.state_dir / MEMORY)
    (project.state_dir / "memoire.illisible.sqlite").write_text("un fichier")

    with pytest.raises(WritingError, match=r"supprimez « sorties/\.ctgdocs/memoire\.sqlite »"):
        generated(project)


def test_a_memory_of_former_days_hides_no_change(project: Project) -> None:
    """Somebody restores it from a backup: what was written since says itself that it is ours."""
    file = project.state_dir / MEMORY
    older = file.read_bytes()
    generated(project)
    change(project.root, "content/seances/2026-09-24.yaml", "19h", "20h")
    file.write_bytes(older)

    report = generated(project)

    assert report.count(Outcome.WRITTEN) == 1
    assert report.count(Outcome.KEPT) == 1
    assert "vingt heures" in " ".join(words_of(output(project, "2026-045")))


def test_a_workspace_that_was_copied_without_its_memory_is_up_to_date(tmp_path: Path) -> None:
    project = a_project(tmp_path / "un")
    generated(project)
    copy = Project(
        shutil.copytree(project.root, tmp_path / "deux", ignore=shutil.ignore_patterns(".ctgdocs"))
    )

    report = generated(copy)

    assert report.count(Outcome.UNCHANGED) == 3
    assert outputs(copy) == outputs(project)
