"""Resolves one lock of requirements/: `python tools/lock.py run|page|dev|build`.

One lock serves Python 3.11 to 3.14 on Linux, Windows and macOS, with hashes and without the address of any
registry.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
WANTED = {
    "build": ["requirements/build.in"],
    "run": ["pyproject.toml"],
    "page": ["pyproject.toml", "--extra", "page", "-c", "requirements/run.lock"],
    "dev": [
        "pyproject.toml",
        "--extra",
        "dev",
        "-c",
        "requirements/run.lock",
        "-c",
        "requirements/page.lock",
        "-c",
        "requirements/build.lock",
    ],
}


def lock(name: str) -> None:
    """Writes requirements/<name>.lock; raises CalledProcessError when nothing satisfies pyproject.toml."""
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"]
    quiet = ["--no-header", "--no-annotate", "-q"]
    output = ["-o", f"requirements/{name}.lock"]
    subprocess.run(
        [sys.executable, "-m", "uv", "pip", "compile", *WANTED[name], *options, *quiet, *output],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    lock(sys.argv[1])
