"""The large real case: 1 000 and 10 000 acts over 100 séances, against doit, side by side in one run.

    python benchmarks/batches.py [--acts 1000 10000] [--runs 5] [--folder DIR]

Prints one table: nothing to do (against doit's md5 run on as many targets), one séance edited (against
nothing to do plus the same documents from a cold start), everything from nothing with one and two processes,
memory, and the cost of the last quarter over the first.
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
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
SEANCES, EDITED = 100, 50
COMMAND = [sys.executable, "-m", "ctgdocs"]
AS_INSTALLED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""The environment of what is measured: its modules are compiled once, as those of any installed package."""

SEANCE = """\
instance: conseil-communautaire
date: {day}
heure: 18h30
lieu: salle des fêtes de Belmaure-de-Vaurelle
convocation: {convocation}
secretaire: {secretaire}
absents:
  - {{elu: {absent}, excuse: oui}}
"""

ACT = """\
seance: {day}
objet: Soutien au projet {number} de la convention territoriale globale
rapporteur: {rapporteur}
matiere: "8.2"
visas: [{visa}, "l’avis de la commission Affaires sociales du 3 septembre 2015"]
considerants:
  - que la convention territoriale globale prend fin le 31 décembre 2026
  - qu’il y a lieu de poursuivre le projet {number}
expose: |
  {{executif}} rappelle que le projet {number} répond à un besoin des familles :
  - un **accueil** près de chez elles ;
  - un coût de {{montant:{amount}}} par an.
tableaux:
  plan:
    titre: Plan de financement
    depenses: [{{libelle: Travaux, montant: {amount}}}, {{libelle: Mobilier, montant: 2500}}]
    recettes: [{{libelle: Caf, montant: 2500}}, {{libelle: Autofinancement, montant: {amount}}}]
decisions:
  - d’approuver le projet {number}
  - d’autoriser {{executif}} à signer toute pièce utile
vote: {{contre: [{against}]}}
"""

SENT = "transmission: {sent}\npublication: {sent}\n"
"""Of every act but those of the séance that will be edited: an act that has left is sealed."""


