"""Files are opened, written and unzipped at one door each; what goes around them is listed here, with why."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "ctgdocs"
READS = {"read_bytes", "read_text"}
WRITES = {"write_bytes", "write_text", "copyfile", "copytree", "NamedTemporaryFile"}
SYSTEM = {"os.open", "os.replace", "os.rename", "os.link", "os.mkfifo", "os.symlink"}
DOORS = {
    "files.py": "the one way a file is opened to be read",
    "memory/writing.py": "the one way a file is written",
    "word/package.py": "the one opener of zip parts",
}
AROUND = {
    "cli/main.py": "os.devnull, when the reader of the output is gone",
    "cli/initialiser.py": "initialiser copies the example into a folder that is empty",
    "content/workbooks.py": "openpyxl reads bytes that came through the door",
    "content/editors.py": "the schemas of editors, which a tool of the repository writes",
    "french/tables.py": "the tables of French, which lie beside it in the package",
    "kinds/convention/plan_lu.py": "the workbook that the program has just made in memory",
    "line/versions.py": "what git gives, in a temporary folder",
    "memory/lock.py": "who holds the lock, in a file that dies with the run",
    "memory/rest.py": "the sum in the header of SQLite's own file",
    "pdf/office.py": "LibreOffice's profile and what it prints, in a folder of one batch, thrown away",
    "pdf/preview.py": "the Word file and its PDF, in a folder of its own",
    "pdf/reading.py": "a file to be read that LibreOffice turns into Word, in such a folder",
    "templates/stock.py": "the user's cache, kept whole by its own digest",
    "vocabulary/lois.py": "the table of texts of law, which lies beside it in the package",
}


MODES = {"r", "rb", "w", "wb", "a", "ab", "x", "xb", "r+b", "rt", "wt"}


def reaches_a_file(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    method = name.rpartition(".")[2]
    if name in {"open", "zipfile.ZipFile", "ZipFile", "load_workbook", *SYSTEM}:
        return True
    if method == "open":
        return any(isinstance(one, ast.Constant) and one.value in MODES for one in call.args)
    return method != name and method in READS | WRITES


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and reaches_a_file(node):
            yield node


def test_every_file_goes_through_a_door() -> None:
    around = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if list(calls(path))}
    assert around == DOORS.keys() | AROUND.keys()
