"""Word files printed as PDF/A-2b and PDF/UA-1, and files of others read. The door: nothing behind it is
imported elsewhere.

LibreOffice lays the pages out, one process for a batch (office.py); what it leaves short of the two norms is
mended, and each file says which Word file it shows (finish.py). It also turns a `.doc` or an `.odt` into what
is read here; the text and the tables of a PDF come from pypdfium2 (reading.py, tables.py). Several are bound
in one (finish.py).
"""

from ctgdocs.pdf.finish import Leaf, PdfMark, bound, mark_of_pdf
from ctgdocs.pdf.office import BATCH, Printable, Printed, check_that_pdf_can_be_made, printed
from ctgdocs.pdf.preview import Layout, Written, can_be_quick, page_count, picture, quick_pdf, written
from ctgdocs.pdf.reading import PdfLine, converted, parts_of_pdf
from ctgdocs.pdf.tables import PdfTable

__all__ = [
    "BATCH",
    "Layout",
    "Leaf",
    "PdfLine",
    "PdfMark",
    "PdfTable",
    "Printable",
    "Printed",
    "Written",
    "bound",
    "can_be_quick",
    "check_that_pdf_can_be_made",
    "converted",
    "mark_of_pdf",
    "page_count",
    "parts_of_pdf",
    "picture",
    "printed",
    "quick_pdf",
    "written",
]
