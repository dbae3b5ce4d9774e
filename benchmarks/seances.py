"""A séance and its papers from cold, and `verifier` on many acts, in seconds of the processor.

    python benchmarks/seances.py [--points 20] [--acts 1000] [--base FOLDER]

`--base` is another checkout of the program, whose `verifier` runs on the same acts in turn. What the
processor spends is measured, not the clock: a busy machine changes it little.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from batches import AS_INSTALLED, REPOSITORY
from line import realistic

REUNION = "seance: {day}\n"
SUITE = "seance: {day}\nliste_affichee: {day}\nfeuillet: 12\ndate: {day}\npoints:\n"
DEBAT = "  - deliberation: {id}\n    debats: |\n      {{executif}} rappelle le projet.\n"


def spent(folder: Path, program: Path, *arguments: str) -> float:
    """Seconds of the processor, of one command and of those that it starts. SystemExit when it fails."""
    before = os.times()
    environment = {**AS_INSTALLED, "PYTHONPATH": str(program)}
    done = subprocess.run(
        [sys.executable, "-m", "ctgdocs", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        sys.exit((done.stdout + done.stderr).decode(errors="replace")[-2000:])
    after = os.times()
    return after.children_user - before.children_user + after.children_system - before.children_system


def a_seance(root: Path, points: int) -> str:
    """One séance of so many délibérations, its meeting and what follows it; its id."""
    realistic(root, points)
    acts = sorted((root / "content/deliberations").glob("*.yaml"))
    (day, *others) = sorted(path.stem for path in (root / "content/seances").glob("*.yaml"))
    for path in acts:
        text = re.sub(r"(?m)^seance: .*$", f"seance: {day}", path.read_text("utf-8"))
        sent = re.sub(r"(?m)^(transmission|publication): .*\n?", "", text)
        path.write_text(sent, encoding="utf-8")
    for other in others:
        (root / f"content/seances/{other}.yaml").unlink()
    for shelf, text in (("reunions", REUNION), ("suites", SUITE)):
        (root / "content" / shelf).mkdir()
        debates = "".join(DEBAT.format(id=path.stem) for path in acts) if shelf == "suites" else ""
        written = text.format(day=day) + debates
        (root / f"content/{shelf}/{shelf.removesuffix('s')}.yaml").write_text(written, encoding="utf-8")
    return day


def as_it_was(program: Path, root: Path, acts: int) -> None:
    """The same acts as that checkout's own benchmark writes them: its content files may differ."""
    made = f"from line import realistic; from pathlib import Path; realistic(Path({str(root)!r}), {acts})"
    environment = {**AS_INSTALLED, "PYTHONPATH": str(program)}
    subprocess.run([sys.executable, "-c", made], cwd=program / "benchmarks", env=environment, check=True)


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--points", type=int, default=20)
    asked.add_argument("--acts", type=int, default=1000)
    asked.add_argument("--base", type=Path)
    asked.add_argument("--runs", type=int, default=3)
    said = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "seance"
        day = a_seance(root, said.points)
        times = []
        for _ in range(said.runs + 1):  # the first one prepares the templates
            shutil.rmtree(root / "sorties", ignore_errors=True)
            times.append(spent(root, REPOSITORY, "seance", day))
        made = len([*root.glob("sorties/**/*.docx")])
        print(
            f"séance of {said.points} points, {made} papers from cold: {statistics.median(times[1:]):.2f} s"
        )
        programs = [REPOSITORY, *filter(None, [said.base])]
        for number, program in enumerate(programs):
            as_it_was(program, Path(folder) / f"actes-{number}", said.acts)
        rows = [
            [
                spent(Path(folder) / f"actes-{n}", one, "verifier", "--jobs", "1")
                for n, one in enumerate(programs)
            ]
            for _ in range(said.runs)
        ]
        ours = statistics.median(row[0] for row in rows)
        print(f"verifier on {said.acts} acts: {ours:.2f} s, {1000 * ours / said.acts:.1f} ms an act")
        if said.base:
            print(f"… over {said.base.name}: {statistics.median(row[0] / row[1] for row in rows):.2f}")


if __name__ == "__main__":
    main()
