"""`python -m tools.readback [N]`: random edits of every document of the sample, as people make them in Word,
read back: how many came back to their field, were told with their place, were lost, strayed.

A document is saved by Word, tracked and accepted, tracked by two people of whom one is taken, saved by
LibreOffice, by LibreOffice by way of .odt, or by ONLYOFFICE: where LibreOffice is there (it is started twice
in all), and where `CTGDOCS_DOCBUILDER` names a python that has `document-builder`. `CTGDOCS_FACONS` keeps
some of these ways only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "readback"))

from edits import KINDS as CONSTRUCTS  # noqa: E402
from edits import Edit, Hand, fields_of, judged  # noqa: E402

from ctgdocs.kinds import KINDS  # noqa: E402
from ctgdocs.line.desk import Desk  # noqa: E402
from ctgdocs.line.orders import Options  # noqa: E402
from ctgdocs.line.run import generate  # noqa: E402
from ctgdocs.memory import manifest  # noqa: E402
from ctgdocs.project import Project  # noqa: E402
from ctgdocs.readback.solving import Maker  # noqa: E402

A_ROUND = 6
OFFICE = shutil.which("soffice") or ""
BUILDER = os.environ.get("CTGDOCS_DOCBUILDER", "")
BUILDING = (
    "import sys, docbuilder; builder = docbuilder.CDocBuilder()\n"
    "for one, other in zip(sys.argv[1::2], sys.argv[2::2]):\n"
    "    builder.OpenFile(one, ''); builder.SaveFile('docx', other); builder.CloseFile()"
)
ALL_WAYS = {
    "Word": True,
    "LibreOffice": bool(OFFICE),
    "Word, suivi": True,
    "LibreOffice par .odt": bool(OFFICE),
    "Word, suivi d’un auteur": True,
    "ONLYOFFICE": bool(BUILDER),
}
ASKED = os.environ.get("CTGDOCS_FACONS", "")
WAYS = [way for way, there in ALL_WAYS.items() if there and (not ASKED or way in ASKED.split(";"))]
OUTCOMES = ("back", "told", "lost", "wrong")


class Round(NamedTuple):
    """A document edited, and how it was saved; `accept`: whose tracked changes are taken."""

    key: str
    way: str
    data: bytes
    edits: list[Edit]
    accept: str


def rounds(desk: Desk, seed: int) -> Iterator[Round]:
    """Documents with some edits each, without end."""
    keys, number, kind = sorted(desk.documents), 0, 0
    while True:
        key, way = keys[number % len(keys)], WAYS[(number + number // len(keys)) % len(WAYS)]
        number += 1
        record = desk.memory.document(key)
        if record is None or not record.output:
            continue
        fields = fields_of(Maker(desk.project, KINDS, desk.documents[key], desk.program))
        hand = Hand(desk.read(record.output) or b"", fields, Random(seed * 100_000 + number))
        for _ in range(len(CONSTRUCTS)):
            author = ""
            if "suivi" in way:
                author = "Paul Martin" if "auteur" in way and len(hand.made) % 3 == 2 else "Anne Petit"
            kind += 1
            hand.edit(CONSTRUCTS[kind % len(CONSTRUCTS)], author)
            if len(hand.made) == A_ROUND:
                break
        if hand.made:
            tracked = any(edit.author == "Anne Petit" for edit in hand.made)
            accept = "" if "suivi" not in way or not tracked else "Anne Petit" if "auteur" in way else "tout"
            yield Round(key, way, hand.data(), hand.made, accept)


def saved_by_office(done: list[Round], folder: Path) -> list[Round]:
    """The rounds with the bytes that other programs make of those they save."""
    asked = {number: one for number, one in enumerate(done) if "Office" in one.way or "OFFICE" in one.way}
    for number, one in asked.items():
        (folder / f"{number}.docx").write_bytes(one.data)
    through = [number for number, one in asked.items() if ".odt" in one.way]
    _converted(folder, "odt", folder / "odt", [folder / f"{number}.docx" for number in through])
    (folder / "rendu").mkdir()
    built = [number for number, one in asked.items() if one.way == "ONLYOFFICE"]
    pairs = [(folder / f"{number}.docx", folder / "rendu" / f"{number}.docx") for number in built]
    if pairs:
        files = [str(file) for pair in pairs for file in pair]
        subprocess.run([BUILDER, "-c", BUILDING, *files], capture_output=True, check=True)
    others = [number for number in asked if number not in built]
    sources = [folder / ("odt" if number in through else "") / f"{number}" for number in others]
    sources = [one.with_suffix(".odt" if one.parent.name == "odt" else ".docx") for one in sources]
    _converted(folder, "docx", folder / "rendu", sources)
    saved = {number: (folder / "rendu" / f"{number}.docx").read_bytes() for number in asked}
    return [one._replace(data=saved.get(number, one.data)) for number, one in enumerate(done)]


def _converted(folder: Path, form: str, out: Path, files: list[Path]) -> None:
    if files:
        command = [OFFICE, f"-env:UserInstallation=file://{folder}/profil", "--headless"]
        command += ["--convert-to", form, "--outdir", str(out), *map(str, files)]
        subprocess.run(command, capture_output=True, check=False)


def main() -> int:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    by_way, by_kind = dict[str, Counter[str]](), dict[str, Counter[str]]()
    cells = dict[tuple[str, str], Counter[str]]()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "espace"
        for name in ("content", "templates"):
            shutil.copytree(ROOT / name, root / name)
        project = Project(root)
        generate(project, KINDS, (), Options(jobs=1))
        desk = Desk(project, KINDS, 0, manifest.peek(project.state_dir))
        done: list[Round] = []
        for one in rounds(desk, seed):
            done.append(one)
            if sum(len(each.edits) for each in done) >= wanted:
                break
        for one in saved_by_office(done, Path(folder)):
            outcome = judged(desk, one.key, one.data, one.edits, one.accept, explained=True)
            for edit, name, said in outcome.became:
                by_way.setdefault(one.way, Counter())[name] += 1
                by_kind.setdefault(edit.kind, Counter())[name] += 1
                cells.setdefault((edit.kind, one.way), Counter())[name] += 1
                if name in ("lost", "wrong") or "-v" in sys.argv:
                    print(name, one.key, one.way, edit, [each[1:8] for each in said], flush=True)
    show("façon", by_way)
    show("construction", by_kind)
    show_cells(cells)
    return int(any(count["lost"] or count["wrong"] for count in by_way.values()))


def show(title: str, counts: Mapping[str, Counter[str]]) -> None:
    print(f"\n| {title} | modifications | revenues | dites | perdues | ailleurs |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    total = sum(counts.values(), Counter[str]())
    for name, count in {**counts, "total": total}.items():
        print(f"| {name} | {sum(count.values())} | {' | '.join(str(count[one]) for one in OUTCOMES)} |")


def show_cells(cells: Mapping[tuple[str, str], Counter[str]]) -> None:
    """What became of each construct in each program: back, told, lost (or in another field)."""
    print(f"\n| revenues / dites / perdues | {' | '.join(WAYS)} |\n| --- |{' ---: |' * len(WAYS)}")
    for kind in dict.fromkeys(kind for kind, _ in cells):
        counts = [cells.get((kind, way), Counter()) for way in WAYS]
        said = (f"{one['back']} / {one['told']} / {one['lost'] + one['wrong']}" for one in counts)
        print(f"| {kind} | {' | '.join(said)} |")


if __name__ == "__main__":
    sys.exit(main())
