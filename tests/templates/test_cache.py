"""The cache of prepared templates: quick, data only, never trusted more than a template, never in the way."""

from __future__ import annotations

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from word_templates import a_template, words

from ctgdocs.templates import Template, stock


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CTGDOCS_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_a_second_run_prepares_nothing_and_makes_the_same_bytes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = a_template(
        "{{ x }}", header="{{ x }}", table=[["{%tc for i in [1, 2, 3] %}", "a", "{%tc endfor %}"]]
    )
    first = Template.load(template).render({"x": "é"})
    monkeypatch.setattr("ctgdocs.templates.prepared.prepare", None)
    assert Template.load(template).render({"x": "é"}) == first


def test_what_the_template_is_made_of_decides_the_name() -> None:
    names = {
        stock.key(b"a", b"", {}, "", False),
        stock.key(b"b", b"", {}, "", False),
        stock.key(b"a", b"b", {}, "", False),
        stock.key(b"a", b"", {"corps": "Texte"}, "", False),
        stock.key(b"a", b"", {}, "PROJET", False),
        stock.key(b"a", b"", {}, "", True),
    }
    assert len(names) == 6
    styles, turned = {"a": "1", "b": "2"}, {"b": "2", "a": "1"}
    assert stock.key(b"a", b"", styles, "", False) == stock.key(b"a", b"", turned, "", False)


@pytest.mark.parametrize("content", [b"", b"x\n{}\n", b"\x80\x04K\x01.", b"0" * 64 + b"\n{}\n"])
def test_a_spoilt_cache_is_done_without(folder: Path, content: bytes) -> None:
    template = a_template("{{ x }}")
    Template.load(template)
    (file,) = folder.iterdir()
    file.write_bytes(content)
    assert words(Template.load(template).render({"x": 1})) == ["1"]


def test_a_cache_that_cannot_be_written_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fichier").write_text("pas un dossier")
    monkeypatch.setenv("CTGDOCS_CACHE", str(tmp_path / "fichier" / "cache"))
    assert words(Template.load(a_template("{{ x }}")).render({"x": 1})) == ["1"]


def tampered(folder: Path, old: bytes, new: bytes) -> None:
    """Changes a cache file as someone who knows its form would, digest included."""
    (file,) = folder.iterdir()
    head, _, blobs = file.read_bytes().partition(b"\n")[2].partition(b"\n")
    assert old in head
    body = head.replace(old, new) + b"\n" + blobs
    file.write_bytes(sha256(body).hexdigest().encode() + b"\n" + body)


def test_a_tampered_cache_does_no_more_than_a_template(folder: Path) -> None:
    template = a_template("{{ x }}")
    Template.load(template)
    tampered(folder, b"{{ x \\n}}", b"{{ x.__class__ \\n}}")
    with pytest.raises(Exception, match="noms qui commencent par « _ »"):
        Template.load(template)
    tampered(folder, b"{{ x.__class__ \\n}}", b'<w:fldSimple w:instr=\\"INCLUDETEXT x\\"/>{{ x \\n}}')
    assert words(Template.load(template).render({"x": 1})) == ["1"], "refused, and prepared again"


def test_a_cache_file_holds_data_only(folder: Path) -> None:
    Template.load(a_template("{{ x }}"))
    (file,) = folder.iterdir()
    head = file.read_bytes().split(b"\n")[1]
    assert set(json.loads(head)) == {"members", "added", "sources", "core", "look"}


def test_old_files_are_dropped(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stock, "MOST_FILES", 2)
    for text in "abcd":
        Template.load(a_template(text))
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize(
    ("system", "variables", "ending"),
    [
        ("linux", {"XDG_CACHE_HOME": "/c"}, "/c/ctgdocs"),
        ("linux", {}, ".cache/ctgdocs"),
        ("darwin", {}, "Library/Caches/ctgdocs"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/ctgdocs/Cache"),
    ],
)
def test_the_cache_is_where_the_system_wants_it(
    monkeypatch: pytest.MonkeyPatch, system: str, variables: dict[str, str], ending: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    for name in ("CTGDOCS_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert stock.folder().as_posix().endswith(ending)


def test_a_warm_start_imports_neither_docx_nor_docxtpl(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "modele.docx"
    path.write_bytes(a_template("{{ x }}"))
    Template.load(path)
    program = (
        "import sys; from ctgdocs.templates import Template;"
        f"Template.load({str(path)!r}).render({{'x': 'é'}});"
        "print([m for m in ('docx', 'docxtpl', 'lxml', 'pydantic', 'zipfile') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
