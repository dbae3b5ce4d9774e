"""What to do next, from what the files say: each thing once, what the law dates first, with its field."""

from __future__ import annotations

import re
import weakref
from pathlib import Path

import pytest
from as_in_word import commented
from browsing import Served, a_copy, serve

from ctgdocs.kinds import KINDS
from ctgdocs.line import desk
from ctgdocs.line.orders import Options
from ctgdocs.line.run import generate
from ctgdocs.line.status import Standing
from ctgdocs.page.opened import Opened
from ctgdocs.page.places import typed_as_gone
from ctgdocs.project import Project


def steps(page: Served) -> list[tuple[str, str]]:
    """What is to be done, in order: its words and where they lead."""
    text = page.get("/").text.replace("\u00a0", " ").replace("\u202f", " ")
    first = re.search(r'<h2 id="premiere">(.*?)</h2>', text)
    assert first is not None
    path = re.findall(r'<a class="bouton principal" href="([^"]+)"', text)[0]
    return [(first[1], path), *((b, a) for a, b in re.findall(r'<h3><a href="([^"]+)">(.*?)</a></h3>', text))]


def rewritten(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text("utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), "utf-8")


def test_everything_that_waits_is_told_with_its_field_what_the_law_dates_first(tmp_path: Path) -> None:
    root = a_copy(tmp_path)
    seance = "lieu: siège\ndate: 2026-12-06\nheure: 18h30\nconvocation: 2026-11-30\n"
    file = root / "content/seances/2026-12-06.yaml"
    file.write_text(f"instance: conseil-communautaire\n{seance}", "utf-8")
    act = "content/deliberations/2026-046.yaml"
    text = (root / act).read_text("utf-8")
    (root / act).write_text(
        re.sub(r"^(transmission|publication):.*\n", "", text, flags=re.MULTILINE), "utf-8"
    )
    other = "content/deliberations/2026-047.yaml"
    text = (root / other).read_text("utf-8")
    (root / other).write_text(re.sub(r"^publication:.*\n", "", text, flags=re.MULTILINE), "utf-8")
    generate(Project(root), KINDS, ["2026-058"], Options(jobs=1))
    (made,) = (root / "sorties/deliberations").glob("2026-058-*.docx")
    made.write_bytes(commented(made.read_bytes(), "sans inscription", "À vérifier avec la Caf", "L. Vidal"))
    rewritten(root, "content/deliberations/2026-059.yaml", "\n", "\npublication: 30 février\n")

    told = steps(serve(root))
    paths = [path for _, path in told]
    titles = [title for title, _ in told]
    assert titles[0].startswith("Préparer la convocation")
    assert paths[0].startswith("/nouveau?genre=reunion")
    assert (
        "Transmettre 4 délibérations au représentant de l’État",
        "/fiches/deliberation/2026-046#c-transmission",
    ) in told
    assert ("Publier une délibération", "/fiches/deliberation/2026-047#c-publication") in told
    assert any(title.startswith("Reprendre les retouches") for title in titles)
    assert "/documents/retouche/deliberations/2026-058" in paths
    assert "/fiches/deliberation/2026-059#c-publication" in paths
    assert paths.index("/fiches/deliberation/2026-046#c-transmission") < paths.index(
        "/documents/retouche/deliberations/2026-058"
    )
    assert len(told) == len(set(told))


def test_a_convention_that_ends_is_to_be_renewed(served: Served) -> None:
    assert any("convention" in path and "c-signature" in path for _, path in steps(served))


@pytest.mark.parametrize(
    ("typed", "gone"),
    [
        ("vote: unanimité\ntransmission: 2026-10-01\npublication: 2026-10-02\n", True),
        ("vote: {contre: [roy-jean]}\ntransmission: 2026-10-01\npublication: 2026-10-02\n", True),
        ("vote:\n  contre: [roy-jean]\ntransmission: 2026-10-01\npublication: 2026-10-02\n", True),
        ("vote: unanimité\ntransmission: # pas encore\npublication: 2026-10-02\n", False),
        ("vote: unanimité\ntransmission: ~\npublication: 2026-10-02\n", False),
        ("vote: unanimité\ntransmission: null\npublication: 2026-10-02\n", False),
        ("vote:\ntransmission: 2026-10-01\npublication: 2026-10-02\n", False),
        ("expose: |\n  transmission: 2026\n  vote: oui\n  publication: 2026\n", False),
    ],
)
def test_an_act_that_has_gone_is_told_without_reading_the_rest(
    tmp_path: Path, typed: str, gone: bool
) -> None:
    path = tmp_path / "acte.yaml"
    path.write_text(typed, "utf-8")
    assert typed_as_gone(path) is gone


def test_after_a_new_version_what_the_last_run_found_is_told_and_nothing_is_judged_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, fiche = a_copy(tmp_path), "charge-de-cooperation-vaurelle"
    generate(Project(root), KINDS, [fiche], Options(jobs=1))
    monkeypatch.setattr(desk, "program_version", lambda files: "une autre version")
    judged: list[str] = []
    monkeypatch.setattr(Opened, "findings_of", lambda self, document: judged.append(document.id) or [])
    workspace = Opened(Project(root))
    found = [one.message for one in workspace.all_findings() if fiche in one.place.file]
    seen = {one.name: one.standing for one in workspace.survey().seen}
    assert seen[f"fiches_de_poste/{fiche}/fiche"] is Standing.STALE
    assert any("L. 332-23" in message for message in found)
    assert judged
    assert fiche not in judged


def test_a_change_lets_go_of_what_was_read_before_it(tmp_path: Path) -> None:
    root = a_copy(tmp_path)
    workspace = Opened(Project(root))
    workspace.all_findings()
    with workspace.held() as library:
        former = weakref.ref(library)
    del library
    rewritten(root, "content/deliberations/2026-059.yaml", "\n", "\n# une note\n")
    workspace.documents()
    assert former() is None
