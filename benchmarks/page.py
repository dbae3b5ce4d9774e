"""The page, as a person meets it: start, first screen, findings of a keystroke, previews, an hour of use.

    python benchmarks/page.py [--acts 1000] [--gestures 200]

Measured from outside, by HTTP, on the sample and on as many acts as asked. « An hour » is a script: as
many changes of a field, each with its findings and its quick preview, then the memory of the server.
"""

from __future__ import annotations

import argparse
import http.client
import re
import shutil
import statistics
import subprocess
import tempfile
import time
import urllib.parse
from collections.abc import Callable
from pathlib import Path

from batches import AS_INSTALLED, COMMAND, REPOSITORY, a_workspace

ACT = "2026-058"


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
        self.token = re.findall(r'name="jeton" value="([^"]+)"', self.get("/")[1])[0]

    def _ask(self, method: str, path: str, form: bytes = b"") -> tuple[str, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        connection.request(method, path, form or None, {"Cookie": self.cookie, **kind})
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer.getheader("location") or "", answer.getheader("set-cookie") or "", text

    def get(self, path: str) -> tuple[float, str]:
        start = time.perf_counter()
        text = self._ask("GET", path)[2]
        return time.perf_counter() - start, text

    def types(self, act: str, value: str) -> float:
        """A field is changed and the form is told what the rules say: seconds."""
        form = {"jeton": self.token, "v:numero": value, "a:numero": self.last}
        start = time.perf_counter()
        location = self._ask("POST", f"/fiches/deliberation/{act}", urllib.parse.urlencode(form).encode())[0]
        self._ask("GET", location)
        self.last = value
        return time.perf_counter() - start

    last = ""

    def memory(self) -> float:
        """The server's resident memory, in MB."""
        status = Path(f"/proc/{self.server.pid}/status").read_text("utf-8")
        return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024

    def close(self) -> None:
        self.server.terminate()
        self.server.communicate()


def median(measure: Callable[[], float], runs: int) -> float:
    return statistics.median(measure() for _ in range(runs))


def measured(folder: Path, act: str, gestures: int) -> list[tuple[str, str]]:
    her = Her(folder)
    first = her.get("/")[0]
    preview = f"/apercu/deliberations/{act}"
    numbers = iter(range(100, 100 + 10 * gestures))
    typed = [her.types(act, f"2026-{next(numbers)}") for _ in range(10)]

    def after_a_change(address: str) -> float:
        her.types(act, f"2026-{next(numbers)}")
        return her.get(address)[0]

    quick = median(lambda: after_a_change(f"{preview}?vite"), 5)
    exact = median(lambda: after_a_change(preview), 3)
    for _ in range(gestures):
        after_a_change(f"{preview}?vite")
    rows = [
        ("start, until the address answers", f"{her.started * 1000:.0f} ms"),
        ("first screen", f"{first * 1000:.0f} ms"),
        ("a keystroke: written, findings shown", f"{statistics.median(typed) * 1000:.0f} ms"),
        ("quick preview of the edited page", f"{quick * 1000:.0f} ms"),
        ("exact preview", f"{exact * 1000:.0f} ms"),
        ("list of documents", f"{median(lambda: her.get('/documents')[0], 3) * 1000:.0f} ms"),
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
        columns = [measured(sample, ACT, options.gestures), measured(large, number, options.gestures // 4)]
    print(f"| | the sample | {options.acts} acts |\n| --- | --- | --- |")
    for (what, one), (_, other) in zip(*columns, strict=True):
        print(f"| {what} | {one} | {other} |")


def copy_of_the_sample(folder: Path) -> None:
    for part in ("content", "templates"):
        shutil.copytree(REPOSITORY / part, folder / part)


if __name__ == "__main__":
    main()
