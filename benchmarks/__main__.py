"""`python -m benchmarks`: the measures of docs/performance.md, at sizes that take a few minutes.

Each script runs in a process of its own, so that the memory of one is not that of another; they take larger
sizes on their own command line.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
MEASURES = (
    ("rendering.py", "1", "100", "1000"),
    ("line.py", "1", "100", "1000"),
    ("batches.py", "--acts", "1000", "--runs", "3"),
    ("importing.py", "40", "40", "500"),
    ("seances.py", "--points", "20", "--acts", "200"),
    ("page.py", "--gestures", "60"),
)


def machine() -> str:
    """What the figures were taken on, and how busy it was."""
    load = f", load {os.getloadavg()[0]:.2f}" if hasattr(os, "getloadavg") else ""
    return f"Python {platform.python_version()}, {processor()}, {os.cpu_count()} cores, {date.today()}{load}"


def processor() -> str:
    """The name of the processor, as Linux gives it."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def main() -> int:
    print(machine())
    for script, *sizes in MEASURES:
        print(f"\n{script} {' '.join(sizes)}\n", flush=True)
        done = subprocess.run([sys.executable, str(FOLDER / script), *sizes], check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
