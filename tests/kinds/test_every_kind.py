"""What every kind owes, whatever it is: an example that works, a template that asks for what compose gives,
the same words and the same bytes each time.

When the page of an example changes on purpose, `make approve` approves its words.
"""

from __future__ import annotations

import itertools
import os
import re
import zipfile
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from outside import outside
from world import DRAWERS, a_workspace, composed, the_act

from ctgdocs.kind import Kind
from ctgdocs.kinds import KINDS
from ctgdocs.project import Project
from ctgdocs.stages import Composition
from ctgdocs.templates import Template

ROOT = Path(__file__).parents[2]

every_kind = pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
DOCUMENTS = [(kind, part) for kind in KINDS for part in kind.parts]
every_document = pytest.mark.parametrize(
    ("kind", "part"), DOCUMENTS, ids=[f"{kind.name}-{part}".rstrip("-") for kind, part in DOCUMENTS]
)


def example_of(kind: Kind) -> str:
    return (DRAWERS[kind.name] / "exemple.yaml").read_text(encoding="utf-8")


def its_workspace(kind: Kind, root: Path) -> Project:
    """The small workspace, with the kind's example as its act « exemple »."""
    return a_workspace(root, **{f"{kind.shelf}/2026-051.yaml": example_of(kind)})


def page_of(kind: Kind, part: str, root: Path) -> Composition:
    return composed(its_workspace(kind, root), kind.name, "2026-051", part)


def rendered(composition: Composition) -> bytes:
    template = Template.load(ROOT / composition.template, watermark=composition.watermark, ordinals=True)
    return template.render(composition.context, title=composition.title)


def words_of(document: bytes) -> str:
    """The words of a Word document, a paragraph to a line, its notes after."""
    with zipfile.ZipFile(BytesIO(document)) as package:
        parts = [name for name in ("word/document.xml", "word/footnotes.xml") if name in package.namelist()]
        xml = "</w:p>".join(package.read(name).decode("utf-8") for name in parts)
    text = re.sub(r"<w:(?:br|cr)\b[^>]*>", " / ", xml.replace("</w:p>", "\n").replace("<w:tab/>", "\t"))
    text = unescape(re.sub(r"<[^>]+>", "", text))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip()) + "\n"


def fields_of(template: Path) -> set[str]:
    """The names that a template reads at its top level."""
    from jinja2 import Environment, meta

    with zipfile.ZipFile(template) as package:
        xml = package.read("word/document.xml").decode("utf-8")
    tags = re.findall(r"\{[{%].*?[%}]\}", re.sub(r"<[^>]+>", "", xml))
    source = "".join(re.sub(r"^(\{[{%])(?:p|tr|tc|r)\b", r"\1", tag) for tag in tags)
    read = meta.find_undeclared_variables(Environment(autoescape=True).parse(unescape(source)))
    return read - set(re.findall(r"\{%\s*set (\w+)", source))


@every_kind
def test_its_example_is_valid_and_breaks_no_rule(kind: Kind, tmp_path: Path) -> None:
    entry, library = the_act(its_workspace(kind, tmp_path), kind.name, "2026-051")
    assert library.findings(entry.source.path) == []
    assert [finding for finding in kind.check(entry, library.reader()) if finding.blocking] == []
    assert all(page_of(kind, part, tmp_path).findings == () for part in kind.parts)


@every_kind
def test_its_example_names_its_schema_for_editors(kind: Kind) -> None:
    first = example_of(kind).splitlines()[0]
    assert first == f"# yaml-language-server: $schema=../.schemas/{kind.name}.json"


@every_kind
def test_its_example_shows_every_field_that_it_must(kind: Kind) -> None:
    """An example may leave out what its type gives a default."""
    typed = set(re.findall(r"^([a-z_]+):", example_of(kind), re.MULTILINE))
    owed = {name for name, field in kind.acte().model_fields.items() if field.is_required()}
    assert owed <= typed <= set(kind.acte().model_fields)


@every_document
def test_its_template_asks_only_for_what_compose_gives(kind: Kind, part: str, tmp_path: Path) -> None:
    composition = page_of(kind, part, tmp_path)
    assert fields_of(ROOT / composition.template) - {"loop"} <= set(composition.context)


@every_document
def test_its_context_holds_plain_values_only(kind: Kind, part: str, tmp_path: Path) -> None:
    from ctgdocs.prose import Prose

    def plain(value: object) -> bool:
        if isinstance(value, dict):
            return all(isinstance(key, str) and plain(inner) for key, inner in value.items())
        if isinstance(value, list):
            return all(map(plain, value))
        return type(value) in (str, bool, int) or isinstance(value, Prose)

    assert plain(page_of(kind, part, tmp_path).context)


@every_document
def test_its_example_renders_to_the_approved_words(kind: Kind, part: str, tmp_path: Path) -> None:
    words = words_of(rendered(page_of(kind, part, tmp_path)))
    approved = DRAWERS[kind.name] / "epreuves" / f"{part or kind.name}.txt"
    if os.environ.get("CTGDOCS_APPROUVER"):
        approved.parent.mkdir(exist_ok=True)
        approved.write_text(words, encoding="utf-8", newline="\n")
    assert words == approved.read_text(encoding="utf-8")


@every_document
def test_the_same_content_gives_the_same_bytes(kind: Kind, part: str, tmp_path: Path) -> None:
    assert rendered(page_of(kind, part, tmp_path / "a")) == rendered(page_of(kind, part, tmp_path / "b"))


@every_document
def test_it_holds_no_field_nor_relationship_outside_the_lists(kind: Kind, part: str, tmp_path: Path) -> None:
    assert outside(rendered(page_of(kind, part, tmp_path))) == []


@every_document
def test_its_headings_go_down_one_level_at_a_time(kind: Kind, part: str, tmp_path: Path) -> None:
    """What a reader who hears the page moves by."""
    levels = [0, *levels_of(rendered(page_of(kind, part, tmp_path)))]
    assert [(above, below) for above, below in itertools.pairwise(levels) if below > above + 1] == []
    assert len(levels) > 1


def levels_of(document: bytes) -> list[int]:
    """The levels of the headings of a Word document, 1 for the highest: their own, else their style's."""
    page = docx.Document(BytesIO(document))
    of_style = {style.style_id: _level(style.element) for style in page.styles}
    said = (
        _level(paragraph) or of_style.get(paragraph.style or "")
        for paragraph in page.element.body.iter(qn("w:p"))
        if "".join(paragraph.itertext()).strip()
    )
    return [level for level in said if level]


def _level(element: Any) -> int | None:
    """1 to 9; None for the text of a page."""
    level = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    number = 9 if level is None else int(level.get(qn("w:val")))
    return number + 1 if number < 9 else None
