"""PDF of a whole batch, against one plain call of LibreOffice on the same Word files.

    python benchmarks/pdf.py [--acts 100] [--runs 3] [--folder DIR]

Two workspaces: the sample, and as many acts as asked. In turn, as often as asked: `soffice --convert-to pdf`
with a profile that is warm, no tags, no norm; then `ctgdocs generer --pdf`, whose PDFs are tagged, mended,
marked and kept. The least of the runs, in seconds that pass and in seconds of the processor.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from batches import COMMAND, REPOSITORY, a_workspace, row, run

from ctgdocs.pdf import office


def spent(action: Callable[[], object]) -> tuple[float, float]:
    """The seconds that passed, and those of the processor."""

    def processor() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    start, used = time.perf_counter(), processor()
    action()
    return time.perf_counter() - start, processor() - used


def plain(words: Sequence[Path], folder: Path) -> None:
    """The bare call, the files of one name apart."""
    out, profile = folder / "plain", folder / "profile"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    named = [shutil.copyfile(word, out / f"{index}.docx") for index, word in enumerate(words)]
    command = [office.program(), "--headless", f"-env:UserInstallation={profile.as_uri()}"]
    command += ["--convert-to", "pdf", "--outdir", str(out), *map(str, named)]
    subprocess.run(command, check=True, capture_output=True)


def ours(root: Path) -> None:
    for made in (root / "sorties").rglob("*.pdf"):
        made.unlink()
    subprocess.run([*COMMAND, "generer", "--pdf"], cwd=root, check=False, capture_output=True)


def measure(name: str, root: Path, folder: Path, runs: int) -> None:
    run(root, ok=(0, 1))
    words = sorted(one for one in (root / "sorties").rglob("*.docx") if ".ctgdocs" not in one.parts)
    plain(words[:1], folder)
    theirs, own = [], []
    for _ in range(runs):
        theirs.append(spent(lambda: plain(words, folder)))
        own.append(spent(lambda: ours(root)))
        if len(made := list((root / "sorties").rglob("*.pdf"))) < len(words):
            raise SystemExit(f"{len(made)} PDFs of {len(words)} Word files")
    for said, index in (("seconds", 0), ("of the processor", 1)):
        soffice, ctgdocs = min(one[index] for one in theirs), min(one[index] for one in own)
        row(f"{name}, {len(words)} documents: {said}", f"{soffice:.1f}, {ctgdocs:.1f} s", "")
        row("  over one call of LibreOffice", f"{ctgdocs / soffice:.2f}", "1.2")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--acts", type=int, default=100)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        sample, acts = folder / "sample", folder / "acts"
        for part in ("content", "templates"):
            shutil.copytree(REPOSITORY / part, sample / part)
        measure("the sample", sample, folder, options.runs)
        acts.mkdir()
        (acts / "content").mkdir()
        a_workspace(acts, options.acts)
        measure("acts", acts, folder, options.runs)


if __name__ == "__main__":
    main()
