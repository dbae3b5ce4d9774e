# ruff: noqa: E501 - French sentences and one row of a table a line
"""How fast the rendering room is: ours, docxtpl's documented loop, and the floor of zipping, in one process.

    python benchmarks/rendering.py              # N = 1, 100, 1000
    python benchmarks/rendering.py 1 100 1000 10000

Two templates, made here with python-docx:

* rich, a délibération: 25 members, six visas, a budget table of twelve lines, five articles, header and footer,
  with the styles of python-docx's own blank document, a third of a megabyte, which docxtpl reads each time;
* lean, a plain act as Word saves one, 17 KB: 25 members and a table of eight rows, with the parts that Word
  writes, the styles in use, and its marks of revision (`w:rsidR`).

For each, at each size:

* docxtpl: `DocxTemplate(path)`, `render(context, autoescape=True)`, `save` for each document, as documented;
* ours: `Template.load` once, then for each `render` (rich), or `render_checked`, which inspects too (lean);
* floor: `zipfile` writing all the parts of a finished document, at the same level (rich); the parts that change
  deflated at level 1, the others copied compressed (lean).
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
from typing import Any, NamedTuple

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
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


WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
RUN_LOOK = (
    f'<w:rPr {nsdecls("w")}><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/>'
    '<w:szCs w:val="22"/><w:lang w:val="fr-FR"/></w:rPr>'
)
NOT_WORDS = ("/word/stylesWithEffects.xml", "/word/numbering.xml", "/docProps/thumbnail.jpeg", "/customXml/item1.xml")  # fmt: skip


def lean_template(path: Path) -> None:
    """A plain act: what Word 365 saves when an agent types it on a blank page."""
    document = Document()
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in ("Normal Table", "Table Grid"):
            style.delete()
    for owner in (document.part, document.part.package):
        for id, relation in list(owner.rels.items()):
            if relation.target_part.partname in NOT_WORDS:
                del owner.rels[id]
    add = document.add_paragraph
    add("{{ titre }}", style="Title")
    add("Le {{ date }}, le conseil s’est réuni à {{ lieu }}, sous la présidence de {{ presidence }}.")
    add("{%p for m in membres %}")
    add("{{ m.nom }}, {{ m.commune }} : {{ m.etat }}")
    add("{%p endfor %}")
    add("Objet : {{ objet }}", style="Heading 1")
    _rows(document, ["Action", "Dépense"], "l in lignes", ["{{ l.nom }}", "{{ l.montant }}"])
    add("{{ decision }}")
    for number, paragraph in enumerate(
        document.element.iter(qn("w:p")), 0x2F00A100
    ):  # each bears what Word keeps of it
        paragraph.set(f"{WORD_2010}paraId", f"{number:08X}")
        paragraph.set(f"{WORD_2010}textId", "77777777")
        for name in ("rsidR", "rsidRDefault", "rsidP"):
            paragraph.set(qn(f"w:{name}"), "00A41C7E")
    for run in document.element.iter(qn("w:r")):  # and each run, the font chosen by hand
        run.set(qn("w:rsidRPr"), "00A41C7E")
        run.insert(0, parse_xml(RUN_LOOK))
    document.save(str(path))


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


def lean_context(number: int) -> dict[str, Any]:
    whole = context(number)
    return {
        "titre": whole["reference"], "date": whole["date"], "lieu": whole["lieu"], "objet": whole["objet"],
        "presidence": MEMBERS[0][0], "membres": whole["membres"], "decision": whole["visas"][0],
        "lignes": [{"nom": line["nom"], "montant": line["a"]} for line in whole["budget"][:8]],
    }  # fmt: skip


def by_docxtpl(path: Path, values: dict[str, Any]) -> bytes:
    template = DocxTemplate(str(path))
    template.render(values, autoescape=True)
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def whole_floor(parts: dict[str, bytes], changed: set[str]) -> Callable[[int], bytes]:
    def zipped(_: int) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
            for name, part in parts.items():
                archive.writestr(name, part)
        return out.getvalue()

    return zipped


def copying_floor(parts: dict[str, bytes], changed: set[str]) -> Callable[[int], bytes]:
    buffer = io.BytesIO(whole_floor(parts, changed)(0))
    with zipfile.ZipFile(buffer) as archive:
        kept = {info.filename: info for info in archive.infolist() if info.filename not in changed}
        raw = {name: _compressed(buffer.getvalue(), info) for name, info in kept.items()}

    def zipped(_: int) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, info in kept.items():
                info.header_offset = out.tell()
                out.write(info.FileHeader(zip64=False) + raw[name])
                archive.filelist.append(info)
            archive.start_dir = out.tell()  # what `ZipFile` has no method for: a part already compressed
            for name in changed:
                archive.writestr(name, parts[name])
        return out.getvalue()

    return zipped


def _compressed(file: bytes, info: zipfile.ZipInfo) -> bytes:
    start = info.header_offset + len(info.FileHeader(zip64=False))
    return file[start : start + info.compress_size]


def per_document(make: Callable[[int], bytes], count: int, first: int = 0) -> list[float]:
    """Seconds of processor of each document: a machine that is busy elsewhere says the same."""
    spent = []
    for number in range(first, first + count):
        start = time.process_time()
        make(number)
        spent.append(time.process_time() - start)
    return spent


def memory() -> float:
    """Resident megabytes now, on Linux; the peak elsewhere."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6
    except OSError:
        return float("nan")


