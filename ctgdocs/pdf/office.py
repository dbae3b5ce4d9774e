"""LibreOffice, run on a folder of Word files: where it is, one process for a batch, which cannot hang, and
one that stays awake for previews; a batch printed, what it did not give the first time asked for once more.

It works in a profile of its own, made for the batch and thrown away: it disturbs no open LibreOffice, runs no
macro and follows no link.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from ctgdocs.findings import TemplateError, UsageError
from ctgdocs.pdf.finish import finished, pages_of
from ctgdocs.word import Settled, for_libreoffice, numbered

_INSTALLED = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)
STARTING, A_FILE = 90.0, 20.0
"""Seconds granted to a process, and more for each file."""
_LOOK = 0.05
"""Seconds between two looks at what it has made."""
WAKING, IDLE = 30.0, 600.0
"""Seconds granted to one that is to stay awake, and that it stays so with nothing to do."""

_EXPORT = ",".join(
    f'"{name}":{{"type":"{kind}","value":"{value}"}}'
    for name, kind, value in (
        ("SelectPdfVersion", "long", "2"),  # PDF/A-2b
        ("PDFUACompliance", "boolean", "true"),
        ("UseTaggedPDF", "boolean", "true"),
        ("ExportBookmarks", "boolean", "true"),
        ("ExportFormFields", "boolean", "false"),  # a content control is no field to fill in
        ("ExportBookmarksToPDFDestination", "boolean", "true"),  # where each heading is: finish.pages_of
    )
)
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def program() -> str:
    """Where LibreOffice is, "" when it is not installed."""
    named = os.environ.get("CTGDOCS_LIBREOFFICE", "")
    if named:
        return named if Path(named).is_file() else ""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((path for path in _INSTALLED if Path(path).is_file()), "")


def convert(
    folder: Path, names: Sequence[str], form: str = "", meanwhile: Callable[[], bool] = lambda: False
) -> None:
    """Turns files of `folder` into PDF (or `form`, an extension) beside themselves, as far as LibreOffice
    gets within its time: who calls looks at what is there. The first launch of a profile is the longest: a
    folder that is used again keeps its own. `meanwhile` does a piece of work, and gives False when it has to
    wait for LibreOffice."""
    command = [
        *_started(folder),
        *("--convert-to", form or f"pdf:writer_pdf_Export:{{{_EXPORT}}}", "--outdir", str(folder)),
        *(str(folder / name) for name in names),
    ]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    end = time.monotonic() + STARTING + A_FILE * len(names)
    try:
        while process.poll() is None and time.monotonic() < end:
            if not meanwhile():
                with suppress(subprocess.TimeoutExpired):
                    process.wait(_LOOK)
    finally:
        _stop(process)


def _started(folder: Path) -> list[str]:
    """The command of LibreOffice with the profile of a folder, which is made when it is not there."""
    profile = folder / "profil"
    if not (profile / "user").is_dir():
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
    own = f"-env:UserInstallation={profile.as_uri()}"
    return [program(), "--headless", "--norestore", "--nolockcheck", "--nodefault", own]


# --- One that stays awake ------------------------------------------------------------------------------

_BLANK = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text/></office:body>
</office:document>
"""
_KEPT = '( "$@"; kill -9 0 ) & read _; rm -rf "$0"; kill -9 0'
"""A shell that ends with LibreOffice, and LibreOffice with it; when who started it is gone, however that was,
its folder goes too: what it reads has an end by then."""


