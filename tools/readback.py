"""`python -m tools.readback [N]`: random edits of the texts of every document of the sample, as people make
them in Word, read back: how many came back to their field, were told with their place, were lost, strayed.

One round in three is tracked and accepted; one in four is saved by LibreOffice first, where it is there.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "readback"))

from edits import Edit, applied, fields_of, judged, random_edit  # noqa: E402

from ctgdocs.kinds import KINDS  # noqa: E402
from ctgdocs.line.desk import Desk  # noqa: E402
from ctgdocs.line.orders import Options  # noqa: E402
from ctgdocs.line.run import generate  # noqa: E402
from ctgdocs.memory import manifest  # noqa: E402
from ctgdocs.project import Project  # noqa: E402
from ctgdocs.readback.solving import Maker  # noqa: E402

A_ROUND = 6
OFFICE = shutil.which("soffice") or ""


def saved_by_office(data: bytes, folder: Path, *, through: str = "") -> bytes:
    """The document as LibreOffice saves it, `through` another format first."""
    file = folder / "edite.docx"
    file.write_bytes(data)
    for form in (through, "docx") if through else ("docx",):
        out = folder / "rendu"
        command = [OFFICE, f"-env:UserInstallation=file://{folder}/profil", "--headless"]
        subprocess.run(
            [*command, "--convert-to", form, "--outdir", str(out), str(file)],
            capture_output=True,
            check=False,
        )
        file = out / f"edite.{form}"
    return file.read_bytes()


def rounds(desk: Desk) -> Iterator[tuple[str, bytes, list[Edit], int]]:
    """A document, and some edits of it, without end."""
    keys, number = sorted(desk.documents), 0
    while True:
        key = keys[number % len(keys)]
        number += 1
        record = desk.memory.document(key)
        if record is None or not record.output:
            continue
        data = desk.read(record.output) or b""
        fields = fields_of(Maker(desk.project, KINDS, desk.documents[key], desk.program))
        random = Random(number)
        found = (random_edit(random, data, fields, f"qz{letter}") for letter in "abcdefghijkl" if fields)
        edits = [*{one.rank: one for one in found if one}.values()][:A_ROUND]
        if edits:
            yield key, data, edits, number


def main() -> int:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    counts: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "espace"
        for name in ("content", "templates"):
            shutil.copytree(ROOT / name, root / name)
        project = Project(root)
        generate(project, KINDS, (), Options(jobs=1))
        desk = Desk(project, KINDS, 0, manifest.peek(project.state_dir))
        done = 0
        for key, data, edits, number in rounds(desk):
            way, author = "Word", ""
            if number % 3 == 0:
                way, author = "Word, suivi", "Anne Petit"
            edited = applied(data, edits, author=author)
            if OFFICE and number % 4 == 0:
                way = "LibreOffice par .odt" if number % 8 == 0 else "LibreOffice"
                edited = saved_by_office(edited, Path(folder), through="odt" if number % 8 == 0 else "")
            outcome = judged(desk, key, edited, edits, author)
            count = counts.setdefault(way, Counter())
            for name in ("back", "reported", "lost", "wrong"):
                count[name] += getattr(outcome, name)
            for detail in outcome.details:
                if detail.startswith(("PERDU", "AILLEURS")):
                    print(key, detail)
            done += len(edits)
            if done >= wanted:
                break
    print("| façon | modifications | revenues | dites | perdues | ailleurs |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for way, count in counts.items():
        figures = " | ".join(str(count[name]) for name in ("back", "reported", "lost", "wrong"))
        print(f"| {way} | {sum(count.values())} | {figures} |")
    return int(any(count["lost"] or count["wrong"] for count in counts.values()))


if __name__ == "__main__":
    sys.exit(main())
