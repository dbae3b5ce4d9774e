"""What the documentation names exists, and what exists is named there."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import click
import pytest

from ctgdocs.cli.main import cli, commands
from ctgdocs.composing.inline import PLACEHOLDERS
from ctgdocs.content.reading import parse
from ctgdocs.kinds import KINDS
from ctgdocs.vocabulary.registres import REGISTRES
from tools.docs import page_of_rules
from tools.rooms import LIBRARIES, PICTURE, picture, rooms, rows

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
GUIDE = (ROOT / "docs/guide.md").read_text("utf-8")
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text("utf-8")


def named(text: str, pattern: str) -> set[str]:
    return set(re.findall(pattern, text))


@pytest.mark.parametrize("page", ["README", "guide"])
def test_every_command_is_in_the_page_and_the_page_names_no_other(page: str) -> None:
    text = README if page == "README" else GUIDE
    found = named(text, r"(?:`|\$ |^)ctgdocs ([a-z]+)") | named(text, r"(?m)^(?:\$ )?ctgdocs ([a-z]+)")
    assert found == set(commands())


def test_every_option_named_in_the_guide_exists() -> None:
    known = {
        option
        for command in _all_commands(cli)
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    }
    assert named(GUIDE, r"(?<![\w-])(--[a-z][a-z-]+)") <= known


def _all_commands(command: click.Command) -> list[click.Command]:
    if not isinstance(command, click.Group):
        return [command]
    context = click.Context(command)
    below = [command.get_command(context, name) for name in command.list_commands(context)]
    return [command, *(one for child in below if child is not None for one in _all_commands(child))]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_has_its_folder_in_the_guide(kind) -> None:  # type: ignore[no-untyped-def]
    assert f"content/{kind.shelf}/" in GUIDE


def test_every_registry_is_in_the_architecture_page() -> None:
    for registre in REGISTRES:
        assert f"`{registre.path}`" in ARCHITECTURE, registre.path


def test_every_placeholder_is_in_the_guide_and_the_guide_names_no_other() -> None:
    table = GUIDE.partition("<!-- placeholders")[2].partition("**Un tableau")[0]
    assert named(table, r"(?m)^\| `\{([a-z_]+)") == {name.partition(":")[0] for name in PLACEHOLDERS}


def test_the_page_of_rules_is_the_catalogue() -> None:
    """When this fails: `make docs`."""
    assert (ROOT / "docs/regles.md").read_text("utf-8") == page_of_rules()


def test_the_picture_of_the_rooms_is_made_from_their_imports() -> None:
    """When this fails: `make docs`."""
    assert PICTURE.read_text("utf-8") == picture()
    assert "images/rooms.svg" in ARCHITECTURE


def test_an_arrow_of_the_picture_goes_down_and_follows_from_no_other() -> None:
    line = {room: number for number, row in enumerate(rows()) for room in row}
    arrows = rooms()
    assert set(LIBRARIES) <= arrows.keys()
    assert all(line[room] < line[one] for room, below in arrows.items() for one in below)
    assert "content" not in arrows["cli"]


def test_every_room_is_in_the_architecture_page() -> None:
    package = ROOT / "ctgdocs"
    rooms = {path.name for path in package.iterdir() if path.is_dir() and not path.name.startswith("_")}
    rooms |= {path.stem for path in package.glob("*.py") if not path.stem.startswith("_")}
    for room in rooms:
        assert re.search(rf"`{room}/?`", ARCHITECTURE), room


@pytest.mark.parametrize(
    "page", [*sorted(ROOT.glob("docs/*.md")), ROOT / "README.md"], ids=lambda page: page.name
)
def test_links_of_the_documentation_lead_somewhere(page: Path) -> None:
    for link in named(page.read_text("utf-8"), r"\]\(([^)#\s]+)(?:#[^)]*)?\)"):
        if not link.startswith(("http", "mailto:", "…")):
            assert (page.parent / link).exists(), link


def test_every_dependency_has_its_reason_and_licence() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = list(project["dependencies"])
    for extra in project["optional-dependencies"].values():
        wanted += extra
    page = (ROOT / "docs/dependencies.md").read_text("utf-8")
    for requirement in wanted:
        name = re.match(r"[A-Za-z0-9-]+", requirement)
        assert name is not None
        assert name[0] == "ctgdocs" or name[0] in page, requirement


@pytest.mark.parametrize("block", re.findall(r"```yaml\n(.*?)```", GUIDE, re.S), ids=lambda block: block[:30])
def test_every_example_of_the_guide_is_yaml_that_content_files_accept(block: str) -> None:
    examples = block.split("\nvote: ")  # chapter 4 shows several votes in one block
    for text in [examples[0], *(f"vote: {rest}" for rest in examples[1:])]:
        _, findings = parse(textwrap.dedent(text).encode(), "guide.yaml")
        assert [finding.message for finding in findings] == []
