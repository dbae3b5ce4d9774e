# ruff: noqa: E501 - the script of the comparison, a step a line
"""The whole line as a command, against a twenty-line script: the same YAML files, one Word file each.

    python benchmarks/line.py              # N = 1, 100, 1000
    python benchmarks/line.py 1 100

The script does what docxtpl's documentation shows: load the YAML (with libyaml), open the template, render,
save. It checks nothing, derives nothing, writes no manifest. The acts are realistic: six visas, four
considérants, an exposé, a financing plan, five articles, a vote. Both run as new processes, in turn.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from batches import AS_INSTALLED, a_workspace
from rendering import template_file

SCRIPT = """\
import sys
from pathlib import Path
import yaml
from docxtpl import DocxTemplate
root, template, out = (Path(name) for name in sys.argv[1:])
load = lambda path: yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
house, elus = load(root / "content/collectivite.yaml"), load(root / "content/elus.yaml")
members = [{"nom": f"{e['civilite']} {e['prenom']} {e['nom']}", "commune": e["commune"], "etat": "présent"} for e in elus.values()][:33]
out.mkdir()
for path in sorted((root / "content/deliberations").glob("*.yaml")):
    act = load(path)
    seance = load(root / f"content/seances/{act['seance']}.yaml")
    budget = [{"nom": d["libelle"], "a": d["montant"], "b": r["montant"], "c": 0} for d, r in zip(act["tableaux"]["plan"]["depenses"], act["tableaux"]["plan"]["recettes"])]
    articles = [{"titre": f"Article {n}", "texte": text} for n, text in enumerate(act["decisions"], 1)]
    values = dict(collectivite={"nom": house["nom"], "service": house["service"], "adresse": house["adresse"]["ville"]}, reference=path.stem, sous_titre=seance["date"], ouverture=seance["lieu"], membres=members, secretaire=seance["secretaire"], quorum="atteint", objet=act["objet"], visas=act["visas"], considerants=act["considerants"], expose=act["expose"].split("\\n"), budget=budget, vote="à l’unanimité", articles=articles, annexes=[], lieu=seance["lieu"], date=seance["date"])
    document = DocxTemplate(template)
    document.render(values, autoescape=True)
    document.save(out / f"{path.stem}.docx")
"""

ENOUGH = """\
considerants:
  - que la convention territoriale globale prend fin le 31 décembre 2026
  - que son évaluation conclut à la pertinence de ses quatre axes, et qu’il y a lieu de poursuivre le projet {name}
  - que la commune de Belmaure-de-Vaurelle met à disposition les locaux nécessaires, d’une surface de 640 m2
  - qu’une aide de la Caisse d’allocations familiales est attendue pour les exercices 2027 à 2031
expose: |
  {{executif}} rappelle que le projet {name} répond à un besoin des familles, constaté par l’évaluation de 2026 :

  - un **accueil** près de chez elles, ouvert onze mois par an ;
  - un coût de {{montant:{amount}}} par an, dont une part de la Caf ;
  - un lien avec l’école et les associations du territoire.

  Le projet {name} commencera le {{date:2027-01-01}}. Son bilan est présenté chaque année au conseil communautaire.

  {{tableau:plan}}
"""
DECISIONS = """\
decisions:
  - d’approuver le projet {name} et son plan de financement
  - d’autoriser {{executif}} à signer la convention correspondante
  - d’inscrire les crédits nécessaires au budget de l’exercice 2027
  - de solliciter l’aide de la Caf à hauteur de {{montant:{amount}}}
  - de charger {{executif}} de l’exécution de la présente délibération
"""
PLAN = """\
tableaux:
  plan:
    titre: Plan de financement du projet
    depenses:
{depenses}
    recettes:
{recettes}
"""


def realistic(root: Path, acts: int) -> None:
    """A workspace of `acts` délibérations as long as real ones."""
    a_workspace(root, max(acts, 1000))  # ten acts a séance
    files = sorted((root / "content/deliberations").glob("*.yaml"))
    visas = [line.partition(":")[0] for line in (root / "content/visas.yaml").read_text("utf-8").split("\n")]
    known = [one for one in visas if one and one[0].isalpha()][:5]
    days: set[str] = set()
    for number, path in enumerate(files):
        if number >= acts:
            path.unlink()
            continue
        days.add(path.read_text("utf-8").partition("\n")[0].removeprefix("seance: "))
        amount = 40000 + 13 * number
        lines = [f"      - {{libelle: Poste {n} du projet, montant: {amount + n}}}" for n in range(8)]
        head, _, rest = path.read_text("utf-8").partition("visas:")
        tail = rest[rest.index("vote:") :]
        say = {"name": path.stem, "amount": amount}
        path.write_text(
            head
            + "visas:\n"
            + "".join(f"  - {one}\n" for one in known)
            + "  - l’avis favorable de la commission Affaires sociales du 3 septembre 2015\n"
            + ENOUGH.format(**say)
            + PLAN.format(depenses="\n".join(lines), recettes="\n".join(reversed(lines)))
            + DECISIONS.format(**say)
            + tail,
            encoding="utf-8",
        )
    for path in (root / "content/seances").glob("*.yaml"):
        if path.stem not in days:
            path.unlink()


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def measure(folder: Path, acts: int, runs: int) -> None:
    root, template, script = folder / f"espace-{acts}", folder / "modele.docx", folder / "script.py"
    realistic(root, acts)
    template_file(template)
    script.write_text(SCRIPT, encoding="utf-8")
    ours: list[float] = []
    theirs: list[float] = []

    def line() -> None:  # alone, a document is made as an agent asks for it; many, by one process
        command = [sys.executable, "-m", "ctgdocs", "generer", *(["--jobs", "1"] if acts > 1 else [])]
        subprocess.run(command, cwd=root, env=AS_INSTALLED, check=True, capture_output=True)

    def loop() -> None:
        command = [sys.executable, str(script), str(root), str(template), str(folder / "out")]
        subprocess.run(command, env=AS_INSTALLED, check=True, capture_output=True)

    line()  # the prepared template enters the cache, as on any day but the first
    for _ in range(runs):
        shutil.rmtree(root / "sorties", ignore_errors=True)
        ours.append(seconds(line))
        shutil.rmtree(folder / "out", ignore_errors=True)
        theirs.append(seconds(loop))
    ratio = statistics.median(b / a for a, b in zip(ours, theirs, strict=True))
    mine, other = (statistics.median(times) * 1000 for times in (ours, theirs))
    print(f"{acts:>6} {other:>10.0f} ms {mine:>10.0f} ms {mine / acts:>9.2f} ms {ratio:>10.1f}", flush=True)


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or [1, 100, 1000]
    print(f"{'acts':>6} {'script':>13} {'ctgdocs':>13} {'an act':>12} {'x script':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for acts in sizes:
            measure(Path(folder), acts, runs=9 if acts == 1 else 3)


if __name__ == "__main__":
    main()
