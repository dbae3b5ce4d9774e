"""Known weaknesses of the packages that are locked, as pip-audit knows them: `make audit`.

Where pip-audit is not installed, or no advisory can be reached, each locked package is listed with its
version, for a reader to look up. Exit code: 0 when nothing is known, 1 when something is, 2 when nobody could
be asked.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements" / "run.lock"


def locked(lock: str) -> list[tuple[str, str]]:
    """(package, version) of each line of a lock, in order."""
    return re.findall(r"^([a-z0-9_.-]+)==([^ \\;]+)", lock, re.MULTILINE)


def main() -> int:
    asked = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "-r", str(LOCK)]
    run = subprocess.run(asked, capture_output=True, text=True, check=False)
    if run.returncode == 0 or "vulnerabilit" in run.stdout + run.stderr:
        print(run.stdout or run.stderr)
        return run.returncode
    print("No advisory could be asked for. What is locked, to look up:")
    for package, version in locked(LOCK.read_text("utf-8")):
        print(f"  {package} {version}")
    return 2


if __name__ == "__main__":
    sys.exit(main())
