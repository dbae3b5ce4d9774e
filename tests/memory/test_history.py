"""Every change of a content file can be undone; what somebody else wrote is never lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctgdocs.memory import history as room
from ctgdocs.memory.history import History
from ctgdocs.memory.writing import NotWritten
from ctgdocs.project import Project

PATH = "content/deliberations/2026-045.yaml"


@pytest.fixture
def history(tmp_path: Path) -> History:
    (tmp_path / PATH).parent.mkdir(parents=True)
    (tmp_path / PATH).write_bytes(b"objet: un\n")
    return History(Project(tmp_path))


def says(history: History) -> bytes:
    return (history.project.root / PATH).read_bytes()


def test_changes_are_undone_in_turn_and_what_is_typed_in_one_field_together(history: History) -> None:
    history.write(PATH, b"objet: un\n", b"objet: deux\n", "objet")
    history.write(PATH, b"objet: deux\n", b"objet: trois\n", "objet")
    history.write(PATH, b"objet: trois\n", b"objet: trois\nmatiere: '8.2'\n", "matiere")
    assert history.undo(PATH)
    assert says(history) == b"objet: trois\n"
    assert history.undo(PATH)
    assert says(history) == b"objet: un\n"
    assert not history.undo(PATH)


def test_nothing_is_written_over_what_another_hand_wrote(history: History) -> None:
    (history.project.root / PATH).write_bytes(b"objet: ailleurs\n")
    with pytest.raises(NotWritten) as refusal:
        history.write(PATH, b"objet: un\n", b"objet: deux\n")
    assert refusal.value.changed
    assert says(history) == b"objet: ailleurs\n"


def test_a_change_of_the_page_is_not_undone_over_another_hand(history: History) -> None:
    history.write(PATH, b"objet: un\n", b"objet: deux\n")
    (history.project.root / PATH).write_bytes(b"objet: ailleurs\n")
    assert not history.can_undo(PATH)
    assert not history.undo(PATH)
    assert says(history) == b"objet: ailleurs\n"


@pytest.mark.parametrize(("seconds", "kept"), [(room.KEPT - 1, True), (room.KEPT + 1, False)])
def test_a_version_is_kept_thirty_days(
    history: History, monkeypatch: pytest.MonkeyPatch, seconds: int, kept: bool
) -> None:
    history.write(PATH, b"objet: un\n", b"objet: deux\n", "objet")
    later = room.time.time_ns() + seconds * 1_000_000_000
    monkeypatch.setattr(room.time, "time_ns", lambda: later)
    history.write(PATH, b"objet: deux\n", b"objet: trois\n", "objet")
    assert history.undo(PATH)
    assert history.undo(PATH) is kept
    assert says(history) == (b"objet: un\n" if kept else b"objet: deux\n")


def test_what_is_too_old_goes_of_a_file_that_nobody_changes_any_more(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.write(PATH, b"objet: un\n", b"objet: deux\n", "objet")
    history.forget()
    assert history.can_undo(PATH)
    later = room.time.time_ns() + (room.KEPT + 1) * 1_000_000_000
    monkeypatch.setattr(room.time, "time_ns", lambda: later)
    history.forget()
    assert not history.can_undo(PATH)


def test_what_is_kept_of_an_agent_is_for_its_owner_alone(history: History) -> None:
    path = "content/agents/cabrol-ines.yaml"
    (history.project.root / path).parent.mkdir()
    (history.project.root / path).write_bytes(b"nom: Cabrol\n")
    history.write(path, b"nom: Cabrol\n", b"nom: Cabrol-Rey\n")
    kept = [one for one in history.folder.rglob("*") if one.is_file()]
    assert kept
    assert all(one.stat().st_mode & 0o077 == 0 for one in [*kept, history.project.root / path])
