"""What `ctgdocs.exe` does: with arguments, the command; on a double click, the page of her workspace.

Hers is the one beside the program or, without one, « ctgdocs » in her documents, made the first time.
"""

import os
import sys
from pathlib import Path

from ctgdocs.cli.main import main
from ctgdocs.findings import UsageError
from ctgdocs.project import LANDMARK, Project


def workspace() -> Path:
    """The workspace of a double click; where one is to be made when there is none."""
    beside = Path(sys.executable).resolve().parent
    for folder in (Path.cwd(), beside, beside.parent):
        try:
            return Project.find(folder).root
        except UsageError:
            continue
    documents = Path.home() / "Documents"
    return (documents if documents.is_dir() else Path.home()) / "ctgdocs"


def open_the_page() -> int:
    home = workspace()
    if not (home / LANDMARK).is_file() and (code := main(["initialiser", str(home), "--vide"])):
        return code
    os.chdir(home)
    return main(["ouvrir"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if len(sys.argv) > 1 else open_the_page())
