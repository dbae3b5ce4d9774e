"""`generer --surveiller`: a save is regenerated, a storm of saves makes one run."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import a_project, change, output, words_of, write

from ctgdocs.project import Project

LONG = 20.0  # s: for a loaded machine


def heeds_ctrl_c() -> None:
    """Tests that were started in the background ignore it, and so would what they start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Watching:
    """A real `ctgdocs generer --surveiller`, and what it says."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "ctgdocs", "generer", "--surveiller"],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            preexec_fn=heeds_ctrl_c if os.name != "nt" else None,
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n").replace("\u00a0", " "))

    def until(self, words: str) -> list[str]:
        """Everything said up to a line that holds `words`."""
        said: list[str] = []
        end = time.monotonic() + LONG
        while time.monotonic() < end:
            try:
                said.append(self.lines.get(timeout=0.1))
            except queue.Empty:
                continue
            if words in said[-1]:
                return said
        raise AssertionError(f"« {words} » was not said; it said {said}")

    def said(self) -> list[str]:
        """What it has said and nobody has read."""
        return [self.lines.get() for _ in range(self.lines.qsize())]

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT if os.name != "nt" else signal.CTRL_BREAK_EVENT)
        self.process.wait(LONG)
        self.reader.join(LONG)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Watching]:
    a_project(tmp_path)
    watching = Watching(tmp_path)
    try:
        watching.until("À l’écoute")
        yield watching
    finally:
        watching.stop()


def test_a_save_is_regenerated_at_once(tmp_path: Path, watching: Watching) -> None:
    change(tmp_path, "content/seances/2026-09-24.yaml", "18h30", "19h")

    watching.until("2 écrits")

    assert "dix-neuf heures" in " ".join(words_of(output(Project(tmp_path), "2026-045")))


def test_an_error_is_shown_then_cleared(tmp_path: Path, watching: Watching) -> None:
    change(tmp_path, "content/deliberations/2026-045.yaml", "rapporteur: m", "raporteur: m")
    said = watching.until("1 en erreur")
    assert any("vouliez-vous dire « rapporteur » ?" in line for line in said)
    watching.until(" s)")

    change(tmp_path, "content/deliberations/2026-045.yaml", "raporteur: m", "rapporteur: m")
    assert not any("erreur  [" in line for line in watching.until("0 en erreur"))


def test_a_storm_of_saves_is_answered_once_and_by_the_last_of_them(
    tmp_path: Path, watching: Watching
) -> None:
    text = (tmp_path / "content/seances/2026-09-24.yaml").read_text("utf-8")
    for number in range(8):
        write(tmp_path, "content/seances/2026-09-24.yaml", text.replace("18h30", f"18h3{number + 1}"))

    watching.until("2 écrits")
    watching.until(" s)")
    time.sleep(0.8)

    assert sum(" s)" in line for line in watching.said()) <= 1  # a machine may stop between two saves
    assert "dix-huit heures trente-huit" in " ".join(words_of(output(Project(tmp_path), "2026-045")))
