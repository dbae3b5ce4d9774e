"""No door takes a text's square: whatever reads one text is given the worst ones, and its steps are counted
(tools/linear.py, tools/steps.py): a busy machine changes nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ctgdocs.content.reading import parse
from ctgdocs.content.validation import validate
from ctgdocs.kinds import KINDS
from ctgdocs.templates import Template, lint
from tools.damaged import WORD, zipped

ROOT = Path(__file__).parents[2]
LENGTH = 20_000
MOST_SECONDS = 1.0
TRIAL = """
import re, sys
from tools import steps
sys.setrecursionlimit(50_000)
steps.counting_patterns()
def again(text): return [sign for sign in text if sign in text[:-1] + "b" and text.find("b")]
def once(text): return [sign for sign in text if sign.isalpha()]
doors = {
    "motif": re.compile(r"(\\s+)#").search, "motif borné": re.compile(r"(?<!\\s)\\s+#").search,
    "emboîté": re.compile(r"(?:a|b)*c").search, "boucle": again, "une fois": once,
    "retour": re.compile(r"(a+)\\1x").search, "possessif": re.compile(r"(?<!a)(?>a+)b").search,
    "sauf": re.compile(r"(?:(?!a{2}b).)*?c").search, "découpe": re.compile(r", *").split,
}
for name, function in doors.items():
    worst = max(
        (steps.steps(lambda: function(unit * 100)) - steps.MORE * steps.steps(lambda: function(unit * 50))
         for unit in (" ", "a", ", ")),
    )
    print(name, worst > steps.BEGINNING)
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
        encoding="utf-8",
    )  # fmt: skip


def test_every_door_reads_the_worst_texts_in_proportion() -> None:
    """Each new type that only a room can make leaves the doors that ask for it aside: few of them do."""
    done = run("-m", "tools.linear", "1", "24")
    said = re.fullmatch(r"(\d+) portes, (\d+) de côté, 0 hors de proportion\n", done.stdout)
    assert said is not None, done.stdout + done.stderr[-2000:]
    assert int(said[1]) > 4 * int(said[2])


def test_steps_tell_what_takes_the_square_of_a_text() -> None:
    said = dict(line.rsplit(" ", 1) for line in run("-c", TRIAL).stdout.splitlines())
    square = {name for name, told in said.items() if told == "True"}
    assert len(said) == 9
    assert square == {"motif", "emboîté", "boucle", "retour", "sauf"}


WORST = (
    "a",
    "1",
    " ",
    "\t",
    ":",
    '"',
    "«",
    "[",
    "{",
    "#",
    "- a\n",
    "a: ",
    "a:\n ",
    "| a ",
    "[a](",
    "&a ",
    "*a ",
    "!a ",
)


def test_a_content_file_is_read_in_proportion() -> None:
    for unit in WORST:
        text = unit * (LENGTH // len(unit))
        before = time.process_time()
        parse(f"a: {text}\n".encode(), "content/deliberations/x.yaml")
        assert time.process_time() - before < MOST_SECONDS, text[:20]


def test_ten_thousand_unknown_fields_are_read_in_proportion() -> None:
    kind = next(kind for kind in KINDS if kind.name == "deliberation")
    source, _ = parse(
        "".join(f"zone_{n}: x\n" for n in range(10_000)).encode(), "content/deliberations/x.yaml"
    )
    assert source is not None
    before = time.process_time()
    validate(source.root, kind.registry.type(), source, (), "deliberations", "x")
    assert time.process_time() - before < 2 * MOST_SECONDS


def test_a_thousand_unknown_fields_are_ten_and_how_many_more() -> None:
    kind = next(kind for kind in KINDS if kind.name == "deliberation")
    typed = "".join(f"zone_{number}: x\n" for number in range(1000))
    source, _ = parse(typed.encode(), "content/deliberations/x.yaml")
    assert source is not None
    _, findings = validate(source.root, kind.registry.type(), source, (), "deliberations", "x")
    unknown = [finding for finding in findings if finding.code == "champ-inconnu"]
    assert len(unknown) == 11
    assert unknown[-1].message == "990 autres champs inconnus dans la même fiche"
    assert unknown[-1].place.line == 11


@pytest.mark.parametrize(
    ("piece", "many"),
    [
        ("<w:tr>" + "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>" * 40 + "</w:tr>", 300),
        ("<w:tr><w:tc><w:p><w:r><w:t>{{ objet }}</w:t></w:r></w:p></w:tc></w:tr>", 3000),
    ],
)
def test_a_large_table_is_checked_and_rendered_in_proportion(piece: str, many: int) -> None:
    parts = {name: part.encode() for name, part in WORD.items()}
    parts["word/document.xml"] = (
        WORD["word/document.xml"].replace("<w:tr>", piece * many + "<w:tr>", 1).encode()
    )
    before = time.process_time()
    lint(zipped(parts), {"objet": "x"})
    Template.load(zipped(parts)).render({"objet": "x", "x": ""})
    assert time.process_time() - before < 3 * MOST_SECONDS
