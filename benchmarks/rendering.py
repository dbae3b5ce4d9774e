# ruff: noqa: E501 - French sentences and one row of a table a line
"""How fast the rendering room is: ours, docxtpl's documented loop, and the floor of zipping, in one process.

    python benchmarks/rendering.py              # N = 1, 100, 1000
    python benchmarks/rendering.py 1 100 1000 10000

A délibération: 25 members, six visas, a budget table of twelve lines, five articles, header and footer. The
template is made here with python-docx, on an A4 page with the styles of Word's own blank document.

* docxtpl: `DocxTemplate(path)`, `render(context, autoescape=True)`, `save` for each document, as documented;
* ours: `Template.load` once, `render` for each;
* floor: `zipfile` writing the parts of a finished document, at the same level.
"""

from __future__ import annotations

import gc
import io
import platform
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx import Document
from docx.shared import Cm
from docxtpl import DocxTemplate

from ctgdocs.templates import Template
from ctgdocs.word.package import LEVEL

MEMBERS = [
    ("Mme Claire Durand", "Belmaure-de-Vaurelle"), ("M. Jean-Pierre Lafforgue", "Larroumel"),
    ("Mme Inès Caubet", "Sérinhol"), ("M. Étienne d’Escazols", "Escazols"), ("Mme Aïcha Benali", "Lavol"),
]  # fmt: skip


