"""Files of others, to be read: those that LibreOffice turns into Word or Excel, the lines of a PDF."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ctgdocs.findings import CtgdocsError, UsageError
from ctgdocs.pdf import office

if TYPE_CHECKING:
    import pypdfium2

MOST_PAGES = 400
_SCANNED = 20
"""Letters a page: below, the page is a picture."""


def converted(data: bytes, suffix: str, wanted: str) -> bytes | None:
    """A file as LibreOffice saves it in another format (`.docx`); None when it cannot. Raises UsageError when
    LibreOffice is not there."""
    if not office.program():
        raise UsageError(
            f"Un fichier {suffix} se lit avec LibreOffice, qui n’est pas installé ici : installez-le "
            f"(libreoffice.org), ou enregistrez le fichier au format {wanted}."
        )
    with TemporaryDirectory(prefix="ctgdocs-", ignore_cleanup_errors=True) as name:
        folder = Path(name).resolve()
        (folder / f"fichier{suffix}").write_bytes(data)
        office.convert(folder, [f"fichier{suffix}"], wanted.removeprefix("."))
        made = folder / f"fichier{wanted}"
        return made.read_bytes() if made.is_file() else None


def lines_of_pdf(data: bytes) -> list[str]:
    """The lines of a PDF, page after page, without what heads or foots every page. Raises UsageError when
    pypdfium2 is missing, CtgdocsError for a scan and for what cannot be read."""
    if find_spec("pypdfium2") is None:
        raise UsageError('Lire un PDF demande une bibliothèque de plus : pip install "ctgdocs[pdf]".')
    pages = _pages(data)
    letters = sum(character.isalnum() for page in pages for line in page for character in line)
    if letters < _SCANNED * max(1, len(pages)):
        raise CtgdocsError(
            "ce PDF est une image : un scan, sans texte ; passez-le par un logiciel de reconnaissance de "
            "caractères, ou demandez le fichier Word"
        )
    return [line for page in pages for line in page]


def _pages(data: bytes) -> list[list[str]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise CtgdocsError("ce PDF est protégé par un mot de passe") from error
        raise CtgdocsError("ce n’est pas un PDF lisible : il est abîmé") from error
    try:
        if len(document) > MOST_PAGES:
            raise CtgdocsError(f"ce PDF a plus de {MOST_PAGES} pages")
        return [_lines(document[at]) for at in range(len(document))]
    except pypdfium2.PdfiumError as error:
        raise CtgdocsError("ce n’est pas un PDF lisible : il est abîmé") from error
    finally:
        document.close()


def _lines(page: pypdfium2.PdfPage) -> list[str]:
    text = page.get_textpage()
    try:
        # a hyphen at the end of a line comes as a sign of its own
        return str(text.get_text_bounded()).replace("\ufffe", "-").splitlines()
    finally:
        text.close()
        page.close()
