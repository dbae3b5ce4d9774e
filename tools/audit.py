"""Known weaknesses of the packages that are locked, as pip-audit knows them: `make audit`.

What nobody can be asked about is listed with its version and the day it was locked, for a reader to look up.
Exit code: 0 when every package was asked about and nothing is known, 1 when something is, 2 when some could
not be asked about.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCKS = ("run", "page")


def locked(lock: str) -> list[tuple[str, str]]:
    """(package, version) of each line of a lock, in order."""
    return re.findall(r"^([a-z0-9_.-]+)==([^ \\;]+)", lock, re.MULTILINE)


def days(lock: Path) -> dict[str, str]:
    """The day when each package of a lock got its version, as git knows it."""
    asked = ["git", "blame", "--line-porcelain", str(lock)]
    blame = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    lines = re.findall(r"^committer-time (\d+)$.*?^\t([^\n]*)", blame, re.MULTILINE | re.DOTALL)
    return {
        line.partition("==")[0]: f"{datetime.fromtimestamp(int(when), UTC):%Y-%m-%d}"
        for when, line in lines
        if "==" in line
    }


def asked_about(lock: Path) -> dict[str, list[str]]:
    """The advisories of each package that pip-audit could ask about."""
    command = [
        sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "-r", str(lock), "-f", "json",
        "--progress-spinner", "off",
    ]  # fmt: skip
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return advisories(run.stdout)


def advisories(answer: str) -> dict[str, list[str]]:
    """The advisories in pip-audit's answer, of each package that it knows something of."""
    try:
        told = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return {}
    return {
        one["name"]: [f"{each['id']} (mended in {mended(each)})" for each in one["vulns"]]
        for one in told
        if "skip_reason" not in one
    }


def mended(advisory: dict[str, list[str]]) -> str:
    return ", ".join(advisory["fix_versions"]) or "no version"


def main() -> int:
    known: list[str] = []
    unknown: dict[str, str] = {}
    for name in LOCKS:
        lock = ROOT / "requirements" / f"{name}.lock"
        answers, since = asked_about(lock), days(lock)
        for package, version in locked(lock.read_text("utf-8")):
            if package not in answers:
                day = since.get(package, "an unknown day")
                unknown.setdefault(package, f"  {package} {version}, locked on {day}")
            known += [f"  {package} {version}: {advisory}" for advisory in answers.get(package, ())]
    if known:
        print("Known weaknesses:", *known, sep="\n")
    if unknown:
        print("No advisory could be asked for. What is locked, to look up:", *unknown.values(), sep="\n")
    return 1 if known else 2 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