class Row(NamedTuple):
    """A template, its values, how we make a document of it, and what it is measured against."""

    name: str
    template: Callable[[Path], None]
    values: Callable[[int], dict[str, Any]]
    ours: Callable[[Template, dict[str, Any]], bytes]
    floor: Callable[[dict[str, bytes], set[str]], Callable[[int], bytes]]


ROWS = (
    Row("rich", template_file, context, lambda template, values: template.render(values), whole_floor),
    Row(
        "lean",
        lean_template,
        lean_context,
        lambda template, values: template.render_checked(values)[0],
        copying_floor,
    ),
)


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or [1, 100, 1000]
    print(f"{platform.machine()}, Python {platform.python_version()}, zlib level {LEVEL}")
    with tempfile.TemporaryDirectory() as folder:
        for row in ROWS:
            measured(row, Path(folder) / f"{row.name}.docx", sizes)


def measured(row: Row, path: Path, sizes: list[int]) -> None:
    """Prints a row's figures, a line a size; the three are made side by side, so that a busy machine slows all."""
    row.template(path)
    start = time.perf_counter()
    template = Template.load(path)
    loading = time.perf_counter() - start
    contexts = [row.values(number) for number in range(100)]
    sample = row.ours(template, contexts[0])
    with zipfile.ZipFile(io.BytesIO(sample)) as archive, zipfile.ZipFile(path) as before:
        parts = {name: archive.read(name) for name in archive.namelist()}
        changed = {
            name for name in parts if name not in before.namelist() or before.read(name) != parts[name]
        }
    floor = row.floor(parts, changed)
    print(f"\n{row.name}: template {path.stat().st_size / 1000:.0f} ko, document.xml", end=" ")
    print(f"{len(parts['word/document.xml']) / 1000:.0f} ko, document {len(sample) / 1000:.0f} ko,", end=" ")
    print(f"Template.load {loading * 1e3:.0f} ms")
    print(
        f"{'N':>6} {'docxtpl':>9} {'ours':>9} {'floor':>9}   {'× docxtpl':>9} {'/ floor':>8} {'drift':>7} {'Mo':>6}"
    )
    for size in sizes:
        gc.collect()
        slow, quick, least = [], [], []
        ours = per_document(lambda n: row.ours(template, contexts[n % 100]), size)
        for turn in range(0, min(size, 100), 10):
            slow += per_document(lambda n: by_docxtpl(path, contexts[n]), min(10, size), turn)
            quick += per_document(lambda n: row.ours(template, contexts[n]), min(10, size), turn)
            least += per_document(floor, min(10, size), turn)
        a, b, c = (statistics.median(times) for times in (slow, quick, least))
        quarter = max(1, size // 4)
        drift = statistics.median(ours[-quarter:]) / statistics.median(ours[:quarter]) - 1
        line = f"{size:>6} {a * 1e3:>6.2f} ms {b * 1e3:>6.3f} ms {c * 1e3:>6.3f} ms   {a / b:>9.1f} {b / c:>8.2f}"
        print(f"{line} {drift:>+7.1%} {memory():>6.0f}", flush=True)


if __name__ == "__main__":
    main()
