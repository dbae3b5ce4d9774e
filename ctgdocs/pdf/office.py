"""LibreOffice, run on a folder of Word files: where it is, one process for a batch, which cannot hang, and
one that stays awake for previews.

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
from pathlib import Path

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
