"""A content file comes out as text with places, or says in French why it does not."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from ctgdocs.content import reading
from ctgdocs.content.reading import parse, read
from ctgdocs.findings import Finding, Severity
from ctgdocs.project import Project
from ctgdocs.stages import Items, Mapping, Source, Text


def root_of(text: str | bytes) -> Mapping:
    source, findings = parse(text if isinstance(text, bytes) else text.encode(), "content/x.yaml")
    assert source is not None, findings
    assert not findings
    return source.root


def the_finding(text: str | bytes) -> Finding:
    _, findings = parse(text if isinstance(text, bytes) else text.encode(), "content/x.yaml")
    (finding,) = findings
    assert finding.severity is Severity.ERREUR
    return finding


@pytest.fixture
def workspace(tmp_path: Path) -> Project:
    (tmp_path / "content").mkdir()
    return Project(tmp_path)


def test_nothing_is_guessed_from_a_scalar() -> None:
    typed = [
        "8.2",
        "non",
        "2026-045",
        "18:30",
        "2026-09-24",
        "0123",
        "~",
        "null",
        "1e3",
        ".inf",
        "0x1F",
        "12_5",
    ]
    root = root_of("".join(f"a{n}: {value}\n" for n, value in enumerate(typed)))
    assert list(root.values()) == typed
    assert all(type(value) is Text for value in root.values())


def test_quotes_are_not_part_of_the_text() -> None:
    assert root_of("a: \"l’\\u00e9t\\u00e9\"\nb: 'l''été'\n") == {"a": "l’été", "b": "l'été"}


def test_a_block_keeps_its_lines_and_a_folded_one_joins_them() -> None:
    root = root_of("a: |\n  un\n    deux\n\n  trois\nb: >\n  un\n  deux\n")
    assert root == {"a": "un\n  deux\n\ntrois\n", "b": "un deux\n"}


def test_an_empty_value_is_an_empty_text() -> None:
    assert root_of("a:\nb: 1\n") == {"a": "", "b": "1"}


def test_lists_and_records_know_their_places() -> None:
    root = root_of("a:\n  - x\n  - {b: y}\n")
    items = root["a"]  # type: ignore[index]
    assert isinstance(items, Items)
    assert (items.line, items.column) == (2, 3)
    record = items[1]
    assert isinstance(record, Mapping)
    assert (record.line, record.column) == (3, 5)
    assert (record["b"].line, record["b"].column) == (3, 9)  # type: ignore[index]


def test_windows_line_ends_and_a_bom_change_nothing() -> None:
    unix = root_of("é: 1\nb: |\n  x\n  y\n")
    windows = root_of(b"\xef\xbb\xbf" + "é: 1\r\nb: |\r\n  x\r\n  y\r\n".encode())
    assert windows == unix
    assert [key.column for key in windows] == [1, 1]


def test_columns_count_characters_however_wide() -> None:
    root = root_of("🎉🎉: [👩‍👧, é, x]\n")
    items = root["🎉🎉"]  # type: ignore[index]
    assert [item.column for item in items] == [6, 11, 14]


@pytest.mark.parametrize(
    ("text", "code", "where", "words"),
    [
        ("a: &x 1\n", "ancre", "1:4", "« &x »"),
        ("a: 1\nb: *x\n", "alias", "2:4", "« *x »"),
        (
            "a: !!python/object/apply:os.system [ls]\n",
            "etiquette",
            "1:4",
            "« !!python/object/apply:os.system »",
        ),
        ("a: !important\n", "etiquette", "1:4", "« !important »"),
        ("a: 1\nb: 2\na: 3\n", "champ-en-double", "3:1", "« a » écrit deux fois"),
        ("a: 1\n---\nb: 2\n", "plusieurs-documents", "2:1", "second document"),
        ("- a\n", "type", "1:1", "trouvé une liste"),
        ("bonjour\n", "type", "1:1", "trouvé du texte"),
        ("? [a]\n: b\n", "cle", "1:3", "nom de champ"),
        ("a: {{ nom }}\n", "cle", "1:5", "nom de champ"),
        ('a:\n  "": b\n', "cle", "2:3", "nom de champ vide"),
        ("a: " + "[" * 60 + "]" * 60 + "\n", "trop-profond", "1:53", "50 niveaux"),
        ('a: "x\\0y"\n', "caractere-interdit", "1:4", "U+0000"),
        ("a: é\x07\n", "caractere-interdit", "1:5", "U+0007"),
        ("a: 1\nb: x\x00\n", "caractere-interdit", "2:5", "U+0000"),
        ("a: x\u2028y\n", "caractere-interdit", "1:5", "U+2028"),
        ("a: x\u0085y\n", "caractere-interdit", "1:5", "U+0085"),
    ],
)
def test_what_a_content_file_has_no_use_for_is_refused_at_its_place(
    text: str, code: str, where: str, words: str
) -> None:
    finding = the_finding(text)
    assert (finding.code, f"{finding.place.line}:{finding.place.column}") == (code, where)
    assert words in finding.message


def test_a_field_written_twice_says_where_the_first_one_is_and_the_rest_is_still_read() -> None:
    source, findings = parse(b"a: 1\nvote:\n  pour: 1\n  pour: 2\nb: 3\n", "x.yaml")
    assert source is not None
    assert findings[0].hints == ("il est déjà à la ligne 3 : gardez un seul des deux",)
    assert findings[0].place.field == "vote"


@pytest.mark.parametrize("text", ["", "\n\n", "# rien\n", "---\n", "\ufeff"])
def test_an_empty_file_says_so(text: str) -> None:
    finding = the_finding(text)
    assert "vide" in finding.message or "trouvé du texte" in finding.message


def test_a_file_from_windows_says_which_letter_and_what_to_do() -> None:
    finding = the_finding("objet: été\n".encode("cp1252"))
    assert finding.code == "encodage"
    assert (finding.place.line, finding.place.column) == (1, 8)
    assert "octet E9, « é » sous Windows" in finding.message
    assert "UTF-8" in " ".join(finding.hints)


def test_a_utf16_file_says_so() -> None:
    assert "UTF-16" in the_finding("a: 1\n".encode("utf-16")).message


def test_what_a_hash_cuts_off_is_announced() -> None:
    source, findings = parse(b"a: lot #3 de voirie\nb: oui  # malade\nc: |\n  x #4\nd: 'x #5'\n", "x.yaml")
    assert source is not None
    (finding,) = findings
    assert (finding.code, finding.severity) == ("diese", Severity.ALERTE)
    assert "« #3 de voirie »" in finding.message
    assert (finding.place.line, finding.place.column) == (1, 8)


def test_nothing_is_read_after_a_second_document() -> None:
    assert the_finding("a: lot #3\n---\nb: [\n").code == "plusieurs-documents"


def test_fifty_thousand_characters_come_out_whole() -> None:
    text = "é🎉& < {{ {% \" ' " * 3200
    assert root_of(f"a: |\n  {text}\n")["a"] == text + "\n"  # type: ignore[index]


def test_a_missing_file_is_a_finding(workspace: Project) -> None:
    source, (finding,) = read(workspace, "content/x.yaml")
    assert source is None
    assert finding.message == "ce fichier n’existe pas"


def test_a_file_over_five_megabytes_is_not_read(workspace: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 10)
    (workspace.content / "x.yaml").write_text("a: " + "x" * 20)
    assert read(workspace, "content/x.yaml")[1][0].code == "fichier-trop-gros"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_a_link_that_leaves_the_workspace_is_not_followed(tmp_path: Path) -> None:
    project = Project(tmp_path / "espace")
    project.content.mkdir(parents=True)
    (tmp_path / "secret.yaml").write_text("a: 1\n")
    (project.content / "x.yaml").symlink_to(tmp_path / "secret.yaml")
    (project.content / "y.yaml").write_text("a: 1\n")
    (project.content / "z.yaml").symlink_to(project.content / "y.yaml")
    assert read(project, "content/x.yaml")[1][0].code == "hors-espace"
    assert read(project, "content/z.yaml")[0] is not None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_what_is_not_a_file_is_not_opened(workspace: Project) -> None:
    os.mkfifo(workspace.content / "x.yaml")
    assert read(workspace, "content/x.yaml")[1][0].message == "ce n’est pas un fichier"


def test_the_digest_is_that_of_the_bytes(workspace: Project) -> None:
    from hashlib import sha256

    (workspace.content / "x.yaml").write_bytes(b"a: 1\r\n")
    source, _ = read(workspace, "content/x.yaml")
    assert isinstance(source, Source)
    assert source.digest == sha256(b"a: 1\r\n").hexdigest()
    assert str(source.place("a")) == "content/x.yaml:1:4 (a)"


@pytest.mark.parametrize(
    "hostile", [b"[" * 200_000, b"{" * 200_000, b"a: " * 60_000, b"- " * 100_000, b"? " * 100_000]
)
def test_a_hostile_file_is_refused_at_once(hostile: bytes) -> None:
    source, findings = parse(hostile, "x.yaml")
    assert source is None
    assert findings
