"""For any sequence of edits, an incremental run leaves the same bytes as a clean build."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from unittest import mock

from builders import a_project, an_act, edit_by_hand, generated, outputs, write
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ctgdocs.kinds import KINDS
from ctgdocs.line.desk import Desk
from ctgdocs.line.orders import Outcome
from ctgdocs.line.plan import plan
from ctgdocs.line.status import clean
from ctgdocs.memory import manifest
from ctgdocs.memory.store import Memory
from ctgdocs.project import Project
from ctgdocs.word import mark_of

Edit = Callable[[Project], None]


def swap(path: str, one: str, two: str) -> Edit:
    """Replaces one text by the other, or back; nothing when neither is there."""

    def edit(project: Project) -> None:
        file = project.root / path
        if file.exists():
            text = file.read_text("utf-8")
            write(project.root, path, text.replace(one, two) if one in text else text.replace(two, one))

    return edit


def comment(path: str) -> Edit:
    def edit(project: Project) -> None:
        file = project.root / path
        if file.exists():
            write(project.root, path, "# relu\n" + file.read_text("utf-8"))

    return edit


def act(number: str, *objets: str) -> list[Edit]:
    path = f"content/deliberations/{number}.yaml"
    return [lambda project, objet=objet: write(project.root, path, an_act(objet)) for objet in objets]  # type: ignore[misc]


def away(path: str) -> Edit:
    return lambda project: (project.root / path).unlink(missing_ok=True)


def lose_an_output(project: Project) -> None:
    for path in list(outputs(project))[:1]:
        (project.root / path).unlink()


def other_charte(project: Project) -> None:
    ours, other = project.templates / "charte.docx", project.templates / "chartes/moderne.docx"
    data = ours.read_bytes()
    shutil.copyfile(other, ours)
    other.write_bytes(data)


def one_target(project: Project) -> None:
    if (project.root / "content/deliberations/2026-045.yaml").exists():
        generated(project, "2026-045")


def another_number(project: Project) -> None:
    one, two = (project.content / f"deliberations/2026-04{n}.yaml" for n in (7, 8))
    if one.exists():
        one.replace(two)
    elif two.exists():
        two.replace(one)


def a_run_killed_before_it_could_record(project: Project) -> None:
    with mock.patch.object(Memory, "transaction", side_effect=Killed), suppress(Killed):
        generated(project)


class Killed(BaseException):
    """What a killed process leaves undone."""


def a_run_killed_before_it_was_complete(project: Project) -> None:
    with mock.patch.object(Memory, "complete", side_effect=Killed), suppress(Killed):
        generated(project)


def an_older_memory(project: Project) -> None:
    """Somebody takes the memory of a former day out of a backup."""
    ours, older = project.state_dir / "memoire.sqlite", project.state_dir / "sauvegarde.sqlite"
    if older.exists():
        shutil.copyfile(older, ours)
    elif ours.exists():
        shutil.copyfile(ours, older)


def a_damaged_memory(project: Project) -> None:
    file = project.state_dir / "memoire.sqlite"
    if file.exists():
        data = file.read_bytes()
        file.write_bytes(data[:5000] + b"\xff" + data[5001:])


EDITS: list[Edit] = [
    swap("content/seances/2026-09-24.yaml", "18h30", "19h00"),
    swap("content/seances/2026-10-15.yaml", "secretaire: petit-anne", "secretaire: inconnu-e"),
    swap("content/elus.yaml", "nom: Roy", "nom: Rey"),
    swap("content/elus.yaml", "civilite: Mme, prenom: Anne", "civilite: Mlle, prenom: Anne"),
    swap("content/visas.yaml", "L. 5211-1", "L. 5211-2"),
    swap("content/collectivite.yaml", "9800", "9900"),
    swap("content/deliberations/2026-045.yaml", "contre: [petit-anne]", "contre: []"),
    swap("content/deliberations/2026-046.yaml", "rapporteur", "raporteur"),
    comment("content/elus.yaml"),
    comment("content/seances/2026-09-24.yaml"),
    comment("content/deliberations/2026-045.yaml"),
    *act("2026-045", "Premier objet", "Second objet"),
    *act("2026-047", "Un acte de plus"),
    away("content/deliberations/2026-046.yaml"),
    away("content/deliberations/2026-047.yaml"),
    lose_an_output,
    other_charte,
    one_target,
    another_number,
    a_run_killed_before_it_could_record,
    a_run_killed_before_it_was_complete,
    an_older_memory,
    a_damaged_memory,
    lambda project: (project.state_dir / "memoire.sqlite").unlink(missing_ok=True),
]
names = st.integers(0, len(EDITS) - 1)


@settings(
    max_examples=int(os.environ.get("CTGDOCS_TOURS", "8")),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(st.lists(names, min_size=1, max_size=3), min_size=1, max_size=4))
@example([[3, 16], [1]])  # in error, its last good file removed, then an edit elsewhere
@example([[1, 17], [0]])  # in error, another charte, then an edit elsewhere
@example([[3, 16], [3]])  # in error, its last good file removed, then sound again
def test_an_incremental_run_leaves_the_bytes_of_a_clean_build(rounds: list[list[int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = a_project(Path(folder, "espace"))
        for template in project.templates.rglob("*.docx"):  # a file that is too young is read again
            os.utime(template, (1_000_000_000, 1_000_000_000))
        generated(project)
        for edits in rounds:
            for number in edits:
                EDITS[number](project)
            assert_nothing_is_overlooked(project)
            report = generated(project)
        stopped = {one.key for one in report.results if one.outcome in (Outcome.IN_ERROR, Outcome.KEPT)}
        last_good = {
            path
            for path, data in outputs(project).items()
            if (mark := mark_of(data)) is not None and mark.origin in stopped
        }
        clean(project, KINDS)

        fresh = a_clean_copy(project, Path(folder, "neuf"))
        whole = generated(fresh)

        ours, theirs = outputs(project), outputs(fresh)
        assert {path: ours.get(path) for path in theirs} == theirs
        assert set(ours) - set(theirs) <= last_good
        assert {one for one in report.findings if one.blocking} == {
            one for one in whole.findings if one.blocking
        }
        assert sorted(generated(project).findings, key=str) == sorted(
            [one for one in report.findings if one.severity != "info"], key=str
        )


def assert_nothing_is_overlooked(project: Project) -> None:
    """What the memory says of a change finds what looking at every document finds."""
    desk = Desk(project, KINDS, time.time_ns(), manifest.peek(project.state_dir))
    quick = plan(desk, desk.documents)
    apart = Desk(project, KINDS, time.time_ns(), manifest.peek(project.state_dir))
    keys = {key for user in apart.documents for key in apart.memory.reads(user)}
    apart.__dict__["moved"] = {key: apart.library.digest(key) for key in sorted(keys)}
    with mock.patch("ctgdocs.line.plan._suspects", return_value=set(apart.documents)):
        whole = plan(apart, apart.documents)
    assert quick.causes == whole.causes
    assert quick.fresh == whole.fresh


def a_clean_copy(project: Project, root: Path) -> Project:
    for name in ("content", "templates"):
        shutil.copytree(project.root / name, root / name)
    return Project(root)


def test_a_hand_edit_survives_any_round_of_edits(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    generated(project)
    path = next(iter(outputs(project)))
    mine = edit_by_hand(project.root / path)

    for edit in EDITS:
        if edit is lose_an_output:
            continue
        edit(project)
        generated(project)

    assert (project.root / path).read_bytes() == mine
