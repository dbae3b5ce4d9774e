"""`etat` says what a run that trusts no memory finds, whatever was done before."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from builders import LEFT, a_project, an_act, edit_by_hand, generated, outputs, write
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from ctgdocs.kinds import KINDS
from ctgdocs.line.orders import Outcome, Report
from ctgdocs.line.status import Standing, clean, status
from ctgdocs.project import Project

SHELF = "content/deliberations"
SEANCE = "content/seances/2026-09-24.yaml"
NUMBERS = ("2026-045", "2026-046", "2026-047")
OBJETS = ("Premier objet", "Second objet")
STANDINGS = {
    Outcome.WRITTEN: (Standing.STALE,),
    Outcome.KEPT: (Standing.EDITED,),
    Outcome.SEALED: (Standing.CHANGED,),
    Outcome.IN_ERROR: (Standing.IN_ERROR,),
    Outcome.UNCHANGED: (Standing.FRESH, Standing.SEALED),
}
numbers = st.sampled_from(NUMBERS)


class Workspace(RuleBasedStateMachine):
    """Edits, whole and targeted runs, hand edits, deletions, renames; after each, `etat` is compared with a
    run in a copy that has the same files and no memory."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.project = a_project(
            Path(self.folder.name, "espace"), {"deliberations/2026-045.yaml": an_act() + LEFT}
        )
        generated(self.project)

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(number=numbers, objet=st.sampled_from(OBJETS), left=st.booleans())
    def an_act_is_typed(self, number: str, objet: str, left: bool) -> None:
        write(self.project.root, f"{SHELF}/{number}.yaml", an_act(objet) + (LEFT if left else ""))

    @rule(number=numbers)
    def an_act_is_mistyped(self, number: str) -> None:
        write(self.project.root, f"{SHELF}/{number}.yaml", an_act().replace("rapporteur", "raporteur"))

    @rule(number=numbers)
    def an_act_is_deleted(self, number: str) -> None:
        (self.project.root / SHELF / f"{number}.yaml").unlink(missing_ok=True)

    @rule(one=numbers, other=numbers)
    def an_act_is_renamed(self, one: str, other: str) -> None:
        source = self.project.root / SHELF / f"{one}.yaml"
        if source.exists():
            source.replace(self.project.root / SHELF / f"{other}.yaml")

    @rule(hour=st.sampled_from(["18h30", "19h00"]))
    def the_seance_moves(self, hour: str) -> None:
        text = (self.project.root / SEANCE).read_text("utf-8")
        write(self.project.root, SEANCE, text.replace("18h30", hour).replace("19h00", hour))

    @rule(which=st.integers(0, 3), words=st.sampled_from(["une", "deux"]))
    def a_document_is_edited_in_word(self, which: int, words: str) -> None:
        for path in list(outputs(self.project))[which : which + 1]:
            edit_by_hand(self.project.root / path, words)

    @rule(which=st.integers(0, 3))
    def a_document_is_deleted(self, which: int) -> None:
        for path in list(outputs(self.project))[which : which + 1]:
            (self.project.root / path).unlink()

    @rule(which=st.integers(0, 3))
    def a_document_is_renamed(self, which: int) -> None:
        for path in list(outputs(self.project))[which : which + 1]:
            file = self.project.root / path
            file.replace(file.with_name(f"copie {which}.docx"))

    @rule(replace=st.booleans())
    def a_whole_run(self, replace: bool) -> None:
        generated(self.project, replace=replace)

    @rule(number=numbers)
    def a_run_on_one_target(self, number: str) -> None:
        if (self.project.root / SHELF / f"{number}.yaml").exists():
            generated(self.project, number)

    @rule()
    def a_cleaning(self) -> None:
        clean(self.project, KINDS)

    @invariant()
    def etat_says_what_a_run_without_memory_finds(self) -> None:
        survey = status(self.project, KINDS)
        outdated = {one.output for one in survey.seen if one.standing is Standing.OUTDATED}
        found = {one.name: one.standing for one in survey.seen if one.output not in outdated}

        with tempfile.TemporaryDirectory() as folder:
            copy = a_copy_without_memory(self.project, Path(folder))
            report = generated(copy)
            cleaning = clean(copy, KINDS, dry=True)

        for key, outcome in outcomes(report).items():
            assert found.get(key) in STANDINGS[outcome], (key, outcome, found.get(key))
        assert outdated == {*cleaning.removed, *cleaning.kept}
        for path in cleaning.sealed:
            assert Standing.CHANGED in [one.standing for one in survey.seen if one.output == path]


def outcomes(report: Report) -> dict[str, Outcome]:
    return {one.key: one.outcome for one in report.results if one.outcome is not Outcome.NOTHING}


def a_copy_without_memory(project: Project, folder: Path) -> Project:
    for name in ("content", "templates", "sorties"):
        if (project.root / name).exists():
            shutil.copytree(project.root / name, folder / name, ignore=shutil.ignore_patterns(".ctgdocs"))
    return Project(folder)


TestEtat = Workspace.TestCase
TestEtat.settings = settings(
    max_examples=int(os.environ.get("CTGDOCS_TOURS", "8")),
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