def a_workspace(root: Path, acts: int) -> None:
    """`acts` délibérations over 100 séances, in the sample's own council."""
    shutil.copytree(REPOSITORY / "templates", root / "templates")
    shutil.copytree(REPOSITORY / "content/instances", root / "content/instances")
    for name in ("collectivite", "communes", "elus", "partenaires", "visas"):
        shutil.copyfile(REPOSITORY / f"content/{name}.yaml", root / f"content/{name}.yaml")
    (root / "content/seances").mkdir()
    (root / "content/deliberations").mkdir()
    council = (root / "content/instances/conseil-communautaire.yaml").read_text("utf-8")
    members = re.findall(r"[a-z]+(?:-[a-z]+)+", council.partition("membres:")[2])
    members = [one for one in dict.fromkeys(members) if f"\n{one}:" in elus(root)]
    visa = re.findall(r"^([a-z0-9-]+):", (root / "content/visas.yaml").read_text("utf-8"), re.M)[0]
    first = date(2016, 1, 14)
    for number in range(SEANCES):
        day = first + timedelta(weeks=4 * number)
        write(
            root / f"content/seances/{day}.yaml",
            SEANCE.format(
                day=day,
                convocation=day - timedelta(days=8),
                secretaire=members[1],
                absent=members[2 + number % 8],
            ),
        )
        for order in range(acts // SEANCES):
            name = f"{day.year}-{number:03}{order:03}"
            text = ACT.format(
                day=day,
                number=name,
                rapporteur=members[1],
                visa=visa,
                amount=10000 + 7 * order + 100 * number,
                against=members[12 + order % 8],
            )
            left = "" if number == EDITED else SENT.format(sent=day + timedelta(days=5))
            write(root / f"content/deliberations/{name}.yaml", text + left)


def elus(root: Path) -> str:
    return "\n" + (root / "content/elus.yaml").read_text("utf-8")


def write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def doit_workspace(root: Path, workspace: Path) -> None:
    """The same dependencies for doit: each act from its content file, its séance and the template (md5)."""
    root.mkdir()
    targets = sorted((workspace / "content/deliberations").glob("*.yaml"))
    lines = [
        "DOIT_CONFIG = {'verbosity': 0, 'reporter': 'zero'}",
        "ACTS = " + repr([(str(path), path.read_text("utf-8")[8:18]) for path in targets]),
        f"ROOT, DONE = {str(workspace)!r}, {str(root)!r}",
        "TEMPLATE = f'{ROOT}/templates/deliberations/deliberation.docx'",
        "def made(): return True",
        "def task_acts():",
        "    for act, day in ACTS:",
        "        sources = [act, f'{ROOT}/content/seances/{day}.yaml', TEMPLATE]",
        "        done = act.replace(f'{ROOT}/content', DONE) + '.done'",
        "        yield dict(name=act, actions=[made], file_dep=sources, targets=[done])",
    ]
    write(root / "dodo.py", "\n".join(lines) + "\n")
    for path in targets:
        done = root / path.relative_to(workspace / "content")
        done.parent.mkdir(exist_ok=True)
        Path(f"{done}.done").write_bytes(b"")


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def best(runs: int, action: Callable[[], object]) -> float:
    """The median of a few runs: steadier than the mean, fairer than the best."""
    return statistics.median(seconds(action) for _ in range(runs))


def run(root: Path, *arguments: str, ok: Sequence[int] = (0,)) -> str:
    done = subprocess.run(
        [*COMMAND, "generer", *arguments],
        cwd=root,
        env=AS_INSTALLED,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode not in ok:
        raise SystemExit(f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done.stdout


def peak_memory(root: Path, *arguments: str) -> int:
    """Megabytes at the worst moment of a run, of its largest process."""
    script = (
        "import os, resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    )
    command = [sys.executable, "-c", script, *COMMAND, "generer", *arguments]
    done = subprocess.run(command, cwd=root, env=AS_INSTALLED, capture_output=True, text=True, check=True)
    return int(done.stdout)


def put_away(folder: Path) -> None:
    """Makes way for a run from nothing, as the first one had it: ext4 looks for a new file's place among
    thousands that were deleted a minute ago, and that would be measured."""
    folder.rename(folder.with_name(f"{folder.name}-{time.monotonic_ns()}"))


def quarters(root: Path) -> float:
    """The cost of the last quarter over that of the first, from when each output was written."""
    times = sorted(path.stat().st_mtime_ns for path in (root / "sorties").rglob("*.docx"))
    quarter = len(times) // 4
    skipped = max(len(times) // 20, 1)  # the first chunk pays for imports
    first = (times[skipped + quarter] - times[skipped]) / quarter
    return (times[-1] - times[-1 - quarter]) / quarter / first


def row(name: str, value: str, target: str) -> None:
    print(f"{name:<62} {value:>16}   {target}", flush=True)


def measure(folder: Path, acts: int, runs: int) -> None:
    root = folder / f"{acts}"
    a_workspace(root, acts)
    once = seconds(lambda: run(root, "--jobs", "1"))
    row(f"{acts} acts from nothing, one process", f"{1000 * once / acts:.2f} ms/act", "")
    row("  last quarter / first quarter", f"{quarters(root):.2f}", "0.90 to 1.10")
    nothing = best(runs, lambda: run(root))
    row(f"{acts} acts, nothing to do", f"{1000 * nothing:.0f} ms", "")
    doit = folder / f"doit-{acts}"
    doit_workspace(doit, root)
    command = [sys.executable, "-m", "doit"]

    def as_doit() -> None:
        subprocess.run(command, cwd=doit, env=AS_INSTALLED, check=True, capture_output=True)

    as_doit()
    theirs = best(runs, as_doit)
    shutil.rmtree(doit)
    row("  over doit (md5, as many targets)", f"{nothing / theirs:.3f}", "0.40 (0.20 at 10 000)")
    one_seance(folder, root, acts, runs)
    put_away(root / "sorties")
    twice = seconds(lambda: run(root, "--jobs", "2"))
    row(f"{acts} acts from nothing, two processes: times faster", f"{once / twice:.2f}", "1.70")
    put_away(root / "sorties")
    row("  memory, one process", f"{peak_memory(root, '--jobs', '1')} MB", "150 MB")


def one_seance(folder: Path, root: Path, acts: int, runs: int) -> None:
    """An edited séance, against nothing to do plus the same documents in a workspace of their own: the three
    in turn, three times as often as the rest, since the ratio is of runs of half a second."""
    seance = sorted((root / "content/seances").glob("*.yaml"))[EDITED]
    hours = iter(f"{hour}h{minute:02}" for hour in range(10, 22) for minute in range(60))

    def edited() -> None:
        text = re.sub(r"heure: .*", f"heure: {next(hours)}", seance.read_text("utf-8"))
        write(seance, text)
        run(root)

    alone = folder / f"seance-{acts}"
    shutil.copytree(root, alone, ignore=shutil.ignore_patterns("sorties", "deliberations", "seances"))
    for shelf, files in (
        ("seances", [seance]),
        (
            "deliberations",
            [p for p in root.glob("content/deliberations/*") if seance.stem in p.read_text("utf-8")],
        ),
    ):
        (alone / "content" / shelf).mkdir(exist_ok=True)
        for path in files:
            shutil.copyfile(path, alone / "content" / shelf / path.name)
    shutil.copytree(root / "templates/deliberations", alone / "templates/deliberations", dirs_exist_ok=True)

    run(root)
    run(alone)
    rounds: list[tuple[float, float, float]] = []
    for number in range(3 * runs):
        nothing = seconds(lambda: run(root))
        touched = seconds(edited)
        (alone / "sorties").rename(folder / f"aside-{acts}-{number}")  # deleting now would slow the next run
        rounds.append((nothing, touched, seconds(lambda: run(alone))))
    nothing, touched, cold = map(statistics.median, zip(*rounds, strict=True))
    row(f"one séance edited among {acts} acts", f"{1000 * touched:.0f} ms", "")
    row("  over nothing to do + its documents from cold", f"{touched / (nothing + cold):.2f}", "1.15")
    shutil.rmtree(alone)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--acts", type=int, nargs="+", default=[1000, 10000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, {date.today()}")
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for acts in options.acts:
            measure(Path(folder), acts, options.runs)


if __name__ == "__main__":
    main()
