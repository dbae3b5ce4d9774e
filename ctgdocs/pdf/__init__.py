"""Word files printed as PDF/A-2b and PDF/UA-1. The door: nothing behind it is imported elsewhere.

LibreOffice lays the pages out, one process for a batch (office.py); what it leaves short of the two norms is
mended, and each file says which Word file it shows (finish.py).
"""

from ctgdocs.pdf.finish import PdfMark, mark_of_pdf
from ctgdocs.pdf.printing import BATCH, Printable, check_that_pdf_can_be_made, printed

__all__ = ["BATCH", "PdfMark", "Printable", "check_that_pdf_can_be_made", "mark_of_pdf", "printed"]
