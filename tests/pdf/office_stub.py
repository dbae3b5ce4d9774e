"""A stand-in for LibreOffice: the same command line, a small tagged PDF for each Word file.

Orders, in the variable STUB, by the words of the Word file's name: `sans:1` leaves 1.docx out each time,
`une-fois:1` the first time only, `abime:1` writes what is no PDF, `long` never ends, `pages` gives
a document the pages that its breaks make.
"""

import io
import os
import sys
import time
import zipfile
from pathlib import Path

import pikepdf


def tagged(name: str, pages: int = 1) -> bytes:
    """So many pages; on the first one, a table of layout, a table with a heading, a note, a figure, and what
    UA-1 asks to mend."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 200))
    structure = {"/Type": pikepdf.Name.StructTreeRoot, "/RoleMap": {"/Quote": pikepdf.Name.P}}
    tree = pdf.make_indirect(pikepdf.Dictionary(structure))

    def element(kind: str, *below: pikepdf.Object) -> pikepdf.Object:
        return pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name(kind), K=pikepdf.Array(below)))

    tree.K = element(
        "/Document",
        element("/Table", element("/TR", element("/TD"), element("/TD"))),
        element("/Table", element("/TR", element("/TH")), element("/TR", element("/TD"))),
        element("/Quote"),
        element("/Note"),
        element("/Figure"),
        element("/Figure", element("/P")),
    )
    pdf.Root.StructTreeRoot = tree
    link = {"/Type": pikepdf.Name.Annot, "/Subtype": pikepdf.Name.Link, "/Rect": [0, 0, 1, 1]}
    known = pikepdf.Dictionary(link | {"/StructParent": 0})
    page.obj.Annots = pdf.make_indirect([pikepdf.Dictionary(link), known])
    pdf.docinfo["/Title"] = name
    place = pikepdf.Array([page.obj, pikepdf.Name.XYZ, 0, 0, 0])
    pdf.Root.Dests = pikepdf.Dictionary({"/article5Fobjet": place, "/article5Fduree": place})
    for _ in range(1, pages):
        pdf.add_blank_page(page_size=(200, 200))
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def main() -> None:
    orders = dict(order.partition(":")[::2] for order in os.environ.get("STUB", "").split() if order)
    if "long" in orders:
        time.sleep(600)
    folder = Path(sys.argv[sys.argv.index("--outdir") + 1])
    for word in map(Path, (one for one in sys.argv if one.endswith(".docx"))):
        seen = folder / f"{word.stem}.vu"
        if orders.get("sans") == word.stem or (orders.get("une-fois") == word.stem and not seen.exists()):
            seen.touch()
            continue
        breaks = 0
        if "pages" in orders:
            breaks = zipfile.ZipFile(word).read("word/document.xml").count(b"<w:pageBreakBefore")
        data = b"%PDF-1.7 et rien" if orders.get("abime") == word.stem else tagged(word.name, 1 + breaks)
        word.with_suffix(".pdf").write_bytes(data)


if __name__ == "__main__":
    main()
