"""Whatever happens meanwhile, every output is whole, and the next run finishes the work.

Real processes, killed at random points; a real small disk, filled up. `CTGDOCS_TOURS=100 pytest tests/line`
runs each of them a hundred times in a row.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from builders import a_project, an_act, change, generated, outputs, told, words_of
from running import Said, command

from ctgdocs.findings import WritingError
from ctgdocs.kinds import KINDS
from ctgdocs.line.status import status
from ctgdocs.project import Project

TOURS = int(os.environ.get("CTGDOCS_TOURS", "2"))
COMMAND = [sys.executable, "-m", "ctgdocs"]
posix = pytest.mark.skipif(os.name == "nt", reason="kill -9, mount and chmod are not Windows's")


@pytest.fixture(scope="module")
def two_builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes], dict[str, bytes]]:
    """A workspace of sixteen acts, its outputs before an edit and after it."""
    root = tmp_path_factory.mktemp("actes")
    acts = {f"deliberations/2026-1{n:02}.yaml": an_act(f"Objet {n}") for n in range(16)}
    project = a_project(root / "espace", acts)
    run(project)
    before = outputs(project)
    shutil.copytree(project.root, root / "depart")
    later(project)
    run(project)
    return root / "depart", before, outputs(project)


def later(project: Project) -> None:
    change(project.root, "content/elus.yaml", "nom: Roy", "nom: Leroy")


def run(project: Project) -> Said:
    return command(project.root, "generer")


def assert_whole(project: Project, before: dict[str, bytes], after: dict[str, bytes]) -> None:
    for path, data in outputs(project).items():
        assert data in (before.get(path), after[path]), f"{path} is neither the old one nor the new one"


def assert_finished(project: Project, after: dict[str, bytes]) -> None:
    done = run(project)
    assert (done.code, done.err) == (0, "")
    assert outputs(project) == after
    assert not [path for path in project.sorties.rglob(".ctgdocs-*") if path.is_file()]
    assert status(project, KINDS).fresh


@posix
@pytest.mark.parametrize("tour", range(TOURS))
@pytest.mark.parametrize("jobs", [(), ("--jobs", "2")])
def test_kill_9_at_any_point(tmp_path: Path, two_builds, tour: int, jobs: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    start, before, after = two_builds
    project = Project(shutil.copytree(start, tmp_path / "espace"))
    later(project)
    process = subprocess.Popen([*COMMAND, "generer", *jobs], cwd=project.root, stdout=subprocess.DEVNULL)

    time.sleep(random.Random(f"{tour}{jobs}").uniform(0.1, 0.9 if jobs else 0.6))
    process.kill()
    process.wait()

    assert_whole(project, before, after)
    assert_finished(project, after)


@posix
def test_kill_9_between_two_renames(tmp_path: Path, two_builds) -> None:  # type: ignore[no-untyped-def]
    """The worst moment: outputs are in place, the memory does not know yet."""
    start, before, after = two_builds
    project = Project(shutil.copytree(start, tmp_path / "espace"))
    later(project)
    program = (
        "import os\n"
        "real, count = os.replace, [0]\n"
        "def replace(source, target):\n"
        "    count[0] += str(target).endswith('.docx')\n"
        "    if count[0] == 7: os.kill(os.getpid(), 9)\n"
        "    return real(source, target)\n"
        "os.replace = replace\n"
        "from ctgdocs.cli.main import main\n"
        "main(['generer', '--jobs', '1'])\n"
    )
    killed = subprocess.run([sys.executable, "-c", program], cwd=project.root, check=False)

    assert killed.returncode == -signal.SIGKILL
    assert sum(outputs(project)[path] != before[path] for path in before) == 6
    assert_whole(project, before, after)
    assert_finished(project, after)


@posix
@pytest.mark.parametrize("tour", range(TOURS))
def test_two_runs_at_once(tmp_path: Path, two_builds, tour: int) -> None:  # type: ignore[no-untyped-def]
    start, before, after = two_builds
    project = Project(shutil.copytree(start, tmp_path / "espace"))
    later(project)
    both = [
        subprocess.Popen(
            [*COMMAND, "generer", "--forcer"],
            cwd=project.root,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
        )
        for _ in range(2)
    ]
    said = [(process.communicate()[1].decode(), process.returncode) for process in both]

    for text, code in said:
        assert code == 0 or "Une autre génération est en cours dans cet espace" in text
        assert "Traceback" not in text
    assert any(code == 0 for _, code in said)
    assert_whole(project, before, after)
    assert_finished(project, after)


@posix
def test_a_lock_that_a_dead_run_left_is_broken(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    project.state_dir.mkdir(parents=True)
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    mine = {"poste": os.uname().nodename, "processus": str(child.pid)}
    (project.state_dir / "verrou").write_text(json.dumps(mine), "utf-8")

    assert generated(project).clean


def test_a_lock_left_empty_is_broken(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    project.state_dir.mkdir(parents=True)
    (project.state_dir / "verrou").touch()

    assert generated(project).clean


def test_a_lock_of_another_machine_is_respected(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    project.state_dir.mkdir(parents=True)
    (project.state_dir / "verrou").write_text('{"poste": "PC-ACCUEIL", "processus": "412"}', "utf-8")

    with pytest.raises(WritingError, match="depuis le poste « PC-ACCUEIL »"):
        generated(project)


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """A real file system of `size` at `folder`. Needs the right to mount."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small file system needs root; the next test fills a disk without it")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@posix
@pytest.mark.parametrize("tour", range(TOURS))
def test_a_disk_that_fills_up(tmp_path: Path, two_builds, tour: int) -> None:  # type: ignore[no-untyped-def]
    start, _, _ = two_builds
    project = Project(shutil.copytree(start, tmp_path / "espace", ignore=shutil.ignore_patterns("sorties")))
    later(project)
    _, _, after = two_builds
    size = random.Random(tour).randint(40, 500)
    with small_disk(project.sorties, f"{size}k"):
        done = run(project)

        assert done.code == 1
        assert "disque" in done.out + done.err
        assert "plein" in done.out + done.err
        assert_whole(project, {}, after)
        subprocess.run(["mount", "-o", "remount,size=20m", str(project.sorties)], check=True)
        assert_finished(project, after)


