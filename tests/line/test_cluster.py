"""A Dask cluster takes the place of the processes: a real scheduler and two workers on loopback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import a_project, an_act, generated, outputs

from ctgdocs.findings import UsageError

distributed = pytest.importorskip("distributed")

CLUSTER = """
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as one:
        print(one.scheduler_address, flush=True)
        input()
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    script = tmp_path_factory.mktemp("grappe") / "grappe.py"
    script.write_text(CLUSTER, "utf-8")
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.communicate("\n")


def test_a_cluster_leaves_the_same_bytes(tmp_path: Path, address: str) -> None:
    acts = {f"deliberations/2026-1{n:02}.yaml": an_act(f"Objet {n}") for n in range(60)}
    here, there = a_project(tmp_path / "ici", acts), a_project(tmp_path / "grappe", acts)

    alone, together = generated(here), generated(there, cluster=address)

    assert alone.findings == together.findings
    assert alone.results == together.results
    assert outputs(here) == outputs(there)
    assert generated(there, cluster=address).documents == 63


def test_an_address_where_nothing_answers_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ctgdocs.line.jobs.PATIENCE", "0.5s")
    project = a_project(tmp_path)

    with pytest.raises(UsageError, match="Aucune grappe de calcul ne répond"):
        generated(project, cluster="tcp://127.0.0.1:9")
