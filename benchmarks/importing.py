"""`python benchmarks/importing.py [ARTICLES [FICHES [ELUS]]]`: an old convention, from its Word file to a
content file; a list of élus, from its workbook to the registries.

A process of its own reads each, as `ctgdocs importer` does: the time and the memory are those of the whole
command.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SENTENCE = (
    "Les partenaires partagent le diagnostic n° {}, fixent des priorités communes et coordonnent leurs "
    "moyens au "
    "service des familles du territoire. "
)
LABELS = ("Pilote", "Constat", "Objectifs", "Public", "Description", "Moyens", "Calendrier", "Indicateurs")


def paragraph(text: str, *, bold: bool = False) -> str:
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f"<w:p><w:r>{look}<w:t>{text}</w:t></w:r></w:p>"


def fiche(number: int) -> str:
    rows = [(label, SENTENCE.format(number) * (1 + at % 4)) for at, label in enumerate(LABELS)]
    cells = (
        f"<w:tr><w:tc>{paragraph(label)}</w:tc><w:tc>{paragraph(said)}</w:tc></w:tr>" for label, said in rows
    )
    return (
        paragraph(f"Fiche action n° {number} : Action {number}", bold=True)
        + f"<w:tbl>{''.join(cells)}</w:tbl>"
    )


def convention(articles: int, fiches: int) -> bytes:
    """About a page and a half an article; nobody used a style."""
    body = [
        paragraph("CONVENTION TERRITORIALE GLOBALE", bold=True),
        paragraph("Entre"),
        paragraph("La commune de Sauvadou, représentée par son maire, Mme Lise Cantaloube,"),
        paragraph("et"),
        paragraph("L’association Le Fournil partagé, représentée par son président, M. Yvan Troubat,"),
    ]
    for article in range(1, articles + 1):
        body.append(paragraph(f"Article {article} – Engagement {article}", bold=True))
        body += [paragraph(SENTENCE.format(f"{article}.{at}") * 3) for at in range(14)]
        body += [paragraph(f"- {SENTENCE.format(f'{article}-{at}')}") for at in range(5)]
    body += [paragraph("Fait à Sauvadou, le 18 mars 2025"), paragraph("ANNEXE 1 : Plan d’actions", bold=True)]
    body += [fiche(number) for number in range(1, fiches + 1)]
    main = f'<w:document xmlns:w="{WORD}"><w:body>{"".join(body)}</w:body></w:document>'
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    with tempfile.TemporaryFile() as stream:
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
            xml = '<Default Extension="xml" ContentType="application/xml"/>'
            package.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types">{xml}</Types>')
            package.writestr(
                "_rels/.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{relation}</Relationships>'
            )
            package.writestr("word/document.xml", main)
        stream.seek(0)
        return stream.read()


def elus(count: int) -> bytes:
    """A list of élus as a mairie keeps it, of forty communes."""
    from openpyxl import Workbook

    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["Civilité", "NOM", "Prénom", "Commune", "Fonction", "Téléphone"])
    for rank in range(count):
        who = ("Mme", "M.")[rank % 2], f"NOM{letters(rank)}".upper(), f"Prénom{letters(rank % 37)}"
        page.append([*who, f"Commune{letters(rank % 40)}", "conseiller municipal", "05 00 00 00 00"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def letters(number: int) -> str:
    return "".join(chr(97 + int(figure)) for figure in str(number))


def imported(folder: Path, name: str, data: bytes) -> tuple[str, int]:
    """What one import costs in a workspace of its own, as a line to print; how the command ended."""
    (folder / name).write_bytes(data)
    space = f"espace-{name}"
    command = [sys.executable, "-m", "ctgdocs"]
    subprocess.run([*command, "initialiser", space, "--vide"], cwd=folder, check=True, capture_output=True)
    start = time.perf_counter()
    process = subprocess.Popen(
        [*command, "importer", f"../{name}", "--oui"], cwd=folder / space, stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    work, memory = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    return (
        f"{seconds:.2f} s, of which {work:.2f} s of work; {memory:.0f} MB",
        os.waitstatus_to_exitcode(status),
    )


def main(articles: int = 40, fiches: int = 40, persons: int = 500) -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for what, file, data in (
            (f"{articles} articles, {fiches} fiches", "ancienne.docx", convention(articles, fiches)),
            (f"{persons} élus", "elus.xlsx", elus(persons)),
        ):
            said, ended = imported(folder, file, data)
            print(f"{what}: {said}", flush=True)
            if ended:
                return ended
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