@posix
def test_a_disk_that_refuses_long_files(tmp_path: Path, two_builds) -> None:  # type: ignore[no-untyped-def]
    import resource

    start, before, after = two_builds
    project = Project(shutil.copytree(start, tmp_path / "espace"))
    later(project)

    done = subprocess.run(
        [*COMMAND, "generer"],
        cwd=project.root,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000)),
    )

    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert outputs(project) == before
    assert_finished(project, after)


@posix
def test_a_read_only_folder(tmp_path: Path) -> None:
    project = a_project(tmp_path)
    with small_disk(project.sorties, "10m"):
        generated(project)
        before = outputs(project)
        change(tmp_path, "content/elus.yaml", "nom: Roy", "nom: Leroy")
        subprocess.run(["mount", "-o", "remount,ro", str(project.sorties)], check=True)

        with pytest.raises(WritingError, match="n’est pas modifiable"):
            generated(project)
        assert outputs(project) == before


def test_an_output_that_word_holds_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows, Word keeps the document it shows from being replaced."""
    project = a_project(tmp_path)
    generated(project)
    change(tmp_path, "content/seances/2026-09-24.yaml", "18h30", "19h")
    real = os.replace

    def held(source: str, target: str) -> None:
        if Path(target).name.startswith("2026-045"):
            raise PermissionError(13, "Access is denied")
        real(source, target)

    monkeypatch.setattr(os, "replace", held)
    report = generated(project)
    monkeypatch.setattr(os, "replace", real)

    (finding,) = told(report)
    assert finding.message.startswith("« 2026-045")
    assert "est ouvert dans un autre programme" in finding.message
    assert "Fermez le document dans Word" in " ".join(finding.hints)
    assert generated(project).clean
    for path, data in outputs(project).items():
        assert ("dix-neuf" in " ".join(words_of(data))) == ("2026-060" not in path)


@posix
def test_ctrl_c_is_one_sentence(tmp_path: Path, two_builds) -> None:  # type: ignore[no-untyped-def]
    start, before, after = two_builds
    project = Project(shutil.copytree(start, tmp_path / "espace"))
    later(project)
    process = subprocess.Popen(
        [*COMMAND, "generer", "--forcer", "--jobs", "2"], cwd=project.root, stderr=subprocess.PIPE
    )
    while process.poll() is None and not (project.state_dir / "verrou").exists():
        time.sleep(0.01)  # before, it is Python that is interrupted
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    text = process.communicate()[1].decode()

    assert "Traceback" not in text
    if process.returncode:
        assert process.returncode == 130
        assert "Interrompu" in text
    assert_whole(project, before, after)
    assert_finished(project, after)
