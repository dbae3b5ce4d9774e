"""How long the sample's CTG (34 pages) takes to be read back, beside its generation from cold (nothing kept
of it, not even its template ready to be filled in), and in how much memory: both whole commands, as a user
has them, in turn; reading alone (`--a-blanc`), and taking what was read and making the document again. And
the time that its carriers add to a rendering.

    python -m benchmarks.readback
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "readback"))

from as_in_word import changed, retype, the_paragraph  # noqa: E402
from lxml import etree  # noqa: E402

from ctgdocs.kinds import KINDS  # noqa: E402
from ctgdocs.line.desk import Desk  # noqa: E402
from ctgdocs.line.line import Line  # noqa: E402
from ctgdocs.line.orders import Order  # noqa: E402
from ctgdocs.memory.store import Memory  # noqa: E402
from ctgdocs.project import Project  # noqa: E402

ROUNDS = 10
CTG = "conventions/ctg-2027-2031"
EDITS = (
    ("projet stratégique global", "stratégique", "commun"),
    ("vingt-six communes", "10 500", "10 600"),
    ("caisses d’allocations familiales sont", "des acteurs", "les acteurs"),
)


AS_INSTALLED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def seconds(folder: Path, *command: str) -> tuple[float, float]:
    """CPU seconds of a command of the program as installed, its bytecode there, and its memory in MB."""
    start = resource.getrusage(resource.RUSAGE_CHILDREN)
    there = AS_INSTALLED | {
        "CTGDOCS_CACHE": str(folder / "prêts"), "PYTHONPYCACHEPREFIX": str(folder / "pyc"),
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    call = [sys.executable, "-m", "ctgdocs", *command]
    subprocess.run(call, cwd=folder, capture_output=True, check=False, env=there)
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    return end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime, end.ru_maxrss / 1024


def hand(root: etree._Element) -> None:
    for words, old, new in EDITS:
        retype(the_paragraph(root, words), old, new)


def rendering(project: Project) -> tuple[float, float]:
    """The best of 25 renderings in turn, with carriers and without."""
    desk = Desk(project, KINDS, 0, Memory.empty())
    order, lines = Order(desk.documents[CTG]), [Line(project, KINDS, desk.program) for _ in range(2)]
    lines[1]._carriers = lambda entry, reader: ()  # type: ignore[method-assign]
    times: list[list[float]] = [[], []]
    for line in lines:
        line.make(order)
    for _ in range(25):
        for line, spent in zip(lines, times, strict=True):
            start = time.process_time()
            line.make(order)
            spent.append(time.process_time() - start)
    return min(times[0]), min(times[1])


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("content", "templates"):
            shutil.copytree(ROOT / name, root / name)
        colds, reads, backs = [], [], []
        for _ in range(ROUNDS):
            for name in ("sorties", "prêts"):
                shutil.rmtree(root / name, ignore_errors=True)
            shutil.copytree(ROOT / "content", root / "content", dirs_exist_ok=True)
            colds.append(seconds(root, "generer", "ctg-2027-2031"))
            document = next(root.glob("sorties/conventions/ctg-2027-2031*.docx"))
            document.write_bytes(changed(document.read_bytes(), hand))
            reads.append(seconds(root, "reprendre", "--a-blanc", str(document)))
            backs.append(seconds(root, "reprendre", str(document)))
        (cold, _), (read, _), (back, _) = min(colds), min(reads), min(backs)
        print(
            f"générer de zéro : {cold:.2f} s ; lire trois corrections : {read:.2f} s ({read / cold:.2f} "
            f"fois) ; les lire, les prendre et refaire : {back:.2f} s ({back / cold:.2f} fois), "
            f"{max(backs)[1]:.0f} Mo"
        )
        followed, bare = rendering(Project(root))
        more = (followed / bare - 1) * 100
        said = f"{followed * 1000:.0f} ms avec signets et contrôles, {bare * 1000:.0f} ms sans"
        print(f"rendu : {said} (+{more:.0f} %)")


if __name__ == "__main__":
    main()
