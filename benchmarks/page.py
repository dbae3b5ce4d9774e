"""The page, as a person meets it: start, first screen, findings of a keystroke, previews, an hour of use.

    python benchmarks/page.py [--acts 1000] [--gestures 200]

Measured from outside, by HTTP, on the sample and on as many acts as asked; each figure is the least of its
runs, with the time of processor of the server beside it: on a machine that does other things, the first says
what she waits for, the second what the page costs. « An hour » is a script: as many changes of a field, each
with its findings and its quick preview, a screen and the exact preview now and then, then the memory of the
server.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.parse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from batches import AS_INSTALLED, COMMAND, REPOSITORY, a_workspace

ACT = "2026-058"
SCREENS = (
    "/",
    "/documents",
    "/seances",
    "/conventions",
    "/registres/elus",
    "/actes/deliberation",
    "/modeles",
)


class Took(NamedTuple):
    """Seconds that somebody waits, seconds of processor."""

    wall: float
    cpu: float


class Her:
    """A browser without a window: it keeps its cookie and the token of forms."""

    def __init__(self, folder: Path) -> None:
        start = time.perf_counter()
        command = [*COMMAND, "ouvrir", "--sans-navigateur"]
        self.server = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, text=True, env=AS_INSTALLED
        )
        assert self.server.stdout is not None
        address = self.server.stdout.readline().split()[-1]
        self.started = time.perf_counter() - start
        self.port = int(re.findall(r":(\d+)/", address)[0])
        self.cookie = ""
        self.cookie = self._ask("GET", address[address.index("/?") :])[1].partition(";")[0]
        self.started_cpu = self.cpu()
        self.first = self.measured(lambda: self.get("/"))
        self.token = re.findall(r'name="jeton" value="([^"]+)"', self.get("/"))[0]

    def _ask(self, method: str, path: str, form: bytes = b"", partial: bool = False) -> tuple[str, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        part = {"X-Partiel": "1"} if partial or path.startswith("/apercu") else {}
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        connection.request(method, path, form or None, {"Cookie": self.cookie, **kind, **part})
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.getheader("location") or "", answer.getheader("set-cookie") or "", text

    def get(self, path: str) -> str:
        return self._ask("GET", path)[2]

    def cpu(self) -> float:
        """Seconds of processor of the server, those of what it started and waited for apart."""
        fields = Path(f"/proc/{self.server.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def measured(self, act: Callable[[], object]) -> Took:
        start, before = time.perf_counter(), self.cpu()
        act()
        return Took(time.perf_counter() - start, self.cpu() - before)

    def types(self, act: str, value: str) -> None:
        """A field is changed and the form is told what the rules say."""
        form = {"jeton": self.token, "v:numero": value, "a:numero": self.last}
        location = self._ask("POST", f"/fiches/deliberation/{act}", urllib.parse.urlencode(form).encode())[0]
        self._ask("GET", location, partial=True)
        self.last = value

    last = ""

    def memory(self) -> float:
        """The server's resident memory, in MB."""
        status = Path(f"/proc/{self.server.pid}/status").read_text("utf-8")
        return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024

    def close(self) -> None:
        self.server.terminate()
        self.server.communicate()


def best(took: Sequence[Took]) -> str:
    return f"{min(one.wall for one in took) * 1000:.0f} ms ({min(one.cpu for one in took) * 1000:.0f})"


def measured(folder: Path, act: str, gestures: int) -> list[tuple[str, str]]:
    her = Her(folder)
    typed_there = re.search(
        r"^numero: (.+)$", (folder / f"content/deliberations/{act}.yaml").read_text("utf-8"), re.MULTILINE
    )
    her.last = typed_there[1].strip() if typed_there else ""
    preview = f"/apercu/deliberations/{act}"
    numbers = iter(range(100, 10_000))

    def after_a_change(address: str) -> Took:
        her.types(act, f"2026-{next(numbers)}")
        return her.measured(lambda: her.get(address))

    typed = [her.measured(lambda: her.types(act, f"2026-{next(numbers)}")) for _ in range(12)]
    quick = [after_a_change(f"{preview}?vite") for _ in range(6)]
    exact = [after_a_change(preview) for _ in range(4)]
    documents = [her.measured(lambda: her.get("/documents")) for _ in range(3)]
    sought = [her.measured(lambda: her.get("/aller?q=convention")) for _ in range(3)]
    for at in range(gestures):
        after_a_change(f"{preview}?vite")
        if at % 10 == 0:
            her.get(SCREENS[at // 10 % len(SCREENS)])
            her.get(preview)
    rows = [
        ("start, until the address answers", f"{her.started * 1000:.0f} ms ({her.started_cpu * 1000:.0f})"),
        ("first screen", best([her.first])),
        ("a keystroke: written, findings shown", best(typed)),
        ("quick preview of the edited page", best(quick)),
        ("exact preview", best(exact)),
        ("list of documents", best(documents)),
        ("a place sought by its name", best(sought)),
        (f"memory after {gestures} changes", f"{her.memory():.0f} MB"),
    ]
    her.close()
    return rows


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--acts", type=int, default=1000)
    parser.add_argument("--gestures", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        sample, large = Path(name) / "sample", Path(name) / "large"
        copy_of_the_sample(sample)
        large.mkdir()
        a_workspace(large, options.acts)
        number = min(path.stem for path in (large / "content/deliberations").glob("*.yaml"))
        for folder in (sample, large):
            subprocess.run(
                [*COMMAND, "generer"], cwd=folder, capture_output=True, env=AS_INSTALLED, check=False
            )
        columns = [measured(sample, ACT, options.gestures), measured(large, number, options.gestures)]
    print("wall time, and the server's processor in brackets\n")
    print(f"| | the sample | {options.acts} acts |\n| --- | --- | --- |")
    for (what, one), (_, other) in zip(*columns, strict=True):
        print(f"| {what} | {one} | {other} |")


def copy_of_the_sample(folder: Path) -> None:
    for part in ("content", "templates"):
        shutil.copytree(REPOSITORY / part, folder / part)


if __name__ == "__main__":
    main()
