"""Nothing stands in the program that nothing uses."""

from pathlib import Path
from typing import Final

from vulture import Vulture

ROOT: Final = Path(__file__).parents[2]

BY_DECORATOR: Final = [
    "@rule",
    "@check",
    "@*.also",
    "@click.*",
    "@*.command",
    "@model_validator",
    "@field_validator",
]
"""What is collected, or called by a library, from its decorator."""

CALLED_BY_LIBRARIES: Final = [
    "visit_*",
    "list_commands",
    "get_command",
    "install_signal_handlers",
    "preprocess",
    "__getattr__",
]

FOR_AUTHORS_OF_PYTHON: Final = ["subdoc", "build_url_id"]
"""The two doors of docxtpl's own language that are called from Python, not from a template."""


def unused(judged: Path, *users: Path) -> list[str]:
    """What a folder defines or imports that no module of it, no user and no page names."""
    found = Vulture(
        ignore_names=[*CALLED_BY_LIBRARIES, *FOR_AUTHORS_OF_PYTHON], ignore_decorators=BY_DECORATOR
    )
    found.scavenge([str(folder) for folder in (judged, *users)])
    pages = " ".join(page.read_text("utf-8") for page in (ROOT / "ctgdocs/page/templates").glob("*.html"))
    return [
        f"{Path(one.filename).name}:{one.first_lineno} {one.name}"
        for one in found.get_unused_code(min_confidence=60)
        if one.typ not in ("variable", "attribute")
        and Path(one.filename).is_relative_to(judged)
        and f".{one.name}" not in pages
    ]


def test_nothing_is_dead() -> None:
    assert unused(ROOT / "ctgdocs", ROOT / "tools", ROOT / "benchmarks") == []


def test_what_is_dead_is_seen(tmp_path: Path) -> None:
    (tmp_path / "une.py").write_text(
        "def used():\n    return 1\n\n\ndef forgotten():\n    return used()\n", "utf-8"
    )
    assert unused(tmp_path) == ["une.py:5 forgotten"]
