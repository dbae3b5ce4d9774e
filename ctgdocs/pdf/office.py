"""LibreOffice, run on a folder of Word files: where it is, and one process for a batch, which cannot hang.

It works in a profile of its own, made for the batch and thrown away: it disturbs no open LibreOffice, runs no
macro and follows no link.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
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
    profile = folder / "profil"
    if not (profile / "user").is_dir():
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
    command = [
        *(program(), "--headless", "--norestore", "--nolockcheck", "--nodefault"),
        f"-env:UserInstallation={profile.as_uri()}",
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