class Awake:
    """LibreOffice kept awake in a folder of its own: it has a blank document open. A conversion there is
    handed to it by LibreOffice's own door (one process for a profile), and starts nothing. Without it (on
    Windows, where nothing would end it with us; or where it does not come up) the same conversion starts one,
    as ever."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._can_wake = sys.platform != "win32"
        self.process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()
        self._rest = threading.Timer(0, lambda: None)

    def converted(self, name: str, form: str) -> None:
        """As `convert` does for one file."""
        with self._turn:
            self._rest.cancel()
            self._wake()
            convert(self._folder, [name], form)
            self._rest = threading.Timer(IDLE, self.sleep)
            self._rest.daemon = True
            self._rest.start()

    def sleep(self) -> None:
        """Ends the process once it has nothing to do; the next conversion starts another."""
        with self._turn:
            self.end()

    def end(self) -> None:
        """Ends the process, whatever it does."""
        self._rest.cancel()
        if self.process is not None:
            _stop(self.process)
            if self.process.stdin is not None:
                self.process.stdin.close()
        self.process = None

    def _wake(self) -> None:
        if not self._can_wake or (self.process is not None and self.process.poll() is None):
            return
        self.end()
        blank, lock = self._folder / "vide.fodt", self._folder / ".~lock.vide.fodt#"
        lock.unlink(missing_ok=True)
        blank.write_text(_BLANK, "utf-8")
        command = ["/bin/sh", "-c", _KEPT, str(self._folder), *_started(self._folder), str(blank)]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, start_new_session=True
        )
        until = time.monotonic() + WAKING
        while not lock.exists():  # LibreOffice makes it once it has the document open: it is ready
            if self.process.poll() is not None or time.monotonic() > until:
                self._can_wake = False
                self.end()
                break
            time.sleep(0.02)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ends LibreOffice and what it started: its launcher is not the program itself."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(
                ["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False
            )
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


BATCH = 100
"""Word files that one process prints: few enough for a command line of Windows."""


class Printable(NamedTuple):
    """A Word file, and the document that it is (`deliberations/2026-045`)."""

    origin: str
    word: bytes


class Printed(NamedTuple):
    """A PDF, and the Word file that it shows: that which was printed, its table of contents numbered."""

    pdf: bytes
    word: bytes


def check_that_pdf_can_be_made() -> None:
    """Raises UsageError when LibreOffice or pikepdf is missing, with what to install."""
    if not program():
        raise UsageError(
            "Le PDF se fait avec LibreOffice, qui n’est pas installé ici : installez-le (libreoffice.org), "
            "ou donnez son programme dans la variable CTGDOCS_LIBREOFFICE. Les documents Word, eux, sont "
            "faits."
        )
    if find_spec("pikepdf") is None:
        raise UsageError('Le PDF demande une bibliothèque de plus : pip install "ctgdocs[pdf]".')


def printed(documents: Sequence[Printable]) -> list[Printed | None]:
    """The PDF of each Word file, at most BATCH of them; None for one that LibreOffice cannot print."""
    with TemporaryDirectory(prefix="ctgdocs-", ignore_cleanup_errors=True) as name:
        batch = _Batch(Path(name).resolve(), documents)
        first, *others = batch.print(range(len(documents))) or [-1]
        for again in ([first], others) if first >= 0 else ():  # where it stopped, then what it never reached
            batch.print(again)
        return [batch.made.get(index) for index in range(len(documents))]


class _Batch:
    """Word files in the folder where LibreOffice prints them; each is finished while it prints the next."""

    def __init__(self, folder: Path, documents: Sequence[Printable]) -> None:
        self.made: dict[int, Printed | None] = {}
        self._folder, self._documents = folder, documents
        self._settled = [_settled(one.word) for one in documents]
        for index, one in enumerate(self._settled):
            (folder / f"{index}.docx").write_bytes(one.word)

    def print(self, indexes: Sequence[int]) -> list[int]:
        """Has some of them printed, and gives those that were not."""
        if indexes:
            convert(self._folder, [f"{index}.docx" for index in indexes], meanwhile=self._finish_one)
        while self._finish_one():
            pass
        return [index for index in indexes if index not in self.made]

    def _finish_one(self) -> bool:
        """Finishes a PDF that is there, if one is."""
        for index in range(len(self._documents)):
            path = self._folder / f"{index}.pdf"
            if index not in self.made and _is_whole(path):
                self.made[index] = _finished(path, self._documents[index], self._settled[index])
                return True
        return False


def _is_whole(path: Path) -> bool:
    """Whether LibreOffice has written a PDF to its end: it ends as one."""
    end = b""
    with suppress(OSError), path.open("rb") as file:
        file.seek(-8, os.SEEK_END)
        end = file.read()
    return end.rstrip().endswith(b"%%EOF")


def _finished(path: Path, document: Printable, settled: Settled) -> Printed | None:
    try:
        word = _numbered(document.word, path) if settled.unnumbered else document.word
        pdf = finished(path, document.origin, sha256(word).hexdigest(), settled.unsaid)
        return Printed(pdf, word)
    except (OSError, ValueError):
        return None


def _numbered(word: bytes, path: Path) -> bytes:
    """The Word file with the page numbers of its table of contents."""
    try:
        return numbered(word, pages_of(path))
    except TemplateError:
        return word


def _settled(word: bytes) -> Settled:
    try:
        return for_libreoffice(word)
    except TemplateError:  # saved by something else: LibreOffice has the last word
        return Settled(word)