def template_file(path: Path) -> None:
    """A délibération as an agent would lay it out: every construct that production templates use."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.header.paragraphs[0].text = "{{ collectivite.nom }} – {{ collectivite.service }}"
    section.footer.paragraphs[0].text = "{{ reference }} – {{ collectivite.adresse }}"
    document.core_properties.title = "{{ reference }}"
    add = document.add_paragraph
    add("Extrait du registre des délibérations", style="Title")
    add("{{ sous_titre }}", style="Subtitle")
    add("{{ ouverture }}")
    _rows(
        document,
        ["Commune", "Membre", "Présence"],
        "m in membres",
        ["{{ m.commune }}", "{{ m.nom }}", "{{ m.etat }}"],
    )
    add("Secrétaire de séance : {{ secretaire }}. Quorum : {{ quorum }}.")
    add("Objet : {{ objet }}", style="Heading 1")
    for block, style in (("visas", "List Bullet"), ("considerants", "List Bullet"), ("expose", "Normal")):
        add("{%p for ligne in " + block + " %}")
        add("{{ ligne }}", style=style)
        add("{%p endfor %}")
    _rows(
        document,
        ["Action", "Dépense", "Caf", "Reste"],
        "l in budget",
        ["{{ l.nom }}", "{{ l.a }}", "{{ l.b }}", "{{ l.c }}"],
    )
    add("Le conseil communautaire, après en avoir délibéré, {{ vote }},")
    add("{%p for a in articles %}")
    paragraph = add("")
    paragraph.add_run("{{ a.titre }}").bold = True
    paragraph.add_run(" : {{ a.texte }}")
    add("{%p endfor %}")
    add("{%p if annexes %}")
    add("Annexes : {{ annexes|join(', ') }}")
    add("{%p endif %}")
    add("Fait et délibéré à {{ lieu }}, le {{ date }}.")
    document.save(str(path))


def _rows(document: Any, titles: list[str], loop: str, cells: list[str]) -> None:
    table = document.add_table(rows=4, cols=len(titles))
    table.style = "Table Grid"
    for cell, title in zip(table.rows[0].cells, titles, strict=True):
        cell.text = title
    table.rows[1].cells[0].text = "{%tr for " + loop + " %}"
    for cell, text in zip(table.rows[2].cells, cells, strict=True):
        cell.text = text
    table.rows[3].cells[0].text = "{%tr endfor %}"


def context(number: int) -> dict[str, Any]:
    """The values of document `number`: all different enough that nothing could be reused."""
    sentence = (
        "Considérant que la convention territoriale globale n° {} lie la collectivité et la caisse d’allocations "
        "familiales, qu’elle organise l’accueil du jeune enfant, l’enfance, la jeunesse et l’animation de la vie "
        "sociale sur le territoire, et qu’il y a lieu d’en préciser les moyens ;"
    )
    return {
        "collectivite": {
            "nom": "Communauté de communes de la Vaurelle Tarn-et-Garonnaise",
            "service": "Direction des affaires sociales",
            "adresse": "12 route d’Esparnac, 82990 Belmaure-de-Vaurelle",
        },
        "reference": f"Délibération n° 2026-{number:05d}",
        "sous_titre": f"Conseil communautaire – séance du jeudi {1 + number % 28} septembre 2026",
        "ouverture": "L’an deux mille vingt-six, le jeudi vingt-quatre septembre, le conseil communautaire, dûment "
        "convoqué, s’est réuni en session ordinaire, sous la présidence de Mme Claire Durand, présidente.",
        "membres": [
            {"nom": f"{MEMBERS[i % 5][0]} {number + i}", "commune": MEMBERS[i % 5][1], "etat": "présent" if i % 7 else "excusé"}
            for i in range(25)
        ],
        "secretaire": "M. Étienne d’Escazols",
        "quorum": "treize membres présents, il est atteint",
        "objet": f"Renouvellement de la convention territoriale globale – avenant {number} « petite enfance & jeunesse »",
        "visas": [f"Vu le code général des collectivités territoriales, article L. {5211 + i}-{number % 90} ;" for i in range(6)],
        "considerants": [sentence.format(number + i) for i in range(4)],
        "expose": [sentence.format(number * 3 + i) for i in range(5)],
        "budget": [
            {"nom": f"Action {i} – relais petite enfance", "a": f"{12 + i} {number % 1000:03d},00 €",
             "b": f"{6 + i} {number % 997:03d},50 €", "c": f"{5 + i} {number % 991:03d},25 €"}
            for i in range(12)
        ],
        "vote": "par 24 voix pour, 2 voix contre et 1 abstention",
        "articles": [{"titre": f"Article {i + 1}", "texte": sentence.format(number * 7 + i)} for i in range(5)],
        "annexes": ["convention", "plan d’action"],
        "lieu": "Belmaure-de-Vaurelle",
        "date": f"{1 + number % 28} septembre 2026",
    }  # fmt: skip


def by_docxtpl(path: Path, values: dict[str, Any]) -> bytes:
    template = DocxTemplate(str(path))
    template.render(values, autoescape=True)
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def floor(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def per_document(make: Callable[[int], bytes], count: int, first: int = 0) -> list[float]:
    """Seconds of each document."""
    spent = []
    for number in range(first, first + count):
        start = time.perf_counter()
        make(number)
        spent.append(time.perf_counter() - start)
    return spent


def memory() -> float:
    """Resident megabytes now, on Linux; the peak elsewhere."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6
    except OSError:
        return float("nan")


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or [1, 100, 1000]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deliberation.docx"
        template_file(path)
        start = time.perf_counter()
        template = Template.load(path)
        loading = time.perf_counter() - start
        sample = template.render(context(0))
        with zipfile.ZipFile(io.BytesIO(sample)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        contexts = [context(number) for number in range(100)]
        print(f"{platform.machine()}, Python {platform.python_version()}, zlib level {LEVEL}")
        print(
            f"document.xml {len(parts['word/document.xml']) / 1000:.0f} ko, document {len(sample) / 1000:.0f} ko,",
            end=" ",
        )
        print(f"Template.load {loading * 1e3:.0f} ms")
        print(
            f"{'N':>6} {'docxtpl':>9} {'ours':>9} {'floor':>9}   {'× docxtpl':>9} {'/ floor':>8} {'drift':>7} {'Mo':>6}"
        )
        for size in sizes:
            gc.collect()
            slow, quick, least = [], [], []
            ours = per_document(lambda n: template.render(contexts[n % 100]), size)
            for turn in range(0, min(size, 100), 10):  # side by side, so that a busy machine slows all three
                slow += per_document(lambda n: by_docxtpl(path, contexts[n]), min(10, size), turn)
                quick += per_document(lambda n: template.render(contexts[n]), min(10, size), turn)
                least += per_document(lambda n: floor(parts), min(10, size), turn)
            a, b, c = (statistics.median(times) for times in (slow, quick, least))
            quarter = max(1, size // 4)
            drift = statistics.median(ours[-quarter:]) / statistics.median(ours[:quarter]) - 1
            row = f"{size:>6} {a * 1e3:>6.2f} ms {b * 1e3:>6.3f} ms {c * 1e3:>6.3f} ms   {a / b:>9.1f} {b / c:>8.2f}"
            print(f"{row} {drift:>+7.1%} {memory():>6.0f}", flush=True)


if __name__ == "__main__":
    main()
